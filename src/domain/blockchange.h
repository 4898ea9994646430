// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/calendar.h"

namespace outrigger {

/// What would change this block, with everything as it is. HighLevel wants a calendar or a person, so only one of them.
BlockDraft blockOf(const EventRow &row);

} // namespace outrigger
