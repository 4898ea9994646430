// SPDX-License-Identifier: GPL-3.0-or-later
// What a contact takes part in: followers, workflows, campaigns, a business; and the two calls for many contacts.
#include "practice/answers.h"
#include "practice/render.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

Reply followersCall(Call &call, bool add)
{
    Reply reply;
    const auto index = contactNamed(call, reply);
    if (!index)
        return reply;
    const QStringList users = json::texts(call.body[u"followers"]);
    if (users.isEmpty())
        return invalid(call, {QStringLiteral("followers must be an array"), QStringLiteral("followers should not be empty")});
    for (const QString &user : users) {
        if (add && call.world.userIndex(user) < 0)
            return invalid(call, {QStringLiteral("followers must be valid users")});
    }
    QStringList changed;
    call.world.contactChanges(*index);
    QStringList &followers = call.world.contacts[*index].rest().followers;
    for (const QString &user : users) {
        if (followers.contains(user) == add)
            continue;
        changed.append(user);
        if (add)
            followers.append(user);
        else
            followers.removeAll(user);
    }
    const QStringList now = followers;
    call.world.contactChanged(*index);
    call.applied = true;
    JsonOut out;
    out.object().field("followers", now).field(add ? "followersAdded" : "followersRemoved", changed).field("traceId", call.trace).end();
    return done(out, add ? 201 : 200);
}

/// Who is in which automation: a shelf item of the contact whose body names the automation.
std::vector<Index> places(const Call &call, QStringView kind, const QString &automation = {})
{
    std::vector<Index> found = shelfOf(call.world, kind, call.world.contacts[*call.world.contact(call.args[0])].location, call.args[0]);
    std::erase_if(found, [&](Index i) { return !automation.isEmpty() && call.world.shelf.items[i].body[u"of"].toString() != automation; });
    return found;
}

Reply enter(Call &call, const QString &automation, const QString &place, int status)
{
    Reply reply;
    const auto contact = contactNamed(call, reply);
    const auto index = contact ? shelved(call, automation, call.args[1], reply, {}, 400) : std::nullopt;
    if (!index)
        return reply;
    if (call.world.shelf.items[*index].body[u"status"].toString() != u"published")
        return refusal(call, 400, QStringLiteral("The %1 is not published").arg(automation));
    QJsonObject body{{QStringLiteral("of"), call.args[1]}};
    if (const QString start = call.body[u"eventStartTime"].toString(); !start.isEmpty()) {
        if (!QDateTime::fromString(start, Qt::ISODateWithMs).isValid())
            return invalid(call, {QStringLiteral("eventStartTime must be a valid ISO 8601 date string")});
        body.insert(QStringLiteral("start"), start);
    }
    if (places(call, place, call.args[1]).empty())
        shelve(call, place, call.world.contacts[*contact].location, body, call.args[0]);
    return success(call, "succeded", status);
}

Reply leave(Call &call, const QString &automation, const QString &place)
{
    Reply reply;
    if (!contactNamed(call, reply) || !shelved(call, automation, call.args[1], reply, {}, 400))
        return reply;
    for (const Index i : places(call, place, call.args[1]))
        unshelve(call, i);
    return success(call, "succeded");
}

} // namespace

Reply addContactFollowers(Call &call) { return followersCall(call, true); }
Reply removeContactFollowers(Call &call) { return followersCall(call, false); }
Reply addToWorkflow(Call &call) { return enter(call, QStringLiteral("workflow"), QStringLiteral("inWorkflow"), 200); }
Reply removeFromWorkflow(Call &call) { return leave(call, QStringLiteral("workflow"), QStringLiteral("inWorkflow")); }
Reply addToCampaign(Call &call) { return enter(call, QStringLiteral("campaign"), QStringLiteral("inCampaign"), 201); }
Reply removeFromCampaign(Call &call) { return leave(call, QStringLiteral("campaign"), QStringLiteral("inCampaign")); }

Reply removeFromCampaigns(Call &call)
{
    Reply reply;
    if (call.request.path.endsWith(u"/remove-all")) {
        if (const auto old = onlyNew(call))
            return *old;
    }
    if (!contactNamed(call, reply))
        return reply;
    for (const Index i : places(call, u"inCampaign"))
        unshelve(call, i);
    return success(call, "succeded");
}

Reply listWorkflows(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    QJsonArray all;
    for (const Index i : shelfOf(call.world, u"workflow", *location)) {
        QJsonObject whole = shelfWhole(call.world, i);
        whole.insert(QStringLiteral("createdAt"), isoDate(call.world.shelf.items[i].added));
        whole.insert(QStringLiteral("updatedAt"), isoDate(call.world.shelf.items[i].updated));
        all.append(whole);
    }
    return answered(call, "workflows", all);
}

