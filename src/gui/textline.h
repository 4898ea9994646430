// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextLayout>

class QPainter;

namespace outrigger::gui {

/// One line of text that is shaped once: measured, elided at its end when it is longer than its room, and drawn.
/// QFontMetricsF::elidedText() with QPainter::drawText() shapes it two or three times, which is most of what a small
/// button costs when it is painted first.
class TextLine
{
public:
    /// `room`: logical pixels; a line without bounds when it is negative.
    TextLine(const QString &text, const QFont &font, double room = -1);
    double width() const { return m_width; }
    /// In the painter's pen, vertically in the middle of `rect`. `alignment`: left, right or horizontally centred.
    void draw(QPainter *painter, const QRectF &rect, Qt::Alignment alignment) const;

private:
    void shape();
    QTextLayout m_layout;
    double m_width = 0;
};

} // namespace outrigger::gui
