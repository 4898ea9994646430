// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replies.h"
#include "api/words.h"
#include "core/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::api {

/// An answer without a body says nothing against it. One that speaks of something else comes from a proxy or belongs to
/// another call, and proves nothing.
Result<Done> Decode<Done>::from(const QJsonValue &value)
{
    const QJsonObject o = value.toObject();
    if (value.isUndefined() || value.isNull())
        return Done{};
    for (const QStringView word : {u"success", u"succeded", u"succeeded"}) {
        if (const QJsonValue said = o.value(word); said.isBool() && !said.toBool())
            return fail(wire::badReply(Words::tr("that it was done")));
    }
    if (json::first(o, {u"success", u"succeded", u"succeeded", u"followers", u"followersAdded", u"followersRemoved", u"ids", u"messageId"}).isUndefined())
        return fail(wire::badReply(Words::tr("that it was done")));
    return Done{};
}

Result<TokenAnswer> Decode<TokenAnswer>::from(const QJsonValue &value)
{
    QJsonObject o = value.toObject();
    if (o.value("data"_L1).isObject())
        o = o.value("data"_L1).toObject();
    TokenAnswer t;
    t.accessToken = json::text(json::first(o, {u"access_token", u"accessToken"}));
    if (t.accessToken.isEmpty())
        return fail(wire::badReply(Words::tr("the access token")));
    t.refreshToken = json::text(json::first(o, {u"refresh_token", u"refreshToken"}));
    t.tokenType = json::text(json::first(o, {u"token_type", u"tokenType"}));
    const qint64 seconds = json::integer(json::first(o, {u"expires_in", u"expiresIn"})).value_or(86399);
    t.expiresIn = std::chrono::seconds(std::clamp<qint64>(seconds, 0, 400LL * 86400));
    const QJsonValue scope = json::first(o, {u"scope", u"scopes"});
    t.scopes = scope.isArray() ? json::texts(scope) : json::text(scope).split(u' ', Qt::SkipEmptyParts);
    t.userType = json::text(json::first(o, {u"userType", u"user_type"}));
    t.location = LocationId(json::text(json::first(o, {u"locationId", u"location_id"})));
    t.company = CompanyId(json::text(json::first(o, {u"companyId", u"company_id"})));
    t.user = UserId(json::text(json::first(o, {u"userId", u"user_id"})));
    return t;
}

std::optional<User> readUser(const QJsonObject &o)
{
    User u;
    u.id = UserId(json::text(json::first(o, {u"id", u"_id"})));
    if (u.id.isEmpty())
        return std::nullopt;
    u.name = json::text(o.value("name"_L1));
    u.firstName = json::text(o.value("firstName"_L1));
    u.lastName = json::text(o.value("lastName"_L1));
    if (u.name.isEmpty())
        u.name = (u.firstName + u' ' + u.lastName).trimmed();
    u.email = json::text(o.value("email"_L1));
    u.phone = json::text(o.value("phone"_L1));
    const QJsonValue roles = o.value("roles"_L1);
    u.role = roles.isObject() ? json::text(roles.toObject().value("role"_L1)) : json::text(o.value("role"_L1));
    const QJsonObject permissions = o.value("permissions"_L1).toObject();
    u.assignedDataOnly = json::boolean(permissions.value("assignedDataOnly"_L1)).value_or(false);
    u.raw = o;
    return u;
}

std::optional<Location> readLocation(const QJsonObject &o)
{
    Location l;
    l.id = LocationId(json::text(json::first(o, {u"id", u"_id"})));
    if (l.id.isEmpty())
        return std::nullopt;
    const QJsonObject business = o.value("business"_L1).toObject();
    const auto either = [&](QStringView key) {
        const QString own = json::text(o.value(key));
        return own.isEmpty() ? json::text(business.value(key)) : own;
    };
    l.companyId = CompanyId(json::text(o.value("companyId"_L1)));
    l.name = either(u"name");
    l.timezone = either(u"timezone");
    l.country = either(u"country");
    l.email = json::text(o.value("email"_L1));
    l.phone = json::text(o.value("phone"_L1));
    const QJsonObject settings = o.value("settings"_L1).toObject();
    l.allowDuplicateContact = json::boolean(settings.value("allowDuplicateContact"_L1)).value_or(false);
    l.allowDuplicateOpportunity = json::boolean(settings.value("allowDuplicateOpportunity"_L1)).value_or(false);
    l.raw = o;
    return l;
}

