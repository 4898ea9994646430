// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/messagestate.h"

#include <array>

namespace outrigger {

namespace {

struct StatusMeaning {
    QLatin1String word;
    MessageState state;
    int rank;
};

// Ranks: later facts are higher. Failure outranks "sent" and "delivered" outranks a late "sent"; a read receipt proves
// delivery, so it is above everything.
constexpr std::array meanings{
    StatusMeaning{QLatin1String("scheduled"), MessageState::Scheduled, 1},
    StatusMeaning{QLatin1String("pending"), MessageState::Accepted, 2},
    StatusMeaning{QLatin1String("queued"), MessageState::Accepted, 3},
    StatusMeaning{QLatin1String("sent"), MessageState::Sent, 4},
    StatusMeaning{QLatin1String("connected"), MessageState::Sent, 4},
    StatusMeaning{QLatin1String("failed"), MessageState::Failed, 5},
    StatusMeaning{QLatin1String("undelivered"), MessageState::Failed, 5},
    StatusMeaning{QLatin1String("opt_out"), MessageState::OptedOut, 5},
    StatusMeaning{QLatin1String("delivered"), MessageState::Delivered, 6},
    StatusMeaning{QLatin1String("completed"), MessageState::Delivered, 6},
    StatusMeaning{QLatin1String("opened"), MessageState::Read, 7},
    StatusMeaning{QLatin1String("read"), MessageState::Read, 7},
    StatusMeaning{QLatin1String("clicked"), MessageState::Read, 8},
};

const StatusMeaning *meaningOf(const QString &status)
{
    for (const auto &meaning : meanings) {
        if (status.compare(meaning.word, Qt::CaseInsensitive) == 0)
            return &meaning;
    }
    return nullptr;
}

struct Key {
    MessageState state;
    QLatin1String word;
};
constexpr std::array keys{
    Key{MessageState::Draft, QLatin1String("draft")},
    Key{MessageState::Held, QLatin1String("held")},
    Key{MessageState::Waiting, QLatin1String("waiting")},
    Key{MessageState::Sending, QLatin1String("sending")},
    Key{MessageState::Checking, QLatin1String("checking")},
    Key{MessageState::NeedsYou, QLatin1String("needs_you")},
    Key{MessageState::Scheduled, QLatin1String("scheduled")},
    Key{MessageState::Accepted, QLatin1String("accepted")},
    Key{MessageState::Sent, QLatin1String("sent")},
    Key{MessageState::Delivered, QLatin1String("delivered")},
    Key{MessageState::Read, QLatin1String("read")},
    Key{MessageState::Failed, QLatin1String("failed")},
    Key{MessageState::OptedOut, QLatin1String("opted_out")},
    Key{MessageState::StoppedHere, QLatin1String("stopped")},
    Key{MessageState::Cancelled, QLatin1String("cancelled")},
};

} // namespace

MessageState stateFromServer(const QString &status)
{
    const auto *meaning = meaningOf(status);
    return meaning ? meaning->state : MessageState::Sent;
}

int serverStatusRank(const QString &status)
{
    if (status.isEmpty())
        return 0;
    const auto *meaning = meaningOf(status);
    return meaning ? meaning->rank : 4;
}

MessageState stateFromRecord(OutboxState state, const QString &reasonCode)
{
    switch (state) {
    case OutboxState::Held: return MessageState::Held;
    case OutboxState::Queued: return MessageState::Waiting;
    case OutboxState::Attempting: return MessageState::Sending;
    case OutboxState::Settling: return MessageState::Checking;
    case OutboxState::Accepted: return MessageState::Accepted;
    case OutboxState::Confirmed: return MessageState::Accepted;
    case OutboxState::Rejected:
        return reasonCode == QLatin1String("guard") ? MessageState::StoppedHere
            : reasonCode == QLatin1String("dnd")    ? MessageState::OptedOut
                                                    : MessageState::Failed;
    case OutboxState::Uncertain: return MessageState::NeedsYou;
    case OutboxState::Cancelled: return MessageState::Cancelled;
    case OutboxState::Quarantined: return MessageState::NeedsYou;
    }
    return MessageState::NeedsYou;
}

QString stateKey(MessageState state)
{
    for (const auto &key : keys) {
        if (key.state == state)
            return key.word;
    }
    return {};
}

MessageState stateFromKey(const QString &text)
{
    for (const auto &key : keys) {
        if (text == key.word)
            return key.state;
    }
    return MessageState::Sent;
}

} // namespace outrigger
