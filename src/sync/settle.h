// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/conversation.h"
#include "domain/outboxrecord.h"
#include "sync/outbox.h"

#include <QHash>
#include <QVector>

#include <chrono>

/// The rules by which an unknown outcome is settled, as functions without side effects.
namespace outrigger::sync {

/// What settling has seen so far of one record; kept in OutboxRecord::look, beside other keys that live there.
struct LookLog {
    QDateTime closedAt;      ///< local time after which the request cannot have been in flight any more
    int looks = 0;           ///< looks since then, counting or not
    QDateTime firstCounting; ///< start of the first look that counted
    QDateTime lastCounting;
    QDateTime uncertainSince;
    int late = 0;            ///< looks after it became Uncertain
    QStringList candidates;  ///< messages that may be ours when there are too many

    static LookLog from(const QJsonObject &look);
    QJsonObject into(QJsonObject look) const;

    /// Notes a look that began at `at`. Answers whether the thing is proven absent: two counting looks far enough apart,
    /// the last of them long enough after the request could have been in flight.
    bool note(bool counts, const QDateTime &at, const OutboxTimes &times);
    /// When to look again while Settling.
    QDateTime nextLook(const QDateTime &now, const OutboxTimes &times) const;
    /// When to look again while Uncertain; invalid when only what the feeds bring is left.
    QDateTime nextLateLook(const OutboxTimes &times) const;
};

/// Whether a page of messages reaches back far enough to be able to show that a record's message is not there.
/// complete: there is nothing older on the server.
bool reachesBack(const OutboxRecord &record, const QVector<Message> &page, bool complete, std::chrono::milliseconds skew);

struct BindPlan {
    struct Pair {
        RecordId record;
        MessageId message;
    };
    QVector<Pair> bound;                      ///< one to one, oldest first
    QHash<RecordId, QStringList> undecided;   ///< more candidates than records: their ids
};
/// Which of these unbound messages are which of these records (Attempting, Settling or Uncertain). A record that is
/// Attempting takes part only when nothing else can be meant: its own answer may still come and knows better.
BindPlan planBinding(const QVector<OutboxRecord> &records, const QVector<Message> &messages, const QDateTime &now,
                     std::chrono::milliseconds skew, const UserId &me);

} // namespace outrigger::sync
