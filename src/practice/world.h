// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/diary.h"
#include "practice/mint.h"
#include "practice/shelf.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QMultiHash>
#include <QString>
#include <QStringList>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

/// What the practice server knows. Plain data in vectors; an entity's place in its vector is its identity (see Mint),
/// so nothing is ever moved: deleting sets a flag. One thread.
namespace outrigger::practice
{

using Index = quint32;
constexpr Index none = 0xffffffff;

enum class Type : quint8 {
    Sms,
    Email,
    Call,
    Voicemail,
    WhatsApp,
    Facebook,
    Instagram,
    LiveChat,
    WebChat,
    Gmb,
    Review,
    ActivityContact,
    ActivityAppointment,
    ActivityOpportunity,
    CampaignSms,
    CustomCall,
    InternalComment,
    Rcs,
    TikTok,
    CustomSms,
    NoShow
};
struct TypeInfo {
    const char *name; ///< TYPE_SMS
    int number;
    const char *channel; ///< of the export: SMS, Email, Call, WhatsApp, Facebook, Instagram; "" for none
    const char *send;    ///< of the send call: SMS, Email, WhatsApp, FB, IG, Live_Chat ...
    const char *dnd;     ///< key of dndSettings
};
const TypeInfo &info(Type type);
constexpr int typeCount = static_cast<int>(Type::NoShow) + 1;

enum class State : quint8 {
    Pending,
    Scheduled,
    Queued,
    Sent,
    Delivered,
    Read,
    Opened,
    Clicked,
    Connected,
    Failed,
    Undelivered,
    OptOut,
    Completed,
    Voicemail,
    None
};
const char *word(State state);
std::optional<State> stateOf(const QString &word);
constexpr int stateCount = static_cast<int>(State::None) + 1;

enum class Origin : quint8 { App, Api, Workflow, Campaign, Bulk, None };
const char *word(Origin origin);

constexpr std::array<const char *, 7> dndChannels{"Call", "Email", "SMS", "WhatsApp", "GMB", "FB", "RCS"};
struct Dnd {
    QString status; ///< active (do not disturb is on), inactive, permanent
    QString message;
    QString code;
};

struct User {
    QString first, last, email, phone, role;
    QStringList locations; ///< ids
    bool deleted = false;
};

struct CustomField {
    QString name, key, dataType;
    QStringList options;
    QString model = QStringLiteral("contact");
    quint16 location = 0;
    bool deleted = false;
};

struct PhoneNumber {
    QString number, name;
    quint16 location = 0;
    bool isDefault = false;
    bool sms = true;
};

struct Tag {
    QString name;
    quint16 location = 0;
    bool deleted = false;
};

struct LocationData {
    QString name, email, phone, address, city, state, country, postalCode, website, timezone;
    bool allowDuplicateContact = false;
    bool deleted = false;
    QString first, last;
    // What searches and feeds walk through; ascending.
    std::vector<Index> contactsByAdded, contactsByUpdated, messagesByAdded, messagesByUpdated;
    std::array<qint64, static_cast<size_t>(typeCount)> messageCounts{};
};

/// Rare facts of a contact, kept apart because most have none.
struct ContactMore {
    std::map<QString, Dnd> dndSettings;
    Dnd inbound;
    QJsonArray customFields; ///< [{id, value}]
    QStringList otherEmails, otherPhones, followers;
    QString dateOfBirth;
    QString business;
};

struct Contact {
    QString first, last, email, phone, company, address, city, state, postalCode, country, website, timezone, source;
    QStringList tags;
    qint64 added = 0;
    qint64 updated = 0;
    qint64 indexed = 0; ///< `updated` as the search index knows it
    Index conversation = none;
    quint16 location = 0;
    qint16 assigned = -1;
    bool dnd = false;
    bool lead = true;
    bool landline = false;
    bool deleted = false;
    bool inIndex = true; ///< false for a moment after it was made, when the index lags
    std::unique_ptr<ContactMore> more;

    ContactMore &rest();
    Contact clone() const;
};

struct Conversation {
    Index contact = none;
    qint64 added = 0, updated = 0, lastMessage = 0, lastManual = 0;
    std::vector<Index> messages; ///< ascending by time
    qint32 unread = 0;
    qint16 assigned = -1;
    quint16 location = 0;
    bool starred = false;
    bool deleted = false;
    bool inbox = true;
};

struct MessageMore {
    QString from, to, error, subject, html;
    QStringList attachments, cc, bcc;
    int callDuration = -1;
    QString callStatus;
    qint64 due = 0; ///< scheduled: when it leaves
    QJsonObject activity;
    QString altId;
};

struct Message {
    qint64 added = 0;
    qint64 updated = 0;
    qint64 indexed = 0;
    Index conversation = none;
    qint32 text = 0; ///< a line of the phrase book, or -1-n for World::ownTexts[n]
    qint16 user = -1;
    Type type = Type::Sms;
    State state = State::None;
    Origin origin = Origin::None;
    bool inbound = false;
    bool deleted = false;
    bool inIndex = true;
    std::unique_ptr<MessageMore> more;

