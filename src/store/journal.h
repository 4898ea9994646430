// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/statement.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QVector>

namespace outrigger::store {

/// The outbox's second memory: an append-only text file, one line for each change: CRC-32 of what follows in eight hex
/// digits, a blank, one JSON object. Kinds of line ("q" counts them all):
///   {"q":7,"at":…,"id":…,"rev":1,"r":{the whole record}}        a new record, or one of a fresh copy
///   {"q":8,"at":…,"id":…,"rev":2,"c":{changed members}}          a change; null: the member went away
///   {"q":9,"at":…,"id":…,"del":true}                            a record that was removed on purpose
///   {"q":10,"at":…,"account":{…}} and {"q":11,"at":…,"noAccount":id}
///   {"q":12,"at":…,"undo":11}                                   line 11 was written, but its commit failed
/// Used on the thread of the ledger's database.
class Journal
{
public:
    explicit Journal(const QString &file) : m_file(file) {}
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    struct Stored {
        QJsonObject data;
        qint64 revision = 0;
        bool gap = false; ///< a line in between is missing: a member may be older than it should
        bool whole = false; ///< a line with the whole record was there
    };
    struct Contents {
        QHash<QString, Stored> records;
        QSet<QString> deleted;
        QVector<QString> order; ///< ids as they first appeared
        QVector<QJsonObject> accounts;
        struct Line {
            qint64 at;
            QString record;
            QString state;
            QString note;
        };
        QVector<Line> history;
        /// A line whose commit failed.
        struct Undone {
            qint64 number;
            qint64 first; ///< of its append: those of one append became true together, or not at all
            QString record;
            bool made; ///< it would have made the record
        };
        QVector<Undone> undone;
        qint64 last = 0;     ///< number of the last good line
        int unreadable = 0;  ///< lines that cannot be read, a torn last one included
        bool exists = false;
        qint64 bytes = 0;
    };
    /// Reads what can be read; never fails.
    static Contents read(const QString &file);

    /// Opens for appending; the next line gets number `last` + 1.
    Status open(qint64 last);
    /// Writes the lines and returns when they are on the disk. On an error the file is as before.
    Status append(QVector<QJsonObject> lines);
    /// Tells a later replay that the last append() did not become true; at the latest with the next append().
    void undoLast();
    /// Number of the last line after an append() of so many lines.
    qint64 lastAfter(qsizetype lines) const { return m_last + lines + (m_owedUndo ? 1 : 0); }
    /// Replaces the file by these lines: written beside, synced, renamed.
    Status rewrite(const QVector<QJsonObject> &lines);
    qint64 size() const { return m_size; }
    qint64 last() const { return m_last; }
    void setFaults(std::shared_ptr<Faults> faults) { m_faults = std::move(faults); }

private:
    static QByteArray encoded(QJsonObject line, qint64 number);
    Status write(const QByteArray &bytes);
    Error errorNow(int code) const;

    QString m_file;
    int m_handle = -1;
    qint64 m_size = 0;
    qint64 m_last = 0;
    qint64 m_firstOfAppend = 0;
    qint64 m_owedUndo = 0; ///< an undo line that could not be written yet
    std::shared_ptr<Faults> m_faults;
};

} // namespace outrigger::store
