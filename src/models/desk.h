// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/rows.h"
#include "store/cache.h"
#include "store/ledger.h"

#include <QObject>
#include <QTimer>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

class Snippets;

/// What the window asks of the store besides its lists: one contact, one conversation, a draft, the location's people
/// and numbers. Signals say that asking again is worth while; they come at most every 200 ms.
class Desk : public QObject
{
    Q_OBJECT
public:
    explicit Desk(sync::Engine *engine, QObject *parent = nullptr);
    void setLocation(const LocationId &location);
    const LocationId &location() const { return m_location; }

    /// Users, numbers, tags and custom fields of the location, as far as they are in the cache.
    const store::ReferenceData &reference() const { return m_reference; }
    QString userName(const UserId &id) const; ///< empty when unknown
    QString fieldName(const CustomFieldId &id) const;
    QString region() const; ///< two letters for phone numbers, "US" when unknown
    QString timezone() const; ///< IANA, of the location

    /// The person's own snippets and the location's templates.
    Snippets *snippets() const { return m_snippets; }
    /// What merge fields stand for in a text to this contact.
    MergeValues mergeValues(const Contact &contact) const;

    Task<Result<std::optional<Contact>>> contact(ContactId id);
    Task<Result<std::optional<ConversationRow>>> conversationOf(ContactId contact);
    Task<Result<std::optional<ConversationRow>>> conversation(ConversationId id);
    Task<Result<QVector<DealRow>>> dealsOf(ContactId contact); ///< open ones first
    Task<Result<std::optional<DealRow>>> deal(OpportunityId id);
    Task<Result<QVector<DealStep>>> dealSteps(OpportunityId id); ///< see store::Cache
    Task<Result<DealFigures>> dealFigures(BoardQuery query);
    /// The last messages of the talk with this contact, latest first.
    Task<Result<QVector<MessageRow>>> latestOf(ContactId contact, int limit);
    /// For the send guard; `quietHours` is its table.
    Task<Result<SendFacts>> sendFacts(ContactId contact);
    Task<Result<TextFacts>> textFacts(Contact to, QString text);
    const QuietHours &quietHours() const;
    /// This lead is before the person's eyes; textFacts() counts those of the last hour.
    void touched(const ContactId &contact);
    Task<Result<QVector<ContactHit>>> find(QString text, int limit);
    /// Cards that may be the same person; see store::Cache.
    Task<Result<QVector<ContactHit>>> twinsOf(Contact contact);
    /// HighLevel's duplicate search.
    Task<Result<std::optional<Contact>>> findOnServer(QString phone, QString email);
    /// What goes with this contact.
    Task<Result<store::Cache::Consequences>> consequences(ContactId id);
    /// How many contacts each of these has.
    Task<Result<QVector<ContactRow>>> contactRows(QVector<qint64> keys);
    Task<Result<QVector<int>>> contactCounts(QVector<ContactListQuery> queries);
    /// What stands in a field, the commonest first.
    Task<Result<QStringList>> contactValues(QString field);
    /// Of everything; see store::Cache.
    Task<Result<QVector<store::Cache::SearchHit>>> search(QString words, int limit);
    /// In one conversation; see store::Cache.
    Task<Result<ThreadHits>> findInThread(qint64 conversation, QString text);
    Task<Result<qint64>> messageAt(qint64 conversation, QDateTime at);
    Task<Result<qint64>> lastByPerson(qint64 conversation, qint64 before);
    /// The first conversation of the query's order after this one in which something is unread, from the end on again
    /// from its beginning; 0 when there is none.
    Task<Result<qint64>> nextUnread(InboxQuery query, qint64 after);
    Task<Result<AwayNews>> awayNews(QDateTime since);
    /// Latest first.
    Task<Result<QVector<EventRow>>> appointmentsOf(ContactId contact);
    Task<Result<QVector<TaskRow>>> tasks();                     ///< all open ones, and the latest done ones
    Task<Result<QVector<TaskRow>>> tasksOf(ContactId contact);  ///< open ones first
    Task<Result<QVector<NoteRow>>> notesOf(ContactId contact);  ///< pinned ones first, then the newest
    /// Has them read from HighLevel; tasksChanged() says when something is new.
    void readLead(ContactId contact);
    /// Those that can be booked, by name; inactive ones last.
    QVector<Calendar> calendars() const;
    std::optional<Calendar> calendar(const CalendarId &id) const;
    Task<Result<std::optional<store::ThreadDraft>>> draft(ContactId contact);
    Task<Result<store::Cache::Totals>> totals();
    /// Small things of the person's own that must not be lost, by name; in the ledger. Nothing kept: an empty text.
    Task<Result<QString>> kept(QString name);
    Task<Status> keep(QString name, QString value);

Q_SIGNALS:
    void referenceChanged();
    void contactsChanged();
    void conversationsChanged();
    void eventsChanged();
    void dealsChanged();
    void tasksChanged(); ///< and notes

private:
    void reloadReference();
    static Task<void> loadReference(Desk *self);
    sync::Engine *m_engine;
    LocationId m_location;
    store::ReferenceData m_reference;
    Snippets *m_snippets;
    QVector<std::pair<ContactId, QDateTime>> m_touched; ///< latest first, each once
    QTimer m_contactsTimer;
    QTimer m_conversationsTimer;
    QTimer m_eventsTimer;
    QTimer m_dealsTimer;
    QTimer m_tasksTimer;
    Task<Status> m_readingLead;
    Task<void> m_loading;
};

} // namespace outrigger::models
