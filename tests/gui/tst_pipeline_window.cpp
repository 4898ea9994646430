// SPDX-License-Identifier: GPL-3.0-or-later
#include "boardrun.h"

#include "gui/dealdialog.h"
#include "gui/dealpanel.h"
#include "gui/emptystate.h"
#include "gui/toast.h"
#include "gui/work.h"
#include "models/desk.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QInputDialog>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// A day on the board: with the mouse, with the keyboard, offline, and with a colleague who moves cards too.
class TestPipelineWindow : public QObject
{
    Q_OBJECT
    std::unique_ptr<BoardRun> m_run;
    std::vector<std::unique_ptr<QAbstractItemModelTester>> m_testers;

    sync::Engine *engine() const { return m_run->engine(); }
    gui::BoardView *board() const { return m_run->board(); }
    gui::PipelinePage *page() const { return m_run->page(); }
    gui::DealList *list(int column) const { return m_run->list(column); }
    models::BoardModel *model() const { return m_run->model(); }
    qint64 keyAt(int column, int row = 0) const { return model()->column(column)->keyAt(row); }
    std::optional<DealRow> stored(qint64 key) const
    {
        const auto found = m_run->rows({key});
        return found.isEmpty() ? std::nullopt : std::optional(found.first());
    }
    StageId stage(int column) const { return m_run->stage(column); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QVERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void toCard(int column)
    {
        QTRY_VERIFY(!model()->isRefilling()); // else it would be a card of what was shown before
        QVERIFY(m_run->toCard(column));
    }
    void showStatus(int index)
    {
        m_run->find<QComboBox>("pipeline.status")->setCurrentIndex(index);
        Q_EMIT m_run->find<QComboBox>("pipeline.status")->activated(index);
    }
    void choose(const char *name, const QString &words) { QVERIFY(m_run->choose(name, words)); }
    /// As a hand does it: down on the card, over to the other column, up. y below 0: from the column's lower end, which
    /// rises when the free times show themselves below the board.
    void drag(int from, const QPoint &to, gui::DealList *over)
    {
        auto *start = list(from)->viewport();
        const QPoint grip = list(from)->visualRect(model()->column(from)->index(0, 0)).center();
        QTest::mousePress(start, Qt::LeftButton, {}, grip);
        const auto target = [&] { return start->mapFromGlobal(over->viewport()->mapToGlobal(QPoint(to.x(), to.y() < 0 ? over->viewport()->height() + to.y() : to.y()))); };
        for (int step = 1; step <= 8; ++step) {
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            const QPoint at = grip + (target() - grip) * step / 8;
            QMouseEvent move(QEvent::MouseMove, at, start->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(start, &move);
        }
        QTest::mouseRelease(start, Qt::LeftButton, {}, target());
    }
    /// The server's word for where a deal is.
    QString onServer(const OpportunityId &id)
    {
        const auto read = test::await(engine()->refreshDeal(id));
        const auto row = test::await(engine()->cache().deal(engine()->account()->location, id));
        return read && row && *row ? (*row)->base.stage.value : QString();
    }
    bool confirmed(qint64 key, const StageId &stage)
    {
        return QTest::qWaitFor([&] {
            const auto row = stored(key);
            return row && row->mark == DealMark::None && row->base.stage == stage;
        }, 15'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<BoardRun>();
        if (!QFile::exists(m_run->options.practiceProgram))
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->openBoard(120));
        const auto reasons = [this] { return m_run->window()->findChild<models::Desk *>()->reference().lostReasons.has_value(); };
        QTRY_VERIFY_WITH_TIMEOUT(reasons(), 20'000); // what is asked of a lost deal
        for (int i = 0; i < model()->columnCount(); ++i)
            m_testers.push_back(std::make_unique<QAbstractItemModelTester>(model()->column(i), QAbstractItemModelTester::FailureReportingMode::QtTest));
    }
    void init()
    {
        if (!m_run || !m_run->app)
            QSKIP("The practice server is not built.");
        engine()->setWorkOffline(false);
        m_run->find<QLineEdit>("pipeline.filter")->clear(); // one failure is enough
        if (m_run->find<QComboBox>("pipeline.status")->currentIndex() != 0)
            showStatus(0);
        QTRY_VERIFY(model()->column(0)->rowCount() > 2 && model()->column(1)->rowCount() > 0);
    }
    void cleanup()
    {
        m_run->closeDialogs();
    }
    void cleanupTestCase()
    {
        m_testers.clear();
        m_run.reset();
    }

    void everyStageIsAListThatSaysItsNameAndWholeSentences()
    {
        QCOMPARE(list(0)->objectName(), u"pipeline.column."_s + stage(0).value);
        QVERIFY2(list(0)->accessibleName().startsWith(u"New lead, "_s), qPrintable(list(0)->accessibleName()));
        QTRY_VERIFY(model()->row(keyAt(0)));
        const QString sentence = model()->column(0)->index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(sentence.contains(u"New lead"_s) && sentence.contains(u"in this stage"_s), qPrintable(sentence));
    }

    void theHandDropsACardAndHighLevelHasIt()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        const int before = model()->sum(2).deals;
        const double left = model()->sum(0).value;
        const double value = model()->row(key)->deal.value.value_or(0);
        drag(0, {40, 60}, list(2));
        QCOMPARE(model()->columnWith(key), 2); // at once: nothing has been stored yet
        QCOMPARE(model()->sum(2).deals, before + 1);
        QCOMPARE(model()->sum(0).value, left - value);
        QVERIFY(confirmed(key, stage(2)));
        QCOMPARE(model()->columnWith(key), 2);
        QCOMPARE(onServer(stored(key)->deal.id), stage(2).value);
    }

    void belowTheLastCardAndOnAFilteredEmptyColumnIsADropToo()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        drag(0, QPoint(40, -10), list(4));
        QCOMPARE(model()->columnWith(key), 4);
        QCOMPARE(m_run->window()->centralWidget()->layout()->contentsMargins().bottom(), 0); // the room for free times is given back
        QVERIFY(confirmed(key, stage(4)));
        // The name is that of one deal alone: the other columns are empty.
        QTRY_VERIFY(model()->row(key));
        m_run->find<QLineEdit>("pipeline.filter")->setText(model()->row(key)->deal.name);
        QTRY_VERIFY(model()->column(5)->rowCount() == 0 && model()->columnWith(key) == 4);
        QTRY_VERIFY(model()->hiddenByFilter() > 0);
        QVERIFY(m_run->find<QLabel>("pipeline.hidden")->isVisible());
        list(4)->setCurrentIndex(model()->column(4)->index(0, 0));
        drag(4, {40, 200}, list(5));
        QCOMPARE(model()->columnWith(key), 5);
        QVERIFY(confirmed(key, stage(5)));
        m_run->find<QLineEdit>("pipeline.filter")->clear();
        QTRY_COMPARE(model()->hiddenByFilter(), 0);
    }

    void aCardThatIsLetGoBesideTheBoardStaysWhereItWas()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        drag(0, {-4'000, -4'000}, list(0));
        QCOMPARE(model()->columnWith(key), 0);
        QCOMPARE(stored(key)->mark, DealMark::None);
    }

