// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/ops_opportunities.h"
#include "api/words.h"
#include "core/json.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

constexpr double mostMoney = 1e13;

std::optional<double> readValue(const QJsonValue &value)
{
    const auto number = json::number(value);
    if (!number || !std::isfinite(*number) || std::abs(*number) > mostMoney)
        return std::nullopt;
    return std::round(*number * 100) / 100;
}

/// Ids, or objects that hold one.
QStringList readIds(const QJsonValue &value)
{
    QStringList ids;
    const QJsonArray array = value.toArray();
    for (const auto &item : array) {
        const QString id = item.isObject() ? json::text(json::first(item.toObject(), {u"id", u"_id", u"userId"})) : json::text(item);
        if (!id.isEmpty())
            ids.append(id);
    }
    return ids;
}

/// Only what can be painted: "#rgb" or "#rrggbb".
QString readColor(const QJsonValue &value)
{
    const QString text = json::text(value);
    const bool fits = (text.size() == 4 || text.size() == 7) && text.startsWith(u'#')
        && std::all_of(text.cbegin() + 1, text.cend(), [](QChar c) { return QString(c).toInt(nullptr, 16) || c == u'0'; });
    return fits ? text : QString();
}

struct PlacedStage {
    Stage stage;
    double place = 0;
};

std::optional<Pipeline> readPipeline(const QJsonObject &o)
{
    Pipeline pipeline;
    pipeline.id = PipelineId(json::text(json::first(o, {u"id", u"_id"})));
    if (pipeline.id.isEmpty())
        return std::nullopt;
    pipeline.name = json::text(o.value("name"_L1));
    QVector<PlacedStage> stages;
    const QJsonArray array = o.value("stages"_L1).toArray();
    for (const auto &item : array) {
        const QJsonObject s = item.toObject();
        PlacedStage placed;
        placed.stage.id = StageId(json::text(json::first(s, {u"id", u"_id"})));
        if (placed.stage.id.isEmpty())
            continue;
        placed.stage.name = json::text(s.value("name"_L1));
        placed.stage.winProbability = std::clamp(json::number(s.value("stageWinProbability"_L1)).value_or(-1), -1.0, 100.0);
        placed.stage.color = readColor(json::first(s, {u"color", u"stageColor"}));
        placed.place = json::number(s.value("position"_L1)).value_or(double(stages.size()));
        stages.append(placed);
    }
    std::stable_sort(stages.begin(), stages.end(), [](const PlacedStage &a, const PlacedStage &b) { return a.place < b.place; });
    for (const PlacedStage &placed : std::as_const(stages)) {
        if (!pipeline.stage(placed.stage.id))
            pipeline.stages.append(placed.stage);
    }
    return pipeline;
}

std::optional<LostReason> readLostReason(const QJsonObject &o)
{
    LostReason reason{json::text(json::first(o, {u"id", u"_id"})), json::text(o.value("name"_L1))};
    if (reason.id.isEmpty() || reason.name.isEmpty())
        return std::nullopt;
    return reason;
}

} // namespace

QJsonObject SearchOpportunitiesAdvanced::filter(const QString &field, const QString &comparison, const QJsonValue &value)
{
    return QJsonObject{{u"field"_s, field}, {u"operator"_s, comparison}, {u"value"_s, value}};
}

