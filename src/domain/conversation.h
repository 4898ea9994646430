// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

namespace outrigger {

enum class Direction { Inbound, Outbound };

/// How a message travels. Unknown keeps the server's word in Message::typeWord.
enum class Channel {
    Sms, Email, Call, Voicemail, WhatsApp, Facebook, Instagram, GoogleBusiness, LiveChat, Rcs, TikTok, Review,
    Custom, InternalComment, Activity, Unknown
};
Channel channelFromType(const QString &messageType, int typeNumber = 0); ///< "TYPE_SMS", "SMS", 2
QString channelWord(Channel channel);                                    ///< "SMS", "e-mail", for a person
QString channelSendType(Channel channel);                                ///< the "type" of the send call; empty: cannot send

struct Conversation {
    ConversationId id;
    LocationId location;
    ContactId contactId;
    QString contactName;
    QString email;
    QString phone;
    QString lastMessageBody;
    Channel lastMessageChannel = Channel::Unknown;
    QString lastMessageType; ///< the server's word
    Direction lastMessageDirection = Direction::Inbound;
    QString lastOutboundAction; ///< manual, automated
    QDateTime lastMessageDate;
    QDateTime lastManualMessageDate;
    QDateTime dateAdded;
    QDateTime dateUpdated;
    int unreadCount = 0;
    bool starred = false;
    bool deleted = false;
    UserId assignedTo;
    QString type; ///< TYPE_PHONE, TYPE_EMAIL ...
    QJsonObject raw;
};

struct Message {
    MessageId id;
    LocationId location;
    ConversationId conversationId;
    ContactId contactId;
    Channel channel = Channel::Unknown;
    QString typeWord; ///< the server's word
    Direction direction = Direction::Inbound;
    QString status;   ///< the server's word, lower case; see messagestate.h
    QString body;
    QString contentType;
    QStringList attachments; ///< urls
    QString source;   ///< workflow, bulk_actions, campaign, api, app, ...
    UserId userId;
    QString from;
    QString to;
    QString error;    ///< what the server says of a failure, often empty
    QString subject;  ///< e-mail
    QStringList emailIds; ///< ids for the e-mail body call
    QString activityTitle;
    int callSeconds = -1;
    QDateTime dateAdded;
    QDateTime dateUpdated;
    QJsonObject raw;
};

/// Sent by a workflow, a campaign, a bulk action or a bot: no person has written it.
bool isAutomated(const Message &message);
/// The same for a message of which no more is known.
bool isAutomated(Direction direction, const QString &source);

} // namespace outrigger
