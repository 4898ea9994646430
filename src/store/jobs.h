// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace outrigger::store {

/// Runs the jobs of every database in place of their threads. Only proofs use it: they decide which job is next, and
/// after which one the program dies. The product never sets it.
class JobRunner
{
public:
    virtual ~JobRunner() = default;
    /// `database` names the queue; jobs of one queue keep their order.
    virtual void enqueue(const void *database, std::function<void()> job) = 0;
    /// The database is going: what still waits is not run.
    virtual void drop(const void *database) = 0;

    /// Null in the product. Set it before the first database is made, on the thread that makes it.
    static JobRunner *instead;
};

} // namespace outrigger::store
