// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/source_leads.h"

#include "api/ops.h"

using namespace Qt::StringLiterals;

namespace outrigger::sync {

Task<Result<QVector<NamedItem>>> readWorkflows(Source *source, api::Priority priority)
{
    api::ListWorkflows operation;
    operation.location = source->locationId();
    auto call = source->client()->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return std::move(answer->items);
}

Task<Result<QVector<NamedItem>>> readCampaigns(Source *source, api::Priority priority)
{
    api::ListCampaigns operation;
    operation.location = source->locationId();
    auto call = source->client()->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return std::move(answer->items);
}

Task<Result<QVector<NamedItem>>> readBusinesses(Source *source, api::Priority priority)
{
    api::ListBusinesses operation;
    operation.location = source->locationId();
    operation.limit = u"100"_s;
    auto call = source->client()->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return std::move(answer->items);
}

} // namespace outrigger::sync
