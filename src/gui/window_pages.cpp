// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "core/task.h"
#include "gui/contactspage.h"
#include "gui/navrail.h"
#include "gui/newcontact.h"
#include "gui/outboxpage.h"
#include "gui/scheduledpage.h"
#include "gui/settings.h"
#include "gui/settingspage.h"
#include "gui/startpage.h"
#include "gui/statuscell.h"
#include "gui/syncpage.h"
#include "gui/toast.h"
#include "gui/work.h"
#include "models/contactsmodel.h"
#include "sync/engine.h"

#include <QMenuBar>
#include <QStackedWidget>
#include <QTableView>

// The pages that a start does not show, made when they are first needed.
namespace outrigger::gui {

ContactsPage *MainWindow::contacts()
{
    if (!m_contacts) {
        m_contacts = new ContactsPage(m_engine, m_desk, m_settings, m_work, m_actions, m_pages);
        carryLeads(m_contacts->view(), models::ContactsModel::ContactRole);
        m_pages->addWidget(m_contacts);
        m_contacts->setPlace(m_place);
        connect(m_contacts, &ContactsPage::contactRequested, this, [this](const ContactId &contact) { openContact(contact); });
        connect(m_contacts, &ContactsPage::announced, m_toast, [this](const QString &sentence) { m_toast->showMessage(sentence); });
        m_toast->keepClearOf(m_contacts->bulk());
    }
    return m_contacts;
}

void MainWindow::newContact()
{
    const auto account = m_engine->account();
    auto *sheet = new NewContact(m_desk, m_work, account ? account->me : UserId(), this);
    connect(sheet, &NewContact::contactRequested, this, [this](const ContactId &contact) { openContact(contact); });
    sheet->open();
}

OutboxPage *MainWindow::outbox()
{
    if (!m_outbox) {
        m_outbox = new OutboxPage(m_engine, m_work, m_actions, m_pages);
        m_pages->addWidget(m_outbox);
        const auto account = m_engine->account();
        m_outbox->setAccount(account ? std::optional(account->id) : std::nullopt);
        connect(m_outbox, &OutboxPage::contactRequested, this, [this](const ContactId &contact) { openContact(contact); });
    }
    return m_outbox;
}

ScheduledPage *MainWindow::scheduled()
{
    if (!m_scheduled) {
        m_scheduled = new ScheduledPage(m_engine, m_desk, m_settings, m_work, m_actions, m_pages);
        m_pages->addWidget(m_scheduled);
        const auto account = m_engine->account();
        m_scheduled->setAccount(account ? std::optional(account->id) : std::nullopt);
        connect(m_scheduled, &ScheduledPage::contactRequested, this, [this](const ContactId &contact) { openContact(contact); });
    }
    return m_scheduled;
}

SyncPage *MainWindow::syncPage()
{
    if (!m_sync) {
        m_sync = new SyncPage(m_engine, m_pages);
        m_pages->addWidget(m_sync);
        connect(m_sync, &SyncPage::offlineToggled, this, &MainWindow::setWorkOffline);
        connect(m_sync, &SyncPage::signInRequested, this, &MainWindow::showStart);
    }
    return m_sync;
}

SettingsPage *MainWindow::settingsPage()
{
    if (!m_settingsPage) {
        m_settingsPage = new SettingsPage(m_settings, m_entries, m_practice, m_engine->profile().root(), m_pages);
        m_pages->addWidget(m_settingsPage);
        connect(m_settingsPage, &SettingsPage::notificationTestWanted, this, &MainWindow::testNotification);
    }
    return m_settingsPage;
}

StartPage *MainWindow::startPage()
{
    if (!m_start) {
        m_start = new StartPage(m_engine, m_pages);
        m_pages->addWidget(m_start);
        connect(m_start, &StartPage::practiceChosen, this, &MainWindow::practiceWanted);
        connect(m_start, &StartPage::closed, this, [this] {
            m_rail->show();
            m_status->show();
            menuBar()->show();
            go(Command::GoInbox);
        });
    }
    return m_start;
}

} // namespace outrigger::gui
