// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "domain/alarms.h"

#include <QObject>
#include <QTimer>

namespace outrigger::models {
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Notifier;
class Settings;

/// Tells the person when a task of theirs becomes due and before an appointment begins, while the program runs; each once
/// for each date, appointments also over a restart. While the person does not want to be told (quiet hours, pause) it
/// waits, and what has gathered is told in one; a reminder of what has begun by then is dropped.
class Alarms : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostAlone = 3;
    Alarms(sync::Engine *engine, models::Desk *desk, Settings *settings, Notifier *notifier, QObject *parent = nullptr);
    void setClock(const Clock &clock); ///< tests; outlives this

Q_SIGNALS:
    void told(int things); ///< so many were handed to the notifier

private:
    void look();
    static Task<void> load(Alarms *self);
    void tell(const QVector<alarms::Alarm> &due);
    static Task<void> keepTold(Alarms *self);
    QString nameOfTold() const;

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Settings *m_settings;
    Notifier *m_notifier;
    const Clock *m_clock = &Clock::system();
    QDateTime m_since; ///< what was due before is no news
    alarms::Told m_told;
    QString m_toldOf; ///< the entry of the ledger that has been read into it
    QTimer m_timer;
    Task<void> m_loading;
    TaskScope m_keeping;
};

} // namespace outrigger::gui