std::optional<Opportunity> readOpportunity(const QJsonObject &o)
{
    Opportunity deal;
    deal.id = OpportunityId(json::text(json::first(o, {u"id", u"_id"})));
    if (deal.id.isEmpty())
        return std::nullopt;
    deal.name = json::text(o.value("name"_L1));
    deal.value = readValue(o.value("monetaryValue"_L1));
    deal.pipeline = PipelineId(json::text(o.value("pipelineId"_L1)));
    deal.stage = StageId(json::text(json::first(o, {u"pipelineStageId", u"pipelineStageUId"})));
    deal.status = dealStatusFromWord(json::text(o.value("status"_L1))).value_or(DealStatus::Open);
    deal.assignedTo = UserId(json::text(o.value("assignedTo"_L1)));
    deal.source = json::text(o.value("source"_L1));
    deal.lostReason = json::text(o.value("lostReasonId"_L1));
    const QJsonObject contact = o.value("contact"_L1).toObject();
    deal.contactId = ContactId(json::text(o.value("contactId"_L1)));
    if (deal.contactId.isEmpty())
        deal.contactId = ContactId(json::text(contact.value("id"_L1)));
    deal.contactName = json::text(contact.value("name"_L1));
    deal.company = json::text(contact.value("companyName"_L1));
    deal.tags = json::texts(contact.value("tags"_L1));
    deal.followers = readIds(o.value("followers"_L1));
    deal.createdAt = json::date(json::first(o, {u"createdAt", u"dateAdded"}));
    deal.updatedAt = json::date(json::first(o, {u"updatedAt", u"dateUpdated"}));
    deal.stageSince = json::date(o.value("lastStageChangeAt"_L1));
    deal.statusSince = json::date(o.value("lastStatusChangeAt"_L1));
    const QJsonArray fields = o.value("customFields"_L1).toArray();
    for (const auto &item : fields) {
        const QJsonObject f = item.toObject();
        CustomValue value;
        value.id = CustomFieldId(json::text(f.value("id"_L1)));
        value.value = json::first(f, {u"fieldValue", u"field_value", u"fieldValueString", u"fieldValueNumber", u"fieldValueArray", u"value"});
        if (!value.id.isEmpty())
            deal.customFields.append(value);
    }
    return deal;
}

Result<Opportunity> Decode<Opportunity>::from(const QJsonValue &value)
{
    auto deal = readOpportunity(value.toObject());
    if (!deal)
        return fail(wire::badReply(Words::tr("the deal's id")));
    return std::move(*deal);
}

Result<OpportunityPage> Decode<OpportunityPage>::from(const QJsonValue &value)
{
    OpportunityPage page;
    const QJsonObject object = value.toObject();
    const QJsonValue items = object.value("opportunities"_L1);
    auto read = wire::list<Opportunity>(items, &readOpportunity, &page.skipped, Words::tr("the list of deals"));
    if (!read)
        return fail(read.error());
    page.deals = std::move(*read);
    const QJsonArray array = items.toArray();
    page.received = int(array.size());
    const QJsonObject meta = object.value("meta"_L1).toObject();
    page.total = json::integer(json::first(meta.isEmpty() ? object : meta, {u"total"})).value_or(-1);
    page.startAfterId = json::text(meta.value("startAfterId"_L1));
    page.startAfter = json::integer(meta.value("startAfter"_L1)).value_or(0);
    if (!array.isEmpty())
        page.searchAfter = array.last().toObject().value("sort"_L1).toArray();
    return page;
}

Result<PipelineList> Decode<PipelineList>::from(const QJsonValue &value)
{
    PipelineList list;
    auto read = wire::list<Pipeline>(value.toObject().value("pipelines"_L1), &readPipeline, &list.skipped, Words::tr("the list of pipelines"));
    if (!read)
        return fail(read.error());
    list.pipelines = std::move(*read);
    return list;
}

Result<LostReasonList> Decode<LostReasonList>::from(const QJsonValue &value)
{
    LostReasonList list;
    auto read = wire::list<LostReason>(value.toObject().value("lostReasons"_L1), &readLostReason, &list.skipped,
                                       Words::tr("the list of reasons"));
    if (!read)
        return fail(read.error());
    list.reasons = std::move(*read);
    return list;
}

Result<UpsertDealAnswer> Decode<UpsertDealAnswer>::from(const QJsonValue &value)
{
    // The answer's deal is an object without a shape in the specification: what matters is that it was taken.
    const QJsonObject object = value.toObject();
    if (!object.contains("new"_L1) && !object.contains("opportunity"_L1))
        return fail(wire::badReply(Words::tr("the deal")));
    const auto deal = readOpportunity(object.value("opportunity"_L1).toObject());
    return UpsertDealAnswer{json::boolean(object.value("new"_L1)).value_or(false), deal.value_or(Opportunity())};
}

} // namespace outrigger::api
