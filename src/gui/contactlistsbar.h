// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "gui/widgets.h"
#include "models/smartlists.h"

#include <QTimer>

class QButtonGroup;
class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// The smart lists above the contacts, each with how many it has, and the way to keep what is shown as a new one.
class ContactListsBar : public Pane
{
    Q_OBJECT
public:
    ContactListsBar(models::Desk *desk, QWidget *parent = nullptr);
    void setPlace(const LocationId &location, const UserId &me);
    /// What is shown: decides which list is marked, and whether it can be kept.
    void setShown(const ContactFilter &filter, const QString &text);
    models::SmartLists *lists() const { return m_lists; }
    void countAgain(); ///< soon, once

Q_SIGNALS:
    void chosen(const outrigger::ContactFilter &filter, const QString &text);

private:
    void rebuild();
    void choose(const QString &id);
    void keep();
    void showKeeping();
    static Task<void> count(ContactListsBar *self);
    models::Desk *m_desk;
    models::SmartLists *m_lists;
    LocationId m_location;
    UserId m_me;
    ContactFilter m_filter;
    QString m_text;
    QString m_current; ///< id of the chosen one; empty: all
    QHBoxLayout *m_row;
    QWidget *m_buttons = nullptr;
    QLineEdit *m_name;
    QPushButton *m_save;
    QPushButton *m_update;
    QPushButton *m_remove;
    QTimer m_soon;
    Task<void> m_counting;
};

} // namespace outrigger::gui
