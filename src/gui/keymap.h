// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QVector>

class QAction;
class QWidget;

namespace outrigger::gui {

/// Everything that a person can do from the keyboard. One table (keymap.cpp) feeds menus, tool tips, the cheat sheet
/// and the shortcuts themselves.
enum class Command {
    // everywhere
    GoInbox, GoNext, GoPipeline, GoCalendar, GoContacts, GoTasks, GoReports, GoConsole,
    Palette, NewText, NewContact, QuickText, Outbox, Scheduled, Undo, Redo, Back, Forward, NextPane, PreviousPane, FilterHere, TogglePanel, Settings, SwitchAccount,
    SyncPage, SyncNow, Snippets, WorkOffline, CheatSheet, Quit,
    // lists
    Down, Up, Open, ListFilter, CheatSheetKey,
    // inbox
    Done, Snooze, ReadUnread, NextUnread, Star, Assign, Tags, Filters, Reply, NextSplit, PreviousSplit,
    // composer
    Send, NewLine, SendAndDone, Schedule, Attach, Snippet, SaveSnippet, Spelling, Repair, FromNumber, ChannelSms, ChannelComment, ChannelNext, EditHeld, LeaveComposer,
    // thread
    LastReply, FindInThread, JumpToDay, PreviousConversation, NextConversation, MailReply, MailReplyAll, WriteMail, Dial, LogCall,
    // calendar
    Book, NewTask, CalendarToday, CalendarDay, CalendarWorkWeek, CalendarWeek, CalendarMonth, CalendarAgenda, CalendarEarlier, CalendarLater,
    CalendarBook, CalendarBlock, CalendarShowed, CalendarNoShow, CalendarOffer, CalendarTomorrow, CalendarLate, CalendarJoin, CalendarWhose, CalendarPdf, CalendarExport,
    // tasks
    TaskDone, TaskSnooze, TaskEdit, TaskDelete, TaskNew,
    // board
    DealLeft, DealRight, DealFirst, DealLast, DealLift, DealMove, DealWon, DealLost, DealReopen, DealValue, DealNew, DealDelete,
    PipelineSwitch, BoardFilter, BoardColumn1, BoardColumn2, BoardColumn3, BoardColumn4, BoardColumn5, BoardColumn6, BoardColumn7,
    BoardColumn8, BoardColumn9, DealTick, DealTickAll, DealOwner, DealText, DealExport, BoardNextView, BoardMine, BoardDensity, NewDeal,
    // contacts
    ContactTick, ContactTickAll, ContactTags, ContactAssign, ContactFilters, ContactColumns, ContactDelete, ContactExport, ContactImport, ContactBusinesses,
    // console
    ConsoleSend, ConsoleDryRun, ConsoleCopy, ConsoleWatch
};

enum class KeyScope { Everywhere, Lists, Inbox, Composer, Thread, Calendar, Tasks, Board, Contacts, Console };

struct KeyRow {
    Command command;
    QString objectName;          ///< of its action: "action.newText"
    KeyScope scope;
    QString name;                ///< for menus and the cheat sheet
    QList<QKeySequence> keys;    ///< the first is printed
    QString shown;               ///< what is printed instead ("Alt+1..9"); empty: the first key
    bool singleLetter = false;   ///< can be switched off, and acts only in lists
    bool action = true;          ///< false: handled by the text field itself; it is in the cheat sheet only
    bool available = true;       ///< false: comes in a later version
};

const QVector<KeyRow> &keyTable();
const KeyRow &keyRow(Command command);
QString scopeName(KeyScope scope);
/// "Ctrl+N"; for tool tips.
QString keyText(Command command);

/// The QActions of one window, made from the table.
class Actions : public QObject
{
    Q_OBJECT
public:
    explicit Actions(QWidget *window);
    QAction *action(Command command) const;
    /// Gives this list (or the widget that lists live in) the actions of a scope. Single letters act only while the
    /// widget itself has the focus; others while anything inside it has.
    void attach(QWidget *widget, KeyScope scope);
    void setSingleLetterKeys(bool on);

Q_SIGNALS:
    void triggered(outrigger::gui::Command command);

private:
    QHash<int, QAction *> m_actions;
};

} // namespace outrigger::gui
