// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replies.h"

/// What belongs to single messages beside sending and reading them: schedules, files, recordings, templates.
namespace outrigger::api {

/// Takes back a message that waits for its time. HighLevel refuses inside a 200 ("status": 400): that is an error here.
struct CancelScheduledMessage {
    MessageId id{};

    using Reply = Cancelled;
    static constexpr Op op{"cancel-scheduled-message",
                           Verb::Delete,
                           Api::Conversations,
                           "/conversations/messages/{messageId}/schedule",
                           "conversations/message.write",
                           Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("messageId", &CancelScheduledMessage::id)};
};

/// The same for an e-mail; its id is SendAnswer::emailMessageId.
struct CancelScheduledEmail {
    EmailId id{};

    using Reply = Cancelled;
    static constexpr Op op{"cancel-scheduled-email-message",
                           Verb::Delete,
                           Api::EmailMessages,
                           "/conversations/messages/email/{emailMessageId}/schedule",
                           "",
                           Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("emailMessageId", &CancelScheduledEmail::id)};
};

/// Puts a file where a message can name it. Needs a conversation that exists. Sends nothing to anybody, so it may be
/// repeated. checkAttachment() says before what will be taken.
struct UploadAttachment {
    ConversationId conversationId{};
    ContactId contactId{};
    LocationId location{};
    FilePart file{};

    using Reply = UploadAnswer;
    static constexpr Op op{"upload-file-attachments",     Verb::Post,  Api::Conversations, "/conversations/messages/upload",
                           "conversations/message.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::part("conversationId", &UploadAttachment::conversationId, Need::Required),
                   in::part("contactId", &UploadAttachment::contactId, Need::Required),
                   in::part("locationId", &UploadAttachment::location, Need::Required),
                   in::file("fileAttachment", &UploadAttachment::file)};
};

/// The sound of a call or a voicemail, a WAV file.
struct GetRecording {
    MessageId id{};
    LocationId location{};

    using Reply = Bytes;
    static constexpr Op op{"get-message-recording",
                           Verb::Get,
                           Api::Conversations,
                           "/conversations/messages/{messageId}/locations/{locationId}/recording",
                           "conversations/message.readonly",
                           Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("messageId", &GetRecording::id), in::path("locationId", &GetRecording::location)};
};

/// What was said in it, sentence by sentence.
struct GetTranscription {
    MessageId id{};
    LocationId location{};

    using Reply = Transcription;
    static constexpr Op op{"get-message-transcription",
                           Verb::Get,
                           Api::Conversations,
                           "/conversations/locations/{locationId}/messages/{messageId}/transcription",
                           "conversations/message.readonly",
                           Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("messageId", &GetTranscription::id), in::path("locationId", &GetTranscription::location)};
};

/// A call that was made outside of HighLevel. Needs the id of a call provider: a wrong one has given 500 or an empty 201
/// (docs issues 6 and 70). Not idempotent; altId is ours, and comes back with the message.
struct AddOutboundCall {
    QString type = QStringLiteral("Call");
    ConversationId conversationId{};
    QString providerId{};
    QString altId{};
    QDateTime date{};
    QJsonObject call{}; ///< to, from, status

    using Reply = SendAnswer;
    static constexpr Op op{"add-an-outbound-message",     Verb::Post,   Api::Conversations, "/conversations/messages/outbound",
                           "conversations/message.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::body("type", &AddOutboundCall::type, Need::Required),
                                              in::body("conversationId", &AddOutboundCall::conversationId, Need::Required),
                                              in::body("conversationProviderId", &AddOutboundCall::providerId, Need::Required),
                                              in::body("altId", &AddOutboundCall::altId),
                                              in::body("date", &AddOutboundCall::date),
                                              in::body("call", &AddOutboundCall::call)};
};

/// The same for a call that they made.
struct AddInboundCall {
    QString type = QStringLiteral("Call");
    ConversationId conversationId{};
    ContactId contactId{};
    QString providerId{};
    QString altId{};
    QDateTime date{};
    QJsonObject call{};

    using Reply = SendAnswer;
    static constexpr Op op{"add-an-inbound-message",      Verb::Post,   Api::Conversations, "/conversations/messages/inbound",
                           "conversations/message.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::body("type", &AddInboundCall::type, Need::Required),
                                              in::body("conversationId", &AddInboundCall::conversationId, Need::Required),
                                              in::body("contactId", &AddInboundCall::contactId, Need::Required),
                                              in::body("conversationProviderId", &AddInboundCall::providerId, Need::Required),
                                              in::body("altId", &AddInboundCall::altId),
                                              in::body("date", &AddInboundCall::date),
                                              in::body("call", &AddInboundCall::call)};
};

/// Live chat only: that somebody of the team is typing. Worth nothing a second later, so it is never repeated.
struct AgentTyping {
    LocationId location{};
    QString isTyping{}; ///< "true", "false"
    QString visitorId{};
    ConversationId conversationId{};

    using Reply = Done;
    static constexpr Op op{"live-chat-agent-typing",     Verb::Post,   Api::Conversations, "/conversations/providers/live-chat/typing",
                           "conversations/livechat.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::body("locationId", &AgentTyping::location, Need::Required),
                                              in::body("isTyping", &AgentTyping::isTyping, Need::Required),
                                              in::body("visitorId", &AgentTyping::visitorId, Need::Required),
                                              in::body("conversationId", &AgentTyping::conversationId, Need::Required)};
};

struct ListTemplates {
    LocationId location{};
    LocationId origin{}; ///< required; the specification's example is the location's id
    QString type{};      ///< sms, email, whatsapp; empty: all
    QString skip = QStringLiteral("0");
    QString limit = QStringLiteral("100");

    using Reply = TemplatePage;
    static constexpr Op op{"GET-all-or-email-sms-templates",
                           Verb::Get,
                           Api::Locations,
                           "/locations/{locationId}/templates",
                           "locations/templates.readonly",
                           Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("locationId", &ListTemplates::location),
                   in::query("originId", &ListTemplates::origin, Need::Required), in::query("type", &ListTemplates::type),
                   in::query("skip", &ListTemplates::skip), in::query("limit", &ListTemplates::limit)};
};

/// Words of the location that texts may name as {{ custom_values.key }}.
struct ListCustomValues {
    LocationId location{};

    using Reply = CustomValueList;
    static constexpr Op op{"get-custom-values",
                           Verb::Get,
                           Api::Locations,
                           "/locations/{locationId}/customValues",
                           "locations/customValues.readonly",
                           Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("locationId", &ListCustomValues::location)};
};

} // namespace outrigger::api
