// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/log.h"
#include "domain/matching.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;

// What has happened to a request whose outcome is unknown, and whether what was accepted has been seen.
namespace outrigger::sync {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Outbox)
};

/// Contacts are looked for by number and by e-mail; nobody can be asked whether an automation has begun.
bool cannotBeFound(const OutboxRecord &record)
{
    if (record.kind == OutboxKind::ContactEnrol)
        return !EnrolChange::fromJson(record.payload).leave;
    if (record.kind != OutboxKind::CreateContact)
        return false;
    const ContactDraft draft = ContactDraft::fromJson(record.payload);
    return draft.phone.isEmpty() && draft.email.isEmpty();
}

bool looksForItsMessage(const OutboxRecord &record)
{
    if (record.kind != OutboxKind::SendMessage || !record.serverId.isEmpty())
        return false;
    if (record.state == OutboxState::Attempting || record.state == OutboxState::Settling)
        return true;
    // With several candidates it is the person who picks, even when only one of them comes by.
    return record.state == OutboxState::Uncertain && LookLog::from(record.look).candidates.isEmpty();
}

/// Doing it twice is doing it once.
bool mayBeDoneAgain(const OutboxRecord &record)
{
    return mayRepeat(record.kind) || (record.kind == OutboxKind::ContactEnrol && EnrolChange::fromJson(record.payload).leave);
}

/// What a person is told of a request that was looked for in vain.
QString unfound(OutboxKind kind)
{
    switch (kind) {
    case OutboxKind::SendMessage:
        return Words::tr("It is not clear whether this text was sent: HighLevel gave no answer, and it does not show in the conversation.");
    case OutboxKind::ContactEnrol:
        return Words::tr("It is not clear whether this automation has begun: HighLevel gave no answer, and it cannot be asked. Look at what the lead gets before you begin it again.");
    case OutboxKind::CreateContact:
        return Words::tr("It is not clear whether this contact was added, and without a number or an e-mail address it cannot be looked for.");
    default:
        return Words::tr("It is not clear whether this was booked: HighLevel gave no answer, and it does not show in the calendar. Look there before you book it again.");
    }
}

/// A change that says where to, and not where from: what it wants may have been there before it, while it is itself still
/// on its way and will come after a younger change that undoes it.
bool mayComeLate(OutboxKind kind)
{
    return kind == OutboxKind::ContactTags || kind == OutboxKind::ConversationRead;
}

} // namespace

Task<void> Outbox::Private::settle(RecordId id)
{
    const AccountId account = find(id)->record.account;
    auto once = settleOnce(id);
    co_await once;
    auto obeying = obey(id);
    co_await obeying;
    landed(id, account);
}

Task<void> Outbox::Private::settleOnce(RecordId id)
{
    const QDateTime at = now(); // what the server answers is at least this new
    auto numbering = othersOf(id);
    const QJsonArray others = co_await numbering;
    const Entry *still = find(id);
    if (!still || !courierOf(still->record))
        co_return;
    OutboxRecord record = still->record;
    if (!others.isEmpty())
        record.look.insert(othersKey, others);
    auto looking = courierOf(record)->look(record);
    const auto seen = co_await looking;
    if (!seen) {
        auto digesting = digestLook(id, at, false);
        co_await digesting;
        co_return;
    }
    if (record.kind == OutboxKind::SendMessage) {
        auto confirming = confirmSeen(record.location, seen->messages);
        co_await confirming;
        auto binding = bind(record.account, record.location, seen->messages);
        co_await binding;
    } else if (const Entry *entry = find(id); entry && entry->record.state == OutboxState::Settling) {
        const QDateTime closed = LookLog::from(entry->record.look).closedAt;
        const bool over = (!closed.isValid() || closed.msecsTo(at) >= times.absentAfter.count()) && nothingComesAnyMore(*entry);
        if (mayComeLate(record.kind) && seen->alreadyThere.value_or(false) && !over) {
            auto holding = digestLook(id, at, false); // it holds its lane until nothing of it can come any more
            co_await holding;
            co_return;
        }
        const bool there = seen->contact || seen->alreadyThere.value_or(false) || !seen->serverId.isEmpty();
        if (there) {
            auto accepting = accept(entry->record, OutboxState::Settling, seen->contact ? seen->contact->id.value : seen->serverId, true);
            co_await accepting;
        }
    }
    auto digesting = digestLook(id, at, seen->counts);
    co_await digesting;
}

