// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "domain/outboxrecord.h"

#include <chrono>
#include <optional>

namespace outrigger::sync {

/// Where a record goes after an attempt that did not succeed.
struct Judgement {
    OutboxState next = OutboxState::Settling; ///< Queued, Held, Rejected or Settling
    HoldReason hold = HoldReason::None;
    QString code;   ///< stable word for OutboxRecord::reasonCode
    QString reason; ///< one sentence for a person
    std::optional<std::chrono::milliseconds> wait; ///< as the server asked
};

/// Queued, Held and Rejected need proof that the request had no effect; everything else is unknown and settles. Proof
/// of "not sent" is Error::sent, or 429, or 401 with the API's own JSON error. Proof of refusal is 400, 403, 404, 413,
/// 415 or 422 with that JSON error.
Judgement judge(OutboxKind kind, const Error &error);

} // namespace outrigger::sync
