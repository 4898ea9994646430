// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/slots.h"

#include "core/json.h"
#include "domain/whenwhere.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace outrigger::freetimes {

namespace {

constexpr qsizetype mostEntries = 20'000; ///< a month of five-minute slots has 9,000

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FreeTimes)
};

std::optional<Slot> entry(const QJsonValue &value, int length, const QTimeZone &zone)
{
    const QJsonObject object = value.toObject();
    const bool whole = value.isObject();
    const QDateTime start = json::date(whole ? json::first(object, {u"start", u"startTime", u"slot"}) : value, zone);
    if (!start.isValid())
        return std::nullopt;
    QDateTime end = whole ? json::date(json::first(object, {u"end", u"endTime"}), zone) : QDateTime();
    if (!end.isValid() || end <= start)
        end = start.addSecs(60LL * std::max(1, length));
    return Slot{start, end};
}

bool isDate(const QString &key) { return key.size() == 10 && QDate::fromString(key, Qt::ISODate).isValid(); }

void take(Answer &answer, const QJsonArray &list, int length, const QTimeZone &zone)
{
    for (const auto &item : list) {
        if (answer.times.size() >= mostEntries)
            return;
        if (const auto slot = entry(item, length, zone))
            answer.times.append(*slot);
        else
            ++answer.skipped;
    }
}

} // namespace

Answer read(const QJsonValue &value, int length, const QTimeZone &zone)
{
    Answer answer;
    const QJsonObject object = value.toObject();
    const QJsonValue inner = object.value("slots"_L1);
    if (inner.isArray())
        take(answer, inner.toArray(), length, zone);
    const QJsonObject days = inner.isObject() ? inner.toObject() : object;
    for (auto it = days.begin(); it != days.end(); ++it) {
        if (!isDate(it.key()))
            continue;
        if (it->isArray())
            take(answer, it->toArray(), length, zone);
        else
            take(answer, it->toObject().value("slots"_L1).toArray(), length, zone);
    }
    std::sort(answer.times.begin(), answer.times.end(), [](const Slot &a, const Slot &b) { return a.start < b.start; });
    const auto same = [](const Slot &a, const Slot &b) { return a.start == b.start; };
    answer.times.erase(std::unique(answer.times.begin(), answer.times.end(), same), answer.times.end());
    return answer;
}

QVector<QPair<QDateTime, QDateTime>> windows(const QDateTime &from, const QDateTime &to)
{
    constexpr qint64 longest = qint64(mostSlotDays) * 86'400;
    QVector<QPair<QDateTime, QDateTime>> result;
    for (QDateTime at = from; at < to; at = at.addSecs(longest))
        result.append({at, std::min(to, at.addSecs(longest))});
    return result;
}

QVector<Day> week(const QVector<Slot> &times, const QDate &first, const QTimeZone &zone, int days)
{
    QVector<Day> result;
    for (int i = 0; i < days; ++i)
        result.append({first.addDays(i), {}});
    for (const Slot &slot : times) {
        const qint64 place = first.daysTo(slot.start.toTimeZone(zone).date());
        if (place >= 0 && place < days)
            result[static_cast<qsizetype>(place)].times.append(slot);
    }
    return result;
}

QVector<Slot> nearest(const QVector<Slot> &times, const QDateTime &wanted, int count)
{
    QVector<Slot> sorted;
    for (const Slot &slot : times) {
        if (slot.start != wanted)
            sorted.append(slot);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [&](const Slot &a, const Slot &b) {
        return std::llabs(wanted.secsTo(a.start)) < std::llabs(wanted.secsTo(b.start));
    });
    sorted.resize(std::min<qsizetype>(sorted.size(), count));
    std::sort(sorted.begin(), sorted.end(), [](const Slot &a, const Slot &b) { return a.start < b.start; });
    return sorted;
}

bool holds(const QVector<Slot> &times, const QDateTime &start)
{
    return std::any_of(times.cbegin(), times.cend(), [&](const Slot &slot) { return slot.start == start; });
}

std::optional<Slot> snap(const QVector<Slot> &times, const QDateTime &at, int within)
{
    const auto best = std::min_element(times.cbegin(), times.cend(), [&](const Slot &a, const Slot &b) {
        return std::llabs(at.secsTo(a.start)) < std::llabs(at.secsTo(b.start));
    });
    if (best == times.cend() || std::llabs(at.secsTo(best->start)) > 60LL * within)
        return std::nullopt;
    return *best;
}

