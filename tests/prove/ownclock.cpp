// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/ownclock.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QRandomGenerator>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>

#include <pthread.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

namespace outrigger::prove {

namespace {

// Written by the main thread, read by all; set before main() by nothing, so the real time is the default.
std::atomic<bool> ours{false};
std::atomic<std::int64_t> wallBase{0};
std::atomic<std::int64_t> steady{0};
constexpr std::int64_t steadyBase = 1'000'000; // ms; some code takes 0 for "never"
Dice systemDice;
pid_t mainThread = 0;

std::mutex otherMutex;
std::condition_variable otherCame;
std::uint64_t otherWakes = 0;

void fillReal(clockid_t clock, timespec *to)
{
    syscall(SYS_clock_gettime, clock, to);
}

} // namespace

void restartTime(std::int64_t wallMilliseconds, std::uint64_t seed)
{
    mainThread = static_cast<pid_t>(syscall(SYS_gettid));
    wallBase = wallMilliseconds;
    steady = 0;
    systemDice = Dice(seed);
    ours = true;
}

std::int64_t elapsed() { return steady; }
void moveTime(std::int64_t milliseconds) { steady += milliseconds; }
void shiftWall(std::int64_t milliseconds) { wallBase += milliseconds; }

std::chrono::milliseconds realNow()
{
    timespec now{};
    fillReal(CLOCK_MONOTONIC, &now);
    return std::chrono::milliseconds(now.tv_sec * 1000 + now.tv_nsec / 1'000'000);
}

/// What the three functions below answer; false when the real time is asked for.
bool ownTime(clockid_t clock, timespec *to)
{
    if (!ours)
        return false;
    std::int64_t ms = 0;
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        ms = wallBase + steady;
    else if (clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_BOOTTIME)
        ms = steadyBase + steady;
    else
        return false;
    to->tv_sec = ms / 1000;
    to->tv_nsec = (ms % 1000) * 1'000'000;
    return true;
}

bool ownChance(std::uint64_t *word)
{
    if (!ours || syscall(SYS_gettid) != mainThread)
        return false;
    *word = systemDice.roll();
    return true;
}

// --- Order ------------------------------------------------------------------------------------------------------------

Order::Order() = default;
Order::~Order() = default;

void Order::begin(std::uint64_t seed)
{
    m_dice = Dice(seed);
    m_queues.clear();
    m_trace = 0xcbf29ce484222325ULL;
    m_steps = 0;
    clearCrash();
}

void Order::crashAfter(int steps)
{
    if (!m_crashed)
        m_crashIn = steps;
}

void Order::clearCrash()
{
    m_crashIn = 0;
    m_crashed = false;
}

bool Order::step()
{
    ++m_steps;
    if (m_crashed)
        return false;
    if (m_crashIn > 0 && --m_crashIn == 0)
        m_crashed = true;
    return !m_crashed;
}

void Order::enqueue(const void *database, std::function<void()> job)
{
    for (Queue &queue : m_queues) {
        if (queue.database == database) {
            queue.jobs.push_back(std::move(job));
            return;
        }
    }
    m_queues.push_back({database, {}});
    m_queues.back().jobs.push_back(std::move(job));
}

void Order::drop(const void *database)
{
    std::erase_if(m_queues, [database](const Queue &queue) { return queue.database == database; });
}

bool Order::runJob()
{
    std::vector<std::size_t> waiting;
    for (std::size_t i = 0; i < m_queues.size(); ++i) {
        if (!m_queues[i].jobs.empty())
            waiting.push_back(i);
    }
    if (waiting.empty())
        return false;
    Queue &queue = m_queues[waiting[static_cast<std::size_t>(m_dice.below(static_cast<int>(waiting.size())))]];
    if (!step())
        return true; // died before it
    const auto job = std::move(queue.jobs.front());
    queue.jobs.pop_front();
    job();
    step(); // or after it, before anybody heard of it
    return true;
}

bool Order::fireTimer(std::int64_t within)
{
    if (m_due.empty() || m_due.begin()->first.first > elapsed() + within)
        return false;
    const int id = m_due.begin()->second;
    Timer &timer = m_timers.at(id);
    if (timer.due > elapsed())
        moveTime(timer.due - elapsed());
    m_due.erase(m_due.begin());
    timer.due = elapsed() + std::max<std::int64_t>(timer.interval, 1);
    timer.order = ++m_order;
    m_due.insert({{timer.due, timer.order}, id});
    QTimerEvent event(id);
    QCoreApplication::sendEvent(timer.object, &event);
    return true;
}

/// Something may be under way in another thread (a large answer that is read in the pool).
bool Order::waitForOthers()
{
    if (!std::exchange(m_others, false))
        return false;
    std::unique_lock lock(otherMutex);
    const auto before = otherWakes;
    // By the machine's own time: wait_for() would ask ours, and wait until the machine has been up for as long as we have lived.
    timespec until{};
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &until);
    until.tv_nsec += 200'000'000;
    until.tv_sec += until.tv_nsec / 1'000'000'000;
    until.tv_nsec %= 1'000'000'000;
    while (otherWakes == before) {
        if (pthread_cond_clockwait(otherCame.native_handle(), otherMutex.native_handle(), CLOCK_MONOTONIC, &until) != 0)
            return false;
    }
    return true;
}

