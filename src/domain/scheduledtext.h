// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rows.h"

namespace outrigger {

/// A text that is to leave later: with HighLevel already (its message has an id), or still on the way there.
struct ScheduledText {
    MessageRow row;
    Contact contact;
    QDateTime at; ///< UTC; invalid when somebody else scheduled it: HighLevel does not tell the moment
};

} // namespace outrigger

Q_DECLARE_METATYPE(outrigger::ScheduledText)
