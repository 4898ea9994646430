// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>

namespace outrigger {

/// Where a lead's time zone is known from; always shown beside it.
enum class ZoneSource { ContactField, State, AreaCode, Location, Unknown };
struct LeadZone {
    QTimeZone zone;
    ZoneSource source = ZoneSource::Unknown;
};
LeadZone leadZone(const Contact &contact, const QString &locationZone);
/// What the contact itself tells: its own field, else its state, else the area code of its number. The id is empty and
/// the source Unknown when it tells nothing. Parses a number: for lists, ask once and keep it.
struct OwnZone {
    QByteArray id; ///< IANA
    ZoneSource source = ZoneSource::Unknown;
};
OwnZone ownZone(const Contact &contact);

/// The time of day in the person's own format, without seconds: "8:00 am".
QString clockTime(const QTime &time);
/// "now", "4 min", "2 h", "Tue", "3 May", "3 May 2024".
QString relativeTime(const QDateTime &when, const QDateTime &now, const QTimeZone &zone);
/// The same for a screen reader: "2 minutes ago", "yesterday at 9:04".
QString spokenTime(const QDateTime &when, const QDateTime &now, const QTimeZone &zone);

} // namespace outrigger
