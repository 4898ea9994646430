// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/log.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

// Texts that HighLevel keeps for later: taken back by a person, or because they wrote.
namespace outrigger::sync {

namespace {

tl::unexpected<Error> usage(const char *sentence)
{
    return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", sentence));
}

} // namespace

Task<Result<RecordId>> Outbox::Private::submitScheduleCancel(Account account, ScheduleCancel cancel, SubmitOptions options)
{
    if (account.id.isEmpty() || cancel.messageId.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to take back."));
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &other = entry.record;
        if (other.kind == OutboxKind::CancelSchedule && other.account == account.id && isOpen(other.state)
            && ScheduleCancel::fromJson(other.payload).messageId == cancel.messageId)
            co_return other.id; // it is being taken back already
    }
    people.insert(account.id, account.me);
    auto adding = add(fresh(account, OutboxKind::CancelSchedule, cancel.toJson(), options));
    co_return co_await adding;
}

void Outbox::Private::watchReply(const OutboxRecord &record)
{
    if (record.kind != OutboxKind::SendMessage || record.serverId.isEmpty())
        return;
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    if (!draft.cancelOnReply || draft.sendAt <= now())
        return;
    const bool known = std::any_of(watched.cbegin(), watched.cend(), [&](const Watched &one) { return one.record == record.id; });
    if (!known)
        watched.push_back({record.id, record.account, record.location, draft.contactId, MessageId(record.serverId), record.createdAt, draft.sendAt});
}

/// What an earlier run has scheduled: those records are finished, and only the ledger has them.
Task<Status> Outbox::Private::watchReplies()
{
    auto reading = ledger->waitingForReply(now());
    const auto records = co_await reading;
    if (!records)
        co_return fail(records.error());
    for (const OutboxRecord &record : *records)
        watchReply(record);
    co_return Status{};
}

bool Outbox::Private::isReply(const LocationId &location, const Message &message) const
{
    return message.direction == Direction::Inbound && message.channel != Channel::Activity
        && std::any_of(watched.cbegin(), watched.cend(), [&](const Watched &one) {
               return one.location == location && one.contact == message.contactId && message.dateAdded > one.since;
           });
}

Task<void> Outbox::Private::takeBackAnswered(LocationId location, QVector<Message> messages)
{
    std::vector<Watched> answered;
    const QDateTime when = now();
    std::erase_if(watched, [&](const Watched &one) {
        const bool replied = std::any_of(messages.cbegin(), messages.cend(), [&](const Message &message) {
            return one.location == location && one.contact == message.contactId && isReply(location, message)
                && message.dateAdded > one.since;
        });
        if (replied && one.until > when)
            answered.push_back(one);
        return replied || one.until <= when;
    });
    for (const Watched &one : answered) {
        Account account;
        account.id = one.account;
        account.location = one.location;
        account.me = people.value(one.account);
        SubmitOptions options;
        options.undoable = false;
        options.origin = u"reply"_s;
        auto submitting = submitScheduleCancel(account, {one.contact, one.message}, options);
        const auto submitted = co_await submitting;
        if (submitted)
            continue;
        qCWarning(logOutbox) << "a scheduled text was not taken back:" << submitted.error().code;
        watched.push_back(one); // their next message, or the same one read again, tries again
    }
}

} // namespace outrigger::sync
