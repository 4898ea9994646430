// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fieldvalue.h"

#include <QKeyEvent>
#include <QPainter>

namespace outrigger::gui {

FieldValue::FieldValue(const QString &text, bool empty, QWidget *parent)
    : Label(text, TextRole::Body, empty ? Ink::Text3 : Ink::Text, parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setContentsMargins(px(4), px(2), px(4), px(2));
    setAccessibleDescription(tr("Enter or F2 changes it"));
    setMinimumWidth(1);
}

void FieldValue::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (m_hovered || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(colours().focus, 2) : QPen(Qt::NoPen));
        painter.setBrush(m_hovered ? QBrush(colours().hover) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(area, px(4), px(4));
    }
    painter.end();
    Label::paintEvent(event);
}

void FieldValue::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
    case Qt::Key_Space: Q_EMIT activated(); return;
    default: Label::keyPressEvent(event);
    }
}

void FieldValue::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->pos()))
        Q_EMIT activated();
    else
        Label::mouseReleaseEvent(event);
}

void FieldValue::enterEvent(QEnterEvent *event)
{
    m_hovered = true;
    update();
    Label::enterEvent(event);
}
void FieldValue::leaveEvent(QEvent *event)
{
    m_hovered = false;
    update();
    Label::leaveEvent(event);
}
void FieldValue::focusInEvent(QFocusEvent *event)
{
    update();
    Label::focusInEvent(event);
}
void FieldValue::focusOutEvent(QFocusEvent *event)
{
    update();
    Label::focusOutEvent(event);
}

} // namespace outrigger::gui
