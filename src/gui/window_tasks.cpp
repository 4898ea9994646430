// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "gui/contactspage.h"
#include "gui/inboxpage.h"
#include "gui/pipelinepage.h"
#include "gui/taskdialog.h"
#include "gui/taskspage.h"
#include "gui/threadpane.h"
#include "gui/toast.h"
#include "gui/work.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QListView>
#include <QStackedWidget>

// What is to be done: its page, and a new task from anywhere.
namespace outrigger::gui {

ContactId MainWindow::contactHere() const
{
    if (m_pages->currentWidget() == m_inbox && m_inbox->hasThread())
        return m_inbox->thread()->contactId();
    if (m_contacts && m_pages->currentWidget() == m_contacts)
        return m_contacts->currentContact();
    if (m_pipeline && m_pages->currentWidget() == m_pipeline)
        return m_pipeline->currentContact();
    return {};
}

TasksPage *MainWindow::tasks()
{
    if (!m_todo) {
        m_todo = new TasksPage(m_engine, m_desk, m_work, m_actions, m_pages);
        m_pages->addWidget(m_todo);
        m_todo->setPlace(m_place);
        connect(m_todo, &TasksPage::contactRequested, this, [this](const ContactId &contact) { openContact(contact); });
        connect(m_todo, &TasksPage::newRequested, this, &MainWindow::newTask);
        connect(m_todo, &TasksPage::editRequested, this, &MainWindow::editTask);
    }
    return m_todo;
}

void MainWindow::newTask()
{
    const auto account = m_engine->account();
    auto *dialog = new TaskDialog(m_desk, account ? account->me : UserId(), contactHere(), this);
    connect(dialog, &TaskDialog::created, this, [this](const TaskDraft &draft, const Contact &contact, const QStringList &tags) {
        m_work->addTask(draft, {});
        if (!tags.isEmpty())
            m_work->changeTags(contact, tags, {});
    });
    dialog->open();
}

void MainWindow::editTask(const TaskRow &row)
{
    const auto account = m_engine->account();
    auto *dialog = new TaskDialog(m_desk, account ? account->me : UserId(), row, this);
    connect(dialog, &TaskDialog::changed, this, [this](const TaskRow &was, const TaskChange &change) {
        m_work->changeTask(was, change, tr("Changed: %1").arg(was.task.title.left(60)));
    });
    connect(dialog, &TaskDialog::removeWanted, m_work, &Work::removeTask);
    dialog->open();
}

bool MainWindow::runTasks(Command command)
{
    const bool here = m_todo && m_pages->currentWidget() == m_todo;
    switch (command) {
    case Command::GoTasks:
        showPage(tasks(), command);
        m_toast->dismiss(); // it would lie over the acts
        m_todo->takeFocus();
        return true;
    case Command::NewTask: newTask(); return true;
    case Command::Down:
    case Command::Up:
        if (here)
            m_todo->move(command == Command::Down ? 1 : -1);
        return here;
    case Command::Open:
        if (here)
            m_todo->openCurrent();
        return here;
    default: return here && m_todo->run(command);
    }
}

} // namespace outrigger::gui
