// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contact.h"
#include "domain/slots.h"
#include "domain/whenwhere.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Free times: both shapes of answers, hostile ones, and clocks on every night of every zone.
class TestSlots : public QObject
{
    Q_OBJECT

    static QJsonValue json(const char *text)
    {
        const auto document = QJsonDocument::fromJson(text);
        return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    }
    static QDateTime utc(const char *text) { return QDateTime::fromString(QLatin1String(text), Qt::ISODate).toUTC(); }

private Q_SLOTS:
    void everyShapeIsRead_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("skipped");
        const auto row = [](const char *name, const char *answer, int count, int skipped = 0) { QTest::newRow(name) << QByteArray(answer) << count << skipped; };
        row("service", R"({"2026-11-02":{"slots":["2026-11-02T10:00:00-05:00","2026-11-02T11:00:00-05:00"]},"traceId":"x"})", 2);
        row("older texts", R"({"slots":{"2026-11-02":[{"start":"2026-11-02T10:00:00-05:00","end":"2026-11-02T10:30:00-05:00"}]}})", 1);
        row("a list below the date", R"({"2026-11-02":["2026-11-02T10:00:00-05:00"]})", 1);
        row("milliseconds", R"({"2026-11-02":{"slots":[1793718000000,"1793721600000"]}})", 2);
        row("a plain list", R"({"slots":["2026-11-02T10:00:00Z"]})", 1);
        row("no offset", R"({"2026-11-02":{"slots":["2026-11-02 10:00:00","2026-11-02T11:00:00"]}})", 2);
        row("twice the same", R"({"2026-11-02":{"slots":["2026-11-02T10:00:00-05:00","2026-11-02T15:00:00Z"]}})", 1);
        row("nonsense", R"({"2026-11-02":{"slots":["soon",null,{},"2026-11-02T10:00:00Z"]}})", 1, 3);
        row("keys that are no day", R"({"2026-13-45":{"slots":["2026-11-02T10:00:00Z"]},"today":["2026-11-02T10:00:00Z"]})", 0);
        row("nothing", "{}", 0);
        row("a list of numbers", "[1,2,3]", 0);
        row("wrong types", R"({"slots":7,"2026-11-02":{"slots":"10:00"}})", 0);
    }
    void everyShapeIsRead()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, count);
        QFETCH(int, skipped);
        const auto read = freetimes::read(json(answer.constData()), 30, QTimeZone("America/New_York"));
        QCOMPARE(read.times.size(), count);
        QCOMPARE(read.skipped, skipped);
        for (const Slot &slot : read.times) {
            QCOMPARE(slot.start.timeSpec(), Qt::UTC);
            QVERIFY(slot.end > slot.start);
        }
    }
    void aTimeWithoutOffsetIsThatOfTheZoneThatWasAsked()
    {
        const auto read = freetimes::read(json(R"({"2026-11-02":{"slots":["2026-11-02T10:00:00"]}})"), 45, QTimeZone("Australia/Sydney"));
        QCOMPARE(read.times.first().start, utc("2026-11-01T23:00:00Z"));
        QCOMPARE(read.times.first().end, utc("2026-11-01T23:45:00Z"));
    }
    void aMegabyteOfTimesIsBounded()
    {
        QJsonArray many;
        for (int i = 0; i < 60'000; ++i)
            many.append(1'793'718'000'000.0 + i * 60'000.0);
        const auto read = freetimes::read(QJsonObject{{u"2026-11-02"_s, QJsonObject{{u"slots"_s, many}}}}, 30, QTimeZone::utc());
        QCOMPARE(read.times.size(), 20'000);
    }
    void bothShapesGiveTheSame()
    {
        const auto one = freetimes::read(json(R"({"2026-11-01":{"slots":["2026-11-01T01:30:00-04:00","2026-11-01T01:30:00-05:00"]}})"), 30, QTimeZone::utc());
        const auto other = freetimes::read(json(R"({"slots":{"2026-11-01":[{"start":"2026-11-01T01:30:00-05:00","end":"2026-11-01T02:00:00-05:00"},
            {"start":"2026-11-01T01:30:00-04:00","end":"2026-11-01T02:00:00-04:00"}]}})"), 30, QTimeZone::utc());
        QCOMPARE(one.times, other.times);
        QCOMPARE(one.times.size(), 2);
    }
    void windowsAreNeverLongerThanTheApiTakes()
    {
        const QDateTime from = utc("2026-11-02T00:00:00Z");
        const auto parts = freetimes::windows(from, from.addDays(100));
        QCOMPARE(parts.size(), 4);
        QDateTime at = from;
        for (const auto &part : parts) {
            QCOMPARE(part.first, at);
            QVERIFY(part.first.daysTo(part.second) <= 31);
            at = part.second;
        }
        QCOMPARE(at, from.addDays(100));
        QVERIFY(freetimes::windows(from, from).isEmpty());
    }
    void theThreeNearestComeInOrder()
    {
        QVector<Slot> times;
        for (const int hour : {8, 9, 10, 12, 15})
            times.append({QDateTime(QDate(2026, 11, 2), QTime(hour, 0), Qt::UTC), QDateTime(QDate(2026, 11, 2), QTime(hour, 30), Qt::UTC)});
        const auto nearest = freetimes::nearest(times, times[2].start);
        QCOMPARE(nearest.size(), 3);
        QCOMPARE(nearest[0], times[0]);
        QCOMPARE(nearest[1], times[1]);
        QCOMPARE(nearest[2], times[3]);
        QCOMPARE(freetimes::nearest({}, times[2].start).size(), 0);
        QVERIFY(!freetimes::snap(times, times[2].start.addSecs(70 * 60), 30));
        QCOMPARE(*freetimes::snap(times, times[2].start.addSecs(20 * 60), 30), times[2]);
    }
    void daysAreThoseOfWhoLooks()
    {
        // Monday 6 pm in Los Angeles is Tuesday in Sydney.
        const QVector<Slot> times{{utc("2026-11-03T02:00:00Z"), utc("2026-11-03T02:30:00Z")}};
        QCOMPARE(freetimes::week(times, QDate(2026, 11, 2), QTimeZone("America/Los_Angeles"))[0].times.size(), 1);
        QCOMPARE(freetimes::week(times, QDate(2026, 11, 2), QTimeZone("Australia/Sydney"))[1].times.size(), 1);
    }
    void anHourThatIsThereTwiceSaysWhich()
    {
        const QTimeZone newYork("America/New_York");
        QCOMPARE(freetimes::hourOf(utc("2026-11-01T05:30:00Z"), newYork), freetimes::Hour::First);
        QCOMPARE(freetimes::hourOf(utc("2026-11-01T06:30:00Z"), newYork), freetimes::Hour::Second);
        QCOMPARE(freetimes::hourOf(utc("2026-11-01T04:30:00Z"), newYork), freetimes::Hour::Plain);
        QCOMPARE(freetimes::hourOf(utc("2026-11-01T07:00:00Z"), newYork), freetimes::Hour::Plain);
        QVERIFY(freetimes::clock(utc("2026-11-01T05:30:00Z"), newYork).endsWith(u"(first)"));
        QVERIFY(freetimes::clock(utc("2026-11-01T06:30:00Z"), newYork).endsWith(u"(second)"));
    }
    void oneClockIsShownWhenBothAgree()
    {
        const QDateTime at = utc("2026-12-01T18:00:00Z");
        const QString same = freetimes::bothClocks(at, QTimeZone("America/New_York"), QTimeZone("America/Detroit"), u"Sarah"_s);
        QVERIFY(!same.contains(u"Sarah"));
        const QString two = freetimes::bothClocks(at, QTimeZone("America/New_York"), QTimeZone("America/Los_Angeles"), u"Sarah"_s);
        QVERIFY2(two.contains(u"Sarah") && two.contains(u"you"), qPrintable(two));
    }
    /// Twenty years of changes of the clocks in all zones: around each, the reading of a clock and its label lead back
    /// to one instant.
    void everyReadingLeadsBackToItsInstant()
    {
        const auto zones = QTimeZone::availableTimeZoneIds();
        QVERIFY(zones.size() > 300);
        const QDateTime from = utc("2016-01-01T00:00:00Z"), to = utc("2036-01-01T00:00:00Z");
        int checked = 0;
        for (const QByteArray &id : zones) {
            const QTimeZone zone(id);
            if (!zone.isValid() || !zone.hasTransitions())
                continue;
            const auto changes = zone.transitions(from, to);
            for (const auto &change : changes) {
                for (const int minutes : {-125, -61, -31, -1, 0, 1, 29, 31, 59, 61, 125}) {
                    const QDateTime at = change.atUtc.addSecs(minutes * 60);
                    const QDateTime read = at.toTimeZone(zone);
                    const auto hour = freetimes::hourOf(at, zone);
                    const QDateTime back = freetimes::instantOf(read.date(), read.time(), zone, hour != freetimes::Hour::Second);
                    // Zones that jump by more than two hours (a day, at the date line) are not what a salesperson books in.
                    const int before = zone.offsetFromUtc(change.atUtc.addSecs(-1));
                    if (std::abs(before - change.offsetFromUtc) > 2 * 3600)
                        continue;
                    QVERIFY2(back == at, qPrintable(QString::fromLatin1(id) + u' ' + at.toString(Qt::ISODate) + u' ' + back.toString(Qt::ISODate)));
                    ++checked;
                }
            }
        }
        QVERIFY(checked > 10'000);
    }
    void anHourThatIsLeftOutIsNoInstant()
    {
        QVERIFY(!freetimes::instantOf(QDate(2026, 3, 8), QTime(2, 30), QTimeZone("America/New_York")).isValid());
        QVERIFY(freetimes::instantOf(QDate(2026, 3, 8), QTime(3, 30), QTimeZone("America/New_York")).isValid());
    }
    void aZoneThatDoesNotExistGivesWayToTheNextBest()
    {
        Contact lead;
        lead.timezone = u"Mars/Olympus"_s;
        const LeadZone known = leadZone(lead, u"America/New_York"_s);
        QVERIFY(known.zone.isValid());
        QCOMPARE(known.zone.id(), QByteArray("America/New_York"));
        QVERIFY(leadZone(lead, u"Mars/Olympus"_s).zone.isValid()); // some clock has to be shown
        const auto read = freetimes::read(json(R"({"2026-11-02":{"slots":["2026-11-02T10:00:00-05:00"]}})"), 30, QTimeZone("Mars/Olympus"));
        QCOMPARE(read.times.first().start, utc("2026-11-02T15:00:00Z"));
    }
    void whyNothingIsFreeIsToldFromWhatIsKnown()
    {
        Calendar calendar;
        const QDateTime now = utc("2026-11-02T12:00:00Z");
        QCOMPARE(freetimes::whyNone(calendar, now, now.addDays(1), now), freetimes::Why::Closed);
        calendar.noticeMinutes = 3 * 1440;
        QCOMPARE(freetimes::whyNone(calendar, now, now.addDays(1), now), freetimes::Why::Notice);
        calendar.rangeDays = 30;
        QCOMPARE(freetimes::whyNone(calendar, now.addDays(40), now.addDays(47), now), freetimes::Why::Range);
        calendar.active = false;
        QCOMPARE(freetimes::whyNone(calendar, now, now.addDays(1), now), freetimes::Why::Inactive);
    }
    void allDayIsToldByTheZone()
    {
        Appointment event;
        const QTimeZone zone("America/New_York");
        event.start = QDate(2026, 11, 1).startOfDay(zone).toUTC(); // a day of 25 hours
        event.end = QDate(2026, 11, 2).startOfDay(zone).toUTC();
        QVERIFY(isAllDay(event, zone));
        event.start = QDate(2026, 3, 8).startOfDay(zone).toUTC(); // of 23
        event.end = QDate(2026, 3, 9).startOfDay(zone).toUTC();
        QVERIFY(isAllDay(event, zone));
        event.end = event.start.addSecs(1800);
        QVERIFY(!isAllDay(event, zone));
    }
    void threeAreOfferedOverTwoDays()
    {
        const QTimeZone theirs("America/Los_Angeles");
        QVector<Slot> times;
        for (int day = 2; day < 5; ++day) {
            for (int hour = 14; hour < 26; ++hour) { // 6 to 18 o'clock there
                const QDateTime start = QDateTime(QDate(2026, 11, day), QTime(0, 0), Qt::UTC).addSecs(3600 * hour);
                times.append({start, start.addSecs(1800)});
            }
        }
        const auto offered = freetimes::offer(times, theirs);
        QCOMPARE(offered.size(), 3);
        QCOMPARE(offered[0].start.toTimeZone(theirs).time(), QTime(8, 0));
        QCOMPARE(offered[1].start.toTimeZone(theirs).date(), QDate(2026, 11, 3));
        QVERIFY(offered[1].start.secsTo(offered[2].start) >= 3 * 3600);
        const QString text = freetimes::offerText(offered, theirs);
        QVERIFY2(text.contains(u"your time") && text.contains(u"3?"), qPrintable(text));
        QVERIFY(freetimes::offer({}, theirs).isEmpty());
        QVERIFY(freetimes::offerText({}, theirs).isEmpty());
    }
    void whatIsStoredComesBack()
    {
        BookingDraft draft{ContactId(u"c"_s), CalendarId(u"k"_s), utc("2026-11-01T05:30:00Z"), utc("2026-11-01T06:00:00Z"), u"Call"_s, u"x"_s, u"n"_s,
                           UserId(u"u"_s), u"new"_s, false, true, "America/New_York"};
        const auto back = BookingDraft::fromJson(draft.toJson());
        QCOMPARE(back.start, draft.start);
        QCOMPARE(back.end, draft.end);
        QVERIFY(!back.notify && back.anyway && back.zone == draft.zone && back.contactId == draft.contactId && back.userId == draft.userId);
        QVERIFY(BookingDraft::fromJson({}).notify);
        for (const auto status : {AppointmentStatus::New, AppointmentStatus::Confirmed, AppointmentStatus::Cancelled, AppointmentStatus::Showed,
                                  AppointmentStatus::NoShow, AppointmentStatus::Invalid})
            QCOMPARE(appointmentStatusFromWord(appointmentStatusWord(status)), status);
        QCOMPARE(appointmentStatusFromWord(u"No-Show"_s), AppointmentStatus::NoShow);
        QCOMPARE(appointmentStatusFromWord(u"booked"_s), AppointmentStatus::Confirmed);
        QCOMPARE(appointmentStatusFromWord(u"?"_s), AppointmentStatus::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestSlots)
#include "tst_slots.moc"
