// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replies.h"

namespace outrigger::api {

/// Not a small table: a location has answered 1.2 MB.
struct ListCalendars {
    LocationId location{};
    QString groupId{};

    using Reply = CalendarList;
    static constexpr Op op{"get-calendars", Verb::Get, Api::Calendars, "/calendars/", "calendars.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &ListCalendars::location, Need::Required),
                                              in::query("groupId", &ListCalendars::groupId)};
};

struct GetCalendar {
    CalendarId id{};

    using Reply = Calendar;
    static constexpr Op op{"get-calendar",            Verb::Get,            Api::Calendars,
                           "/calendars/{calendarId}", "calendars.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("calendarId", &GetCalendar::id)};
    static constexpr auto unwrap = keys("calendar");
};

struct ListCalendarGroups {
    LocationId location{};

    using Reply = CalendarGroupList;
    static constexpr Op op{"get-groups",        Verb::Get,                   Api::Calendars,
                           "/calendars/groups", "calendars/groups.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &ListCalendarGroups::location, Need::Required)};
};

/// At most 31 days. The answer is read by freetimes::read, which needs to know the calendar's length and the zone.
struct GetFreeSlots {
    CalendarId id{};
    qint64 startDate = 0; ///< epoch milliseconds
    qint64 endDate = 0;
    QString timezone{};   ///< IANA; times come with its offsets
    UserId user{};

    using Reply = FreeSlots;
    static constexpr Op op{"get-slots",           Verb::Get, Api::Calendars, "/calendars/{calendarId}/free-slots",
                           "calendars.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("calendarId", &GetFreeSlots::id),
                                              in::query("startDate", &GetFreeSlots::startDate, Need::Required),
                                              in::query("endDate", &GetFreeSlots::endDate, Need::Required),
                                              in::query("timezone", &GetFreeSlots::timezone),
                                              in::query("userId", &GetFreeSlots::user)};
};

/// One of calendar, user and group must be given. No pages: choose the window.
struct ListEvents {
    LocationId location{};
    CalendarId calendar{};
    UserId user{};
    QString groupId{};
    qint64 startTime = 0; ///< epoch milliseconds
    qint64 endTime = 0;

    using Reply = EventList;
    static constexpr Op op{"get-calendar-events", Verb::Get,                   Api::Calendars,
                           "/calendars/events",   "calendars/events.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &ListEvents::location, Need::Required),
                                              in::query("calendarId", &ListEvents::calendar),
                                              in::query("userId", &ListEvents::user),
                                              in::query("groupId", &ListEvents::groupId),
                                              in::query("startTime", &ListEvents::startTime, Need::Required),
                                              in::query("endTime", &ListEvents::endTime, Need::Required)};
};

struct ListBlockedSlots {
    LocationId location{};
    CalendarId calendar{};
    UserId user{};
    QString groupId{};
    qint64 startTime = 0;
    qint64 endTime = 0;

    using Reply = EventList;
    static constexpr Op op{"get-blocked-slots",        Verb::Get,                   Api::Calendars,
                           "/calendars/blocked-slots", "calendars/events.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::query("locationId", &ListBlockedSlots::location, Need::Required),
                                              in::query("calendarId", &ListBlockedSlots::calendar),
                                              in::query("userId", &ListBlockedSlots::user),
                                              in::query("groupId", &ListBlockedSlots::groupId),
                                              in::query("startTime", &ListBlockedSlots::startTime, Need::Required),
                                              in::query("endTime", &ListBlockedSlots::endTime, Need::Required)};
};

struct GetAppointment {
    AppointmentId id{};

    using Reply = Appointment;
    static constexpr Op op{"get-appointment",           Verb::Get,   Api::Calendars, "/calendars/events/appointments/{eventId}",
                           "calendars/events.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("eventId", &GetAppointment::id)};
    static constexpr auto unwrap = keys("event", "appointment");
};

/// Times of this list have no offset: only ids and calendars are taken from it (ContactAppointments).
struct ListContactAppointments {
    ContactId contact{};

    using Reply = ContactAppointments;
    static constexpr Op op{"get-appointments-for-contact",      Verb::Get,           Api::Contacts,
                           "/contacts/{contactId}/appointments", "contacts.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &ListContactAppointments::contact)};
};

struct CreateAppointment {
    CalendarId calendar{};
    LocationId location{};
    ContactId contact{};
    QDateTime startTime{};
    QDateTime endTime{};
    QString title{};
    QString status{}; ///< new, confirmed
    UserId user{};
    QString address{};
    QString description{};
    std::optional<bool> toNotify{};
    std::optional<bool> ignoreDateRange{};
    std::optional<bool> ignoreFreeSlotValidation{}; ///< only after a person has said "book anyway"

