// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/toast.h"
#include "models/inboxcounts.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// A person's work in the real window on the practice account.
class TestWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowRun> m_run;

    void begin()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    static bool isControl(const QWidget *widget)
    {
        const bool part = widget->objectName().startsWith("qt_"_L1) || qobject_cast<const QComboBox *>(widget->parentWidget())
            || qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) || qobject_cast<const QLineEdit *>(widget->parentWidget())
            || qobject_cast<const QTabBar *>(widget->parentWidget()) || qobject_cast<const QAbstractItemView *>(widget->parentWidget())
            || qobject_cast<const QMenuBar *>(widget->parentWidget())
            || (QLatin1String(widget->metaObject()->className()).startsWith("QComboBox"_L1) && !qobject_cast<const QComboBox *>(widget));
        if (part)
            return false;
        return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractItemView *>(widget)
            || qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
            || qobject_cast<const QTabBar *>(widget);
    }

private Q_SLOTS:
    void cleanup() { m_run.reset(); }

    void aTextLeavesOnce()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        const QString words = u"Thursday at four, then"_s;
        m_run->type(words);
        QCOMPARE(m_run->text()->toPlainText(), words);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->text()->toPlainText().isEmpty(), 5'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(words), 1, 30'000);
        const auto settled = m_run->app->engine()->outbox().waitUntilSettled(std::nullopt, std::chrono::seconds(20));
        QVERIFY(ended(settled, 25'000));
        QCOMPARE(m_run->texts(words), 1);
    }
    void undoBringsTheTextBack()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        const QString words = u"No, wait"_s;
        m_run->type(words);
        QTextCursor caret = m_run->text()->textCursor();
        caret.setPosition(3);
        m_run->text()->setTextCursor(caret);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->text()->toPlainText().isEmpty(), 5'000);
        QTest::keyClick(m_run->text(), Qt::Key_Escape);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), words, 5'000);
        QCOMPARE(m_run->text()->textCursor().position(), 3);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->app->engine()->outbox().counts().waiting, 0, 5'000);
        // Past the time at which it would have left.
        QElapsedTimer since;
        since.start();
        QTRY_VERIFY_WITH_TIMEOUT(since.elapsed() > 2'500, 5'000);
        QCOMPARE(m_run->texts(words), 0);
    }
    void controlZTakesBackOnlyWithNothingTyped()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        m_run->type(u"Held"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->text()->toPlainText().isEmpty(), 5'000);
        QTest::keyClick(m_run->text(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), u"Held"_s, 5'000);
    }
    void offlineWaitsAndThenLeaves()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        auto *offline = m_run->window()->actions()->action(gui::Command::WorkOffline);
        offline->trigger();
        QTRY_COMPARE(m_run->app->engine()->status().connection, sync::Connection::WorkingOffline);
        const QString words = u"Written on the train"_s;
        m_run->type(words);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->app->engine()->outbox().counts().waiting, 1, 5'000);
        QTRY_VERIFY(m_run->find<QWidget>("offline.strip")->isVisible());
        QCOMPARE(m_run->texts(words), 0);
        offline->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(words), 1, 40'000);
    }
    void doNotDisturbShutsTheComposer()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        const auto contact = m_run->inbox()->thread()->contactId();
        m_run->type(u"Half a thought"_s);
        m_run->control("POST", u"optout"_s, {{u"contactId"_s, contact.value}});
        const auto send = m_run->inbox()->thread()->composer()->findChild<QAbstractButton *>(u"composer.send"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->text()->isReadOnly(), 30'000);
        QVERIFY(!send->isEnabled());
        QVERIFY(send->toolTip().contains(u"stop"_s));
        QCOMPARE(m_run->text()->toPlainText(), u"Half a thought"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QCOMPARE(m_run->app->engine()->outbox().counts().waiting, 0);
    }
    void draftsStayWithTheirThread()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        const auto first = m_run->inbox()->thread()->contactId();
        m_run->type(u"For the first"_s);
        const int row = m_run->list()->currentIndex().row();
        const int other = row == 0 ? 1 : 0;
        m_run->list()->setCurrentIndex(m_run->list()->model()->index(other, 0));
        QTRY_VERIFY(m_run->inbox()->thread()->contactId() != first);
        QTRY_VERIFY(!m_run->inbox()->thread()->composer()->contact().id.isEmpty());
        QVERIFY(m_run->text()->toPlainText().isEmpty());
        m_run->inbox()->openContact(first);
        QTRY_COMPARE(m_run->text()->toPlainText(), u"For the first"_s);
        // A second start finds it as well, after an end without a good-bye.
        m_run->type(u" one"_s);
        QTRY_VERIFY_WITH_TIMEOUT([&] {
            auto reading = m_run->app->engine()->ledger().draft(m_run->app->engine()->account()->location, first);
            const auto draft = await(std::move(reading));
            return draft && *draft && (*draft)->text.contains(u"one"_s);
        }(), 5'000);
        m_run->drop();
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        m_run->inbox()->openContact(first);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->text()->toPlainText().contains(u"For the first"_s), 10'000);
    }
    void textingAStrangerIsOneContactAndOneMessage()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        QTest::keyClick(m_run->window(), Qt::Key_N, Qt::ControlModifier);
        auto *to = m_run->find<QLineEdit>("newtext.to");
        QTRY_VERIFY(to->isVisible());
        QTest::keyClicks(to, u"4075550"_s);
        auto *verdict = m_run->find<QLabel>("newtext.verdict");
        QTRY_VERIFY(!verdict->text().isEmpty());
        QVERIFY(!m_run->find<QLineEdit>("newtext.first")->isVisible());
        to->clear();
        QTest::keyClicks(to, u"4075550177"_s);
        QCOMPARE(to->text(), u"(407) 555-0177"_s);
        auto *first = m_run->find<QLineEdit>("newtext.first");
        QTRY_VERIFY(first->isVisible());
        QTest::keyClicks(first, u"Zoe"_s);
        auto *composer = m_run->find<gui::Composer>("newtext.composer");
        auto *text = composer->findChild<gui::ComposerText *>(u"newtext.text"_s);
        const QString words = u"Hello stranger"_s;
        QTest::keyClicks(text, words);
        QTest::keyClick(text, Qt::Key_Return);
        // The next text is being written while the contact gets HighLevel's id.
        QTRY_COMPARE(m_run->inbox()->thread()->composer()->contact().firstName, u"Zoe"_s);
        m_run->type(u"And another thing"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(words), 1, 40'000);
        QCOMPARE(m_run->taken(u"POST"_s, u"/contacts/"_s, u"+14075550177"_s), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->app->engine()->outbox().counts().waiting, 0, 20'000);
        QTRY_COMPARE(m_run->inbox()->thread()->composer()->contact().firstName, u"Zoe"_s);
        QTRY_VERIFY(!m_run->inbox()->thread()->contactId().isLocal());
        QCOMPARE(m_run->text()->toPlainText(), u"And another thing"_s);
    }
    void takingBackATextToAStrangerMakesNoContact()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->inbox()->newText(u"+14075550178"_s, u"Not yet"_s);
        auto *composer = m_run->find<gui::Composer>("newtext.composer");
        QTRY_VERIFY(composer->canSend());
        QTest::keyClick(composer->textField(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->app->engine()->outbox().counts().waiting, 1, 5'000);
        auto *undo = m_run->window()->actions()->action(gui::Command::Undo);
        QTRY_VERIFY(undo->isEnabled()); // offered once the text is durable, a moment after it counts
        undo->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->app->engine()->outbox().counts().waiting, 0, 5'000);
        QTRY_COMPARE(composer->text(), u"Not yet"_s);
        QCOMPARE(m_run->taken(u"POST"_s, u"/contacts/"_s, u"+14075550178"_s), 0);
    }
    void countsFollowTheSplits()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        QTRY_COMPARE_WITH_TIMEOUT(m_run->inbox()->counts()->of(Split::All), m_run->list()->model()->rowCount(), 10'000);
        QVERIFY(m_run->find<QAbstractButton>("inbox.split.all")->accessibleName().contains(
            QString::number(m_run->list()->model()->rowCount())));
    }
    void doneLeavesTheListAndComesBackWithUndo()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        m_run->inbox()->list()->setSplit(Split::Replies);
        QTRY_VERIFY(m_run->inbox()->counts()->of(Split::Replies) > 0);
        QTRY_COMPARE(m_run->list()->model()->rowCount(), m_run->inbox()->counts()->of(Split::Replies));
        const int before = m_run->list()->model()->rowCount();
        m_run->list()->setFocus();
        m_run->inbox()->list()->move(0);
        QTRY_VERIFY(m_run->inbox()->list()->currentRow().has_value());
        QTest::keyClick(m_run->list(), Qt::Key_E);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->list()->model()->rowCount(), before - 1, 5'000);
        m_run->window()->actions()->action(gui::Command::Undo)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->list()->model()->rowCount(), before, 5'000);
    }
    void aSecondStartShowsRowsWithoutTheServer()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        const int rows = m_run->list()->model()->rowCount();
        m_run->close();
        m_run->options.offline = true;
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows(rows));
    }
    void everyControlHasANameAndAnObjectName()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        for (const auto command : {gui::Command::Outbox, gui::Command::GoContacts, gui::Command::SyncPage, gui::Command::Settings, gui::Command::GoInbox})
            m_run->window()->actions()->action(command)->trigger();
        m_run->window()->showStart();
        QStringList nameless;
        int controls = 0;
        for (const auto *widget : m_run->window()->findChildren<QWidget *>()) {
            if (!isControl(widget))
                continue;
            ++controls;
            const bool hidden = widget->accessibleName().isEmpty() && !qobject_cast<const QAbstractButton *>(widget);
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool silent = hidden || (button && button->accessibleName().isEmpty() && button->text().isEmpty() && button->isVisible());
            if (widget->objectName().isEmpty() || silent)
                nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName() + u" in "_s
                                + widget->parentWidget()->objectName());
        }
        QVERIFY(controls > 60);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    }
    void theBindingNamesAreThere()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->window()->actions()->action(gui::Command::Outbox)->trigger();
        m_run->window()->actions()->action(gui::Command::GoContacts)->trigger();
        for (const char *name : {"nav.inbox", "nav.next", "nav.pipeline", "nav.calendar", "nav.contacts", "nav.tasks", "nav.reports",
                                 "nav.console", "inbox.list", "thread.messages", "contacts.table", "outbox.list", "composer.text",
                                 "composer.send", "composer.schedule", "composer.attach", "composer.channel", "composer.meter",
                                 "status.network", "status.outbox"})
            QVERIFY2(m_run->find<QWidget>(name), name);
    }
    void noTwoWidgetsHaveOneName()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        using gui::Command;
        int names = 0;
        for (const Command place : {Command::Outbox, Command::GoContacts, Command::Settings, Command::SyncPage, Command::GoInbox, Command::NewText}) {
            m_run->window()->actions()->action(place)->trigger();
            QSet<QString> taken;
            // What is hidden counts as well: the thread's composer and the new text's take turns.
            const auto widgets = m_run->window()->findChildren<QWidget *>();
            for (const QWidget *widget : widgets) {
                const QString name = widget->objectName();
                if (name.isEmpty() || name.startsWith("qt_"_L1) || name.startsWith("ScrollLeftButton"_L1) || name.startsWith("ScrollRightButton"_L1))
                    continue;
                QVERIFY2(!taken.contains(name), qPrintable(name));
                taken.insert(name);
            }
            names = int(taken.size());
        }
        QVERIFY(names > 80);
    }
    void everyKeyIsTakenOnce()
    {
        QHash<QString, QString> taken;
        for (const auto &row : gui::keyTable()) {
            for (const auto &key : row.keys) {
                // The inbox and the board are never on the screen together; both have the keys of lists and of everywhere.
                const bool desk = row.scope == gui::KeyScope::Inbox || row.scope == gui::KeyScope::Thread;
                const bool board = row.scope == gui::KeyScope::Board;
                const QString plain = key.toString();
                const QString place = plain + (row.scope == gui::KeyScope::Composer ? u" composer"_s : desk ? u" desk"_s : row.scope == gui::KeyScope::Calendar ? u" calendar"_s : row.scope == gui::KeyScope::Tasks ? u" tasks"_s : board ? u" board"_s : QString());
                QVERIFY2(!taken.contains(place), qPrintable(place + u' ' + row.name + u' ' + taken.value(place)));
                QVERIFY2(!(desk || board) || !taken.contains(plain), qPrintable(plain + u' ' + row.name + u' ' + taken.value(plain)));
                taken.insert(place, row.name);
            }
        }
        QVERIFY(taken.size() > 30);
    }
    void linksOnlyGoThereOrPrefill()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->app->openUri(u"sms:+14075550179?body=Hello%20you"_s);
        auto *composer = m_run->find<gui::Composer>("newtext.composer");
        QTRY_VERIFY(composer->isVisible());
        QCOMPARE(composer->text(), u"Hello you"_s);
        const auto contact = m_run->inbox()->list()->currentRow()->contactId;
        m_run->app->openUri(u"outrigger://contact/"_s + contact.value);
        QTRY_COMPARE(m_run->inbox()->thread()->contactId(), contact);
        m_run->app->openUri(u"outrigger://contact/../../etc"_s);
        m_run->app->openUri(u"javascript:alert(1)"_s);
        QCOMPARE(m_run->app->engine()->outbox().counts().waiting, 0);
    }
    void narrowWindowsShowOnePane()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->window()->resize(1300, 800);
        QTRY_VERIFY(m_run->find<QWidget>("lead")->isVisible());
        m_run->window()->resize(820, 700);
        QTRY_VERIFY(!m_run->find<QWidget>("lead")->isVisible());
        QVERIFY(m_run->list()->isVisible());
        m_run->window()->resize(520, 700);
        QTRY_VERIFY(m_run->list()->isVisible() != m_run->find<QWidget>("thread.messages")->isVisible());
        m_run->window()->actions()->action(gui::Command::Open)->trigger();
        QTRY_VERIFY(!m_run->list()->isVisible());
        QTest::mouseClick(m_run->find<QWidget>("thread.back"), Qt::LeftButton);
        QTRY_VERIFY(m_run->list()->isVisible());
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
