// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/alarms.h"

#include "gui/notifier.h"
#include "gui/settings.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {
/// Looked again at least so often: timers do not count the hours in which the computer sleeps.
constexpr std::chrono::milliseconds longest = 1min;
} // namespace

Alarms::Alarms(sync::Engine *engine, models::Desk *desk, Settings *settings, Notifier *notifier, QObject *parent)
    : QObject(parent), m_engine(engine), m_desk(desk), m_settings(settings), m_notifier(notifier), m_since(m_clock->now())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Alarms::look);
    connect(desk, &models::Desk::tasksChanged, this, &Alarms::look);
    connect(desk, &models::Desk::eventsChanged, this, &Alarms::look);
    connect(settings, &Settings::changed, this, &Alarms::look);
    look();
}

void Alarms::setClock(const Clock &clock)
{
    m_clock = &clock;
    m_since = clock.now();
    look();
}

QString Alarms::nameOfTold() const { return u"alarms.told."_s + m_desk->location().value; }

void Alarms::look()
{
    m_timer.start(longest); // whatever becomes of this one
    m_loading = load(this);
}

Task<void> Alarms::load(Alarms *self)
{
    const auto account = self->m_engine->account();
    if (!account || self->m_desk->location().isEmpty())
        co_return;
    const QString name = self->nameOfTold();
    if (self->m_toldOf != name) {
        auto reading = self->m_desk->kept(name);
        const auto kept = co_await reading;
        if (!kept || name != self->nameOfTold())
            co_return; // not known, so nothing is told twice
        self->m_told.addJson(kept->toUtf8());
        self->m_toldOf = name;
    }
    auto asking = self->m_desk->tasks();
    const auto tasks = co_await asking;
    const QVector<int> minutes = self->m_settings->reminders();
    const QDateTime start = self->m_clock->now().addSecs(-3600);
    const QDateTime end = start.addSecs(3 * 3600 + 60LL * (minutes.isEmpty() ? 0 : minutes.last()));
    auto looking = self->m_engine->cache().events(self->m_desk->location(), start, end, {});
    const auto events = co_await looking;

    QVector<alarms::Alarm> all;
    if (tasks)
        all += alarms::ofTasks(*tasks, account->me, self->m_since);
    if (events)
        all += alarms::ofAppointments(*events, minutes, account->me);
    const QDateTime now = self->m_clock->now();
    const auto found = alarms::look(all, self->m_told, now);
    if (!found.due.isEmpty() && !self->m_notifier->isSilent()) // else asked again until the person wants to be told
        self->tell(found.due);
    if (found.next.isValid())
        self->m_timer.start(std::min(longest, std::chrono::milliseconds(std::max<qint64>(0, now.msecsTo(found.next)) + 20)));
}

void Alarms::tell(const QVector<alarms::Alarm> &due)
{
    for (const auto &alarm : due)
        m_told.insert(alarm);
    if (due.size() > mostAlone) {
        m_notifier->tellAlarms(due);
    } else {
        for (const auto &alarm : due)
            m_notifier->tellAlarm(alarm);
    }
    m_keeping.start(keepTold(this));
    Q_EMIT told(int(due.size()));
}

Task<void> Alarms::keepTold(Alarms *self)
{
    auto keeping = self->m_desk->keep(self->nameOfTold(), QString::fromUtf8(self->m_told.toJson(self->m_clock->now())));
    co_await keeping; // not kept: after a restart it is told again, which is better than not at all
}

} // namespace outrigger::gui
