// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/alarms.h"
#include "gui/reach.h"
#include "gui/taskspage.h"
#include "gui/work.h"
#include "models/tasksmodel.h"
#include "sync/engine.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace outrigger;
using models::TasksModel;

/// Tasks and notes by the keys of the window, told to the server.
class TestTasksWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    QListView *tasks() const { return find<QListView>("tasks.list"); }
    QString lead() const { return m_run->inbox()->thread()->contactId().value; }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(m_run->window()->focusWidget(), key, modifiers); }
    bool openTasks(bool everybody = true)
    {
        press(Qt::Key_6, Qt::ControlModifier);
        if (!tasks())
            return false;
        if (everybody)
            find<QAbstractButton>("tasks.everybody")->click();
        return QTest::qWaitFor([this] { return tasks()->isVisible() && tasks()->model()->rowCount() > 3; }, 20'000);
    }
    int rowTitled(const QString &title) const
    {
        for (int row = 0; row < tasks()->model()->rowCount(); ++row) {
            const QVariant value = tasks()->model()->index(row, 0).data(TasksModel::RowRole);
            if (value.isValid() && value.value<TaskRow>().task.title == title)
                return row;
        }
        return -1;
    }
    bool addForTheLead(const QString &line)
    {
        auto *entry = find<QLineEdit>("lead.tasks.entry");
        if (!entry || !QTest::qWaitFor([&] { return entry->isVisible(); }, 5'000))
            return false;
        entry->setFocus();
        QTest::keyClicks(entry, line);
        QTest::keyClick(entry, Qt::Key_Return);
        return QTest::qWaitFor([&] { return entry->text().isEmpty(); }, 10'000);
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<test::WindowRun>();
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        m_run->window()->resize(1400, 900); // wide enough for the lead's panel
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    void cleanup() { m_run.reset(); }

    void oneLineBesideTheThreadMakesATask()
    {
        QVERIFY(addForTheLead(u"call back tomorrow 3pm"_s));
        const QString path = u"/contacts/"_s + lead() + u"/tasks"_s;
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, path, u"\"title\": \"call back\""_s), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>("lead.task1"), 10'000);
        QVERIFY(openTasks());
        QTRY_VERIFY_WITH_TIMEOUT(rowTitled(u"call back"_s) >= 0, 10'000);
        const QModelIndex index = tasks()->model()->index(rowTitled(u"call back"_s), 0);
        QCOMPARE(index.data(TasksModel::GroupRole).toInt(), int(taskentry::Group::Tomorrow));
        const QString spoken = index.data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.startsWith(u"call back, for "_s) && spoken.contains(u"due"_s), qPrintable(spoken));
    }

    void aTaskIsTickedWithSpaceAndUndone()
    {
        QVERIFY(addForTheLead(u"bring the contract tomorrow 9"_s));
        QVERIFY(openTasks());
        QTRY_VERIFY_WITH_TIMEOUT(rowTitled(u"bring the contract"_s) >= 0, 20'000);
        // It has its id when the server has it.
        const auto current = [this] { return tasks()->model()->index(rowTitled(u"bring the contract"_s), 0).data(TasksModel::RowRole).value<TaskRow>(); };
        QTRY_VERIFY_WITH_TIMEOUT(!current().task.id.isLocal(), 20'000);
        tasks()->setFocus();
        tasks()->setCurrentIndex(tasks()->model()->index(rowTitled(u"bring the contract"_s), 0));
        const QString path = u"/contacts/%1/tasks/%2/completed"_s.arg(current().task.contact.value, current().task.id.value);
        QTest::keyClick(tasks(), Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"PUT"_s, path, u"true"_s), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(current().task.done, 10'000);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"PUT"_s, path, u"false"_s), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!current().task.done, 10'000);
    }

    void groupsComeInTheOrderOfTheirDates()
    {
        QVERIFY(openTasks());
        QTRY_VERIFY_WITH_TIMEOUT(tasks()->model()->rowCount() > 5, 20'000);
        int last = -1;
        QSet<int> seen;
        for (int row = 0; row < tasks()->model()->rowCount(); ++row) {
            const QModelIndex index = tasks()->model()->index(row, 0);
            const int group = index.data(TasksModel::GroupRole).toInt();
            QVERIFY(group >= last);
            last = group;
            const bool heads = !index.data(TasksModel::RowRole).isValid();
            QCOMPARE(heads, !seen.contains(group)); // each group once, and its name first
            QCOMPARE(index.flags().testFlag(Qt::ItemIsSelectable), !heads);
            seen.insert(group);
        }
        // Mine are fewer.
        const int all = tasks()->model()->rowCount();
        find<QAbstractButton>("tasks.mine")->click();
        QTRY_VERIFY_WITH_TIMEOUT(tasks()->model()->rowCount() < all, 10'000);
    }

    void aTaskIsMadeFromAnywhere()
    {
        press(Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>("task.new.line"), 5'000);
        auto *line = find<QLineEdit>("task.new.line");
        auto *keep = find<QPushButton>("task.new.keep");
        QVERIFY(!keep->isEnabled());
        QTest::keyClicks(line, u"send papers fri 3pm"_s);
        // The lead of the open thread is chosen.
        QVERIFY2(QTest::qWaitFor([keep] { return keep->isEnabled(); }, 5'000),
                 qPrintable(line->text() + u" | "_s + find<QLabel>("task.new.meaning")->text() + u" | "_s + find<QLineEdit>("task.new.contact")->text()));
        QVERIFY(find<QLabel>("task.new.meaning")->text().startsWith(u"send papers"_s));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, u"/contacts/"_s + lead() + u"/tasks"_s, u"send papers"_s), 1, 20'000);
    }

    void aTaskThatBecomesDueIsToldOnce()
    {
        auto *alarms = m_run->window()->reach()->findChild<gui::Alarms *>();
        QVERIFY(alarms);
        QSignalSpy told(alarms, &gui::Alarms::told);
        const auto account = m_run->app->engine()->account();
        QVERIFY(account);
        TaskDraft draft;
        draft.contactId = ContactId(lead());
        draft.title = u"ring now"_s;
        draft.due = QDateTime::currentDateTimeUtc().addSecs(2);
        draft.user = account->me;
        m_run->window()->work()->addTask(draft, {});
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 20'000);
        QCOMPARE(told.first().first().toInt(), 1);
        // Neither its id nor the next pull makes it news again.
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, u"/contacts/"_s + lead() + u"/tasks"_s, u"ring now"_s), 1, 20'000);
        QVERIFY(test::await(m_run->app->engine()->syncNow({u"tasks"_s}, true)));
        QCOMPARE(told.size(), 1);
    }

    void aNoteIsKeptAndChangedBesideTheThread()
    {
        auto *text = find<QPlainTextEdit>("lead.notes.entry");
        QVERIFY(text);
        text->setFocus();
        QTest::keyClicks(text, u"Wants a garden"_s);
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(text->toPlainText().isEmpty(), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, u"/contacts/"_s + lead() + u"/notes"_s, u"Wants a garden"_s), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("lead.note1") && find<QLabel>("lead.note1")->text() == u"Wants a garden"_s, 10'000);
    }

    void anotherLeadDoesNotGetTheWords()
    {
        auto *text = find<QPlainTextEdit>("lead.notes.entry");
        text->setPlainText(u"Half a note"_s);
        const QString before = lead();
        for (int row = 0; row < m_run->list()->model()->rowCount() && lead() == before; ++row) {
            m_run->list()->setCurrentIndex(m_run->list()->model()->index(row, 0));
            (void)QTest::qWaitFor([&] { return lead() != before; }, 1'000);
        }
        QVERIFY(lead() != before);
        QTRY_VERIFY_WITH_TIMEOUT(text->toPlainText().isEmpty(), 5'000);
        m_run->window()->openContact(ContactId(before)); // they wait for their own
        QTRY_COMPARE_WITH_TIMEOUT(text->toPlainText(), u"Half a note"_s, 10'000);
    }
};

QTEST_MAIN(TestTasksWindow)
#include "tst_tasks_window.moc"
