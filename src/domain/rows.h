// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/contactfilter.h"
#include "domain/conversation.h"
#include "domain/inboxfilter.h"
#include "domain/messagestate.h"
#include "domain/outboxrecord.h"

#include <QHash>
#include <QMetaType>
#include <QVector>

/// What lists show: plain values that the store fills, the models hand on and delegates paint.
namespace outrigger {

enum class Split { NewLeads, Replies, Mine, Unassigned, Snoozed, All };

struct InboxQuery {
    LocationId location;
    Split split = Split::All;
    UserId me;
    QString text; ///< filter by name, number or preview; empty: no filter
    QDateTime now;
    InboxFilter filter = {};
    std::optional<bool> oldestFirst = {}; ///< unset: as the split has it
};

struct SplitCounts {
    QHash<int, int> bySplit; ///< key: int(Split)
    int unread = 0;          ///< conversations with something unread, for the nav rail
};

/// One row of the inbox, complete for painting and for a screen reader.
struct ConversationRow {
    qint64 key = 0;
    ConversationId id;
    ContactId contactId;
    QString name;         ///< contact's display name, else number or e-mail
    QString phone;
    QString initials;
    bool contactLocal = false; ///< not in HighLevel yet
    Channel channel = Channel::Unknown;
    QString typeWord;
    QString preview;
    Direction direction = Direction::Inbound;
    QDateTime lastDate;
    int unread = 0;       ///< with our unsent read changes laid over
    bool starred = false;
    bool deleted = false;
    UserId assignedTo;
    QStringList tags;     ///< the contact's
    MessageState lastState = MessageState::Sent; ///< of the last message when it is outbound
    bool hasDraft = false;
    QDateTime snoozedUntil;
    QDateTime doneAt;
    QByteArray zone;      ///< the lead's, an IANA id; empty when neither field, state nor number tell it
};

/// One message of a thread. `record` is set for what we sent or are about to send.
struct MessageRow {
    qint64 key = 0;
    Message message;
    RecordId record;
    MessageState state = MessageState::Sent;
    HoldReason hold = HoldReason::None;
    QDateTime dueAt;        ///< when a held or waiting message goes on
    QString reason;         ///< for Failed, StoppedHere, NeedsYou, Waiting
    bool triedAgain = false; ///< refused, and a new attempt stands below it
    QString senderName;     ///< user's name for outbound messages, where known
};

struct MessagePage {
    QVector<MessageRow> rows; ///< oldest first
    bool atStart = false;     ///< no older message in the cache
    bool complete = false;    ///< the cache also knows that the server has none older
};

/// Where something was found in one conversation.
struct ThreadHits {
    QVector<qint64> keys;  ///< of messages, oldest first
    QDateTime oldest;      ///< the oldest message that was looked at
    bool complete = false; ///< HighLevel has none that was not looked at
};

/// What came while nobody looked.
struct AwayNews {
    struct Lead {
        ContactId contact;
        QString name;
        QDateTime since; ///< their first word in that time
    };
    QVector<Lead> replies;  ///< leads who wrote and still wait, longest wait first
    QVector<Lead> newLeads; ///< of these, who came in that time and nobody has written to by hand
    QVector<Lead> failed;   ///< to whom a text of ours did not arrive
    int messages = 0;       ///< everything that came in
    bool isEmpty() const { return replies.isEmpty() && newLeads.isEmpty() && failed.isEmpty(); }
};

/// One row of the contacts, with what costs too much to tell while painting.
struct ContactRow {
    qint64 key = 0;
    Contact contact;
    QString phone; ///< as it is shown: reading a number costs more than painting it
    QDateTime lastActivity = {}; ///< of the newest message of the talk
    int unread = 0;
    int openDeals = 0;
    bool changing = false; ///< has a change that HighLevel does not have yet
    bool leaving = false;  ///< is about to be deleted
};

struct ContactHit {
    qint64 key = 0;
    ContactId id;
    QString name;
    QString phone;
    QString email;
    QString initials;
    bool local = false;
    DndStatus smsDnd = DndStatus::Inactive;
    QDateTime lastTexted;
    enum class Match { Exact, Maybe, Name } match = Match::Name;
};

} // namespace outrigger

Q_DECLARE_METATYPE(outrigger::ConversationRow)
Q_DECLARE_METATYPE(outrigger::MessageRow)
Q_DECLARE_METATYPE(outrigger::ContactHit)
