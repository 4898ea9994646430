// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contactchange.h"

#include "domain/outboxrecord.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace contactfields {

namespace {

struct Field {
    QLatin1String name;
    QString Contact::*place;
};
constexpr std::array fields{
    Field{"firstName"_L1, &Contact::firstName},   Field{"lastName"_L1, &Contact::lastName},
    Field{"phone"_L1, &Contact::phone},           Field{"email"_L1, &Contact::email},
    Field{"companyName"_L1, &Contact::companyName}, Field{"address1"_L1, &Contact::address},
    Field{"city"_L1, &Contact::city},             Field{"state"_L1, &Contact::state},
    Field{"postalCode"_L1, &Contact::postalCode}, Field{"country"_L1, &Contact::country},
    Field{"website"_L1, &Contact::website},       Field{"timezone"_L1, &Contact::timezone},
    Field{"source"_L1, &Contact::source},         Field{"dateOfBirth"_L1, &Contact::dateOfBirth},
};
constexpr QLatin1String customPrefix{"field."};
constexpr QLatin1String dndPrefix{"dnd."};

QString digitsOf(const QString &number)
{
    QString digits;
    for (const QChar c : number) {
        if (c >= u'0' && c <= u'9')
            digits.append(c);
    }
    return digits;
}

QSet<QString> setOf(const QJsonValue &value)
{
    QSet<QString> all;
    const QJsonArray array = value.toArray();
    for (const auto &one : array)
        all.insert(one.isString() ? one.toString() : text(one));
    return all;
}

QString statusWord(DndStatus status)
{
    switch (status) {
    case DndStatus::Active: return u"active"_s;
    case DndStatus::Permanent: return u"permanent"_s;
    case DndStatus::Inactive: break;
    }
    return u"inactive"_s;
}

} // namespace

const QStringList &standard()
{
    static const QStringList names = [] {
        QStringList all;
        for (const Field &field : fields)
            all.append(field.name);
        return all;
    }();
    return names;
}

const QStringList &dndChannels()
{
    static const QStringList channels{u"SMS"_s, u"Call"_s, u"Email"_s, u"WhatsApp"_s, u"GMB"_s, u"FB"_s};
    return channels;
}

QString ofCustom(const CustomFieldId &id) { return customPrefix + id.value; }
CustomFieldId customId(const QString &name)
{
    return name.startsWith(customPrefix) ? CustomFieldId(name.mid(customPrefix.size())) : CustomFieldId();
}
QString dndChannel(const QString &name) { return name.startsWith(dndPrefix) ? name.mid(dndPrefix.size()) : QString(); }

bool isKnown(const QString &name)
{
    return standard().contains(name) || name == "dnd"_L1 || name == "followers"_L1 || name == "assignedTo"_L1
        || !customId(name).isEmpty() || dndChannels().contains(dndChannel(name));
}

bool isNothing(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty())
        || (value.isArray() && value.toArray().isEmpty()) || (value.isObject() && value.toObject().isEmpty());
}

QJsonValue value(const Contact &contact, const QString &name)
{
    for (const Field &field : fields) {
        if (name == field.name)
            return contact.*field.place;
    }
    if (name == "assignedTo"_L1)
        return contact.assignedTo.value;
    if (name == "dnd"_L1)
        return contact.dnd;
    if (name == "followers"_L1) {
        QJsonArray ids;
        for (const UserId &id : contact.followers)
            ids.append(id.value);
        return ids;
    }
    if (const QString channel = dndChannel(name); !channel.isEmpty())
        return statusWord(contact.dndSettings.value(channel).status);
    const CustomFieldId id = customId(name);
    for (const CustomValue &custom : contact.customFields) {
        if (custom.id == id)
            return custom.value;
    }
    return QJsonValue::Null;
}

void put(Contact &contact, const QString &name, const QJsonValue &value)
{
    for (const Field &field : fields) {
        if (name == field.name) {
            contact.*field.place = value.toString();
            return;
        }
    }
    if (name == "assignedTo"_L1) {
        contact.assignedTo = UserId(value.toString());
    } else if (name == "dnd"_L1) {
        contact.dnd = value.toBool();
    } else if (name == "followers"_L1) {
        contact.followers.clear();
        const QJsonArray ids = value.toArray();
        for (const auto &id : ids)
            contact.followers.append(UserId(id.toString()));
    } else if (const QString channel = dndChannel(name); !channel.isEmpty()) {
        const QString word = value.toString();
        Dnd &dnd = contact.dndSettings[channel];
        dnd.status = word == "active"_L1 ? DndStatus::Active : word == "permanent"_L1 ? DndStatus::Permanent : DndStatus::Inactive;
    } else if (const CustomFieldId id = customId(name); !id.isEmpty()) {
        const auto at = std::find_if(contact.customFields.begin(), contact.customFields.end(), [&](const CustomValue &one) { return one.id == id; });
        if (isNothing(value)) {
            if (at != contact.customFields.end())
                contact.customFields.erase(at);
        } else if (at != contact.customFields.end()) {
            at->value = value;
        } else {
            contact.customFields.append({id, value});
        }
    }
}

