// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/limitercore.h"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace std::chrono_literals;

namespace outrigger::api {

namespace {

constexpr LimiterCore::Time longestPause = 1h;
constexpr LimiterCore::Time shortestPause = 1s;
constexpr LimiterCore::Time longestBackoff = 60s;
/// Without a reset header, daily numbers are believed this long; another request then shows what is true.
constexpr LimiterCore::Time dailyBelief = 15min;
/// A request whose answer never comes back must not count for ever.
constexpr LimiterCore::Time longestOut = 15min;
constexpr double smallestShare = 1.0 / 16;
/// Nobody has clicked for so long: what is kept for clicks is lent.
constexpr LimiterCore::Time personIsAway = 1min;
/// Of what is lent, so many always stay: the first click does not wait.
constexpr int neverLent = 2;
/// The server may have counted so many more than we have sent without anybody else being there: a sign-in just before.
constexpr int nobodysRequests = 2;
/// What has been out for so long has been counted by the server, whatever becomes of the answer.
constexpr LimiterCore::Time onTheWireAtMost = 3s;
/// On the wire at once before the server has said anything, and among rivals when its last word is old.
constexpr int firstAtOnce = 8;
constexpr int probesAtOnce = 1;
constexpr double largestPart = 0.2;
constexpr double smallestPart = 1.0 / 64;
constexpr double partGrowth = 1.0 / 256;
/// Between two words of the server's that are so far apart, others show by what is missing.
constexpr LimiterCore::Time longGap = 500ms;

bool isBackground(Priority priority)
{
    return priority == Priority::Background || priority == Priority::Prefetch;
}
bool isUrgent(Priority priority)
{
    return priority == Priority::Click || priority == Priority::Outbox;
}

std::optional<qint64> number(const LimiterCore::Headers &headers, const char *name)
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        bool ok = false;
        const double parsed = value.trimmed().toDouble(&ok);
        if (ok && parsed >= 0 && parsed < 1e15)
            return static_cast<qint64>(parsed);
        return std::nullopt;
    }
    return std::nullopt;
}

/// Reset headers: epoch milliseconds, epoch seconds, or what is left, in the header's own unit.
LimiterCore::Time untilReset(qint64 value, qint64 wallEpochMs, LimiterCore::Time unit)
{
    using Time = LimiterCore::Time;
    qint64 left = value > 1'000'000'000'000 ? value - wallEpochMs
                  : value > 1'000'000'000   ? value * 1000 - wallEpochMs
                                            : value * unit.count();
    return std::clamp(Time(left), Time(0), Time(25h));
}

} // namespace

void LimiterCore::forget(Time now)
{
    std::erase_if(m_sent, [&](const Sent &s) { return now - s.since >= (s.out ? longestOut : m_interval); });
}

int LimiterCore::used(Time now)
{
    forget(now);
    return static_cast<int>(m_sent.size());
}

int LimiterCore::dailyRemaining(Time now) const
{
    return now < m_dailyUntil ? m_dailyRemaining : -1;
}

int LimiterCore::backgroundShare(Time now) const
{
    double part = m_allowed * (60.0 / 90.0) * m_share;
    const int daily = dailyRemaining(now);
    if (daily >= 0 && m_dailyLimit > 0 && daily < m_dailyLimit / 5)
        part /= 4;
    return std::max(1, static_cast<int>(std::floor(part)));
}

/// Until so many of the counted requests (of the background, or all) have run out that fewer than `need` are left.
LimiterCore::Time LimiterCore::untilSlot(Time now, bool background, int need) const
{
    std::vector<Time> ends;
    for (const auto &s : m_sent) {
        if (background && !s.background)
            continue;
        // One that is still out ends an interval after an answer that may come any moment.
        ends.push_back(s.out ? now + m_interval : s.since + m_interval);
    }
    const auto over = static_cast<int>(ends.size()) - need + 1;
    if (over <= 0)
        return 0ms;
    const auto nth = ends.begin() + (std::min<int>(over, static_cast<int>(ends.size())) - 1);
    std::nth_element(ends.begin(), nth, ends.end());
    return std::max(*nth - now, Time(1));
}

bool LimiterCore::remainingHolds(Time now) const
{
    return m_remaining >= 0 && now - m_remainingAt < m_interval;
}

/// Whether what is kept for a person's clicks may be lent to the outbox: nobody clicks, and nobody else uses up the
/// same budget.
bool LimiterCore::lends(Time now) const
{
    return !(m_lastClick && now - *m_lastClick < personIsAway) && !hasRivals(now);
}

