// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/opportunity.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QStringList>
#include <QVector>

#include <optional>

namespace outrigger {

enum class OutboxState { Held, Queued, Attempting, Settling, Accepted, Confirmed, Rejected, Uncertain, Cancelled, Quarantined };
/// Lower-case words, as `outrigger-cli outbox list` prints them.
QString outboxStateWord(OutboxState state);
std::optional<OutboxState> outboxStateFromWord(const QString &word);
/// Still on its way: not Confirmed, Rejected, Uncertain, Cancelled or Quarantined. (Accepted counts as on its way.)
bool isOpen(OutboxState state);
/// Which states may follow which: the table of the outbox's state machine, one place for code and tests.
bool mayFollow(OutboxState from, OutboxState to);

/// What a record does. The words are stored; never rename one.
enum class OutboxKind {
    SendMessage,      ///< message.send
    CreateContact,    ///< contact.create
    ContactTags,      ///< contact.tags
    ConversationRead, ///< conversation.read
    CancelSchedule,   ///< message.unschedule
    ContactAssign,    ///< contact.assign
    DealCreate,       ///< opportunity.create
    DealUpdate,       ///< opportunity.update: stage, value, name, owner
    DealSetStatus,    ///< opportunity.status: won, lost, abandoned, open again
    DealDelete,       ///< opportunity.delete
    BookAppointment,  ///< appointment.book
    ChangeAppointment, ///< appointment.change: time, status, or off the calendar
    BlockTime,        ///< calendar.block
    ContactUpdate,    ///< contact.update: fields of a contact (ContactChange)
    ContactDelete,    ///< contact.delete
    ContactEnrol,     ///< contact.enrol: into or out of a workflow or campaign (EnrolChange)
    ContactBulk,      ///< contact.bulk: one part of a job over many contacts (BulkPart)
    AddTask,          ///< task.create
    ChangeTask,       ///< task.change: ticked, another date, another text, removed
    AddNote,          ///< note.create
    ChangeNote,       ///< note.change: another text, removed
    DealFollow,       ///< opportunity.followers: who is told of a deal (FollowChange)
    DealUpsert        ///< opportunity.upsert: the contact's deal in a pipeline, made or changed (DealDraft)
};
QString outboxKindWord(OutboxKind kind);
std::optional<OutboxKind> outboxKindFromWord(const QString &word);
/// Net-state kinds may be repeated after an unknown outcome and coalesced while queued; messages never.
bool mayRepeat(OutboxKind kind);
bool mayCoalesce(OutboxKind kind);
/// About a deal: DealCreate, DealUpdate, DealSetStatus, DealDelete, DealFollow, DealUpsert.
bool isDealKind(OutboxKind kind);
/// About a task or a note of a lead.
bool isTaskKind(OutboxKind kind);
bool isNoteKind(OutboxKind kind);

/// Why a record is Held.
enum class HoldReason { None, Undo, Time, QuietHours, Stale, Parent, SignIn, Ask };
QString holdWord(HoldReason reason);
std::optional<HoldReason> holdFromWord(const QString &word);

/// What was known of the place where a message will appear when the attempt began. A look counts only if it reaches
/// back to `newestDate`; `recentIds` are those of the ten minutes before and can never be ours.
struct Watermark {
    QDateTime newestDate;
    QString newestId;
    QStringList recentIds;
    QJsonObject toJson() const;
    static Watermark fromJson(const QJsonObject &object);
};

struct OutboxRecord {
    RecordId id;
    AccountId account;
    LocationId location;
    QString lane;            ///< "conversation:<contact id>", "contact:<id>": order is kept inside a lane
    qint64 laneSequence = 0;
    OutboxKind kind = OutboxKind::SendMessage;
    QString kindWord;        ///< as stored; differs from `kind` only for Quarantined records of a newer version
    QJsonObject payload;     ///< see the payload structs below; frozen at the first attempt
    QByteArray payloadHash;  ///< SHA-256 of json::canonical(payload)
    RecordId dependsOn;      ///< waits until that record has a server id
    OutboxState state = OutboxState::Queued;
    HoldReason hold = HoldReason::None;
    int attempts = 0;
    QDateTime createdAt;
    QDateTime firstWriteAt;  ///< server-time estimate
    QDateTime lastWriteAt;   ///< server-time estimate; the end of the time a request may have been in flight
    Watermark watermark;
    QString serverId;        ///< of the thing that was made; unique per location
    QDateTime dueAt;         ///< when the lane should look at it again
    QDateTime expiresAt;
    QString reasonCode;      ///< stable word for program and tests: dnd, invalid, scope, ...
    QString reason;          ///< one sentence for a person
    QJsonObject look;        ///< what settling has seen so far: counting looks, candidates
    RecordId again;          ///< the record that this one sends again
    QString origin;          ///< app, cli
    int formatVersion = 1;   ///< 2: a text with files, 3: an e-mail; an older version would send less than was meant

