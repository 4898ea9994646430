// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowrun.h"

#include "gui/keymap.h"
#include "gui/reach.h"
#include "gui/settings.h"
#include "gui/tray.h"

#include <QAction>
#include <QMenu>
#include <QProcess>
#include <QSystemTrayIcon>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// The window and a real tray (tint2) on a private desktop.
class TestTray : public QObject
{
    Q_OBJECT

    QProcess m_panel;
    WindowRun m_run;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(!QSystemTrayIcon::isSystemTrayAvailable());
        m_panel.start(u"tint2"_s, {});
        QVERIFY(m_panel.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QSystemTrayIcon::isSystemTrayAvailable(), 15'000);
        {
            gui::Settings settings(m_run.profile.filePath(u"settings.ini"_s));
            settings.setCloseToTray(true);
        }
        QVERIFY(m_run.open());
        QVERIFY(m_run.waitForRows());
    }
    void cleanupTestCase()
    {
        m_run.close();
        m_panel.terminate();
        m_panel.waitForFinished();
    }
    void closingLeavesItInTheTrayAndTheTrayBringsItBack()
    {
        auto *icon = m_run.window()->findChild<QSystemTrayIcon *>(u"tray"_s);
        QTRY_VERIFY(icon && icon->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(icon->geometry().isValid() && icon->geometry().width() > 0, 10'000); // the panel has taken it
        QSignalSpy quits(m_run.window(), &gui::MainWindow::quitRequested);
        m_run.window()->close();
        QTRY_VERIFY(!m_run.window()->isVisible());
        QCOMPARE(quits.size(), 0);
        QVERIFY(m_run.app->engine()->status().connection == sync::Connection::Live); // it goes on working
        icon->contextMenu()->actions().first()->trigger();
        QTRY_VERIFY(m_run.window()->isVisible());
    }
    void withoutTheTrayClosingEndsIt()
    {
        m_panel.terminate();
        QVERIFY(m_panel.waitForFinished());
        QTRY_VERIFY_WITH_TIMEOUT(!QSystemTrayIcon::isSystemTrayAvailable(), 15'000);
        QSignalSpy quits(m_run.window(), &gui::MainWindow::quitRequested);
        m_run.window()->close();
        QCOMPARE(quits.size(), 1);
    }
};

QTEST_MAIN(TestTray)
#include "tst_tray.moc"
