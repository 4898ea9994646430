// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/statement.h"

#include <QByteArray>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

struct sqlite3;

namespace outrigger::store {

/// A connection that lives on its Database's thread. Statements are prepared once and kept.
class Connection
{
public:
    explicit Connection(QSqlDatabase database);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// A prepared, forward-only statement, reset and ready to bind. `sql` must be a literal or otherwise bounded in
    /// number; every value is bound, never pasted.
    QSqlQuery &prepared(const QString &sql);
    /// Binds the values in order and executes. The query stays valid until the next use of the same sql.
    Result<QSqlQuery *> exec(const QString &sql, const QVariantList &values = {});
    /// First column of the first row; an invalid QVariant when there is no row.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});
    int changes(); ///< rows changed by the last statement
    qint64 lastKey(); ///< key of the row inserted last
    Error lastError(const QSqlQuery &query) const;
    QSqlDatabase &database() { return m_database; }

    /// The statement of this text, kept and ready for its first value. The store's own way to the file.
    Statement &statement(const char *sql);
    /// The texts of all statements that are kept.
    QList<QByteArray> kept() const { return m_own.keys(); }
    /// Executes a script of several statements, triggers included.
    Status script(const QString &sql);
    /// What an SQLite result code means to us. Storage, StorageFull; code: corrupt, full, busy, constraint, io, readonly.
    Error errorOf(int code, const QString &text) const;
    /// Whether a transaction is open. SQLite ends one by itself after some errors.
    bool inTransaction();
    /// The C handle; null when Qt's SQLite is not ours.
    sqlite3 *handle() const { return m_handle; }
    /// Called with each error's SQLite code, for ballast and for the mark that asks for a check at the next start.
    void setErrorWatch(std::function<void(int)> watch) { m_errorWatch = std::move(watch); }
    void setFaults(std::shared_ptr<Faults> faults) { m_faults = std::move(faults); }
    /// Tests only: work as if Qt's SQLite were not ours. For connections made from then on.
    static std::atomic<bool> qtSqlOnly;
    /// The error of a test, when it is due. Null in the product.
    std::optional<Error> fault();

private:
    QSqlDatabase m_database;
    sqlite3 *m_handle = nullptr;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements;
    QHash<QByteArray, std::shared_ptr<Statement>> m_own;
    std::function<void(int)> m_errorWatch;
    std::shared_ptr<Faults> m_faults;
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
    void rollBack();

private:
    Connection &m_connection;
    Status m_begun;
    bool m_open = false;
};

} // namespace outrigger::store
