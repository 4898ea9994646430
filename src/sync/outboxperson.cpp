// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// What a person decides about a record.
namespace outrigger::sync {

namespace {

tl::unexpected<Error> refuse(const QString &code, const char *sentence)
{
    Error error;
    error.kind = ErrorKind::Usage;
    error.code = code;
    error.message = QCoreApplication::translate("Outbox", sentence);
    return fail(std::move(error));
}
tl::unexpected<Error> unknownRecord()
{
    return refuse(u"unknown"_s, QT_TRANSLATE_NOOP("Outbox", "There is no such item in the outbox."));
}
tl::unexpected<Error> tooLate()
{
    return refuse(u"sent"_s, QT_TRANSLATE_NOOP("Outbox", "It is too late to stop this: it may have left already."));
}

} // namespace

/// The one step to Cancelled. The outbox may be moving the record at this very moment (held to queued), so a refusal
/// because of the state is looked at again.
Task<Result<OutboxRecord>> Outbox::Private::stop(RecordId id)
{
    for (int i = 0; i < 5; ++i) {
        auto search = ledger->record(id);
        const auto found = co_await search;
        if (!found)
            co_return fail(found.error());
        if (!*found)
            co_return unknownRecord();
        OutboxRecord record = **found;
        const OutboxState from = record.state;
        if (from == OutboxState::Cancelled)
            co_return record;
        if (from != OutboxState::Held && from != OutboxState::Queued && from != OutboxState::Rejected)
            co_return tooLate();
        record.state = OutboxState::Cancelled;
        record.hold = HoldReason::None;
        record.dueAt = {};
        record.reasonCode = u"cancelled"_s;
        record.reason.clear();
        auto step = move(std::move(record), from);
        auto stopped = co_await step;
        if (stopped || stopped.error().code != u"state"_s)
            co_return stopped;
    }
    co_return tooLate();
}

Task<Result<OutboxRecord>> Outbox::Private::cancel(RecordId id)
{
    auto stopping = stop(std::move(id));
    auto stopped = co_await stopping;
    if (!stopped)
        co_return stopped;
    // What waits for a contact that is not made any more has nobody to go to.
    QVector<RecordId> more;
    for (const auto &[place, entry] : entries) {
        if (entry.record.dependsOn == stopped->id && entry.record.contactId().isLocal()
            && (entry.record.state == OutboxState::Held || entry.record.state == OutboxState::Queued))
            more.append(entry.record.id);
    }
    // And a contact that was to be made only for this text is not made.
    if (const Entry *parent = find(stopped->dependsOn); parent && stopped->kind == OutboxKind::SendMessage
        && (parent->record.state == OutboxState::Held || parent->record.state == OutboxState::Queued)
        && !parent->record.look.value(QLatin1String("for")).toString().isEmpty() && !hasOpenDependant(parent->record.id))
        more.append(parent->record.id);
    for (const RecordId &other : std::as_const(more)) {
        auto following = cancel(other);
        co_await following;
    }
    co_return stopped;
}

Task<Result<OutboxRecord>> Outbox::Private::release(RecordId id)
{
    const Entry *entry = find(id);
    if (!entry)
        co_return unknownRecord();
    if (entry->record.state == OutboxState::Queued)
        co_return entry->record;
    if (entry->record.state != OutboxState::Held)
        co_return refuse(u"state"_s, QT_TRANSLATE_NOOP("Outbox", "This is not waiting to be released."));
    auto going = letGo(id, true);
    auto gone = co_await going;
    if (!gone && gone.error().code == u"state"_s) {
        // It went by itself meanwhile.
        auto reading = ledger->record(std::move(id));
        const auto stored = co_await reading;
        if (stored && *stored)
            co_return **stored;
    }
    co_return gone;
}

Task<Result<OutboxRecord>> Outbox::Private::retry(RecordId id)
{
    auto search = lookUp(id);
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    if (!*found)
        co_return unknownRecord();
    OutboxRecord record = **found;
    if (record.kind == OutboxKind::SendMessage && (record.state == OutboxState::Accepted || record.state == OutboxState::Confirmed)) {
        auto repeating = afterFailure(std::move(record));
        co_return co_await repeating;
    }
    if (record.state == OutboxState::Queued) {
        record.dueAt = now();
        auto step = amend(std::move(record));
        co_return co_await step;
    }
    if (record.state != OutboxState::Rejected)
        co_return refuse(u"state"_s, QT_TRANSLATE_NOOP("Outbox", "Only what was refused, or waits, can be tried again."));
    auto repeating = again(std::move(record));
    co_return co_await repeating;
}

/// A new record that does the same. A moment that is over is not chosen a second time: who tries again means now.
OutboxRecord Outbox::Private::repetitionOf(const OutboxRecord &old) const
{
    Account account;
    account.id = old.account;
    account.location = old.location;
    SubmitOptions options;
    options.undoable = false;
    options.origin = old.origin;
    options.again = old.id;
    QJsonObject payload = old.payload;
    if (const QDateTime chosen = MessageDraft::fromJson(payload).sendAt; chosen.isValid() && chosen <= now()) {
        payload.remove(QLatin1String("sendAt"));
        payload.remove(QLatin1String("cancelOnReply"));
    }
    if (const QJsonObject theirs = old.look.value(theirsKey).toObject(); old.kind == OutboxKind::ContactUpdate && !theirs.isEmpty()) {
        // Only the fields that met something: the others have been taken.
        ContactChange change = ContactChange::fromJson(payload);
        const QStringList fields = change.to.keys();
        for (const QString &field : fields) {
            if (!theirs.contains(field)) {
                change.to.remove(field);
                change.from.remove(field);
            } else {
                change.from.insert(field, theirs[field]);
            }
        }
        payload = change.toJson();
    }
    OutboxRecord record = fresh(account, old.kind, payload, options);
    takeUploads(record, old);
    if (const QDateTime first = firstTry(old); old.kind == OutboxKind::BookAppointment && first.isValid())
        record.look.insert(firstTryKey, first.toMSecsSinceEpoch()); // what has come of it since then is found
    if (old.kind == OutboxKind::ContactBulk) {
        for (const QLatin1String key : {bulkDoneKey, bulkFailedKey}) {
            if (old.look.contains(key))
                record.look.insert(key, old.look.value(key));
        }
    }
    return record;
}

/// The record with this id, which must be there.
Task<Result<OutboxRecord>> Outbox::Private::existing(RecordId id)
{
    auto search = lookUp(std::move(id));
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    if (!*found)
        co_return unknownRecord();
    co_return **found;
}

/// HighLevel took it and it failed on its way: the failure stays, a new text follows it.
Task<Result<OutboxRecord>> Outbox::Private::afterFailure(OutboxRecord old)
{
    auto asking = cache->hasFailed(old.location, MessageId(old.serverId));
    const auto failed = co_await asking;
    if (!failed)
        co_return fail(failed.error());
    if (!*failed)
        co_return refuse(u"state"_s, QT_TRANSLATE_NOOP("Outbox", "HighLevel has this text, and it has not failed. It is not sent a second time."));
    OutboxRecord record = repetitionOf(old);
    auto adding = add(std::move(record));
    const auto added = co_await adding;
    if (!added)
        co_return fail(added.error());
    auto reading = existing(*added);
    co_return co_await reading;
}

/// A new record that does the same as an old one, which it takes the place of.
Task<Result<OutboxRecord>> Outbox::Private::again(OutboxRecord old)
{
    if (!old.dependsOn.isEmpty() && old.contactId().isLocal()) {
        auto search = lookUp(old.dependsOn);
        const auto found = co_await search;
        if (!found)
            co_return fail(found.error());
        if (*found && idOf(**found).isEmpty()
            && ((*found)->state == OutboxState::Rejected || (*found)->state == OutboxState::Cancelled)) {
            auto both = againWithContact(std::move(old), **found);
            co_return co_await both;
        }
    }
    OutboxRecord record = repetitionOf(old);
    if (record.kind == OutboxKind::CreateContact) {
        // Its own local contact: that of the old record goes with it.
        readdress(record, ContactId::local(record.id.value));
    } else {
        auto placing = withParent(std::move(record));
        auto placed = co_await placing;
        if (!placed)
            co_return fail(placed.error());
        record = std::move(*placed);
    }
    auto replacing = addInsteadOf(std::move(record), old.id);
    const auto replaced = co_await replacing;
    if (!replaced)
        co_return fail(replaced.error());
    auto reading = existing(*replaced);
    co_return co_await reading;
}

/// A new text whose contact was refused: both once more.
Task<Result<OutboxRecord>> Outbox::Private::againWithContact(OutboxRecord old, OutboxRecord parent)
{
    Account account;
    account.id = old.account;
    account.location = old.location;
    account.me = people.value(old.account);
    SubmitOptions options;
    options.undoable = false;
    options.origin = old.origin;
    options.again = old.id;
    auto submitting = submitNewText(account, ContactDraft::fromJson(parent.payload), MessageDraft::fromJson(old.payload), options);
    const auto submitted = co_await submitting;
    if (!submitted)
        co_return fail(submitted.error());
    auto dismissing = cancel(old.id);
    co_await dismissing;
    auto dismissingParent = cancel(parent.id);
    co_await dismissingParent;
    auto reading = existing(*submitted);
    co_return co_await reading;
}

Task<Result<OutboxRecord>> Outbox::Private::resolve(RecordId id, Resolution resolution, QString serverId)
{
    const Entry *entry = find(id);
    if (!entry)
        co_return unknownRecord();
    OutboxRecord record = entry->record;
    if (record.state != OutboxState::Uncertain)
        co_return refuse(u"state"_s, QT_TRANSLATE_NOOP("Outbox", "This is not waiting for your decision any more."));
    if (resolution == Resolution::Resend) {
        auto repeating = again(std::move(record));
        co_return co_await repeating;
    }
    if (resolution == Resolution::Discard) {
        record.state = OutboxState::Cancelled;
        record.dueAt = {};
        record.reasonCode = u"discarded"_s;
        record.reason.clear();
        auto step = move(std::move(record), OutboxState::Uncertain);
        co_return co_await step;
    }
    if (record.kind == OutboxKind::CreateContact && serverId.isEmpty())
        co_return refuse(u"which"_s, QT_TRANSLATE_NOOP("Outbox", "Say which contact it is."));
    auto accepting = accept(record, OutboxState::Uncertain, serverId, true);
    const auto accepted = co_await accepting;
    if (!accepted)
        co_return fail(accepted.error());
    auto search = ledger->record(id);
    const auto stored = co_await search;
    if (!stored)
        co_return fail(stored.error());
    if (!*stored)
        co_return unknownRecord();
    co_return **stored;
}

} // namespace outrigger::sync
