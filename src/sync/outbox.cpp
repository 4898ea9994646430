// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/log.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

namespace {

constexpr auto keepFinished = std::chrono::hours(24 * 30);

bool isFinished(OutboxState state) { return state == OutboxState::Confirmed || state == OutboxState::Cancelled; }
bool asksPerson(const OutboxRecord &record)
{
    return record.state == OutboxState::Held && (record.hold == HoldReason::Ask || record.hold == HoldReason::Stale);
}

} // namespace

// --- memory -----------------------------------------------------------------------------------------------------------

Outbox::Private::Entry *Outbox::Private::find(const RecordId &id)
{
    const auto place = places.constFind(id);
    if (place == places.constEnd())
        return nullptr;
    const auto entry = entries.find(*place);
    return entry == entries.end() ? nullptr : &entry->second;
}

Courier *Outbox::Private::courierOf(const OutboxRecord &record) const
{
    const auto desk = desks.find(record.account);
    return desk == desks.end() ? nullptr : desk->second.courier.data();
}

bool Outbox::Private::mayLeave(const OutboxRecord &record) const
{
    const Courier *courier = courierOf(record);
    return started && !paused && courier && courier->ready();
}

QDateTime Outbox::Private::serverNow(const OutboxRecord &record) const
{
    const Courier *courier = courierOf(record);
    return courier ? courier->serverNow() : now();
}

void Outbox::Private::remember(const OutboxRecord &record)
{
    if (isFinished(record.state)) {
        if (const auto place = places.take(record.id))
            entries.erase(place);
        dropFiles(record);
    } else if (Entry *entry = find(record.id)) {
        entry->record = record;
    } else {
        const quint64 place = nextPlace++;
        places.insert(record.id, place);
        entries[place].record = record;
    }
    wake();
}

Task<void> Outbox::Private::show(OutboxRecord record)
{
    record = outward(std::move(record));
    auto job = cache->project(record);
    const auto shown = co_await job;
    if (!shown) // the cache may be thrown away; what counts is in the ledger
        qCWarning(logOutbox) << "not shown:" << redactedId(record.id.value) << int(shown.error().kind) << shown.error().code;
    else
        cache->notices().flush();
    Q_EMIT q->recordChanged(record);
    Q_EMIT q->countsChanged();
}

Task<Result<OutboxRecord>> Outbox::Private::move(OutboxRecord record, OutboxState expected)
{
    auto job = ledger->transition(std::move(record), expected);
    auto stored = co_await job;
    if (!stored)
        co_return stored;
    qCInfo(logOutbox).noquote() << redactedId(stored->id.value) << outboxStateWord(expected) << "->"
                                << outboxStateWord(stored->state) << stored->reasonCode;
    remember(*stored);
    auto shown = show(*stored);
    co_await shown;
    co_return stored;
}

Task<Result<OutboxRecord>> Outbox::Private::insist(OutboxRecord record, OutboxState expected)
{
    auto wait = 50ms;
    for (;;) {
        auto step = move(record, expected);
        auto stored = co_await step;
        const bool disk = !stored
            && (stored.error().kind == ErrorKind::Storage || stored.error().kind == ErrorKind::StorageFull
                || stored.error().kind == ErrorKind::Busy)
            && stored.error().code != u"state"_s && stored.error().code != u"bound"_s;
        if (!disk)
            co_return stored;
        qCWarning(logOutbox) << "the outbox cannot be written; trying again in" << wait.count() << "ms";
        Delay pause(wait);
        co_await pause;
        wait = std::min<std::chrono::milliseconds>(wait * 2, 10s);
    }
}

Task<Result<OutboxRecord>> Outbox::Private::amend(OutboxRecord record)
{
    auto job = ledger->update(std::move(record));
    auto stored = co_await job;
    if (!stored)
        co_return stored;
    if (const Entry *entry = find(stored->id); entry && entry->record.state == stored->state) {
        remember(*stored);
        auto shown = show(*stored);
        co_await shown;
    }
    co_return stored;
}

