// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/calendar.h"

#include <QByteArray>

namespace outrigger::ical {

/// These appointments and blocks as an iCalendar file (RFC 5545), instants in UTC. Cancelled ones say so; what is on its
/// way to HighLevel is there as tentative. Empty when the module that writes it is not installed.
QByteArray write(const QVector<EventRow> &rows);

} // namespace outrigger::ical
