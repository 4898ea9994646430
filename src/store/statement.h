// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <atomic>
#include <memory>
#include <vector>

class QSqlQuery;
class QVariant;
struct sqlite3_stmt;

namespace outrigger::store {

class Connection;

/// Makes the n-th statement (or journal write) from now on fail, for tests. Off unless a test gives one.
struct Faults {
    enum class Kind { Full, Io, Busy };
    std::atomic<int> countdown{0}; ///< 1: the next one fails; 0: off
    std::atomic<int> times{1};     ///< how many in a row fail
    std::atomic<Kind> kind{Kind::Io};
    std::atomic<int> struck{0};
    bool strike();
};

/// One prepared statement. Through the C interface where the SQLite that Qt uses is the one that we are linked with
/// (half the time of Qt Sql for inserts, a third for rows by key), through Qt Sql otherwise. Lives on the thread of its
/// connection and is used by one caller at a time: read all rows before the same text is asked for again.
class Statement
{
public:
    Statement(Connection &connection, const QByteArray &sql);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    /// Ready for the first value.
    Statement &start();
    Statement &text(const QString &value);   ///< an empty text is stored as such
    Statement &textOrNull(const QString &value);
    Statement &utf8(const QByteArray &value); ///< valid UTF-8; a null array is NULL
    Statement &integer(qint64 value);
    Statement &date(const QDateTime &value); ///< milliseconds, NULL when invalid
    Statement &null();

    /// The next row; false when there is none. The first step executes.
    Result<bool> step();
    /// Executes a statement whose rows, if any, do not matter, and resets it.
    Status run();
    /// Ends reading before the last row, so that no read transaction stays open.
    void done();

    bool isNull(int column) const;
    qint64 integerAt(int column) const;
    QString textAt(int column) const;
    QByteArray utf8At(int column) const;
    QDateTime dateAt(int column) const;

private:
    void bindQt(int place, const QVariant &value);
    Connection &m_connection;
    sqlite3_stmt *m_statement = nullptr;
    std::unique_ptr<QSqlQuery> m_query;
    std::vector<QByteArray> m_buffers; ///< texts stay alive here while SQLite reads them
    std::vector<std::vector<int>> m_places; ///< through Qt Sql: where each value stands
    Status m_prepared;
    int m_next = 0;
    bool m_executed = false;
};

} // namespace outrigger::store
