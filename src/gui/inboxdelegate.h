// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rows.h"

#include <QStyledItemDelegate>

#include <memory>

namespace outrigger::gui {

enum class Density { Comfortable, Compact };

/// Paints one row of the inbox (InboxModel::RowRole) and takes clicks on the acts that a row shows under the mouse.
/// Use with a QListView that has uniformItemSizes and mouse tracking switched on.
class InboxDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum class Act { Done, Snooze, Star };
    explicit InboxDelegate(QObject *parent = nullptr);
    ~InboxDelegate() override;
    void setDensity(Density density); ///< the view must lay out again: call doItemsLayout()
    Density density() const;
    /// The user's own zone for times, the location's zone (IANA) for leads whose zone is not known.
    void setZones(const QTimeZone &mine, const QString &locationZone);
    void setActsShown(bool shown); ///< acts in place of the time while the mouse is over a row; on by default

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

Q_SIGNALS:
    void actRequested(outrigger::gui::InboxDelegate::Act act, qint64 key);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::gui
