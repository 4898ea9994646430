// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mail.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::mail {

namespace {

QStringList list(const QJsonObject &object, QLatin1String key)
{
    QStringList result;
    const QJsonArray array = object.value(key).toArray();
    for (const auto &one : array)
        result.append(one.toString());
    return result;
}

const QString markStart = u"<!-- o:"_s;

} // namespace

QJsonObject Body::toJson() const
{
    QJsonObject object{{"id"_L1, id.value}, {"subject"_L1, subject}, {"body"_L1, body}, {"type"_L1, contentType}, {"from"_L1, from},
                       {"to"_L1, QJsonArray::fromStringList(to)}, {"cc"_L1, QJsonArray::fromStringList(cc)},
                       {"bcc"_L1, QJsonArray::fromStringList(bcc)}, {"files"_L1, QJsonArray::fromStringList(attachments)}};
    if (date.isValid())
        object.insert("date"_L1, date.toMSecsSinceEpoch());
    return object;
}

Body Body::fromJson(const QJsonObject &object)
{
    Body one;
    one.id = EmailId(object.value("id"_L1).toString());
    one.subject = object.value("subject"_L1).toString();
    one.body = object.value("body"_L1).toString();
    one.contentType = object.value("type"_L1).toString();
    one.from = object.value("from"_L1).toString();
    one.to = list(object, "to"_L1);
    one.cc = list(object, "cc"_L1);
    one.bcc = list(object, "bcc"_L1);
    one.attachments = list(object, "files"_L1);
    if (const auto date = object.value("date"_L1); date.isDouble())
        one.date = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(date.toDouble()), Qt::UTC);
    return one;
}

QString bareAddress(const QString &text)
{
    QString address = text.trimmed();
    static const QRegularExpression named(u"^[^<>]*<([^<>]+)>$"_s);
    if (const auto match = named.match(address); match.hasMatch())
        address = match.captured(1).trimmed();
    const qsizetype at = address.lastIndexOf(u'@');
    if (at < 1 || at > 64 || address.size() > 254)
        return {};
    static const QRegularExpression local(u"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$"_s);
    static const QRegularExpression host(u"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$"_s);
    const QString name = address.left(at);
    if (!local.match(name).hasMatch() || name.startsWith(u'.') || name.endsWith(u'.') || name.contains(u".."_s))
        return {};
    const QString place = QString::fromLatin1(QUrl::toAce(address.mid(at + 1))).toLower();
    return host.match(place).hasMatch() ? name + u'@' + place : QString();
}

Addresses readAddresses(const QString &line)
{
    Addresses result;
    static const QRegularExpression between(u"[,;\\n]"_s);
    const QStringList typed = line.split(between, Qt::SkipEmptyParts);
    for (const QString &one : typed) {
        if (one.trimmed().isEmpty())
            continue;
        const QString address = bareAddress(one);
        if (address.isEmpty())
            result.bad.append(one.trimmed());
        else if (!result.good.contains(address, Qt::CaseInsensitive))
            result.good.append(address);
    }
    return result;
}

QString replySubject(const QString &subject)
{
    static const QRegularExpression before(u"^(?:\\s*(?:re|aw|antw|sv|vs|odp|r|rif|res|ref)\\s*(?:\\[\\d+\\])?\\s*:)+\\s*"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    QString bare = subject.simplified().left(240);
    bare.remove(before);
    return bare.isEmpty() ? QString() : u"Re: "_s + bare;
}

QString markOf(const RecordId &record) { return markStart + record.value + u" -->"_s; }

bool carriesMark(const QString &body, const RecordId &record) { return !record.isEmpty() && body.contains(markOf(record)); }

bool carriesAnyMark(const QString &body) { return body.contains(markStart); }

} // namespace outrigger::mail
