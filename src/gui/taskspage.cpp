// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/taskspage.h"

#include "gui/emptystate.h"
#include "gui/snooze.h"
#include "gui/taskdelegate.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/tasksmodel.h"
#include "sync/engine.h"

#include <QApplication>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QListView>
#include <QMouseEvent>
#include <QPushButton>
#include <QStackedWidget>

#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::TasksModel;
using taskentry::Group;

TasksPage::TasksPage(sync::Engine *engine, models::Desk *desk, Work *work, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_work(work), m_model(new TasksModel(desk, this))
{
    setObjectName(u"tasks.page"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    column->addWidget(buildHead());
    m_stack = new QStackedWidget(this);
    m_view = named(new QListView(m_stack), u"tasks.list"_s, tr("Tasks"));
    m_view->setModel(m_model);
    auto *delegate = m_delegate = new TaskDelegate(desk, m_view);
    m_view->setItemDelegate(delegate);
    m_view->viewport()->installEventFilter(this);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setMouseTracking(true);
    actions->attach(m_view, KeyScope::Lists);
    actions->attach(m_view, KeyScope::Tasks);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"tasks.empty"_s);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    column->addWidget(buildActs());
    connect(delegate, &TaskDelegate::tickWanted, this, &TasksPage::tick);
    connect(m_view, &QAbstractItemView::doubleClicked, this, [this] { run(Command::TaskEdit); });
    connect(m_empty, &EmptyState::activated, this, &TasksPage::newRequested);
    connect(m_model, &TasksModel::layoutChanged, this, &TasksPage::showState);
    connect(m_model, &TasksModel::loaded, this, &TasksPage::showState);
    connect(m_model, &TasksModel::loaded, this, &TasksPage::lookForWanted, Qt::QueuedConnection);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &TasksPage::showState);
    showState();
}

QWidget *TasksPage::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 16, 12, 16, 12, 8);
    row->addWidget(new Label(tr("Tasks"), TextRole::Title, Ink::Text, head));
    row->addSpacing(px(8));
    m_mine = pushButton(tr("Mine"), u"tasks.mine"_s, head);
    m_all = pushButton(tr("Everybody's"), u"tasks.everybody"_s, head);
    auto *group = new QButtonGroup(this);
    for (QPushButton *button : {m_mine, m_all}) {
        button->setCheckable(true);
        group->addButton(button);
        row->addWidget(button);
    }
    m_mine->setChecked(true);
    m_summary = new Label(TextRole::Body, Ink::Text2, head);
    m_summary->setObjectName(u"tasks.summary"_s);
    m_summary->setElided(true);
    row->addSpacing(px(8));
    row->addWidget(m_summary, 1);
    connect(m_mine, &QPushButton::toggled, this, [this](bool mine) {
        const auto account = m_engine->account();
        m_model->setMine(mine, account ? account->me : UserId());
    });
    auto *add = pushButton(tr("New task"), u"tasks.new"_s, head, true);
    add->setToolTip(tr("New task (%1)").arg(keyText(Command::NewTask)));
    connect(add, &QPushButton::clicked, this, &TasksPage::newRequested);
    row->addWidget(add);
    return head;
}

QWidget *TasksPage::buildActs()
{
    m_acts = new Pane(Ground::Window, this);
    m_acts->setEdges(Qt::TopEdge);
    auto *row = new QHBoxLayout(m_acts);
    setInsets(row, 16, 10, 16, 10, 8);
    const auto button = [&](const QString &text, const QString &id, Command command) {
        auto *made = pushButton(text, id, m_acts);
        made->setToolTip(keyText(command));
        connect(made, &QPushButton::clicked, this, [this, command] { run(command); });
        row->addWidget(made);
        return made;
    };
    // At the end: what is said, with Undo, lies over the beginning.
    auto *open = pushButton(tr("Open the lead"), u"tasks.open"_s, m_acts);
    connect(open, &QPushButton::clicked, this, &TasksPage::openCurrent);
    row->addWidget(open);
    row->addStretch(1);
    m_done = button(tr("Done"), u"tasks.done"_s, Command::TaskDone);
    button(tr("Later…"), u"tasks.snooze"_s, Command::TaskSnooze);
    button(tr("Change…"), u"tasks.edit"_s, Command::TaskEdit);
    button(tr("Remove"), u"tasks.remove"_s, Command::TaskDelete);
    return m_acts;
}

