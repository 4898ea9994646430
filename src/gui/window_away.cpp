// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "gui/awayreport.h"
#include "gui/inboxlist.h"
#include "gui/inboxpage.h"
#include "sync/engine.h"

#include <QListView>

using namespace Qt::StringLiterals;

// What came while nobody looked.
namespace outrigger::gui {

void MainWindow::watchAway()
{
    m_away = new AwayWatch(m_desk, this);
    m_away->setActive(isActiveWindow());
    connect(m_engine, &sync::Engine::statusChanged, this, [this] {
        m_away->begin();
        if (!m_away->waitsFrom().isValid())
            return;
        const auto status = m_engine->status();
        using sync::Connection;
        if (status.connection == Connection::Offline || status.connection == Connection::WorkingOffline)
            m_away->caughtUp();
        for (const auto &area : status.areas) {
            if (area.area == "conversations"_L1 && area.lastSuccess >= m_away->waitsFrom())
                m_away->caughtUp();
        }
    });
    connect(m_away, &AwayWatch::report, this, &MainWindow::showAway);
}

void MainWindow::showAway(const AwayNews &news, const QDateTime &since)
{
    if (!isVisible() || findChild<QDialog *>()) // something is asked already
        return;
    auto *report = new AwayReport(news, since, QDateTime::currentDateTimeUtc(), this);
    const auto goTo = [this](Split split) {
        go(Command::GoInbox);
        auto *list = m_inbox->list();
        list->setSplit(split);
        list->view()->setFocus(Qt::OtherFocusReason);
        list->chooseFirst();
    };
    connect(report, &AwayReport::repliesWanted, this, [goTo] { goTo(Split::Replies); });
    connect(report, &AwayReport::newLeadsWanted, this, [goTo] { goTo(Split::NewLeads); });
    connect(report, &AwayReport::contactWanted, this, [this](const ContactId &contact) { openContact(contact); });
    announce(AwayReport::sentence(news, QDateTime::currentDateTimeUtc()));
    report->open();
}

} // namespace outrigger::gui
