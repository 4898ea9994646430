// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/work.h"

#include "models/desk.h"
#include "models/words.h"
#include "sync/engine.h"

using namespace Qt::StringLiterals;

// Tasks and notes of leads.
namespace outrigger::gui {

namespace {

/// The same change the other way round.
TaskChange reversed(const TaskRow &row, const TaskChange &change)
{
    TaskChange back;
    if (change.title)
        back.title = row.task.title;
    if (change.body)
        back.body = row.task.body;
    if (change.due && row.task.due.isValid())
        back.due = row.task.due;
    if (change.done)
        back.done = row.task.done;
    if (change.user)
        back.user = row.task.user;
    return back;
}

NoteChange reversed(const NoteRow &row, const NoteChange &change)
{
    NoteChange back;
    back.body = row.note.body;
    if (change.color)
        back.color = row.note.color;
    if (change.pinned)
        back.pinned = row.note.pinned;
    return back;
}

QString wordsFor(const NoteChange &change)
{
    if (change.remove)
        return Work::tr("Note removed");
    if (change.rewrites() || (!change.pinned && !change.color))
        return Work::tr("Note changed");
    if (change.pinned)
        return *change.pinned ? Work::tr("Note pinned: it stands above the others") : Work::tr("Note not pinned any more");
    return change.color->isEmpty() ? Work::tr("The note has no colour any more") : Work::tr("The note has another colour");
}

} // namespace

UserId Work::me() const
{
    const auto account = m_engine->account();
    return account ? account->me : UserId();
}

void Work::addTask(const TaskDraft &draft, Sent answer)
{
    m_tasks.start(doAddTask(this, draft, std::move(answer)));
}

Task<void> Work::doAddTask(Work *self, TaskDraft draft, Sent answer)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitTask(*account, draft, {});
    const auto submitted = co_await submitting;
    if (answer)
        answer(submitted);
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    self->say(tr("Task added: %1").arg(models::words::oneLine(draft.title, 60)), tr("Undo"), [self, draft, id = *submitted] {
        TaskRow row;
        row.task.id = TaskId::local(id.value);
        row.task.contact = draft.contactId;
        row.task.title = draft.title;
        self->removeTask(row);
    });
}

void Work::changeTask(const TaskRow &row, TaskChange change, const QString &words)
{
    change.contactId = row.task.contact;
    change.taskId = row.task.id;
    change.seen = row.task;
    m_tasks.start(doChangeTask(this, row, change, words));
}

void Work::completeTask(const TaskRow &row, bool done)
{
    TaskChange change;
    change.done = done;
    changeTask(row, change, done ? tr("Done: %1").arg(models::words::oneLine(row.task.title, 60)) : tr("Not done: %1").arg(models::words::oneLine(row.task.title, 60)));
}

/// At once, and undone by the opposite: what somebody ticks should be ticked for everybody.
Task<void> Work::doChangeTask(Work *self, TaskRow row, TaskChange change, QString words)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    sync::Outbox::SubmitOptions options;
    options.undoable = false;
    auto submitting = self->m_engine->outbox().submitTaskChange(*account, change, options);
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    if (words.isEmpty())
        co_return;
    TaskRow after = row;
    change.applyTo(after.task);
    if (row.task.id.isLocal()) // made changed: it is another record by now
        after.task.id = TaskId::local(submitted->value);
    const TaskChange back = reversed(row, change);
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, after, back] { self->changeTask(after, back, {}); };
    entry.redo = [self, row, change] { self->changeTask(row, change, {}); };
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::removeTask(const TaskRow &row)
{
    TaskChange change;
    change.contactId = row.task.contact;
    change.taskId = row.task.id;
    change.seen = row.task;
    change.remove = true;
    m_tasks.start(doRemoveTask(this, change));
}

/// Held for undo: a removal cannot be taken back afterwards.
Task<void> Work::doRemoveTask(Work *self, TaskChange change)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitTaskChange(*account, change, {});
    const auto submitted = co_await submitting;
    const QString words = tr("Task removed: %1").arg(models::words::oneLine(change.seen.title, 60));
    if (!submitted)
        self->sayError(submitted.error());
    else if (change.taskId.isLocal())
        self->say(words);
    else
        self->say(words, tr("Undo"), [self, id = *submitted] { self->dropRecord(id); });
}

void Work::addNote(const NoteDraft &draft, Sent answer)
{
    m_tasks.start(doAddNote(this, draft, std::move(answer)));
}

Task<void> Work::doAddNote(Work *self, NoteDraft draft, Sent answer)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    if (draft.user.isEmpty())
        draft.user = account->me;
    auto submitting = self->m_engine->outbox().submitNote(*account, draft, {});
    const auto submitted = co_await submitting;
    if (answer)
        answer(submitted);
    if (!submitted)
        self->sayError(submitted.error());
}

void Work::changeNote(const NoteRow &row, NoteChange change, Sent answer)
{
    change.contactId = row.note.contact;
    change.noteId = row.note.id;
    change.seen = row.note.body;
    m_tasks.start(doChangeNote(this, row, change, std::move(answer)));
}

void Work::removeNote(const NoteRow &row)
{
    NoteChange change;
    change.remove = true;
    changeNote(row, change, {});
}

Task<void> Work::doChangeNote(Work *self, NoteRow row, NoteChange change, Sent answer)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitNoteChange(*account, change, {});
    const auto submitted = co_await submitting;
    if (answer)
        answer(submitted);
    const QString words = wordsFor(change);
    if (!submitted) {
        self->sayError(submitted.error());
    } else if (!change.noteId.isLocal()) {
        self->say(words, tr("Undo"), [self, id = *submitted] { self->dropRecord(id); });
    } else if (change.remove) {
        self->say(words);
    } else { // it waits to be made and is made changed: the record is the whole note, so it is changed back
        NoteRow after = row;
        after.note.id = NoteId::local(submitted->value);
        change.applyTo(after.note);
        self->say(words, tr("Undo"), [self, after, back = reversed(row, change)] { self->changeNote(after, back, {}); });
    }
}

/// What a colleague has changed meanwhile is never overwritten unasked: both texts stay, and a person says which.
void Work::onTask(const OutboxRecord &record)
{
    if (record.state == OutboxState::Uncertain)
        say(record.reason);
    if (record.state != OutboxState::Rejected)
        return;
    const bool conflict = record.reasonCode == "changed_elsewhere"_L1;
    if (conflict && record.kind == OutboxKind::ChangeNote) {
        const auto change = NoteChange::fromJson(record.payload);
        say(record.reason, tr("Add mine as a note"), [this, change, id = record.id] {
            NoteDraft draft;
            draft.contactId = change.contactId;
            draft.body = change.body;
            addNote(draft, [this, id](const Result<RecordId> &added) {
                if (added)
                    dropRecord(id);
            });
        });
        return;
    }
    say(record.reason, conflict ? tr("Use mine") : QString(), conflict ? std::function<void()>([this, id = record.id] { retry(id); }) : std::function<void()>());
}

} // namespace outrigger::gui