    using Reply = AppointmentAnswer;
    static constexpr Op op{"create-appointment",     Verb::Post,   Api::Calendars, "/calendars/events/appointments",
                           "calendars/events.write", Repeat::Never};
    static constexpr auto params =
        std::tuple{in::body("calendarId", &CreateAppointment::calendar, Need::Required),
                   in::body("locationId", &CreateAppointment::location, Need::Required),
                   in::body("contactId", &CreateAppointment::contact, Need::Required),
                   in::body("startTime", &CreateAppointment::startTime, Need::Required),
                   in::body("endTime", &CreateAppointment::endTime),
                   in::body("title", &CreateAppointment::title),
                   in::body("appointmentStatus", &CreateAppointment::status),
                   in::body("assignedUserId", &CreateAppointment::user),
                   in::body("address", &CreateAppointment::address),
                   in::body("description", &CreateAppointment::description),
                   in::body("toNotify", &CreateAppointment::toNotify),
                   in::body("ignoreDateRange", &CreateAppointment::ignoreDateRange),
                   in::body("ignoreFreeSlotValidation", &CreateAppointment::ignoreFreeSlotValidation)};
};

/// What is empty stays.
struct UpdateAppointment {
    AppointmentId id{};
    CalendarId calendar{};
    QDateTime startTime{};
    QDateTime endTime{};
    QString title{};
    QString status{};
    UserId user{};
    std::optional<bool> toNotify{};
    std::optional<bool> ignoreDateRange{};
    std::optional<bool> ignoreFreeSlotValidation{};

    using Reply = AppointmentAnswer;
    static constexpr Op op{"edit-appointment",       Verb::Put,   Api::Calendars, "/calendars/events/appointments/{eventId}",
                           "calendars/events.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("eventId", &UpdateAppointment::id), in::body("calendarId", &UpdateAppointment::calendar),
                   in::body("startTime", &UpdateAppointment::startTime), in::body("endTime", &UpdateAppointment::endTime),
                   in::body("title", &UpdateAppointment::title), in::body("appointmentStatus", &UpdateAppointment::status),
                   in::body("assignedUserId", &UpdateAppointment::user), in::body("toNotify", &UpdateAppointment::toNotify),
                   in::body("ignoreDateRange", &UpdateAppointment::ignoreDateRange),
                   in::body("ignoreFreeSlotValidation", &UpdateAppointment::ignoreFreeSlotValidation)};
};

/// Appointments and blocks; gone for good, without history.
struct DeleteEvent {
    AppointmentId id{};

    using Reply = Done;
    static constexpr Op op{"delete-event",           Verb::Delete, Api::Calendars, "/calendars/events/{eventId}",
                           "calendars/events.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("eventId", &DeleteEvent::id)};
};

/// The service wants a calendar or a person, one of them; the specification says calendar (docs issue 23).
struct CreateBlockSlot {
    LocationId location{};
    CalendarId calendar{};
    UserId user{};
    QDateTime startTime{};
    QDateTime endTime{};
    QString title{};

    using Reply = AppointmentAnswer;
    static constexpr Op op{"create-block-slot",      Verb::Post,   Api::Calendars, "/calendars/events/block-slots",
                           "calendars/events.write", Repeat::Never};
    static constexpr auto params =
        std::tuple{in::body("locationId", &CreateBlockSlot::location, Need::Required), in::body("calendarId", &CreateBlockSlot::calendar),
                   in::body("assignedUserId", &CreateBlockSlot::user), in::body("startTime", &CreateBlockSlot::startTime, Need::Required),
                   in::body("endTime", &CreateBlockSlot::endTime, Need::Required), in::body("title", &CreateBlockSlot::title)};
};

struct UpdateBlockSlot {
    AppointmentId id{};
    LocationId location{};
    CalendarId calendar{};
    UserId user{};
    QDateTime startTime{};
    QDateTime endTime{};
    QString title{};

    using Reply = AppointmentAnswer;
    static constexpr Op op{"edit-block-slot",        Verb::Put,   Api::Calendars, "/calendars/events/block-slots/{eventId}",
                           "calendars/events.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("eventId", &UpdateBlockSlot::id), in::body("locationId", &UpdateBlockSlot::location, Need::Required),
                   in::body("calendarId", &UpdateBlockSlot::calendar), in::body("assignedUserId", &UpdateBlockSlot::user),
                   in::body("startTime", &UpdateBlockSlot::startTime), in::body("endTime", &UpdateBlockSlot::endTime),
                   in::body("title", &UpdateBlockSlot::title)};
};

} // namespace outrigger::api
