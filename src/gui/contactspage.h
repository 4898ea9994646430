// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "gui/widgets.h"

#include <QTimer>

class QLineEdit;
class QStackedWidget;
class QTableView;

namespace outrigger::models {
class ContactsModel;
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class EmptyState;

/// All contacts in one table; Enter opens the conversation.
class ContactsPage : public Pane
{
    Q_OBJECT
public:
    ContactsPage(sync::Engine *engine, models::Desk *desk, Actions *actions, QWidget *parent = nullptr);
    void setPlace(const LocationId &location);
    QTableView *view() const { return m_view; }
    QLineEdit *filter() const { return m_filter; }
    void move(int step);
    void openCurrent();
    ContactId currentContact() const; ///< empty when there is none

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);

private:
    void showCount();
    models::Desk *m_desk;
    models::ContactsModel *m_model;
    QLineEdit *m_filter;
    Label *m_count;
    QStackedWidget *m_stack;
    QTableView *m_view;
    EmptyState *m_empty;
    QTimer m_pause;
};

} // namespace outrigger::gui