/// What a look that has not found it means.
Task<void> Outbox::Private::digestLook(RecordId id, QDateTime at, bool counts)
{
    const Entry *entry = find(id);
    if (!entry)
        co_return; // found, and confirmed
    OutboxRecord record = entry->record;
    switch (record.state) {
    case OutboxState::Settling: {
        auto going = stillSettling(std::move(record), at, counts);
        co_await going;
        break;
    }
    case OutboxState::Uncertain: {
        LookLog log = LookLog::from(record.look);
        if (counts)
            ++log.late;
        record.dueAt = counts ? log.nextLateLook(times) : now().addMSecs(times.betweenLooks.count() * 2);
        record.look = log.into(record.look);
        auto step = amend(std::move(record));
        const auto amended = co_await step;
        if (!amended) {
            if (Entry *later = find(id))
                later->notBefore = now().addMSecs(times.betweenLooks.count());
        }
        break;
    }
    case OutboxState::Accepted: {
        if (record.dueAt > now())
            break;
        // The wall clock alone may have jumped over the ten minutes, and lists lag behind.
        const bool longEnough = !entry->closedSteady || clock.steady() - *entry->closedSteady >= times.confirmWithin;
        if (counts && longEnough) {
            auto step = becomeUncertain(std::move(record), OutboxState::Accepted, u"unseen"_s,
                                        Words::tr("HighLevel took this text, but it does not show in the conversation. Look there before you send it again."), {});
            co_await step;
        } else {
            find(id)->notBefore = now().addMSecs(times.betweenLooks.count());
        }
        break;
    }
    default:
        break;
    }
}

/// Whether its request ended so long ago that it can have no effect any more, by the clocks that nobody sets.
bool Outbox::Private::nothingComesAnyMore(const Entry &entry) const
{
    // The wall clock alone may have jumped over the two minutes.
    const bool longEnough = !entry.closedSteady || clock.steady() - *entry.closedSteady >= times.absentAfter;
    // And it may have jumped between two runs.
    const qint64 closed = entry.record.look.value(closedServerKey).toInteger();
    const Courier *courier = courierOf(entry.record);
    const bool told = courier && courier->knowsServerTime(); // by the look's answer at the latest
    return longEnough && (closed == 0 || (told && courier->serverNow().toMSecsSinceEpoch() - closed >= times.absentAfter.count()));
}

Task<void> Outbox::Private::stillSettling(OutboxRecord record, QDateTime at, bool counts)
{
    if (auto past = pastTheUnclear(record)) { // the other contacts of this part do not wait for the one
        record.look = LookLog{}.into(std::move(*past));
        record.state = OutboxState::Queued;
        record.dueAt = now();
        record.reasonCode.clear();
        record.reason.clear();
        auto step = insist(std::move(record), OutboxState::Settling);
        co_await step;
        co_return;
    }
    LookLog log = LookLog::from(record.look);
    const bool absent = log.note(counts, at, times) && nothingComesAnyMore(*find(record.id));
    record.look = log.into(record.look);
    const bool inVain = cannotBeFound(record) && std::size_t(log.looks) >= times.looks.size();
    if (inVain || (absent && !mayBeDoneAgain(record))) {
        const QString what = unfound(record.kind);
        auto step = becomeUncertain(std::move(record), OutboxState::Settling, u"unclear"_s, what, {});
        co_await step;
        co_return;
    }
    if (absent) {
        record.state = OutboxState::Queued;
        record.look = LookLog{}.into(record.look);
        record.dueAt = now();
        record.reasonCode = u"absent"_s;
        record.reason.clear();
        auto step = insist(std::move(record), OutboxState::Settling);
        co_await step;
        co_return;
    }
    record.dueAt = log.nextLook(now(), times);
    const RecordId id = record.id;
    const QDateTime next = record.dueAt;
    auto step = amend(std::move(record));
    const auto amended = co_await step;
    if (Entry *later = find(id); later && !amended)
        later->notBefore = next;
}

