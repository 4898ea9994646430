// SPDX-License-Identifier: GPL-3.0-or-later
#include "boardrun.h"

#include "gui/dealbar.h"
#include "gui/dealcard.h"
#include "gui/work.h"
#include "models/stagerules.h"

#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Many deals at once, what a stage wants of those that come to it, and how high a card is.
class TestDealSelect : public QObject
{
    Q_OBJECT
    std::unique_ptr<BoardRun> m_run;

    sync::Engine *engine() const { return m_run->engine(); }
    gui::PipelinePage *page() const { return m_run->page(); }
    gui::BoardView *board() const { return m_run->board(); }
    models::BoardModel *model() const { return m_run->model(); }
    models::StageRules *rules() const { return page()->findChild<models::StageRules *>(); }
    gui::DealList *list(int column) const { return m_run->list(column); }
    gui::DealBar *bar() const { return m_run->find<gui::DealBar>("pipeline.bar"); }
    QPushButton *button(const char *name) const { return m_run->find<QPushButton>(name); }
    QVector<DealRow> rows(const QVector<qint64> &keys) const { return m_run->rows(keys); }
    bool all(const QVector<qint64> &keys, const std::function<bool(const DealRow &)> &holds) const
    {
        const auto found = rows(keys);
        return found.size() == keys.size() && std::all_of(found.cbegin(), found.cend(), holds);
    }
    bool arrived(const QVector<qint64> &keys, const std::function<bool(const Opportunity &)> &holds) const
    {
        return QTest::qWaitFor([&] { return all(keys, [&](const DealRow &row) { return row.mark == DealMark::None && holds(row.base); }); }, 20'000);
    }
    QVector<qint64> first(int column, int count) const { return model()->column(column)->keys().mid(0, count); }
    void toCard(int column) { QVERIFY(m_run->toCard(column)); }
    void click(int column, int row, Qt::KeyboardModifiers modifiers)
    {
        list(column)->scrollTo(model()->column(column)->index(row, 0));
        QTest::mouseClick(list(column)->viewport(), Qt::LeftButton, modifiers, list(column)->visualRect(model()->column(column)->index(row, 0)).center());
    }
    void undo() { QVERIFY(m_run->undo()); }
    void choose(const char *name, const QString &words) { QVERIFY(m_run->choose(name, words)); }
    void setRule(int column, const models::StageRule &rule)
    {
        QTRY_VERIFY(rules()->isLoaded());
        rules()->setRule(model()->column(column)->stage(), rule);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<BoardRun>();
        if (!QFile::exists(m_run->options.practiceProgram))
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->openBoard());
        const auto reasons = [this] {
            const auto data = test::await(engine()->cache().reference(engine()->account()->location));
            return data && data->lostReasons && !data->lostReasons->isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(reasons(), 20'000);
    }
    void init()
    {
        if (!m_run || !m_run->app)
            QSKIP("The practice server is not built.");
        engine()->setWorkOffline(false);
        model()->clearTicks();
    }
    void cleanup()
    {
        m_run->closeDialogs();
        for (int i = 0; i < model()->columnCount(); ++i) {
            if (rules()->isLoaded())
                rules()->setRule(model()->column(i)->stage(), {});
        }
    }
    void cleanupTestCase() { m_run.reset(); }

    void controlAndShiftClicksTickAndSaySo()
    {
        toCard(0);
        click(0, 0, Qt::ControlModifier);
        click(0, 2, Qt::ShiftModifier);
        const QVector<qint64> three = first(0, 3);
        QCOMPARE(model()->ticked(), three);
        QVERIFY(bar()->isVisible());
        QVERIFY(m_run->find<QLabel>("pipeline.bar.count")->text().startsWith(u"3 ticked"_s));
        QVERIFY(model()->column(0)->index(1, 0).data(Qt::AccessibleTextRole).toString().startsWith(u"Ticked: "_s));
        click(0, 1, Qt::ControlModifier);
        QCOMPARE(model()->ticked().size(), 2);
        toCard(1);
        click(1, 0, Qt::ControlModifier); // in another column as well
        QCOMPARE(model()->ticked().size(), 3);
        m_run->find<QToolButton>("pipeline.bar.clear")->click();
        QVERIFY(model()->ticked().isEmpty());
        QVERIFY(!bar()->isVisible());
    }

    void withTheKeysXTicksAndGoesOnAndControlAIsTheWholeStage()
    {
        toCard(0);
        QTest::keyClick(list(0), Qt::Key_X);
        QTest::keyClick(list(0), Qt::Key_X);
        QCOMPARE(model()->ticked(), first(0, 2));
        QCOMPARE(list(0)->currentIndex().row(), 2);
        QTest::keyClick(list(0), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(model()->ticked(), model()->column(0)->keys());
    }

    void manyMoveAtOnceWithARecordEachAndOneUndo()
    {
        toCard(0);
        const QVector<qint64> three = first(0, 3);
        const StageId from = model()->column(0)->stage(), to = model()->column(3)->stage();
        model()->tick(three, true);
        QTest::keyClick(list(0), Qt::Key_M);
        choose("pipeline.stages", u"offer"_s);
        QTRY_COMPARE(model()->columnWith(three.at(2)), 3);
        QVERIFY(arrived(three, [&](const Opportunity &deal) { return deal.stage == to; }));
        QVERIFY(model()->ticked().isEmpty());
        for (const DealRow &row : rows(three))
            QCOMPARE(m_run->taken(u"PUT"_s, u"/opportunities/"_s + row.deal.id.value, to.value), 1);
        undo();
        QVERIFY(arrived(three, [&](const Opportunity &deal) { return deal.stage == from; }));
    }

    void carryingATickedCardTakesTheOthersAlong()
    {
        toCard(1);
        const QVector<qint64> two = first(1, 2);
        model()->tick(two, true);
        const StageId to = model()->column(4)->stage();
        Q_EMIT board()->moveWanted(two.first(), 4);
        QVERIFY(arrived(two, [&](const Opportunity &deal) { return deal.stage == to; }));
    }

    void ownerWonAndLostAreForAllOfThemAndComeBack()
    {
        toCard(0);
        QVector<qint64> keys = first(0, 3);
        const QStringList owners = [&] {
            QStringList before;
            for (const DealRow &row : rows(keys))
                before.append(row.base.assignedTo.value);
            return before;
        }();
        model()->tick(keys, true);
        button("pipeline.bar.owner")->click();
        choose("pipeline.owners", u"priya"_s);
        UserId priya;
        const auto data = test::await(engine()->cache().reference(engine()->account()->location));
        for (const User &user : data->users)
            priya = user.name.startsWith(u"Priya"_s) ? user.id : priya;
        QVERIFY(arrived(keys, [&](const Opportunity &deal) { return deal.assignedTo == priya; }));
        undo();
        QVERIFY(QTest::qWaitFor([&] {
            QStringList now;
            for (const DealRow &row : rows(keys))
                now.append(row.mark == DealMark::None ? row.base.assignedTo.value : u"?"_s);
            return now == owners; // each its own
        }, 20'000));
        model()->tick(keys, true);
        button("pipeline.bar.lost")->click();
        QTRY_VERIFY(m_run->find<gui::Chooser>("pipeline.lost"));
        choose("pipeline.lost", {});
        QVERIFY(arrived(keys, [](const Opportunity &deal) { return deal.status == DealStatus::Lost; }));
        QVERIFY(all(keys, [](const DealRow &row) { return !row.deal.lostReason.isEmpty(); }));
        undo();
        QVERIFY(arrived(keys, [](const Opportunity &deal) { return deal.status == DealStatus::Open; }));
    }

    void deletingManyIsAskedWithItsConsequencesAndCanBeStopped()
    {
        toCard(0);
        const QVector<qint64> two = first(0, 2);
        const auto before = rows(two);
        model()->tick(two, true);
        QTest::keyClick(list(0), Qt::Key_Delete);
        auto *sure = m_run->find<QWidget>("pipeline.bar.sure");
        QTRY_VERIFY(sure->isVisible());
        QVERIFY(sure->findChild<QLabel *>()->text().contains(u"2 deal"_s));
        button("pipeline.bar.keep")->click();
        QVERIFY(!sure->isVisible());
        QCOMPARE(rows(two).size(), 2);
        QTest::keyClick(list(0), Qt::Key_Delete);
        button("pipeline.bar.yes")->click();
        QTRY_VERIFY(model()->columnWith(two.first()) < 0 && model()->columnWith(two.last()) < 0);
        QVERIFY(QTest::qWaitFor([&] { return rows(two).isEmpty(); }, 20'000));
        for (const DealRow &row : before)
            QCOMPARE(m_run->taken(u"DELETE"_s, u"/opportunities/"_s + row.deal.id.value, {}), 1);
    }

    void oneThatIsRefusedHoldsTheOthersNotUp()
    {
        toCard(0);
        const QVector<qint64> three = first(0, 3);
        const auto before = rows(three);
        m_run->control("POST", u"faults"_s, {{u"match"_s, u"PUT /opportunities/"_s + before.at(1).deal.id.value}, {u"kind"_s, u"status"_s}, {u"status"_s, 403}});
        model()->tick(three, true);
        const StageId to = model()->column(2)->stage();
        QTest::keyClick(list(0), Qt::Key_M);
        choose("pipeline.stages", u"viewing"_s);
        QVERIFY(arrived({three.at(0), three.at(2)}, [&](const Opportunity &deal) { return deal.stage == to; }));
        QTRY_COMPARE_WITH_TIMEOUT(rows({three.at(1)}).first().mark, DealMark::Refused, 15'000);
        QTRY_COMPARE(model()->columnWith(three.at(1)), 0); // back, with the reason
        auto *strip = page()->findChild<gui::Strip *>(u"pipeline.problem"_s);
        QTRY_VERIFY(strip->isVisible());
        Q_EMIT strip->acted();
        QTRY_VERIFY(!strip->isVisible());
    }

    void cardsAreLowOrHighAndStaySo()
    {
        toCard(0);
        const int high = list(0)->visualRect(model()->column(0)->index(0, 0)).height();
        QTest::keyClick(list(0), Qt::Key_D);
        QTRY_VERIFY(list(0)->visualRect(model()->column(0)->index(0, 0)).height() < high);
        QVERIFY(board()->dense());
        QVERIFY(!board()->grab().isNull()); // painted once
        QTest::keyClick(list(0), Qt::Key_D);
        QTRY_COMPARE(list(0)->visualRect(model()->column(0)->index(0, 0)).height(), high);
    }

    void onlyMineIsOneKey()
    {
        toCard(0);
        auto *owner = m_run->find<QComboBox>("pipeline.owner");
        QTRY_VERIFY_WITH_TIMEOUT(!engine()->account()->me.isEmpty(), 20'000); // learned with the account
        const UserId me = engine()->account()->me;
        QTest::keyClick(list(0), Qt::Key_I);
        QCOMPARE(owner->currentData().toString(), me.value);
        QTRY_VERIFY(model()->hiddenByFilter() > 0);
        page()->takeFocus();
        page()->run(gui::Command::BoardMine);
        QTRY_COMPARE(model()->hiddenByFilter(), 0);
    }

    void aConflictIsDecidedOnTheCard()
    {
        toCard(0);
        const qint64 key = model()->column(0)->keyAt(0);
        const OpportunityId id = rows({key}).first().deal.id;
        engine()->setWorkOffline(true);
        QTest::keyClick(list(0), Qt::Key_Right, Qt::ControlModifier);
        QTRY_COMPARE(rows({key}).first().mark, DealMark::Waiting);
        QVERIFY(m_run->find<QWidget>("toast")->isVisible());
        m_run->control("POST", u"deal"_s, {{u"opportunityId"_s, id.value}, {u"stageId"_s, model()->column(3)->stage().value}});
        engine()->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(model()->columnWith(key), 3, 15'000);
        QTRY_VERIFY(model()->row(key) && model()->row(key)->mark == DealMark::Conflict);
        QVERIFY(!m_run->find<QWidget>("toast")->isVisible()); // that it is moved is not so
        const QModelIndex index = model()->column(3)->index(model()->column(3)->rowOfKey(key), 0);
        list(3)->scrollTo(index);
        const QRect card = list(3)->visualRect(index);
        // "Keep theirs" is the first word at the foot of the card.
        QTest::mouseClick(list(3)->viewport(), Qt::LeftButton, {}, QPoint(card.left() + gui::px(30), card.bottom() - gui::px(24)));
        QTRY_COMPARE_WITH_TIMEOUT(rows({key}).first().mark, DealMark::None, 15'000);
        QCOMPARE(rows({key}).first().base.stage, model()->column(3)->stage());
    }

    void aStageThatAsksForTheValueGetsItWithTheMove()
    {
        setRule(2, {.askValue = true});
        toCard(0);
        const qint64 key = model()->column(0)->keyAt(0);
        QTest::keyClick(list(0), Qt::Key_M);
        choose("pipeline.stages", u"viewing"_s);
        QInputDialog *asked = nullptr;
        QTRY_VERIFY((asked = m_run->find<QInputDialog>("pipeline.rule.value")));
        QCOMPARE(model()->columnWith(key), 0); // not before it is said
        asked->setTextValue(u"4,321"_s);
        asked->accept();
        const StageId to = model()->column(2)->stage();
        QVERIFY(arrived({key}, [&](const Opportunity &deal) { return deal.stage == to && deal.value == 4321.0; }));
        QCOMPARE(m_run->taken(u"PUT"_s, u"/opportunities/"_s + rows({key}).first().deal.id.value, u"4321"_s), 1); // one request
    }

    void withoutAnAnswerTheDealStays()
    {
        setRule(2, {.askReason = true});
        toCard(0);
        const qint64 key = model()->column(0)->keyAt(0);
        QTest::keyClick(list(0), Qt::Key_M);
        choose("pipeline.stages", u"viewing"_s);
        QInputDialog *asked = nullptr;
        QTRY_VERIFY((asked = m_run->find<QInputDialog>("pipeline.rule.reason")));
        asked->reject();
        QCOMPARE(model()->columnWith(key), 0);
        QCOMPARE(rows({key}).first().mark, DealMark::None);
    }

    void aReasonIsKeptAsANoteOfTheLead()
    {
        setRule(2, {.askReason = true});
        toCard(0);
        const qint64 key = model()->column(0)->keyAt(0);
        QTest::keyClick(list(0), Qt::Key_M);
        choose("pipeline.stages", u"viewing"_s);
        QInputDialog *asked = nullptr;
        QTRY_VERIFY((asked = m_run->find<QInputDialog>("pipeline.rule.reason")));
        asked->setTextValue(u"They want to see the garden"_s);
        asked->accept();
        const StageId to = model()->column(2)->stage();
        QVERIFY(arrived({key}, [&](const Opportunity &deal) { return deal.stage == to; }));
        const ContactId who = rows({key}).first().deal.contactId;
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, u"/contacts/"_s + who.value + u"/notes"_s, u"see the garden"_s), 1, 15'000);
    }

    void aStageThatBooksWaitsForTheAppointmentOrForAWord()
    {
        setRule(2, {.books = true});
        toCard(0);
        const qint64 key = model()->column(0)->keyAt(0);
        QSignalSpy booking(page(), &gui::PipelinePage::bookingRequested);
        QTest::keyClick(list(0), Qt::Key_M);
        choose("pipeline.stages", u"viewing"_s);
        auto *waiting = page()->findChild<gui::Strip *>(u"pipeline.waiting"_s);
        QTRY_VERIFY(waiting->isVisible());
        QCOMPARE(booking.size(), 1);
        QCOMPARE(model()->columnWith(key), 0);
        // Somebody else's booking is none of its business; its own moves it.
        OutboxRecord record;
        record.kind = OutboxKind::BookAppointment;
        record.state = OutboxState::Confirmed;
        BookingDraft draft;
        draft.contactId = ContactId(u"somebody else"_s);
        record.payload = draft.toJson();
        auto *work = m_run->window()->findChild<gui::Work *>();
        QVERIFY(work);
        Q_EMIT work->bookingEnded(record);
        QVERIFY(waiting->isVisible());
        draft.contactId = rows({key}).first().deal.contactId;
        record.payload = draft.toJson();
        Q_EMIT work->bookingEnded(record);
        QVERIFY(!waiting->isVisible());
        const StageId to = model()->column(2)->stage();
        QVERIFY(arrived({key}, [&](const Opportunity &deal) { return deal.stage == to; }));
        QTest::keyClick(m_run->window(), Qt::Key_Escape);
    }

    void whatSetsOffAutomationsSaysSoOnTheColumnAndIsKept()
    {
        setRule(3, {.automations = true});
        QCOMPARE(list(3)->accessibleDescription(), u"Sets off automations"_s);
        Q_EMIT board()->menuWanted(3, QPoint(10, 10));
        auto *menu = page()->findChild<QMenu *>(u"pipeline.menu"_s);
        QVERIFY(menu);
        auto *automations = menu->findChild<QAction *>(u"pipeline.rule.automations"_s);
        QVERIFY(automations && automations->isChecked());
        menu->findChild<QAction *>(u"pipeline.rule.value"_s)->setChecked(true);
        menu->close();
        QCOMPARE(list(3)->accessibleDescription(), u"Asks for the value, sets off automations"_s);
        // Another reader of the same profile finds the same.
        const QString name = u"board.rules."_s + engine()->account()->location.value;
        QTRY_VERIFY(test::await(engine()->ledger().setting(name))->contains(u"automations"_s));
    }
};

QTEST_MAIN(TestDealSelect)
#include "tst_dealselect.moc"
