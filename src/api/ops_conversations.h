// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replies.h"

namespace outrigger::api {

struct SearchConversations {
    LocationId location{};
    int limit = 100;                        ///< more than 100 is not documented
    QString status{};                       ///< all, read, unread, starred, recents
    QString sortBy{};                       ///< last_message_date, last_manual_message_date
    QString sort{};                         ///< asc, desc
    std::optional<qint64> startAfterDate{}; ///< lastSort of the page before
    ContactId contactId{};
    QString assignedTo{}; ///< ids joined by commas, or "unassigned"
    QString text{};
    ConversationId id{};
    QString lastMessageType{};
    QString lastMessageDirection{};    ///< inbound, outbound
    QString lastMessageAction{};       ///< automated, manual
    std::optional<qint64> startDate{}; ///< of dateAdded, epoch milliseconds
    std::optional<qint64> endDate{};

    using Reply = ConversationPage;
    static constexpr Op op{"search-conversation",    Verb::Get,   Api::Conversations, "/conversations/search",
                           "conversations.readonly", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::query("locationId", &SearchConversations::location, Need::Required),
                   in::query("limit", &SearchConversations::limit),
                   in::query("status", &SearchConversations::status),
                   in::query("sortBy", &SearchConversations::sortBy),
                   in::query("sort", &SearchConversations::sort),
                   in::query("startAfterDate", &SearchConversations::startAfterDate),
                   in::query("contactId", &SearchConversations::contactId),
                   in::query("assignedTo", &SearchConversations::assignedTo),
                   in::query("query", &SearchConversations::text),
                   in::query("id", &SearchConversations::id),
                   in::query("lastMessageType", &SearchConversations::lastMessageType),
                   in::query("lastMessageDirection", &SearchConversations::lastMessageDirection),
                   in::query("lastMessageAction", &SearchConversations::lastMessageAction),
                   in::query("startDate", &SearchConversations::startDate),
                   in::query("endDate", &SearchConversations::endDate)};
};

struct GetConversation {
    ConversationId id{};

    using Reply = Conversation;
    static constexpr Op op{"get-conversation",       Verb::Get,   Api::Conversations, "/conversations/{conversationId}",
                           "conversations.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("conversationId", &GetConversation::id)};
    static constexpr auto unwrap = keys("conversation");
};

struct CreateConversation {
    LocationId location{};
    ContactId contactId{};

    using Reply = Conversation;
    static constexpr Op op{"create-conversation", Verb::Post,   Api::Conversations, "/conversations/",
                           "conversations.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::body("locationId", &CreateConversation::location, Need::Required),
                                              in::body("contactId", &CreateConversation::contactId, Need::Required)};
    static constexpr auto unwrap = keys("conversation");
};

/// Marks read (unreadCount 0) or unread (1), stars.
struct UpdateConversation {
    ConversationId id{};
    LocationId location{};
    std::optional<int> unreadCount{};
    std::optional<bool> starred{};

    using Reply = ConversationUpdate;
    static constexpr Op op{"update-conversation", Verb::Put,   Api::Conversations, "/conversations/{conversationId}",
                           "conversations.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("conversationId", &UpdateConversation::id),
                                              in::body("locationId", &UpdateConversation::location, Need::Required),
                                              in::body("unreadCount", &UpdateConversation::unreadCount),
                                              in::body("starred", &UpdateConversation::starred)};
};

struct ListMessages {
    ConversationId id{};
    int limit = 100;
    MessageId lastMessageId{}; ///< of the page before
    QString type{};            ///< "TYPE_SMS,TYPE_CALL"

    using Reply = MessagePage;
    static constexpr Op op{"get-messages",
                           Verb::Get,
                           Api::Conversations,
                           "/conversations/{conversationId}/messages",
                           "conversations/message.readonly",
                           Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("conversationId", &ListMessages::id), in::query("limit", &ListMessages::limit),
                   in::query("lastMessageId", &ListMessages::lastMessageId), in::query("type", &ListMessages::type)};
};

struct GetMessage {
    MessageId id{};

