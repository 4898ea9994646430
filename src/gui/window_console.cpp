// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "gui/consolepage.h"
#include "gui/notifier.h"
#include "gui/reach.h"
#include "gui/toast.h"
#include "models/watchlist.h"
#include "sync/engine.h"

#include <QStackedWidget>

using namespace Qt::StringLiterals;

// The console and what it watches.
namespace outrigger::gui {

ConsolePage *MainWindow::console()
{
    if (!m_console) {
        m_console = new ConsolePage(m_engine, m_desk, watches(), m_settings, m_actions, m_pages);
        m_pages->addWidget(m_console);
        connect(m_console, &ConsolePage::announced, this, &MainWindow::announce);
    }
    return m_console;
}

models::WatchList *MainWindow::watches()
{
    if (m_watches)
        return m_watches;
    m_watches = new models::WatchList(m_engine, m_desk, this);
    connect(m_watches, &models::WatchList::newsFound, this, [this](const QString &operation, const QStringList &names, const QString &file) {
        constexpr int named = 3;
        QString words = names.mid(0, named).join(u", "_s);
        if (names.size() > named)
            words = tr("%1 and more").arg(words);
        const QString title = tr("New in “%1”").arg(operation);
        m_toast->showMessage(tr("%1: %2").arg(title, words), tr("Open"), [this] { run(Command::GoConsole); });
        if (file.isEmpty() && !isActiveWindow())
            reach()->notifier()->tell(title, words);
    });
    // What is kept is in the ledger, which is open when there is an account.
    const auto load = [this] {
        if (m_engine->account())
            m_watches->load();
    };
    connect(m_engine, &sync::Engine::accountChanged, m_watches, load);
    load();
    return m_watches;
}

void MainWindow::showConsole()
{
    const bool there = m_console && m_pages->currentWidget() == m_console;
    showPage(console(), Command::GoConsole);
    m_toast->dismiss(); // it would lie over the tree
    if (!there || !m_console->isAncestorOf(focusWidget()))
        m_console->takeFocus();
}

} // namespace outrigger::gui
