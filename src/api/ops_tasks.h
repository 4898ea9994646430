// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/replies.h"
#include "domain/leadnote.h"
#include "domain/leadtask.h"

/// Tasks and notes of contacts. Source: contacts.json, and locations.json for the search; API-NOTES 4.5.
namespace outrigger::api {

struct TaskList {
    QVector<LeadTask> tasks;
    int received = 0; ///< with those that could not be read: a short page is the last one
    int skipped = 0;
};
struct NoteList {
    QVector<LeadNote> notes;
    bool more = false; ///< there is another page (of an appointment's)
    int skipped = 0;
};
template <>
struct Decode<LeadTask> {
    static Result<LeadTask> from(const QJsonValue &value);
};
template <>
struct Decode<TaskList> {
    static Result<TaskList> from(const QJsonValue &value);
};
template <>
struct Decode<LeadNote> {
    static Result<LeadNote> from(const QJsonValue &value);
};
template <>
struct Decode<NoteList> {
    static Result<NoteList> from(const QJsonValue &value);
};

/// No pages.
struct ListTasks {
    ContactId contact{};

    using Reply = TaskList;
    static constexpr Op op{"get-all-tasks", Verb::Get, Api::Contacts, "/contacts/{contactId}/tasks", "contacts.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &ListTasks::contact)};
};

struct GetTask {
    ContactId contact{};
    TaskId id{};

    using Reply = LeadTask;
    static constexpr Op op{"get-task", Verb::Get, Api::Contacts, "/contacts/{contactId}/tasks/{taskId}", "contacts.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &GetTask::contact), in::path("taskId", &GetTask::id)};
    static constexpr auto unwrap = keys("task");
};

struct CreateTask {
    ContactId contact{};
    QString title{};
    QDateTime due{};
    bool completed = false; ///< the service insists on it
    QString body{};
    UserId user{};

    using Reply = LeadTask;
    static constexpr Op op{"create-task", Verb::Post, Api::Contacts, "/contacts/{contactId}/tasks", "contacts.write", Repeat::Never};
    static constexpr auto params =
        std::tuple{in::path("contactId", &CreateTask::contact), in::body("title", &CreateTask::title, Need::Required),
                   in::body("dueDate", &CreateTask::due, Need::Required), in::body("completed", &CreateTask::completed, Need::Required),
                   in::body("body", &CreateTask::body), in::body("assignedTo", &CreateTask::user)};
    static constexpr auto unwrap = keys("task");
};

/// What is absent stays.
struct UpdateTask {
    ContactId contact{};
    TaskId id{};
    std::optional<QString> title{};
    std::optional<QString> body{};
    QDateTime due{};
    std::optional<bool> completed{};
    std::optional<QString> user{}; ///< empty: nobody

    using Reply = LeadTask;
    static constexpr Op op{"update-task", Verb::Put, Api::Contacts, "/contacts/{contactId}/tasks/{taskId}", "contacts.write", Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("contactId", &UpdateTask::contact), in::path("taskId", &UpdateTask::id), in::body("title", &UpdateTask::title),
                   in::body("body", &UpdateTask::body), in::body("dueDate", &UpdateTask::due), in::body("completed", &UpdateTask::completed),
                   in::body("assignedTo", &UpdateTask::user)};
    static constexpr auto unwrap = keys("task");
};

struct CompleteTask {
    ContactId contact{};
    TaskId id{};
    bool completed = true;

    using Reply = LeadTask;
    static constexpr Op op{"update-task-completed", Verb::Put,        Api::Contacts, "/contacts/{contactId}/tasks/{taskId}/completed",
                           "contacts.write",        Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &CompleteTask::contact), in::path("taskId", &CompleteTask::id),
                                              in::body("completed", &CompleteTask::completed, Need::Required)};
    static constexpr auto unwrap = keys("task");
};

struct DeleteTask {
    ContactId contact{};
    TaskId id{};

    using Reply = Done;
    static constexpr Op op{"delete-task", Verb::Delete, Api::Contacts, "/contacts/{contactId}/tasks/{taskId}", "contacts.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &DeleteTask::contact), in::path("taskId", &DeleteTask::id)};
};

/// All tasks of a location, in no order that is told; no total, no filter by date.
struct SearchTasks {
    LocationId location{};
    std::optional<bool> completed{};
    QStringList users{};
    int limit = 100;
    int skip = 0;

    using Reply = TaskList;
    static constexpr Op op{"task-search", Verb::Post, Api::Locations, "/locations/{locationId}/tasks/search", "locations/tasks.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("locationId", &SearchTasks::location), in::body("completed", &SearchTasks::completed),
                                              in::body("assignedTo", &SearchTasks::users), in::body("limit", &SearchTasks::limit),
                                              in::body("skip", &SearchTasks::skip)};
};

/// No pages and no bulk form: one call for each contact (docs issue 173).
struct ListNotes {
    ContactId contact{};

