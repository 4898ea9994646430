// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMetaType>
#include <QVector>

#include <optional>

namespace outrigger {

using TaskId = Id<struct TaskTag>;

/// HighLevel's task: something to do about a contact. Source: openapi contacts.json, TaskSchema; instants only.
struct LeadTask {
    TaskId id;
    ContactId contact;
    QString title;
    QString body;
    UserId user;      ///< whose it is; empty: nobody's
    QDateTime due;    ///< UTC; invalid: no date (the API insists on one, old tasks have none)
    bool done = false;
    QDateTime dateAdded;   ///< only the location's search tells it
    QDateTime dateUpdated;
    bool operator==(const LeadTask &) const = default;
    QJsonObject toJson() const;
    static LeadTask fromJson(const QJsonObject &object);
};

/// Payload of AddTask. The contact id may be local until the record's parent has its server id.
struct TaskDraft {
    ContactId contactId;
    QString title;
    QString body;
    QDateTime due; ///< UTC; the API wants one
    UserId user;
    bool done = false; ///< ticked before HighLevel had it
    QJsonObject toJson() const;
    static TaskDraft fromJson(const QJsonObject &object);
};

/// Payload of ChangeTask: what is changed, and the task as the person saw it. What is not set stays.
struct TaskChange {
    ContactId contactId;
    TaskId taskId;
    LeadTask seen;         ///< somebody else's change of the same thing since then is a conflict
    std::optional<QString> title;
    std::optional<QString> body;
    std::optional<QDateTime> due;
    std::optional<bool> done;
    std::optional<UserId> user;
    bool remove = false;
    bool isEmpty() const { return !title && !body && !due && !done && !user && !remove; }
    /// Only ticked or unticked.
    bool onlyDone() const { return done && !title && !body && !due && !user && !remove; }
    /// Whether the server has all of this already. Never for a removal.
    bool isIn(const LeadTask &task) const;
    /// Whether somebody has changed one of these things to something else since the person looked.
    bool collidesWith(const LeadTask &task) const;
    void applyTo(LeadTask &task) const;
    QJsonObject toJson() const;
    static TaskChange fromJson(const QJsonObject &object);
};

/// A task with what a view shows beside it.
struct TaskRow {
    qint64 key = 0;        ///< the cache's
    LeadTask task;         ///< with changes that have not been confirmed laid over
    QString contactName;
    QByteArray contactZone; ///< IANA; empty when the lead's zone is not known
    QString record;        ///< of the change that is on its way; empty: what HighLevel has
    QString recordState;   ///< the outbox's word
    QString reason;        ///< why a change was refused, or what it waits for
    bool operator==(const TaskRow &) const = default;
};

} // namespace outrigger

Q_DECLARE_METATYPE(outrigger::TaskRow)
