// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/calendar.h"
#include "domain/ids.h"
#include "domain/leadtask.h"
#include "domain/rows.h"
#include "gui/keymap.h"

#include <QMainWindow>
#include <QPointer>

class QAbstractItemView;
class QMenu;
class QStackedWidget;

namespace outrigger::models {
class Desk;
class WatchList;
}
namespace outrigger::store {
struct Glance;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui::uri {
struct Target;
}

namespace outrigger::gui {

class AccountDialog;
class AwayWatch;
class BookingPanel;
class SlotRail;
class CalendarPage;
class ConsolePage;
class ContactsPage;
class DesktopEntries;
class InboxPage;
class Label;
class NavRail;
class OutboxPage;
class PipelinePage;
class ScheduledPage;
class TasksPage;
class Palette;
class PracticeControl;
class Reach;
class Settings;
class SettingsPage;
class StartPage;
class StatusCell;
class Strip;
class SyncPage;
class Toast;
class Work;

/// The one window: rail, pages, status cell, toasts. Pages that are not the first are made when they are first shown.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(sync::Engine *engine, Settings *settings, bool practice, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// The cache can be read: shows the rows of this place, before the account is known.
    void showPlace(const LocationId &location, const UserId &me, const QString &timezone);
    /// The first screen of that place, read while this window was made. Nothing can be opened yet.
    void showGlance(const store::Glance &glance, const QString &timezone);
    /// Nobody is signed in.
    void showStart();
    /// tel:, sms:, outrigger://contact|conversation|opportunity, outrigger:quick: goes there or pre-fills; never sends.
    void openUri(const QString &uri);
    void openContact(const ContactId &contact, const QString &suggestion = {});
    void comeForward(); ///< shown, not minimised, above others
    /// Instead of show(): there is no first picture to wait for.
    void startHidden();
    void quit(); ///< also where closing would leave the program in the tray
    /// Notifications, tray, quick text; made when first asked for, and after the first picture.
    Reach *reach();
    void setPracticeControl(PracticeControl *control);
    void setDesktopEntries(DesktopEntries *entries) { m_entries = entries; } ///< outlives the window
    void announce(const QString &sentence); ///< politely, to screen readers
    void showProblem(const QString &sentence, const QString &nextStep);
    InboxPage *inbox() const { return m_inbox; }
    Work *work() const { return m_work; }
    Actions *actions() const { return m_actions; }
    Toast *toast() const { return m_toast; }

Q_SIGNALS:
    void practiceWanted();
    void quitRequested();
    void firstPainted(); ///< once: the first picture is on its way to the screen, or there will be none for now

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    bool m_painted = false;
    void buildMenus();
    QMenu *menuOf(const QString &title, std::initializer_list<Command> commands);
    void run(Command command);
    void go(Command workspace);
    void showPalette();
    void useSnippet(const QString &id);
    void watchAway();
    void showAway(const AwayNews &news, const QDateTime &since);
    void showPage(QWidget *page, Command workspace);
    ContactsPage *contacts();
    void newContact();
    // window_console.cpp
    ConsolePage *console();
    models::WatchList *watches(); ///< made after the first picture: what is watched goes on without its page
    void showConsole();
    // window_calendar.cpp
    CalendarPage *calendar();
    BookingPanel *booking();
    SlotRail *slotRail();
    void carryLeads(QAbstractItemView *view, int role); ///< rows of contacts or of conversations
    void carryDeals(PipelinePage *page);
    void connectCalendar();
    void placeCalendar(const LocationId &location);
    QWidget *calendarView() const;
    bool runCalendar(Command command); ///< false: it is not the calendar's
    void bookHere();                   ///< Ctrl+B: for the lead that is before the person
    void bookFor(const ContactId &contact, const QDateTime &around);
    void moveAppointment(const EventRow &row);
    // window_tasks.cpp
    TasksPage *tasks();
    bool runTasks(Command command); ///< false: it is not the tasks'
    void newTask();                 ///< Ctrl+T: for the lead that is before the person
    void editTask(const TaskRow &row);
    ContactId contactHere() const;  ///< the lead that is before the person; empty: none
    OutboxPage *outbox();
    PipelinePage *pipeline();
    void newDeal(const ContactId &contact); ///< window_deals.cpp; contact may be empty: then it is looked for
    void tellAttention();
    ScheduledPage *scheduled();
    SyncPage *syncPage();
    SettingsPage *settingsPage();
    StartPage *startPage();
    void testNotification();
    void follow(const uri::Target &target);
    void showAccounts();
    void onAccount();
    void onStatus();
    void onRecords();
    void showUndo();
    void applySettings();
    void nextPane(int step);
    void openConversation(const ConversationId &conversation);
    void goBack(int step);
    void setWorkOffline(bool offline);

    sync::Engine *m_engine;
    Settings *m_settings;
    DesktopEntries *m_entries = nullptr;
    models::Desk *m_desk;
    Reach *m_reach = nullptr;
    AwayWatch *m_away = nullptr; ///< made after the first picture
    Work *m_work;
    Actions *m_actions;
    bool m_practice;
    bool m_workOffline = false;
    bool m_quitting = false;
    LocationId m_place;
    QWidget *m_center;
    NavRail *m_rail;
    Strip *m_band;
    Strip *m_offline;
    Strip *m_problem;
    QStackedWidget *m_pages;
    InboxPage *m_inbox;
    ContactsPage *m_contacts = nullptr;
    ConsolePage *m_console = nullptr;
    models::WatchList *m_watches = nullptr;
    CalendarPage *m_calendar = nullptr;
    BookingPanel *m_booking = nullptr;
    SlotRail *m_slotRail = nullptr; ///< made when a lead is first carried
    QPoint m_carriedAt;             ///< global: where a deal was carried last
    Task<void> m_snippetTask; ///< the lead of the snippet is being read
    Task<void> m_bookingTask; ///< the lead of the sheet is being read
    Task<void> m_dealTask;    ///< the same, for a new deal
    TasksPage *m_todo = nullptr;
    OutboxPage *m_outbox = nullptr;
    PipelinePage *m_pipeline = nullptr;
    ScheduledPage *m_scheduled = nullptr;
    SyncPage *m_sync = nullptr;
    SettingsPage *m_settingsPage = nullptr;
    StartPage *m_start = nullptr;
    Palette *m_palette = nullptr; ///< made when it is first wanted
    StatusCell *m_status;
    Toast *m_toast;
    Label *m_live;
    Command m_workspace = Command::GoInbox;
    QVector<ContactId> m_history;
    int m_historyAt = -1;
    QString m_suggestion;
    struct Tasks;
    std::unique_ptr<Tasks> m_tasks;
};

} // namespace outrigger::gui
