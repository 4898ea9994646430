// SPDX-License-Identifier: GPL-3.0-or-later
// GET and POST /opportunities/search: two ways to ask for the same deals.
#include "practice/ops.h"
#include "practice/render.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

struct Wanted {
    quint16 location = 0;
    std::optional<Index> contact, id;
    QString pipeline, stage, text;
    QStringList status, assigned;
};

bool fits(const World &world, Index index, const Wanted &w)
{
    const Opportunity &o = world.opportunities[index];
    if (o.deleted || o.location != w.location || world.contacts[o.contact].deleted)
        return false;
    if ((w.id && *w.id != index) || (w.contact && *w.contact != o.contact))
        return false;
    if (!w.pipeline.isEmpty() && w.pipeline != world.mint.id(Kind::Pipeline, o.pipeline))
        return false;
    if (!w.stage.isEmpty() && w.stage != world.stageId(o.pipeline, o.stage))
        return false;
    if (!w.status.isEmpty() && !w.status.contains(QStringLiteral("all")) && !w.status.contains(QLatin1String(word(o.status))))
        return false;
    if (!w.assigned.isEmpty() && !w.assigned.contains(world.userId(o.assigned)))
        return false;
    if (w.text.isEmpty())
        return true;
    const Contact &c = world.contacts[o.contact];
    for (const QString &field : {o.name, world.fullName(c), c.email, c.phone}) {
        if (field.contains(w.text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// Newest first, as both searches give them without an order.
std::vector<Index> found(const World &world, const Wanted &wanted, bool oldestFirst)
{
    std::vector<Index> result;
    for (Index i = 0; i < world.opportunities.size(); ++i) {
        if (fits(world, i, wanted))
            result.push_back(i);
    }
    std::sort(result.begin(), result.end(), [&](Index a, Index b) {
        const qint64 left = world.opportunities[a].added, right = world.opportunities[b].added;
        const bool before = left != right ? left < right : a < b;
        return oldestFirst ? before : !before && a != b;
    });
    return result;
}

/// The place behind the pair that the page before ended with.
size_t placeAfter(const World &world, const std::vector<Index> &all, const QString &id)
{
    const auto last = world.mint.index(Kind::Opportunity, id);
    const auto at = last ? std::find(all.begin(), all.end(), *last) : all.end();
    return at == all.end() ? 0 : static_cast<size_t>(at - all.begin()) + 1;
}

} // namespace

Reply searchOpportunities(Call &call)
{
    const bool v3 = call.hasQuery("locationId") && !call.hasQuery("location_id");
    Reply reply;
    const auto location = locationFor(call, call.query(v3 ? "locationId" : "location_id"), reply);
    if (!location)
        return reply;
    const World &world = call.world;
    Wanted wanted;
    wanted.location = *location;
    const auto either = [&](const char *old, const char *fresh) { return call.hasQuery(old) ? call.query(old) : call.query(fresh); };
    wanted.pipeline = either("pipeline_id", "pipelineId");
    wanted.stage = either("pipeline_stage_id", "pipelineStageId");
    wanted.text = call.query("q").left(75);
    for (const auto &[text, to, kind] : {std::tuple{either("contact_id", "contactId"), &wanted.contact, Kind::Contact},
                                         std::tuple{call.query("id"), &wanted.id, Kind::Opportunity}}) {
        if (!text.isEmpty())
            *to = world.mint.index(kind, text).value_or(none);
    }
    if (const QString who = either("assigned_to", "assignedTo"); !who.isEmpty())
        wanted.assigned = {who};
    if (const QString status = call.query("status"); !status.isEmpty()) {
        if (status != u"all" && !dealStatusOf(status))
            return invalid(call, {QStringLiteral("status must be one of the following values: open, won, lost, abandoned, all")});
        wanted.status = {status};
    }
    bool ok = true;
    const int limit = call.hasQuery("limit") ? call.query("limit").toInt(&ok) : 20;
    if (!ok || limit < 1 || limit > 100)
        return invalid(call, {QStringLiteral("limit must not be greater than 100")});
    const auto all = found(world, wanted, call.query("order") == u"added_asc");
    const int page = std::max(1, call.query("page").toInt());
    const QString after = call.query("startAfterId");
    const size_t from = !after.isEmpty() ? placeAfter(world, all, after) : static_cast<size_t>(page - 1) * static_cast<size_t>(limit);
    const size_t to = std::min(all.size(), from + static_cast<size_t>(limit));
    JsonOut out;
    out.object().key("opportunities").list();
    for (size_t i = std::min(from, to); i < to; ++i)
        render::opportunity(out, world, all[i]);
    out.endList().key("meta").object().field("total", static_cast<qint64>(all.size()));
    if (to < all.size()) {
        const Opportunity &last = world.opportunities[all[to - 1]];
        out.field("startAfterId", world.mint.id(Kind::Opportunity, all[to - 1])).field("startAfter", last.added);
        // It may name a host that only HighLevel's own machines reach.
        out.field("nextPageUrl", QStringLiteral("http://localhost:5066/opportunities/search?startAfterId=%1")
                                     .arg(world.mint.id(Kind::Opportunity, all[to - 1])));
        out.field("nextPage", page + 1);
    }
    out.field("currentPage", page).end();
    out.key("aggregations").object().end().field("traceId", call.trace).end();
    return done(out);
}

Reply searchOpportunitiesAdvanced(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    QStringList problems;
    for (const char *name : {"query", "limit", "page", "searchAfter", "additionalDetails"}) {
        if (!call.body.contains(QLatin1String(name)))
            problems.append(QLatin1String(name) + QStringLiteral(" should not be empty"));
    }
    const int limit = call.body[u"limit"].toInt();
    if (limit < 1 || limit > 100)
        problems.append(QStringLiteral("limit must not be greater than 100"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    const World &world = call.world;
    Wanted wanted;
    wanted.location = *location;
    wanted.text = call.body[u"query"].toString();
    const QJsonArray filters = call.body[u"filters"].toArray();
    for (const auto &item : filters) {
        const QString field = item.toObject()[u"field"].toString();
        const QJsonValue value = item.toObject()[u"value"];
        const QStringList values = value.isArray() ? json::texts(value) : QStringList{value.toString()};
        if (field == u"pipeline_id")
            wanted.pipeline = values.value(0);
        else if (field == u"pipeline_stage_id")
            wanted.stage = values.value(0);
        else if (field == u"status")
            wanted.status = values;
        else if (field == u"assigned_to")
            wanted.assigned = values;
        else if (field == u"contact_id")
            wanted.contact = world.mint.index(Kind::Contact, values.value(0)).value_or(none);
    }
    const QJsonObject sort = call.body[u"sort"].toArray().first().toObject();
    const auto all = found(world, wanted, sort[u"direction"].toString() == u"asc");
    const QJsonArray after = call.body[u"searchAfter"].toArray();
    const int page = std::max(1, call.body[u"page"].toInt());
    const size_t from = after.size() == 2 ? placeAfter(world, all, after[1].toString())
                                          : static_cast<size_t>(page - 1) * static_cast<size_t>(limit);
    const size_t to = std::min(all.size(), from + static_cast<size_t>(limit));
    JsonOut out;
    out.object().key("opportunities").list();
    for (size_t i = std::min(from, to); i < to; ++i)
        render::opportunity(out, world, all[i],
                            QJsonArray{world.opportunities[all[i]].added, world.mint.id(Kind::Opportunity, all[i])});
    out.endList().field("total", static_cast<qint64>(all.size())).key("aggregations").object().end();
    out.field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
