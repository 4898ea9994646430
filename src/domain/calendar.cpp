// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/calendar.h"

#include "core/ownjson.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger {

using namespace ownjson;

namespace {

using S = AppointmentStatus;
constexpr std::array<std::pair<S, QLatin1String>, 6> statusWords{{{S::New, QLatin1String("new")},
                                                                  {S::Confirmed, QLatin1String("confirmed")},
                                                                  {S::Cancelled, QLatin1String("cancelled")},
                                                                  {S::Showed, QLatin1String("showed")},
                                                                  {S::NoShow, QLatin1String("noshow")},
                                                                  {S::Invalid, QLatin1String("invalid")}}};


} // namespace

QString appointmentStatusWord(AppointmentStatus status)
{
    for (const auto &[value, word] : statusWords) {
        if (value == status)
            return word;
    }
    return {};
}

AppointmentStatus appointmentStatusFromWord(const QString &word)
{
    const QString plain = word.trimmed().toLower().remove(u'-').remove(u'_').remove(u' ');
    for (const auto &[value, known] : statusWords) {
        if (plain == known)
            return value;
    }
    if (plain == "booked"_L1 || plain == "active"_L1)
        return S::Confirmed;
    if (plain == "canceled"_L1)
        return S::Cancelled;
    if (plain == "completed"_L1)
        return S::Showed;
    return S::Unknown;
}

bool isOff(AppointmentStatus status) { return status == S::Cancelled || status == S::Invalid; }

bool isAllDay(const Appointment &appointment, const QTimeZone &zone)
{
    if (appointment.start.secsTo(appointment.end) < 22 * 3600) // the shortest day of a DST night has 23 hours
        return false;
    const QDateTime from = appointment.start.toTimeZone(zone);
    const QDateTime to = appointment.end.toTimeZone(zone);
    const bool ends = to.time() == QTime(0, 0) || to.time() >= QTime(23, 59);
    const bool begins = from.time() == QTime(0, 0) || from == from.date().startOfDay(zone);
    return (begins && ends) || appointment.start.secsTo(appointment.end) > 25 * 3600;
}

QJsonObject BookingDraft::toJson() const
{
    QJsonObject object;
    put(object, "contactId"_L1, contactId.value);
    put(object, "calendarId"_L1, calendarId.value);
    put(object, "start"_L1, start);
    put(object, "end"_L1, end);
    put(object, "title"_L1, title);
    put(object, "address"_L1, address);
    put(object, "notes"_L1, notes);
    put(object, "userId"_L1, userId.value);
    put(object, "status"_L1, status);
    object.insert("notify"_L1, notify);
    if (anyway)
        object.insert("anyway"_L1, true);
    put(object, "zone"_L1, QString::fromLatin1(zone));
    return object;
}

BookingDraft BookingDraft::fromJson(const QJsonObject &object)
{
    BookingDraft draft;
    draft.contactId = ContactId(text(object, "contactId"_L1));
    draft.calendarId = CalendarId(text(object, "calendarId"_L1));
    draft.start = date(object, "start"_L1);
    draft.end = date(object, "end"_L1);
    draft.title = text(object, "title"_L1);
    draft.address = text(object, "address"_L1);
    draft.notes = text(object, "notes"_L1);
    draft.userId = UserId(text(object, "userId"_L1));
    draft.status = text(object, "status"_L1);
    draft.notify = object.value("notify"_L1).toBool(true);
    draft.anyway = object.value("anyway"_L1).toBool();
    draft.zone = text(object, "zone"_L1).toLatin1();
    return draft;
}

QJsonObject AppointmentChange::toJson() const
{
    QJsonObject object;
    put(object, "contactId"_L1, contactId.value);
    put(object, "appointmentId"_L1, appointmentId.value);
    put(object, "calendarId"_L1, calendarId.value);
    put(object, "start"_L1, start);
    put(object, "end"_L1, end);
    put(object, "fromStart"_L1, fromStart);
    put(object, "fromEnd"_L1, fromEnd);
    put(object, "status"_L1, status);
    put(object, "fromStatus"_L1, fromStatus);
    put(object, "title"_L1, title);
    put(object, "reason"_L1, reason);
    object.insert("notify"_L1, notify);
    if (anyway)
        object.insert("anyway"_L1, true);
    if (remove)
        object.insert("remove"_L1, true);
    return object;
}

AppointmentChange AppointmentChange::fromJson(const QJsonObject &object)
{
    AppointmentChange change;
    change.contactId = ContactId(text(object, "contactId"_L1));
    change.appointmentId = AppointmentId(text(object, "appointmentId"_L1));
    change.calendarId = CalendarId(text(object, "calendarId"_L1));
    change.start = date(object, "start"_L1);
    change.end = date(object, "end"_L1);
    change.fromStart = date(object, "fromStart"_L1);
    change.fromEnd = date(object, "fromEnd"_L1);
    change.status = text(object, "status"_L1);
    change.fromStatus = text(object, "fromStatus"_L1);
    change.title = text(object, "title"_L1);
    change.reason = text(object, "reason"_L1);
    change.notify = object.value("notify"_L1).toBool(true);
    change.anyway = object.value("anyway"_L1).toBool();
    change.remove = object.value("remove"_L1).toBool();
    return change;
}

QJsonObject BlockDraft::toJson() const
{
    QJsonObject object;
    put(object, "eventId"_L1, eventId.value);
    put(object, "calendarId"_L1, calendarId.value);
    put(object, "userId"_L1, userId.value);
    put(object, "start"_L1, start);
    put(object, "end"_L1, end);
    put(object, "title"_L1, title);
    return object;
}

BlockDraft BlockDraft::fromJson(const QJsonObject &object)
{
    return {AppointmentId(text(object, "eventId"_L1)), CalendarId(text(object, "calendarId"_L1)), UserId(text(object, "userId"_L1)),
            date(object, "start"_L1), date(object, "end"_L1), text(object, "title"_L1)};
}

} // namespace outrigger
