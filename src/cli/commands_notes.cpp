// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands_leads.h"
#include "cli/sending.h"
#include "domain/leadnote.h"
#include "domain/notecolour.h"
#include "domain/noteplace.h"
#include "store/cache.h"
#include "sync/outbox.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

// Notes on leads and on their appointments.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QJsonObject toJson(const NoteRow &row)
{
    return {{u"id"_s, row.note.id.isLocal() ? QString() : row.note.id.value},
            {u"contactId"_s, noteplace::contactOf(row.note.contact).value},
            {u"appointmentId"_s, noteplace::appointmentOf(row.note.contact).value},
            {u"body"_s, row.note.body},
            {u"text"_s, plainNote(row.note.body)},
            {u"userId"_s, row.note.user.value},
            {u"pinned"_s, row.note.pinned},
            {u"colour"_s, row.note.color},
            {u"added"_s, row.note.dateAdded.isValid() ? QJsonValue(cli::toJson(row.note.dateAdded)) : QJsonValue()},
            {u"recordId"_s, row.record},
            {u"recordState"_s, row.recordState}};
}

QString pathOf(const ContactId &place)
{
    const AppointmentId appointment = noteplace::appointmentOf(place);
    return appointment.isEmpty() ? u"/contacts/%1/notes"_s.arg(place.value) : u"/calendars/appointments/%1/notes"_s.arg(appointment.value);
}

/// The notes there, as HighLevel has them now when it can be reached.
Task<Result<QVector<NoteRow>>> notesOf(ContextPtr context, Account account, ContactId place)
{
    auto pull = context->engine->refreshLead(place);
    const Status pulled = co_await pull;
    auto load = context->engine->cache().notesOf(account.location, place);
    auto rows = co_await load;
    if (rows && rows->isEmpty() && !pulled)
        co_return fail(pulled.error());
    co_return rows;
}

/// --contact, or --appointment with the contact that it is with.
Task<Result<ContactId>> placeGiven(ContextPtr context, Account account)
{
    const Arguments &given = context->arguments;
    if (given.has("contact") == given.has("appointment"))
        co_return fail(ErrorKind::Usage, Words::tr("A note belongs to a contact or to an appointment: give --contact or --appointment, one of them."));
    if (given.has("appointment")) {
        const AppointmentId appointment(given.value("appointment"));
        auto load = context->engine->cache().event(account.location, appointment);
        const auto known = co_await load;
        if (!known)
            co_return fail(known.error());
        if (!*known || (*known)->event.block)
            co_return fail(ErrorKind::NotFound, Words::tr("There is no appointment with this id here. \"outrigger-cli sync --only calendars\" may bring it."));
        co_return noteplace::onAppointment((*known)->event.contact, appointment);
    }
    auto find = contactFor(context, account, given.value("contact"));
    const auto contact = co_await find;
    if (!contact)
        co_return fail(contact.error());
    co_return contact->id;
}

/// The note whose id is the first word, there.
Task<Result<NoteRow>> noteNamed(ContextPtr context, Account account)
{
    auto find = placeGiven(context, account);
    const auto place = co_await find;
    if (!place)
        co_return fail(place.error());
    auto load = notesOf(context, account, *place);
    const auto notes = co_await load;
    if (!notes)
        co_return fail(notes.error());
    const QString id = context->arguments.words.constFirst();
    const auto row = std::find_if(notes->begin(), notes->end(), [&id](const NoteRow &one) { return one.note.id.value == id; });
    if (row == notes->end())
        co_return fail(ErrorKind::NotFound, Words::tr("There is no note with this id there. \"outrigger-cli note list\" shows them."));
    co_return *row;
}

/// What --colour says; nothing when it is not given, an empty text for "none".
Result<std::optional<QString>> colourGiven(const Arguments &given)
{
    if (!given.has("colour"))
        return std::optional<QString>();
    const QString said = given.value("colour");
    const QString hex = notecolour::tidy(said);
    if (!hex.isEmpty() || said.compare(u"none", Qt::CaseInsensitive) == 0)
        return std::optional(hex);
    QStringList words;
    for (const notecolour::Named &one : notecolour::all)
        words.append(one.word);
    return fail(ErrorKind::Usage, Words::tr("--colour takes %1, none, or #RRGGBB.").arg(words.join(u", "_s)));
}

