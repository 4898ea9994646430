// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/dealsfeed.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

using api::Priority;

namespace {

constexpr int sweepEveryHours = 24;
constexpr qsizetype askAtMost = 25; ///< one by one

/// A door that is shut to this token, while the other may be open.
bool isShut(const Error &error)
{
    return error.kind == ErrorKind::ScopeMissing || error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound;
}

} // namespace

DealsFeed::DealsFeed(FeedContext context, QObject *parent) : Feed(std::move(context), u"opportunities"_s, parent) {}

Task<Result<DealPage>> DealsFeed::fetch(DealQuery query)
{
    query.advanced = m_advanced;
    Source *source = m_context.source;
    auto call = patiently<DealPage>([source, query] { return source->deals(query, Priority::Background); });
    auto page = co_await call;
    if (page || !query.after.isEmpty() || !isShut(page.error()))
        co_return page;
    query.advanced = !query.advanced;
    auto other = patiently<DealPage>([source, query] { return source->deals(query, Priority::Background); });
    auto again = co_await other;
    if (!again)
        co_return page; // the first refusal says it
    m_advanced = query.advanced;
    co_return again;
}

Task<Status> DealsFeed::work(bool full)
{
    auto load = m_context.cache->cursor(m_context.location, area());
    const auto stored = co_await load;
    if (!stored)
        co_return fail(stored.error());
    store::Cursor cursor = *stored;
    cursor.feed = area();
    setFirstSyncDone(cursor.complete);
    // The watermark of this feed: when all of them were last read.
    const bool lately = cursor.watermark.isValid() && cursor.watermark.secsTo(m_context.clock->now()) < sweepEveryHours * 3600;
    auto all = sweep(cursor, cursor.complete && !full && lately);
    co_return co_await all;
}

Task<Status> DealsFeed::sweep(store::Cursor cursor, bool openOnly)
{
    QSet<QString> ids; // a deal that moves up while pages are read comes twice, or not at all
    SweepGuard guard;
    DealQuery query;
    query.openOnly = openOnly;
    cursor.seen = 0;
    cursor.total = -1;
    beginCounting(0, -1);
    int unreadable = 0;
    for (;;) {
        auto call = fetch(query);
        auto page = co_await call;
        if (!page)
            co_return fail(page.error());
        if (page->total >= 0)
            cursor.total = page->total;
        unreadable += page->skipped;
        for (const Opportunity &deal : std::as_const(page->deals))
            ids.insert(deal.id.value);
        cursor.seen = ids.size() + unreadable;
        const bool last = page->next.isEmpty() || page->deals.size() + page->skipped < query.limit;
        if (!last) {
            if (const Status on = guard.step(page->next, cursor.seen, cursor.total); !on)
                co_return on;
        }
        query.after = page->next;
        auto write = m_context.cache->putDeals(m_context.location, std::move(page->deals), std::nullopt);
        const auto written = co_await write;
        if (!written)
            co_return fail(written.error());
        progress(cursor.seen, cursor.total);
        if (last)
            break;
    }
    const bool whole = unreadable == 0 && (cursor.total < 0 || cursor.seen >= cursor.total);
    if (whole) {
        auto compare = m_context.cache->dealsBeside(m_context.location, ids, openOnly);
        auto missing = co_await compare;
        if (!missing)
            co_return fail(missing.error());
        if (missing->size() > askAtMost && openOnly) {
            auto all = sweep(cursor, false);
            co_return co_await all;
        }
        if (missing->size() > askAtMost && missing->size() * 2 > ids.size()) {
            // Half of everything gone: more likely a search that does not see than a desk that was cleared.
            co_return fail(ErrorKind::BadReply, QCoreApplication::translate(
                                                    "Feeds", "HighLevel's list of deals lacks most of what it had. Nothing was removed here; it is tried again."));
        }
        if (missing->size() > askAtMost) {
            auto removal = m_context.cache->removeDeals(m_context.location, *missing);
            const auto removed = co_await removal;
            if (!removed)
                co_return fail(removed.error());
        } else if (!missing->isEmpty()) {
            auto asking = askFor(std::move(*missing));
            const Status asked = co_await asking;
            if (!asked)
                co_return asked;
        }
    }
    cursor.complete = true;
    cursor.lastSuccess = m_context.clock->now();
    if (!openOnly && whole)
        cursor.watermark = cursor.lastSuccess;
    setFirstSyncDone(true);
    auto finish = m_context.cache->putCursor(m_context.location, cursor);
    co_return co_await finish;
}

Task<Status> DealsFeed::refresh(OpportunityId id)
{
    auto call = m_context.source->deal(id, Priority::Visible);
    const auto deal = co_await call;
    if (!deal && deal.error().kind == ErrorKind::NotFound) {
        auto removal = m_context.cache->removeDeals(m_context.location, {id});
        co_await removal;
    }
    if (!deal)
        co_return fail(deal.error());
    auto write = m_context.cache->putDeals(m_context.location, {*deal}, std::nullopt);
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    co_return Status{};
}

Task<Status> DealsFeed::askFor(QVector<OpportunityId> missing)
{
    QVector<Opportunity> there;
    QVector<OpportunityId> gone;
    Source *source = m_context.source;
    for (const OpportunityId &id : std::as_const(missing)) {
        auto call = patiently<Opportunity>([source, id] { return source->deal(id, Priority::Background); });
        const auto deal = co_await call;
        if (deal)
            there.append(*deal);
        else if (deal.error().kind == ErrorKind::NotFound || (deal.error().http == 400 && deal.error().jsonError))
            gone.append(id);
        else
            co_return fail(deal.error());
    }
    auto write = m_context.cache->putDeals(m_context.location, std::move(there), std::nullopt);
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    auto removal = m_context.cache->removeDeals(m_context.location, std::move(gone));
    const auto removed = co_await removal;
    if (!removed)
        co_return fail(removed.error());
    co_return Status{};
}

} // namespace outrigger::sync
