// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/statemark.h"

#include "gui/icons.h"
#include "gui/style.h"

#include <QPainter>
#include <QPainterPath>

namespace outrigger::gui {

namespace {

QPainterPath tick(double x, double y, double h)
{
    QPainterPath path(QPointF(x, y + h * 0.55));
    path.lineTo(x + h * 0.27, y + h * 0.82);
    path.lineTo(x + h * 0.80, y + h * 0.20);
    return path;
}

/// A tick as an outline, two strokes wide: "accepted" is the one that is not yet full.
void hollowTick(QPainter *painter, const QRectF &r, const QColor &colour)
{
    QPainterPathStroker stroker(QPen(Qt::black, r.height() * 0.26));
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    stroker.setWidth(r.height() * 0.26);
    painter->setPen(QPen(colour, std::max(0.9, r.height() * 0.075)));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(stroker.createStroke(tick(r.left() + r.height() * 0.08, r.top(), r.height() * 0.9)).simplified());
}

void clock(QPainter *painter, const QRectF &r, const QPen &pen)
{
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawEllipse(r.adjusted(1, 1, -1, -1));
    painter->drawPolyline(QPolygonF{QPointF(r.center().x(), r.top() + r.height() * 0.28), r.center(),
                                    QPointF(r.left() + r.width() * 0.68, r.top() + r.height() * 0.62)});
}

/// A ring with a gap: under way.
void ring(QPainter *painter, const QRectF &r, const QPen &pen)
{
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawArc(r.adjusted(1, 1, -1, -1), 90 * 16, -290 * 16);
}

void question(QPainter *painter, const QRectF &r, const QColor &colour)
{
    QFont font = Style::instance()->font(TextRole::SmallStrong);
    font.setPixelSize(std::max(7, int(r.height() * 0.62)));
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(r, Qt::AlignCenter, QStringLiteral("?"));
}

void flag(QPainter *painter, const QRectF &r, const QPen &pen, const QColor &colour)
{
    painter->setPen(pen);
    painter->drawLine(QPointF(r.left() + r.width() * 0.25, r.top() + 1), QPointF(r.left() + r.width() * 0.25, r.bottom() - 1));
    QPainterPath cloth(QPointF(r.left() + r.width() * 0.25, r.top() + 1));
    cloth.lineTo(r.right() - 1, r.top() + r.height() * 0.30);
    cloth.lineTo(r.left() + r.width() * 0.25, r.top() + r.height() * 0.60);
    painter->fillPath(cloth, colour);
}

} // namespace

double stateMarkWidth(MessageState state, double height)
{
    switch (state) {
    case MessageState::Delivered:
    case MessageState::Read: return height * 1.32;
    case MessageState::Draft: return 0;
    default: return height;
    }
}

QColor stateMarkColour(MessageState state, const QColor &quiet)
{
    const Colours &c = colours();
    switch (state) {
    case MessageState::NeedsYou: return c.warn;
    case MessageState::Failed:
    case MessageState::OptedOut:
    case MessageState::StoppedHere: return c.danger;
    case MessageState::Read: return c.ok;
    default: return quiet;
    }
}

void paintStateMark(QPainter *painter, const QRectF &rect, MessageState state, const QColor &colour)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double h = rect.height();
    QPen pen(colour, std::max(1.2, h * 0.11));
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    painter->setPen(pen);
    const QRectF square(rect.left(), rect.top(), h, h);
    switch (state) {
    case MessageState::Draft: break;
    case MessageState::Held:
    case MessageState::Waiting: clock(painter, square, pen); break;
    case MessageState::Scheduled: {
        clock(painter, square, pen);
        painter->setBrush(colour);
        painter->setPen(Qt::NoPen);
        painter->drawEllipse(QPointF(square.right() - h * 0.10, square.top() + h * 0.14), h * 0.14, h * 0.14);
        break;
    }
    case MessageState::Sending: ring(painter, square, pen); break;
    case MessageState::Checking:
        ring(painter, square, pen);
        question(painter, square, colour);
        break;
    case MessageState::NeedsYou: flag(painter, square, pen, colour); break;
    case MessageState::Accepted: hollowTick(painter, square, colour); break;
    case MessageState::Sent: painter->drawPath(tick(rect.left() + h * 0.08, rect.top(), h)); break;
    case MessageState::Delivered:
        painter->drawPath(tick(rect.left() + h * 0.04, rect.top(), h));
        painter->drawPath(tick(rect.left() + h * 0.46, rect.top(), h));
        break;
    case MessageState::Read: {
        // Filled: the two ticks stand on a small disc of their own.
        pen.setWidthF(pen.widthF() * 1.5);
        painter->setPen(pen);
        painter->drawPath(tick(rect.left() + h * 0.04, rect.top(), h));
        painter->drawPath(tick(rect.left() + h * 0.46, rect.top(), h));
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawEllipse(QPointF(rect.left() + h * 1.22, rect.top() + h * 0.80), h * 0.13, h * 0.13);
        break;
    }
    case MessageState::Failed: {
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(square.adjusted(1, 1, -1, -1));
        const double x = square.center().x();
        painter->drawLine(QPointF(x, square.top() + h * 0.28), QPointF(x, square.top() + h * 0.55));
        painter->drawPoint(QPointF(x, square.top() + h * 0.73));
        break;
    }
    case MessageState::OptedOut: icons::paint(painter, square, QStringLiteral("bell-off"), colour); break;
    case MessageState::StoppedHere: icons::paint(painter, square, QStringLiteral("shield"), colour); break;
    case MessageState::Cancelled:
        clock(painter, square, pen);
        painter->drawLine(square.bottomLeft() + QPointF(1, -1), square.topRight() + QPointF(-1, 1));
        break;
    }
    painter->restore();
}

} // namespace outrigger::gui