    MessageMore &rest();
};

struct PipelineStage {
    QString name;
    int probability = 0; ///< percent
    bool deleted = false;
};
struct Pipeline {
    QString name;
    std::vector<PipelineStage> stages; ///< at most stagesAtMost
    quint16 location = 0;
    bool deleted = false;
};
constexpr Index stagesAtMost = 64;

enum class DealStatus : quint8 { Open, Won, Lost, Abandoned };
const char *word(DealStatus status);
std::optional<DealStatus> dealStatusOf(const QString &word);

struct Opportunity {
    QString name, source;
    double value = 0;
    bool hasValue = true;
    Index contact = none;
    quint16 pipeline = 0;
    quint16 stage = 0; ///< place in the pipeline's list
    quint16 location = 0;
    qint16 assigned = -1;
    qint16 lostReason = -1;
    DealStatus status = DealStatus::Open;
    qint64 added = 0, updated = 0, stageSince = 0, statusSince = 0;
    QStringList followers;
    QJsonArray customFields; ///< [{id, fieldValue}]
    bool deleted = false;
};

/// Something that was uploaded.
struct StoredFile {
    QByteArray type, bytes;
};

struct WorldSize {
    int contacts = 240;
    int opportunities = 90;
    int conversations = 60;
    int messages = 0; ///< 0: as many as the conversations want
};

class World
{
public:
    explicit World(quint64 seed = 1, qint64 startMs = 0);

    Mint mint;
    quint64 seed;
    std::vector<LocationData> locations;
    std::vector<User> users;
    std::vector<CustomField> fields;
    std::vector<PhoneNumber> numbers;
    std::vector<Tag> tags;
    std::vector<Contact> contacts;
    std::vector<Conversation> conversations;
    std::vector<Message> messages;
    std::vector<QString> ownTexts;
    std::vector<Pipeline> pipelines;
    std::vector<Opportunity> opportunities;
    std::vector<QString> lostReasons;
    Diary diary;
    Shelf shelf;
    std::map<QString, StoredFile> files; ///< by the last part of their address
    QString base;                        ///< the server's address, for the addresses of files
    int pixelsAsked = 0;                 ///< how often a tracking pixel was fetched
    std::function<void()> onChange; ///< after every write; never empty

    /// Milliseconds since 1970 on the world's own clock, which starts where it was told and then runs.
    qint64 now() const { return m_start + m_running.elapsed(); }
    void advance(qint64 milliseconds) { m_start += milliseconds; }
    QString companyId() const { return mint.id(Kind::Company, 0); }
    QString locationId(quint16 location) const { return mint.id(Kind::Location, location); }
    QString providerId() const { return QStringLiteral("64f0a1b2c3d4e5f60718293a"); } ///< of the app behind the custom channel
    QString userId(int user) const { return user < 0 ? QString() : mint.id(Kind::User, static_cast<Index>(user)); }
    int userIndex(const QString &id) const; ///< -1 when unknown

    // Finding. Deleted ones are not found.
    std::optional<Index> contact(const QString &id) const;
    std::optional<Index> conversation(const QString &id) const;
    std::optional<Index> message(const QString &id) const;
    std::optional<quint16> location(const QString &id) const;
    std::optional<Index> opportunity(const QString &id) const;
    std::optional<quint16> pipeline(const QString &id) const;
    QString stageId(quint16 pipeline, quint16 stage) const { return mint.id(Kind::Stage, pipeline * stagesAtMost + stage); }
    /// Pipeline and place in it. Deleted ones are not found.
    std::optional<std::pair<quint16, quint16>> stage(const QString &id) const;
    std::vector<Index> contactsWith(quint16 location, const QString &email, const QString &phone) const;

    // Writing. Indexes follow at once, or `lag` later.
    Index addContact(Contact contact);
    void contactChanges(Index contact); ///< call before changing fields
    void contactChanged(Index contact); ///< call after
    void removeContact(Index contact);
    Index conversationFor(Index contact);
    Index addMessage(Message message);
    void setState(Index message, State state, const QString &error = {});
    void removeMessage(Index message);
    void conversationChanged(Index conversation);
    void removeConversation(Index conversation);
    void addTag(quint16 location, const QString &name);
    Index addOpportunity(Opportunity deal);
    void opportunityChanged(Index deal);
    void moveOpportunity(Index deal, quint16 pipeline, quint16 stage);
    void setDealStatus(Index deal, DealStatus status, qint16 lostReason = -1);

    // Reading.
    QString text(const Message &message) const;
    qint32 keep(const QString &text); ///< for Message::text
    QString fullName(const Contact &contact) const;
    quint16 locationOf(const Message &message) const { return conversations[message.conversation].location; }
    /// The contact as searches still see it while the index lags.
    const Contact &indexedContact(Index contact) const;

    void setLag(qint64 milliseconds) { m_lag = milliseconds; }
    void settle();  ///< lets the index catch up with what is due; called before each request
    void rebuild(); ///< all indexes anew, after the vectors were filled directly

private:
    void whenIndexed(std::function<void()> work);
    void placeContact(Index contact);
    void placeMessage(Index message);
    void insertKeys(Index contact);

    qint64 m_start;
    QElapsedTimer m_running;
    qint64 m_lag = 0;
    std::multimap<qint64, std::function<void()>> m_due;
    std::map<Index, std::pair<Contact, qint64>> m_stale;
    QMultiHash<quint64, Index> m_byEmail, m_byPhone;
};

} // namespace outrigger::practice