    void arrowsWalkAndCtrlArrowsMoveAndCtrlZTakesBack()
    {
        toCard(0);
        press(Qt::Key_Right);
        QCOMPARE(QApplication::focusWidget(), list(1));
        press(Qt::Key_Left);
        QCOMPARE(QApplication::focusWidget(), list(0));
        toCard(0);
        const qint64 key = keyAt(0);
        press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(model()->columnWith(key), 1);
        QCOMPARE(QApplication::focusWidget(), list(1)); // it goes along
        QCOMPARE(board()->currentKey(), key);
        QTRY_VERIFY(m_run->window()->toast()->message().startsWith(u"Moved to Contacted"_s));
        QVERIFY(confirmed(key, stage(1)));
        m_run->window()->work()->undoList().undo();
        QTRY_COMPARE(model()->columnWith(key), 0);
        QVERIFY(confirmed(key, stage(0)));
        board()->goTo(key);
        press(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(model()->columnWith(key), 5);
        QVERIFY(confirmed(key, stage(5)));
    }

    void spaceLiftsArrowsAimSpaceDropsEscapePutsBack()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        press(Qt::Key_Space);
        QVERIFY(board()->isLifted());
        press(Qt::Key_Right);
        press(Qt::Key_Right);
        QCOMPARE(model()->columnWith(key), 0); // not before it is dropped
        press(Qt::Key_Escape);
        QVERIFY(!board()->isLifted());
        QCOMPARE(model()->columnWith(key), 0);
        board()->goTo(key);
        press(Qt::Key_Space);
        press(Qt::Key_Right);
        press(Qt::Key_Space);
        QCOMPARE(model()->columnWith(key), 1);
        QVERIFY(confirmed(key, stage(1)));
    }

