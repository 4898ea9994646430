// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replies.h"
#include "api/words.h"
#include "core/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

/// A number with its unit in minutes: "slotDuration" and "slotDurationUnit". Nonsense is bounded: 90 days.
int minutesOf(const QJsonObject &o, const QString &key, const QString &unitIfAbsent, int standard)
{
    const auto number = json::number(o.value(key));
    if (!number || *number < 0)
        return standard;
    QString unit = json::text(o.value(key + u"Unit"_s));
    if (unit.isEmpty())
        unit = unitIfAbsent;
    const double factor = unit.startsWith("hour"_L1) ? 60 : unit.startsWith("day"_L1) ? 1440 : unit.startsWith("week"_L1) ? 10'080
        : unit.startsWith("month"_L1)                ? 43'200
                                                     : 1;
    return static_cast<int>(std::min(*number * factor, 5e6));
}

QString placeOf(const QJsonObject &o)
{
    const QJsonArray places = o.value("locationConfigurations"_L1).toArray();
    for (const auto &item : places) {
        const QJsonObject place = item.toObject();
        const QString where = json::text(place.value("location"_L1)).trimmed();
        if (!where.isEmpty())
            return where;
        const QString kind = json::text(place.value("kind"_L1));
        if (!kind.isEmpty())
            return kind;
    }
    return json::text(o.value("meetingLocation"_L1));
}

