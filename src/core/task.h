// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <coroutine>
#include <exception>
#include <list>
#include <optional>
#include <type_traits>
#include <utility>

namespace outrigger {

template <class T>
class Task;

namespace detail {

struct PromiseBase {
    std::coroutine_handle<> waiter;
    bool running = true;

    struct Final {
        bool await_ready() const noexcept { return false; }
        template <class P>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<P> handle) noexcept
        {
            handle.promise().running = false;
            auto next = handle.promise().waiter;
            return next ? next : std::noop_coroutine();
        }
        void await_resume() const noexcept {}
    };
    std::suspend_never initial_suspend() const noexcept { return {}; }
    Final final_suspend() const noexcept { return {}; }
    // Errors are values (Result); an exception that gets here is a defect.
    [[noreturn]] void unhandled_exception() noexcept { std::terminate(); }
};

template <class T>
struct Promise : PromiseBase {
    std::optional<T> value;
    Task<T> get_return_object() noexcept;
    template <class U>
    void return_value(U &&v) { value.emplace(std::forward<U>(v)); }
};

template <>
struct Promise<void> : PromiseBase {
    Task<void> get_return_object() noexcept;
    void return_void() noexcept {}
};

} // namespace detail

/// The one asynchronous idiom: a coroutine that starts at once, runs on the thread that called it, and is owned.
/// Destroying the Task cancels it: its locals are destroyed, so awaiters disconnect and replies are aborted.
///
/// Rules that GCC 12 and this ownership need (tst_layers looks for the first two):
///  - name the task, then await it: `auto call = f(); auto result = co_await call;`
///  - no co_await inside ?: or inside {...}; no lambda coroutine with captures; parameters by value
///  - never destroy a task from inside itself: use deleteLater() on the owner
template <class T = void>
class [[nodiscard]] Task
{
public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    Task() noexcept = default;
    explicit Task(Handle handle) noexcept : m_handle(handle) {}
    Task(Task &&other) noexcept : m_handle(std::exchange(other.m_handle, {})) {}
    Task &operator=(Task &&other) noexcept
    {
        if (this != &other) {
            cancel();
            m_handle = std::exchange(other.m_handle, {});
        }
        return *this;
    }
    ~Task() { cancel(); }

    /// True when the coroutine has returned, or there is none.
    bool done() const { return !m_handle || m_handle.done(); }
    /// Stops the coroutine where it waits. Nothing after that co_await runs.
    void cancel()
    {
        if (auto handle = std::exchange(m_handle, {}))
            handle.destroy();
    }
    /// The value of a finished task; tests use it, product code awaits.
    template <class U = T>
    U take()
    {
        Q_ASSERT(m_handle && m_handle.done());
        return std::move(*m_handle.promise().value);
    }

    struct Awaiter {
        Handle handle;
        bool await_ready() const noexcept { return handle.done(); }
        void await_suspend(std::coroutine_handle<> waiter) noexcept { handle.promise().waiter = waiter; }
        T await_resume()
        {
            if constexpr (!std::is_void_v<T>)
                return std::move(*handle.promise().value);
        }
    };
    Awaiter operator co_await() const & noexcept { return Awaiter{m_handle}; }
    Awaiter operator co_await() && noexcept = delete;

private:
    Handle m_handle;
};

template <class T>
Task<T> detail::Promise<T>::get_return_object() noexcept
{
    return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> detail::Promise<void>::get_return_object() noexcept
{
    return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

/// Holds what an object started and does not wait for. A member of that object: when it dies, all is cancelled.
class TaskScope
{
public:
    void start(Task<void> task)
    {
        sweep();
        if (!task.done())
            m_tasks.push_back(std::move(task));
    }
    std::size_t active()
    {
        sweep();
        return m_tasks.size();
    }
    void cancel() { m_tasks.clear(); }

private:
    void sweep()
    {
        m_tasks.remove_if([](const Task<void> &task) { return task.done(); });
    }
    std::list<Task<void>> m_tasks;
};

} // namespace outrigger
