// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paintwatch.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QString>
#include <QVector>

#include <sqlite3.h>

namespace bench {

/// The floor of writing contacts: an empty file with the schema of the cache, into which the rows that the cache holds are
/// inserted with nothing but the SQLite C API: one prepared statement a table, transactions of 5,000, same indexes, same
/// full-text entries, same journal mode.
class FloorDb
{
public:
    FloorDb(const QString &cacheFile, const QString &floorFile)
    {
        sqlite3_open_v2(cacheFile.toLocal8Bit().constData(), &m_source, SQLITE_OPEN_READONLY, nullptr);
        sqlite3_open(floorFile.toLocal8Bit().constData(), &m_floor);
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
        forEach("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%_fts_%' AND name NOT LIKE '%_pieces_%' AND name NOT LIKE 'sqlite_%' "
                "ORDER BY CASE type WHEN 'table' THEN 0 ELSE 1 END",
                [this](sqlite3_stmt *row) { run(reinterpret_cast<const char *>(sqlite3_column_text(row, 0))); });
        m_contacts = load("SELECT * FROM contacts ORDER BY key");
        m_extras = load("SELECT * FROM contact_extras");
        m_words = load("SELECT key, name, company, email, tags FROM contacts ORDER BY key");
        m_pieces = load("SELECT key, name, company, email FROM contacts ORDER BY key");
    }
    ~FloorDb()
    {
        sqlite3_close(m_source);
        sqlite3_close(m_floor);
    }
    FloorDb(const FloorDb &) = delete;
    FloorDb &operator=(const FloorDb &) = delete;

    long long rows() const { return m_contacts.rows.size(); }
    double insertAll()
    {
        QElapsedTimer timer;
        timer.start();
        sqlite3_stmt *contacts = prepareInsert("contacts", m_contacts.columns);
        sqlite3_stmt *extras = prepareInsert("contact_extras", m_extras.columns);
        sqlite3_stmt *words = nullptr;
        sqlite3_prepare_v2(m_floor, "INSERT INTO contacts_fts(rowid, name, company, email, tags) VALUES(?,?,?,?,?)", -1, &words, nullptr);
        sqlite3_stmt *pieces = nullptr;
        sqlite3_prepare_v2(m_floor, "INSERT INTO contacts_pieces(rowid, name, company, email) VALUES(?,?,?,?)", -1, &pieces, nullptr);
        run("BEGIN IMMEDIATE");
        for (qsizetype i = 0; i < m_contacts.rows.size(); ++i) {
            insert(contacts, m_contacts.rows.at(i));
            insert(words, m_words.rows.at(i));
            insert(pieces, m_pieces.rows.at(i));
            if (i % 5000 == 4999)
                run("COMMIT; BEGIN IMMEDIATE");
        }
        for (const auto &row : m_extras.rows)
            insert(extras, row);
        run("COMMIT");
        const double elapsed = milliseconds(timer);
        sqlite3_finalize(contacts);
        sqlite3_finalize(extras);
        sqlite3_finalize(words);
        sqlite3_finalize(pieces);
        return elapsed;
    }

private:
    using Row = QVector<sqlite3_value *>;
    struct Table {
        int columns = 0;
        QVector<Row> rows;
    };
    void run(const char *sql) { sqlite3_exec(m_floor, sql, nullptr, nullptr, nullptr); }
    template <class Use>
    void forEach(const char *sql, Use use)
    {
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_source, sql, -1, &statement, nullptr);
        while (statement && sqlite3_step(statement) == SQLITE_ROW)
            use(statement);
        sqlite3_finalize(statement);
    }
    Table load(const char *sql)
    {
        Table table;
        forEach(sql, [&table](sqlite3_stmt *row) {
            table.columns = sqlite3_column_count(row);
            Row values;
            for (int i = 0; i < table.columns; ++i)
                values.append(sqlite3_value_dup(sqlite3_column_value(row, i)));
            table.rows.append(values);
        });
        return table;
    }
    sqlite3_stmt *prepareInsert(const char *table, int columns)
    {
        QByteArray sql = QByteArray("INSERT INTO ") + table + " VALUES(";
        for (int i = 0; i < columns; ++i)
            sql += i ? ",?" : "?";
        sql += ')';
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_floor, sql.constData(), -1, &statement, nullptr);
        return statement;
    }
    static void insert(sqlite3_stmt *statement, const Row &row)
    {
        for (int i = 0; i < row.size(); ++i)
            sqlite3_bind_value(statement, i + 1, row.at(i));
        sqlite3_step(statement);
        sqlite3_reset(statement);
    }
    sqlite3 *m_source = nullptr;
    sqlite3 *m_floor = nullptr;
    Table m_contacts;
    Table m_extras;
    Table m_words, m_pieces;
};

} // namespace bench
