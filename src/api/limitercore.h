// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/limiter.h"

#include <QByteArray>
#include <QList>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <random>
#include <utility>

namespace outrigger::api {

/// The limiter's arithmetic, without timers: every function takes the steady time. A request counts from when it leaves
/// until one interval after its answer has come.
///
/// While nobody has clicked for a minute, and nobody else uses the same budget, the outbox is lent 13 of the 15 requests
/// that are kept for clicks, and no faster than they come back: a job uses 88 of the 90, and who comes back finds two
/// requests free at once and all fifteen within a second and a half.
///
/// Others who use the same budget show in the server's numbers: it has counted more than we have sent. From then on, and
/// for the first interval after a rest, only a part of what is left may be on the wire at once, so that all who do so
/// see each other's requests before the budget is spent; who has used the most of it leaves the last ones to clicks and
/// to the others. The part is halved by a 429 and grows slowly.
class LimiterCore
{
public:
    using Time = std::chrono::milliseconds;
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    explicit LimiterCore(quint32 seed) : m_random(seed) {}

    /// Zero: a request of this priority may leave now. Else: ask again after this long at the latest, or when a
    /// request comes back.
    Time wait(Priority priority, Time now);
    quint64 leave(Priority priority, Time now);
    void back(quint64 ticket, Time now);
    /// wall: for the reset header that holds a date.
    void learn(const Headers &headers, Time now, qint64 wallEpochMs);
    void tooMany(std::optional<Time> retryAfter, Time now);

    std::optional<Time> pausedUntil(Time now) const;
    int allowed() const { return m_allowed; }
    Time interval() const { return m_interval; }
    int used(Time now);
    int dailyRemaining(Time now) const;
    int dailyLimit() const { return m_dailyLimit; }
    /// What background may use of an interval at this moment.
    int backgroundShare(Time now) const;

private:
    struct Sent {
        quint64 ticket;
        bool background;
        bool click;
        bool out;   ///< the answer has not come yet
        Time since; ///< of the answer
    };
    void forget(Time now);
    void grow(Time now);
    void setLimit(int max, Time interval);
    Time untilSlot(Time now, bool background, int need) const;
    bool remainingHolds(Time now) const;
    bool lends(Time now) const;
    bool hasRivals(Time now) const { return m_rivalsSeen && now - *m_rivalsSeen < rivalsRemembered; }
    int few() const { return std::min(20, m_max / 5); }
    void lookForRivals(int left, Time now);
    int expected(Time now) const;
    int onTheWire(Time now, bool clicksOnly) const;
    Time untilTurn(Time now) const;
    Time amongRivals(Priority priority, Time now);

    static constexpr Time rivalsRemembered = std::chrono::minutes(1);

    std::deque<Sent> m_sent;
    quint64 m_next = 1;
    int m_max = 100;
    int m_allowed = 90;
    Time m_interval{10'000};
    Time m_pausedUntil{0};
    int m_refusals = 0; ///< 429s in a row
    Time m_lastRefusal{0};
    std::optional<Time> m_lastClick;
    double m_share = 1.0; ///< of the background's part; halved by a 429, grows slowly
    Time m_lastGrowth{0};
    int m_remaining = -1; ///< as the server said, less what has left since
    int m_said = -1;      ///< as the server said
    Time m_remainingAt{0};
    Time m_turned{0};     ///< the last answer that showed a fresh budget
    bool m_answered = false;
    std::optional<Time> m_rivalsSeen;
    Time m_awake{0};      ///< the first request after a rest
    int m_leftSince = 0;  ///< requests since the server's last word
    double m_pace = 0;    ///< of those who do not stop when little is left, a millisecond
    double m_part = 0.2;  ///< of what is left, that may be on the wire while others use it too
    int m_dailyLimit = -1;
    int m_dailyRemaining = -1;
    Time m_dailyUntil{0};
    std::minstd_rand m_random;
};

} // namespace outrigger::api
