// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/keymap.h"

#include <QAction>
#include <QCoreApplication>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

QList<QKeySequence> keys(std::initializer_list<QStringView> list)
{
    QList<QKeySequence> result;
    for (const auto text : list)
        result.append(QKeySequence(text.toString(), QKeySequence::PortableText));
    return result;
}

struct Builder {
    QVector<KeyRow> rows;

    KeyRow &add(Command command, const char *id, KeyScope scope, const QString &name, QList<QKeySequence> sequences)
    {
        KeyRow row;
        row.command = command;
        row.objectName = "action."_L1 + QLatin1String(id);
        row.scope = scope;
        row.name = name;
        row.keys = std::move(sequences);
        rows.append(row);
        return rows.last();
    }
    void letter(Command command, const char *id, KeyScope scope, const QString &name, QList<QKeySequence> sequences)
    {
        add(command, id, scope, name, std::move(sequences)).singleLetter = true;
    }
    void later(Command command, const char *id, const QString &name, QList<QKeySequence> sequences)
    {
        add(command, id, KeyScope::Everywhere, name, std::move(sequences)).available = false;
    }
    void typed(Command command, const char *id, const QString &name, const QString &shown, QList<QKeySequence> sequences = {})
    {
        auto &row = add(command, id, KeyScope::Composer, name, std::move(sequences));
        row.shown = shown;
        row.action = false;
    }
    /// Acts in the open e-mail alone.
    void readMail(Command command, const char *id, const QString &name, const QString &shown)
    {
        auto &row = add(command, id, KeyScope::Thread, name, {});
        row.shown = shown;
        row.action = false;
    }
};

void everywhere(Builder &b)
{
    const auto scope = KeyScope::Everywhere;
    b.add(Command::GoInbox, "goInbox", scope, Words::tr("Inbox"), keys({u"Ctrl+1"}));
    b.later(Command::GoNext, "goNext", Words::tr("Who's next"), keys({u"Ctrl+2"}));
    b.add(Command::GoPipeline, "goPipeline", scope, Words::tr("Pipeline"), keys({u"Ctrl+3"}));
    b.add(Command::GoCalendar, "goCalendar", scope, Words::tr("Calendar"), keys({u"Ctrl+4"}));
    b.add(Command::GoContacts, "goContacts", scope, Words::tr("Contacts"), keys({u"Ctrl+5"}));
    b.add(Command::GoTasks, "goTasks", scope, Words::tr("Tasks"), keys({u"Ctrl+6"}));
    b.later(Command::GoReports, "goReports", Words::tr("Reports"), keys({u"Ctrl+7"}));
    b.add(Command::GoConsole, "goConsole", scope, Words::tr("Console"), keys({u"Ctrl+8"}));
    b.add(Command::Palette, "palette", scope, Words::tr("Search and commands"), keys({u"Ctrl+K"}));
    b.add(Command::NewText, "newText", scope, Words::tr("New text"), keys({u"Ctrl+N"}));
    b.add(Command::NewContact, "newContact", scope, Words::tr("New contact"), keys({u"Ctrl+Shift+N"}));
    b.add(Command::QuickText, "quickText", scope, Words::tr("Quick text"), keys({u"Ctrl+Alt+N"}));
    b.add(Command::Book, "book", scope, Words::tr("Book an appointment"), keys({u"Ctrl+B"}));
    b.add(Command::NewTask, "newTask", scope, Words::tr("New task"), keys({u"Ctrl+T"}));
    b.add(Command::NewDeal, "newDeal", scope, Words::tr("New deal"), keys({u"Ctrl+Shift+O"}));
    b.add(Command::Outbox, "outbox", scope, Words::tr("Outbox"), keys({u"Ctrl+J"}));
    b.add(Command::Scheduled, "scheduled", scope, Words::tr("Scheduled texts"), keys({u"Ctrl+Shift+J"}));
    b.add(Command::Undo, "undo", scope, Words::tr("Undo"), keys({u"Ctrl+Z"}));
    b.add(Command::Redo, "redo", scope, Words::tr("Redo"), keys({u"Ctrl+Shift+Z"}));
    b.add(Command::Back, "back", scope, Words::tr("Back"), keys({u"Alt+Left"}));
    b.add(Command::Forward, "forward", scope, Words::tr("Forward"), keys({u"Alt+Right"}));
    b.add(Command::NextPane, "nextPane", scope, Words::tr("Next pane"), keys({u"F6"}));
    b.add(Command::PreviousPane, "previousPane", scope, Words::tr("Previous pane"), keys({u"Shift+F6"}));
    b.add(Command::FilterHere, "filterHere", scope, Words::tr("Find here"), keys({u"Ctrl+F"}));
    b.add(Command::TogglePanel, "togglePanel", scope, Words::tr("Show or hide the lead's panel"), keys({u"Ctrl+\\"}));
    b.add(Command::SyncPage, "syncPage", scope, Words::tr("Sync and connection"), keys({u"Shift+F5"}));
    b.add(Command::Snippets, "snippets", scope, Words::tr("Snippets"), keys({u"Ctrl+Shift+S"}));
    b.add(Command::SyncNow, "syncNow", scope, Words::tr("Check for news now"), keys({u"F5"}));
    b.add(Command::WorkOffline, "workOffline", scope, Words::tr("Work offline"), {});
    b.add(Command::Settings, "settings", scope, Words::tr("Settings"), keys({u"Ctrl+,"}));
    b.add(Command::SwitchAccount, "switchAccount", scope, Words::tr("Accounts"), keys({u"Ctrl+Shift+A"}));
    b.add(Command::CheatSheet, "cheatSheet", scope, Words::tr("Keys"), keys({u"F1"}));
    b.add(Command::Quit, "quit", scope, Words::tr("Quit"), keys({u"Ctrl+Q"}));
}

