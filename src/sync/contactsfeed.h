// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/feed.h"

namespace outrigger::sync {

/// Contacts. First sweep: newest added first, 500 a page. Then: what changed since the watermark. Full sweep: oldest
/// first, so that contacts added meanwhile come at its end and are not taken for missing.
class ContactsFeed final : public Feed
{
    Q_OBJECT
public:
    ContactsFeed(FeedContext context, QObject *parent = nullptr);

protected:
    Task<Status> work(bool full) override;

private:
    Task<Result<ContactPage>> fetch(ContactQuery query);
    /// The first page, with the old list call when the search is refused.
    Task<Result<ContactPage>> fetchFirst(ContactQuery query);
    Task<Result<QDateTime>> newestChange();
    Task<Status> sweep(store::Cursor cursor);
    Task<Status> keep(QVector<Contact> contacts, store::Cursor cursor);
    Task<Status> changes(store::Cursor cursor);
    /// Without the filter: newest change first until everything is older than the watermark.
    Task<Status> changesBySort(store::Cursor cursor);
    Task<Result<bool>> countsDiffer();

    bool m_legacy = false;
    bool m_noFilter = false;
    std::chrono::milliseconds m_countedAt{-1};
    qint64 m_acceptedDifference = 0;
};

} // namespace outrigger::sync
