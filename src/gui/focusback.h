// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace outrigger::gui {

/// For what comes and goes by itself (strips, the toast): when it hides while the focus is in it, the focus is given back
/// to the widget that had it before, not to the first thing of the window. GUI thread; ends with the widget.
void giveFocusBack(QWidget *widget);

} // namespace outrigger::gui
