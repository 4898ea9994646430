// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/outboxrecord.h"

#include "core/ownjson.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace outrigger {

using namespace ownjson;

namespace {

template <class Enum>
struct Named {
    Enum value;
    QLatin1String word;
};

constexpr std::array stateNames{
    Named<OutboxState>{OutboxState::Held, QLatin1String("held")},
    Named<OutboxState>{OutboxState::Queued, QLatin1String("queued")},
    Named<OutboxState>{OutboxState::Attempting, QLatin1String("attempting")},
    Named<OutboxState>{OutboxState::Settling, QLatin1String("settling")},
    Named<OutboxState>{OutboxState::Accepted, QLatin1String("accepted")},
    Named<OutboxState>{OutboxState::Confirmed, QLatin1String("confirmed")},
    Named<OutboxState>{OutboxState::Rejected, QLatin1String("rejected")},
    Named<OutboxState>{OutboxState::Uncertain, QLatin1String("uncertain")},
    Named<OutboxState>{OutboxState::Cancelled, QLatin1String("cancelled")},
    Named<OutboxState>{OutboxState::Quarantined, QLatin1String("quarantined")},
};
constexpr std::array kindNames{
    Named<OutboxKind>{OutboxKind::SendMessage, QLatin1String("message.send")},
    Named<OutboxKind>{OutboxKind::CreateContact, QLatin1String("contact.create")},
    Named<OutboxKind>{OutboxKind::ContactTags, QLatin1String("contact.tags")},
    Named<OutboxKind>{OutboxKind::ConversationRead, QLatin1String("conversation.read")},
    Named<OutboxKind>{OutboxKind::CancelSchedule, QLatin1String("message.unschedule")},
    Named<OutboxKind>{OutboxKind::ContactAssign, QLatin1String("contact.assign")},
    Named<OutboxKind>{OutboxKind::DealCreate, QLatin1String("opportunity.create")},
    Named<OutboxKind>{OutboxKind::DealUpdate, QLatin1String("opportunity.update")},
    Named<OutboxKind>{OutboxKind::DealSetStatus, QLatin1String("opportunity.status")},
    Named<OutboxKind>{OutboxKind::DealDelete, QLatin1String("opportunity.delete")},
    Named<OutboxKind>{OutboxKind::BookAppointment, QLatin1String("appointment.book")},
    Named<OutboxKind>{OutboxKind::ChangeAppointment, QLatin1String("appointment.change")},
    Named<OutboxKind>{OutboxKind::BlockTime, QLatin1String("calendar.block")},
    Named<OutboxKind>{OutboxKind::ContactUpdate, QLatin1String("contact.update")},
    Named<OutboxKind>{OutboxKind::ContactDelete, QLatin1String("contact.delete")},
    Named<OutboxKind>{OutboxKind::ContactEnrol, QLatin1String("contact.enrol")},
    Named<OutboxKind>{OutboxKind::ContactBulk, QLatin1String("contact.bulk")},
    Named<OutboxKind>{OutboxKind::AddTask, QLatin1String("task.create")},
    Named<OutboxKind>{OutboxKind::ChangeTask, QLatin1String("task.change")},
    Named<OutboxKind>{OutboxKind::AddNote, QLatin1String("note.create")},
    Named<OutboxKind>{OutboxKind::ChangeNote, QLatin1String("note.change")},
    Named<OutboxKind>{OutboxKind::DealFollow, QLatin1String("opportunity.followers")},
    Named<OutboxKind>{OutboxKind::DealUpsert, QLatin1String("opportunity.upsert")},
};
constexpr std::array holdNames{
    Named<HoldReason>{HoldReason::None, QLatin1String("")},
    Named<HoldReason>{HoldReason::Undo, QLatin1String("undo")},
    Named<HoldReason>{HoldReason::Time, QLatin1String("time")},
    Named<HoldReason>{HoldReason::QuietHours, QLatin1String("quiet_hours")},
    Named<HoldReason>{HoldReason::Stale, QLatin1String("stale")},
    Named<HoldReason>{HoldReason::Parent, QLatin1String("parent")},
    Named<HoldReason>{HoldReason::SignIn, QLatin1String("sign_in")},
    Named<HoldReason>{HoldReason::Ask, QLatin1String("ask")},
};

constexpr QLatin1String uploadsKey("uploads");
constexpr QLatin1String outgoingPrefix("outgoing:");

template <class Table, class Enum>
QString wordOf(const Table &table, Enum value)
{
    for (const auto &entry : table) {
        if (entry.value == value)
            return entry.word;
    }
    return {};
}
template <class Enum, class Table>
std::optional<Enum> valueOf(const Table &table, const QString &word)
{
    for (const auto &entry : table) {
        if (word == entry.word)
            return entry.value;
    }
    return std::nullopt;
}

QStringList getList(const QJsonObject &object, QLatin1String key)
{
    QStringList list;
    const auto array = object.value(key).toArray();
    for (const auto &item : array)
        list.append(item.toString());
    return list;
}
void putList(QJsonObject &object, QLatin1String key, const QStringList &list)
{
    if (!list.isEmpty())
        object.insert(key, QJsonArray::fromStringList(list));
}

} // namespace

