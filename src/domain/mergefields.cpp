// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mergefields.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

constexpr qsizetype longest = 200; // with braces

/// The field that begins at `at`, where "{{" stands.
MergeField fieldAt(const QString &text, qsizetype at)
{
    const qsizetype end = qMin(text.size(), at + longest);
    for (qsizetype i = at + 2; i < end && text.at(i) != u'\n'; ++i) {
        if (i + 1 >= end)
            break;
        if (text.at(i) == u'{' && text.at(i + 1) == u'{')
            break; // the inner one is the field
        if (text.at(i) == u'}' && text.at(i + 1) == u'}')
            return {int(at), int(i + 2 - at), text.mid(at + 2, i - at - 2).simplified().toLower()};
    }
    return {int(at), 2, {}};
}

QString bare(QString key)
{
    key.remove(u'{').remove(u'}');
    return key.simplified().toLower();
}

QString written(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList parts;
        const auto array = value.toArray();
        for (const auto &one : array)
            parts << written(one);
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 15);
    if (value.isBool())
        return value.toBool() ? u"Yes"_s : u"No"_s;
    return value.toString().trimmed();
}

class Values
{
public:
    MergeValues all;
    void put(const QString &name, const QString &value)
    {
        const QString plain = value.trimmed();
        if (!name.isEmpty() && !plain.isEmpty())
            all.insert(name, plain);
    }
};

QString joined(std::initializer_list<QString> parts, const QString &with)
{
    QStringList list(parts);
    list.removeAll(QString());
    return list.join(with);
}

void putContact(Values &v, const Contact &c)
{
    const QString name = joined({c.firstName.trimmed(), c.lastName.trimmed()}, u" "_s);
    v.put(u"contact.name"_s, name);
    v.put(u"contact.first_name"_s, c.firstName);
    v.put(u"contact.last_name"_s, c.lastName);
    v.put(u"contact.email"_s, c.email);
    v.put(u"contact.phone"_s, c.phone);
    v.put(u"contact.phone_raw"_s, c.phone);
    v.put(u"contact.company_name"_s, c.companyName);
    v.put(u"contact.full_address"_s, joined({c.address, c.city, joined({c.state, c.postalCode}, u" "_s)}, u", "_s));
    v.put(u"contact.address1"_s, c.address);
    v.put(u"contact.city"_s, c.city);
    v.put(u"contact.state"_s, c.state);
    v.put(u"contact.country"_s, c.country);
    v.put(u"contact.postal_code"_s, c.postalCode);
    v.put(u"contact.timezone"_s, c.timezone);
    v.put(u"contact.date_of_birth"_s, c.dateOfBirth);
    v.put(u"contact.source"_s, c.source);
    v.put(u"contact.website"_s, c.website);
    if (!c.id.isLocal())
        v.put(u"contact.id"_s, c.id.value);
}

void putUser(Values &v, const User &u)
{
    const QString name = u.name.trimmed().isEmpty() ? joined({u.firstName.trimmed(), u.lastName.trimmed()}, u" "_s) : u.name.trimmed();
    v.put(u"user.name"_s, name);
    v.put(u"user.first_name"_s, u.firstName.trimmed().isEmpty() ? name.section(u' ', 0, 0) : u.firstName);
    v.put(u"user.last_name"_s, u.lastName);
    v.put(u"user.email"_s, u.email);
    v.put(u"user.phone"_s, u.phone);
    v.put(u"user.phone_raw"_s, u.phone);
}

void putLocation(Values &v, const Location &l)
{
    v.put(u"location.name"_s, l.name);
    v.put(u"location.email"_s, l.email);
    v.put(u"location.phone"_s, l.phone);
    v.put(u"location.phone_raw"_s, l.phone);
    v.put(u"location.country"_s, l.country);
    v.put(u"location.id"_s, l.id.value);
    // The rest comes as it was read; older cache rows lack it.
    const auto raw = [&l](const char *key) { return l.raw.value(QLatin1String(key)).toString().trimmed(); };
    v.put(u"location.address"_s, raw("address"));
    v.put(u"location.city"_s, raw("city"));
    v.put(u"location.state"_s, raw("state"));
    v.put(u"location.postal_code"_s, raw("postalCode"));
    v.put(u"location.website"_s, raw("website"));
    v.put(u"location.full_address"_s, joined({raw("address"), raw("city"), joined({raw("state"), raw("postalCode")}, u" "_s)}, u", "_s));
}

} // namespace

QVector<MergeField> mergeFields(const QString &text)
{
    QVector<MergeField> fields;
    for (qsizetype at = text.indexOf("{{"_L1); at >= 0;) {
        while (at + 2 < text.size() && text.at(at + 2) == u'{')
            ++at; // of more than two braces the last two count
        fields.append(fieldAt(text, at));
        at = text.indexOf("{{"_L1, at + fields.last().length);
    }
    return fields;
}

MergeValues mergeValues(const MergeSource &source)
{
    Values v;
    for (const LocationWord &word : source.words)
        v.put(bare(word.key), word.value);
    for (const CustomField &field : source.customFields) {
        for (const CustomValue &value : source.contact.customFields) {
            if (value.id == field.id)
                v.put(bare(field.key), written(value.value));
        }
    }
    // Last, so that no field that somebody named like one of these takes its place.
    putContact(v, source.contact);
    if (source.user)
        putUser(v, *source.user);
    if (source.location)
        putLocation(v, *source.location);
    return v.all;
}

Merged fillMergeFields(const QString &text, const MergeValues &values)
{
    Merged merged;
    merged.text.reserve(text.size());
    qsizetype done = 0;
    const auto fields = mergeFields(text);
    for (const MergeField &field : fields) {
        merged.text += QStringView(text).mid(done, field.at - done);
        done = field.at + field.length;
        const auto value = values.constFind(field.name);
        if (!field.name.isEmpty() && value != values.cend()) {
            merged.text += *value;
            continue;
        }
        merged.open.append({int(merged.text.size()), field.length, field.name});
        merged.text += QStringView(text).mid(field.at, field.length);
    }
    merged.text += QStringView(text).mid(done);
    return merged;
}

} // namespace outrigger
