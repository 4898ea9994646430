// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "domain/calendar.h"
#include "domain/contact.h"
#include "gui/calendarview.h"
#include "gui/keymap.h"
#include "gui/widgets.h"

#include <QTimer>

#include <functional>
#include <optional>

class QButtonGroup;
class QHBoxLayout;
class QMenu;
class QTreeView;
class QVBoxLayout;

namespace outrigger::models {
class CalendarModel;
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class CalendarChoice;
class EventCard;
class MiniMonth;
class Work;

/// The calendar: what is shown, from which calendars, and what is done with an appointment.
class CalendarPage : public Pane
{
    Q_OBJECT
public:
    CalendarPage(sync::Engine *engine, models::Desk *desk, Work *work, Actions *actions, QWidget *parent = nullptr);
    CalendarView *view() const { return m_view; }
    models::CalendarModel *model() const { return m_model; }
    void setPlace(const LocationId &location);
    /// Keys of the calendar; false when it is none of them.
    bool run(Command command);
    void move(int step);
    void openCurrent();
    /// Goes to this day, and to this event of it as soon as it is there.
    void reveal(qint64 event, const QDateTime &start);
    void takeFocus();
    /// The lead whose clock is the second gutter; an empty one: none.
    void setLead(const Contact &contact);
    void setClock(const Clock &clock); ///< tests; outlives the page

Q_SIGNALS:
    void bookRequested(const QDateTime &around);
    void moveRequested(const outrigger::EventRow &row); ///< with the picker
    void contactRequested(const outrigger::ContactId &contact);
    /// Words to this lead, to be looked at and sent by the person.
    void textRequested(const outrigger::ContactId &contact, const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildSide();
    void setMode(CalendarView::Mode mode);
    void showPeriod();
    void showState();
    void showCurrent();
    bool isNarrow() const;
    void placeHead();
    QDateTime pointedHere() const; ///< what was pointed at, as long as it is shown; else invalid
    QDateTime timeToBlock() const;
    void showCard(bool asked);
    void hideCard();
    void followZone();
    void showChoice();
    void fillMenu();
    void chooseWhose();
    // calendarpage_acts.cpp
    std::optional<EventRow> currentAppointment() const; ///< no blocked time
    std::optional<EventRow> appointmentWithLead();
    void offerTimes();
    static Task<void> offerThree(CalendarPage *self, EventRow row);
    void taskForTomorrow(const EventRow &row);
    void offerRescue(EventRow row);
    void sayLate();
    void join();
    void mark(AppointmentStatus status);
    void block(const QDateTime &from, const QDateTime &to);
    void dropped(const EventRow &row, const Slot &to, bool free);
    static Task<void> readFree(CalendarPage *self, EventRow row);
    static Task<void> readLead(CalendarPage *self, ContactId contact);
    void exportTo(const QString &suffix);
    void write(const QString &file);
    QString paperTitle() const;
    void say(Strip::Kind kind, const QString &sentence);
    void ask(Strip::Kind kind, const QString &sentence, const QString &first, std::function<void()> act, const QString &second, std::function<void()> secondAct);
    void answered(std::function<void()> act);
    QString timeWords(const QDateTime &at, const EventRow &row) const;

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Work *m_work;
    LocationId m_place;
    const Clock *m_clock = &Clock::system();
    models::CalendarModel *m_model;
    CalendarView *m_view;
    qint64 m_wanted = 0; ///< the event that reveal() waits for
    CalendarChoice *m_choice;
    EventCard *m_card;
    MiniMonth *m_mini = nullptr;
    QWidget *m_side = nullptr; ///< beside the calendar where there is room
    QVBoxLayout *m_head = nullptr;
    QHBoxLayout *m_headRow = nullptr;
    QWidget *m_views = nullptr; ///< how and what is shown: in the line of the head, or below it
    Label *m_period = nullptr;
    QButtonGroup *m_modes = nullptr;
    QToolButton *m_calendars = nullptr;
    QMenu *m_menu = nullptr;
    QTreeView *m_shown = nullptr; ///< at the side: which calendars and people
    Strip *m_notice = nullptr;
    Label *m_empty = nullptr;
    std::function<void()> m_act, m_secondAct; ///< what the buttons of the notice do besides taking it away
    QTimer m_minute;
    Task<void> m_reading;
    Task<void> m_offering;
    Task<void> m_leadReading;
};

} // namespace outrigger::gui
