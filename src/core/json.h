// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>
#include <QTimeZone>

#include <initializer_list>
#include <optional>

/// Tolerant readers. HighLevel's fields may be null, absent or of another type than documented; a reader gives what
/// can be understood and the fallback otherwise, and never fails.
namespace outrigger::json {

/// The first of these keys that is present and not null.
QJsonValue first(const QJsonObject &object, std::initializer_list<QStringView> keys);

/// Strings as they are; numbers and booleans as text. Everything else is empty.
QString text(const QJsonValue &value);
/// Numbers, and strings that hold one.
std::optional<qint64> integer(const QJsonValue &value);
std::optional<double> number(const QJsonValue &value);
/// Booleans; 0/1; "true"/"false"/"1"/"0".
std::optional<bool> boolean(const QJsonValue &value);
/// An array of strings, a single string, or comma-separated text when splitCommas is set. Blank items are dropped.
QStringList texts(const QJsonValue &value, bool splitCommas = false);

/// Dates with offset, with Z, as epoch seconds or milliseconds (above 10^11), as number or string, and naive
/// ("2024-10-28 10:00:00" or with T), which are read in `naiveZone` because calls such as the contact's appointments
/// answer in the location's zone. Result is UTC; invalid when there is no date.
QDateTime date(const QJsonValue &value, const QTimeZone &naiveZone = QTimeZone::utc());

/// Invalid UTF-8 replaced; used once before a second try at parsing.
QByteArray repairUtf8(const QByteArray &bytes);

/// Compact bytes with keys in sorted order, so that equal objects hash equally.
QByteArray canonical(const QJsonObject &object);

} // namespace outrigger::json
