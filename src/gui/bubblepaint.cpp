// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bubble.h"

#include "gui/icons.h"
#include "gui/statemark.h"
#include "gui/style.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace outrigger::gui {

using models::ThreadModel;

void Bubble::paint(QPainter *painter, const QPointF &at, const BubbleLook &look) const
{
    painter->save();
    painter->translate(at);
    const Colours &c = colours();
    if (m_shape == Shape::Line) {
        paintLine(painter);
        painter->restore();
        return;
    }
    if (look.selected) {
        painter->fillRect(QRectF(0, 0, m_width, m_height), c.selection);
        painter->fillRect(QRectF(m_rtl ? m_width - px(3) : 0, 0, px(3), m_height), c.accent);
    }
    paintGround(painter);
    if (m_shape == Shape::Strip)
        paintCall(painter, look);
    for (const Icon &icon : m_icons)
        icons::paint(painter, icon.rect, icon.name, icon.colour, m_rtl);
    painter->save();
    // Letters with towering marks must not reach the neighbours.
    painter->setClipRect(QRectF(0, m_frame.top() - 1, m_width, m_frame.height() + 2), Qt::IntersectClip);
    m_body.draw(painter, m_bodyAt, m_bodyColour, look.selectStart, look.selectEnd, look.marks);
    painter->restore();
    // The last piece of a draining message counts down: drawn with the words of this moment.
    const std::size_t pieces = m_drains ? m_pieces.size() - 1 : m_pieces.size();
    for (std::size_t i = 0; i < pieces; ++i)
        m_pieces[i].box.draw(painter, m_pieces[i].at, m_pieces[i].colour);
    paintMeta(painter);
    paintFoot(painter, look);
    if (look.current) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(c.focus, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawPath(groundPath(3));
    }
    painter->restore();
}

void Bubble::paintLine(QPainter *painter) const
{
    const Colours &c = colours();
    const bool unread = m_content.kind == ThreadModel::RowKind::UnreadLine;
    const QFont font = Style::instance()->font(TextRole::SmallStrong);
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(m_content.label);
    const double middle = m_height / 2.0;
    const QRectF label((m_width - width) / 2 - px(10), middle - metrics.height() / 2, width + px(20), metrics.height());
    painter->setPen(QPen(unread ? c.accent : c.line, unread ? std::max(1, c.edge) : c.edge));
    if (unread || !c.tints) {
        painter->drawLine(QPointF(px(16), middle), QPointF(label.left(), middle));
        painter->drawLine(QPointF(label.right(), middle), QPointF(m_width - px(16), middle));
    }
    painter->setFont(font);
    painter->setPen(unread ? c.accent : c.text2);
    painter->drawText(label, Qt::AlignCenter, m_content.label);
}

QPainterPath Bubble::groundPath(double grow) const
{
    const QRectF r = m_frame.adjusted(-grow, -grow, grow, grow);
    const double full = (m_shape == Shape::Bubble ? px(12) : px(6)) + grow;
    if (m_shape != Shape::Bubble || (!m_content.group && m_content.last)) {
        QPainterPath path;
        path.addRoundedRect(r, full, full);
        return path;
    }
    // Corners of the joined side are nearly square, so a group reads as one thing.
    const double joined = px(4) + grow;
    const bool right = (m_content.row.message.direction == Direction::Outbound) != m_rtl;
    const double topLeft = !right && m_content.group ? joined : full;
    const double topRight = right && m_content.group ? joined : full;
    const double bottomLeft = !right && !m_content.last ? joined : full;
    const double bottomRight = right && !m_content.last ? joined : full;
    QPainterPath path(QPointF(r.left() + topLeft, r.top()));
    path.lineTo(r.right() - topRight, r.top());
    path.arcTo(QRectF(r.right() - 2 * topRight, r.top(), 2 * topRight, 2 * topRight), 90, -90);
    path.lineTo(r.right(), r.bottom() - bottomRight);
    path.arcTo(QRectF(r.right() - 2 * bottomRight, r.bottom() - 2 * bottomRight, 2 * bottomRight, 2 * bottomRight), 0, -90);
    path.lineTo(r.left() + bottomLeft, r.bottom());
    path.arcTo(QRectF(r.left(), r.bottom() - 2 * bottomLeft, 2 * bottomLeft, 2 * bottomLeft), 270, -90);
    path.lineTo(r.left(), r.top() + topLeft);
    path.arcTo(QRectF(r.left(), r.top(), 2 * topLeft, 2 * topLeft), 180, -90);
    path.closeSubpath();
    return path;
}

