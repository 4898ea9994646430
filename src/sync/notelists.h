// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/leadnote.h"

namespace outrigger::sync {

/// All notes on a contact or on an appointment (domain/noteplace); the latter come in pages, of which the first
/// `mostNotePages` are read. `client` outlives the task.
Task<Result<QVector<LeadNote>>> readNotes(api::Client *client, ContactId place, api::Priority priority);
inline constexpr int mostNotePages = 25;

/// One note as it is now; NotFound when it is gone. HighLevel can name a single note of a contact, but not of an
/// appointment: there the list is read.
Task<Result<LeadNote>> readNote(api::Client *client, NoteChange change, api::Priority priority);

} // namespace outrigger::sync
