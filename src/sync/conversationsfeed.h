// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/feed.h"

#include <QHash>

namespace outrigger::sync {

/// Conversations, newest first. The heartbeat reads the newest twenty every few seconds and goes on only while pages
/// bring something new; the sweep reads all of them, once at first and then for deletions.
class ConversationsFeed final : public Feed
{
    Q_OBJECT
public:
    ConversationsFeed(FeedContext context, QObject *parent = nullptr);

    struct Beat {
        QVector<Conversation> changed; ///< differ from what the last heartbeats saw
        bool emails = false;           ///< one of them is about e-mail
        bool first = false;            ///< nothing was known before
    };
    Task<Result<Beat>> heartbeat(int limit);

protected:
    Task<Status> work(bool full) override;

private:
    /// What tells two versions of a row apart.
    struct Seen {
        QDateTime last;
        QDateTime updated;
        int unread = 0;
        bool starred = false;
        friend bool operator==(const Seen &, const Seen &) = default;
    };
    Task<Result<ConversationPage>> fetch(ConversationQuery query);
    Task<Status> sweep(store::Cursor cursor);
    QVector<Conversation> remember(const QVector<Conversation> &rows);

    QHash<ConversationId, Seen> m_seen;
    std::optional<store::Cursor> m_sweeping; ///< while a sweep runs: rows written by the heartbeat count as seen in it
};

} // namespace outrigger::sync
