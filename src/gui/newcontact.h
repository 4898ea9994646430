// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contactchange.h"
#include "domain/outboxrecord.h"
#include "domain/rows.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Label;
class Work;

/// A new contact. Whoever has this number or address already is shown while it is typed, and opened instead, or updated
/// with what is typed; HighLevel's duplicate search is asked before the contact is added. Without network it is added or
/// updated here and waits.
class NewContact : public QDialog
{
    Q_OBJECT
public:
    NewContact(models::Desk *desk, Work *work, const UserId &me, QWidget *parent);
    void setPhone(const QString &phone);

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);

private:
    QLineEdit *addLine(const QString &label, const QString &objectName, QFormLayout *form);
    void look();
    void submit();
    /// What is typed so far, without what cannot be taken yet.
    ContactDraft typed() const;
    /// What is typed; nullopt when something cannot be taken, which is said then.
    std::optional<ContactDraft> draft();
    void say(const QString &sentence, const ContactId &open, bool stops);
    /// Somebody has this number or address: what is typed would be written into that contact, and how.
    void offerUpdate(const Contact &there);
    void makeRoom();
    void update();
    /// What is typed and is otherwise there. Nothing that is left empty here.
    ContactChange changeOf(const ContactDraft &typed, const Contact &there) const;
    static Task<void> lookUp(NewContact *self);
    static Task<void> askAndAdd(NewContact *self, ContactDraft draft);
    models::Desk *m_desk;
    Work *m_work;
    UserId m_me;
    QLineEdit *m_phone;
    QLineEdit *m_first;
    QLineEdit *m_last;
    QLineEdit *m_email;
    QLineEdit *m_company;
    QLineEdit *m_tags;
    QLineEdit *m_source;
    QCheckBox *m_mine;
    Label *m_said;
    QPushButton *m_open;
    QPushButton *m_add;
    QPushButton *m_update;
    ContactId m_twin;
    std::optional<Contact> m_there; ///< whoever can be updated
    QTimer m_pause;
    Task<void> m_looking;
    Task<void> m_adding;
};

} // namespace outrigger::gui
