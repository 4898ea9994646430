// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowrun.h"

#include "domain/alarms.h"
#include "gui/settings.h"
#include "models/desk.h"
#include "notificationservice.h"
#include "sync/engine.h"

#include <QDesktopServices>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Reminders of appointments, from a booking to the notification and what is chosen there.
class TestReminders : public QObject
{
    Q_OBJECT

    NotificationService m_service;
    std::unique_ptr<WindowRun> m_run;
    QVector<QUrl> m_opened;

    sync::Engine *engine() const { return m_run->app->engine(); }
    models::Desk *desk() const { return m_run->window()->findChild<models::Desk *>(); }
    /// Begins so many seconds after its reminder of ten minutes.
    RecordId book(const QString &title, int secondsToReminder, const QString &place = {})
    {
        BookingDraft draft;
        draft.contactId = m_run->inbox()->thread()->contactId();
        draft.calendarId = desk()->calendars().first().id;
        draft.start = QDateTime::currentDateTimeUtc().addSecs(600 + secondsToReminder);
        draft.end = draft.start.addSecs(1800);
        draft.title = title;
        draft.address = place;
        draft.userId = engine()->account()->me;
        draft.anyway = true;
        const auto made = await(engine()->outbox().submitBooking(*engine()->account(), draft, {}));
        return made ? *made : RecordId();
    }
    OutboxRecord record(const RecordId &id)
    {
        const auto found = await(engine()->outbox().record(id));
        return found && *found ? **found : OutboxRecord();
    }
    bool confirmed(const RecordId &id)
    {
        return QTest::qWaitFor([&] { return record(id).state == OutboxState::Confirmed; }, 20'000);
    }
    QVector<NotificationService::Shown> told(const QString &title) const
    {
        QVector<NotificationService::Shown> found;
        for (const auto &one : m_service.shown) {
            if (one.body.contains(title))
                found.append(one);
        }
        return found;
    }
    bool isTold(const QString &title) const
    {
        return QTest::qWaitFor([&] { return !told(title).isEmpty(); }, 30'000);
    }
    [[nodiscard]] bool ready()
    {
        return m_run->open() && m_run->waitForRows() && m_run->openOneThatMayBeTexted()
            && QTest::qWaitFor([this] { return !desk()->calendars().isEmpty(); }, 20'000);
    }

public Q_SLOTS:
    void take(const QUrl &url) { m_opened.append(url); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_service.offer()); }
    void init()
    {
        m_service.shown.clear();
        m_opened.clear();
        m_run = std::make_unique<WindowRun>();
        QVERIFY(ready());
        m_run->control("POST", u"quiet"_s, {{u"quiet"_s, true}});
    }
    void cleanup() { m_run.reset(); }

    void whoIsLateGetsTheWordsAndSendsThemThemselves()
    {
        const ContactId lead = m_run->inbox()->thread()->contactId();
        QVERIFY(confirmed(book(u"Call about the roof"_s, 4, u"Main Street 4"_s)));
        QVERIFY(isTold(u"Call about the roof"_s));
        const auto shown = told(u"Call about the roof"_s).first();
        QVERIFY(shown.actions.contains(u"late"_s));
        QVERIFY(!shown.actions.contains(u"join"_s)); // a street is no link
        Q_EMIT m_service.ActionInvoked(shown.id, u"late"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->inbox()->thread()->contactId(), lead, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->text()->toPlainText().contains(u"running a few minutes late"_s), 10'000);
        QCOMPARE(m_run->texts(u"few minutes late"_s), 0);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"few minutes late"_s), 1, 20'000);
    }
    void joinOpensTheLink()
    {
        QDesktopServices::setUrlHandler(u"https"_s, this, "take");
        QVERIFY(confirmed(book(u"Tour of the house"_s, 4, u"Online: https://meet.example.com/abc"_s)));
        QVERIFY(isTold(u"Tour of the house"_s));
        const auto shown = told(u"Tour of the house"_s).first();
        QVERIFY(shown.actions.contains(u"join"_s));
        Q_EMIT m_service.ActionInvoked(shown.id, u"join"_s);
        QTRY_COMPARE(m_opened, QVector<QUrl>{QUrl(u"https://meet.example.com/abc"_s)});
        QDesktopServices::unsetUrlHandler(u"https"_s);
    }
    void aSecondStartTellsNothingTwice()
    {
        QVERIFY(confirmed(book(u"Told before"_s, 3)));
        QVERIFY(isTold(u"Told before"_s));
        // That it was told is known to the file.
        const QString name = u"alarms.told."_s + engine()->account()->location.value;
        QTRY_VERIFY_WITH_TIMEOUT([&] {
            const auto kept = await(desk()->kept(name));
            return kept && !kept->isEmpty();
        }(), 10'000);
        m_run->close();
        QVERIFY(ready());
        QVERIFY(confirmed(book(u"Not told before"_s, 3)));
        QVERIFY(isTold(u"Not told before"_s)); // by now the other one has been looked at too
        QCOMPARE(told(u"Told before"_s).size(), 1);
    }
    void whatIsCancelledOrMovedIsNotTold()
    {
        const RecordId cancelled = book(u"Cancelled one"_s, 12), moved = book(u"Moved one"_s, 12);
        QVERIFY(confirmed(cancelled) && confirmed(moved));
        AppointmentChange change;
        change.contactId = record(cancelled).contactId();
        change.appointmentId = AppointmentId(record(cancelled).serverId);
        change.status = u"cancelled"_s;
        QVERIFY(await(engine()->outbox().submitAppointmentChange(*engine()->account(), change, {})));
        change.appointmentId = AppointmentId(record(moved).serverId);
        change.status.clear();
        change.start = QDateTime::currentDateTimeUtc().addSecs(7200);
        change.end = change.start.addSecs(1800);
        change.anyway = true;
        QVERIFY(await(engine()->outbox().submitAppointmentChange(*engine()->account(), change, {})));
        QVERIFY(confirmed(book(u"The one after"_s, 14)));
        QVERIFY(isTold(u"The one after"_s));
        QVERIFY(told(u"Cancelled one"_s).isEmpty());
        QVERIFY(told(u"Moved one"_s).isEmpty());
    }
    void severalRemindersAndNone()
    {
        gui::Settings settings(m_run->profile.filePath(u"settings.ini"_s));
        QCOMPARE(settings.reminders(), QVector<int>{10});
        settings.setReminders({0, 10, 60});
        QCOMPARE(settings.reminders(), (QVector<int>{0, 10, 60}));
        settings.setReminders({});
        QCOMPARE(settings.reminders(), QVector<int>());
    }
};

QTEST_MAIN(TestReminders)
#include "tst_reminders.moc"
