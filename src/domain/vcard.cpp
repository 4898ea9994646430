// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/vcard.h"

using namespace Qt::StringLiterals;

namespace outrigger::vcard {

namespace {

QString escaped(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u',', u"\\,"_s).replace(u';', u"\\;"_s);
    text.replace(u"\r\n"_s, u"\\n"_s).replace(u'\n', u"\\n"_s).replace(u'\r', u"\\n"_s);
    return text;
}

/// At most 75 bytes a line, never inside a character.
QByteArray folded(const QString &text)
{
    QByteArray out;
    int used = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        qsizetype length = text[i].isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
        const QByteArray bytes = text.mid(i, length).toUtf8();
        if (used + bytes.size() > 75) {
            out += "\r\n ";
            used = 1;
        }
        out += bytes;
        used += int(bytes.size());
        i += length - 1;
    }
    return out + "\r\n";
}

} // namespace

QByteArray card(const Contact &c)
{
    QByteArray out = "BEGIN:VCARD\r\nVERSION:4.0\r\n";
    const auto add = [&out](const QString &name, const QString &value) {
        if (!value.isEmpty())
            out += folded(name + u':' + escaped(value));
    };
    out += folded(u"FN:"_s + escaped(c.displayName()));
    out += folded(u"N:"_s + escaped(c.lastName) + u';' + escaped(c.firstName) + u";;;"_s);
    add(u"TEL;TYPE=cell;PREF=1"_s, c.phone);
    for (const QString &phone : c.additionalPhones)
        add(u"TEL"_s, phone);
    add(u"EMAIL;PREF=1"_s, c.email);
    for (const QString &email : c.additionalEmails)
        add(u"EMAIL"_s, email);
    add(u"ORG"_s, c.companyName);
    if (!c.address.isEmpty() || !c.city.isEmpty() || !c.state.isEmpty() || !c.postalCode.isEmpty() || !c.country.isEmpty())
        out += folded(u"ADR:;;"_s + escaped(c.address) + u';' + escaped(c.city) + u';' + escaped(c.state) + u';' + escaped(c.postalCode) + u';'
                      + escaped(c.country));
    add(u"URL"_s, c.website);
    add(u"BDAY"_s, c.dateOfBirth.left(10).remove(u'-'));
    add(u"TZ"_s, c.timezone);
    if (!c.tags.isEmpty()) {
        QStringList tags;
        for (const QString &tag : c.tags)
            tags.append(escaped(tag));
        out += folded(u"CATEGORIES:"_s + tags.join(u','));
    }
    add(u"UID"_s, c.id.value);
    return out + "END:VCARD\r\n";
}

} // namespace outrigger::vcard
