// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/log.h"
#include "sync/lane.h"

#include <QCoreApplication>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Who goes next: lanes, what is held, the one timer.
namespace outrigger::sync {

namespace {

/// Requests under way for one account; the limiter does the fine work, this keeps a reconnect from bursting.
constexpr int atOnce = 4;
/// The wall clock may jump: look again at least this often.
constexpr auto longestSleep = std::chrono::milliseconds(60s);

bool isWaitingForNetwork(const OutboxRecord &record)
{
    return record.state == OutboxState::Queued
        && (record.reasonCode == u"offline"_s || record.reasonCode == u"portal"_s || record.reasonCode == u"tls"_s);
}

} // namespace

ContactId Outbox::Private::contactOf(const OutboxRecord &record) const
{
    const ContactId contact = record.contactId();
    if (!contact.isLocal())
        return contact;
    const auto known = aliases.constFind(contact.value);
    return known == aliases.constEnd() ? contact : *known;
}

void Outbox::Private::wake()
{
    if (pumpPosted)
        return;
    pumpPosted = true;
    QMetaObject::invokeMethod(q, [this] { pump(); }, Qt::QueuedConnection);
}

bool Outbox::Private::wantsLetGo(const Entry &entry, const QDateTime &when) const
{
    const OutboxRecord &record = entry.record;
    if (entry.letGoNow)
        return true;
    switch (record.hold) {
    case HoldReason::Undo:
    case HoldReason::Time:
        return record.dueAt.isValid() && record.dueAt <= when;
    case HoldReason::Parent: {
        const Entry *parent = find(record.dependsOn);
        if (parent && parent->record.kind == OutboxKind::CancelSchedule)
            return !isOpen(parent->record.state) && parent->record.state != OutboxState::Uncertain;
        return !parent || !idOf(parent->record).isEmpty() || parent->record.state == OutboxState::Rejected;
    }
    default:
        return false;
    }
}

Outbox::Private::Work Outbox::Private::dueWork(const QDateTime &when)
{
    Work work;
    QSet<QString> taken;
    QHash<AccountId, int> inFlight;
    for (const auto &[account, desk] : desks)
        inFlight.insert(account, desk.inFlight);
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &record = entry.record;
        const bool early = entry.notBefore.isValid() && entry.notBefore > when;
        const QString lane = laneKey(record, contactOf(record));
        const bool first = !taken.contains(lane);
        if (holdsLane(record))
            taken.insert(lane);
        if (entry.busy || early)
            continue;
        const bool due = (record.dueAt.isValid() && record.dueAt <= when) || (entry.lookAt.isValid() && entry.lookAt <= when);
        switch (record.state) {
        case OutboxState::Held:
            if (wantsLetGo(entry, when) && (entry.letGoNow || takesTurn(record, when)))
                work.letGo.append(record.id);
            break;
        case OutboxState::Queued:
            if (first && (due || !record.dueAt.isValid()) && mayLeave(record) && inFlight[record.account] < atOnce) {
                ++inFlight[record.account];
                work.attempts.append(record.id);
            }
            break;
        case OutboxState::Settling:
        case OutboxState::Uncertain:
        case OutboxState::Accepted:
            if (due && mayLeave(record) && inFlight[record.account] < atOnce) {
                ++inFlight[record.account];
                work.looks.append(record.id);
            }
            break;
        default:
            break;
        }
    }
    return work;
}

bool Outbox::Private::isFirst(const OutboxRecord &record) const
{
    const QString lane = laneKey(record, contactOf(record));
    for (const auto &[place, entry] : entries) {
        if (entry.record.id == record.id)
            return true;
        if (holdsLane(entry.record) && laneKey(entry.record, contactOf(entry.record)) == lane)
            return false;
    }
    return true;
}

void Outbox::Private::begin(const RecordId &id, Task<void> (Private::*job)(RecordId))
{
    Entry *entry = find(id);
    if (!entry || entry->busy)
        return;
    entry->busy = true;
    entry->lookAt = {};
    entry->notBefore = {};
    Desk &desk = desks[entry->record.account];
    ++desk.inFlight;
    desk.flights.start((this->*job)(id));
}

void Outbox::Private::finished(const RecordId &id)
{
    if (Entry *entry = find(id))
        entry->busy = false;
    wake();
}

void Outbox::Private::landed(const RecordId &id, const AccountId &account)
{
    --desks[account].inFlight;
    finished(id);
}

void Outbox::Private::pump()
{
    pumpPosted = false;
    if (!started)
        return;
    // One moment for both: what comes due while this runs would be too late for the work and too early for the timer.
    const QDateTime when = now();
    const Work work = dueWork(when);
    for (const RecordId &id : work.letGo) {
        if (Entry *entry = find(id); entry && !entry->busy) {
            entry->busy = true;
            entry->letGoNow = false;
            scope.start(letGoSoon(id));
        }
    }
    for (const RecordId &id : work.attempts)
        begin(id, &Private::attempt);
    for (const RecordId &id : work.looks)
        begin(id, &Private::settle);
    armTimer(when);
    answerWaiting(); // last: who waited may end us
}