bool same(const QString &name, const QJsonValue &a, const QJsonValue &b)
{
    if (isNothing(a) || isNothing(b))
        return isNothing(a) && isNothing(b);
    if (a == b)
        return true;
    if (name == "email"_L1)
        return a.toString().trimmed().compare(b.toString().trimmed(), Qt::CaseInsensitive) == 0;
    if (name == "phone"_L1)
        return digitsOf(a.toString()) == digitsOf(b.toString());
    if (name == "dateOfBirth"_L1) // read with a time, written without
        return a.toString().left(10) == b.toString().left(10);
    if (a.isArray() || b.isArray()) {
        // A list of one is read as a text where the field has changed its type.
        const auto list = [](const QJsonValue &value) { return value.isArray() ? setOf(value) : QSet<QString>{text(value)}; };
        return list(a) == list(b);
    }
    if (a.isDouble() || b.isDouble()) { // numbers are read as text and as number
        bool okA = true;
        bool okB = true;
        const double x = a.isDouble() ? a.toDouble() : a.toString().toDouble(&okA);
        const double y = b.isDouble() ? b.toDouble() : b.toString().toDouble(&okB);
        return okA && okB && std::abs(x - y) < 1e-9 * std::max({1.0, std::abs(x), std::abs(y)});
    }
    return a.isString() && b.isString() && a.toString().trimmed() == b.toString().trimmed();
}

QString text(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble()) {
        const double number = value.toDouble();
        return number == std::floor(number) && std::abs(number) < 1e15 ? QString::number(qint64(number)) : QString::number(number, 'g', 15);
    }
    if (value.isArray()) {
        QStringList parts;
        const QJsonArray array = value.toArray();
        for (const auto &one : array)
            parts.append(text(one));
        return parts.join(u", "_s);
    }
    if (value.isObject()) { // files: their names where HighLevel tells them
        QStringList parts;
        const QJsonObject object = value.toObject();
        for (const auto &one : object) {
            const QString name = one.toObject()["meta"_L1].toObject()["originalname"_L1].toString();
            parts.append(name.isEmpty() ? text(one.toObject()["url"_L1]) : name);
        }
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    return {};
}

} // namespace contactfields

Contact contactOf(const ContactDraft &draft)
{
    Contact contact;
    contact.firstName = draft.firstName;
    contact.lastName = draft.lastName;
    contact.email = draft.email;
    contact.phone = draft.phone;
    contact.tags = draft.tags;
    contact.source = draft.source;
    contact.assignedTo = draft.assignedTo;
    for (auto it = draft.more.constBegin(); it != draft.more.constEnd(); ++it)
        contactfields::put(contact, it.key(), it.value());
    return contact;
}

QStringList newTags(const QStringList &said, const QStringList &there)
{
    QStringList tags = said;
    tags.removeIf([&there](const QString &tag) { return there.contains(tag, Qt::CaseInsensitive); });
    return tags;
}

ContactChange ContactChange::ofMore(const Contact &said, const Contact &there)
{
    QStringList fields = contactfields::standard();
    for (const CustomValue &custom : said.customFields)
        fields.append(contactfields::ofCustom(custom.id));
    ContactChange change;
    for (const QString &field : std::as_const(fields)) {
        const QJsonValue ours = contactfields::value(said, field), theirs = contactfields::value(there, field);
        const bool alike = contactfields::same(field, ours, theirs)
            || contactfields::text(ours).simplified().compare(contactfields::text(theirs).simplified(), Qt::CaseInsensitive) == 0;
        if (!contactfields::isNothing(ours) && !alike && (field != "source"_L1 || contactfields::isNothing(theirs)))
            change.set(Contact(), field, ours);
    }
    change.contactId = there.id;
    change.shownName = there.displayName();
    return change;
}

QStringList ContactChange::differingFrom(const Contact &there) const
{
    QStringList fields;
    for (auto it = to.constBegin(); it != to.constEnd(); ++it) {
        if (!contactfields::isNothing(contactfields::value(there, it.key())))
            fields.append(it.key());
    }
    return fields;
}

