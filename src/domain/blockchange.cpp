// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/blockchange.h"

namespace outrigger {

BlockDraft blockOf(const EventRow &row)
{
    BlockDraft draft;
    draft.eventId = row.event.id;
    draft.calendarId = row.event.calendar;
    if (draft.calendarId.isEmpty())
        draft.userId = row.event.user;
    draft.start = row.event.start;
    draft.end = row.event.end;
    draft.title = row.event.title;
    return draft;
}

} // namespace outrigger
