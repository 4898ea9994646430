// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schedule.h"

#include "domain/whenwhere.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace outrigger::schedule {

namespace {

constexpr qsizetype longestInput = 80;
constexpr int furthestDays = 366;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Schedule)
};
Moment problem(const QString &sentence) { return {{}, sentence, {}}; }

/// Takes what matches out of the text; what is left at the end was not understood.
std::optional<QRegularExpressionMatch> take(QString &text, const QRegularExpression &pattern)
{
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    text.replace(match.capturedStart(), match.capturedLength(), u" "_s);
    text = text.simplified();
    return match;
}

QRegularExpression word(const QString &pattern)
{
    return QRegularExpression(u"(?<![\\p{L}\\d:])(?:"_s + pattern + u")(?![\\p{L}\\d:])"_s, QRegularExpression::UseUnicodePropertiesOption);
}

/// 1 to 12 or 1 to 7 by the first three letters.
int named(const QString &text, std::initializer_list<QLatin1String> names)
{
    int n = 0;
    for (const auto name : names) {
        ++n;
        if (text.startsWith(name))
            return n;
    }
    return 0;
}

std::optional<qint64> takeSpan(QString &text)
{
    static const auto pattern = word(u"(?:in )?(\\d{1,4}) ?(m|min|mins|minute|minutes|h|hour|hours|d|day|days|week|weeks)"_s);
    const auto match = take(text, pattern);
    if (!match)
        return std::nullopt;
    const qint64 count = match->capturedView(1).toInt();
    switch (match->captured(2).at(0).toLatin1()) {
    case 'm': return count * 60;
    case 'h': return count * 3600;
    case 'd': return count * 86'400;
    default: return count * 7 * 86'400;
    }
}

struct Clock {
    QTime time;
    QString problem;
};

std::optional<Clock> takeTime(QString &text)
{
    static const auto noon = word(u"(?:at )?(noon|midday|midnight)"_s);
    static const auto clock = word(u"(?:at )?(\\d{1,2})(?:[:.](\\d{2}))? ?(a\\.?m\\.?|p\\.?m\\.?)"_s);
    static const auto full = word(u"(?:at )?(\\d{1,2})[:.](\\d{2})"_s);
    static const auto bare = word(u"(?:at )?(\\d{1,2})(?: ?o'clock)?"_s);
    if (const auto match = take(text, noon))
        return Clock{match->captured(1) == u"midnight"_s ? QTime(0, 0) : QTime(12, 0), {}};
    const auto none = [](const QString &what) { return Clock{{}, Words::tr("There is no such time: %1.").arg(what)}; };
    if (const auto match = take(text, clock)) {
        const int hour = match->capturedView(1).toInt();
        const int minute = match->capturedView(2).toInt();
        if (hour < 1 || hour > 12 || minute > 59)
            return none(match->captured(0));
        const bool pm = match->capturedView(3).startsWith(u'p');
        return Clock{QTime(hour % 12 + (pm ? 12 : 0), minute), {}};
    }
    if (const auto match = take(text, full)) {
        const QTime time(match->capturedView(1).toInt(), match->capturedView(2).toInt());
        return time.isValid() ? Clock{time, {}} : none(match->captured(0));
    }
    if (const auto match = take(text, bare)) {
        const int hour = match->capturedView(1).toInt();
        if (hour > 23)
            return none(match->captured(0));
        if (hour < 8)
            return Clock{{}, Words::tr("%1 in the morning or in the afternoon? Write %1am or %1pm.").arg(hour)};
        return Clock{QTime(hour, 0), {}};
    }
    return std::nullopt;
}

struct Day {
    QDate date;
    bool weekday = false; ///< the next one that fits; `date` is the nearest, which may be today
    QString problem;
};

QDate ofYear(int month, int day, const QDate &today)
{
    const QDate date(today.year(), month, day);
    return date.isValid() && date >= today ? date : QDate(today.year() + 1, month, day);
}

std::optional<Day> takeDay(QString &text, const QDate &today)
{
    static const QString months = u"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?"_s;
    static const auto iso = word(u"(\\d{4})-(\\d{1,2})-(\\d{1,2})"_s);
    static const auto dayMonth = word(u"(\\d{1,2})(?:st|nd|rd|th)?\\.? "_s + months);
    static const auto monthDay = word(months + u" (\\d{1,2})(?:st|nd|rd|th)?"_s);
    static const auto near = word(u"(today|tonight|tomorrow|tmrw|tmr)"_s);
    static const auto weekday = word(u"(?:on |next )?(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|s|nesday|rsday|rs|r|urday)?"_s);
    const auto monthOf = [](const QString &name) {
        return named(name, {"jan"_L1, "feb"_L1, "mar"_L1, "apr"_L1, "may"_L1, "jun"_L1, "jul"_L1, "aug"_L1, "sep"_L1, "oct"_L1, "nov"_L1, "dec"_L1});
    };
    const auto dated = [](const QDate &date, const QString &typed) {
        return date.isValid() ? Day{date, false, {}} : Day{{}, false, Words::tr("There is no such day: %1.").arg(typed)};
    };
    if (const auto m = take(text, iso))
        return dated(QDate(m->capturedView(1).toInt(), m->capturedView(2).toInt(), m->capturedView(3).toInt()), m->captured(0));
    if (const auto m = take(text, dayMonth))
        return dated(ofYear(monthOf(m->captured(2)), m->capturedView(1).toInt(), today), m->captured(0));
    if (const auto m = take(text, monthDay))
        return dated(ofYear(monthOf(m->captured(1)), m->capturedView(2).toInt(), today), m->captured(0));
    if (const auto m = take(text, near)) {
        const bool thisDay = m->capturedView(1) == u"today" || m->capturedView(1) == u"tonight";
        return Day{thisDay ? today : today.addDays(1), false, {}};
    }
    if (const auto m = take(text, weekday)) {
        const int wanted = named(m->captured(1), {"mon"_L1, "tue"_L1, "wed"_L1, "thu"_L1, "fri"_L1, "sat"_L1, "sun"_L1});
        return Day{today.addDays((wanted - today.dayOfWeek() + 7) % 7), true, {}};
    }
    return std::nullopt;
}

