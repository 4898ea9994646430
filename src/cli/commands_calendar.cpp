// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sending.h"

#include "core/clock.h"
#include "domain/blockchange.h"
#include "domain/ical.h"
#include "domain/slots.h"
#include "sync/outbox.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

// Calendars, free times, bookings.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// With an offset or Z: a time without one means something else in every zone.
std::optional<QDateTime> instant(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text.trimmed(), Qt::ISODate);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    return time.toUTC();
}

int wrongTime(const ContextPtr &context, const char *option)
{
    return context->output->failure(WrongUsage, u"usage"_s,
                                    Words::tr("--%1 needs a time with its offset, such as 2026-12-01T09:00:00-05:00.").arg(QLatin1String(option)));
}

/// A zone of --zone, else the location's, else this computer's.
Result<QTimeZone> zoneOf(const ContextPtr &context, const store::ReferenceData &data)
{
    if (context->arguments.has("zone")) {
        const QByteArray id = context->arguments.value("zone").toLatin1();
        if (!QTimeZone(id).isValid())
            return fail(ErrorKind::Usage, Words::tr("There is no time zone of this name. Use one such as America/New_York."));
        return QTimeZone(id);
    }
    const QTimeZone zone(data.location ? data.location->timezone.toLatin1() : QByteArray());
    return zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

/// What is known here; asked for when nothing is, or with --refresh.
Task<Result<store::ReferenceData>> reference(ContextPtr context, Account account)
{
    auto load = context->engine->cache().reference(account.location);
    auto data = co_await load;
    if (!data)
        co_return data;
    if (data->calendars && !context->arguments.has("refresh"))
        co_return data;
    auto pull = context->engine->syncNow({u"location"_s, u"users"_s, u"calendars"_s}, false);
    const Status pulled = co_await pull;
    if (!pulled && !data->calendars)
        co_return fail(pulled.error());
    auto again = context->engine->cache().reference(account.location);
    co_return co_await again;
}

/// By id, or by its name when only one has it.
Result<Calendar> calendarNamed(const store::ReferenceData &data, const QString &word)
{
    QVector<Calendar> found;
    for (const Calendar &calendar : data.calendars.value_or(QVector<Calendar>())) {
        if (calendar.id.value == word)
            return calendar;
        if (calendar.name.compare(word, Qt::CaseInsensitive) == 0)
            found.append(calendar);
    }
    if (found.size() == 1)
        return found.first();
    return fail(ErrorKind::NotFound, found.isEmpty() ? Words::tr("There is no calendar with this id or name. \"outrigger-cli calendar list\" shows them.")
                                                     : Words::tr("Several calendars have this name. Use the id."));
}

QJsonObject toJson(const Slot &slot, const QTimeZone &zone)
{
    return {{u"start"_s, cli::toJson(slot.start)}, {u"end"_s, cli::toJson(slot.end)}, {u"local"_s, slot.start.toTimeZone(zone).toString(Qt::ISODate)}};
}

QJsonObject toJson(const EventRow &row)
{
    const Appointment &event = row.event;
    return {{u"id"_s, event.id.value},
            {u"calendarId"_s, event.calendar.value},
            {u"contactId"_s, event.contact.value},
            {u"contact"_s, row.contactName},
            {u"userId"_s, event.user.value},
            {u"title"_s, event.title},
            {u"status"_s, appointmentStatusWord(event.status)},
            {u"block"_s, event.block},
            {u"start"_s, cli::toJson(event.start)},
            {u"end"_s, cli::toJson(event.end)},
            {u"recordId"_s, row.record},
            {u"recordState"_s, row.recordState}};
}

struct Window {
    QDateTime from;
    QDateTime to;
};
/// --from (a date there, or an instant) and --days.
Result<Window> windowOf(const ContextPtr &context, const QTimeZone &zone, int standard)
{
    Window window;
    const QString from = context->arguments.value("from");
    window.from = Clock::system().now();
    if (!from.isEmpty()) {
        const QDate date = QDate::fromString(from, Qt::ISODate);
        const auto at = instant(from);
        if (date.isValid() && from.size() == 10)
            window.from = date.startOfDay(zone).toUTC();
        else if (at)
            window.from = *at;
        else
            return fail(ErrorKind::Usage, Words::tr("--from needs a date such as 2026-12-01, or a time with its offset."));
    }
    const int days = std::clamp(context->arguments.number("days").value_or(standard), 1, 366);
    window.to = window.from.toTimeZone(zone).addDays(days).toUTC();
    return window;
}

} // namespace

