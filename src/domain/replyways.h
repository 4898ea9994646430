// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/conversation.h"

#include <QDateTime>
#include <QString>
#include <QVector>

/// On which channels somebody can be written to, and what each of them asks for.
namespace outrigger {

/// What the cache knows of one channel of a talk.
struct ChannelTalk {
    Channel channel = Channel::Unknown;
    QString typeWord;   ///< the server's word, of the newest message
    QString providerId; ///< of the app that carries a custom channel; empty when HighLevel does not say it
    QDateTime heardAt;  ///< their newest message on it
    QDateTime sentAt;   ///< our newest one
};
/// Notes one message of a talk; newest first or not does not matter.
void noteTalk(QVector<ChannelTalk> &talks, const Message &message);

/// One channel of the composer.
struct ReplyWay {
    Channel channel = Channel::Sms;
    QString typeWord;   ///< of channels that this program does not know
    QString providerId;
    QString why;        ///< why it cannot be written on, a sentence; empty: it can
};
/// Text messages and internal comments always; the others when the talk has used them. E-mail is left to its own page.
/// Types that the send call takes: HighLevel's specification, SendMessageBodyDto (June 2026). InternalComment is not in
/// it and works (GoHighLevel/highlevel-api-docs, issues 142 and 215); the answer does not say who wrote it.
QVector<ReplyWay> replyWays(const Contact &contact, const QVector<ChannelTalk> &talks);
/// The way that a reply takes unless the person chooses: the one on which they wrote last, if it can be written on.
Channel usualWay(const QVector<ReplyWay> &ways, const QVector<ChannelTalk> &talks);

/// Nobody outside the team gets it.
inline bool staysInside(Channel channel) { return channel == Channel::InternalComment; }
/// Goes to a telephone number: rules, length and price of text messages apply.
inline bool goesToNumber(Channel channel) { return channel == Channel::Sms || channel == Channel::Rcs || channel == Channel::WhatsApp; }
/// Whether the send call takes files on this channel (HighLevel drops those of WhatsApp, issue 322).
bool takesFiles(Channel channel);

/// WhatsApp, Facebook, Instagram and TikTok take free text only for so long after their last message; 0: no such rule.
/// 24 hours: Meta's customer service window; HighLevel refuses what comes later unless it is an approved template.
qint64 windowSeconds(Channel channel);

} // namespace outrigger
