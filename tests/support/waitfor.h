// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"

#include <QTest>

namespace outrigger::test {

/// Spins the test's event loop until the task has ended or the time is over.
template <class T>
bool ended(const Task<T> &task, int milliseconds = 10'000)
{
    return QTest::qWaitFor([&task] { return task.done(); }, milliseconds);
}

/// The result of a task, waited for. Ends the test program when it never comes: the tests after it would mean nothing.
template <class T>
T await(Task<T> task, int milliseconds = 20'000)
{
    if (!ended(task, milliseconds))
        qFatal("A task did not end in time.");
    if constexpr (!std::is_void_v<T>)
        return task.take();
}

} // namespace outrigger::test
