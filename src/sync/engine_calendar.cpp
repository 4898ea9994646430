// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine.h"

#include "domain/slots.h"
#include "sync/accountline.h"
#include "sync/engine_p.h"
#include "sync/feeds.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// Free times, and windows of the calendar that somebody looks at.
namespace outrigger::sync {

namespace {

tl::unexpected<Error> notNow(bool offline)
{
    return offline ? fail(ErrorKind::Offline, QCoreApplication::translate("Engine", "Working offline: nothing is asked for."))
                   : fail(ErrorKind::SignInNeeded, QCoreApplication::translate("Engine", "No account is signed in."));
}

} // namespace

Task<Result<QVector<Slot>>> Engine::freeSlots(Calendar calendar, QDateTime from, QDateTime to, QByteArray zone, UserId user)
{
    AccountLine *line = d->line();
    if (!line || d->options.offline)
        co_return notNow(line != nullptr);
    QVector<Slot> all;
    const auto parts = freetimes::windows(from, to);
    for (const auto &part : parts) {
        auto asking = line->threads()->source()->freeSlots(calendar, part.first, part.second, zone, user, api::Priority::Visible);
        const auto times = co_await asking;
        if (!times)
            co_return fail(times.error());
        all += *times;
        line = d->line();
        if (!line)
            co_return notNow(false);
    }
    co_return all;
}

Task<Status> Engine::refreshEvents(QDateTime from, QDateTime to)
{
    AccountLine *line = d->line();
    if (!line || !line->feeds() || d->options.offline)
        co_return notNow(line != nullptr);
    auto work = line->feeds()->calendar().look(from, to);
    co_return co_await work;
}

} // namespace outrigger::sync
