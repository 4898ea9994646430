// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/source.h"

#include "api/ops.h"
#include "domain/slots.h"
#include "sync/answers.h"

using namespace Qt::StringLiterals;

// Calendars, what is in them, and what is free.
namespace outrigger::sync {

Task<Result<QVector<Calendar>>> Source::calendars(api::Priority priority)
{
    api::ListCalendars operation;
    operation.location = m_location;
    return only(m_client->send(operation, priority), &api::ListCalendars::Reply::calendars);
}

Task<Result<QVector<CalendarGroup>>> Source::calendarGroups(api::Priority priority)
{
    api::ListCalendarGroups operation;
    operation.location = m_location;
    return only(m_client->send(operation, priority), &api::ListCalendarGroups::Reply::groups);
}

Task<Result<QVector<Appointment>>> Source::events(EventQuery query, api::Priority priority)
{
    if (query.blocks) {
        api::ListBlockedSlots operation;
        operation.location = m_location;
        operation.calendar = query.calendar;
        operation.user = query.user;
        operation.startTime = query.from.toMSecsSinceEpoch();
        operation.endTime = query.to.toMSecsSinceEpoch();
        auto call = m_client->send(operation, priority);
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        for (Appointment &block : answer->events) {
            block.block = true;
            block.location = m_location;
            block.status = AppointmentStatus::Confirmed;
            // Asked for by one of the two, it belongs to that one unless it says so itself.
            if (block.calendar.isEmpty())
                block.calendar = query.calendar;
            if (!query.user.isEmpty())
                block.user = query.user;
        }
        co_return std::move(answer->events);
    }
    api::ListEvents operation;
    operation.location = m_location;
    operation.calendar = query.calendar;
    operation.user = query.user;
    operation.startTime = query.from.toMSecsSinceEpoch();
    operation.endTime = query.to.toMSecsSinceEpoch();
    auto call = m_client->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    for (Appointment &event : answer->events) {
        event.location = m_location;
        if (event.calendar.isEmpty())
            event.calendar = query.calendar;
    }
    co_return std::move(answer->events);
}

Task<Result<QVector<Slot>>> Source::freeSlots(Calendar calendar, QDateTime from, QDateTime to, QByteArray zone, UserId user, api::Priority priority)
{
    api::GetFreeSlots operation;
    operation.id = calendar.id;
    operation.startDate = from.toMSecsSinceEpoch();
    operation.endDate = to.toMSecsSinceEpoch();
    operation.timezone = QString::fromLatin1(zone);
    operation.user = user;
    auto call = m_client->send(operation, priority);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    const QTimeZone asked(zone);
    auto read = freetimes::read(answer->answer, calendar.slotMinutes, asked.isValid() ? asked : QTimeZone::utc());
    // Whole days are answered; what was asked for is an interval.
    read.times.erase(std::remove_if(read.times.begin(), read.times.end(), [&](const Slot &slot) { return slot.start < from || slot.start >= to; }),
                     read.times.end());
    co_return std::move(read.times);
}

} // namespace outrigger::sync
