// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "domain/calendar.h"
#include "domain/contact.h"
#include "domain/conversation.h"
#include "domain/dealrows.h"
#include "domain/leadnote.h"
#include "domain/leadtask.h"
#include "domain/mail.h"
#include "domain/mergefields.h"
#include "domain/messagestate.h"
#include "domain/outboxrecord.h"
#include "domain/rows.h"
#include "domain/scheduledtext.h"
#include "domain/sendguard.h"
#include "domain/snippet.h"
#include "store/database.h"
#include "store/notices.h"

#include <QHash>
#include <QSet>

#include <optional>

/// The cache: what HighLevel has, as last seen, with our unsent changes laid over it. May be thrown away and rebuilt.
/// Every function hands one closed job to the reader or the writer thread. All rows carry their location.
namespace outrigger::store {

class CacheWriter;
struct Changes;

/// The rows of a list in order, as row keys; `rowOf` finds the row of a key. Built on the reader thread.
struct Spine {
    QVector<qint64> keys;
    QHash<qint64, int> rowOf;
};

using ContactSort = outrigger::ContactSort;

/// Where a feed stands. Written in the same transaction as the page it belongs to.
struct Cursor {
    QString feed;        ///< "contacts", "conversations", "messages", "messages.email", ...
    QString position;    ///< opaque to the store: searchAfter, nextCursor, ...
    QDateTime watermark; ///< greatest server date seen by a finished sweep
    qint64 seen = 0;     ///< rows so far in this sweep
    qint64 total = -1;   ///< as the server says, -1 unknown
    bool complete = false; ///< the first sweep has ended
    qint64 sweep = 0;    ///< number of the running sweep, for finding deletions
    QString lastError;
    QDateTime lastSuccess;
};

struct ReferenceData {
    std::optional<Location> location;
    QVector<User> users;
    QVector<PhoneNumber> numbers;
    QVector<CustomField> customFields;
    QVector<LocationTagItem> tags;
    std::optional<QVector<Snippet>> templates;  ///< for texts
    std::optional<QVector<LocationWord>> words; ///< HighLevel's custom values
    std::optional<QVector<Pipeline>> pipelines;
    std::optional<QVector<LostReason>> lostReasons;
    std::optional<QVector<Calendar>> calendars;
    std::optional<QVector<CalendarGroup>> calendarGroups;
    std::optional<QVector<NamedItem>> workflows;
    std::optional<QVector<NamedItem>> campaigns;
    std::optional<QVector<NamedItem>> businesses;
};

class Cache : public QObject
{
    Q_OBJECT
public:
    /// Opens reader and writer on the file; an unreadable or newer file is set aside (two are kept) and a new one made.
    explicit Cache(const QString &file, QObject *parent = nullptr);
    ~Cache() override;
    Task<Status> open(bool afterUncleanEnd = false);
    /// Set aside at this start, so that everything must be pulled again.
    bool rebuilt() const { return m_rebuilt; }
    Notices &notices() { return m_notices; }

    // --- inbox ---
    Task<Result<Spine>> inboxSpine(InboxQuery query);
    Task<Result<QVector<ConversationRow>>> conversationRows(QVector<qint64> keys);
    Task<Result<SplitCounts>> splitCounts(InboxQuery query);
    /// How many conversations each of these would show.
    Task<Result<QVector<int>>> inboxSizes(QVector<InboxQuery> queries);
    /// What came since then.
    Task<Result<AwayNews>> awayNews(LocationId location, QDateTime since);
    Task<Result<std::optional<ConversationRow>>> conversationFor(LocationId location, ContactId contact);
    Task<Result<std::optional<ConversationRow>>> conversation(LocationId location, ConversationId id);