QString outboxStateWord(OutboxState state) { return wordOf(stateNames, state); }
std::optional<OutboxState> outboxStateFromWord(const QString &word) { return valueOf<OutboxState>(stateNames, word); }
QString outboxKindWord(OutboxKind kind) { return wordOf(kindNames, kind); }
std::optional<OutboxKind> outboxKindFromWord(const QString &word) { return valueOf<OutboxKind>(kindNames, word); }
QString holdWord(HoldReason reason) { return wordOf(holdNames, reason); }
std::optional<HoldReason> holdFromWord(const QString &word) { return valueOf<HoldReason>(holdNames, word); }

bool isOpen(OutboxState state)
{
    switch (state) {
    case OutboxState::Held:
    case OutboxState::Queued:
    case OutboxState::Attempting:
    case OutboxState::Settling:
    case OutboxState::Accepted:
        return true;
    default:
        return false;
    }
}

bool mayFollow(OutboxState from, OutboxState to)
{
    using S = OutboxState;
    switch (from) {
    case S::Held: // Rejected: the record it waits for was refused
        return to == S::Queued || to == S::Cancelled || to == S::Rejected || to == S::Held;
    case S::Queued:
        return to == S::Attempting || to == S::Held || to == S::Cancelled || to == S::Rejected;
    case S::Attempting:
        return to == S::Accepted || to == S::Queued || to == S::Rejected || to == S::Settling || to == S::Held;
    case S::Settling:
        return to == S::Accepted || to == S::Queued || to == S::Uncertain;
    case S::Accepted:
        return to == S::Confirmed || to == S::Uncertain;
    case S::Uncertain:
        return to == S::Accepted || to == S::Cancelled;
    case S::Rejected: // dismissed, or sent again as a new record
        return to == S::Cancelled;
    case S::Confirmed:
    case S::Cancelled:
    case S::Quarantined:
        return false;
    }
    return false;
}

bool mayCoalesce(OutboxKind kind)
{
    return kind == OutboxKind::ContactTags || kind == OutboxKind::ConversationRead || kind == OutboxKind::ContactAssign
        || kind == OutboxKind::DealUpdate || kind == OutboxKind::DealSetStatus || kind == OutboxKind::DealFollow || kind == OutboxKind::ContactUpdate;
}
bool isDealKind(OutboxKind kind)
{
    return kind == OutboxKind::DealCreate || kind == OutboxKind::DealUpdate || kind == OutboxKind::DealSetStatus
        || kind == OutboxKind::DealDelete || kind == OutboxKind::DealFollow || kind == OutboxKind::DealUpsert;
}
bool isTaskKind(OutboxKind kind) { return kind == OutboxKind::AddTask || kind == OutboxKind::ChangeTask; }
bool isNoteKind(OutboxKind kind) { return kind == OutboxKind::AddNote || kind == OutboxKind::ChangeNote; }
bool mayRepeat(OutboxKind kind)
{
    return kind != OutboxKind::SendMessage && kind != OutboxKind::BookAppointment && kind != OutboxKind::BlockTime
        && kind != OutboxKind::ContactEnrol; // an automation that begins twice texts twice
}

QJsonObject Watermark::toJson() const
{
    QJsonObject object;
    if (newestDate.isValid())
        object.insert(QLatin1String("newestDate"), newestDate.toMSecsSinceEpoch());
    put(object, QLatin1String("newestId"), newestId);
    putList(object, QLatin1String("recentIds"), recentIds);
    return object;
}

