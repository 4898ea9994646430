// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"
#include "core/clock.h"
#include "core/result.h"
#include "store/cache.h"
#include "sync/engine.h"
#include "sync/outbox.h"
#include "sync/source.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace outrigger::sync {

/// What every feed works with. The pointers outlive the feeds.
struct FeedContext {
    Source *source = nullptr;
    store::Cache *cache = nullptr;
    Outbox *outbox = nullptr;
    const Clock *clock = nullptr;
    LocationId location;
};

/// One kind of data that is pulled from HighLevel into the cache. Knows how far it has come (the cursor in the cache)
/// and what to say about it. One pull at a time; a second caller joins the running one.
class Feed : public QObject
{
    Q_OBJECT
public:
    Feed(FeedContext context, const QString &area, QObject *parent);

    /// Pulls what is new; full: everything from the beginning, to find what was deleted. Errors end the pull, never the
    /// data that is there; the next pull goes on where this one stopped.
    Task<Status> pull(bool full);
    /// A person asks for the next pull, or has changed something here: what is read only now and then is read with it.
    /// Answers whether there is such, which a pull that is running may have read already.
    virtual bool askedFor() { return false; }
    bool running() const { return m_flight.running(); }
    /// Reads from the cache how far earlier runs came, so that the status is right before the first pull.
    virtual Task<void> restore();
    /// Removes what the last full sweep missed and was too much to remove unasked (AreaStatus::missing).
    Task<Status> removeConfirmed();

    const QString &area() const { return m_status.area; }
    const AreaStatus &status() const { return m_status; }
    void setNextRun(const QDateTime &when) { m_status.nextRun = when; }
    /// A permission is missing; asking again soon would only cost requests.
    bool switchedOff() const { return m_switchedOff; }
    /// Errors in a row, for the wait before the next try.
    int failures() const { return m_failures; }

Q_SIGNALS:
    void changed();
    void problem(const QString &sentence, const QString &nextStep);

protected:
    virtual Task<Status> work(bool full) = 0;

    /// Repeats a read that may be repeated: after a limit (the limiter makes it wait) and a few times after a failure
    /// of the server.
    template <class T>
    Task<Result<T>> patiently(std::function<Task<Result<T>>()> read)
    {
        for (int attempt = 0;; ++attempt) {
            countRequest();
            auto call = read();
            auto answer = co_await call;
            if (answer)
                co_return answer;
            const auto wait = waitBefore(answer.error(), attempt);
            if (!wait)
                co_return answer;
            Delay pause(*wait);
            co_await pause;
        }
    }
    static std::optional<std::chrono::milliseconds> waitBefore(const Error &error, int attempt);

    void countRequest();
    void beginCounting(qint64 seen, qint64 total);
    void progress(qint64 seen, qint64 total);
    void setFirstSyncDone(bool done);
    /// After a clean sweep: removes what it has not seen, or says why not. Answers whether everything was in order.
    Task<Status> removeMissing(QString feed, qint64 sweep, qint64 total);
    /// The last page of a sweep is stored: removes what a later sweep has not seen, when it has seen as much as the
    /// server says there is, and stores the cursor as complete. first: there is nothing old to remove.
    Task<Status> finishSweep(store::Cursor cursor, bool first);

    FeedContext m_context;
    AreaStatus m_status;

private:
    Task<Status> run(bool full);
    SingleFlight<Status> m_flight;
    QString m_missingFeed;
    qint64 m_missingSweep = 0;
    bool m_runningFull = false;
    bool m_switchedOff = false;
    int m_failures = 0;
    qint64 m_countedFrom = 0;
    std::chrono::milliseconds m_countingSince{0};
};

/// Watches one sweep over pages for a server that goes in circles: a position that was there before, or far more rows
/// than it says it has.
class SweepGuard
{
public:
    /// from: where the sweep goes on; empty at the beginning.
    explicit SweepGuard(const QString &from = {}) { m_positions.insert(from); }
    /// Error with code "stuck" when `next` does not lead on.
    Status step(const QString &next, qint64 seen, qint64 total);

private:
    QSet<QString> m_positions;
};

/// One sentence for the sync page.
QString feedSentence(const Error &error);
/// Overlap of a pull with the one before: HighLevel's lists lag behind its writes.
constexpr std::chrono::minutes watermarkOverlap{5};

} // namespace outrigger::sync
