// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "core/result.h"
#include "core/task.h"

namespace outrigger::sync {

/// One request of the outbox whose answer holds nothing that is wanted. `client` outlives the task.
template <class Operation>
Task<Status> sent(api::Client *client, Operation operation)
{
    auto call = client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return Status{};
}

} // namespace outrigger::sync
