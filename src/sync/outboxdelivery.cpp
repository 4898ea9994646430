// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/log.h"
#include "domain/sendguard.h"
#include "sync/lane.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// One attempt: from Queued over the durable intent to what the answer proves.
namespace outrigger::sync {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Outbox)
};
double share() { return QRandomGenerator::global()->generateDouble(); }

} // namespace

QDateTime Outbox::Private::releasedAt(const OutboxRecord &record)
{
    return QDateTime::fromMSecsSinceEpoch(record.look.value(releasedKey).toInteger(), Qt::UTC);
}

Task<void> Outbox::Private::attempt(RecordId id)
{
    const AccountId account = find(id)->record.account;
    auto once = attemptOnce(id);
    co_await once;
    auto obeying = obey(id);
    co_await obeying;
    landed(id, account);
}

Task<void> Outbox::Private::attemptOnce(RecordId id)
{
    Watermark mark;
    const Entry *entry = find(id);
    if (!entry)
        co_return;
    if (entry->record.kind == OutboxKind::SendMessage) {
        auto opening = gateIsOpen(id);
        const bool open = co_await opening;
        if (!open)
            co_return;
        if (lacksUpload(find(id)->record)) {
            auto uploading = uploadFiles(id);
            const bool up = co_await uploading;
            if (!up)
                co_return;
            // That took its time: what the gate has seen may be old.
            auto openingAgain = gateIsOpen(id);
            const bool stillOpen = co_await openingAgain;
            if (!stillOpen)
                co_return;
        }
        auto marking = cache->watermark(find(id)->record.location, find(id)->record.contactId());
        auto marked = co_await marking;
        if (marked)
            mark = std::move(*marked);
    }
    // A new deal is recognised by the moment at which it was made: the server's moment.
    if (entry = find(id); entry && entry->record.kind == OutboxKind::DealCreate && entry->record.state == OutboxState::Queued) {
        auto proving = wayIsProven(id);
        const bool proven = co_await proving;
        if (!proven)
            co_return;
    }
    if (entry = find(id); entry && entry->record.kind != OutboxKind::SendMessage) {
        auto checking = bookingMayLeave(id);
        const bool free = co_await checking;
        if (!free)
            co_return;
    }
    auto numbering = othersOf(id);
    const QJsonArray others = co_await numbering;
    entry = find(id);
    if (!entry || entry->record.state != OutboxState::Queued || !mayLeave(entry->record) || !isFirst(entry->record))
        co_return; // stopped or paused meanwhile, or an older one of its lane was let go
    OutboxRecord record = entry->record;
    record.state = OutboxState::Attempting;
    record.hold = HoldReason::None;
    record.attempts += 1;
    record.lastWriteAt = serverNow(record);
    if (!record.firstWriteAt.isValid())
        record.firstWriteAt = record.lastWriteAt;
    record.watermark = mark;
    record.dueAt = {};
    record.reasonCode.clear();
    record.reason.clear();
    auto intending = ledger->transition(std::move(record), OutboxState::Queued);
    const auto intent = co_await intending;
    if (!intent) {
        // Nothing may leave without a stored intent. "state": a person was faster.
        if (Entry *later = find(id); later && intent.error().code != u"state"_s)
            later->notBefore = now().addMSecs(backOff(++later->postponed, times.backoffBase, times.backoffCap, share()).count());
        co_return;
    }
    remember(*intent);
    scope.start(show(*intent)); // the bubble need not be painted before the bytes leave
    if (!mayLeave(*intent)) {
        auto returning = takeBack(*intent);
        co_await returning;
        co_return;
    }
    OutboxRecord given = *intent;
    if (!others.isEmpty())
        given.look.insert(othersKey, others);
    auto delivering = courierOf(*intent)->deliver(std::move(given));
    auto delivered = co_await delivering;
    if (Entry *closed = find(id)) {
        closed->closedSteady = clock.steady();
        closed->postponed = 0;
    }
    OutboxRecord tried = *intent;
    tried.lastWriteAt = serverNow(tried);
    if (delivered) {
        auto digesting = digestDelivered(std::move(tried), std::move(*delivered));
        co_await digesting;
    } else {
        auto digesting = digestFailed(std::move(tried), std::move(delivered.error()));
        co_await digesting;
    }
}

/// Whether a message may leave at this moment: it is not stale, and the way to HighLevel has just been proven.
Task<bool> Outbox::Private::gateIsOpen(RecordId id)
{
    const OutboxRecord record = find(id)->record;
    const QDateTime chosen = MessageDraft::fromJson(record.payload).sendAt;
    // The server tells its time in whole seconds: what is over within the next one may be over there already.
    if (chosen.isValid() && chosen <= serverNow(record).addSecs(1) && releasedAt(record) < chosen) {
        auto holding = holdToAsk(record, u"moment_passed"_s,
                                 Words::tr("The time that you chose for this text passed before HighLevel could be reached. Send it now, or drop it."));
        co_await holding;
        co_return false;
    }
    if (record.expiresAt.isValid() && record.expiresAt < now()) {
        auto holding = holdToAsk(record, u"stale"_s,
                                 Words::tr("This text is hours old by now. Send it all the same, or drop it."));
        co_await holding;
        co_return false;
    }
    auto proving = wayIsProven(id);
    const bool proven = co_await proving;
    if (!proven)
        co_return false;
    auto guarding = guardAllows(id);
    co_return co_await guarding;
}