std::optional<Calendar> readCalendar(const QJsonObject &o)
{
    Calendar c;
    c.id = CalendarId(json::text(json::first(o, {u"id", u"_id"})));
    if (c.id.isEmpty())
        return std::nullopt;
    c.name = json::text(o.value("name"_L1));
    c.description = json::text(o.value("description"_L1)).left(4'000);
    c.groupId = json::text(o.value("groupId"_L1));
    c.type = json::text(o.value("calendarType"_L1));
    c.color = json::text(o.value("eventColor"_L1));
    c.titleTemplate = json::text(o.value("eventTitle"_L1));
    c.active = json::boolean(o.value("isActive"_L1)).value_or(true);
    c.slotMinutes = std::clamp(minutesOf(o, u"slotDuration"_s, u"mins"_s, 30), 1, 7 * 1440);
    c.intervalMinutes = std::clamp(minutesOf(o, u"slotInterval"_s, u"mins"_s, c.slotMinutes), 1, 7 * 1440);
    c.bufferMinutes = minutesOf(o, u"slotBuffer"_s, u"mins"_s, 0);
    c.preBufferMinutes = minutesOf(o, u"preBuffer"_s, u"mins"_s, 0);
    c.noticeMinutes = minutesOf(o, u"allowBookingAfter"_s, u"hours"_s, 0);
    c.rangeDays = minutesOf(o, u"allowBookingFor"_s, u"days"_s, 0) / 1440;
    c.perDay = static_cast<int>(std::clamp<qint64>(json::integer(o.value("appoinmentPerDay"_L1)).value_or(0), 0, 10'000));
    c.autoConfirm = json::boolean(o.value("autoConfirm"_L1)).value_or(true);
    c.mayReschedule = json::boolean(o.value("allowReschedule"_L1)).value_or(true);
    c.mayCancel = json::boolean(o.value("allowCancellation"_L1)).value_or(true);
    const QJsonArray people = o.value("teamMembers"_L1).toArray();
    for (const auto &member : people) {
        const UserId user(json::text(member.toObject().value("userId"_L1)));
        if (!user.isEmpty() && !c.people.contains(user))
            c.people.append(user);
    }
    c.place = placeOf(o);
    return c;
}

std::optional<CalendarGroup> readGroup(const QJsonObject &o)
{
    CalendarGroup g{json::text(json::first(o, {u"id", u"_id"})), json::text(o.value("name"_L1)),
                    json::boolean(o.value("isActive"_L1)).value_or(true)};
    return g.id.isEmpty() ? std::nullopt : std::optional(g);
}

/// With or without times: answers of writes may leave them out.
Appointment readAny(const QJsonObject &o)
{
    Appointment a;
    a.id = AppointmentId(json::text(json::first(o, {u"id", u"_id"})));
    a.location = LocationId(json::text(o.value("locationId"_L1)));
    a.calendar = CalendarId(json::text(o.value("calendarId"_L1)));
    a.contact = ContactId(json::text(o.value("contactId"_L1)));
    a.user = UserId(json::text(o.value("assignedUserId"_L1)));
    a.title = json::text(o.value("title"_L1)).left(500);
    a.address = json::text(o.value("address"_L1)).left(2'000);
    a.notes = json::text(json::first(o, {u"notes", u"description"})).left(8'000);
    const QString status = json::text(json::first(o, {u"appointmentStatus", u"appoinmentStatus", u"status"}));
    a.status = appointmentStatusFromWord(status);
    a.start = json::date(o.value("startTime"_L1));
    a.end = json::date(o.value("endTime"_L1));
    if (a.start.isValid() && (!a.end.isValid() || a.end < a.start))
        a.end = a.start.addSecs(30 * 60);
    a.dateAdded = json::date(json::first(o, {u"dateAdded", u"createdAt"}));
    a.dateUpdated = json::date(json::first(o, {u"dateUpdated", u"updatedAt"}));
    a.recurring = json::boolean(o.value("isRecurring"_L1)).value_or(false);
    return a;
}

std::optional<Appointment> readEvent(const QJsonObject &o)
{
    Appointment a = readAny(o);
    if (a.id.isEmpty() || !a.start.isValid() || json::boolean(o.value("deleted"_L1)).value_or(false))
        return std::nullopt;
    return a;
}

} // namespace

Result<CalendarList> Decode<CalendarList>::from(const QJsonValue &value)
{
    const QJsonValue items = value.isArray() ? value : value.toObject().value("calendars"_L1);
    CalendarList answer;
    auto calendars = wire::list<Calendar>(items, &readCalendar, &answer.skipped, Words::tr("the list of calendars"));
    if (!calendars)
        return fail(calendars.error());
    answer.calendars = std::move(*calendars);
    return answer;
}

Result<Calendar> Decode<Calendar>::from(const QJsonValue &value)
{
    auto calendar = readCalendar(value.toObject());
    if (!calendar)
        return fail(wire::badReply(Words::tr("the calendar's id")));
    return std::move(*calendar);
}

Result<CalendarGroupList> Decode<CalendarGroupList>::from(const QJsonValue &value)
{
    CalendarGroupList answer;
    auto groups = wire::list<CalendarGroup>(value.toObject().value("groups"_L1), &readGroup, nullptr, Words::tr("the calendar groups"));
    if (!groups)
        return fail(groups.error());
    answer.groups = std::move(*groups);
    return answer;
}

Result<FreeSlots> Decode<FreeSlots>::from(const QJsonValue &value)
{
    if (!value.isObject())
        return fail(wire::badReply(Words::tr("the free times")));
    return FreeSlots{value.toObject()};
}

Result<EventList> Decode<EventList>::from(const QJsonValue &value)
{
    const QJsonValue items = value.isArray() ? value : json::first(value.toObject(), {u"events", u"appointments"});
    if (!items.isArray())
        return fail(wire::badReply(Words::tr("the list of appointments")));
    EventList answer;
    const QJsonArray array = items.toArray();
    for (const auto &item : array) {
        if (auto event = readEvent(item.toObject())) {
            answer.events.append(std::move(*event));
            continue;
        }
        ++answer.skipped;
        // It is there although nobody can say when: what is known of it must not be taken for deleted.
        Appointment there = readAny(item.toObject());
        if (!there.id.isEmpty() && !json::boolean(item.toObject().value("deleted"_L1)).value_or(false))
            answer.events.append(std::move(there));
    }
    return answer;
}

Result<Appointment> Decode<Appointment>::from(const QJsonValue &value)
{
    auto event = readEvent(value.toObject());
    if (!event)
        return fail(wire::badReply(Words::tr("the appointment's id and time")));
    return std::move(*event);
}

Result<AppointmentAnswer> Decode<AppointmentAnswer>::from(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    for (const char *key : {"appointment", "event", "blockSlot"}) {
        const QJsonValue inner = object.value(QLatin1String(key));
        if (inner.isObject())
            return from(inner);
    }
    AppointmentAnswer answer{readAny(object)};
    if (answer.appointment.id.isEmpty())
        return fail(wire::badReply(Words::tr("the appointment's id")));
    return answer;
}

Result<ContactAppointments> Decode<ContactAppointments>::from(const QJsonValue &value)
{
    const QJsonValue items = json::first(value.toObject(), {u"events", u"appointments"});
    if (!items.isArray())
        return fail(wire::badReply(Words::tr("the contact's appointments")));
    ContactAppointments answer;
    const QJsonArray array = items.toArray();
    for (const auto &item : array) {
        Appointment one = readAny(item.toObject());
        if (!one.id.isEmpty())
            answer.appointments.append(std::move(one));
    }
    return answer;
}

} // namespace outrigger::api
