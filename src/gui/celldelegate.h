// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QTableView;

namespace outrigger::gui {

/// Cells of plain tables and lists: the same inset as their headers, an accent edge at the selected row.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// As all lists in columns look: whole rows, no grid, one line a row, the first column aligned with its header.
/// rowHeight: design pixels.
void setUpTable(QTableView *table, int rowHeight);

} // namespace outrigger::gui
