// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/inboxfilter.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

constexpr int mostDays = 36'500;

constexpr std::array whoWords{std::pair{InboxFilter::Who::Me, QLatin1String("me")}, std::pair{InboxFilter::Who::Nobody, QLatin1String("nobody")},
                              std::pair{InboxFilter::Who::User, QLatin1String("user")}};

/// The words are stored: never rename one.
constexpr std::array channelWords{
    std::pair{Channel::Sms, QLatin1String("sms")}, std::pair{Channel::Email, QLatin1String("email")}, std::pair{Channel::Call, QLatin1String("call")},
    std::pair{Channel::Voicemail, QLatin1String("voicemail")}, std::pair{Channel::WhatsApp, QLatin1String("whatsapp")},
    std::pair{Channel::Facebook, QLatin1String("facebook")}, std::pair{Channel::Instagram, QLatin1String("instagram")},
    std::pair{Channel::GoogleBusiness, QLatin1String("google")}, std::pair{Channel::LiveChat, QLatin1String("livechat")},
    std::pair{Channel::Rcs, QLatin1String("rcs")}, std::pair{Channel::TikTok, QLatin1String("tiktok")}, std::pair{Channel::Review, QLatin1String("review")},
    std::pair{Channel::Custom, QLatin1String("custom")}, std::pair{Channel::InternalComment, QLatin1String("comment")},
    std::pair{Channel::Unknown, QLatin1String("unknown")}};

QLatin1String channelKey(Channel channel)
{
    const auto *const it = std::find_if(channelWords.begin(), channelWords.end(), [channel](const auto &word) { return word.first == channel; });
    return it == channelWords.end() ? QLatin1String("unknown") : it->second;
}

std::optional<Channel> channelFromKey(const QString &key)
{
    const auto *const it = std::find_if(channelWords.begin(), channelWords.end(), [&key](const auto &word) { return key == word.second; });
    return it == channelWords.end() ? std::nullopt : std::optional(it->first);
}

} // namespace

QJsonObject InboxFilter::toJson() const
{
    QJsonObject object;
    if (!channels.isEmpty()) {
        QJsonArray words;
        for (const Channel channel : channels)
            words.append(channelKey(channel));
        object.insert("channels"_L1, words);
    }
    for (const auto &[what, word] : whoWords) {
        if (what == who)
            object.insert("who"_L1, word);
    }
    if (who == Who::User)
        object.insert("user"_L1, user.value);
    for (const auto &[name, on] : {std::pair{"unread"_L1, unread}, std::pair{"starred"_L1, starred}, std::pair{"failed"_L1, failed}, std::pair{"draft"_L1, draft}}) {
        if (on)
            object.insert(name, true);
    }
    if (!tag.isEmpty())
        object.insert("tag"_L1, tag);
    if (last)
        object.insert("last"_L1, *last == Direction::Inbound ? u"inbound"_s : u"outbound"_s);
    if (withinDays > 0)
        object.insert("withinDays"_L1, withinDays);
    if (olderDays > 0)
        object.insert("olderDays"_L1, olderDays);
    return object;
}

InboxFilter InboxFilter::fromJson(const QJsonObject &object)
{
    InboxFilter filter;
    const auto words = object.value("channels"_L1).toArray();
    for (const auto &word : words) {
        if (const auto channel = channelFromKey(word.toString()); channel && !filter.channels.contains(*channel))
            filter.channels.append(*channel);
    }
    for (const auto &[what, word] : whoWords) {
        if (object.value("who"_L1).toString() == word)
            filter.who = what;
    }
    filter.user = UserId(object.value("user"_L1).toString());
    if (filter.who != Who::User)
        filter.user = {};
    else if (filter.user.isEmpty())
        filter.who = Who::Anybody;
    filter.unread = object.value("unread"_L1).toBool();
    filter.starred = object.value("starred"_L1).toBool();
    filter.failed = object.value("failed"_L1).toBool();
    filter.draft = object.value("draft"_L1).toBool();
    filter.tag = object.value("tag"_L1).toString();
    const QString last = object.value("last"_L1).toString();
    if (last == "inbound"_L1)
        filter.last = Direction::Inbound;
    else if (last == "outbound"_L1)
        filter.last = Direction::Outbound;
    filter.withinDays = std::clamp(object.value("withinDays"_L1).toInt(), 0, mostDays);
    filter.olderDays = std::clamp(object.value("olderDays"_L1).toInt(), 0, mostDays);
    return filter;
}

} // namespace outrigger
