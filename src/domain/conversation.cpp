// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/conversation.h"

#include <QCoreApplication>

#include <array>

namespace outrigger {

namespace {

struct Word {
    QLatin1String text;
    Channel channel;
};

// Without the TYPE_ prefix and with "-", " " as "_". Longest meaning first where one word begins another.
constexpr std::array words{
    Word{QLatin1String("SMS"), Channel::Sms},
    Word{QLatin1String("SMS_REACTION"), Channel::Sms},
    Word{QLatin1String("CAMPAIGN_SMS"), Channel::Sms},
    Word{QLatin1String("CAMPAIGN_MANUAL_SMS"), Channel::Sms},
    Word{QLatin1String("CUSTOM_SMS"), Channel::Sms},
    Word{QLatin1String("CUSTOM_PROVIDER_SMS"), Channel::Sms},
    Word{QLatin1String("GROUP_SMS"), Channel::Sms},
    Word{QLatin1String("PHONE"), Channel::Sms},
    Word{QLatin1String("EMAIL"), Channel::Email},
    Word{QLatin1String("CAMPAIGN_EMAIL"), Channel::Email},
    Word{QLatin1String("CUSTOM_EMAIL"), Channel::Email},
    Word{QLatin1String("CUSTOM_PROVIDER_EMAIL"), Channel::Email},
    Word{QLatin1String("CALL"), Channel::Call},
    Word{QLatin1String("CAMPAIGN_CALL"), Channel::Call},
    Word{QLatin1String("CAMPAIGN_MANUAL_CALL"), Channel::Call},
    Word{QLatin1String("IVR_CALL"), Channel::Call},
    Word{QLatin1String("CUSTOM_CALL"), Channel::Call},
    Word{QLatin1String("VOICEMAIL"), Channel::Voicemail},
    Word{QLatin1String("CAMPAIGN_VOICEMAIL"), Channel::Voicemail},
    Word{QLatin1String("WHATSAPP"), Channel::WhatsApp},
    Word{QLatin1String("FACEBOOK"), Channel::Facebook},
    Word{QLatin1String("FB"), Channel::Facebook},
    Word{QLatin1String("FB_MESSENGER"), Channel::Facebook},
    Word{QLatin1String("CAMPAIGN_FACEBOOK"), Channel::Facebook},
    Word{QLatin1String("FACEBOOK_COMMENT"), Channel::Facebook},
    Word{QLatin1String("INSTAGRAM"), Channel::Instagram},
    Word{QLatin1String("IG"), Channel::Instagram},
    Word{QLatin1String("INSTAGRAM_COMMENT"), Channel::Instagram},
    Word{QLatin1String("GMB"), Channel::GoogleBusiness},
    Word{QLatin1String("CAMPAIGN_GMB"), Channel::GoogleBusiness},
    Word{QLatin1String("LIVE_CHAT"), Channel::LiveChat},
    Word{QLatin1String("LIVE_CHAT_INFO_MESSAGE"), Channel::LiveChat},
    Word{QLatin1String("WEBCHAT"), Channel::LiveChat},
    Word{QLatin1String("RCS"), Channel::Rcs},
    Word{QLatin1String("TIKTOK"), Channel::TikTok},
    Word{QLatin1String("TIKTOK_COMMENT"), Channel::TikTok},
    Word{QLatin1String("REVIEW"), Channel::Review},
    Word{QLatin1String("CUSTOM"), Channel::Custom},
    Word{QLatin1String("INTERNAL_COMMENT"), Channel::InternalComment},
    Word{QLatin1String("INTERNAL_COMMENTS"), Channel::InternalComment},
    Word{QLatin1String("INTERNALCOMMENT"), Channel::InternalComment},
};

Channel channelFromNumber(int number)
{
    switch (number) {
    case 1: return Channel::Call;
    case 2: return Channel::Sms;
    case 3: return Channel::Email;
    case 10: return Channel::Voicemail;
    case 19: return Channel::WhatsApp;
    case 31: return Channel::Activity;
    case 34: return Channel::Call;
    default: return Channel::Unknown;
    }
}

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Channel)
};

} // namespace

Channel channelFromType(const QString &messageType, int typeNumber)
{
    QString word = messageType.trimmed().toUpper();
    word.replace(QLatin1Char('-'), QLatin1Char('_')).replace(QLatin1Char(' '), QLatin1Char('_'));
    if (word.startsWith(QLatin1String("TYPE_")))
        word.remove(0, 5);
    if (word.isEmpty())
        return channelFromNumber(typeNumber);
    for (const auto &known : words) {
        if (word == known.text)
            return known.channel;
    }
    if (word.startsWith(QLatin1String("ACTIVITY")))
        return Channel::Activity;
    return Channel::Unknown;
}

QString channelWord(Channel channel)
{
    switch (channel) {
    case Channel::Sms: return Words::tr("SMS");
    case Channel::Email: return Words::tr("e-mail");
    case Channel::Call: return Words::tr("call");
    case Channel::Voicemail: return Words::tr("voicemail");
    case Channel::WhatsApp: return Words::tr("WhatsApp");
    case Channel::Facebook: return Words::tr("Facebook");
    case Channel::Instagram: return Words::tr("Instagram");
    case Channel::GoogleBusiness: return Words::tr("Google Business");
    case Channel::LiveChat: return Words::tr("live chat");
    case Channel::Rcs: return Words::tr("RCS");
    case Channel::TikTok: return Words::tr("TikTok");
    case Channel::Review: return Words::tr("review");
    case Channel::Custom: return Words::tr("custom channel");
    case Channel::InternalComment: return Words::tr("internal comment");
    case Channel::Activity: return Words::tr("activity");
    case Channel::Unknown: break;
    }
    return Words::tr("message");
}

QString channelSendType(Channel channel)
{
    switch (channel) {
    case Channel::Sms: return QStringLiteral("SMS");
    case Channel::Email: return QStringLiteral("Email");
    case Channel::WhatsApp: return QStringLiteral("WhatsApp");
    case Channel::Facebook: return QStringLiteral("FB");
    case Channel::Instagram: return QStringLiteral("IG");
    case Channel::LiveChat: return QStringLiteral("Live_Chat");
    case Channel::Rcs: return QStringLiteral("RCS");
    case Channel::TikTok: return QStringLiteral("TIKTOK");
    case Channel::Custom: return QStringLiteral("Custom");
    case Channel::InternalComment: return QStringLiteral("InternalComment"); // see replyWays()
    default: return {};
    }
}

bool isAutomated(const Message &message)
{
    return isAutomated(message.direction, message.source);
}

bool isAutomated(Direction direction, const QString &source)
{
    static const QStringList machines{QStringLiteral("workflow"), QStringLiteral("bulk_actions"),
                                      QStringLiteral("campaign"), QStringLiteral("calendar"),
                                      QStringLiteral("chatgpt"),  QStringLiteral("conversation_ai")};
    return direction == Direction::Outbound && machines.contains(source.toLower());
}

} // namespace outrigger
