// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/contactsfeed.h"

#include "core/log.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

namespace {

constexpr auto countEvery = 30min;
constexpr int rowsTogether = 2'000; // read and not yet written: more would only cost memory

/// A sweep's place: how it goes and the page it stands at.
struct Place {
    QString after;
    bool newestFirst = true;
    bool legacy = false;

    QString toText() const
    {
        const QJsonObject object{{u"after"_s, after}, {u"newest"_s, newestFirst}, {u"legacy"_s, legacy}};
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    static Place fromText(const QString &text)
    {
        const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
        return {object.value("after"_L1).toString(), object.value("newest"_L1).toBool(true),
                object.value("legacy"_L1).toBool(false)};
    }
};

QDateTime newestDate(const QVector<Contact> &contacts, QDateTime newest)
{
    for (const Contact &contact : contacts) {
        const QDateTime date = contact.dateUpdated.isValid() ? contact.dateUpdated : contact.dateAdded;
        if (date.isValid() && (!newest.isValid() || date > newest))
            newest = date;
    }
    return newest;
}

bool refused(const Error &error)
{
    return error.kind == ErrorKind::Invalid || error.kind == ErrorKind::NotFound;
}

} // namespace

ContactsFeed::ContactsFeed(FeedContext context, QObject *parent) : Feed(std::move(context), u"contacts"_s, parent) {}

Task<Result<ContactPage>> ContactsFeed::fetch(ContactQuery query)
{
    query.legacy = m_legacy;
    auto read = patiently<ContactPage>(
        [this, query] { return m_context.source->contacts(query, api::Priority::Background); });
    co_return co_await read;
}

Task<Result<ContactPage>> ContactsFeed::fetchFirst(ContactQuery query)
{
    auto first = fetch(query);
    auto page = co_await first;
    if (page || !refused(page.error()) || m_legacy)
        co_return page;
    m_legacy = true;
    qCInfo(logSync) << "contact search refused, using the list call";
    auto second = fetch(query);
    co_return co_await second;
}

Task<Result<QDateTime>> ContactsFeed::newestChange()
{
    ContactQuery query;
    query.sortField = u"dateUpdated"_s;
    query.limit = 1;
    auto read = fetch(query);
    const auto page = co_await read;
    if (page)
        co_return newestDate(page->contacts, {});
    if (refused(page.error()))
        co_return QDateTime(); // the sweep's first page has to do
    co_return fail(page.error());
}

Task<Status> ContactsFeed::work(bool full)
{
    auto load = m_context.cache->cursor(m_context.location, u"contacts"_s);
    auto stored = co_await load;
    if (!stored)
        co_return fail(stored.error());
    store::Cursor cursor = *stored;
    cursor.feed = u"contacts"_s;
    setFirstSyncDone(cursor.complete);
    if (!cursor.complete) {
        auto first = sweep(cursor);
        co_return co_await first;
    }
    if (!full) {
        auto update = changes(cursor);
        const Status updated = co_await update;
        if (!updated)
            co_return updated;
        auto compare = countsDiffer();
        const auto differ = co_await compare;
        if (!differ)
            co_return fail(differ.error());
        if (!*differ && cursor.position.isEmpty())
            co_return updated;
        auto reload = m_context.cache->cursor(m_context.location, u"contacts"_s);
        auto again = co_await reload;
        if (!again)
            co_return fail(again.error());
        cursor = *again;
        cursor.feed = u"contacts"_s;
    }
    auto all = sweep(cursor);
    co_return co_await all;
}

Task<Status> ContactsFeed::sweep(store::Cursor cursor)
{
    const bool first = !cursor.complete;
    if (cursor.position.isEmpty()) {
        Place start;
        start.newestFirst = first;
        cursor.position = start.toText();
        cursor.seen = 0;
        cursor.total = -1;
        ++cursor.sweep;
        if (first) {
            // Changes made while the sweep runs are found from here on, so this is asked before it begins.
            auto ask = newestChange();
            const auto newest = co_await ask;
            if (!newest)
                co_return fail(newest.error());
            cursor.watermark = *newest;
        }
    }
    Place place = Place::fromText(cursor.position);
    m_legacy = m_legacy || place.legacy;
    beginCounting(cursor.seen, cursor.total);

    SweepGuard guard(place.after);
    ContactQuery query;
    query.descending = place.newestFirst;
    query.after = place.after;
    auto firstRead = fetchFirst(query);
    auto page = co_await firstRead;
    bool askedAgain = false;
    // Reading and writing go on side by side. What comes while a page is being written waits for the next transaction,
    // so a fast server makes larger ones, and with a slow one every page is kept at once.
    QVector<Contact> unwritten;
    Task<Status> writing = keep({}, cursor);
    for (;;) {
        if (!page) {
            const Error error = page.error();
            Status kept = co_await writing;
            if (kept) { // what has come stays; the next try goes on from it
                writing = keep(std::exchange(unwritten, {}), cursor);
                kept = co_await writing;
            }
            co_return kept ? fail(error) : kept;
        }
        if (page->total >= 0)
            cursor.total = page->total;
        cursor.seen += page->contacts.size() + page->skipped;
        const bool empty = page->contacts.isEmpty();
        const bool reached = cursor.total < 0 || cursor.seen >= cursor.total;
        if (empty && !reached && !askedAgain && cursor.total - cursor.seen > cursor.total / 100) {
            // An empty page long before the end is not believed at once.
            askedAgain = true;
            Delay pause(1s);
            co_await pause;
            auto retry = fetch(query);
            page = co_await retry;
            continue;
        }
        const bool last = empty || page->next.isEmpty() || (reached && page->contacts.size() < query.limit);
        if (last && !reached && cursor.total - cursor.seen > cursor.total / 20 + 50) {
            co_return fail(ErrorKind::BadReply,
                           QCoreApplication::translate("Feeds", "HighLevel's list of contacts ended early. It is tried again."));
        }
        if (!last) {
            const Status moves = guard.step(page->next, cursor.seen, cursor.total);
            if (!moves)
                co_return moves;
        }
        if (first && !cursor.watermark.isValid())
            cursor.watermark = newestDate(page->contacts, {});
        place.after = page->next;
        place.legacy = m_legacy;
        cursor.position = place.toText();
        query.after = page->next;

        // The next page is on its way while this one is written.
        Task<Result<ContactPage>> ahead;
        if (!last)
            ahead = fetch(query);
        if (unwritten.isEmpty())
            unwritten = std::move(page->contacts);
        else
            unwritten.append(std::move(page->contacts));
        if (last || writing.done() || unwritten.size() >= rowsTogether) {
            const Status kept = co_await writing; // the one before
            if (!kept)
                co_return kept;
            writing = keep(std::exchange(unwritten, {}), cursor);
        }
        progress(cursor.seen, cursor.total);
        if (last)
            break;
        page = co_await ahead;
        askedAgain = false;
    }
    const Status kept = co_await writing;
    if (!kept)
        co_return kept;
    auto finish = finishSweep(cursor, first);
    co_return co_await finish;
}

Task<Status> ContactsFeed::keep(QVector<Contact> contacts, store::Cursor cursor)
{
    if (contacts.isEmpty())
        co_return Status{};
    auto write = m_context.cache->putContacts(m_context.location, std::move(contacts), cursor);
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    co_return Status{};
}

Task<Status> ContactsFeed::changes(store::Cursor cursor)
{
    if (m_legacy || m_noFilter || !cursor.watermark.isValid()) {
        auto bySort = changesBySort(cursor);
        co_return co_await bySort;
    }
    SweepGuard guard;
    ContactQuery query;
    query.sortField = u"dateUpdated"_s;
    query.descending = false;
    query.updatedSince = cursor.watermark.addSecs(-std::chrono::seconds(watermarkOverlap).count());
    qint64 seen = 0;
    for (;;) {
        auto read = fetch(query);
        auto page = co_await read;
        if (!page) {
            if (!refused(page.error()) || seen > 0)
                co_return fail(page.error());
            m_noFilter = true;
            auto bySort = changesBySort(cursor);
            co_return co_await bySort;
        }
        seen += page->contacts.size();
        cursor.watermark = newestDate(page->contacts, cursor.watermark);
        const bool last = page->contacts.size() < query.limit || page->next.isEmpty();
        if (!last) {
            const Status moves = guard.step(page->next, seen, -1);
            if (!moves)
                co_return moves;
        }
        if (last)
            cursor.lastSuccess = m_context.clock->now();
        auto write = m_context.cache->putContacts(m_context.location, std::move(page->contacts), cursor);
        const auto written = co_await write;
        if (!written)
            co_return fail(written.error());
        if (last)
            co_return Status{};
        query.after = page->next;
    }
}

Task<Status> ContactsFeed::changesBySort(store::Cursor cursor)
{
    SweepGuard guard;
    ContactQuery query;
    query.sortField = u"dateUpdated"_s;
    query.limit = 100;
    const QDateTime until =
        cursor.watermark.isValid() ? cursor.watermark.addSecs(-std::chrono::seconds(watermarkOverlap).count()) : QDateTime();
    QDateTime newest = cursor.watermark;
    qint64 seen = 0;
    for (;;) {
        auto read = fetchFirst(query);
        auto page = co_await read;
        if (!page)
            co_return fail(page.error());
        seen += page->contacts.size();
        newest = newestDate(page->contacts, newest);
        const bool older = std::all_of(page->contacts.begin(), page->contacts.end(), [&until](const Contact &contact) {
            return until.isValid() && contact.dateUpdated.isValid() && contact.dateUpdated < until;
        });
        // The old list call has no order by change: only its first page is worth anything here.
        const bool last = older || page->contacts.isEmpty() || page->next.isEmpty() || m_legacy;
        if (!last) {
            const Status moves = guard.step(page->next, seen, -1);
            if (!moves)
                co_return moves;
        }
        std::optional<store::Cursor> end;
        if (last) { // newest first: the watermark may move only when the whole way back has been read
            cursor.watermark = newest;
            cursor.lastSuccess = m_context.clock->now();
            end = cursor;
        }
        auto write = m_context.cache->putContacts(m_context.location, std::move(page->contacts), end);
        const auto written = co_await write;
        if (!written)
            co_return fail(written.error());
        if (last)
            co_return Status{};
        query.after = page->next;
    }
}

Task<Result<bool>> ContactsFeed::countsDiffer()
{
    const auto now = m_context.clock->steady();
    if (m_countedAt >= 0ms && now - m_countedAt < countEvery)
        co_return false;
    ContactQuery query;
    query.limit = 1;
    auto read = fetch(query);
    const auto page = co_await read;
    if (!page)
        co_return fail(page.error());
    auto ask = m_context.cache->totals(m_context.location);
    const auto here = co_await ask;
    if (!here)
        co_return fail(here.error());
    m_countedAt = now;
    if (page->total < 0)
        co_return false;
    // A difference that a sweep has already looked at (contacts that are not in HighLevel yet, or that it would not
    // remove unasked) is no reason for another sweep.
    const qint64 difference = here->contacts - page->total;
    const bool differs = difference != 0 && difference != m_acceptedDifference;
    m_acceptedDifference = difference;
    co_return differs;
}

} // namespace outrigger::sync
