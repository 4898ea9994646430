// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger_p.h"

#include "core/log.h"

#include <QSet>
#include <QSqlError>
#include <QSqlQuery>

#include <map>

using namespace Qt::StringLiterals;

/// Bringing the outbox back from a damaged file and the journal.
namespace outrigger::store::ledger {

namespace {

struct Found {
    std::map<qint64, std::pair<QJsonObject, qint64>> records; ///< number -> data and revision
    QSet<QString> damaged; ///< ids of rows whose content is not what it was
    bool complete = false; ///< every row of the records table could be read
    QHash<QString, QJsonObject> accounts;
    QVector<QVariantList> marks;
    QVector<QVariantList> drafts;
    QVector<QVariantList> settings;
};

/// All rows that can be read, from both ends: a bad page in the middle hides only what is on it. from: a table, and the
/// index by which it is to be read.
bool readAll(QSqlDatabase &database, const QString &columns, const QString &from, const QString &order, int count,
             const std::function<void(const QVariantList &)> &take)
{
    bool whole = false;
    for (const auto &direction : {u" ASC"_s, u" DESC"_s}) {
        QSqlQuery query(database);
        query.setForwardOnly(true);
        if (!query.exec(u"SELECT %1 FROM %2 ORDER BY %3%4"_s.arg(columns, from, order, direction)))
            continue;
        while (query.next()) {
            QVariantList row;
            for (int i = 0; i < count; ++i)
                row.append(query.value(i));
            take(row);
        }
        whole = !query.lastError().isValid();
        if (whole)
            break;
    }
    return whole;
}

Found readDamaged(const QString &file)
{
    Found found;
    const QString name = u"outrigger-salvage"_s;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(file);
        if (database.open()) {
            found.complete = readAll(database, u"number, revision, data, id, state"_s, u"records NOT INDEXED"_s, u"number"_s, 5, [&](const QVariantList &row) {
                const QJsonObject data = objectFrom(row[2].toString().toUtf8());
                if (isSound(data, row[3].toString(), row[4].toString()))
                    found.records[row[0].toLongLong()] = {data, row[1].toLongLong()};
                else
                    found.damaged.insert(row[3].toString());
            });
            // A damaged page can hide rows without a word; the index of ids lies on other pages.
            QSet<QString> known = found.damaged;
            for (const auto &[number, row] : found.records)
                known.insert(row.first.value("id"_L1).toString());
            const bool listed = readAll(database, u"id"_s, u"records INDEXED BY sqlite_autoindex_records_1"_s, u"id"_s, 1, [&](const QVariantList &row) {
                if (!known.contains(row[0].toString())) {
                    found.damaged.insert(row[0].toString());
                    found.complete = false;
                }
            });
            found.complete = found.complete && listed;
            readAll(database, u"id, data"_s, u"accounts NOT INDEXED"_s, u"id"_s, 2, [&](const QVariantList &row) {
                const QJsonObject data = objectFrom(row[1].toString().toUtf8());
                if (!data.isEmpty())
                    found.accounts.insert(row[0].toString(), data);
            });
            readAll(database, u"location, contact, done_at, snoozed_until, has_draft"_s, u"marks NOT INDEXED"_s, u"location"_s, 5,
                    [&](const QVariantList &row) { found.marks.append(row); });
            readAll(database, u"location, contact, text, caret, changed_at"_s, u"drafts NOT INDEXED"_s, u"location"_s, 5,
                    [&](const QVariantList &row) { found.drafts.append(row); });
            readAll(database, u"name, value"_s, u"settings NOT INDEXED"_s, u"name"_s, 2, [&](const QVariantList &row) {
                if (row[0].toString().startsWith("user."_L1))
                    found.settings.append(row);
            });
            database.close();
        }
    }
    QSqlDatabase::removeDatabase(name);
    return found;
}

/// A message that may go out by itself asks first: what is known of it may be older than what happened.
QJsonObject asking(QJsonObject data)
{
    const QString state = data.value("state"_L1).toString();
    const bool message = data.value("kind"_L1).toString() == outboxKindWord(OutboxKind::SendMessage);
    if (!message || (state != outboxStateWord(OutboxState::Queued) && state != outboxStateWord(OutboxState::Held)))
        return data;
    data.insert("state"_L1, outboxStateWord(OutboxState::Held));
    data.insert("hold"_L1, holdWord(HoldReason::Ask));
    data.remove("dueAt"_L1);
    data.insert("reasonCode"_L1, u"salvaged"_s);
    data.insert("reason"_L1, Ledger::tr("The outbox file was damaged. Look whether this has been sent before you send it."));
    return data;
}

struct Merged {
    QJsonObject data;
    qint64 revision = 0;
};

/// The later of the two, for each record; the journal's when they are equal.
QVector<Merged> merge(const Found &found, const Journal::Contents &journal, LedgerReport &report)
{
    QVector<Merged> merged;
    QSet<QString> done;
    for (const auto &[number, row] : found.records) {
        const QString id = row.first.value("id"_L1).toString();
        if (done.contains(id))
            continue;
        done.insert(id);
        const auto line = journal.records.constFind(id);
        const bool later = line != journal.records.constEnd() && line->whole && line->revision >= row.second && !line->gap;
        Merged one = later ? Merged{line->data, line->revision} : Merged{row.first, row.second};
        if (!later && line != journal.records.constEnd() && line->revision > row.second)
            one = {jsonApplied(row.first, line->data), line->revision};
        merged.append(one);
    }
    for (const QString &id : journal.order) {
        const auto line = journal.records.constFind(id);
        if (done.contains(id) || line == journal.records.constEnd())
            continue;
        done.insert(id);
        if (!line->whole) {
            report.unreadable.append(id);
            continue;
        }
        merged.append({line->data, line->revision});
    }
    for (const QString &id : found.damaged) {
        if (!done.contains(id) && !report.unreadable.contains(id) && !journal.deleted.contains(id))
            report.unreadable.append(id);
    }
    return merged;
}

/// One that damage has made impossible is left out: it must not take the records with it.
Status writeRows(Connection &connection, const char *sql, const QVector<QVariantList> &rows)
{
    for (const QVariantList &row : rows) {
        auto &statement = connection.statement(sql);
        for (const QVariant &value : row) {
            if (value.isNull())
                statement.null();
            else if (value.typeId() == QMetaType::QString)
                statement.text(value.toString());
            else
                statement.integer(value.toLongLong());
        }
        const Status written = statement.run();
        if (!written && written.error().code != "constraint"_L1)
            return written;
        if (!written)
            qCWarning(logStore) << "a row of the damaged outbox is left out:" << written.error().message;
    }
    return {};
}

/// Two records of one lane number, or of one server id, can only come from damage: the second is moved or unbound.
Status writeRecord(Connection &connection, Merged one, LedgerReport &report)
{
    one.data = asking(one.data);
    const qint64 at = QDateTime::currentMSecsSinceEpoch();
    for (int tries = 0; tries < 3; ++tries) {
        const Status written = writeRow(connection, one.data, one.revision + 1, at);
        if (written)
            return writeHistory(connection, one.data.value("id"_L1).toString(), at, one.data.value("state"_L1).toString(), u"salvaged"_s);
        if (written.error().code != "constraint"_L1)
            return written;
        if (tries == 0) {
            auto &next = connection.statement("SELECT COALESCE(MAX(lane_sequence), 0) + 1 FROM records WHERE location=? AND lane=?");
            const auto row = next.text(one.data.value("location"_L1).toString()).text(one.data.value("lane"_L1).toString()).step();
            if (!row)
                return fail(row.error());
            one.data.insert("laneSequence"_L1, next.integerAt(0));
            next.done();
        } else {
            one.data.remove("serverId"_L1);
        }
    }
    report.unreadable.append(one.data.value("id"_L1).toString());
    return {};
}

} // namespace

