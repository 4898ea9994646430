// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statement.h"

#include "store/connection.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <sqlite3.h>

namespace outrigger::store {

namespace {

/// Qt Sql counts each "?3" as a parameter of its own: plain marks, and for each value the places where it stands.
QByteArray plainMarks(const QByteArray &sql, std::vector<std::vector<int>> &places)
{
    QByteArray plain;
    int mark = 0;
    std::size_t next = 0;
    for (qsizetype i = 0; i < sql.size(); ++i) {
        plain.append(sql[i]);
        if (sql[i] != '?')
            continue;
        std::size_t number = 0;
        while (i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9')
            number = number * 10 + std::size_t(sql[++i] - '0');
        const std::size_t value = number ? number - 1 : next;
        next = value + 1;
        if (places.size() <= value)
            places.resize(value + 1);
        places[value].push_back(mark++);
    }
    return plain;
}

} // namespace

bool Faults::strike()
{
    const int before = countdown.load();
    if (before <= 0)
        return false;
    if (before > 1) {
        countdown = before - 1;
        return false;
    }
    if (times.fetch_sub(1) <= 1)
        countdown = 0;
    ++struck;
    return true;
}

Statement::Statement(Connection &connection, const QByteArray &sql) : m_connection(connection)
{
    if (sqlite3 *handle = connection.handle()) {
        const int code = sqlite3_prepare_v3(handle, sql.constData(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
        if (code != SQLITE_OK)
            m_prepared = fail(connection.errorOf(code, QString::fromUtf8(sqlite3_errmsg(handle))));
        else
            m_buffers.resize(std::size_t(sqlite3_bind_parameter_count(m_statement)));
        return;
    }
    m_query = std::make_unique<QSqlQuery>(connection.database());
    m_query->setForwardOnly(true);
    if (!m_query->prepare(QString::fromUtf8(plainMarks(sql, m_places))))
        m_prepared = fail(connection.lastError(*m_query));
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement &Statement::start()
{
    done();
    m_next = 0;
    return *this;
}

void Statement::done()
{
    if (m_statement)
        sqlite3_reset(m_statement);
    else if (m_query)
        m_query->finish();
    m_executed = false;
}

void Statement::bindQt(int place, const QVariant &value)
{
    if (!m_query || std::size_t(place) >= m_places.size())
        return;
    for (const int mark : m_places[std::size_t(place)])
        m_query->bindValue(mark, value);
}

Statement &Statement::utf8(const QByteArray &value)
{
    const int place = m_next++;
    if (!m_statement) {
        bindQt(place, value.isNull() ? QVariant() : QVariant(QString::fromUtf8(value)));
        return *this;
    }
    if (value.isNull() || std::size_t(place) >= m_buffers.size()) {
        sqlite3_bind_null(m_statement, place + 1);
        return *this;
    }
    auto &buffer = m_buffers[std::size_t(place)];
    buffer = value;
    sqlite3_bind_text64(m_statement, place + 1, buffer.constData(), sqlite3_uint64(buffer.size()), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement &Statement::text(const QString &value)
{
    // toUtf8 of a null string is a null array, which would be NULL
    return utf8(value.isEmpty() ? QByteArrayLiteral("") : value.toUtf8());
}

Statement &Statement::textOrNull(const QString &value)
{
    return value.isEmpty() ? null() : utf8(value.toUtf8());
}

Statement &Statement::integer(qint64 value)
{
    const int place = m_next++;
    if (m_statement)
        sqlite3_bind_int64(m_statement, place + 1, value);
    else
        bindQt(place, value);
    return *this;
}

Statement &Statement::date(const QDateTime &value)
{
    return value.isValid() ? integer(value.toMSecsSinceEpoch()) : null();
}

Statement &Statement::null()
{
    const int place = m_next++;
    if (m_statement)
        sqlite3_bind_null(m_statement, place + 1);
    else
        bindQt(place, QVariant());
    return *this;
}

Result<bool> Statement::step()
{
    if (!m_prepared)
        return fail(m_prepared.error());
    if (!m_executed) {
        m_executed = true;
        if (auto injected = m_connection.fault())
            return fail(std::move(*injected));
        if (m_query && !m_query->exec())
            return fail(m_connection.lastError(*m_query));
    }
    if (m_query)
        return m_query->next();
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    auto error = m_connection.errorOf(sqlite3_extended_errcode(m_connection.handle()),
                                      QString::fromUtf8(sqlite3_errmsg(m_connection.handle())));
    sqlite3_reset(m_statement);
    return fail(std::move(error));
}

Status Statement::run()
{
    const auto stepped = step();
    done();
    if (!stepped)
        return fail(stepped.error());
    return {};
}

bool Statement::isNull(int column) const
{
    return m_statement ? sqlite3_column_type(m_statement, column) == SQLITE_NULL : m_query->isNull(column);
}

qint64 Statement::integerAt(int column) const
{
    return m_statement ? sqlite3_column_int64(m_statement, column) : m_query->value(column).toLongLong();
}

QString Statement::textAt(int column) const
{
    if (!m_statement)
        return m_query->value(column).toString();
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return bytes ? QString::fromUtf8(bytes, sqlite3_column_bytes(m_statement, column)) : QString();
}

QByteArray Statement::utf8At(int column) const
{
    if (!m_statement)
        return m_query->value(column).toString().toUtf8();
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return bytes ? QByteArray(bytes, sqlite3_column_bytes(m_statement, column)) : QByteArray();
}

QDateTime Statement::dateAt(int column) const
{
    return isNull(column) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(integerAt(column), Qt::UTC);
}

} // namespace outrigger::store
