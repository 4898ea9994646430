// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/leadtask.h"

#include "core/ownjson.h"

using namespace Qt::StringLiterals;

namespace outrigger {

using namespace ownjson;

namespace {

/// HighLevel keeps whole seconds of some dates.
bool sameMoment(const QDateTime &a, const QDateTime &b)
{
    return a.isValid() == b.isValid() && (!a.isValid() || qAbs(a.msecsTo(b)) < 1000);
}

} // namespace

QJsonObject LeadTask::toJson() const
{
    QJsonObject object;
    put(object, "id"_L1, id.value);
    put(object, "contactId"_L1, contact.value);
    put(object, "title"_L1, title);
    put(object, "body"_L1, body);
    put(object, "user"_L1, user.value);
    put(object, "due"_L1, due);
    object.insert("done"_L1, done);
    return object;
}

LeadTask LeadTask::fromJson(const QJsonObject &object)
{
    LeadTask task;
    task.id = TaskId(text(object, "id"_L1));
    task.contact = ContactId(text(object, "contactId"_L1));
    task.title = text(object, "title"_L1);
    task.body = text(object, "body"_L1);
    task.user = UserId(text(object, "user"_L1));
    task.due = date(object, "due"_L1);
    task.done = object.value("done"_L1).toBool();
    return task;
}

QJsonObject TaskDraft::toJson() const
{
    QJsonObject object;
    put(object, "contactId"_L1, contactId.value);
    put(object, "title"_L1, title);
    put(object, "body"_L1, body);
    put(object, "due"_L1, due);
    put(object, "user"_L1, user.value);
    if (done)
        object.insert("done"_L1, true);
    return object;
}

TaskDraft TaskDraft::fromJson(const QJsonObject &object)
{
    TaskDraft draft;
    draft.contactId = ContactId(text(object, "contactId"_L1));
    draft.title = text(object, "title"_L1);
    draft.body = text(object, "body"_L1);
    draft.due = date(object, "due"_L1);
    draft.user = UserId(text(object, "user"_L1));
    draft.done = object.value("done"_L1).toBool();
    return draft;
}

bool TaskChange::isIn(const LeadTask &task) const
{
    return !remove && (!title || task.title == *title) && (!body || task.body == *body) && (!due || sameMoment(task.due, *due))
        && (!done || task.done == *done) && (!user || task.user == *user);
}

bool TaskChange::collidesWith(const LeadTask &task) const
{
    if (title && task.title != *title && task.title != seen.title)
        return true;
    if (body && task.body != *body && task.body != seen.body)
        return true;
    if (due && !sameMoment(task.due, *due) && !sameMoment(task.due, seen.due))
        return true;
    return user && task.user != *user && task.user != seen.user;
}

void TaskChange::applyTo(LeadTask &task) const
{
    task.title = title.value_or(task.title);
    task.body = body.value_or(task.body);
    task.due = due.value_or(task.due);
    task.done = done.value_or(task.done);
    task.user = user.value_or(task.user);
}

QJsonObject TaskChange::toJson() const
{
    QJsonObject object;
    put(object, "contactId"_L1, contactId.value);
    put(object, "taskId"_L1, taskId.value);
    object.insert("seen"_L1, seen.toJson());
    if (title)
        object.insert("title"_L1, *title);
    if (body)
        object.insert("body"_L1, *body);
    if (due && due->isValid())
        object.insert("due"_L1, due->toMSecsSinceEpoch());
    if (done)
        object.insert("done"_L1, *done);
    if (user)
        object.insert("user"_L1, user->value);
    if (remove)
        object.insert("remove"_L1, true);
    return object;
}

TaskChange TaskChange::fromJson(const QJsonObject &object)
{
    TaskChange change;
    change.contactId = ContactId(text(object, "contactId"_L1));
    change.taskId = TaskId(text(object, "taskId"_L1));
    change.seen = LeadTask::fromJson(object.value("seen"_L1).toObject());
    if (object.contains("title"_L1))
        change.title = text(object, "title"_L1);
    if (object.contains("body"_L1))
        change.body = text(object, "body"_L1);
    if (object.contains("due"_L1))
        change.due = date(object, "due"_L1);
    if (object.contains("done"_L1))
        change.done = object.value("done"_L1).toBool();
    if (object.contains("user"_L1))
        change.user = UserId(text(object, "user"_L1));
    change.remove = object.value("remove"_L1).toBool();
    return change;
}

} // namespace outrigger
