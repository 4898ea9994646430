// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine.h"

#include "sync/accountline.h"
#include "sync/engine_p.h"
#include "sync/feeds.h"

// What belongs to a lead that somebody opens.
namespace outrigger::sync {

Task<Status> Engine::refreshLead(ContactId contact)
{
    AccountLine *line = d->line();
    if (!line || !line->feeds() || d->options.offline)
        co_return Status{};
    auto work = line->feeds()->tasks().open(contact);
    co_return co_await work;
}

} // namespace outrigger::sync