    // --- thread ---
    Task<Result<MessagePage>> newestMessages(qint64 conversationKey, int limit);
    /// Messages before the one with this key, in thread order.
    Task<Result<MessagePage>> olderMessages(qint64 conversationKey, qint64 beforeKey, int limit);
    /// Rows by key, for updates of what is already shown. Missing keys were removed.
    Task<Result<QVector<MessageRow>>> messageRows(QVector<qint64> keys);
    /// From twenty rows before `fromKey` to the one before `beforeKey`, in thread order.
    Task<Result<MessagePage>> messagesFrom(qint64 conversationKey, qint64 fromKey, qint64 beforeKey);
    /// Messages whose text or subject holds `text`, whatever its case and marks. Reads the whole conversation: the text
    /// index is one of words for all conversations, and a person looks for pieces of words in one.
    Task<Result<ThreadHits>> findInThread(qint64 conversationKey, QString text);
    /// The first message at or after that instant, else the last one; 0 in an empty conversation.
    Task<Result<qint64>> messageAt(qint64 conversationKey, QDateTime at);
    /// The last message that a person wrote, theirs or ours, before this one (0: of all); 0 when there is none.
    Task<Result<qint64>> lastByPerson(qint64 conversationKey, qint64 beforeKey);
    /// Newest date, id and the ids of the ten minutes before it, for a record's watermark.
    Task<Result<Watermark>> watermark(LocationId location, ContactId contact);

    /// All that HighLevel keeps for later, and the bubbles of these records, in no order. No moment for the latter.
    Task<Result<QVector<ScheduledText>>> scheduled(LocationId location, QVector<RecordId> onTheWay);
    /// Whether HighLevel says of this message that it failed.
    Task<Result<bool>> hasFailed(LocationId location, MessageId id);
    /// What the send guard wants to know of the talk with this contact.
    Task<Result<SendFacts>> sendFacts(LocationId location, ContactId contact);
    /// And about one text to it. opened: leads that a person has had before them in the last hour.
    Task<Result<TextFacts>> textFacts(LocationId location, Contact to, QString text, QString region, QVector<ContactId> opened);

    /// An e-mail that has been opened before.
    Task<Result<std::optional<mail::Body>>> email(LocationId location, EmailId id);
    /// Keeps it. `words`: its beginning, for the thread and the search, when `message` has none yet.
    Task<Status> putEmail(LocationId location, mail::Body body, MessageId message, QString words);

    // --- contacts ---
    Task<Result<Spine>> contactSpine(LocationId location, QString filter, ContactSort sort);
    /// cache_contactquery.cpp. limit: only so many of the first; 0: all.
    Task<Result<Spine>> contactList(ContactListQuery query, int limit = 0);
    /// How many contacts each of these has.
    Task<Result<QVector<int>>> contactCounts(QVector<ContactListQuery> queries);
    /// Server ids of these rows, in their order; a selection frozen at this moment. Without local contacts.
    Task<Result<QVector<ContactId>>> contactIds(QVector<qint64> keys);
    /// What stands in a column, the commonest first: for completion. field: a name of contactfields, or tag, type.
    Task<Result<QStringList>> contactValues(LocationId location, QString field, int limit = 50);
    /// Contacts who may be the same person: same number in any form, same e-mail, or the same name and company.
    Task<Result<QVector<ContactHit>>> twinsOf(LocationId location, Contact contact, QString region);
    /// What goes when this contact is deleted.
    struct Consequences {
        int messages = 0;
        int deals = 0;
        int appointments = 0;
    };
    Task<Result<Consequences>> consequences(LocationId location, ContactId id);
    /// For exports: what follows this row key, in the order of the file, at most `limit`; the last one's key is next.
    struct ExportMessage {
        qint64 key = 0;
        Message message;
        ContactId contact;
        QString contactName;
    };
    Task<Result<QVector<ExportMessage>>> messagesAfter(LocationId location, qint64 key, int limit);
    Task<Result<QVector<DealRow>>> dealsAfter(LocationId location, qint64 key, int limit);
    /// region: two letters, whose numbers are shown in their national form. Rows that are gone are left out.
    Task<Result<QVector<ContactRow>>> contactRows(QVector<qint64> keys, QString region = {});
    Task<Result<std::optional<Contact>>> contact(LocationId location, ContactId id);
    /// By E.164 (exact), last 7 and last 4 digits (maybe), e-mail (exact), name words and prefixes. Best first.
    Task<Result<QVector<ContactHit>>> findContacts(LocationId location, QString text, QString region, int limit);
    /// Everything that has these words, on this computer: contacts as findContacts() finds them, tasks, notes, deals,
    /// appointments, opened e-mails, read calls, messages, newest first. Words are found by their beginnings; where little
    /// is found, pieces of words too. Operators of domain/searchwords narrow it. At most `limit` of each kind.
    struct SearchHit {
        QString kind; ///< contact, deal, task, note, appointment, email, call, message
        qint64 key = 0;         ///< of its row, for email and call the message's; 0 of contacts and deals
        OpportunityId deal;
        ContactId contact;
        ConversationId conversation;
        MessageId message; ///< the id of what was found, whatever it is; empty of contacts
        QString title;
        QString snippet;
        QDateTime date;
    };
    Task<Result<QVector<SearchHit>>> search(LocationId location, QString words, QString region, int limit);
    Task<Result<QVector<SearchHit>>> searchMessages(LocationId location, QString words, int limit);
    Task<Result<QVector<SearchHit>>> searchDeals(LocationId location, QString words, int limit);

