// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator does with calendars: groups, calendars, rooms and equipment, notifications; and the notes of
// appointments. Kept as they come, checked for what the service insists on.
#include "practice/answers.h"

#include <QJsonDocument>

#include <algorithm>

namespace outrigger::practice
{

namespace
{

using Things = std::vector<DiaryThing>;

QString idOf(const World &world, const DiaryThing &thing, Index index)
{
    return world.mint.id(thing.kind == u"group" ? Kind::CalendarGroup : Kind::CalendarThing, index);
}

std::optional<Index> thingNamed(const Call &call, const QString &kind, const QString &id, Reply &reply)
{
    const auto index = call.world.mint.index(kind == u"group" ? Kind::CalendarGroup : Kind::CalendarThing, id);
    const Things &things = call.world.diary.things;
    if (!index || *index >= things.size() || things[*index].deleted || things[*index].kind != kind) {
        reply = refusal(call, 404, QStringLiteral("Not found"));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, things[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

QJsonObject whole(const World &world, Index index)
{
    const DiaryThing &thing = world.diary.things[index];
    QJsonObject object = thing.body;
    const QString id = idOf(world, thing, index);
    if (thing.kind == u"notification")
        object.insert(QStringLiteral("_id"), id);
    else
        object.insert(QStringLiteral("id"), id);
    if (thing.kind != u"notification")
        object.insert(QStringLiteral("locationId"), world.locationId(thing.location));
    if (thing.kind == u"rooms" || thing.kind == u"equipments")
        object.insert(QStringLiteral("resourceType"), thing.kind);
    return object;
}

Index add(Call &call, const QString &kind, quint16 location, const QJsonObject &body, const QString &owner = {})
{
    QJsonObject kept = body;
    kept.remove(QStringLiteral("locationId"));
    call.world.diary.things.push_back({kind, owner, kept, location, false});
    call.world.onChange();
    call.applied = true;
    const Index index = static_cast<Index>(call.world.diary.things.size() - 1);
    call.made = idOf(call.world, call.world.diary.things[index], index);
    return index;
}

void merge(Call &call, Index index)
{
    QJsonObject &body = call.world.diary.things[index].body;
    for (auto it = call.body.begin(); it != call.body.end(); ++it) {
        if (it.key() != u"locationId")
            body.insert(it.key(), it.value());
    }
    call.world.onChange();
    call.applied = true;
}

bool slugTaken(const World &world, quint16 location, const QString &slug)
{
    return std::any_of(world.diary.things.begin(), world.diary.things.end(), [&](const DiaryThing &thing) {
        return !thing.deleted && thing.kind == u"group" && thing.location == location && thing.body[u"slug"].toString() == slug;
    });
}

} // namespace

// --- groups -------------------------------------------------------------------------------------------------------------

Reply createGroup(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"name", "description", "slug"}); !problems.isEmpty())
        return invalid(call, problems);
    if (slugTaken(call.world, *location, call.body[u"slug"].toString()))
        return refusal(call, 400, QStringLiteral("The slug is already taken"));
    const Index index = add(call, QStringLiteral("group"), *location, call.body);
    return answered(call, "group", whole(call.world, index), 201);
}

Reply updateGroup(Call &call)
{
    Reply reply;
    const auto index = thingNamed(call, QStringLiteral("group"), call.args[0], reply);
    if (!index)
        return reply;
    if (const QStringList problems = missing(call, {"name", "description", "slug"}); !problems.isEmpty())
        return invalid(call, problems);
    merge(call, *index);
    return answered(call, "group", whole(call.world, *index));
}

Reply setGroupStatus(Call &call)
{
    Reply reply;
    const auto index = thingNamed(call, QStringLiteral("group"), call.args[0], reply);
    if (!index)
        return reply;
    if (!call.body[u"isActive"].isBool())
        return invalid(call, {QStringLiteral("isActive must be a boolean value")});
    merge(call, *index);
    return success(call);
}

Reply deleteGroup(Call &call)
{
    Reply reply;
    const auto index = thingNamed(call, QStringLiteral("group"), call.args[0], reply);
    if (!index)
        return reply;
    call.world.diary.things[*index].deleted = true;
    call.world.onChange();
    return success(call);
}

Reply validateSlug(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"slug"}); !problems.isEmpty())
        return invalid(call, problems);
    JsonOut out;
    out.object().field("available", !slugTaken(call.world, *location, call.body[u"slug"].toString())).field("traceId", call.trace).end();
    return done(out);
}

// --- calendars ----------------------------------------------------------------------------------------------------------

Reply createCalendar(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"name"}); !problems.isEmpty())
        return invalid(call, problems);
    QJsonObject body = call.body;
    body.remove(QStringLiteral("locationId"));
    call.world.diary.calendars.push_back({body, *location, false});
    call.world.onChange();
    call.applied = true;
    const Index index = static_cast<Index>(call.world.diary.calendars.size() - 1);
    call.made = call.world.mint.id(Kind::Calendar, index);
    return answered(call, "calendar", wholeCalendar(call.world, index));
}

