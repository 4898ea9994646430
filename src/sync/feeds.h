// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/calendarfeed.h"
#include "sync/contactsfeed.h"
#include "sync/conversationsfeed.h"
#include "sync/dealsfeed.h"
#include "sync/messagesfeed.h"
#include "sync/referencefeed.h"
#include "sync/tasksfeed.h"
#include "sync/threads.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace outrigger::sync {

/// Every feed of one account and when each is due. Two rounds go side by side: the live one (heartbeat of the inbox,
/// changed messages, the open thread) and the bulk one (everything else, the first sync included), so that the inbox
/// stays fresh while a hundred thousand contacts come in.
class Feeds : public QObject
{
    Q_OBJECT
public:
    Feeds(FeedContext context, QObject *parent = nullptr);
    ~Feeds() override;

    /// Starts the rounds; nothing is asked before setAllowed(true).
    void start();
    /// Signed in, online as far as known, not "Work offline". Taking it back lets a running request end and starts no
    /// new pull.
    void setAllowed(bool allowed);
    /// Out of view: no more pulls until it is in view again.
    void pause(bool paused);
    void setAttention(const Attention &attention);
    /// Reconnected or woken up: everything that is due is asked for now.
    void hurry();

    /// One pull of these areas (empty: all), in the order of the first sync. Answers with the first error after trying
    /// the others too.
    Task<Status> pull(QStringList areas, bool full);
    Task<Status> removeConfirmed(QString area);
    Threads &threads() { return *m_threads; }
    DealsFeed &deals() { return *m_deals; }
    CalendarFeed &calendar() { return *m_calendar; }
    TasksFeed &tasks() { return *m_tasks; }

    QVector<AreaStatus> areas() const;
    static QStringList areaNames();

Q_SIGNALS:
    void areasChanged();
    void locationRead(const outrigger::Location &location);
    void problem(const QString &sentence, const QString &nextStep);

private:
    struct Slot {
        Feed *feed = nullptr;
        std::chrono::milliseconds every{0}; ///< 0: once, then never again
        std::chrono::milliseconds due{0};   ///< steady time
        QString name;                       ///< as pull() knows it
    };
    static Task<void> restore(Feeds *self);
    void begin();
    Task<void> live();
    Task<void> bulk();
    Task<void> beatOnce();
    Slot *nextSlot();
    bool diskIsFull();
    void schedule(Slot &slot, const Status &result);
    bool mayAsk() const { return m_allowed && !m_paused; }
    std::chrono::milliseconds beatEvery() const;
    std::chrono::milliseconds boardEvery() const;
    std::chrono::milliseconds retryAfter(const Feed &feed) const;

    FeedContext m_context;
    ContactsFeed *m_contacts;
    ConversationsFeed *m_conversations;
    MessagesFeed *m_messages;
    MessagesFeed *m_older;
    DealsFeed *m_deals;
    CalendarFeed *m_calendar;
    TasksFeed *m_tasks;
    Threads *m_threads;
    std::vector<Slot> m_slots;
    Attention m_attention;
    bool m_allowed = false;
    bool m_paused = false;
    bool m_lowDisk = false;
    bool m_wanted = false;   ///< start() was called
    bool m_restored = false; ///< what earlier runs know has been read
    bool m_started = false;
    int m_beatFailures = 0;
    std::chrono::milliseconds m_changesAt{-1};
    std::chrono::milliseconds m_threadAt{-1};
    QTimer m_liveTimer;
    QTimer m_bulkTimer;
    Bell m_liveBell;
    Bell m_bulkBell;
    TaskScope m_rounds; ///< last: the rounds use everything above
};

} // namespace outrigger::sync
