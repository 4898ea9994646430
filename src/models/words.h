// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/messagestate.h"
#include "domain/rows.h"

#include <QString>
#include <QTimeZone>

/// The words that lists, bubbles, screen readers and notifications share.
namespace outrigger::models::words {

/// "delivered", "sending in 5 seconds, undo available", "waiting for network". Lower case, no full stop.
QString state(MessageState state, HoldReason hold = HoldReason::None, const QString &reason = {});
QString state(const MessageRow &row, const QDateTime &now, const QTimeZone &zone);
/// "SMS", "e-mail", "Instagram"; the server's word when the channel is not known to us.
QString channel(Channel channel, const QString &typeWord = {});
/// "Sarah Jones, unread, SMS, 2 minutes ago: When works best? Delivered."
QString conversation(const ConversationRow &row, const QDateTime &now, const QTimeZone &zone);
/// "You, SMS, today at 9:04: Thursday 2:30 or 4? Delivered."
QString message(const MessageRow &row, const QString &leadName, const QDateTime &now, const QTimeZone &zone);
/// "Mon 23 Nov 9:00", on the clock of `zone`.
QString dayAndClock(const QDateTime &when, const QTimeZone &zone);
/// Hours and minutes as the locale writes them; never seconds.
QString clock(const QTime &time);
/// One line, at most `limit` characters, blanks and line breaks as single spaces, control characters gone.
QString oneLine(const QString &text, int limit = 200);
/// What automation wrote it: "Workflow", "Campaign", "Bulk action"; empty for people.
QString sourceName(const Message &message);
/// A person's name, what automation it was, "Another program", or "You": of an outbound message. words_calls.cpp.
QString writer(const MessageRow &row);
bool fromAnotherProgram(const MessageRow &row);
/// "Sent by Marcus Oyelaran", for a tool tip; empty for what came in.
QString sentBy(const MessageRow &row);
/// "answered by Marcus", "no answer · by Dana".
QString callOutcome(const MessageRow &row);

} // namespace outrigger::models::words
