// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"

using namespace Qt::StringLiterals;

// Deals: made, changed, ended, removed. HighLevel has no version of a deal that a change could name, so it is read
// first and compared with what the person saw.
namespace outrigger::sync {

namespace {

/// The two clocks may differ, and a list tells its dates in its own way.
constexpr int createdSlackSeconds = 120;

/// What making a deal and making or changing one have in common.
template <class Operation>
Operation newDeal(const LocationId &location, const DealDraft &draft)
{
    Operation operation;
    operation.location = location;
    operation.pipeline = draft.pipeline;
    operation.stage = draft.stage;
    operation.contactId = draft.contactId;
    operation.name = draft.name;
    operation.status = dealStatusWord(draft.status);
    operation.value = draft.value;
    operation.assignedTo = draft.assignedTo;
    return operation;
}

} // namespace

Task<Result<Courier::Delivered>> ApiCourier::createDeal(OutboxRecord record)
{
    const auto operation = newDeal<api::CreateOpportunity>(m_account.location, DealDraft::fromJson(record.payload));
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    Delivered delivered;
    delivered.serverId = answer->id.value;
    co_return delivered;
}

Task<Result<Courier::Delivered>> ApiCourier::changeDeal(OutboxRecord record)
{
    const DealChange change = DealChange::fromJson(record.payload);
    api::GetOpportunity reading;
    reading.id = change.id;
    auto ask = m_client->send(reading, api::Priority::Outbox);
    const auto theirs = co_await ask;
    if (!theirs)
        co_return fail(beforeAnythingLeft(theirs.error()));
    if (change.isIn(*theirs))
        co_return Delivered{};
    // A colleague was faster. Who tries again has seen that and means it.
    if (change.collidesWith(*theirs) && record.again.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Invalid;
        error.code = u"changed_elsewhere"_s;
        error.sent = Sent::No;
        error.detail.insert(theirsKey, theirs->toJson());
        co_return fail(std::move(error));
    }
    if (record.kind == OutboxKind::DealSetStatus) {
        api::UpdateOpportunityStatus operation;
        operation.id = change.id;
        operation.status = dealStatusWord(change.status.value_or(DealStatus::Open));
        operation.lostReason = change.lostReason;
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        co_return Delivered{};
    }
    api::UpdateOpportunity operation;
    operation.id = change.id;
    if (change.stage) {
        operation.stage = *change.stage;
        operation.pipeline = change.pipeline.isEmpty() ? theirs->pipeline : change.pipeline;
    }
    operation.name = change.name.value_or(QString());
    operation.value = change.value;
    if (change.assignedTo)
        operation.assignedTo = change.assignedTo->value; // empty: nobody
    for (auto it = change.fields.begin(); it != change.fields.end(); ++it)
        operation.customFields.append({CustomFieldId(it.key()), it->isNull() ? QJsonValue(QString()) : *it});
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return Delivered{};
}

Task<Result<Courier::Delivered>> ApiCourier::deleteDeal(OutboxRecord record)
{
    api::DeleteOpportunity operation;
    operation.id = record.opportunityId();
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer && answer.error().kind != ErrorKind::NotFound) // gone is what was wanted
        co_return fail(answer.error());
    co_return Delivered{};
}

/// Two operations; what is so already is not asked for. A set has no order, so nothing of others' is undone.
Task<Result<Courier::Delivered>> ApiCourier::changeFollowers(OutboxRecord record)
{
    const FollowChange change = FollowChange::fromJson(record.payload);
    api::GetOpportunity reading;
    reading.id = change.id;
    auto ask = m_client->send(reading, api::Priority::Outbox);
    const auto theirs = co_await ask;
    if (!theirs)
        co_return fail(beforeAnythingLeft(theirs.error()));
    api::AddFollowers adding;
    adding.id = change.id;
    for (const QString &user : change.add) {
        if (!theirs->followers.contains(user))
            adding.followers.append(user);
    }
    if (!adding.followers.isEmpty()) {
        auto call = m_client->send(adding, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
    }
    api::RemoveFollowers removing;
    removing.id = change.id;
    for (const QString &user : change.remove) {
        if (theirs->followers.contains(user))
            removing.followers.append(user);
    }
    if (!removing.followers.isEmpty()) {
        auto call = m_client->send(removing, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
    }
    co_return Delivered{};
}

Task<Result<Courier::Delivered>> ApiCourier::upsertDeal(OutboxRecord record)
{
    const auto operation = newDeal<api::UpsertOpportunity>(m_account.location, DealDraft::fromJson(record.payload));
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return Delivered{}; // its id may be that of another record, which made it
}

Task<Result<Courier::Look>> ApiCourier::lookForDeal(OutboxRecord record)
{
    api::GetOpportunity operation;
    operation.id = record.opportunityId();
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto deal = co_await call;
    Look look;
    if (!deal && deal.error().kind != ErrorKind::NotFound)
        co_return fail(deal.error());
    look.counts = true;
    if (record.kind == OutboxKind::DealDelete)
        look.alreadyThere = !deal.has_value();
    else if (record.kind == OutboxKind::DealFollow)
        look.alreadyThere = deal && FollowChange::fromJson(record.payload).isIn(*deal);
    else
        look.alreadyThere = deal && DealChange::fromJson(record.payload).isIn(*deal);
    co_return look;
}

/// The contact's deals in this pipeline: one of this name that was made since the attempt began is ours.
Task<Result<Courier::Look>> ApiCourier::lookForNewDeal(OutboxRecord record)
{
    const DealDraft draft = DealDraft::fromJson(record.payload);
    api::SearchOpportunities operation;
    operation.location = m_account.location;
    operation.contactId = draft.contactId;
    operation.pipeline = draft.pipeline;
    operation.status = u"all"_s;
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto page = co_await call;
    if (!page)
        co_return fail(page.error());
    Look look;
    look.counts = page->skipped == 0 && page->startAfterId.isEmpty();
    const QDateTime since = record.firstWriteAt.addSecs(-createdSlackSeconds);
    for (const Opportunity &deal : page->deals) {
        if (record.kind == OutboxKind::DealUpsert) {
            look.alreadyThere = look.alreadyThere
                || ((draft.name.isEmpty() || deal.name == draft.name) && (draft.stage.isEmpty() || deal.stage == draft.stage)
                    && (!draft.value || deal.value == draft.value) && deal.status == draft.status);
            continue;
        }
        if (deal.contactId == draft.contactId && deal.pipeline == draft.pipeline && deal.name == draft.name && deal.createdAt >= since)
            look.serverId = deal.id.value;
    }
    co_return look;
}

} // namespace outrigger::sync
