// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"
#include "domain/leadnote.h"
#include "domain/leadtask.h"
#include "domain/noteplace.h"
#include "sync/apisent.h"
#include "sync/notelists.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

// Tasks of leads, and notes on them and on their appointments. HighLevel keeps two alike without a word, so what was
// there before is written down (in the record's look) before anything is made: what is there afterwards, says the same
// and was not there before is ours.
namespace outrigger::sync {

namespace {

constexpr QLatin1String beforeKey("before");

template <class Items>
QJsonArray idsOf(const Items &items)
{
    QJsonArray ids;
    for (const auto &item : items)
        ids.append(item.id.value);
    return ids;
}

bool isTask(const LeadTask &task, const TaskDraft &draft)
{
    return task.title.trimmed() == draft.title.trimmed() && task.body.trimmed() == draft.body.trimmed()
        && qAbs(task.due.msecsTo(draft.due)) < 1000 && (draft.user.isEmpty() || task.user == draft.user);
}

bool isNote(const LeadNote &note, const NoteDraft &draft)
{
    return plainNote(note.body) == plainNote(draft.body);
}

/// Ours among what is there now: not there before, and the same words. Empty: not there.
template <class Items, class Draft, class Same>
QString newcomer(const OutboxRecord &record, const Items &items, const Draft &draft, Same same)
{
    if (!record.look.contains(beforeKey)) // nothing has left yet
        return {};
    const QJsonArray before = record.look.value(beforeKey).toArray();
    for (const auto &item : items) {
        if (!before.contains(item.id.value) && same(item, draft))
            return item.id.value;
    }
    return {};
}

tl::unexpected<Error> changedElsewhere(const QJsonObject &theirs)
{
    Error error;
    error.kind = ErrorKind::Invalid;
    error.code = u"changed_elsewhere"_s;
    error.sent = Sent::No;
    error.detail.insert(theirsKey, theirs);
    return fail(std::move(error));
}

/// Gone is what was wanted.
Status unlessGone(Status done) { return !done && done.error().kind == ErrorKind::NotFound ? Status() : done; }

Result<Courier::Delivered> whole(const Status &done)
{
    if (!done)
        return fail(done.error());
    return Courier::Delivered{};
}

/// The first part of making something: what is there already, so that what is made can be told from it. Answers what is to
/// be given back at once; nothing when the request is to leave.
template <class Items, class Draft, class Same>
std::optional<Courier::Delivered> lookFirst(const OutboxRecord &record, const Items &items, const Draft &draft, Same same)
{
    Courier::Delivered delivered;
    const bool first = !record.look.contains(beforeKey);
    delivered.serverId = newcomer(record, items, draft, same);
    delivered.more = first;
    if (first)
        delivered.progress.insert(beforeKey, idsOf(items));
    return first || !delivered.serverId.isEmpty() ? std::optional(delivered) : std::nullopt;
}

bool looksFirst(const OutboxRecord &record) { return !record.look.contains(beforeKey) || record.attempts > 2; }

/// Whether it is there now.
template <class Items, class Draft, class Same>
Courier::Look lookFor(const OutboxRecord &record, const Items &items, const Draft &draft, Same same)
{
    Courier::Look look;
    look.counts = true;
    look.serverId = newcomer(record, items, draft, same);
    look.alreadyThere = !look.serverId.isEmpty();
    return look;
}

// A note lies on a contact or on an appointment: the same three acts, at two places.

Task<Result<LeadNote>> makeNote(api::Client *client, NoteDraft draft)
{
    if (noteplace::appointmentOf(draft.contactId).isEmpty()) {
        api::CreateNote operation;
        operation.contact = draft.contactId;
        operation.body = draft.body;
        operation.user = draft.user;
        operation.color = draft.color;
        if (draft.pinned)
            operation.pinned = true;
        auto call = client->send(operation, api::Priority::Outbox);
        co_return co_await call;
    }
    api::CreateAppointmentNote operation;
    operation.appointment = noteplace::appointmentOf(draft.contactId);
    operation.body = draft.body;
    operation.user = draft.user;
    auto call = client->send(operation, api::Priority::Outbox);
    co_return co_await call;
}

Task<Status> rewriteNote(api::Client *client, NoteChange change)
{
    if (noteplace::appointmentOf(change.contactId).isEmpty()) {
        api::UpdateNote operation;
        operation.contact = change.contactId;
        operation.id = change.noteId;
        if (change.rewrites())
            operation.body = change.body;
        operation.color = change.color;
        operation.pinned = change.pinned;
        return sent(client, operation);
    }
    api::UpdateAppointmentNote operation;
    operation.appointment = noteplace::appointmentOf(change.contactId);
    operation.id = change.noteId;
    operation.body = change.body;
    return sent(client, operation);
}

Task<Status> removeNote(api::Client *client, NoteChange change)
{
    if (noteplace::appointmentOf(change.contactId).isEmpty()) {
        api::DeleteNote operation;
        operation.contact = change.contactId;
        operation.id = change.noteId;
        return sent(client, operation);
    }
    api::DeleteAppointmentNote operation;
    operation.appointment = noteplace::appointmentOf(change.contactId);
    operation.id = change.noteId;
    return sent(client, operation);
}

} // namespace

Task<Result<QVector<LeadTask>>> ApiCourier::tasksOf(ContactId contact)
{
    api::ListTasks operation;
    operation.contact = contact;
    auto call = m_client->send(operation, api::Priority::Outbox);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return std::move(answer->tasks);
}

/// The list first, then the one request: two parts, so that what was there before is durable when the request leaves.
Task<Result<Courier::Delivered>> ApiCourier::addTask(OutboxRecord record)
{
    const TaskDraft draft = TaskDraft::fromJson(record.payload);
    if (looksFirst(record)) {
        auto listing = tasksOf(draft.contactId);
        const auto tasks = co_await listing;
        if (!tasks)
            co_return fail(beforeAnythingLeft(tasks.error()));
        if (const auto there = lookFirst(record, *tasks, draft, isTask))
            co_return *there;
    }
    api::CreateTask operation;
    operation.contact = draft.contactId;
    operation.title = draft.title;
    operation.body = draft.body;
    operation.due = draft.due;
    operation.user = draft.user;
    operation.completed = draft.done;
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    Delivered delivered;
    delivered.serverId = answer->id.value;
    co_return delivered;
}

Task<Result<Courier::Delivered>> ApiCourier::changeTask(OutboxRecord record)
{
    const TaskChange change = TaskChange::fromJson(record.payload);
    if (change.remove) {
        api::DeleteTask operation;
        operation.contact = change.contactId;
        operation.id = change.taskId;
        auto call = sent(m_client, operation);
        const Status done = co_await call;
        co_return whole(unlessGone(done));
    }
    api::GetTask reading;
    reading.contact = change.contactId;
    reading.id = change.taskId;
    auto ask = m_client->send(reading, api::Priority::Outbox);
    const auto theirs = co_await ask;
    if (!theirs)
        co_return fail(beforeAnythingLeft(theirs.error()));
    if (change.isIn(*theirs))
        co_return Delivered{};
    // A colleague was faster. Who tries again has seen that and means it.
    if (change.collidesWith(*theirs) && record.again.isEmpty())
        co_return changedElsewhere(theirs->toJson());
    if (change.onlyDone()) {
        api::CompleteTask operation;
        operation.contact = change.contactId;
        operation.id = change.taskId;
        operation.completed = *change.done;
        auto call = sent(m_client, operation);
        const Status done = co_await call;
        co_return whole(done);
    }
    api::UpdateTask operation;
    operation.contact = change.contactId;
    operation.id = change.taskId;
    operation.title = change.title;
    operation.body = change.body;
    operation.due = change.due.value_or(QDateTime());
    operation.completed = change.done;
    if (change.user)
        operation.user = change.user->value;
    auto call = sent(m_client, operation);
    const Status done = co_await call;
    co_return whole(done);
}

Task<Result<Courier::Delivered>> ApiCourier::addNote(OutboxRecord record)
{
    const NoteDraft draft = NoteDraft::fromJson(record.payload);
    if (looksFirst(record)) {
        auto listing = readNotes(m_client, draft.contactId, api::Priority::Outbox);
        const auto notes = co_await listing;
        if (!notes)
            co_return fail(beforeAnythingLeft(notes.error()));
        if (const auto there = lookFirst(record, *notes, draft, isNote))
            co_return *there;
    }
    auto making = makeNote(m_client, draft);
    const auto answer = co_await making;
    if (!answer)
        co_return fail(answer.error());
    Delivered delivered;
    delivered.serverId = answer->id.value;
    co_return delivered;
}

Task<Result<Courier::Delivered>> ApiCourier::changeNote(OutboxRecord record)
{
    const NoteChange change = NoteChange::fromJson(record.payload);
    if (change.remove) {
        auto call = removeNote(m_client, change);
        const Status done = co_await call;
        co_return whole(unlessGone(done));
    }
    auto ask = readNote(m_client, change, api::Priority::Outbox);
    const auto theirs = co_await ask;
    if (!theirs)
        co_return fail(beforeAnythingLeft(theirs.error()));
    if (change.isIn(*theirs))
        co_return Delivered{};
    if (change.collidesWith(*theirs) && record.again.isEmpty())
        co_return changedElsewhere(QJsonObject{{u"body"_s, theirs->body}, {u"color"_s, theirs->color}, {u"pinned"_s, theirs->pinned}});
    auto call = rewriteNote(m_client, change);
    const Status done = co_await call;
    co_return whole(done);
}

Task<Result<Courier::Delivered>> ApiCourier::deliverTask(OutboxRecord record)
{
    auto job = record.kind == OutboxKind::AddTask ? addTask(record)
        : record.kind == OutboxKind::ChangeTask   ? changeTask(record)
        : record.kind == OutboxKind::AddNote      ? addNote(record)
                                                  : changeNote(record);
    co_return co_await job;
}

// --- look -------------------------------------------------------------------------------------------------------------

Task<Result<Courier::Look>> ApiCourier::lookForTask(OutboxRecord record)
{
    Look look;
    if (record.kind == OutboxKind::AddTask) {
        const TaskDraft draft = TaskDraft::fromJson(record.payload);
        auto listing = tasksOf(draft.contactId);
        const auto tasks = co_await listing;
        if (!tasks)
            co_return fail(tasks.error());
        co_return lookFor(record, *tasks, draft, isTask);
    }
    if (record.kind == OutboxKind::AddNote) {
        const NoteDraft draft = NoteDraft::fromJson(record.payload);
        auto listing = readNotes(m_client, draft.contactId, api::Priority::Outbox);
        const auto notes = co_await listing;
        if (!notes)
            co_return fail(notes.error());
        co_return lookFor(record, *notes, draft, isNote);
    }
    if (record.kind == OutboxKind::ChangeTask) {
        const TaskChange change = TaskChange::fromJson(record.payload);
        api::GetTask operation;
        operation.contact = change.contactId;
        operation.id = change.taskId;
        auto call = m_client->send(operation, api::Priority::Reconcile);
        const auto task = co_await call;
        if (!task && task.error().kind != ErrorKind::NotFound)
            co_return fail(task.error());
        look.counts = true;
        look.alreadyThere = change.remove ? !task.has_value() : task && change.isIn(*task);
        co_return look;
    }
    const NoteChange change = NoteChange::fromJson(record.payload);
    auto call = readNote(m_client, change, api::Priority::Reconcile);
    const auto note = co_await call;
    if (!note && note.error().kind != ErrorKind::NotFound)
        co_return fail(note.error());
    look.counts = true;
    look.alreadyThere = change.remove ? !note.has_value() : note && change.isIn(*note);
    co_return look;
}

} // namespace outrigger::sync
