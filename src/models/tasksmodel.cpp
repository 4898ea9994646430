// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tasksmodel.h"

#include "models/desk.h"
#include "models/words.h"

#include <algorithm>
#include <array>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::models {

using taskentry::Group;

namespace {
constexpr int mostDone = 50; ///< of the finished ones only the latest are of interest
constexpr std::array order{Group::Overdue, Group::Today, Group::Tomorrow, Group::Week, Group::Later, Group::NoDate, Group::Done};
} // namespace

TasksModel::TasksModel(Desk *desk, QObject *parent) : QAbstractListModel(parent), m_desk(desk)
{
    m_clock.setSingleShot(true);
    connect(&m_clock, &QTimer::timeout, this, &TasksModel::arrange);
    connect(desk, &Desk::tasksChanged, this, &TasksModel::reload);
    connect(desk, &Desk::referenceChanged, this, &TasksModel::arrange);
}

void TasksModel::setMine(bool mine, const UserId &me)
{
    m_mine = mine;
    m_me = me;
    arrange();
}

void TasksModel::reload()
{
    m_loading = load(this);
}

Task<void> TasksModel::load(TasksModel *self)
{
    auto asking = self->m_desk->tasks();
    auto tasks = co_await asking;
    if (tasks && *tasks != self->m_tasks) {
        self->m_tasks = std::move(*tasks);
        self->arrange();
    }
    Q_EMIT self->loaded();
}

/// Rows that stay keep their selection: the model is told what each line becomes.
void TasksModel::arrange()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    QHash<int, QVector<int>> groups;
    QDateTime next;
    for (int i = 0; i < m_tasks.size(); ++i) {
        const LeadTask &task = m_tasks.at(i).task;
        if (m_mine && !task.user.isEmpty() && task.user != m_me && !m_me.isEmpty())
            continue;
        const Group group = taskentry::groupOf(task, now, zone);
        groups[int(group)].append(i);
        if (!task.done && task.due > now && (!next.isValid() || task.due < next))
            next = task.due;
    }
    QVector<Line> lines;
    for (const Group group : order) {
        QVector<int> &tasks = groups[int(group)];
        if (tasks.isEmpty())
            continue;
        const bool done = group == Group::Done;
        std::stable_sort(tasks.begin(), tasks.end(), [&](int a, int b) {
            const QDateTime &x = m_tasks.at(a).task.due, &y = m_tasks.at(b).task.due;
            return done ? x > y : x < y;
        });
        if (done)
            tasks = tasks.mid(0, mostDone);
        lines.append({group, -1, int(tasks.size())});
        for (const int task : std::as_const(tasks))
            lines.append({group, task, 0});
    }
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QVector<qint64> keys;
    for (const QModelIndex &index : before)
        keys.append(index.data(RowRole).isValid() ? index.data(RowRole).value<TaskRow>().key : 0);
    m_lines = std::move(lines);
    QModelIndexList after;
    for (const qint64 key : std::as_const(keys)) {
        int row = -1;
        for (int i = 0; key && i < m_lines.size() && row < 0; ++i) {
            if (m_lines.at(i).task >= 0 && m_tasks.at(m_lines.at(i).task).key == key)
                row = i;
        }
        after.append(row < 0 ? QModelIndex() : index(row));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
    // The next one that becomes due, or midnight: groups change by themselves.
    const QDateTime midnight = now.toTimeZone(zone).date().addDays(1).startOfDay(zone);
    const QDateTime wake = next.isValid() ? std::min(next, midnight) : midnight;
    m_clock.start(std::chrono::milliseconds(std::clamp<qint64>(now.msecsTo(wake) + 50, 1000, 3'600'000)));
}

QDateTime TasksModel::nextDue() const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QDateTime next;
    for (const TaskRow &row : m_tasks) {
        if (!row.task.done && row.task.due > now && (!next.isValid() || row.task.due < next))
            next = row.task.due;
    }
    return next;
}

int TasksModel::openCount(Group group) const
{
    for (const Line &line : m_lines) {
        if (line.task < 0 && line.group == group)
            return line.count;
    }
    return 0;
}

int TasksModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

Qt::ItemFlags TasksModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_lines.at(index.row()).task < 0)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QString TasksModel::sentence(const TaskRow &row, const QDateTime &now, const QTimeZone &zone, const QString &owner)
{
    const Group group = taskentry::groupOf(row.task, now, zone);
    QStringList parts{words::oneLine(row.task.title)};
    if (!row.contactName.isEmpty())
        parts.append(tr("for %1", "a lead").arg(row.contactName));
    const QString due = taskentry::dueWords(row.task.due, now, zone);
    parts.append(row.task.done ? tr("done") : group == Group::Overdue ? tr("overdue, was due %1").arg(due) : due.isEmpty() ? tr("no date") : tr("due %1").arg(due));
    if (!owner.isEmpty())
        parts.append(tr("by %1", "a person").arg(owner));
    if (!row.reason.isEmpty())
        parts.append(row.reason);
    else if (!row.recordState.isEmpty() && row.recordState != "confirmed"_L1 && row.recordState != "accepted"_L1)
        parts.append(tr("not in HighLevel yet"));
    return parts.join(u", "_s);
}

QVariant TasksModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line &line = m_lines.at(index.row());
    if (role == GroupRole)
        return int(line.group);
    if (line.task < 0) {
        if (role == Qt::DisplayRole)
            return taskentry::groupName(line.group);
        if (role == CountRole)
            return line.count;
        if (role == Qt::AccessibleTextRole)
            return tr("%1, %n task(s)", nullptr, line.count).arg(taskentry::groupName(line.group));
        return {};
    }
    const TaskRow &row = m_tasks.at(line.task);
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case Qt::DisplayRole: return row.task.title;
    case Qt::ToolTipRole: return row.reason.isEmpty() ? row.task.body : row.reason;
    case Qt::AccessibleTextRole:
        return sentence(row, QDateTime::currentDateTimeUtc(), QTimeZone::systemTimeZone(), m_desk->userName(row.task.user));
    default: return {};
    }
}

} // namespace outrigger::models
