// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/leadtask.h"
#include "domain/taskentry.h"

#include <QAbstractListModel>
#include <QTimer>

namespace outrigger::models {

class Desk;

/// The location's tasks in groups by their dates: a row that names the group, then its tasks. Rows that name a group
/// cannot be chosen. Asks the cache again when tasks change, and sorts anew when the clock moves one into another group.
class TasksModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        RowRole = Qt::UserRole + 1, ///< TaskRow; invalid for a row that names a group
        GroupRole,                  ///< taskentry::Group as int
        CountRole                   ///< of a row that names a group: how many it holds
    };
    explicit TasksModel(Desk *desk, QObject *parent = nullptr);
    /// Only those of `me`, and those of nobody; everybody's otherwise.
    void setMine(bool mine, const UserId &me);
    void reload();
    /// For tests and for what is due: milliseconds of the next change of groups; 0 when there is none.
    QDateTime nextDue() const;
    int openCount(taskentry::Group group) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// The task as one sentence for a screen reader.
    static QString sentence(const TaskRow &row, const QDateTime &now, const QTimeZone &zone, const QString &owner);

Q_SIGNALS:
    void loaded();

private:
    struct Line {
        taskentry::Group group;
        int task = -1; ///< place in m_tasks; -1: names the group
        int count = 0;
    };
    static Task<void> load(TasksModel *self);
    void arrange();

    Desk *m_desk;
    bool m_mine = true;
    UserId m_me;
    QVector<TaskRow> m_tasks;
    QVector<Line> m_lines;
    QTimer m_clock;
    Task<void> m_loading;
};

} // namespace outrigger::models
