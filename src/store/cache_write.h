// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cache_rows.h"

#include <QSet>

/// One writing job of the cache: what it works on and what it has changed so far. On the writer's thread.
namespace outrigger::store {

/// What one transaction changed in the three tables that lists show.
struct Changes {
    ChangeSet contacts;
    ChangeSet conversations;
    ChangeSet messages;
    ChangeSet deals;
    ChangeSet events;
    ChangeSet tasks; ///< and notes
    explicit Changes(const LocationId &location = {});
    ChangeSet &of(Table table);
    void finish(); ///< no key twice, and `everything` instead of very many keys
};

/// Lists lag behind writes: so long (in milliseconds) they do not flip back what was just accepted.
inline constexpr qint64 dirtyFor = 30'000;

/// HighLevel has it.
inline bool arrived(const OutboxRecord &record)
{
    return record.state == OutboxState::Accepted || record.state == OutboxState::Confirmed;
}
/// HighLevel does not have it and will not get it.
inline bool takenBack(const OutboxRecord &record)
{
    return record.state == OutboxState::Cancelled || record.state == OutboxState::Rejected;
}

class CacheWriter
{
public:
    /// `sweep`: number of the sweep that rows are marked as seen in; negative: that of the stored cursor of `feed`.
    CacheWriter(Connection &connection, const LocationId &location, qint64 now);
    /// Begins the transaction and finds the location.
    Status begin();
    /// Derives what lists show from what was changed, stores the cursor, commits.
    Result<Changes> commit(const std::optional<Cursor> &cursor = std::nullopt);

    // --- contacts: cache_sync_contacts.cpp ---
    Status markSweep(const QString &feed, const std::optional<Cursor> &cursor);
    Status putContact(Contact contact);
    Status removeContact(const QString &id);
    struct StoredContact {
        qint64 key = 0;
        Contact contact;
        qint64 hash = 0;
        bool hashKnown = false;
        qint64 dirtyUntil = 0;
        qint64 seen = 0;
    };
    Result<StoredContact> storedContact(const QString &id);
    /// Replaces all columns of a row, the text index and the additional numbers.
    /// `hashed`: what the server said, when `after` is that with our changes laid over it.
    Status rewriteContact(const StoredContact &before, const Contact &after, bool keepHash, qint64 dirtyUntil, const Contact *hashed = nullptr);
    Status deleteContactRow(const StoredContact &contact);

    // --- conversations: cache_sync_conversations.cpp ---
    Status putConversation(const Conversation &conversation);
    /// Row of a server conversation; made, or taken over from a local row of that contact, when it is not known.
    Result<qint64> conversationRow(const QString &id, const QString &contact);
    Result<qint64> conversationOfContact(const QString &contact);
    Result<qint64> makeConversation(const QString &id, const QString &contact);
    /// Makes two rows of one contact one: messages and server columns go to `keep`.
    Status mergeConversations(qint64 keep, qint64 drop);
    Status uniteConversations(const QString &contact);
    Status removeEmptyLocalConversation(qint64 key);

    // --- messages: cache_sync_messages.cpp ---
    Status putMessage(const Message &message);
    Status deleteMessageRow(qint64 key);
    Result<qint64> messageKey(const QString &id);
    Result<std::optional<MessageRow>> messageRow(qint64 key, qint64 *conversation);
    /// Both indexes of words: of beginnings, and of pieces. Valid UTF-8; nothing for an empty text.
    Status indexBody(qint64 key, const QByteArray &body);
    Status unindexBody(qint64 key, const QByteArray &body);
    Status updateMessage(qint64 key, const Message &merged);

