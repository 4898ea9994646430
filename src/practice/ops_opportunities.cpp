// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and changing single deals, pipelines and their lists.
#include "practice/ops.h"
#include "practice/render.h"

#include "core/json.h"

namespace outrigger::practice
{

namespace
{

std::optional<Index> dealFor(const Call &call, Reply &reply)
{
    const auto index = call.world.opportunity(call.args[0]);
    if (!index) {
        reply = refusal(call, 404, QStringLiteral("Opportunity with id %1 not found").arg(call.args[0]));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, call.world.opportunities[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

Reply dealReply(const Call &call, Index index, int status, const std::optional<bool> &isNew = {})
{
    JsonOut out;
    out.object();
    if (isNew)
        out.field("new", *isNew);
    out.key("opportunity");
    render::opportunity(out, call.world, index);
    out.field("traceId", call.trace).end();
    return done(out, status);
}

QStringList checkFields(const Call &call)
{
    QStringList problems;
    for (const char *name : {"name", "pipelineId", "pipelineStageId", "assignedTo"}) {
        const QJsonValue value = call.body[QLatin1String(name)];
        if (!value.isUndefined() && !value.isNull() && !value.isString())
            problems.append(QLatin1String(name) + QStringLiteral(" must be a string"));
    }
    const QJsonValue money = call.body[u"monetaryValue"];
    if (!money.isUndefined() && !money.isNull() && !money.isDouble())
        problems.append(QStringLiteral("monetaryValue must be a number conforming to the specified constraints"));
    const QJsonValue status = call.body[u"status"];
    if (!status.isUndefined() && !dealStatusOf(status.toString()))
        problems.append(QStringLiteral("status must be one of the following values: open, won, lost, abandoned"));
    const QJsonValue who = call.body[u"assignedTo"];
    if (who.isString() && !who.toString().isEmpty() && call.world.userIndex(who.toString()) < 0)
        problems.append(QStringLiteral("assignedTo is not a user of this location"));
    return problems;
}

/// Where the body puts a deal: both ids must exist and belong together. Nothing when the body says nothing of it.
std::optional<std::pair<quint16, quint16>> placeIn(const Call &call, quint16 location, QStringList &problems)
{
    const QString pipelineId = call.body[u"pipelineId"].toString(), stageId = call.body[u"pipelineStageId"].toString();
    if (pipelineId.isEmpty() && stageId.isEmpty())
        return std::nullopt;
    const World &world = call.world;
    const auto pipeline = world.pipeline(pipelineId);
    if (!pipelineId.isEmpty() && (!pipeline || world.pipelines[*pipeline].location != location)) {
        problems.append(QStringLiteral("The pipeline id is invalid."));
        return std::nullopt;
    }
    if (stageId.isEmpty()) {
        for (quint16 i = 0; i < world.pipelines[*pipeline].stages.size(); ++i) {
            if (!world.pipelines[*pipeline].stages[i].deleted)
                return std::pair{*pipeline, i};
        }
    }
    const auto stage = world.stage(stageId);
    if (!stage || (pipeline && stage->first != *pipeline) || world.pipelines[stage->first].location != location) {
        problems.append(QStringLiteral("The stage id is invalid."));
        return std::nullopt;
    }
    return stage;
}

/// Puts the body's fields into the deal; fields that are absent stay.
void setFields(World &world, Opportunity &o, const QJsonObject &body)
{
    if (body[u"name"].isString())
        o.name = body[u"name"].toString().trimmed();
    if (body.contains(u"monetaryValue")) {
        o.hasValue = body[u"monetaryValue"].isDouble();
        o.value = body[u"monetaryValue"].toDouble();
    }
    if (body.contains(u"assignedTo"))
        o.assigned = static_cast<qint16>(world.userIndex(body[u"assignedTo"].toString()));
    const QJsonArray fields = body[u"customFields"].toArray();
    for (const auto &item : fields) {
        const QString id = item.toObject()[u"id"].toString();
        for (qsizetype i = o.customFields.size(); i > 0; --i) {
            if (o.customFields[i - 1].toObject()[u"id"].toString() == id)
                o.customFields.removeAt(i - 1);
        }
        const QJsonValue value = json::first(item.toObject(), {u"field_value", u"fieldValue"});
        o.customFields.append(QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("fieldValue"), value}});
    }
}

/// An open deal of this contact in this pipeline.
std::optional<Index> twin(const World &world, Index contact, quint16 pipeline)
{
    for (Index i = 0; i < world.opportunities.size(); ++i) {
        const Opportunity &o = world.opportunities[i];
        if (!o.deleted && o.contact == contact && o.pipeline == pipeline && o.status == DealStatus::Open)
            return i;
    }
    return std::nullopt;
}

Index insert(Call &call, quint16 location, Index contact, std::pair<quint16, quint16> place)
{
    Opportunity o;
    o.location = location;
    o.contact = contact;
    o.pipeline = place.first;
    o.stage = place.second;
    o.hasValue = false;
    o.source = QStringLiteral("public api");
    o.added = o.updated = o.stageSince = o.statusSince = call.world.now();
    o.status = dealStatusOf(call.body[u"status"].toString()).value_or(DealStatus::Open);
    setFields(call.world, o, call.body);
    const Index index = call.world.addOpportunity(std::move(o));
    call.applied = true;
    call.made = call.world.mint.id(Kind::Opportunity, index);
    return index;
}

void change(Call &call, Index index, const std::optional<std::pair<quint16, quint16>> &place)
{
    setFields(call.world, call.world.opportunities[index], call.body);
    if (place)
        call.world.moveOpportunity(index, place->first, place->second);
    if (const auto status = dealStatusOf(call.body[u"status"].toString()))
        call.world.setDealStatus(index, *status, call.world.opportunities[index].lostReason);
    call.world.opportunityChanged(index);
    call.applied = true;
}

Reply succeeded(const Call &call)
{
    JsonOut out;
    out.object().field("succeded", true).field("traceId", call.trace).end();
    return done(out);
}

} // namespace

Reply getPipelines(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    JsonOut out;
    out.object().key("pipelines").list();
    for (quint16 i = 0; i < call.world.pipelines.size(); ++i) {
        if (!call.world.pipelines[i].deleted && call.world.pipelines[i].location == *location)
            render::pipeline(out, call.world, i);
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply getLostReasons(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    JsonOut out;
    out.object().key("lostReasons").list();
    for (size_t i = 0; i < call.world.lostReasons.size(); ++i) {
        out.object().field("id", call.world.mint.id(Kind::LostReason, static_cast<Index>(i))).field("name", call.world.lostReasons[i]);
        out.field("locationId", call.world.locationId(*location)).end();
    }
    out.endList().field("total", static_cast<qint64>(call.world.lostReasons.size())).field("traceId", call.trace).end();
    return done(out);
}

Reply getOpportunity(Call &call)
{
    Reply reply;
    const auto index = dealFor(call, reply);
    return index ? dealReply(call, *index, 200) : reply;
}

Reply createOpportunity(Call &call)
{
    Reply reply;
    QStringList problems = checkFields(call);
    for (const char *name : {"pipelineId", "name", "status", "contactId"}) {
        if (call.body[QLatin1String(name)].toString().isEmpty())
            problems.append(QLatin1String(name) + QStringLiteral(" should not be empty"));
    }
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    const auto place = problems.isEmpty() ? placeIn(call, *location, problems) : std::nullopt;
    if (!problems.isEmpty() || !place)
        return invalid(call, problems);
    const auto contact = call.world.contact(call.body[u"contactId"].toString());
    if (!contact || call.world.contacts[*contact].location != *location)
        return refusal(call, 400, QStringLiteral("Contact with id %1 not found").arg(call.body[u"contactId"].toString()));
    if (twin(call.world, *contact, place->first))
        return refusal(call, 400, QStringLiteral("Can not create duplicate opportunity for the contact."));
    return dealReply(call, insert(call, *location, *contact, *place), 201);
}

Reply upsertOpportunity(Call &call)
{
    Reply reply;
    QStringList problems = checkFields(call);
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    const auto place = problems.isEmpty() ? placeIn(call, *location, problems) : std::nullopt;
    if (!place)
        problems.append(QStringLiteral("pipelineId should not be empty"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    std::optional<Index> known = call.world.opportunity(call.body[u"id"].toString());
    const auto contact = call.world.contact(call.body[u"contactId"].toString());
    if (!known && contact)
        known = twin(call.world, *contact, place->first);
    if (known) {
        change(call, *known, call.body.contains(u"pipelineStageId") ? place : std::nullopt);
        return dealReply(call, *known, 200, false);
    }
    if (!contact)
        return refusal(call, 400, QStringLiteral("contactId should not be empty"));
    return dealReply(call, insert(call, *location, *contact, *place), 200, true);
}

Reply updateOpportunity(Call &call)
{
    Reply reply;
    const auto index = dealFor(call, reply);
    if (!index)
        return reply;
    QStringList problems = checkFields(call);
    for (const char *name : {"contactId", "locationId", "lostReasonId"}) {
        if (call.body.contains(QLatin1String(name)))
            problems.append(QStringLiteral("property %1 should not exist").arg(QLatin1String(name)));
    }
    const auto place = placeIn(call, call.world.opportunities[*index].location, problems);
    if (!problems.isEmpty())
        return invalid(call, problems);
    change(call, *index, place);
    return dealReply(call, *index, 200);
}

Reply updateOpportunityStatus(Call &call)
{
    Reply reply;
    const auto index = dealFor(call, reply);
    if (!index)
        return reply;
    const auto status = dealStatusOf(call.body[u"status"].toString());
    if (!status)
        return invalid(call, {QStringLiteral("status must be one of the following values: open, won, lost, abandoned")});
    qint16 reason = -1;
    if (const QString id = call.body[u"lostReasonId"].toString(); !id.isEmpty()) {
        const auto known = call.world.mint.index(Kind::LostReason, id);
        if (!known || *known >= call.world.lostReasons.size())
            return invalid(call, {QStringLiteral("lostReasonId is invalid")});
        reason = static_cast<qint16>(*known);
    }
    call.world.setDealStatus(*index, *status, reason);
    call.applied = true;
    return succeeded(call);
}

Reply deleteOpportunity(Call &call)
{
    Reply reply;
    const auto index = dealFor(call, reply);
    if (!index)
        return reply;
    call.world.opportunities[*index].deleted = true;
    call.world.opportunityChanged(*index);
    call.applied = true;
    return succeeded(call);
}

namespace
{

Reply followersCall(Call &call, bool add)
{
    Reply reply;
    const auto index = dealFor(call, reply);
    if (!index)
        return reply;
    if (!call.body[u"followers"].isArray())
        return invalid(call, {QStringLiteral("followers must be an array")});
    QStringList &followers = call.world.opportunities[*index].followers;
    QStringList changed;
    const QStringList wanted = !add && call.query("isRemoveAllFollowers") == u"true" ? followers : json::texts(call.body[u"followers"]);
    for (const QString &who : wanted) {
        if (call.world.userIndex(who) < 0 || followers.contains(who) == add)
            continue;
        changed.append(who);
        if (add)
            followers.append(who);
        else
            followers.removeAll(who);
    }
    call.world.opportunityChanged(*index);
    call.applied = true;
    JsonOut out;
    out.object().field("followers", call.world.opportunities[*index].followers);
    out.field(add ? "followersAdded" : "followersRemoved", changed).field("traceId", call.trace).end();
    return done(out, add ? 201 : 200);
}

} // namespace

Reply addFollowers(Call &call)
{
    return followersCall(call, true);
}

Reply removeFollowers(Call &call)
{
    return followersCall(call, false);
}

} // namespace outrigger::practice
