// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"

namespace outrigger {

/// Happens once and stays so: whoever asks afterwards does not wait. A Bell would be missed by those who come late.
class Latch
{
public:
    Latch() = default;
    Latch(const Latch &) = delete;
    Latch &operator=(const Latch &) = delete;

    bool isOpen() const { return m_open; }
    /// Resumes everyone who waits; further calls do nothing.
    void open()
    {
        m_open = true;
        m_bell.ring();
    }
    /// What to await: `auto opened = latch.opened(); co_await opened;`
    Deferred<bool> opened()
    {
        Deferred<bool> deferred = m_bell.next();
        if (m_open)
            m_bell.ring();
        return deferred;
    }

private:
    bool m_open = false;
    Bell m_bell;
};

namespace detail {
template <class T>
Task<void> bring(Task<T> work, Resolver<std::optional<T>> to)
{
    T result = co_await work;
    to(std::move(result));
}
template <class T>
Task<void> giveUp(std::shared_ptr<Latch> latch, Resolver<std::optional<T>> to)
{
    auto opened = latch->opened();
    co_await opened;
    to(std::nullopt);
}
} // namespace detail

/// The result of `work`, or nullopt as soon as `latch` is open; the work is then cancelled.
template <class T>
Task<std::optional<T>> unlessOpened(Task<T> work, std::shared_ptr<Latch> latch)
{
    Deferred<std::optional<T>> first;
    TaskScope both;
    both.start(detail::bring(std::move(work), first.resolver()));
    both.start(detail::giveUp<T>(latch, first.resolver()));
    std::optional<T> result = co_await first;
    Delay outside(std::chrono::milliseconds(0)); // we are resumed from inside one of the two, which dies with `both`
    co_await outside;
    co_return result;
}

} // namespace outrigger
