// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replies.h"
#include "api/words.h"
#include "core/json.h"

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

Dnd readDnd(const QJsonValue &value)
{
    Dnd dnd;
    const QJsonObject object = value.toObject();
    const QString word =
        value.isObject() ? json::text(object.value("status"_L1)).toLower() : json::text(value).toLower();
    if (word == "active"_L1 || word == "true"_L1)
        dnd.status = DndStatus::Active;
    else if (word == "permanent"_L1)
        dnd.status = DndStatus::Permanent;
    dnd.message = json::text(object.value("message"_L1));
    dnd.code = json::text(object.value("code"_L1));
    return dnd;
}

QMap<QString, Dnd> readDndMap(const QJsonValue &value)
{
    QMap<QString, Dnd> result;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isObject() || it->isString() || it->isBool())
            result.insert(it.key(), readDnd(*it));
    }
    return result;
}

/// Strings, or objects that hold one under `key`: both are seen for additional numbers and addresses.
QStringList readTexts(const QJsonValue &value, QStringView key)
{
    QStringList result;
    const QJsonArray array = value.toArray();
    for (const auto &item : array) {
        const QString text = item.isObject() ? json::text(item.toObject().value(key)) : json::text(item);
        if (!text.isEmpty())
            result.append(text);
    }
    return result;
}

/// HighLevel spells a custom field's value in many ways: value on reads, field_value on writes, typed names in v3.
QVector<CustomValue> readCustomValues(const QJsonValue &value)
{
    QVector<CustomValue> result;
    const QJsonArray array = value.toArray();
    result.reserve(array.size());
    for (const auto &item : array) {
        const QJsonObject object = item.toObject();
        CustomValue custom;
        custom.id = CustomFieldId(json::text(object.value("id"_L1)));
        if (custom.id.isEmpty())
            continue;
        custom.value =
            json::first(object, {u"value", u"field_value", u"fieldValue", u"fieldValueString", u"fieldValueNumber",
                                 u"fieldValueArray", u"fieldValueDate", u"fieldValueFiles"});
        if (!custom.value.isUndefined())
            result.append(std::move(custom));
    }
    return result;
}

} // namespace

std::optional<Contact> readContact(const QJsonObject &o)
{
    Contact c;
    c.id = ContactId(json::text(json::first(o, {u"id", u"_id", u"contactId"})));
    if (c.id.isEmpty())
        return std::nullopt;
    c.location = LocationId(json::text(o.value("locationId"_L1)));
    c.firstName = json::text(json::first(o, {u"firstName", u"firstNameRaw"}));
    c.lastName = json::text(json::first(o, {u"lastName", u"lastNameRaw"}));
    if (c.firstName.isEmpty() && c.lastName.isEmpty())
        c.firstName = json::text(json::first(o, {u"name", u"fullName"}));
    c.companyName = json::text(json::first(o, {u"companyName", u"businessName"}));
    c.email = json::text(json::first(o, {u"email", u"emailLowerCase"}));
    c.phone = json::text(o.value("phone"_L1));
    c.additionalEmails = readTexts(o.value("additionalEmails"_L1), u"email");
    c.additionalPhones = readTexts(o.value("additionalPhones"_L1), u"phone");
    c.tags = json::texts(o.value("tags"_L1), true);
    c.address = json::text(json::first(o, {u"address1", u"address"}));
    c.city = json::text(o.value("city"_L1));
    c.state = json::text(o.value("state"_L1));
    c.postalCode = json::text(o.value("postalCode"_L1));
    c.country = json::text(o.value("country"_L1));
    c.website = json::text(o.value("website"_L1));
    c.timezone = json::text(o.value("timezone"_L1));
    c.source = json::text(o.value("source"_L1));
    c.type = json::text(o.value("type"_L1));
    c.dnd = json::boolean(o.value("dnd"_L1)).value_or(false);
    c.dndKnown = o.contains("dndSettings"_L1);
    c.dndSettings = readDndMap(o.value("dndSettings"_L1));
    c.inboundDndSettings = readDndMap(o.value("inboundDndSettings"_L1));
    c.assignedTo = UserId(json::text(o.value("assignedTo"_L1)));
    const QStringList followers = readTexts(o.value("followers"_L1), u"id");
    for (const auto &id : followers)
        c.followers.append(UserId(id));
    c.customFields = readCustomValues(json::first(o, {u"customFields", u"customField"}));
    c.dateAdded = json::date(json::first(o, {u"dateAdded", u"createdAt"}));
    c.dateUpdated = json::date(json::first(o, {u"dateUpdated", u"updatedAt"}));
    c.dateOfBirth = json::text(o.value("dateOfBirth"_L1));
    c.raw = o;
    return c;
}

