// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/world.h"

#include <QTimeZone>

namespace outrigger::practice {

/// The clock of a location; UTC where it names one that does not exist, as a state file or a client may make it.
inline QTimeZone clockOf(const World &world, quint16 location)
{
    const QTimeZone zone(world.locations[location].timezone.toLatin1());
    return zone.isValid() ? zone : QTimeZone::utc();
}

} // namespace outrigger::practice
