// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <memory>
#include <type_traits>

namespace outrigger {

/// Runs `job` on a thread of the pool; its value arrives on the application's thread, where this must be called.
/// Destroying the task leaves the work to end unheard, so `job` owns (by value) all that it touches. Copyable jobs only.
template <class Job>
Task<std::invoke_result_t<Job &>> aside(Job job)
{
    using Value = std::invoke_result_t<Job &>;
    Deferred<Value> done;
    QThreadPool::globalInstance()->start([here = QCoreApplication::instance(), job = std::move(job), resolve = done.resolver()]() mutable {
        auto value = std::make_shared<Value>(job());
        QMetaObject::invokeMethod(here, [resolve, value] { resolve(std::move(*value)); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

/// The whole of it or nothing: what stood there stays until the new bytes are on the disk. Blocks: for aside().
bool writeWhole(const QString &file, const QByteArray &bytes);

} // namespace outrigger
