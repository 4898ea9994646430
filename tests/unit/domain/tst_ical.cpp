// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ical.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// What other calendars read.
class TestIcal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEventIsWrittenInUtcWithItsWords()
    {
        EventRow row;
        row.event.id = AppointmentId(u"abc"_s);
        row.event.title = u"Call; with, Zoë\nJones"_s;
        row.event.address = u"212 Church Street"_s;
        row.event.start = QDateTime(QDate(2026, 11, 1), QTime(5, 30), Qt::UTC);
        row.event.end = row.event.start.addSecs(1800);
        EventRow off = row;
        off.event.id = AppointmentId(u"off"_s);
        off.event.status = AppointmentStatus::Cancelled;
        const QByteArray text = ical::write({row, off});
        QVERIFY(text.startsWith("BEGIN:VCALENDAR\r\n"));
        QVERIFY(text.trimmed().endsWith("END:VCALENDAR"));
        QCOMPARE(text.count("BEGIN:VEVENT"), 2);
        QVERIFY(text.contains("UID:abc@outrigger"));
        QVERIFY(text.contains("DTSTART:20261101T053000Z"));
        QVERIFY(text.contains("DTEND:20261101T060000Z"));
        QVERIFY2(text.contains("SUMMARY:Call\\; with\\, Zo\xc3\xab\\nJones"), text.constData());
        QVERIFY(text.contains("STATUS:CONFIRMED"));
        QVERIFY(text.contains("STATUS:CANCELLED"));
        QVERIFY(text.contains("TRANSP:TRANSPARENT"));
    }
    void wordsCannotBecomeLines()
    {
        EventRow row;
        row.event.id = AppointmentId(u"abc"_s);
        row.event.start = QDateTime(QDate(2026, 11, 1), QTime(5, 30), Qt::UTC);
        row.event.end = row.event.start.addSecs(1800);
        row.event.title = u"x\r\nEND:VCALENDAR\r\nBEGIN:EVIL"_s;
        const QByteArray text = ical::write({row});
        QCOMPARE(text.count("\nBEGIN:EVIL"), 0);
        QCOMPARE(text.count("\nEND:VCALENDAR"), 1);
    }
};

QTEST_GUILESS_MAIN(TestIcal)
#include "tst_ical.moc"
