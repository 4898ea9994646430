// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/whenwhere.h"

#include "domain/phone.h"
#include "domain/zonetables.h"

#include <QCoreApplication>
#include <QLocale>

namespace outrigger {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(When)
};
QString clockTime(const QDateTime &local) { return outrigger::clockTime(local.time()); }

} // namespace

QString clockTime(const QTime &time)
{
    // The C locale's short format has seconds, which nobody wants to read in a list.
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    format.remove(QStringLiteral(":ss"));
    return QLocale().toString(time, format);
}

OwnZone ownZone(const Contact &contact)
{
    const auto usable = [](const QByteArray &id) { return !id.isEmpty() && QTimeZone::isTimeZoneIdAvailable(id); };
    if (const auto id = contact.timezone.toLatin1(); usable(id))
        return {id, ZoneSource::ContactField};
    if (const auto id = zones::ofState(contact.state, contact.country); usable(id))
        return {id, ZoneSource::State};
    if (!contact.phone.isEmpty()) {
        if (const auto id = phone::timezone(contact.phone).toLatin1(); usable(id))
            return {id, ZoneSource::AreaCode};
    }
    return {};
}

LeadZone leadZone(const Contact &contact, const QString &locationZone)
{
    if (const OwnZone own = ownZone(contact); !own.id.isEmpty())
        return {QTimeZone(own.id), own.source};
    if (const auto id = locationZone.toLatin1(); !id.isEmpty() && QTimeZone::isTimeZoneIdAvailable(id))
        return {QTimeZone(id), ZoneSource::Location};
    return {QTimeZone::systemTimeZone(), ZoneSource::Unknown};
}

QString relativeTime(const QDateTime &when, const QDateTime &now, const QTimeZone &zone)
{
    if (!when.isValid())
        return {};
    const qint64 seconds = when.secsTo(now);
    const QDateTime local = when.toTimeZone(zone);
    const QDateTime today = now.toTimeZone(zone);
    const qint64 days = local.date().daysTo(today.date());
    if (seconds > -60 && seconds < 60)
        return Words::tr("now");
    if (seconds > 0 && seconds < 3600)
        return Words::tr("%n min", nullptr, static_cast<int>(seconds / 60));
    if (days == 0)
        return clockTime(local);
    if (days > 0 && days < 7)
        return QLocale().dayName(local.date().dayOfWeek(), QLocale::ShortFormat);
    if (local.date().year() == today.date().year())
        return QLocale().toString(local.date(), Words::tr("d MMM"));
    return QLocale().toString(local.date(), Words::tr("d MMM yyyy"));
}

QString spokenTime(const QDateTime &when, const QDateTime &now, const QTimeZone &zone)
{
    if (!when.isValid())
        return {};
    const qint64 seconds = when.secsTo(now);
    const QDateTime local = when.toTimeZone(zone);
    const qint64 days = local.date().daysTo(now.toTimeZone(zone).date());
    if (seconds > -60 && seconds < 60)
        return Words::tr("just now");
    if (seconds > 0 && seconds < 3600)
        return seconds < 120 ? Words::tr("1 minute ago") : Words::tr("%n minutes ago", nullptr, static_cast<int>(seconds / 60));
    if (days == 0)
        return Words::tr("today at %1").arg(clockTime(local));
    if (days == 1)
        return Words::tr("yesterday at %1").arg(clockTime(local));
    return Words::tr("%1 at %2").arg(QLocale().toString(local.date(), QLocale::LongFormat), clockTime(local));
}

} // namespace outrigger
