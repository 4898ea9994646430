// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/awayreport.h"
#include "gui/tagsdialog.h"
#include "models/threadmodel.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// A morning's triage in the real window with the keyboard: whose it is, tags, filters, splits of one's own, progress.
class TestTriageWindow : public QObject
{
    Q_OBJECT
    std::unique_ptr<WindowRun> m_run;

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QVERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void pressMenu(Qt::Key key)
    {
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), key);
    }
    gui::InboxList *list() const { return m_run->inbox()->list(); }
    std::optional<ConversationRow> row() const { return list()->currentRow(); }
    std::optional<ConversationRow> stored(qint64 key) const
    {
        const auto rows = test::await(m_run->app->engine()->cache().conversationRows({key}));
        return rows && !rows->isEmpty() ? std::optional(rows->first()) : std::nullopt;
    }
    /// The window manager's part, which this platform lacks.
    void toList()
    {
        m_run->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        m_run->list()->setFocus();
        QTRY_COMPARE(QApplication::focusWidget(), m_run->list());
    }
    int puts() { return m_run->taken(u"PUT"_s, u"/contacts/"_s + m_contact.value, u"assignedTo"_s); }
    ContactId m_contact;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QVERIFY(m_run->waitForRows());
        toList();
        press(Qt::Key_Home);
        QTRY_VERIFY(row().has_value());
        QTRY_VERIFY(!m_run->app->engine()->account()->me.isEmpty());
    }
    void cleanup()
    {
        while (QWidget *popup = QApplication::activePopupWidget())
            popup->close(); // one failure is enough
    }
    void cleanupTestCase() { m_run.reset(); }

    void aAssignsAndCtrlZTakesItBack()
    {
        const auto before = *row();
        m_contact = before.contactId;
        // The location's people are read beside the list: until they are here, there is only "Nobody".
        QMenu *menu = nullptr;
        const auto peopleAreThere = [&] {
            if (menu)
                delete menu;
            press(Qt::Key_A);
            menu = m_run->find<QMenu>("assign.menu");
            return menu && menu->actions().size() > 2;
        };
        QTRY_VERIFY(peopleAreThere());
        // Somebody whose it is not.
        int number = 0;
        UserId to;
        for (int i = 0; i < menu->actions().size() && number == 0; ++i) {
            if (!menu->actions().at(i)->isChecked() && !menu->actions().at(i)->data().toString().isEmpty()) {
                number = i + 1;
                to = UserId(menu->actions().at(i)->data().toString());
            }
        }
        QVERIFY(number > 0);
        pressMenu(Qt::Key(Qt::Key_0 + number));
        QTRY_VERIFY(!QApplication::activePopupWidget());
        QTRY_VERIFY(stored(before.key) && stored(before.key)->assignedTo == to);
        QTRY_VERIFY(row() && row()->key != before.key); // the next row is chosen
        QTRY_COMPARE_WITH_TIMEOUT(puts(), 1, 20'000);
        toList();
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(stored(before.key)->assignedTo == before.assignedTo);
        QTRY_COMPARE_WITH_TIMEOUT(puts(), 2, 20'000); // it had left: the opposite follows
    }
    void tTagsByTyping()
    {
        toList();
        QTRY_VERIFY(row().has_value());
        const auto lead = *row();
        press(Qt::Key_T);
        QTRY_VERIFY(m_run->find<gui::TagsDialog>("tags.dialog"));
        auto *typed = m_run->find<QLineEdit>("tags.typed");
        QTRY_VERIFY(typed->hasFocus());
        QTest::keyClicks(typed, u"Fresh Word"_s);
        QTest::keyClick(typed, Qt::Key_Return);
        QVERIFY(typed->text().isEmpty());
        QTest::keyClick(typed, Qt::Key_Return);
        QTRY_VERIFY(stored(lead.key)->tags.contains(u"fresh word"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, u"/contacts/%1/tags"_s.arg(lead.contactId.value), u"fresh word"_s), 1, 20'000);
        toList();
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!stored(lead.key)->tags.contains(u"fresh word"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"DELETE"_s, u"/contacts/%1/tags"_s.arg(lead.contactId.value), u"fresh word"_s), 1, 20'000);
    }
    void fFiltersAndASplitIsKept()
    {
        toList();
        list()->setSplit(Split::All);
        QTRY_VERIFY(m_run->list()->model()->rowCount() > 5);
        const int all = m_run->list()->model()->rowCount();
        QTRY_VERIFY(row().has_value());
        const qint64 starred = row()->key;
        if (!row()->starred) {
            press(Qt::Key_Asterisk);
            QTRY_VERIFY(stored(starred)->starred);
        }
        press(Qt::Key_F);
        QTRY_VERIFY(m_run->find<QMenu>("filter.menu"));
        pressMenu(Qt::Key_S);
        QTRY_VERIFY(list()->inboxFilter().starred);
        QTRY_VERIFY(m_run->list()->model()->rowCount() > 0 && m_run->list()->model()->rowCount() < all);
        const int left = m_run->list()->model()->rowCount();
        auto *save = m_run->find<QAbstractButton>("inbox.saveSplit");
        QTRY_VERIFY(save->isVisible());
        save->click();
        QTRY_VERIFY(m_run->find<QDialog>("split.dialog"));
        auto *name = m_run->find<QLineEdit>("split.name");
        QVERIFY(!m_run->find<QAbstractButton>("split.save")->isEnabled()); // it needs a name
        QTest::keyClicks(name, u"My stars"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(list()->saved()->all().size(), 1);
        const QString id = list()->saved()->all().first().id;
        toList();
        for (int i = 0; i < 8 && list()->split() != Split::Replies; ++i)
            press(Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY(list()->inboxFilter().isEmpty()); // the filter belongs to the split
        for (int i = 0; i < 8 && !list()->inboxFilter().starred; ++i)
            press(Qt::Key_Tab, Qt::ControlModifier);
        QTRY_COMPARE(m_run->list()->model()->rowCount(), left);
        const auto *button = m_run->window()->findChild<QAbstractButton *>(u"inbox.split.own."_s + id);
        QVERIFY(button && button->isChecked());
        QTRY_VERIFY2(button->accessibleName().endsWith(u", %1"_s.arg(left)), qPrintable(button->accessibleName()));
        // It is there after the next start, too.
        m_run->close();
        QVERIFY(m_run->open());
        QTRY_VERIFY(list()->saved() && list()->saved()->all().size() == 1);
        QCOMPARE(list()->saved()->all().first().name, u"My stars"_s);
        QVERIFY(m_run->waitForRows());
    }
    void progressIsCounted()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        toList();
        list()->setSplit(Split::Replies);
        QTRY_VERIFY(m_run->list()->model()->rowCount() > 2);
        QTRY_COMPARE(m_run->list()->model()->rowCount(), test::await(m_run->app->engine()->cache().splitCounts([&] {
            InboxQuery query;
            query.location = m_run->app->engine()->account()->location;
            query.now = QDateTime::currentDateTimeUtc();
            return query;
        }()))->bySplit.value(int(Split::Replies)));
        const int before = m_run->list()->model()->rowCount();
        press(Qt::Key_Home);
        QTRY_VERIFY(row().has_value());
        const auto first = row()->key;
        press(Qt::Key_E);
        QTRY_COMPARE(m_run->list()->model()->rowCount(), before - 1);
        auto *progress = m_run->find<QLabel>("inbox.progress");
        QTRY_VERIFY(progress->isVisible());
        QTRY_COMPARE(progress->text(), u"1 of %1 done"_s.arg(before));
        QVERIFY(row() && row()->key != first);
        press(Qt::Key_Z, Qt::ControlModifier); // taken back: not done
        QTRY_COMPARE(m_run->list()->model()->rowCount(), before);
        QTRY_VERIFY(!progress->isVisible());
    }
    void theAwayReportLeadsToWhoWaitsLongest()
    {
        AwayNews news;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        news.replies = {{ContactId(u"a"_s), u"Sarah Jones"_s, now.addSecs(-3600)}, {ContactId(u"b"_s), u"Wei Chen"_s, now.addSecs(-60)}};
        news.newLeads = {{ContactId(u"c"_s), u"Nora New"_s, now.addSecs(-22 * 60)}};
        QCOMPARE(gui::AwayReport::sentence(news, now), u"2 lead(s) wrote and wait, 1 new lead(s), waiting 22 min"_s);
        auto *report = new gui::AwayReport(news, now.addSecs(-370 * 60), now, m_run->window());
        QSignalSpy replies(report, &gui::AwayReport::repliesWanted);
        report->open();
        QVERIFY(QTest::qWaitForWindowActive(report));
        auto *begin = report->findChild<QAbstractButton *>(u"away.begin"_s);
        QTRY_VERIFY(begin && begin->hasFocus());
        QTest::keyClick(begin, Qt::Key_Return);
        QCOMPARE(replies.count(), 1);
        m_run->window()->activateWindow();
    }
};

QTEST_MAIN(TestTriageWindow)
#include "tst_triage_window.moc"