void desk(Builder &b)
{
    b.letter(Command::Down, "down", KeyScope::Lists, Words::tr("Next row"), keys({u"J"}));
    b.letter(Command::Up, "up", KeyScope::Lists, Words::tr("Previous row"), keys({u"K"}));
    b.add(Command::Open, "open", KeyScope::Lists, Words::tr("Open"), keys({u"Return", u"Enter"})).shown = Words::tr("Enter");
    b.letter(Command::ListFilter, "listFilter", KeyScope::Lists, Words::tr("Filter this list"), keys({u"/"}));
    b.letter(Command::CheatSheetKey, "cheatSheetKey", KeyScope::Lists, Words::tr("Keys"), keys({u"?"}));
    b.letter(Command::Done, "done", KeyScope::Inbox, Words::tr("Done"), keys({u"E"}));
    b.letter(Command::Snooze, "snooze", KeyScope::Inbox, Words::tr("Snooze"), keys({u"S"}));
    b.letter(Command::ReadUnread, "readUnread", KeyScope::Inbox, Words::tr("Mark read or unread"), keys({u"U"}));
    b.letter(Command::NextUnread, "nextUnread", KeyScope::Inbox, Words::tr("Next unread conversation"), keys({u"N"}));
    b.letter(Command::Star, "star", KeyScope::Inbox, Words::tr("Star"), keys({u"*"}));
    b.letter(Command::Assign, "assign", KeyScope::Inbox, Words::tr("Assign to somebody"), keys({u"A"}));
    b.letter(Command::Tags, "tags", KeyScope::Inbox, Words::tr("Tags"), keys({u"T"}));
    b.letter(Command::Filters, "filters", KeyScope::Inbox, Words::tr("Show only some"), keys({u"F"}));
    b.letter(Command::Reply, "reply", KeyScope::Inbox, Words::tr("Reply"), keys({u"R"}));
    b.add(Command::NextSplit, "nextSplit", KeyScope::Inbox, Words::tr("Next split"), keys({u"Ctrl+Tab"}));
    b.add(Command::PreviousSplit, "previousSplit", KeyScope::Inbox, Words::tr("Previous split"), keys({u"Ctrl+Shift+Tab"}));
    b.add(Command::PreviousConversation, "previousConversation", KeyScope::Thread, Words::tr("Previous conversation"), keys({u"Alt+Up"}));
    b.add(Command::NextConversation, "nextConversation", KeyScope::Thread, Words::tr("Next conversation"), keys({u"Alt+Down"}));
    b.add(Command::Dial, "dial", KeyScope::Thread, Words::tr("Call the lead with this computer's program for calls"), keys({u"Ctrl+Shift+D"}));
    b.add(Command::LogCall, "logCall", KeyScope::Thread, Words::tr("Log a call that was made elsewhere"), keys({u"Ctrl+Shift+G"}));
    b.add(Command::LastReply, "lastReply", KeyScope::Thread, Words::tr("The last words of a person"), keys({u"Ctrl+Up"}));
    b.add(Command::FindInThread, "findInThread", KeyScope::Thread, Words::tr("Find in this conversation"), keys({u"Ctrl+Shift+F"})).shown = Words::tr("Ctrl+F");
    b.add(Command::JumpToDay, "jumpToDay", KeyScope::Thread, Words::tr("Go to a day"), keys({u"Ctrl+G"}));
    b.add(Command::WriteMail, "writeMail", KeyScope::Thread, Words::tr("Write an e-mail, or answer the open one"), keys({u"Ctrl+Shift+2"}));
    b.readMail(Command::MailReply, "mailReply", Words::tr("In an open e-mail: reply"), Words::tr("R"));
    b.readMail(Command::MailReplyAll, "mailReplyAll", Words::tr("In an open e-mail: reply to all"), Words::tr("A"));
}

