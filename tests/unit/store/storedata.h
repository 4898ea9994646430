// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ulid.h"
#include "store/cache.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

/// Rows for the tests of the cache.
namespace storedata {

using namespace outrigger;

/// The result of a task. Wakes with the answer and not at the next tick of a clock: these tests wait thousands of times.
template <class T>
T await(Task<T> task)
{
    bool late = false;
    QTimer limit;
    limit.setSingleShot(true);
    QObject::connect(&limit, &QTimer::timeout, &limit, [&late] { late = true; });
    limit.start(std::chrono::seconds(60));
    while (!task.done() && !late)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (late)
        qFatal("A task did not end in time.");
    return task.take();
}

inline const LocationId home(QStringLiteral("location1"));
inline const LocationId other(QStringLiteral("location2"));

/// Minutes after a fixed moment.
inline QDateTime at(int minutes) { return QDateTime::fromSecsSinceEpoch(1'780'000'000 + 60 * qint64(minutes), Qt::UTC); }

inline Contact contact(const QString &id, const QString &first, const QString &last, const QString &phone = {})
{
    Contact c;
    c.id = ContactId(id);
    c.location = home;
    c.firstName = first;
    c.lastName = last;
    c.phone = phone;
    c.email = first.toLower() + QStringLiteral("@example.com");
    c.tags = {QStringLiteral("lead")};
    c.dateAdded = at(0);
    c.dateUpdated = at(1);
    return c;
}

inline Conversation talk(const QString &id, const QString &contactId, int minute, Direction direction = Direction::Inbound, int unread = 0)
{
    Conversation c;
    c.id = ConversationId(id);
    c.location = home;
    c.contactId = ContactId(contactId);
    c.contactName = contactId;
    c.lastMessageBody = QStringLiteral("last of ") + id;
    c.lastMessageChannel = Channel::Sms;
    c.lastMessageType = QStringLiteral("TYPE_SMS");
    c.lastMessageDirection = direction;
    c.lastMessageDate = at(minute);
    c.dateUpdated = at(minute);
    c.unreadCount = unread;
    return c;
}

inline Message message(const QString &id, const QString &talkId, const QString &contactId, int minute, const QString &body,
                       Direction direction = Direction::Inbound, const QString &status = QStringLiteral("delivered"))
{
    Message m;
    m.id = MessageId(id);
    m.location = home;
    m.conversationId = ConversationId(talkId);
    m.contactId = ContactId(contactId);
    m.channel = Channel::Sms;
    m.typeWord = QStringLiteral("TYPE_SMS");
    m.direction = direction;
    m.status = status;
    m.body = body;
    m.dateAdded = at(minute);
    m.dateUpdated = at(minute);
    return m;
}

inline OutboxRecord textRecord(const QString &contactId, const QString &body, int minute, OutboxState state = OutboxState::Queued)
{
    MessageDraft draft;
    draft.contactId = ContactId(contactId);
    draft.body = body;
    OutboxRecord r;
    r.id = RecordId(newUlid());
    r.location = home;
    r.lane = QStringLiteral("conversation:") + contactId;
    r.payload = draft.toJson();
    r.state = state;
    r.createdAt = at(minute);
    return r;
}

inline OutboxRecord record(OutboxKind kind, const QJsonObject &payload, int minute)
{
    OutboxRecord r;
    r.id = RecordId(newUlid());
    r.location = home;
    r.kind = kind;
    r.payload = payload;
    r.createdAt = at(minute);
    return r;
}

inline InboxQuery inbox(Split split, int minute = 100'000)
{
    InboxQuery query;
    query.location = home;
    query.split = split;
    query.me = UserId(QStringLiteral("me"));
    query.now = at(minute);
    return query;
}

} // namespace storedata
