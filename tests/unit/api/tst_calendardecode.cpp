// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Calendars and appointments as they should not come.
class TestCalendarDecode : public QObject
{
    Q_OBJECT

    static QJsonValue json(const QByteArray &text)
    {
        const auto document = QJsonDocument::fromJson(text);
        return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    }

private Q_SLOTS:
    void anAppointmentWithoutTimesIsThereButNotShown()
    {
        const auto list = api::Decode<api::EventList>::from(json(R"({"events":[
            {"id":"good","startTime":"2026-11-03T10:00:00-08:00","endTime":"2026-11-03T10:30:00-08:00"},
            {"id":"no-times"},
            {"id":"no-start","endTime":"2026-11-03T10:30:00-08:00"},
            {"id":"nonsense","startTime":"soon","endTime":[]},
            {"id":"gone","deleted":true},
            {"startTime":"2026-11-03T10:00:00-08:00"},
            7, null, "x"]})"));
        QVERIFY(list);
        QCOMPARE(list->skipped, 8);
        QStringList known;
        for (const Appointment &event : list->events) {
            known.append(event.id.value);
            QCOMPARE(event.start.isValid(), event.id.value == "good"_L1);
        }
        QCOMPARE(known, (QStringList{u"good"_s, u"no-times"_s, u"no-start"_s, u"nonsense"_s}));
        QVERIFY(!api::Decode<Appointment>::from(json(R"({"id":"no-times"})")));
    }
    void anEndThatIsMissingOrTooEarlyIsMended()
    {
        const auto list = api::Decode<api::EventList>::from(json(R"([
            {"id":"a","startTime":"2026-11-03T10:00:00Z"},
            {"id":"b","startTime":"2026-11-03T10:00:00Z","endTime":"2026-11-03T09:00:00Z"}])"));
        QVERIFY(list);
        QCOMPARE(list->events.size(), 2);
        for (const Appointment &event : list->events)
            QVERIFY(event.end > event.start);
    }
    void theAnswerOfAWriteNeedsNoTimes()
    {
        const auto made = api::Decode<api::AppointmentAnswer>::from(json(R"({"id":"new"})"));
        QVERIFY(made);
        QCOMPARE(made->appointment.id.value, u"new"_s);
        QVERIFY(!made->appointment.start.isValid());
        QVERIFY(!api::Decode<api::AppointmentAnswer>::from(json(R"({"startTime":"2026-11-03T10:00:00Z"})")));
        QVERIFY(!api::Decode<api::AppointmentAnswer>::from(json("{}")));
    }
    void calendarsWithImpossibleNumbersAreBounded()
    {
        const auto list = api::Decode<api::CalendarList>::from(json(R"({"calendars":[
            {"id":"c","name":"C","slotDuration":-5,"slotInterval":1e99,"slotBuffer":"x","appoinmentPerDay":-3,"teamMembers":[7,{"userId":""},{"userId":"u"},{"userId":"u"}]},
            {"name":"without id"}, 5]})"));
        QVERIFY(list);
        QCOMPARE(list->calendars.size(), 1);
        const Calendar &one = list->calendars.first();
        QVERIFY(one.slotMinutes >= 1 && one.slotMinutes <= 7 * 1440);
        QVERIFY(one.intervalMinutes >= 1 && one.intervalMinutes <= 7 * 1440);
        QVERIFY(one.perDay >= 0);
        QCOMPARE(one.people, QVector<UserId>{UserId(u"u"_s)});
    }
    void aMegabyteOfCalendarsIsRead()
    {
        QJsonArray many;
        for (int i = 0; i < 3'000; ++i)
            many.append(QJsonObject{{u"id"_s, u"c%1"_s.arg(i)}, {u"name"_s, QString(300, u'x')}, {u"isActive"_s, i % 2 == 0}});
        const QByteArray text = QJsonDocument(QJsonObject{{u"calendars"_s, many}}).toJson();
        QVERIFY(text.size() > 1'000'000);
        const auto list = api::Decode<api::CalendarList>::from(json(text));
        QVERIFY(list);
        QCOMPARE(list->calendars.size(), 3'000);
    }
    void whatIsNoListIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("a number") << QByteArray(R"({"events":7})");
        QTest::newRow("a page") << QByteArray(R"({"html":"<h1>502</h1>"})");
    }
    void whatIsNoListIsAnError()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!api::Decode<api::EventList>::from(json(text)));
        QVERIFY(!api::Decode<api::ContactAppointments>::from(json(text)));
    }
};

QTEST_APPLESS_MAIN(TestCalendarDecode)
#include "tst_calendardecode.moc"