/// HighLevel has answered a moment ago, and by its answer the server's time is known also after the clock was set.
Task<bool> Outbox::Private::wayIsProven(RecordId id)
{
    auto proving = courierOf(find(id)->record)->preflight(times.gate);
    const auto proven = co_await proving;
    const Entry *entry = find(id);
    if (!entry || entry->record.state != OutboxState::Queued)
        co_return false;
    if (proven)
        co_return true;
    auto postponing = postpone(id, proven.error());
    co_await postponing;
    co_return false;
}

/// The send guard once more, with what is known now: do-not-disturb may have come, they may have written, their evening
/// may have begun since the text was written. What stood against it then has been answered then.
Task<bool> Outbox::Private::guardAllows(RecordId id)
{
    const OutboxRecord record = find(id)->record;
    auto asking = cache->contact(record.location, record.contactId());
    const auto contact = co_await asking;
    auto learning = cache->sendFacts(record.location, record.contactId());
    const auto facts = co_await learning;
    const Entry *entry = find(id);
    if (!entry || entry->record.state != OutboxState::Queued)
        co_return false;
    if (!contact || !*contact)
        co_return true; // nothing is known here: HighLevel refuses what it must
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    if (draft.call)
        co_return true; // it has happened, and nobody gets anything
    SendQuestion question;
    question.contact = **contact;
    question.channel = channelFromType(draft.type);
    question.toNumber = draft.toNumber;
    if (facts)
        question.facts = *facts;
    question.now = std::max(now(), draft.sendAt); // what counts is the hour at which it arrives
    question.hourSettled = draft.sendAt > now();
    question.answeredAt = std::max(record.createdAt, releasedAt(record));
    const GuardAnswer answer = judgeSend(question, hours);
    if (answer.verdict == Verdict::Allow)
        co_return true;
    qCInfo(logOutbox) << redactedId(id.value) << "stopped by the guard:" << answer.reasons.first().id;
    if (answer.verdict == Verdict::Block) {
        auto stopping = stopHere(record, answer.sentences(Verdict::Block));
        co_await stopping;
    } else {
        auto holding = holdToAsk(record, answer.reasons.first().id, answer.sentences(Verdict::Ask));
        co_await holding;
    }
    co_return false;
}

Task<void> Outbox::Private::stopHere(OutboxRecord record, QString reason, QString code)
{
    const RecordId id = record.id;
    record.state = OutboxState::Rejected;
    record.dueAt = {};
    record.reasonCode = std::move(code);
    record.reason = std::move(reason);
    auto step = move(std::move(record), OutboxState::Queued);
    const auto moved = co_await step;
    if (!moved) {
        if (Entry *entry = find(id))
            entry->notBefore = now().addMSecs(times.backoffBase.count());
    }
}

/// The way is not open: nothing was attempted, the record waits and says why.
Task<void> Outbox::Private::postpone(RecordId id, Error error)
{
    Entry *entry = find(id);
    OutboxRecord record = entry->record;
    error.sent = Sent::No;
    const Judgement judgement = judge(record.kind, error);
    const bool plain = judgement.next == OutboxState::Queued;
    record.reasonCode = plain ? judgement.code : u"offline"_s;
    record.reason = plain ? judgement.reason : Words::tr("HighLevel cannot be reached right now.");
    const auto wait = backOff(++entry->postponed, times.backoffBase, times.backoffCap, share());
    record.dueAt = now().addMSecs(std::max(wait, judgement.wait.value_or(0ms)).count());
    entry->notBefore = record.dueAt;
    auto step = amend(std::move(record));
    co_await step;
}

Task<void> Outbox::Private::holdToAsk(OutboxRecord record, QString code, QString reason)
{
    record.state = OutboxState::Held;
    record.hold = HoldReason::Ask;
    record.dueAt = {};
    record.reasonCode = std::move(code);
    record.reason = std::move(reason);
    const RecordId id = record.id;
    auto step = move(std::move(record), OutboxState::Queued);
    const auto moved = co_await step;
    if (!moved) {
        if (Entry *entry = find(id))
            entry->notBefore = now().addMSecs(times.backoffBase.count());
    }
}

/// The intent is stored, and nothing has been given to the courier.
Task<void> Outbox::Private::takeBack(OutboxRecord record)
{
    record.state = OutboxState::Queued;
    record.attempts -= 1;
    record.dueAt = now();
    auto step = insist(std::move(record), OutboxState::Attempting);
    co_await step;
}

