// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contact.h"
#include "domain/textguard.h"

#include <QObject>
#include <QTimer>

#include <optional>

class QMimeData;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// What is copied from a conversation carries the id of its lead on the clipboard, in a format of our own.
QMimeData *copied(const QString &text, const ContactId &from);
ContactId copiedFrom(const QMimeData *data); ///< empty: from anywhere else

/// Finds out what the send guard wants to know about a text while it is written: whom else it could be meant for.
class WrongLead : public QObject
{
    Q_OBJECT
public:
    explicit WrongLead(models::Desk *desk, QObject *parent = nullptr);
    void setContact(const Contact &contact);
    void setText(const QString &text);
    void pasted(const QString &text, const ContactId &from);
    /// What is known about the text as it is now.
    TextFacts facts() const;
    /// False while the answer for the text as it is now is still on its way; changed() follows soon.
    bool known() const { return m_known; }
    /// Asks at once instead of at the next pause.
    void hurry();

Q_SIGNALS:
    void changed();

private:
    static Task<void> ask(WrongLead *self, Contact contact, QString text);
    static Task<void> nameSource(WrongLead *self, ContactId from);
    void settle(const TextFacts &facts);

    models::Desk *m_desk;
    Contact m_contact;
    QString m_text;
    TextFacts m_facts;
    bool m_known = true;
    QString m_pastedText;
    QString m_pastedName;
    QTimer m_pause;
    QTimer m_patience;
    Task<void> m_asking;
    Task<void> m_naming;
};

} // namespace outrigger::gui
