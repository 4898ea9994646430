// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QTimeZone>
#include <QVector>

/// When a text is to leave: what a person types or picks, read on the lead's clock. Pure functions. What cannot be meant,
/// or could mean two things, is said and never guessed.
namespace outrigger::schedule {

struct Moment {
    QDateTime at;    ///< UTC; invalid when there is a problem
    QString problem; ///< one sentence; empty when `at` is valid or nothing was typed
    QString note;    ///< what a person should know although it is clear: an hour that comes twice
};

/// Nothing sooner than this can be handed over for later: it would arrive at the server when it is over.
inline constexpr int leastAhead = 60; ///< seconds

/// "fri 3pm", "tomorrow 9", "in 2 hours", "12 mar 14:30", "2026-12-01 9:15 am", "noon". English words, any case; a day
/// without a time means 09:00. A weekday is the next one on which that time is still to come.
Moment parse(const QString &text, const QDateTime &now, const QTimeZone &zone);

/// That time of that day on that clock. A time that the clocks jump over is a problem; of one that comes twice the first
/// is taken and the note says so.
Moment at(const QDate &date, const QTime &time, const QDateTime &now, const QTimeZone &zone);

struct Preset {
    QString name;
    QDateTime at; ///< UTC
};
/// In one hour, this afternoon (until half past two), tomorrow at 9, on Monday at 9.
QVector<Preset> presets(const QDateTime &now, const QTimeZone &zone);

} // namespace outrigger::schedule
