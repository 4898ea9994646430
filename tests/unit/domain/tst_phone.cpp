// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contact.h"
#include "domain/phone.h"
#include "domain/whenwhere.h"

#include <QTest>

using namespace outrigger;

class TestPhone : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void numbersAreUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("e164");
        QTest::addColumn<QString>("extension");
        QTest::newRow("national") << "(407) 555-0134" << "US" << "+14075550134" << "";
        QTest::newRow("dots") << "407.555.0134" << "US" << "+14075550134" << "";
        QTest::newRow("international") << "+44 20 7946 0958" << "US" << "+442079460958" << "";
        QTest::newRow("extension") << "407-555-0134 ext. 22" << "US" << "+14075550134" << "22";
        QTest::newRow("australian") << "0491 570 156" << "AU" << "+61491570156" << "";
        QTest::newRow("lower-case region") << "020 7946 0958" << "gb" << "+442079460958" << "";
        QTest::newRow("arabic digits") << QString::fromUtf8("٤٠٧٥٥٥٠١٣٤") << "US" << "+14075550134" << "";
    }
    void numbersAreUnderstood()
    {
        QFETCH(QString, text);
        QFETCH(QString, region);
        const auto parsed = phone::parse(text, region);
        QVERIFY(parsed);
        QTEST(parsed->e164, "e164");
        QTEST(parsed->extension, "extension");
        QVERIFY(parsed->valid);
        QVERIFY(parsed->problem.isEmpty());
    }
    void problemsAreSaid()
    {
        QVERIFY(phone::parse(QStringLiteral("407555"), QStringLiteral("US"))->problem.contains(QStringLiteral("short")));
        QVERIFY(phone::parse(QStringLiteral("407 555 0134 999 99"), QStringLiteral("US"))->problem.contains(QStringLiteral("long")));
        QVERIFY(!phone::parse(QStringLiteral("Sarah"), QStringLiteral("US")));
        QVERIFY(!phone::parse(QString(500, QLatin1Char('7')), QStringLiteral("US")));
    }
    void shownAsAPersonWritesIt()
    {
        QCOMPARE(phone::display(QStringLiteral("+14075550134"), QStringLiteral("US")), QStringLiteral("(407) 555-0134"));
        QCOMPARE(phone::display(QStringLiteral("+442079460958"), QStringLiteral("US")), QStringLiteral("+44 20 7946 0958"));
        QCOMPARE(phone::display(QStringLiteral("garbage"), QStringLiteral("US")), QStringLiteral("garbage"));
        QCOMPARE(phone::asYouType(QStringLiteral("4075550134"), QStringLiteral("US")), QStringLiteral("(407) 555-0134"));
    }
    void zonesAndTheirSource_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("number");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<int>("source");
        QTest::newRow("field wins") << "America/Denver" << "CA" << "+14075550134" << QByteArray("America/Denver") << int(ZoneSource::ContactField);
        QTest::newRow("a zone that does not exist") << "Mars/Olympus" << "CA" << "+14075550134" << QByteArray("America/Los_Angeles") << int(ZoneSource::State);
        QTest::newRow("state by name") << "" << "california" << "" << QByteArray("America/Los_Angeles") << int(ZoneSource::State);
        QTest::newRow("area code") << "" << "" << "+14155550134" << QByteArray("America/Los_Angeles") << int(ZoneSource::AreaCode);
        QTest::newRow("area code of Florida") << "" << "" << "+14075550134" << QByteArray("America/New_York") << int(ZoneSource::AreaCode);
        QTest::newRow("country with one zone") << "" << "" << "+442079460958" << QByteArray("Europe/London") << int(ZoneSource::AreaCode);
        QTest::newRow("nothing known") << "" << "" << "" << QByteArray("America/Chicago") << int(ZoneSource::Location);
    }
    void zonesAndTheirSource()
    {
        QFETCH(QString, field);
        QFETCH(QString, state);
        QFETCH(QString, number);
        Contact contact;
        contact.timezone = field;
        contact.state = state;
        contact.phone = number;
        const LeadZone zone = leadZone(contact, QStringLiteral("America/Chicago"));
        QTEST(zone.zone.id(), "zone");
        QTEST(int(zone.source), "source");
    }
    void namesAndInitials_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("initials");
        QTest::newRow("two names") << "Sarah" << "Jones" << "" << "Sarah Jones" << "SJ";
        QTest::newRow("one name") << "Sarah" << "" << "" << "Sarah" << "S";
        QTest::newRow("number only") << "" << "" << "+14075550134" << "+14075550134" << "#";
        QTest::newRow("chinese") << QString::fromUtf8("小明") << QString::fromUtf8("王") << "" << QString::fromUtf8("小明 王") << QString::fromUtf8("小王");
        QTest::newRow("emoji") << QString::fromUtf8("👩‍💻 Ada") << "" << "" << QString::fromUtf8("👩‍💻 Ada") << QString::fromUtf8("👩‍💻");
    }
    void namesAndInitials()
    {
        QFETCH(QString, first);
        QFETCH(QString, last);
        QFETCH(QString, number);
        Contact contact;
        contact.firstName = first;
        contact.lastName = last;
        contact.phone = number;
        QTEST(contact.displayName(), "name");
        QTEST(contact.initials(), "initials");
    }
    void timesAsPeopleSayThem()
    {
        const QTimeZone zone("America/New_York");
        const QDateTime now(QDate(2026, 11, 21), QTime(15, 0), Qt::UTC);
        QCOMPARE(relativeTime(now.addSecs(-20), now, zone), QStringLiteral("now"));
        QCOMPARE(relativeTime(now.addSecs(-300), now, zone), QStringLiteral("5 min"));
        QCOMPARE(relativeTime(now.addDays(-40), now, zone), QStringLiteral("12 Oct"));
        QCOMPARE(relativeTime(now.addDays(-400), now, zone), QStringLiteral("17 Oct 2025"));
        QCOMPARE(spokenTime(now.addSecs(-120), now, zone), QStringLiteral("2 minutes ago"));
        QCOMPARE(spokenTime(now.addSecs(-70), now, zone), QStringLiteral("1 minute ago"));
    }
};

QTEST_GUILESS_MAIN(TestPhone)
#include "tst_phone.moc"