Reply listCampaigns(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    const QString status = call.query("status");
    if (!status.isEmpty() && status != u"draft" && status != u"published")
        return invalid(call, {QStringLiteral("status must be one of the following values: draft, published")});
    QJsonArray all;
    for (const Index i : shelfOf(call.world, u"campaign", *location)) {
        if (status.isEmpty() || call.world.shelf.items[i].body[u"status"].toString() == status)
            all.append(shelfWhole(call.world, i));
    }
    return answered(call, "campaigns", all);
}

// --- many at once ---------------------------------------------------------------------------------------------------------

Reply bulkTags(Call &call)
{
    Reply reply;
    const bool add = call.args[0] == u"add";
    if (!add && call.args[0] != u"remove")
        return invalid(call, {QStringLiteral("type must be one of the following values: add, remove")});
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    const QStringList contacts = json::texts(call.body[u"contacts"]), tags = json::texts(call.body[u"tags"]);
    const bool all = call.body[u"removeAllTags"].toBool() && !add;
    if (contacts.isEmpty() || (tags.isEmpty() && !all))
        return invalid(call, {QStringLiteral("contacts should not be empty"), QStringLiteral("tags should not be empty")});
    int errors = 0;
    QJsonArray responses;
    for (const QString &id : contacts) {
        const auto index = call.world.contact(id);
        if (!index || call.world.contacts[*index].location != *location) {
            ++errors;
            continue;
        }
        call.world.contactChanges(*index);
        Contact &c = call.world.contacts[*index];
        if (all)
            c.tags.clear();
        for (const QString &tag : tags) {
            const QString low = tag.trimmed().toLower();
            if (!add)
                c.tags.removeAll(low);
            else if (!low.isEmpty() && !c.tags.contains(low))
                c.tags.append(low);
            if (add)
                call.world.addTag(*location, low);
        }
        call.world.contactChanged(*index);
        responses.append(id);
    }
    call.applied = true;
    JsonOut out;
    out.object().field("succeded", true).field("errorCount", errors).field("responses", QJsonValue(responses)).field("traceId", call.trace).end();
    return done(out, 201);
}

Reply bulkBusiness(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    const QStringList ids = json::texts(call.body[u"ids"]);
    if (ids.isEmpty() || ids.size() > 50)
        return invalid(call, {QStringLiteral("ids must contain between 1 and 50 elements")});
    if (!call.body.contains(u"businessId"))
        return invalid(call, {QStringLiteral("businessId should not be empty")});
    const QString business = call.body[u"businessId"].toString();
    if (!business.isEmpty() && !shelved(call, u"business", business, reply, {}, 400))
        return reply;
    QStringList changed;
    for (const QString &id : ids) {
        const auto index = call.world.contact(id);
        if (!index || call.world.contacts[*index].location != *location)
            continue;
        for (const Index i : shelfOf(call.world, u"inBusiness", *location, id))
            unshelve(call, i);
        call.world.contactChanges(*index);
        if (!business.isEmpty()) {
            const Index at = shelve(call, QStringLiteral("inBusiness"), *location, {{QStringLiteral("of"), business}}, id);
            Q_UNUSED(at);
            call.world.contacts[*index].rest().business =
                call.world.shelf.items[*call.world.mint.index(Kind::Shelf, business)].body[u"name"].toString();
        } else if (call.world.contacts[*index].more) {
            call.world.contacts[*index].rest().business.clear();
        }
        call.world.contactChanged(*index);
        changed.append(id);
    }
    call.made.clear();
    call.applied = true;
    JsonOut out;
    out.object().field("success", true).field("ids", changed).field("traceId", call.trace).end();
    return done(out);
}

Reply contactsOfBusiness(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    const auto business = location ? shelved(call, u"business", call.args[0], reply, {}, 400) : std::nullopt;
    if (!business)
        return reply;
    QStringList problems;
    const Page page = pageOf(call, 25, problems);
    if (!problems.isEmpty())
        return invalid(call, problems);
    JsonOut out;
    out.object().key("contacts").list();
    int count = 0;
    for (const Index i : shelfOf(call.world, u"inBusiness", *location)) {
        const ShelfItem &item = call.world.shelf.items[i];
        const auto contact = call.world.contact(item.owner);
        if (!contact || item.body[u"of"].toString() != call.args[0] ||
            !call.world.fullName(call.world.contacts[*contact]).contains(call.query("query"), Qt::CaseInsensitive))
            continue;
        if (page.holds(count++))
            render::listedContact(out, call.world, *contact);
    }
    out.endList().field("count", count).field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
