// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace outrigger::models {
class DealTableModel;
}

namespace outrigger::gui {

class Actions;
class Settings;

/// The deals of a board as rows: sorted by any column, with the columns that a person wants. Ctrl and Shift mark several.
class DealTable : public QTableView
{
    Q_OBJECT
public:
    DealTable(models::DealTableModel *model, Settings *settings, Actions *actions, QWidget *parent);
    qint64 currentKey() const;
    /// In the order of the table; one is none: it is where the focus is.
    QVector<qint64> tickedKeys() const;
    void toggleCurrent();
    void move(int step);
    void goTo(qint64 key);
    void showColumnMenu();
    /// Of the columns that are shown, in their order.
    QVector<int> shownColumns() const;

Q_SIGNALS:
    void ticksChanged();
    void opened();
    void menuWanted(const QPoint &global); ///< of the current row

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void restoreColumns();
    void keepColumns();
    models::DealTableModel *m_model;
    Settings *m_settings;
};

} // namespace outrigger::gui
