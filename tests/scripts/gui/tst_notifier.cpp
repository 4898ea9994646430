// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/notifier.h"
#include "gui/settings.h"
#include "support/waitfor.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Notifications with a real daemon (dunst) on a private desktop.
class TestNotifier : public QObject
{
    Q_OBJECT

    QProcess m_dunst;
    QTemporaryDir m_folder;
    std::unique_ptr<gui::Settings> m_settings;

    static QString ask(const QStringList &words)
    {
        QProcess control;
        control.start(u"dunstctl"_s, words);
        control.waitForFinished(5'000);
        return QString::fromUtf8(control.readAllStandardOutput()).trimmed();
    }
    static int displayed() { return ask({u"count"_s, u"displayed"_s}).toInt(); }
    /// What dunst has closed of these leads. It keeps what earlier tests have shown, so every test has its own leads.
    static QVector<QJsonObject> history(const QStringList &leads)
    {
        const auto document = QJsonDocument::fromJson(ask({u"history"_s}).toUtf8());
        QVector<QJsonObject> found;
        for (const auto &entry : document.object().value("data"_L1).toArray().at(0).toArray()) {
            if (leads.contains(field(entry, u"summary"_s)))
                found.append(entry.toObject());
        }
        return found;
    }
    static QString field(const QJsonValue &entry, const QString &name)
    {
        return entry.toObject().value(name).toObject().value("data"_L1).toString();
    }
    static models::Arrival arrival(const QString &contact, const QString &name, const QString &words)
    {
        models::Arrival arrival;
        arrival.conversation.contactId = ContactId(contact);
        arrival.conversation.name = name;
        MessageRow row;
        row.message.direction = Direction::Inbound;
        row.message.channel = Channel::Sms;
        row.message.body = words;
        row.message.dateAdded = QDateTime::currentDateTimeUtc();
        arrival.messages.append(row);
        return arrival;
    }

    /// The daemon has all that was said to it: it answers in order. What waits for the id of an earlier one goes out when
    /// that has come, so three rounds.
    static void settle()
    {
        for (int round = 0; round < 3; ++round) {
            const auto asking = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
                                                               u"org.freedesktop.Notifications"_s, u"GetServerInformation"_s);
            QVERIFY(QDBusConnection::sessionBus().call(asking).type() == QDBusMessage::ReplyMessage);
            QCoreApplication::processEvents();
        }
    }