void Bubble::paintGround(QPainter *painter) const
{
    const Colours &c = colours();
    const MessageState state = m_content.row.state;
    const bool outbound = m_content.row.message.direction == Direction::Outbound;
    const bool failed = outbound
        && (state == MessageState::Failed || state == MessageState::StoppedHere || state == MessageState::OptedOut);
    const bool needsYou = outbound && state == MessageState::NeedsYou;
    painter->setRenderHint(QPainter::Antialiasing);
    QColor fill;
    QPen edge = c.tints ? QPen(Qt::NoPen) : QPen(c.text, c.edge);
    switch (m_shape) {
    case Shape::Bubble: fill = outbound ? c.bubbleOut : c.bubbleIn; break;
    case Shape::Note: fill = mixed(c.surface, c.info, c.tints ? 0.10 : 0); break;
    case Shape::Card: fill = c.surface; edge = QPen(c.tints ? c.line : c.text, c.edge); break;
    case Shape::Strip: fill = mixed(c.surface, c.bubbleIn, 0.6); break;
    case Shape::Automation: {
        const double rule = px(2);
        painter->fillRect(QRectF(m_rtl ? m_frame.right() - rule : m_frame.left(), m_frame.top() + px(2), rule,
                                 m_frame.height() - px(4)),
                          failed ? c.danger : c.inputBorder);
        return;
    }
    case Shape::Activity:
    case Shape::Line: return;
    }
    if (failed)
        edge = QPen(c.danger, std::max(1.5, double(c.edge)));
    else if (needsYou)
        edge = QPen(c.warn, std::max(1.5, double(c.edge)));
    else if (outbound && m_shape == Shape::Bubble
             && (state == MessageState::Held || state == MessageState::Waiting || state == MessageState::Scheduled)) {
        edge = QPen(c.tints ? mixed(c.bubbleOut, c.accent, 0.55) : c.text, c.edge, Qt::DashLine);
        fill = c.tints ? mixed(c.surface, c.bubbleOut, 0.55) : c.surface;
    } else if (state == MessageState::Cancelled && outbound && m_shape == Shape::Bubble) {
        fill = mixed(c.surface, c.bubbleIn, 0.7);
    }
    painter->setPen(edge);
    painter->setBrush(fill);
    painter->drawPath(groundPath(edge.style() == Qt::NoPen ? 0 : -edge.widthF() / 2));
}

void Bubble::paintCall(QPainter *painter, const BubbleLook &look) const
{
    if (m_icons.isEmpty())
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    const bool hovered = look.hoveredHit >= 0 && look.hoveredHit < m_hits.size() && m_hits[look.hoveredHit].kind == HitKind::Play;
    painter->setBrush(hovered ? colours().hover : colours().surface);
    painter->drawEllipse(m_icons.first().rect.adjusted(-px(8), -px(8), px(8), px(8)));
}

