// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/limiter.h"

#include "api/limitercore.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <list>
#include <vector>

using namespace std::chrono_literals;

namespace outrigger::api {

namespace {

struct Waiter {
    quint64 order;
    Priority priority;
    Resolver<quint64> resolve;
};

} // namespace

struct Limiter::Private {
    Private(Limiter *owner, const Clock &c) : q(owner), clock(c), core(QRandomGenerator::global()->generate())
    {
        timer.setSingleShot(true);
        timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer, &QTimer::timeout, q, [this] { pump(); });
        pauseTimer.setSingleShot(true);
        QObject::connect(&pauseTimer, &QTimer::timeout, q, [this] { pauseMayBeOver(); });
    }

    void pump();
    void pauseMayBeOver();
    void watchPause();

    Limiter *q;
    const Clock &clock;
    LimiterCore core;
    std::list<Waiter> waiting; ///< by priority, then by arrival
    quint64 nextOrder = 1;
    QTimer timer;
    QTimer pauseTimer;
    bool paused = false;
};

namespace {

/// Takes a waiter out of the line when its task is destroyed.
template <class Line>
class Place
{
public:
    Place(QPointer<Limiter> owner, Line *line, quint64 order) : m_owner(std::move(owner)), m_line(line), m_order(order)
    {
    }
    ~Place()
    {
        if (m_owner)
            m_line->remove_if([this](const Waiter &w) { return w.order == m_order; });
    }
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;

private:
    QPointer<Limiter> m_owner;
    Line *m_line;
    quint64 m_order;
};

} // namespace

Limiter::Limiter(const Clock &clock, QObject *parent) : QObject(parent), d(std::make_unique<Private>(this, clock)) {}

Limiter::~Limiter() = default;

Task<quint64> Limiter::admit(Priority priority)
{
    Deferred<quint64> turn;
    const quint64 order = d->nextOrder++;
    const auto behind = std::find_if(d->waiting.begin(), d->waiting.end(),
                                     [priority](const Waiter &w) { return w.priority > priority; });
    d->waiting.insert(behind, Waiter{order, priority, turn.resolver()});
    Place<std::list<Waiter>> place(this, &d->waiting, order);
    d->pump();
    co_return co_await turn;
}

void Limiter::Private::pump()
{
    const auto now = clock.steady();
    std::vector<std::pair<Resolver<quint64>, quint64>> granted;
    std::chrono::milliseconds soonest = 1h;
    bool blocked = false;
    for (auto it = waiting.begin(); it != waiting.end();) {
        const auto wait = core.wait(it->priority, now);
        if (wait > 0ms) {
            soonest = std::min(soonest, wait);
            blocked = true;
            // Who waits for the same waits as long.
            it = std::find_if(it, waiting.end(), [priority = it->priority](const Waiter &w) { return w.priority > priority; });
            continue;
        }
        granted.emplace_back(it->resolve, core.leave(it->priority, now));
        it = waiting.erase(it);
    }
    if (blocked)
        timer.start(std::max(soonest, 1ms));
    else
        timer.stop();
    // Last: whoever goes on may come back here, or end this object.
    for (const auto &[resolve, ticket] : granted)
        resolve(ticket);
}

void Limiter::left(quint64 ticket)
{
    d->core.back(ticket, d->clock.steady());
    if (!d->waiting.empty())
        d->timer.start(0); // it may be the one that others wait for
}

void Limiter::learn(const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    d->core.learn(headers, d->clock.steady(), d->clock.now().toMSecsSinceEpoch());
    if (!d->waiting.empty())
        d->timer.start(0); // the new numbers may let somebody go
}

void Limiter::tooMany(std::optional<std::chrono::milliseconds> retryAfter)
{
    d->core.tooMany(retryAfter, d->clock.steady());
    d->watchPause();
}

void Limiter::Private::watchPause()
{
    const auto now = clock.steady();
    if (const auto until = core.pausedUntil(now))
        pauseTimer.start(*until - now + 1ms);
    if (std::exchange(paused, true) == false)
        Q_EMIT q->pausedChanged();
}

void Limiter::Private::pauseMayBeOver()
{
    if (core.pausedUntil(clock.steady())) {
        watchPause();
        return;
    }
    const QPointer<Limiter> alive(q);
    if (std::exchange(paused, false))
        Q_EMIT q->pausedChanged();
    if (alive)
        pump();
}

QDateTime Limiter::pausedUntil() const
{
    const auto now = d->clock.steady();
    const auto until = d->core.pausedUntil(now);
    return until ? d->clock.now().addMSecs((*until - now).count()) : QDateTime();
}

int Limiter::allowedPerInterval() const
{
    return d->core.allowed();
}

std::chrono::milliseconds Limiter::interval() const
{
    return d->core.interval();
}

int Limiter::usedInInterval() const
{
    return d->core.used(d->clock.steady());
}

int Limiter::dailyRemaining() const
{
    return d->core.dailyRemaining(d->clock.steady());
}

int Limiter::dailyLimit() const
{
    return d->core.dailyLimit();
}

} // namespace outrigger::api
