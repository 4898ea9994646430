// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "domain/calendar.h"
#include "domain/contact.h"
#include "domain/outboxrecord.h"
#include "gui/widgets.h"
#include "models/freetimes.h"

#include <QPointer>

#include <optional>

class QCheckBox;
class QComboBox;
class QCompleter;
class QLineEdit;
class QPlainTextEdit;
class QStandardItemModel;
class QTableView;

namespace outrigger::models {
class Desk;
class SlotsModel;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Work;

/// A sheet at the right edge of the window: books an appointment for a lead, or moves one, from what is free. Seven days
/// on both clocks; what is picked is said once more in whole before it is booked; a time that is gone by then brings the
/// three nearest. Nothing is modal: the window behind it works on.
class BookingPanel : public Pane
{
    Q_OBJECT
public:
    BookingPanel(sync::Engine *engine, models::Desk *desk, Work *work, QWidget *parent);

    /// For this lead; an empty id: the lead is chosen first. around: the week that is shown first, and the time of day
    /// that is meant; invalid: from now on.
    void bookFor(const Contact &contact, const QDateTime &around = {}, const CalendarId &calendar = {});
    /// The same with this time picked as soon as it is known to be free; when it is not, with the nearest.
    void bookAt(const Contact &contact, const CalendarId &calendar, const QDateTime &at);
    /// Another time for this appointment; the old one is named.
    void move(const EventRow &row, const Contact &contact);
    bool isMoving() const { return m_moving.has_value(); }
    void close();
    void setClock(const Clock &clock); ///< tests; outlives the panel

Q_SIGNALS:
    void closed();
    void booked(); ///< handed over
    /// Three free times as a text, to be looked at and sent by the person.
    void offerRequested(const outrigger::ContactId &contact, const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // bookingforms.cpp
    void build();
    QWidget *buildHead();
    QWidget *buildChoice();
    QWidget *buildWeek();
    QWidget *buildConfirm();

    void begin();
    void place();
    void setLead(const Contact &contact);
    void fillCalendars(const CalendarId &wanted);
    void fillPeople();
    std::optional<Calendar> calendar() const;
    void showZones();
    void loadTimes();
    static Task<void> load(BookingPanel *self, Calendar calendar, UserId user, QDateTime from, bool again);
    void take(const models::FreeTimes::Known &known);
    void showWeek();
    void pickWanted();
    bool showNearest(const QString &when, const QString &reason, const QVector<Slot> &nearest);
    void showTimes();
    void showNothing();
    void showOutside();
    const Slot *firstFree() const;
    void offer();
    void step(int weeks);
    void pick(const QModelIndex &index);
    void pick(const Slot &slot, bool anyway = false);
    void showConfirm();
    void confirm();
    void onEnded(const OutboxRecord &record);
    void showStolen(const OutboxRecord &record);
    void findLeads(const QString &text);
    static Task<void> find(BookingPanel *self, QString text);
    static Task<void> take(BookingPanel *self, ContactId contact);
    QString title() const;
    QString whenWords(const QDateTime &at) const;
    QString withWhom() const; ///< of the team; empty where there is no choice
    QString confirmationText() const;

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Work *m_work;
    const Clock *m_clock = &Clock::system();
    models::SlotsModel *m_model = nullptr;
    models::FreeTimes *m_free;
    bool m_built = false;

    Contact m_contact;
    std::optional<EventRow> m_moving;
    QTimeZone m_mine = QTimeZone::systemTimeZone();
    QTimeZone m_theirs = QTimeZone::systemTimeZone();
    QDate m_first;
    QDateTime m_around;
    QVector<Slot> m_times;   ///< all that were read for this calendar and person
    QString m_timesOf;       ///< calendar and person that they belong to
    QDateTime m_timesFrom, m_timesTo;
    QDateTime m_timesAt;     ///< when they were read
    bool m_timesOld = false; ///< nobody could say whether it is still so
    QDateTime m_wanted;      ///< to be picked when it is known what is free; invalid: nothing
    bool m_loadingTimes = false;
    std::optional<Slot> m_picked;
    bool m_anyway = false;
    RecordId m_record;       ///< of what was confirmed here and has not ended

    Label *m_title = nullptr;
    Label *m_old = nullptr;
    QLineEdit *m_lead = nullptr;
    QCompleter *m_completer = nullptr;
    QStandardItemModel *m_leads = nullptr;
    QComboBox *m_calendars = nullptr;
    QComboBox *m_people = nullptr;
    Label *m_length = nullptr;
    Label *m_zones = nullptr;
    Label *m_week = nullptr;
    QPushButton *m_firstFree = nullptr;
    QPushButton *m_offer = nullptr;
    QToolButton *m_later = nullptr;
    QToolButton *m_earlier = nullptr;
    QTableView *m_view = nullptr;
    Label *m_state = nullptr;
    QPushButton *m_further = nullptr;
    QPushButton *m_outside = nullptr; ///< books the time that was pointed at, although it is not free
    Pane *m_strip = nullptr;
    Label *m_when = nullptr;
    Label *m_where = nullptr;
    Label *m_stolen = nullptr;
    QWidget *m_nearest = nullptr;
    QLineEdit *m_name = nullptr;
    QCheckBox *m_notify = nullptr;
    QCheckBox *m_tell = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QPushButton *m_confirm = nullptr;
    QPointer<QWidget> m_before;
    Task<void> m_loading;
    Task<void> m_finding;
    Task<void> m_taking;
};

} // namespace outrigger::gui
