// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands_leads.h"
#include "cli/sending.h"

#include "core/clock.h"
#include "domain/taskentry.h"
#include "domain/whenwhere.h"
#include "sync/outbox.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// Tasks of leads.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QJsonObject toJson(const TaskRow &row)
{
    const LeadTask &task = row.task;
    return {{u"id"_s, task.id.isLocal() ? QString() : task.id.value},
            {u"contactId"_s, task.contact.value},
            {u"contact"_s, row.contactName},
            {u"title"_s, task.title},
            {u"body"_s, task.body},
            {u"userId"_s, task.user.value},
            {u"due"_s, task.due.isValid() ? QJsonValue(cli::toJson(task.due)) : QJsonValue()},
            {u"done"_s, task.done},
            {u"recordId"_s, row.record},
            {u"recordState"_s, row.recordState}};
}

/// The location's clock; this computer's when it is not known.
Task<QTimeZone> zoneHere(ContextPtr context, Account account)
{
    auto load = context->engine->cache().reference(account.location);
    const auto data = co_await load;
    const QTimeZone zone(data && data->location ? data->location->timezone.toLatin1() : QByteArray());
    co_return zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

/// One task of the local copy; read from HighLevel first when it is not here.
Task<Result<TaskRow>> taskNamed(ContextPtr context, Account account)
{
    const QString id = context->arguments.words.constFirst();
    for (int look = 0; look < 2; ++look) {
        if (look == 1) {
            auto pull = context->engine->syncNow({u"tasks"_s}, true);
            co_await pull;
        }
        auto load = context->engine->cache().tasks(account.location);
        const auto rows = co_await load;
        if (!rows)
            co_return fail(rows.error());
        for (const TaskRow &row : *rows) {
            if (row.task.id.value == id || (!row.record.isEmpty() && row.record == id))
                co_return row;
        }
    }
    co_return fail(ErrorKind::NotFound, Words::tr("There is no task with this id. \"outrigger-cli task list --refresh\" shows them."));
}

Task<int> submitChange(ContextPtr context, Account account, TaskChange change, QString verb, QString path, QJsonObject body)
{
    if (context->arguments.dryRun)
        co_return dryRun(context, {request(verb, path, body)});
    auto submit = context->engine->outbox().submitTaskChange(account, change, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

Result<QDateTime> dueOf(const QString &text)
{
    const QDateTime at = QDateTime::fromString(text, Qt::ISODate);
    if (!at.isValid() || at.timeSpec() == Qt::LocalTime)
        return fail(ErrorKind::Usage, Words::tr("--due needs a time with its offset, such as 2026-12-01T09:00:00-05:00."));
    return at.toUTC();
}

TaskChange changeOf(const TaskRow &row)
{
    TaskChange change;
    change.contactId = row.task.contact;
    change.taskId = row.task.id;
    change.seen = row.task;
    return change;
}

QString pathOf(const TaskRow &row)
{
    return u"/contacts/%1/tasks/%2"_s.arg(row.task.contact.value, row.task.id.value);
}

} // namespace

Task<int> taskList(ContextPtr context, Account account)
{
    const Arguments &given = context->arguments;
    ContactId only;
    if (given.has("contact")) {
        auto find = contactFor(context, account, given.value("contact"));
        const auto contact = co_await find;
        if (!contact)
            co_return context->output->failure(contact.error());
        only = contact->id;
    }
    if (given.has("refresh")) {
        auto pull = context->engine->syncNow({u"users"_s, u"tasks"_s}, true);
        const Status pulled = co_await pull;
        if (!pulled)
            co_return context->output->failure(pulled.error());
    }
    if (!only.isEmpty() && given.has("refresh")) {
        auto pull = context->engine->refreshLead(only);
        const Status pulled = co_await pull;
        if (!pulled)
            co_return context->output->failure(pulled.error());
    }
    auto load = only.isEmpty() ? context->engine->cache().tasks(account.location) : context->engine->cache().tasksOf(account.location, only);
    const auto found = co_await load;
    if (!found)
        co_return context->output->failure(found.error());
    auto asking = zoneHere(context, account);
    const QTimeZone zone = co_await asking;
    const QDateTime now = Clock::system().now();
    QJsonArray array;
    QVector<QStringList> rows;
    for (const TaskRow &row : *found) {
        if ((row.task.done && !given.has("all")) || (given.has("mine") && row.task.user != account.me && !row.task.user.isEmpty()))
            continue;
        array.append(toJson(row));
        rows.append({row.task.id.isLocal() ? row.record : row.task.id.value, taskentry::groupName(taskentry::groupOf(row.task, now, zone)),
                     taskentry::dueWords(row.task.due, now, zone), row.contactName, row.task.title});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("Nothing to do.") : columns(rows));
    co_return Done;
}

Task<int> taskAdd(ContextPtr context, Account account)
{
    const Arguments &given = context->arguments;
    if (given.value("contact").isEmpty())
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("A task belongs to a contact: give --contact."));
    auto find = contactFor(context, account, given.value("contact"));
    const auto contact = co_await find;
    if (!contact)
        co_return context->output->failure(contact.error());
    auto asking = zoneHere(context, account);
    const QTimeZone mine = co_await asking;
    const QTimeZone theirs = leadZone(*contact, QString::fromLatin1(mine.id())).zone;
    const auto entry = taskentry::parse(given.words.join(u' '), Clock::system().now(), mine, theirs);
    TaskDraft draft;
    draft.contactId = contact->id;
    draft.title = entry.title;
    draft.due = entry.due;
    draft.body = given.value("text");
    draft.user = given.has("user") ? UserId(given.value("user")) : account.me;
    if (given.has("due")) {
        const auto due = dueOf(given.value("due"));
        if (!due)
            co_return context->output->failure(due.error());
        draft.due = *due;
        draft.title = given.words.join(u' ');
    }
    if (given.dryRun)
        co_return dryRun(context, {request(u"POST"_s, u"/contacts/%1/tasks"_s.arg(draft.contactId.value),
                                           {{u"title"_s, draft.title}, {u"dueDate"_s, cli::toJson(draft.due)}, {u"completed"_s, false},
                                            {u"body"_s, draft.body}, {u"assignedTo"_s, draft.user.value}})});
    auto submit = context->engine->outbox().submitTask(account, draft, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

Task<int> taskGet(ContextPtr context, Account account)
{
    auto find = taskNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    auto asking = zoneHere(context, account);
    const QTimeZone zone = co_await asking;
    const QDateTime now = Clock::system().now();
    context->output->answer(toJson(*row), columns({{Words::tr("title"), row->task.title},
                                                   {Words::tr("lead"), row->contactName},
                                                   {Words::tr("due"), taskentry::dueWords(row->task.due, now, zone)},
                                                   {Words::tr("done"), row->task.done ? Words::tr("yes") : Words::tr("no")},
                                                   {Words::tr("text"), row->task.body.simplified()}}));
    co_return Done;
}

Task<int> taskSet(ContextPtr context, Account account)
{
    const Arguments &given = context->arguments;
    auto find = taskNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    TaskChange change = changeOf(*row);
    QJsonObject body;
    if (given.has("title")) {
        change.title = given.value("title").trimmed();
        if (change.title->isEmpty())
            co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("A task needs a title."));
        body.insert(u"title"_s, *change.title);
    }
    if (given.has("text")) {
        change.body = given.value("text");
        body.insert(u"body"_s, *change.body);
    }
    if (given.has("due")) {
        const auto due = dueOf(given.value("due"));
        if (!due)
            co_return context->output->failure(due.error());
        change.due = *due;
        body.insert(u"dueDate"_s, cli::toJson(*change.due));
    }
    if (given.has("user")) {
        change.user = given.value("user") == "none"_L1 ? UserId() : UserId(given.value("user"));
        body.insert(u"assignedTo"_s, change.user->value);
    }
    if (change.isEmpty())
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Say what to change: --title, --due, --text or --user."));
    auto submitting = submitChange(context, account, change, u"PUT"_s, pathOf(*row), body);
    co_return co_await submitting;
}

Task<int> taskDone(ContextPtr context, Account account)
{
    auto find = taskNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    const bool done = !context->arguments.has("not");
    TaskChange change = changeOf(*row);
    change.done = done;
    auto submitting = submitChange(context, account, change, u"PUT"_s, pathOf(*row) + u"/completed"_s, {{u"completed"_s, done}});
    co_return co_await submitting;
}

Task<int> taskRemove(ContextPtr context, Account account)
{
    auto find = taskNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    TaskChange change = changeOf(*row);
    change.remove = true;
    auto submitting = submitChange(context, account, change, u"DELETE"_s, pathOf(*row), {});
    co_return co_await submitting;
}

} // namespace outrigger::cli
