// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// Taking back what HighLevel keeps for later.
namespace outrigger::sync {

namespace {

/// One word for two calls: an e-mail is taken back by an id of its own.
struct TakeBack {
    MessageId message;
    EmailId email;
};

Task<Result<api::Cancelled>> takeBack(api::Client *client, TakeBack what)
{
    if (what.email.isEmpty()) {
        api::CancelScheduledMessage operation;
        operation.id = what.message;
        auto call = client->send(operation, api::Priority::Click);
        co_return co_await call;
    }
    api::CancelScheduledEmail operation;
    operation.id = what.email;
    auto call = client->send(operation, api::Priority::Click);
    co_return co_await call;
}

} // namespace

Task<Result<Courier::Delivered>> ApiCourier::cancelSchedule(OutboxRecord record)
{
    TakeBack what;
    what.message = ScheduleCancel::fromJson(record.payload).messageId;
    api::GetMessage reading;
    reading.id = what.message;
    auto asking = m_client->send(reading, api::Priority::Click);
    const auto message = co_await asking;
    if (!message && message.error().kind != ErrorKind::NotFound)
        co_return fail(message.error());
    if (message && message->channel == Channel::Email) {
        if (message->emailIds.isEmpty())
            co_return fail(ErrorKind::NotFound, QCoreApplication::translate("Outbox", "HighLevel does not say which e-mail this is, so it stays scheduled. Take it back in HighLevel."));
        what.email = EmailId(message->emailIds.constFirst());
    }
    auto call = takeBack(m_client, what);
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
