// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/taskentry.h"

#include "domain/schedule.h"
#include "domain/whenwhere.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <QHash>

using namespace Qt::StringLiterals;

namespace outrigger::taskentry {

namespace {

constexpr qsizetype longestTime = 7;   ///< words of a time: "on fri 12 mar at 3 pm"
constexpr qsizetype longestLine = 500;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tasks)
};

QStringList takeTags(QString &text)
{
    static const QRegularExpression tag(u"(?<!\\S)#([\\p{L}\\d][\\p{L}\\d_-]{0,60})"_s, QRegularExpression::UseUnicodePropertiesOption);
    QStringList tags;
    auto found = tag.globalMatch(text);
    while (found.hasNext())
        tags.append(found.next().captured(1).toLower());
    text.remove(tag);
    tags.removeDuplicates();
    return tags;
}

bool takeWords(QString &text, const QString &pattern)
{
    const QRegularExpression words(u"(?<!\\S)(?:"_s + pattern + u")(?!\\S)"_s, QRegularExpression::CaseInsensitiveOption);
    const bool there = text.contains(words);
    text.replace(words, u" "_s);
    return there;
}

/// A number alone, or a word that is a time only in company, stays in the title.
bool isTime(const QString &words)
{
    static const QRegularExpression hint(u"\\d|mon|tue|wed|thu|fri|sat|sun|tod|ton|tom|tm|noon|mid"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression lone(u"^(?:\\d+|at \\d+|now|sun|mar|march|may|second|\\d+ ?m)$"_s, QRegularExpression::CaseInsensitiveOption);
    return words.contains(hint) && !lone.match(words).hasMatch();
}

} // namespace

Entry parse(const QString &text, const QDateTime &now, const QTimeZone &mine, const QTimeZone &theirs)
{
    Entry entry;
    QString rest = text.left(longestLine).simplified();
    entry.tags = takeTags(rest);
    entry.theirs = takeWords(rest, u"(?:in |on )?(?:their|his|her) (?:time|clock)"_s);
    takeWords(rest, u"(?:in |on )?my (?:time|clock)"_s);
    const QTimeZone &zone = entry.theirs ? theirs : mine;
    const QStringList words = rest.simplified().split(u' ', Qt::SkipEmptyParts);
    qsizetype from = -1, count = 0;
    // The longest run wins; of two, the later one: "call mon about friday 3pm".
    for (qsizetype length = std::min(longestTime, words.size()); length > 0 && from < 0; --length) {
        for (qsizetype at = words.size() - length; at >= 0 && from < 0; --at) {
            const QString run = words.mid(at, length).join(u' ');
            const auto moment = isTime(run) ? schedule::parse(run, now, zone) : schedule::Moment();
            if (!moment.at.isValid())
                continue;
            entry.due = moment.at;
            entry.note = moment.note;
            entry.timed = true;
            from = at;
            count = length;
        }
    }
    QStringList title = words;
    if (from >= 0)
        title.remove(from, count);
    // "call back on friday" leaves the little word behind.
    static const QStringList little{u"on"_s, u"at"_s, u"by"_s, u"due"_s, u"until"_s};
    if (from > 0 && from == title.size() && little.contains(title.last().toLower()))
        title.removeLast();
    entry.title = title.join(u' ').trimmed();
    if (!entry.due.isValid()) {
        const QDateTime local = now.toTimeZone(zone);
        entry.due = QDateTime(local.date().addDays(1), QTime(9, 0), zone).toUTC();
    }
    return entry;
}

Group groupOf(const LeadTask &task, const QDateTime &now, const QTimeZone &zone)
{
    if (task.done)
        return Group::Done;
    if (!task.due.isValid())
        return Group::NoDate;
    if (task.due < now)
        return Group::Overdue;
    const qint64 days = now.toTimeZone(zone).date().daysTo(task.due.toTimeZone(zone).date());
    return days <= 0 ? Group::Today : days == 1 ? Group::Tomorrow : days <= 7 ? Group::Week : Group::Later;
}

QDateTime movedTo(const LeadTask &task, Group group, const QDateTime &now, const QTimeZone &zone)
{
    static const QHash<Group, int> days{{Group::Today, 0}, {Group::Tomorrow, 1}, {Group::Week, 3}, {Group::Later, 9}};
    const auto later = days.constFind(group);
    if (later == days.constEnd())
        return {};
    const QDateTime here = now.toTimeZone(zone);
    const QTime clock = task.due.isValid() ? task.due.toTimeZone(zone).time() : QTime(9, 0);
    QDateTime due(here.date().addDays(*later), clock, zone);
    if (group == Group::Today && due <= now) {
        const QTime next = here.time().hour() < 23 ? QTime(here.time().hour() + 1, 0) : QTime(23, 59);
        due = QDateTime(here.date(), next, zone);
    }
    return due.toUTC();
}

QString groupName(Group group)
{
    switch (group) {
    case Group::Overdue: return Words::tr("Overdue");
    case Group::Today: return Words::tr("Today");
    case Group::Tomorrow: return Words::tr("Tomorrow");
    case Group::Week: return Words::tr("Next 7 days");
    case Group::Later: return Words::tr("Later");
    case Group::NoDate: return Words::tr("No date");
    case Group::Done: return Words::tr("Done");
    }
    return {};
}

QString dueWords(const QDateTime &due, const QDateTime &now, const QTimeZone &zone)
{
    if (!due.isValid())
        return {};
    const QLocale locale;
    const QDateTime at = due.toTimeZone(zone);
    const QString clock = clockTime(at.time());
    const qint64 days = now.toTimeZone(zone).date().daysTo(at.date());
    if (days == 0)
        return Words::tr("Today %1", "a time").arg(clock);
    if (days == 1)
        return Words::tr("Tomorrow %1", "a time").arg(clock);
    if (days == -1)
        return Words::tr("Yesterday %1", "a time").arg(clock);
    if (days > 0 && days <= 7)
        return locale.dayName(at.date().dayOfWeek(), QLocale::ShortFormat) + u' ' + clock;
    const bool sameYear = at.date().year() == now.toTimeZone(zone).date().year();
    return locale.toString(at.date(), sameYear ? u"d MMM"_s : u"d MMM yyyy"_s) + u' ' + clock;
}

} // namespace outrigger::taskentry
