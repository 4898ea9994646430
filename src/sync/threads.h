// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/feed.h"

#include <QObject>

#include <optional>

namespace outrigger::sync {

/// What a person looks at right now, read by itself: one thread, one contact.
class Threads : public QObject
{
    Q_OBJECT
public:
    explicit Threads(FeedContext context, QObject *parent = nullptr);

    /// The newest page of a thread. It is the authority for its span of time: a message that the cache has there and
    /// the page has not is asked for by id, and removed when HighLevel says that it does not exist.
    Task<Status> refresh(ConversationId id, ContactId contact, api::Priority priority = api::Priority::Visible);
    Task<Status> loadOlder(ConversationId id, MessageId before);
    Task<Result<Contact>> refreshContact(ContactId id);
    Task<Result<std::optional<Contact>>> findOnServer(QString phone, QString email);
    Source *source() const { return m_context.source; }

private:
    Task<Status> removeVanished(ConversationId id, QVector<Message> page);
    Task<Status> markDeletedIfGone(ConversationId id);
    FeedContext m_context;
};

} // namespace outrigger::sync
