// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/account.h"
#include "domain/outboxrecord.h"

#include <QJsonObject>

/// Outbox records and accounts as JSON: one form for the ledger's rows and the journal's lines.
namespace outrigger::store {

constexpr int recordFormat = 3; ///< newest OutboxRecord::formatVersion that this program understands

QJsonObject recordToJson(const OutboxRecord &record);
/// A kind, state or format that this version does not know gives a Quarantined record with `kindWord` as stored.
OutboxRecord recordFromJson(const QJsonObject &object);
QJsonObject accountToJson(const Account &account);
Account accountFromJson(const QJsonObject &object);

/// The members of `after` that differ from `before`; members that went away as null.
QJsonObject jsonChanges(const QJsonObject &before, const QJsonObject &after);
QJsonObject jsonApplied(QJsonObject object, const QJsonObject &changes);

QByteArray compact(const QJsonObject &object);
QJsonObject objectFrom(const QByteArray &bytes);

} // namespace outrigger::store
