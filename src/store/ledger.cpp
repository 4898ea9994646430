// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger_p.h"

#include "core/log.h"
#include "core/ulid.h"
#include "store/files.h"
#include "store/ledger_write.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

constexpr int damagedKept = 5;

DatabaseOptions optionsFor(const QString &file)
{
    DatabaseOptions options;
    options.file = file;
    options.schema = u"outbox"_s;
    options.durability = Durability::Full;
    options.checkIntegrity = true;
    return options;
}

Status checkRows(Connection &connection)
{
    auto &read = connection.statement("SELECT id, state, data FROM records");
    for (;;) {
        const auto row = read.step();
        if (!row)
            return fail(row.error());
        if (!*row)
            return {};
        if (!ledger::isSound(objectFrom(read.utf8At(2)), read.textAt(0), read.textAt(1))) {
            read.done();
            return fail(ledger::errorWith(u"corrupt"_s, Ledger::tr("A row of the outbox is damaged.")));
        }
    }
}

/// What a rebuilt file may help against; a full disk or wrong rights it does not.
bool isDamage(const Error &error)
{
    return error.code == "corrupt"_L1 || error.code == "sqlite"_L1 || error.code == "constraint"_L1;
}

/// What the journal says was undone, and is there all the same: its commit failed in the last step and could not be
/// written over. The rows become again what they were before it.
Status takeBack(Connection &connection, Journal &journal, const Journal::Contents &contents, qint64 last)
{
    const auto there = std::find_if(contents.undone.cbegin(), contents.undone.cend(), [last](const auto &one) { return one.number == last; });
    if (there == contents.undone.cend())
        return {};
    Transaction transaction(connection);
    if (!transaction.begun())
        return transaction.begun();
    QVector<QJsonObject> lines;
    for (const Journal::Contents::Undone &one : contents.undone) {
        const auto row = ledger::rowOf(connection, RecordId(one.record));
        if (!row)
            return fail(row.error());
        if (one.first != there->first || !*row)
            continue;
        if (one.made) {
            if (const Status gone = ledger::removeRecord(connection, one.record, lines); !gone)
                return gone;
            continue;
        }
        const auto before = contents.records.constFind(one.record);
        if (before == contents.records.cend() || before->gap)
            continue;
        const qint64 at = QDateTime::currentMSecsSinceEpoch();
        const qint64 revision = (*row)->revision + 1;
        if (const Status written = ledger::writeRow(connection, before->data, revision, at); !written)
            return written;
        lines.append({{"id"_L1, one.record}, {"rev"_L1, revision}, {"at"_L1, at}, {"r"_L1, before->data}});
    }
    qCWarning(logStore) << "the outbox had kept what it could not confirm; it was taken back";
    return ledger::seal(connection, transaction, journal, lines);
}

/// An empty file where a journal speaks of records: it was lost, not new.
Result<LedgerReport> begin(Connection &connection, Journal &journal, const QString &journalFile)
{
    if (const Status sound = checkRows(connection); !sound)
        return fail(sound.error());
    const auto known = ledger::readSetting(connection, u"journal.last"_s);
    if (!known)
        return fail(known.error());
    const auto contents = Journal::read(journalFile);
    if (known->isEmpty() && (!contents.records.isEmpty() || !contents.accounts.isEmpty()))
        return ledger::restore(connection, journal, {}, journalFile);
    if (const Status aligned = ledger::alignJournal(connection, journal, journalFile); !aligned)
        return fail(aligned.error());
    if (const Status back = takeBack(connection, journal, contents, known->toLongLong()); !back)
        return fail(back.error());
    return LedgerReport{};
}

} // namespace

Ledger::Ledger(const QString &file, const QString &journalFile, QObject *parent)
    : QObject(parent),
      m_journalFile(journalFile),
      d(std::make_shared<Private>(journalFile)),
      m_database(std::make_unique<Database>(optionsFor(file)))
{
}

Ledger::~Ledger()
{
    m_database.reset();
}

void Ledger::setFaults(std::shared_ptr<Faults> faults)
{
    auto options = m_database->options();
    options.faults = faults;
    d->faults = faults;
    d->journal.setFaults(faults);
    m_database = std::make_unique<Database>(options);
}

Task<Result<LedgerReport>> Ledger::open()
{
    auto opening = m_database->open();
    const Status opened = co_await opening;
    if (!opened && opened.error().code == "newer"_L1) {
        d->newer = true;
        LedgerReport report;
        report.newerVersion = true;
        co_return report;
    }
    if (!opened && isDamage(opened.error())) {
        auto rescue = salvage();
        co_return co_await rescue;
    }
    if (!opened)
        co_return fail(opened.error());
    auto ready = m_database->run<LedgerReport>(
        [p = d, file = m_journalFile](Connection &connection) { return begin(connection, p->journal, file); });
    auto report = co_await ready;
    if (!report && isDamage(report.error())) {
        auto rescue = salvage();
        co_return co_await rescue;
    }
    co_return report;
}