void calendar(Builder &b)
{
    const auto scope = KeyScope::Calendar;
    b.letter(Command::CalendarToday, "calendarToday", scope, Words::tr("Today"), keys({u"T"}));
    b.letter(Command::CalendarDay, "calendarDay", scope, Words::tr("One day"), keys({u"D"}));
    b.letter(Command::CalendarWeek, "calendarWeek", scope, Words::tr("Week"), keys({u"W"}));
    b.letter(Command::CalendarWorkWeek, "calendarWorkWeek", scope, Words::tr("Work week"), keys({u"5"}));
    b.letter(Command::CalendarMonth, "calendarMonth", scope, Words::tr("Month"), keys({u"M"}));
    b.letter(Command::CalendarAgenda, "calendarAgenda", scope, Words::tr("Agenda"), keys({u"A"}));
    b.add(Command::CalendarEarlier, "calendarEarlier", scope, Words::tr("Earlier"), keys({u"Ctrl+Left"}));
    b.add(Command::CalendarLater, "calendarLater", scope, Words::tr("Later"), keys({u"Ctrl+Right"}));
    b.letter(Command::CalendarBook, "calendarBook", scope, Words::tr("Book"), keys({u"N"}));
    b.letter(Command::CalendarBlock, "calendarBlock", scope, Words::tr("Block time"), keys({u"Shift+N"}));
    b.letter(Command::CalendarShowed, "calendarShowed", scope, Words::tr("They came"), keys({u"H"}));
    b.letter(Command::CalendarNoShow, "calendarNoShow", scope, Words::tr("They did not come"), keys({u"Shift+H"}));
    b.letter(Command::CalendarOffer, "calendarOffer", scope, Words::tr("Offer three times"), keys({u"O"}));
    b.letter(Command::CalendarTomorrow, "calendarTomorrow", scope, Words::tr("Task for tomorrow"), keys({u"F"}));
    b.letter(Command::CalendarLate, "calendarLate", scope, Words::tr("Say that you are late"), keys({u"L"}));
    b.letter(Command::CalendarJoin, "calendarJoin", scope, Words::tr("Join the meeting"), keys({u"V"}));
    b.letter(Command::CalendarWhose, "calendarWhose", scope, Words::tr("Which calendars and people"), keys({u"P"}));
    b.add(Command::CalendarPdf, "calendarPdf", scope, Words::tr("Save as PDF, to print"), keys({u"Ctrl+P"}));
    b.add(Command::CalendarExport, "calendarExport", scope, Words::tr("Save as iCalendar"), keys({u"Ctrl+E"}));
}

