// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "store/cache.h"

#include <QObject>
#include <QTimer>

namespace outrigger::models {

/// Counts on the inbox splits and the nav rail. Asks the cache again when conversations change, at most every 500 ms.
class InboxCounts : public QObject
{
    Q_OBJECT
public:
    explicit InboxCounts(store::Cache *cache, QObject *parent = nullptr);
    void setQuery(const InboxQuery &query); ///< location and me are used; asks at once
    int of(Split split) const { return m_counts.bySplit.value(int(split)); }
    int ofSaved(int place) const { return m_sizes.value(place, -1); }
    void setSaved(const QVector<InboxQuery> &queries); ///< of the person's own splits; location, me and now are the query's
    int unread() const { return m_counts.unread; }
    void refresh();

Q_SIGNALS:
    void changed();

private:
    static Task<void> load(InboxCounts *self);
    store::Cache *m_cache;
    InboxQuery m_query;
    SplitCounts m_counts;
    QVector<InboxQuery> m_saved;
    QVector<int> m_sizes;
    QTimer m_timer;
    Task<void> m_loading;
};

} // namespace outrigger::models
