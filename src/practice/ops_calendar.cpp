// SPDX-License-Identifier: GPL-3.0-or-later
// Calendars, free slots, appointments, blocks: what a salesperson does.
#include "practice/ops.h"

#include "core/json.h"
#include "practice/locationclock.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace outrigger::practice
{

namespace
{

constexpr qint64 day = 86'400'000;

QString at(const World &world, quint16 location, qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, clockOf(world, location)).toString(Qt::ISODate);
}

std::optional<Index> eventNamed(const Call &call, const QString &id, Reply &reply)
{
    const auto index = call.world.mint.index(Kind::Event, id);
    if (!index || *index >= call.world.diary.events.size() || call.world.diary.events[*index].deleted) {
        reply = refusal(call, 404, QStringLiteral("Event not found"));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, call.world.diary.events[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

QString groupOf(const World &world, const DiaryEvent &event)
{
    return event.calendar == none ? QString() : world.diary.calendars[event.calendar].body[u"groupId"].toString();
}

void writeEvent(JsonOut &out, const World &world, Index index)
{
    const DiaryEvent &event = world.diary.events[index];
    const QString user = world.userId(event.user);
    out.object().field("id", world.mint.id(Kind::Event, index)).field("title", event.title);
    out.field("calendarId", event.calendar == none ? QString() : world.mint.id(Kind::Calendar, event.calendar));
    out.field("locationId", world.locationId(event.location));
    out.field("contactId", event.contact == none ? QString() : world.mint.id(Kind::Contact, event.contact));
    out.field("groupId", groupOf(world, event)).field("appointmentStatus", event.status);
    out.field("assignedUserId", user).field("users", user.isEmpty() ? QStringList() : QStringList{user});
    out.fieldIf("address", event.address).fieldIf("notes", event.notes);
    out.field("startTime", at(world, event.location, event.start)).field("endTime", at(world, event.location, event.end));
    out.field("dateAdded", isoDate(event.added)).field("dateUpdated", isoDate(event.updated)).field("isRecurring", false).end();
}

/// ISO with an offset or Z; nothing else, as the service wants it.
std::optional<qint64> instant(const QJsonValue &value)
{
    const QString text = value.toString();
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    return time.toMSecsSinceEpoch();
}

Reply noLongerFree(const Call &call) { return refusal(call, 400, QStringLiteral("The slot you have selected is no longer available.")); }

bool free(const World &world, Index calendar, qint64 start, int user, Index ignoring, bool ignoreRange)
{
    const auto starts = freeStarts(world, calendar, start, start + 1, user, ignoring, ignoreRange);
    return !starts.empty();
}

Reply written(Call &call, Index index, int status)
{
    const World &world = call.world;
    const DiaryEvent &event = world.diary.events[index];
    call.applied = true;
    call.made = world.mint.id(Kind::Event, index);
    JsonOut out;
    out.object().field("id", call.made).field("calendarId", world.mint.id(Kind::Calendar, event.calendar));
    out.field("locationId", world.locationId(event.location)).field("contactId", world.mint.id(Kind::Contact, event.contact));
    out.field("title", event.title).field("status", "booked").field("appointmentStatus", event.status);
    out.field("appoinmentStatus", event.status).field("address", event.address); // sic, as the service writes it
    if (call.options.dialect == Dialect::Seed)
        out.field("startTime", at(world, event.location, event.start)).field("endTime", at(world, event.location, event.end));
    out.fieldIf("assignedUserId", world.userId(event.user)).field("dateAdded", isoDate(event.added)).field("dateUpdated", isoDate(event.updated));
    out.field("isRecurring", false).field("traceId", call.trace).end();
    return done(out, status);
}

QStringList checkAppointment(const Call &call)
{
    QStringList problems;
    for (const char *key : {"startTime", "endTime"}) {
        const QJsonValue value = call.body.value(QLatin1String(key));
        if (!value.isUndefined() && !instant(value))
            problems.append(QLatin1String(key) + QStringLiteral(" must be a valid ISO 8601 date string with an offset"));
    }
    const QString status = call.body[u"appointmentStatus"].toString();
    static const QStringList words{QStringLiteral("new"), QStringLiteral("confirmed"), QStringLiteral("cancelled"), QStringLiteral("showed"),
                                   QStringLiteral("noshow"), QStringLiteral("invalid")};
    if (!status.isEmpty() && !words.contains(status))
        problems.append(QStringLiteral("appointmentStatus must be one of the following values: ") + words.join(QStringLiteral(", ")));
    return problems;
}

} // namespace

std::optional<Index> calendarNamed(const Call &call, const QString &id, Reply &reply)
{
    const auto index = call.world.mint.index(Kind::Calendar, id);
    if (!index || *index >= call.world.diary.calendars.size() || call.world.diary.calendars[*index].deleted) {
        reply = refusal(call, 404, QStringLiteral("Calendar not found"));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, call.world.diary.calendars[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

QJsonObject wholeCalendar(const World &world, Index index)
{
    const DiaryCalendar &calendar = world.diary.calendars[index];
    QJsonObject whole = calendar.body;
    whole.insert(QStringLiteral("id"), world.mint.id(Kind::Calendar, index));
    whole.insert(QStringLiteral("locationId"), world.locationId(calendar.location));
    return whole;
}

Reply getCalendars(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    JsonOut out;
    out.object().key("calendars").list();
    for (Index i = 0; i < call.world.diary.calendars.size(); ++i) {
        const DiaryCalendar &calendar = call.world.diary.calendars[i];
        if (calendar.deleted || calendar.location != *location)
            continue;
        if (call.hasQuery("groupId") && calendar.body[u"groupId"].toString() != call.query("groupId"))
            continue;
        out.value(QJsonValue(wholeCalendar(call.world, i)));
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply getCalendar(Call &call)
{
    Reply reply;
    const auto index = calendarNamed(call, call.args[0], reply);
    if (!index)
        return reply;
    JsonOut out;
    out.object().key("calendar");
    out.value(QJsonValue(wholeCalendar(call.world, *index)));
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply getCalendarGroups(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    JsonOut out;
    out.object().key("groups").list();
    for (Index i = 0; i < call.world.diary.things.size(); ++i) {
        const DiaryThing &thing = call.world.diary.things[i];
        if (thing.deleted || thing.location != *location || thing.kind != u"group")
            continue;
        QJsonObject whole = thing.body;
        whole.insert(QStringLiteral("id"), call.world.mint.id(Kind::CalendarGroup, i));
        whole.insert(QStringLiteral("locationId"), call.world.locationId(*location));
        out.value(QJsonValue(whole));
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply getFreeSlots(Call &call)
{
    Reply reply;
    const auto index = calendarNamed(call, call.args[0], reply);
    if (!index)
        return reply;
    const World &world = call.world;
    const DiaryCalendar &calendar = world.diary.calendars[*index];
    QStringList problems;
    qint64 times[2] = {0, 0};
    for (int i = 0; i < 2; ++i) {
        const char *key = i == 0 ? "startDate" : "endDate";
        bool number = false;
        times[i] = call.query(key).toLongLong(&number);
        if (number)
            continue;
        const QDateTime iso = QDateTime::fromString(call.query(key), Qt::ISODate);
        if (call.seed() && iso.isValid())
            times[i] = iso.toMSecsSinceEpoch();
        else
            problems.append(QLatin1String(key) + QStringLiteral(" must be a number conforming to the specified constraints"));
    }
    const QByteArray name = call.query("timezone").toLatin1();
    if (!name.isEmpty() && !QTimeZone(name).isValid()) // links such as Etc/UTC are not in Qt's list
        problems.append(QStringLiteral("timezone must be a valid IANA time zone"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    if (times[1] - times[0] > 31 * day)
        return refusal(call, 400, QStringLiteral("Date range can not be more than 31 days"));
    const QTimeZone zone = name.isEmpty() ? clockOf(world, calendar.location) : QTimeZone(name);
    const int user = call.hasQuery("userId") ? world.userIndex(call.query("userId")) : -1;
    const qint64 length = rulesOf(world, *index).duration * 60'000LL;
    std::map<QString, std::vector<qint64>> days;
    for (const qint64 start : freeStarts(world, *index, times[0], times[1], user))
        days[QDateTime::fromMSecsSinceEpoch(start, zone).date().toString(Qt::ISODate)].push_back(start);
    const bool old = call.options.dialect == Dialect::Seed;
    JsonOut out;
    out.object();
    if (old)
        out.key("slots").object();
    for (const auto &[date, starts] : days) {
        out.key(date);
        if (!old)
            out.object().key("slots");
        out.list();
        for (const qint64 start : starts) {
            const QString text = QDateTime::fromMSecsSinceEpoch(start, zone).toString(Qt::ISODate);
            if (old)
                out.object().field("start", text).field("end", QDateTime::fromMSecsSinceEpoch(start + length, zone).toString(Qt::ISODate)).end();
            else
                out.value(text);
        }
        out.endList();
        if (!old)
            out.end();
    }
    if (old)
        out.end();
    out.field("traceId", call.trace).end();
    return done(out);
}

namespace
{

Reply listed(Call &call, bool blocks)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    bool fine[2];
    const qint64 from = call.query("startTime").toLongLong(&fine[0]), to = call.query("endTime").toLongLong(&fine[1]);
    if (!fine[0] || !fine[1])
        return invalid(call, {QStringLiteral("startTime and endTime must be epoch milliseconds")});
    const bool byUser = call.hasQuery("userId"), byCalendar = call.hasQuery("calendarId"), byGroup = call.hasQuery("groupId");
    if (!byUser && !byCalendar && !byGroup)
        return invalid(call, {QStringLiteral("Either of userId, groupId or calendarId is required")});
    const World &world = call.world;
    JsonOut out;
    out.object().key("events").list();
    for (Index i = 0; i < world.diary.events.size(); ++i) {
        const DiaryEvent &event = world.diary.events[i];
        if (event.deleted || event.block != blocks || event.location != *location || event.end <= from || event.start >= to)
            continue;
        if (byUser && world.userId(event.user) != call.query("userId"))
            continue;
        if (byCalendar && (event.calendar == none || world.mint.id(Kind::Calendar, event.calendar) != call.query("calendarId")))
            continue;
        if (byGroup && groupOf(world, event) != call.query("groupId"))
            continue;
        writeEvent(out, world, i);
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

} // namespace

Reply getEvents(Call &call) { return listed(call, false); }
Reply getBlockedSlots(Call &call) { return listed(call, true); }

Reply getAppointment(Call &call)
{
    Reply reply;
    const auto index = eventNamed(call, call.args[0], reply);
    if (!index)
        return reply;
    JsonOut out;
    out.object().key(call.options.dialect == Dialect::Seed ? "appointment" : "event");
    writeEvent(out, call.world, *index);
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply getContactAppointments(Call &call)
{
    const World &world = call.world;
    const auto contact = world.contact(call.args[0]);
    if (!contact)
        return refusal(call, 400, QStringLiteral("Contact with id %1 not found").arg(call.args[0]));
    const quint16 location = world.contacts[*contact].location;
    if (auto wrong = foreign(call, location))
        return *wrong;
    const QTimeZone zone = clockOf(world, location);
    // Without an offset: on the night of a change of the clocks one text stands for two instants.
    const auto naive = [&](qint64 time) { return QDateTime::fromMSecsSinceEpoch(time, zone).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")); };
    JsonOut out;
    out.object().key("events").list();
    for (Index i = 0; i < world.diary.events.size(); ++i) {
        const DiaryEvent &event = world.diary.events[i];
        if (event.deleted || event.contact != *contact)
            continue;
        out.object().field("id", world.mint.id(Kind::Event, i)).field("calendarId", world.mint.id(Kind::Calendar, event.calendar));
        out.field("status", "booked").field("title", event.title).field("assignedUserId", world.userId(event.user));
        out.field("startTime", naive(event.start)).field("endTime", naive(event.end)).field("appointmentStatus", event.status);
        out.field("locationId", world.locationId(location)).field("contactId", call.args[0]).field("groupId", groupOf(world, event));
        out.field("dateAdded", naive(event.added)).field("dateUpdated", naive(event.updated)).end();
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

Reply createAppointment(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    QStringList problems = checkAppointment(call);
    for (const char *key : {"calendarId", "contactId", "startTime"}) {
        if (call.body.value(QLatin1String(key)).toString().isEmpty())
            problems.append(QLatin1String(key) + QStringLiteral(" should not be empty"));
    }
    if (!problems.isEmpty())
        return invalid(call, problems);
    World &world = call.world;
    const auto calendar = calendarNamed(call, call.body[u"calendarId"].toString(), reply);
    if (!calendar)
        return reply;
    const auto contact = world.contact(call.body[u"contactId"].toString());
    if (!contact || world.contacts[*contact].location != *location)
        return refusal(call, 400, QStringLiteral("Contact not found"));
    const DiaryRules rules = rulesOf(world, *calendar);
    if (!rules.active)
        return refusal(call, 400, QStringLiteral("The calendar is inactive."));
    const int wanted = call.body[u"assignedUserId"].toString().isEmpty() ? -1 : world.userIndex(call.body[u"assignedUserId"].toString());
    DiaryEvent event;
    event.start = *instant(call.body[u"startTime"]);
    event.end = instant(call.body[u"endTime"]).value_or(event.start + rules.duration * 60'000LL);
    if (event.end <= event.start)
        return invalid(call, {QStringLiteral("endTime must be after startTime")});
    const bool unchecked = call.body[u"ignoreFreeSlotValidation"].toBool();
    if (!unchecked && !free(world, *calendar, event.start, wanted, none, call.body[u"ignoreDateRange"].toBool()))
        return noLongerFree(call);
    event.location = *location;
    event.calendar = *calendar;
    event.contact = *contact;
    event.user = whoIsFree(world, *calendar, event.start, event.end, wanted);
    if (event.user < 0)
        event.user = wanted >= 0 ? wanted : rules.people.empty() ? -1 : rules.people.front();
    event.title = call.body[u"title"].toString(world.fullName(world.contacts[*contact]));
    event.address = call.body[u"address"].toString();
    event.notes = call.body[u"description"].toString();
    event.status = call.body[u"appointmentStatus"].toString(QStringLiteral("confirmed"));
    event.notified = call.body[u"toNotify"].toBool(true);
    event.added = event.updated = world.now();
    world.diary.events.push_back(event);
    world.onChange();
    return written(call, static_cast<Index>(world.diary.events.size() - 1), 200);
}

Reply updateAppointment(Call &call)
{
    Reply reply;
    const auto index = eventNamed(call, call.args[0], reply);
    if (!index)
        return reply;
    if (const QStringList problems = checkAppointment(call); !problems.isEmpty())
        return invalid(call, problems);
    World &world = call.world;
    DiaryEvent changed = world.diary.events[*index];
    if (changed.block)
        return refusal(call, 400, QStringLiteral("A blocked slot is not an appointment"));
    if (!call.body[u"calendarId"].toString().isEmpty()) {
        const auto calendar = calendarNamed(call, call.body[u"calendarId"].toString(), reply);
        if (!calendar)
            return reply;
        changed.calendar = *calendar;
    }
    if (!call.body[u"assignedUserId"].toString().isEmpty())
        changed.user = world.userIndex(call.body[u"assignedUserId"].toString());
    if (const auto start = instant(call.body[u"startTime"])) {
        const qint64 length = changed.end - changed.start;
        changed.start = *start;
        changed.end = instant(call.body[u"endTime"]).value_or(*start + length);
        if (changed.end <= changed.start)
            return invalid(call, {QStringLiteral("endTime must be after startTime")});
        const bool moved = changed.start != world.diary.events[*index].start;
        if (moved && !call.body[u"ignoreFreeSlotValidation"].toBool()
            && !free(world, changed.calendar, changed.start, -1, *index, call.body[u"ignoreDateRange"].toBool()))
            return noLongerFree(call);
    }
    if (call.body[u"title"].isString())
        changed.title = call.body[u"title"].toString();
    if (call.body[u"address"].isString())
        changed.address = call.body[u"address"].toString();
    if (call.body[u"description"].isString())
        changed.notes = call.body[u"description"].toString();
    if (!call.body[u"appointmentStatus"].toString().isEmpty())
        changed.status = call.body[u"appointmentStatus"].toString();
    changed.notified = call.body[u"toNotify"].toBool(true);
    changed.updated = std::max(world.now(), changed.updated + 1);
    world.diary.events[*index] = changed;
    world.onChange();
    return written(call, *index, 200);
}

Reply deleteEvent(Call &call)
{
    Reply reply;
    const auto index = eventNamed(call, call.args[0], reply);
    if (!index)
        return reply;
    call.world.diary.events[*index].deleted = true;
    call.world.onChange();
    call.applied = true;
    JsonOut out;
    out.object().field("succeeded", true).field("traceId", call.trace).end();
    return done(out, 201);
}

namespace
{

Reply putBlock(Call &call, std::optional<Index> index)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    World &world = call.world;
    DiaryEvent block = index ? world.diary.events[*index] : DiaryEvent{};
    const QString calendarId = call.body[u"calendarId"].toString(), userId = call.body[u"assignedUserId"].toString();
    if (!index && calendarId.isEmpty() == userId.isEmpty())
        return invalid(call, {QStringLiteral("Either calendarId or assignedUserId must be set, not both")});
    if (!calendarId.isEmpty()) {
        const auto calendar = calendarNamed(call, calendarId, reply);
        if (!calendar)
            return reply;
        block.calendar = *calendar;
    }
    if (!userId.isEmpty())
        block.user = world.userIndex(userId);
    const auto start = instant(call.body[u"startTime"]), end = instant(call.body[u"endTime"]);
    if (!index && (!start || !end))
        return invalid(call, {QStringLiteral("startTime and endTime must be valid ISO 8601 date strings with an offset")});
    block.start = start.value_or(block.start);
    block.end = end.value_or(block.end);
    if (block.end <= block.start)
        return invalid(call, {QStringLiteral("endTime must be after startTime")});
    block.block = true;
    block.location = *location;
    block.title = call.body[u"title"].toString(block.title);
    block.updated = world.now();
    if (!index) {
        block.added = block.updated;
        world.diary.events.push_back(block);
        index = static_cast<Index>(world.diary.events.size() - 1);
    } else {
        world.diary.events[*index] = block;
    }
    world.onChange();
    call.applied = true;
    call.made = world.mint.id(Kind::Event, *index);
    JsonOut out;
    out.object().field("id", call.made).field("locationId", world.locationId(*location)).field("title", block.title);
    out.field("startTime", at(world, *location, block.start)).field("endTime", at(world, *location, block.end));
    out.fieldIf("calendarId", block.calendar == none ? QString() : world.mint.id(Kind::Calendar, block.calendar));
    out.fieldIf("assignedUserId", world.userId(block.user)).field("traceId", call.trace).end();
    return done(out, 201);
}

} // namespace

Reply createBlock(Call &call) { return putBlock(call, std::nullopt); }

Reply updateBlock(Call &call)
{
    Reply reply;
    const auto index = eventNamed(call, call.args[0], reply);
    if (!index)
        return reply;
    if (!call.world.diary.events[*index].block)
        return refusal(call, 404, QStringLiteral("Event not found"));
    return putBlock(call, index);
}

} // namespace outrigger::practice
