// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/conversation.h"

#include <QJsonObject>
#include <QVector>

#include <optional>

namespace outrigger {

/// What a person wants to see of a split. Everything that is set must hold.
struct InboxFilter {
    QVector<Channel> channels;          ///< of the last message; empty: any
    enum class Who { Anybody, Me, Nobody, User };
    Who who = Who::Anybody;             ///< whom the conversation is assigned to
    UserId user;                        ///< for Who::User
    bool unread = false;
    bool starred = false;
    bool failed = false;                ///< our last message did not arrive
    bool draft = false;                 ///< something is written and not sent
    QString tag;                        ///< of the contact, any case
    std::optional<Direction> last;      ///< who wrote last
    int withinDays = 0;                 ///< last message at most so many days ago; 0: any. 1: today or yesterday's same hour
    int olderDays = 0;                  ///< last message longer ago than so many days; 0: any

    bool isEmpty() const { return *this == InboxFilter(); }
    bool operator==(const InboxFilter &) const = default;
    QJsonObject toJson() const;
    /// What cannot be read is left out.
    static InboxFilter fromJson(const QJsonObject &object);
};

} // namespace outrigger