Hour hourOf(const QDateTime &at, const QTimeZone &zone)
{
    if (!zone.isValid() || !zone.hasTransitions())
        return Hour::Plain;
    const int offset = zone.offsetFromUtc(at);
    // The clocks went back within the time that lies before: this reading was there once already.
    const auto before = zone.previousTransition(at.addMSecs(1));
    if (before.atUtc.isValid()) {
        const int earlier = zone.offsetFromUtc(before.atUtc.addMSecs(-1));
        if (earlier > offset && before.atUtc.secsTo(at) < earlier - offset)
            return Hour::Second;
    }
    const auto after = zone.nextTransition(at);
    if (after.atUtc.isValid()) {
        const int later = after.offsetFromUtc;
        if (later < offset && at.secsTo(after.atUtc) <= offset - later)
            return Hour::First;
    }
    return Hour::Plain;
}

QString clock(const QDateTime &at, const QTimeZone &zone)
{
    const QString time = clockTime(at.toTimeZone(zone).time());
    switch (hourOf(at, zone)) {
    case Hour::First: return Words::tr("%1 (first)").arg(time);
    case Hour::Second: return Words::tr("%1 (second)").arg(time);
    case Hour::Plain: break;
    }
    return time;
}

bool civil(const QDateTime &at, const QTimeZone &zone)
{
    const int hour = at.toTimeZone(zone).time().hour();
    return hour >= 8 && hour < 21;
}

bool sameClock(const QDateTime &at, const QTimeZone &one, const QTimeZone &other)
{
    return one.offsetFromUtc(at) == other.offsetFromUtc(at);
}

QString bothClocks(const QDateTime &at, const QTimeZone &mine, const QTimeZone &theirs, const QString &name)
{
    const QDateTime here = at.toTimeZone(mine);
    const QDateTime there = at.toTimeZone(theirs);
    const auto day = [](const QDate &date) { return QLocale().toString(date, Words::tr("ddd d MMM")); };
    const QString own = Words::tr("%1, %2").arg(day(here.date()), clock(at, mine));
    if (sameClock(at, mine, theirs))
        return own;
    const QString other = here.date() == there.date() ? clock(at, theirs)
                                                      : Words::tr("%1, %2").arg(day(there.date()), clock(at, theirs));
    return Words::tr("%1 you · %2 %3").arg(own, other, name);
}

QDateTime instantOf(const QDate &date, const QTime &time, const QTimeZone &zone, bool first)
{
    if (!date.isValid() || !time.isValid() || !zone.isValid())
        return {};
    // Qt does not say which of two instants it takes, nor that there is none: every offset of these days is tried.
    const QDateTime reading(date, time, Qt::UTC);
    QDateTime found;
    for (const int hours : {-26, 0, 26}) {
        const QDateTime candidate = reading.addSecs(-zone.offsetFromUtc(reading.addSecs(3600LL * hours)));
        const QDateTime read = candidate.toTimeZone(zone);
        if (read.date() != date || read.time() != time)
            continue;
        if (!found.isValid() || (first ? candidate < found : candidate > found))
            found = candidate;
    }
    return found;
}

QVector<Slot> offer(const QVector<Slot> &times, const QTimeZone &theirs)
{
    QVector<Slot> offered;
    QDate first;
    for (const Slot &slot : times) {
        if (!civil(slot.start, theirs))
            continue;
        const QDate date = slot.start.toTimeZone(theirs).date();
        if (offered.isEmpty()) {
            offered.append(slot);
            first = date;
        } else if (date == offered.last().start.toTimeZone(theirs).date()) {
            // The second of a day leaves room, and only the second day has two.
            const bool room = offered.last().start.secsTo(slot.start) >= 3 * 3600;
            if (room && date != first)
                offered.append(slot);
        } else {
            offered.append(slot);
        }
        if (offered.size() == 3)
            break;
    }
    return offered;
}

QString offerText(const QVector<Slot> &offered, const QTimeZone &theirs)
{
    QStringList words;
    for (const Slot &slot : offered)
        words.append(QLocale().toString(slot.start.toTimeZone(theirs).date(), Words::tr("ddd d MMM")) + u' ' + clock(slot.start, theirs));
    switch (words.size()) {
    case 0: return {};
    case 1: return Words::tr("%1, your time. Does that work?").arg(words[0]);
    case 2: return Words::tr("%1 or %2, your time. 1 or 2?").arg(words[0], words[1]);
    default: return Words::tr("%1, %2 or %3, your time. 1, 2 or 3?").arg(words[0], words[1], words[2]);
    }
}

Why whyNone(const Calendar &calendar, const QDateTime &from, const QDateTime &to, const QDateTime &now)
{
    if (!calendar.active)
        return Why::Inactive;
    if (calendar.noticeMinutes > 0 && to <= now.addSecs(60LL * calendar.noticeMinutes))
        return Why::Notice;
    if (calendar.rangeDays > 0 && from >= now.addDays(calendar.rangeDays))
        return Why::Range;
    return Why::Closed;
}

} // namespace outrigger::freetimes
