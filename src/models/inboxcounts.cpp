// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inboxcounts.h"

namespace outrigger::models {

InboxCounts::InboxCounts(store::Cache *cache, QObject *parent) : QObject(parent), m_cache(cache)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(500);
    connect(&m_timer, &QTimer::timeout, this, &InboxCounts::refresh);
    connect(&cache->notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        const bool ours = change.location.isEmpty() || change.location == m_query.location;
        if (ours && change.table != store::Table::Reference && change.table != store::Table::Events && change.table != store::Table::Tasks && !m_timer.isActive())
            m_timer.start();
    });
}

void InboxCounts::setQuery(const InboxQuery &query)
{
    m_query = query;
    refresh();
}

void InboxCounts::setSaved(const QVector<InboxQuery> &queries)
{
    m_saved = queries;
    m_sizes.clear();
    refresh();
}

void InboxCounts::refresh()
{
    if (!m_query.location.isEmpty())
        m_loading = load(this);
}

Task<void> InboxCounts::load(InboxCounts *self)
{
    auto query = self->m_query;
    query.now = QDateTime::currentDateTimeUtc();
    auto fetch = self->m_cache->splitCounts(std::move(query));
    auto counts = co_await fetch;
    if (!counts)
        co_return;
    self->m_counts = std::move(*counts);
    if (!self->m_saved.isEmpty()) {
        QVector<InboxQuery> queries = self->m_saved;
        for (InboxQuery &one : queries) {
            one.location = self->m_query.location;
            one.me = self->m_query.me;
            one.now = QDateTime::currentDateTimeUtc();
        }
        auto sizing = self->m_cache->inboxSizes(std::move(queries));
        auto sizes = co_await sizing;
        if (sizes)
            self->m_sizes = std::move(*sizes);
    }
    // Queued: whoever listens may ask again, and that would destroy this task from within.
    QMetaObject::invokeMethod(self, &InboxCounts::changed, Qt::QueuedConnection);
}

} // namespace outrigger::models