std::optional<PhoneNumber> readPhoneNumber(const QJsonObject &o)
{
    PhoneNumber n;
    n.number = json::text(json::first(o, {u"phoneNumber", u"number"}));
    if (n.number.isEmpty())
        return std::nullopt;
    n.name = json::text(json::first(o, {u"friendlyName", u"name"}));
    n.isDefault = json::boolean(json::first(o, {u"isDefaultNumber", u"isDefault"})).value_or(false);
    const QJsonObject can = o.value("capabilities"_L1).toObject();
    n.sms = json::boolean(json::first(can, {u"sms", u"SMS"})).value_or(true);
    n.mms = json::boolean(json::first(can, {u"mms", u"MMS"})).value_or(true);
    n.assignedTo = json::text(o.value("linkedUser"_L1));
    return n;
}

std::optional<CustomField> readCustomField(const QJsonObject &o)
{
    CustomField f;
    f.id = CustomFieldId(json::text(json::first(o, {u"id", u"_id"})));
    if (f.id.isEmpty())
        return std::nullopt;
    f.name = json::text(o.value("name"_L1));
    f.key = json::text(json::first(o, {u"fieldKey", u"key"}));
    f.dataType = json::text(o.value("dataType"_L1));
    const qint64 position = json::integer(o.value("position"_L1)).value_or(0);
    f.position = static_cast<int>(std::clamp<qint64>(position, -1'000'000, 1'000'000));
    const QJsonValue options = json::first(o, {u"picklistOptions", u"options"});
    const QJsonArray array = options.toArray();
    for (const auto &item : array) {
        const QString text =
            item.isObject() ? json::text(json::first(item.toObject(), {u"label", u"name", u"key"})) : json::text(item);
        if (!text.isEmpty())
            f.options.append(text);
    }
    f.model = json::text(o.value("model"_L1));
    return f;
}

std::optional<LocationTagItem> readTag(const QJsonObject &o)
{
    LocationTagItem tag{TagId(json::text(json::first(o, {u"id", u"_id"}))), json::text(o.value("name"_L1))};
    if (tag.name.isEmpty())
        return std::nullopt;
    return tag;
}

Result<User> Decode<User>::from(const QJsonValue &value)
{
    auto user = readUser(value.toObject());
    if (!user)
        return fail(wire::badReply(Words::tr("the user's id")));
    return std::move(*user);
}

Result<Location> Decode<Location>::from(const QJsonValue &value)
{
    auto location = readLocation(value.toObject());
    if (!location)
        return fail(wire::badReply(Words::tr("the location's id")));
    return std::move(*location);
}

Result<UserList> Decode<UserList>::from(const QJsonValue &value)
{
    UserList list;
    const QJsonObject object = value.toObject();
    auto read = wire::list<User>(object.value("users"_L1), &readUser, &list.skipped, Words::tr("the list of users"));
    if (!read)
        return fail(read.error());
    list.users = std::move(*read);
    list.total = json::integer(json::first(object, {u"count", u"total"})).value_or(-1);
    return list;
}

Result<LocationList> Decode<LocationList>::from(const QJsonValue &value)
{
    LocationList list;
    auto read = wire::list<Location>(value.toObject().value("locations"_L1), &readLocation, &list.skipped,
                                     Words::tr("the list of locations"));
    if (!read)
        return fail(read.error());
    list.locations = std::move(*read);
    return list;
}

Result<NumberList> Decode<NumberList>::from(const QJsonValue &value)
{
    NumberList list;
    const QJsonObject object = value.toObject();
    QJsonValue items = object.value("numbers"_L1);
    if (items.isUndefined() && value.isArray())
        items = value;
    auto read = wire::list<PhoneNumber>(items, &readPhoneNumber, &list.skipped, Words::tr("the list of phone numbers"));
    if (!read)
        return fail(read.error());
    list.numbers = std::move(*read);
    list.accountStatus = json::text(object.value("accountStatus"_L1));
    return list;
}

Result<CustomFieldList> Decode<CustomFieldList>::from(const QJsonValue &value)
{
    CustomFieldList list;
    auto read = wire::list<CustomField>(value.toObject().value("customFields"_L1), &readCustomField, &list.skipped,
                                        Words::tr("the list of custom fields"));
    if (!read)
        return fail(read.error());
    list.fields = std::move(*read);
    return list;
}

Result<TagList> Decode<TagList>::from(const QJsonValue &value)
{
    TagList list;
    auto read = wire::list<LocationTagItem>(value.toObject().value("tags"_L1), &readTag, &list.skipped,
                                            Words::tr("the list of tags"));
    if (!read)
        return fail(read.error());
    list.tags = std::move(*read);
    return list;
}

} // namespace outrigger::api
