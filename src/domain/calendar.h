// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMetaType>
#include <QStringList>
#include <QTimeZone>
#include <QVector>

namespace outrigger {

/// Something that can be booked: HighLevel's calendar, with what decides about its slots. Source: openapi
/// calendars.json, CalendarDTO; absent numbers have the documented defaults.
struct Calendar {
    CalendarId id;
    QString name;
    QString description;
    QString groupId;
    QString type;             ///< round_robin, event, class_booking, collective, service_booking, personal
    QString color;            ///< "#rrggbb", as the location chose it; may be empty
    QString titleTemplate;    ///< "{{contact.name}}"; may be empty
    bool active = true;
    int slotMinutes = 30;     ///< how long an appointment is
    int intervalMinutes = 30; ///< from one slot's start to the next
    int bufferMinutes = 0;    ///< kept free after an appointment
    int preBufferMinutes = 0; ///< kept free before it
    int noticeMinutes = 0;    ///< allowBookingAfter: not sooner than this from now
    int rangeDays = 0;        ///< allowBookingFor: not later than this; 0: no limit is known
    int perDay = 0;           ///< most appointments a day; 0: no limit is known
    bool autoConfirm = true;
    bool mayReschedule = true;
    bool mayCancel = true;
    QVector<UserId> people;   ///< who may be booked
    QString place;            ///< where it happens, as far as the calendar says: an address, a link, a kind of call
    bool operator==(const Calendar &) const = default;
};

struct CalendarGroup {
    QString id;
    QString name;
    bool active = true;
    bool operator==(const CalendarGroup &) const = default;
};

enum class AppointmentStatus { New, Confirmed, Cancelled, Showed, NoShow, Invalid, Unknown };
/// The API's words: new confirmed cancelled showed noshow invalid. "booked" and "active" are read as confirmed.
QString appointmentStatusWord(AppointmentStatus status);
AppointmentStatus appointmentStatusFromWord(const QString &word);
/// Takes no time any more: cancelled or invalid.
bool isOff(AppointmentStatus status);

/// An appointment, or time that is blocked. Instants only: a zone is a matter of showing.
struct Appointment {
    AppointmentId id;
    LocationId location;
    CalendarId calendar;      ///< empty for a block of a person
    ContactId contact;        ///< empty for a block
    UserId user;
    QString title;
    QString address;          ///< place or link
    QString notes;
    AppointmentStatus status = AppointmentStatus::Confirmed;
    QDateTime start;          ///< UTC
    QDateTime end;            ///< UTC, never before start
    QDateTime dateAdded;
    QDateTime dateUpdated;
    bool block = false;
    bool recurring = false;
    bool operator==(const Appointment &) const = default;
};

/// Begins and ends at midnight in that zone: shown in the band above the hours, as is what lasts longer than a day.
bool isAllDay(const Appointment &appointment, const QTimeZone &zone);

/// An instant at which something can be booked.
struct Slot {
    QDateTime start; ///< UTC
    QDateTime end;   ///< UTC; from the answer, else from the calendar's length
    bool operator==(const Slot &) const = default;
};

/// The API takes windows of at most this many days.
constexpr int mostSlotDays = 31;

/// Payload of BookAppointment.
struct BookingDraft {
    ContactId contactId;
    CalendarId calendarId;
    QDateTime start;          ///< UTC
    QDateTime end;            ///< UTC
    QString title;
    QString address;          ///< empty: the calendar's own place
    QString notes;
    UserId userId;            ///< empty: whom the calendar chooses
    QString status;           ///< empty: confirmed
    bool notify = true;       ///< HighLevel's automations may send reminders
    bool anyway = false;      ///< outside the free times, after a person has said so
    QByteArray zone;          ///< in which the person picked it: for words only
    QJsonObject toJson() const;
    static BookingDraft fromJson(const QJsonObject &object);
};

/// Payload of ChangeAppointment: another time, another status, or away with it. What is not set stays.
struct AppointmentChange {
    ContactId contactId;
    AppointmentId appointmentId;
    CalendarId calendarId;    ///< of the appointment; for the check of the slot
    QDateTime start;          ///< UTC, invalid: the time stays
    QDateTime end;
    QDateTime fromStart;      ///< as it was when the person decided; something else since then is a conflict
    QDateTime fromEnd;
    QString status;           ///< empty: stays
    QString fromStatus;
    QString title;            ///< empty: stays
    QString reason;           ///< for the outbox and the lead's notes: why it was cancelled
    bool notify = true;
    bool anyway = false;
    bool remove = false;      ///< take it off the calendar for good
    QJsonObject toJson() const;
    static AppointmentChange fromJson(const QJsonObject &object);
};

/// Payload of BlockTime: time in which nobody can book. The API wants a calendar or a person, one of them.
struct BlockDraft {
    AppointmentId eventId;    ///< empty: a new one
    CalendarId calendarId;
    UserId userId;
    QDateTime start;          ///< UTC
    QDateTime end;
    QString title;
    QJsonObject toJson() const;
    static BlockDraft fromJson(const QJsonObject &object);
};

/// An appointment with what a view shows beside it.
struct EventRow {
    qint64 key = 0;           ///< the cache's
    Appointment event;        ///< with changes that have not been confirmed laid over
    QString contactName;
    QByteArray contactZone;   ///< IANA; empty when the lead's zone is not known
    QString record;           ///< of the change that is on its way; empty: what HighLevel has
    QString recordState;      ///< the outbox's word
    QString reason;           ///< why the change was refused, or what it waits for
    bool operator==(const EventRow &) const = default;
};

} // namespace outrigger

Q_DECLARE_METATYPE(outrigger::Appointment)
Q_DECLARE_METATYPE(outrigger::EventRow)
Q_DECLARE_METATYPE(outrigger::Slot)
