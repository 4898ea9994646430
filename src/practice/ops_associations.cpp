// SPDX-License-Identifier: GPL-3.0-or-later
// Associations between kinds of objects, and relations between their records.
#include "practice/answers.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

QJsonObject relationWhole(const World &world, Index index)
{
    QJsonObject whole = shelfWhole(world, index);
    // The specification describes the association where the service tells the relation: both are told.
    if (const auto of = world.mint.index(Kind::Shelf, whole[u"associationId"].toString()); of && *of < world.shelf.items.size()) {
        const QJsonObject association = world.shelf.items[*of].body;
        for (auto it = association.begin(); it != association.end(); ++it)
            whole.insert(it.key(), it.value());
    }
    return whole;
}

Reply listed(const Call &call, const char *word, const std::vector<Index> &found, bool relations)
{
    QStringList problems;
    const Page page = pageOf(call, 100, problems);
    if (!problems.isEmpty())
        return invalid(call, problems);
    QJsonArray all;
    int at = 0;
    for (const Index i : found) {
        if (page.holds(at++))
            all.append(relations ? relationWhole(call.world, i) : shelfWhole(call.world, i));
    }
    JsonOut out;
    out.object().field(word, QJsonValue(all)).field("skip", page.skip).field("limit", page.limit).field("total", static_cast<int>(found.size()));
    out.field("traceId", call.trace).end();
    return done(out);
}

std::optional<Index> associationNamed(const Call &call, Reply &reply) { return shelved(call, u"association", call.args[0], reply); }

} // namespace

Reply findAssociations(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    return location ? listed(call, "associations", shelfOf(call.world, u"association", *location), false) : reply;
}

Reply getAssociation(Call &call)
{
    Reply reply;
    const auto index = associationNamed(call, reply);
    return index ? bare(shelfWhole(call.world, *index)) : reply;
}

Reply getAssociationByKey(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    for (const Index i : shelfOf(call.world, u"association", *location)) {
        if (call.world.shelf.items[i].body[u"key"].toString() == call.args[0])
            return bare(shelfWhole(call.world, i));
    }
    return refusal(call, 404, QStringLiteral("Association not found"));
}

Reply getAssociationByObject(Call &call)
{
    Reply reply;
    const QString named = call.hasQuery("locationId") ? call.query("locationId") : call.token->locationId;
    const auto location = locationFor(call, named, reply);
    if (!location)
        return reply;
    for (const Index i : shelfOf(call.world, u"association", *location)) {
        const QJsonObject &body = call.world.shelf.items[i].body;
        if (body[u"firstObjectKey"].toString() == call.args[0] || body[u"secondObjectKey"].toString() == call.args[0])
            return bare(shelfWhole(call.world, i));
    }
    return refusal(call, 404, QStringLiteral("Association not found"));
}

Reply createAssociation(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"key", "firstObjectLabel", "firstObjectKey", "secondObjectLabel", "secondObjectKey"}); !problems.isEmpty())
        return invalid(call, problems);
    for (const Index i : shelfOf(call.world, u"association", *location)) {
        if (call.world.shelf.items[i].body[u"key"] == call.body[u"key"])
            return refusal(call, 400, QStringLiteral("The association key already exists"));
    }
    QJsonObject body = only(call.body, {"key", "firstObjectLabel", "firstObjectKey", "secondObjectLabel", "secondObjectKey"});
    body.insert(QStringLiteral("associationType"), QStringLiteral("USER_DEFINED"));
    return bare(shelfWhole(call.world, shelve(call, QStringLiteral("association"), *location, body)), 201);
}

Reply updateAssociation(Call &call)
{
    Reply reply;
    const auto index = associationNamed(call, reply);
    if (!index)
        return reply;
    if (const QStringList problems = missing(call, {"firstObjectLabel", "secondObjectLabel"}); !problems.isEmpty())
        return invalid(call, problems);
    reshelve(call, *index, only(call.body, {"firstObjectLabel", "secondObjectLabel"}));
    return bare(shelfWhole(call.world, *index));
}

Reply deleteAssociation(Call &call)
{
    Reply reply;
    const auto index = associationNamed(call, reply);
    if (!index)
        return reply;
    unshelve(call, *index);
    for (const Index i : shelfOf(call.world, u"relation", call.world.shelf.items[*index].location)) {
        if (call.world.shelf.items[i].body[u"associationId"].toString() == call.args[0])
            unshelve(call, i);
    }
    JsonOut out;
    out.object().field("deleted", true).field("id", call.args[0]).field("message", "Association deleted successfully").end();
    return done(out);
}

Reply getRelations(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    const QStringList wanted = call.query("associationIds").split(u',', Qt::SkipEmptyParts);
    std::vector<Index> found = shelfOf(call.world, u"relation", *location);
    std::erase_if(found, [&](Index i) {
        const QJsonObject &body = call.world.shelf.items[i].body;
        return (body[u"firstRecordId"].toString() != call.args[0] && body[u"secondRecordId"].toString() != call.args[0]) ||
               (!wanted.isEmpty() && !wanted.contains(body[u"associationId"].toString()));
    });
    return listed(call, "relations", found, true);
}

Reply createRelation(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"associationId", "firstRecordId", "secondRecordId"}); !problems.isEmpty())
        return invalid(call, problems);
    if (!shelved(call, u"association", call.body[u"associationId"].toString(), reply, {}, 400))
        return reply;
    const QJsonObject body = only(call.body, {"associationId", "firstRecordId", "secondRecordId"});
    for (const Index i : shelfOf(call.world, u"relation", *location)) {
        if (call.world.shelf.items[i].body == body)
            return refusal(call, 400, QStringLiteral("The relation already exists"));
    }
    return bare(relationWhole(call.world, shelve(call, QStringLiteral("relation"), *location, body)), 201);
}

Reply deleteRelation(Call &call)
{
    Reply reply;
    const auto index = shelved(call, u"relation", call.args[0], reply);
    if (!index || !locationFor(call, call.query("locationId"), reply))
        return reply;
    const QJsonObject was = relationWhole(call.world, *index);
    unshelve(call, *index);
    return bare(was);
}

} // namespace outrigger::practice
