// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger_p.h"
#include "store/ledger_write.h"

#include "core/json.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

using ledger::errorWith;
using ledger::Row;
using Lines = QVector<QJsonObject>;

qint64 nowMs() { return QDateTime::currentMSecsSinceEpoch(); }
QByteArray hashOf(const QJsonObject &payload)
{
    return QCryptographicHash::hash(json::canonical(payload), QCryptographicHash::Sha256);
}

Error stateError(const OutboxRecord &stored)
{
    return errorWith(u"state"_s, Ledger::tr("This entry of the outbox is %1 by now, so it was not changed.").arg(outboxStateWord(stored.state)));
}

Result<OutboxRecord> insertOne(Connection &connection, OutboxRecord record, Lines &lines)
{
    if (record.id.isEmpty() || record.location.isEmpty() || record.lane.isEmpty())
        return fail(ErrorKind::Internal, u"An outbox record needs an id, a location and a lane."_s);
    auto &next = connection.statement("SELECT COALESCE(MAX(lane_sequence), 0) + 1 FROM records WHERE location=? AND lane=?");
    const auto row = next.text(record.location.value).text(record.lane).step();
    if (!row)
        return fail(row.error());
    record.laneSequence = next.integerAt(0);
    next.done();
    if (record.kindWord.isEmpty())
        record.kindWord = outboxKindWord(record.kind);
    record.payloadHash = hashOf(record.payload);
    const auto twin = ledger::rowOf(connection, record.id);
    if (!twin)
        return fail(twin.error());
    if (*twin)
        return fail(errorWith(u"exists"_s, Ledger::tr("This entry is in the outbox already.")));
    const QJsonObject data = recordToJson(record);
    const qint64 at = nowMs();
    if (const Status written = ledger::writeRow(connection, data, 1, at); !written) {
        auto error = written.error();
        if (error.code == "constraint"_L1)
            error.code = u"bound"_s;
        return fail(error);
    }
    if (const Status noted = ledger::writeHistory(connection, record.id.value, at, outboxStateWord(record.state), record.reasonCode); !noted)
        return fail(noted.error());
    lines.append({{"id"_L1, record.id.value}, {"rev"_L1, 1}, {"at"_L1, at}, {"r"_L1, data}});
    return record;
}

/// What may never change is taken from the stored record; a payload that may have been on the wire is frozen.
Result<OutboxRecord> store(Connection &connection, const Row &row, OutboxRecord after, Lines &lines)
{
    const OutboxRecord before = row.record();
    const bool frozen = before.attempts > 0 || before.firstWriteAt.isValid();
    if (after.payload != before.payload && frozen)
        return fail(errorWith(u"frozen"_s, Ledger::tr("This text may have been sent already, so it cannot be changed any more.")));
    after.account = before.account;
    after.location = before.location;
    after.lane = before.lane;
    after.laneSequence = before.laneSequence;
    after.kind = before.kind;
    after.kindWord = before.kindWord;
    after.createdAt = before.createdAt;
    after.formatVersion = before.formatVersion;
    after.payloadHash = after.payload == before.payload ? before.payloadHash : hashOf(after.payload);
    if (!after.serverId.isEmpty() && after.serverId != before.serverId) {
        auto &other = connection.statement("SELECT id FROM records WHERE location=? AND server_id=? AND id<>?");
        const auto taken = other.text(after.location.value).text(after.serverId).text(after.id.value).step();
        if (!taken)
            return fail(taken.error());
        const bool bound = *taken;
        other.done();
        if (bound)
            return fail(errorWith(u"bound"_s, Ledger::tr("This message belongs to another entry of the outbox.")));
    }
    // Members that this version does not know stay: a newer one may have written them.
    const QJsonObject plain = recordToJson(before);
    const QJsonObject data = jsonApplied(row.data, jsonChanges(plain, recordToJson(after)));
    const qint64 at = nowMs();
    const qint64 revision = row.revision + 1;
    if (const Status written = ledger::writeRow(connection, data, revision, at); !written)
        return fail(written.error());
    if (const Status noted = ledger::writeHistory(connection, after.id.value, at, outboxStateWord(after.state), after.reasonCode); !noted)
        return fail(noted.error());
    QJsonObject changes = jsonChanges(row.data, data);
    changes.insert("state"_L1, outboxStateWord(after.state)); // always: the last line says where it stands
    lines.append({{"id"_L1, after.id.value}, {"rev"_L1, revision}, {"at"_L1, at}, {"c"_L1, changes}});
    return after;
}

Result<Row> existing(Connection &connection, const RecordId &id)
{
    auto row = ledger::rowOf(connection, id);
    if (!row)
        return fail(row.error());
    if (!*row)
        return fail(errorWith(u"missing"_s, Ledger::tr("This entry is no longer in the outbox.")));
    return **row;
}

