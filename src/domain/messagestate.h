// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/outboxrecord.h"

#include <QString>

namespace outrigger {

/// The fifteen states of a message that a person can see; bubbles, lists, notifications and the CLI use this one model.
enum class MessageState {
    Draft, Held, Waiting, Sending, Checking, NeedsYou, Scheduled, Accepted, Sent, Delivered, Read, Failed, OptedOut,
    StoppedHere, Cancelled
};

/// What the server's status word means. Unknown words and an empty one count as Sent, and are shown as they are.
MessageState stateFromServer(const QString &status);
/// What a record of ours means to a person.
MessageState stateFromRecord(OutboxState state, const QString &reasonCode);
/// The order in which server statuses replace each other: a late "sent" never replaces "delivered".
int serverStatusRank(const QString &status);
/// The stable machine word: draft held waiting sending checking needs_you scheduled accepted sent delivered read
/// failed opted_out stopped cancelled.
QString stateKey(MessageState state);
MessageState stateFromKey(const QString &key);

} // namespace outrigger
