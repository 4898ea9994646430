// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/style.h"

#include <QScreen>
#include <QWidget>

namespace outrigger::gui {

/// Gives a window of its own this size, in px() at 100 % text, and never more than the screen has: with large text a
/// dialog would begin above its top.
inline void resizeWithin(QWidget *window, int width, int height)
{
    window->resize(QSize(px(width), px(height)).boundedTo(window->screen()->availableSize() * 0.95));
}

} // namespace outrigger::gui