Task<Result<std::optional<OutboxRecord>>> Outbox::Private::lookUp(RecordId id)
{
    if (const Entry *entry = find(id))
        co_return std::optional<OutboxRecord>(entry->record);
    auto job = ledger->record(std::move(id));
    co_return co_await job;
}

bool Outbox::Private::hasOpenDependant(const RecordId &id) const
{
    for (const auto &[place, entry] : entries) {
        if (entry.record.dependsOn == id && isOpen(entry.record.state))
            return true;
    }
    return false;
}

bool Outbox::Private::hasDependant(const RecordId &id) const
{
    return std::any_of(entries.cbegin(), entries.cend(), [&](const auto &one) { return one.second.record.dependsOn == id; });
}

// --- start ------------------------------------------------------------------------------------------------------------

Task<Status> Outbox::Private::start(bool rebuildProjection)
{
    auto reading = ledger->accounts();
    const auto accounts = co_await reading;
    if (!accounts)
        co_return fail(accounts.error());
    for (const Account &account : *accounts)
        people.insert(account.id, account.me);
    auto loading = ledger->unfinished();
    const auto records = co_await loading;
    if (!records)
        co_return fail(records.error());
    for (const OutboxRecord &record : *records)
        remember(record);
    if (rebuildProjection) {
        QVector<OutboxRecord> shown;
        for (const OutboxRecord &record : *records)
            shown.append(outward(record));
        auto rebuilding = cache->rebuildProjection(std::move(shown));
        const auto rebuilt = co_await rebuilding;
        if (!rebuilt)
            qCWarning(logOutbox) << "the projection was not rebuilt:" << rebuilt.error().code;
    }
    for (const OutboxRecord &record : *records) {
        if (record.state == OutboxState::Quarantined)
            continue; // of a newer version: neither changed nor shown as something that it may not be
        auto step = takeOver(record);
        const auto taken = co_await step;
        if (!taken)
            co_return taken;
        if (!rebuildProjection && find(record.id) && find(record.id)->record.state == record.state) {
            auto shown = show(find(record.id)->record);
            co_await shown;
        }
    }
    // What an earlier run has scheduled: those records may be finished, and only the ledger has them.
    auto scheduling = ledger->keptForLater(now());
    const auto keptForLater = co_await scheduling;
    if (!keptForLater)
        co_return fail(keptForLater.error());
    for (const OutboxRecord &record : *keptForLater)
        watchReply(record);
    auto orphans = dropOrphans();
    co_await orphans;
    dropUnusedFiles(*keptForLater);
    started = true;
    scope.start(cleanUp());
    wake();
    co_return Status{};
}

/// What a record that was found at start becomes.
Task<Status> Outbox::Private::takeOver(OutboxRecord record)
{
    const OutboxState found = record.state;
    if (found == OutboxState::Attempting) {
        // The program ended while its request may have been on the wire: never Queued again.
        LookLog log;
        log.closedAt = now();
        record.look = log.into(record.look);
        record.look.remove(closedServerKey); // not known before the first answer
        if (Entry *entry = find(record.id))
            entry->closedSteady = clock.steady();
        record.state = OutboxState::Settling;
        record.dueAt = now();
        record.reasonCode = u"restarted"_s;
        record.reason = QCoreApplication::translate("Outbox", "Outrigger was closed while this was being sent. It is checking whether it has arrived.");
        auto step = move(record, found);
        const auto moved = co_await step;
        if (!moved)
            co_return fail(moved.error());
    } else if (found == OutboxState::Held && record.hold == HoldReason::Undo) {
        record.hold = HoldReason::Ask;
        record.dueAt = {};
        record.reasonCode = u"restarted"_s;
        record.reason = QCoreApplication::translate("Outbox", "Outrigger was closed before this went out. Send it or drop it.");
        auto step = move(record, found);
        const auto moved = co_await step;
        if (!moved)
            co_return fail(moved.error());
    } else if (found == OutboxState::Accepted && record.kind != OutboxKind::SendMessage) {
        auto step = confirm(record.id); // the answer said it all; only the second step is missing
        co_await step;
    } else if (found == OutboxState::Settling) {
        if (Entry *entry = find(record.id)) {
            entry->lookAt = now();
            // By whose clock its request ended is not known, and ours may have been set since: counted from here.
            if (!record.look.contains(closedServerKey))
                entry->closedSteady = clock.steady();
        }
    } else if (found == OutboxState::Held && record.hold == HoldReason::SignIn) {
        if (Entry *entry = find(record.id))
            entry->letGoNow = true;
    }
    co_return Status{};
}

