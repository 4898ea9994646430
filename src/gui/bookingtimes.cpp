// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bookingpanel.h"

#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "models/desk.h"
#include "models/slotsmodel.h"

#include <QComboBox>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

// What is free: read ahead or now, shown by weeks.
namespace outrigger::gui {

using models::SlotsModel;

namespace {
constexpr qint64 freshFor = 60; ///< seconds in which times that are here are not asked for again
} // namespace

void BookingPanel::loadTimes()
{
    m_loading = {};
    m_loadingTimes = false;
    m_picked.reset();
    m_strip->hide();
    const auto chosen = calendar();
    if (!chosen || !chosen->active) {
        m_times.clear();
        m_model->setWeek(m_first, {});
        showNothing();
        return;
    }
    const UserId user(m_people->currentData().toString());
    const QString of = chosen->id.value + u'/' + user.value;
    const QDateTime now = m_clock->now();
    const QDateTime weekFrom = m_first.startOfDay(m_mine).toUTC(), weekTo = m_first.addDays(7).startOfDay(m_mine).toUTC();
    if (of == m_timesOf && m_timesFrom <= std::max(weekFrom, now) && m_timesTo >= weekTo) {
        showTimes();
        return;
    }
    m_timesOf = of;
    const QDateTime from = std::max(now, weekFrom);
    // Read ahead: shown at once, and asked for again when it may be out of date.
    const auto *known = m_free->known(chosen->id, user);
    if (known && known->from <= from && known->to >= weekTo) {
        const bool old = known->kept || known->readAt.secsTo(now) > freshFor;
        take(*known);
        if (old)
            m_loading = load(this, *chosen, user, from, true);
        return;
    }
    m_times.clear();
    m_timesOld = false;
    m_loadingTimes = true;
    m_model->setWeek(m_first, {});
    showWeek();
    showNothing();
    m_loading = load(this, *chosen, user, from, false);
}

void BookingPanel::take(const models::FreeTimes::Known &known)
{
    const QDateTime now = m_clock->now();
    m_times = known.times;
    m_times.erase(m_times.begin(), std::find_if(m_times.begin(), m_times.end(), [&now](const Slot &slot) { return slot.start > now; }));
    m_timesFrom = known.from;
    m_timesTo = known.to;
    m_timesAt = known.readAt;
    m_timesOld = false;
    showTimes();
}

/// again: times are shown already, and stay when HighLevel does not answer.
Task<void> BookingPanel::load(BookingPanel *self, Calendar calendar, UserId user, QDateTime from, bool again)
{
    auto asking = self->m_free->read(calendar, user, from, from.addDays(models::FreeTimes::daysAhead));
    const auto times = co_await asking;
    self->m_loadingTimes = false;
    if (times) {
        if (const auto *known = self->m_free->known(calendar.id, user))
            self->take(*known);
        co_return;
    }
    if (again) {
        self->m_timesOld = true;
        self->showWeek();
        co_return;
    }
    // What was free when somebody could be asked is better than nothing, as long as it says how old it is.
    const auto *last = self->m_free->lastKnown(calendar.id, user);
    if (last && last->to > from) {
        self->take(*last);
        self->m_timesOld = true;
        self->showWeek();
        co_return;
    }
    self->m_timesOf.clear();
    self->m_state->setText(times.error().kind == ErrorKind::Offline
                               ? tr("HighLevel cannot be reached, and this computer has not read yet what is free in this calendar. Calendar and person can be chosen now; press Ctrl+B again once you are online.")
                               : tr("HighLevel does not say what is free: %1. Try again, or choose another calendar.").arg(times.error().message));
    self->m_firstFree->hide();
    self->m_offer->hide();
    self->m_state->show();
    self->m_view->hide();
    self->m_further->hide();
}

void BookingPanel::showWeek()
{
    const QString week = tr("%1 – %2", "day, day").arg(locale().toString(m_first, tr("d MMM")), locale().toString(m_first.addDays(6), tr("d MMM yyyy")));
    m_week->setText(m_timesOld ? tr("%1 · as it was %2", "a week, how long ago").arg(week, spokenTime(m_timesAt, m_clock->now(), m_mine)) : week);
}

void BookingPanel::showTimes()
{
    m_model->setWeek(m_first, m_times);
    for (int column = 0; column < 7; ++column)
        m_view->setColumnHidden(column, m_model->timesOn(column) == 0);
    showWeek();
    m_earlier->setEnabled(m_first > m_clock->now().toTimeZone(m_mine).date());
    if (const Slot *first = firstFree())
        m_firstFree->setText(tr("First free: %1").arg(locale().toString(first->start.toTimeZone(m_mine).date(), tr("ddd d MMM")) + u", "_s
                                                      + freetimes::clock(first->start, m_mine)));
    showNothing();
    if (m_model->isEmpty())
        return;
    // Near the time that was meant.
    const QVariant shown = m_view->currentIndex().data(SlotsModel::SlotRole);
    QModelIndex at = m_model->nth(1);
    if (shown.isValid() && m_model->indexOf(shown.value<Slot>().start).isValid()) {
        at = m_model->indexOf(shown.value<Slot>().start); // read once more: the eye stays where it was
    } else if (m_around.isValid()) {
        const auto near = freetimes::snap(m_times, m_around, 12 * 60);
        if (near && m_model->indexOf(near->start).isValid())
            at = m_model->indexOf(near->start);
    }
    m_view->setCurrentIndex(at);
    m_view->clearSelection();
    m_view->scrollTo(at);
    pickWanted();
}

/// A time that was named elsewhere (dropped on, offered, said) is picked as soon as it is known; one that is gone brings
/// the nearest. So is what was picked from times that turn out to be old.
void BookingPanel::pickWanted()
{
    const QDateTime at = m_wanted.isValid() ? m_wanted : m_picked && !m_anyway && m_record.isEmpty() ? m_picked->start : QDateTime();
    if (!at.isValid())
        return;
    const auto found = std::find_if(m_times.cbegin(), m_times.cend(), [&at](const Slot &slot) { return slot.start == at; });
    if (found != m_times.cend()) {
        if (m_wanted.isValid())
            pick(Slot(*found));
        m_wanted = {};
        return;
    }
    m_wanted = {};
    m_picked.reset();
    showNearest(whenWords(at), tr("This time is not free any more. Choose another one."), freetimes::nearest(m_times, at));
}

/// The first in the lead's day, else the first of all.
const Slot *BookingPanel::firstFree() const
{
    const auto civil = std::find_if(m_times.cbegin(), m_times.cend(), [this](const Slot &slot) { return freetimes::civil(slot.start, m_theirs); });
    return civil != m_times.cend() ? &*civil : m_times.isEmpty() ? nullptr : &m_times.first();
}

void BookingPanel::offer()
{
    const ContactId contact = m_contact.id;
    const auto chosen = calendar();
    if (contact.isEmpty() || !chosen)
        return;
    const QString text = m_free->offer(contact, chosen->id, m_times, m_theirs);
    if (text.isEmpty())
        return;
    close();
    Q_EMIT offerRequested(contact, text);
}

/// A person may know better than the calendar; what it means is said before it is booked.
void BookingPanel::showOutside()
{
    const auto chosen = calendar();
    const bool can = chosen && chosen->active && !m_moving && !m_loadingTimes && m_around > m_clock->now() && !freetimes::holds(m_times, m_around);
    m_outside->setVisible(can);
    if (can)
        m_outside->setText(tr("Not free: book %1 anyway", "a time").arg(locale().toString(m_around.toTimeZone(m_mine).date(), tr("ddd d MMM")) + u", "_s
                                                                        + freetimes::clock(m_around, m_mine)));
}

void BookingPanel::showNothing()
{
    showOutside();
    const bool nothing = m_model->isEmpty();
    m_view->setVisible(!nothing);
    m_state->setVisible(nothing);
    m_further->setVisible(nothing && !m_loadingTimes);
    m_firstFree->setVisible(!m_times.isEmpty());
    m_offer->setVisible(!m_times.isEmpty() && !m_contact.id.isEmpty() && !m_moving);
    if (!nothing)
        return;
    const auto chosen = calendar();
    if (m_loadingTimes) {
        m_state->setText(tr("Looking for free times …"));
        return;
    }
    if (!chosen) {
        m_state->setText(tr("No calendar is here yet. They come with the next sync (F5); if there is none in HighLevel, make one there."));
        m_further->hide();
        return;
    }
    const QDateTime from = m_first.startOfDay(m_mine), to = m_first.addDays(7).startOfDay(m_mine);
    switch (freetimes::whyNone(*chosen, from, to, m_clock->now())) {
    case freetimes::Why::Inactive:
        m_state->setText(tr("This calendar is switched off in HighLevel, so nothing can be booked in it. Choose another one."));
        m_further->hide();
        break;
    case freetimes::Why::Notice: m_state->setText(tr("Nothing is free this week: this calendar wants more notice.")); break;
    case freetimes::Why::Range:
        m_state->setText(tr("Nothing is free that far ahead: this calendar can be booked for the next %n day(s) only.", nullptr, chosen->rangeDays));
        m_further->hide();
        break;
    case freetimes::Why::Closed: m_state->setText(tr("Nothing is free in these seven days: taken, blocked, or outside of the calendar’s hours.")); break;
    }
}

void BookingPanel::step(int weeks)
{
    const QDate today = m_clock->now().toTimeZone(m_mine).date();
    m_first = std::max(today, m_first.addDays(7LL * weeks));
    m_around = {};
    loadTimes();
    if (m_view->isVisible())
        m_view->setFocus(Qt::OtherFocusReason);
}

} // namespace outrigger::gui