Result<LedgerReport> restore(Connection &connection, Journal &journal, const QString &damaged, const QString &journalFile)
{
    LedgerReport report;
    report.salvaged = true;
    const Found found = damaged.isEmpty() ? Found() : readDamaged(damaged);
    const auto contents = Journal::read(journalFile);
    Transaction transaction(connection);
    if (!transaction.begun())
        return fail(transaction.begun().error());
    const auto merged = merge(found, contents, report);
    for (const Merged &one : merged) {
        if (const Status written = writeRecord(connection, one, report); !written)
            return fail(written.error());
    }
    QHash<QString, QJsonObject> accounts = found.accounts;
    for (const QJsonObject &account : contents.accounts)
        accounts.insert(account.value("id"_L1).toString(), account);
    for (const QJsonObject &account : std::as_const(accounts)) {
        if (const Status written = writeAccount(connection, account); !written)
            return fail(written.error());
    }
    for (const auto &written :
         {writeRows(connection, "INSERT OR REPLACE INTO marks(location, contact, done_at, snoozed_until, has_draft) VALUES(?,?,?,?,COALESCE(?, 0))", found.marks),
          writeRows(connection, "INSERT OR REPLACE INTO drafts(location, contact, text, caret, changed_at) VALUES(?,?,?,COALESCE(?, 0),COALESCE(?, 0))", found.drafts),
          writeRows(connection, "INSERT OR REPLACE INTO settings(name, value) VALUES(?,?)", found.settings)}) {
        if (!written)
            return fail(written.error());
    }
    if (const Status committed = transaction.commit(); !committed)
        return fail(committed.error());
    // Lines that nobody can read may have been records that nobody knows of any more.
    if (!found.complete) {
        for (int i = 0; i < contents.unreadable; ++i)
            report.unreadable.append(u"?"_s);
    }
    qCWarning(logStore) << "outbox restored:" << merged.size() << "records," << report.unreadable.size() << "unreadable";
    if (const Status aligned = alignJournal(connection, journal, journalFile); !aligned)
        return fail(aligned.error());
    // The journal must say what the rows say now, also where it was whole.
    const auto lines = snapshot(connection);
    if (!lines)
        return fail(lines.error());
    if (const Status rewritten = journal.rewrite(*lines); !rewritten)
        return fail(rewritten.error());
    if (const Status noted = writeSetting(connection, u"journal.last"_s, QString::number(journal.last())); !noted)
        return fail(noted.error());
    return report;
}

} // namespace outrigger::store::ledger
