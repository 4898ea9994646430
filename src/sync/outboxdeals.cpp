// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::StringLiterals;

// What a person does to deals, as durable records.
namespace outrigger::sync {

namespace {

tl::unexpected<Error> usage(const char *sentence)
{
    return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", sentence));
}

} // namespace

OpportunityId Outbox::Private::knownAs(const OpportunityId &deal) const
{
    return deal.isLocal() ? dealAliases.value(deal.value, deal) : deal;
}

Task<Result<std::optional<OutboxRecord>>> Outbox::Private::dealCreation(OpportunityId local)
{
    for (const auto &[place, entry] : entries) {
        if (entry.record.kind == OutboxKind::DealCreate && entry.record.opportunityId() == local)
            co_return std::optional(entry.record);
    }
    co_return std::optional<OutboxRecord>();
}

Task<Result<RecordId>> Outbox::Private::submitDeal(Account account, DealDraft draft, SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is no account to add this deal to."));
    if (draft.contactId.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "A deal needs a contact."));
    if (draft.pipeline.isEmpty() || draft.name.trimmed().isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "A deal needs a name and a pipeline."));
    people.insert(account.id, account.me);
    OutboxRecord record = fresh(account, OutboxKind::DealCreate, {}, options);
    draft.localId = OpportunityId::local(record.id.value);
    record.payload = draft.toJson();
    record.payloadHash = QCryptographicHash::hash(json::canonical(record.payload), QCryptographicHash::Sha256);
    record.lane = QStringLiteral("deal:") + draft.localId.value;
    holdForUndo(record, options);
    auto placing = withParent(std::move(record));
    auto placed = co_await placing;
    if (!placed)
        co_return fail(placed.error());
    auto adding = add(std::move(*placed));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::changeOne(Account account, OutboxKind kind, DealChange change, SubmitOptions options)
{
    auto submitting = submitNet(fresh(account, kind, change.toJson(), options), [](const QJsonObject &before, const QJsonObject &now) {
        return DealChange::fromJson(now).after(DealChange::fromJson(before)).toJson();
    });
    co_return co_await submitting;
}

Task<Result<RecordId>> Outbox::Private::submitDealChange(Account account, DealChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.id.isEmpty() || change.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to change."));
    people.insert(account.id, account.me);
    change.id = knownAs(change.id);
    if (change.id.isLocal() && !change.fields.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "HighLevel does not have this deal yet. Its fields can be filled in when it is there."));
    if (change.id.isLocal()) {
        auto search = dealCreation(change.id);
        const auto found = co_await search;
        if (!found)
            co_return fail(found.error());
        if (!*found)
            co_return usage(QT_TRANSLATE_NOOP("Outbox", "This deal does not exist any more."));
        OutboxRecord both = **found;
        const bool untouched = both.attempts == 0 && (both.state == OutboxState::Queued || both.state == OutboxState::Held);
        const bool refused = both.state == OutboxState::Rejected;
        if (!untouched && !refused)
            co_return usage(QT_TRANSLATE_NOOP("Outbox", "HighLevel is just taking this deal. Change it when that is done, in a moment."));
        // What waits to be created is created changed.
        const RecordId old = both.id;
        Opportunity deal;
        auto draft = DealDraft::fromJson(both.payload);
        deal.pipeline = draft.pipeline;
        deal.stage = draft.stage;
        deal.name = draft.name;
        deal.value = draft.value;
        deal.assignedTo = draft.assignedTo;
        deal.status = draft.status;
        change.applyTo(deal);
        draft.pipeline = deal.pipeline;
        draft.stage = deal.stage;
        draft.name = deal.name;
        draft.value = deal.value;
        draft.assignedTo = deal.assignedTo;
        draft.status = deal.status;
        OutboxRecord next = fresh(account, OutboxKind::DealCreate, draft.toJson(), options);
        auto placing = withParent(std::move(next));
        auto placed = co_await placing;
        if (!placed)
            co_return fail(placed.error());
        auto replacing = addInsteadOf(std::move(*placed), old);
        co_return co_await replacing;
    }
    Result<RecordId> last = fail(ErrorKind::Usage, QString());
    DealChange fields = change;
    fields.status.reset();
    if (!fields.isEmpty()) {
        auto changing = changeOne(account, OutboxKind::DealUpdate, fields, options);
        last = co_await changing;
        if (!last)
            co_return last;
    }
    if (change.status) {
        DealChange end;
        end.id = change.id;
        end.shownName = change.shownName;
        end.status = change.status;
        end.statusFrom = change.statusFrom;
        end.lostReason = change.lostReason;
        auto ending = changeOne(account, OutboxKind::DealSetStatus, end, options);
        last = co_await ending;
    }
    co_return last;
}

Task<Result<RecordId>> Outbox::Private::submitFollow(Account account, FollowChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.id.isEmpty() || change.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to change."));
    people.insert(account.id, account.me);
    change.id = knownAs(change.id);
    if (change.id.isLocal())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "HighLevel does not have this deal yet. It can be followed when it is there."));
    auto submitting = submitNet(fresh(account, OutboxKind::DealFollow, change.toJson(), options), [](const QJsonObject &before, const QJsonObject &now) {
        return FollowChange::fromJson(now).after(FollowChange::fromJson(before)).toJson();
    });
    co_return co_await submitting;
}

Task<Result<RecordId>> Outbox::Private::submitDealUpsert(Account account, DealDraft draft, SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty() || draft.pipeline.isEmpty() || draft.contactId.isEmpty() || draft.contactId.isLocal())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "This needs a pipeline and a contact that HighLevel has."));
    people.insert(account.id, account.me);
    OutboxRecord record = fresh(account, OutboxKind::DealUpsert, {}, options);
    draft.localId = OpportunityId::local(record.id.value);
    record.payload = draft.toJson();
    record.payloadHash = QCryptographicHash::hash(json::canonical(record.payload), QCryptographicHash::Sha256);
    record.lane = QStringLiteral("deal:") + draft.localId.value;
    auto adding = add(std::move(record));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::submitDealDelete(Account account, OpportunityId deal, QString name, SubmitOptions options)
{
    if (account.id.isEmpty() || deal.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to delete."));
    people.insert(account.id, account.me);
    deal = knownAs(deal);
    if (deal.isLocal()) {
        auto search = dealCreation(deal);
        const auto found = co_await search;
        if (!found)
            co_return fail(found.error());
        if (!*found)
            co_return usage(QT_TRANSLATE_NOOP("Outbox", "This deal does not exist any more."));
        auto stopping = cancel((*found)->id);
        const auto stopped = co_await stopping;
        if (!stopped)
            co_return fail(stopped.error());
        co_return stopped->id;
    }
    DealChange what;
    what.id = deal;
    what.shownName = name;
    OutboxRecord record = fresh(account, OutboxKind::DealDelete, what.toJson(), options);
    holdForUndo(record, options);
    auto adding = add(std::move(record));
    co_return co_await adding;
}

} // namespace outrigger::sync
