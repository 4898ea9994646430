// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/callacts.h"

#include "domain/calldraft.h"
#include "domain/phone.h"
#include "domain/replyways.h"
#include "gui/desktopentries.h"
#include "gui/keymap.h"
#include "gui/logcalldialog.h"
#include "gui/settings.h"
#include "gui/widgets.h"
#include "gui/work.h"
#include "models/desk.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

CallActs::CallActs(models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *pane)
    : QObject(pane), m_desk(desk), m_settings(settings), m_work(work), m_pane(pane)
{
    m_button = iconButton(u"phone"_s, u"thread.call"_s, tr("Call"), pane);
    m_button->setToolTip(tr("Call (%1), or log a call (%2)").arg(keyText(Command::Dial), keyText(Command::LogCall)));
    auto *menu = new QMenu(m_button);
    menu->setObjectName(u"thread.call.menu"_s);
    menu->addAction(actions->action(Command::Dial));
    menu->addAction(actions->action(Command::LogCall));
    m_button->setMenu(menu);
    m_button->setPopupMode(QToolButton::InstantPopup);
    connect(actions->action(Command::Dial), &QAction::triggered, this, &CallActs::dial);
    connect(actions->action(Command::LogCall), &QAction::triggered, this, &CallActs::openLog);
}

void CallActs::setContact(const Contact &contact, const ConversationId &conversation)
{
    m_contact = contact;
    m_conversation = conversation;
    m_button->setEnabled(!contact.id.isEmpty());
}

void CallActs::dial()
{
    if (m_contact.id.isEmpty())
        return;
    if (m_contact.phone.isEmpty()) {
        Q_EMIT said(tr("%1 has no phone number. Add one in HighLevel first.").arg(m_contact.displayName()));
        return;
    }
    const Dnd calls = m_contact.dndSettings.value(u"Call"_s);
    if (m_contact.dnd || calls.status != DndStatus::Inactive) {
        Q_EMIT said(tr("%1 does not want to be called (do not disturb is on for calls). Switch it off in HighLevel first.").arg(m_contact.displayName()));
        return;
    }
    m_dialing = handOver(this, m_contact.phone);
}

/// xdg-open says nothing of whether anybody has taken a link, so the desktop is asked before.
Task<void> CallActs::handOver(CallActs *self, QString number)
{
    auto asking = DesktopEntries::handlerOf(u"tel"_s);
    const auto handler = co_await asking;
    const bool nobody = handler && handler->isEmpty();
    const bool ourselves = handler && handler->startsWith("outrigger"_L1);
    QUrl url;
    url.setScheme(u"tel"_s);
    url.setPath(number);
    if (!nobody && !ourselves && QDesktopServices::openUrl(url))
        co_return;
    QGuiApplication::clipboard()->setText(number);
    Q_EMIT self->said(ourselves ? tr("Telephone links open Outrigger itself on this computer, so the call cannot be handed on. The number has been copied.")
                                : tr("No program on this computer takes calls. Install one (KDE Connect calls through your phone). The number has been copied."));
}

void CallActs::openLog()
{
    if (!m_contact.id.isEmpty())
        m_opening = showLog(this, m_contact, m_conversation);
}

Task<void> CallActs::showLog(CallActs *self, Contact contact, ConversationId conversation)
{
    QString provider = self->m_settings->callProvider();
    auto asking = self->m_desk->sendFacts(contact.id);
    const auto facts = co_await asking;
    if (facts && provider.isEmpty())
        provider = callProviderOf(*facts);
    auto *dialog = new LogCallDialog(contact.displayName(), provider.isEmpty(), self->m_pane->window());
    connect(dialog, &LogCallDialog::logged, self, [self, contact, conversation, provider](const LoggedCall &call) {
        self->submit(contact, conversation, call, provider);
    });
    dialog->open();
}

void CallActs::submit(const Contact &contact, const ConversationId &conversation, const LoggedCall &call, const QString &providerId)
{
    const MessageDraft draft = callDraft(contact, conversation, call, providerId);
    m_work->sendText(draft, contact.displayName(), 0, [this](const Result<RecordId> &kept) {
        Q_EMIT said(kept ? tr("Call noted.") : kept.error().message);
    });
}

} // namespace outrigger::gui
