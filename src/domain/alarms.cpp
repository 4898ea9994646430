// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/alarms.h"

#include "domain/slots.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::alarms {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Alarms)
};

constexpr qint64 stillOfUse = 5 * 60;        ///< s after its beginning: whoever comes back to the desk now can still go there
constexpr qint64 kept = 24 * 3600;           ///< s; a clock that was set back must not tell it again

QString aboutTask(const LeadTask &task)
{
    return task.contact.value + u'@' + QString::number(task.due.toMSecsSinceEpoch()) + u'@' + task.title;
}

QString aboutAppointment(const Appointment &event)
{
    return event.calendar.value + u'@' + event.contact.value + u'@' + QString::number(event.start.toMSecsSinceEpoch());
}

bool isToCome(const Appointment &event)
{
    return !event.block && (event.status == AppointmentStatus::New || event.status == AppointmentStatus::Confirmed || event.status == AppointmentStatus::Unknown);
}

} // namespace

QVector<int> minutesFrom(const QString &text)
{
    QVector<int> all;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        bool number = false;
        const int minutes = part.trimmed().toInt(&number);
        if (number && minutes >= 0 && minutes <= earliestReminder && !all.contains(minutes))
            all.append(minutes);
    }
    std::sort(all.begin(), all.end());
    if (all.size() > mostReminders)
        all.resize(mostReminders);
    return all;
}

QString minutesText(const QVector<int> &minutes)
{
    QStringList parts;
    for (const int one : minutes)
        parts << QString::number(one);
    return parts.join(u", "_s);
}

QVector<Alarm> ofTasks(const QVector<TaskRow> &rows, const UserId &me, const QDateTime &since)
{
    QVector<Alarm> all;
    for (const TaskRow &row : rows) {
        if (!row.task.done && row.task.due.isValid() && row.task.user == me && row.task.due >= since)
            all.append({aboutTask(row.task), 0, row.task.due, {}, row});
    }
    return all;
}

QVector<Alarm> ofAppointments(const QVector<EventRow> &rows, const QVector<int> &minutes, const UserId &me)
{
    QVector<Alarm> all;
    for (const EventRow &row : rows) {
        const Appointment &event = row.event;
        const bool mine = me.isEmpty() || event.user.isEmpty() || event.user == me;
        if (!mine || !event.start.isValid() || !isToCome(event))
            continue;
        for (const int before : minutes) // instants: a night on which the clocks change has no say in it
            all.append({aboutAppointment(event), before, event.start.addSecs(-60LL * before), event.start.addSecs(stillOfUse), row});
    }
    return all;
}

void Told::insert(const Alarm &alarm)
{
    const auto found = m_last.constFind(alarm.about);
    if (found == m_last.cend() || found->minutes > alarm.minutes)
        m_last.insert(alarm.about, {alarm.minutes, alarm.until});
}

bool Told::covers(const Alarm &alarm) const
{
    const auto found = m_last.constFind(alarm.about);
    return found != m_last.cend() && found->minutes <= alarm.minutes;
}

QByteArray Told::toJson(const QDateTime &now) const
{
    QJsonArray all;
    for (auto it = m_last.cbegin(); it != m_last.cend(); ++it) {
        if (it->until.isValid() && it->until.addSecs(kept) > now)
            all.append(QJsonArray{it.key(), it->minutes, it->until.toMSecsSinceEpoch()});
    }
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

void Told::addJson(const QByteArray &json)
{
    const QJsonArray all = QJsonDocument::fromJson(json).array();
    for (const auto &one : all) {
        const QJsonArray parts = one.toArray();
        if (parts.size() != 3 || !parts[0].isString() || !parts[1].isDouble() || !parts[2].isDouble())
            continue;
        Alarm alarm;
        alarm.about = parts[0].toString();
        alarm.minutes = parts[1].toInt();
        alarm.until = QDateTime::fromMSecsSinceEpoch(parts[2].toInteger(), Qt::UTC);
        insert(alarm);
    }
}

Look look(const QVector<Alarm> &all, const Told &told, const QDateTime &now)
{
    Look result;
    for (const Alarm &alarm : all) {
        if (told.covers(alarm) || (alarm.until.isValid() && alarm.until <= now))
            continue;
        if (alarm.at > now) {
            if (!result.next.isValid() || alarm.at < result.next)
                result.next = alarm.at;
            continue;
        }
        const auto same = std::find_if(result.due.begin(), result.due.end(), [&alarm](const Alarm &one) { return one.about == alarm.about; });
        if (same == result.due.end())
            result.due.append(alarm);
        else if (alarm.minutes < same->minutes)
            *same = alarm;
    }
    std::stable_sort(result.due.begin(), result.due.end(), [](const Alarm &a, const Alarm &b) { return a.at < b.at; });
    return result;
}

QString appointmentSentence(const EventRow &row, const QTimeZone &mine)
{
    const QTimeZone theirs(row.contactZone);
    const QString when = freetimes::bothClocks(row.event.start, mine, !row.contactZone.isEmpty() && theirs.isValid() ? theirs : mine,
                                               row.contactName.section(u' ', 0, 0));
    return row.event.title.isEmpty() ? when : Words::tr("%1, %2", "an appointment, its time").arg(row.event.title, when);
}

QTimeZone clockOf(const EventRow &row, const QString &locationZone)
{
    for (const QByteArray &id : {row.contactZone, locationZone.toLatin1()}) {
        const QTimeZone zone(id);
        if (!id.isEmpty() && zone.isValid())
            return zone;
    }
    return QTimeZone::systemTimeZone();
}

QString lateText(const EventRow &row, const QTimeZone &theirs)
{
    const QString time = freetimes::clock(row.event.start, theirs);
    const QString name = row.contactName.section(u' ', 0, 0);
    return name.isEmpty() ? Words::tr("I am running a few minutes late for our %1 call. I will be with you shortly.").arg(time)
                          : Words::tr("Hi %1, I am running a few minutes late for our %2 call. I will be with you shortly.", "a lead, a time").arg(name, time);
}

QUrl joinLink(const Appointment &event)
{
    static const QRegularExpression address(u"\\bhttps?://[^\\s<>\"]+"_s, QRegularExpression::CaseInsensitiveOption);
    for (const QString &text : {event.address, event.notes}) {
        QString found = address.match(text).captured();
        while (!found.isEmpty() && u".,;:!?)]}'"_s.contains(found.back()))
            found.chop(1);
        const QUrl url(found, QUrl::StrictMode);
        // What stands before an @ looks like the place that it is not.
        if (url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty())
            return url;
    }
    return {};
}

} // namespace outrigger::alarms