/// What the server's word tells of others, before it becomes ours.
void LimiterCore::lookForRivals(int left, Time now)
{
    // What is counted here covers whatever the server may have counted of us, so more than that is somebody else's.
    if (m_max - left > used(now) + nobodysRequests)
        m_rivalsSeen = now;
    const bool more = left > m_said;
    if (m_said < 0 || left > m_said + m_max / 4 || (more && now >= m_turned + m_interval)) {
        m_turned = now;
    } else if (!more && m_said <= few() && now - m_remainingAt >= longGap && now - m_remainingAt < m_interval) {
        // Where so few are left, who listens has stopped: this is the pace of those who do not.
        const double theirs = std::max(0, m_said - left - m_leftSince) / static_cast<double>((now - m_remainingAt).count());
        m_pace = (m_pace + theirs) / 2;
    }
}

/// Of what the server said, what those who do not listen should have left by now.
int LimiterCore::expected(Time now) const
{
    return m_said - static_cast<int>(m_pace * static_cast<double>((now - m_remainingAt).count()));
}

int LimiterCore::onTheWire(Time now, bool clicksOnly) const
{
    return static_cast<int>(std::count_if(m_sent.begin(), m_sent.end(), [now, clicksOnly](const Sent &s) {
        return s.out && now - s.since < onTheWireAtMost && (s.click || !clicksOnly);
    }));
}

/// Until the budget that the server spoke of last is surely a new one: an interval after that answer; where it counts in
/// windows, an interval after the first answer of this one. Its zero is waited for in full.
LimiterCore::Time LimiterCore::untilTurn(Time now) const
{
    const bool window = m_said > 0 && m_turned + m_interval > m_remainingAt;
    return (window ? m_turned : m_remainingAt) + m_interval - now;
}

/// Zero where this one may be on the wire together with what others may have there that we do not know of.
LimiterCore::Time LimiterCore::amongRivals(Priority priority, Time now)
{
    const bool rivals = hasRivals(now);
    const bool blind = m_answered && m_said < 0; // it never says what is left
    if (blind || (!rivals && !m_sent.empty() && now - m_awake >= m_interval))
        return 0ms;
    const bool click = priority == Priority::Click;
    const int out = onTheWire(now, click); // what others leave is the clicks' own
    const Time later = onTheWireAtMost; // or when an answer comes
    if (!remainingHolds(now))
        return out < (rivals && !click ? probesAtOnce : firstAtOnce) ? 0ms : later;
    const Time turn = untilTurn(now);
    const int theirs = static_cast<int>(m_pace * static_cast<double>(std::max(turn, Time(0)).count()));
    const int keep = click ? 0 : std::min(m_max * 15 / 100 + theirs, used(now));
    const int free = std::min(expected(now), click ? m_said : m_remaining) - keep;
    if (free <= 0)
        return turn > 0ms ? turn : out < probesAtOnce ? 0ms : later;
    return out < (click ? free : std::max(1, static_cast<int>(free * m_part))) ? 0ms : later;
}

LimiterCore::Time LimiterCore::wait(Priority priority, Time now)
{
    forget(now);
    grow(now);
    if (now < m_pausedUntil)
        return m_pausedUntil - now;
    // One request is always let through when nothing is out and nothing counts: a limit of 1 must not stop everything.
    const int reserve = priority == Priority::Click ? 0 : static_cast<int>(std::floor(m_allowed * (15.0 / 90.0)));
    Time result = untilSlot(now, false, std::max(1, m_allowed - reserve));
    if (priority == Priority::Outbox && reserve > neverLent && result > 0ms && lends(now)) {
        // Lent only as long as the whole of it is free again within the time in which it runs out at an even pace: a
        // person who comes back finds it after a second and a half at most, and two requests at once.
        const Time soon(m_interval.count() * reserve / m_allowed);
        result = result <= soon ? untilSlot(now, false, m_allowed - neverLent) : result - soon;
    }
    if (isBackground(priority))
        result = std::max(result, untilSlot(now, true, backgroundShare(now)));
    if (remainingHolds(now)) {
        const int last = std::min(5, m_max / 20);
        // Only the server's own zero stops a person; what has left since may be counted in its number already.
        if (m_said == 0 || (m_remaining < last && !isUrgent(priority)) || (m_remaining < few() && isBackground(priority)))
            result = std::max(result, untilTurn(now));
    }
    result = std::max(result, amongRivals(priority, now));
    const int daily = dailyRemaining(now);
    if (daily >= 0 && m_dailyLimit > 0 && daily < m_dailyLimit / 20 && !isUrgent(priority))
        result = std::max(result, std::clamp(m_dailyUntil - now, Time(1s), Time(60s)));
    return result;
}

