// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/feed.h"

#include "core/log.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

Feed::Feed(FeedContext context, const QString &area, QObject *parent) : QObject(parent), m_context(std::move(context))
{
    m_status.area = area;
}

Task<Status> Feed::pull(bool full)
{
    if (full && m_flight.running() && !m_runningFull) {
        // Somebody wants more than what is running now: let that end first.
        auto current = m_flight.join({});
        co_await current;
    }
    if (!m_flight.running())
        m_runningFull = full;
    auto flight = m_flight.join([this, full] { return run(full); });
    co_return co_await flight;
}

Task<void> Feed::restore()
{
    auto load = m_context.cache->cursor(m_context.location, m_status.area);
    const auto cursor = co_await load;
    if (!cursor || m_status.running || m_status.lastSuccess.isValid())
        co_return;
    m_status.firstSyncDone = cursor->complete;
    m_status.lastSuccess = cursor->lastSuccess;
    m_status.seen = cursor->seen;
    m_status.total = cursor->total;
}

Task<Status> Feed::run(bool full)
{
    m_status.running = true;
    m_status.requests = 0;
    Q_EMIT changed();
    auto job = work(full);
    Status result = co_await job;
    m_status.running = false;
    m_status.timeLeft = -1ms;
    if (result) {
        m_failures = 0;
        m_switchedOff = false;
        m_status.error.clear();
        m_status.traceId.clear();
        m_status.lastSuccess = m_context.clock->now();
    } else {
        ++m_failures;
        m_switchedOff = result.error().kind == ErrorKind::ScopeMissing || result.error().kind == ErrorKind::Forbidden;
        m_status.error = feedSentence(result.error());
        m_status.traceId = result.error().traceId;
        qCWarning(logSync).noquote() << "feed" << m_status.area << "stopped:" << int(result.error().kind)
                                     << result.error().http << result.error().code;
    }
    Q_EMIT changed();
    co_return result;
}

std::optional<std::chrono::milliseconds> Feed::waitBefore(const Error &error, int attempt)
{
    switch (error.kind) {
    case ErrorKind::RateLimited: // the limiter holds the next request back until the limit is over
        return attempt < 8 ? std::optional(0ms) : std::nullopt;
    case ErrorKind::Server:
    case ErrorKind::BadReply:
    case ErrorKind::Timeout:
        return attempt < 2 ? std::optional<std::chrono::milliseconds>(500ms * (attempt + 1)) : std::nullopt;
    default:
        return std::nullopt;
    }
}

void Feed::countRequest()
{
    ++m_status.requests;
}

void Feed::beginCounting(qint64 seen, qint64 total)
{
    m_countedFrom = seen;
    m_countingSince = m_context.clock->steady();
    m_status.seen = seen;
    m_status.total = total;
    m_status.timeLeft = -1ms;
}

void Feed::progress(qint64 seen, qint64 total)
{
    m_status.seen = seen;
    m_status.total = total;
    const auto elapsed = m_context.clock->steady() - m_countingSince;
    const qint64 done = seen - m_countedFrom;
    if (total > seen && done > 0 && elapsed >= 1s)
        m_status.timeLeft = std::chrono::milliseconds(elapsed.count() * (total - seen) / done);
    else
        m_status.timeLeft = -1ms;
    Q_EMIT changed();
}

void Feed::setFirstSyncDone(bool done)
{
    m_status.firstSyncDone = done;
}

Task<Status> Feed::removeMissing(QString feed, qint64 sweep, qint64 total)
{
    auto ask = m_context.cache->unseen(m_context.location, feed, sweep);
    const auto missing = co_await ask;
    if (!missing)
        co_return fail(missing.error());
    m_missingFeed.clear();
    m_status.missing = 0;
    if (*missing == 0)
        co_return Status{};
    const qint64 known = std::max<qint64>(total, 0) + *missing;
    if (*missing > 50 || *missing * 20 > known) {
        m_missingFeed = feed;
        m_missingSweep = sweep;
        m_status.missing = *missing;
        Q_EMIT problem(QCoreApplication::translate("Feeds", "HighLevel no longer lists %1 of %2 %3. Nothing was removed here.")
                           .arg(*missing)
                           .arg(known)
                           .arg(m_status.area),
                       QCoreApplication::translate("Feeds", "If they were really deleted, confirm it on the sync page."));
        co_return Status{};
    }
    m_missingFeed = feed;
    m_missingSweep = sweep;
    auto removal = removeConfirmed();
    co_return co_await removal;
}

