// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/jobs.h"

#include <QAbstractEventDispatcher>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

/// Time, chance and the order of things, in one hand. Everything in the process that asks for the time or for a random
/// number gets it from here, so a history that ran once runs again in the same way, and hours cost nothing.
namespace outrigger::prove {

/// SplitMix64: small, and the same everywhere.
class Dice
{
public:
    explicit Dice(std::uint64_t seed = 0) : m_state(seed) {}
    std::uint64_t roll()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    int below(int bound) { return bound > 0 ? static_cast<int>(roll() % static_cast<std::uint64_t>(bound)) : 0; }
    bool oneIn(int n) { return below(n) == 0; }

private:
    std::uint64_t m_state;
};

/// Begins a new life of the clocks at this wall time, with this seed for whatever asks the system for chance.
void restartTime(std::int64_t wallMilliseconds, std::uint64_t seed);
/// Milliseconds since restartTime(), by the clock that does not jump.
std::int64_t elapsed();
/// Both clocks move.
void moveTime(std::int64_t milliseconds);
/// Only the wall moves: somebody set it, or the computer slept.
void shiftWall(std::int64_t milliseconds);
/// The real monotonic clock, for measuring and for ends.
std::chrono::milliseconds realNow();

/// The event loop of the process: posted events, then one job of a database or one timer. When nothing is left to be
/// done, time goes on to the next timer at once. Sockets do not exist. It also runs the databases' jobs, so that a crash
/// can come before or after any of them.
class Order final : public QAbstractEventDispatcher, public store::JobRunner
{
public:
    Order();
    ~Order() override;

    void begin(std::uint64_t seed);
    /// Runs until the condition holds; false when nothing is left that could make it hold, when `milliseconds` of the
    /// process's own time are over, or when the crash has come.
    bool runUntil(const std::function<bool()> &done, std::int64_t milliseconds);
    /// The process is to die after this many steps of databases and wires; 0: not.
    void crashAfter(int steps);
    bool crashed() const { return m_crashed; }
    void clearCrash();
    /// A step that leaves a trace outside: counts towards the crash. False when it must not be done any more.
    bool step();
    /// Another thread has got something to do (a large answer, which is read in the pool) and will wake this one.
    void expectOthers() { m_others = true; }
    std::uint64_t trace() const { return m_trace; }
    void note(std::uint64_t what) { m_trace = (m_trace ^ what) * 0x100000001b3ULL; }
    std::uint64_t steps() const { return m_steps; }

    // JobRunner
    void enqueue(const void *database, std::function<void()> job) override;
    void drop(const void *database) override;

    // QAbstractEventDispatcher
    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *) override {}
    void unregisterSocketNotifier(QSocketNotifier *) override {}
    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;
    void wakeUp() override;
    void interrupt() override {}

private:
    struct Timer {
        QObject *object = nullptr;
        std::int64_t interval = 0;
        std::int64_t due = 0;
        std::uint64_t order = 0;
        Qt::TimerType type = Qt::CoarseTimer;
    };
    struct Queue {
        const void *database;
        std::deque<std::function<void()>> jobs;
    };
    bool runJob();
    bool fireTimer(std::int64_t within);
    bool waitForOthers();

    std::map<int, Timer> m_timers;
    std::set<std::pair<std::pair<std::int64_t, std::uint64_t>, int>> m_due;
    std::vector<Queue> m_queues;
    Dice m_dice;
    std::uint64_t m_order = 0;
    std::uint64_t m_trace = 0;
    std::uint64_t m_steps = 0;
    int m_crashIn = 0;
    bool m_crashed = false;
    bool m_stuck = false;
    bool m_others = false;
    std::atomic<bool> m_posted{false}; ///< Qt calls wakeUp() with every event that it posts
    std::int64_t m_end = 0;
};

} // namespace outrigger::prove
