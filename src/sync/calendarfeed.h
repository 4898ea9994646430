// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/feed.h"

namespace outrigger::sync {

/// Calendars and what is in them. HighLevel lists events only for one calendar (or person) and one window, without
/// pages and without "changed since": so a window is read as a whole, and what is not in the answer has been deleted.
/// The near window (yesterday to two weeks ahead) is read every two minutes, the wide one (30 days back, 90 ahead)
/// every half hour; further away is read when somebody looks there.
class CalendarFeed : public Feed
{
    Q_OBJECT
public:
    explicit CalendarFeed(FeedContext context, QObject *parent = nullptr);
    /// Reads a window that somebody looks at, now. Windows inside the wide one answer at once: they are kept fresh.
    Task<Status> look(QDateTime from, QDateTime to);
    bool askedFor() override
    {
        m_calendarsAt = {};
        return true;
    }

protected:
    Task<Status> work(bool full) override;

private:
    Task<Status> readCalendars();
    Task<Status> readWindow(QDateTime from, QDateTime to, api::Priority priority);
    Task<Status> readOne(store::Cache::EventWindow window, api::Priority priority);

    QVector<Calendar> m_calendars;
    QVector<User> m_users;
    QDateTime m_calendarsAt;
    QDateTime m_wideAt;
    QDateTime m_wideFrom;
    QDateTime m_wideTo;
    bool m_personalBlocks = true; ///< false: this sign-in, or this version of HighLevel, does not list them
};

} // namespace outrigger::sync
