// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "core/task.h"
#include "gui/boardview.h"
#include "gui/bookingpanel.h"
#include "gui/calendarpage.h"
#include "gui/contactspage.h"
#include "gui/inboxlist.h"
#include "gui/inboxpage.h"
#include "gui/leadpanel.h"
#include "gui/pipelinepage.h"
#include "gui/slotrail.h"
#include "gui/taskspage.h"
#include "gui/threadpane.h"
#include "models/boardmodel.h"
#include "models/desk.h"
#include "models/freetimes.h"
#include "models/inboxmodel.h"
#include "sync/engine.h"

#include <QLayout>
#include <QListView>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

// The calendar and the sheet that books, wherever it is asked for.
namespace outrigger::gui {

namespace {

/// From here, else from HighLevel: the first sync may not have come to this lead yet. Empty: nobody.
Task<Contact> leadOf(sync::Engine *engine, models::Desk *desk, ContactId contact)
{
    auto asking = desk->contact(contact);
    const auto found = co_await asking;
    if ((found && *found) || contact.isEmpty() || contact.isLocal())
        co_return found && *found ? **found : Contact();
    auto fetching = engine->refreshContact(contact);
    const auto fetched = co_await fetching;
    co_return fetched ? *fetched : Contact();
}

Task<void> openSheet(sync::Engine *engine, models::Desk *desk, BookingPanel *sheet, ContactId contact, QDateTime around)
{
    auto reading = leadOf(engine, desk, contact);
    const Contact lead = co_await reading;
    sheet->bookFor(lead, around);
}

Task<void> openAt(sync::Engine *engine, models::Desk *desk, BookingPanel *sheet, ContactId contact, CalendarId calendar, QDateTime at)
{
    auto reading = leadOf(engine, desk, contact);
    const Contact lead = co_await reading;
    sheet->bookAt(lead, calendar, at);
}

Task<void> openMove(models::Desk *desk, BookingPanel *sheet, EventRow row)
{
    auto asking = desk->contact(row.event.contact);
    const auto found = co_await asking;
    sheet->move(row, found && *found ? **found : Contact());
}

} // namespace

void MainWindow::connectCalendar()
{
    auto *lead = m_inbox->findChild<LeadPanel *>();
    connect(lead, &LeadPanel::bookRequested, this, &MainWindow::bookHere);
    connect(lead, &LeadPanel::contactRequested, this, [this](const ContactId &contact) { openContact(contact); });
    connect(lead, &LeadPanel::appointmentRequested, this, &MainWindow::moveAppointment);
    connect(lead, &LeadPanel::taskRequested, this, &MainWindow::editTask);
    carryLeads(m_inbox->list()->view(), models::InboxModel::RowRole);
    connect(models::FreeTimes::of(m_engine, m_desk), &models::FreeTimes::chosen, this, [this](const ContactId &contact, const CalendarId &calendar, const QDateTime &at) {
        booking();
        m_bookingTask = openAt(m_engine, m_desk, m_booking, contact, calendar, at);
    });
}

void MainWindow::placeCalendar(const LocationId &location)
{
    if (m_calendar)
        m_calendar->setPlace(location);
    if (m_todo)
        m_todo->setPlace(location);
}

CalendarPage *MainWindow::calendar()
{
    if (!m_calendar) {
        m_calendar = new CalendarPage(m_engine, m_desk, m_work, m_actions, m_pages);
        m_pages->addWidget(m_calendar);
        m_calendar->setPlace(m_place);
        connect(m_calendar, &CalendarPage::contactRequested, this, [this](const ContactId &contact) { openContact(contact); });
        connect(m_calendar, &CalendarPage::textRequested, this, [this](const ContactId &contact, const QString &text) { openContact(contact, text); });
        connect(m_calendar, &CalendarPage::bookRequested, this, [this](const QDateTime &around) { bookFor({}, around); });
        connect(m_calendar, &CalendarPage::moveRequested, this, &MainWindow::moveAppointment);
    }
    return m_calendar;
}

QWidget *MainWindow::calendarView() const
{
    return m_calendar && m_pages->currentWidget() == m_calendar ? m_calendar->view() : nullptr;
}

BookingPanel *MainWindow::booking()
{
    if (!m_booking) {
        m_booking = new BookingPanel(m_engine, m_desk, m_work, m_center);
        connect(m_booking, &BookingPanel::offerRequested, this, [this](const ContactId &contact, const QString &text) { openContact(contact, text); });
    }
    return m_booking;
}

SlotRail *MainWindow::slotRail()
{
    if (!m_slotRail) {
        m_slotRail = new SlotRail(m_engine, m_desk, m_center);
        connect(m_slotRail, &SlotRail::announced, this, &MainWindow::announce);
    }
    return m_slotRail;
}

void MainWindow::carryLeads(QAbstractItemView *view, int role)
{
    const auto leadAt = [role](const QModelIndex &index) -> std::optional<LeadCarry::Lead> {
        const QVariant value = index.data(role);
        LeadCarry::Lead lead;
        if (value.canConvert<ConversationRow>())
            lead = {value.value<ConversationRow>().contactId, value.value<ConversationRow>().name};
        else if (value.canConvert<Contact>())
            lead = {value.value<Contact>().id, value.value<Contact>().displayName()};
        if (lead.contact.isEmpty())
            return std::nullopt;
        return lead;
    };
    new LeadCarry(view, leadAt, [this] { return slotRail(); });
}

/// At the bottom: the columns at the right edge are places to drop on as well.
void MainWindow::carryDeals(PipelinePage *page)
{
    BoardView *board = page->board();
    board->setCover([this](const QPoint &global) { return m_slotRail && m_slotRail->holds(global); });
    connect(board, &BoardView::carriedOver, this, [this, page](qint64 key, const QPoint &global) {
        const DealRow *row = page->model()->row(key);
        if (row && !slotRail()->isCarrying() && !row->deal.contactId.isEmpty()) {
            slotRail()->begin(row->deal.contactId, row->deal.contactName.isEmpty() ? row->deal.name : row->deal.contactName, SlotRail::Edge::Bottom);
            m_center->layout()->setContentsMargins(0, 0, 0, slotRail()->height()); // the columns keep their lower ends
        }
        m_carriedAt = global;
        slotRail()->carryTo(global);
    });
    connect(board, &BoardView::carryEnded, this, [this](bool dropped) {
        m_center->layout()->setContentsMargins(0, 0, 0, 0);
        if (m_slotRail && dropped)
            m_slotRail->drop(m_carriedAt);
        else if (m_slotRail)
            m_slotRail->end();
    });
}

void MainWindow::bookFor(const ContactId &contact, const QDateTime &around)
{
    booking();
    m_bookingTask = openSheet(m_engine, m_desk, m_booking, contact, around);
}

void MainWindow::moveAppointment(const EventRow &row)
{
    booking();
    m_bookingTask = openMove(m_desk, m_booking, row);
}

void MainWindow::bookHere()
{
    bookFor(contactHere(), {});
}

bool MainWindow::runCalendar(Command command)
{
    const bool here = m_calendar && m_pages->currentWidget() == m_calendar;
    switch (command) {
    case Command::GoCalendar:
        if (m_booking)
            m_booking->close();
        showPage(calendar(), command);
        m_calendar->takeFocus();
        return true;
    case Command::Book:
        if (here)
            m_calendar->run(command);
        else
            bookHere();
        return true;
    case Command::Down:
    case Command::Up:
        if (here)
            m_calendar->move(command == Command::Down ? 1 : -1);
        return here;
    case Command::Open:
        if (here)
            m_calendar->openCurrent();
        return here;
    default: return here && m_calendar->run(command);
    }
}

} // namespace outrigger::gui
