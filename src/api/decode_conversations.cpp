// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replies.h"
#include "api/words.h"
#include "core/json.h"

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

int typeNumber(const QJsonValue &value)
{
    const auto number = json::integer(value);
    return number && *number >= 0 && *number < 100'000 ? static_cast<int>(*number) : 0;
}

Direction readDirection(const QJsonValue &value)
{
    return json::text(value).toLower().startsWith("out"_L1) ? Direction::Outbound : Direction::Inbound;
}

/// Attachments are urls, or objects that hold one.
QStringList readAttachments(const QJsonValue &value)
{
    if (!value.isArray())
        return json::texts(value);
    QStringList result;
    const QJsonArray array = value.toArray();
    for (const auto &item : array) {
        const QString url =
            item.isObject() ? json::text(json::first(item.toObject(), {u"url", u"link"})) : json::text(item);
        if (!url.isEmpty())
            result.append(url);
    }
    return result;
}

/// meta.email.messageIds or meta.email.email.messageIds: both are seen.
QStringList readEmailIds(const QJsonObject &meta)
{
    QJsonObject email = meta.value("email"_L1).toObject();
    if (email.value("email"_L1).isObject())
        email = email.value("email"_L1).toObject();
    return json::texts(email.value("messageIds"_L1));
}

int readCallSeconds(const QJsonObject &message, const QJsonObject &meta)
{
    QJsonValue seconds = json::first(meta, {u"callDuration"});
    if (seconds.isUndefined())
        seconds = json::first(meta.value("call"_L1).toObject(), {u"duration"});
    if (seconds.isUndefined())
        seconds = json::first(message, {u"callDuration"});
    const auto number = json::integer(seconds);
    return number && *number >= 0 && *number < 1'000'000 ? static_cast<int>(*number) : -1;
}

struct Messages {
    QVector<Message> messages;
    int skipped = 0;
};
Result<Messages> readMessages(const QJsonValue &value)
{
    Messages result;
    auto read = wire::list<Message>(value, &readMessage, &result.skipped, Words::tr("the list of messages"));
    if (!read)
        return fail(read.error());
    result.messages = std::move(*read);
    return result;
}

} // namespace

std::optional<Conversation> readConversation(const QJsonObject &o)
{
    Conversation c;
    c.id = ConversationId(json::text(json::first(o, {u"id", u"_id", u"conversationId"})));
    if (c.id.isEmpty())
        return std::nullopt;
    c.location = LocationId(json::text(o.value("locationId"_L1)));
    c.contactId = ContactId(json::text(o.value("contactId"_L1)));
    c.contactName = json::text(json::first(o, {u"fullName", u"contactName"}));
    c.email = json::text(o.value("email"_L1));
    c.phone = json::text(o.value("phone"_L1));
    c.lastMessageBody = json::text(o.value("lastMessageBody"_L1));
    c.lastMessageType = json::text(o.value("lastMessageType"_L1));
    c.lastMessageChannel = channelFromType(c.lastMessageType);
    c.lastMessageDirection = readDirection(o.value("lastMessageDirection"_L1));
    c.lastOutboundAction = json::text(json::first(o, {u"lastOutboundMessageAction", u"lastMessageAction"}));
    c.lastMessageDate = json::date(o.value("lastMessageDate"_L1));
    c.lastManualMessageDate = json::date(o.value("lastManualMessageDate"_L1));
    c.dateAdded = json::date(json::first(o, {u"dateAdded", u"createdAt"}));
    c.dateUpdated = json::date(json::first(o, {u"dateUpdated", u"updatedAt"}));
    const qint64 unread = json::integer(o.value("unreadCount"_L1)).value_or(0);
    c.unreadCount = static_cast<int>(std::clamp<qint64>(unread, 0, 1'000'000));
    c.starred = json::boolean(o.value("starred"_L1)).value_or(false);
    c.deleted = json::boolean(o.value("deleted"_L1)).value_or(false);
    c.assignedTo = UserId(json::text(o.value("assignedTo"_L1)));
    c.type = json::text(o.value("type"_L1));
    c.raw = o;
    return c;
}

