// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"

#include "store/recordjson.h"

using namespace Qt::StringLiterals;

/// Sweeps' leftovers, whole locations, the projection as a whole, desk marks.
namespace outrigger::store {

namespace {

constexpr int sliceSize = 2'000;

/// Which of a feed's rows were not seen in a sweep. Rows made here are never missing on the server.
const char *unseenSql(const QString &feed)
{
    if (feed == "contacts"_L1)
        return "SELECT id, COUNT(*) OVER () FROM contacts WHERE location=? AND seen<>? AND id NOT LIKE 'local:%' LIMIT ?";
    if (feed == "conversations"_L1)
        return "SELECT id, COUNT(*) OVER () FROM conversations WHERE location=? AND seen<>? AND id NOT LIKE 'local:%' AND deleted=0 LIMIT ?";
    return nullptr;
}

struct Unseen {
    QStringList ids;
    qint64 total = 0;
};

Result<Unseen> unseenRows(Connection &connection, qint64 location, const QString &feed, qint64 sweep, int limit)
{
    Unseen unseen;
    const char *sql = unseenSql(feed);
    if (!sql)
        return unseen;
    auto &read = connection.statement(sql);
    const Status done = rows::each(read.integer(location).integer(sweep).integer(limit), [&unseen](Statement &row) {
        unseen.ids.append(row.textAt(0));
        unseen.total = row.integerAt(1);
    });
    if (!done)
        return fail(done.error());
    return unseen;
}

/// The text index is told what goes before the rows go.
Result<int> removeSlice(Connection &connection, qint64 location)
{
#define SLICE(table) "(SELECT key FROM " table " WHERE location=?1 ORDER BY key LIMIT ?2)"
    // The last of each step takes the rows away.
    static const std::initializer_list<const char *> steps[] = {
        {"INSERT INTO messages_fts(messages_fts, rowid, body) SELECT 'delete', key, body FROM messages WHERE key IN " SLICE("messages")
         " AND body IS NOT NULL",
         "INSERT INTO messages_pieces(messages_pieces, rowid, body) SELECT 'delete', key, body FROM messages WHERE key IN " SLICE("messages")
         " AND body IS NOT NULL",
         "DELETE FROM messages WHERE key IN " SLICE("messages")},
        {"INSERT INTO contacts_fts(contacts_fts, rowid, name, company, email, tags) SELECT 'delete', key, name, company, email, tags"
         " FROM contacts WHERE key IN " SLICE("contacts"),
         "INSERT INTO contacts_pieces(contacts_pieces, rowid, name, company, email) SELECT 'delete', key, name, company, email"
         " FROM contacts WHERE key IN " SLICE("contacts"),
         "DELETE FROM contacts WHERE key IN " SLICE("contacts")},
        {"DELETE FROM conversations WHERE key IN " SLICE("conversations")},
    };
#undef SLICE
    for (const auto &step : steps) {
        for (const char *sql : step) {
            if (const Status done = connection.statement(sql).integer(location).integer(sliceSize).run(); !done)
                return fail(done.error());
        }
        if (const int removed = connection.changes(); removed > 0)
            return removed;
    }
    for (const char *sql : {"DELETE FROM contact_extras WHERE location=?", "DELETE FROM pending WHERE location=?", "DELETE FROM aliases WHERE location=?",
                            "DELETE FROM marks WHERE location=?", "DELETE FROM reference WHERE location=?", "DELETE FROM users WHERE location=?",
                            "DELETE FROM cursors WHERE location=?", "DELETE FROM emails WHERE location=?", "DELETE FROM taken_back WHERE location=?",
                            "DELETE FROM opportunities WHERE location=?", "DELETE FROM deal_changes WHERE location=?",
                            "DELETE FROM events WHERE location=?", "DELETE FROM texts WHERE location=?", "DELETE FROM tasks WHERE location=?", "DELETE FROM notes WHERE location=?",
                            "DELETE FROM free_times WHERE location=?",
                            "DELETE FROM locations WHERE key=?"}) {
        if (const Status done = connection.statement(sql).integer(location).run(); !done)
            return fail(done.error());
    }
    return 0;
}

/// Takes the projection away: what the server knows stays, what only we know goes.
Status clearProjection(CacheWriter &writer)
{
    auto &connection = writer.connection();
    auto &find = connection.statement("SELECT key FROM messages WHERE location=? AND record IS NOT NULL AND id IS NULL");
    const auto keys = rows::keys(find.integer(writer.location()));
    if (!keys)
        return fail(keys.error());
    for (const qint64 key : *keys) {
        if (const Status gone = writer.deleteMessageRow(key); !gone)
            return gone;
    }
    // An event that we have made and whose id is known is HighLevel's.
    const Status unbooked = connection.statement("DELETE FROM events WHERE location=? AND record IS NOT NULL AND id IS NULL")
                                .integer(writer.location()).run();
    if (!unbooked)
        return unbooked;
    writer.changes().events.everything = true;
    for (const char *sql : {"DELETE FROM tasks WHERE location=? AND record IS NOT NULL AND id IS NULL",
                            "DELETE FROM notes WHERE location=? AND record IS NOT NULL AND id IS NULL"}) {
        if (const Status gone = connection.statement(sql).integer(writer.location()).run(); !gone)
            return gone;
    }
    writer.changes().tasks.everything = true;
    auto &talks = connection.statement("SELECT DISTINCT c.key FROM conversations c JOIN pending p ON p.location=c.location"
                                       " AND (p.contact=c.contact OR p.conversation=c.id) WHERE c.location=?");
    const auto touched = rows::keys(talks.integer(writer.location()));
    if (!touched)
        return fail(touched.error());
    for (const qint64 key : *touched)
        writer.touch(key);
    if (const Status off = writer.unlayAll(); !off)
        return off;
    if (const Status gone = connection.statement("DELETE FROM pending WHERE location=?").integer(writer.location()).run(); !gone)
        return gone;
    if (const Status gone = writer.clearDealProjection(); !gone)
        return gone;
    QStringList locals;
    auto &contacts = connection.statement("SELECT id FROM contacts WHERE location=? AND id LIKE 'local:%'");
    const Status listed = rows::each(contacts.integer(writer.location()), [&locals](Statement &row) { locals.append(row.textAt(0)); });
    if (!listed)
        return listed;
    for (const QString &id : std::as_const(locals)) {
        const auto stored = writer.storedContact(id);
        if (!stored)
            return fail(stored.error());
        if (const Status gone = writer.deleteContactRow(*stored); !gone)
            return gone;
    }
    auto &empty = connection.statement("SELECT key FROM conversations WHERE location=? AND id LIKE 'local:%'");
    const auto localTalks = rows::keys(empty.integer(writer.location()));
    if (!localTalks)
        return fail(localTalks.error());
    for (const qint64 key : *localTalks) {
        if (const Status gone = writer.removeEmptyLocalConversation(key); !gone)
            return gone;
    }
    return {};
}

} // namespace

Task<Result<qint64>> Cache::unseen(LocationId location, QString feed, qint64 sweep)
{
    return m_writer->run<qint64>([location, feed, sweep](Connection &connection) -> Result<qint64> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return key;
        const auto found = unseenRows(connection, *key, feed, sweep, 1);
        if (!found)
            return fail(found.error());
        return found->total;
    });
}

