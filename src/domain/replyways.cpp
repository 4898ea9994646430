// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replyways.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ReplyWays)
};

/// Remarks under a post are public: an answer in the private chat is another thing.
bool isRemark(const Message &message) { return message.typeWord.endsWith("_COMMENT"_L1) && message.channel != Channel::InternalComment; }

bool isCustom(const QString &typeWord) { return typeWord.contains("CUSTOM"_L1, Qt::CaseInsensitive); }

QString firstName(const Contact &contact)
{
    const QString name = contact.firstName.trimmed().isEmpty() ? contact.displayName() : contact.firstName.trimmed();
    return name.isEmpty() ? Words::tr("The lead") : name;
}

QString whyNot(const Contact &contact, const ChannelTalk &talk)
{
    switch (talk.channel) {
    case Channel::WhatsApp:
    case Channel::Rcs:
        return contact.phone.isEmpty() ? Words::tr("%1 has no phone number. Add one in HighLevel first.").arg(firstName(contact)) : QString();
    case Channel::Facebook:
    case Channel::Instagram:
    case Channel::TikTok:
    case Channel::LiveChat:
        return {};
    case Channel::Custom:
        return talk.providerId.isEmpty()
            ? Words::tr("HighLevel does not say which app this channel belongs to, so nothing can be sent on it from here. Answer in HighLevel.")
            : QString();
    case Channel::GoogleBusiness:
        return Words::tr("HighLevel offers no way to write on Google Business from other programs. Text them, or answer in HighLevel.");
    case Channel::Review:
        return Words::tr("An answer to a review is public, so it is written in HighLevel.");
    default:
        return Words::tr("Outrigger does not know how to write on “%1”. Answer in HighLevel.").arg(talk.typeWord.left(60));
    }
}

bool isOffered(Channel channel)
{
    switch (channel) {
    case Channel::Sms:
    case Channel::Email:
    case Channel::Call:
    case Channel::Voicemail:
    case Channel::Activity:
    case Channel::InternalComment:
        return false; // not here, or not a talk
    default:
        return true;
    }
}

} // namespace

void noteTalk(QVector<ChannelTalk> &talks, const Message &message)
{
    if (isRemark(message) || message.channel == Channel::Activity)
        return;
    const QString provider = message.raw.value("conversationProviderId"_L1).toString();
    // A provider's own text messages leave through it, not through the location's number.
    const Channel channel = message.channel == Channel::Sms && isCustom(message.typeWord) && !provider.isEmpty() ? Channel::Custom : message.channel;
    auto talk = std::find_if(talks.begin(), talks.end(), [&](const ChannelTalk &one) {
        return one.channel == channel && (channel != Channel::Unknown || one.typeWord == message.typeWord);
    });
    if (talk == talks.end())
        talk = talks.insert(talks.end(), ChannelTalk{channel, message.typeWord, {}, {}, {}});
    if (talk->providerId.isEmpty())
        talk->providerId = provider;
    QDateTime &when = message.direction == Direction::Inbound ? talk->heardAt : talk->sentAt;
    if (!when.isValid() || message.dateAdded > when)
        when = message.dateAdded;
}

QVector<ReplyWay> replyWays(const Contact &contact, const QVector<ChannelTalk> &talks)
{
    QVector<ReplyWay> ways;
    ways.append({Channel::Sms, {}, {},
                 contact.phone.isEmpty() ? Words::tr("%1 has no phone number. Add one in HighLevel to text them.").arg(firstName(contact)) : QString()});
    for (const ChannelTalk &talk : talks) {
        // What is not known and never came from them is a system line (TYPE_NO_SHOW), not a talk.
        if (isOffered(talk.channel) && (talk.channel != Channel::Unknown || talk.heardAt.isValid()))
            ways.append({talk.channel, talk.typeWord, talk.providerId, whyNot(contact, talk)});
    }
    std::stable_sort(ways.begin() + 1, ways.end(), [](const ReplyWay &a, const ReplyWay &b) { return a.channel < b.channel; });
    ways.append({Channel::InternalComment, {}, {}, {}});
    return ways;
}

Channel usualWay(const QVector<ReplyWay> &ways, const QVector<ChannelTalk> &talks)
{
    const ChannelTalk *latest = nullptr;
    for (const ChannelTalk &talk : talks) {
        if (talk.heardAt.isValid() && (!latest || talk.heardAt > latest->heardAt))
            latest = &talk;
    }
    const bool open = latest && std::any_of(ways.cbegin(), ways.cend(), [latest](const ReplyWay &way) {
        return way.channel == latest->channel && way.why.isEmpty();
    });
    return open ? latest->channel : Channel::Sms;
}

bool takesFiles(Channel channel)
{
    switch (channel) {
    case Channel::Sms:
    case Channel::Facebook:
    case Channel::Instagram:
    case Channel::TikTok:
    case Channel::LiveChat:
    case Channel::Custom:
        return true;
    default:
        return false;
    }
}

qint64 windowSeconds(Channel channel)
{
    switch (channel) {
    case Channel::WhatsApp:
    case Channel::Facebook:
    case Channel::Instagram:
    case Channel::TikTok:
        return 24 * 60 * 60;
    default:
        return 0;
    }
}

} // namespace outrigger
