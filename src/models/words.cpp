// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/words.h"

#include "domain/callwords.h"
#include "domain/whenwhere.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace outrigger::models::words {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(words)
};

QString heldWords(HoldReason hold, int seconds)
{
    switch (hold) {
    case HoldReason::Undo:
        return seconds == 1 ? Words::tr("sending in 1 second, undo available")
                            : Words::tr("sending in %1 seconds, undo available").arg(seconds);
    case HoldReason::Time: return Words::tr("scheduled");
    case HoldReason::QuietHours: return Words::tr("waiting for the end of quiet hours");
    case HoldReason::Stale: return Words::tr("held because it is old, asks before it goes");
    case HoldReason::Parent: return Words::tr("adding contact, then sending");
    case HoldReason::SignIn: return Words::tr("waiting for sign-in");
    case HoldReason::Ask: return Words::tr("held, asks before it goes");
    case HoldReason::None: break;
    }
    return Words::tr("held, undo available");
}

/// What ends a sentence keeps it ended; anything else gets a full stop.
QString sentence(const QString &text)
{
    static constexpr std::array enders{u'.', u'!', u'?', u'…', u'。', u'！', u'？', u'؟'};
    if (text.isEmpty() || std::find(enders.begin(), enders.end(), text.back().unicode()) != enders.end())
        return text;
    return text + u'.';
}

QString capital(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

bool isStrip(Channel channel)
{
    return channel == Channel::Call || channel == Channel::Voicemail;
}

} // namespace

QString state(MessageState state, HoldReason hold, const QString &reason)
{
    const auto withReason = [&reason](const QString &word) {
        if (reason.startsWith(word, Qt::CaseInsensitive)) // "waiting for network" says it already
            return reason.at(0).toLower() + reason.mid(1);
        return reason.isEmpty() ? word : word + QStringLiteral(", ") + reason;
    };
    switch (state) {
    case MessageState::Draft: return Words::tr("draft");
    case MessageState::Held: return heldWords(hold, 5);
    case MessageState::Waiting: return withReason(Words::tr("waiting"));
    case MessageState::Sending: return Words::tr("sending");
    case MessageState::Checking: return Words::tr("checking whether it was sent");
    case MessageState::NeedsYou: return withReason(Words::tr("needs your decision"));
    case MessageState::Scheduled: return Words::tr("scheduled");
    case MessageState::Accepted: return Words::tr("accepted by HighLevel");
    case MessageState::Sent: return Words::tr("sent");
    case MessageState::Delivered: return Words::tr("delivered");
    case MessageState::Read: return Words::tr("read");
    case MessageState::Failed: return withReason(Words::tr("failed"));
    case MessageState::OptedOut: return Words::tr("the lead opted out");
    case MessageState::StoppedHere: return withReason(Words::tr("stopped before sending"));
    case MessageState::Cancelled: return Words::tr("cancelled");
    }
    return {};
}

QString state(const MessageRow &row, const QDateTime &now, const QTimeZone &zone)
{
    if (row.state == MessageState::Held && row.hold == HoldReason::Undo && row.dueAt.isValid())
        return heldWords(row.hold, int(std::max<qint64>(1, (now.msecsTo(row.dueAt) + 999) / 1000)));
    if (row.state == MessageState::Scheduled && row.dueAt.isValid())
        return Words::tr("scheduled for %1").arg(dayAndClock(row.dueAt, zone));
    QString reason = row.reason.isEmpty() ? row.message.error : row.reason;
    while (reason.endsWith(u'.'))
        reason.chop(1);
    return state(row.state, row.hold, oneLine(reason, 400));
}

QString dayAndClock(const QDateTime &when, const QTimeZone &zone)
{
    const QDateTime there = when.toTimeZone(zone.isValid() ? zone : QTimeZone::systemTimeZone());
    return QLocale().toString(there.date(), QStringLiteral("ddd d MMM")) + u' ' + clock(there.time());
}

QString clock(const QTime &time)
{
    static const QString format = [] {
        // The C locale's short format has seconds.
        QString text = QLocale().timeFormat(QLocale::ShortFormat);
        text.remove(QStringLiteral(":ss")).remove(QStringLiteral(".ss")).remove(QStringLiteral(" t"));
        return text.trimmed();
    }();
    return QLocale().toString(time, format);
}

QString channel(Channel channel, const QString &typeWord)
{
    if (channel == Channel::Unknown)
        return typeWord.isEmpty() ? Words::tr("message") : typeWord;
    return channelWord(channel);
}

