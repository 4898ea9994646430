// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"
#include "core/result.h"
#include "store/connection.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace outrigger::store {

enum class Durability {
    Full,   ///< the outbox: a commit has reached the disk
    Normal  ///< the cache: may lose the last commits in a power cut, never its consistency
};
enum class Access { ReadWrite, ReadOnly };

struct DatabaseOptions {
    QString file;
    QString schema;  ///< prefix of its migration files in :/sql: "cache", "outbox"
    Durability durability = Durability::Normal;
    Access access = Access::ReadWrite;
    bool checkIntegrity = false; ///< run quick_check when opening
    std::shared_ptr<Faults> faults; ///< tests only
};

/// One SQLite file on one thread of its own. The only way onto that thread is run(): a closed job, given the
/// connection, whose result comes back to the caller's thread. Jobs run in the order they were given.
/// Opening (file created 0600 first, WAL, migrations) happens on that thread as the first job.
class Database : public QObject
{
    Q_OBJECT
public:
    explicit Database(DatabaseOptions options, QObject *parent = nullptr);
    ~Database() override; ///< finishes the running job, drops waiting ones, closes, joins the thread

    /// Opens; every job waits for it. Errors: Storage, StorageFull; code "newer" when a newer version wrote the file,
    /// code "corrupt" when quick_check failed or SQLite says so.
    Task<Status> open();

    /// job: Result<T>(Connection &), no captures by reference. Await the named task.
    template <class T>
    Task<Result<T>> run(std::function<Result<T>(Connection &)> job)
    {
        Deferred<Result<T>> answer;
        auto resolve = answer.resolver();
        post([this, resolve, job = std::move(job)](Connection *connection) mutable {
            auto result = std::make_shared<Result<T>>(
                connection ? job(*connection) : Result<T>(fail(ErrorKind::Storage, QStringLiteral("The database is not open."))));
            deliver([resolve, result] { resolve(std::move(*result)); });
        });
        co_return co_await answer;
    }
    /// The same for a job that nobody waits for.
    void post(std::function<void(Connection *)> job);
    const DatabaseOptions &options() const { return m_options; }
    /// Before open(): run quick_check although the options did not ask for it.
    void setCheckIntegrity(bool check) { m_options.checkIntegrity = check; }
    /// Opens the file on the calling thread, runs the job, closes. For what cannot wait for a thread and its event loop.
    static Status visit(const DatabaseOptions &options, const std::function<Status(Connection &)> &job);
    /// Closes the file; jobs after this get no connection until it is opened again.
    Task<Status> close();

private:
    void deliver(std::function<void()> onHome);
    DatabaseOptions m_options;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::store