Task<void> Outbox::Private::becomeUncertain(OutboxRecord record, OutboxState from, QString code, QString reason,
                                            QStringList candidates)
{
    LookLog log = LookLog::from(record.look);
    log.uncertainSince = now();
    log.late = 0;
    log.candidates = std::move(candidates);
    record.look = log.into(record.look);
    record.state = OutboxState::Uncertain;
    record.dueAt = log.nextLateLook(times);
    record.reasonCode = std::move(code);
    record.reason = std::move(reason);
    auto step = insist(std::move(record), from);
    co_await step;
}

Task<Status> Outbox::Private::accept(OutboxRecord record, OutboxState from, QString serverId, bool isSeen)
{
    record.state = OutboxState::Accepted;
    record.hold = HoldReason::None;
    if (!serverId.isEmpty())
        record.serverId = serverId;
    record.dueAt = now().addMSecs(times.confirmWithin.count());
    record.reason.clear();
    record.reasonCode.clear();
    const ContactId local = record.contactId();
    const ContactId contact(idOf(record));
    const bool creates = record.kind == OutboxKind::CreateContact && !contact.isEmpty();
    if (creates) {
        aliases.insert(local.value, contact);
        const QString phone = ContactDraft::fromJson(record.payload).phone;
        if (!phone.isEmpty())
            made.insert(record.account.value + QLatin1Char('/') + record.location.value + QLatin1Char('/') + phone, contact);
    }
    if (record.kind == OutboxKind::DealCreate && !record.serverId.isEmpty())
        dealAliases.insert(record.opportunityId().value, OpportunityId(record.serverId));
    const RecordId id = record.id;
    const LocationId location = record.location;
    auto step = insist(record, from);
    auto stored = co_await step;
    if (!stored && creates && stored.error().code == u"bound"_s) {
        // The contact is there and another record has made it: this one only found it.
        record.serverId.clear();
        record.look.insert(adoptedKey, contact.value);
        auto adopting = insist(std::move(record), from);
        stored = co_await adopting;
    }
    if (!stored)
        co_return fail(stored.error());
    watchReply(*stored);
    if (creates) {
        auto renaming = ledger->renameContact(location, local, contact);
        const auto renamed = co_await renaming;
        if (!renamed)
            qCWarning(logOutbox) << "the draft of a new contact did not follow:" << renamed.error().code;
    }
    if (isSeen) {
        auto confirming = confirm(id);
        co_await confirming;
    }
    co_return Status{};
}

Task<void> Outbox::Private::confirm(RecordId id)
{
    const Entry *entry = find(id);
    if (!entry || entry->record.state != OutboxState::Accepted)
        co_return;
    OutboxRecord record = entry->record;
    record.state = OutboxState::Confirmed;
    record.dueAt = {};
    auto step = insist(std::move(record), OutboxState::Accepted);
    co_await step;
}

// --- what lists show --------------------------------------------------------------------------------------------------

bool Outbox::Private::concerns(const LocationId &location, const QVector<Message> &messages) const
{
    QSet<QString> contacts;
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &record = entry.record;
        if (record.location == location && record.kind == OutboxKind::SendMessage
            && (!record.serverId.isEmpty() || looksForItsMessage(record)))
            contacts.insert(contactOf(record).value);
    }
    if (std::any_of(messages.cbegin(), messages.cend(), [&](const Message &message) { return isReply(location, message); }))
        return true;
    if (contacts.isEmpty())
        return false;
    return std::any_of(messages.cbegin(), messages.cend(), [&](const Message &message) {
        return message.direction == Direction::Outbound && contacts.contains(message.contactId.value);
    });
}

