// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/threadahead.h"

namespace outrigger::models {

ThreadAhead::ThreadAhead(store::Cache *cache, QObject *parent) : QObject(parent), m_cache(cache)
{
    connect(&cache->notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        if (change.table != store::Table::Messages)
            return;
        if (change.everything) {
            m_pages.clear();
            m_fetching.cancel();
            return;
        }
        for (const qint64 key : change.parents) {
            m_pages.remove(key);
            m_stale.insert(key);
        }
    });
}

void ThreadAhead::want(const QVector<ConversationRow> &rows)
{
    QHash<qint64, MessagePage> kept;
    QVector<ConversationRow> ask;
    for (const ConversationRow &row : rows) {
        if (const auto it = m_pages.constFind(row.key); it != m_pages.cend())
            kept.insert(row.key, *it);
        else
            ask.append(row);
    }
    m_pages = kept;
    m_stale.clear();
    m_fetching = fetch(this, ask);
}

std::optional<MessagePage> ThreadAhead::page(qint64 conversationKey) const
{
    const auto it = m_pages.constFind(conversationKey);
    return it == m_pages.cend() ? std::nullopt : std::optional(*it);
}

Task<void> ThreadAhead::fetch(ThreadAhead *self, QVector<ConversationRow> rows)
{
    for (const ConversationRow &row : std::as_const(rows)) {
        auto asking = self->m_cache->newestMessages(row.key, pageSize);
        auto page = co_await asking;
        if (!page)
            continue;
        const QDateTime newest = page->rows.isEmpty() ? QDateTime() : page->rows.constLast().message.dateAdded;
        const bool behind = row.lastDate.isValid() && (!newest.isValid() || newest < row.lastDate);
        if (!self->m_stale.contains(row.key))
            self->m_pages.insert(row.key, std::move(*page));
        // Queued: a listener may want others, which would destroy this task from within.
        QMetaObject::invokeMethod(
            self,
            [self, row, behind] {
                if (behind)
                    Q_EMIT self->needsServer(row);
                Q_EMIT self->ready(row.key);
            },
            Qt::QueuedConnection);
    }
}

} // namespace outrigger::models