    /// Of the deal kinds; local ("local:<ULID>") until HighLevel has given its own.
    OpportunityId opportunityId() const { return OpportunityId(payload.value(QLatin1String("opportunityId")).toString()); }
    ContactId contactId() const { return ContactId(payload.value(QLatin1String("contactId")).toString()); }
};

/// In OutboxRecord::look of a refused change: what the server had in place of what the person saw (Opportunity::toJson).
inline constexpr QLatin1String theirsKey{"theirs"};
/// Of a creation, in `look`: HighLevel had the contact already.
inline constexpr QLatin1String wasThereKey{"adopted"};

/// A file that goes with a text. Its bytes lie in the profile's own folder under `key` until the record is finished.
struct MessageFile {
    QString key;  ///< a ULID: also the name in that folder
    QString name; ///< as the person knows it; never a path
    QString type; ///< image/jpeg, image/png: sniffed from the bytes
    qint64 size = 0;
    bool operator==(const MessageFile &) const = default;
};
/// What is to be sent, before it has a key.
struct OutgoingFile {
    QString name;
    QString type;
    QByteArray bytes;
};
/// Where a record's files can be fetched, by their keys; kept in OutboxRecord::look, so that a try again uses them.
QString uploadedTo(const OutboxRecord &record, const QString &key);
void noteUpload(OutboxRecord &record, const QString &key, const QString &address);
/// A record made from `old` need not upload again.
void takeUploads(OutboxRecord &record, const OutboxRecord &old);
/// What a bubble names a file that is still here: "outgoing:<key>/<name>"; and the key in it, empty when it is none.
QString outgoingAddress(const MessageFile &file);
QString outgoingKey(const QString &address);
bool isFileKey(const QString &key);

/// A call that was made outside of HighLevel, to be noted there.
struct LoggedCall {
    bool inbound = false;
    QString status;  ///< the API's word: answered, no-answer, busy, voicemail ...
    QDateTime at;    ///< UTC
    bool operator==(const LoggedCall &) const = default;
};

/// Payload of SendMessage. The contact id may be local ("local:<ULID>") until dependsOn has its server id.
struct MessageDraft {
    ContactId contactId;
    ConversationId conversationId; ///< may be empty or local
    QString type = QStringLiteral("SMS"); ///< the send call's word
    QString body;
    QString fromNumber; ///< empty: the location's default
    QString toNumber;   ///< empty: the contact's phone
    QString providerId = {}; ///< of a custom channel
    QVector<MessageFile> attachments = {};
    QDateTime sendAt;   ///< UTC; invalid: at once. HighLevel keeps it until then.
    bool cancelOnReply = false; ///< taken back when they write before sendAt
    QString subject = {};       ///< e-mail only, as the next three
    QStringList cc = {};
    QStringList bcc = {};
    MessageId replyTo = {};     ///< the message that is answered
    bool isEmail() const { return type == QLatin1String("Email"); }
    std::optional<LoggedCall> call = {}; ///< nothing is sent: the call is noted; type is "Call" then
    QJsonObject toJson() const;
    static MessageDraft fromJson(const QJsonObject &object);
};

/// Payload of CreateContact.
struct ContactDraft {
    ContactId localId;
    QString firstName;
    QString lastName;
    QString email;
    QString phone; ///< E.164
    QStringList tags;
    QString source;
    UserId assignedTo;
    QJsonObject more = {}; ///< other fields by their names of contactfields
    QJsonObject toJson() const;
    static ContactDraft fromJson(const QJsonObject &object);
};

/// Payload of ContactTags: the net change.
struct TagChange {
    ContactId contactId;
    QStringList add;
    QStringList remove;
    QJsonObject toJson() const;
    static TagChange fromJson(const QJsonObject &object);
};

/// Payload of CancelSchedule: a message that HighLevel keeps for later is taken back.
struct ScheduleCancel {
    ContactId contactId;
    MessageId messageId;
    QJsonObject toJson() const;
    static ScheduleCancel fromJson(const QJsonObject &object);
};

/// Payload of ContactAssign: whose lead this is. An empty user is nobody.
struct AssignChange {
    ContactId contactId;
    UserId to;
    UserId from; ///< as it was when the person decided; somebody else since then is a conflict
    QJsonObject toJson() const;
    static AssignChange fromJson(const QJsonObject &object);
};

/// Payload of DealCreate and DealUpsert; the latter takes empty fields for "as it is".
struct DealDraft {
    OpportunityId localId;
    ContactId contactId; ///< may be local until dependsOn has its server id
    PipelineId pipeline;
    StageId stage;
    QString name;
    std::optional<double> value;
    UserId assignedTo;
    DealStatus status = DealStatus::Open;
    QJsonObject toJson() const;
    static DealDraft fromJson(const QJsonObject &object);
};

/// Payload of DealUpdate and DealSetStatus: what is changed, and what the person saw there. Somebody else's change of
/// the same thing since then is a conflict. DealDelete carries only the id and the name.
struct DealChange {
    OpportunityId id;
    QString shownName; ///< of the deal, for lists of what waits
    PipelineId pipeline; ///< goes with `stage`
    std::optional<StageId> stage;
    StageId stageFrom;
    std::optional<DealStatus> status;
    DealStatus statusFrom = DealStatus::Open;
    QString lostReason; ///< its id, with status lost
    std::optional<QString> name;
    QString nameFrom;
    std::optional<double> value;
    std::optional<double> valueFrom;
    std::optional<UserId> assignedTo; ///< empty: nobody
    UserId assignedFrom;
    QJsonObject fields;     ///< custom fields by their ids; an empty text clears
    QJsonObject fieldsFrom; ///< the same fields
    bool isEmpty() const { return !stage && !status && !name && !value && !assignedTo && fields.isEmpty(); }
    /// This change after `before`, which has not left: what the server still has is what `before` saw.
    DealChange after(const DealChange &before) const;
    /// Whether the server has all of this already.
    bool isIn(const Opportunity &deal) const;
    /// Whether somebody has changed one of these things to something else since the person looked.
    bool collidesWith(const Opportunity &deal) const;
    void applyTo(Opportunity &deal) const;
    QJsonObject toJson() const;
    static DealChange fromJson(const QJsonObject &object);
};

/// Payload of DealFollow: the net change. Followers are a set, so what others add or take away collides with nothing.
struct FollowChange {
    OpportunityId id;
    QString shownName; ///< of the deal, for lists of what waits
    QStringList add;    ///< ids of users
    QStringList remove;
    bool isEmpty() const { return add.isEmpty() && remove.isEmpty(); }
    FollowChange after(const FollowChange &before) const;
    bool isIn(const Opportunity &deal) const;
    void applyTo(Opportunity &deal) const;
    QJsonObject toJson() const;
    static FollowChange fromJson(const QJsonObject &object);
};

/// Payload of ConversationRead.
struct ReadChange {
    ContactId contactId;
    ConversationId conversationId;
    std::optional<int> unreadCount;
    std::optional<bool> starred;
    QJsonObject toJson() const;
    static ReadChange fromJson(const QJsonObject &object);
};

} // namespace outrigger
