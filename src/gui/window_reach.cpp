// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "gui/inboxpage.h"
#include "gui/notifier.h"
#include "gui/reach.h"
#include "gui/settings.h"
#include "gui/settingspage.h"
#include "gui/uri.h"
#include "sync/engine.h"

#include <QCloseEvent>
#include <QTimer>

/// The window and what reaches the person without it: shown and hidden, links, the tray, an end.
namespace outrigger::gui {

Reach *MainWindow::reach()
{
    if (!m_reach) {
        m_reach = new Reach({m_engine, m_desk, m_settings, m_work, m_actions}, this);
        m_reach->setLocation(m_place);
    }
    return m_reach;
}

void MainWindow::startHidden()
{
    sync::Attention attention;
    attention.focused = false;
    m_engine->setAttention(attention);
    m_painted = true;
    QTimer::singleShot(0, this, &MainWindow::firstPainted);
}

void MainWindow::comeForward()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::testNotification()
{
    connect(reach()->notifier(), &Notifier::tested, m_settingsPage, &SettingsPage::showTestResult, Qt::UniqueConnection);
    reach()->testNotification();
}

void MainWindow::openUri(const QString &text)
{
    const auto target = uri::parse(text);
    if (target.kind == uri::Kind::Quick) { // a window of its own; this one stays as it is
        reach()->openQuickText();
        return;
    }
    comeForward();
    if (target.kind != uri::Kind::None)
        follow(target);
}

void MainWindow::quit()
{
    m_quitting = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_inbox->saveDrafts();
    m_inbox->saveLayout();
    m_settings->setState(QStringLiteral("window"), saveGeometry());
    event->accept();
    if (m_quitting || !m_reach || !m_reach->staysInTray())
        Q_EMIT quitRequested();
}

} // namespace outrigger::gui
