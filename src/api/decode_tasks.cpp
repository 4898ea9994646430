// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/ops_tasks.h"
#include "api/words.h"
#include "core/json.h"
#include "domain/notecolour.h"

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

constexpr int longestTitle = 1'000;
constexpr int longestBody = 20'000;

/// The contact's own list says "id", the location's search "_id".
std::optional<LeadTask> readTask(const QJsonObject &o)
{
    LeadTask task;
    task.id = TaskId(json::text(json::first(o, {u"id", u"_id"})));
    if (task.id.isEmpty() || json::boolean(o.value("deleted"_L1)).value_or(false))
        return std::nullopt;
    task.contact = ContactId(json::text(o.value("contactId"_L1)));
    task.title = json::text(o.value("title"_L1)).left(longestTitle);
    task.body = json::text(o.value("body"_L1)).left(longestBody);
    task.user = UserId(json::text(o.value("assignedTo"_L1)));
    task.due = json::date(o.value("dueDate"_L1));
    task.done = json::boolean(o.value("completed"_L1)).value_or(false);
    task.dateAdded = json::date(json::first(o, {u"dateAdded", u"createdAt"}));
    task.dateUpdated = json::date(json::first(o, {u"dateUpdated", u"updatedAt"}));
    return task;
}

std::optional<LeadNote> readNote(const QJsonObject &o)
{
    LeadNote note;
    note.id = NoteId(json::text(json::first(o, {u"id", u"_id"})));
    if (note.id.isEmpty())
        return std::nullopt;
    note.contact = ContactId(json::text(o.value("contactId"_L1)));
    note.body = json::text(o.value("body"_L1)).left(longestBody);
    note.title = json::text(o.value("title"_L1)).left(longestTitle);
    note.user = UserId(json::text(o.value("userId"_L1)));
    note.pinned = json::boolean(o.value("pinned"_L1)).value_or(false);
    note.color = notecolour::tidy(json::text(o.value("color"_L1)));
    note.dateAdded = json::date(json::first(o, {u"dateAdded", u"createdAt"}));
    return note;
}

} // namespace

Result<LeadTask> Decode<LeadTask>::from(const QJsonValue &value)
{
    auto task = readTask(value.toObject());
    if (!task)
        return fail(wire::badReply(Words::tr("the task's id")));
    return std::move(*task);
}

Result<TaskList> Decode<TaskList>::from(const QJsonValue &value)
{
    const QJsonValue items = value.isArray() ? value : value.toObject().value("tasks"_L1);
    TaskList answer;
    auto tasks = wire::list<LeadTask>(items, &readTask, &answer.skipped, Words::tr("the list of tasks"));
    if (!tasks)
        return fail(tasks.error());
    answer.tasks = std::move(*tasks);
    answer.received = static_cast<int>(items.toArray().size());
    return answer;
}

Result<LeadNote> Decode<LeadNote>::from(const QJsonValue &value)
{
    auto note = readNote(value.toObject());
    if (!note)
        return fail(wire::badReply(Words::tr("the note's id")));
    return std::move(*note);
}

Result<NoteList> Decode<NoteList>::from(const QJsonValue &value)
{
    const QJsonValue items = value.isArray() ? value : value.toObject().value("notes"_L1);
    NoteList answer;
    auto notes = wire::list<LeadNote>(items, &readNote, &answer.skipped, Words::tr("the list of notes"));
    if (!notes)
        return fail(notes.error());
    answer.notes = std::move(*notes);
    answer.more = json::boolean(value.toObject().value("hasMore"_L1)).value_or(false);
    return answer;
}

} // namespace outrigger::api