Watermark Watermark::fromJson(const QJsonObject &object)
{
    Watermark mark;
    const auto date = object.value(QLatin1String("newestDate"));
    if (date.isDouble())
        mark.newestDate = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(date.toDouble()), Qt::UTC);
    mark.newestId = text(object, QLatin1String("newestId"));
    mark.recentIds = getList(object, QLatin1String("recentIds"));
    return mark;
}

bool isFileKey(const QString &key)
{
    return key.size() == 26 && std::all_of(key.cbegin(), key.cend(), [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || (c >= QLatin1Char('A') && c <= QLatin1Char('Z'));
    });
}

QString uploadedTo(const OutboxRecord &record, const QString &key)
{
    return record.look.value(uploadsKey).toObject().value(key).toString();
}

void noteUpload(OutboxRecord &record, const QString &key, const QString &address)
{
    QJsonObject uploads = record.look.value(uploadsKey).toObject();
    uploads.insert(key, address);
    record.look.insert(uploadsKey, uploads);
}

void takeUploads(OutboxRecord &record, const OutboxRecord &old)
{
    if (const auto uploads = old.look.value(uploadsKey); uploads.isObject())
        record.look.insert(uploadsKey, uploads);
}

QString outgoingAddress(const MessageFile &file) { return outgoingPrefix + file.key + QLatin1Char('/') + file.name; }

QString outgoingKey(const QString &address)
{
    const QString key = address.startsWith(outgoingPrefix) ? address.mid(outgoingPrefix.size()).section(QLatin1Char('/'), 0, 0) : QString();
    return isFileKey(key) ? key : QString();
}

QJsonObject MessageDraft::toJson() const
{
    QJsonObject object;
    put(object, QLatin1String("contactId"), contactId.value);
    put(object, QLatin1String("conversationId"), conversationId.value);
    put(object, QLatin1String("type"), type);
    put(object, QLatin1String("body"), body);
    put(object, QLatin1String("fromNumber"), fromNumber);
    put(object, QLatin1String("toNumber"), toNumber);
    put(object, QLatin1String("providerId"), providerId);
    QJsonArray files;
    for (const MessageFile &file : attachments) {
        QJsonObject one;
        put(one, QLatin1String("key"), file.key);
        put(one, QLatin1String("name"), file.name);
        put(one, QLatin1String("type"), file.type);
        one.insert(QLatin1String("size"), file.size);
        files.append(one);
    }
    if (!files.isEmpty())
        object.insert(QLatin1String("attachments"), files);
    if (sendAt.isValid())
        object.insert(QLatin1String("sendAt"), sendAt.toMSecsSinceEpoch());
    if (cancelOnReply)
        object.insert(QLatin1String("cancelOnReply"), true);
    put(object, QLatin1String("subject"), subject);
    putList(object, QLatin1String("cc"), cc);
    putList(object, QLatin1String("bcc"), bcc);
    put(object, QLatin1String("replyTo"), replyTo.value);
    if (call)
        object.insert(QLatin1String("call"), QJsonObject{{QLatin1String("inbound"), call->inbound},
                                                         {QLatin1String("status"), call->status},
                                                         {QLatin1String("at"), call->at.toMSecsSinceEpoch()}});
    return object;
}

MessageDraft MessageDraft::fromJson(const QJsonObject &object)
{
    MessageDraft draft;
    draft.contactId = ContactId(text(object, QLatin1String("contactId")));
    draft.conversationId = ConversationId(text(object, QLatin1String("conversationId")));
    draft.type = text(object, QLatin1String("type"));
    draft.body = text(object, QLatin1String("body"));
    draft.fromNumber = text(object, QLatin1String("fromNumber"));
    draft.toNumber = text(object, QLatin1String("toNumber"));
    draft.providerId = text(object, QLatin1String("providerId"));
    const QJsonArray files = object.value(QLatin1String("attachments")).toArray();
    for (const auto &file : files) {
        const QJsonObject one = file.toObject();
        draft.attachments.append({text(one, QLatin1String("key")), text(one, QLatin1String("name")), text(one, QLatin1String("type")),
                                  one.value(QLatin1String("size")).toInteger()});
    }
    if (const auto at = object.value(QLatin1String("sendAt")); at.isDouble())
        draft.sendAt = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(at.toDouble()), Qt::UTC);
    draft.cancelOnReply = object.value(QLatin1String("cancelOnReply")).toBool();
    draft.subject = text(object, QLatin1String("subject"));
    draft.cc = getList(object, QLatin1String("cc"));
    draft.bcc = getList(object, QLatin1String("bcc"));
    draft.replyTo = MessageId(text(object, QLatin1String("replyTo")));
    if (const auto value = object.value(QLatin1String("call")); value.isObject()) {
        const QJsonObject one = value.toObject();
        draft.call = LoggedCall{one.value(QLatin1String("inbound")).toBool(), text(one, QLatin1String("status")),
                                QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(one.value(QLatin1String("at")).toDouble()), Qt::UTC)};
    }
    return draft;
}

