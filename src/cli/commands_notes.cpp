// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands_leads.h"
#include "cli/sending.h"
#include "domain/leadnote.h"
#include "store/cache.h"
#include "sync/outbox.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

// Notes of leads.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QJsonObject toJson(const NoteRow &row)
{
    return {{u"id"_s, row.note.id.isLocal() ? QString() : row.note.id.value},
            {u"contactId"_s, row.note.contact.value},
            {u"body"_s, row.note.body},
            {u"text"_s, plainNote(row.note.body)},
            {u"userId"_s, row.note.user.value},
            {u"pinned"_s, row.note.pinned},
            {u"added"_s, row.note.dateAdded.isValid() ? QJsonValue(cli::toJson(row.note.dateAdded)) : QJsonValue()},
            {u"recordId"_s, row.record},
            {u"recordState"_s, row.recordState}};
}

/// A contact's notes, as HighLevel has them now when it can be reached.
Task<Result<QVector<NoteRow>>> notesOf(ContextPtr context, Account account, ContactId contact)
{
    auto pull = context->engine->refreshLead(contact);
    const Status pulled = co_await pull;
    auto load = context->engine->cache().notesOf(account.location, contact);
    auto rows = co_await load;
    if (rows && rows->isEmpty() && !pulled)
        co_return fail(pulled.error());
    co_return rows;
}

Task<Result<Contact>> contactGiven(ContextPtr context, Account account)
{
    if (context->arguments.value("contact").isEmpty())
        co_return fail(ErrorKind::Usage, Words::tr("A note belongs to a contact: give --contact."));
    auto find = contactFor(context, account, context->arguments.value("contact"));
    co_return co_await find;
}

/// The note whose id is the first word, of the contact after --contact.
Task<Result<NoteRow>> noteNamed(ContextPtr context, Account account)
{
    auto find = contactGiven(context, account);
    const auto contact = co_await find;
    if (!contact)
        co_return fail(contact.error());
    auto load = notesOf(context, account, contact->id);
    const auto notes = co_await load;
    if (!notes)
        co_return fail(notes.error());
    const QString id = context->arguments.words.constFirst();
    const auto row = std::find_if(notes->begin(), notes->end(), [&id](const NoteRow &one) { return one.note.id.value == id; });
    if (row == notes->end())
        co_return fail(ErrorKind::NotFound, Words::tr("This contact has no note with this id. \"outrigger-cli note list\" shows them."));
    co_return *row;
}

NoteChange changeOf(const NoteRow &row)
{
    NoteChange change;
    change.contactId = row.note.contact;
    change.noteId = row.note.id;
    change.seen = change.body = row.note.body;
    return change;
}

Task<int> submitChange(ContextPtr context, Account account, NoteChange change, QString verb, QJsonObject body)
{
    if (context->arguments.dryRun)
        co_return dryRun(context, {request(verb, u"/contacts/%1/notes/%2"_s.arg(change.contactId.value, change.noteId.value), body)});
    auto submit = context->engine->outbox().submitNoteChange(account, change, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

} // namespace

Task<int> noteList(ContextPtr context)
{
    const auto account = accountOf(context);
    if (!account)
        co_return context->output->failure(account.error());
    auto find = contactGiven(context, *account);
    const auto contact = co_await find;
    if (!contact)
        co_return context->output->failure(contact.error());
    auto load = notesOf(context, *account, contact->id);
    const auto notes = co_await load;
    if (!notes)
        co_return context->output->failure(notes.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const NoteRow &row : *notes) {
        array.append(toJson(row));
        rows.append({row.note.id.isLocal() ? row.record : row.note.id.value, row.note.dateAdded.toLocalTime().toString(u"yyyy-MM-dd"_s),
                     plainNote(row.note.body).simplified().left(200)});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("No notes.") : columns(rows));
    co_return Done;
}

Task<int> noteAdd(ContextPtr context)
{
    const auto account = accountOf(context);
    if (!account)
        co_return context->output->failure(account.error());
    auto find = contactGiven(context, *account);
    const auto contact = co_await find;
    if (!contact)
        co_return context->output->failure(contact.error());
    NoteDraft draft;
    draft.contactId = contact->id;
    draft.body = context->arguments.words.join(u' ');
    draft.user = account->me;
    if (context->arguments.dryRun)
        co_return dryRun(context, {request(u"POST"_s, u"/contacts/%1/notes"_s.arg(draft.contactId.value), {{u"body"_s, draft.body}, {u"userId"_s, draft.user.value}})});
    auto submit = context->engine->outbox().submitNote(*account, draft, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

Task<int> noteGet(ContextPtr context)
{
    const auto account = accountOf(context);
    if (!account)
        co_return context->output->failure(account.error());
    auto find = noteNamed(context, *account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    context->output->answer(toJson(*row), plainNote(row->note.body));
    co_return Done;
}

Task<int> noteSet(ContextPtr context)
{
    const auto account = accountOf(context);
    if (!account)
        co_return context->output->failure(account.error());
    auto find = noteNamed(context, *account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    NoteChange change = changeOf(*row);
    change.body = context->arguments.words.mid(1).join(u' ');
    auto submitting = submitChange(context, *account, change, u"PUT"_s, {{u"body"_s, change.body}});
    co_return co_await submitting;
}

Task<int> noteRemove(ContextPtr context)
{
    const auto account = accountOf(context);
    if (!account)
        co_return context->output->failure(account.error());
    auto find = noteNamed(context, *account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    NoteChange change = changeOf(*row);
    change.remove = true;
    auto submitting = submitChange(context, *account, change, u"DELETE"_s, {});
    co_return co_await submitting;
}

} // namespace outrigger::cli
