// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contact.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

/// Shows a visitor of the live chat that somebody is typing: at most every few seconds, and once more when it stops. A
/// sign-in without the permission is asked once.
class TypingSignal : public QObject
{
    Q_OBJECT
public:
    explicit TypingSignal(sync::Engine *engine, QObject *parent = nullptr);
    /// A character was typed for this visitor. Without a visitor's id (HighLevel has it on the contact) nothing happens.
    void typed(const Contact &contact, const ConversationId &conversation);
    /// Sent, emptied, or another thread.
    void stopped();
    static QString visitorOf(const Contact &contact);

private:
    static Task<void> tell(TypingSignal *self, ConversationId conversation, QString visitor, bool typing);

    sync::Engine *m_engine;
    ConversationId m_conversation;
    QString m_visitor;
    bool m_shown = false;
    bool m_refused = false; ///< in this run
    QElapsedTimer m_last;
    QTimer m_idle;
    Task<void> m_telling;
};

} // namespace outrigger::gui
