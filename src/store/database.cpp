// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "core/giveway.h"
#include "core/log.h"
#include "store/files.h"
#include "store/jobs.h"
#include "store/migrations.h"

#include <QAtomicInteger>
#include <QFile>
#include <QSqlError>
#include <QThread>

#include <sqlite3.h>

#include <condition_variable>
#include <deque>
#include <mutex>

using namespace Qt::StringLiterals;

namespace outrigger::store {

JobRunner *JobRunner::instead = nullptr;

namespace {

constexpr qint64 ballastBytes = 8LL * 1024 * 1024;
QAtomicInteger<quint32> nextName;
/// What stands in a mark that asks for a look, and is no proof of damage yet.
constexpr char doubt[] = "doubt";

Status pragma(Connection &connection, const QString &text, const QVariant &expected = {})
{
    auto answer = connection.value(u"PRAGMA "_s + text);
    if (!answer)
        return fail(answer.error());
    if (expected.isValid() && *answer != expected)
        return fail(ErrorKind::Storage, u"PRAGMA %1 did not take effect."_s.arg(text));
    return {};
}

/// whole: the entries of every index, too.
Status check(Connection &connection, bool whole)
{
    const auto verdict = connection.value(whole ? u"PRAGMA integrity_check(1)"_s : u"PRAGMA quick_check(1)"_s);
    if (verdict && verdict->toString() == "ok"_L1)
        return {};
    if (!verdict)
        return fail(verdict.error());
    return fail(connection.errorOf(SQLITE_CORRUPT, verdict->toString()));
}

} // namespace

struct Database::Private {
    QObject home; ///< answers are delivered through it: when it is gone they are dropped
    std::unique_ptr<QThread> thread;
    std::mutex mutex;
    std::condition_variable arrived;
    std::deque<std::function<void()>> jobs;
    bool stop = false;
    QString name = u"outrigger-%1"_s.arg(nextName.fetchAndAddRelaxed(1));
    JobRunner *runner = JobRunner::instead; ///< instead of the thread; null in the product
    std::unique_ptr<Connection> connection;

    void loop();
    void enqueue(std::function<void()> job);
    Status openFile(const DatabaseOptions &options);
    void closeFile();
    Status prepare(const DatabaseOptions &options);
    void watchErrors(const DatabaseOptions &options);
};

void Database::Private::loop()
{
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex);
            arrived.wait(lock, [this] { return stop || !jobs.empty(); });
            if (stop)
                break;
            job = std::move(jobs.front());
            jobs.pop_front();
        }
        job();
    }
    closeFile();
}

void Database::Private::enqueue(std::function<void()> job)
{
    if (runner) {
        runner->enqueue(this, std::move(job));
        return;
    }
    {
        const std::lock_guard lock(mutex);
        jobs.push_back(std::move(job));
    }
    arrived.notify_one();
}

void Database::Private::closeFile()
{
    if (!connection)
        return;
    connection.reset();
    QSqlDatabase::removeDatabase(name);
}

void Database::Private::watchErrors(const DatabaseOptions &options)
{
    const QString ballast = options.durability == Durability::Full ? options.file + u".ballast"_s : QString();
    const QString mark = options.file + u".check"_s;
    connection->setErrorWatch([ballast, mark](int code) {
        const int plain = code & 0xff;
        if (plain == SQLITE_FULL && !ballast.isEmpty())
            QFile::remove(ballast);
        // The cache's writers leave no constraint to be broken, so an index may disagree with its table. The outbox's do.
        const bool doubtful = plain == SQLITE_CONSTRAINT && ballast.isEmpty() && !QFile::exists(mark);
        if (plain == SQLITE_CORRUPT || plain == SQLITE_NOTADB || doubtful) {
            QFile file(mark); // the next start looks, whether or not this one ends cleanly
            if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && doubtful)
                file.write(doubt);
        }
    });
}

