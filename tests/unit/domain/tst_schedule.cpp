// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schedule.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Times that a person types, on the lead's clock.
class TestSchedule : public QObject
{
    Q_OBJECT

    const QTimeZone newYork = QTimeZone("America/New_York");
    // A Saturday, 10:00 in New York.
    const QDateTime now = QDateTime(QDate(2026, 11, 21), QTime(15, 0), Qt::UTC);

    static QString local(const QDateTime &moment, const QTimeZone &zone)
    {
        return moment.toTimeZone(zone).toString(u"yyyy-MM-dd HH:mm"_s);
    }

private Q_SLOTS:
    void whatIsTypedIsReadOnTheLeadsClock_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *typed, const char *expected) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromLatin1(expected);
        };
        row("fri 3pm", "2026-11-27 15:00");
        row("Friday 3 PM", "2026-11-27 15:00");
        row("tomorrow 9", "2026-11-22 09:00");
        row("tomorrow 9 their time", "2026-11-22 09:00");
        row("tmrw 12:30pm", "2026-11-22 12:30");
        row("12am tomorrow", "2026-11-22 00:00");
        row("today 15:45", "2026-11-21 15:45");
        row("tonight", "2026-11-21 19:00");
        row("noon", "2026-11-21 12:00");
        row("9", "2026-11-22 09:00");
        row("11", "2026-11-21 11:00");
        row("at 4 p.m.", "2026-11-21 16:00");
        row("sat 3pm", "2026-11-21 15:00");
        row("sat 9", "2026-11-28 09:00");
        row("saturday", "2026-11-28 09:00");
        row("mon", "2026-11-23 09:00");
        row("next tuesday 8:15", "2026-11-24 08:15");
        row("wednesday 10am", "2026-11-25 10:00");
        row("thurs 10am", "2026-11-26 10:00");
        row("12 mar 14:30", "2027-03-12 14:30");
        row("mar 12, 2:05 pm", "2027-03-12 14:05");
        row("1 december", "2026-12-01 09:00");
        row("2026-12-01 9:15 am", "2026-12-01 09:15");
        row("in 2 hours", "2026-11-21 12:00");
        row("90 min", "2026-11-21 11:30");
        row("in 3 days", "2026-11-24 10:00");
        row("in 1 week", "2026-11-28 10:00");
    }
    void whatIsTypedIsReadOnTheLeadsClock()
    {
        QFETCH(QString, typed);
        QFETCH(QString, expected);
        const auto moment = schedule::parse(typed, now, newYork);
        QVERIFY2(moment.problem.isEmpty(), qPrintable(moment.problem));
        QCOMPARE(local(moment.at, newYork), expected);
        QCOMPARE(moment.at.timeSpec(), Qt::UTC);
    }
    void whatCannotBeMeantIsSaidAndNotGuessed_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *typed, const char *word) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromLatin1(word);
        };
        row("today 9", "over by now");
        row("2025-01-01 9am", "over by now");
        row("0 min", "over by now");
        row("tomorrow 3", "3am or 3pm");
        row("tomorrow 25:00", "no such time");
        row("tomorrow 13pm", "no such time");
        row("tomorrow 44", "no such time");
        row("30 feb 9am", "no such day");
        row("2026-13-01", "no such day");
        row("2030-01-01", "more than a year");
        row("9999 weeks", "more than a year");
        row("soon", "does not understand");
        row("fri 3pm or sat 4pm", "does not understand");
        row("in 2 hours and a bit", "does not understand");
        row("<b>fri</b> 3pm", "does not understand");
        row("金曜日", "does not understand");
        QTest::newRow("endless") << QString(100'000, u'9') << u"like"_s;
    }
    void whatCannotBeMeantIsSaidAndNotGuessed()
    {
        QFETCH(QString, typed);
        QFETCH(QString, word);
        const auto moment = schedule::parse(typed, now, newYork);
        QVERIFY(!moment.at.isValid());
        QVERIFY2(moment.problem.contains(word), qPrintable(moment.problem));
    }
    void nothingTypedIsNoProblem()
    {
        const auto moment = schedule::parse(u"  "_s, now, newYork);
        QVERIFY(!moment.at.isValid() && moment.problem.isEmpty());
    }
    void anHourThatTheClocksJumpOverIsNotScheduled()
    {
        const auto moment = schedule::parse(u"2027-03-14 2:30 am"_s, now, newYork);
        QVERIFY(!moment.at.isValid());
        QVERIFY2(moment.problem.contains(u"go forward"_s) && moment.problem.contains(u"New York"_s), qPrintable(moment.problem));
        QVERIFY(schedule::parse(u"2027-03-14 3:30 am"_s, now, newYork).at.isValid());
    }
    void ofAnHourThatComesTwiceTheFirstIsTakenAndSaid()
    {
        const QDateTime before(QDate(2026, 10, 30), QTime(12, 0), Qt::UTC);
        const auto moment = schedule::parse(u"2026-11-01 1:30 am"_s, before, newYork);
        QCOMPARE(moment.at, QDateTime(QDate(2026, 11, 1), QTime(5, 30), Qt::UTC)); // daylight time, four hours behind
        QVERIFY2(moment.note.contains(u"twice"_s), qPrintable(moment.note));
        QVERIFY(schedule::parse(u"2026-11-01 2:30 am"_s, before, newYork).note.isEmpty());
    }
    void theSameWordsAreAnotherMomentElsewhere()
    {
        const QTimeZone tokyo("Asia/Tokyo"); // Sunday there already
        QCOMPARE(local(schedule::parse(u"tomorrow 9"_s, now, tokyo).at, tokyo), u"2026-11-23 09:00"_s);
        QCOMPARE(schedule::parse(u"in 2 hours"_s, now, tokyo).at, schedule::parse(u"in 2 hours"_s, now, newYork).at);
    }
    void presetsAreOnTheLeadsClock_data()
    {
        QTest::addColumn<QDateTime>("when");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("a Saturday morning") << now
            << QStringList{u"2026-11-21 11:00"_s, u"2026-11-21 15:00"_s, u"2026-11-22 09:00"_s, u"2026-11-23 09:00"_s};
        QTest::newRow("a Saturday evening") << now.addSecs(6 * 3600)
            << QStringList{u"2026-11-21 17:00"_s, u"2026-11-22 09:00"_s, u"2026-11-23 09:00"_s};
        QTest::newRow("a Sunday: tomorrow is Monday") << now.addDays(1)
            << QStringList{u"2026-11-22 11:00"_s, u"2026-11-22 15:00"_s, u"2026-11-23 09:00"_s};
        QTest::newRow("a Monday: the next one") << now.addDays(2)
            << QStringList{u"2026-11-23 11:00"_s, u"2026-11-23 15:00"_s, u"2026-11-24 09:00"_s, u"2026-11-30 09:00"_s};
        QTest::newRow("before the clocks go back") << QDateTime(QDate(2026, 10, 31), QTime(14, 0), Qt::UTC)
            << QStringList{u"2026-10-31 11:00"_s, u"2026-10-31 15:00"_s, u"2026-11-01 09:00"_s, u"2026-11-02 09:00"_s};
    }
    void presetsAreOnTheLeadsClock()
    {
        QFETCH(QDateTime, when);
        QFETCH(QStringList, expected);
        QStringList found;
        for (const auto &preset : schedule::presets(when, newYork))
            found.append(local(preset.at, newYork));
        QCOMPARE(found, expected);
    }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