void tasks(Builder &b)
{
    const auto scope = KeyScope::Tasks;
    b.letter(Command::TaskDone, "taskDone", scope, Words::tr("The task is done, or not after all"), keys({u"Space", u"X"}));
    b.letter(Command::TaskSnooze, "taskSnooze", scope, Words::tr("Do it later"), keys({u"S"}));
    b.letter(Command::TaskEdit, "taskEdit", scope, Words::tr("Change the task"), keys({u"E"}));
    b.add(Command::TaskDelete, "taskDelete", scope, Words::tr("Remove the task"), keys({u"Del"}));
    b.letter(Command::TaskNew, "taskNew", scope, Words::tr("New task"), keys({u"N"}));
}

void composer(Builder &b)
{
    b.typed(Command::Send, "send", Words::tr("Send"), Words::tr("Enter"));
    b.typed(Command::NewLine, "newLine", Words::tr("New line"), Words::tr("Shift+Enter"));
    b.typed(Command::SendAndDone, "sendAndDone", Words::tr("Send, and the conversation is done"), Words::tr("Ctrl+Enter"));
    b.typed(Command::Snippet, "snippet", Words::tr("Insert a snippet or template; Tab goes through its gaps"), Words::tr("/"));
    b.add(Command::Schedule, "schedule", KeyScope::Composer, Words::tr("Send later"), keys({u"Ctrl+Shift+Return", u"Ctrl+Shift+Enter"}));
    b.add(Command::SaveSnippet, "saveSnippet", KeyScope::Composer, Words::tr("Save the text as a snippet"), keys({u"Ctrl+S"}));
    b.add(Command::Spelling, "spelling", KeyScope::Composer, Words::tr("Better words for the next misspelt one"), keys({u"F7"}));
    b.add(Command::Attach, "attach", KeyScope::Composer, Words::tr("Attach a picture"), keys({u"Ctrl+U"}));
    b.add(Command::Repair, "repair", KeyScope::Composer, Words::tr("Use plain characters, so that the text costs less"), keys({u"Alt+G"}));
    b.add(Command::ChannelSms, "channelSms", KeyScope::Composer, Words::tr("Write a text message"), keys({u"Ctrl+Shift+1"}));
    b.add(Command::ChannelComment, "channelComment", KeyScope::Composer, Words::tr("Write an internal comment"), keys({u"Ctrl+Shift+4"}));
    b.add(Command::ChannelNext, "channelNext", KeyScope::Composer, Words::tr("Write on the next channel"), keys({u"Ctrl+Shift+5"}));
    b.typed(Command::FromNumber, "fromNumber", Words::tr("Send from this number of yours"), Words::tr("Alt+1 to Alt+9"));
    b.typed(Command::EditHeld, "editHeld", Words::tr("In an empty field: take the text back that is about to leave"), Words::tr("Up, Esc, Ctrl+Z"));
    b.typed(Command::LeaveComposer, "leaveComposer", Words::tr("Back to the list; what you wrote is kept"), Words::tr("Esc"));
}

