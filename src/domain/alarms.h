// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/calendar.h"
#include "domain/leadtask.h"

#include <QHash>
#include <QUrl>

#include <variant>

/// What a person is told of when its time comes: tasks that are due, appointments that are near. Pure functions.
namespace outrigger::alarms {

struct Alarm {
    QString about;   ///< the thing at its time: not its id, which changes when HighLevel has it; another time is another thing
    int minutes = 0; ///< before that time
    QDateTime at;    ///< UTC, when to tell
    QDateTime until; ///< UTC, then it is of no use any more; invalid: it always is
    std::variant<TaskRow, EventRow> thing;
    bool operator==(const Alarm &) const = default;
};

/// The most reminders of one appointment, and the earliest: a week.
inline constexpr int mostReminders = 5;
inline constexpr int earliestReminder = 7 * 24 * 60;
/// "10, 60" as minutes: in order, each once; what is no such number is left out.
QVector<int> minutesFrom(const QString &text);
QString minutesText(const QVector<int> &minutes);

/// Tasks of this person that become due from `since` on: what was due before is no news.
QVector<Alarm> ofTasks(const QVector<TaskRow> &rows, const UserId &me, const QDateTime &since);
/// One for each appointment and reminder. Not for blocked time, for what is cancelled or has been marked, and for what is
/// somebody else's; what is nobody's concerns everybody, and so does everything while nobody has said who they are.
QVector<Alarm> ofAppointments(const QVector<EventRow> &rows, const QVector<int> &minutes, const UserId &me);

/// What the person has been told. For appointments it outlives the program.
class Told
{
public:
    void insert(const Alarm &alarm);
    /// This one, or a later reminder of the same.
    bool covers(const Alarm &alarm) const;
    /// Appointments only, without what is over by now.
    QByteArray toJson(const QDateTime &now) const;
    void addJson(const QByteArray &json);

private:
    struct Last {
        int minutes = 0;
        QDateTime until;
    };
    QHash<QString, Last> m_last;
};

struct Look {
    QVector<Alarm> due;  ///< to be told now: of several reminders of one thing the last, in the order of time
    QDateTime next;      ///< when the next one is; invalid: none is known
};
Look look(const QVector<Alarm> &all, const Told &told, const QDateTime &now);

/// "Call with Sarah, Tue 3 Nov, 2:30 pm you · 11:30 am Sarah".
QString appointmentSentence(const EventRow &row, const QTimeZone &mine);
/// The lead's clock where it is known, else the location's, else this computer's.
QTimeZone clockOf(const EventRow &row, const QString &locationZone);
/// "Hi Sarah, I am running a few minutes late for our 11:30 am call …", on that clock.
QString lateText(const EventRow &row, const QTimeZone &theirs);
/// Where an appointment is met online: the first http or https address of its place, else of its notes. Empty: nowhere.
QUrl joinLink(const Appointment &event);

} // namespace outrigger::alarms