Task<int> calendarList(ContextPtr context, Account account)
{
    auto load = reference(context, account);
    const auto data = co_await load;
    if (!data)
        co_return context->output->failure(data.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const Calendar &calendar : data->calendars.value_or(QVector<Calendar>())) {
        array.append(QJsonObject{{u"id"_s, calendar.id.value}, {u"name"_s, calendar.name}, {u"type"_s, calendar.type}, {u"active"_s, calendar.active},
                                 {u"minutes"_s, calendar.slotMinutes}, {u"noticeMinutes"_s, calendar.noticeMinutes}, {u"groupId"_s, calendar.groupId}});
        rows.append({calendar.id.value, calendar.name, Words::tr("%1 min").arg(calendar.slotMinutes), calendar.active ? QString() : Words::tr("inactive")});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("No calendars here.") : columns(rows));
    co_return Done;
}

Task<int> calendarSlots(ContextPtr context, Account account)
{
    auto load = reference(context, account);
    const auto data = co_await load;
    if (!data)
        co_return context->output->failure(data.error());
    const auto calendar = calendarNamed(*data, context->arguments.words.constFirst());
    const auto zone = zoneOf(context, *data);
    if (!calendar || !zone)
        co_return context->output->failure(!calendar ? calendar.error() : zone.error());
    const auto window = windowOf(context, *zone, 7);
    if (!window)
        co_return context->output->failure(window.error());
    auto ask = context->engine->freeSlots(*calendar, window->from, window->to, zone->id(), UserId(context->arguments.value("user")));
    const auto times = co_await ask;
    if (!times)
        co_return context->output->failure(times.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const Slot &slot : *times) {
        array.append(toJson(slot, *zone));
        rows.append({slot.start.toTimeZone(*zone).toString(u"ddd yyyy-MM-dd"_s), freetimes::clock(slot.start, *zone), slot.start.toTimeZone(*zone).toString(Qt::ISODate)});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("Nothing is free in that time.") : columns(rows));
    co_return Done;
}

Task<int> calendarEvents(ContextPtr context, Account account)
{
    auto load = reference(context, account);
    const auto data = co_await load;
    if (!data)
        co_return context->output->failure(data.error());
    const auto zone = zoneOf(context, *data);
    if (!zone)
        co_return context->output->failure(zone.error());
    const auto window = windowOf(context, *zone, 7);
    if (!window)
        co_return context->output->failure(window.error());
    QVector<CalendarId> only;
    if (context->arguments.has("calendar")) {
        const auto calendar = calendarNamed(*data, context->arguments.value("calendar"));
        if (!calendar)
            co_return context->output->failure(calendar.error());
        only.append(calendar->id);
    }
    auto read = context->engine->cache().events(account.location, window->from, window->to, only);
    const auto events = co_await read;
    if (!events)
        co_return context->output->failure(events.error());
    if (context->arguments.has("ical")) {
        const QString text = QString::fromUtf8(ical::write(*events));
        if (text.isEmpty())
            co_return context->output->failure(Failed, u"module"_s, Words::tr("The part of Outrigger that writes iCalendar is not installed."));
        context->output->answer(text, text);
        co_return Done;
    }
    QJsonArray array;
    QVector<QStringList> rows;
    for (const EventRow &row : *events) {
        array.append(toJson(row));
        rows.append({row.event.id.value, row.event.start.toTimeZone(*zone).toString(u"ddd yyyy-MM-dd"_s), freetimes::clock(row.event.start, *zone),
                     row.event.block ? Words::tr("blocked") : appointmentStatusWord(row.event.status), row.event.title});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("Nothing in that time.") : columns(rows));
    co_return Done;
}