std::optional<Message> readMessage(const QJsonObject &o)
{
    Message m;
    m.id = MessageId(json::text(json::first(o, {u"id", u"_id", u"messageId"})));
    if (m.id.isEmpty())
        return std::nullopt;
    m.location = LocationId(json::text(o.value("locationId"_L1)));
    m.conversationId = ConversationId(json::text(o.value("conversationId"_L1)));
    m.contactId = ContactId(json::text(o.value("contactId"_L1)));
    const QJsonValue type = o.value("type"_L1);
    m.typeWord = json::text(json::first(o, {u"messageType", u"messageTypeString"}));
    int number = typeNumber(type);
    if (m.typeWord.isEmpty() && number == 0)
        m.typeWord = json::text(type);
    m.channel = channelFromType(m.typeWord, number);
    if (m.typeWord.isEmpty())
        m.typeWord = json::text(type);
    m.direction = readDirection(o.value("direction"_L1));
    m.status = json::text(o.value("status"_L1)).toLower();
    m.body = json::text(json::first(o, {u"body", u"message"}));
    m.contentType = json::text(o.value("contentType"_L1));
    m.attachments = readAttachments(o.value("attachments"_L1));
    m.source = json::text(o.value("source"_L1));
    m.userId = UserId(json::text(o.value("userId"_L1)));
    m.from = json::text(o.value("from"_L1));
    const QJsonValue to = o.value("to"_L1);
    m.to = to.isArray() ? json::texts(to).join(", "_L1) : json::text(to);
    const QJsonValue error = o.value("error"_L1);
    m.error = error.isObject() ? json::text(json::first(error.toObject(), {u"message", u"code"})) : json::text(error);
    const QJsonObject meta = o.value("meta"_L1).toObject();
    m.subject = json::text(json::first(o, {u"subject"}));
    if (m.subject.isEmpty())
        m.subject = json::text(meta.value("email"_L1).toObject().value("subject"_L1));
    m.emailIds = readEmailIds(meta);
    const QJsonObject activity = o.value("activity"_L1).toObject();
    m.activityTitle = json::text(activity.value("title"_L1));
    m.callSeconds = readCallSeconds(o, meta);
    m.dateAdded = json::date(json::first(o, {u"dateAdded", u"createdAt"}));
    m.dateUpdated = json::date(json::first(o, {u"dateUpdated", u"updatedAt"}));
    m.raw = o;
    return m;
}

Result<Conversation> Decode<Conversation>::from(const QJsonValue &value)
{
    auto conversation = readConversation(value.toObject());
    if (!conversation)
        return fail(wire::badReply(Words::tr("the conversation's id")));
    return std::move(*conversation);
}

Result<ConversationUpdate> Decode<ConversationUpdate>::from(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const QJsonValue inner = object.value("conversation"_L1);
    // As with tags: what says neither that it was done nor to what proves nothing.
    const bool speaks = !json::first(object, {u"success", u"succeded", u"succeeded", u"conversation", u"id"}).isUndefined();
    if (!speaks)
        return fail(wire::badReply(Words::tr("the conversation's id")));
    return ConversationUpdate{readConversation(inner.isObject() ? inner.toObject() : object)};
}

Result<ConversationPage> Decode<ConversationPage>::from(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    ConversationPage page;
    auto rows = wire::list<Conversation>(object.value("conversations"_L1), &readConversation, &page.skipped,
                                         Words::tr("the list of conversations"));
    if (!rows)
        return fail(rows.error());
    page.conversations = std::move(*rows);
    page.received = static_cast<int>(page.conversations.size()) + page.skipped;
    page.total = json::integer(object.value("total"_L1)).value_or(-1);
    for (qsizetype i = page.conversations.size() - 1; i >= 0 && page.lastSort == 0; --i) {
        const QJsonValue sort = page.conversations.at(i).raw.value("sort"_L1);
        page.lastSort = json::integer(sort.isArray() ? sort.toArray().first() : sort).value_or(0);
    }
    // Answers without `sort` go on with the date that the default order uses.
    if (page.lastSort == 0 && !page.conversations.isEmpty() && page.conversations.last().lastMessageDate.isValid())
        page.lastSort = page.conversations.last().lastMessageDate.toMSecsSinceEpoch();
    return page;
}

