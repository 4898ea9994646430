// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/tasksfeed.h"

#include "domain/noteplace.h"

using namespace Qt::StringLiterals;

namespace outrigger::sync {

using api::Priority;

namespace {

constexpr int page = 100;
constexpr int mostOpen = 10'000;
constexpr int mostDone = 500;
constexpr qint64 doneEvery = 30 * 60; // seconds
constexpr qint64 openEvery = 60;      // seconds

bool lacksPermission(const Error &error)
{
    return error.kind == ErrorKind::ScopeMissing || error.kind == ErrorKind::Forbidden;
}

} // namespace

TasksFeed::TasksFeed(FeedContext context, QObject *parent) : Feed(std::move(context), u"tasks"_s, parent) {}

/// The order is not told and tasks may be made meanwhile: what comes twice is taken once.
Task<Result<QVector<LeadTask>>> TasksFeed::search(bool done, int most, bool *whole)
{
    QVector<LeadTask> all;
    QSet<QString> known;
    *whole = false;
    for (int skip = 0; skip < most; skip += page) {
        Source *source = m_context.source;
        auto call = patiently<TaskPage>([source, done, skip] { return source->tasks(done, skip, page, Priority::Background); });
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        const auto before = known.size();
        for (const LeadTask &task : answer->tasks) {
            if (!known.contains(task.id.value)) {
                known.insert(task.id.value);
                all.append(task);
            }
        }
        progress(all.size(), -1);
        if (answer->received < page) {
            *whole = answer->skipped == 0;
            break;
        }
        if (known.size() == before)
            break; // a server that goes in circles
    }
    co_return all;
}

Task<Status> TasksFeed::work(bool full)
{
    const QDateTime now = m_context.clock->now();
    beginCounting(0, -1);
    if (full || !m_doneAt.isValid() || m_doneAt.secsTo(now) > doneEvery) {
        bool whole = false;
        auto reading = search(true, mostDone, &whole);
        auto done = co_await reading;
        if (!done && lacksPermission(done.error()))
            co_return Status{}; // people do without: a lead's own tasks can be read
        if (!done)
            co_return fail(done.error());
        auto write = m_context.cache->putTasks(m_context.location, std::move(*done), {});
        const auto written = co_await write;
        if (!written)
            co_return fail(written.error());
        m_doneAt = now;
    }
    bool whole = false;
    auto reading = search(false, mostOpen, &whole);
    auto open = co_await reading;
    if (!open && lacksPermission(open.error()))
        co_return Status{};
    if (!open)
        co_return fail(open.error());
    store::Cache::TaskWindow window;
    window.whole = whole;
    auto write = m_context.cache->putTasks(m_context.location, std::move(*open), window);
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    setFirstSyncDone(true);
    store::Cursor cursor;
    cursor.feed = area();
    cursor.complete = true;
    cursor.lastSuccess = m_context.clock->now();
    auto mark = m_context.cache->putCursor(m_context.location, cursor);
    co_return co_await mark;
}

Task<Status> TasksFeed::open(ContactId contact)
{
    const QDateTime now = m_context.clock->now();
    const QDateTime last = m_opened.value(contact);
    if (contact.isEmpty() || contact.isLocal() || (last.isValid() && last.secsTo(now) < openEvery))
        co_return Status{};
    Source *source = m_context.source;
    Result<TaskPage> tasks;
    if (noteplace::appointmentOf(contact).isEmpty()) { // an appointment has notes only
        auto askTasks = source->tasksOf(contact, Priority::Visible);
        tasks = co_await askTasks;
    }
    if (tasks && noteplace::appointmentOf(contact).isEmpty()) {
        store::Cache::TaskWindow window;
        window.contact = contact;
        window.whole = tasks->skipped == 0;
        for (LeadTask &task : tasks->tasks)
            task.contact = contact;
        auto write = m_context.cache->putTasks(m_context.location, std::move(tasks->tasks), window);
        const auto written = co_await write;
        if (!written)
            co_return fail(written.error());
    }
    auto askNotes = source->notesOf(contact, Priority::Visible);
    auto notes = co_await askNotes;
    if (!notes)
        co_return fail(notes.error());
    auto write = m_context.cache->putNotes(m_context.location, contact, std::move(*notes));
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    if (!tasks)
        co_return fail(tasks.error());
    m_opened.insert(contact, now); // what failed or was left is asked again at the next look
    co_return Status{};
}

} // namespace outrigger::sync
