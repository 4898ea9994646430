// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/outboxrecord.h"

#include "core/ownjson.h"
#include "domain/contactchange.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

// What a person changes of a deal, and how that meets what others have changed.
namespace outrigger {

using namespace ownjson;

namespace {

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

QJsonValue fieldOf(const Opportunity &deal, const QString &id)
{
    for (const CustomValue &field : deal.customFields) {
        if (field.id.value == id)
            return field.value;
    }
    return QJsonValue::Null;
}
/// As the fields of contacts are compared: an empty one and none at all are alike.
bool sameField(const QString &id, const QJsonValue &a, const QJsonValue &b)
{
    return contactfields::same(contactfields::ofCustom(CustomFieldId(id)), a, b);
}

QStringList listOf(const QJsonObject &object, QLatin1String key)
{
    QStringList list;
    const auto array = object.value(key).toArray();
    for (const auto &item : array)
        list.append(item.toString());
    return list;
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
    draft.localId = OpportunityId(text(o, "opportunityId"_L1));
    draft.contactId = ContactId(text(o, "contactId"_L1));
    draft.pipeline = PipelineId(text(o, "pipeline"_L1));
    draft.stage = StageId(text(o, "stage"_L1));
    draft.name = text(o, "name"_L1);
    draft.value = money(o, "value"_L1);
    draft.assignedTo = UserId(text(o, "assignedTo"_L1));
    draft.status = dealStatusFromWord(text(o, "status"_L1)).value_or(DealStatus::Open);
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
    for (auto it = before.fields.begin(); it != before.fields.end(); ++it) {
        net.fieldsFrom.insert(it.key(), before.fieldsFrom.value(it.key()));
        if (!fields.contains(it.key()))
            net.fields.insert(it.key(), it.value());
    }
    return net;
}

bool DealChange::isIn(const Opportunity &deal) const
{
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        if (!sameField(it.key(), it.value(), fieldOf(deal, it.key())))
            return false;
    }
    return (!stage || (deal.stage == *stage && (pipeline.isEmpty() || deal.pipeline == pipeline)))
        && (!status || (deal.status == *status && (lostReason.isEmpty() || deal.lostReason == lostReason)))
        && (!name || deal.name == *name) && (!value || deal.value == value) && (!assignedTo || deal.assignedTo == *assignedTo);
}

bool DealChange::collidesWith(const Opportunity &deal) const
{
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        const QJsonValue theirs = fieldOf(deal, it.key());
        if (!sameField(it.key(), theirs, it.value()) && !sameField(it.key(), theirs, fieldsFrom.value(it.key())))
            return true;
    }
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
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        const CustomFieldId wanted(it.key());
        const auto known = std::find_if(deal.customFields.begin(), deal.customFields.end(), [&](const CustomValue &one) { return one.id == wanted; });
        if (known != deal.customFields.end())
            known->value = it.value();
        else
            deal.customFields.append({wanted, it.value()});
    }
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
    if (!fields.isEmpty()) {
        o.insert("fields"_L1, fields);
        o.insert("fieldsFrom"_L1, fieldsFrom);
    }
    return o;
}

DealChange DealChange::fromJson(const QJsonObject &o)
{
    DealChange c;
    c.id = OpportunityId(text(o, "opportunityId"_L1));
    c.shownName = text(o, "shownName"_L1);
    if (o.contains("stage"_L1)) {
        c.stage = StageId(text(o, "stage"_L1));
        c.pipeline = PipelineId(text(o, "pipeline"_L1));
        c.stageFrom = StageId(text(o, "stageFrom"_L1));
    }
    if (o.contains("status"_L1)) {
        c.status = dealStatusFromWord(text(o, "status"_L1));
        c.statusFrom = dealStatusFromWord(text(o, "statusFrom"_L1)).value_or(DealStatus::Open);
        c.lostReason = text(o, "lostReason"_L1);
    }
    if (o.contains("name"_L1)) {
        c.name = text(o, "name"_L1);
        c.nameFrom = text(o, "nameFrom"_L1);
    }
    c.value = money(o, "value"_L1);
    c.valueFrom = money(o, "valueFrom"_L1);
    if (o.contains("assignedTo"_L1)) {
        c.assignedTo = UserId(text(o, "assignedTo"_L1));
        c.assignedFrom = UserId(text(o, "assignedFrom"_L1));
    }
    c.fields = o.value("fields"_L1).toObject();
    c.fieldsFrom = o.value("fieldsFrom"_L1).toObject();
    return c;
}

FollowChange FollowChange::after(const FollowChange &before) const
{
    FollowChange net = *this;
    for (const QString &user : before.add) {
        if (!net.remove.contains(user) && !net.add.contains(user))
            net.add.append(user);
    }
    for (const QString &user : before.remove) {
        if (!net.add.contains(user) && !net.remove.contains(user))
            net.remove.append(user);
    }
    return net;
}

bool FollowChange::isIn(const Opportunity &deal) const
{
    const auto follows = [&](const QString &user) { return deal.followers.contains(user); };
    return std::all_of(add.cbegin(), add.cend(), follows) && std::none_of(remove.cbegin(), remove.cend(), follows);
}

void FollowChange::applyTo(Opportunity &deal) const
{
    for (const QString &user : remove)
        deal.followers.removeAll(user);
    for (const QString &user : add) {
        if (!deal.followers.contains(user))
            deal.followers.append(user);
    }
}

QJsonObject FollowChange::toJson() const
{
    QJsonObject o;
    put(o, "opportunityId"_L1, id.value);
    put(o, "shownName"_L1, shownName);
    o.insert("add"_L1, QJsonArray::fromStringList(add));
    o.insert("remove"_L1, QJsonArray::fromStringList(remove));
    return o;
}

FollowChange FollowChange::fromJson(const QJsonObject &o)
{
    return {OpportunityId(text(o, "opportunityId"_L1)), text(o, "shownName"_L1), listOf(o, "add"_L1), listOf(o, "remove"_L1)};
}

} // namespace outrigger
