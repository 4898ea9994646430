// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contact.h"
#include "domain/leadtask.h"

#include <QWidget>

class QLineEdit;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Label;
class Work;

/// What is to be done about the lead whose conversation is open, and one line that adds to it.
class LeadTasks : public QWidget
{
    Q_OBJECT
public:
    LeadTasks(models::Desk *desk, Work *work, QWidget *parent);
    void setContact(const Contact &contact);

Q_SIGNALS:
    void editRequested(const outrigger::TaskRow &row);

private:
    void read();
    static Task<void> load(LeadTasks *self);
    void show(const QVector<TaskRow> &rows);
    QWidget *line(const TaskRow &row, int number);
    void showMeaning();
    void add();

    models::Desk *m_desk;
    Work *m_work;
    Contact m_contact;
    QVector<TaskRow> m_rows;
    QWidget *m_list = nullptr;
    QLineEdit *m_entry;
    Label *m_meaning;
    Task<void> m_loading;
};

} // namespace outrigger::gui