Result<Message> Decode<Message>::from(const QJsonValue &value)
{
    auto message = readMessage(value.toObject());
    if (!message)
        return fail(wire::badReply(Words::tr("the message's id")));
    return std::move(*message);
}

Result<MessagePage> Decode<MessagePage>::from(const QJsonValue &value)
{
    QJsonObject holder = value.toObject();
    // The real server nests twice ({"messages": {"messages": [...]}}), the documents once.
    if (holder.value("messages"_L1).isObject())
        holder = holder.value("messages"_L1).toObject();
    auto read = readMessages(holder.value("messages"_L1));
    if (!read)
        return fail(read.error());
    MessagePage page;
    page.messages = std::move(read->messages);
    page.skipped = read->skipped;
    page.received = static_cast<int>(page.messages.size()) + page.skipped;
    page.lastMessageId = MessageId(json::text(holder.value("lastMessageId"_L1)));
    page.nextPage = json::boolean(holder.value("nextPage"_L1)).value_or(false);
    return page;
}

Result<ExportPage> Decode<ExportPage>::from(const QJsonValue &value)
{
    QJsonObject holder = value.toObject();
    if (holder.value("messages"_L1).isObject())
        holder = holder.value("messages"_L1).toObject();
    auto read = readMessages(holder.value("messages"_L1));
    if (!read)
        return fail(read.error());
    ExportPage page;
    page.messages = std::move(read->messages);
    page.skipped = read->skipped;
    page.received = static_cast<int>(page.messages.size()) + page.skipped;
    page.nextCursor = json::text(json::first(holder, {u"nextCursor", u"cursor"}));
    page.total = json::integer(holder.value("total"_L1)).value_or(-1);
    return page;
}

Result<SendAnswer> Decode<SendAnswer>::from(const QJsonValue &value)
{
    QJsonObject object = value.toObject();
    if (object.value("data"_L1).isObject() && !object.contains("messageId"_L1))
        object = object.value("data"_L1).toObject();
    SendAnswer answer;
    answer.conversation = ConversationId(json::text(object.value("conversationId"_L1)));
    answer.messageId = MessageId(json::text(object.value("messageId"_L1)));
    const QStringList ids = json::texts(object.value("messageIds"_L1));
    for (const auto &id : ids)
        answer.messageIds.append(MessageId(id));
    if (answer.messageId.isEmpty() && !answer.messageIds.isEmpty())
        answer.messageId = answer.messageIds.first();
    answer.emailMessageId = EmailId(json::text(object.value("emailMessageId"_L1)));
    answer.status = json::text(object.value("status"_L1)).toLower();
    answer.note = json::text(object.value("msg"_L1));
    if (answer.messageId.isEmpty())
        return fail(wire::badReply(Words::tr("the message's id")));
    return answer;
}

Result<Email> Decode<Email>::from(const QJsonValue &value)
{
    const QJsonObject o = value.toObject();
    Email e;
    e.id = EmailId(json::text(json::first(o, {u"id", u"_id"})));
    if (e.id.isEmpty())
        return fail(wire::badReply(Words::tr("the e-mail's id")));
    e.location = LocationId(json::text(o.value("locationId"_L1)));
    e.contactId = ContactId(json::text(o.value("contactId"_L1)));
    e.conversationId = ConversationId(json::text(o.value("conversationId"_L1)));
    e.threadId = json::text(o.value("threadId"_L1));
    e.subject = json::text(o.value("subject"_L1));
    e.body = json::text(json::first(o, {u"body", u"html"}));
    e.contentType = json::text(o.value("contentType"_L1));
    e.direction = readDirection(o.value("direction"_L1));
    e.status = json::text(o.value("status"_L1)).toLower();
    e.from = json::text(o.value("from"_L1));
    e.to = json::texts(o.value("to"_L1), true);
    e.cc = json::texts(o.value("cc"_L1), true);
    e.bcc = json::texts(o.value("bcc"_L1), true);
    e.attachments = readAttachments(o.value("attachments"_L1));
    e.replyToMessageId = json::text(o.value("replyToMessageId"_L1));
    e.source = json::text(o.value("source"_L1));
    e.dateAdded = json::date(o.value("dateAdded"_L1));
    return e;
}

} // namespace outrigger::api