    // --- outbox: cache_projection.cpp ---
    Status project(const OutboxRecord &record);
    Status projectMessage(const OutboxRecord &record);
    Status projectContact(const OutboxRecord &record);
    Status projectTags(const OutboxRecord &record);
    Status projectRead(const OutboxRecord &record);
    Status projectAssign(const OutboxRecord &record);
    Status projectScheduleCancel(const OutboxRecord &record);
    // cache_contactchanges.cpp: changes of fields lie in the row itself, what is beneath them in `pending`
    Status projectContactChange(const OutboxRecord &record);
    Status projectContactDelete(const OutboxRecord &record);
    /// A part of a job that is through: the list need not wait for the next sync.
    Status projectContactBulk(const OutboxRecord &record);
    Status dropContact(const QString &id);
    /// Whether unsent changes of this contact's fields lie in its row.
    Result<bool> isLaidOver(const QString &contact);
    /// Puts our changes over what the server says, and notes what is beneath.
    Status layOver(Contact &contact);
    /// Takes our changes off again.
    Status unlay(Contact &contact);
    Status unlayAll();
    // cache_dealwrite.cpp
    Status projectDeal(const OutboxRecord &record);
    Status putDeal(const Opportunity &deal);
    /// Notes that its stage or status is another than it was; `at` in milliseconds.
    Status noteDealStep(const QString &deal, const QString &stageFrom, const QString &stage, int statusFrom, int status, qint64 at, bool ours);
    Status removeDeal(const QString &id);
    Status clearDealProjection();
    Result<qint64> dealKey(const QString &id);
    void touchDeal(qint64 key) { m_touchedDeals.insert(key); }
    Result<bool> isTakenBack(const QString &id);

    // --- calendar: cache_calendar.cpp ---
    Status projectBooking(const OutboxRecord &record);
    Status projectAppointmentChange(const OutboxRecord &record);
    Status projectEventChange(const OutboxRecord &record, const AppointmentChange &change);
    Status projectBlock(const OutboxRecord &record);
    Status projectNewEvent(const OutboxRecord &record, const Appointment &event);
    Status putEvent(const Appointment &event);
    Status removeEventsBut(const Cache::EventWindow &window, const QSet<QString> &there);
    // --- tasks and notes: cache_tasks.cpp, cache_notes.cpp ---
    Status projectTask(const OutboxRecord &record);
    Status projectTaskChange(const OutboxRecord &record);
    Status putTask(const LeadTask &task);
    Status removeTasksBut(const Cache::TaskWindow &window, const QSet<QString> &there);
    Status projectNote(const OutboxRecord &record);
    Status projectNoteChange(const OutboxRecord &record);
    Status putNote(const LeadNote &note);
    Status removeNotesBut(const ContactId &contact, const QSet<QString> &there);
    /// A change that waits, laid over what it changes (`thing`) when that is read.
    Status putChangeAside(const OutboxRecord &record, const QString &kind, const QString &contact, const QString &thing);
    /// Of the rows whose key and id `find` selects, those whose id is not in `there` go from the table.
    Status removeBut(Statement &find, const QSet<QString> &there, const char *remove, const std::function<void(qint64)> &gone);
    Status adoptContact(const QString &local, const QString &server, const ContactDraft &draft);
    Result<QString> serverContact(const QString &id);

    /// What happened to a conversation in this transaction.
    struct Touch {
        qint64 inDate = 0;
        bool byHand = false;
    };
    Touch &touch(qint64 conversation) { return m_touched[conversation]; }
    Connection &connection() { return m_connection; }
    qint64 location() const { return m_location; }
    Changes &changes() { return m_changes; }

private:
    Status withdrawMessage(const OutboxRecord &record, qint64 key);
    Result<qint64> oneBubble(qint64 key, const QString &serverId);
    Result<qint64> insertOwnMessage(const OutboxRecord &record, const MessageDraft &draft);
    Status derive(qint64 conversation, const Touch &touch);
    Status deriveDeal(qint64 key);
    Result<qint64> makeDeal(const OutboxRecord &record, const QString &id);
    Status adoptDeal(const QString &local, const QString &server);
    Status dropDealRow(qint64 key);
    Result<bool> dropDealChange(const RecordId &record);
    Status applyToBase(qint64 key, const OutboxRecord &record);
    Status applyFollow(qint64 key, const FollowChange &change);
    Status changeMore(qint64 key, const std::function<void(Opportunity &)> &change);
    Status noteOwnStep(qint64 key, const DealChange &change, qint64 at);
    Status writeCursor(const Cursor &cursor);
    Status writeExtras(qint64 key, const Contact &contact);

    Connection &m_connection;
    Transaction m_transaction;
    LocationId m_locationId;
    qint64 m_location = 0;
    qint64 m_now = 0;
    qint64 m_sweep = 0;
    QHash<qint64, Touch> m_touched;
    std::optional<QSet<QString>> m_laidOver; ///< contacts whose rows have our changes in them
    QHash<QString, qint64> m_conversationKeys;
    QSet<qint64> m_touchedDeals;
    Changes m_changes;
};

} // namespace outrigger::store
