// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace outrigger::gui {

/// Makes the rows of every ThreadView and CalendarView, which Qt does not know, known to assistive technology: a list whose items carry the model's sentences,
/// their rectangles, focus, and the acts that can be done with them. May be called any number of times.
void installThreadAccess();

} // namespace outrigger::gui