    using Reply = NoteList;
    static constexpr Op op{"get-all-notes", Verb::Get, Api::Contacts, "/contacts/{contactId}/notes", "contacts.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &ListNotes::contact)};
};

struct GetNote {
    ContactId contact{};
    NoteId id{};

    using Reply = LeadNote;
    static constexpr Op op{"get-note", Verb::Get, Api::Contacts, "/contacts/{contactId}/notes/{id}", "contacts.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &GetNote::contact), in::path("id", &GetNote::id)};
    static constexpr auto unwrap = keys("note");
};

struct CreateNote {
    ContactId contact{};
    QString body{};
    UserId user{};
    QString color{};
    std::optional<bool> pinned{};

    using Reply = LeadNote;
    static constexpr Op op{"create-note", Verb::Post, Api::Contacts, "/contacts/{contactId}/notes", "contacts.write", Repeat::Never};
    static constexpr auto params = std::tuple{in::path("contactId", &CreateNote::contact), in::body("body", &CreateNote::body, Need::Required),
                                              in::body("userId", &CreateNote::user), in::body("color", &CreateNote::color),
                                              in::body("pinned", &CreateNote::pinned)};
    static constexpr auto unwrap = keys("note");
};

/// What is absent stays; an empty colour is none.
struct UpdateNote {
    ContactId contact{};
    NoteId id{};
    std::optional<QString> body{};
    std::optional<QString> color{};
    std::optional<bool> pinned{};

    using Reply = LeadNote;
    static constexpr Op op{"update-note", Verb::Put, Api::Contacts, "/contacts/{contactId}/notes/{id}", "contacts.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &UpdateNote::contact), in::path("id", &UpdateNote::id),
                                              in::body("body", &UpdateNote::body), in::body("color", &UpdateNote::color),
                                              in::body("pinned", &UpdateNote::pinned)};
    static constexpr auto unwrap = keys("note");
};

struct DeleteNote {
    ContactId contact{};
    NoteId id{};

    using Reply = Done;
    static constexpr Op op{"delete-note", Verb::Delete, Api::Contacts, "/contacts/{contactId}/notes/{id}", "contacts.write", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("contactId", &DeleteNote::contact), in::path("id", &DeleteNote::id)};
};

/// Newest first, at most 20 a page. Source: calendars.json.
struct ListAppointmentNotes {
    AppointmentId appointment{};
    int limit = 20;
    int offset = 0;

    using Reply = NoteList;
    static constexpr Op op{"get-appointment-notes", Verb::Get,   Api::Calendars, "/calendars/appointments/{appointmentId}/notes",
                           "calendars/events.readonly", Repeat::Safe};
    static constexpr auto params = std::tuple{in::path("appointmentId", &ListAppointmentNotes::appointment),
                                              in::query("limit", &ListAppointmentNotes::limit, Need::Required),
                                              in::query("offset", &ListAppointmentNotes::offset, Need::Required)};
};

struct CreateAppointmentNote {
    AppointmentId appointment{};
    QString body{};
    UserId user{};

    using Reply = LeadNote;
    static constexpr Op op{"create-appointment-note", Verb::Post,   Api::Calendars, "/calendars/appointments/{appointmentId}/notes",
                           "calendars/events.write",  Repeat::Never};
    static constexpr auto params =
        std::tuple{in::path("appointmentId", &CreateAppointmentNote::appointment), in::body("body", &CreateAppointmentNote::body, Need::Required),
                   in::body("userId", &CreateAppointmentNote::user)};
    static constexpr auto unwrap = keys("note");
};

struct UpdateAppointmentNote {
    AppointmentId appointment{};
    NoteId id{};
    QString body{};

    using Reply = LeadNote;
    static constexpr Op op{"update-appointment-note", Verb::Put,    Api::Calendars, "/calendars/appointments/{appointmentId}/notes/{noteId}",
                           "calendars/events.write",  Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("appointmentId", &UpdateAppointmentNote::appointment), in::path("noteId", &UpdateAppointmentNote::id),
                   in::body("body", &UpdateAppointmentNote::body, Need::Required)};
    static constexpr auto unwrap = keys("note");
};

struct DeleteAppointmentNote {
    AppointmentId appointment{};
    NoteId id{};

    using Reply = Done;
    static constexpr Op op{"delete-appointment-note", Verb::Delete, Api::Calendars, "/calendars/appointments/{appointmentId}/notes/{noteId}",
                           "calendars/events.write",  Repeat::Safe};
    static constexpr auto params =
        std::tuple{in::path("appointmentId", &DeleteAppointmentNote::appointment), in::path("noteId", &DeleteAppointmentNote::id)};
};

} // namespace outrigger::api
