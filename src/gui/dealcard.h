// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/dealrows.h"

#include <QPixmap>
#include <QSet>
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
    /// Low cards: two lines, without tags.
    void setDense(bool dense);
    bool dense() const { return m_dense; }
    /// What a person does not want on the cards ("contact", "value", "owner", "unread", "tags", "next", "days"), and how many lines
    /// of their own the board adds (models::ColumnModel::LinesRole).
    /// Answers whether they are others than before.
    bool setFields(const QSet<QString> &hidden, int lines);
    /// The card as it is carried along under the pointer.
    QPixmap carried(const QModelIndex &index, int width, qreal devicePixelRatio) const;

Q_SIGNALS:
    /// The two words on a card that somebody else has changed, too.
    void decided(qint64 key, bool mine);

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override;

private:
    struct Choice {
        QRect theirs;
        QRect mine;
    };
    Choice choiceIn(const QRect &item, Qt::LayoutDirection direction) const;
    void paintChoice(QPainter *painter, const Choice &choice) const;
    void paintThird(QPainter *painter, const DealRow &row, const QDateTime &next, const QRect &inside, const QRect &card, Qt::LayoutDirection direction) const;
    int cardHeight() const; ///< design px
    void paintNext(QPainter *painter, const QRectF &rect, const QDateTime &next, const QDateTime &now) const;
    int lineHeight() const; ///< px
    void paintLines(QPainter *painter, const QStringList &lines, const QRect &inside, int top, const QRect &card, Qt::LayoutDirection direction) const;
    QString m_region;
    bool m_dense = false;
    QSet<QString> m_hidden;
    int m_lines = 0;
};

} // namespace outrigger::gui
