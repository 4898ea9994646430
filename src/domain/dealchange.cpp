// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/outboxrecord.h"

using namespace Qt::StringLiterals;

// What a person changes of a deal, and how that meets what others have changed.
namespace outrigger {

namespace {

void put(QJsonObject &object, QLatin1String key, const QString &value)
{
    if (!value.isEmpty())
        object.insert(key, value);
}
QString get(const QJsonObject &object, QLatin1String key) { return object.value(key).toString(); }
std::optional<double> money(const QJsonObject &object, QLatin1String key)
{
    const auto value = object.value(key);
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}
/// Written by others and changed to something that is not ours.
template <class T>
bool differs(const std::optional<T> &to, const T &from, const T &theirs)
{
    return to && theirs != from && theirs != *to;
}

} // namespace

QJsonObject DealDraft::toJson() const
{
    QJsonObject o;
    put(o, "opportunityId"_L1, localId.value);
    put(o, "contactId"_L1, contactId.value);
    put(o, "pipeline"_L1, pipeline.value);
    put(o, "stage"_L1, stage.value);
    put(o, "name"_L1, name);
    if (value)
        o.insert("value"_L1, *value);
    put(o, "assignedTo"_L1, assignedTo.value);
    put(o, "status"_L1, dealStatusWord(status));
    return o;
}

DealDraft DealDraft::fromJson(const QJsonObject &o)
{
    DealDraft draft;
    draft.localId = OpportunityId(get(o, "opportunityId"_L1));
    draft.contactId = ContactId(get(o, "contactId"_L1));
    draft.pipeline = PipelineId(get(o, "pipeline"_L1));
    draft.stage = StageId(get(o, "stage"_L1));
    draft.name = get(o, "name"_L1);
    draft.value = money(o, "value"_L1);
    draft.assignedTo = UserId(get(o, "assignedTo"_L1));
    draft.status = dealStatusFromWord(get(o, "status"_L1)).value_or(DealStatus::Open);
    return draft;
}

DealChange DealChange::after(const DealChange &before) const
{
    DealChange net = *this;
    if (before.stage) {
        net.stageFrom = before.stageFrom;
        if (!stage) {
            net.stage = before.stage;
            net.pipeline = before.pipeline;
        }
    }
    if (before.status) {
        net.statusFrom = before.statusFrom;
        if (!status) {
            net.status = before.status;
            net.lostReason = before.lostReason;
        }
    }
    if (before.name) {
        net.nameFrom = before.nameFrom;
        if (!name)
            net.name = before.name;
    }
    if (before.value) {
        net.valueFrom = before.valueFrom;
        if (!value)
            net.value = before.value;
    }
    if (before.assignedTo) {
        net.assignedFrom = before.assignedFrom;
        if (!assignedTo)
            net.assignedTo = before.assignedTo;
    }
    return net;
}

bool DealChange::isIn(const Opportunity &deal) const
{
    return (!stage || (deal.stage == *stage && (pipeline.isEmpty() || deal.pipeline == pipeline)))
        && (!status || (deal.status == *status && (lostReason.isEmpty() || deal.lostReason == lostReason)))
        && (!name || deal.name == *name) && (!value || deal.value == value) && (!assignedTo || deal.assignedTo == *assignedTo);
}

bool DealChange::collidesWith(const Opportunity &deal) const
{
    return differs(stage, stageFrom, deal.stage) || differs(status, statusFrom, deal.status) || differs(name, nameFrom, deal.name)
        || (value && deal.value != valueFrom && deal.value != value) || differs(assignedTo, assignedFrom, deal.assignedTo);
}

void DealChange::applyTo(Opportunity &deal) const
{
    if (stage) {
        deal.stage = *stage;
        if (!pipeline.isEmpty())
            deal.pipeline = pipeline;
    }
    if (status) {
        deal.status = *status;
        deal.lostReason = *status == DealStatus::Lost ? lostReason : QString();
    }
    if (name)
        deal.name = *name;
    if (value)
        deal.value = value;
    if (assignedTo)
        deal.assignedTo = *assignedTo;
}

QJsonObject DealChange::toJson() const
{
    QJsonObject o;
    put(o, "opportunityId"_L1, id.value);
    put(o, "shownName"_L1, shownName);
    if (stage) {
        o.insert("stage"_L1, stage->value);
        put(o, "pipeline"_L1, pipeline.value);
        put(o, "stageFrom"_L1, stageFrom.value);
    }
    if (status) {
        o.insert("status"_L1, dealStatusWord(*status));
        o.insert("statusFrom"_L1, dealStatusWord(statusFrom));
        put(o, "lostReason"_L1, lostReason);
    }
    if (name) {
        o.insert("name"_L1, *name);
        put(o, "nameFrom"_L1, nameFrom);
    }
    if (value) {
        o.insert("value"_L1, *value);
        if (valueFrom)
            o.insert("valueFrom"_L1, *valueFrom);
    }
    if (assignedTo) {
        o.insert("assignedTo"_L1, assignedTo->value);
        put(o, "assignedFrom"_L1, assignedFrom.value);
    }
    return o;
}

DealChange DealChange::fromJson(const QJsonObject &o)
{
    DealChange c;
    c.id = OpportunityId(get(o, "opportunityId"_L1));
    c.shownName = get(o, "shownName"_L1);
    if (o.contains("stage"_L1)) {
        c.stage = StageId(get(o, "stage"_L1));
        c.pipeline = PipelineId(get(o, "pipeline"_L1));
        c.stageFrom = StageId(get(o, "stageFrom"_L1));
    }
    if (o.contains("status"_L1)) {
        c.status = dealStatusFromWord(get(o, "status"_L1));
        c.statusFrom = dealStatusFromWord(get(o, "statusFrom"_L1)).value_or(DealStatus::Open);
        c.lostReason = get(o, "lostReason"_L1);
    }
    if (o.contains("name"_L1)) {
        c.name = get(o, "name"_L1);
        c.nameFrom = get(o, "nameFrom"_L1);
    }
    c.value = money(o, "value"_L1);
    c.valueFrom = money(o, "valueFrom"_L1);
    if (o.contains("assignedTo"_L1)) {
        c.assignedTo = UserId(get(o, "assignedTo"_L1));
        c.assignedFrom = UserId(get(o, "assignedFrom"_L1));
    }
    return c;
}

} // namespace outrigger
