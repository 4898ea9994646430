// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "domain/leadnote.h"
#include "domain/leadtask.h"
#include "domain/noteplace.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// Tasks and notes of leads: written, changed, removed.
namespace outrigger::sync {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Outbox)
};

tl::unexpected<Error> usage(const QString &sentence) { return fail(ErrorKind::Usage, sentence); }

bool isOnAppointment(const ContactId &place) { return !noteplace::appointmentOf(place).isEmpty(); }

bool untouched(const OutboxRecord &record)
{
    return record.attempts == 0 && (record.state == OutboxState::Queued || record.state == OutboxState::Held);
}

} // namespace

Task<Result<RecordId>> Outbox::Private::submitTask(Account account, TaskDraft draft, SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty())
        co_return usage(Words::tr("There is no account to add this to."));
    if (draft.contactId.isEmpty())
        co_return usage(Words::tr("A task belongs to a lead. Choose one first."));
    if (draft.title.trimmed().isEmpty())
        co_return usage(Words::tr("A task needs words: what is there to do?"));
    if (!draft.due.isValid())
        co_return usage(Words::tr("A task needs a date: HighLevel does not take one without."));
    auto placing = withParent(fresh(account, OutboxKind::AddTask, draft.toJson(), options));
    auto placed = co_await placing;
    if (!placed)
        co_return fail(placed.error());
    auto adding = add(std::move(*placed));
    co_return co_await adding;
}

/// The record that makes what still has a local id: untouched, it can be changed; in HighLevel, its id is known;
/// in between nobody can say.
Task<Result<OutboxRecord>> Outbox::Private::creationOf(QString localId)
{
    auto search = lookUp(RecordId(localId.mid(int(qstrlen("local:")))));
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    if (!*found)
        co_return usage(Words::tr("This does not exist any more."));
    if (!untouched(**found) && (*found)->state != OutboxState::Rejected && idOf(**found).isEmpty())
        co_return usage(Words::tr("HighLevel is just taking this. Change it when that is done, in a moment."));
    co_return **found;
}

/// What waits to be made is made changed; without a draft it is not made at all.
Task<Result<RecordId>> Outbox::Private::makeOtherwise(Account account, OutboxRecord creation, std::optional<QJsonObject> draft, SubmitOptions options)
{
    if (!draft) {
        auto stopping = cancel(creation.id);
        const auto stopped = co_await stopping;
        if (!stopped)
            co_return fail(stopped.error());
        co_return stopped->id;
    }
    auto placing = withParent(fresh(account, creation.kind, *draft, options));
    auto placed = co_await placing;
    if (!placed)
        co_return fail(placed.error());
    auto replacing = addInsteadOf(std::move(*placed), creation.id);
    co_return co_await replacing;
}

Task<Result<RecordId>> Outbox::Private::submitTaskChange(Account account, TaskChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.taskId.isEmpty() || change.isEmpty())
        co_return usage(Words::tr("There is nothing to change."));
    if ((change.title && change.title->trimmed().isEmpty()) || (change.due && !change.due->isValid()))
        co_return usage(Words::tr("A task needs words and a date."));
    if (change.taskId.isLocal()) {
        auto search = creationOf(change.taskId.value);
        const auto creation = co_await search;
        if (!creation)
            co_return fail(creation.error());
        if (idOf(*creation).isEmpty()) {
            TaskDraft draft = TaskDraft::fromJson(creation->payload);
            draft.title = change.title.value_or(draft.title);
            draft.body = change.body.value_or(draft.body);
            draft.due = change.due.value_or(draft.due);
            draft.user = change.user.value_or(draft.user);
            draft.done = change.done.value_or(draft.done);
            auto making = makeOtherwise(account, *creation, change.remove ? std::nullopt : std::optional(draft.toJson()), options);
            co_return co_await making;
        }
        change.taskId = TaskId(idOf(*creation));
    }
    OutboxRecord record = fresh(account, OutboxKind::ChangeTask, change.toJson(), options);
    holdForUndo(record, options);
    auto adding = add(std::move(record));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::submitNote(Account account, NoteDraft draft, SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty())
        co_return usage(Words::tr("There is no account to add this to."));
    if (draft.contactId.isEmpty())
        co_return usage(Words::tr("A note belongs to a lead. Choose one first."));
    if (draft.body.trimmed().isEmpty())
        co_return usage(Words::tr("The note is empty."));
    if (draft.body.size() > longestNote)
        co_return usage(Words::tr("HighLevel takes notes of at most %1 characters; this one has %2. Make two of it.").arg(longestNote).arg(draft.body.size()));
    if (isOnAppointment(draft.contactId) && (!draft.color.isEmpty() || draft.pinned))
        co_return usage(Words::tr("HighLevel keeps a colour and a pin for notes on leads only, not for notes on appointments."));
    auto placing = withParent(fresh(account, OutboxKind::AddNote, draft.toJson(), options));
    auto placed = co_await placing;
    if (!placed)
        co_return fail(placed.error());
    auto adding = add(std::move(*placed));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::submitNoteChange(Account account, NoteChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.noteId.isEmpty() || change.isEmpty())
        co_return usage(Words::tr("There is nothing to change."));
    if (isOnAppointment(change.contactId) && (change.color || change.pinned))
        co_return usage(Words::tr("HighLevel keeps a colour and a pin for notes on leads only, not for notes on appointments."));
    if (change.rewrites() && (change.body.trimmed().isEmpty() || change.body.size() > longestNote))
        co_return usage(Words::tr("A note has between one and %1 characters.").arg(longestNote));
    if (change.noteId.isLocal()) {
        auto search = creationOf(change.noteId.value);
        const auto creation = co_await search;
        if (!creation)
            co_return fail(creation.error());
        if (idOf(*creation).isEmpty()) {
            NoteDraft draft = NoteDraft::fromJson(creation->payload);
            draft.body = change.body;
            draft.color = change.color.value_or(draft.color);
            draft.pinned = change.pinned.value_or(draft.pinned);
            auto making = makeOtherwise(account, *creation, change.remove ? std::nullopt : std::optional(draft.toJson()), options);
            co_return co_await making;
        }
        change.noteId = NoteId(idOf(*creation));
    }
    OutboxRecord record = fresh(account, OutboxKind::ChangeNote, change.toJson(), options);
    holdForUndo(record, options);
    auto adding = add(std::move(record));
    co_return co_await adding;
}

} // namespace outrigger::sync