void board(Builder &b)
{
    const auto scope = KeyScope::Board;
    b.add(Command::DealLeft, "dealLeft", scope, Words::tr("Move the deal one stage to the left"), keys({u"Ctrl+Left"}));
    b.add(Command::DealRight, "dealRight", scope, Words::tr("Move the deal one stage to the right"), keys({u"Ctrl+Right"}));
    b.add(Command::DealFirst, "dealFirst", scope, Words::tr("Move the deal to the leftmost stage"), keys({u"Ctrl+Shift+Left"}));
    b.add(Command::DealLast, "dealLast", scope, Words::tr("Move the deal to the rightmost stage"), keys({u"Ctrl+Shift+Right"}));
    b.letter(Command::DealLift, "dealLift", scope, Words::tr("Lift the deal; arrows, then drop it"), keys({u"Space"}));
    b.letter(Command::DealMove, "dealMove", scope, Words::tr("Move the deal to a stage by its name"), keys({u"M"}));
    b.letter(Command::DealWon, "dealWon", scope, Words::tr("The deal is won"), keys({u"W"}));
    b.letter(Command::DealLost, "dealLost", scope, Words::tr("The deal is lost"), keys({u"L"}));
    b.letter(Command::DealReopen, "dealReopen", scope, Words::tr("Open the deal again"), keys({u"O"}));
    b.letter(Command::DealValue, "dealValue", scope, Words::tr("What the deal is worth"), keys({u"V"}));
    b.letter(Command::DealNew, "dealNew", scope, Words::tr("New deal in this stage"), keys({u"N"}));
    b.add(Command::DealDelete, "dealDelete", scope, Words::tr("Delete the deal"), keys({u"Del"}));
    b.letter(Command::PipelineSwitch, "pipelineSwitch", scope, Words::tr("Choose the pipeline"), keys({u"P"}));
    b.letter(Command::BoardFilter, "boardFilter", scope, Words::tr("Find a deal"), keys({u"F"}));
    b.letter(Command::DealTick, "dealTick", scope, Words::tr("Tick the deal"), keys({u"X"}));
    b.add(Command::DealTickAll, "dealTickAll", scope, Words::tr("Tick all deals of the stage"), keys({u"Ctrl+A"}));
    b.letter(Command::DealOwner, "dealOwner", scope, Words::tr("Owner of the deal, or of the ticked ones"), keys({u"A"}));
    b.letter(Command::DealText, "dealText", scope, Words::tr("Open the lead's conversation"), keys({u"T"}));
    b.add(Command::DealExport, "dealExport", scope, Words::tr("Export the deals that are shown, or the ticked ones"), keys({u"Ctrl+E"}));
    b.letter(Command::BoardNextView, "boardNextView", scope, Words::tr("Board, list or charts"), keys({u"B"}));
    b.letter(Command::BoardMine, "boardMine", scope, Words::tr("Only my deals, or everybody's"), keys({u"I"}));
    b.letter(Command::BoardDensity, "boardDensity", scope, Words::tr("Low or high cards"), keys({u"D"}));
    static constexpr const char *columns[] = {"boardColumn1", "boardColumn2", "boardColumn3", "boardColumn4", "boardColumn5",
                                              "boardColumn6", "boardColumn7", "boardColumn8", "boardColumn9"};
    for (int i = 0; i < 9; ++i)
        b.letter(Command(int(Command::BoardColumn1) + i), columns[i], scope, Words::tr("Stage %1 of the board").arg(i + 1), {QKeySequence(Qt::Key_1 + i)});
}

void contacts(Builder &b)
{
    const auto scope = KeyScope::Contacts;
    b.letter(Command::ContactTick, "contactTick", scope, Words::tr("Tick the contact"), keys({u"X"}));
    b.add(Command::ContactTickAll, "contactTickAll", scope, Words::tr("Tick all that are shown"), keys({u"Ctrl+A"}));
    b.letter(Command::ContactTags, "contactTags", scope, Words::tr("Tags of the ticked contacts"), keys({u"T"}));
    b.letter(Command::ContactAssign, "contactAssign", scope, Words::tr("Owner of the ticked contacts"), keys({u"A"}));
    b.letter(Command::ContactFilters, "contactFilters", scope, Words::tr("Conditions of the list"), keys({u"F"}));
    b.add(Command::ContactColumns, "contactColumns", scope, Words::tr("Choose the columns"), keys({u"Ctrl+Shift+K"}));
    b.add(Command::ContactDelete, "contactDelete", scope, Words::tr("Delete the ticked contacts"), keys({u"Del"}));
    b.add(Command::ContactExport, "contactExport", scope, Words::tr("Export the ticked contacts"), keys({u"Ctrl+E"}));
    b.letter(Command::ContactBusinesses, "contactBusinesses", scope, Words::tr("Businesses, or back to the contacts"), keys({u"B"}));
    b.add(Command::ContactImport, "contactImport", scope, Words::tr("Import contacts from a file"), keys({u"Ctrl+I"}));
}

