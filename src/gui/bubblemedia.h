// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/bubble.h"

#include <QStringList>

namespace outrigger::models {
class MediaShelf;
}

namespace outrigger::gui {

/// Frames for the pictures of a message, of one ratio whatever they turn out to be, so that nothing moves when they
/// come. One alone is large, more stand in two columns. x from 0, y from `top`, at most `most` wide.
QVector<BubbleHit> pictureFrames(const QStringList &addresses, double top, double most);
/// The pictures into their frames. `at` is the bubble's origin; asks the shelf for what is missing.
void paintPictures(QPainter *painter, const QVector<BubbleHit> &hits, const QPointF &at, models::MediaShelf *shelf);
QStringList picturesOf(const QVector<BubbleHit> &hits);

} // namespace outrigger::gui