Status Database::Private::prepare(const DatabaseOptions &options)
{
    auto &c = *connection;
    // The first statement reads the file: SQLITE_NOTADB and a damaged header show here.
    const auto version = c.value(u"PRAGMA user_version"_s);
    if (!version)
        return fail(version.error());
    if (version->toInt() > migrations::newest(options.schema))
        return fail(migrations::newerError());
    const bool full = options.durability == Durability::Full;
    if (options.access == Access::ReadOnly) {
        for (const auto &text : {u"busy_timeout=5000"_s, u"query_only=1"_s, u"cache_size=-8000"_s, u"temp_store=MEMORY"_s}) {
            if (const Status set = pragma(c, text); !set)
                return set;
        }
        return {};
    }
    for (const auto &text : {u"busy_timeout=5000"_s, u"journal_mode=WAL"_s, full ? u"synchronous=FULL"_s : u"synchronous=NORMAL"_s,
                             u"foreign_keys=ON"_s, u"temp_store=MEMORY"_s, full ? u"cache_size=-2000"_s : u"cache_size=-32000"_s,
                             u"journal_size_limit=33554432"_s, full ? u"wal_autocheckpoint=200"_s : u"wal_autocheckpoint=4000"_s}) {
        if (const Status set = pragma(c, text); !set)
            return set;
    }
    if (full) { // the promise "saved" stands on this
        if (const Status set = pragma(c, u"synchronous"_s, 2); !set)
            return set;
    }
    const QString mark = options.file + u".check"_s;
    if (options.checkIntegrity || QFile::exists(mark)) {
        QFile marked(mark);
        const bool doubtful = marked.open(QIODevice::ReadOnly) && marked.readAll() == doubt;
        if (const Status sound = check(c, doubtful); !sound)
            return sound;
        // quick_check does not look into the text index: a cache that has been found damaged in use is not kept.
        if (marked.exists() && !full && !doubtful)
            return fail(c.errorOf(SQLITE_CORRUPT, u"found damaged in use"_s));
        QFile::remove(mark);
    }
    const Status migrated = migrations::run(c, options);
    if (!migrated || !options.checkIntegrity)
        return migrated;
    return migrations::checkSchema(c, options);
}

Status Database::Private::openFile(const DatabaseOptions &options)
{
    closeFile();
    if (files::headerVersion(options.file) > migrations::newest(options.schema))
        return fail(migrations::newerError()); // not even opened: nothing of it may change
    if (options.access == Access::ReadWrite) {
        if (const Status made = files::createPrivate(options.file); !made)
            return made;
    }
    Status ready;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(options.file);
        if (!database.open()) {
            Error error;
            error.kind = ErrorKind::Storage;
            error.code = u"open"_s;
            error.message = database.lastError().databaseText();
            ready = fail(std::move(error));
        } else {
            connection = std::make_unique<Connection>(database);
            watchErrors(options);
            connection->setFaults(options.faults);
            ready = prepare(options);
        }
    }
    if (!ready) {
        connection.reset();
        QSqlDatabase::removeDatabase(name);
        return ready;
    }
    if (options.durability == Durability::Full)
        files::makeBallast(options.file + u".ballast"_s, ballastBytes);
    return ready;
}

Database::Database(DatabaseOptions options, QObject *parent)
    : QObject(parent), m_options(std::move(options)), d(std::make_unique<Private>())
{
    if (d->runner)
        return;
    auto *shared = d.get();
    // The cache is filled in the background; what a person does is written to the outbox, and read by readers.
    const bool background = m_options.durability == Durability::Normal && m_options.access == Access::ReadWrite;
    d->thread.reset(QThread::create([shared, background] {
        if (background)
            giveWay();
        shared->loop();
    }));
    d->thread->setObjectName(u"store "_s + m_options.schema);
    d->thread->start();
}

Database::~Database()
{
    if (d->runner) {
        d->runner->drop(d.get());
        d->closeFile();
        return;
    }
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(d->mutex);
        d->stop = true;
        dropped.swap(d->jobs);
    }
    d->arrived.notify_one();
    d->thread->wait();
}

Status Database::visit(const DatabaseOptions &options, const std::function<Status(Connection &)> &job)
{
    Private visitor;
    Status done = visitor.openFile(options);
    if (done)
        done = job(*visitor.connection);
    visitor.closeFile();
    return done;
}

Task<Status> Database::open()
{
    Deferred<Status> answer;
    auto resolve = answer.resolver();
    d->enqueue([this, resolve, options = m_options] {
        const Status opened = d->openFile(options);
        if (!opened)
            qCWarning(logStore) << "not opened:" << options.schema << int(opened.error().kind) << opened.error().code;
        deliver([resolve, opened] { resolve(opened); });
    });
    co_return co_await answer;
}

Task<Status> Database::close()
{
    Deferred<Status> answer;
    auto resolve = answer.resolver();
    d->enqueue([this, resolve] {
        d->closeFile();
        deliver([resolve] { resolve(Status{}); });
    });
    co_return co_await answer;
}

void Database::post(std::function<void(Connection *)> job)
{
    d->enqueue([shared = d.get(), job = std::move(job)] {
        job(shared->connection.get());
        // A job that failed half-way must not leave its transaction to the next one.
        if (auto *c = shared->connection.get(); c && c->handle() && c->inTransaction()) {
            qCWarning(logStore) << "a job left a transaction open";
            QSqlQuery(c->database()).exec(u"ROLLBACK"_s);
        }
    });
}

void Database::deliver(std::function<void()> onHome)
{
    QMetaObject::invokeMethod(&d->home, std::move(onHome), Qt::QueuedConnection);
}

} // namespace outrigger::store
