// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QStyledItemDelegate>

namespace outrigger::gui {

/// Paints one deal of the board. Cards are all equally high, so that a column of any length is laid out at once.
class DealCard : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setRegion(const QString &region) { m_region = region; }
    /// The card as it is carried along under the pointer.
    QPixmap carried(const QModelIndex &index, int width, qreal devicePixelRatio) const;

private:
    QString m_region;
};

} // namespace outrigger::gui
