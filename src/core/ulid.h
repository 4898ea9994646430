// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace outrigger {

/// A new ULID: 26 characters of Crockford base 32, sorted by time, random part from the system's random source.
/// Two made in the same millisecond still sort in the order they were made. Thread-safe.
QString newUlid(const QDateTime &now = QDateTime::currentDateTimeUtc());
bool isUlid(const QString &text);

} // namespace outrigger
