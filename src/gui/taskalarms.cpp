// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/taskalarms.h"

#include "gui/notifier.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {
/// Not the id: a task that is made here gets another one when HighLevel has it.
QString keyOf(const TaskRow &row)
{
    return row.task.contact.value + u'@' + QString::number(row.task.due.toMSecsSinceEpoch()) + u'@' + row.task.title;
}
} // namespace

TaskAlarms::TaskAlarms(sync::Engine *engine, models::Desk *desk, Notifier *notifier, QObject *parent)
    : QObject(parent), m_engine(engine), m_desk(desk), m_notifier(notifier), m_since(QDateTime::currentDateTimeUtc())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &TaskAlarms::look);
    connect(desk, &models::Desk::tasksChanged, this, &TaskAlarms::look);
    look();
}

void TaskAlarms::look()
{
    m_loading = load(this);
}

Task<void> TaskAlarms::load(TaskAlarms *self)
{
    auto asking = self->m_desk->tasks();
    const auto rows = co_await asking;
    const auto account = self->m_engine->account();
    if (!rows || !account)
        co_return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::chrono::milliseconds next = 10min;
    QVector<TaskRow> due;
    for (const TaskRow &row : *rows) {
        if (row.task.done || !row.task.due.isValid() || row.task.user != account->me || row.task.due < self->m_since)
            continue;
        if (row.task.due > now)
            next = std::min(next, std::chrono::milliseconds(now.msecsTo(row.task.due) + 20));
        else if (!self->m_told.contains(keyOf(row)))
            due.append(row);
    }
    if (!due.isEmpty() && self->m_notifier->isSilent())
        next = std::min<std::chrono::milliseconds>(next, 1min); // asked again until the person wants to be told
    else if (!due.isEmpty())
        self->tell(due);
    self->m_timer.start(next);
}

void TaskAlarms::tell(const QVector<TaskRow> &rows)
{
    for (const TaskRow &row : rows)
        m_told.insert(keyOf(row));
    if (rows.size() > mostAlone) {
        m_notifier->tellTasks(int(rows.size()));
    } else {
        for (const TaskRow &row : rows)
            m_notifier->tellTask(row);
    }
    Q_EMIT told(int(rows.size()));
}

} // namespace outrigger::gui
