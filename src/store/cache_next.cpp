// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_next.h"

#include "store/connection.h"
#include "store/database.h"

#include <algorithm>

// What comes next with a lead: read beside the cards, so that a deal's own row stays what HighLevel and we say of it.
namespace outrigger::store {

namespace {

constexpr const char *nextSql =
    "SELECT (SELECT MIN(t.due) FROM tasks t WHERE t.location=o.location AND t.contact=o.contact AND t.done=0 AND t.due IS NOT NULL),"
    " (SELECT MIN(e.start) FROM events e WHERE e.location=o.location AND e.contact=o.contact AND e.contact<>'' AND e.start>?2 AND e.block=0"
    "  AND COALESCE(e.status, '') NOT IN ('cancelled', 'noshow', 'invalid'))"
    " FROM opportunities o WHERE o.key=?1 AND o.contact<>''";

} // namespace

Task<Result<QHash<qint64, QDateTime>>> nextSteps(Cache &cache, QVector<qint64> deals, QDateTime now)
{
    return cache.reader().run<QHash<qint64, QDateTime>>([deals, now](Connection &connection) -> Result<QHash<qint64, QDateTime>> {
        QHash<qint64, QDateTime> next;
        for (const qint64 key : deals) {
            auto &read = connection.statement(nextSql);
            const auto found = read.integer(key).integer(now.toMSecsSinceEpoch()).step();
            if (!found)
                return fail(found.error());
            if (*found) {
                const QDateTime due = read.isNull(0) ? QDateTime() : read.dateAt(0);
                const QDateTime start = read.isNull(1) ? QDateTime() : read.dateAt(1);
                if (due.isValid() || start.isValid())
                    next.insert(key, !due.isValid() ? start : !start.isValid() ? due : std::min(due, start));
            }
            read.done();
        }
        return next;
    });
}

} // namespace outrigger::store