void ContactChange::set(const Contact &seen, const QString &field, const QJsonValue &value)
{
    contactId = seen.id;
    shownName = seen.displayName();
    to.insert(field, value);
    const QJsonValue was = contactfields::value(seen, field);
    from.insert(field, was.isUndefined() ? QJsonValue(QJsonValue::Null) : was);
}

ContactChange ContactChange::after(const ContactChange &before) const
{
    ContactChange net = *this;
    for (auto it = before.to.constBegin(); it != before.to.constEnd(); ++it) {
        net.from.insert(it.key(), before.from.value(it.key()));
        if (!to.contains(it.key()))
            net.to.insert(it.key(), it.value());
    }
    return net;
}

QStringList ContactChange::missingIn(const Contact &contact) const
{
    QStringList missing;
    for (auto it = to.constBegin(); it != to.constEnd(); ++it) {
        if (!contactfields::same(it.key(), contactfields::value(contact, it.key()), it.value()))
            missing.append(it.key());
    }
    return missing;
}

QStringList ContactChange::collisionsWith(const Contact &contact) const
{
    QStringList fields = missingIn(contact);
    fields.removeIf([&](const QString &field) {
        // A set has no conflicts: what was added and removed is told apart.
        return field == "followers"_L1 || contactfields::same(field, contactfields::value(contact, field), from.value(field));
    });
    return fields;
}

void ContactChange::applyTo(Contact &contact) const
{
    for (auto it = to.constBegin(); it != to.constEnd(); ++it)
        contactfields::put(contact, it.key(), it.value());
}

QJsonObject ContactChange::toJson() const
{
    QJsonObject object{{"contactId"_L1, contactId.value}, {"to"_L1, to}, {"from"_L1, from}};
    if (!shownName.isEmpty())
        object.insert("shownName"_L1, shownName);
    return object;
}

ContactChange ContactChange::fromJson(const QJsonObject &object)
{
    ContactChange change;
    change.contactId = ContactId(object["contactId"_L1].toString());
    change.shownName = object["shownName"_L1].toString();
    change.to = object["to"_L1].toObject();
    change.from = object["from"_L1].toObject();
    return change;
}

QJsonObject EnrolChange::toJson() const
{
    return {{"contactId"_L1, contactId.value}, {"campaign"_L1, campaign}, {"id"_L1, id}, {"name"_L1, name}, {"leave"_L1, leave}};
}

EnrolChange EnrolChange::fromJson(const QJsonObject &object)
{
    return {ContactId(object["contactId"_L1].toString()), object["campaign"_L1].toBool(), object["id"_L1].toString(),
            object["name"_L1].toString(), object["leave"_L1].toBool()};
}

namespace {

constexpr std::array actNames{"tags.add"_L1, "tags.remove"_L1, "owner"_L1, "field"_L1, "workflow.join"_L1,
                              "workflow.leave"_L1, "campaign.join"_L1, "campaign.leave"_L1, "business"_L1, "delete"_L1};

QStringList texts(const QJsonValue &value)
{
    QStringList all;
    const QJsonArray array = value.toArray();
    for (const auto &one : array)
        all.append(one.toString());
    return all;
}

} // namespace

QJsonObject BulkPart::toJson() const
{
    QJsonObject o{{"job"_L1, job},   {"title"_L1, title},  {"act"_L1, QString(actNames[size_t(act)])},
                  {"part"_L1, part}, {"parts"_L1, parts}, {"contacts"_L1, QJsonArray::fromStringList(contacts)}};
    if (!tags.isEmpty())
        o.insert("tags"_L1, QJsonArray::fromStringList(tags));
    if (!id.isEmpty())
        o.insert("id"_L1, id);
    if (!field.isEmpty()) {
        o.insert("field"_L1, field);
        o.insert("value"_L1, value);
    }
    return o;
}

BulkPart BulkPart::fromJson(const QJsonObject &o)
{
    BulkPart part;
    part.job = o["job"_L1].toString();
    part.title = o["title"_L1].toString();
    const QString word = o["act"_L1].toString();
    for (size_t i = 0; i < actNames.size(); ++i) {
        if (word == actNames[i])
            part.act = Act(i);
    }
    part.part = o["part"_L1].toInt();
    part.parts = o["parts"_L1].toInt(1);
    part.contacts = texts(o["contacts"_L1]);
    part.tags = texts(o["tags"_L1]);
    part.id = o["id"_L1].toString();
    part.field = o["field"_L1].toString();
    part.value = o["value"_L1];
    return part;
}

} // namespace outrigger