    void mAndTheBeginningOfAStageMoves()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        press(Qt::Key_M);
        choose("pipeline.stages", u"under"_s);
        QCOMPARE(model()->columnWith(key), 4);
        QVERIFY(confirmed(key, stage(4)));
    }

    void wonLostAndTheReason()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        press(Qt::Key_L);
        choose("pipeline.lost", u"Bad"_s);
        QTRY_COMPARE(model()->columnWith(key), -1); // the board shows open ones
        QTRY_VERIFY_WITH_TIMEOUT(stored(key)->base.status == DealStatus::Lost && stored(key)->mark == DealMark::None, 20'000);
        QVERIFY(!stored(key)->deal.lostReason.isEmpty());
        showStatus(2);
        QTRY_VERIFY(model()->columnWith(key) >= 0);
        m_run->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        board()->goTo(key);
        press(Qt::Key_O); // once: the row that the board kept still says that it is open
        QTRY_COMPARE_WITH_TIMEOUT(stored(key)->base.status, DealStatus::Open, 20'000);
        showStatus(0);
        QTRY_VERIFY(model()->columnWith(key) >= 0);
    }

    void aKeyThatIsFasterThanTheCardsIsAboutTheCardsThatCome()
    {
        toCard(0);
        const qint64 before = board()->currentKey();
        qint64 came = 0;
        const auto watching = connect(model(), &models::BoardModel::refilled, this, [&] {
            if (!came)
                came = board()->currentKey();
        });
        showStatus(2); // the lost ones
        press(Qt::Key_O);
        QVERIFY(model()->isRefilling());
        QTRY_VERIFY(came != 0);
        disconnect(watching);
        QVERIFY(came != before);
        QTRY_COMPARE_WITH_TIMEOUT(stored(came)->base.status, DealStatus::Open, 20'000);
        QCOMPARE(stored(before)->mark, DealMark::None);
        showStatus(0);
        QTRY_VERIFY(model()->columnWith(came) >= 0);
    }

    void theKeyAfterEnterInTheFilterIsAboutWhatWasTyped()
    {
        toCard(2);
        const qint64 key = keyAt(2);
        auto *filter = m_run->find<QLineEdit>("pipeline.filter");
        toCard(0);
        press(Qt::Key_F);
        QCOMPARE(QApplication::focusWidget(), filter);
        filter->setText(model()->row(key)->deal.name);
        QTest::keyClick(filter, Qt::Key_Return);
        press(Qt::Key_Return); // opens the card
        QTRY_VERIFY(m_run->find<gui::DealPanel>("deal.page") && m_run->find<gui::DealPanel>("deal.page")->isVisible());
        QCOMPARE(m_run->find<gui::DealPanel>("deal.page")->row().key, key);
        QCOMPARE(model()->columnWith(key), 2);
        m_run->find<QToolButton>("deal.page.close")->click();
    }

    void twoClicksOpenACardAndTheOtherButtonSaysWhatCanBeDone()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        const QPoint at = list(0)->visualRect(model()->column(0)->index(0, 0)).center();
        QTest::mouseClick(list(0)->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(list(0)->viewport(), Qt::LeftButton, {}, at);
        QTRY_VERIFY(m_run->find<gui::DealPanel>("deal.page") && m_run->find<gui::DealPanel>("deal.page")->isVisible());
        QCOMPARE(m_run->find<gui::DealPanel>("deal.page")->row().key, key);
        m_run->find<QToolButton>("deal.page.close")->click();
        QContextMenuEvent other(QContextMenuEvent::Mouse, at, list(0)->viewport()->mapToGlobal(at));
        QApplication::sendEvent(list(0)->viewport(), &other);
        QTRY_VERIFY(m_run->find<QMenu>("pipeline.deal.menu"));
        auto *menu = m_run->find<QMenu>("pipeline.deal.menu");
        QVERIFY(!menu->findChild<QAction *>(u"pipeline.deal.reopen"_s)); // it is open
        auto *abandoned = menu->findChild<QAction *>(u"pipeline.deal.abandoned"_s);
        QVERIFY(abandoned);
        abandoned->trigger();
        menu->close();
        QTRY_COMPARE_WITH_TIMEOUT(stored(key)->base.status, DealStatus::Abandoned, 20'000);
        m_run->window()->work()->undoList().undo();
        QTRY_COMPARE_WITH_TIMEOUT(stored(key)->base.status, DealStatus::Open, 20'000);
        // Beside the cards it is the menu of the stage, as before.
        QContextMenuEvent beside(QContextMenuEvent::Mouse, {10, 10}, board()->column(0)->mapToGlobal(QPoint(10, 10)));
        QApplication::sendEvent(board()->column(0), &beside);
        QVERIFY(m_run->find<QMenu>("pipeline.menu"));
        m_run->find<QMenu>("pipeline.menu")->close();
    }

    void vAsksWhatItIsWorth()
    {
        toCard(1);
        const qint64 key = keyAt(1);
        press(Qt::Key_V);
        auto *dialog = m_run->find<QInputDialog>("pipeline.value");
        QVERIFY(dialog);
        dialog->setTextValue(u"12,345"_s);
        dialog->accept();
        QTRY_COMPARE_WITH_TIMEOUT(stored(key)->base.value.value_or(0), 12345.0, 20'000);
    }

    void nMakesADealInThisStage()
    {
        toCard(1);
        const int before = model()->sum(1).deals;
        press(Qt::Key_N);
        auto *dialog = m_run->find<gui::DealDialog>("deal.new");
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QComboBox *>(u"deal.new.stage"_s)->currentText(), u"Contacted"_s);
        // Somebody who has no deal here yet.
        const auto contacts = test::await(engine()->cache().contactSpine(engine()->account()->location, {}, store::ContactSort::Name));
        QString who;
        for (const qint64 contact : contacts->keys) {
            const auto row = test::await(engine()->cache().contactRows({contact}))->first();
            if (who.isEmpty() && test::await(engine()->cache().dealsOf(engine()->account()->location, row.contact.id))->isEmpty())
                who = row.contact.phone;
        }
        QVERIFY(!who.isEmpty());
        auto *field = dialog->findChild<QLineEdit *>(u"deal.new.contact"_s);
        dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QTRY_COMPARE(QApplication::focusWidget(), field);
        QTest::keyClicks(field, who);
        QTRY_VERIFY(dialog->findChild<QListWidget *>(u"deal.new.found"_s)->count() > 0);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(!dialog->findChild<QLineEdit *>(u"deal.new.name"_s)->text().isEmpty());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"deal.new.value"_s), u"700"_s);
        dialog->findChild<QPushButton *>(u"deal.new.keep"_s)->click();
        QTRY_COMPARE(model()->sum(1).deals, before + 1);
        const qint64 key = keyAt(1);
        QTRY_VERIFY_WITH_TIMEOUT(stored(keyAt(1)) && !stored(keyAt(1))->deal.id.isLocal(), 15'000);
        QCOMPARE(stored(key)->deal.value.value_or(0), 700.0);
    }

    void offlineTheMoveWaitsAndLeavesLater()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        engine()->setWorkOffline(true);
        press(Qt::Key_Right, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(stored(key)->mark, DealMark::Waiting, 20'000);
        QCOMPARE(model()->columnWith(key), 1);
        engine()->setWorkOffline(false);
        QVERIFY(confirmed(key, stage(1)));
    }

    void aColleagueWhoWasFasterIsShownAndThePersonDecides()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        const OpportunityId id = stored(key)->deal.id;
        engine()->setWorkOffline(true);
        press(Qt::Key_Right, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(stored(key)->mark, DealMark::Waiting, 20'000);
        m_run->control("POST", u"deal"_s, {{u"opportunityId"_s, id.value}, {u"stageId"_s, stage(3).value}});
        engine()->setWorkOffline(false);
        auto *strip = page()->findChild<gui::Strip *>(u"pipeline.problem"_s);
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), 15'000);
        QVERIFY2(strip->sentence().contains(u"Offer made"_s), qPrintable(strip->sentence()));
        QTRY_COMPARE(model()->columnWith(key), 3); // theirs is shown
        QCOMPARE(stored(key)->mark, DealMark::Conflict);
        Q_EMIT strip->acted(); // keep theirs
        QTRY_VERIFY(!strip->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(stored(key)->mark, DealMark::None, 20'000);
        QCOMPARE(onServer(id), stage(3).value);
    }

    void aRefusedMoveGoesBackWithTheReason()
    {
        toCard(0);
        const qint64 key = keyAt(0);
        m_run->control("POST", u"faults"_s, {{u"match"_s, u"PUT /opportunities/*"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 403}});
        press(Qt::Key_Right, Qt::ControlModifier);
        auto *strip = page()->findChild<gui::Strip *>(u"pipeline.problem"_s);
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), 15'000);
        QTRY_COMPARE(model()->columnWith(key), 0);
        QCOMPARE(stored(key)->mark, DealMark::Refused);
        Q_EMIT strip->acted();
        QTRY_VERIFY(!strip->isVisible());
    }

    void foldedColumnsStayFoldedAndTheOtherPipelineHasItsOwn()
    {
        page()->findChild<QToolButton *>(u"pipeline.fold."_s + stage(5).value)->click();
        QVERIFY(board()->column(5)->folded());
        QCOMPARE(board()->column(5)->width(), gui::px(40));
        page()->findChild<QToolButton *>(u"pipeline.fold."_s + stage(5).value)->click();
        toCard(0);
        press(Qt::Key_P);
        choose("pipeline.choice", u"rec"_s);
        QTRY_COMPARE(board()->columnCount(), 5);
        QCOMPARE(model()->columnName(0), u"Applied"_s);
    }

    void aFilterThatHidesAllSaysSoAndClears()
    {
        m_run->find<QLineEdit>("pipeline.filter")->setText(u"nobody has this name"_s);
        auto *empty = page()->findChild<gui::EmptyState *>(u"pipeline.empty"_s);
        QTRY_VERIFY(empty->isVisible());
        Q_EMIT empty->activated();
        QTRY_VERIFY(!empty->isVisible());
        QVERIFY(model()->total().deals > 0);
    }
};

QTEST_MAIN(TestPipelineWindow)
#include "tst_pipeline_window.moc"
