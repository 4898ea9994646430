// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contact.h"
#include "domain/leadtask.h"
#include "domain/taskentry.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Label;

/// A task with its fields: a new one from one line ("call back fri 3pm their time"), or one that is there. It says what
/// is to change and leaves the doing to its owner. Deletes itself.
class TaskDialog : public QDialog
{
    Q_OBJECT
public:
    /// contact may be empty: then it is looked for by typing. me: whose it is unless another is chosen.
    TaskDialog(models::Desk *desk, const UserId &me, const ContactId &contact, QWidget *parent);
    TaskDialog(models::Desk *desk, const UserId &me, const TaskRow &row, QWidget *parent);

Q_SIGNALS:
    void created(const outrigger::TaskDraft &draft, const outrigger::Contact &contact, const QStringList &tags);
    void changed(const outrigger::TaskRow &row, const outrigger::TaskChange &change);
    void removeWanted(const outrigger::TaskRow &row);

private:
    void build(const QString &title);
    void addContact(QFormLayout *form);
    void addFacts(QFormLayout *form);
    static Task<void> search(TaskDialog *self);
    static Task<void> read(TaskDialog *self, ContactId contact);
    void choose(const Contact &contact);
    taskentry::Entry typed() const;
    void showMeaning();
    void keep();

    models::Desk *m_desk;
    UserId m_me;
    std::optional<TaskRow> m_row;
    Contact m_contact;
    QLineEdit *m_line = nullptr; ///< new: the one line; else the title
    QLineEdit *m_when = nullptr; ///< of one that is there
    Label *m_meaning = nullptr;
    QLineEdit *m_who = nullptr;
    QListWidget *m_found = nullptr;
    QVector<ContactId> m_people; ///< of m_found, in its order
    QPlainTextEdit *m_body = nullptr;
    QComboBox *m_owner = nullptr;
    QPushButton *m_keep = nullptr;
    QTimer m_pause;
    Task<void> m_searching;
};

} // namespace outrigger::gui
