// SPDX-License-Identifier: GPL-3.0-or-later
// Working hours of people, which calendars can share.
#include "practice/answers.h"

#include "core/json.h"

#include <QTimeZone>

namespace outrigger::practice
{

namespace
{

QJsonObject whole(const World &world, Index index)
{
    const ShelfItem &item = world.shelf.items[index];
    QJsonObject object = shelfWhole(world, index);
    object.insert(QStringLiteral("dateAdded"), isoDate(item.added));
    object.insert(QStringLiteral("dateUpdated"), isoDate(item.updated));
    object.insert(QStringLiteral("deleted"), item.deleted);
    return object;
}

QStringList checkHours(const Call &call)
{
    QStringList problems;
    for (const auto &entry : call.body[u"rules"].toArray()) {
        const QJsonObject rule = entry.toObject();
        const QString type = rule[u"type"].toString();
        if ((type != u"wday" && type != u"date") || !rule[u"intervals"].isArray() || rule[type == u"date" ? u"date" : u"day"].toString().isEmpty())
            problems.append(QStringLiteral("rules must have type, intervals, and a day or a date"));
    }
    if (const QString zone = call.body[u"timezone"].toString(); !zone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(zone.toUtf8()))
        problems.append(QStringLiteral("timezone must be a valid IANA time zone"));
    return problems;
}

std::optional<Index> scheduleNamed(const Call &call, Reply &reply) { return shelved(call, u"schedule", call.args[0], reply); }

Reply attach(Call &call, bool add)
{
    Reply reply;
    const auto index = scheduleNamed(call, reply);
    if (!index || !calendarNamed(call, call.args[1], reply))
        return reply;
    QStringList calendars = json::texts(call.world.shelf.items[*index].body[u"calendarIds"]);
    calendars.removeAll(call.args[1]);
    if (add)
        calendars.append(call.args[1]);
    reshelve(call, *index, {{QStringLiteral("calendarIds"), QJsonArray::fromStringList(calendars)}});
    return success(call);
}

} // namespace

Reply listSchedules(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    QStringList problems;
    const Page page = pageOf(call, 25, problems);
    if (call.query("userId").isEmpty())
        problems.append(QStringLiteral("userId should not be empty"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    QJsonArray all;
    int at = 0;
    for (const Index i : shelfOf(call.world, u"schedule", *location)) {
        const QJsonObject &body = call.world.shelf.items[i].body;
        const bool fits = body[u"userId"].toString() == call.query("userId") &&
                          (!call.hasQuery("calendarId") || json::texts(body[u"calendarIds"]).contains(call.query("calendarId")));
        if (fits && page.holds(at++))
            all.append(whole(call.world, i));
    }
    return answered(call, "schedules", all);
}

Reply getSchedule(Call &call)
{
    Reply reply;
    const auto index = scheduleNamed(call, reply);
    return index ? answered(call, "schedule", whole(call.world, *index)) : reply;
}

Reply createSchedule(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"timezone", "name", "userId"}) + checkHours(call); !problems.isEmpty())
        return invalid(call, problems);
    QJsonObject body = only(call.body, {"rules", "timezone", "name", "userId", "calendarIds"});
    for (const char *list : {"rules", "calendarIds"}) {
        if (!body.contains(QLatin1String(list)))
            body.insert(QLatin1String(list), QJsonArray());
    }
    return answered(call, "schedule", whole(call.world, shelve(call, QStringLiteral("schedule"), *location, body)), 201);
}

Reply updateSchedule(Call &call)
{
    Reply reply;
    const auto index = scheduleNamed(call, reply);
    if (!index)
        return reply;
    if (const QStringList problems = checkHours(call); !problems.isEmpty())
        return invalid(call, problems);
    reshelve(call, *index, only(call.body, {"rules", "timezone", "name"}));
    return answered(call, "schedule", whole(call.world, *index));
}

Reply deleteSchedule(Call &call)
{
    Reply reply;
    const auto index = scheduleNamed(call, reply);
    if (!index)
        return reply;
    unshelve(call, *index);
    return success(call);
}

Reply attachSchedule(Call &call) { return attach(call, true); }
Reply detachSchedule(Call &call) { return attach(call, false); }

Reply calendarSchedule(Call &call)
{
    if (const auto old = onlyNew(call))
        return *old;
    Reply reply;
    const auto calendar = calendarNamed(call, call.args[0], reply);
    if (!calendar)
        return reply;
    const quint16 location = call.world.diary.calendars[*calendar].location;
    QJsonObject hours{{QStringLiteral("timezone"), call.world.locations[location].timezone}, {QStringLiteral("rules"), QJsonArray()}};
    for (const Index i : shelfOf(call.world, u"schedule", location)) {
        if (json::texts(call.world.shelf.items[i].body[u"calendarIds"]).contains(call.args[0]))
            hours = only(whole(call.world, i), {"timezone", "rules", "dateAdded", "dateUpdated"});
    }
    hours.insert(QStringLiteral("calendarId"), call.args[0]);
    return answered(call, "schedule", hours);
}

/// The practice account has no service menus, so nobody booked through one.
Reply serviceBookings(Call &call)
{
    if (const auto old = onlyNew(call))
        return *old;
    Reply reply;
    if (!locationFor(call, call.query("locationId"), reply))
        return reply;
    if (call.query("startTime").isEmpty() || call.query("endTime").isEmpty())
        return invalid(call, {QStringLiteral("startTime should not be empty"), QStringLiteral("endTime should not be empty")});
    return answered(call, "bookings", QJsonArray());
}

} // namespace outrigger::practice
