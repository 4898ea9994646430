// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contactfilter.h"

#include <QByteArray>
#include <QVariant>
#include <QVector>

namespace outrigger::store {

/// A filter as SQL: text with a mark for each value, so that no value is part of the statement.
struct ContactSql {
    QByteArray where; ///< begins with " AND ", or is empty
    QVector<QVariant> values;
};
/// Of the table `contacts c`; ?1 is the location everywhere, values begin at ?2.
ContactSql contactSql(const ContactListQuery &query, qint64 nowMs);

} // namespace outrigger::store
