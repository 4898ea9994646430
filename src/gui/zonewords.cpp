// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/zonewords.h"

#include "models/words.h"

#include <QCoreApplication>

namespace outrigger::gui::zonewords {

namespace {
QString tr(const char *text)
{
    return QCoreApplication::translate("ZoneWords", text);
}
} // namespace

QString source(ZoneSource source)
{
    switch (source) {
    case ZoneSource::ContactField: return tr("from the contact");
    case ZoneSource::State: return tr("from the state");
    case ZoneSource::AreaCode: return tr("from the area code");
    case ZoneSource::Location: return tr("your location's; theirs is not known");
    case ZoneSource::Unknown: return tr("not known");
    }
    return {};
}

QString localTime(const LeadZone &zone, const QDateTime &now)
{
    if (zone.source == ZoneSource::Unknown || !zone.zone.isValid())
        return tr("Local time not known");
    const QDateTime there = now.toTimeZone(zone.zone);
    return tr("%1 their time · %2, %3")
        .arg(models::words::clock(there.time()), zone.zone.abbreviation(there), source(zone.source));
}

} // namespace outrigger::gui::zonewords
