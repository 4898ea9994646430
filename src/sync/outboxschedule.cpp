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

/// It is being taken back already.
std::optional<RecordId> Outbox::Private::openCancel(const AccountId &account, const MessageId &message) const
{
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &other = entry.record;
        if (other.kind == OutboxKind::CancelSchedule && other.account == account && isOpen(other.state)
            && ScheduleCancel::fromJson(other.payload).messageId == message)
            return other.id;
    }
    return std::nullopt;
}

Task<Result<RecordId>> Outbox::Private::submitScheduleCancel(Account account, ScheduleCancel cancel, SubmitOptions options)
{
    if (account.id.isEmpty() || cancel.messageId.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to take back."));
    if (const auto open = openCancel(account.id, cancel.messageId))
        co_return *open;
    people.insert(account.id, account.me);
    auto adding = add(fresh(account, OutboxKind::CancelSchedule, cancel.toJson(), options));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::submitReplacement(Account account, ScheduleCancel cancel, MessageDraft draft,
                                                          SubmitOptions options)
{
    if (account.id.isEmpty() || cancel.messageId.isEmpty() || draft.contactId.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to change."));
    if (draft.body.trimmed().isEmpty() && draft.attachments.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to send."));
    if (draft.sendAt.isValid() && draft.sendAt <= now())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "That time is over by now. Choose a later one."));
    if (openCancel(account.id, cancel.messageId))
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "This text is being taken back already."));
    auto finding = ledger->byServerId(account.location, cancel.messageId.value);
    const auto old = co_await finding;
    if (!old)
        co_return fail(old.error());
    people.insert(account.id, account.me);
    OutboxRecord parent = fresh(account, OutboxKind::CancelSchedule, cancel.toJson(), options);
    OutboxRecord child = fresh(account, OutboxKind::SendMessage, draft.toJson(), options);
    if (draft.sendAt.isValid())
        child.expiresAt = {};
    if (*old)
        takeUploads(child, **old);
    child.dependsOn = parent.id;
    child.state = OutboxState::Held;
    child.hold = HoldReason::Parent;
    child.dueAt = {};
    child.reasonCode = QStringLiteral("replaces");
    child.reason = QCoreApplication::translate("Outbox", "Goes on when the earlier one is taken back.");
    parent.look.insert(QLatin1String("for"), child.id.value);
    auto adding = addBoth(std::move(parent), std::move(child));
    co_return co_await adding;
}

Task<Result<OutboxRecord>> Outbox::Private::letGoReplacement(OutboxRecord record, OutboxRecord cancel)
{
    if (cancel.state == OutboxState::Confirmed) {
        record.state = OutboxState::Queued;
        record.hold = HoldReason::None;
        record.dueAt = now();
        record.reasonCode.clear();
        record.reason.clear();
        auto going = move(std::move(record), OutboxState::Held);
        co_return co_await going;
    }
    if (cancel.state != OutboxState::Rejected && cancel.state != OutboxState::Cancelled)
        co_return record; // not certain yet: nothing may leave
    record.state = OutboxState::Rejected;
    record.hold = HoldReason::None;
    record.dueAt = {};
    record.reasonCode = cancel.state == OutboxState::Rejected ? cancel.reasonCode : QStringLiteral("kept");
    record.reason = cancel.state == OutboxState::Rejected
        ? QCoreApplication::translate("Outbox", "The earlier text could not be taken back, so this one was not sent. %1").arg(cancel.reason).trimmed()
        : QCoreApplication::translate("Outbox", "The earlier text stays scheduled, so this one was not sent.");
    auto stopping = move(std::move(record), OutboxState::Held);
    co_return co_await stopping;
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