Task<Result<ChangeSet>> Cache::removeUnseen(LocationId location, QString feed, qint64 sweep)
{
    ChangeSet all;
    all.table = feed == "contacts"_L1 ? Table::Contacts : Table::Conversations;
    all.location = location;
    for (;;) {
        auto slice = write(location, all.table, std::nullopt, [feed, sweep](CacheWriter &writer) -> Status {
            const auto found = unseenRows(writer.connection(), writer.location(), feed, sweep, sliceSize / 4);
            if (!found)
                return fail(found.error());
            for (const QString &id : found->ids) {
                if (feed == "contacts"_L1) {
                    if (const Status gone = writer.removeContact(id); !gone)
                        return gone;
                    continue;
                }
                auto &mark = writer.connection().statement("UPDATE conversations SET deleted=1, hash=NULL WHERE location=? AND id=? RETURNING key");
                const auto keys = rows::keys(mark.integer(writer.location()).text(id));
                if (!keys)
                    return fail(keys.error());
                for (const qint64 key : *keys)
                    writer.touch(key);
            }
            return {};
        });
        const auto done = co_await slice;
        if (!done)
            co_return done;
        if (done->isEmpty())
            co_return all;
        all.removed += done->removed;
        all.updated += done->updated;
        all.everything = all.everything || done->everything || all.removed.size() > sliceSize;
        all.orderTouched = true;
    }
}

