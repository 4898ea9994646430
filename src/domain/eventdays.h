// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/calendar.h"

/// On which days an appointment stands, and how that is said. Pure functions.
namespace outrigger::eventdays {

/// The clocks that days are told on: the one of whoever looks, and the location's, in which whole days are written there.
struct Zones {
    QTimeZone view;
    QTimeZone place; ///< may be invalid: none
    bool operator==(const Zones &) const = default;
};

struct Days {
    QDate first, last; ///< including
    int count() const { return int(first.daysTo(last)) + 1; }
    bool operator==(const Days &) const = default;
};
/// Begins and ends at midnight on one of the two clocks; a night of 23 or 25 hours is a day.
bool isWhole(const Appointment &event, const Zones &zones);
/// Stands in the band above the hours: whole days, and what lasts longer than a day.
bool isBand(const Appointment &event, const Zones &zones);
/// What ends at midnight does not touch the next day. Whole days are counted on the clock on which they are whole.
Days daysOf(const Appointment &event, const Zones &zones);
/// The same appointment beginning on another day: whole days stay whole, what has hours begins at its hour.
Slot movedTo(const Appointment &event, const QDate &first, const Zones &zones);

/// The times beside it on one of its days: "2:30 pm – 3:00 pm", "all day", "day 2 of 3", "from 2:30 pm", "until 9:00 am".
QString timesOn(const Appointment &event, const QDate &day, const Zones &zones);
/// The whole of it: "Tuesday 3 November, 2:30 pm to 3:00 pm", "Tuesday 3 November to Thursday 5 November, all day".
QString sentence(const Appointment &event, const Zones &zones);
/// "45 min", "2 h 30 min", "3 days".
QString length(const Appointment &event, const Zones &zones);

} // namespace outrigger::eventdays
