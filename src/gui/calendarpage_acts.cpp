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
        say(Strip::Kind::Calm, tr("This appointment is with no lead."));
        return std::nullopt;
    }
    return row;
}

void CalendarPage::say(Strip::Kind kind, const QString &sentence)
{
    ask(kind, sentence, tr("Close"), {}, {}, {});
}

/// The acts belong to this sentence: the next one has its own.
void CalendarPage::ask(Strip::Kind kind, const QString &sentence, const QString &first, std::function<void()> act, const QString &second,
                       std::function<void()> secondAct)
{
    m_act = std::move(act);
    m_secondAct = std::move(secondAct);
    m_notice->show(kind, sentence, first, second);
}

void CalendarPage::answered(std::function<void()> act)
{
    m_notice->hide();
    m_act = m_secondAct = nullptr;
    if (act)
        act();
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
        self->say(Strip::Kind::Warn, wholeSentence(text.error().message, tr("No times have been offered.")));
    else if (text->isEmpty())
        self->say(Strip::Kind::Warn, tr("Nothing is free in this calendar in the next four weeks, so there is nothing to offer."));
    else
        Q_EMIT self->textRequested(row.event.contact, *text);
}

void CalendarPage::taskForTomorrow(const EventRow &row)
{
    const QTimeZone mine = QTimeZone::systemTimeZone();
    TaskDraft draft;
    draft.contactId = row.event.contact;
    draft.title = row.event.status == AppointmentStatus::NoShow ? tr("Call %1 again: they did not come").arg(row.contactName)
                                                                : tr("Call %1 again").arg(row.contactName);
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
        say(Strip::Kind::Calm, tr("This appointment has no link to a meeting."));
    else if (!QDesktopServices::openUrl(link))
        say(Strip::Kind::Warn, tr("No program on this computer opened %1.").arg(link.toDisplayString()));
}

void CalendarPage::mark(AppointmentStatus status)
{
    const auto row = currentAppointment();
    if (!row)
        return;
    if (row->event.start > m_clock->now()) {
        say(Strip::Kind::Calm, tr("This appointment has not begun yet."));
        return;
    }
    m_work->markAppointment(*row, status);
    if (status == AppointmentStatus::NoShow && m_card->isHidden() && !row->event.contact.isEmpty())
        offerRescue(*row);
}

/// Where there is room the card shows by itself what may still save it. For this one, whichever is current by then.
void CalendarPage::offerRescue(EventRow row)
{
    row.event.status = AppointmentStatus::NoShow;
    ask(Strip::Kind::Calm, tr("%1 did not come. It may still be saved; Enter shows more.").arg(row.contactName), keyRow(Command::CalendarOffer).name,
        [this, row] { m_offering = offerThree(this, row); }, keyRow(Command::CalendarTomorrow).name, [this, row] { taskForTomorrow(row); });
}

QDateTime CalendarPage::pointedHere() const
{
    const QDateTime at = m_view->pointed();
    const bool here = at >= m_view->firstDay().startOfDay() && at < m_view->firstDay().addDays(m_view->days()).startOfDay();
    return here ? at : QDateTime();
}

/// What was pointed at; else the next quarter of an hour from now, or the first morning of days to come.
QDateTime CalendarPage::timeToBlock() const
{
    constexpr qint64 quarter = 900; // seconds
    if (const QDateTime pointed = pointedHere(); pointed.isValid())
        return pointed;
    const QDateTime soon = QDateTime::fromSecsSinceEpoch((m_clock->now().toSecsSinceEpoch() + quarter - 1) / quarter * quarter, Qt::UTC);
    return std::max(soon, freetimes::instantOf(m_view->firstDay(), QTime(9, 0), QTimeZone::systemTimeZone()));
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
        m_work->blockTime(draft, models::spanWords(to.start, to.end, m_desk->timezone()), {});
        return;
    }
    if (to.start <= m_clock->now()) {
        say(Strip::Kind::Warn, tr("That time is over. The appointment stays where it is."));
        return;
    }
    if (free) {
        m_work->moveAppointment(row, to, false, timeWords(to.start, row), {}, {});
        return;
    }
    ask(Strip::Kind::Warn, tr("%1 is outside of the free times. Booked anyway, it may stand on top of somebody else’s appointment.").arg(timeWords(to.start, row)),
        tr("Move it anyway"), [this, row, to] { m_work->moveAppointment(row, to, true, timeWords(to.start, row), {}, {}); }, tr("Leave it"), {});
}

} // namespace outrigger::gui