quint64 LimiterCore::leave(Priority priority, Time now)
{
    if (m_sent.empty())
        m_awake = now;
    m_sent.push_back({m_next, isBackground(priority), priority == Priority::Click, true, now});
    if (priority == Priority::Click)
        m_lastClick = now;
    ++m_leftSince;
    if (m_remaining > 0)
        --m_remaining;
    if (m_dailyRemaining > 0)
        --m_dailyRemaining;
    return m_next++;
}

void LimiterCore::back(quint64 ticket, Time now)
{
    m_answered = true;
    for (auto &s : m_sent) {
        if (s.ticket == ticket && s.out) {
            s.out = false;
            s.since = now;
        }
    }
}

void LimiterCore::setLimit(int max, Time interval)
{
    m_max = max;
    m_allowed = std::max(1, static_cast<int>(std::floor(max * 0.9)));
    m_interval = interval;
}

void LimiterCore::learn(const Headers &headers, Time now, qint64 wallEpochMs)
{
    const auto max = number(headers, "x-ratelimit-max");
    const auto perMinute = number(headers, "x-rate-limit-limit");
    const auto plausible = [](std::optional<qint64> n) { return n && *n > 0 && *n <= 1'000'000; };
    auto remaining = number(headers, "x-ratelimit-remaining");
    if (plausible(max)) {
        const auto ms = number(headers, "x-ratelimit-interval-milliseconds").value_or(10'000);
        setLimit(static_cast<int>(*max), ms >= 100 && ms <= 600'000 ? Time(ms) : Time(10s));
    } else if (plausible(perMinute)) {
        setLimit(static_cast<int>(*perMinute), 60s);
        remaining = number(headers, "x-rate-limit-remaining");
    }
    if (remaining && *remaining <= m_max) {
        const int left = static_cast<int>(*remaining);
        lookForRivals(left, now);
        if (left > 0 && now >= m_pausedUntil)
            m_refusals = 0; // the next one is the first in a row
        m_remaining = m_said = left;
        m_remainingAt = now;
        m_leftSince = 0;
    }
    const auto dailyLimit = number(headers, "x-ratelimit-limit-daily");
    const auto dailyRemaining = number(headers, "x-ratelimit-daily-remaining");
    if (dailyLimit && *dailyLimit > 0 && *dailyLimit < 1'000'000'000)
        m_dailyLimit = static_cast<int>(*dailyLimit);
    if (dailyRemaining && m_dailyLimit > 0 && *dailyRemaining <= m_dailyLimit) {
        m_dailyRemaining = static_cast<int>(*dailyRemaining);
        const auto reset = number(headers, "x-ratelimit-daily-reset");
        m_dailyUntil = now + (reset && *reset > 0 ? untilReset(*reset, wallEpochMs, 1ms) : dailyBelief);
    }
}

void LimiterCore::tooMany(std::optional<Time> retryAfter, Time now)
{
    // Answers to requests that left together are one refusal.
    const bool sameBurst = now < m_pausedUntil;
    if (!sameBurst) {
        if (now - m_lastRefusal > 2min)
            m_refusals = 0;
        ++m_refusals;
        m_share = std::max(m_share / 2, smallestShare);
        m_part = std::max(m_part / 2, smallestPart);
        m_lastGrowth = now;
    }
    m_lastRefusal = now;
    Time pause;
    if (retryAfter) {
        pause = std::clamp(*retryAfter, shortestPause, longestPause);
    } else if (sameBurst) {
        return;
    } else {
        const Time grown = m_interval * (1 << std::min(m_refusals - 1, 10));
        const double jitter = std::uniform_real_distribution<double>(1.0, 1.25)(m_random);
        pause = std::min(Time(static_cast<qint64>(static_cast<double>(grown.count()) * jitter)),
                         std::max(longestBackoff, m_interval));
    }
    m_pausedUntil = std::max(m_pausedUntil, now + pause);
}

void LimiterCore::grow(Time now)
{
    m_lastGrowth = std::max(m_lastGrowth, now - 1h);
    while (now - m_lastGrowth >= m_interval && now >= m_pausedUntil) {
        m_share = std::min(1.0, m_share + 1.0 / 16);
        m_part = std::min(largestPart, m_part + partGrowth);
        m_pace *= 0.97;
        m_lastGrowth += m_interval;
    }
}

std::optional<LimiterCore::Time> LimiterCore::pausedUntil(Time now) const
{
    return now < m_pausedUntil ? std::optional(m_pausedUntil) : std::nullopt;
}

} // namespace outrigger::api
