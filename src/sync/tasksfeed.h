// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/feed.h"

namespace outrigger::sync {

/// The location's tasks, and what belongs to a lead that is opened. HighLevel's search tells neither totals nor
/// "changed since": all open tasks are read every two minutes (one request for a hundred), and what is open here and
/// not there has been finished or removed. Finished ones are read every half hour, the first five hundred of them.
/// Notes can only be asked for lead by lead, so they are read when a lead is opened, never in bulk.
class TasksFeed : public Feed
{
    Q_OBJECT
public:
    explicit TasksFeed(FeedContext context, QObject *parent = nullptr);
    /// Tasks and notes of one lead, now; again only after a minute.
    Task<Status> open(ContactId contact);

protected:
    Task<Status> work(bool full) override;

private:
    Task<Result<QVector<LeadTask>>> search(bool done, int most, bool *whole);

    QDateTime m_doneAt;
    QHash<ContactId, QDateTime> m_opened;
};

} // namespace outrigger::sync