Task<int> calendarBook(ContextPtr context, Account account)
{
    const Arguments &given = context->arguments;
    if (given.value("contact").isEmpty() || given.value("at").isEmpty())
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Give --contact and --at."));
    const auto start = instant(given.value("at"));
    if (!start)
        co_return wrongTime(context, "at");
    auto load = reference(context, account);
    const auto data = co_await load;
    if (!data)
        co_return context->output->failure(data.error());
    const auto calendar = calendarNamed(*data, given.words.constFirst());
    if (!calendar)
        co_return context->output->failure(calendar.error());
    if (!calendar->active)
        co_return context->output->failure(Refused, u"inactive"_s, Words::tr("This calendar is switched off in HighLevel, so nothing can be booked in it. Choose another one."));
    auto find = contactFor(context, account, given.value("contact"));
    const auto contact = co_await find;
    if (!contact)
        co_return context->output->failure(contact.error());
    BookingDraft draft;
    draft.contactId = contact->id;
    draft.calendarId = calendar->id;
    draft.start = *start;
    draft.end = start->addSecs(60LL * calendar->slotMinutes);
    draft.title = given.has("title") ? given.value("title") : Words::tr("Call with %1").arg(contact->displayName());
    draft.userId = UserId(given.value("user"));
    draft.notify = !given.has("no-notify");
    draft.anyway = given.has("anyway");
    if (given.dryRun) {
        QJsonObject body{{u"calendarId"_s, draft.calendarId.value}, {u"locationId"_s, account.location.value}, {u"contactId"_s, draft.contactId.value},
                         {u"startTime"_s, cli::toJson(draft.start)}, {u"endTime"_s, cli::toJson(draft.end)}, {u"title"_s, draft.title},
                         {u"appointmentStatus"_s, u"confirmed"_s}, {u"toNotify"_s, draft.notify}};
        if (draft.anyway)
            body.insert(u"ignoreFreeSlotValidation"_s, true);
        co_return dryRun(context, {request(u"POST"_s, u"/calendars/events/appointments"_s, body)});
    }
    auto submit = context->engine->outbox().submitBooking(account, draft, fromHere());
    const auto record = co_await submit;
    if (!record)
        co_return context->output->failure(record.error());
    auto rest = afterSubmitting(context, *record);
    co_return co_await rest;
}

Task<int> calendarBlock(ContextPtr context, Account account)
{
    const Arguments &given = context->arguments;
    BlockDraft draft;
    if (given.has("change")) {
        auto find = context->engine->cache().event(account.location, AppointmentId(given.value("change")));
        const auto known = co_await find;
        if (!known)
            co_return context->output->failure(known.error());
        if (!*known || !(*known)->event.block || given.has("calendar") || given.has("user"))
            co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("--change needs the id of blocked time (\"outrigger-cli calendar events\" shows it), and whose time it is stays."));
        draft = blockOf(**known);
    }
    const bool anew = draft.eventId.isEmpty();
    const auto from = given.has("from") || anew ? instant(given.value("from")) : draft.start, to = given.has("to") || anew ? instant(given.value("to")) : draft.end;
    if (!from || !to)
        co_return wrongTime(context, from ? "to" : "from");
    if (anew && given.has("calendar") == given.has("user"))
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Give --calendar or --user, one of them."));
    if (given.has("calendar")) {
        auto load = reference(context, account);
        const auto data = co_await load;
        if (!data)
            co_return context->output->failure(data.error());
        const auto calendar = calendarNamed(*data, given.value("calendar"));
        if (!calendar)
            co_return context->output->failure(calendar.error());
        draft.calendarId = calendar->id;
    }
    if (anew)
        draft.userId = UserId(given.value("user"));
    draft.start = *from;
    draft.end = *to;
    if (anew || given.has("title"))
        draft.title = given.has("title") ? given.value("title") : Words::tr("Blocked");
    if (given.dryRun)
        co_return dryRun(context, {request(anew ? u"POST"_s : u"PUT"_s, anew ? u"/calendars/events/block-slots"_s : u"/calendars/events/block-slots/"_s + draft.eventId.value,
                         {{u"locationId"_s, account.location.value}, {u"calendarId"_s, draft.calendarId.value}, {u"assignedUserId"_s, draft.userId.value},
                          {u"startTime"_s, cli::toJson(draft.start)}, {u"endTime"_s, cli::toJson(draft.end)}, {u"title"_s, draft.title}})});
    auto submit = context->engine->outbox().submitBlock(account, draft, fromHere());
    const auto record = co_await submit;
    if (!record)
        co_return context->output->failure(record.error());
    auto rest = afterSubmitting(context, *record);
    co_return co_await rest;
}

