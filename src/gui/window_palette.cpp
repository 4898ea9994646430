// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "domain/mergefields.h"
#include "gui/calendarpage.h"
#include "gui/composer.h"
#include "gui/contactspage.h"
#include "gui/inboxpage.h"
#include "gui/leadpanel.h"
#include "gui/palette.h"
#include "gui/pipelinepage.h"
#include "gui/settings.h"
#include "gui/snippetdialog.h"
#include "gui/taskspage.h"
#include "gui/threadpane.h"
#include "models/desk.h"
#include "models/snippets.h"

#include <QStackedWidget>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

// The box that finds anything, and where its rows lead.
namespace outrigger::gui {

void MainWindow::showPalette()
{
    if (!m_palette) {
        m_palette = new Palette(m_desk, m_actions, this);
        m_palette->model()->setEngine(m_engine);
        connect(m_palette, &Palette::personChosen, this, [this](const ContactId &contact) { openContact(contact); });
        connect(m_palette, &Palette::dealChosen, this, [this](const OpportunityId &deal) { openUri(u"outrigger://opportunity/"_s + deal.value); });
        connect(m_palette, &Palette::messageChosen, this, [this](const ContactId &contact, qint64 key, const QString &needle) {
            openContact(contact);
            m_inbox->thread()->showMessage(contact, key, needle);
        });
        connect(m_palette, &Palette::taskChosen, this, [this](qint64 task, const ContactId &contact) {
            go(Command::GoTasks);
            m_todo->reveal(task, contact);
        });
        connect(m_palette, &Palette::noteChosen, this, [this](qint64 note, const ContactId &contact) {
            openContact(contact);
            auto *lead = m_inbox->findChild<LeadPanel *>();
            lead->revealNote(contact, note);
            if (!m_settings->panelShown())
                m_inbox->run(Command::TogglePanel);
        });
        connect(m_palette, &Palette::appointmentChosen, this, [this](qint64 event, const QDateTime &start) {
            go(Command::GoCalendar);
            m_calendar->reveal(event, start);
        });
        connect(m_palette, &Palette::snippetChosen, this, &MainWindow::useSnippet);
        connect(m_palette, &Palette::announced, this, &MainWindow::announce);
    }
    const QWidget *page = m_pages->currentWidget();
    std::optional<KeyScope> here;
    if (page == m_calendar)
        here = KeyScope::Calendar;
    else if (page == m_todo)
        here = KeyScope::Tasks;
    else if (page == m_pipeline)
        here = KeyScope::Board;
    else if (page == m_contacts)
        here = KeyScope::Contacts;
    m_palette->open(here);
}

namespace {

/// With this lead's values in it, below what the composer holds.
Task<void> put(models::Desk *desk, ContactId contact, QString text, std::function<void(const QString &)> use)
{
    auto asking = desk->contact(contact);
    const auto found = co_await asking;
    use(found && *found ? fillMergeFields(text, desk->mergeValues(**found)).text : text);
}

} // namespace

void MainWindow::useSnippet(const QString &id)
{
    const auto all = m_desk->snippets()->all();
    const auto one = std::find_if(all.begin(), all.end(), [&id](const Snippet &snippet) { return snippet.id == id; });
    if (one == all.end())
        return;
    const ContactId contact = contactHere();
    if (contact.isEmpty()) { // nobody to write to: it is shown where it can be read and changed
        (new SnippetDialog(m_desk->snippets(), this))->open();
        return;
    }
    m_snippetTask = put(m_desk, contact, one->text, [this, contact](const QString &text) { openContact(contact, text); });
}

} // namespace outrigger::gui
