// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ops.h"
#include "practice/render.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

Reply getLocation(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    JsonOut out;
    out.object().key("location");
    render::location(out, call.world, *location, false);
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply searchLocations(Call &call)
{
    const int skip = std::max(0, call.query("skip").toInt());
    const int limit = call.hasQuery("limit") ? std::clamp(call.query("limit").toInt(), 0, 100) : 10;
    JsonOut out;
    out.object().key("locations").list();
    int at = 0, given = 0;
    for (size_t i = 0; i < call.world.locations.size(); ++i) {
        const auto index = static_cast<quint16>(i);
        if (call.world.locations[i].deleted || (!call.token->locationId.isEmpty() && call.token->locationId != call.world.locationId(index)))
            continue;
        if (call.hasQuery("email") && call.query("email") != call.world.locations[i].email)
            continue;
        if (at++ >= skip && given < limit) {
            ++given;
            render::location(out, call.world, index, true);
        }
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply getTimezones(Call &call)
{
    Reply reply;
    if (!locationFor(call, call.args[0], reply))
        return reply;
    JsonOut out;
    out.object().key("timeZones").list();
    for (const char *zone : {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
                             "America/Phoenix", "America/Anchorage", "Pacific/Honolulu", "Europe/London",
                             "Europe/Berlin", "Asia/Kolkata", "Asia/Jerusalem", "Australia/Sydney"})
        out.value(zone);
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply getTags(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    JsonOut out;
    out.object().key("tags").list();
    for (size_t i = 0; i < call.world.tags.size(); ++i) {
        const Tag &tag = call.world.tags[i];
        if (!tag.deleted && tag.location == *location)
            out.object()
                .field("id", call.world.mint.id(Kind::Tag, static_cast<Index>(i)))
                .field("name", tag.name)
                .field("locationId", call.args[0])
                .end();
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply postTag(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    const QString name = call.body[u"name"].toString().trimmed();
    if (name.isEmpty())
        return invalid(call, {QStringLiteral("name should not be empty"), QStringLiteral("name must be a string")});
    const auto same = [&](const Tag &t) {
        return !t.deleted && t.location == *location && t.name.compare(name, Qt::CaseInsensitive) == 0;
    };
    if (std::any_of(call.world.tags.begin(), call.world.tags.end(), same))
        return refusal(call, 400, QStringLiteral("The tag name is already exist."));
    call.world.addTag(*location, name.toLower());
    call.applied = true;
    const auto index = static_cast<Index>(call.world.tags.size() - 1);
    call.made = call.world.mint.id(Kind::Tag, index);
    call.world.onChange();
    JsonOut out;
    out.object().key("tag").object().field("id", call.made).field("name", call.world.tags[index].name);
    out.field("locationId", call.args[0]).end().field("traceId", call.trace).end();
    return done(out, 201);
}

Reply getCustomFields(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    const QString model = call.query("model");
    if (!model.isEmpty() && model != u"contact" && model != u"opportunity" && model != u"all")
        return invalid(call, {QStringLiteral("model must be a valid enum value")});
    JsonOut out;
    out.object().key("customFields").list();
    for (size_t i = 0; i < call.world.fields.size(); ++i) {
        const CustomField &field = call.world.fields[i];
        if (!field.deleted && field.location == *location &&
            (model == u"all" || field.model == (model.isEmpty() ? QStringLiteral("contact") : model)))
            render::field(out, call.world, static_cast<Index>(i));
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply getCustomField(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    const auto field = call.world.mint.index(Kind::Field, call.args[1]);
    if (!field || *field >= call.world.fields.size() || call.world.fields[*field].deleted || call.world.fields[*field].location != *location)
        return refusal(call, 404, QStringLiteral("Custom field not found"));
    JsonOut out;
    out.object().key("customField");
    render::field(out, call.world, *field);
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply getUsers(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    JsonOut out;
    out.object().key("users").list();
    for (size_t i = 0; i < call.world.users.size(); ++i) {
        if (!call.world.users[i].deleted && call.world.users[i].locations.contains(call.query("locationId")))
            render::user(out, call.world, static_cast<int>(i));
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply searchUsers(Call &call)
{
    if (call.query("companyId").isEmpty())
        return invalid(call,
                       {QStringLiteral("companyId must be a string"), QStringLiteral("companyId should not be empty")});
    if (call.query("companyId") != call.world.companyId())
        return refusal(call, 403, QStringLiteral("Forbidden resource"));
    const QString location = call.hasQuery("locationId") ? call.query("locationId") : call.token->locationId;
    if (!call.token->locationId.isEmpty() && location != call.token->locationId)
        return refusal(call, 403, QStringLiteral("The token does not have access to this location."));
    const int skip = std::max(0, call.query("skip").toInt());
    const int limit = call.hasQuery("limit") ? std::clamp(call.query("limit").toInt(), 0, 100) : 25;
    const QString text = call.query("query");
    const QStringList ids = call.query("ids").split(u',', Qt::SkipEmptyParts);
    JsonOut out;
    out.object().key("users").list();
    int count = 0, given = 0;
    for (size_t i = 0; i < call.world.users.size(); ++i) {
        const User &user = call.world.users[i];
        const bool fits =
            !user.deleted && (location.isEmpty() || user.locations.contains(location)) &&
            (text.isEmpty() ||
             QString(user.first + u' ' + user.last + u' ' + user.email).contains(text, Qt::CaseInsensitive)) &&
            (ids.isEmpty() || ids.contains(call.world.userId(static_cast<int>(i)))) &&
            (call.query("role").isEmpty() || user.role == call.query("role"));
        if (!fits)
            continue;
        if (count++ >= skip && given < limit) {
            ++given;
            render::user(out, call.world, static_cast<int>(i));
        }
    }
    out.endList().field("count", count).field("traceId", call.trace).end();
    return done(out);
}

Reply getUser(Call &call)
{
    const int index = call.world.userIndex(call.args[0]);
    if (index < 0 || call.world.users[static_cast<size_t>(index)].deleted)
        return refusal(call, 404, QStringLiteral("User not found"));
    const User &user = call.world.users[static_cast<size_t>(index)];
    if (!call.token->locationId.isEmpty() && !user.locations.contains(call.token->locationId))
        return refusal(call, 403, QStringLiteral("The token does not have access to this location."));
    JsonOut out;
    render::user(out, call.world, index);
    return done(out);
}

Reply getNumbers(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    const int page = std::max(0, call.query("page").toInt());
    const int size = call.hasQuery("pageSize") ? std::clamp(call.query("pageSize").toInt(), 1, 1000) : 50;
    JsonOut out;
    out.object().key("numbers").list();
    int at = 0;
    for (size_t i = 0; i < call.world.numbers.size(); ++i) {
        const PhoneNumber &n = call.world.numbers[i];
        if (n.location != *location ||
            (call.hasQuery("searchFilter") && !n.number.contains(call.query("searchFilter"))))
            continue;
        if (at / size == page) {
            out.object().field("phoneNumber", n.number).field("friendlyName", n.name);
            out.field("sid", QString(QStringLiteral("PN") + call.world.mint.id(Kind::Number, static_cast<Index>(i))))
                .field("countryCode", "US");
            out.key("capabilities")
                .object()
                .field("voice", true)
                .field("sms", n.sms)
                .field("mms", n.sms)
                .field("fax", false)
                .end();
            out.field("type", n.sms ? "local" : "toll-free")
                .field("isDefaultNumber", n.isDefault)
                .key("linkedUser")
                .null();
            out.key("linkedRingAllUsers").list().endList().key("forwardingNumber").null();
            out.field("isGroupConversationEnabled", false).key("addressSid").null().key("bundleSid").null();
            out.field("dateAdded", "2025-02-03T14:00:00.000Z").field("dateUpdated", "2025-02-03T14:00:00.000Z");
            out.field("origin", "twilio").end();
        }
        ++at;
    }
    out.endList()
        .field("isUnderGhl", true)
        .field("pageSize", size)
        .field("page", page)
        .field("accountStatus", "active");
    out.field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
