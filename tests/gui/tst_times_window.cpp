// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/calendarview.h"
#include "gui/contactspage.h"
#include "gui/minimonth.h"
#include "gui/pipelinepage.h"
#include "models/boardmodel.h"
#include "models/calendarmodel.h"
#include "models/slotsmodel.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Times in the thread and elsewhere in the window: offered, answered, dropped on, looked up in the small month.
class TestTimesWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    QTableView *times() const { return find<QTableView>("booking.slots"); }
    bool sheetIsOpen() const { return times() && times()->isVisible() && times()->model()->rowCount() > 0; }
    int posts() { return m_run->taken(u"POST"_s, u"/calendars/events/appointments"_s, {}); }
    ContactId lead() const { return m_run->inbox()->thread()->contactId(); }
    void theyWrite(const QString &words)
    {
        QVERIFY(m_run->control("POST", u"inbound"_s, {{u"contactId"_s, lead().value}, {u"text"_s, words}}).contains(u"messageId"_s));
    }
    QPushButton *shown(const char *name) const
    {
        auto *button = find<QPushButton>(name);
        return button && button->isVisible() ? button : nullptr;
    }
    /// For the lead of the thread, who may still be on the way here.
    bool openSheet()
    {
        return QTest::qWaitFor([this] {
            QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_B, Qt::ControlModifier);
            const bool open = QTest::qWaitFor([this] { return sheetIsOpen() && find<QPushButton>("booking.offer")->isVisible(); }, 3'000);
            if (!open && find<QWidget>("booking.panel"))
                QTest::keyClick(find<QWidget>("booking.panel"), Qt::Key_Escape);
            return open;
        }, 20'000);
    }
    /// Offers three times in the thread; answers with them.
    QVector<Slot> offerThree()
    {
        if (!openSheet())
            return {};
        QTest::mouseClick(find<QPushButton>("booking.offer"), Qt::LeftButton);
        if (!QTest::qWaitFor([this] { return m_run->text()->toPlainText().contains(u"your time. 1, 2 or 3?"_s); }, 10'000)) {
            qWarning() << "composer:" << m_run->text()->toPlainText() << find<QLabel>("booking.title")->text();
            return {};
        }
        const QString words = m_run->text()->toPlainText();
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        return QTest::qWaitFor([&] { return m_run->texts(words) == 1; }, 20'000) ? QVector<Slot>(3) : QVector<Slot>();
    }
    /// Carries from one place to another with the pointer.
    void carry(QWidget *from, const QPoint &start, const std::function<QPoint()> &to)
    {
        QTest::mousePress(from, Qt::LeftButton, Qt::NoModifier, start);
        for (const int step : {8, 20, 40, 60}) {
            const QPoint at = start + QPoint(step, 0);
            QMouseEvent move(QEvent::MouseMove, at, from->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(from, &move);
        }
        const QPoint end = to();
        for (const QPoint &global : {end - QPoint(4, 0), end}) {
            QMouseEvent move(QEvent::MouseMove, from->mapFromGlobal(global), global, Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(from, &move);
        }
        QMouseEvent release(QEvent::MouseButtonRelease, from->mapFromGlobal(end), end, Qt::LeftButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(from, &release);
    }
    /// The middle of the rail's second time, as soon as it has times.
    QPoint secondTime()
    {
        auto *list = find<QListWidget>("slot.rail.times");
        if (!list || !QTest::qWaitFor([list] { return list->isVisible() && list->count() > 1; }, 20'000)) {
            qWarning() << "rail:" << list << (list ? find<QLabel>("slot.rail.nothing")->text() : QString()) << (list && find<QWidget>("slot.rail")->isVisible());
            return {};
        }
        m_wanted = list->item(1)->text().section(u'\n', 0, 0);
        return list->viewport()->mapToGlobal(list->visualItemRect(list->item(1)).center());
    }
    void dropOpensTheSheetThere()
    {
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("booking.confirmStrip") && find<QWidget>("booking.confirmStrip")->isVisible(), 20'000);
        const QString when = find<QLabel>("booking.when")->text();
        QVERIFY2(when.startsWith(m_wanted), qPrintable(when + u" / "_s + m_wanted));
        QVERIFY(!find<QWidget>("slot.rail")->isVisible());
        QCOMPARE(posts(), 0);
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, 20'000);
    }
    QString m_wanted;

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<test::WindowRun>();
        m_run->options.practiceArguments.append(u"--record"_s);
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        m_run->window()->resize(1440, 900);
        QVERIFY(m_run->waitForRows());
        m_run->control("POST", u"quiet"_s, {{u"quiet"_s, true}}); // nobody answers by themselves
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    void cleanup() { m_run.reset(); }

    void anAnswerToAnOfferIsProposedAndNeverBookedByItself()
    {
        QCOMPARE(offerThree().size(), 3);
        theyWrite(u"The second one please"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shown("thread.times.book"), 30'000);
        QVERIFY(find<QLabel>("thread.times.text")->text().contains(u"still free"_s));
        QCOMPARE(posts(), 0);
        QTest::mouseClick(shown("thread.times.book"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("booking.confirmStrip") && find<QWidget>("booking.confirmStrip")->isVisible(), 20'000);
        QCOMPARE(posts(), 0); // opened, not booked
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("thread.times")->isVisible(), 20'000);
    }
    void anAnswerThatMeansSomethingElseIsPutAside()
    {
        QCOMPARE(offerThree().size(), 3);
        theyWrite(u"2"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shown("thread.times.leave"), 30'000);
        QTest::mouseClick(shown("thread.times.leave"), Qt::LeftButton);
        QVERIFY(!find<QWidget>("thread.times")->isVisible());
        theyWrite(u"the first"_s); // another answer is another question
        QTRY_VERIFY_WITH_TIMEOUT(shown("thread.times.book"), 30'000);
    }
    void aTimeThatIsGoneOffersThreeOthers()
    {
        QCOMPARE(offerThree().size(), 3);
        // Everything is taken for four weeks.
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        m_run->control("POST", u"book"_s, {{u"start"_s, now}, {u"end"_s, now + 20LL * 86'400'000}});
        theyWrite(u"number 3 works"_s);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("thread.times.text")->text().contains(u"taken by now"_s), 90'000);
        QVERIFY(!shown("thread.times.book"));
        QCOMPARE(posts(), 0);
    }
    void whoAsksForATimeIsShownTheNextFree()
    {
        theyWrite(u"When can we meet this week?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shown("thread.times.1") && shown("thread.times.offer"), 30'000);
        const QString when = shown("thread.times.1")->text();
        QTest::mouseClick(shown("thread.times.1"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("booking.when") && find<QLabel>("booking.when")->isVisible(), 20'000);
        QVERIFY(find<QLabel>("booking.when")->text().startsWith(when));
        QTest::keyClick(times(), Qt::Key_Escape);
        // Three of them as a text, which nobody sends but the person.
        QTest::mouseClick(shown("thread.times.offer"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->text()->toPlainText().contains(u"your time."_s), 10'000);
        QVERIFY(!find<QWidget>("thread.times")->isVisible());
    }
    void theSheetOpensWithTimesThatWereReadAhead()
    {
        // The thread is open, so the times of the usual calendar come by themselves.
        const auto asked = [this] { return m_run->asked(u"*/free-slots"_s); };
        QVERIFY(openSheet());
        QTest::keyClick(times(), Qt::Key_Escape);
        const int before = asked();
        QVERIFY(before > 0);
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_B, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(sheetIsOpen(), 2'000);
        QCOMPARE(asked(), before);
    }
    void aConversationIsDroppedOnAFreeTime()
    {
        auto *view = m_run->list();
        const QRect row = view->visualRect(view->currentIndex());
        carry(view->viewport(), row.center() - QPoint(60, 0), [this] { return secondTime(); });
        dropOpensTheSheetThere();
    }
    void aContactIsDroppedOnAFreeTime()
    {
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_5, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<QTableView>("contacts.table") && find<QTableView>("contacts.table")->isVisible()
                                     && find<QTableView>("contacts.table")->model()->rowCount() > 5, 20'000);
        auto *table = find<QTableView>("contacts.table");
        const QModelIndex index = table->model()->index(2, 0);
        QTRY_VERIFY_WITH_TIMEOUT(!index.data().toString().isEmpty(), 10'000);
        carry(table->viewport(), table->visualRect(index).center() - QPoint(40, 0), [this] { return secondTime(); });
        dropOpensTheSheetThere();
    }
    void aDealIsDroppedOnAFreeTimeAndStaysInItsStage()
    {
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_3, Qt::ControlModifier);
        auto *page = [this] { return find<gui::PipelinePage>("pipeline.page"); }();
        QTRY_VERIFY_WITH_TIMEOUT(m_run->window()->findChild<gui::PipelinePage *>() != nullptr, 10'000);
        page = m_run->window()->findChild<gui::PipelinePage *>();
        QListView *cards = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT([&] {
            const auto lists = page->findChildren<QListView *>();
            for (QListView *list : lists) {
                if (list->isVisible() && list->objectName().startsWith("pipeline.column."_L1) && list->model()->rowCount() > 0)
                    cards = list;
            }
            return cards != nullptr;
        }(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!cards->model()->index(0, 0).data(models::ColumnModel::KeyRole).isNull()
                                     && page->model()->row(cards->model()->index(0, 0).data(models::ColumnModel::KeyRole).toLongLong()), 20'000);
        const int before = cards->model()->rowCount();
        carry(cards->viewport(), cards->visualRect(cards->model()->index(0, 0)).center(), [this] { return secondTime(); });
        dropOpensTheSheetThere();
        QCOMPARE(cards->model()->rowCount(), before);
    }
    void escapePutsACarriedLeadBack()
    {
        auto *view = m_run->list();
        const QPoint start = view->visualRect(view->currentIndex()).center() - QPoint(60, 0);
        QTest::mousePress(view->viewport(), Qt::LeftButton, Qt::NoModifier, start);
        const QPoint at = start + QPoint(60, 0);
        QMouseEvent move(QEvent::MouseMove, at, view->viewport()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view->viewport(), &move);
        QVERIFY(find<QWidget>("slot.rail")->isVisible());
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(!find<QWidget>("slot.rail")->isVisible());
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, Qt::NoModifier, at);
        QVERIFY(!find<QWidget>("booking.panel") || !find<QWidget>("booking.panel")->isVisible());
    }
    void aNoteIsWrittenChangedAndRemovedOnAnAppointment()
    {
        QVERIFY(openSheet());
        const auto slot = static_cast<models::SlotsModel *>(times()->model())->nth(1).data(models::SlotsModel::SlotRole).value<Slot>();
        QTest::keyClick(times(), Qt::Key_1);
        QTest::keyClick(find<QPushButton>("booking.confirm"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, 20'000);
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<gui::CalendarView>("calendar.view") && find<gui::CalendarView>("calendar.view")->isVisible(), 10'000);
        auto *view = find<gui::CalendarView>("calendar.view");
        auto *events = static_cast<models::CalendarModel *>(view->model());
        view->setDate(slot.start.toLocalTime().date());
        int row = -1;
        QTRY_VERIFY_WITH_TIMEOUT([&] {
            for (row = events->rowCount() - 1; row >= 0; --row) {
                const EventRow &event = events->row(row);
                if (event.event.start == slot.start && event.event.contact == lead() && !event.event.id.isEmpty() && !event.event.id.isLocal())
                    return true;
            }
            return false;
        }(), 20'000);
        view->setCurrentIndex(events->index(row));
        auto *entry = find<QPlainTextEdit>("event.notes.entry");
        QTRY_VERIFY(entry && entry->isVisible());
        entry->setFocus();
        QTest::keyClicks(entry, u"Bring the plan"_s);
        QTest::keyClick(entry, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("event.note1") && find<QLabel>("event.note1")->text() == u"Bring the plan"_s, 10'000);
        const auto asked = [this](const QString &method) {
            int count = 0;
            const auto entries = m_run->control("GET", u"ledger"_s).value("entries"_L1).toArray();
            for (const auto &one : entries)
                count += one[u"method"_s].toString() == method && one[u"path"_s].toString().contains("/calendars/appointments/"_L1) ? 1 : 0;
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(asked(u"POST"_s), 1, 20'000);
        // In place: the menu of the note, other words, saved by the same key.
        const auto menu = [this](int action) {
            QTest::mouseClick(find<QToolButton>("event.note1.more"), Qt::LeftButton);
            auto *open = m_run->window()->findChild<QMenu *>(u"event.note.menu"_s);
            QVERIFY(open);
            open->actions().at(action)->trigger();
            open->close();
        };
        menu(0);
        QCOMPARE(entry->toPlainText(), u"Bring the plan"_s);
        entry->setPlainText(u"Bring two plans"_s);
        QTest::keyClick(entry, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("event.note1") && find<QLabel>("event.note1")->text() == u"Bring two plans"_s, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(asked(u"PUT"_s), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->window()->findChild<QMenu *>(u"event.note.menu"_s) == nullptr, 5'000);
        menu(1);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QLabel>("event.note1"), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(asked(u"DELETE"_s), 1, 20'000);
    }
    void theSmallMonthLeadsToADay()
    {
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<gui::CalendarView>("calendar.view") && find<gui::CalendarView>("calendar.view")->isVisible(), 10'000);
        auto *view = find<gui::CalendarView>("calendar.view");
        auto *days = find<QTableView>("calendar.mini.days");
        const QHeaderView *letters = days->horizontalHeader();
        for (int i = 0; i < letters->count(); ++i) {
            const QString letter = days->model()->headerData(i, Qt::Horizontal).toString();
            const int room = letters->sectionSize(i) - 2 * letters->style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, letters);
            QVERIFY2(room >= letters->fontMetrics().horizontalAdvance(letter), qPrintable(letter));
        }
        QVERIFY(days->isVisible());
        auto *model = static_cast<gui::MonthModel *>(days->model());
        QTRY_VERIFY_WITH_TIMEOUT([&] { // the practice account has appointments around today
            for (int cell = 0; cell < 42; ++cell) {
                if (model->index(cell / 7, cell % 7).data(gui::MonthModel::BusyRole).toInt() > 0)
                    return true;
            }
            return false;
        }(), 20'000);
        const QString month = find<QLabel>("calendar.mini.month")->text();
        QTest::keyClick(days, Qt::Key_PageDown);
        QVERIFY(find<QLabel>("calendar.mini.month")->text() != month);
        const QDate wanted = model->month().addDays(14);
        QTest::mouseClick(days->viewport(), Qt::LeftButton, Qt::NoModifier, days->visualRect(model->indexOf(wanted)).center());
        QVERIFY(view->firstDay() <= wanted && wanted < view->firstDay().addDays(view->days()));
        QVERIFY(model->indexOf(wanted).data(gui::MonthModel::ShownRole).toBool());
        // Where the hours need the room it is not there.
        m_run->window()->resize(900, 700);
        QTRY_VERIFY(!days->isVisible());
    }
    void inANarrowWindowAnAppointmentTakesThePlaceOfTheHours()
    {
        QTest::keyClick(m_run->window()->focusWidget(), Qt::Key_4, Qt::ControlModifier);
        auto *view = find<gui::CalendarView>("calendar.view");
        auto *card = find<QWidget>("event.card");
        m_run->window()->resize(800, 700);
        QTRY_VERIFY_WITH_TIMEOUT(view->isVisible() && view->width() < 780 && view->model()->rowCount() > 1, 20'000);
        view->setFocus();
        view->setCurrentIndex(view->model()->index(0, 0));
        view->setCurrentIndex(view->model()->index(1, 0));
        QVERIFY(!card->isVisible()); // walking over them shows none
        QTest::keyClick(view, Qt::Key_Return);
        QVERIFY(card->isVisible() && !view->isVisible());
        QTRY_VERIFY(card->width() > 600);
        QVERIFY(card->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!card->isVisible() && view->isVisible());
        QCOMPARE(QApplication::focusWidget(), view);
        // There is room again: both are seen.
        const auto canBeClicked = [view](int row) { // an event over several days has its middle elsewhere
            const QModelIndex index = view->model()->index(row, 0);
            view->scrollTo(index);
            return view->indexAt(view->visualRect(index).center()) == index;
        };
        int row = 0;
        while (row < view->model()->rowCount() && !canBeClicked(row))
            ++row;
        QVERIFY2(row < view->model()->rowCount(), "the practice account has an appointment in this week");
        QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::NoModifier, view->visualRect(view->model()->index(row, 0)).center());
        QVERIFY(card->isVisible() && !view->isVisible());
        m_run->window()->resize(1440, 900);
        QTRY_VERIFY(view->isVisible() && card->isVisible() && card->width() < 400);
    }
};

QTEST_MAIN(TestTimesWindow)
#include "tst_times_window.moc"