    using Reply = Message;
    static constexpr Op op{
        "get-message", Verb::Get, Api::Conversations, "/conversations/messages/{id}", "conversations/message.readonly",
        Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("id", &GetMessage::id)};
    static constexpr auto unwrap = keys("message");
};

/// Puts a message on its way to a person. No call takes an idempotency key: a second one is a second text.
struct SendMessage {
    QString type = QStringLiteral("SMS"); ///< SMS, RCS, Email, WhatsApp, IG, FB, Custom, Live_Chat, TIKTOK
    ContactId contactId{};
    QString message{};
    QStringList attachments{};
    QString fromNumber{}; ///< E.164
    QString toNumber{};
    QString subject{};
    QString html{};
    QString emailFrom{};
    QString emailTo{};
    QStringList emailCc{};
    QStringList emailBcc{};
    QString threadId{};
    QString replyMessageId{};
    QString templateId{};
    QString conversationProviderId{};
    std::optional<qint64> scheduledTimestamp{}; ///< epoch SECONDS, not milliseconds; dueAt() makes it

    /// Never before the moment that was chosen: a part of a second counts as a whole one.
    static qint64 dueAt(const QDateTime &moment) { return (moment.toMSecsSinceEpoch() + 999) / 1000; }

    using Reply = SendAnswer;
    static constexpr Op op{"send-a-new-message",          Verb::Post,   Api::Conversations, "/conversations/messages",
                           "conversations/message.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::body("type", &SendMessage::type, Need::Required),
                                              in::body("contactId", &SendMessage::contactId, Need::Required),
                                              in::body("message", &SendMessage::message),
                                              in::body("attachments", &SendMessage::attachments),
                                              in::body("fromNumber", &SendMessage::fromNumber),
                                              in::body("toNumber", &SendMessage::toNumber),
                                              in::body("subject", &SendMessage::subject),
                                              in::body("html", &SendMessage::html),
                                              in::body("emailFrom", &SendMessage::emailFrom),
                                              in::body("emailTo", &SendMessage::emailTo),
                                              in::body("emailCc", &SendMessage::emailCc),
                                              in::body("emailBcc", &SendMessage::emailBcc),
                                              in::body("threadId", &SendMessage::threadId),
                                              in::body("replyMessageId", &SendMessage::replyMessageId),
                                              in::body("templateId", &SendMessage::templateId),
                                              in::body("conversationProviderId", &SendMessage::conversationProviderId),
                                              in::body("scheduledTimestamp", &SendMessage::scheduledTimestamp)};
};

/// The location-wide feed. Without a channel: everything but e-mail.
struct ExportMessages {
    LocationId location{};
    int limit = 500;     ///< 10 to 500
    QString cursor{};    ///< nextCursor of the page before
    QString sortBy{};    ///< createdAt, updatedAt
    QString sortOrder{}; ///< asc, desc
    ConversationId conversationId{};
    ContactId contactId{};
    QString channel{}; ///< Call, SMS, Email, WhatsApp, Instagram, Facebook
    QDateTime startDate{};
    QDateTime endDate{};

    using Reply = ExportPage;
    static constexpr Op op{
        "export-messages-by-location",    Verb::Get,   Api::Conversations, "/conversations/messages/export",
        "conversations/message.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &ExportMessages::location, Need::Required),
                                              in::query("limit", &ExportMessages::limit),
                                              in::query("cursor", &ExportMessages::cursor),
                                              in::query("sortBy", &ExportMessages::sortBy),
                                              in::query("sortOrder", &ExportMessages::sortOrder),
                                              in::query("conversationId", &ExportMessages::conversationId),
                                              in::query("contactId", &ExportMessages::contactId),
                                              in::query("channel", &ExportMessages::channel),
                                              in::query("startDate", &ExportMessages::startDate),
                                              in::query("endDate", &ExportMessages::endDate)};
};

/// For the provider that carries a message; not for read and unread.
struct UpdateMessageStatus {
    MessageId id{};
    QString status{}; ///< delivered, failed, pending, read
    QJsonObject error{};
    EmailId emailMessageId{};
    QStringList recipients{};

    using Reply = Done;
    static constexpr Op op{
        "update-message-status",       Verb::Put,   Api::Conversations, "/conversations/messages/{messageId}/status",
        "conversations/message.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("messageId", &UpdateMessageStatus::id),
                                              in::body("status", &UpdateMessageStatus::status, Need::Required),
                                              in::body("error", &UpdateMessageStatus::error),
                                              in::body("emailMessageId", &UpdateMessageStatus::emailMessageId),
                                              in::body("recipients", &UpdateMessageStatus::recipients)};
};

struct GetEmail {
    EmailId id{};

    using Reply = Email;
    static constexpr Op op{"get-email-by-id", Verb::Get, Api::EmailMessages, "/conversations/messages/email/{id}", "",
                           Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("id", &GetEmail::id)};
    static constexpr auto unwrap = keys("emailMessage", "email", "message");
};

} // namespace outrigger::api
