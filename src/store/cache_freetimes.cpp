// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_freetimes.h"

#include "core/log.h"
#include "store/cache_rows.h"
#include "store/connection.h"
#include "store/database.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

// Free times for when nobody can be asked. A table of their own: they are read by age, and the reference data, which is
// read as a whole, would carry them along.
namespace outrigger::store {

namespace {

/// Nobody asks for more at once; beyond it a row is damaged.
constexpr qint64 longestWindow = 400LL * 86'400'000;

/// 0, 1800000, 1800000, 1800000: from the window's beginning to the first time, its length, to the next one, its length.
/// A month of half hours is 6 kB.
QByteArray packed(const QVector<Slot> &times, const QDateTime &from)
{
    QJsonArray array;
    QDateTime last = from;
    for (const Slot &slot : times) {
        array.append(last.msecsTo(slot.start));
        array.append(slot.start.msecsTo(slot.end));
        last = slot.start;
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

/// nullopt: these bytes are not what packed() writes.
std::optional<QVector<Slot>> unpacked(const QByteArray &bytes, qint64 from, qint64 to)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    const QJsonArray array = document.array();
    if (!document.isArray() || array.size() % 2 != 0)
        return std::nullopt;
    QVector<Slot> times;
    times.reserve(array.size() / 2);
    qint64 start = from;
    for (qsizetype i = 0; i < array.size(); i += 2) {
        const qint64 after = array.at(i).toInteger(-1), length = array.at(i + 1).toInteger(-1);
        if (after < (i == 0 ? 0 : 1) || after >= to - start || length < 1 || length > longestWindow)
            return std::nullopt;
        start += after;
        times.append({QDateTime::fromMSecsSinceEpoch(start, Qt::UTC), QDateTime::fromMSecsSinceEpoch(start + length, Qt::UTC)});
    }
    return times;
}

/// Of a row "calendar, user, read_at, begins, ends, times".
std::optional<KeptTimes> rowFrom(const Statement &row, const QDateTime &now)
{
    KeptTimes kept{CalendarId(row.textAt(0)), UserId(row.textAt(1)), row.dateAt(3), row.dateAt(4), row.dateAt(2), {}};
    const qint64 from = row.integerAt(3), to = row.integerAt(4);
    if (kept.calendar.isEmpty() || row.integerAt(2) <= 0 || from <= 0 || to <= from || to - from > longestWindow)
        return std::nullopt;
    auto times = unpacked(row.utf8At(5), from, to);
    if (!times)
        return std::nullopt;
    kept.times = std::move(*times);
    kept.times.erase(kept.times.begin(), std::find_if(kept.times.begin(), kept.times.end(), [&now](const Slot &slot) { return slot.start > now; }));
    return kept;
}

Status keep(Connection &connection, const LocationId &location, const KeptTimes &times)
{
    Transaction transaction(connection);
    if (!transaction.begun())
        return fail(transaction.begun().error());
    const auto key = rows::locationKey(connection, location);
    if (!key)
        return fail(key.error());
    if (!*key)
        return {};
    // What was read later than now was read before somebody set the clock: nobody can say how old it is.
    auto &gone = connection.statement("DELETE FROM free_times WHERE ends<=?1 OR read_at>?1");
    if (const Status done = gone.date(times.readAt).run(); !done)
        return done;
    auto &put = connection.statement("INSERT OR REPLACE INTO free_times(location, calendar, user, read_at, begins, ends, times) VALUES(?,?,?,?,?,?,?)");
    const Status written = put.integer(*key).text(times.calendar.value).text(times.user.value).date(times.readAt).date(times.from)
                               .date(times.to).utf8(packed(times.times, times.from)).run();
    if (!written)
        return written;
    auto &bound = connection.statement("DELETE FROM free_times WHERE location=?1 AND key NOT IN"
                                       " (SELECT key FROM free_times WHERE location=?1 ORDER BY read_at DESC, key DESC LIMIT ?2)");
    if (const Status done = bound.integer(*key).integer(mostKeptTimes).run(); !done)
        return done;
    return transaction.commit();
}

void write(Cache &cache, std::function<Status(Connection &)> job)
{
    cache.writer().post([job = std::move(job)](Connection *connection) {
        if (!connection)
            return;
        if (const Status done = job(*connection); !done)
            qCWarning(logStore) << "free times are not kept:" << done.error().code;
    });
}

} // namespace

void keepFreeTimes(Cache &cache, LocationId location, KeptTimes times)
{
    write(cache, [location = std::move(location), times = std::move(times)](Connection &connection) { return keep(connection, location, times); });
}

Task<Result<QVector<KeptTimes>>> keptFreeTimes(Cache &cache, LocationId location, QDateTime now)
{
    return cache.reader().run<QVector<KeptTimes>>([location, now](Connection &connection) -> Result<QVector<KeptTimes>> {
        QVector<KeptTimes> all;
        auto &read = connection.statement("SELECT calendar, user, read_at, begins, ends, times FROM free_times"
                                          " WHERE location=(SELECT key FROM locations WHERE id=?) AND ends>? AND read_at<=?");
        const Status done = rows::each(read.text(location.value).date(now).date(now), [&all, &now](Statement &row) {
            if (auto kept = rowFrom(row, now))
                all.append(std::move(*kept));
        });
        if (!done)
            return fail(done.error());
        return all;
    });
}

void dropFreeTimes(Cache &cache, LocationId location, CalendarId calendar)
{
    write(cache, [location = std::move(location), calendar = std::move(calendar)](Connection &connection) {
        return connection.statement("DELETE FROM free_times WHERE location=(SELECT key FROM locations WHERE id=?) AND calendar=?")
            .text(location.value).text(calendar.value).run();
    });
}

} // namespace outrigger::store
