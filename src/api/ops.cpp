// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/ops.h"

#include "core/json.h"

namespace outrigger::api {

QJsonObject SearchContacts::filter(const QString &field, const QString &comparison, const QJsonValue &value)
{
    return QJsonObject{
        {QStringLiteral("field"), field}, {QStringLiteral("operator"), comparison}, {QStringLiteral("value"), value}};
}

QJsonObject SearchContacts::updatedSince(const QDateTime &date)
{
    return filter(QStringLiteral("dateUpdated"), QStringLiteral("range"),
                  QJsonObject{{QStringLiteral("gte"), wire::json(date)}});
}

QJsonObject SearchContacts::sortBy(const QString &field, bool ascending)
{
    return QJsonObject{{QStringLiteral("field"), field},
                       {QStringLiteral("direction"), ascending ? QStringLiteral("asc") : QStringLiteral("desc")}};
}

} // namespace outrigger::api
