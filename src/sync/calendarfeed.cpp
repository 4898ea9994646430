// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/calendarfeed.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

using api::Priority;

namespace {

constexpr int wideBack = 30;
constexpr int wideAhead = 90;
constexpr qint64 wideEvery = 30 * 60;      // seconds
constexpr qint64 calendarsEvery = 60 * 60; // seconds

bool lacksPermission(const Error &error)
{
    return error.kind == ErrorKind::ScopeMissing || error.kind == ErrorKind::Forbidden;
}

} // namespace

CalendarFeed::CalendarFeed(FeedContext context, QObject *parent) : Feed(std::move(context), u"calendars"_s, parent) {}

Task<Status> CalendarFeed::readCalendars()
{
    Source *source = m_context.source;
    auto call = patiently<QVector<Calendar>>([source] { return source->calendars(Priority::Background); });
    auto calendars = co_await call;
    if (!calendars)
        co_return fail(calendars.error());
    store::ReferenceData data;
    data.calendars = *calendars;
    auto groups = patiently<QVector<CalendarGroup>>([source] { return source->calendarGroups(Priority::Background); });
    auto known = co_await groups;
    if (known) // a sign-in without permission for groups is no error
        data.calendarGroups = std::move(*known);
    auto write = m_context.cache->putReference(m_context.location, data);
    const Status written = co_await write;
    if (!written)
        co_return written;
    auto load = m_context.cache->reference(m_context.location);
    const auto reference = co_await load;
    if (reference)
        m_users = reference->users;
    m_calendars = std::move(*calendars);
    m_calendarsAt = m_context.clock->now();
    co_return Status{};
}

Task<Status> CalendarFeed::readOne(store::Cache::EventWindow window, Priority priority)
{
    Source *source = m_context.source;
    const EventQuery query{window.calendar, window.user, window.from, window.to, window.blocks};
    auto call = patiently<QVector<Appointment>>([source, query, priority] { return source->events(query, priority); });
    auto events = co_await call;
    if (!events)
        co_return fail(events.error());
    auto write = m_context.cache->putEvents(m_context.location, window, std::move(*events));
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    co_return Status{};
}

Task<Status> CalendarFeed::readWindow(QDateTime from, QDateTime to, Priority priority)
{
    const auto calendars = m_calendars;
    for (const Calendar &calendar : calendars) {
        for (const bool blocks : {false, true}) {
            auto one = readOne({calendar.id, {}, from, to, blocks}, priority);
            const Status read = co_await one;
            if (!read && read.error().kind == ErrorKind::NotFound)
                continue; // deleted since the list was read
            if (!read)
                co_return read;
        }
    }
    const auto users = m_users;
    for (const User &user : users) {
        if (!m_personalBlocks)
            break;
        auto one = readOne({{}, user.id, from, to, true}, priority);
        const Status read = co_await one;
        if (!read && (read.error().kind == ErrorKind::Invalid || read.error().kind == ErrorKind::NotFound || lacksPermission(read.error())))
            m_personalBlocks = false;
        else if (!read)
            co_return read;
    }
    co_return Status{};
}

Task<Status> CalendarFeed::work(bool full)
{
    const QDateTime now = m_context.clock->now();
    if (full || m_calendars.isEmpty() || !m_calendarsAt.isValid() || m_calendarsAt.secsTo(now) > calendarsEvery) {
        auto reading = readCalendars();
        const Status read = co_await reading;
        if (!read && lacksPermission(read.error()))
            co_return Status{}; // people do without
        if (!read)
            co_return read;
    }
    const bool wide = full || !m_wideAt.isValid() || m_wideAt.secsTo(now) > wideEvery;
    const QDateTime midnight(now.date(), QTime(0, 0), Qt::UTC);
    const QDateTime from = midnight.addDays(wide ? -wideBack : -1);
    const QDateTime to = midnight.addDays(wide ? wideAhead : 14);
    beginCounting(0, m_calendars.size());
    auto window = readWindow(from, to, Priority::Background);
    const Status read = co_await window;
    if (!read && lacksPermission(read.error()))
        co_return Status{};
    if (!read)
        co_return read;
    if (wide) {
        m_wideAt = now;
        m_wideFrom = from;
        m_wideTo = to;
    }
    progress(m_calendars.size(), m_calendars.size());
    setFirstSyncDone(true);
    store::Cursor cursor;
    cursor.feed = area();
    cursor.complete = true;
    cursor.lastSuccess = m_context.clock->now();
    auto mark = m_context.cache->putCursor(m_context.location, cursor);
    co_return co_await mark;
}

Task<Status> CalendarFeed::look(QDateTime from, QDateTime to)
{
    if (m_wideFrom.isValid() && from >= m_wideFrom && to <= m_wideTo)
        co_return Status{};
    if (m_calendars.isEmpty()) {
        auto reading = readCalendars();
        const Status read = co_await reading;
        if (!read)
            co_return read;
    }
    auto window = readWindow(from, to, Priority::Visible);
    co_return co_await window;
}

} // namespace outrigger::sync