QString conversation(const ConversationRow &row, const QDateTime &now, const QTimeZone &zone)
{
    QStringList parts{row.name.isEmpty() ? Words::tr("No name") : row.name};
    if (row.unread > 0)
        parts << Words::tr("unread");
    if (row.starred)
        parts << Words::tr("starred");
    if (row.contactLocal)
        parts << Words::tr("not in HighLevel yet");
    if (row.deleted)
        parts << Words::tr("deleted in HighLevel");
    if (row.snoozedUntil.isValid() && row.snoozedUntil > now)
        parts << Words::tr("snoozed until %1").arg(dayAndClock(row.snoozedUntil, zone));
    parts << channel(row.channel, row.typeWord);
    if (row.lastDate.isValid())
        parts << spokenTime(row.lastDate, now, zone);
    QString text = parts.join(QStringLiteral(", "));
    const QString preview = oneLine(row.preview);
    if (!preview.isEmpty()) {
        text += QStringLiteral(": ");
        if (row.direction == Direction::Outbound)
            text += Words::tr("You: ");
        text += sentence(preview);
    } else {
        text += u'.';
    }
    if (row.direction == Direction::Outbound && !preview.isEmpty())
        text += u' ' + sentence(capital(state(row.lastState)));
    if (row.hasDraft)
        text += u' ' + Words::tr("Has a draft.");
    if (!row.tags.isEmpty())
        text += u' ' + Words::tr("Tags: %1.").arg(row.tags.mid(0, 2).join(QStringLiteral(", ")));
    return text;
}

QString message(const MessageRow &row, const QString &leadName, const QDateTime &now, const QTimeZone &zone)
{
    const auto &message = row.message;
    QString who;
    if (message.channel == Channel::Activity)
        who = Words::tr("Activity");
    else if (message.direction == Direction::Inbound)
        who = leadName.isEmpty() ? Words::tr("Lead") : leadName;
    else
        who = writer(row);
    QStringList parts{who};
    if (message.channel != Channel::Activity)
        parts << channel(message.channel, message.typeWord);
    if (message.dateAdded.isValid())
        parts << spokenTime(message.dateAdded, now, zone);
    QString text = parts.join(QStringLiteral(", "));
    QString body = message.subject.isEmpty() ? QString() : sentence(oneLine(message.subject)) + u' ';
    if (isStrip(message.channel)) {
        const QString outcome = callOutcome(row);
        body += callTitle(message) + (outcome.isEmpty() ? QString() : QStringLiteral(", ") + outcome) + QStringLiteral(". ");
    }
    body += oneLine(message.body.isEmpty() ? message.activityTitle : message.body, 1000);
    if (!message.attachments.isEmpty())
        body += u' '
            + (message.attachments.size() == 1 ? Words::tr("One attachment.")
                                               : Words::tr("%1 attachments.").arg(message.attachments.size()));
    body = body.trimmed();
    text += body.isEmpty() ? QStringLiteral(".") : QStringLiteral(": ") + sentence(body);
    if (isStrip(message.channel) && message.callSeconds >= 0)
        text += u' ' + Words::tr("Length %1 min %2 s.").arg(message.callSeconds / 60).arg(message.callSeconds % 60);
    const bool quiet = message.channel == Channel::InternalComment || isStrip(message.channel);
    const bool there = row.state == MessageState::Accepted || row.state == MessageState::Sent || row.state == MessageState::Delivered;
    if (message.direction == Direction::Outbound && message.channel != Channel::Activity
        && (!quiet || (!row.record.isEmpty() && !there)))
        text += u' ' + sentence(capital(state(row, now, zone)));
    return text;
}

QString oneLine(const QString &text, int limit)
{
    QString line;
    line.reserve(std::min<qsizetype>(text.size(), limit));
    bool blank = true; // also drops leading blanks
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isSpace()) {
            if (!blank)
                line += u' ';
            blank = true;
            continue;
        }
        if (c.category() == QChar::Other_Control)
            continue;
        if (line.size() >= limit) {
            if (!line.isEmpty() && line.back().isHighSurrogate())
                line.chop(1);
            return line + u'…';
        }
        line += c;
        blank = false;
    }
    while (line.endsWith(u' '))
        line.chop(1);
    return line;
}

QString sourceName(const Message &message)
{
    const QString source = message.source.toLower();
    if (source == QLatin1String("workflow"))
        return Words::tr("Workflow");
    if (source == QLatin1String("campaign"))
        return Words::tr("Campaign");
    if (source == QLatin1String("bulk_actions"))
        return Words::tr("Bulk action");
    if (source == QLatin1String("calendar"))
        return Words::tr("Calendar");
    return isAutomated(message) ? Words::tr("Automation") : QString();
}

} // namespace outrigger::models::words
