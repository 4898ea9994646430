// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace outrigger {

namespace detail {
template <class T>
struct DeferredState {
    std::optional<T> value;
    std::coroutine_handle<> waiter;
};
} // namespace detail

/// Gives a Deferred its value. Copyable; the first call counts, later ones and calls after the Deferred has died do
/// nothing. Call it on the thread of the coroutine (use QMetaObject::invokeMethod from elsewhere). The coroutine is
/// resumed inside the call, so call it last.
template <class T>
class Resolver
{
public:
    explicit Resolver(std::shared_ptr<detail::DeferredState<T>> state) : m_state(std::move(state)) {}
    void operator()(T value) const
    {
        auto state = m_state; // the coroutine may destroy whatever holds this object
        if (state->value)
            return;
        state->value.emplace(std::move(value));
        if (auto waiter = std::exchange(state->waiter, {}))
            waiter.resume();
    }

private:
    std::shared_ptr<detail::DeferredState<T>> m_state;
};

/// A value that arrives later, once. Awaited by one coroutine, as a named local: `Deferred<int> d; ... co_await d;`
template <class T>
class Deferred
{
public:
    Deferred() : m_state(std::make_shared<detail::DeferredState<T>>()) {}
    Deferred(Deferred &&) noexcept = default;
    Deferred &operator=(Deferred &&) = delete;
    Deferred(const Deferred &) = delete;
    ~Deferred()
    {
        if (m_state)
            m_state->waiter = {};
    }
    Resolver<T> resolver() const { return Resolver<T>(m_state); }

    bool await_ready() const noexcept { return m_state->value.has_value(); }
    void await_suspend(std::coroutine_handle<> handle) noexcept { m_state->waiter = handle; }
    T await_resume() { return std::move(*m_state->value); }

private:
    std::shared_ptr<detail::DeferredState<T>> m_state;
};

/// Awaits a Qt signal once, ignoring its arguments. A named local. The coroutine resumes from the event loop.
template <class Sender, class Signal>
class OnSignal
{
public:
    OnSignal(Sender *sender, Signal signal) : m_sender(sender), m_signal(signal) {}
    OnSignal(const OnSignal &) = delete;
    OnSignal &operator=(const OnSignal &) = delete;
    ~OnSignal() { QObject::disconnect(m_connection); }

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle)
    {
        m_connection = QObject::connect(
            m_sender, m_signal, m_sender, [handle] { handle.resume(); },
            static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    }
    void await_resume() { QObject::disconnect(m_connection); }

private:
    Sender *m_sender;
    Signal m_signal;
    QMetaObject::Connection m_connection;
};

/// Awaits an interval. A named local: `Delay pause(5s); co_await pause;`
class Delay
{
public:
    explicit Delay(std::chrono::milliseconds interval, Qt::TimerType type = Qt::CoarseTimer)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(type);
        m_timer.setInterval(interval);
    }
    Delay(const Delay &) = delete;
    Delay &operator=(const Delay &) = delete;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle)
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [handle] { handle.resume(); }, Qt::QueuedConnection);
        m_timer.start();
    }
    void await_resume() const noexcept {}

private:
    QTimer m_timer;
};

/// A condition that many coroutines may wait for: wake() resumes all that wait now.
class Bell
{
public:
    Bell() = default;
    Bell(const Bell &) = delete;
    Bell &operator=(const Bell &) = delete;

    /// Resumes, one after the other, everyone who waits at this moment.
    void ring()
    {
        auto waiting = std::exchange(m_waiting, {});
        for (auto &resolve : waiting)
            resolve(true);
    }
    /// What to await: `auto rung = bell.next(); co_await rung;`
    Deferred<bool> next()
    {
        Deferred<bool> deferred;
        m_waiting.push_back(deferred.resolver());
        return deferred;
    }

private:
    std::vector<Resolver<bool>> m_waiting;
};

/// Runs one piece of work at a time and gives its result to everyone who asked meanwhile. The work belongs to this
/// object, so a caller that goes away does not stop it.
template <class T>
class SingleFlight
{
public:
    using Start = std::function<Task<T>()>;
    Task<T> join(Start start)
    {
        Deferred<T> mine;
        m_waiting.push_back(mine.resolver());
        if (!m_running) {
            m_running = true;
            m_flights.start(fly(this, std::move(start)));
        }
        co_return co_await mine;
    }
    bool running() const { return m_running; }

private:
    static Task<void> fly(SingleFlight *self, Start start)
    {
        auto work = start();
        T result = co_await work;
        self->m_running = false;
        auto waiting = std::exchange(self->m_waiting, {});
        for (auto &resolve : waiting)
            resolve(result);
    }
    bool m_running = false;
    std::vector<Resolver<T>> m_waiting;
    TaskScope m_flights; // a flight that is handing out its result still runs while the next one starts
};

} // namespace outrigger
