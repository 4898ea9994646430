// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/calendarpage.h"
#include "gui/calendarview.h"
#include "gui/keymap.h"
#include "gui/work.h"
#include "models/calendarmodel.h"
#include "models/desk.h"
#include "models/palettemodel.h"
#include "models/slotsmodel.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// A day in the calendar, by the window: whose a booking is, blocked time, the file for paper, a narrow window.
class TestCalendarWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    QTableView *times() const { return find<QTableView>("booking.slots"); }
    gui::CalendarView *view() const { return find<gui::CalendarView>("calendar.view"); }
    models::CalendarModel *events() const { return static_cast<models::CalendarModel *>(view()->model()); }
    models::Desk *desk() const { return m_run->window()->findChild<models::Desk *>(); }
    QString notice() const
    {
        auto *strip = find<gui::Strip>("calendar.notice");
        return strip->isVisible() ? strip->sentence() : QString();
    }
    /// A button of the notice.
    QPushButton *noticeButton(const QString &words) const
    {
        for (auto *button : find<QWidget>("calendar.notice")->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == words)
                return button;
        }
        return nullptr;
    }
    int changes() { return putsOf(u"/calendars/events/appointments/"_s); }
    int putsOf(const QString &path)
    {
        int count = 0;
        const auto entries = m_run->control("GET", u"ledger"_s).value("entries"_L1).toArray();
        for (const auto &entry : entries)
            count += entry[u"method"_s].toString() == "PUT"_L1 && entry[u"path"_s].toString().startsWith(path) ? 1 : 0;
        return count;
    }
    bool openCalendar(int wide = 1440)
    {
        m_run->window()->resize(wide, 900);
        m_run->window()->actions()->action(gui::Command::GoCalendar)->trigger();
        return QTest::qWaitFor([this] { return view() && view()->isVisible() && !desk()->calendars().isEmpty(); }, 20'000);
    }
    int rowWhere(const std::function<bool(const Appointment &)> &wanted) const
    {
        for (int row = 0; row < events()->rowCount(); ++row) {
            if (wanted(events()->row(row).event))
                return row;
        }
        return -1;
    }
    /// One that is over, with a lead, and has not been marked.
    int pastRow() const
    {
        return rowWhere([](const Appointment &event) {
            return event.end < QDateTime::currentDateTimeUtc() && !event.contact.isEmpty() && !event.block && event.status == AppointmentStatus::Confirmed;
        });
    }
    int futureRow() const
    {
        return rowWhere([](const Appointment &event) {
            return event.start > QDateTime::currentDateTimeUtc() && !event.contact.isEmpty() && !event.block && event.status == AppointmentStatus::Confirmed;
        });
    }
    bool openSheet()
    {
        m_run->window()->actions()->action(gui::Command::Book)->trigger();
        return QTest::qWaitFor([this] { return times() && times()->isVisible() && times()->model()->rowCount() > 0; }, 20'000);
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<test::WindowRun>();
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
        QTRY_VERIFY_WITH_TIMEOUT(!desk()->calendars().isEmpty() && desk()->reference().users.size() > 1, 20'000);
    }
    void cleanup() { m_run.reset(); }

    void whoTakesItIsSaidBeforeAndAfter()
    {
        m_run->window()->resize(1440, 900);
        QVERIFY(openSheet());
        auto *people = find<QComboBox>("booking.person");
        QVERIFY(people->isVisible());
        QTest::keyClick(times(), Qt::Key_2);
        auto *facts = find<QLabel>("booking.where");
        QTRY_VERIFY(facts->isVisible() && facts->text().contains(u"With whoever is free"_s));
        // Somebody else of the team.
        const UserId me = m_run->app->engine()->account()->me;
        int other = -1;
        for (int i = 1; i < people->count(); ++i) {
            if (people->itemData(i).toString() != me.value)
                other = i;
        }
        QVERIFY(other > 0);
        const QString name = people->itemText(other), id = people->itemData(other).toString();
        people->setCurrentIndex(other);
        QTRY_VERIFY_WITH_TIMEOUT(times()->isVisible() && times()->model()->rowCount() > 0, 20'000);
        QTest::keyClick(times(), Qt::Key_2);
        QTRY_VERIFY2(facts->text().contains(u"With "_s + name), qPrintable(facts->text()));
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("booking.panel")->isVisible(), 20'000);
        QCOMPARE(m_run->taken(u"POST"_s, u"/calendars/events/appointments"_s, id), 1);
        // The lead's panel says that it is not one's own.
        const auto said = [&] {
            for (int i = 1; i <= 3; ++i) {
                const auto *button = m_run->window()->findChild<QPushButton *>(u"lead.appointment%1"_s.arg(i));
                if (button && button->text().contains(u"with "_s + name))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(said(), 20'000);
    }
    void aFormStaysWhileHighLevelBringsNews()
    {
        QVERIFY(openCalendar());
        view()->setCurrentIndex({});
        Q_EMIT view()->blockRequested(QDateTime::currentDateTimeUtc().addDays(1), QDateTime::currentDateTimeUtc().addDays(1).addSecs(3600));
        auto *title = find<QLineEdit>("block.title");
        QVERIFY(title->isVisible());
        // One's own time, unless one says otherwise.
        QCOMPARE(find<QComboBox>("block.for")->currentData().toString(), u"u:"_s + m_run->app->engine()->account()->me.value);
        QTest::keyClicks(title, u"Dentist"_s);
        Q_EMIT events()->refreshed();
        QVERIFY(title->isVisible());
        QCOMPARE(title->text(), u"Dentist"_s);
        QTest::keyClick(find<QWidget>("event.card"), Qt::Key_Escape);
        QVERIFY(!find<QWidget>("event.card")->isVisible());
    }
    /// It is blocked where one looks, not where one once pointed, and on a quarter of an hour.
    void timeIsBlockedInTheDaysThatAreShown()
    {
        QVERIFY(openCalendar());
        QTest::keyClick(view(), Qt::Key_W);
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, view()->viewport()->rect().center());
        QVERIFY(view()->pointed().isValid());
        QTest::keyClick(view(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_N, Qt::ShiftModifier);
        auto *from = find<QDateTimeEdit>("block.from"), *to = find<QDateTimeEdit>("block.to");
        QVERIFY(from->isVisible());
        QCOMPARE(from->dateTime(), QDateTime(view()->firstDay(), QTime(9, 0)));
        // To goes with From, never before it.
        from->setDateTime(to->dateTime().addSecs(7200));
        QCOMPARE(to->dateTime(), from->dateTime().addSecs(3600));
        QTest::keyClick(find<QWidget>("event.card"), Qt::Key_Escape);
        QTest::keyClick(view(), Qt::Key_Left, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_T);
        QTest::keyClick(view(), Qt::Key_N, Qt::ShiftModifier);
        QCOMPARE(from->time().minute() % 15, 0);
    }
    void aBlockIsMadeLongerByItsEdgeAndBackByUndo()
    {
        QVERIFY(openCalendar());
        QTest::keyClick(view(), Qt::Key_W);
        const auto lunch = [](const Appointment &event) {
            return event.block && !event.id.isEmpty() && event.start > QDateTime::currentDateTimeUtc() && event.start.secsTo(event.end) <= 4 * 3600;
        };
        QTRY_VERIFY_WITH_TIMEOUT(rowWhere(lunch) >= 0, 20'000);
        const Appointment before = events()->row(rowWhere(lunch)).event;
        view()->setDate(before.start.toLocalTime().date());
        const auto row = [&] { return rowWhere([&](const Appointment &event) { return event.id == before.id; }); };
        QTRY_VERIFY_WITH_TIMEOUT(row() >= 0 && !view()->rectOf(row()).isEmpty(), 20'000);
        view()->scrollTo(events()->index(row()));
        const QRect box = view()->rectOf(row());
        const QPoint grip(box.center().x(), box.bottom() - 1);
        const int half = int(gui::px(48) / 2);
        QTest::mousePress(view()->viewport(), Qt::LeftButton, {}, grip);
        QVERIFY(!find<QWidget>("event.card")->isVisible()); // it would push the days away from below the pointer
        QTest::mouseMove(view()->viewport(), grip + QPoint(0, 8));
        QTest::mouseMove(view()->viewport(), grip + QPoint(0, half));
        QTest::mouseRelease(view()->viewport(), Qt::LeftButton, {}, grip + QPoint(0, half));
        const auto now = [&] { return row() < 0 ? Appointment() : events()->row(row()).event; };
        QVERIFY(find<QWidget>("event.card")->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(now().end, before.end.addSecs(1800), 20'000);
        QCOMPARE(now().start, before.start);
        QTRY_COMPARE_WITH_TIMEOUT(putsOf(u"/calendars/events/block-slots/"_s), 1, 20'000);
        m_run->window()->actions()->action(gui::Command::Undo)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(now().end, before.end, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(putsOf(u"/calendars/events/block-slots/"_s), 2, 20'000);
    }
    void aNewBlockIsTakenBackByUndo()
    {
        QVERIFY(openCalendar());
        const QDateTime from(QDate::currentDate().addDays(1), QTime(11, 0));
        Q_EMIT view()->blockRequested(from.toUTC(), from.addSecs(3600).toUTC());
        QTest::keyClicks(find<QLineEdit>("block.title"), u"Dentist"_s);
        QTest::keyClick(find<QLineEdit>("block.title"), Qt::Key_Return);
        const auto &undo = m_run->window()->findChild<gui::Work *>()->undoList();
        QTRY_VERIFY2_WITH_TIMEOUT(undo.next().contains(u"Blocked"_s) && undo.next().contains(u"11"_s) && undo.next().contains(u"12"_s), qPrintable(undo.next()), 20'000);
        view()->setDate(from.date());
        const auto dentist = [](const Appointment &event) { return event.block && event.title == "Dentist"_L1; };
        QTRY_VERIFY_WITH_TIMEOUT(rowWhere(dentist) >= 0, 20'000);
        m_run->window()->actions()->action(gui::Command::Undo)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(rowWhere(dentist) < 0, 20'000);
        const auto removed = [this] {
            const auto entries = m_run->control("GET", u"ledger"_s).value("entries"_L1).toArray();
            return std::count_if(entries.begin(), entries.end(), [](const auto &entry) {
                return entry.toObject().value("method"_L1).toString() == "DELETE"_L1 && entry.toObject().value("path"_L1).toString().startsWith("/calendars/events/"_L1);
            });
        };
        QTRY_COMPARE_WITH_TIMEOUT(int(removed()), 1, 20'000);
    }
    /// "Close" belongs to the sentence beside it, not to the one before.
    void aNoticeThatWasReplacedMovesNothing()
    {
        QVERIFY(openCalendar());
        QTest::keyClick(view(), Qt::Key_M);
        QTRY_VERIFY_WITH_TIMEOUT(futureRow() >= 0, 20'000);
        const EventRow row = events()->row(futureRow());
        Q_EMIT view()->moveRequested(row, {row.event.start.addDays(1).addSecs(60), row.event.end.addDays(1).addSecs(60)}, false);
        QVERIFY2(notice().contains(u"outside of the free times"_s), qPrintable(notice()));
        view()->setCurrentIndex(events()->index(futureRow()));
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_H);
        QVERIFY2(notice().contains(u"has not begun"_s), qPrintable(notice()));
        QTest::mouseClick(noticeButton(u"Close"_s), Qt::LeftButton);
        // What comes after it in the same lane is all that HighLevel hears.
        Q_EMIT view()->moveRequested(row, {row.event.start.addDays(2).addSecs(60), row.event.end.addDays(2).addSecs(60)}, false);
        QTest::mouseClick(noticeButton(u"Move it anyway"_s), Qt::LeftButton);
        const auto now = [&] {
            const int at = rowWhere([&](const Appointment &event) { return event.id == row.event.id; });
            return at < 0 ? QDateTime() : events()->row(at).event.start;
        };
        QTRY_COMPARE_WITH_TIMEOUT(now(), row.event.start.addDays(2).addSecs(60), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(changes(), 1, 20'000);
    }
    void aNarrowWindowSaysWhichMonthAndSavesWhoDidNotCome()
    {
        QVERIFY(openCalendar(740));
        auto *period = find<QLabel>("calendar.period");
        QVERIFY2(period->width() >= period->fontMetrics().horizontalAdvance(period->text()) && !period->text().contains(u'…'), qPrintable(period->text()));
        QVERIFY(find<QPushButton>("calendar.agenda")->isVisible());
        QTest::keyClick(view(), Qt::Key_M);
        QTest::keyClick(view(), Qt::Key_Left, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(pastRow() >= 0, 20'000);
        const EventRow row = events()->row(pastRow());
        view()->setDate(row.event.start.toLocalTime().date());
        view()->setCurrentIndex(events()->index(pastRow()));
        QVERIFY(!find<QWidget>("event.card")->isVisible());
        QTest::keyClick(view(), Qt::Key_H, Qt::ShiftModifier);
        QVERIFY2(notice().contains(row.contactName), qPrintable(notice()));
        QVERIFY(noticeButton(gui::keyRow(gui::Command::CalendarOffer).name));
        QTest::mouseClick(noticeButton(gui::keyRow(gui::Command::CalendarTomorrow).name), Qt::LeftButton);
        const QString tasks = u"/contacts/"_s + row.event.contact.value + u"/tasks"_s;
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, tasks, u"did not come"_s), 1, 20'000);
        QVERIFY(notice().isEmpty());
        // And back where there is room.
        m_run->window()->resize(1440, 900);
        QTRY_VERIFY(find<QWidget>("calendar.agenda")->mapTo(m_run->window(), QPoint()).y() < period->mapTo(m_run->window(), QPoint(0, period->height())).y());
    }
    void whatIsShownIsSavedByKeys_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("begins");
        QTest::newRow("paper") << int(Qt::Key_P) << u"week.pdf"_s << QByteArray("%PDF-");
        QTest::newRow("calendar") << int(Qt::Key_E) << u"week.ics"_s << QByteArray("BEGIN:VCALENDAR");
    }
    void whatIsShownIsSavedByKeys()
    {
        QFETCH(int, key);
        QFETCH(QString, name);
        QFETCH(QByteArray, begins);
        QVERIFY(openCalendar());
        QTest::keyClick(view(), Qt::Key_M);
        QTRY_VERIFY_WITH_TIMEOUT(events()->rowCount() > 0, 20'000);
        QTest::keyClick(view(), Qt::Key(key), Qt::ControlModifier);
        auto *dialog = find<QFileDialog>("calendar.save");
        QVERIFY(dialog);
        const QString path = m_run->profile.filePath(name);
        Q_EMIT dialog->fileSelected(path);
        dialog->reject();
        QVERIFY2(notice().contains(path), qPrintable(notice()));
        QVERIFY(noticeButton(u"Open it"_s));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith(begins));
    }
    void theCommandsOfThePageAreFoundByWords()
    {
        QVERIFY(openCalendar());
        const auto found = [this](const QString &words) {
            m_run->window()->actions()->action(gui::Command::Palette)->trigger();
            auto *input = find<QLineEdit>("palette.input");
            input->clear();
            QTest::keyClicks(input, words);
            auto *model = m_run->window()->findChild<models::PaletteModel *>();
            const bool through = QTest::qWaitFor([&] { return model->text() == words && !model->isSearching(); }, 10'000);
            for (int row = 0; through && row < model->rowCount(); ++row) {
                if (model->row(row).kind == models::PaletteModel::Kind::Do && model->row(row).number == int(gui::Command::CalendarBlock))
                    return true;
            }
            return false;
        };
        QVERIFY(found(u"block time"_s));
        QTest::keyClick(find<QLineEdit>("palette.input"), Qt::Key_Return);
        QTRY_VERIFY(find<QLineEdit>("block.title") && find<QLineEdit>("block.title")->isVisible());
        m_run->window()->actions()->action(gui::Command::GoInbox)->trigger();
        QVERIFY(!found(u"block time"_s)); // it would say nothing there
    }
};

QTEST_MAIN(TestCalendarWindow)
#include "tst_calendar_window.moc"
