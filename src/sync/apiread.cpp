// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// Read marks and stars of conversations.
namespace outrigger::sync {

namespace {

constexpr int listTries = 5; ///< with the waits between them, half a minute

/// HighLevel's list of conversations lags behind its writes: what is not in it may come.
Error notListedYet(int attempts)
{
    Error error;
    error.sent = Sent::No;
    error.kind = ErrorKind::Offline;
    if (attempts >= listTries) {
        error.kind = ErrorKind::Usage;
        error.code = u"no_conversation"_s;
        error.message = QCoreApplication::translate("Outbox", "HighLevel shows no conversation with this lead, so there is none that could get or lose its star. Try again once they have been written to.");
    }
    return error;
}

} // namespace

Task<Result<Courier::Delivered>> ApiCourier::changeRead(OutboxRecord record)
{
    const ReadChange change = ReadChange::fromJson(record.payload);
    ConversationId conversation = change.conversationId;
    if (conversation.isEmpty() || conversation.isLocal()) {
        auto search = conversationOf(change.contactId);
        const auto found = co_await search;
        if (!found)
            co_return fail(beforeAnythingLeft(found.error()));
        if (!*found) {
            if (!change.starred)
                co_return Delivered{}; // there is no conversation that could be unread
            co_return fail(notListedYet(record.attempts));
        }
        conversation = (*found)->id;
    }
    api::UpdateConversation operation;
    operation.id = conversation;
    operation.location = m_account.location;
    operation.unreadCount = change.unreadCount;
    operation.starred = change.starred;
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return Delivered{};
}

Task<Result<Courier::Look>> ApiCourier::lookForRead(OutboxRecord record)
{
    const ReadChange change = ReadChange::fromJson(record.payload);
    auto search = conversationOf(change.contactId);
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    Look look;
    look.counts = true;
    look.alreadyThere = *found || !change.starred;
    if (!*found)
        co_return look;
    const Conversation &conversation = **found;
    if (change.starred && conversation.starred != *change.starred)
        look.alreadyThere = false;
    if (change.unreadCount && (conversation.unreadCount > 0) != (*change.unreadCount > 0)) {
        // What came in after the mark was made is unread for good reason; marking again would hide it.
        const bool newer = conversation.lastMessageDirection == Direction::Inbound && record.firstWriteAt.isValid()
            && conversation.lastMessageDate > record.firstWriteAt;
        if (!newer)
            look.alreadyThere = false;
    }
    co_return look;
}

} // namespace outrigger::sync
