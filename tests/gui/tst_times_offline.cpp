// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "domain/slots.h"
#include "gui/bookingpanel.h"
#include "models/desk.h"
#include "models/freetimes.h"
#include "models/slotsmodel.h"
#include "store/cache_freetimes.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

/// Free times that were read are there after a restart, with their age, and are never taken for what is free now.
class TestTimesOffline : public QObject
{
    Q_OBJECT

    FakeClock m_later; ///< outlives the window
    std::unique_ptr<test::WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    sync::Engine *engine() const { return m_run->app->engine(); }
    QTableView *times() const { return find<QTableView>("booking.slots"); }
    QString week() const { return find<QLabel>("booking.week")->text(); }
    CalendarId calendar() const { return CalendarId(find<QComboBox>("booking.calendar")->currentData().toString()); }
    QDateTime firstShown() const
    {
        return static_cast<models::SlotsModel *>(times()->model())->nth(1).data(models::SlotsModel::SlotRole).value<Slot>().start;
    }
    bool openSheet()
    {
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_B, Qt::ControlModifier);
        const bool open = QTest::qWaitFor([this] { return times() && times()->isVisible() && times()->model()->rowCount() > 0; }, 20'000);
        if (!open)
            qWarning() << (find<QWidget>("booking.panel") ? find<QLabel>("booking.state")->text() : u"no sheet"_s) << QApplication::focusWidget();
        return open;
    }
    void closeSheet() { QTest::keyClick(find<QWidget>("booking.panel"), Qt::Key_Escape); }
    /// What the cache has of this calendar.
    std::optional<store::KeptTimes> kept(const CalendarId &wanted) const
    {
        const auto all = await(store::keptFreeTimes(engine()->cache(), engine()->account()->location, QDateTime::currentDateTimeUtc()));
        for (const auto &one : all ? *all : QVector<store::KeptTimes>()) {
            if (one.calendar == wanted && one.user.isEmpty())
                return one;
        }
        return std::nullopt;
    }
    /// Reads what is free, as a person does, until it is on the disk.
    void readTimes(store::KeptTimes *read)
    {
        QVERIFY(openSheet());
        const CalendarId here = calendar();
        QVERIFY(QTest::qWaitFor([&] { return kept(here).has_value(); }, 10'000));
        *read = *kept(here);
        QVERIFY(!read->times.isEmpty());
        closeSheet();
    }
    void start()
    {
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    /// The program once more, where nobody answers any longer.
    void startWithoutServer()
    {
        m_run->options.server = m_run->app->practiceServer();
        m_run->options.location = engine()->account()->location;
        m_run->options.token = u"pit-of-an-account-that-cannot-be-reached"_s;
        m_run->close();
        m_run->options.practice = false;
        start();
    }
    int asked() { return m_run->asked(u"*/free-slots"_s); }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<test::WindowRun>();
        m_run->options.practiceArguments.append(u"--record"_s);
        if (!QFile::exists(m_run->options.practiceProgram))
            QSKIP("outrigger-practice is not built");
        start();
    }
    void cleanup() { m_run.reset(); }

    void afterARestartWithoutAServerTheySayHowOldTheyAre_data()
    {
        QTest::addColumn<int>("minutes");
        QTest::newRow("young enough to be shown at once") << 5;
        QTest::newRow("old") << 40;
    }
    void afterARestartWithoutAServerTheySayHowOldTheyAre()
    {
        QFETCH(int, minutes);
        store::KeptTimes read;
        readTimes(&read);
        startWithoutServer();
        if (QTest::currentTestFailed())
            return;
        QVERIFY(openSheet());
        QCOMPARE(calendar(), read.calendar);
        QTRY_VERIFY2_WITH_TIMEOUT(week().contains(u"as it was"_s), qPrintable(week()), 30'000);
        closeSheet();

        m_later.setWall(read.readAt.addSecs(60 * minutes + 5));
        m_run->window()->findChild<gui::BookingPanel *>()->setClock(m_later);
        QVERIFY(openSheet());
        QTRY_VERIFY2_WITH_TIMEOUT(week().endsWith(u"as it was %1 minutes ago"_s.arg(minutes)), qPrintable(week()), 30'000);
        const auto next = std::find_if(read.times.cbegin(), read.times.cend(), [this](const Slot &slot) { return slot.start > m_later.now(); });
        QVERIFY(next != read.times.cend());
        QCOMPARE(firstShown(), next->start);
        // The age goes along from week to week.
        const QString first = week();
        QTest::keyClick(times(), Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(week() != first);
        QVERIFY2(week().endsWith(u"as it was %1 minutes ago"_s.arg(minutes)), qPrintable(week()));
        // Another calendar, of which nothing was read: that is said, as before.
        auto *box = find<QComboBox>("booking.calendar");
        box->setCurrentIndex(box->currentIndex() == 0 ? 1 : 0);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("booking.state")->isVisible() && find<QLabel>("booking.state")->text().contains(u"cannot be reached"_s), 30'000);
        QVERIFY2(!week().contains(u"as it was"_s), qPrintable(week()));
    }
    void whoCanAskAgainAsksHoweverYoungTheyAre()
    {
        store::KeptTimes read;
        readTimes(&read);
        m_run->close();
        m_run->options.offline = true;
        start();
        QVERIFY(openSheet());
        QTRY_VERIFY2_WITH_TIMEOUT(week().contains(u"as it was"_s), qPrintable(week()), 10'000);
        closeSheet();
        auto *desk = m_run->window()->findChild<models::Desk *>();
        auto *free = models::FreeTimes::of(engine(), desk);
        QVERIFY(free->lastKnown(read.calendar) && free->lastKnown(read.calendar)->kept);
        QCOMPARE(free->lastKnown(read.calendar)->readAt, read.readAt);
        const int before = asked();

        engine()->setWorkOffline(false);
        QTRY_VERIFY_WITH_TIMEOUT(engine()->status().connection == sync::Connection::Live, 20'000);
        QVERIFY(openSheet());
        QTRY_VERIFY_WITH_TIMEOUT(asked() > before, 20'000);
        QTRY_VERIFY2_WITH_TIMEOUT(!week().contains(u"as it was"_s), qPrintable(week()), 10'000);
        QTRY_VERIFY(!free->lastKnown(read.calendar)->kept);
        QVERIFY(free->lastKnown(read.calendar)->readAt > read.readAt);
        // And that is what the next start will have.
        QTRY_VERIFY(kept(read.calendar) && kept(read.calendar)->readAt > read.readAt);
    }
    void aBookedTimeIsNotKept()
    {
        store::KeptTimes read;
        readTimes(&read);
        QVERIFY(openSheet());
        const QDateTime start = firstShown();
        QVERIFY(freetimes::holds(read.times, start));
        QTest::keyClick(times(), Qt::Key_1);
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("booking.panel")->isVisible(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!kept(read.calendar) || !freetimes::holds(kept(read.calendar)->times, start), 10'000);
    }
};

QTEST_MAIN(TestTimesOffline)
#include "tst_times_offline.moc"