Task<bool> Outbox::Private::observe(LocationId location, QVector<Message> messages)
{
    auto confirming = confirmSeen(location, messages);
    co_await confirming;
    QVector<AccountId> accounts;
    for (const auto &[place, entry] : entries) {
        if (entry.record.location == location && !accounts.contains(entry.record.account))
            accounts.append(entry.record.account);
    }
    for (const AccountId &account : std::as_const(accounts)) {
        auto binding = bind(account, location, messages);
        co_await binding;
    }
    auto answering = takeBackAnswered(location, messages);
    co_await answering;
    co_return true;
}

/// Accepted records whose message is in a list are through.
Task<void> Outbox::Private::confirmSeen(LocationId location, QVector<Message> messages)
{
    QSet<QString> ids;
    for (const Message &message : std::as_const(messages))
        ids.insert(message.id.value);
    QVector<OutboxRecord> found;
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &record = entry.record;
        if (record.location == location && record.kind == OutboxKind::SendMessage && ids.contains(record.serverId)
            && (record.state == OutboxState::Accepted || record.state == OutboxState::Uncertain))
            found.append(record);
    }
    for (const OutboxRecord &record : std::as_const(found)) {
        if (record.state == OutboxState::Uncertain) {
            auto accepting = accept(record, OutboxState::Uncertain, record.serverId, true);
            co_await accepting;
        } else {
            auto confirming = confirm(record.id);
            co_await confirming;
        }
    }
}

QVector<OutboxRecord> Outbox::Private::bindable(const AccountId &account, const LocationId &location) const
{
    QVector<OutboxRecord> records;
    for (const auto &[place, entry] : entries) {
        if (entry.record.account == account && entry.record.location == location && looksForItsMessage(entry.record))
            records.append(entry.record);
    }
    return records;
}

/// Those of the messages that no record of this location has.
Task<QVector<Message>> Outbox::Private::unbound(LocationId location, QVector<Message> messages)
{
    QVector<Message> open;
    for (const Message &message : std::as_const(messages)) {
        auto asking = ledger->byServerId(location, message.id.value);
        const auto owner = co_await asking;
        if (owner && !*owner)
            open.append(message);
    }
    co_return open;
}

Task<void> Outbox::Private::bind(AccountId account, LocationId location, QVector<Message> messages)
{
    const Courier *courier = desks[account].courier.data();
    const auto skew = courier ? courier->skew() : std::chrono::milliseconds(0);
    const QDateTime serverTime = courier ? courier->serverNow() : now();
    const UserId me = people.value(account);
    const auto before = bindable(account, location);
    QVector<Message> possible;
    for (const Message &message : std::as_const(messages)) {
        const bool any = std::any_of(before.cbegin(), before.cend(),
                                     [&](const OutboxRecord &record) { return mayBe(record, message, serverTime, skew, me); });
        if (any)
            possible.append(message);
    }
    if (possible.isEmpty())
        co_return;
    auto asking = unbound(location, std::move(possible));
    const auto open = co_await asking;
    const BindPlan plan = planBinding(bindable(account, location), open, serverTime, skew, me);
    for (const BindPlan::Pair &pair : plan.bound) {
        const Entry *entry = find(pair.record);
        if (!entry || !looksForItsMessage(entry->record))
            continue;
        // While the answer is still to come the record stays open: the answer may name another message.
        const bool through = entry->record.state != OutboxState::Attempting;
        auto accepting = accept(entry->record, entry->record.state, pair.message.value, through);
        co_await accepting;
    }
    for (auto it = plan.undecided.constBegin(); it != plan.undecided.constEnd(); ++it) {
        const Entry *entry = find(it.key());
        if (!entry || entry->record.state == OutboxState::Attempting || !looksForItsMessage(entry->record))
            continue;
        if (entry->record.state == OutboxState::Settling) {
            auto step = becomeUncertain(entry->record, OutboxState::Settling, u"candidates"_s,
                                        Words::tr("Several messages in the conversation may be this one. Say which one it is."), it.value());
            co_await step;
            continue;
        }
        OutboxRecord record = entry->record;
        LookLog log = LookLog::from(record.look);
        log.candidates = it.value();
        record.look = log.into(record.look);
        record.reasonCode = u"candidates"_s;
        auto step = amend(std::move(record));
        co_await step;
    }
}

} // namespace outrigger::sync