Task<Result<LedgerReport>> Ledger::salvage()
{
    auto closing = m_database->close();
    co_await closing;
    const QString file = m_database->options().file;
    const QString aside = files::setAside(file, u"damaged"_s, damagedKept);
    if (aside.isEmpty()) {
        co_return fail(ledger::errorWith(
            u"corrupt"_s, tr("The outbox file is damaged and could not be set aside. Check the rights of the profile's folder.")));
    }
    QFile::remove(file + u".check"_s);
    QFile::copy(m_journalFile, aside + u".journal"_s);
    qCWarning(logStore) << "the outbox file is damaged; it was set aside";
    auto opening = m_database->open();
    const Status opened = co_await opening;
    if (!opened)
        co_return fail(opened.error());
    auto ready = m_database->run<LedgerReport>([p = d, aside, journalFile = m_journalFile](Connection &connection) {
        return ledger::restore(connection, p->journal, aside, journalFile);
    });
    auto report = co_await ready;
    if (report)
        report->setAside = aside;
    co_return report;
}

namespace ledger {

namespace {
constexpr qint64 journalLimit = 4LL * 1024 * 1024;
}

Error errorWith(const QString &code, const QString &message)
{
    Error error;
    error.kind = ErrorKind::Storage;
    error.code = code;
    error.message = message;
    return error;
}

/// A commit that failed in its last step, the sync, has left its pages in SQLite's log, and the next start would believe
/// them: what was said to be refused would be sent. Another commit, however small, is written over them. Its value is new
/// each time: SQLite writes nothing for a row that stays as it was.
static bool writtenOver(Connection &connection)
{
    Transaction over(connection);
    return over.begun() && writeSetting(connection, u"commit.over"_s, newUlid()) && over.commit();
}

Status seal(Connection &connection, Transaction &transaction, Journal &journal, const QVector<QJsonObject> &lines)
{
    const Status noted = writeSetting(connection, u"journal.last"_s, QString::number(journal.lastAfter(lines.size())));
    if (!noted)
        return noted;
    if (const Status appended = journal.append(lines); !appended)
        return appended;
    if (const Status committed = transaction.commit(); !committed) {
        transaction.rollBack();
        journal.undoLast();
        if (writtenOver(connection))
            return committed;
        Error error = committed.error();
        error.code = u"unclear"_s;
        error.message = Ledger::tr("The disk failed at the last moment. This may have been kept all the same: look into the outbox after the next start before you do it again.");
        return fail(error);
    }
    if (journal.size() > journalLimit) {
        // The write itself is done; that the journal could not be made shorter is no failure of it.
        const auto fresh = snapshot(connection);
        if (fresh && journal.rewrite(*fresh)) {
            if (const Status kept = writeSetting(connection, u"journal.last"_s, QString::number(journal.last())); !kept)
                qCWarning(logStore) << "journal position not kept; the next start writes it anew";
        }
    }
    return {};
}

Result<QVector<QJsonObject>> snapshot(Connection &connection)
{
    QVector<QJsonObject> lines;
    auto &accounts = connection.statement("SELECT data FROM accounts ORDER BY created_at, id");
    for (;;) {
        const auto row = accounts.step();
        if (!row)
            return fail(row.error());
        if (!*row)
            break;
        lines.append({{"account"_L1, objectFrom(accounts.utf8At(0))}});
    }
    auto &records = connection.statement("SELECT id, revision, changed_at, data FROM records ORDER BY number");
    for (;;) {
        const auto row = records.step();
        if (!row)
            return fail(row.error());
        if (!*row)
            break;
        lines.append({{"id"_L1, records.textAt(0)},
                      {"rev"_L1, records.integerAt(1)},
                      {"at"_L1, records.integerAt(2)},
                      {"r"_L1, objectFrom(records.utf8At(3))}});
    }
    return lines;
}

Status alignJournal(Connection &connection, Journal &journal, const QString &file)
{
    const auto known = readSetting(connection, u"journal.last"_s);
    if (!known)
        return fail(known.error());
    const auto contents = Journal::read(file);
    const qint64 last = std::max(contents.last, known->toLongLong());
    if (const Status opened = journal.open(last); !opened)
        return opened;
    if (contents.exists && contents.unreadable == 0 && contents.last == known->toLongLong() && contents.bytes <= journalLimit)
        return {};
    const auto lines = snapshot(connection);
    if (!lines)
        return fail(lines.error());
    if (const Status rewritten = journal.rewrite(*lines); !rewritten)
        return rewritten;
    return writeSetting(connection, u"journal.last"_s, QString::number(journal.last()));
}

} // namespace ledger
} // namespace outrigger::store
