// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"
#include "gui/widgets.h"

#include <QAbstractTableModel>
#include <QDate>
#include <QHash>
#include <QStyledItemDelegate>
#include <QTimeZone>

class QTableView;

namespace outrigger::models {
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

/// Six weeks of days, with how much is on each.
class MonthModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role { DateRole = Qt::UserRole + 1, BusyRole, TodayRole, ShownRole, OtherMonthRole };
    using QAbstractTableModel::QAbstractTableModel;
    void setMonth(const QDate &month); ///< any day of it
    QDate month() const { return m_month; }
    QDate first() const; ///< of the 42 days: the first day of the week by the locale
    void setBusy(const QHash<QDate, int> &busy);
    void setToday(const QDate &today);
    void setShown(const QDate &first, int days); ///< the period of the large view
    QModelIndex indexOf(const QDate &date) const;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 6; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 7; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void tell();
    QDate m_month;
    QDate m_today;
    QDate m_shown;
    int m_shownDays = 0;
    QHash<QDate, int> m_busy;
};

/// A month beside the calendar: which days have something, and a way to any of them. A plain table, so that arrows, focus
/// and assistive technology work without code of ours.
class MiniMonth : public QWidget
{
    Q_OBJECT
public:
    MiniMonth(sync::Engine *engine, models::Desk *desk, QWidget *parent);
    void setPlace(const LocationId &location);
    void setToday(const QDate &today);
    /// What the calendar shows; the month follows it.
    void setShown(const QDate &first, int days, const QDate &current);

Q_SIGNALS:
    void dateChosen(const QDate &date);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void turn(int months);
    void showMonth();
    void read();
    static Task<void> load(MiniMonth *self);

    sync::Engine *m_engine;
    MonthModel *m_model;
    QTableView *m_view;
    Label *m_name;
    LocationId m_location;
    Task<void> m_loading;
};

} // namespace outrigger::gui
