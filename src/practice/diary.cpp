// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/diary.h"

#include "practice/locationclock.h"
#include "practice/world.h"

#include <QDateTime>
#include <QJsonArray>
#include <QTimeZone>

#include <algorithm>

namespace outrigger::practice
{

namespace
{

constexpr qint64 minute = 60'000;
constexpr qint64 day = 86'400'000;

int minutesOf(const QJsonObject &body, const QString &key, const QString &standardUnit, int standard)
{
    if (!body.value(key).isDouble())
        return standard;
    const QString unit = body.value(key + QStringLiteral("Unit")).toString(standardUnit);
    const int factor = unit.startsWith(u"hour") ? 60 : unit.startsWith(u"day") ? 1440 : unit.startsWith(u"week") ? 10'080
        : unit.startsWith(u"month")             ? 43'200
                                                : 1;
    return body.value(key).toInt() * factor;
}

struct Hours {
    QTime open, close;
};
std::vector<Hours> hoursOn(const QJsonObject &body, int weekday) ///< 0: Sunday, as the API counts
{
    std::vector<Hours> result;
    const QJsonArray rules = body.value(u"openHours").toArray();
    for (const auto &rule : rules) {
        const QJsonObject one = rule.toObject();
        const QJsonArray days = one.value(u"daysOfTheWeek").toArray();
        const bool today = std::any_of(days.begin(), days.end(), [&](const QJsonValue &d) { return d.toInt(-1) == weekday; });
        const QJsonArray hours = one.value(u"hours").toArray();
        for (const auto &item : hours) {
            const QJsonObject h = item.toObject();
            if (today)
                result.push_back({QTime(h[u"openHour"].toInt(), h[u"openMinute"].toInt()), QTime(h[u"closeHour"].toInt(), h[u"closeMinute"].toInt())});
        }
    }
    return result;
}

bool overlaps(const DiaryEvent &event, qint64 start, qint64 end) { return event.start < end && event.end > start; }

} // namespace

DiaryRules rulesOf(const World &world, quint32 calendar)
{
    const QJsonObject &body = world.diary.calendars[calendar].body;
    DiaryRules rules;
    rules.duration = std::max(1, minutesOf(body, QStringLiteral("slotDuration"), QStringLiteral("mins"), 30));
    rules.interval = std::max(1, minutesOf(body, QStringLiteral("slotInterval"), QStringLiteral("mins"), rules.duration));
    rules.buffer = minutesOf(body, QStringLiteral("slotBuffer"), QStringLiteral("mins"), 0);
    rules.preBuffer = minutesOf(body, QStringLiteral("preBuffer"), QStringLiteral("mins"), 0);
    rules.notice = minutesOf(body, QStringLiteral("allowBookingAfter"), QStringLiteral("hours"), 0);
    rules.range = minutesOf(body, QStringLiteral("allowBookingFor"), QStringLiteral("days"), 0) / 1440;
    rules.perDay = body.value(u"appoinmentPerDay").toInt();
    rules.active = body.value(u"isActive").toBool(true);
    const QJsonArray members = body.value(u"teamMembers").toArray();
    for (const auto &member : members) {
        const int user = world.userIndex(member.toObject().value(u"userId").toString());
        if (user >= 0)
            rules.people.push_back(user);
    }
    return rules;
}

int whoIsFree(const World &world, quint32 calendar, qint64 start, qint64 end, int wanted, quint32 ignoring)
{
    for (const int user : rulesOf(world, calendar).people) {
        if (wanted >= 0 && user != wanted)
            continue;
        bool busy = false;
        for (size_t i = 0; i < world.diary.events.size() && !busy; ++i) {
            const DiaryEvent &event = world.diary.events[i];
            busy = i != ignoring && !event.off() && event.user == user && overlaps(event, start, end);
        }
        if (!busy)
            return user;
    }
    return -1;
}

std::vector<qint64> freeStarts(const World &world, quint32 calendar, qint64 from, qint64 to, int user, quint32 ignoring, bool ignoreRange)
{
    std::vector<qint64> result;
    const DiaryRules rules = rulesOf(world, calendar);
    if (!rules.active)
        return result;
    const DiaryCalendar &own = world.diary.calendars[calendar];
    const QTimeZone zone = clockOf(world, own.location);
    const qint64 now = world.now();
    const qint64 earliest = ignoreRange ? from : std::max(from, now + rules.notice * minute);
    const qint64 latest = ignoreRange || rules.range <= 0 ? to : std::min(to, now + rules.range * day);
    // What may be in the way, once.
    std::vector<size_t> near;
    for (size_t i = 0; i < world.diary.events.size(); ++i) {
        const DiaryEvent &event = world.diary.events[i];
        if (i != ignoring && !event.off() && overlaps(event, from - day, to + day))
            near.push_back(i);
    }
    const QDate first = QDateTime::fromMSecsSinceEpoch(from, zone).date().addDays(-1);
    const QDate last = QDateTime::fromMSecsSinceEpoch(to, zone).date().addDays(1);
    if (!first.isValid() || !last.isValid()) // a day after no day is no day: it would never end
        return result;
    for (QDate date = first; date <= last; date = date.addDays(1)) {
        if (rules.perDay > 0) {
            const auto booked = std::count_if(near.begin(), near.end(), [&](size_t i) {
                const DiaryEvent &event = world.diary.events[i];
                return event.calendar == calendar && !event.block && QDateTime::fromMSecsSinceEpoch(event.start, zone).date() == date;
            });
            if (booked >= rules.perDay)
                continue;
        }
        for (const Hours &hours : hoursOn(own.body, date.dayOfWeek() % 7)) {
            const qint64 open = QDateTime(date, hours.open, zone).toMSecsSinceEpoch();
            const qint64 close = QDateTime(date, hours.close, zone).toMSecsSinceEpoch();
            // Steps of time that passes: an hour that the clock shows twice is there twice.
            for (qint64 start = open; start + rules.duration * minute <= close; start += rules.interval * minute) {
                const qint64 end = start + rules.duration * minute;
                if (start < earliest || start >= latest || start < from || start >= to)
                    continue;
                const bool taken = std::any_of(near.begin(), near.end(), [&](size_t i) {
                    const DiaryEvent &event = world.diary.events[i];
                    if (event.calendar != calendar)
                        return false;
                    // Of several people each may have somebody at that time.
                    if (!event.block && rules.people.size() > 1)
                        return false;
                    return overlaps(event, start - (event.block ? 0 : rules.preBuffer * minute), end + (event.block ? 0 : rules.buffer * minute));
                });
                if (taken || (!rules.people.empty() && whoIsFree(world, calendar, start, end, user, ignoring) < 0))
                    continue;
                result.push_back(start);
            }
        }
    }
    return result;
}

namespace
{

QJsonArray week(std::initializer_list<int> days, int open, int close)
{
    QJsonArray rules;
    for (const int d : days)
        rules.append(QJsonObject{{QStringLiteral("daysOfTheWeek"), QJsonArray{d}},
                                 {QStringLiteral("hours"), QJsonArray{QJsonObject{{QStringLiteral("openHour"), open},
                                                                                  {QStringLiteral("openMinute"), 0},
                                                                                  {QStringLiteral("closeHour"), close},
                                                                                  {QStringLiteral("closeMinute"), 0}}}}});
    return rules;
}

QJsonArray team(const World &world, std::initializer_list<int> users)
{
    QJsonArray members;
    for (const int user : users)
        members.append(QJsonObject{{QStringLiteral("userId"), world.userId(user)},
                                   {QStringLiteral("priority"), 0.5},
                                   {QStringLiteral("isPrimary"), members.isEmpty()}});
    return members;
}

void makeCalendars(World &world)
{
    const auto add = [&](quint16 location, const char *name, const char *type, const char *color, int length, int interval, const QJsonArray &people,
                         const QJsonArray &hours, const QJsonObject &more) {
        QJsonObject body{{QStringLiteral("name"), QString::fromLatin1(name)},
                         {QStringLiteral("calendarType"), QString::fromLatin1(type)},
                         {QStringLiteral("eventColor"), QString::fromLatin1(color)},
                         {QStringLiteral("eventTitle"), QStringLiteral("{{contact.name}}")},
                         {QStringLiteral("slotDuration"), length},
                         {QStringLiteral("slotDurationUnit"), QStringLiteral("mins")},
                         {QStringLiteral("slotInterval"), interval},
                         {QStringLiteral("slotIntervalUnit"), QStringLiteral("mins")},
                         {QStringLiteral("teamMembers"), people},
                         {QStringLiteral("openHours"), hours},
                         {QStringLiteral("isActive"), true},
                         {QStringLiteral("autoConfirm"), true},
                         {QStringLiteral("allowReschedule"), true},
                         {QStringLiteral("allowCancellation"), true}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body.insert(it.key(), it.value());
        world.diary.calendars.push_back({body, location, false});
    };
    const auto place = [](const char *kind, const char *where) {
        return QJsonArray{QJsonObject{{QStringLiteral("kind"), QString::fromLatin1(kind)}, {QStringLiteral("location"), QString::fromLatin1(where)}}};
    };
    world.diary.things.push_back({QStringLiteral("group"), {},
                                  {{QStringLiteral("name"), QStringLiteral("Sales")},
                                   {QStringLiteral("description"), QStringLiteral("Everything a buyer can book")},
                                   {QStringLiteral("slug"), QStringLiteral("sales")},
                                   {QStringLiteral("isActive"), true}}, 0, false});
    const QString sales = world.mint.id(Kind::CalendarGroup, 0);
    add(0, "Buyer call", "round_robin", "#2563eb", 30, 30, team(world, {0, 1}), week({1, 2, 3, 4, 5}, 9, 17),
        {{QStringLiteral("groupId"), sales}, {QStringLiteral("allowBookingAfter"), 1}, {QStringLiteral("allowBookingAfterUnit"), QStringLiteral("hours")},
         {QStringLiteral("allowBookingFor"), 60}, {QStringLiteral("allowBookingForUnit"), QStringLiteral("days")},
         {QStringLiteral("locationConfigurations"), place("outbound_call", "")}});
    add(0, "Home viewing", "event", "#059669", 60, 60, team(world, {2}), week({1, 2, 3, 4, 5, 6}, 10, 18),
        {{QStringLiteral("groupId"), sales}, {QStringLiteral("slotBuffer"), 30}, {QStringLiteral("slotBufferUnit"), QStringLiteral("mins")},
         {QStringLiteral("allowBookingAfter"), 12}, {QStringLiteral("allowBookingAfterUnit"), QStringLiteral("hours")},
         {QStringLiteral("locationConfigurations"), place("physical", "212 Church Street, Orlando")}});
    add(0, "Recruiting interview", "personal", "#9333ea", 45, 30, team(world, {0}), week({2, 4}, 8, 20),
        {{QStringLiteral("appoinmentPerDay"), 6}, {QStringLiteral("locationConfigurations"), place("zoom_conference", "https://meet.example/dana")}});
    add(0, "Open house (last year)", "event", "#9ca3af", 30, 30, team(world, {1}), week({6}, 12, 16), {{QStringLiteral("isActive"), false}});
    add(1, "Rental viewing", "event", "#d97706", 30, 30, team(world, {0}), week({1, 2, 3, 4, 5}, 9, 17), {});
}

} // namespace

void makeDiary(World &world)
{
    makeCalendars(world);
    std::vector<Index> leads;
    for (Index i = 0; i < world.contacts.size() && leads.size() < 60; ++i) {
        if (world.contacts[i].location == 0 && !world.contacts[i].deleted)
            leads.push_back(i);
    }
    if (leads.empty())
        return;
    const QTimeZone zone = clockOf(world, 0);
    const qint64 now = world.now();
    const QDate today = QDateTime::fromMSecsSinceEpoch(now, zone).date();
    quint64 dice = mix(world.seed ^ 0xca1e);
    size_t lead = 0;
    const auto put = [&](quint32 calendar, const QDate &date, const QTime &time, int length, int user, const char16_t *what) {
        DiaryEvent event;
        event.calendar = calendar;
        event.contact = leads[lead++ % leads.size()];
        event.user = user;
        event.start = QDateTime(date, time, zone).toMSecsSinceEpoch();
        event.end = event.start + length * minute;
        event.title = QString::fromUtf16(what).arg(world.fullName(world.contacts[event.contact]));
        event.added = event.updated = std::min(now, event.start) - 3 * day;
        dice = mix(dice);
        if (event.end < now)
            event.status = dice % 5 == 0 ? QStringLiteral("noshow") : dice % 5 == 1 ? QStringLiteral("confirmed") : QStringLiteral("showed");
        else if (dice % 9 == 0)
            event.status = QStringLiteral("cancelled");
        else if (dice % 9 == 1)
            event.status = QStringLiteral("new");
        world.diary.events.push_back(event);
    };
    for (int d = -18; d <= 18; ++d) {
        const QDate date = today.addDays(d);
        const int weekday = date.dayOfWeek();
        if (weekday <= 5) {
            put(0, date, QTime(9 + (d & 1), 30), 30, 0, u"Call with %1");
            put(0, date, QTime(14, d % 3 ? 0 : 30), 30, 1, u"Call with %1");
        }
        if (weekday <= 6 && d % 2 == 0)
            put(1, date, QTime(14, 0), 60, 2, u"Viewing with %1");
        if (weekday == 2 || weekday == 4)
            put(2, date, QTime(9, 30), 45, 0, u"Interview: %1");
    }
    const auto block = [&](quint32 calendar, int user, const QDateTime &from, const QDateTime &to, const char16_t *what) {
        DiaryEvent event;
        event.calendar = calendar;
        event.user = user;
        event.block = true;
        event.start = from.toMSecsSinceEpoch();
        event.end = to.toMSecsSinceEpoch();
        event.title = QString::fromUtf16(what);
        event.added = event.updated = now - 7 * day;
        world.diary.events.push_back(event);
    };
    const QDate monday = today.addDays(1 - today.dayOfWeek());
    for (int w = -1; w <= 3; ++w)
        block(0, -1, QDateTime(monday.addDays(7 * w + 2), QTime(12, 0), zone), QDateTime(monday.addDays(7 * w + 2), QTime(13, 0), zone), u"Team lunch");
    block(none, 2, QDateTime(monday.addDays(10), QTime(0, 0), zone), QDateTime(monday.addDays(12), QTime(0, 0), zone), u"Priya is away");
}

QJsonObject Diary::save() const
{
    QJsonArray all, booked, written, rest;
    for (const DiaryCalendar &c : calendars)
        all.append(QJsonObject{{QStringLiteral("body"), c.body}, {QStringLiteral("location"), c.location}, {QStringLiteral("deleted"), c.deleted}});
    for (const DiaryEvent &e : events)
        booked.append(QJsonObject{{QStringLiteral("calendar"), qint64{e.calendar}}, {QStringLiteral("contact"), qint64{e.contact}}, {QStringLiteral("user"), e.user},
                                  {QStringLiteral("location"), e.location}, {QStringLiteral("title"), e.title}, {QStringLiteral("address"), e.address},
                                  {QStringLiteral("notes"), e.notes}, {QStringLiteral("status"), e.status}, {QStringLiteral("start"), e.start},
                                  {QStringLiteral("end"), e.end}, {QStringLiteral("added"), e.added}, {QStringLiteral("updated"), e.updated},
                                  {QStringLiteral("block"), e.block}, {QStringLiteral("notified"), e.notified}, {QStringLiteral("deleted"), e.deleted}});
    for (const DiaryNote &n : notes)
        written.append(QJsonObject{{QStringLiteral("event"), qint64{n.event}}, {QStringLiteral("user"), n.user}, {QStringLiteral("body"), n.body},
                                   {QStringLiteral("added"), n.added}, {QStringLiteral("deleted"), n.deleted}});
    for (const DiaryThing &t : things)
        rest.append(QJsonObject{{QStringLiteral("kind"), t.kind}, {QStringLiteral("owner"), t.owner}, {QStringLiteral("body"), t.body},
                                {QStringLiteral("location"), t.location}, {QStringLiteral("deleted"), t.deleted}});
    return {{QStringLiteral("calendars"), all}, {QStringLiteral("events"), booked}, {QStringLiteral("notes"), written}, {QStringLiteral("things"), rest}};
}

void Diary::load(const QJsonObject &saved)
{
    *this = {};
    const QJsonArray all = saved[u"calendars"].toArray(), booked = saved[u"events"].toArray(), written = saved[u"notes"].toArray(),
                     rest = saved[u"things"].toArray();
    for (const auto &item : all) {
        const QJsonObject o = item.toObject();
        calendars.push_back({o[u"body"].toObject(), static_cast<quint16>(o[u"location"].toInt()), o[u"deleted"].toBool()});
    }
    for (const auto &item : booked) {
        const QJsonObject o = item.toObject();
        DiaryEvent e;
        e.calendar = static_cast<quint32>(o[u"calendar"].toInteger());
        e.contact = static_cast<quint32>(o[u"contact"].toInteger());
        e.user = o[u"user"].toInt();
        e.location = static_cast<quint16>(o[u"location"].toInt());
        e.title = o[u"title"].toString(), e.address = o[u"address"].toString(), e.notes = o[u"notes"].toString();
        e.status = o[u"status"].toString();
        e.start = o[u"start"].toInteger(), e.end = o[u"end"].toInteger();
        e.added = o[u"added"].toInteger(), e.updated = o[u"updated"].toInteger();
        e.block = o[u"block"].toBool(), e.notified = o[u"notified"].toBool(), e.deleted = o[u"deleted"].toBool();
        if (e.calendar == none || e.calendar < calendars.size())
            events.push_back(e);
    }
    for (const auto &item : written) {
        const QJsonObject o = item.toObject();
        notes.push_back({static_cast<quint32>(o[u"event"].toInteger()), o[u"user"].toInt(), o[u"body"].toString(), o[u"added"].toInteger(),
                         o[u"deleted"].toBool()});
    }
    for (const auto &item : rest) {
        const QJsonObject o = item.toObject();
        things.push_back({o[u"kind"].toString(), o[u"owner"].toString(), o[u"body"].toObject(), static_cast<quint16>(o[u"location"].toInt()),
                          o[u"deleted"].toBool()});
    }
}

} // namespace outrigger::practice