QJsonObject ContactDraft::toJson() const
{
    QJsonObject object;
    put(object, QLatin1String("contactId"), localId.value);
    put(object, QLatin1String("firstName"), firstName);
    put(object, QLatin1String("lastName"), lastName);
    put(object, QLatin1String("email"), email);
    put(object, QLatin1String("phone"), phone);
    putList(object, QLatin1String("tags"), tags);
    put(object, QLatin1String("source"), source);
    put(object, QLatin1String("assignedTo"), assignedTo.value);
    if (!more.isEmpty())
        object.insert(QLatin1String("more"), more);
    return object;
}

ContactDraft ContactDraft::fromJson(const QJsonObject &object)
{
    ContactDraft draft;
    draft.localId = ContactId(text(object, QLatin1String("contactId")));
    draft.firstName = text(object, QLatin1String("firstName"));
    draft.lastName = text(object, QLatin1String("lastName"));
    draft.email = text(object, QLatin1String("email"));
    draft.phone = text(object, QLatin1String("phone"));
    draft.tags = getList(object, QLatin1String("tags"));
    draft.source = text(object, QLatin1String("source"));
    draft.assignedTo = UserId(text(object, QLatin1String("assignedTo")));
    draft.more = object.value(QLatin1String("more")).toObject();
    return draft;
}

QJsonObject TagChange::toJson() const
{
    QJsonObject object;
    put(object, QLatin1String("contactId"), contactId.value);
    putList(object, QLatin1String("add"), add);
    putList(object, QLatin1String("remove"), remove);
    return object;
}

TagChange TagChange::fromJson(const QJsonObject &object)
{
    return {ContactId(text(object, QLatin1String("contactId"))), getList(object, QLatin1String("add")),
            getList(object, QLatin1String("remove"))};
}

QJsonObject ScheduleCancel::toJson() const
{
    QJsonObject object;
    put(object, QLatin1String("contactId"), contactId.value);
    put(object, QLatin1String("messageId"), messageId.value);
    return object;
}

ScheduleCancel ScheduleCancel::fromJson(const QJsonObject &object)
{
    return {ContactId(text(object, QLatin1String("contactId"))), MessageId(text(object, QLatin1String("messageId")))};
}

QJsonObject AssignChange::toJson() const
{
    QJsonObject object;
    put(object, QLatin1String("contactId"), contactId.value);
    put(object, QLatin1String("to"), to.value);
    put(object, QLatin1String("from"), from.value);
    return object;
}

AssignChange AssignChange::fromJson(const QJsonObject &object)
{
    return {ContactId(text(object, QLatin1String("contactId"))), UserId(text(object, QLatin1String("to"))), UserId(text(object, QLatin1String("from")))};
}

QJsonObject ReadChange::toJson() const
{
    QJsonObject object;
    put(object, QLatin1String("contactId"), contactId.value);
    put(object, QLatin1String("conversationId"), conversationId.value);
    if (unreadCount)
        object.insert(QLatin1String("unreadCount"), *unreadCount);
    if (starred)
        object.insert(QLatin1String("starred"), *starred);
    return object;
}

ReadChange ReadChange::fromJson(const QJsonObject &object)
{
    ReadChange change;
    change.contactId = ContactId(text(object, QLatin1String("contactId")));
    change.conversationId = ConversationId(text(object, QLatin1String("conversationId")));
    if (const auto value = object.value(QLatin1String("unreadCount")); value.isDouble())
        change.unreadCount = value.toInt();
    if (const auto value = object.value(QLatin1String("starred")); value.isBool())
        change.starred = value.toBool();
    return change;
}

} // namespace outrigger
