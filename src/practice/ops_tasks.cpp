// SPDX-License-Identifier: GPL-3.0-or-later
// Tasks of contacts, and all tasks of a location.
#include "practice/answers.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

/// The task of the path, which is /contacts/{}/tasks/{}.
std::optional<Index> taskNamed(const Call &call, Reply &reply)
{
    if (!contactNamed(call, reply))
        return std::nullopt;
    return shelved(call, u"task", call.args[1], reply, call.args[0], 404);
}

QJsonObject taskWhole(const World &world, Index index)
{
    QJsonObject whole = shelfWhole(world, index, "id", false);
    whole.insert(QStringLiteral("contactId"), world.shelf.items[index].owner);
    return whole;
}

QStringList checkTask(const Call &call, bool creating)
{
    QStringList problems = creating ? missing(call, {"title", "dueDate"}) : QStringList();
    const QJsonValue due = call.body[u"dueDate"], completed = call.body[u"completed"], title = call.body[u"title"];
    if (!due.isUndefined() && !QDateTime::fromString(due.toString(), Qt::ISODateWithMs).isValid())
        problems.append(QStringLiteral("dueDate must be a valid ISO 8601 date string"));
    if ((creating || !completed.isUndefined()) && !completed.isBool())
        problems.append(QStringLiteral("completed must be a boolean value"));
    if (!title.isUndefined() && !title.isString())
        problems.append(QStringLiteral("title must be a string"));
    const QString user = call.body[u"assignedTo"].toString();
    if (!user.isEmpty() && call.world.userIndex(user) < 0)
        problems.append(QStringLiteral("assignedTo must be a valid user"));
    return problems;
}

QJsonObject fieldsOf(const QJsonObject &body)
{
    QJsonObject fields = only(body, {"title", "body", "dueDate", "completed", "assignedTo"});
    if (fields.contains(u"dueDate")) // told in UTC, however it came
        fields.insert(QStringLiteral("dueDate"),
                      isoDate(QDateTime::fromString(fields[u"dueDate"].toString(), Qt::ISODateWithMs).toMSecsSinceEpoch()));
    return fields;
}

Reply taskReply(const Call &call, Index index, int status = 200)
{
    return answered(call, "task", taskWhole(call.world, index), status);
}

} // namespace

Reply listTasks(Call &call)
{
    Reply reply;
    const auto contact = contactNamed(call, reply);
    if (!contact)
        return reply;
    QJsonArray all;
    for (const Index i : shelfOf(call.world, u"task", call.world.contacts[*contact].location, call.args[0]))
        all.append(taskWhole(call.world, i));
    return answered(call, "tasks", all);
}

Reply getTask(Call &call)
{
    Reply reply;
    const auto index = taskNamed(call, reply);
    return index ? taskReply(call, *index) : reply;
}

Reply createTask(Call &call)
{
    Reply reply;
    const auto contact = contactNamed(call, reply);
    if (!contact)
        return reply;
    if (const QStringList problems = checkTask(call, true); !problems.isEmpty())
        return invalid(call, problems);
    return taskReply(call, shelve(call, QStringLiteral("task"), call.world.contacts[*contact].location, fieldsOf(call.body), call.args[0]), 201);
}

Reply updateTask(Call &call)
{
    Reply reply;
    const auto index = taskNamed(call, reply);
    if (!index)
        return reply;
    if (const QStringList problems = checkTask(call, false); !problems.isEmpty())
        return invalid(call, problems);
    reshelve(call, *index, fieldsOf(call.body));
    return taskReply(call, *index);
}

Reply completeTask(Call &call)
{
    Reply reply;
    const auto index = taskNamed(call, reply);
    if (!index)
        return reply;
    if (!call.body[u"completed"].isBool())
        return invalid(call, {QStringLiteral("completed must be a boolean value")});
    reshelve(call, *index, only(call.body, {"completed"}));
    return taskReply(call, *index);
}

Reply deleteTask(Call &call)
{
    Reply reply;
    const auto index = taskNamed(call, reply);
    if (!index)
        return reply;
    unshelve(call, *index);
    return success(call, "succeded");
}