void console(Builder &b)
{
    const auto scope = KeyScope::Console;
    b.add(Command::ConsoleSend, "consoleSend", scope, Words::tr("Send the request"), keys({u"Ctrl+Return", u"Ctrl+Enter"}));
    b.add(Command::ConsoleDryRun, "consoleDryRun", scope, Words::tr("Check the request without sending it"), keys({u"Ctrl+D"}));
    b.add(Command::ConsoleCopy, "consoleCopy", scope, Words::tr("Copy the call as a command"), keys({u"Ctrl+Shift+C"}));
    b.add(Command::ConsoleWatch, "consoleWatch", scope, Words::tr("Watch what is new in the answer"), keys({u"Ctrl+Shift+W"}));
}

QVector<KeyRow> build()
{
    Builder b;
    everywhere(b);
    desk(b);
    calendar(b);
    tasks(b);
    composer(b);
    board(b);
    contacts(b);
    console(b);
    return b.rows;
}

} // namespace

const QVector<KeyRow> &keyTable()
{
    static const QVector<KeyRow> table = build();
    return table;
}

const KeyRow &keyRow(Command command)
{
    for (const auto &row : keyTable()) {
        if (row.command == command)
            return row;
    }
    Q_UNREACHABLE();
}

QString scopeName(KeyScope scope)
{
    switch (scope) {
    case KeyScope::Everywhere: return Words::tr("Everywhere");
    case KeyScope::Lists: return Words::tr("Lists");
    case KeyScope::Inbox: return Words::tr("Inbox list");
    case KeyScope::Composer: return Words::tr("Writing");
    case KeyScope::Thread: return Words::tr("Conversation");
    case KeyScope::Calendar: return Words::tr("Calendar");
    case KeyScope::Tasks: return Words::tr("Tasks");
    case KeyScope::Board: return Words::tr("Pipeline board");
    case KeyScope::Contacts: return Words::tr("Contacts");
    case KeyScope::Console: return Words::tr("Console");
    }
    return {};
}

QString keyText(Command command)
{
    const auto &row = keyRow(command);
    if (!row.shown.isEmpty())
        return row.shown;
    return row.keys.isEmpty() ? QString() : row.keys.first().toString(QKeySequence::NativeText);
}

Actions::Actions(QWidget *window) : QObject(window)
{
    for (const auto &row : keyTable()) {
        if (!row.action)
            continue;
        auto *action = new QAction(row.name, this);
        action->setObjectName(row.objectName);
        action->setShortcuts(row.keys);
        action->setEnabled(row.available);
        if (!row.available)
            action->setToolTip(Words::tr("Comes in a later version"));
        switch (row.scope) {
        case KeyScope::Everywhere:
            action->setShortcutContext(Qt::WindowShortcut);
            window->addAction(action);
            break;
        case KeyScope::Lists:
        case KeyScope::Inbox:
        case KeyScope::Calendar:
        case KeyScope::Tasks:
        case KeyScope::Board:
        case KeyScope::Contacts:
            action->setShortcutContext(Qt::WidgetShortcut);
            break;
        case KeyScope::Composer:
        case KeyScope::Thread:
        case KeyScope::Console:
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
            break;
        }
        if (row.command == Command::NextSplit || row.command == Command::PreviousSplit)
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, [this, command = row.command] { Q_EMIT triggered(command); });
        m_actions.insert(int(row.command), action);
    }
}

QAction *Actions::action(Command command) const
{
    return m_actions.value(int(command));
}

void Actions::attach(QWidget *widget, KeyScope scope)
{
    for (const auto &row : keyTable()) {
        if (row.scope == scope && row.action)
            widget->addAction(m_actions.value(int(row.command)));
    }
}

void Actions::setSingleLetterKeys(bool on)
{
    for (const auto &row : keyTable()) {
        if (row.singleLetter && row.action)
            m_actions.value(int(row.command))->setShortcuts(on ? row.keys : QList<QKeySequence>());
    }
}

} // namespace outrigger::gui
