// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "gui/composer.h"
#include "gui/inboxpage.h"
#include "gui/palette.h"
#include "gui/threadpane.h"

using namespace Qt::StringLiterals;

// The box that finds anything, and where its rows lead.
namespace outrigger::gui {

void MainWindow::showPalette()
{
    if (!m_palette) {
        m_palette = new Palette(m_desk, m_actions, this);
        connect(m_palette, &Palette::personChosen, this, [this](const ContactId &contact) { openContact(contact); });
        connect(m_palette, &Palette::dealChosen, this, [this](const OpportunityId &deal) { openUri(u"outrigger://opportunity/"_s + deal.value); });
        connect(m_palette, &Palette::messageChosen, this, [this](const ContactId &contact, qint64 key, const QString &needle) {
            openContact(contact);
            m_inbox->thread()->showMessage(contact, key, needle);
        });
        connect(m_palette, &Palette::announced, this, &MainWindow::announce);
    }
    m_palette->open();
}

} // namespace outrigger::gui
