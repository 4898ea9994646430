// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contactfilter.h"
#include "domain/ids.h"
#include "gui/keymap.h"
#include "gui/widgets.h"

#include <QTimer>

class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace outrigger::models {
class BulkJobs;
class ContactsModel;
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class BulkPanel;
class BusinessPage;
class ContactListsBar;
class EmptyState;
class FilterBuilder;
class Settings;
class Work;

/// All contacts in one table with chosen columns, smart lists and conditions; Enter opens the conversation.
class ContactsPage : public Pane
{
    Q_OBJECT
public:
    ContactsPage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent = nullptr);
    ~ContactsPage() override;
    void setPlace(const LocationId &location);
    QTableView *view() const { return m_view; }
    QWidget *mainList() const; ///< the table, or the businesses while they are shown
    QLineEdit *filter() const { return m_filter; }
    QWidget *bulk() const; ///< the bar with the ticked contacts
    void move(int step);
    void openCurrent();
    /// A key of the contacts' scope; false when it is none of it.
    bool run(Command command);
    ContactId currentContact() const; ///< empty when there is none
    QVector<qint64> tickedKeys() const; ///< in the order of the list

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);
    void announced(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildHead(QWidget *head);
    void buildTable();
    void restoreColumns();
    void keepColumns();
    void showColumnMenu();
    void showFilter(const ContactFilter &filter, const QString &text);
    void applyFilter();
    void showCount();
    void tick();
    void buildBulk(QVBoxLayout *column);
    void exportTicked();
    void importFile();
    void showBusinesses(bool on);
    static Task<void> writeExport(ContactsPage *self, QString path, QVector<qint64> keys);
    sync::Engine *m_engine;
    models::Desk *m_desk;
    Settings *m_settings;
    Work *m_work;
    Actions *m_actions;
    models::ContactsModel *m_model;
    QLineEdit *m_filter;
    QPushButton *m_conditionsButton;
    QPushButton *m_businessesButton;
    BusinessPage *m_businesses = nullptr;
    Label *m_count;
    ContactListsBar *m_lists;
    FilterBuilder *m_conditions;
    QStackedWidget *m_stack;
    QTableView *m_view;
    EmptyState *m_empty;
    BulkPanel *m_bulk;
    models::BulkJobs *m_jobs;
    bool m_ticking = false; ///< the selection was made with X: moving the focus leaves it
    bool m_inTick = false;
    LocationId m_location;
    TaskScope m_tasks;
    QTimer m_pause;
};

} // namespace outrigger::gui