Result<OutboxRecord> moveOne(Connection &connection, OutboxRecord record, OutboxState expected, Lines &lines)
{
    const auto row = existing(connection, record.id);
    if (!row)
        return fail(row.error());
    const OutboxRecord stored = row->record();
    if (stored.state != expected || !mayFollow(expected, record.state))
        return fail(stateError(stored));
    return store(connection, *row, std::move(record), lines);
}

Result<QVector<OutboxRecord>> readRecords(Statement &read)
{
    QVector<OutboxRecord> records;
    for (;;) {
        const auto row = read.step();
        if (!row)
            return fail(row.error());
        if (!*row)
            return records;
        records.append(recordFromJson(objectFrom(read.utf8At(0))));
    }
}

} // namespace

Task<Result<QVector<OutboxRecord>>> Ledger::insertAll(QVector<OutboxRecord> records)
{
    return write<QVector<OutboxRecord>>([p = d, records](Connection &connection) -> Result<QVector<OutboxRecord>> {
        Transaction transaction(connection);
        if (!transaction.begun())
            return fail(transaction.begun().error());
        Lines lines;
        QVector<OutboxRecord> stored;
        for (const OutboxRecord &record : records) {
            auto one = insertOne(connection, record, lines);
            if (!one)
                return fail(one.error());
            stored.append(std::move(*one));
        }
        if (const Status sealed = ledger::seal(connection, transaction, p->journal, lines); !sealed)
            return fail(sealed.error());
        return stored;
    });
}

Task<Result<OutboxRecord>> Ledger::insert(OutboxRecord record)
{
    QVector<OutboxRecord> one;
    one.append(std::move(record));
    auto job = insertAll(std::move(one));
    auto stored = co_await job;
    if (!stored)
        co_return fail(stored.error());
    co_return stored->first();
}

Task<Result<OutboxRecord>> Ledger::transition(OutboxRecord record, OutboxState expected)
{
    return write<OutboxRecord>([p = d, record, expected](Connection &connection) -> Result<OutboxRecord> {
        Transaction transaction(connection);
        if (!transaction.begun())
            return fail(transaction.begun().error());
        Lines lines;
        auto stored = moveOne(connection, record, expected, lines);
        if (!stored)
            return stored;
        if (const Status sealed = ledger::seal(connection, transaction, p->journal, lines); !sealed)
            return fail(sealed.error());
        return stored;
    });
}

Task<Result<OutboxRecord>> Ledger::update(OutboxRecord record)
{
    return write<OutboxRecord>([p = d, record](Connection &connection) -> Result<OutboxRecord> {
        Transaction transaction(connection);
        if (!transaction.begun())
            return fail(transaction.begun().error());
        const auto row = existing(connection, record.id);
        if (!row)
            return fail(row.error());
        const OutboxRecord before = row->record();
        if (before.state != record.state || before.state == OutboxState::Quarantined)
            return fail(stateError(before));
        const bool editable = before.state == OutboxState::Queued || before.state == OutboxState::Held;
        if (!editable && before.payload != record.payload)
            return fail(errorWith(u"frozen"_s, Ledger::tr("This text may have been sent already, so it cannot be changed any more.")));
        Lines lines;
        auto stored = store(connection, *row, record, lines);
        if (!stored)
            return stored;
        if (const Status sealed = ledger::seal(connection, transaction, p->journal, lines); !sealed)
            return fail(sealed.error());
        return stored;
    });
}

Task<Result<QVector<OutboxRecord>>> Ledger::replace(OutboxRecord fresh, QVector<RecordId> cancelled, QString reason)
{
    return write<QVector<OutboxRecord>>([p = d, fresh, cancelled, reason](Connection &connection) -> Result<QVector<OutboxRecord>> {
        Transaction transaction(connection);
        if (!transaction.begun())
            return fail(transaction.begun().error());
        Lines lines;
        auto first = insertOne(connection, fresh, lines);
        if (!first)
            return fail(first.error());
        QVector<OutboxRecord> stored{*first};
        for (const RecordId &id : cancelled) {
            const auto row = existing(connection, id);
            if (!row)
                return fail(row.error());
            OutboxRecord old = row->record();
            const OutboxState expected = old.state;
            old.state = OutboxState::Cancelled;
            old.hold = HoldReason::None;
            old.reasonCode = reason;
            auto moved = moveOne(connection, old, expected, lines);
            if (!moved)
                return fail(moved.error());
            stored.append(std::move(*moved));
        }
        if (const Status sealed = ledger::seal(connection, transaction, p->journal, lines); !sealed)
            return fail(sealed.error());
        return stored;
    });
}

