// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/bookingpanel.h"
#include "gui/calendarpage.h"
#include "gui/calendarview.h"
#include "gui/keymap.h"
#include "models/calendarmodel.h"
#include "models/slotsmodel.h"
#include "sync/engine.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Booking, moving and cancelling by the keys of the window.
class TestBookingWindow : public QObject
{
    Q_OBJECT

    FakeClock m_later; ///< outlives the window
    std::unique_ptr<test::WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    QTableView *times() const { return find<QTableView>("booking.slots"); }
    gui::CalendarView *view() const { return find<gui::CalendarView>("calendar.view"); }
    models::CalendarModel *events() const { return static_cast<models::CalendarModel *>(view()->model()); }
    bool openSheet()
    {
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_B, Qt::ControlModifier);
        const bool open = QTest::qWaitFor([this] { return times() && times()->isVisible() && times()->model()->rowCount() > 0; }, 20'000);
        if (!open)
            qWarning() << (find<QWidget>("booking.panel") ? find<QLabel>("booking.state")->text() : u"no sheet"_s) << QApplication::focusWidget();
        return open;
    }
    int posts() { return m_run->taken(u"POST"_s, u"/calendars/events/appointments"_s, {}); }
    int rowTitled(const QString &title) const
    {
        for (int row = 0; row < events()->rowCount(); ++row) {
            if (events()->row(row).event.title == title)
                return row;
        }
        return -1;
    }
    /// Books the first free time of the opened lead; answers with when that is.
    QDateTime bookFirst()
    {
        if (!openSheet())
            return {};
        const auto slot = static_cast<models::SlotsModel *>(times()->model())->nth(1).data(models::SlotsModel::SlotRole).value<Slot>();
        QTest::keyClick(times(), Qt::Key_1);
        find<QLineEdit>("booking.name")->setText(u"From the test"_s);
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        const bool gone = QTest::qWaitFor([this] { return !find<QWidget>("booking.panel")->isVisible(); }, 20'000);
        return gone ? slot.start : QDateTime();
    }
    /// One that is over, with a lead, and has not been marked.
    int pastRow() const
    {
        for (int row = events()->rowCount() - 1; row >= 0; --row) {
            const Appointment &event = events()->row(row).event;
            if (event.end < QDateTime::currentDateTimeUtc() && !event.contact.isEmpty() && event.status == AppointmentStatus::Confirmed)
                return row;
        }
        return -1;
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<test::WindowRun>();
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
        // The calendars come with the first sync.
        QTRY_VERIFY_WITH_TIMEOUT(m_run->taken(u"GET"_s, u"/calendars/events"_s, {}) >= 0, 5'000);
    }
    void cleanup() { m_run.reset(); }

    void aFreeTimeIsBookedByKeysAlone()
    {
        const QDateTime start = bookFirst();
        QVERIFY(start.isValid());
        QCOMPARE(posts(), 1);
        // It stands in the calendar.
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view() && view()->isVisible(), 10'000);
        view()->setDate(start.toLocalTime().date());
        QTRY_VERIFY_WITH_TIMEOUT(rowTitled(u"From the test"_s) >= 0, 10'000);
        const int row = rowTitled(u"From the test"_s);
        QCOMPARE(events()->row(row).event.start, start);
        QVERIFY(!view()->rectOf(row).isEmpty());
    }
    void theConfirmationIsTextedWhenItIsBooked()
    {
        QVERIFY(openSheet());
        QTest::keyClick(times(), Qt::Key_1);
        find<QCheckBox>("booking.tell")->setChecked(true);
        auto *text = find<QPlainTextEdit>("booking.text");
        QVERIFY(text->isVisible() && !text->toPlainText().isEmpty());
        text->setPlainText(u"We are set for the call."_s);
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"We are set for the call."_s), 1, 30'000);
    }
    void aStolenTimeBringsTheNearest()
    {
        QVERIFY(openSheet());
        QTest::keyClick(times(), Qt::Key_1);
        const auto slot = static_cast<models::SlotsModel *>(times()->model())->nth(1).data(models::SlotsModel::SlotRole).value<Slot>();
        m_run->control("POST", u"book"_s, {{u"start"_s, slot.start.toMSecsSinceEpoch()}, {u"end"_s, slot.end.toMSecsSinceEpoch()}});
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("booking.nearest1") && find<QPushButton>("booking.nearest1")->isVisible(), 20'000);
        QVERIFY(find<QWidget>("booking.panel")->isVisible());
        QVERIFY(find<QLabel>("booking.stolen")->isVisible());
        QCOMPARE(posts(), 0);
        // One of them is taken with two keys.
        QTest::keyClick(find<QPushButton>("booking.nearest1"), Qt::Key_Space);
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("booking.panel")->isVisible(), 20'000);
    }
    void theNextWeekComesWithAKey()
    {
        QVERIFY(openSheet());
        const QString before = find<QLabel>("booking.week")->text();
        QTest::keyClick(times(), Qt::Key_Right, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("booking.week")->text() != before && times()->model()->rowCount() > 0, 10'000);
        QTest::keyClick(times(), Qt::Key_Escape);
        QVERIFY(!find<QWidget>("booking.panel")->isVisible());
    }
    void itIsMovedAndCancelledInTheCalendar()
    {
        m_run->window()->resize(1440, 900); // the appointment beside the hours
        const QDateTime start = bookFirst();
        QVERIFY(start.isValid());
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view() && view()->isVisible(), 10'000);
        view()->setDate(start.toLocalTime().date());
        QTRY_VERIFY_WITH_TIMEOUT(rowTitled(u"From the test"_s) >= 0, 10'000);
        view()->setCurrentIndex(events()->index(rowTitled(u"From the test"_s)));
        QVERIFY(find<QWidget>("event.card")->isVisible());
        QTest::mouseClick(find<QPushButton>("event.move"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(times()->isVisible() && times()->model()->rowCount() > 0, 20'000);
        find<QCheckBox>("booking.tell")->setChecked(false);
        auto *model = static_cast<models::SlotsModel *>(times()->model());
        const auto to = model->nth(3).data(models::SlotsModel::SlotRole).value<Slot>();
        QTest::keyClick(times(), Qt::Key_3);
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("booking.panel")->isVisible(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->control("GET", u"ledger"_s).value("entries"_L1).toArray().size() > 0, true, 1'000);
        QTRY_VERIFY_WITH_TIMEOUT(rowTitled(u"From the test"_s) >= 0 && events()->row(rowTitled(u"From the test"_s)).event.start == to.start, 20'000);
        view()->setDate(to.start.toLocalTime().date());
        // The move leaves when it can no longer be undone; cancelling comes after it.
        view()->setCurrentIndex(events()->index(rowTitled(u"From the test"_s)));
        QTest::mouseClick(find<QPushButton>("event.cancel"), Qt::LeftButton);
        QTest::mouseClick(find<QPushButton>("event.reason.lead"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(events()->row(rowTitled(u"From the test"_s)).event.status == AppointmentStatus::Cancelled, 10'000);
        const auto puts = [this] {
            int count = 0;
            const auto entries = m_run->control("GET", u"ledger"_s).value("entries"_L1).toArray();
            for (const auto &entry : entries)
                count += entry[u"method"_s].toString() == "PUT"_L1 && entry[u"path"_s].toString().startsWith("/calendars/events/appointments/"_L1) ? 1 : 0;
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(puts(), 2, 30'000);
    }
    void whoDidNotComeMayStillBeSaved()
    {
        m_run->window()->resize(1440, 900); // the appointment beside the hours
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view() && view()->isVisible(), 10'000);
        QTest::keyClick(view(), Qt::Key_W);
        QTest::keyClick(view(), Qt::Key_Left, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(pastRow() >= 0, 20'000);
        const EventRow row = events()->row(pastRow());
        view()->setDate(row.event.start.toLocalTime().date());
        view()->setCurrentIndex(events()->index(pastRow()));
        QVERIFY(!find<QWidget>("event.rescue")->isVisible());
        QTest::keyClick(view(), Qt::Key_H, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("event.rescue")->isVisible(), 10'000);
        QVERIFY(find<QPushButton>("event.rescueOffer")->isVisible() && find<QPushButton>("event.rescueTask")->isVisible());
        // A task for tomorrow by its key.
        QTest::keyClick(view(), Qt::Key_F);
        const QString tasks = u"/contacts/"_s + row.event.contact.value + u"/tasks"_s;
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, tasks, u"did not come"_s), 1, 20'000);
        // Three times, by theirs: in the composer, and not sent.
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_O);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->inbox()->thread()->contactId(), row.event.contact, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->text()->toPlainText().contains(u"your time. 1, 2 or 3?"_s), 20'000);
        QCOMPARE(m_run->texts(u"1, 2 or 3?"_s), 0);
    }
    void whoseAppointmentsAreShownIsChosenAndKept()
    {
        m_run->window()->resize(1440, 900);
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view() && view()->isVisible(), 10'000);
        const auto person = [this]() -> QModelIndex {
            const auto *tree = find<QTreeView>("calendar.shown");
            for (int group = 0; group < tree->model()->rowCount(); ++group) {
                const QModelIndex heading = tree->model()->index(group, 0);
                if (heading.data().toString() == u"People"_s)
                    return tree->model()->index(0, 0, heading);
            }
            return {};
        };
        QTRY_VERIFY_WITH_TIMEOUT(person().isValid(), 20'000);
        const auto idOf = [this](const QString &name) {
            for (int row = 0; row < events()->rowCount(); ++row) {
                if (events()->index(row).data(Qt::AccessibleTextRole).toString().contains(u"with "_s + name))
                    return events()->row(row).event.user.value;
            }
            return QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(!idOf(person().data().toString()).isEmpty(), 20'000);
        const QString name = person().data().toString(), id = idOf(name);
        const auto shown = [&] {
            int count = 0;
            for (int row = 0; row < events()->rowCount(); ++row)
                count += events()->row(row).event.user.value == id ? 1 : 0;
            return count;
        };
        // Not by colour alone: the letters are there too.
        for (int row = 0; row < events()->rowCount(); ++row) {
            if (events()->row(row).event.user.value == id)
                QVERIFY(!events()->index(row).data(models::CalendarModel::InitialsRole).toString().isEmpty());
        }
        auto *tree = find<QTreeView>("calendar.shown");
        QVERIFY(tree->isVisible());
        QTest::keyClick(view(), Qt::Key_P);
        QVERIFY(tree->hasFocus());
        tree->setCurrentIndex(person());
        QTest::keyClick(tree, Qt::Key_Space);
        QCOMPARE(person().data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        QTRY_COMPARE_WITH_TIMEOUT(shown(), 0, 10'000);
        QVERIFY(events()->rowCount() > 0);
        // The menu says the same, and it is so at the next start.
        auto *menu = m_run->window()->findChild<QMenu *>(u"calendar.menu"_s);
        Q_EMIT menu->aboutToShow();
        bool unticked = false;
        for (const QAction *action : menu->actions())
            unticked = unticked || (action->text() == name && action->isCheckable() && !action->isChecked());
        QVERIFY(unticked);
        m_run->close();
        QVERIFY(m_run->open());
        m_run->window()->resize(1440, 900);
        QVERIFY(m_run->waitForRows());
        m_run->window()->actions()->action(gui::Command::GoCalendar)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(person().isValid() && person().data(Qt::CheckStateRole).toInt() == int(Qt::Unchecked), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(events()->rowCount() > 0, 20'000);
        QCOMPARE(shown(), 0);
    }
    void aTimeThatIsNotFreeIsBookedWhenAPersonWantsIt()
    {
        QVERIFY(openSheet());
        auto *panel = m_run->window()->findChild<gui::BookingPanel *>();
        QVERIFY(!find<QPushButton>("booking.outside")->isVisible());
        const Contact lead = m_run->inbox()->thread()->composer()->contact();
        const QDateTime night = QDateTime(QDate::currentDate().addDays(2), QTime(3, 10), Qt::UTC); // no calendar begins at ten past
        panel->bookFor(lead, night);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("booking.outside")->isVisible(), 20'000);
        QTest::mouseClick(find<QPushButton>("booking.outside"), Qt::LeftButton);
        QVERIFY(find<QLabel>("booking.stolen")->isVisible() && find<QLabel>("booking.stolen")->text().contains(u"outside"_s));
        QCOMPARE(posts(), 0);
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("booking.panel")->isVisible(), 20'000); // it was taken
    }
    void withoutANetworkTheChoiceIsThereAndSaysHowOldItIs()
    {
        QVERIFY(openSheet());
        const int calendars = find<QComboBox>("booking.calendar")->count();
        QVERIFY(calendars > 1);
        QTest::keyClick(times(), Qt::Key_Escape);
        m_later.setWall(QDateTime::currentDateTimeUtc().addSecs(40 * 60)); // what was read ahead is old by then
        m_run->window()->findChild<gui::BookingPanel *>()->setClock(m_later);
        m_run->window()->actions()->action(gui::Command::WorkOffline)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_run->app->engine()->status().connection == sync::Connection::WorkingOffline, 20'000);
        QVERIFY(openSheet());
        QCOMPARE(find<QComboBox>("booking.calendar")->count(), calendars);
        QTRY_VERIFY2_WITH_TIMEOUT(find<QLabel>("booking.week")->text().contains(u"as it was"_s), qPrintable(find<QLabel>("booking.week")->text()), 10'000);
        QVERIFY(times()->isVisible() && times()->model()->rowCount() > 0);
        // Another calendar, of which nothing has been read: that is said, and the choice stays.
        auto *box = find<QComboBox>("booking.calendar");
        box->setCurrentIndex(box->currentIndex() == 0 ? 1 : 0);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("booking.state")->isVisible() && find<QLabel>("booking.state")->text().contains(u"cannot be reached"_s), 10'000);
        QVERIFY(box->isVisible() && box->isEnabled());
    }
    void keysGoThroughTheViews()
    {
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view() && view()->isVisible(), 10'000);
        QVERIFY(view()->hasFocus());
        QTest::keyClick(view(), Qt::Key_M);
        QCOMPARE(view()->mode(), gui::CalendarView::Mode::Month);
        QTest::keyClick(view(), Qt::Key_D);
        QCOMPARE(view()->mode(), gui::CalendarView::Mode::Day);
        const QDate before = view()->date();
        QTest::keyClick(view(), Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(view()->date(), before.addDays(1));
        QTest::keyClick(view(), Qt::Key_T);
        QCOMPARE(view()->date(), QDate::currentDate());
        QTest::keyClick(view(), Qt::Key_A);
        QCOMPARE(view()->mode(), gui::CalendarView::Mode::Agenda);
        QTest::keyClick(view(), Qt::Key_W);
        QTest::keyClick(view(), Qt::Key_N);
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("booking.panel") && find<QWidget>("booking.panel")->isVisible(), 10'000);
        QVERIFY(find<QLineEdit>("booking.lead")->isVisible());
        QTest::keyClick(find<QLineEdit>("booking.lead"), Qt::Key_Escape);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_N, Qt::ShiftModifier);
        QVERIFY(find<QLineEdit>("block.title")->isVisible());
    }
};

QTEST_MAIN(TestBookingWindow)
#include "tst_booking_window.moc"
