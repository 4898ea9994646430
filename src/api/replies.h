// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/wire.h"
#include "domain/calendar.h"
#include "domain/callwords.h"
#include "domain/contact.h"
#include "domain/conversation.h"
#include "domain/opportunity.h"

#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QVector>

#include <chrono>
#include <optional>

/// What operations answer. `skipped` counts items of a page that could not be read.
namespace outrigger::api {

/// A 2xx that says so, or says nothing, is all that matters.
struct Done {
};

struct TokenAnswer {
    QString accessToken;
    QString refreshToken; ///< empty for kinds of token that have none
    QString tokenType;
    std::chrono::seconds expiresIn{86399};
    QStringList scopes;
    QString userType; ///< Location, Company
    LocationId location;
    CompanyId company;
    UserId user;
};

struct ContactPage {
    QVector<Contact> contacts;
    qint64 total = -1;      ///< -1: not said
    QJsonArray searchAfter; ///< of the last contact; empty at the end
    int skipped = 0;
    int received = 0;      ///< items in the answer, unreadable ones included: a short page is the last one
    QString startAfterId;  ///< only of the old list call
    qint64 startAfter = 0; ///< only of the old list call
};
struct UpsertAnswer {
    bool created = false;
    Contact contact;
};
struct DuplicateAnswer {
    std::optional<Contact> contact;
};
struct BulkAnswer {
    QHash<QString, QString> refused; ///< contact id -> HighLevel's words
    QStringList changed;             ///< where the answer lists only those that went well
    int errors = 0;
};
struct WorkflowList {
    QVector<NamedItem> items;
    int skipped = 0;
};
struct CampaignList {
    QVector<NamedItem> items;
    int skipped = 0;
};
struct BusinessList {
    QVector<NamedItem> items;
    int skipped = 0;
};
struct TagsAnswer {
    QStringList tags; ///< the new list or the changed part: HighLevel does not say which; read the contact again
};

struct CalendarList {
    QVector<Calendar> calendars;
    int skipped = 0;
};
struct CalendarGroupList {
    QVector<CalendarGroup> groups;
};
/// As it came: what it means depends on the calendar (freetimes::read).
struct FreeSlots {
    QJsonObject answer;
};
struct EventList {
    QVector<Appointment> events;
    int skipped = 0; ///< without an id or a start, or deleted
};
/// Of a write; its times may be missing.
struct AppointmentAnswer {
    Appointment appointment;
};
/// Times as they came, read as UTC: they have no offset and are good for nothing but a rough choice.
struct ContactAppointments {
    QVector<Appointment> appointments;
};

struct ConversationPage {
    QVector<Conversation> conversations;
    qint64 total = -1;
    qint64 lastSort = 0; ///< epoch milliseconds to go on with (startAfterDate); 0: none
    int skipped = 0;
    int received = 0;
};
struct ConversationUpdate {
    std::optional<Conversation> conversation; ///< some answers leave its id out
};

/// Messages of one conversation, newest first as HighLevel sends them.
struct MessagePage {
    QVector<Message> messages;
    MessageId lastMessageId;
    bool nextPage = false;
    int skipped = 0;
    int received = 0;
};
struct ExportPage {
    QVector<Message> messages;
    QString nextCursor; ///< empty at the end
    qint64 total = -1;
    int skipped = 0;
    int received = 0;
};
struct SendAnswer {
    ConversationId conversation;
    MessageId messageId; ///< never empty
    QVector<MessageId> messageIds;
    EmailId emailMessageId;
    QString status; ///< usually empty
    QString note;
};

struct Email {
    EmailId id;
    LocationId location;
    ContactId contactId;
    ConversationId conversationId;
    QString threadId;
    QString subject;
    QString body; ///< hostile HTML or text
    QString contentType;
    Direction direction = Direction::Inbound;
    QString status;
    QString from;
    QStringList to;
    QStringList cc;
    QStringList bcc;
    QStringList attachments;
    QString replyToMessageId;
    QString source;
    QDateTime dateAdded;
};

/// The message will not leave. A refusal, which HighLevel puts inside a 200, never comes as this but as an error.
struct Cancelled {
};
struct UploadAnswer {
    struct File {
        QString name;
        QString url; ///< for SendMessage::attachments
    };
    QVector<File> files;
};
struct Transcription {
    QVector<Sentence> sentences; ///< in the order in which they were said
};
struct Template {
    QString id;
    QString name;
    QString type;    ///< sms, email, whatsapp
    QString body;    ///< text with merge fields; of an e-mail the hostile HTML
    QString subject; ///< e-mail
    QStringList attachments;
};
struct TemplatePage {
    QVector<Template> templates;
    qint64 total = -1;
    int skipped = 0;
};
struct LocationValue {
    QString id;
    QString name;
    QString key; ///< as texts name it: "{{ custom_values.office_hours }}"
    QString value;
};
struct CustomValueList {
    QVector<LocationValue> values;
    int skipped = 0;
};

struct OpportunityPage {
    QVector<Opportunity> deals;
    qint64 total = -1;
    QString startAfterId;   ///< of the GET search; empty at the end
    qint64 startAfter = 0;
    QJsonArray searchAfter; ///< of the POST search: of the last item
    int skipped = 0;
    int received = 0; ///< items in the answer, unreadable ones included
};
struct UpsertDealAnswer {
    bool created = false;
    Opportunity deal;
};
struct PipelineList {
    QVector<Pipeline> pipelines; ///< stages in their order
    int skipped = 0;
};
struct LostReasonList {
    QVector<LostReason> reasons;
    int skipped = 0;
};

struct UserList {
    QVector<User> users;
    qint64 total = -1;
    int skipped = 0;
};
struct LocationList {
    QVector<Location> locations;
    int skipped = 0;
};
struct NumberList {
    QVector<PhoneNumber> numbers;
    QString accountStatus; ///< active, suspended, closed; empty when not said
    int skipped = 0;
};
struct CustomFieldList {
    QVector<CustomField> fields;
    int skipped = 0;
};
struct TagList {
    QVector<LocationTagItem> tags;
    int skipped = 0;
};

// Readers of single objects; nullopt when there is no id. Used by the page readers and by tests.
std::optional<Contact> readContact(const QJsonObject &object);
std::optional<Conversation> readConversation(const QJsonObject &object);
std::optional<Message> readMessage(const QJsonObject &object);
std::optional<User> readUser(const QJsonObject &object);
std::optional<Location> readLocation(const QJsonObject &object);
std::optional<PhoneNumber> readPhoneNumber(const QJsonObject &object);
std::optional<CustomField> readCustomField(const QJsonObject &object);
std::optional<LocationTagItem> readTag(const QJsonObject &object);
std::optional<Opportunity> readOpportunity(const QJsonObject &object);

#define OUTRIGGER_DECODES(Type)                                                                                        \
    template <>                                                                                                        \
    struct Decode<Type> {                                                                                              \
        static Result<Type> from(const QJsonValue &value);                                                             \
    };
OUTRIGGER_DECODES(Done)
OUTRIGGER_DECODES(TokenAnswer)
OUTRIGGER_DECODES(Contact)
OUTRIGGER_DECODES(ContactPage)
OUTRIGGER_DECODES(UpsertAnswer)
OUTRIGGER_DECODES(DuplicateAnswer)
OUTRIGGER_DECODES(TagsAnswer)
OUTRIGGER_DECODES(BulkAnswer)
OUTRIGGER_DECODES(WorkflowList)
OUTRIGGER_DECODES(CampaignList)
OUTRIGGER_DECODES(BusinessList)
OUTRIGGER_DECODES(Conversation)
OUTRIGGER_DECODES(ConversationPage)
OUTRIGGER_DECODES(ConversationUpdate)
OUTRIGGER_DECODES(Message)
OUTRIGGER_DECODES(MessagePage)
OUTRIGGER_DECODES(ExportPage)
OUTRIGGER_DECODES(SendAnswer)
OUTRIGGER_DECODES(Email)
OUTRIGGER_DECODES(Cancelled)
OUTRIGGER_DECODES(UploadAnswer)
OUTRIGGER_DECODES(Transcription)
OUTRIGGER_DECODES(TemplatePage)
OUTRIGGER_DECODES(CustomValueList)
OUTRIGGER_DECODES(User)
OUTRIGGER_DECODES(UserList)
OUTRIGGER_DECODES(Location)
OUTRIGGER_DECODES(LocationList)
OUTRIGGER_DECODES(NumberList)
OUTRIGGER_DECODES(CustomFieldList)
OUTRIGGER_DECODES(TagList)
OUTRIGGER_DECODES(Opportunity)
OUTRIGGER_DECODES(OpportunityPage)
OUTRIGGER_DECODES(UpsertDealAnswer)
OUTRIGGER_DECODES(PipelineList)
OUTRIGGER_DECODES(LostReasonList)
OUTRIGGER_DECODES(CalendarList)
OUTRIGGER_DECODES(Calendar)
OUTRIGGER_DECODES(CalendarGroupList)
OUTRIGGER_DECODES(FreeSlots)
OUTRIGGER_DECODES(EventList)
OUTRIGGER_DECODES(Appointment)
OUTRIGGER_DECODES(AppointmentAnswer)
OUTRIGGER_DECODES(ContactAppointments)
#undef OUTRIGGER_DECODES

} // namespace outrigger::api