Reply searchTasks(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    const QJsonObject &b = call.body;
    const int limit = b[u"limit"].toInt(25), skip = b[u"skip"].toInt(0);
    QStringList problems;
    if (limit < 1 || limit > 100)
        problems.append(QStringLiteral("limit must not be greater than 100"));
    if (skip < 0)
        problems.append(QStringLiteral("skip must not be less than 0"));
    for (const char *key : {"contactId", "assignedTo"}) {
        if (b.contains(QLatin1String(key)) && !b[QLatin1String(key)].isArray())
            problems.append(QLatin1String(key) + QStringLiteral(" must be an array"));
    }
    if (!problems.isEmpty())
        return invalid(call, problems);
    const QStringList contacts = json::texts(b[u"contactId"]), users = json::texts(b[u"assignedTo"]);
    const QString words = b[u"query"].toString();
    QJsonArray all;
    int at = 0;
    for (const Index i : shelfOf(call.world, u"task", *location)) {
        const ShelfItem &item = call.world.shelf.items[i];
        const auto contact = call.world.contact(item.owner);
        const bool fits = contact && (contacts.isEmpty() || contacts.contains(item.owner)) &&
                          (users.isEmpty() || users.contains(item.body[u"assignedTo"].toString())) &&
                          (!b[u"completed"].isBool() || b[u"completed"].toBool() == item.body[u"completed"].toBool()) &&
                          (words.isEmpty() || item.body[u"title"].toString().contains(words, Qt::CaseInsensitive));
        if (!fits || at++ < skip || all.size() >= limit)
            continue;
        QJsonObject whole = taskWhole(call.world, i);
        const Contact &c = call.world.contacts[*contact];
        // The search is another service than the contact's own list, and names the id as its database does.
        if (call.options.dialect != Dialect::Seed)
            whole.insert(QStringLiteral("_id"), whole.take(QStringLiteral("id")));
        whole.insert(QStringLiteral("locationId"), call.args[0]);
        whole.insert(QStringLiteral("dateAdded"), isoDate(item.added));
        whole.insert(QStringLiteral("dateUpdated"), isoDate(item.updated));
        whole.insert(QStringLiteral("contactDetails"), QJsonObject{{QStringLiteral("firstName"), c.first}, {QStringLiteral("lastName"), c.last}});
        all.append(whole);
    }
    return answered(call, "tasks", all);
}

// --- tasks that come again ------------------------------------------------------------------------------------------------

namespace
{

QJsonObject recurring(const World &world, Index index)
{
    const ShelfItem &item = world.shelf.items[index];
    QJsonObject whole = shelfWhole(world, index);
    for (const auto &[from, to] : {std::pair{"owners", "assignedTo"}, std::pair{"contactIds", "contactId"}}) {
        const QJsonArray list = whole.take(QLatin1String(from)).toArray();
        if (!list.isEmpty())
            whole.insert(QLatin1String(to), list.first());
    }
    if (!whole.contains(u"description"))
        whole.insert(QStringLiteral("description"), QString());
    whole.insert(QStringLiteral("createdAt"), isoDate(item.added));
    whole.insert(QStringLiteral("updatedAt"), isoDate(item.updated));
    whole.insert(QStringLiteral("totalOccurrence"), whole[u"rruleOptions"][u"count"].toInt(0));
    whole.insert(QStringLiteral("deleted"), item.deleted);
    whole.remove(QStringLiteral("ignoreTaskCreation"));
    return whole;
}

QStringList checkRule(const Call &call)
{
    const QJsonValue rule = call.body[u"rruleOptions"];
    if (rule.isUndefined())
        return {};
    static const QStringList kinds{QStringLiteral("yearly"), QStringLiteral("monthly"), QStringLiteral("weekly"), QStringLiteral("daily"), QStringLiteral("hourly")};
    QStringList problems;
    if (!kinds.contains(rule[u"intervalType"].toString()))
        problems.append(QStringLiteral("rruleOptions.intervalType must be one of the following values: yearly, monthly, weekly, daily, hourly"));
    if (rule[u"interval"].toInt(0) < 1 || !QDateTime::fromString(rule[u"startDate"].toString(), Qt::ISODateWithMs).isValid() ||
        !rule[u"dueAfterSeconds"].isDouble())
        problems.append(QStringLiteral("rruleOptions should have interval, startDate and dueAfterSeconds"));
    return problems;
}

std::optional<Index> recurringNamed(const Call &call, Reply &reply)
{
    return locationFor(call, call.args[0], reply) ? shelved(call, u"recurringTask", call.args[1], reply) : std::nullopt;
}

constexpr std::initializer_list<const char *> recurringFields{"title", "description", "contactIds", "owners", "rruleOptions", "ignoreTaskCreation"};

} // namespace

Reply createRecurring(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"title", "rruleOptions"}) + checkRule(call); !problems.isEmpty())
        return invalid(call, problems);
    const Index index = shelve(call, QStringLiteral("recurringTask"), *location, only(call.body, recurringFields));
    return answered(call, "recurringTask", recurring(call.world, index), 201);
}

Reply getRecurring(Call &call)
{
    Reply reply;
    const auto index = recurringNamed(call, reply);
    return index ? answered(call, "recurringTask", recurring(call.world, *index)) : reply;
}

Reply updateRecurring(Call &call)
{
    Reply reply;
    const auto index = recurringNamed(call, reply);
    if (!index)
        return reply;
    if (const QStringList problems = checkRule(call); !problems.isEmpty())
        return invalid(call, problems);
    reshelve(call, *index, only(call.body, recurringFields));
    return answered(call, "recurringTask", recurring(call.world, *index));
}

Reply deleteRecurring(Call &call)
{
    Reply reply;
    const auto index = recurringNamed(call, reply);
    if (!index)
        return reply;
    unshelve(call, *index);
    JsonOut out;
    out.object().field("id", call.args[1]).field("success", true).field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
