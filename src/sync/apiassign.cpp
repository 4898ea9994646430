// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"

using namespace Qt::StringLiterals;

// Whom a lead is assigned to. HighLevel keeps it at the contact; its conversation follows.
namespace outrigger::sync {

Task<Result<Courier::Delivered>> ApiCourier::changeAssigned(OutboxRecord record)
{
    const AssignChange change = AssignChange::fromJson(record.payload);
    api::GetContact reading;
    reading.id = change.contactId;
    auto ask = m_client->send(reading, api::Priority::Outbox);
    const auto contact = co_await ask;
    if (!contact)
        co_return fail(beforeAnythingLeft(contact.error()));
    if (contact->assignedTo == change.to)
        co_return Delivered{};
    // A teammate was faster. Who tries again has seen that and means it.
    if (contact->assignedTo != change.from && record.again.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Invalid;
        error.code = u"assigned_elsewhere"_s;
        error.sent = Sent::No;
        co_return fail(std::move(error));
    }
    api::UpdateContact operation;
    operation.id = change.contactId;
    operation.assignedTo = change.to.value; // empty: nobody
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return Delivered{};
}

Task<Result<Courier::Look>> ApiCourier::lookForAssigned(OutboxRecord record)
{
    api::GetContact operation;
    operation.id = AssignChange::fromJson(record.payload).contactId;
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto contact = co_await call;
    if (!contact)
        co_return fail(contact.error());
    Look look;
    look.counts = true;
    look.alreadyThere = contact->assignedTo == AssignChange::fromJson(record.payload).to;
    co_return look;
}

} // namespace outrigger::sync
