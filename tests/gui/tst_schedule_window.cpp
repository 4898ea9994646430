// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/schedulepanel.h"
#include "gui/threadview.h"
#include "models/scheduledmodel.h"
#include "models/threadmodel.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Texts for later, by the keys of the window.
class TestScheduleWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    QModelIndex bubble(const QString &text, MessageState state) const
    {
        const auto *model = find<gui::ThreadView>("thread.messages")->model();
        for (int row = model->rowCount() - 1; row >= 0; --row) {
            const QModelIndex index = model->index(row, 0);
            const auto message = index.data(models::ThreadModel::RowRole).value<MessageRow>();
            if (message.message.body == text && message.state == state)
                return index;
        }
        return {};
    }
    void schedule(const QString &text)
    {
        m_run->type(text);
        QTest::mouseClick(find<QWidget>("composer.schedule"), Qt::LeftButton);
        QTest::keyClick(find<QPushButton>("composer.schedule.preset1"), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(bubble(text, MessageState::Scheduled).isValid(), 10'000);
        m_run->list()->setFocus();
    }
    static int rowOf(const QTableView *list, const QString &text)
    {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            if (list->model()->index(row, models::ScheduledModel::Text).data().toString() == text)
                return row;
        }
        return -1;
    }
    QString toast() const
    {
        const auto *words = find<QLabel>("toast.text");
        return words ? words->text() : QString();
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<test::WindowRun>();
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    void cleanup() { m_run.reset(); }

    void aTypedTimeIsShownOnBothClocksAndScheduledOnce()
    {
        m_run->type(u"See you then"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        auto *panel = find<gui::SchedulePanel>("composer.schedule.panel");
        QVERIFY(panel && panel->isVisible());
        auto *when = find<QLineEdit>("composer.schedule.when");
        auto *confirm = find<QPushButton>("composer.schedule.confirm");
        auto *result = find<QLabel>("composer.schedule.result");
        QVERIFY(!confirm->isEnabled());
        when->setFocus();
        QTest::keyClicks(when, u"today 0:01"_s);
        QVERIFY(!confirm->isEnabled());
        QVERIFY2(result->text().contains(u"over by now"_s), qPrintable(result->text()));
        when->clear();
        QTest::keyClicks(when, u"in 2 hours"_s);
        QVERIFY(confirm->isEnabled());
        QVERIFY2(result->isVisible() && !result->text().isEmpty(), qPrintable(result->text()));
        QTest::keyClick(when, Qt::Key_Return);
        QVERIFY(!panel->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(bubble(u"See you then"_s, MessageState::Scheduled).isValid(), 10'000);
        QVERIFY(m_run->text()->toPlainText().isEmpty());
        QCOMPARE(m_run->taken(u"POST"_s, u"/conversations/messages"_s, u"See you then"_s), 1);
        const QString said = bubble(u"See you then"_s, MessageState::Scheduled).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.contains(u"Scheduled for"_s), qPrintable(said));
    }
    void deleteOnTheBubbleTakesItBackAndTheTextReturns()
    {
        m_run->type(u"Not so fast"_s);
        QTest::mouseClick(find<QWidget>("composer.schedule"), Qt::LeftButton);
        auto *preset = find<QPushButton>("composer.schedule.preset1");
        QVERIFY(preset && preset->hasFocus());
        QTest::keyClick(preset, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(bubble(u"Not so fast"_s, MessageState::Scheduled).isValid(), 10'000);
        auto *view = find<gui::ThreadView>("thread.messages");
        view->setCurrentIndex(bubble(u"Not so fast"_s, MessageState::Scheduled));
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(!bubble(u"Not so fast"_s, MessageState::Scheduled).isValid(), 10'000);
        QTRY_COMPARE(m_run->text()->toPlainText(), u"Not so fast"_s);
        int cancels = 0;
        const QJsonArray entries = m_run->control("GET", u"ledger"_s).value("entries"_L1).toArray();
        for (const auto &entry : entries)
            cancels += entry["method"_L1] == u"DELETE"_s && entry["path"_L1].toString().endsWith(u"/schedule"_s) ? 1 : 0;
        QCOMPARE(cancels, 1);
    }
    void theListTakesItBackIntoADraftWithoutGoingThere()
    {
        schedule(u"Not this week"_s);
        QTest::keyClick(m_run->list(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        auto *list = find<QTableView>("scheduled.list");
        QVERIFY(list);
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(list, u"Not this week"_s) >= 0, 10'000);
        QAbstractItemModelTester tester(list->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        list->setCurrentIndex(list->model()->index(rowOf(list, u"Not this week"_s), 0));
        QTRY_VERIFY(list->hasFocus());
        const QString said = list->currentIndex().data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.contains(u"Not this week"_s) && said.contains(u"for them"_s), qPrintable(said));
        QTest::keyClick(list, Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(list, u"Not this week"_s) < 0, 10'000);
        QVERIFY(find<QWidget>("scheduled.page")->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), u"Not this week"_s, 10'000);
    }
    void itsWordsAreChangedAndTheOldOnesAreNeverSent()
    {
        schedule(u"On Mnday"_s);
        QTest::keyClick(m_run->list(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        auto *list = find<QTableView>("scheduled.list");
        QVERIFY(list);
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(list, u"On Mnday"_s) >= 0, 10'000);
        list->setCurrentIndex(list->model()->index(rowOf(list, u"On Mnday"_s), 0));
        QTest::mouseClick(find<QPushButton>("scheduled.change"), Qt::LeftButton);
        auto *text = find<QPlainTextEdit>("scheduled.edit.text");
        QVERIFY(text);
        QTRY_VERIFY(text->isVisible());
        auto *save = find<QPushButton>("scheduled.edit.save");
        QVERIFY(save && !save->isEnabled()); // nothing is changed yet
        text->setPlainText(u"On Monday"_s);
        QVERIFY(save->isEnabled());
        QTest::mouseClick(save, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(list, u"On Monday"_s) >= 0 && rowOf(list, u"On Mnday"_s) < 0, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(bubble(u"On Monday"_s, MessageState::Scheduled).isValid(), 10'000);
        QVERIFY(!bubble(u"On Mnday"_s, MessageState::Scheduled).isValid());
        QCOMPARE(m_run->taken(u"POST"_s, u"/conversations/messages"_s, u"On Monday"_s), 1);
    }
    void sentNowItLeavesOnceAndNotAgainLater()
    {
        schedule(u"Any time"_s);
        QTest::keyClick(m_run->list(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        auto *list = find<QTableView>("scheduled.list");
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(list, u"Any time"_s) >= 0, 10'000);
        list->setCurrentIndex(list->model()->index(rowOf(list, u"Any time"_s), 0));
        QTest::mouseClick(find<QPushButton>("scheduled.change"), Qt::LeftButton);
        auto *now = find<QPushButton>("scheduled.edit.now");
        QVERIFY(now && now->isEnabled());
        QTest::mouseClick(now, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(list, u"Any time"_s) < 0, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, u"/conversations/messages"_s, u"Any time"_s), 2, 10'000); // for later, and now
        QTRY_VERIFY_WITH_TIMEOUT(bubble(u"Any time"_s, MessageState::Delivered).isValid() || bubble(u"Any time"_s, MessageState::Sent).isValid()
                                     || bubble(u"Any time"_s, MessageState::Accepted).isValid(), 10'000);
        QVERIFY(!bubble(u"Any time"_s, MessageState::Scheduled).isValid());
    }
    void undoTakesItBackToo()
    {
        m_run->type(u"Undo me"_s);
        QTest::mouseClick(find<QWidget>("composer.schedule"), Qt::LeftButton);
        QTest::keyClick(find<QPushButton>("composer.schedule.preset1"), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(bubble(u"Undo me"_s, MessageState::Scheduled).isValid(), 10'000);
        m_run->list()->setFocus();
        QTest::keyClick(m_run->list(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), u"Undo me"_s, 10'000);
    }
    void escapeLeavesTheTextAsItWas()
    {
        m_run->type(u"Still here"_s);
        QTest::mouseClick(find<QWidget>("composer.schedule"), Qt::LeftButton);
        QTest::keyClick(find<QPushButton>("composer.schedule.preset1"), Qt::Key_Escape);
        QVERIFY(!find<gui::SchedulePanel>("composer.schedule.panel")->isVisible());
        QVERIFY(m_run->text()->hasFocus());
        QCOMPARE(m_run->text()->toPlainText(), u"Still here"_s);
    }
};

QTEST_MAIN(TestScheduleWindow)
#include "tst_schedule_window.moc"
