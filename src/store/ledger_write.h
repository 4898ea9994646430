// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/ledger_p.h"

namespace outrigger::store {

template <class T>
Task<Result<T>> Ledger::write(std::function<Result<T>(Connection &)> job)
{
    auto first = m_database->run<T>(job);
    auto result = co_await first;
    if (result.has_value() || result.error().kind != ErrorKind::StorageFull)
        co_return result;
    auto again = m_database->run<T>(job);
    auto second = co_await again;
    if (!second.has_value() && result.error().code == QLatin1String("unclear"))
        co_return result; // the second try has not made it any clearer
    co_return second;
}

namespace ledger {
/// Removes the row and its history, and adds the journal line.
Status removeRecord(Connection &connection, const QString &id, QVector<QJsonObject> &lines);
} // namespace ledger

} // namespace outrigger::store
