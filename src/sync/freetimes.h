// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/calendar.h"

namespace outrigger::sync {

class Engine;

/// Engine::freeSlots(), and the answer kept in the cache for when nobody can be asked. clock: says when it was read;
/// outlives the task.
Task<Result<QVector<Slot>>> readFreeTimes(Engine *engine, Calendar calendar, UserId user, QDateTime from, QDateTime to, QByteArray zone,
                                          const Clock *clock);
/// Something was booked there: what the cache keeps for this calendar is out of date and goes.
void forgetFreeTimes(Engine *engine, LocationId location, CalendarId calendar);

} // namespace outrigger::sync
