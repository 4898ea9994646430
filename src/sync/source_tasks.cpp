// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/source.h"

#include "api/ops.h"
#include "sync/notelists.h"

// Tasks and notes.
namespace outrigger::sync {

Task<Result<TaskPage>> Source::tasks(bool done, int skip, int limit, api::Priority priority)
{
    api::SearchTasks operation;
    operation.location = m_location;
    operation.completed = done;
    operation.skip = skip;
    operation.limit = limit;
    auto call = m_client->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    TaskPage page;
    page.tasks = std::move(answer->tasks);
    page.received = answer->received;
    page.skipped = answer->skipped;
    co_return page;
}

Task<Result<TaskPage>> Source::tasksOf(ContactId contact, api::Priority priority)
{
    api::ListTasks operation;
    operation.contact = contact;
    auto call = m_client->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    TaskPage page;
    page.tasks = std::move(answer->tasks);
    page.received = answer->received;
    page.skipped = answer->skipped;
    co_return page;
}

Task<Result<QVector<LeadNote>>> Source::notesOf(ContactId contact, api::Priority priority)
{
    return readNotes(m_client, contact, priority);
}

} // namespace outrigger::sync