/// A contact that was to be made only for a text which was cancelled just before the program ended.
Task<void> Outbox::Private::dropOrphans()
{
    QVector<OutboxRecord> orphans;
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &record = entry.record;
        const bool forText = !record.look.value(QLatin1String("for")).toString().isEmpty();
        if (record.kind == OutboxKind::CreateContact && forText && !hasOpenDependant(record.id)
            && (record.state == OutboxState::Held || (record.state == OutboxState::Queued && record.attempts == 0)))
            orphans.append(record);
    }
    for (const OutboxRecord &orphan : std::as_const(orphans)) {
        auto step = cancel(orphan.id);
        co_await step;
    }
}

Task<void> Outbox::Private::cleanUp()
{
    for (;;) {
        auto job = ledger->cleanUp(now().addSecs(-std::chrono::seconds(keepFinished).count()));
        const auto removed = co_await job;
        if (!removed)
            qCWarning(logOutbox) << "finished records were not cleaned up:" << removed.error().code;
        Delay day(std::chrono::hours(24), Qt::VeryCoarseTimer);
        co_await day;
    }
}

// --- figures ----------------------------------------------------------------------------------------------------------

OutboxCounts Outbox::Private::counts(const std::optional<AccountId> &account) const
{
    OutboxCounts result;
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &record = entry.record;
        if (account && record.account != *account)
            continue;
        // A new text is two records and one thing to see.
        if (record.kind == OutboxKind::CreateContact && hasDependant(record.id))
            continue;
        const bool needs = record.state == OutboxState::Uncertain || record.state == OutboxState::Rejected || asksPerson(record);
        const bool waits = record.state != OutboxState::Accepted && isOpen(record.state);
        if (needs)
            ++result.needsYou;
        else if (waits)
            ++result.waiting;
        if ((needs || waits) && (!result.oldest.isValid() || record.createdAt < result.oldest))
            result.oldest = record.createdAt;
    }
    return result;
}

bool Outbox::Private::settled(const std::optional<AccountId> &account) const
{
    for (const auto &[place, entry] : entries) {
        const OutboxState state = entry.record.state;
        if ((!account || entry.record.account == *account) && isOpen(state) && state != OutboxState::Accepted)
            return false;
    }
    return true;
}

void Outbox::Private::answerWaiting()
{
    std::vector<Resolver<bool>> ready;
    std::erase_if(waiting, [&](const Waiting &one) {
        if (!settled(one.account))
            return false;
        ready.push_back(one.resolve);
        return true;
    });
    for (const auto &resolve : ready)
        resolve(true);
}

// --- public -----------------------------------------------------------------------------------------------------------

Outbox::Outbox(store::Ledger *ledger, store::Cache *cache, OutboxTimes times, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, ledger, cache, std::move(times), clock))
{
    d->timer.setSingleShot(true);
    d->timer.setTimerType(Qt::PreciseTimer);
    connect(&d->timer, &QTimer::timeout, this, [this] { d->pump(); });
}

Outbox::~Outbox()
{
    d->desks.clear();
    d->scope.cancel();
}

