// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "core/task.h"
#include "gui/bookingpanel.h"
#include "gui/calendarpage.h"
#include "gui/contactspage.h"
#include "gui/inboxpage.h"
#include "gui/leadpanel.h"
#include "gui/taskspage.h"
#include "gui/threadpane.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QStackedWidget>

using namespace Qt::StringLiterals;

// The calendar and the sheet that books, wherever it is asked for.
namespace outrigger::gui {

namespace {

Task<void> openSheet(models::Desk *desk, BookingPanel *sheet, ContactId contact, QDateTime around)
{
    auto asking = desk->contact(contact);
    const auto found = co_await asking;
    sheet->bookFor(found && *found ? **found : Contact(), around);
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

void MainWindow::bookFor(const ContactId &contact, const QDateTime &around)
{
    booking();
    m_bookingTask = openSheet(m_desk, m_booking, contact, around);
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
