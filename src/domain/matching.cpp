// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/matching.h"

#include "domain/mail.h"
#include "domain/mailhtml.h"

#include <QRegularExpression>

namespace outrigger {

namespace {

constexpr qsizetype serverMayAdd = 200;

bool isInvisible(QChar c)
{
    const ushort code = c.unicode();
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069)
        || code == 0xFEFF || code == 0x00AD;
}

/// The text as a pattern in which every link may have become another link.
QString withLinkWildcards(const QString &normalised)
{
    static const QRegularExpression link(QStringLiteral("(?:https?://|www\\.)\\S+"), QRegularExpression::CaseInsensitiveOption);
    QString pattern;
    qsizetype from = 0;
    auto matches = link.globalMatch(normalised);
    while (matches.hasNext()) {
        const auto match = matches.next();
        pattern += QRegularExpression::escape(normalised.mid(from, match.capturedStart() - from));
        pattern += QStringLiteral("\\S+");
        from = match.capturedEnd();
    }
    return pattern + QRegularExpression::escape(normalised.mid(from));
}

} // namespace

QString normalisedText(const QString &text)
{
    const QString composed = text.normalized(QString::NormalizationForm_C);
    QString result;
    result.reserve(composed.size());
    bool blank = false;
    for (const QChar c : composed) {
        if (isInvisible(c))
            continue;
        if (c.isSpace()) {
            blank = true;
            continue;
        }
        if (blank && !result.isEmpty())
            result += QLatin1Char(' ');
        blank = false;
        result += c;
    }
    return result;
}

bool textsMatch(const QString &ours, const QString &servers)
{
    const QString mine = normalisedText(ours);
    const QString theirs = normalisedText(servers);
    if (mine == theirs)
        return true;
    if (mine.isEmpty())
        return false;
    const QString pattern = withLinkWildcards(mine);
    const QRegularExpression exact(QRegularExpression::anchoredPattern(pattern));
    if (exact.match(theirs).hasMatch())
        return true;
    const QRegularExpression inside(QStringLiteral("\\A(.{0,%1})%2(.{0,%1})\\z").arg(serverMayAdd).arg(pattern),
                                    QRegularExpression::DotMatchesEverythingOption);
    const auto match = inside.match(theirs);
    return match.hasMatch() && match.capturedLength(1) + match.capturedLength(2) <= serverMayAdd;
}

bool mayBe(const OutboxRecord &record, const Message &message, const QDateTime &now, std::chrono::milliseconds skew,
           const UserId &me)
{
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    if (draft.call) // its date is the call's own, and it has no words: the record's id went along
        return !message.id.isEmpty() && message.contactId == draft.contactId && message.raw.value(QLatin1String("altId")).toString() == record.id.value;
    if (message.direction != Direction::Outbound || message.contactId != draft.contactId)
        return false;
    const Channel channel = channelFromType(draft.type);
    // What leaves through an app of its own comes back as TYPE_CUSTOM_SMS, TYPE_CUSTOM_PROVIDER_SMS ...
    const bool custom = channel == Channel::Custom && message.typeWord.contains(QLatin1String("CUSTOM"), Qt::CaseInsensitive);
    if (message.channel != channel && !custom)
        return false;
    if (message.id.isEmpty() || message.id.value == record.watermark.newestId
        || record.watermark.recentIds.contains(message.id.value))
        return false;
    const qint64 slack = 10'000 + std::abs(skew.count());
    // A message that is kept for later may carry the date on which it leaves.
    const QDateTime newest = std::max(now, draft.sendAt);
    if (!record.firstWriteAt.isValid() || !message.dateAdded.isValid()
        || message.dateAdded < record.firstWriteAt.addMSecs(-slack) || message.dateAdded > newest.addMSecs(slack))
        return false;
    if (!message.source.isEmpty() && message.source != QLatin1String("api"))
        return false;
    if (!message.userId.isEmpty() && !me.isEmpty() && message.userId != me)
        return false;
    if (message.attachments.size() != draft.attachments.size())
        return false;
    if (draft.isEmail()) // lists come without the text: whoever looks has put it in
        return mail::carriesMark(message.body, record.id)
            || (!mail::carriesAnyMark(message.body) && !message.body.isEmpty() && message.subject == draft.subject
                && textsMatch(draft.body, mail::clean(message.body).text()));
    return textsMatch(draft.body, message.body);
}

} // namespace outrigger