Result<Contact> Decode<Contact>::from(const QJsonValue &value)
{
    auto contact = readContact(value.toObject());
    if (!contact)
        return fail(wire::badReply(Words::tr("the contact's id")));
    return std::move(*contact);
}

Result<ContactPage> Decode<ContactPage>::from(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const QJsonValue items = object.value("contacts"_L1);
    ContactPage page;
    auto contacts = wire::list<Contact>(items, &readContact, &page.skipped, Words::tr("the list of contacts"));
    if (!contacts)
        return fail(contacts.error());
    page.contacts = std::move(*contacts);
    page.received = static_cast<int>(page.contacts.size()) + page.skipped;
    const QJsonObject meta = object.value("meta"_L1).toObject();
    QJsonValue total = json::first(object, {u"total", u"count"});
    if (total.isUndefined())
        total = meta.value("total"_L1);
    page.total = json::integer(total).value_or(-1);
    page.startAfterId = json::text(meta.value("startAfterId"_L1));
    page.startAfter = json::integer(meta.value("startAfter"_L1)).value_or(0);
    // Of the last item that has one, so that one damaged item at the end does not end the sweep.
    for (qsizetype i = page.contacts.size() - 1; i >= 0 && page.searchAfter.isEmpty(); --i)
        page.searchAfter = page.contacts.at(i).raw.value("searchAfter"_L1).toArray();
    return page;
}

Result<UpsertAnswer> Decode<UpsertAnswer>::from(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const QJsonValue inner = object.value("contact"_L1);
    auto contact = readContact(inner.isObject() ? inner.toObject() : object);
    if (!contact)
        return fail(wire::badReply(Words::tr("the contact's id")));
    return UpsertAnswer{json::boolean(object.value("new"_L1)).value_or(false), std::move(*contact)};
}

Result<DuplicateAnswer> Decode<DuplicateAnswer>::from(const QJsonValue &value)
{
    if (!value.isObject())
        return fail(wire::badReply(Words::tr("the contact")));
    const QJsonObject object = value.toObject();
    QJsonValue inner = object.value("contact"_L1);
    // "Nobody" is said by null, by an empty object or by an absent key; anything else must be a contact.
    if (inner.isUndefined() && object.contains("id"_L1))
        inner = object;
    if (inner.isUndefined() || inner.isNull() || (inner.isObject() && inner.toObject().isEmpty()))
        return DuplicateAnswer{};
    auto contact = readContact(inner.toObject());
    if (!contact)
        return fail(wire::badReply(Words::tr("the contact's id")));
    return DuplicateAnswer{std::move(*contact)};
}

Result<TagsAnswer> Decode<TagsAnswer>::from(const QJsonValue &value)
{
    // A 2xx that does not speak of tags proves nothing: a proxy's, or another call's.
    const QJsonObject object = value.toObject();
    if (json::first(object, {u"tags", u"tagsAdded", u"tagsRemoved"}).isUndefined())
        return fail(wire::badReply(Words::tr("the contact's tags")));
    return TagsAnswer{json::texts(object.value("tags"_L1))};
}

} // namespace outrigger::api
