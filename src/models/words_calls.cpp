// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/words.h"

#include "domain/callwords.h"

#include <QCoreApplication>

// Who or what wrote a message, and how a call ended.
namespace outrigger::models::words {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(words)
};

} // namespace

bool fromAnotherProgram(const MessageRow &row)
{
    const Message &message = row.message;
    return message.direction == Direction::Outbound && row.record.isEmpty() && row.senderName.isEmpty() && message.userId.isEmpty()
        && message.source.compare(QLatin1String("api"), Qt::CaseInsensitive) == 0 && message.channel != Channel::Activity;
}

QString writer(const MessageRow &row)
{
    if (const QString machine = sourceName(row.message); !machine.isEmpty())
        return machine;
    if (!row.senderName.isEmpty())
        return row.senderName;
    return fromAnotherProgram(row) ? Words::tr("Another program") : Words::tr("You");
}

QString sentBy(const MessageRow &row)
{
    const Message &message = row.message;
    if (message.direction != Direction::Outbound || message.channel == Channel::Activity)
        return {};
    if (message.channel == Channel::InternalComment)
        return Words::tr("Internal comment by %1. Only your team sees it.").arg(writer(row));
    if (message.channel == Channel::Call)
        return Words::tr("Called by %1").arg(writer(row));
    return Words::tr("Sent by %1").arg(writer(row));
}

QString callOutcome(const MessageRow &row)
{
    const QString outcome = oneLine(outrigger::callOutcome(row.message), 40);
    if (row.senderName.isEmpty() || row.message.channel == Channel::Voicemail)
        return outcome;
    if (row.message.direction == Direction::Inbound)
        return outcome == QCoreApplication::translate("Calls", "answered") ? Words::tr("answered by %1").arg(oneLine(row.senderName, 60)) : outcome;
    return outcome.isEmpty() ? Words::tr("by %1").arg(oneLine(row.senderName, 60)) : outcome + QStringLiteral(" · ") + Words::tr("by %1").arg(oneLine(row.senderName, 60));
}

} // namespace outrigger::models::words
