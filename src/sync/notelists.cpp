// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/notelists.h"

#include "api/ops.h"
#include "domain/noteplace.h"

#include <algorithm>

namespace outrigger::sync {

Task<Result<QVector<LeadNote>>> readNotes(api::Client *client, ContactId place, api::Priority priority)
{
    const AppointmentId appointment = noteplace::appointmentOf(place);
    if (appointment.isEmpty()) {
        api::ListNotes operation;
        operation.contact = place;
        auto call = client->send(operation, priority);
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        co_return std::move(answer->notes);
    }
    QVector<LeadNote> all;
    api::ListAppointmentNotes operation;
    operation.appointment = appointment;
    for (int page = 0; page < mostNotePages; ++page) {
        auto call = client->send(operation, priority);
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        for (LeadNote &note : answer->notes) {
            note.contact = place;
            // One written meanwhile pushes another onto the next page: what comes twice is taken once.
            if (std::none_of(all.cbegin(), all.cend(), [&note](const LeadNote &other) { return other.id == note.id; }))
                all.append(note);
        }
        if (!answer->more || answer->notes.isEmpty())
            break;
        operation.offset += operation.limit;
    }
    co_return all;
}

Task<Result<LeadNote>> readNote(api::Client *client, NoteChange change, api::Priority priority)
{
    if (noteplace::appointmentOf(change.contactId).isEmpty()) {
        api::GetNote operation;
        operation.contact = change.contactId;
        operation.id = change.noteId;
        auto call = client->send(operation, priority);
        co_return co_await call;
    }
    auto listing = readNotes(client, change.contactId, priority);
    const auto notes = co_await listing;
    if (!notes)
        co_return fail(notes.error());
    const auto found = std::find_if(notes->cbegin(), notes->cend(), [&change](const LeadNote &note) { return note.id == change.noteId; });
    if (found != notes->cend())
        co_return *found;
    co_return fail(ErrorKind::NotFound, QString());
}

} // namespace outrigger::sync