Task<Result<std::optional<OutboxRecord>>> Ledger::record(RecordId id)
{
    return m_database->run<std::optional<OutboxRecord>>([id](Connection &connection) -> Result<std::optional<OutboxRecord>> {
        const auto row = ledger::rowOf(connection, id);
        if (!row)
            return fail(row.error());
        return *row ? std::optional<OutboxRecord>((*row)->record()) : std::nullopt;
    });
}

Task<Result<QVector<OutboxRecord>>> Ledger::unfinished()
{
    return m_database->run<QVector<OutboxRecord>>([](Connection &connection) {
        return readRecords(connection.statement("SELECT data FROM records WHERE state NOT IN ('confirmed', 'cancelled') ORDER BY number"));
    });
}

Task<Result<QVector<OutboxRecord>>> Ledger::list(ListQuery query)
{
    return m_database->run<QVector<OutboxRecord>>([query](Connection &connection) {
        auto &read = connection.statement("SELECT data FROM records WHERE (?1='' OR account=?1)"
                                          " AND (?2 OR state NOT IN ('confirmed', 'cancelled')) ORDER BY number DESC LIMIT ?3");
        read.text(query.account ? query.account->value : QString()).integer(query.finishedToo).integer(query.limit);
        auto records = readRecords(read);
        if (records)
            std::reverse(records->begin(), records->end());
        return records;
    });
}

Task<Result<QVector<OutboxRecord>>> Ledger::keptForLater(QDateTime now)
{
    return m_database->run<QVector<OutboxRecord>>([now](Connection &connection) {
        return readRecords(connection.statement("SELECT data FROM records WHERE kind='message.send' AND state IN ('accepted', 'confirmed')"
                                                " AND json_extract(data, '$.payload.sendAt') > ?")
                               .date(now));
    });
}

Task<Result<std::optional<OutboxRecord>>> Ledger::byServerId(LocationId location, QString serverId)
{
    return m_database->run<std::optional<OutboxRecord>>([location, serverId](Connection &connection) -> Result<std::optional<OutboxRecord>> {
        auto records = readRecords(connection.statement("SELECT data FROM records WHERE location=? AND server_id=?")
                                       .text(location.value).text(serverId));
        if (!records)
            return fail(records.error());
        return records->isEmpty() ? std::nullopt : std::optional<OutboxRecord>(records->first());
    });
}

Task<Result<int>> Ledger::cleanUp(QDateTime before)
{
    return write<int>([p = d, before](Connection &connection) -> Result<int> {
        Transaction transaction(connection);
        if (!transaction.begun())
            return fail(transaction.begun().error());
        auto &find = connection.statement("SELECT id FROM records AS old WHERE state IN ('confirmed', 'cancelled') AND changed_at < ?1"
                                          " AND COALESCE(json_extract(data, '$.payload.sendAt'), 0) < ?1" // kept for later: until then, and 30 days
                                          " AND NOT EXISTS (SELECT 1 FROM records AS child WHERE child.depends_on = old.id"
                                          " AND child.state NOT IN ('confirmed', 'cancelled'))");
        find.date(before);
        QStringList ids;
        for (;;) {
            const auto row = find.step();
            if (!row)
                return fail(row.error());
            if (!*row)
                break;
            ids.append(find.textAt(0));
        }
        if (ids.isEmpty())
            return 0;
        Lines lines;
        for (const QString &id : std::as_const(ids)) {
            if (const Status removed = ledger::removeRecord(connection, id, lines); !removed)
                return fail(removed.error());
        }
        if (const Status sealed = ledger::seal(connection, transaction, p->journal, lines); !sealed)
            return fail(sealed.error());
        return int(ids.size());
    });
}

Task<Result<QVector<Ledger::JournalLine>>> Ledger::history(RecordId id)
{
    return m_database->run<QVector<JournalLine>>([id](Connection &connection) -> Result<QVector<JournalLine>> {
        auto &read = connection.statement("SELECT at, state, note FROM history WHERE record=? ORDER BY number");
        read.text(id.value);
        QVector<JournalLine> lines;
        for (;;) {
            const auto row = read.step();
            if (!row)
                return fail(row.error());
            if (!*row)
                return lines;
            lines.append({read.dateAt(0), id, read.textAt(1), read.textAt(2)});
        }
    });
}

namespace ledger {

Status removeRecord(Connection &connection, const QString &id, QVector<QJsonObject> &lines)
{
    if (const Status gone = connection.statement("DELETE FROM records WHERE id=?").text(id).run(); !gone)
        return gone;
    if (const Status gone = connection.statement("DELETE FROM history WHERE record=?").text(id).run(); !gone)
        return gone;
    lines.append({{"id"_L1, id}, {"del"_L1, true}});
    return {};
}

} // namespace ledger
} // namespace outrigger::store
