// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger_p.h"

#include "core/json.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace outrigger::store::ledger {

namespace {
qint64 integerIn(const QJsonObject &object, QLatin1String key) { return object.value(key).toInteger(); }
QString textIn(const QJsonObject &object, QLatin1String key) { return object.value(key).toString(); }
} // namespace

bool isSound(const QJsonObject &data, const QString &id, const QString &state)
{
    const QByteArray hash = QByteArray::fromHex(textIn(data, "payloadHash"_L1).toLatin1());
    return !id.isEmpty() && textIn(data, "id"_L1) == id && textIn(data, "state"_L1) == state
        && hash == QCryptographicHash::hash(json::canonical(data.value("payload"_L1).toObject()), QCryptographicHash::Sha256);
}

Result<std::optional<Row>> rowOf(Connection &connection, const RecordId &id)
{
    auto &read = connection.statement("SELECT data, revision FROM records WHERE id=?");
    const auto found = read.text(id.value).step();
    if (!found)
        return fail(found.error());
    std::optional<Row> row;
    if (*found)
        row = Row{objectFrom(read.utf8At(0)), read.integerAt(1)};
    read.done();
    return row;
}

Status writeRow(Connection &connection, const QJsonObject &data, qint64 revision, qint64 changedAt)
{
    return connection
        .statement("INSERT INTO records(id, account, location, lane, lane_sequence, kind, state, server_id, depends_on, created_at,"
                   " changed_at, revision, data) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"
                   " ON CONFLICT(id) DO UPDATE SET state=excluded.state, server_id=excluded.server_id,"
                   " depends_on=excluded.depends_on, changed_at=excluded.changed_at, revision=excluded.revision, data=excluded.data")
        .text(textIn(data, "id"_L1))
        .text(textIn(data, "account"_L1))
        .text(textIn(data, "location"_L1))
        .text(textIn(data, "lane"_L1))
        .integer(integerIn(data, "laneSequence"_L1))
        .text(textIn(data, "kind"_L1))
        .text(textIn(data, "state"_L1))
        .textOrNull(textIn(data, "serverId"_L1))
        .textOrNull(textIn(data, "dependsOn"_L1))
        .integer(integerIn(data, "createdAt"_L1))
        .integer(changedAt)
        .integer(revision)
        .utf8(compact(data))
        .run();
}

Status writeHistory(Connection &connection, const QString &record, qint64 at, const QString &state, const QString &note)
{
    return connection.statement("INSERT INTO history(record, at, state, note) VALUES(?,?,?,?)")
        .text(record)
        .integer(at)
        .text(state)
        .text(note)
        .run();
}

Status writeAccount(Connection &connection, const QJsonObject &account)
{
    return connection
        .statement("INSERT INTO accounts(id, created_at, data) VALUES(?,?,?)"
                   " ON CONFLICT(id) DO UPDATE SET created_at=excluded.created_at, data=excluded.data")
        .text(textIn(account, "id"_L1))
        .integer(integerIn(account, "createdAt"_L1))
        .utf8(compact(account))
        .run();
}

Status writeSetting(Connection &connection, const QString &key, const QString &value)
{
    return connection
        .statement("INSERT INTO settings(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value")
        .text(key)
        .text(value)
        .run();
}

Result<QString> readSetting(Connection &connection, const QString &key)
{
    auto &read = connection.statement("SELECT value FROM settings WHERE name=?");
    const auto found = read.text(key).step();
    if (!found)
        return fail(found.error());
    const QString value = *found ? read.textAt(0) : QString();
    read.done();
    return value;
}

} // namespace outrigger::store::ledger
