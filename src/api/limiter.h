// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"
#include "core/clock.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace outrigger::api {

/// Who asks. Earlier ones go first.
enum class Priority { Click, Outbox, Reconcile, Visible, Background, Prefetch };

/// One location's request budget: a sliding log of the requests of the last interval. Starts at 90 per 10 s, takes the
/// numbers of either header family as they come (x-ratelimit-max/-remaining/-interval-milliseconds and the daily ones;
/// X-Rate-Limit-Limit/-Remaining/-Reset means per minute). Background gets at most 60 of 90 and 15 stay for clicks.
/// A 429 pauses everything for Retry-After (1 s to 1 h), else one interval with jitter, doubling to 60 s.
class Limiter : public QObject
{
    Q_OBJECT
public:
    explicit Limiter(const Clock &clock = Clock::system(), QObject *parent = nullptr);
    ~Limiter() override;

    /// Waits until a request of this priority may leave, and counts it. The ticket is for left().
    Task<quint64> admit(Priority priority);
    /// The answer has come, or the request has died. Until then it counts; from then on for one more interval, because
    /// only the answer's arrival bounds the moment at which the server counted it.
    void left(quint64 ticket);
    /// Learns from an answer's headers (names in any case).
    void learn(const QList<std::pair<QByteArray, QByteArray>> &headers);
    void tooMany(std::optional<std::chrono::milliseconds> retryAfter);
    /// Nothing leaves before this; invalid when nothing is paused.
    QDateTime pausedUntil() const;
    int allowedPerInterval() const;
    std::chrono::milliseconds interval() const;
    int usedInInterval() const;
    int dailyRemaining() const; ///< -1 unknown
    int dailyLimit() const;     ///< -1 unknown

Q_SIGNALS:
    void pausedChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::api
