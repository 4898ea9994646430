// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QVector>

namespace outrigger {

/// One thing that is asked of a contact.
struct ContactCondition {
    /// A name of contactfields (also "field.<id>"), or: tag, type, dateAdded, dateUpdated, lastActivity, unread, openDeal.
    QString field;
    enum class Op { Is, IsNot, Contains, ContainsNot, Empty, Filled, Within, Beyond, Before, After };
    Op op = Op::Is;
    /// Text; days for Within and Beyond (of the past); YYYY-MM-DD for Before and After; "me" for an owner who is I.
    QString value;
    bool operator==(const ContactCondition &) const = default;
    /// What can be asked of this field, the usual first.
    static QVector<Op> opsFor(const QString &field);
    static bool takesValue(Op op) { return op != Op::Empty && op != Op::Filled; }
    static bool isDate(const QString &field);
    /// Has only yes and no: unread, openDeal, dnd.
    static bool isYesNo(const QString &field);
};

/// Groups of conditions: inside a group all or any must hold, and of the groups all or any.
struct ContactFilter {
    struct Group {
        bool any = false;
        QVector<ContactCondition> conditions;
        bool operator==(const Group &) const = default;
    };
    bool any = false;
    QVector<Group> groups;
    bool isEmpty() const;
    bool operator==(const ContactFilter &) const = default;
    QJsonObject toJson() const;
    /// What cannot be read is left out.
    static ContactFilter fromJson(const QJsonObject &object);
};

enum class ContactSort { Name, DateAdded, DateUpdated, Company, Email, Activity };
QString contactSortWord(ContactSort sort);
ContactSort contactSortFromWord(const QString &word);

struct ContactListQuery {
    LocationId location;
    QString text; ///< words or digits, as typed above the list
    ContactFilter filter;
    ContactSort sort = ContactSort::Name;
    bool descending = false;
    UserId me;
    QDateTime now;
};

} // namespace outrigger
