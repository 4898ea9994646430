// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/alarms.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using alarms::Alarm;

/// When a person is told, and of what: appointments that were moved, cancelled or are over, several reminders, nights on
/// which the clocks change, and a program that was started again.
class TestAlarms : public QObject
{
    Q_OBJECT

    const UserId m_me{u"me"_s};
    const QDateTime m_start{QDate(2026, 11, 3), QTime(15, 0), Qt::UTC};

    static EventRow row(const QDateTime &start)
    {
        EventRow row;
        row.event.id = AppointmentId(u"e"_s);
        row.event.calendar = CalendarId(u"c"_s);
        row.event.contact = ContactId(u"lead"_s);
        row.event.user = UserId(u"me"_s);
        row.event.title = u"Call with Sarah"_s;
        row.event.start = start;
        row.event.end = start.addSecs(1800);
        row.contactName = u"Sarah Jones"_s;
        row.contactZone = "America/Los_Angeles";
        return row;
    }
    QVector<Alarm> of(const EventRow &one, const QVector<int> &minutes = {10}) const { return alarms::ofAppointments({one}, minutes, m_me); }

private Q_SLOTS:
    void whichAppointmentsAreTold_data()
    {
        QTest::addColumn<EventRow>("event");
        QTest::addColumn<UserId>("me");
        QTest::addColumn<int>("count");
        const auto with = [this](auto change) {
            EventRow one = row(m_start);
            change(one);
            return one;
        };
        const UserId me(u"me"_s);
        QTest::newRow("mine") << row(m_start) << me << 1;
        QTest::newRow("not confirmed yet") << with([](EventRow &r) { r.event.status = AppointmentStatus::New; }) << me << 1;
        QTest::newRow("a word that is not known") << with([](EventRow &r) { r.event.status = AppointmentStatus::Unknown; }) << me << 1;
        QTest::newRow("cancelled") << with([](EventRow &r) { r.event.status = AppointmentStatus::Cancelled; }) << me << 0;
        QTest::newRow("not valid") << with([](EventRow &r) { r.event.status = AppointmentStatus::Invalid; }) << me << 0;
        QTest::newRow("they are here already") << with([](EventRow &r) { r.event.status = AppointmentStatus::Showed; }) << me << 0;
        QTest::newRow("they did not come") << with([](EventRow &r) { r.event.status = AppointmentStatus::NoShow; }) << me << 0;
        QTest::newRow("blocked time") << with([](EventRow &r) { r.event.block = true; }) << me << 0;
        QTest::newRow("somebody else's") << with([](EventRow &r) { r.event.user = UserId(u"other"_s); }) << me << 0;
        QTest::newRow("nobody's") << with([](EventRow &r) { r.event.user = {}; }) << me << 1;
        QTest::newRow("a shared desk") << with([](EventRow &r) { r.event.user = UserId(u"other"_s); }) << UserId() << 1;
        QTest::newRow("no time") << with([](EventRow &r) { r.event.start = {}; }) << me << 0;
    }
    void whichAppointmentsAreTold()
    {
        QFETCH(EventRow, event);
        QFETCH(UserId, me);
        QTEST(int(alarms::ofAppointments({event}, {10}, me).size()), "count");
    }
    void whenTheyAreTold_data()
    {
        QTest::addColumn<QVector<int>>("minutes");
        QTest::addColumn<int>("now"); // s from the beginning
        QTest::addColumn<int>("due"); // minutes of the one that is told; -1: none
        QTest::addColumn<int>("next"); // s from the beginning; 1: none
        QTest::newRow("long before") << QVector<int>{10} << -3600 << -1 << -600;
        QTest::newRow("a second before") << QVector<int>{10} << -601 << -1 << -600;
        QTest::newRow("to the second") << QVector<int>{10} << -600 << 10 << 1;
        QTest::newRow("the program was started late") << QVector<int>{10} << -60 << 10 << 1;
        QTest::newRow("it has just begun") << QVector<int>{10} << 240 << 10 << 1;
        QTest::newRow("it is over") << QVector<int>{10} << 300 << -1 << 1;
        QTest::newRow("two, the first") << QVector<int>{10, 60} << -3600 << 60 << -600;
        QTest::newRow("two, both have passed") << QVector<int>{10, 60} << -300 << 10 << 1;
        QTest::newRow("when it begins") << QVector<int>{0} << 0 << 0 << 1;
        QTest::newRow("none") << QVector<int>{} << -60 << -1 << 1;
    }
    void whenTheyAreTold()
    {
        QFETCH(QVector<int>, minutes);
        QFETCH(int, now);
        QFETCH(int, due);
        QFETCH(int, next);
        const auto found = alarms::look(of(row(m_start), minutes), {}, m_start.addSecs(now));
        QCOMPARE(found.due.isEmpty() ? -1 : found.due.first().minutes, due);
        QVERIFY(found.due.size() <= 1);
        QCOMPARE(found.next.isValid() ? int(m_start.secsTo(found.next)) : 1, next);
    }
    void eachIsToldOnceAndAMovedOneAgain()
    {
        alarms::Told told;
        const QDateTime early = m_start.addSecs(-3600), late = m_start.addSecs(-600);
        auto found = alarms::look(of(row(m_start), {10, 60}), told, early);
        QCOMPARE(found.due.size(), 1);
        told.insert(found.due.first());
        QVERIFY(alarms::look(of(row(m_start), {10, 60}), told, early).due.isEmpty());
        found = alarms::look(of(row(m_start), {10, 60}), told, late);
        QCOMPARE(found.due.size(), 1);
        told.insert(found.due.first());
        QVERIFY(alarms::look(of(row(m_start), {10, 60}), told, late).due.isEmpty());
        // Another number of minutes is no reason to tell it once more.
        QVERIFY(alarms::look(of(row(m_start), {15}), told, late).due.isEmpty());
        // The id that HighLevel gives a booking is none either.
        EventRow known = row(m_start);
        known.event.id = AppointmentId(u"server"_s);
        QVERIFY(alarms::look(of(known, {10}), told, late).due.isEmpty());
        // Another time is another appointment to come.
        const EventRow moved = row(m_start.addSecs(7200));
        found = alarms::look(of(moved, {10}), told, m_start.addSecs(7200 - 600));
        QCOMPARE(found.due.size(), 1);
    }
    void aStartOfTheProgramTellsNothingTwice()
    {
        alarms::Told before;
        before.insert(of(row(m_start)).first());
        TaskRow task;
        task.task.due = m_start;
        task.task.user = m_me;
        before.insert(alarms::ofTasks({task}, m_me, m_start).first());
        const QByteArray file = before.toJson(m_start);
        alarms::Told after;
        after.addJson(file);
        QVERIFY(after.covers(of(row(m_start)).first()));
        // Tasks have a rule of their own: what was due before the start is no news.
        QVERIFY(!file.contains("@@"));
        // What is long over need not be known.
        QCOMPARE(before.toJson(m_start.addDays(2)), QByteArray("[]"));
        for (const char *damaged : {"", "[", "{}", R"([1,[2],["a","b","c"],["x",5]])"}) {
            alarms::Told none;
            none.addJson(damaged);
            QVERIFY(!none.covers(of(row(m_start)).first()));
        }
    }
    void theClocksOfANightDoNotMatter_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDate>("date");
        QTest::newRow("New York, an hour more") << QByteArray("America/New_York") << QDate(2026, 11, 1);
        QTest::newRow("New York, an hour less") << QByteArray("America/New_York") << QDate(2026, 3, 8);
        QTest::newRow("Sydney, an hour less") << QByteArray("Australia/Sydney") << QDate(2026, 10, 4);
        QTest::newRow("Lord Howe, half an hour") << QByteArray("Australia/Lord_Howe") << QDate(2026, 4, 5);
        QTest::newRow("Berlin, an hour more") << QByteArray("Europe/Berlin") << QDate(2026, 10, 25);
    }
    void theClocksOfANightDoNotMatter()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDate, date);
        // Half an hour after the change of the clocks: sixty minutes before it are sixty minutes.
        const QTimeZone place(zone);
        const QDateTime change = place.nextTransition(date.startOfDay(place)).atUtc;
        QCOMPARE(change.toTimeZone(place).date(), date);
        const QDateTime start = change.addSecs(1800);
        const auto all = of(row(start), {60});
        QCOMPARE(all.first().at, change.addSecs(-1800));
        QCOMPARE(all.first().at.secsTo(start), 3600);
        QVERIFY(alarms::look(all, {}, change.addSecs(-1801)).due.isEmpty());
        QCOMPARE(alarms::look(all, {}, change.addSecs(-1800)).due.size(), 1);
    }
    void tasksComeWhenTheyAreDue()
    {
        TaskRow task;
        task.task.contact = ContactId(u"lead"_s);
        task.task.title = u"Ring"_s;
        task.task.due = m_start;
        task.task.user = m_me;
        QVERIFY(alarms::ofTasks({task}, m_me, m_start.addSecs(1)).isEmpty());
        QVERIFY(alarms::ofTasks({task}, UserId(u"other"_s), m_start).isEmpty());
        const auto all = alarms::ofTasks({task}, m_me, m_start);
        QVERIFY(alarms::look(all, {}, m_start.addSecs(-1)).due.isEmpty());
        QCOMPARE(alarms::look(all, {}, m_start.addDays(1)).due.size(), 1); // quiet hours are over
        task.task.done = true;
        QVERIFY(alarms::ofTasks({task}, m_me, m_start).isEmpty());
    }
    void minutesAreReadAsTheyCome_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QVector<int>>("minutes");
        QTest::newRow("one") << u"10"_s << QVector<int>{10};
        QTest::newRow("in order, each once") << u"60, 10,10 ,0"_s << QVector<int>{0, 10, 60};
        QTest::newRow("nothing") << QString() << QVector<int>{};
        QTest::newRow("nonsense") << u"soon,-5,99999999,1.5,7"_s << QVector<int>{7};
        QTest::newRow("too many") << u"1,2,3,4,5,6,7"_s << QVector<int>{1, 2, 3, 4, 5};
    }
    void minutesAreReadAsTheyCome()
    {
        QFETCH(QString, text);
        QFETCH(QVector<int>, minutes);
        QCOMPARE(alarms::minutesFrom(text), minutes);
        QCOMPARE(alarms::minutesFrom(alarms::minutesText(minutes)), minutes);
    }
    void onlyAWebAddressIsJoined_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("notes");
        QTest::addColumn<QUrl>("link");
        QTest::newRow("an address") << u"https://meet.example.com/abc"_s << QString() << QUrl(u"https://meet.example.com/abc"_s);
        QTest::newRow("in words") << u"Online (https://meet.example.com/abc?x=1)."_s << QString() << QUrl(u"https://meet.example.com/abc?x=1"_s);
        QTest::newRow("in the notes") << u"Main Street 4"_s << u"Join: http://meet.example.com/9, thanks"_s << QUrl(u"http://meet.example.com/9"_s);
        QTest::newRow("a street") << u"Main Street 4"_s << QString() << QUrl();
        QTest::newRow("a file") << u"file:///etc/passwd"_s << QString() << QUrl();
        QTest::newRow("a script") << u"javascript:alert(1)"_s << QString() << QUrl();
        QTest::newRow("a number") << u"tel:+14075551234"_s << QString() << QUrl();
        QTest::newRow("dressed up as another place") << u"https://meet.example.com@evil.example/abc"_s << QString() << QUrl();
        QTest::newRow("without a place") << u"https:///abc"_s << QString() << QUrl();
    }
    void onlyAWebAddressIsJoined()
    {
        QFETCH(QString, address);
        QFETCH(QString, notes);
        Appointment event;
        event.address = address;
        event.notes = notes;
        QTEST(alarms::joinLink(event), "link");
    }
    void whoIsLateSaysSoOnTheLeadsClock()
    {
        const QTimeZone mine("America/New_York");
        const QString text = alarms::lateText(row(m_start), alarms::clockOf(row(m_start), u"America/Chicago"_s));
        QVERIFY2(text.startsWith(u"Hi Sarah,"_s) && text.contains(u"7:00"_s), qPrintable(text));
        EventRow unknown = row(m_start);
        unknown.contactName.clear();
        unknown.contactZone.clear();
        const QString plain = alarms::lateText(unknown, alarms::clockOf(unknown, u"America/Chicago"_s));
        QVERIFY2(!plain.startsWith(u"Hi"_s) && plain.contains(u"9:00"_s), qPrintable(plain));
        QCOMPARE(alarms::clockOf(unknown, u"Nowhere/Atlantis"_s), QTimeZone::systemTimeZone());
        QVERIFY2(alarms::appointmentSentence(row(m_start), mine).startsWith(u"Call with Sarah, "_s), qPrintable(alarms::appointmentSentence(row(m_start), mine)));
    }
};

QTEST_GUILESS_MAIN(TestAlarms)
#include "tst_alarms.moc"
