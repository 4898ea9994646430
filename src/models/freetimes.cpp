// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/freetimes.h"

#include "domain/slots.h"
#include "models/desk.h"
#include "models/offers.h"
#include "store/cache_freetimes.h"
#include "sync/engine.h"
#include "sync/freetimes.h"

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {
constexpr qint64 oldAfter = 15 * 60;  // seconds
constexpr qint64 againAfter = 5 * 60; // seconds
QString keyOf(const CalendarId &calendar, const UserId &user) { return calendar.value + u'/' + user.value; }
} // namespace

FreeTimes *FreeTimes::of(sync::Engine *engine, Desk *desk)
{
    auto *found = desk->findChild<FreeTimes *>(QString(), Qt::FindDirectChildrenOnly);
    return found ? found : new FreeTimes(engine, desk);
}

FreeTimes::FreeTimes(sync::Engine *engine, Desk *desk)
    : QObject(desk), m_engine(engine), m_desk(desk), m_offers(new Offers(desk)), m_place(desk->location())
{
}

void FreeTimes::followLocation()
{
    if (m_place == m_desk->location())
        return;
    m_place = m_desk->location();
    m_known.clear();
    m_asked.clear();
    m_usual.clear();
    m_last.clear();
    m_lastKnown = false;
    m_keptOf = {};
    m_outdated.clear();
}

/// More than one may wait for it; the first that is through counts. Nothing that was read in this run is written over.
Task<void> FreeTimes::loadKept()
{
    followLocation();
    const LocationId place = m_place;
    if (m_keptOf == place)
        co_return;
    auto asking = store::keptFreeTimes(m_engine->cache(), place, m_clock->now());
    const auto kept = co_await asking;
    followLocation();
    if (!kept || m_keptOf == place || m_place != place)
        co_return;
    m_keptOf = place;
    QSet<CalendarId> news;
    for (const store::KeptTimes &one : *kept) {
        const QString key = keyOf(one.calendar, one.user);
        if (m_known.contains(key) || m_outdated.contains(one.calendar.value))
            continue;
        m_known.insert(key, {one.times, one.from, one.to, one.readAt, true});
        news.insert(one.calendar);
    }
    for (const CalendarId &calendar : std::as_const(news))
        Q_EMIT changed(calendar);
}

const FreeTimes::Known *FreeTimes::lastKnown(const CalendarId &calendar, const UserId &user)
{
    followLocation();
    const auto found = m_known.constFind(keyOf(calendar, user));
    return found != m_known.cend() ? &*found : nullptr;
}

const FreeTimes::Known *FreeTimes::known(const CalendarId &calendar, const UserId &user)
{
    const Known *found = lastKnown(calendar, user);
    return found && found->readAt.secsTo(m_clock->now()) < oldAfter ? found : nullptr;
}

void FreeTimes::readAhead(const CalendarId &calendar)
{
    followLocation();
    if (m_keptOf != m_place)
        m_tasks.start(loadKept());
    const auto found = m_desk->calendar(calendar);
    const QDateTime now = m_clock->now(), last = m_asked.value(calendar.value);
    if (!found || !found->active || (last.isValid() && last.secsTo(now) < againAfter))
        return;
    m_asked.insert(calendar.value, now);
    m_tasks.start(loadUsual(this));
    m_tasks.start(ahead(this, *found));
}

Task<void> FreeTimes::ahead(FreeTimes *self, Calendar calendar)
{
    const QDateTime now = self->m_clock->now();
    auto asking = self->read(calendar, {}, now, now.addDays(daysAhead));
    const auto times = co_await asking;
    if (!times)
        self->m_asked.remove(calendar.id.value);
}

Task<Result<QVector<Slot>>> FreeTimes::read(Calendar calendar, UserId user, QDateTime from, QDateTime to)
{
    followLocation();
    const LocationId place = m_place;
    auto asking = sync::readFreeTimes(m_engine, calendar, user, from, to, m_desk->timezone().toLatin1(), m_clock);
    auto times = co_await asking;
    if (!times) {
        auto loading = loadKept();
        co_await loading;
    } else if (place == m_desk->location()) {
        m_known.insert(keyOf(calendar.id, user), {*times, from, to, m_clock->now(), false});
        if (user.isEmpty())
            m_asked.insert(calendar.id.value, m_clock->now());
        Q_EMIT changed(calendar.id);
    }
    co_return times;
}

QString FreeTimes::offer(const ContactId &contact, const CalendarId &calendar, const QVector<Slot> &times, const QTimeZone &theirs)
{
    const QVector<Slot> offered = freetimes::offer(times, theirs);
    const QString text = freetimes::offerText(offered, theirs);
    if (!text.isEmpty() && !contact.isEmpty())
        m_offers->remember(contact, {calendar, offered, theirs.id(), m_clock->now(), {}});
    return text;
}

Task<Result<QString>> FreeTimes::offerNow(ContactId contact, CalendarId calendar, QTimeZone theirs)
{
    const auto found = m_desk->calendar(calendar);
    if (!found || !found->active)
        co_return fail(ErrorKind::Usage, tr("This calendar is switched off in HighLevel, so it has no times to offer."));
    const QDateTime now = m_clock->now();
    auto asking = read(*found, {}, now, now.addDays(daysAhead));
    const auto times = co_await asking;
    if (!times)
        co_return fail(times.error());
    co_return offer(contact, calendar, *times, theirs);
}

void FreeTimes::forget(const CalendarId &calendar)
{
    followLocation();
    m_asked.remove(calendar.value);
    m_outdated.insert(calendar.value);
    sync::forgetFreeTimes(m_engine, m_place, calendar);
    m_known.removeIf([prefix = keyOf(calendar, {})](const auto &entry) { return entry.key().startsWith(prefix); });
    Q_EMIT changed(calendar);
}

Task<void> FreeTimes::loadUsual(FreeTimes *self)
{
    if (self->m_lastKnown)
        co_return;
    self->m_lastKnown = true;
    const LocationId place = self->m_place;
    auto asking = self->m_desk->kept(u"booking.calendar."_s + place.value);
    const auto name = co_await asking;
    if (name && place == self->m_place && self->m_last.isEmpty())
        self->m_last = *name;
}

CalendarId FreeTimes::usual(const ContactId &contact)
{
    followLocation();
    for (const QString &one : {m_usual.value(contact.value), m_last}) {
        const auto found = m_desk->calendar(CalendarId(one));
        if (found && found->active)
            return found->id;
    }
    const auto all = m_desk->calendars();
    return !all.isEmpty() && all.first().active ? all.first().id : CalendarId();
}

void FreeTimes::setUsual(const ContactId &contact, const CalendarId &calendar)
{
    if (!contact.isEmpty())
        m_usual.insert(contact.value, calendar.value);
    if (m_last == calendar.value)
        return;
    m_last = calendar.value;
    m_tasks.start([](FreeTimes *self, QString value) -> Task<void> {
        auto keeping = self->m_desk->keep(u"booking.calendar."_s + self->m_desk->location().value, value);
        co_await keeping; // what is not kept is chosen again
    }(this, calendar.value));
}

} // namespace outrigger::models