bool Order::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    if (m_posted.exchange(false)) {
        QCoreApplication::sendPostedEvents();
        return true;
    }
    if (!flags.testFlag(QEventLoop::WaitForMoreEvents) || m_crashed)
        return false;
    if (waitForOthers())
        return true;
    // Now and then the disk is slow and something else comes first.
    if (m_dice.oneIn(8) && fireTimer(30))
        return true;
    if (runJob() || fireTimer(m_end - elapsed()))
        return true;
    m_stuck = true;
    return false;
}

bool Order::runUntil(const std::function<bool()> &done, std::int64_t milliseconds)
{
    m_end = elapsed() + milliseconds;
    m_stuck = false;
    QEventLoop loop; // for its level: what is deleted later is deleted in it
    while (!done()) {
        if (m_crashed || m_stuck || elapsed() > m_end)
            return false;
        if (m_due.empty() || m_due.begin()->first.first > m_end) {
            const bool idle = std::all_of(m_queues.cbegin(), m_queues.cend(), [](const Queue &queue) { return queue.jobs.empty(); });
            if (idle && !m_posted && !m_others) {
                moveTime(m_end - elapsed());
                return done();
            }
        }
        loop.processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

void Order::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    Timer timer{object, interval, elapsed() + interval, ++m_order, type};
    m_due.insert({{timer.due, timer.order}, id});
    m_timers.insert_or_assign(id, timer);
}

bool Order::unregisterTimer(int id)
{
    const auto timer = m_timers.find(id);
    if (timer == m_timers.end())
        return false;
    m_due.erase({{timer->second.due, timer->second.order}, id});
    m_timers.erase(timer);
    return true;
}

bool Order::unregisterTimers(QObject *object)
{
    std::vector<int> ids;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            ids.push_back(id);
    }
    for (const int id : ids)
        unregisterTimer(id);
    return !ids.empty();
}

QList<QAbstractEventDispatcher::TimerInfo> Order::registeredTimers(QObject *object) const
{
    QList<TimerInfo> list;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            list.append(TimerInfo(id, static_cast<int>(timer.interval), timer.type));
    }
    return list;
}

int Order::remainingTime(int id)
{
    const auto timer = m_timers.find(id);
    return timer == m_timers.end() ? -1 : static_cast<int>(std::max<std::int64_t>(0, timer->second.due - elapsed()));
}

void Order::wakeUp()
{
    m_posted = true;
    if (QThread::currentThread() == thread())
        return;
    const std::lock_guard lock(otherMutex);
    ++otherWakes;
    otherCame.notify_all();
}

} // namespace outrigger::prove

// --- in place of the system's ---------------------------------------------------------------------------------------
// The executable's symbols come before those of every library, so Qt, SQLite and libstdc++ ask here too.

extern "C" {

int clock_gettime(clockid_t clock, struct timespec *to) noexcept
{
    if (outrigger::prove::ownTime(clock, to))
        return 0;
    return static_cast<int>(syscall(SYS_clock_gettime, clock, to));
}

int gettimeofday(struct timeval *to, void *) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    to->tv_sec = now.tv_sec;
    to->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *to) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (to)
        *to = now.tv_sec;
    return now.tv_sec;
}
}

/// The one function through which all of Qt's random numbers come.
quint64 QRandomGenerator::_fillRange(void *buffer, qptrdiff count)
{
    const auto word = [] {
        std::uint64_t drawn = 0;
        if (!outrigger::prove::ownChance(&drawn)) {
            static std::atomic<std::uint64_t> other{0x2545f4914f6cdd1dULL};
            drawn = outrigger::prove::Dice(other.fetch_add(0x9e3779b97f4a7c15ULL)).roll();
        }
        return drawn;
    };
    if (!buffer)
        return word();
    auto *to = static_cast<quint32 *>(buffer);
    for (qptrdiff i = 0; i < count; ++i)
        to[i] = static_cast<quint32>(word());
    return 0;
}
