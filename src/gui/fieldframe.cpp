// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fieldframe.h"

#include "gui/style.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace outrigger::gui {

FieldFrame::FieldFrame(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(Style::instance(), &Style::changed, this, [this] { update(); });
}

void FieldFrame::setField(QAbstractScrollArea *field)
{
    m_field = field;
    field->setFrameShape(QFrame::NoFrame);
    auto *inside = new QVBoxLayout(this);
    inside->setContentsMargins(px(6), px(3), px(6), px(3));
    inside->addWidget(field);
    field->installEventFilter(this);
}

void FieldFrame::setInside(bool inside)
{
    m_inside = inside;
    update();
}

bool FieldFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut || event->type() == QEvent::EnabledChange))
        update();
    return QWidget::eventFilter(watched, event);
}

void FieldFrame::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool focused = m_field && m_field->hasFocus();
    const double wide = focused ? 2 : qMax(1, c.edge);
    painter.setPen(QPen(m_inside ? c.info : focused ? c.focus : isEnabled() ? c.inputBorder : c.line, wide, m_inside ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(c.surface);
    const double half = wide / 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), px(6), px(6));
}

} // namespace outrigger::gui
