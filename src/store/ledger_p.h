// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/journal.h"
#include "store/ledger.h"
#include "store/recordjson.h"

#include <atomic>
#include <optional>

namespace outrigger::store {

/// What the ledger's jobs work with. Used on the thread of its database, but for `newer`.
struct Ledger::Private {
    explicit Private(const QString &journalFile) : journal(journalFile) {}
    Journal journal;
    std::shared_ptr<Faults> faults;
    std::atomic<bool> newer{false}; ///< another version's file: nothing is read or written
};

namespace ledger {

struct Row {
    QJsonObject data;
    qint64 revision = 0;
    OutboxRecord record() const { return recordFromJson(data); }
};

Error errorWith(const QString &code, const QString &message);
/// Journal first, then COMMIT: what is committed can always be rebuilt. When the commit fails the journal is told.
Status seal(Connection &connection, Transaction &transaction, Journal &journal, const QVector<QJsonObject> &lines);
/// The whole content as journal lines.
Result<QVector<QJsonObject>> snapshot(Connection &connection);
/// Makes the journal say what the database says, when it does not already.
Status alignJournal(Connection &connection, Journal &journal, const QString &file);

/// Whether a row's content belongs to its columns and its payload to its hash: quick_check does not read texts.
bool isSound(const QJsonObject &data, const QString &id, const QString &state);
Result<std::optional<Row>> rowOf(Connection &connection, const RecordId &id);
Status writeRow(Connection &connection, const QJsonObject &data, qint64 revision, qint64 changedAt);
Status writeHistory(Connection &connection, const QString &record, qint64 at, const QString &state, const QString &note);
Status writeAccount(Connection &connection, const QJsonObject &account);
Status writeSetting(Connection &connection, const QString &key, const QString &value);
Result<QString> readSetting(Connection &connection, const QString &key);

/// Fills an empty database from what is left of a damaged one (may be empty) and the journal.
Result<LedgerReport> restore(Connection &connection, Journal &journal, const QString &damaged, const QString &journalFile);

} // namespace ledger
} // namespace outrigger::store
