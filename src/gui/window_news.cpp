// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "gui/composer.h"
#include "gui/inboxpage.h"
#include "gui/notifier.h"
#include "gui/settingspage.h"
#include "gui/threadpane.h"
#include "gui/work.h"
#include "models/arrivals.h"
#include "sync/engine.h"

/// How the window tells of what leads write while it is not looked at.
namespace outrigger::gui {

void MainWindow::tellOfNews()
{
    m_arrivals = new models::Arrivals(&m_engine->cache(), this);
    m_arrivals->setLocation(m_place);
    m_notifier = new Notifier(m_settings, this);
    connect(m_arrivals, &models::Arrivals::arrived, this, [this](const models::Arrival &arrival) {
        const bool seen = isActiveWindow() && m_inbox->isVisible() && m_inbox->hasThread()
            && m_inbox->thread()->contactId() == arrival.conversation.contactId;
        if (!seen)
            m_notifier->show(arrival);
    });
    const auto go = [this](const ContactId &contact, const QString &text) {
        setWindowState(windowState() & ~Qt::WindowMinimized);
        show();
        raise();
        activateWindow();
        openContact(contact, text);
    };
    connect(m_notifier, &Notifier::openRequested, this, [go](const ContactId &contact) { go(contact, {}); });
    connect(m_notifier, &Notifier::replyRequested, this, go);
    connect(m_notifier, &Notifier::doneRequested, this, [this](const ConversationRow &row) { m_work->setDone(row, true); });
    connect(m_inbox, &InboxPage::contactOpened, m_notifier, &Notifier::withdraw);
}

void MainWindow::testNotification()
{
    if (!m_notifier)
        return;
    connect(m_notifier, &Notifier::tested, m_settingsPage, &SettingsPage::showTestResult, Qt::UniqueConnection);
    m_notifier->test();
}

} // namespace outrigger::gui