Task<void> Outbox::Private::digestDelivered(OutboxRecord record, Courier::Delivered delivered)
{
    if (const Entry *entry = find(record.id); !entry || entry->record.state != OutboxState::Attempting) {
        // A list has shown the message before the answer came.
        if (entry && entry->record.state == OutboxState::Accepted && entry->record.serverId != delivered.serverId) {
            auto correcting = answeredAfterBinding(entry->record, delivered.serverId);
            co_await correcting;
        }
        co_return;
    }
    if (delivered.more) {
        for (auto it = delivered.progress.constBegin(); it != delivered.progress.constEnd(); ++it)
            record.look.insert(it.key(), it.value());
        record.state = OutboxState::Queued;
        record.dueAt = now();
        auto step = insist(std::move(record), OutboxState::Attempting);
        co_await step;
        co_return;
    }
    if (!delivered.conversation.isEmpty())
        record.look.insert(QLatin1String("conversation"), delivered.conversation.value);
    if (delivered.adopted) {
        record.look.insert(wasThereKey, true);
        auto keeping = keepForTwin(record, delivered.contact);
        if (const Status kept = co_await keeping; !kept)
            qCWarning(logOutbox) << redactedId(record.id.value) << "what it knew beyond its twin was not kept:" << kept.error().code;
    }
    // Only a message has a list in which it has to be seen; the answer to the others says it all.
    const bool nothingToSee = record.kind != OutboxKind::SendMessage;
    for (auto it = delivered.progress.constBegin(); it != delivered.progress.constEnd(); ++it)
        record.look.insert(it.key(), it.value());
    auto accepting = accept(record, OutboxState::Attempting, delivered.serverId, nothingToSee);
    const auto accepted = co_await accepting;
    if (accepted)
        co_return;
    const Entry *entry = find(record.id);
    if (!entry || entry->record.state != OutboxState::Attempting)
        co_return;
    // The id belongs to another record already: what this one did cannot be told from the answer.
    qCWarning(logOutbox) << redactedId(record.id.value) << "got an id that another record has:" << accepted.error().code;
    Error unclear;
    unclear.sent = Sent::Unknown;
    auto settling = digestFailed(std::move(record), std::move(unclear));
    co_await settling;
}

/// The answer names another message than the one that was bound from a list: the answer knows better.
Task<void> Outbox::Private::answeredAfterBinding(OutboxRecord bound, QString serverId)
{
    bound.serverId = std::move(serverId);
    auto step = amend(std::move(bound));
    const auto corrected = co_await step;
    if (!corrected)
        qCWarning(logOutbox) << "a message stays bound to what a list showed:" << corrected.error().code;
}

Task<void> Outbox::Private::digestFailed(OutboxRecord record, Error error)
{
    const Entry *entry = find(record.id);
    if (!entry || entry->record.state != OutboxState::Attempting)
        co_return; // found in a list meanwhile: it has happened
    const Judgement judgement = judge(record.kind, error);
    qCInfo(logOutbox) << redactedId(record.id.value) << "attempt" << record.attempts << "ended:" << int(error.kind)
                      << error.http << judgement.code;
    if (const QJsonValue nearest = error.detail.value("nearest"_L1); nearest.isArray())
        record.look.insert("nearest"_L1, nearest); // free times in place of the one that is gone
    record.state = judgement.next;
    record.hold = judgement.hold;
    record.reasonCode = judgement.code;
    record.reason = judgement.reason;
    record.dueAt = {};
    if (const auto theirs = error.detail.value(theirsKey); theirs.isObject())
        record.look.insert(theirsKey, theirs); // what the server has instead, for the person to choose
    if (judgement.next == OutboxState::Queued) {
        const auto wait = backOff(record.attempts, times.backoffBase, times.backoffCap, share());
        record.dueAt = now().addMSecs(std::max(wait, judgement.wait.value_or(0ms)).count());
    } else if (judgement.next == OutboxState::Settling) {
        LookLog log;
        log.closedAt = now();
        record.dueAt = log.nextLook(now(), times);
        record.look = log.into(record.look);
        record.look.remove(closedServerKey); // of the try before
        if (const Courier *courier = courierOf(record); courier && courier->knowsServerTime())
            record.look.insert(closedServerKey, courier->serverNow().toMSecsSinceEpoch());
    }
    auto step = insist(std::move(record), OutboxState::Attempting);
    co_await step;
}

/// After the courier of an account was taken away: what its coroutines were doing when they were stopped.
Task<void> Outbox::Private::recover(RecordId id)
{
    auto reading = ledger->record(id);
    const auto stored = co_await reading;
    if (!stored || !*stored)
        co_return;
    remember(**stored);
    auto taking = takeOver(**stored);
    const auto taken = co_await taking;
    if (!taken)
        qCWarning(logOutbox) << "a stopped attempt could not be stored:" << taken.error().code;
    if (Entry *entry = find(id))
        entry->busy = false;
    wake();
}

} // namespace outrigger::sync
