// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/celldelegate.h"

#include "gui/style.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace outrigger::gui {

namespace {
constexpr int inset = 12;
constexpr int end = 4; ///< behind the words
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const Colours &c = colours();
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setClipRect(option.rect);
    if (selected)
        painter->fillRect(option.rect, c.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, c.hover);
    const bool mirrored = option.direction == Qt::RightToLeft;
    if (selected && index.column() == 0) {
        const int edge = px(3);
        painter->fillRect(mirrored ? option.rect.right() - edge + 1 : option.rect.left(), option.rect.top(), edge, option.rect.height(), c.accent);
    }
    const QVariant ink = index.data(Qt::ForegroundRole);
    painter->setFont(option.font);
    painter->setPen(ink.isValid() ? ink.value<QBrush>().color() : option.state & QStyle::State_Enabled ? c.text : c.text3);
    const QRect words = option.rect.adjusted(px(inset), 0, -px(end), 0);
    const auto alignment = QStyle::visualAlignment(option.direction, option.displayAlignment) | Qt::AlignAbsolute;
    painter->drawText(words, int(alignment), option.fontMetrics.elidedText(option.text, Qt::ElideRight, words.width()));
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const bool whole = view && view->selectionBehavior() == QAbstractItemView::SelectRows && index.model()->columnCount() > 1;
    if ((option.state & QStyle::State_HasFocus) && !whole) {
        painter->setPen(QPen(c.focus, 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize hint = QStyledItemDelegate::sizeHint(option, index);
    return {hint.width() + px(inset) + px(end), qMax(hint.height(), px(32))};
}

void setUpTable(QTableView *table, int rowHeight)
{
    table->setItemDelegate(new CellDelegate(table));
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(px(rowHeight));
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
}

} // namespace outrigger::gui
