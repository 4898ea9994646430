// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/leadtask.h"
#include "domain/taskentry.h"
#include "gui/keymap.h"
#include "gui/widgets.h"

#include <optional>

class QListView;
class QMouseEvent;
class QPushButton;
class QStackedWidget;

namespace outrigger::models {
class Desk;
class TasksModel;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class EmptyState;
class TaskDelegate;
class Work;

/// What is to be done, by date: overdue, today, tomorrow, the next seven days, later, without a date, done.
class TasksPage : public Pane
{
    Q_OBJECT
public:
    TasksPage(sync::Engine *engine, models::Desk *desk, Work *work, Actions *actions, QWidget *parent = nullptr);
    QListView *view() const { return m_view; }
    void setPlace(const LocationId &location);
    void takeFocus();
    void move(int step);
    void openCurrent(); ///< the lead of the current task
    /// Makes this task current, whoever's it is; the lead is opened when it is not among the tasks that are shown.
    void reveal(qint64 task, const ContactId &contact);
    /// Done, snooze, edit, remove, new; false: it is not the tasks'.
    bool run(Command command);

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);
    void newRequested();
    void editRequested(const outrigger::TaskRow &row);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildActs();
    void showState();
    void lookForWanted();
    void select(int row, int step); ///< the nearest row from there on that is a task
    std::optional<TaskRow> current() const;
    void tick(const QModelIndex &index);
    void snooze();
    void moveTo(const TaskRow &row, taskentry::Group group);
    bool carry(QMouseEvent *event); ///< a task dragged to another group

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Work *m_work;
    models::TasksModel *m_model;
    bool m_wantsFocus = false;
    qint64 m_wanted = 0; ///< key; to be made current when it is there
    ContactId m_wantedLead;
    Label *m_summary = nullptr;
    QPushButton *m_mine = nullptr;
    QPushButton *m_all = nullptr;
    QStackedWidget *m_stack = nullptr;
    QListView *m_view = nullptr;
    EmptyState *m_empty = nullptr;
    Pane *m_acts = nullptr;
    QPushButton *m_done = nullptr;
    TaskDelegate *m_delegate = nullptr;
    std::optional<TaskRow> m_pressed; ///< under the button
    QPoint m_pressedAt;
    bool m_carrying = false;
};

} // namespace outrigger::gui
