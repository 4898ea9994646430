// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sending.h"

#include "domain/catalogue.h"
#include "sync/outbox.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

// One message: what HighLevel says of it, and taking back one that is to leave later.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// The message as HighLevel has it.
Task<Result<QJsonObject>> messageNamed(ContextPtr context)
{
    catalogue::Call call;
    call.operation = catalogue::find(u"get-message"_s);
    if (!call.operation)
        co_return fail(ErrorKind::Internal, Words::tr("The table of operations does not know how to read a message."));
    call.values.insert(u"id"_s, context->arguments.words.constFirst());
    auto calling = context->engine->callOperation(call);
    const auto answer = co_await calling;
    if (!answer)
        co_return fail(answer.error());
    const QJsonObject whole = QJsonDocument::fromJson(answer->body).object();
    const QJsonObject message = whole[u"message"].isObject() ? whole[u"message"].toObject() : whole;
    if (message[u"id"].toString().isEmpty())
        co_return fail(ErrorKind::NotFound, Words::tr("HighLevel has no message with this id. \"outrigger-cli conversation messages ID --json\" shows them."));
    co_return message;
}

QString text(const QJsonObject &message, QLatin1StringView key)
{
    return message[key].toString();
}

} // namespace

Task<int> messageGet(ContextPtr context, Account)
{
    auto reading = messageNamed(context);
    const auto message = co_await reading;
    if (!message)
        co_return context->output->failure(message.error());
    const QString line = u"%1  %2  %3  %4"_s.arg(text(*message, "dateAdded"_L1), text(*message, "direction"_L1), text(*message, "status"_L1),
                                                 text(*message, "body"_L1));
    context->output->answer(*message, line);
    co_return Done;
}

Task<int> messageCancel(ContextPtr context, Account account)
{
    auto reading = messageNamed(context);
    const auto message = co_await reading;
    if (!message)
        co_return context->output->failure(message.error());
    const QString id = text(*message, "id"_L1);
    if (context->arguments.dryRun)
        co_return dryRun(context, {request(u"DELETE"_s, u"/conversations/messages/%1/schedule"_s.arg(id), {})});
    ScheduleCancel cancel;
    cancel.contactId = ContactId(text(*message, "contactId"_L1));
    cancel.messageId = MessageId(id);
    auto submit = context->engine->outbox().submitScheduleCancel(account, cancel, fromHere());
    const auto record = co_await submit;
    if (!record)
        co_return context->output->failure(record.error());
    auto rest = afterSubmitting(context, *record);
    co_return co_await rest;
}

} // namespace outrigger::cli
