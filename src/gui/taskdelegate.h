// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/taskentry.h"

#include <QStyledItemDelegate>

#include <optional>

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// A row of the tasks: a circle to tick, what is to be done, for whom, when, and whose it is; and the rows that name a
/// group. Pressing the circle asks for the tick.
class TaskDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    TaskDelegate(models::Desk *desk, QObject *parent) : QStyledItemDelegate(parent), m_desk(desk) {}
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override;

    /// The group that a carried task would be put into.
    void setTarget(std::optional<taskentry::Group> group) { m_target = group; }

Q_SIGNALS:
    void tickWanted(const QModelIndex &index);

private:
    static QRect circle(const QStyleOptionViewItem &option);
    models::Desk *m_desk;
    std::optional<taskentry::Group> m_target;
};

} // namespace outrigger::gui
