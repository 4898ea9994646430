// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/leadtask.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QTimeZone>

/// One line that makes a task, and where a task stands in a list. Pure functions.
namespace outrigger::taskentry {

struct Entry {
    QString title;
    QDateTime due;     ///< UTC; when no time was typed: tomorrow at nine, and `timed` is false
    QStringList tags;  ///< "#hot", without the sign
    bool timed = false;
    bool theirs = false; ///< read on the lead's clock
    QString note;      ///< what a person should know although it is clear: an hour that comes twice
};
/// "call back fri 3pm their time #hot": the longest run of words that schedule::parse understands is the time, the rest
/// is the title. mine: the person's clock, on which times are meant unless "their time" is said; theirs: the lead's.
Entry parse(const QString &text, const QDateTime &now, const QTimeZone &mine, const QTimeZone &theirs);

enum class Group { Overdue, Today, Tomorrow, Week, Later, NoDate, Done };
/// On the person's own clock. Overdue from the moment it is due; Week: the six days after tomorrow.
Group groupOf(const LeadTask &task, const QDateTime &now, const QTimeZone &zone);
QString groupName(Group group);
/// When a task is due that is put into this group: its own time of the day stays, today it lies ahead. Invalid for groups that
/// nothing is put into by its date: Overdue, NoDate (HighLevel wants one), Done.
QDateTime movedTo(const LeadTask &task, Group group, const QDateTime &now, const QTimeZone &zone);
/// "today 15:00", "Fri 9:00", "12 Mar"; empty without a date.
QString dueWords(const QDateTime &due, const QDateTime &now, const QTimeZone &zone);

} // namespace outrigger::taskentry