namespace {

/// The appointment that a command is about, from the local copy.
Task<Result<EventRow>> appointmentNamed(ContextPtr context, Account account)
{
    const AppointmentId id(context->arguments.words.constFirst());
    auto load = context->engine->cache().event(account.location, id);
    const auto known = co_await load;
    if (!known)
        co_return fail(known.error());
    if (*known && !(*known)->event.block)
        co_return **known;
    co_return fail(ErrorKind::NotFound, Words::tr("There is no appointment with this id here. \"outrigger-cli sync --only calendars\" may bring it."));
}

Task<int> submitChange(ContextPtr context, Account account, AppointmentChange change)
{
    if (context->arguments.dryRun) {
        if (change.remove)
            co_return dryRun(context, {request(u"DELETE"_s, u"/calendars/events/"_s + change.appointmentId.value, {})});
        QJsonObject body;
        if (change.start.isValid()) {
            body.insert(u"startTime"_s, cli::toJson(change.start));
            body.insert(u"endTime"_s, cli::toJson(change.end));
        }
        if (!change.status.isEmpty())
            body.insert(u"appointmentStatus"_s, change.status);
        body.insert(u"toNotify"_s, change.notify);
        co_return dryRun(context, {request(u"PUT"_s, u"/calendars/events/appointments/"_s + change.appointmentId.value, body)});
    }
    auto submit = context->engine->outbox().submitAppointmentChange(account, change, fromHere());
    const auto record = co_await submit;
    if (!record)
        co_return context->output->failure(record.error());
    auto rest = afterSubmitting(context, *record);
    co_return co_await rest;
}

AppointmentChange changeOf(const EventRow &row, const Arguments &given)
{
    AppointmentChange change;
    change.contactId = row.event.contact;
    change.appointmentId = row.event.id;
    change.calendarId = row.event.calendar;
    change.fromStart = row.event.start;
    change.fromEnd = row.event.end;
    change.fromStatus = appointmentStatusWord(row.event.status);
    change.notify = !given.has("no-notify");
    return change;
}

} // namespace

Task<int> appointmentMove(ContextPtr context, Account account)
{
    const auto start = instant(context->arguments.value("at"));
    if (!start)
        co_return wrongTime(context, "at");
    auto find = appointmentNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    AppointmentChange change = changeOf(*row, context->arguments);
    change.start = *start;
    change.end = start->addMSecs(row->event.start.msecsTo(row->event.end));
    change.anyway = context->arguments.has("anyway");
    auto rest = submitChange(context, account, change);
    co_return co_await rest;
}

Task<int> appointmentCancel(ContextPtr context, Account account)
{
    auto find = appointmentNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    AppointmentChange change = changeOf(*row, context->arguments);
    change.remove = context->arguments.has("remove");
    if (!change.remove)
        change.status = appointmentStatusWord(AppointmentStatus::Cancelled);
    change.reason = context->arguments.value("reason");
    auto rest = submitChange(context, account, change);
    co_return co_await rest;
}

Task<int> appointmentMark(ContextPtr context, Account account)
{
    const auto status = appointmentStatusFromWord(context->arguments.words.value(1));
    if (status == AppointmentStatus::Unknown)
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Mark it as showed, noshow, confirmed, new or invalid."));
    auto find = appointmentNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    AppointmentChange change = changeOf(*row, context->arguments);
    change.status = appointmentStatusWord(status);
    auto rest = submitChange(context, account, change);
    co_return co_await rest;
}

} // namespace outrigger::cli
