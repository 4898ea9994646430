// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarpage.h"

#include "domain/alarms.h"
#include "domain/blockchange.h"
#include "domain/slots.h"
#include "gui/eventcard.h"
#include "gui/work.h"
#include "models/calendarmodel.h"
#include "models/desk.h"
#include "models/freetimes.h"
#include "sync/engine.h"

#include <QDesktopServices>

using namespace Qt::StringLiterals;

// What is done with the appointment that is current.
namespace outrigger::gui {

namespace {
constexpr int taskHour = 9; ///< of tomorrow, on the person's own clock
} // namespace

std::optional<EventRow> CalendarPage::currentAppointment() const
{
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid() || m_model->row(index.row()).event.block)
        return std::nullopt;
    return m_model->row(index.row());
}

/// The current one, if there is a lead whom the act can concern; else it says so.
std::optional<EventRow> CalendarPage::appointmentWithLead()
{
    const auto row = currentAppointment();
    if (!row)
        return std::nullopt;
    if (row->event.contact.isEmpty()) {
        m_notice->show(Strip::Kind::Calm, tr("This appointment is with no lead."), tr("Close"));
        return std::nullopt;
    }
    return row;
}

void CalendarPage::offerTimes()
{
    if (const auto row = appointmentWithLead())
        m_offering = offerThree(this, *row);
}

Task<void> CalendarPage::offerThree(CalendarPage *self, EventRow row)
{
    auto asking = models::FreeTimes::of(self->m_engine, self->m_desk)->offerNow(row.event.contact, row.event.calendar, alarms::clockOf(row, self->m_desk->timezone()));
    const auto text = co_await asking;
    if (!text)
        self->m_notice->show(Strip::Kind::Warn, wholeSentence(text.error().message, tr("No times have been offered.")), tr("Close"));
    else if (text->isEmpty())
        self->m_notice->show(Strip::Kind::Warn, tr("Nothing is free in this calendar in the next four weeks, so there is nothing to offer."), tr("Close"));
    else
        Q_EMIT self->textRequested(row.event.contact, *text);
}

void CalendarPage::taskForTomorrow()
{
    const auto row = appointmentWithLead();
    if (!row)
        return;
    const QTimeZone mine = QTimeZone::systemTimeZone();
    TaskDraft draft;
    draft.contactId = row->event.contact;
    draft.title = row->event.status == AppointmentStatus::NoShow ? tr("Call %1 again: they did not come").arg(row->contactName)
                                                                 : tr("Call %1 again").arg(row->contactName);
    draft.due = QDateTime(m_clock->now().toTimeZone(mine).date().addDays(1), QTime(taskHour, 0), mine).toUTC();
    draft.user = m_work->me();
    m_work->addTask(draft, {});
}

void CalendarPage::sayLate()
{
    if (const auto row = appointmentWithLead())
        Q_EMIT textRequested(row->event.contact, alarms::lateText(*row, alarms::clockOf(*row, m_desk->timezone())));
}

void CalendarPage::join()
{
    const auto row = currentAppointment();
    if (!row)
        return;
    const QUrl link = alarms::joinLink(row->event);
    if (link.isEmpty())
        m_notice->show(Strip::Kind::Calm, tr("This appointment has no link to a meeting."), tr("Close"));
    else if (!QDesktopServices::openUrl(link))
        m_notice->show(Strip::Kind::Warn, tr("No program on this computer opened %1.").arg(link.toDisplayString()), tr("Close"));
}

void CalendarPage::mark(AppointmentStatus status)
{
    const auto row = currentAppointment();
    if (!row)
        return;
    if (row->event.start > m_clock->now()) {
        m_notice->show(Strip::Kind::Calm, tr("This appointment has not begun yet."), tr("Close"));
        return;
    }
    m_work->markAppointment(*row, status);
}

void CalendarPage::block(const QDateTime &from, const QDateTime &to)
{
    m_card->askBlock(from, to);
    showCard(true);
    m_card->takeFocus();
}

QString CalendarPage::timeWords(const QDateTime &at, const EventRow &row) const
{
    const QTimeZone mine = QTimeZone::systemTimeZone();
    const QTimeZone theirs(row.contactZone);
    return freetimes::bothClocks(at, mine, !row.contactZone.isEmpty() && theirs.isValid() ? theirs : mine, row.contactName);
}

Task<void> CalendarPage::readFree(CalendarPage *self, EventRow row)
{
    const auto calendar = self->m_desk->calendar(row.event.calendar);
    if (!calendar || row.event.block)
        co_return;
    const QDateTime from = std::max(self->m_clock->now(), self->m_view->firstDay().startOfDay().toUTC());
    const QDateTime to = self->m_view->firstDay().addDays(self->m_view->days()).startOfDay().toUTC();
    if (from >= to)
        co_return;
    auto asking = self->m_engine->freeSlots(*calendar, from, to, self->m_desk->timezone().toLatin1());
    const auto times = co_await asking;
    if (times)
        self->m_view->setFreeTimes(*times);
}

void CalendarPage::dropped(const EventRow &row, const Slot &to, bool free)
{
    if (row.event.block) { // stands where it is put; nobody has it booked
        BlockDraft draft = blockOf(row);
        draft.start = to.start;
        draft.end = to.end;
        m_work->blockTime(draft, timeWords(to.start, row), {});
        return;
    }
    if (to.start <= m_clock->now()) {
        m_notice->show(Strip::Kind::Warn, tr("That time is over. The appointment stays where it is."), tr("Close"));
        return;
    }
    if (free) {
        m_work->moveAppointment(row, to, false, timeWords(to.start, row), {}, {});
        return;
    }
    m_asked = row;
    m_askedTo = to;
    m_notice->show(Strip::Kind::Warn, tr("%1 is outside of the free times. Booked anyway, it may stand on top of somebody else’s appointment.").arg(timeWords(to.start, row)),
                   tr("Move it anyway"), tr("Leave it"));
}

} // namespace outrigger::gui
