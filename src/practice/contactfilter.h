// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/world.h"

#include <functional>

namespace outrigger::practice
{

using ContactTest = std::function<bool(const Contact &)>;

/// The filters of a contact search as one test. On a mistake the test is empty and `problems` says what is wrong.
ContactTest contactTest(const QJsonArray &filters, QStringList &problems);
/// Whether the free text is in one of the contact's names, addresses, numbers.
bool holdsText(const Contact &contact, const QString &text, const QString &digits);

struct TimeRange {
    qint64 from = 0;
    qint64 to = std::numeric_limits<qint64>::max(); ///< inclusive
};
/// When the only filter is a range of this date field: that range, which an index answers without a walk.
std::optional<TimeRange> onlyRange(const QJsonArray &filters, const QString &field);

} // namespace outrigger::practice
