// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contact.h"
#include "domain/conversation.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <cstdio>

/// Data and small helps for the benchmarks. Numbers are fictional (555-01xx in real area codes).
namespace bench {

using namespace outrigger;

inline const LocationId location(QStringLiteral("benchLocation0000001"));

/// Spins the loop until the task has ended; these are programs, not the product.
template <class T>
T await(Task<T> task)
{
    // Without a time limit: with one, processEvents() polls and takes a core from what is measured.
    while (!task.done())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if constexpr (!std::is_void_v<T>)
        return task.take();
}

/// Where a benchmark could not go on, and the exit code for it.
inline int gaveUp(int line)
{
    std::fprintf(stderr, "gave up in line %d\n", line);
    return 1;
}

/// A line of what the system says of this process, in kB: "VmRSS" what it has in memory, "VmHWM" the most that it had.
inline qint64 memory(const QByteArray &line)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &one : status.readAll().split('\n')) {
        if (one.startsWith(line + ':'))
            return one.mid(line.size() + 1).simplified().split(' ').first().toLongLong();
    }
    return 0;
}

inline QDateTime moment(qint64 minutesAgo)
{
    return QDateTime::currentDateTimeUtc().addSecs(-60 * minutesAgo);
}

inline Contact contact(int n)
{
    static const char *const first[] = {"Sarah", "John", "Maria", "Wei", "Amina", "Pedro", "Olga", "Kenji", "Lucia", "Omar", "Ingrid", "Tom"};
    static const char *const last[] = {"Jones", "Smith", "Garcia", "Chen", "Haddad", "Silva", "Petrova", "Sato", "Rossi", "Farouk", "Larsen"};
    static const char *const codes[] = {"407", "415", "212", "303", "512", "808"};
    Contact c;
    c.id = ContactId(QStringLiteral("benchContact%1").arg(n, 8, 10, QLatin1Char('0')));
    c.location = location;
    c.firstName = QString::fromLatin1(first[n % 12]);
    c.lastName = QString::fromLatin1(last[n % 11]) + QStringLiteral(" %1").arg(n);
    c.email = QStringLiteral("lead%1@example.com").arg(n);
    // Not with one arg(): "%1555" would be its fifteenth argument.
    c.phone = QStringLiteral("+1") + QString::fromLatin1(codes[n % 6]) + QStringLiteral("555%1").arg(n % 10000, 4, 10, QLatin1Char('0'));
    c.tags = {QStringLiteral("lead"), n % 3 ? QStringLiteral("warm") : QStringLiteral("licensed")};
    c.source = QStringLiteral("web form");
    c.country = QStringLiteral("US");
    c.dateAdded = moment(n + 100'000);
    c.dateUpdated = moment(n);
    return c;
}

inline Conversation conversation(int n)
{
    Conversation c;
    c.id = ConversationId(QStringLiteral("benchTalk%1").arg(n, 8, 10, QLatin1Char('0')));
    c.location = location;
    c.contactId = contact(n).id;
    c.contactName = contact(n).displayName();
    c.lastMessageBody = QStringLiteral("Thursday at %1 works for me").arg(n % 12);
    c.lastMessageChannel = Channel::Sms;
    c.lastMessageType = QStringLiteral("TYPE_SMS");
    c.lastMessageDirection = n % 3 ? Direction::Outbound : Direction::Inbound;
    c.lastMessageDate = moment(n * 3);
    c.dateUpdated = c.lastMessageDate;
    c.dateAdded = moment(n * 3 + 50'000);
    c.unreadCount = n % 5 == 0 ? 1 : 0;
    return c;
}

/// The n-th message, n = 0 the newest of its conversation.
inline Message message(int talk, int n)
{
    static const char *const words[] = {"Hi, is the offer still open?", "Yes it is! When works best for a quick call?",
                                        "Tomorrow after four would be good, I am at work before that.", "Great, I will call you at 4:30 then.",
                                        "Perfect, talk soon"};
    Message m;
    m.id = MessageId(QStringLiteral("benchMessage%1x%2").arg(talk, 6, 10, QLatin1Char('0')).arg(n, 7, 10, QLatin1Char('0')));
    m.location = location;
    m.conversationId = conversation(talk).id;
    m.contactId = contact(talk).id;
    m.channel = Channel::Sms;
    m.typeWord = QStringLiteral("TYPE_SMS");
    m.direction = n % 2 ? Direction::Outbound : Direction::Inbound;
    m.status = QStringLiteral("delivered");
    m.body = QString::fromLatin1(words[n % 5]) + QStringLiteral(" (%1)").arg(n);
    m.dateAdded = moment(static_cast<qint64>(talk) * 3 + static_cast<qint64>(n) * 7);
    m.dateUpdated = m.dateAdded;
    return m;
}

} // namespace bench