void TasksPage::setPlace(const LocationId &)
{
    const auto account = m_engine->account();
    m_model->setMine(m_mine->isChecked(), account ? account->me : UserId());
    m_model->reload();
}

void TasksPage::showEvent(QShowEvent *event)
{
    m_model->reload();
    Pane::showEvent(event);
}

void TasksPage::takeFocus()
{
    m_wantsFocus = m_model->rowCount() == 0;
    if (!m_wantsFocus)
        m_view->setFocus(Qt::OtherFocusReason);
}

void TasksPage::select(int row, int step)
{
    const int rows = m_model->rowCount();
    for (int at = row; at >= 0 && at < rows; at += step) {
        if (m_model->index(at).flags().testFlag(Qt::ItemIsSelectable)) {
            m_view->setCurrentIndex(m_model->index(at));
            return;
        }
    }
}

void TasksPage::reveal(qint64 task, const ContactId &contact)
{
    m_wanted = task;
    m_wantedLead = contact;
    m_model->reload();
}

/// After each load while one is wanted: first among mine, then among everybody's.
void TasksPage::lookForWanted()
{
    if (!m_wanted)
        return;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QVariant value = m_model->index(row).data(TasksModel::RowRole);
        if (value.isValid() && value.value<TaskRow>().key == m_wanted) {
            m_wanted = 0;
            m_view->setCurrentIndex(m_model->index(row));
            m_view->scrollTo(m_model->index(row));
            m_view->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    if (m_mine->isChecked()) {
        m_all->setChecked(true);
        m_model->reload();
        return;
    }
    m_wanted = 0;
    Q_EMIT contactRequested(m_wantedLead); // done long ago: with the lead it is still seen
}

void TasksPage::move(int step)
{
    const QModelIndex index = m_view->currentIndex();
    select(index.isValid() ? index.row() + step : 0, step < 0 ? -1 : 1);
}

std::optional<TaskRow> TasksPage::current() const
{
    const QVariant value = m_view->currentIndex().data(TasksModel::RowRole);
    return value.isValid() ? std::optional(value.value<TaskRow>()) : std::nullopt;
}

void TasksPage::openCurrent()
{
    if (const auto row = current())
        Q_EMIT contactRequested(row->task.contact);
}

void TasksPage::tick(const QModelIndex &index)
{
    const auto row = index.data(TasksModel::RowRole).value<TaskRow>();
    m_work->completeTask(row, !row.task.done);
}

void TasksPage::snooze()
{
    const auto row = current();
    if (!row)
        return;
    const QRect place = m_view->visualRect(m_view->currentIndex());
    QMenu *menu = snooze::menu(this, QDateTime::currentDateTimeUtc(), false, [this, row = *row](const QDateTime &until, const QString &words) {
        if (!until.isValid())
            return;
        TaskChange change;
        change.due = until;
        m_work->changeTask(row, change, tr("Moved: %1, %2", "a task, a time").arg(row.task.title.left(60), words));
    });
    menu->popup(m_view->viewport()->mapToGlobal(place.bottomLeft() + QPoint(px(40), 0)));
}

void TasksPage::moveTo(const TaskRow &row, Group group)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    if (group == taskentry::groupOf(row.task, now, zone))
        return;
    if (group == Group::Done) {
        m_work->completeTask(row, true);
        return;
    }
    TaskChange change;
    const QDateTime due = taskentry::movedTo(row.task, group, now, zone);
    if (!due.isValid())
        return;
    change.due = due;
    if (row.task.done)
        change.done = false;
    m_work->changeTask(row, change, tr("Moved: %1, %2", "a task, a time").arg(row.task.title.left(60), taskentry::dueWords(due, now, zone)));
}

