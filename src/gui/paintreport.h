// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace outrigger::gui {

/// With OUTRIGGER_SAY_PAINTED in the environment: writes the word "painted" to standard output once the inbox has been
/// painted with real rows. packaging/bench measures the start with it. Without it, does nothing.
void reportFirstRows(QApplication *application);

} // namespace outrigger::gui
