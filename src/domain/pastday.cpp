// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pastday.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace outrigger::pastday {

namespace {

constexpr qsizetype longestInput = 60;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PastDay)
};

/// The place of the word that begins with these three letters, from 1; 0 when there is none.
int named(const QString &text, const QStringList &names)
{
    return int(names.indexOf(text.left(3))) + 1;
}

int monthOf(const QString &text)
{
    static const QStringList months{u"jan"_s, u"feb"_s, u"mar"_s, u"apr"_s, u"may"_s, u"jun"_s, u"jul"_s, u"aug"_s, u"sep"_s, u"oct"_s, u"nov"_s, u"dec"_s};
    return named(text, months);
}

Day found(const QDate &date, const QDate &today)
{
    if (!date.isValid())
        return {{}, Words::tr("There is no such day.")};
    if (date > today)
        return {{}, Words::tr("That day is still to come.")};
    return {date, {}};
}

/// year 0: the latest that is over. A 29th of February may lie some years back.
Day of(int year, int month, int day, const QDate &today)
{
    if (year)
        return found(QDate(year, month, day), today);
    constexpr int furthest = 8;
    for (int back = 0; back <= furthest; ++back) {
        const QDate date(today.year() - back, month, day);
        if (date.isValid() && date <= today)
            return {date, {}};
    }
    return found({}, today);
}

QRegularExpression whole(const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

} // namespace

Day parse(const QString &input, const QDate &today)
{
    const QString text = input.simplified().toLower().remove(u',');
    if (text.isEmpty())
        return {};
    if (text.size() > longestInput)
        return {{}, Words::tr("Write a day: yesterday, last monday, 3 may, 2025-05-03.")};
    static const QString month = u"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?"_s;
    static const auto iso = whole(u"(\\d{4})-(\\d{1,2})(?:-(\\d{1,2}))?"_s);
    static const auto dayMonth = whole(u"(\\d{1,2})(?:st|nd|rd|th)?\\.? "_s + month + u"(?: (\\d{4}))?"_s);
    static const auto monthDay = whole(month + u" (\\d{1,2})(?:st|nd|rd|th)?(?: (\\d{4}))?"_s);
    static const auto monthYear = whole(month + u"(?: (\\d{4}))?"_s);
    static const auto year = whole(u"(\\d{4})"_s);
    static const auto ago = whole(u"(\\d{1,4}|an?|one|two|three) (day|week|month|year)s? ago"_s);
    static const auto last = whole(u"last (week|month|year)"_s);
    static const auto weekday = whole(u"(?:last |on )?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?"_s);
    static const auto slashed = whole(u"(\\d{1,2})[/.](\\d{1,2})(?:[/.](\\d{2,4}))?\\.?"_s);
    if (text == "today"_L1)
        return {today, {}};
    if (text == "yesterday"_L1)
        return {today.addDays(-1), {}};
    if (const auto m = iso.match(text); m.hasMatch())
        return found(QDate(m.capturedView(1).toInt(), m.capturedView(2).toInt(), m.capturedView(3).isEmpty() ? 1 : m.capturedView(3).toInt()), today);
    if (const auto m = dayMonth.match(text); m.hasMatch())
        return of(m.capturedView(3).toInt(), monthOf(m.captured(2)), m.capturedView(1).toInt(), today);
    if (const auto m = monthDay.match(text); m.hasMatch())
        return of(m.capturedView(3).toInt(), monthOf(m.captured(1)), m.capturedView(2).toInt(), today);
    if (const auto m = monthYear.match(text); m.hasMatch())
        return of(m.capturedView(2).toInt(), monthOf(m.captured(1)), 1, today);
    if (const auto m = year.match(text); m.hasMatch())
        return of(m.capturedView(1).toInt(), 1, 1, today);
    const auto back = [&](int count, QChar unit) {
        const QDate date = unit == u'd' ? today.addDays(-count) : unit == u'w' ? today.addDays(-7 * count)
            : unit == u'm' ? today.addMonths(-count) : today.addYears(-count);
        return found(date, today);
    };
    if (const auto m = ago.match(text); m.hasMatch()) {
        const QString count = m.captured(1);
        const int number = count == "two"_L1 ? 2 : count == "three"_L1 ? 3 : qMax(1, count.toInt());
        return back(number, m.capturedView(2).at(0));
    }
    if (const auto m = last.match(text); m.hasMatch())
        return back(1, m.capturedView(1).at(0));
    if (const auto m = weekday.match(text); m.hasMatch()) {
        static const QStringList days{u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s, u"fri"_s, u"sat"_s, u"sun"_s};
        const int behind = (today.dayOfWeek() - named(m.captured(1), days) + 7) % 7;
        return {today.addDays(behind ? -behind : -7), {}};
    }
    if (const auto m = slashed.match(text); m.hasMatch()) {
        const int one = m.capturedView(1).toInt();
        const int two = m.capturedView(2).toInt();
        int full = m.capturedView(3).toInt();
        if (full && full < 100)
            full += 2000;
        if (one > 12)
            return of(full, two, one, today);
        if (two > 12)
            return of(full, one, two, today);
        if (one == two)
            return of(full, one, one, today);
        return {{}, Words::tr("That could be two days. Write the month as a word: 3 may.")};
    }
    return {{}, Words::tr("Write a day: yesterday, last monday, 3 may, 2025-05-03.")};
}

} // namespace outrigger::pastday
