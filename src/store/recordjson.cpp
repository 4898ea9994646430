// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/recordjson.h"

#include "core/ownjson.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace outrigger::store {

using namespace ownjson;

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }
QJsonObject objectFrom(const QByteArray &bytes) { return QJsonDocument::fromJson(bytes).object(); }

QJsonObject recordToJson(const OutboxRecord &r)
{
    QJsonObject o;
    put(o, "id"_L1, r.id.value);
    put(o, "account"_L1, r.account.value);
    put(o, "location"_L1, r.location.value);
    put(o, "lane"_L1, r.lane);
    o.insert("laneSequence"_L1, r.laneSequence);
    put(o, "kind"_L1, r.kindWord.isEmpty() ? outboxKindWord(r.kind) : r.kindWord);
    o.insert("payload"_L1, r.payload);
    put(o, "payloadHash"_L1, QString::fromLatin1(r.payloadHash.toHex()));
    put(o, "dependsOn"_L1, r.dependsOn.value);
    put(o, "state"_L1, outboxStateWord(r.state));
    put(o, "hold"_L1, holdWord(r.hold));
    o.insert("attempts"_L1, r.attempts);
    put(o, "createdAt"_L1, r.createdAt);
    put(o, "firstWriteAt"_L1, r.firstWriteAt);
    put(o, "lastWriteAt"_L1, r.lastWriteAt);
    if (const auto mark = r.watermark.toJson(); !mark.isEmpty())
        o.insert("watermark"_L1, mark);
    put(o, "serverId"_L1, r.serverId);
    put(o, "dueAt"_L1, r.dueAt);
    put(o, "expiresAt"_L1, r.expiresAt);
    put(o, "reasonCode"_L1, r.reasonCode);
    put(o, "reason"_L1, r.reason);
    if (!r.look.isEmpty())
        o.insert("look"_L1, r.look);
    put(o, "again"_L1, r.again.value);
    put(o, "origin"_L1, r.origin);
    o.insert("formatVersion"_L1, r.formatVersion);
    return o;
}

OutboxRecord recordFromJson(const QJsonObject &o)
{
    OutboxRecord r;
    r.id = RecordId(text(o, "id"_L1));
    r.account = AccountId(text(o, "account"_L1));
    r.location = LocationId(text(o, "location"_L1));
    r.lane = text(o, "lane"_L1);
    r.laneSequence = o.value("laneSequence"_L1).toInteger();
    r.kindWord = text(o, "kind"_L1);
    r.payload = o.value("payload"_L1).toObject();
    r.payloadHash = QByteArray::fromHex(text(o, "payloadHash"_L1).toLatin1());
    r.dependsOn = RecordId(text(o, "dependsOn"_L1));
    r.hold = holdFromWord(text(o, "hold"_L1)).value_or(HoldReason::None);
    r.attempts = o.value("attempts"_L1).toInt();
    r.createdAt = date(o, "createdAt"_L1);
    r.firstWriteAt = date(o, "firstWriteAt"_L1);
    r.lastWriteAt = date(o, "lastWriteAt"_L1);
    r.watermark = Watermark::fromJson(o.value("watermark"_L1).toObject());
    r.serverId = text(o, "serverId"_L1);
    r.dueAt = date(o, "dueAt"_L1);
    r.expiresAt = date(o, "expiresAt"_L1);
    r.reasonCode = text(o, "reasonCode"_L1);
    r.reason = text(o, "reason"_L1);
    r.look = o.value("look"_L1).toObject();
    r.again = RecordId(text(o, "again"_L1));
    r.origin = text(o, "origin"_L1);
    r.formatVersion = o.value("formatVersion"_L1).toInt(1);
    const auto kind = outboxKindFromWord(r.kindWord);
    const auto state = outboxStateFromWord(text(o, "state"_L1));
    const bool known = kind && state && r.formatVersion <= recordFormat && !r.id.isEmpty() && !r.location.isEmpty();
    r.kind = kind.value_or(OutboxKind::SendMessage);
    r.state = known ? *state : OutboxState::Quarantined;
    return r;
}

