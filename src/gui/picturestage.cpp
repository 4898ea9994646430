// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/picturestage.h"

#include "gui/style.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace outrigger::gui {

namespace {
constexpr double mostZoom = 8;
}

PictureStage::PictureStage(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::OpenHandCursor);
}

double PictureStage::fittingZoom() const
{
    if (m_image.isNull())
        return 1;
    const QSizeF room = QSizeF(viewport()->size()) * devicePixelRatioF();
    return std::min({1.0, room.width() / m_image.width(), room.height() / m_image.height()});
}

void PictureStage::setPicture(const QImage &image)
{
    m_image = image;
    m_sentence.clear();
    fit();
}

void PictureStage::setSentence(const QString &sentence)
{
    m_image = {};
    m_sentence = sentence;
    fit();
}

void PictureStage::fit()
{
    m_fitted = true;
    m_zoom = fittingZoom();
    apply(viewport()->rect().center());
}

void PictureStage::zoomBy(double factor)
{
    if (m_image.isNull())
        return;
    const double before = m_zoom;
    m_zoom = std::clamp(m_zoom * factor, std::min(0.05, fittingZoom()), mostZoom);
    m_fitted = false;
    const QPointF middle = QPointF(viewport()->width() / 2.0, viewport()->height() / 2.0);
    const QPointF held(horizontalScrollBar()->value() + middle.x(), verticalScrollBar()->value() + middle.y());
    apply(held * (m_zoom / before));
}

/// The scroll bars for this zoom, with this place of the picture in the middle.
void PictureStage::apply(const QPointF &fixed)
{
    const QSize size = (QSizeF(m_image.size()) * (m_zoom / devicePixelRatioF())).toSize();
    const QSize room = viewport()->size();
    horizontalScrollBar()->setRange(0, std::max(0, size.width() - room.width()));
    verticalScrollBar()->setRange(0, std::max(0, size.height() - room.height()));
    horizontalScrollBar()->setPageStep(room.width());
    verticalScrollBar()->setPageStep(room.height());
    horizontalScrollBar()->setSingleStep(px(48));
    verticalScrollBar()->setSingleStep(px(48));
    if (!m_fitted) {
        horizontalScrollBar()->setValue(int(fixed.x() - room.width() / 2.0));
        verticalScrollBar()->setValue(int(fixed.y() - room.height() / 2.0));
    }
    viewport()->update();
    Q_EMIT zoomed();
}

void PictureStage::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (m_fitted)
        m_zoom = fittingZoom();
    apply({horizontalScrollBar()->value() + viewport()->width() / 2.0, verticalScrollBar()->value() + viewport()->height() / 2.0});
}

void PictureStage::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Colours &c = colours();
    painter.fillRect(viewport()->rect(), c.window);
    if (m_image.isNull()) {
        painter.setFont(Style::instance()->font(TextRole::Body));
        painter.setPen(c.text2);
        painter.drawText(viewport()->rect().adjusted(px(24), 0, -px(24), 0), int(Qt::AlignCenter) | Qt::TextWordWrap, m_sentence);
        return;
    }
    const QSizeF size = QSizeF(m_image.size()) * (m_zoom / devicePixelRatioF());
    const double x = std::max(0.0, (viewport()->width() - size.width()) / 2) - horizontalScrollBar()->value();
    const double y = std::max(0.0, (viewport()->height() - size.height()) / 2) - verticalScrollBar()->value();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_zoom < 4);
    painter.drawImage(QRectF(QPointF(x, y), size), m_image);
}

void PictureStage::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        zoomBy(event->angleDelta().y() > 0 ? 1.25 : 0.8);
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void PictureStage::mousePressEvent(QMouseEvent *event)
{
    m_grip = event->pos();
}

void PictureStage::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const QPoint moved = event->pos() - m_grip;
    m_grip = event->pos();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
}

void PictureStage::mouseDoubleClickEvent(QMouseEvent *)
{
    if (m_fitted)
        zoomBy(1 / std::max(0.01, m_zoom)); // its own size
    else
        fit();
}

void PictureStage::keyPressEvent(QKeyEvent *event)
{
    // Fitted, the arrows turn over; zoomed, they move the picture.
    if (m_fitted && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        event->ignore();
    else
        QAbstractScrollArea::keyPressEvent(event);
}

} // namespace outrigger::gui
