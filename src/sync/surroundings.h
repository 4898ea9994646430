// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

#include <QObject>
#include <QTimer>

namespace outrigger::sync {

/// Notices what happens to the computer around us: sleep and waking up, and changes of the network interfaces where the
/// system can tell.
class Surroundings : public QObject
{
    Q_OBJECT
public:
    explicit Surroundings(const Clock &clock = Clock::system(), QObject *parent = nullptr);
    /// Compares the clocks now; the timer calls it every few seconds, tests by hand.
    void look();

Q_SIGNALS:
    /// The wall clock went further than the steady one: the computer slept (or somebody set the clock).
    void wokeUp(std::chrono::milliseconds slept);
    void networkChanged();

private:
    void watchNetwork();
    const Clock &m_clock;
    QDateTime m_wall;
    std::chrono::milliseconds m_steady{0};
    QTimer m_timer;
};

} // namespace outrigger::sync