    // --- deals (cache_deals.cpp) ---
    /// The rows of every column in order, with their sums: one look, so that keys and sums agree.
    Task<Result<Board>> board(BoardQuery query);
    Task<Result<QVector<DealRow>>> dealRows(QVector<qint64> keys);
    Task<Result<std::optional<DealRow>>> deal(LocationId location, OpportunityId id);
    /// cache_dealfigures.cpp. The same deals as a board's, in the order of a table.
    Task<Result<Spine>> dealList(DealListQuery query);
    /// Sums by stage and by month, of the owner's or everybody's; text and status of the query are not looked at.
    Task<Result<DealFigures>> dealFigures(BoardQuery query);
    /// What this file has seen of a deal's way, latest first, at most `limit`. It begins with the file.
    Task<Result<QVector<DealStep>>> dealSteps(LocationId location, OpportunityId id, int limit = 50);
    /// Open ones first.
    Task<Result<QVector<DealRow>>> dealsOf(LocationId location, ContactId contact);
    /// Deals of HighLevel's that are here and not among these; of the open ones only, when asked.
    Task<Result<QVector<OpportunityId>>> dealsBeside(LocationId location, QSet<QString> ids, bool openOnly);
    /// What has not changed is not written.
    Task<Result<ChangeSet>> putDeals(LocationId location, QVector<Opportunity> deals, std::optional<Cursor> cursor);
    Task<Result<ChangeSet>> removeDeals(LocationId location, QVector<OpportunityId> ids);
    // --- calendar: cache_calendar.cpp ---
    /// Appointments and blocks that lie in [from, to), even partly, in the order of time, with changes that are on their
    /// way laid over them. No calendars: of all. Cancelled ones are there.
    Task<Result<QVector<EventRow>>> events(LocationId location, QDateTime from, QDateTime to, QVector<CalendarId> calendars = {});
    /// One contact's appointments, latest first, at most `limit`.
    Task<Result<QVector<EventRow>>> appointmentsOf(LocationId location, ContactId contact, int limit = 50);
    Task<Result<std::optional<EventRow>>> event(LocationId location, AppointmentId id);
    /// What HighLevel answered for one calendar, or for one person's blocks (calendar empty), and this window: rows of
    /// it that are not in the answer have been deleted there and go.
    struct EventWindow {
        CalendarId calendar;
        UserId user;
        QDateTime from;
        QDateTime to;
        bool blocks = false;
    };
    Task<Result<ChangeSet>> putEvents(LocationId location, EventWindow window, QVector<Appointment> events);
    /// Single ones, as a read or a write of ours answered them.
    Task<Result<ChangeSet>> putAppointments(LocationId location, QVector<Appointment> events);

    // --- tasks and notes: cache_tasks.cpp, cache_notes.cpp; both are announced as Table::Tasks ---
    /// All open ones by their dates, then the latest 200 finished ones, with changes that are on their way laid over them.
    Task<Result<QVector<TaskRow>>> tasks(LocationId location);
    /// One contact's, open ones first.
    Task<Result<QVector<TaskRow>>> tasksOf(LocationId location, ContactId contact);
    /// What an answer is whole for: rows of it that are not in the answer are gone there and go.
    struct TaskWindow {
        ContactId contact;  ///< all of this contact's; empty: all open ones of the location
        bool whole = false; ///< false: nothing is removed
    };
    Task<Result<ChangeSet>> putTasks(LocationId location, QVector<LeadTask> tasks, TaskWindow window);
    /// Pinned ones first, then the newest.
    Task<Result<QVector<NoteRow>>> notesOf(LocationId location, ContactId contact);
    /// All notes of one contact; others of it go.
    Task<Result<ChangeSet>> putNotes(LocationId location, ContactId contact, QVector<LeadNote> notes);