/// As --dry-run shows it, and only what is given.
QJsonObject bodyOf(const NoteChange &change)
{
    QJsonObject body;
    if (change.rewrites())
        body.insert(u"body"_s, change.body);
    if (change.color)
        body.insert(u"color"_s, *change.color);
    if (change.pinned)
        body.insert(u"pinned"_s, *change.pinned);
    return body;
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
        co_return dryRun(context, {request(verb, pathOf(change.contactId) + u'/' + change.noteId.value, body)});
    auto submit = context->engine->outbox().submitNoteChange(account, change, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

} // namespace

Task<int> noteList(ContextPtr context, Account account)
{
    auto find = placeGiven(context, account);
    const auto place = co_await find;
    if (!place)
        co_return context->output->failure(place.error());
    auto load = notesOf(context, account, *place);
    const auto notes = co_await load;
    if (!notes)
        co_return context->output->failure(notes.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const NoteRow &row : *notes) {
        array.append(toJson(row));
        QStringList marks;
        if (row.note.pinned)
            marks.append(Words::tr("pinned"));
        if (!row.note.color.isEmpty())
            marks.append(notecolour::word(row.note.color));
        const QString mark = marks.isEmpty() ? QString() : u"[%1] "_s.arg(marks.join(u", "_s));
        rows.append({row.note.id.isLocal() ? row.record : row.note.id.value, row.note.dateAdded.toLocalTime().toString(u"yyyy-MM-dd"_s),
                     mark + plainNote(row.note.body).simplified().left(200)});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("No notes.") : columns(rows));
    co_return Done;
}

Task<int> noteAdd(ContextPtr context, Account account)
{
    auto find = placeGiven(context, account);
    const auto place = co_await find;
    if (!place)
        co_return context->output->failure(place.error());
    NoteDraft draft;
    draft.contactId = *place;
    draft.body = context->arguments.words.join(u' ');
    draft.user = account.me;
    const auto colour = colourGiven(context->arguments);
    if (!colour)
        co_return context->output->failure(colour.error());
    draft.color = colour->value_or(QString());
    draft.pinned = context->arguments.has("pin");
    if (context->arguments.dryRun) {
        QJsonObject body{{u"body"_s, draft.body}, {u"userId"_s, draft.user.value}};
        if (!draft.color.isEmpty())
            body.insert(u"color"_s, draft.color);
        if (draft.pinned)
            body.insert(u"pinned"_s, true);
        co_return dryRun(context, {request(u"POST"_s, pathOf(*place), body)});
    }
    auto submit = context->engine->outbox().submitNote(account, draft, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

Task<int> noteGet(ContextPtr context, Account account)
{
    auto find = noteNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    context->output->answer(toJson(*row), plainNote(row->note.body));
    co_return Done;
}

Task<int> noteSet(ContextPtr context, Account account)
{
    auto find = noteNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    const Arguments &given = context->arguments;
    const auto colour = colourGiven(given);
    if (!colour)
        co_return context->output->failure(colour.error());
    if (given.has("pin") && given.has("unpin"))
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("--pin and --unpin are opposites: give one of them."));
    NoteChange change = changeOf(*row);
    if (given.words.size() > 1)
        change.body = given.words.mid(1).join(u' ');
    change.color = *colour;
    if (given.has("pin") || given.has("unpin"))
        change.pinned = given.has("pin");
    auto submitting = submitChange(context, account, change, u"PUT"_s, bodyOf(change));
    co_return co_await submitting;
}

Task<int> noteRemove(ContextPtr context, Account account)
{
    auto find = noteNamed(context, account);
    const auto row = co_await find;
    if (!row)
        co_return context->output->failure(row.error());
    NoteChange change = changeOf(*row);
    change.remove = true;
    auto submitting = submitChange(context, account, change, u"DELETE"_s, {});
    co_return co_await submitting;
}

} // namespace outrigger::cli
