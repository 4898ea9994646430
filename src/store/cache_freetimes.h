// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cache.h"

namespace outrigger::store {

/// What was free in a calendar when it was asked for.
struct KeptTimes {
    CalendarId calendar;
    UserId user;         ///< empty: anybody
    QDateTime from;      ///< UTC: what it is whole for
    QDateTime to;
    QDateTime readAt;    ///< UTC
    QVector<Slot> times; ///< ascending, inside of the window
};

/// So many calendars and persons of a location are kept, those that were read last.
inline constexpr int mostKeptTimes = 32;

/// Takes the place of what was kept for this calendar and person. What lies wholly before readAt goes. Nobody waits for
/// it: what is not kept is asked for again. A location that the cache does not know keeps nothing, so that an answer
/// which comes after its removal brings nothing back. On the writer's thread.
void keepFreeTimes(Cache &cache, LocationId location, KeptTimes times);
/// All that is kept of a location and still lies ahead, in no order; times that have begun are left out. A row that
/// cannot be understood is as if it were not there. Runs on the reader's thread.
Task<Result<QVector<KeptTimes>>> keptFreeTimes(Cache &cache, LocationId location, QDateTime now);
/// Whatever is kept for this calendar is out of date. On the writer's thread.
void dropFreeTimes(Cache &cache, LocationId location, CalendarId calendar);

} // namespace outrigger::store
