// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"
#include "models/calendarmodel.h"

#include <QObject>
#include <QStandardItemModel>

class QMenu;
class QTreeView;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// Which calendars and whose appointments are shown, and what gives an appointment its colour. One list of items with
/// ticks, which the side of the calendar shows as a tree and the button above it as a menu. Kept for each location; what
/// is new there is shown.
class CalendarChoice : public QObject
{
    Q_OBJECT
public:
    explicit CalendarChoice(models::Desk *desk, QObject *parent = nullptr);
    /// Reads what was chosen there before.
    void setPlace(const LocationId &location);
    const models::CalendarModel::Filter &filter() const { return m_filter; }
    const models::CalendarModel::Looks &looks() const { return m_looks; }
    QTreeView *makeTree(QWidget *parent);
    void fillMenu(QMenu *menu);

Q_SIGNALS:
    void changed();

private:
    enum class Kind { Heading, Calendar, Person, Cancelled, ByPerson };
    void fill();
    void addCalendars();
    void addPeople();
    QStandardItem *heading(const QString &name);
    void addItem(QStandardItem *under, Kind kind, const QString &id, const QString &name, bool on, const QPixmap &picture);
    void onItem(const QStandardItem *item);
    static Task<void> read(CalendarChoice *self, QString name);
    static Task<void> write(CalendarChoice *self, QString name, QString json);
    QString nameOfKept() const;

    models::Desk *m_desk;
    LocationId m_location;
    QStandardItemModel m_items;
    models::CalendarModel::Filter m_filter;
    models::CalendarModel::Looks m_looks;
    bool m_filling = false;
    Task<void> m_reading;
    TaskScope m_writing;
};

} // namespace outrigger::gui
