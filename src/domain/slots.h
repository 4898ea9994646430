// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/calendar.h"

#include <QJsonValue>

#include <optional>

/// Free times: reading the server's answers, and the arithmetic on clocks that a picker needs. Pure functions.
namespace outrigger::freetimes {

struct Answer {
    QVector<Slot> times; ///< ascending by start, no start twice
    int skipped = 0;     ///< entries that are no time
};
/// Reads every known shape: {"2026-11-02": {"slots": [start…]}} (the service), {"slots": {"2026-11-02":
/// [{"start","end"}…]}} (older texts), lists directly below a date, entries as text or epoch milliseconds. Keys that
/// are no date are passed over. Times without an offset are read in `zone`, the one that was asked for. length:
/// minutes of an entry that names no end. At most 20,000 entries are taken.
Answer read(const QJsonValue &answer, int length, const QTimeZone &zone);

/// [from, to) cut into windows of at most 31 days, as the API wants them.
QVector<QPair<QDateTime, QDateTime>> windows(const QDateTime &from, const QDateTime &to);

/// The free times of one day of the person who looks.
struct Day {
    QDate date;
    QVector<Slot> times;
};
/// Seven days from `first` on, by the clock of `zone`; days without times are there and empty.
QVector<Day> week(const QVector<Slot> &times, const QDate &first, const QTimeZone &zone, int days = 7);

/// The `count` free times that are nearest to `wanted`, in the order of time; never `wanted` itself.
QVector<Slot> nearest(const QVector<Slot> &times, const QDateTime &wanted, int count = 3);
bool holds(const QVector<Slot> &times, const QDateTime &start);
/// The free time that a drop at `at` means: the nearest within `within` minutes.
std::optional<Slot> snap(const QVector<Slot> &times, const QDateTime &at, int within);

/// Whether the hour on the clock happens twice in that night, and which of the two this is.
enum class Hour { Plain, First, Second };
Hour hourOf(const QDateTime &at, const QTimeZone &zone);
/// "2:30 pm", and on the night in which an hour happens twice "1:30 am (first)".
QString clock(const QDateTime &at, const QTimeZone &zone);
/// Between 8 and 21 o'clock there.
bool civil(const QDateTime &at, const QTimeZone &zone);
/// Both clocks show the same at that instant.
bool sameClock(const QDateTime &at, const QTimeZone &one, const QTimeZone &other);
/// "Tue 3 Nov, 2:30 pm you · 11:30 am Sarah"; one clock when both are equal. name: whose the other clock is.
QString bothClocks(const QDateTime &at, const QTimeZone &mine, const QTimeZone &theirs, const QString &name);
/// The instant of a wall clock time; invalid in the hour that a DST night leaves out. first: which of two.
QDateTime instantOf(const QDate &date, const QTime &time, const QTimeZone &zone, bool first = true);

/// Up to three free times of the lead's day, spread over two days, as one would offer them.
QVector<Slot> offer(const QVector<Slot> &times, const QTimeZone &theirs);
/// "Tue 2:30 pm, Wed 10 am or Wed 4 pm, your time. 1, 2 or 3?"; empty when there is nothing to offer.
QString offerText(const QVector<Slot> &offered, const QTimeZone &theirs);

/// Why a window has no free times, as far as it can be told from here.
enum class Why { Inactive, Notice, Range, Closed };
Why whyNone(const Calendar &calendar, const QDateTime &from, const QDateTime &to, const QDateTime &now);

} // namespace outrigger::freetimes