Reply updateCalendar(Call &call)
{
    Reply reply;
    const auto index = calendarNamed(call, call.args[0], reply);
    if (!index)
        return reply;
    if (call.body.contains(u"locationId"))
        return invalid(call, {QStringLiteral("property locationId should not exist")});
    for (auto it = call.body.begin(); it != call.body.end(); ++it)
        call.world.diary.calendars[*index].body.insert(it.key(), it.value());
    call.world.onChange();
    call.applied = true;
    return answered(call, "calendar", wholeCalendar(call.world, *index));
}

Reply deleteCalendar(Call &call)
{
    Reply reply;
    const auto index = calendarNamed(call, call.args[0], reply);
    if (!index)
        return reply;
    call.world.diary.calendars[*index].deleted = true;
    for (DiaryEvent &event : call.world.diary.events)
        event.deleted = event.deleted || event.calendar == *index;
    call.world.onChange();
    return success(call);
}

// --- rooms and equipment ------------------------------------------------------------------------------------------------

namespace
{

bool isResource(const QString &kind) { return kind == u"rooms" || kind == u"equipments"; }
Reply noSuchKind(const Call &call) { return invalid(call, {QStringLiteral("resourceType must be one of the following values: equipments, rooms")}); }

} // namespace

Reply listResources(Call &call)
{
    Reply reply;
    const QString kind = call.args[0];
    if (!isResource(kind))
        return noSuchKind(call);
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    QJsonArray all;
    for (Index i = 0; i < call.world.diary.things.size(); ++i) {
        const DiaryThing &thing = call.world.diary.things[i];
        if (!thing.deleted && thing.kind == kind && thing.location == *location)
            all.append(whole(call.world, i));
    }
    return bare(all);
}

Reply createResource(Call &call)
{
    Reply reply;
    const QString kind = call.args[0];
    if (!isResource(kind))
        return noSuchKind(call);
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"name", "description", "quantity", "outOfService", "capacity", "calendarIds"}); !problems.isEmpty())
        return invalid(call, problems);
    QJsonObject body = call.body;
    body.insert(QStringLiteral("isActive"), true);
    return bare(whole(call.world, add(call, kind, *location, body)), 201);
}

Reply getResource(Call &call)
{
    Reply reply;
    const auto index = thingNamed(call, call.args[0], call.args[1], reply);
    return index ? bare(whole(call.world, *index)) : reply;
}

Reply updateResource(Call &call)
{
    Reply reply;
    const auto index = thingNamed(call, call.args[0], call.args[1], reply);
    if (!index)
        return reply;
    merge(call, *index);
    return bare(whole(call.world, *index));
}

Reply deleteResource(Call &call)
{
    Reply reply;
    const auto index = thingNamed(call, call.args[0], call.args[1], reply);
    if (!index)
        return reply;
    call.world.diary.things[*index].deleted = true;
    call.world.onChange();
    return success(call);
}

// --- notifications ------------------------------------------------------------------------------------------------------

namespace
{

/// A notification of the calendar in the path.
std::optional<Index> notificationNamed(const Call &call, Reply &reply)
{
    if (!calendarNamed(call, call.args[0], reply))
        return std::nullopt;
    const auto index = thingNamed(call, QStringLiteral("notification"), call.args[1], reply);
    if (index && call.world.diary.things[*index].owner != call.args[0]) {
        reply = refusal(call, 404, QStringLiteral("Not found"));
        return std::nullopt;
    }
    return index;
}

} // namespace

Reply listNotifications(Call &call)
{
    Reply reply;
    if (!calendarNamed(call, call.args[0], reply))
        return reply;
    QJsonArray all;
    for (Index i = 0; i < call.world.diary.things.size(); ++i) {
        const DiaryThing &thing = call.world.diary.things[i];
        if (!thing.deleted && thing.kind == u"notification" && thing.owner == call.args[0])
            all.append(whole(call.world, i));
    }
    return bare(all);
}

Reply createNotifications(Call &call)
{
    Reply reply;
    const auto calendar = calendarNamed(call, call.args[0], reply);
    if (!calendar)
        return reply;
    // The one call whose body is a list.
    const QJsonArray wanted = QJsonDocument::fromJson(call.request.body).array();
    if (wanted.isEmpty())
        return invalid(call, {QStringLiteral("the body must be an array")});
    QJsonArray made;
    for (const auto &item : wanted) {
        const QJsonObject one = item.toObject();
        for (const char *key : {"receiverType", "channel", "notificationType"}) {
            if (one.value(QLatin1String(key)).toString().isEmpty())
                return invalid(call, {QLatin1String(key) + QStringLiteral(" should not be empty")});
        }
        made.append(whole(call.world, add(call, QStringLiteral("notification"), call.world.diary.calendars[*calendar].location, one, call.args[0])));
    }
    return bare(made);
}

Reply getNotification(Call &call)
{
    Reply reply;
    const auto index = notificationNamed(call, reply);
    return index ? bare(whole(call.world, *index)) : reply;
}

