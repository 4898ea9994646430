// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/whenwhere.h"

#include <QString>

namespace outrigger::gui::zonewords {

/// "11:40 am their time (PST, from the area code)"; says so when the zone is not known.
QString localTime(const LeadZone &zone, const QDateTime &now);
/// "from the area code"
QString source(ZoneSource source);

} // namespace outrigger::gui::zonewords
