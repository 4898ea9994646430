// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"

using namespace Qt::StringLiterals;

// Taking back what HighLevel keeps for later.
namespace outrigger::sync {

Task<Result<Courier::Delivered>> ApiCourier::cancelSchedule(OutboxRecord record)
{
    api::CancelScheduledMessage operation;
    operation.id = ScheduleCancel::fromJson(record.payload).messageId;
    auto call = m_client->send(operation, api::Priority::Click);
    const auto answer = co_await call;
    // A message that is not there any more does not leave either. (Inside a 200 the same number means something else.)
    if (!answer && !(answer.error().http == 404 && answer.error().jsonError))
        co_return fail(answer.error());
    co_return Delivered{};
}

Task<Result<Courier::Look>> ApiCourier::lookForSchedule(OutboxRecord record)
{
    api::GetMessage operation;
    operation.id = ScheduleCancel::fromJson(record.payload).messageId;
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto message = co_await call;
    Look look;
    look.counts = true;
    if (message) {
        // One that has left cannot be taken back: the next attempt says so.
        look.alreadyThere = message->status == "cancelled"_L1 || message->status == "canceled"_L1;
        co_return look;
    }
    if (message.error().kind != ErrorKind::NotFound)
        co_return fail(message.error());
    look.alreadyThere = true;
    co_return look;
}

} // namespace outrigger::sync