Reply updateNotification(Call &call)
{
    Reply reply;
    const auto index = notificationNamed(call, reply);
    if (!index)
        return reply;
    merge(call, *index);
    JsonOut out;
    out.object().field("message", "Notification updated").end();
    return done(out);
}

Reply deleteNotification(Call &call)
{
    Reply reply;
    const auto index = notificationNamed(call, reply);
    if (!index)
        return reply;
    call.world.diary.things[*index].deleted = true;
    call.world.onChange();
    call.applied = true;
    JsonOut out;
    out.object().field("message", "Notification deleted").end();
    return done(out);
}

// --- notes of appointments ----------------------------------------------------------------------------------------------

namespace
{

std::optional<Index> appointmentFor(const Call &call, Reply &reply)
{
    const auto index = call.world.mint.index(Kind::Event, call.args[0]);
    if (!index || *index >= call.world.diary.events.size() || call.world.diary.events[*index].deleted) {
        reply = refusal(call, 404, QStringLiteral("Appointment not found"));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, call.world.diary.events[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

std::optional<Index> noteFor(const Call &call, Index appointment, Reply &reply)
{
    const auto index = call.world.mint.index(Kind::AppointmentNote, call.args[1]);
    const auto &notes = call.world.diary.notes;
    if (index && *index < notes.size() && !notes[*index].deleted && notes[*index].event == appointment)
        return index;
    reply = refusal(call, 404, QStringLiteral("Note not found"));
    return std::nullopt;
}

QJsonObject noteWhole(const World &world, Index index)
{
    const DiaryNote &note = world.diary.notes[index];
    const DiaryEvent &event = world.diary.events[note.event];
    const QString user = world.userId(note.user);
    QJsonObject object{{QStringLiteral("id"), world.mint.id(Kind::AppointmentNote, index)},
                       {QStringLiteral("body"), note.body},
                       {QStringLiteral("userId"), user},
                       {QStringLiteral("dateAdded"), isoDate(note.added)},
                       {QStringLiteral("contactId"), event.contact == none ? QString() : world.mint.id(Kind::Contact, event.contact)}};
    if (note.user >= 0) {
        const User &by = world.users[static_cast<size_t>(note.user)];
        object.insert(QStringLiteral("createdBy"), QJsonObject{{QStringLiteral("id"), user}, {QStringLiteral("name"), QString(by.first + u' ' + by.last)}});
    }
    return object;
}

Reply writeNote(Call &call, Index index, int status)
{
    call.world.onChange();
    call.applied = true;
    call.made = call.world.mint.id(Kind::AppointmentNote, index);
    return answered(call, "note", noteWhole(call.world, index), status);
}

} // namespace

Reply listNotes(Call &call)
{
    Reply reply;
    const auto appointment = appointmentFor(call, reply);
    if (!appointment)
        return reply;
    bool fine[2];
    const int limit = call.query("limit").toInt(&fine[0]), offset = call.query("offset").toInt(&fine[1]);
    if (!fine[0] || !fine[1] || limit < 1 || limit > 20 || offset < 0)
        return invalid(call, {QStringLiteral("limit must not be greater than 20"), QStringLiteral("offset must be a number")});
    QJsonArray all;
    int at = 0;
    bool more = false;
    for (Index i = static_cast<Index>(call.world.diary.notes.size()); i-- > 0;) { // newest first
        if (call.world.diary.notes[i].deleted || call.world.diary.notes[i].event != *appointment)
            continue;
        if (at >= offset && at < offset + limit)
            all.append(noteWhole(call.world, i));
        more = more || at >= offset + limit;
        ++at;
    }
    JsonOut out;
    out.object().field("notes", QJsonValue(all)).field("hasMore", more).field("traceId", call.trace).end();
    return done(out);
}

Reply createNote(Call &call)
{
    Reply reply;
    const auto appointment = appointmentFor(call, reply);
    if (!appointment)
        return reply;
    const QString body = call.body[u"body"].toString();
    if (body.isEmpty() || body.size() > 5000)
        return invalid(call, {QStringLiteral("body must be shorter than or equal to 5000 characters")});
    call.world.diary.notes.push_back({*appointment, call.world.userIndex(call.body[u"userId"].toString()), body, call.world.now(), false});
    return writeNote(call, static_cast<Index>(call.world.diary.notes.size() - 1), 201);
}

Reply updateNote(Call &call)
{
    Reply reply;
    const auto appointment = appointmentFor(call, reply);
    const auto index = appointment ? noteFor(call, *appointment, reply) : std::nullopt;
    if (!index)
        return reply;
    const QString body = call.body[u"body"].toString();
    if (body.isEmpty())
        return invalid(call, {QStringLiteral("body should not be empty")});
    call.world.diary.notes[*index].body = body;
    return writeNote(call, *index, 200);
}

Reply deleteNote(Call &call)
{
    Reply reply;
    const auto appointment = appointmentFor(call, reply);
    const auto index = appointment ? noteFor(call, *appointment, reply) : std::nullopt;
    if (!index)
        return reply;
    call.world.diary.notes[*index].deleted = true;
    call.world.onChange();
    return success(call);
}

} // namespace outrigger::practice