void Bubble::paintMeta(QPainter *painter) const
{
    if (m_meta.isEmpty())
        return;
    const Colours &c = colours();
    const double mark = px(13);
    const double markWidth = showsMark() ? stateMarkWidth(m_content.row.state, mark) + px(4) : 0;
    painter->setFont(Style::instance()->font(TextRole::Small));
    painter->setPen(c.text2);
    const QRectF words = m_rtl ? m_meta.adjusted(markWidth, 0, 0, 0) : m_meta.adjusted(0, 0, -markWidth, 0);
    painter->drawText(words, Qt::AlignVCenter | (m_rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::TextDontClip | Qt::TextSingleLine,
                      metaText());
    if (markWidth > 0) {
        const QRectF rect(m_rtl ? m_meta.left() : m_meta.right() - markWidth + px(4), m_meta.center().y() - mark / 2,
                          markWidth - px(4), mark);
        paintStateMark(painter, rect, m_content.row.state, stateMarkColour(m_content.row.state, c.text2));
    }
}

void Bubble::paintFoot(QPainter *painter, const BubbleLook &look) const
{
    const Colours &c = colours();
    if (m_drains) {
        const Piece &piece = m_pieces.back();
        painter->setFont(Style::instance()->font(TextRole::Small));
        painter->setPen(piece.colour);
        painter->drawText(QRectF(piece.at, QSizeF(piece.box.width() + px(40), piece.box.height())),
                          Qt::AlignVCenter | Qt::AlignLeft | Qt::AlignAbsolute | Qt::TextDontClip, footSentence(look.now));
        const qint64 whole = std::clamp<qint64>(m_content.row.message.dateAdded.msecsTo(m_content.row.dueAt), 1000, 60'000);
        const double share = std::clamp(double(look.now.msecsTo(m_content.row.dueAt)) / double(whole), 0.0, 1.0);
        const QRectF rail(m_frame.left() + px(12), m_frame.bottom() - px(3), m_frame.width() - px(24), px(2));
        const double width = rail.width() * share;
        painter->fillRect(QRectF(m_rtl ? rail.right() - width : rail.left(), rail.top(), width, rail.height()), c.accent);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < int(m_hits.size()); ++i) {
        const BubbleHit &hit = m_hits[i];
        const bool hovered = i == look.hoveredHit;
        switch (hit.kind) {
        case HitKind::Undo:
        case HitKind::SendNow:
        case HitKind::Cancel:
        case HitKind::Change:
        case HitKind::Retry:
        case HitKind::Resolve:
        case HitKind::Details:
        case HitKind::ShowAll: {
            const bool edged = hit.kind != HitKind::ShowAll && !(hit.kind == HitKind::Details && m_shape == Shape::Card);
            painter->setPen(edged ? QPen(mixed(c.line, c.inputBorder, c.tints ? 0.55 : 1), c.edge) : QPen(Qt::NoPen));
            painter->setBrush(hovered ? c.hover : edged ? c.surface : QColor(Qt::transparent));
            painter->drawRoundedRect(hit.rect.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6));
            painter->setFont(Style::instance()->font(TextRole::SmallStrong));
            painter->setPen(c.accent);
            painter->drawText(hit.rect, Qt::AlignCenter | Qt::TextSingleLine, hit.label);
            break;
        }
        case HitKind::Link:
        case HitKind::None: {
            if (hit.kind == HitKind::Link && overText(hit.rect.center()))
                break; // a link in the text is drawn with it
            const QRectF icon(m_rtl ? hit.rect.right() - px(16) : hit.rect.left(), hit.rect.center().y() - px(8), px(16), px(16));
            icons::paint(painter, icon, QStringLiteral("attach"), c.text2);
            QFont font = Style::instance()->font(TextRole::Body);
            font.setUnderline(hit.kind == HitKind::Link);
            painter->setFont(font);
            painter->setPen(hit.kind == HitKind::Link ? c.accent : c.text);
            const QRectF words = m_rtl ? hit.rect.adjusted(0, 0, -px(22), 0) : hit.rect.adjusted(px(22), 0, 0, 0);
            painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                              QFontMetricsF(font).elidedText(hit.label, Qt::ElideMiddle, words.width()));
            break;
        }
        case HitKind::Play: // the disc of a call
        case HitKind::Picture: // the view puts it in
        case HitKind::Text: break;
        }
    }
}

} // namespace outrigger::gui
