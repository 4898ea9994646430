// SPDX-License-Identifier: GPL-3.0-or-later
// Businesses: companies that contacts belong to.
#include "practice/answers.h"

namespace outrigger::practice
{

namespace
{

constexpr std::initializer_list<const char *> fields{"name", "phone", "email", "website", "address", "city", "postalCode", "state", "country", "description"};

QJsonObject businessWhole(const World &world, Index index)
{
    const ShelfItem &item = world.shelf.items[index];
    QJsonObject whole = shelfWhole(world, index);
    whole.insert(QStringLiteral("createdAt"), isoDate(item.added));
    whole.insert(QStringLiteral("updatedAt"), isoDate(item.updated));
    const QJsonObject by{{QStringLiteral("source"), QStringLiteral("PUBLIC_API")}, {QStringLiteral("channel"), QStringLiteral("OAUTH")}};
    whole.insert(QStringLiteral("createdBy"), by);
    whole.insert(QStringLiteral("updatedBy"), by);
    return whole;
}

/// Create and update answer with the word misspelt, as published.
Reply written(const Call &call, Index index, int status)
{
    JsonOut out;
    out.object().field("success", true).field("buiseness", QJsonValue(businessWhole(call.world, index))).field("traceId", call.trace).end();
    return done(out, status);
}

std::optional<Index> businessNamed(const Call &call, Reply &reply) { return shelved(call, u"business", call.args[0], reply); }

} // namespace

Reply listBusinesses(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    QStringList problems;
    const Page page = pageOf(call, 100, problems);
    if (!problems.isEmpty())
        return invalid(call, problems);
    QJsonArray all;
    int at = 0;
    for (const Index i : shelfOf(call.world, u"business", *location)) {
        if (page.holds(at++))
            all.append(businessWhole(call.world, i));
    }
    return answered(call, "businesses", all);
}

Reply getBusiness(Call &call)
{
    Reply reply;
    const auto index = businessNamed(call, reply);
    return index ? answered(call, "business", businessWhole(call.world, *index)) : reply;
}

Reply createBusiness(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"name"}); !problems.isEmpty())
        return invalid(call, problems);
    return written(call, shelve(call, QStringLiteral("business"), *location, only(call.body, fields)), 201);
}

Reply updateBusiness(Call &call)
{
    Reply reply;
    const auto index = businessNamed(call, reply);
    if (!index)
        return reply;
    reshelve(call, *index, only(call.body, fields));
    return written(call, *index, 200);
}

Reply deleteBusiness(Call &call)
{
    Reply reply;
    const auto index = businessNamed(call, reply);
    if (!index)
        return reply;
    unshelve(call, *index);
    for (const Index i : shelfOf(call.world, u"inBusiness", call.world.shelf.items[*index].location)) {
        if (call.world.shelf.items[i].body[u"of"].toString() == call.args[0])
            unshelve(call, i);
    }
    return success(call);
}

} // namespace outrigger::practice
