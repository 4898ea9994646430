// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/zonewords.h"

#include "models/words.h"

#include <QCoreApplication>

namespace outrigger::gui::zonewords {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ZoneWords)
};
} // namespace

QString source(ZoneSource source)
{
    switch (source) {
    case ZoneSource::ContactField: return Words::tr("from the contact");
    case ZoneSource::State: return Words::tr("from the state");
    case ZoneSource::AreaCode: return Words::tr("from the area code");
    case ZoneSource::Location: return Words::tr("your location's; theirs is not known");
    case ZoneSource::Unknown: return Words::tr("not known");
    }
    return {};
}

QString localTime(const LeadZone &zone, const QDateTime &now)
{
    if (zone.source == ZoneSource::Unknown || !zone.zone.isValid())
        return Words::tr("Local time not known");
    const QDateTime there = now.toTimeZone(zone.zone);
    return Words::tr("%1 their time · %2, %3")
        .arg(models::words::clock(there.time()), zone.zone.abbreviation(there), source(zone.source));
}

} // namespace outrigger::gui::zonewords