QJsonObject accountToJson(const Account &a)
{
    QJsonObject o;
    put(o, "id"_L1, a.id.value);
    put(o, "name"_L1, a.name);
    put(o, "location"_L1, a.location.value);
    put(o, "locationName"_L1, a.locationName);
    put(o, "timezone"_L1, a.timezone);
    put(o, "country"_L1, a.country);
    put(o, "me"_L1, a.me.value);
    o.insert("kind"_L1, a.kind == SignInKind::OAuth ? u"oauth"_s : a.kind == SignInKind::Session ? u"session"_s : u"token"_s);
    put(o, "server"_L1, a.server.toString(QUrl::FullyEncoded));
    put(o, "authorizeUrl"_L1, a.authorizeUrl.toString(QUrl::FullyEncoded));
    put(o, "clientId"_L1, a.clientId);
    o.insert("redirectPort"_L1, a.redirectPort);
    o.insert("tokenSlot"_L1, a.tokenSlot);
    o.insert("tokenGeneration"_L1, a.tokenGeneration);
    o.insert("rotating"_L1, a.rotating);
    put(o, "tokenExpires"_L1, a.tokenExpires);
    if (!a.scopes.isEmpty())
        o.insert("scopes"_L1, QJsonArray::fromStringList(a.scopes));
    o.insert("needsSignIn"_L1, a.needsSignIn);
    o.insert("practice"_L1, a.practice);
    put(o, "createdAt"_L1, a.createdAt);
    return o;
}

Account accountFromJson(const QJsonObject &o)
{
    Account a;
    a.id = AccountId(text(o, "id"_L1));
    a.name = text(o, "name"_L1);
    a.location = LocationId(text(o, "location"_L1));
    a.locationName = text(o, "locationName"_L1);
    a.timezone = text(o, "timezone"_L1);
    a.country = text(o, "country"_L1);
    a.me = UserId(text(o, "me"_L1));
    const QString kind = text(o, "kind"_L1);
    a.kind = kind == "oauth"_L1 ? SignInKind::OAuth : kind == "session"_L1 ? SignInKind::Session : SignInKind::PrivateToken;
    a.server = QUrl(text(o, "server"_L1));
    a.authorizeUrl = QUrl(text(o, "authorizeUrl"_L1));
    a.clientId = text(o, "clientId"_L1);
    a.redirectPort = o.value("redirectPort"_L1).toInt();
    a.tokenSlot = o.value("tokenSlot"_L1).toInt();
    a.tokenGeneration = o.value("tokenGeneration"_L1).toInteger();
    a.rotating = o.value("rotating"_L1).toBool();
    a.tokenExpires = date(o, "tokenExpires"_L1);
    const auto scopes = o.value("scopes"_L1).toArray();
    for (const auto &scope : scopes)
        a.scopes.append(scope.toString());
    a.needsSignIn = o.value("needsSignIn"_L1).toBool();
    a.practice = o.value("practice"_L1).toBool();
    a.createdAt = date(o, "createdAt"_L1);
    return a;
}

QJsonObject jsonChanges(const QJsonObject &before, const QJsonObject &after)
{
    QJsonObject changes;
    for (auto it = after.begin(); it != after.end(); ++it) {
        if (before.value(it.key()) != it.value())
            changes.insert(it.key(), it.value());
    }
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (!after.contains(it.key()))
            changes.insert(it.key(), QJsonValue::Null);
    }
    return changes;
}

QJsonObject jsonApplied(QJsonObject object, const QJsonObject &changes)
{
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        if (it.value().isNull())
            object.remove(it.key());
        else
            object.insert(it.key(), it.value());
    }
    return object;
}

} // namespace outrigger::store
