// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "store/cache.h"

#include <QObject>
#include <QSet>

namespace outrigger::models {

/// The newest pages of the conversations that will probably be opened next, so that opening one waits for nothing.
/// A page that has changed since is thrown away.
class ThreadAhead : public QObject
{
    Q_OBJECT
public:
    explicit ThreadAhead(store::Cache *cache, QObject *parent = nullptr);
    /// Fetches what is not here of these, in this order, and forgets the others. A conversation that is not whole in the
    /// cache is asked for by needsServer().
    void want(const QVector<ConversationRow> &rows);
    std::optional<MessagePage> page(qint64 conversationKey) const;
    static constexpr int pageSize = 60;

Q_SIGNALS:
    void ready(qint64 conversationKey);
    /// Its newest message is not in the cache yet.
    void needsServer(const outrigger::ConversationRow &row);

private:
    static Task<void> fetch(ThreadAhead *self, QVector<ConversationRow> rows);
    store::Cache *m_cache;
    QHash<qint64, MessagePage> m_pages;
    QSet<qint64> m_stale; ///< changed while being fetched
    Task<void> m_fetching;
};

} // namespace outrigger::models
