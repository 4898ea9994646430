// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// The practice account's calendars: what is in them, and what is free. Plain data; the place in a vector is the
/// identity (see Mint), deleting sets a flag.
namespace outrigger::practice
{

class World;

struct DiaryCalendar {
    QJsonObject body; ///< as the API writes it, without id and locationId
    quint16 location = 0;
    bool deleted = false;
};

struct DiaryEvent {
    quint32 calendar = 0xffffffff; ///< none: a person's block
    quint32 contact = 0xffffffff;  ///< none: a block
    int user = -1;
    quint16 location = 0;
    QString title, address, notes;
    QString status = QStringLiteral("confirmed");
    qint64 start = 0, end = 0, added = 0, updated = 0; ///< ms since 1970
    bool block = false;
    bool notified = true; ///< automations were told
    bool deleted = false;
    bool off() const { return deleted || status == QLatin1String("cancelled") || status == QLatin1String("invalid"); }
};

struct DiaryNote {
    quint32 event = 0;
    int user = -1;
    QString body;
    qint64 added = 0;
    bool deleted = false;
};

/// Groups, rooms, equipment, notifications, schedules: kept as they came.
struct DiaryThing {
    QString kind;  ///< group, rooms, equipments, notification, schedule
    QString owner; ///< of a notification: the calendar's id
    QJsonObject body;
    quint16 location = 0;
    bool deleted = false;
};

struct Diary {
    std::vector<DiaryCalendar> calendars;
    std::vector<DiaryEvent> events;
    std::vector<DiaryNote> notes;
    std::vector<DiaryThing> things;

    QJsonObject save() const;
    void load(const QJsonObject &saved);
};

/// What a calendar says about itself, in minutes and days.
struct DiaryRules {
    int duration = 30, interval = 30, buffer = 0, preBuffer = 0, notice = 0, range = 0, perDay = 0;
    std::vector<int> people;
    bool active = true;
};
DiaryRules rulesOf(const World &world, quint32 calendar);

/// Start times that can be booked in [from, to): opening hours by the location's clock, minus events with their
/// buffers, minus blocks of the calendar and of everybody in it, minus notice and range. user: -1 for anybody.
/// ignoring: an event that does not count, because it is the one that is moved.
std::vector<qint64> freeStarts(const World &world, quint32 calendar, qint64 from, qint64 to, int user, quint32 ignoring = 0xffffffff,
                               bool ignoreRange = false);
/// Who of the calendar has time; -1: nobody, or nobody belongs to it.
int whoIsFree(const World &world, quint32 calendar, qint64 start, qint64 end, int wanted, quint32 ignoring = 0xffffffff);

/// Three calendars with five weeks of appointments around now; nothing where there are no contacts.
void makeDiary(World &world);

} // namespace outrigger::practice
