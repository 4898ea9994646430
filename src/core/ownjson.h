// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QString>

/// Members of JSON that this program has written itself (records, rows, drafts): what is empty is left out, dates are
/// milliseconds since 1970. What HighLevel answers is read by core/json.h.
namespace outrigger::ownjson {

inline void put(QJsonObject &object, QLatin1String key, const QString &value)
{
    if (!value.isEmpty())
        object.insert(key, value);
}
inline void put(QJsonObject &object, QLatin1String key, const QDateTime &value)
{
    if (value.isValid())
        object.insert(key, value.toMSecsSinceEpoch());
}
inline QString text(const QJsonObject &object, QLatin1String key)
{
    return object.value(key).toString();
}
inline QDateTime date(const QJsonObject &object, QLatin1String key)
{
    const QJsonValue value = object.value(key);
    return value.isDouble() ? QDateTime::fromMSecsSinceEpoch(value.toInteger(), Qt::UTC) : QDateTime();
}

} // namespace outrigger::ownjson