Task<Status> Cache::removeLocation(LocationId location)
{
    for (;;) {
        auto slice = m_writer->run<int>([location](Connection &connection) -> Result<int> {
            Transaction transaction(connection);
            if (!transaction.begun())
                return fail(transaction.begun().error());
            const auto key = rows::locationKey(connection, location);
            if (!key)
                return fail(key.error());
            if (!*key)
                return 0;
            auto removed = removeSlice(connection, *key);
            if (!removed)
                return removed;
            if (const Status committed = transaction.commit(); !committed)
                return fail(committed.error());
            return removed;
        });
        const auto removed = co_await slice;
        if (!removed)
            co_return fail(removed.error());
        if (*removed == 0)
            break;
    }
    Changes changes(location);
    for (ChangeSet *set : {&changes.contacts, &changes.conversations, &changes.messages, &changes.deals, &changes.events, &changes.tasks}) {
        set->everything = true;
        set->orderTouched = true;
    }
    announce(changes);
    co_return Status{};
}

Task<Status> Cache::rebuildProjection(QVector<OutboxRecord> records)
{
    QHash<LocationId, QVector<OutboxRecord>> byLocation;
    for (const OutboxRecord &record : std::as_const(records))
        byLocation[record.location].append(record);
    // Locations without a record may still show what one of them has left behind.
    auto known = m_writer->run<QStringList>([](Connection &connection) -> Result<QStringList> {
        QStringList ids;
        auto &read = connection.statement("SELECT id FROM locations");
        const Status done = rows::each(read, [&ids](Statement &row) { ids.append(row.textAt(0)); });
        if (!done)
            return fail(done.error());
        return ids;
    });
    const auto ids = co_await known;
    if (!ids)
        co_return fail(ids.error());
    for (const QString &id : *ids)
        byLocation[LocationId(id)];
    const auto locations = byLocation.keys();
    for (const LocationId &location : locations) {
        const auto mine = byLocation.value(location);
        auto work = write(location, Table::Messages, std::nullopt, [mine](CacheWriter &writer) -> Status {
            if (const Status marked = writer.markSweep(u"contacts"_s, std::nullopt); !marked)
                return marked;
            if (const Status cleared = clearProjection(writer); !cleared)
                return cleared;
            for (const OutboxRecord &record : mine) {
                if (const Status shown = writer.project(record); !shown)
                    return shown;
            }
            return {};
        });
        const auto done = co_await work;
        if (!done)
            co_return fail(done.error());
    }
    co_return Status{};
}

Task<Result<ChangeSet>> Cache::putDeskMarks(QVector<DeskMark> marks)
{
    ChangeSet all;
    all.table = Table::Conversations;
    QHash<LocationId, QVector<DeskMark>> byLocation;
    for (const DeskMark &mark : std::as_const(marks))
        byLocation[mark.location].append(mark);
    const auto locations = byLocation.keys();
    for (const LocationId &location : locations) {
        const auto mine = byLocation.value(location);
        auto work = write(location, Table::Conversations, std::nullopt, [mine](CacheWriter &writer) -> Status {
            for (const DeskMark &mark : mine) {
                const auto contact = writer.serverContact(mark.contact.value);
                if (!contact)
                    return fail(contact.error());
                auto &put = writer.connection().statement(
                    "INSERT OR REPLACE INTO marks(location, contact, done_at, snoozed_until, has_draft) VALUES(?,?,?,?,?)");
                const Status written = put.integer(writer.location()).text(*contact).date(mark.doneAt).date(mark.snoozedUntil)
                                           .integer(mark.hasDraft).run();
                if (!written)
                    return written;
                auto &find = writer.connection().statement("SELECT key FROM conversations WHERE location=? AND contact=?");
                const auto keys = rows::keys(find.integer(writer.location()).text(*contact));
                if (!keys)
                    return fail(keys.error());
                for (const qint64 key : *keys)
                    writer.touch(key);
            }
            return {};
        });
        const auto done = co_await work;
        if (!done)
            co_return done;
        all.location = location;
        all.updated += done->updated;
        all.everything = all.everything || done->everything;
        all.orderTouched = true;
    }
    co_return all;
}

} // namespace outrigger::store
