// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>

namespace outrigger {

/// Where the time comes from. Wall time for what people see, steady time for intervals: the wall may jump.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual QDateTime now() const = 0;                      ///< UTC
    virtual std::chrono::milliseconds steady() const = 0;   ///< monotonic, does not count suspended time
    static const Clock &system();
};

/// A clock that a test moves by hand.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(QDateTime start = QDateTime::fromSecsSinceEpoch(1'780'000'000, Qt::UTC)) : m_now(std::move(start)) {}
    QDateTime now() const override { return m_now; }
    std::chrono::milliseconds steady() const override { return m_steady; }
    void advance(std::chrono::milliseconds by)
    {
        m_now = m_now.addMSecs(by.count());
        m_steady += by;
    }
    /// Moves only the wall, as a person or NTP does.
    void setWall(QDateTime now) { m_now = std::move(now); }

private:
    QDateTime m_now;
    std::chrono::milliseconds m_steady{1'000'000};
};

} // namespace outrigger