QString placeOf(const QTimeZone &zone)
{
    return QString::fromLatin1(zone.id()).section(u'/', -1).replace(u'_', u' ');
}

Moment checked(const QDateTime &moment, const QDateTime &now, const QString &note = {})
{
    if (moment < now.addSecs(leastAhead))
        return problem(Words::tr("That is over by now. Choose a later time."));
    if (moment > now.addDays(furthestDays))
        return problem(Words::tr("That is more than a year ahead. Choose an earlier time."));
    return {moment.toUTC(), {}, note};
}

} // namespace

Moment at(const QDate &date, const QTime &time, const QDateTime &now, const QTimeZone &zone)
{
    const QDateTime moment(date, time, zone);
    const QDateTime local = moment.toUTC().toTimeZone(zone);
    if (!moment.isValid() || local.date() != date || local.time() != time)
        return problem(Words::tr("There is no %1 on %2 in %3: the clocks go forward then.")
                           .arg(clockTime(time), QLocale().toString(date, u"d MMM"_s), placeOf(zone)));
    // An hour that comes twice: the same clock time, an offset's difference away.
    QDateTime first = moment.toUTC();
    QString note;
    for (const int minutes : {-120, -60, -30, 30, 60, 120}) {
        const QDateTime other = moment.toUTC().addSecs(60 * minutes);
        const QDateTime there = other.toTimeZone(zone);
        if (there.date() != date || there.time() != time)
            continue;
        first = std::min(first, other);
        note = Words::tr("%1 comes twice that night in %2; the first is meant.").arg(clockTime(time), placeOf(zone));
    }
    return checked(first, now, note);
}

Moment parse(const QString &typed, const QDateTime &now, const QTimeZone &zone)
{
    QString text = typed.simplified().toLower();
    if (text.isEmpty())
        return {};
    if (text.size() > longestInput)
        return problem(Words::tr("Write a day and a time, like \"fri 3pm\" or \"tomorrow 9\"."));
    text.replace(word(u"(?:their|lead'?s?|local) time"_s), u" "_s);
    text.replace(u',', u' ');
    text = text.simplified();
    const auto leftOver = [&typed] {
        return problem(Words::tr("Outrigger does not understand \"%1\". Write a day and a time, like \"fri 3pm\" or \"tomorrow 9\".")
                           .arg(typed.simplified()));
    };
    if (const auto span = takeSpan(text))
        return text.isEmpty() ? checked(now.addSecs(*span), now) : leftOver();
    const QDate today = now.toTimeZone(zone).date();
    const bool tonight = text.contains(u"tonight"_s);
    const auto day = takeDay(text, today);
    const auto clock = takeTime(text);
    if ((!day && !clock) || !text.isEmpty())
        return leftOver();
    if (day && !day->problem.isEmpty())
        return problem(day->problem);
    if (clock && !clock->problem.isEmpty())
        return problem(clock->problem);
    const QTime time = clock ? clock->time : tonight ? QTime(19, 0) : QTime(9, 0);
    QDate date = day ? day->date : today;
    const bool past = QDateTime(date, time, zone) < now.addSecs(leastAhead);
    if (past && day && day->weekday)
        date = date.addDays(7);
    else if (past && !day)
        date = date.addDays(1); // "9" in the evening is tomorrow's nine
    return at(date, time, now, zone);
}

QVector<Preset> presets(const QDateTime &now, const QTimeZone &zone)
{
    QVector<Preset> result;
    const QDateTime local = now.toTimeZone(zone);
    const auto add = [&](const char *name, const Moment &moment) {
        if (moment.at.isValid())
            result.append({Words::tr(name), moment.at});
    };
    // To the full minute: seconds would only be noise on two clocks.
    add(QT_TRANSLATE_NOOP("Schedule", "In 1 hour"), {QDateTime::fromSecsSinceEpoch((now.toSecsSinceEpoch() + 59) / 60 * 60 + 3600, Qt::UTC), {}, {}});
    if (local.time() < QTime(14, 30))
        add(QT_TRANSLATE_NOOP("Schedule", "This afternoon"), at(local.date(), QTime(15, 0), now, zone));
    add(QT_TRANSLATE_NOOP("Schedule", "Tomorrow morning"), at(local.date().addDays(1), QTime(9, 0), now, zone));
    const int toMonday = 8 - local.date().dayOfWeek();
    if (toMonday > 1) // on a Sunday tomorrow is Monday
        add(QT_TRANSLATE_NOOP("Schedule", "Monday morning"), at(local.date().addDays(toMonday), QTime(9, 0), now, zone));
    return result;
}

} // namespace outrigger::schedule
