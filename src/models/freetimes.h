// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/calendar.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimeZone>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

class Desk;
class Offers;

/// What was free in a calendar when it was last asked for. Read ahead, so that the slot picker and the thread have it at
/// once; shown, never believed: the courier asks once more just before it books. The cache keeps it over a restart, so that
/// a start without network has it, too. One for each desk, whose location it follows. GUI thread.
class FreeTimes : public QObject
{
    Q_OBJECT
public:
    /// Read at once; the API takes 31 days.
    static constexpr int daysAhead = 28;
    /// The desk's; made when it is first asked for, dies with the desk.
    static FreeTimes *of(sync::Engine *engine, Desk *desk);
    Offers *offers() const { return m_offers; }

    struct Known {
        QVector<Slot> times; ///< ascending
        QDateTime from;      ///< UTC: what it is whole for
        QDateTime to;
        QDateTime readAt;    ///< UTC
        bool kept = false;   ///< read by an earlier run: asked for again whenever somebody can be asked
    };
    /// At most a quarter of an hour old; null: nothing. user: empty for anybody. Valid until the next read.
    const Known *known(const CalendarId &calendar, const UserId &user = {});
    /// The same, however old: for when nobody can be asked.
    const Known *lastKnown(const CalendarId &calendar, const UserId &user = {});
    /// From now on, `daysAhead`; quietly, and not again within five minutes. Inactive ones and
    /// unknown ones are not asked for. changed() says when there is something.
    void readAhead(const CalendarId &calendar);
    /// Asked for now, and kept. When nobody answers, what an earlier run has kept is there by then.
    Task<Result<QVector<Slot>>> read(Calendar calendar, UserId user, QDateTime from, QDateTime to);
    /// Three of these times as a text to the lead, on their clock, and remembered, so that the answer can be read. Empty:
    /// there is nothing to offer.
    QString offer(const ContactId &contact, const CalendarId &calendar, const QVector<Slot> &times, const QTimeZone &theirs);
    /// The same from what is free now.
    Task<Result<QString>> offerNow(ContactId contact, CalendarId calendar, QTimeZone theirs);
    /// Something was booked there: what is known is out of date.
    void forget(const CalendarId &calendar);

    /// The calendar that this lead was booked into last in this run, else the one that was booked into last, else the
    /// first that can be booked; empty: there is none.
    CalendarId usual(const ContactId &contact);
    void setUsual(const ContactId &contact, const CalendarId &calendar);

    void setClock(const Clock &clock) { m_clock = &clock; } ///< tests; outlives this

Q_SIGNALS:
    void changed(const outrigger::CalendarId &calendar);
    /// A person wants this time for this lead, wherever it was named: the sheet opens with it picked.
    void chosen(const outrigger::ContactId &contact, const outrigger::CalendarId &calendar, const QDateTime &at);

private:
    FreeTimes(sync::Engine *engine, Desk *desk);
    void followLocation();
    Task<void> loadKept();
    static Task<void> ahead(FreeTimes *self, Calendar calendar);
    static Task<void> loadUsual(FreeTimes *self);

    sync::Engine *m_engine;
    Desk *m_desk;
    Offers *m_offers;
    const Clock *m_clock = &Clock::system();
    QHash<QString, Known> m_known;      ///< by calendar and person
    QHash<QString, QDateTime> m_asked;  ///< calendar -> when it was last read ahead
    QHash<QString, QString> m_usual;    ///< lead -> calendar
    QString m_last;
    bool m_lastKnown = false; ///< it was read, or is being read
    LocationId m_place;
    LocationId m_keptOf;                ///< the location whose kept times were loaded
    QSet<QString> m_outdated;           ///< calendars that were forgotten before that
    TaskScope m_tasks;
};

} // namespace outrigger::models
