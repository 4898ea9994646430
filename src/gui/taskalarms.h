// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/leadtask.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace outrigger::models {
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Notifier;

/// Tells the person when a task of theirs becomes due while the program runs; each once for each date. While the person
/// does not want to be told (quiet hours, pause) it waits, and what has gathered is told in one.
class TaskAlarms : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostAlone = 3;
    TaskAlarms(sync::Engine *engine, models::Desk *desk, Notifier *notifier, QObject *parent = nullptr);

Q_SIGNALS:
    void told(int tasks); ///< so many have become due and were handed to the notifier

private:
    void look();
    static Task<void> load(TaskAlarms *self);
    void tell(const QVector<TaskRow> &rows);

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Notifier *m_notifier;
    QDateTime m_since; ///< what was due before is no news
    QSet<QString> m_told;
    QTimer m_timer;
    Task<void> m_loading;
};

} // namespace outrigger::gui
