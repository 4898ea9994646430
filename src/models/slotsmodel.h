// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/slots.h"

#include <QAbstractTableModel>

namespace outrigger::models {

/// The free times of seven days: a column for each day of who looks, a cell for each time, told on both clocks.
class SlotsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        SlotRole = Qt::UserRole + 1, ///< Slot
        MineRole,                    ///< "2:30 pm"
        TheirsRole,                  ///< "11:30 am"; empty when both clocks are equal
        CivilRole,                   ///< bool: between 8 and 21 for the lead
        DigitRole                    ///< 1 to 9 for the first nine, else 0
    };
    using QAbstractTableModel::QAbstractTableModel;
    /// mine, theirs: clocks; name: whose the other clock is.
    void setZones(const QTimeZone &mine, const QTimeZone &theirs, const QString &name);
    void setWeek(const QDate &first, const QVector<Slot> &times);
    const QDate &first() const { return m_first; }
    bool isEmpty() const { return m_count == 0; }
    int count() const { return m_count; }
    int timesOn(int column) const { return int(m_days.value(column).times.size()); }
    /// Where the n-th time stands, from 1.
    QModelIndex nth(int n) const;
    QModelIndex indexOf(const QDateTime &start) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    const Slot *slotAt(const QModelIndex &index) const;
    QTimeZone m_mine = QTimeZone::systemTimeZone();
    QTimeZone m_theirs = QTimeZone::systemTimeZone();
    QString m_name;
    QDate m_first;
    QVector<freetimes::Day> m_days;
    int m_rows = 0;
    int m_count = 0;
};

} // namespace outrigger::models
