// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contact.h"
#include "domain/outboxrecord.h"

#include <QObject>

class QToolButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Actions;
class LogCallDialog;
class Settings;
class Work;

/// Calling the lead of a thread: the number goes to the desktop's own program for calls, and a call that was made
/// elsewhere is noted in HighLevel. One button with a menu, and a key for each.
class CallActs : public QObject
{
    Q_OBJECT
public:
    /// A child of `pane`, which the keys belong to.
    CallActs(models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *pane);
    QToolButton *button() const { return m_button; } ///< "thread.call"; for the header
    void setContact(const Contact &contact, const ConversationId &conversation);
    void dial();
    void openLog();

Q_SIGNALS:
    /// What a person must know: no program takes calls, or what happened to the note.
    void said(const QString &sentence);

private:
    static Task<void> handOver(CallActs *self, QString number);
    static Task<void> showLog(CallActs *self, Contact contact, ConversationId conversation);
    void submit(const Contact &contact, const ConversationId &conversation, const LoggedCall &call, const QString &providerId);

    models::Desk *m_desk;
    Settings *m_settings;
    Work *m_work;
    QWidget *m_pane;
    QToolButton *m_button;
    Contact m_contact;
    ConversationId m_conversation;
    Task<void> m_dialing;
    Task<void> m_opening;
};

} // namespace outrigger::gui
