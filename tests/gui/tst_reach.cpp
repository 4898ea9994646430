// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/keymap.h"
#include "gui/quicktext.h"
#include "gui/reach.h"
#include "gui/settings.h"
#include "gui/tray.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSystemTrayIcon>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// What reaches a person without the window, and the window that does not show itself.
class TestReach : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowRun> m_run;

    bool begin(bool hidden = false)
    {
        m_run = std::make_unique<WindowRun>();
        m_run->options.hidden = hidden;
        return m_run->open();
    }
    gui::QuickText *openQuick()
    {
        m_run->window()->actions()->action(gui::Command::QuickText)->trigger();
        auto *quick = m_run->window()->reach()->quickText();
        return quick && QTest::qWaitFor([quick] { return quick->isVisible(); }) ? quick : nullptr;
    }
    template <class W>
    static W *in(QWidget *quick, const char *name)
    {
        return quick->findChild<W *>(QLatin1String(name));
    }
    /// A lead of the list who may be texted, by name.
    QString somebody()
    {
        if (!m_run->waitForRows() || !m_run->openOneThatMayBeTexted())
            return {};
        return m_run->inbox()->thread()->composer()->contact().displayName();
    }

private Q_SLOTS:
    void cleanup()
    {
        QGuiApplication::clipboard()->clear();
        m_run.reset();
    }

    void hiddenUntilAskedFor()
    {
        if (!begin(true))
            QSKIP("The practice server is not built.");
        QTRY_VERIFY_WITH_TIMEOUT(m_run->app->engine()->status().connection == sync::Connection::Live, 20'000);
        QVERIFY(!m_run->window()->isVisible());
        QVERIFY(m_run->window()->findChild<QSystemTrayIcon *>(u"tray"_s)); // all the same it can be reached
        m_run->app->openUri({}); // what a second start hands over
        QTRY_VERIFY(m_run->window()->isVisible());
        QVERIFY(m_run->waitForRows());
    }
    void hiddenAndAskedForQuickTextShowsOnlyThat()
    {
        if (!begin(true))
            QSKIP("The practice server is not built.");
        QTRY_VERIFY_WITH_TIMEOUT(m_run->app->engine()->account(), 20'000);
        m_run->app->openUri(u"outrigger:quick"_s);
        auto *quick = m_run->window()->reach()->quickText();
        QVERIFY(quick);
        QTRY_VERIFY(quick->isVisible());
        QVERIFY(!m_run->window()->isVisible());
    }
    void closingQuitsWhereThereIsNoTray()
    {
        if (!begin())
            QSKIP("The practice server is not built.");
        gui::Settings(m_run->profile.filePath(u"settings.ini"_s)).setCloseToTray(true);
        m_run->close();
        QVERIFY(m_run->open());
        QVERIFY(!QSystemTrayIcon::isSystemTrayAvailable());
        QSignalSpy quits(m_run->window(), &gui::MainWindow::quitRequested);
        m_run->window()->close();
        QCOMPARE(quits.size(), 1);
    }
    void aLinkOpensItsLeadWhateverTheListHasSelected()
    {
        if (!begin())
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->waitForRows());
        auto *list = m_run->list();
        const auto row = [list](int at) { return list->model()->index(at, 0).data(models::InboxModel::RowRole).value<ConversationRow>(); };
        QTRY_VERIFY(!row(0).contactId.isEmpty() && !row(3).contactId.isEmpty());
        const ContactId wanted = row(3).contactId;
        list->setCurrentIndex(list->model()->index(0, 0));
        list->setFocus();
        QTRY_COMPARE(m_run->inbox()->thread()->contactId(), row(0).contactId);
        m_run->app->openUri("outrigger://contact/"_L1 + wanted.value);
        QCOMPARE(m_run->inbox()->thread()->contactId(), wanted);
        QTRY_COMPARE(m_run->inbox()->thread()->composer()->contact().id, wanted);
        QCOMPARE(m_run->inbox()->thread()->contactId(), wanted);
    }
    void theTrayCountsAndItsMenuWorks()
    {
        if (!begin())
            QSKIP("The practice server is not built.");
        auto *tray = m_run->window()->reach()->tray();
        auto *icon = m_run->window()->findChild<QSystemTrayIcon *>(u"tray"_s);
        QVERIFY(m_run->waitForRows());
        QTRY_VERIFY_WITH_TIMEOUT(icon->toolTip().contains(u"unread"_s), 10'000);
        const auto act = [tray](const char *id) {
            for (auto *action : tray->menu()->actions()) {
                if (action->objectName() == QLatin1String(id))
                    return action;
            }
            return static_cast<QAction *>(nullptr);
        };
        m_run->window()->hide();
        act("tray.open")->trigger();
        QVERIFY(m_run->window()->isVisible());
        act("tray.quickText")->trigger();
        QTRY_VERIFY(m_run->window()->reach()->quickText() && m_run->window()->reach()->quickText()->isVisible());
        QVERIFY(!act("tray.pause")->isChecked());
        act("tray.pause")->trigger();
        QVERIFY(act("tray.pause")->isChecked());
        QTRY_VERIFY(gui::Settings(m_run->profile.filePath(u"settings.ini"_s)).pausedUntil() > QDateTime::currentDateTimeUtc().addSecs(3'000));
        act("tray.pause")->trigger();
        QVERIFY(!act("tray.pause")->isChecked());
        QSignalSpy quits(m_run->window(), &gui::MainWindow::quitRequested);
        act("tray.quit")->trigger();
        QCOMPARE(quits.size(), 1);
    }
    void theTraysIconShowsTheCount()
    {
        const auto picture = [](int count) { return gui::Tray::icon(count).pixmap(32, 32).toImage(); };
        QVERIFY(picture(0) != picture(1));
        QVERIFY(picture(1) != picture(2));
        QCOMPARE(picture(12), picture(99)); // 9+
        QVERIFY(!gui::Tray::icon(3).pixmap(16, 16).isNull());
    }
    void quickTextToALeadIsOneTextAndTheWindowGoes()
    {
        if (!begin())
            QSKIP("The practice server is not built.");
        const QString name = somebody();
        QVERIFY(!name.isEmpty());
        auto *quick = openQuick();
        QVERIFY(quick);
        auto *to = in<QLineEdit>(quick, "quick.to");
        QTRY_COMPARE(quick->focusWidget(), to);
        QTest::keyClicks(to, name);
        auto *hits = in<QListWidget>(quick, "quick.hits");
        QTRY_VERIFY_WITH_TIMEOUT(hits->count() > 0 && hits->item(0)->text().contains(name), 10'000);
        QTest::keyClick(to, Qt::Key_Down);
        QTest::keyClick(to, Qt::Key_Return);
        auto *text = in<gui::ComposerText>(quick, "quick.text");
        QTRY_COMPARE(quick->focusWidget(), text);
        QTest::keyClicks(text, u"Quick as that"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!quick->isVisible(), 5'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"Quick as that"_s), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->app->engine()->outbox().counts().waiting == 0, 20'000);
        QCOMPARE(m_run->texts(u"Quick as that"_s), 1);
        // It opens empty the next time.
        QVERIFY(openQuick());
        QVERIFY(text->toPlainText().isEmpty());
        QVERIFY(to->text().isEmpty());
    }
    void quickTextToANumberAddsTheContact()
    {
        if (!begin())
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->waitForRows());
        auto *quick = openQuick();
        QVERIFY(quick);
        auto *to = in<QLineEdit>(quick, "quick.to");
        QTest::keyClicks(to, u"+14075550134"_s);
        auto *text = in<gui::ComposerText>(quick, "quick.text");
        QTRY_VERIFY(!text->isReadOnly());
        text->setFocus();
        QTest::keyClicks(text, u"Hello, new one"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!quick->isVisible(), 5'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"Hello, new one"_s), 1, 20'000);
    }
    void escapeClosesAndKeepsWhatWasWritten()
    {
        if (!begin())
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->waitForRows());
        auto *quick = openQuick();
        QVERIFY(quick);
        auto *to = in<QLineEdit>(quick, "quick.to");
        QTest::keyClicks(to, u"+14075550134"_s);
        auto *text = in<gui::ComposerText>(quick, "quick.text");
        QTRY_VERIFY(!text->isReadOnly());
        text->setFocus();
        QTest::keyClicks(text, u"Half a thou"_s);
        QTest::keyClick(text, Qt::Key_Escape);
        QTRY_VERIFY(!quick->isVisible());
        QVERIFY(openQuick());
        QCOMPARE(text->toPlainText(), u"Half a thou"_s);
        QTest::keyClick(quick, Qt::Key_Escape);
        QCOMPARE(m_run->texts(u"Half a thou"_s), 0);
    }
    void theClipboardIsOfferedOnlyWhenItHoldsANumber_data()
    {
        QTest::addColumn<QString>("clip");
        QTest::addColumn<bool>("wanted");
        QTest::addColumn<bool>("offered");
        QTest::newRow("number") << u"(407) 555-0134"_s << true << true;
        QTest::newRow("switched off") << u"(407) 555-0134"_s << false << false;
        QTest::newRow("words") << u"my password is 12"_s << true << false;
        QTest::newRow("long text with a number") << u"call me "_s.repeated(20) + u"4075550134"_s << true << false;
        QTest::newRow("nothing") << QString() << true << false;
    }
    void theClipboardIsOfferedOnlyWhenItHoldsANumber()
    {
        QFETCH(QString, clip);
        QFETCH(bool, wanted);
        QFETCH(bool, offered);
        if (!begin())
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->waitForRows());
        m_run->window()->actions()->action(gui::Command::Settings)->trigger();
        auto *box = m_run->find<QCheckBox>("settings.clipboard");
        if (box->isChecked() != wanted)
            QTest::keyClick(box, Qt::Key_Space);
        QGuiApplication::clipboard()->setText(clip);
        auto *quick = openQuick();
        QVERIFY(quick);
        auto *offer = in<QPushButton>(quick, "quick.offer");
        QCOMPARE(offer->isVisible(), offered);
        if (offered) {
            QTest::keyClick(offer, Qt::Key_Space);
            QTRY_VERIFY(in<QLineEdit>(quick, "quick.to")->text().contains(u"555"_s));
            QTRY_VERIFY(!in<gui::ComposerText>(quick, "quick.text")->isReadOnly());
        }
        quick->close();
        QGuiApplication::clipboard()->setText(u"(407) 555-0199"_s);
        QVERIFY(!quick->isVisible()); // a copied number opens and changes nothing
    }
    void quickTextNeedsAPersonToBeSignedIn()
    {
        m_run = std::make_unique<WindowRun>();
        m_run->options.practice = false;
        m_run->options.offline = true;
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        m_run->app->openUri(u"outrigger:quick"_s);
        QVERIFY(!m_run->window()->reach()->quickText());
        QVERIFY(m_run->window()->isVisible());
    }
};

QTEST_MAIN(TestReach)
#include "tst_reach.moc"