    void startDaemon()
    {
        QFile conf(m_folder.filePath(u"dunstrc"_s));
        QVERIFY(conf.open(QIODevice::WriteOnly));
        conf.write("[global]\nmarkup = full\n"); // the hard case: this daemon reads markup
        conf.close();
        m_dunst.start(u"dunst"_s, {u"-conf"_s, conf.fileName()});
        QVERIFY(m_dunst.waitForStarted());
        auto *names = QDBusConnection::sessionBus().interface();
        QVERIFY(names);
        QTRY_VERIFY_WITH_TIMEOUT(names->isServiceRegistered(u"org.freedesktop.Notifications"_s).value(), 10'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        startDaemon();
    }
    void cleanupTestCase()
    {
        m_dunst.terminate();
        QVERIFY(m_dunst.waitForFinished());
    }
    void init()
    {
        m_settings = std::make_unique<gui::Settings>(m_folder.filePath(u"settings-%1.ini"_s.arg(QLatin1String(QTest::currentTestFunction()))));
        ask({u"close-all"_s});
        QTRY_COMPARE(displayed(), 0);
    }
    void oneNotificationALeadAndItsWordsAreNoMarkup()
    {
        gui::Notifier notifier(m_settings.get(), nullptr);
        notifier.show(arrival(u"c1"_s, u"Ana Ruiz"_s, u"<b>Is</b> Friday free?"_s));
        QTRY_COMPARE(displayed(), 1);
        notifier.show(arrival(u"c1"_s, u"Ana Ruiz"_s, u"Or Monday"_s));
        notifier.show(arrival(u"c2"_s, u"Bo Li"_s, u"<b>Hi</b>"_s));
        QTRY_COMPARE(displayed(), 2);
        const auto bodies = [](const QString &lead) {
            QStringList found;
            for (const auto &entry : history({lead}))
                found.append(field(entry, u"body"_s));
            return found;
        };
        const auto closedAs = [&](const QString &lead, const QString &words) {
            ask({u"close-all"_s}); // dunst tells of what it has closed
            const QStringList found = bodies(lead);
            return !found.isEmpty() && found.first().contains(words);
        };
        QTRY_VERIFY(closedAs(u"Ana Ruiz"_s, u"Or Monday"_s));
        QVERIFY2(bodies(u"Ana Ruiz"_s).first().contains(u'2'), "it counts what has come");
        QTRY_VERIFY(closedAs(u"Bo Li"_s, u"&lt;b&gt;Hi"_s));
    }
    void choosingItOpensTheThread()
    {
        gui::Notifier notifier(m_settings.get(), nullptr);
        QSignalSpy opened(&notifier, &gui::Notifier::openRequested);
        notifier.show(arrival(u"c1"_s, u"Gil Hart"_s, u"Hello"_s));
        QTRY_COMPARE(displayed(), 1);
        ask({u"action"_s});
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().value<ContactId>(), ContactId(u"c1"_s));
    }
    void anOpenThreadTakesItsNotificationBack()
    {
        gui::Notifier notifier(m_settings.get(), nullptr);
        notifier.show(arrival(u"c1"_s, u"Gil Hart"_s, u"Hello"_s));
        QTRY_COMPARE(displayed(), 1);
        notifier.withdraw(ContactId(u"c1"_s));
        QTRY_COMPARE(displayed(), 0);
    }
    void nothingOfTheTextWhereThePersonWantsNone()
    {
        m_settings->setNotifyWithWords(false);
        gui::Notifier notifier(m_settings.get(), nullptr);
        notifier.show(arrival(u"c1"_s, u"Dee Cole"_s, u"my secret"_s));
        QTRY_COMPARE(displayed(), 1);
        ask({u"close-all"_s});
        QTRY_COMPARE(history({u"Dee Cole"_s}).size(), 1);
        QVERIFY(!field(history({u"Dee Cole"_s}).first(), u"body"_s).contains(u"secret"_s));
    }
    void silentWhenSwitchedOffAndInQuietHours()
    {
        gui::Notifier notifier(m_settings.get(), nullptr);
        m_settings->setNotify(false);
        notifier.show(arrival(u"c1"_s, u"Eve Fox"_s, u"one"_s));
        m_settings->setNotify(true);
        const QTime now = QTime::currentTime();
        m_settings->setQuiet(now.addSecs(-120), now.addSecs(600));
        notifier.show(arrival(u"c2"_s, u"Fay Gray"_s, u"two"_s));
        m_settings->setQuiet({}, {});
        notifier.show(arrival(u"c3"_s, u"Cy Poe"_s, u"three"_s)); // the proof that the others would have come by now
        QTRY_COMPARE(displayed(), 1);
        ask({u"close-all"_s});
        QTRY_COMPARE(history({u"Cy Poe"_s}).size(), 1);
        QVERIFY(history({u"Eve Fox"_s, u"Fay Gray"_s}).isEmpty());
    }
    void manyLeadsAreOneSummary()
    {
        gui::Notifier notifier(m_settings.get(), nullptr);
        QSignalSpy inbox(&notifier, &gui::Notifier::inboxRequested);
        const QStringList names{u"Ida One"_s, u"Jon Two"_s, u"Kim Three"_s, u"Lea <i>Four</i>"_s, u"Max Five"_s};
        for (int i = 0; i < 3; ++i)
            notifier.show(arrival(u"s%1"_s.arg(i), names.at(i), u"Hello"_s));
        QTRY_COMPARE(displayed(), 3);
        notifier.show(arrival(u"s3"_s, names.at(3), u"Hello"_s));
        QTRY_COMPARE(displayed(), 1);
        notifier.show(arrival(u"s4"_s, names.at(4), u"Hello"_s));
        notifier.show(arrival(u"s4"_s, names.at(4), u"Hello again"_s));
        notifier.withdraw(ContactId(u"s0"_s)); // opened meanwhile
        settle();
        ask({u"action"_s});
        QTRY_COMPARE(inbox.size(), 1);
        QTRY_COMPARE(displayed(), 0);
        const auto last = history({u"4 leads have written"_s, u"4 lead(s) have written"_s});
        QVERIFY(!last.isEmpty());
        const QString body = field(last.first(), u"body"_s);
        QVERIFY2(body.contains(u"Max Five"_s) && body.contains(u"&lt;i&gt;"_s) && !body.contains(u"Ida"_s), qPrintable(body));
        // After it the next one stands alone again.
        notifier.show(arrival(u"s5"_s, u"Nia Six"_s, u"Hello"_s));
        QTRY_COMPARE(displayed(), 1);
    }
    void aSummaryGoesWhenTheWindowIsLookedAt()
    {
        gui::Notifier notifier(m_settings.get(), nullptr);
        for (int i = 0; i < 4; ++i)
            notifier.show(arrival(u"w%1"_s.arg(i), u"Lead %1"_s.arg(i), u"Hello"_s));
        QTRY_COMPARE(displayed(), 1);
        notifier.withdrawSummary();
        QTRY_COMPARE(displayed(), 0);
    }
    void pausedIsSilent()
    {
        gui::Notifier notifier(m_settings.get(), nullptr);
        m_settings->setPausedUntil(QDateTime::currentDateTimeUtc().addSecs(600));
        notifier.show(arrival(u"p1"_s, u"Ola Paused"_s, u"one"_s));
        m_settings->setPausedUntil(QDateTime::currentDateTimeUtc().addSecs(-1)); // the hour is over
        notifier.show(arrival(u"p2"_s, u"Pia Heard"_s, u"two"_s));
        QTRY_COMPARE(displayed(), 1);
        ask({u"close-all"_s});
        QTRY_COMPARE(history({u"Pia Heard"_s}).size(), 1);
        QVERIFY(history({u"Ola Paused"_s}).isEmpty());
    }
    void aReminderIsShownWithWhatIsNear()
    {
        EventRow row;
        row.event.contact = ContactId(u"r1"_s);
        row.event.title = u"Call <b>soon</b>"_s;
        row.event.address = u"https://meet.example.com/abc"_s;
        row.event.start = QDateTime::currentDateTimeUtc().addSecs(600);
        row.event.end = row.event.start.addSecs(1800);
        row.contactName = u"Rae Near"_s;
        alarms::Alarm alarm;
        alarm.thing = row;
        gui::Notifier notifier(m_settings.get(), nullptr);
        QSignalSpy opened(&notifier, &gui::Notifier::openRequested);
        notifier.tellAlarm(alarm); // before the daemon has said what it can: it is asked first, and then shown with its acts
        QTRY_COMPARE(displayed(), 1);
        settle(); // it knows whose notification that is
        ask({u"action"_s});
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().value<ContactId>(), ContactId(u"r1"_s));
        notifier.tellAlarm(alarm);
        QTRY_COMPARE(displayed(), 1);
        ask({u"close-all"_s});
        QTRY_VERIFY(!history({u"Rae Near"_s}).isEmpty());
        const QString body = field(history({u"Rae Near"_s}).first(), u"body"_s);
        QVERIFY2(body.contains(u"&lt;b&gt;soon"_s), qPrintable(body));
        // Nothing of it where the person wants no words.
        m_settings->setNotifyWithWords(false);
        notifier.tellAlarm(alarm);
        QTRY_COMPARE(displayed(), 1);
        ask({u"close-all"_s});
        QTRY_VERIFY(!history({u"Appointment"_s}).isEmpty());
        QVERIFY(!field(history({u"Appointment"_s}).first(), u"body"_s).contains(u"soon"_s));
        // Many are one.
        QSignalSpy calendar(&notifier, &gui::Notifier::calendarRequested);
        notifier.tellAlarms({alarm, alarm, alarm, alarm});
        QTRY_COMPARE(displayed(), 1);
        settle(); // it knows whose notification that is
        ask({u"action"_s});
        QTRY_COMPARE(calendar.size(), 1);
    }
    void whatComesLateIsUsedAndUntilThenTheWindowTells()
    {
        m_dunst.terminate();
        QVERIFY(m_dunst.waitForFinished());
        auto *names = QDBusConnection::sessionBus().interface();
        QTRY_VERIFY(!names->isServiceRegistered(u"org.freedesktop.Notifications"_s).value());
        EventRow row;
        row.event.contact = ContactId(u"l1"_s);
        row.event.start = QDateTime::currentDateTimeUtc().addSecs(600);
        row.contactName = u"Lou Late"_s;
        alarms::Alarm alarm;
        alarm.thing = row;
        gui::Notifier notifier(m_settings.get(), nullptr);
        QSignalSpy untold(&notifier, &gui::Notifier::untold);
        QSignalSpy opened(&notifier, &gui::Notifier::openRequested);
        notifier.tellAlarm(alarm);
        QTRY_COMPARE(untold.size(), 1);
        QVERIFY(untold.first().first().toString().contains(u"Lou Late"_s));
        notifier.onAlarm(untold.first().at(1).value<alarms::Alarm>(), u"default"_s);
        QCOMPARE(opened.size(), 1);
        startDaemon();
        // The watcher of the notifier hears of it after this test does.
        QTRY_VERIFY((notifier.tellAlarm(alarm), displayed() > 0));
    }
    void theTestSaysWhatBecameOfIt()
    {
        m_settings->setNotify(false);
        gui::Notifier notifier(m_settings.get(), nullptr);
        QSignalSpy tested(&notifier, &gui::Notifier::tested);
        notifier.test();
        QTRY_COMPARE(tested.size(), 1);
        QTRY_COMPARE(displayed(), 1);
    }
    void quietHoursGoThroughMidnight_data()
    {
        QTest::addColumn<QTime>("now");
        QTest::addColumn<bool>("quiet");
        QTest::newRow("evening before") << QTime(21, 59) << false;
        QTest::newRow("from the minute on") << QTime(22, 0) << true;
        QTest::newRow("night") << QTime(3, 0) << true;
        QTest::newRow("until the minute") << QTime(7, 0) << false;
    }
    void quietHoursGoThroughMidnight()
    {
        QFETCH(QTime, now);
        QFETCH(bool, quiet);
        QCOMPARE(gui::Notifier::isQuiet(now, QTime(22, 0), QTime(7, 0)), quiet);
        QVERIFY(!gui::Notifier::isQuiet(now, {}, {}));
    }
};

QTEST_MAIN(TestNotifier)
#include "tst_notifier.moc"
