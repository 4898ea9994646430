// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/eventdays.h"

#include "domain/slots.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::eventdays {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(EventDays)
};

bool isMidnight(const QDateTime &at) { return at.time() == QTime(0, 0) || at == at.date().startOfDay(at.timeZone()); }

bool allDayOn(const Appointment &event, const QTimeZone &zone) { return zone.isValid() && isAllDay(event, zone); }

bool wholeOn(const Appointment &event, const QTimeZone &zone)
{
    if (!allDayOn(event, zone))
        return false;
    const QDateTime to = event.end.toTimeZone(zone);
    return isMidnight(event.start.toTimeZone(zone)) && (isMidnight(to) || to.time() >= QTime(23, 59));
}

/// The clock on which its days are told.
QTimeZone clockOf(const Appointment &event, const Zones &zones)
{
    return !wholeOn(event, zones.view) && wholeOn(event, zones.place) ? zones.place : zones.view;
}

QString dayName(const QDate &day) { return QLocale().toString(day, Words::tr("dddd d MMMM")); }

} // namespace

bool isWhole(const Appointment &event, const Zones &zones) { return wholeOn(event, zones.view) || wholeOn(event, zones.place); }

bool isBand(const Appointment &event, const Zones &zones) { return allDayOn(event, zones.view) || allDayOn(event, zones.place); }

Days daysOf(const Appointment &event, const Zones &zones)
{
    const QTimeZone clock = clockOf(event, zones);
    const QDate first = event.start.toTimeZone(clock).date();
    return {first, std::max(first, event.end.addMSecs(-1).toTimeZone(clock).date())};
}

Slot movedTo(const Appointment &event, const QDate &first, const Zones &zones)
{
    const QTimeZone clock = clockOf(event, zones);
    if (isWhole(event, zones))
        return {first.startOfDay(clock).toUTC(), first.addDays(daysOf(event, zones).count()).startOfDay(clock).toUTC()};
    const QDateTime start = freetimes::instantOf(first, event.start.toTimeZone(clock).time(), clock);
    const QDateTime from = start.isValid() ? start : first.startOfDay(clock).toUTC(); // the night leaves that hour out
    return {from, from.addMSecs(event.start.msecsTo(event.end))};
}

QString timesOn(const Appointment &event, const QDate &day, const Zones &zones)
{
    const Days days = daysOf(event, zones);
    if (isWhole(event, zones))
        return days.count() == 1 ? Words::tr("all day") : Words::tr("all day, day %1 of %2").arg(days.first.daysTo(day) + 1).arg(days.count());
    const QString from = freetimes::clock(event.start, zones.view), to = freetimes::clock(event.end, zones.view);
    if (!isBand(event, zones))
        return Words::tr("%1 – %2", "time, time").arg(from, to);
    return day == days.first ? Words::tr("from %1", "a time").arg(from) : day == days.last ? Words::tr("until %1", "a time").arg(to) : Words::tr("all day");
}

QString sentence(const Appointment &event, const Zones &zones)
{
    const Days days = daysOf(event, zones);
    if (isWhole(event, zones)) {
        return days.count() == 1 ? Words::tr("%1, all day", "a day").arg(dayName(days.first))
                                 : Words::tr("%1 to %2, all day", "day, day").arg(dayName(days.first), dayName(days.last));
    }
    const QString from = freetimes::clock(event.start, zones.view), to = freetimes::clock(event.end, zones.view);
    return days.count() == 1 ? Words::tr("%1, %2 to %3", "day, time, time").arg(dayName(days.first), from, to)
                             : Words::tr("%1, %2 to %3, %4", "day, time, day, time").arg(dayName(days.first), from, dayName(days.last), to);
}

QString length(const Appointment &event, const Zones &zones)
{
    if (isWhole(event, zones))
        return Words::tr("%n day(s)", nullptr, daysOf(event, zones).count());
    const int minutes = int(event.start.secsTo(event.end) / 60);
    if (minutes < 120)
        return Words::tr("%n min", nullptr, minutes);
    return minutes % 60 == 0 ? Words::tr("%n h", nullptr, minutes / 60) : Words::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

} // namespace outrigger::eventdays
