// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/calendar.h"
#include "domain/callwords.h"
#include "domain/contact.h"
#include "domain/conversation.h"
#include "domain/leadnote.h"
#include "domain/leadtask.h"
#include "domain/mergefields.h"
#include "domain/opportunity.h"
#include "domain/snippet.h"

#include <QDateTime>
#include <QVector>

#include <optional>

namespace outrigger::sync {

/// One page of contacts. `next` is what the following page needs, empty at the end.
struct ContactPage {
    QVector<Contact> contacts;
    QString next;
    qint64 total = -1; ///< as the server says, -1 when it does not
    int skipped = 0;   ///< items that could not be read
};

struct ContactQuery {
    QString after;            ///< ContactPage::next of the page before, empty for the first
    QString sortField = QStringLiteral("dateAdded");
    bool descending = true;
    QDateTime updatedSince;   ///< only those changed since; invalid: all
    int limit = 500;
    bool legacy = false;      ///< the old list call, for locations that refuse the search
};

struct ConversationPage {
    QVector<Conversation> conversations;
    QDateTime nextBefore;     ///< sort value to go on with, invalid when there is none
    qint64 total = -1;
    int skipped = 0;
};

struct ConversationQuery {
    QDateTime before;         ///< sort value of the last row of the page before; invalid: from the newest
    int limit = 100;
};

struct DealPage {
    QVector<Opportunity> deals;
    QString next;      ///< what the following page needs, empty at the end
    qint64 total = -1;
    int skipped = 0;
};
struct DealQuery {
    QString after;         ///< DealPage::next of the page before
    bool openOnly = false;
    bool advanced = false; ///< the POST search
    int limit = 100;
};

struct FeedPage {
    QVector<Message> messages;
    QString next;             ///< empty at the end
    qint64 total = -1;
    int skipped = 0;
};

struct ExportQuery {
    QString cursor;
    QDateTime from;           ///< invalid: no bound
    QDateTime to;
    bool byUpdate = false;    ///< sorted by the date of the last change, else by the date added; newest first
    QString channel;          ///< "Email" for the second pass; empty: everything but e-mail
    int limit = 500;
};

struct TaskPage {
    QVector<LeadTask> tasks;
    int received = 0; ///< with those that could not be read: fewer than asked for is the last page
    int skipped = 0;
};

struct EventQuery {
    CalendarId calendar; ///< or `user`, one of them
    UserId user;
    QDateTime from;
    QDateTime to;
    bool blocks = false;
};

/// What the feeds read from HighLevel for one location, in the words of the feeds. The only part of sync besides the
/// courier that knows the API's operations. Every function makes exactly one request.
class Source
{
public:
    Source(api::Client *client, LocationId location) : m_client(client), m_location(std::move(location)) {}

    const LocationId &locationId() const { return m_location; }
    api::Client *client() const { return m_client; }

    Task<Result<Location>> location(api::Priority priority);
    Task<Result<QVector<User>>> users(api::Priority priority);
    Task<Result<QVector<PhoneNumber>>> numbers(api::Priority priority);
    Task<Result<QVector<CustomField>>> customFields(api::Priority priority);
    Task<Result<QVector<LocationTagItem>>> tags(api::Priority priority);
    /// Templates for texts from this place in the list on; total as the server says, -1 when it does not.
    struct TemplateList {
        QVector<Snippet> snippets;
        int received = 0; ///< with those that have no text
        qint64 total = -1;
    };
    Task<Result<TemplateList>> templates(int skip, api::Priority priority);
    Task<Result<QVector<LocationWord>>> customValues(api::Priority priority);

    Task<Result<QVector<Pipeline>>> pipelines(api::Priority priority);
    Task<Result<QVector<LostReason>>> lostReasons(api::Priority priority);
    Task<Result<DealPage>> deals(DealQuery query, api::Priority priority);
    Task<Result<Opportunity>> deal(OpportunityId id, api::Priority priority);

    Task<Result<ContactPage>> contacts(ContactQuery query, api::Priority priority);
    Task<Result<Contact>> contact(ContactId id, api::Priority priority);
    /// HighLevel's duplicate search by one of the two.
    Task<Result<std::optional<Contact>>> duplicate(QString phone, QString email, api::Priority priority);

    Task<Result<ConversationPage>> conversations(ConversationQuery query, api::Priority priority);
    Task<Result<Conversation>> conversation(ConversationId id, api::Priority priority);
    /// The conversation of a contact, by search.
    Task<Result<ConversationPage>> conversationsOf(ContactId contact, api::Priority priority);

    /// A thread, newest first; `next` is the id to go on from.
    Task<Result<FeedPage>> thread(ConversationId id, MessageId before, int limit, api::Priority priority);
    Task<Result<Message>> message(MessageId id, api::Priority priority);
    /// The sound of a call and its words; for a click.
    Task<Result<QByteArray>> recording(MessageId id);
    Task<Result<QVector<Sentence>>> transcription(MessageId id);
    Task<Status> typing(ConversationId conversation, QString visitor, bool typing);
    Task<Result<QVector<Calendar>>> calendars(api::Priority priority);
    Task<Result<QVector<CalendarGroup>>> calendarGroups(api::Priority priority);
    /// Appointments, or blocks, of one window.
    Task<Result<QVector<Appointment>>> events(EventQuery query, api::Priority priority);
    /// At most 31 days. zone: IANA, in which days are told.
    Task<Result<QVector<Slot>>> freeSlots(Calendar calendar, QDateTime from, QDateTime to, QByteArray zone, UserId user, api::Priority priority);
    /// All tasks of the location that are done, or not.
    Task<Result<TaskPage>> tasks(bool done, int skip, int limit, api::Priority priority);
    Task<Result<TaskPage>> tasksOf(ContactId contact, api::Priority priority);
    Task<Result<QVector<LeadNote>>> notesOf(ContactId contact, api::Priority priority);
    Task<Result<FeedPage>> exported(ExportQuery query, api::Priority priority);

private:
    api::Client *m_client;
    LocationId m_location;
};

} // namespace outrigger::sync
