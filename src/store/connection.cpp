// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include <QCoreApplication>
#include <QSqlDriver>
#include <QSqlError>

#include <sqlite3.h>

#include <cstring>

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

/// The C handle behind Qt's driver, when both are the same SQLite.
sqlite3 *sharedHandle(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(u"SELECT sqlite_source_id()"_s) || !query.next())
        return nullptr;
    if (query.value(0).toString() != QString::fromLatin1(sqlite3_sourceid()))
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace

std::atomic<bool> Connection::qtSqlOnly{false};

Connection::Connection(QSqlDatabase database)
    : m_database(std::move(database)),
      m_handle(qtSqlOnly ? nullptr : sharedHandle(m_database))
{
}

Connection::~Connection()
{
    m_own.clear();
    m_statements.clear();
}

QSqlQuery &Connection::prepared(const QString &sql)
{
    auto &query = m_statements[sql];
    if (!query) {
        query = std::make_shared<QSqlQuery>(m_database);
        query->setForwardOnly(true);
        query->prepare(sql);
        return *query;
    }
    query->finish();
    return *query;
}

Result<QSqlQuery *> Connection::exec(const QString &sql, const QVariantList &values)
{
    QSqlQuery &query = prepared(sql);
    if (query.lastError().isValid()) { // it could not even be prepared: the schema may be damaged
        auto error = lastError(query);
        m_statements.remove(sql);
        return fail(std::move(error));
    }
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values.at(i));
    if (auto injected = fault())
        return fail(std::move(*injected));
    if (!query.exec()) {
        auto error = lastError(query);
        m_statements.remove(sql); // its error would be taken for one of preparing
        return fail(std::move(error));
    }
    return &query;
}

Result<QVariant> Connection::value(const QString &sql, const QVariantList &values)
{
    auto query = exec(sql, values);
    if (!query)
        return fail(query.error());
    QVariant first;
    if ((*query)->next())
        first = (*query)->value(0);
    (*query)->finish();
    return first;
}

int Connection::changes()
{
    if (m_handle)
        return sqlite3_changes(m_handle);
    const auto count = value(u"SELECT changes()"_s);
    return count ? count->toInt() : 0;
}

qint64 Connection::lastKey()
{
    if (m_handle)
        return sqlite3_last_insert_rowid(m_handle);
    const auto key = value(u"SELECT last_insert_rowid()"_s);
    return key ? key->toLongLong() : 0;
}

Error Connection::errorOf(int code, const QString &text) const
{
    if (m_errorWatch)
        m_errorWatch(code);
    Error error;
    error.kind = ErrorKind::Storage;
    switch (code & 0xff) {
    case SQLITE_FULL:
        error.kind = ErrorKind::StorageFull;
        error.code = u"full"_s;
        error.message = Words::tr("The disk is full. Nothing was saved; free some space and try again.");
        return error;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: error.code = u"corrupt"_s; break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: error.code = u"busy"_s; break;
    case SQLITE_CONSTRAINT: error.code = u"constraint"_s; break;
    case SQLITE_READONLY: error.code = u"readonly"_s; break;
    case SQLITE_IOERR: error.code = u"io"_s; break;
    default: error.code = u"sqlite"_s; break;
    }
    error.message = Words::tr("The data on this computer could not be read or written (%1).").arg(text);
    return error;
}

Error Connection::lastError(const QSqlQuery &query) const
{
    return errorOf(query.lastError().nativeErrorCode().toInt(), query.lastError().databaseText());
}

Statement &Connection::statement(const char *sql)
{
    auto &own = m_own[QByteArray::fromRawData(sql, qsizetype(std::strlen(sql)))];
    if (!own) {
        // The key above borrows the caller's text: a kept one must own its bytes.
        m_own.remove(QByteArray::fromRawData(sql, qsizetype(std::strlen(sql))));
        const QByteArray kept(sql);
        return m_own.insert(kept, std::make_shared<Statement>(*this, kept)).value()->start();
    }
    return own->start();
}

Status Connection::script(const QString &sql)
{
    // sqlite3_complete knows about triggers and texts; splitting at semicolons would not.
    QByteArray statement;
    const auto lines = sql.split(u'\n');
    for (const QString &line : lines) {
        if (statement.isEmpty() && (line.trimmed().isEmpty() || line.trimmed().startsWith("--"_L1)))
            continue;
        statement += line.toUtf8() + '\n';
        if (!sqlite3_complete(statement.constData()))
            continue;
        QSqlQuery query(m_database);
        if (auto injected = fault())
            return fail(std::move(*injected));
        if (!query.exec(QString::fromUtf8(statement)))
            return fail(lastError(query));
        statement.clear();
    }
    return {};
}

bool Connection::inTransaction()
{
    return m_handle ? sqlite3_get_autocommit(m_handle) == 0 : true;
}

std::optional<Error> Connection::fault()
{
    if (!m_faults || !m_faults->strike())
        return std::nullopt;
    const auto kind = m_faults->kind.load();
    if (kind == Faults::Kind::Full) { // as SQLite does it: the transaction is gone
        QSqlQuery query(m_database);
        if (inTransaction())
            query.exec(u"ROLLBACK"_s);
    }
    return errorOf(kind == Faults::Kind::Full ? SQLITE_FULL : kind == Faults::Kind::Busy ? SQLITE_BUSY : SQLITE_IOERR, u"injected"_s);
}

Transaction::Transaction(Connection &connection) : m_connection(connection)
{
    m_begun = connection.statement("BEGIN IMMEDIATE").run();
    m_open = m_begun.has_value();
}

Transaction::~Transaction()
{
    rollBack();
}

void Transaction::rollBack()
{
    if (!m_open || !m_connection.inTransaction())
        return;
    QSqlQuery query(m_connection.database());
    query.exec(u"ROLLBACK"_s); // not through statement(): a test's fault must not keep the transaction open
    m_open = false;
}

Status Transaction::commit()
{
    if (!m_begun)
        return m_begun;
    const Status committed = m_connection.statement("COMMIT").run();
    if (committed)
        m_open = false;
    return committed;
}

} // namespace outrigger::store
