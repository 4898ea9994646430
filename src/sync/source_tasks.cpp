// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/source.h"

#include "api/ops.h"
#include "sync/notelists.h"

// Tasks and notes.
namespace outrigger::sync {

namespace {

Task<Result<TaskPage>> pageOf(Task<Result<api::SearchTasks::Reply>> call)
{
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    TaskPage page;
    page.tasks = std::move(answer->tasks);
    page.received = answer->received;
    page.skipped = answer->skipped;
    co_return page;
}

} // namespace

Task<Result<TaskPage>> Source::tasks(bool done, int skip, int limit, api::Priority priority)
{
    api::SearchTasks operation;
    operation.location = m_location;
    operation.completed = done;
    operation.skip = skip;
    operation.limit = limit;
    return pageOf(m_client->send(operation, priority));
}

Task<Result<TaskPage>> Source::tasksOf(ContactId contact, api::Priority priority)
{
    api::ListTasks operation;
    operation.contact = contact;
    return pageOf(m_client->send(operation, priority));
}

Task<Result<QVector<LeadNote>>> Source::notesOf(ContactId contact, api::Priority priority)
{
    return readNotes(m_client, contact, priority);
}

} // namespace outrigger::sync
