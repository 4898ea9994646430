// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "domain/rows.h"

#include <QDialog>
#include <QTimer>

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// What came while nobody looked: one card, each line of it a way to go there. Enter begins with the replies, Esc goes
/// to the inbox as it is.
class AwayReport : public QDialog
{
    Q_OBJECT
public:
    AwayReport(const AwayNews &news, const QDateTime &since, const QDateTime &now, QWidget *parent = nullptr);
    /// "4 replies, 1 new lead waiting 22 min, 1 text failed", for a screen reader.
    static QString sentence(const AwayNews &news, const QDateTime &now);

Q_SIGNALS:
    void repliesWanted();
    void newLeadsWanted();
    void contactWanted(const outrigger::ContactId &contact);
};

/// Knows when the person was last here, and brings the report when they come back after half an hour or more: at a start
/// once the cache has what came meanwhile, else when the window is active again.
class AwayWatch : public QObject
{
    Q_OBJECT
public:
    AwayWatch(models::Desk *desk, QWidget *window);
    void setClock(const Clock &clock) { m_clock = &clock; } ///< tests; must outlive the watch
    /// The account is known: what is kept of the last visit is read.
    void begin();
    void setActive(bool active);
    /// What came meanwhile is in the cache, or there is no network: the report waits for no longer than this.
    void caughtUp();
    static constexpr int minutes = 30;
    /// When the report began to wait for what came meanwhile; invalid: none waits.
    const QDateTime &waitsFrom() const { return m_waitsFrom; }

Q_SIGNALS:
    void report(const outrigger::AwayNews &news, const QDateTime &since);

private:
    static Task<void> read(AwayWatch *self);
    static Task<void> ask(AwayWatch *self, QDateTime since);
    static Task<void> keep(AwayWatch *self, QDateTime now);
    void cameBack(const QDateTime &since);
    models::Desk *m_desk;
    const Clock *m_clock = &Clock::system();
    LocationId m_location;
    QDateTime m_lastHere;
    QDateTime m_waitsFrom;
    QDateTime m_waitingSince; ///< away since then; the news are on their way
    bool m_active = false;
    QTimer m_pulse;
    QTimer m_patience;
    Task<void> m_reading;
    Task<void> m_asking;
    Task<void> m_keeping;
};

} // namespace outrigger::gui
