// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/conversation.h"
#include "domain/outboxrecord.h"

#include <chrono>

namespace outrigger {

/// NFC, line ends, outer blanks, runs of blanks, zero-width characters removed. Links stay; see textsMatch.
QString normalisedText(const QString &text);
/// Equal after normalising with links as wildcards (the server may shorten them), or the server's text is ours
/// followed (or preceded) by at most 200 characters (sender name, opt-out line).
bool textsMatch(const QString &ours, const QString &servers);

/// Whether a message in HighLevel may be the one that this record sent. All of: outbound, same contact, same channel,
/// id outside the watermark, date inside [firstWriteAt - 10 s - skew, now], source "api" or absent, user ours or
/// absent, as many attachments, text equal. Whether the id is bound to another record is the caller's to know.
bool mayBe(const OutboxRecord &record, const Message &message, const QDateTime &now, std::chrono::milliseconds skew,
           const UserId &me);

} // namespace outrigger
