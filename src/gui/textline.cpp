// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/textline.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextOption>

namespace outrigger::gui {

TextLine::TextLine(const QString &text, const QFont &font, double room) : m_layout(text, font)
{
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    m_layout.setTextOption(option);
    m_layout.setCacheEnabled(true);
    shape();
    if (room < 0 || m_width <= room)
        return;
    m_layout.setText(QFontMetricsF(font).elidedText(text, Qt::ElideRight, room));
    shape();
}

void TextLine::shape()
{
    m_layout.beginLayout();
    QTextLine line = m_layout.createLine();
    m_layout.endLayout();
    m_width = line.isValid() ? line.naturalTextWidth() : 0;
}

void TextLine::draw(QPainter *painter, const QRectF &rect, Qt::Alignment alignment) const
{
    if (m_layout.lineCount() == 0)
        return;
    const QTextLine line = m_layout.lineAt(0);
    double x = rect.left();
    if (alignment.testFlag(Qt::AlignHCenter))
        x += (rect.width() - m_width) / 2;
    else if (alignment.testFlag(Qt::AlignRight))
        x = rect.right() - m_width;
    line.draw(painter, QPointF(x, rect.top() + (rect.height() - line.height()) / 2));
}

} // namespace outrigger::gui