Task<Status> Outbox::start(bool rebuildProjection) { return d->owned(d->start(rebuildProjection)); }
void Outbox::setCourier(AccountId account, Courier *courier) { d->setCourier(account, courier); }
void Outbox::forget(AccountId account)
{
    d->setCourier(account, nullptr);
    QVector<RecordId> gone;
    for (const auto &[place, entry] : d->entries) {
        if (entry.record.account == account)
            gone.append(entry.record.id);
    }
    for (const RecordId &id : std::as_const(gone))
        d->entries.erase(d->places.take(id));
    d->wake();
    Q_EMIT countsChanged();
}
void Outbox::setQuietHours(QuietHours hours)
{
    d->hours = std::move(hours);
}

void Outbox::setFiles(OutgoingFiles *files)
{
    d->files = files;
}

Task<Result<QVector<OutgoingFile>>> Outbox::files(RecordId id) { return d->owned(d->filesOf(std::move(id))); }

void Outbox::setUndo(std::chrono::milliseconds time)
{
    d->times.undo = time;
}

void Outbox::setPaused(bool paused)
{
    d->paused = paused;
    d->wake();
}

Task<Result<RecordId>> Outbox::submitMessage(Account account, MessageDraft draft, SubmitOptions options)
{
    return d->owned(d->submitMessage(std::move(account), std::move(draft), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitNewText(Account account, ContactDraft contact, MessageDraft draft, SubmitOptions options)
{
    return d->owned(d->submitNewText(std::move(account), std::move(contact), std::move(draft), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitContact(Account account, ContactDraft contact, SubmitOptions options)
{
    return d->owned(d->submitContact(std::move(account), std::move(contact), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitTags(Account account, TagChange change, SubmitOptions options)
{
    return d->owned(d->submitTags(std::move(account), std::move(change), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitContactChange(Account account, ContactChange change, SubmitOptions options)
{
    return d->owned(d->submitContactChange(std::move(account), std::move(change), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitContactDelete(Account account, ContactId contact, QString name, SubmitOptions options)
{
    return d->owned(d->submitContactDelete(std::move(account), std::move(contact), std::move(name), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitEnrol(Account account, EnrolChange change, SubmitOptions options)
{
    return d->owned(d->submitEnrol(std::move(account), std::move(change), std::move(options)));
}
Task<Result<QString>> Outbox::submitBulk(Account account, BulkPart what, QVector<ContactId> contacts, SubmitOptions options)
{
    return d->owned(d->submitBulk(std::move(account), std::move(what), std::move(contacts), std::move(options)));
}
Task<Status> Outbox::pauseBulk(QString job, bool paused) { return d->owned(d->pauseBulk(std::move(job), paused)); }
Task<Status> Outbox::cancelBulk(QString job) { return d->owned(d->cancelBulk(std::move(job))); }
Task<Result<RecordId>> Outbox::submitDeal(Account account, DealDraft draft, SubmitOptions options)
{
    return d->owned(d->submitDeal(std::move(account), std::move(draft), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitDealChange(Account account, DealChange change, SubmitOptions options)
{
    return d->owned(d->submitDealChange(std::move(account), std::move(change), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitDealDelete(Account account, OpportunityId deal, QString name, SubmitOptions options)
{
    return d->owned(d->submitDealDelete(std::move(account), std::move(deal), std::move(name), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitFollow(Account account, FollowChange change, SubmitOptions options)
{
    return d->owned(d->submitFollow(std::move(account), std::move(change), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitDealUpsert(Account account, DealDraft draft, SubmitOptions options)
{
    return d->owned(d->submitDealUpsert(std::move(account), std::move(draft), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitAssign(Account account, AssignChange change, SubmitOptions options)
{
    return d->owned(d->submitAssign(std::move(account), std::move(change), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitBooking(Account account, BookingDraft draft, SubmitOptions options)
{
    return d->owned(d->submitBooking(std::move(account), std::move(draft), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitAppointmentChange(Account account, AppointmentChange change, SubmitOptions options)
{
    return d->owned(d->submitAppointmentChange(std::move(account), std::move(change), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitTask(Account account, TaskDraft draft, SubmitOptions options)
{
    return d->owned(d->submitTask(std::move(account), std::move(draft), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitTaskChange(Account account, TaskChange change, SubmitOptions options)
{
    return d->owned(d->submitTaskChange(std::move(account), std::move(change), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitNote(Account account, NoteDraft draft, SubmitOptions options)
{
    return d->owned(d->submitNote(std::move(account), std::move(draft), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitNoteChange(Account account, NoteChange change, SubmitOptions options)
{
    return d->owned(d->submitNoteChange(std::move(account), std::move(change), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitBlock(Account account, BlockDraft draft, SubmitOptions options)
{
    return d->owned(d->submitBlock(std::move(account), std::move(draft), std::move(options)));
}

Task<Result<RecordId>> Outbox::submitRead(Account account, ReadChange change, SubmitOptions options)
{
    return d->owned(d->submitRead(std::move(account), std::move(change), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitScheduleCancel(Account account, ScheduleCancel cancel, SubmitOptions options)
{
    return d->owned(d->submitScheduleCancel(std::move(account), std::move(cancel), std::move(options)));
}
Task<Result<RecordId>> Outbox::submitReplacement(Account account, ScheduleCancel cancel, MessageDraft draft, SubmitOptions options)
{
    return d->owned(d->submitReplacement(std::move(account), std::move(cancel), std::move(draft), std::move(options)));
}
Task<Result<OutboxRecord>> Outbox::cancel(RecordId id) { return d->owned(d->cancel(std::move(id))); }
Task<Result<OutboxRecord>> Outbox::release(RecordId id) { return d->owned(d->release(std::move(id))); }
Task<Result<OutboxRecord>> Outbox::retry(RecordId id) { return d->owned(d->retry(std::move(id))); }
Task<Result<OutboxRecord>> Outbox::resolve(RecordId id, Resolution resolution, QString serverId)
{
    return d->owned(d->resolve(std::move(id), resolution, std::move(serverId)));
}

Task<Result<QVector<OutboxRecord>>> Outbox::list(std::optional<AccountId> account, bool finishedToo)
{
    store::Ledger::ListQuery query;
    query.account = std::move(account);
    query.finishedToo = finishedToo;
    auto reading = d->ledger->list(query);
    auto records = co_await reading;
    if (!records)
        co_return records;
    for (OutboxRecord &record : *records)
        record = Private::outward(std::move(record));
    co_return records;
}
Task<Result<std::optional<OutboxRecord>>> Outbox::record(RecordId id)
{
    auto reading = d->ledger->record(std::move(id));
    auto record = co_await reading;
    if (record && *record)
        **record = Private::outward(std::move(**record));
    co_return record;
}
std::optional<OutboxRecord> Outbox::active(RecordId id) const
{
    const auto *entry = d->find(id);
    if (!entry)
        return std::nullopt;
    return Private::outward(entry->record);
}
OutboxCounts Outbox::counts(std::optional<AccountId> account) const { return d->counts(account); }

Task<bool> Outbox::waitUntilSettled(std::optional<AccountId> account, std::chrono::milliseconds timeout)
{
    if (d->settled(account))
        co_return true;
    Deferred<bool> done;
    auto resolve = done.resolver();
    d->waiting.push_back({account, resolve});
    QTimer limit;
    limit.setSingleShot(true);
    connect(&limit, &QTimer::timeout, &limit, [resolve] { resolve(false); }, Qt::QueuedConnection);
    limit.start(timeout);
    co_return co_await done;
}

Task<void> Outbox::observe(LocationId location, QVector<Message> messages)
{
    // Most pages have nothing to do with what is under way; they must cost nothing.
    if (!d->concerns(location, messages))
        co_return;
    auto work = d->owned(d->observe(std::move(location), std::move(messages)));
    co_await work;
}

} // namespace outrigger::sync
