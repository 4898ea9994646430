// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"

namespace outrigger::sync {

/// What one member of the call's answer holds, or the call's error.
template <class Answer, class Value>
Task<Result<Value>> only(Task<Result<Answer>> call, Value Answer::*member)
{
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return std::move((*answer).*member);
}

} // namespace outrigger::sync