/// Not QDrag, which runs an event loop of its own: the list under the pointer keeps the mouse.
bool TasksPage::carry(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const QModelIndex index = m_view->indexAt(at);
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const QVariant row = index.data(TasksModel::RowRole);
        m_pressed = event->button() == Qt::LeftButton && row.isValid() ? std::optional(row.value<TaskRow>()) : std::nullopt;
        m_pressedAt = at;
        return false;
    }
    case QEvent::MouseMove:
        if (!m_pressed || !event->buttons().testFlag(Qt::LeftButton))
            return false;
        m_carrying = m_carrying || (at - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
        if (!m_carrying)
            return false;
        m_view->viewport()->setCursor(Qt::ClosedHandCursor);
        m_delegate->setTarget(index.isValid() ? std::optional(Group(index.data(TasksModel::GroupRole).toInt())) : std::nullopt);
        m_view->viewport()->update();
        return true;
    case QEvent::MouseButtonRelease: {
        const auto carried = std::exchange(m_pressed, std::nullopt);
        if (!std::exchange(m_carrying, false))
            return false;
        m_view->viewport()->unsetCursor();
        m_delegate->setTarget(std::nullopt);
        m_view->viewport()->update();
        if (carried && index.isValid())
            moveTo(*carried, Group(index.data(TasksModel::GroupRole).toInt()));
        return true;
    }
    default: return false;
    }
}

bool TasksPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool mouse = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseMove || event->type() == QEvent::MouseButtonRelease;
    if (watched == m_view->viewport() && mouse && carry(static_cast<QMouseEvent *>(event)))
        return true;
    return Pane::eventFilter(watched, event);
}

bool TasksPage::run(Command command)
{
    const auto row = current();
    switch (command) {
    case Command::TaskDone:
        if (row) { // the selection goes on to the next one: a list is worked through with one key
            const int at = m_view->currentIndex().row();
            m_work->completeTask(*row, !row->task.done);
            select(at + 1, 1);
        }
        return true;
    case Command::TaskSnooze: snooze(); return true;
    case Command::TaskEdit:
        if (row)
            Q_EMIT editRequested(*row);
        return true;
    case Command::TaskDelete:
        if (row) {
            const int at = m_view->currentIndex().row();
            m_work->removeTask(*row);
            select(at + 1, 1);
        }
        return true;
    case Command::TaskNew: Q_EMIT newRequested(); return true;
    default: return false;
    }
}

void TasksPage::showState()
{
    const int rows = m_model->rowCount();
    const bool mine = m_mine->isChecked();
    m_empty->set(u"tasks"_s, mine ? tr("Nothing for you to do.") : tr("Nothing to do."), tr("New task"));
    m_stack->setCurrentWidget(rows > 0 ? static_cast<QWidget *>(m_view) : m_empty);
    if (rows > 0 && !current())
        select(0, 1);
    if (rows > 0 && std::exchange(m_wantsFocus, false) && isVisible())
        m_view->setFocus(Qt::OtherFocusReason);
    const int overdue = m_model->openCount(Group::Overdue), today = m_model->openCount(Group::Today);
    QStringList parts;
    if (overdue > 0)
        parts.append(tr("%n overdue", nullptr, overdue));
    if (today > 0)
        parts.append(tr("%n today", nullptr, today));
    m_summary->setText(parts.join(u" · "_s));
    const auto row = current();
    m_done->setText(row && row->task.done ? tr("Not done") : tr("Done"));
    m_acts->setVisible(rows > 0);
    m_acts->setEnabled(row.has_value());
}

} // namespace outrigger::gui
