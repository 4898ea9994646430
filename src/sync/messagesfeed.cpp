// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/messagesfeed.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

using api::Priority;

namespace {

constexpr int recentDays = 90;
constexpr int allDays = 2 * 365;
constexpr auto emailEvery = 60s;

/// Where a pass through the export stands. The bounds are fixed when it begins, so that a pass that goes on tomorrow
/// still means the same messages.
struct Place {
    QString cursor;
    QDateTime from;
    QDateTime to;

    QString toText() const
    {
        const QJsonObject object{{u"cursor"_s, cursor},
                                 {u"from"_s, from.toString(Qt::ISODateWithMs)},
                                 {u"to"_s, to.isValid() ? to.toString(Qt::ISODateWithMs) : QString()}};
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    static Place fromText(const QString &text)
    {
        const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
        return {object.value("cursor"_L1).toString(),
                QDateTime::fromString(object.value("from"_L1).toString(), Qt::ISODateWithMs),
                QDateTime::fromString(object.value("to"_L1).toString(), Qt::ISODateWithMs)};
    }
};

QDateTime changeDate(const Message &message)
{
    return message.dateUpdated.isValid() ? message.dateUpdated : message.dateAdded;
}

QDateTime newestDate(const QVector<Message> &messages, QDateTime newest)
{
    for (const Message &message : messages) {
        const QDateTime date = changeDate(message);
        if (date.isValid() && (!newest.isValid() || date > newest))
            newest = date;
    }
    return newest;
}

} // namespace

MessagesFeed::MessagesFeed(FeedContext context, bool older, QObject *parent)
    : Feed(std::move(context), older ? u"messages.older"_s : u"messages"_s, parent), m_older(older)
{
}

Task<void> MessagesFeed::restore()
{
    if (m_status.lastSuccess.isValid()) // a pull was quicker and has counted both
        co_return;
    auto plain = Feed::restore();
    co_await plain;
    auto read = load(area() + u".email"_s);
    const auto email = co_await read;
    if (!email || m_status.running || m_emailRestored)
        co_return;
    m_emailRestored = true;
    m_status.firstSyncDone = m_status.firstSyncDone && email->complete;
    m_status.seen += email->seen;
    m_status.total = m_status.total < 0 || email->total < 0 ? -1 : m_status.total + email->total;
}

Task<Result<FeedPage>> MessagesFeed::fetch(ExportQuery query)
{
    const Priority priority = m_older ? Priority::Prefetch : Priority::Background;
    auto read = patiently<FeedPage>([this, query, priority] { return m_context.source->exported(query, priority); });
    co_return co_await read;
}

Task<Result<store::Cursor>> MessagesFeed::load(QString feed)
{
    auto read = m_context.cache->cursor(m_context.location, feed);
    auto cursor = co_await read;
    if (cursor)
        cursor->feed = feed;
    co_return cursor;
}

/// The outbox sees messages first, so that one of ours is bound to its record and not shown twice.
Task<Status> MessagesFeed::keep(QVector<Message> messages, std::optional<store::Cursor> cursor)
{
    auto look = m_context.outbox->observe(m_context.location, messages);
    co_await look;
    auto write = m_context.cache->putMessages(m_context.location, messages, cursor);
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    co_return Status{};
}

Task<Status> MessagesFeed::work(bool full)
{
    const Pass plain{area(), {}};
    const Pass email{area() + u".email"_s, u"Email"_s};
    auto load1 = load(plain.feed);
    const auto cursor = co_await load1;
    if (!cursor)
        co_return fail(cursor.error());
    auto load2 = load(email.feed);
    const auto emailCursor = co_await load2;
    if (!emailCursor)
        co_return fail(emailCursor.error());
    setFirstSyncDone(cursor->complete && emailCursor->complete);

    const bool sweepPlain = full || !cursor->complete || !cursor->position.isEmpty();
    const bool sweepEmail = full || !emailCursor->complete || !emailCursor->position.isEmpty();
    m_counted = sweepPlain ? 0 : cursor->seen;
    if (!sweepPlain && !sweepEmail) // nothing is counted anew: what the two sweeps have come to still holds
        m_status.seen = m_status.total = cursor->seen + emailCursor->seen;
    if (sweepPlain) {
        auto all = sweep(plain, full);
        const Status done = co_await all;
        if (!done)
            co_return done;
    }
    if (sweepEmail) {
        auto all = sweep(email, full);
        const Status done = co_await all;
        if (!done)
            co_return done;
    }
    setFirstSyncDone(true);
    if (m_older)
        co_return Status{};
    if (!sweepPlain || full) {
        auto update = changes(plain);
        const Status done = co_await update;
        if (!done)
            co_return done;
    }
    const auto now = m_context.clock->steady();
    if (!sweepEmail && (m_emailDue || m_emailAt < 0ms || now - m_emailAt >= emailEvery)) {
        auto update = changes(email);
        const Status done = co_await update;
        if (!done)
            co_return done;
        m_emailDue = false;
        m_emailAt = now;
    }
    co_return Status{};
}

/// Notes the newest change there is before a first sweep begins: what changes while it runs is found from there.
Task<Status> MessagesFeed::rememberStart(Pass pass)
{
    auto read = load(pass.feed + u".changes"_s);
    auto cursor = co_await read;
    if (!cursor)
        co_return fail(cursor.error());
    if (cursor->watermark.isValid())
        co_return Status{};
    ExportQuery query;
    query.byUpdate = true;
    query.limit = 10;
    query.channel = pass.channel;
    auto ask = fetch(query);
    const auto page = co_await ask;
    if (!page)
        co_return fail(page.error());
    cursor->watermark = newestDate(page->messages, {});
    if (!cursor->watermark.isValid()) // an empty location: everything that comes is new
        co_return Status{};
    auto write = m_context.cache->putCursor(m_context.location, *cursor);
    co_return co_await write;
}

Task<Status> MessagesFeed::sweep(Pass pass, bool full)
{
    auto read = load(pass.feed);
    auto stored = co_await read;
    if (!stored)
        co_return fail(stored.error());
    store::Cursor cursor = *stored;
    Place place;
    if (cursor.position.isEmpty() || (full && cursor.complete)) {
        if (!m_older) {
            auto start = rememberStart(pass);
            const Status noted = co_await start;
            if (!noted)
                co_return noted;
        }
        const QDateTime now = m_context.source->client()->serverNow();
        place.from = now.addDays(m_older ? -allDays : -recentDays);
        if (m_older)
            place.to = now.addDays(-recentDays);
        cursor.seen = 0;
        cursor.total = -1;
        ++cursor.sweep;
    } else {
        place = Place::fromText(cursor.position);
    }
    beginCounting(m_counted + cursor.seen, -1);
    SweepGuard guard(place.cursor);
    ExportQuery query;
    query.from = place.from;
    query.to = place.to;
    query.channel = pass.channel;
    query.cursor = place.cursor;
    auto start = fetch(query);
    auto page = co_await start;
    for (;;) {
        if (!page)
            co_return fail(page.error());
        if (page->total >= 0)
            cursor.total = page->total;
        cursor.seen += page->messages.size() + page->skipped;
        const bool last = page->next.isEmpty();
        if (!last) {
            const Status moves = guard.step(page->next, cursor.seen, -1);
            if (!moves)
                co_return moves;
        }
        place.cursor = page->next;
        cursor.position = place.toText();
        query.cursor = page->next;
        if (last) {
            cursor.complete = true;
            cursor.position.clear();
            cursor.lastSuccess = m_context.clock->now();
        }
        Task<Result<FeedPage>> ahead;
        if (!last)
            ahead = fetch(query);
        auto write = keep(page->messages, cursor);
        const Status written = co_await write;
        if (!written)
            co_return written;
        progress(m_counted + cursor.seen, cursor.total < 0 ? -1 : m_counted + cursor.total);
        if (last) {
            m_counted += cursor.seen;
            co_return Status{};
        }
        page = co_await ahead;
    }
}

Task<Status> MessagesFeed::changes(Pass pass)
{
    auto read = load(pass.feed + u".changes"_s);
    auto stored = co_await read;
    if (!stored)
        co_return fail(stored.error());
    store::Cursor cursor = *stored;
    const QDateTime until =
        cursor.watermark.isValid() ? cursor.watermark.addSecs(-std::chrono::seconds(watermarkOverlap).count()) : QDateTime();
    QDateTime newest = cursor.watermark;
    SweepGuard guard;
    ExportQuery query;
    query.byUpdate = true;
    query.channel = pass.channel;
    query.limit = 100; // most of the time one page with a handful of new rows
    for (;;) {
        auto call = fetch(query);
        const auto page = co_await call;
        if (!page)
            co_return fail(page.error());
        newest = newestDate(page->messages, newest);
        const bool reached = !page->messages.isEmpty() && until.isValid() && changeDate(page->messages.last()) < until;
        const bool last = reached || page->next.isEmpty();
        if (!last) {
            const Status moves = guard.step(page->next, 0, -1);
            if (!moves)
                co_return moves;
        }
        std::optional<store::Cursor> end;
        if (last) { // newest first: the watermark may move only when the whole way back has been read
            cursor.watermark = newest;
            cursor.complete = true;
            cursor.lastSuccess = m_context.clock->now();
            end = cursor;
        }
        auto write = keep(page->messages, end);
        const Status written = co_await write;
        if (!written || last)
            co_return written;
        query.cursor = page->next;
        query.limit = 500;
    }
}

} // namespace outrigger::sync
