// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <memory>

namespace outrigger::store {

/// A connection that lives on its Database's thread. Statements are prepared once and kept.
class Connection
{
public:
    explicit Connection(QSqlDatabase database) : m_database(std::move(database)) {}

    /// A prepared, forward-only statement, reset and ready to bind. `sql` must be a literal or otherwise bounded in
    /// number; every value is bound, never pasted.
    QSqlQuery &prepared(const QString &sql);
    /// Binds the values in order and executes. The query stays valid until the next use of the same sql.
    Result<QSqlQuery *> exec(const QString &sql, const QVariantList &values = {});
    /// First column of the first row; an invalid QVariant when there is no row.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});
    int changes(); ///< rows changed by the last statement
    Error lastError(const QSqlQuery &query) const;
    QSqlDatabase &database() { return m_database; }

private:
    QSqlDatabase m_database;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements;
};

/// BEGIN IMMEDIATE; rolls back when it dies uncommitted. After SQLITE_FULL SQLite has already rolled back by itself;
/// this class asks before it rolls back.
class Transaction
{
public:
    explicit Transaction(Connection &connection);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    const Status &begun() const { return m_begun; }
    Status commit();

private:
    Connection &m_connection;
    Status m_begun;
    bool m_open = false;
};

} // namespace outrigger::store
