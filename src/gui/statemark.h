// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/messagestate.h"

#include <QColor>
#include <QRectF>

class QPainter;

namespace outrigger::gui {

/// The shape of a message state: ticks, clock, ring, flag, shield, struck clock. States differ by shape, not by colour.
void paintStateMark(QPainter *painter, const QRectF &rect, MessageState state, const QColor &colour);
/// Width of the mark at this height: two ticks are wider than a clock.
double stateMarkWidth(MessageState state, double height);
/// ok, warn, danger or the given quiet colour.
QColor stateMarkColour(MessageState state, const QColor &quiet);

} // namespace outrigger::gui
