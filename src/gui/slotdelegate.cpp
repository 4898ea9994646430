// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/slotdelegate.h"

#include "gui/icons.h"
#include "gui/style.h"
#include "models/slotsmodel.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::SlotsModel;

QSize SlotDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const { return {px(96), px(48)}; }

void SlotDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString mine = index.data(SlotsModel::MineRole).toString();
    if (mine.isEmpty())
        return;
    const Colours &c = colours();
    const bool civil = index.data(SlotsModel::CivilRole).toBool();
    const bool chosen = option.state & QStyle::State_Selected;
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF chip = QRectF(option.rect).adjusted(px(3) + 0.5, px(4) + 0.5, -px(3) - 0.5, -px(4) - 0.5);
    painter->setPen(QPen(chosen ? c.accent : focused ? c.focus : c.inputBorder, focused || chosen ? px(2) : c.edge));
    painter->setBrush(chosen ? mixed(c.surface, c.accent, c.tints ? 0.16 : 0) : hovered ? c.hover : c.surface);
    painter->drawRoundedRect(chip, px(6), px(6));
    const QString theirs = index.data(SlotsModel::TheirsRole).toString();
    const QColor ink = civil ? c.text : c.text2;
    const QRectF words = chip.adjusted(px(6), px(2), -px(6), -px(2));
    painter->setFont(Style::instance()->font(civil ? TextRole::SmallStrong : TextRole::Small));
    painter->setPen(ink);
    const QRectF top = theirs.isEmpty() ? words : QRectF(words.left(), words.top(), words.width(), words.height() / 2);
    painter->drawText(top, Qt::AlignCenter, painter->fontMetrics().elidedText(mine, Qt::ElideRight, int(top.width())));
    if (!theirs.isEmpty()) {
        const QRectF below(words.left(), words.top() + words.height() / 2, words.width(), words.height() / 2);
        painter->setFont(Style::instance()->font(TextRole::Small));
        painter->setPen(c.text2);
        const int side = px(11);
        const QString text = painter->fontMetrics().elidedText(theirs, Qt::ElideRight, int(below.width()) - (civil ? 0 : side + px(3)));
        painter->drawText(below.adjusted(civil ? 0 : side + px(3), 0, 0, 0), Qt::AlignCenter, text);
        if (!civil) {
            const double wide = painter->fontMetrics().horizontalAdvance(text);
            icons::paint(painter, QRectF(below.center().x() - wide / 2 - side / 2.0 - px(1), below.center().y() - side / 2.0, side, side), u"moon"_s, c.text2);
        }
    }
    if (const int digit = index.data(SlotsModel::DigitRole).toInt(); digit > 0) {
        QFont tiny = Style::instance()->font(TextRole::Small);
        tiny.setPointSizeF(qMax(6.5, tiny.pointSizeF() - 2));
        painter->setFont(tiny);
        painter->setPen(c.text3);
        painter->drawText(chip.adjusted(px(5), px(2), -px(4), 0), Qt::AlignLeading | Qt::AlignTop, QString::number(digit));
    }
    painter->restore();
}

} // namespace outrigger::gui
