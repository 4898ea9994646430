// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/eventdays.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using eventdays::Zones;

/// On which days an appointment stands: over several days, over nights on which the clocks change, and on the location's
/// clock when that is another one.
class TestEventDays : public QObject
{
    Q_OBJECT

    static Appointment event(const QDateTime &start, const QDateTime &end)
    {
        Appointment one;
        one.start = start.toUTC();
        one.end = end.toUTC();
        return one;
    }

private Q_SLOTS:
    void daysAreTold_data()
    {
        QTest::addColumn<QByteArray>("view");
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<Appointment>("one");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<bool>("band");
        QTest::addColumn<QDate>("first");
        QTest::addColumn<int>("count");
        const QByteArray newYork("America/New_York"), angeles("America/Los_Angeles"), sydney("Australia/Sydney");
        const QTimeZone ny(newYork), la(angeles), syd(sydney);
        const auto day = [](int month, int date, const QTimeZone &zone) { return QDate(2026, month, date).startOfDay(zone); };
        const auto at = [](int month, int date, int hour, int minute, const QTimeZone &zone) { return QDateTime(QDate(2026, month, date), QTime(hour, minute), zone); };
        const auto row = [](const char *name, const QByteArray &view, const QByteArray &place, const Appointment &one, bool whole, bool band, const QDate &first, int count) {
            QTest::newRow(name) << view << place << one << whole << band << first << count;
        };
        row("half an hour", newYork, {}, event(at(11, 3, 9, 0, ny), at(11, 3, 9, 30, ny)), false, false, QDate(2026, 11, 3), 1);
        row("a day", newYork, {}, event(day(11, 3, ny), day(11, 4, ny)), true, true, QDate(2026, 11, 3), 1);
        row("a day of 25 hours", newYork, {}, event(day(11, 1, ny), day(11, 2, ny)), true, true, QDate(2026, 11, 1), 1);
        row("a day of 23 hours", newYork, {}, event(day(3, 8, ny), day(3, 9, ny)), true, true, QDate(2026, 3, 8), 1);
        row("three days over the night of the clocks", newYork, {}, event(day(10, 31, ny), day(11, 3, ny)), true, true, QDate(2026, 10, 31), 3);
        row("to a minute before midnight", newYork, {}, event(day(11, 3, ny), at(11, 4, 23, 59, ny)), true, true, QDate(2026, 11, 3), 2);
        row("the location's day, seen from elsewhere", newYork, angeles, event(day(11, 3, la), day(11, 4, la)), true, true, QDate(2026, 11, 3), 1);
        row("the location's two days over its night of the clocks", sydney, angeles, event(day(10, 31, la), day(11, 2, la)), true, true, QDate(2026, 10, 31), 2);
        row("without knowing the location's clock", newYork, {}, event(day(11, 3, la), day(11, 4, la)), false, false, QDate(2026, 11, 3), 2);
        row("over midnight", newYork, {}, event(at(11, 3, 22, 0, ny), at(11, 4, 2, 0, ny)), false, false, QDate(2026, 11, 3), 2);
        row("up to midnight", newYork, {}, event(at(11, 3, 22, 0, ny), day(11, 4, ny)), false, false, QDate(2026, 11, 3), 1);
        row("a trip with hours", newYork, {}, event(at(11, 3, 14, 0, ny), at(11, 5, 10, 0, ny)), false, true, QDate(2026, 11, 3), 3);
        row("no time at all", newYork, {}, event(day(11, 3, ny), day(11, 3, ny)), false, false, QDate(2026, 11, 3), 1);
    }
    void daysAreTold()
    {
        QFETCH(QByteArray, view);
        QFETCH(QByteArray, place);
        QFETCH(Appointment, one);
        const Zones zones{QTimeZone(view), place.isEmpty() ? QTimeZone() : QTimeZone(place)};
        QTEST(eventdays::isWhole(one, zones), "whole");
        QTEST(eventdays::isBand(one, zones), "band");
        QTEST(eventdays::daysOf(one, zones).first, "first");
        QTEST(eventdays::daysOf(one, zones).count(), "count");
    }
    /// Carried over the night of the clocks and back: whole days stay whole, and hours stay what the clock showed.
    void carriedDaysStayWhole()
    {
        for (const char *id : {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo"}) {
            const QTimeZone zone(id);
            const Zones zones{zone, {}};
            for (QDate date(2018, 1, 1); date < QDate(2019, 1, 1); date = date.addDays(1)) {
                const Appointment two = event(QDate(2018, 6, 5).startOfDay(zone), QDate(2018, 6, 7).startOfDay(zone));
                Appointment moved = two;
                const Slot to = eventdays::movedTo(two, date, zones);
                moved.start = to.start;
                moved.end = to.end;
                QVERIFY2(eventdays::isWhole(moved, zones), id);
                QCOMPARE(eventdays::daysOf(moved, zones), (eventdays::Days{date, date.addDays(1)}));
                const Slot back = eventdays::movedTo(moved, QDate(2018, 6, 5), zones);
                QCOMPARE(back.start, two.start);
                QCOMPARE(back.end, two.end);
            }
        }
        const QTimeZone ny("America/New_York");
        const Appointment trip = event(QDateTime(QDate(2026, 10, 27), QTime(14, 0), ny), QDateTime(QDate(2026, 10, 29), QTime(10, 0), ny));
        const Slot to = eventdays::movedTo(trip, QDate(2026, 10, 31), {ny, {}});
        QCOMPARE(to.start.toTimeZone(ny), QDateTime(QDate(2026, 10, 31), QTime(14, 0), ny));
        QCOMPARE(to.start.secsTo(to.end), trip.start.secsTo(trip.end));
    }
    void itIsSaid()
    {
        const QTimeZone ny("America/New_York");
        const Zones zones{ny, {}};
        const auto at = [&](int date, int hour) { return QDateTime(QDate(2026, 11, date), QTime(hour, 0), ny); };
        const Appointment call = event(at(3, 14), at(3, 15)), trip = event(at(3, 14), at(5, 10)), fair = event(at(3, 0), at(6, 0));
        QVERIFY2(eventdays::sentence(call, zones).contains(u"3 November, "_s) && !eventdays::sentence(call, zones).contains(u"all day"_s), qPrintable(eventdays::sentence(call, zones)));
        QVERIFY(eventdays::sentence(trip, zones).contains(u"3 November"_s) && eventdays::sentence(trip, zones).contains(u"5 November"_s));
        QVERIFY(eventdays::sentence(fair, zones).endsWith(u"5 November, all day"_s));
        QCOMPARE(eventdays::timesOn(fair, QDate(2026, 11, 4), zones), u"all day, day 2 of 3"_s);
        QVERIFY(eventdays::timesOn(trip, QDate(2026, 11, 3), zones).startsWith(u"from "_s));
        QCOMPARE(eventdays::timesOn(trip, QDate(2026, 11, 4), zones), u"all day"_s);
        QVERIFY(eventdays::timesOn(trip, QDate(2026, 11, 5), zones).startsWith(u"until "_s));
        QVERIFY(eventdays::timesOn(call, QDate(2026, 11, 3), zones).contains(u" – "_s));
        QVERIFY(eventdays::length(fair, zones).startsWith(u"3 day"_s));
        QVERIFY(eventdays::length(call, zones).startsWith(u"60 "_s));
        QVERIFY(eventdays::length(trip, zones).startsWith(u"44 "_s));
    }
};

QTEST_GUILESS_MAIN(TestEventDays)
#include "tst_eventdays.moc"
