// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/conversationsfeed.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

using api::Priority;

namespace {

constexpr int pageSize = 100;
constexpr int sweepEveryDays = 7; ///< only a sweep finds deleted conversations

/// The sort value of the page's end, which is where the next page begins.
QDateTime endOf(const ConversationPage &page)
{
    if (page.nextBefore.isValid())
        return page.nextBefore;
    QDateTime oldest;
    for (const Conversation &row : page.conversations) {
        if (row.lastMessageDate.isValid() && (!oldest.isValid() || row.lastMessageDate < oldest))
            oldest = row.lastMessageDate;
    }
    return oldest;
}

QDateTime newestDate(const QVector<Conversation> &rows, QDateTime newest)
{
    for (const Conversation &row : rows) {
        if (row.lastMessageDate.isValid() && (!newest.isValid() || row.lastMessageDate > newest))
            newest = row.lastMessageDate;
    }
    return newest;
}

} // namespace

ConversationsFeed::ConversationsFeed(FeedContext context, QObject *parent)
    : Feed(std::move(context), u"conversations"_s, parent)
{
}

Task<Result<ConversationPage>> ConversationsFeed::fetch(ConversationQuery query)
{
    auto read = patiently<ConversationPage>(
        [this, query] { return m_context.source->conversations(query, Priority::Background); });
    co_return co_await read;
}

QVector<Conversation> ConversationsFeed::remember(const QVector<Conversation> &rows)
{
    QVector<Conversation> changed;
    for (const Conversation &row : rows) {
        const Seen now{row.lastMessageDate, row.dateUpdated, row.unreadCount, row.starred};
        const auto known = m_seen.constFind(row.id);
        if (known != m_seen.constEnd() && *known == now)
            continue;
        m_seen.insert(row.id, now);
        changed.append(row);
    }
    return changed;
}

Task<Result<ConversationsFeed::Beat>> ConversationsFeed::heartbeat(int limit)
{
    Beat beat;
    beat.first = m_seen.isEmpty();
    ConversationQuery query;
    query.limit = limit;
    for (int pages = 0; pages < 10; ++pages) {
        countRequest();
        auto call = m_context.source->conversations(query, Priority::Visible);
        const auto page = co_await call;
        if (!page)
            co_return fail(page.error());
        const QVector<Conversation> changed = remember(page->conversations);
        beat.changed += changed;
        if (!changed.isEmpty()) {
            auto write = m_context.cache->putConversations(m_context.location, changed, m_sweeping);
            const auto written = co_await write;
            if (!written)
                co_return fail(written.error());
        }
        // Only when every row of a page was new can there be more behind it.
        if (beat.first || changed.size() < page->conversations.size() || page->conversations.size() < query.limit)
            break;
        const QDateTime before = endOf(*page);
        if (!before.isValid() || before == query.before)
            break;
        query.before = before;
        query.limit = pageSize;
    }
    for (const Conversation &row : std::as_const(beat.changed))
        beat.emails = beat.emails || row.lastMessageChannel == Channel::Email;
    m_status.lastSuccess = m_context.clock->now();
    Q_EMIT changed();
    co_return beat;
}

Task<Status> ConversationsFeed::work(bool full)
{
    auto load = m_context.cache->cursor(m_context.location, area());
    auto stored = co_await load;
    if (!stored)
        co_return fail(stored.error());
    store::Cursor cursor = *stored;
    cursor.feed = area();
    setFirstSyncDone(cursor.complete);
    const bool sweptLately =
        cursor.lastSuccess.isValid() && cursor.lastSuccess.daysTo(m_context.clock->now()) < sweepEveryDays;
    if (cursor.complete && !full && cursor.position.isEmpty() && sweptLately) {
        auto beat = heartbeat(pageSize);
        const auto beaten = co_await beat;
        if (!beaten)
            co_return fail(beaten.error());
        co_return Status{};
    }
    auto all = sweep(cursor);
    const Status result = co_await all;
    m_sweeping.reset();
    co_return result;
}

Task<Status> ConversationsFeed::sweep(store::Cursor cursor)
{
    const bool first = !cursor.complete;
    if (cursor.position.isEmpty()) {
        cursor.seen = 0;
        cursor.total = -1;
        ++cursor.sweep;
    }
    beginCounting(cursor.seen, cursor.total);
    ConversationQuery query;
    query.limit = pageSize;
    if (const qint64 place = cursor.position.toLongLong(); place > 0)
        query.before = QDateTime::fromMSecsSinceEpoch(place, Qt::UTC);
    QSet<ConversationId> ids; // rows with one date stand on both sides of a page border
    bool askedAgain = false;
    auto start = fetch(query);
    auto page = co_await start;
    for (;;) {
        if (!page)
            co_return fail(page.error());
        if (page->total >= 0)
            cursor.total = page->total;
        qint64 fresh = page->skipped;
        for (const Conversation &row : std::as_const(page->conversations)) {
            if (!ids.contains(row.id)) {
                ids.insert(row.id);
                ++fresh;
            }
        }
        cursor.seen += fresh;
        const bool empty = page->conversations.isEmpty();
        const bool reached = cursor.total < 0 || cursor.seen >= cursor.total;
        if (empty && !reached && !askedAgain) {
            askedAgain = true; // an empty page long before the end is not believed at once
            Delay pause(1s);
            co_await pause;
            auto retry = fetch(query);
            page = co_await retry;
            continue;
        }
        const QDateTime before = endOf(*page);
        const bool last = empty || page->conversations.size() + page->skipped < query.limit || !before.isValid();
        if (last && !reached && cursor.total - cursor.seen > cursor.total / 20 + 50) {
            co_return fail(ErrorKind::BadReply, QCoreApplication::translate(
                                                    "Feeds", "HighLevel's list of conversations ended early. It is tried again."));
        }
        if (!last && fresh == 0 && before == query.before) {
            Error error;
            error.kind = ErrorKind::BadReply;
            error.code = u"stuck"_s;
            error.message = QCoreApplication::translate(
                "Feeds", "HighLevel keeps giving the same page. The pull was stopped; what is here stays.");
            co_return fail(error);
        }
        cursor.position = QString::number(before.isValid() ? before.toMSecsSinceEpoch() : 0);
        cursor.watermark = newestDate(page->conversations, cursor.watermark);
        m_sweeping = cursor;
        query.before = before;
        remember(page->conversations);

        Task<Result<ConversationPage>> ahead;
        if (!last)
            ahead = fetch(query);
        auto write = m_context.cache->putConversations(m_context.location, std::move(page->conversations), cursor);
        const auto written = co_await write;
        if (!written)
            co_return fail(written.error());
        progress(cursor.seen, cursor.total);
        if (last)
            break;
        page = co_await ahead;
        askedAgain = false;
    }
    auto finish = finishSweep(cursor, first);
    co_return co_await finish;
}

} // namespace outrigger::sync
