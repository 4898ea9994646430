// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "core/clock.h"
#include "core/result.h"

#include <QDateTime>

#include <chrono>
#include <deque>
#include <optional>

namespace outrigger::api {

/// What requests have shown about the way to the server: the network's state, the breaker, the last proof, the
/// server's clock. Pure but for the clock.
class Health
{
public:
    explicit Health(const Clock &clock) : m_clock(clock) {}

    /// Why a request must not leave now; nullopt when it may. Asking for a GET while the breaker is due makes it the
    /// one request that tries.
    std::optional<Error> refusal(Verb verb, Priority priority, Credential credential);
    /// A request is over. error: null for success.
    void finished(Verb verb, const Error *error, std::chrono::milliseconds took);
    void sawServerDate(const QDateTime &date);
    void signInNeeded(bool needed);
    void limited(bool paused);
    void networkChanged();

    NetworkState state() const;
    bool freshlyProven(std::chrono::milliseconds age) const;
    std::chrono::milliseconds skew() const;
    /// Whether skew() was measured, and against the clock as it is set now.
    bool knowsServerTime() const;
    QDateTime blockedUntil() const;

private:
    void succeeded(Verb verb, std::chrono::milliseconds took);
    void failed(ErrorKind kind);
    std::chrono::milliseconds wallMinusSteady() const;

    const Clock &m_clock;
    NetworkState m_way = NetworkState::Unknown;
    bool m_signInNeeded = false;
    bool m_limited = false;
    int m_inARow = 0;
    std::deque<std::chrono::milliseconds> m_failures; ///< steady times
    bool m_open = false;
    std::chrono::milliseconds m_step{0};
    std::chrono::milliseconds m_nextTry{0};
    std::optional<std::chrono::milliseconds> m_proven; ///< steady time of the last GET that succeeded
    std::chrono::milliseconds m_provenOffset{0};
    std::deque<std::chrono::milliseconds> m_skews;
    std::chrono::milliseconds m_skewOffset{0}; ///< wall minus steady when they were measured
    std::deque<std::chrono::milliseconds> m_took;
};

} // namespace outrigger::api
