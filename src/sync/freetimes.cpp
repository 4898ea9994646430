// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/freetimes.h"

#include "store/cache_freetimes.h"
#include "sync/engine.h"

namespace outrigger::sync {

namespace {

LocationId locationOf(const Engine *engine)
{
    const auto account = engine->account();
    return account ? account->location : LocationId();
}

} // namespace

Task<Result<QVector<Slot>>> readFreeTimes(Engine *engine, Calendar calendar, UserId user, QDateTime from, QDateTime to, QByteArray zone,
                                          const Clock *clock)
{
    const LocationId location = locationOf(engine);
    auto asking = engine->freeSlots(calendar, from, to, zone, user);
    auto times = co_await asking;
    if (times && location == locationOf(engine)) // else another account answered, or its parts are of two
        store::keepFreeTimes(engine->cache(), location, {calendar.id, user, from, to, clock->now(), *times});
    co_return times;
}

void forgetFreeTimes(Engine *engine, LocationId location, CalendarId calendar)
{
    store::dropFreeTimes(engine->cache(), std::move(location), std::move(calendar));
}

} // namespace outrigger::sync
