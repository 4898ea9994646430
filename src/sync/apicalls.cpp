// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"

using namespace Qt::StringLiterals;

// Calls that were made elsewhere.
namespace outrigger::sync {

Task<Result<Courier::Delivered>> ApiCourier::logCall(OutboxRecord record)
{
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    auto finding = conversationFor(record);
    const auto conversation = co_await finding;
    if (!conversation)
        co_return fail(beforeAnythingLeft(conversation.error()));
    QJsonObject call{{u"status"_s, draft.call->status}};
    if (!draft.toNumber.isEmpty())
        call.insert(draft.call->inbound ? u"from"_s : u"to"_s, draft.toNumber);
    Result<api::SendAnswer> answer = fail(ErrorKind::Internal, QString());
    if (draft.call->inbound) {
        api::AddInboundCall operation;
        operation.conversationId = *conversation;
        operation.contactId = draft.contactId;
        operation.providerId = draft.providerId;
        operation.altId = record.id.value;
        operation.date = draft.call->at;
        operation.call = call;
        auto sending = m_client->send(operation, api::Priority::Outbox);
        answer = co_await sending;
    } else {
        api::AddOutboundCall operation;
        operation.conversationId = *conversation;
        operation.providerId = draft.providerId;
        operation.altId = record.id.value;
        operation.date = draft.call->at;
        operation.call = call;
        auto sending = m_client->send(operation, api::Priority::Outbox);
        answer = co_await sending;
    }
    if (!answer)
        co_return fail(answer.error());
    Delivered delivered;
    delivered.serverId = answer->messageId.value;
    delivered.conversation = answer->conversation;
    co_return delivered;
}

} // namespace outrigger::sync