    Task<Result<ReferenceData>> reference(LocationId location);
    Task<Result<Cursor>> cursor(LocationId location, QString feed);
    struct Totals {
        qint64 contacts = 0;
        qint64 conversations = 0;
        qint64 messages = 0;
    };
    Task<Result<Totals>> totals(LocationId location);

    // --- what sync writes: base columns only; an older dateUpdated never overwrites a newer one ---
    Task<Result<ChangeSet>> putContacts(LocationId location, QVector<Contact> contacts, std::optional<Cursor> cursor);
    Task<Result<ChangeSet>> putConversations(LocationId location, QVector<Conversation> conversations, std::optional<Cursor> cursor);
    /// Inserts or merges by server id. A message that belongs to a bound record of ours joins that record's row.
    /// A conversation that is not known yet gets a bare row.
    Task<Result<ChangeSet>> putMessages(LocationId location, QVector<Message> messages, std::optional<Cursor> cursor);
    Task<Status> putReference(LocationId location, ReferenceData data); ///< only the parts that are not empty
    Task<Status> putCursor(LocationId location, Cursor cursor);
    Task<Result<ChangeSet>> removeContact(LocationId location, ContactId id);
    Task<Result<ChangeSet>> markConversationDeleted(LocationId location, ConversationId id);
    Task<Result<ChangeSet>> removeMessage(LocationId location, MessageId id);
    /// How many rows a finished sweep would remove: those not seen in it. Nothing is removed here.
    Task<Result<qint64>> unseen(LocationId location, QString feed, qint64 sweep);
    Task<Result<ChangeSet>> removeUnseen(LocationId location, QString feed, qint64 sweep);
    /// Everything of a location, in slices.
    Task<Status> removeLocation(LocationId location);

    // --- what the outbox lays over it: a projection that can be rebuilt from the records at any time ---
    /// Shows, changes or (Cancelled, Rejected of net-state kinds) takes back what this record does:
    /// BookAppointment, BlockTime: the event; ChangeAppointment: its overlay; tasks and notes likewise.
    /// SendMessage: the bubble; CreateContact: the local contact and its conversation, or, once serverId is known, the
    /// swap of the local id for the server's everywhere; ContactTags and ConversationRead: the overlay.
    Task<Result<ChangeSet>> project(OutboxRecord record);
    /// Throws the projection away and makes it anew.
    Task<Status> rebuildProjection(QVector<OutboxRecord> records);
    /// Local marks that HighLevel does not have; kept in the outbox file, mirrored here for lists.
    struct DeskMark {
        LocationId location;
        ContactId contact;
        QDateTime doneAt;
        QDateTime snoozedUntil;
        bool hasDraft = false;
    };
    Task<Result<ChangeSet>> putDeskMarks(QVector<DeskMark> marks);

    Database &reader() { return *m_reader; }
    Database &writer() { return *m_writer; }
    /// Where "now" comes from; the system's clock unless set. Must outlive the cache.
    void setClock(const Clock &clock) { m_clock = &clock; }
    /// Tests only: before open().
    void setFaults(std::shared_ptr<Faults> faults);

private:
    /// One writing job; what it changed is announced.
    Task<Result<ChangeSet>> write(LocationId location, Table primary, std::optional<Cursor> cursor,
                                  std::function<Status(CacheWriter &)> job);
    void announce(const Changes &changes);
    Task<Status> openOnce();
    qint64 now() const { return m_clock->now().toMSecsSinceEpoch(); }

    const Clock *m_clock = &Clock::system();
    std::unique_ptr<Database> m_reader;
    std::unique_ptr<Database> m_writer;
    Notices m_notices;
    bool m_rebuilt = false;
};

} // namespace outrigger::store
