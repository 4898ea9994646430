// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine_p.h"

#include <QCoreApplication>

// Deals, for a click.
namespace outrigger::sync {

Task<Status> Engine::refreshDeal(OpportunityId id)
{
    AccountLine *line = d->line();
    if (!line || !line->feeds())
        co_return fail(ErrorKind::SignInNeeded, QCoreApplication::translate("Engine", "No account is signed in."));
    if (d->options.offline)
        co_return fail(ErrorKind::Offline, QCoreApplication::translate("Engine", "Working offline: nothing is asked for."));
    auto work = line->feeds()->deals().refresh(std::move(id));
    co_return co_await work;
}

} // namespace outrigger::sync
