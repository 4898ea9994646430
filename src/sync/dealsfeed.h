// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/feed.h"

namespace outrigger::sync {

/// Deals. HighLevel has no "changed since" for them, so the open ones are read again, a hundred a page, and all of them
/// once a day; only what differs is written. An open deal that a sweep has not met was ended or removed: few are asked
/// for one by one, many are left to the sweep over all.
class DealsFeed final : public Feed
{
    Q_OBJECT
public:
    DealsFeed(FeedContext context, QObject *parent = nullptr);

    /// One deal, for a click: written as it is, removed when HighLevel has it no more (NotFound).
    Task<Status> refresh(OpportunityId id);

protected:
    Task<Status> work(bool full) override;

private:
    Task<Result<DealPage>> fetch(DealQuery query);
    Task<Status> sweep(store::Cursor cursor, bool openOnly);
    /// What the sweep has not met: removed where HighLevel says so, else written as it is now.
    Task<Status> askFor(QVector<OpportunityId> missing);

    bool m_advanced = false; ///< the other search works, this one does not
};

} // namespace outrigger::sync