/// For what was not due yet at the moment that the pump has `seen`.
void Outbox::Private::armTimer(const QDateTime &seen)
{
    QDateTime next;
    const auto consider = [&](const QDateTime &time) {
        if (time.isValid() && time > seen && (!next.isValid() || time < next))
            next = time;
    };
    for (const auto &[place, entry] : entries) {
        if (entry.busy)
            continue;
        consider(entry.record.dueAt);
        if (isPaced(entry.record) && entry.record.dueAt <= seen)
            consider(nextText);
        consider(entry.notBefore);
        consider(entry.lookAt);
    }
    if (!next.isValid()) {
        timer.stop();
        return;
    }
    const auto wait = std::chrono::milliseconds(now().msecsTo(next) + 1);
    timer.start(std::clamp(wait, std::chrono::milliseconds(0), longestSleep));
}

Task<void> Outbox::Private::letGoSoon(RecordId id)
{
    auto going = letGo(id, false);
    const auto gone = co_await going;
    if (!gone && gone.error().code != u"state"_s) {
        if (Entry *entry = find(id))
            entry->notBefore = now().addMSecs(times.backoffBase.count());
    }
    finished(id);
}

/// A held record goes on: to Queued, or to waiting for its contact, or, when that was refused, to Rejected.
Task<Result<OutboxRecord>> Outbox::Private::letGo(RecordId id, bool byPerson)
{
    const Entry *entry = find(id);
    if (!entry || entry->record.state != OutboxState::Held) {
        Error error;
        error.code = u"state"_s;
        co_return fail(std::move(error));
    }
    OutboxRecord record = entry->record;
    if (byPerson && record.expiresAt.isValid())
        record.expiresAt = now().addMSecs(times.stale.count());
    if (byPerson)
        record.look.insert(releasedKey, now().toMSecsSinceEpoch());
    if (record.reasonCode == u"replaces"_s) {
        auto search = lookUp(record.dependsOn);
        const auto cancel = co_await search;
        if (!cancel)
            co_return fail(cancel.error());
        OutboxRecord none;
        none.state = OutboxState::Cancelled;
        auto going = letGoReplacement(std::move(record), cancel->value_or(none));
        co_return co_await going;
    }
    record.reasonCode.clear();
    record.reason.clear();
    if (!record.dependsOn.isEmpty() && record.contactId().isLocal()) {
        auto search = lookUp(record.dependsOn);
        const auto found = co_await search;
        if (!found)
            co_return fail(found.error());
        const auto parent = *found;
        if (!parent || parent->state == OutboxState::Rejected || parent->state == OutboxState::Cancelled) {
            record.state = OutboxState::Rejected;
            record.hold = HoldReason::None;
            record.dueAt = {};
            record.reasonCode = parent && !parent->reasonCode.isEmpty() ? parent->reasonCode : u"contact"_s;
            record.reason = QCoreApplication::translate("Outbox", "The contact could not be added, so this was not sent. %1")
                                .arg(parent ? parent->reason : QString()).trimmed();
            auto step = move(std::move(record), OutboxState::Held);
            co_return co_await step;
        }
        if (idOf(*parent).isEmpty()) {
            if (parent->state == OutboxState::Held
                && (parent->hold == HoldReason::Undo || parent->hold == HoldReason::Ask || parent->hold == HoldReason::Stale)) {
                auto first = letGo(parent->id, byPerson);
                co_await first;
            }
            if (record.hold == HoldReason::Parent)
                co_return record;
            record.hold = HoldReason::Parent;
            record.dueAt = {};
            record.reasonCode = u"contact"_s;
            record.reason = QCoreApplication::translate("Outbox", "Waiting until the contact is in HighLevel.");
            auto step = move(std::move(record), OutboxState::Held);
            co_return co_await step;
        }
        readdress(record, ContactId(idOf(*parent)));
    }
    record.state = OutboxState::Queued;
    record.hold = HoldReason::None;
    record.dueAt = now();
    auto step = move(std::move(record), OutboxState::Held);
    co_return co_await step;
}

void Outbox::Private::setCourier(const AccountId &account, Courier *courier)
{
    Desk &desk = desks[account];
    if (desk.courier)
        QObject::disconnect(desk.courier, nullptr, q, nullptr);
    desk.flights.cancel();
    desk.inFlight = 0;
    desk.courier = courier;
    for (auto &[place, entry] : entries) {
        // Not those that are being let go: these do not use the courier.
        if (entry.record.account == account && entry.busy && entry.record.state != OutboxState::Held)
            scope.start(recover(entry.record.id));
    }
    if (courier) {
        QObject::connect(courier, &Courier::readyChanged, q, [this, account] { readyChanged(account); });
        QObject::connect(courier, &Courier::lookNow, q, [this, account] { lookNow(account); });
        readyChanged(account);
    }
    wake();
}

void Outbox::Private::readyChanged(const AccountId &account)
{
    const auto desk = desks.find(account);
    const bool ready = desk != desks.end() && desk->second.courier && desk->second.courier->ready();
    for (auto &[place, entry] : entries) {
        if (ready && entry.record.account == account && entry.record.state == OutboxState::Held
            && entry.record.hold == HoldReason::SignIn)
            entry.letGoNow = true;
    }
    wake();
}

/// Reconnected: what is unclear is looked for, and what waited for the network need not sit out its wait.
void Outbox::Private::lookNow(const AccountId &account)
{
    for (auto &[place, entry] : entries) {
        if (entry.record.account != account)
            continue;
        if (entry.record.state == OutboxState::Settling)
            entry.lookAt = now();
        if (isWaitingForNetwork(entry.record)) {
            entry.record.dueAt = now();
            entry.notBefore = {};
            entry.postponed = 0;
        }
    }
    wake();
}

} // namespace outrigger::sync