Task<Status> Feed::removeConfirmed()
{
    if (m_missingFeed.isEmpty())
        co_return Status{};
    auto removal = m_context.cache->removeUnseen(m_context.location, m_missingFeed, m_missingSweep);
    const auto removed = co_await removal;
    if (!removed)
        co_return fail(removed.error());
    m_missingFeed.clear();
    m_status.missing = 0;
    Q_EMIT changed();
    co_return Status{};
}

Task<Status> Feed::finishSweep(store::Cursor cursor, bool first)
{
    if (!first && cursor.total >= 0 && cursor.seen >= cursor.total) {
        auto removal = removeMissing(cursor.feed, cursor.sweep, cursor.total);
        const Status removed = co_await removal;
        if (!removed)
            co_return removed;
    }
    cursor.complete = true;
    cursor.position.clear();
    cursor.lastSuccess = m_context.clock->now();
    setFirstSyncDone(true);
    auto finish = m_context.cache->putCursor(m_context.location, cursor);
    co_return co_await finish;
}

Status SweepGuard::step(const QString &next, qint64 seen, qint64 total)
{
    const bool circle = !next.isEmpty() && m_positions.contains(next);
    const bool tooMany = total >= 0 && seen > total + total / 5 + 5'000;
    if (circle || tooMany) {
        Error error;
        error.kind = ErrorKind::BadReply;
        error.code = u"stuck"_s;
        error.message = QCoreApplication::translate(
            "Feeds", "HighLevel keeps giving the same page. The pull was stopped; what is here stays.");
        return fail(error);
    }
    m_positions.insert(next);
    return {};
}

QString feedSentence(const Error &error)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Feeds", text); };
    switch (error.kind) {
    case ErrorKind::Offline:
        return tr(QT_TRANSLATE_NOOP("Feeds", "No connection to HighLevel."));
    case ErrorKind::Timeout:
        return tr(QT_TRANSLATE_NOOP("Feeds", "HighLevel took too long to answer."));
    case ErrorKind::Tls:
        return tr(QT_TRANSLATE_NOOP("Feeds", "The connection to HighLevel is not safe, so nothing was sent."));
    case ErrorKind::Portal:
        return tr(QT_TRANSLATE_NOOP("Feeds", "Something between this computer and HighLevel answers instead of it. A network sign-in page?"));
    case ErrorKind::ScopeMissing:
        return error.message.isEmpty() ? tr(QT_TRANSLATE_NOOP("Feeds", "The token lacks the permission for this. Everything else goes on."))
                                       : tr(QT_TRANSLATE_NOOP("Feeds", "The token lacks the permission for this; everything else goes on. %1")).arg(error.message);
    case ErrorKind::Forbidden:
        return tr(QT_TRANSLATE_NOOP("Feeds", "HighLevel does not let this token read this. %1")).arg(error.message);
    case ErrorKind::RateLimited:
        return tr(QT_TRANSLATE_NOOP("Feeds", "HighLevel's request limit is used up for the moment."));
    case ErrorKind::SignInNeeded:
    case ErrorKind::TokenRefused:
        return tr(QT_TRANSLATE_NOOP("Feeds", "The sign-in has ended. Sign in again to go on."));
    case ErrorKind::StorageFull:
        return tr(QT_TRANSLATE_NOOP("Feeds", "The disk is full, so nothing new can be kept."));
    default:
        return error.message.isEmpty() ? tr(QT_TRANSLATE_NOOP("Feeds", "The pull failed.")) : error.message;
    }
}

} // namespace outrigger::sync
