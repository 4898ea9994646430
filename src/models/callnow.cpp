// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/callnow.h"

#include "domain/catalogue.h"
#include "sync/engine.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace outrigger::models {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CallNow)
};

} // namespace

Task<Result<QJsonObject>> callNow(sync::Engine *engine, QString operation, QJsonObject values)
{
    catalogue::Call call;
    call.operation = catalogue::find(operation);
    if (!call.operation)
        co_return fail(ErrorKind::Internal, operation);
    call.values = values;
    const auto account = engine->account();
    if (!account)
        co_return fail(ErrorKind::SignInNeeded, Words::tr("No account is signed in."));
    catalogue::fillIn(call, account->location);
    auto calling = engine->callOperation(call);
    const auto answer = co_await calling;
    if (!answer)
        co_return fail(answer.error());
    co_return QJsonDocument::fromJson(answer->body).object();
}

} // namespace outrigger::models
