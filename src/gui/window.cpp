// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "core/task.h"
#include "gui/accountdialog.h"
#include "gui/awayreport.h"
#include "gui/cheatsheet.h"
#include "gui/composer.h"
#include "gui/consolepage.h"
#include "gui/contactspage.h"
#include "gui/icons.h"
#include "gui/inboxlist.h"
#include "gui/inboxpage.h"
#include "gui/navrail.h"
#include "gui/outboxpage.h"
#include "gui/pipelinepage.h"
#include "gui/scheduledpage.h"
#include "gui/practicecontrol.h"
#include "gui/reach.h"
#include "gui/settings.h"
#include "gui/settingspage.h"
#include "gui/snippetdialog.h"
#include "gui/startpage.h"
#include "gui/statuscell.h"
#include "gui/syncpage.h"
#include "gui/threadpane.h"
#include "gui/toast.h"
#include "gui/uri.h"
#include "gui/widgets.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/inboxcounts.h"
#include "sync/engine.h"

#include <QAccessible>
#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

struct MainWindow::Tasks {
    TaskScope scope;
    static Task<void> find(MainWindow *self, ConversationId id)
    {
        auto asking = self->m_desk->conversation(id);
        const auto row = co_await asking;
        if (row && *row)
            self->openContact((*row)->contactId);
        else
            self->m_toast->showMessage(tr("This conversation is not on this computer yet."));
    }
    static Task<void> pull(MainWindow *self)
    {
        auto pulling = self->m_engine->syncNow({}, false);
        const Status pulled = co_await pulling;
        self->m_toast->showMessage(pulled ? tr("Up to date.") : pulled.error().message);
    }
};

MainWindow::MainWindow(sync::Engine *engine, Settings *settings, bool practice, QWidget *parent)
    : QMainWindow(parent), m_engine(engine), m_settings(settings), m_desk(new models::Desk(engine, this)),
      m_work(new Work(engine, m_desk, this)), m_actions(new Actions(this)), m_practice(practice),
      m_tasks(std::make_unique<Tasks>())
{
    setObjectName(u"window"_s);
    setWindowTitle(practice ? tr("Outrigger (practice)") : tr("Outrigger"));
    applySettings();
    m_center = new Pane(Ground::Window, this);
    auto *column = new QVBoxLayout(m_center);
    setInsets(column, 0, 0, 0, 0, 0);
    m_band = new Strip(u"practice.band"_s, m_center);
    m_offline = new Strip(u"offline.strip"_s, m_center);
    m_problem = new Strip(u"problem.strip"_s, m_center);
    for (auto *strip : {m_band, m_offline, m_problem})
        column->addWidget(strip);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    m_rail = new NavRail(m_center);
    m_pages = new QStackedWidget(m_center);
    m_inbox = new InboxPage(engine, m_desk, settings, m_work, m_actions, m_pages);
    m_pages->addWidget(m_inbox);
    middle->addWidget(m_rail);
    middle->addWidget(m_pages, 1);
    column->addLayout(middle, 1);
    m_status = new StatusCell(engine, m_center);
    column->addWidget(m_status);
    setCentralWidget(m_center);
    m_toast = new Toast(m_center);
    m_toast->setObjectName(u"toast"_s);
    m_toast->keepBeside(m_rail);
    m_toast->hide();
    // A live region: its name changes and assistive technology is told; it takes no room.
    m_live = new Label(TextRole::Small, Ink::Text2, m_center);
    m_live->setObjectName(u"announcement"_s);
    m_live->setFixedSize(0, 0);
    buildMenus();

    connect(m_actions, &Actions::triggered, this, &MainWindow::run);
    connect(m_rail, &NavRail::chosen, this, &MainWindow::run);
    connect(m_status, &StatusCell::syncPageRequested, this, [this] { run(Command::SyncPage); });
    connect(m_status, &StatusCell::outboxRequested, this, [this] { run(Command::Outbox); });
    connect(this, &MainWindow::firstPainted, m_inbox, &InboxPage::thread);
    connect(this, &MainWindow::firstPainted, this, &MainWindow::watchAway);
    connect(this, &MainWindow::firstPainted, this, &MainWindow::watches, Qt::QueuedConnection);
    connect(this, &MainWindow::firstPainted, this, &MainWindow::reach, Qt::QueuedConnection); // after the engine has begun
    connect(m_inbox, &InboxPage::outboxRequested, this, [this] { run(Command::Outbox); });
    connect(m_inbox, &InboxPage::announced, this, &MainWindow::announce);
    connect(m_inbox, &InboxPage::contactOpened, this, [this](const ContactId &contact) {
        if (m_historyAt >= 0 && m_history.at(m_historyAt) == contact)
            return;
        m_history.resize(m_historyAt + 1);
        m_history.append(contact);
        m_historyAt = int(m_history.size()) - 1;
    });
    connect(m_work, &Work::said, m_toast, [this](const QString &sentence, const QString &name, const std::function<void()> &act) {
        m_toast->showMessage(sentence, name, act);
    });
    connect(m_work, &Work::newDealWanted, this, &MainWindow::newDeal);
    connect(m_work, &Work::dealWanted, this, [this](const OpportunityId &id) { follow({uri::Kind::Opportunity, id.value, {}}); });
    connect(m_work, &Work::tookBack, this, [this] { go(Command::GoInbox); });
    connect(m_work, &Work::tookBackEmail, this, [this] { go(Command::GoInbox); });
    connect(&m_work->undoList(), &UndoList::changed, this, &MainWindow::showUndo);
    connect(m_inbox->counts(), &models::InboxCounts::changed, this, [this] { m_rail->setUnread(m_inbox->counts()->unread()); });
    connect(settings, &Settings::changed, this, &MainWindow::applySettings);
    connect(engine, &sync::Engine::accountChanged, this, &MainWindow::onAccount);
    connect(engine, &sync::Engine::statusChanged, this, &MainWindow::onStatus);
    connect(engine, &sync::Engine::problem, this, &MainWindow::showProblem);
    connect(m_problem, &Strip::acted, m_problem, &QWidget::hide);
    connect(m_offline, &Strip::acted, this, [this] {
        if (m_workOffline)
            setWorkOffline(false);
        else
            run(Command::SyncPage);
    });
    onRecords();
    connectCalendar();
    if (m_practice)
        m_band->show(Strip::Kind::Info, tr("Practice: nothing leaves this computer."));
    setMinimumSize(px(380), px(420));
    if (!restoreGeometry(settings->state(u"window"_s)))
        resize(QSize(px(1280), px(800)).boundedTo(screen()->availableSize() * 0.95));
    go(Command::GoInbox);
    showUndo();
    m_workOffline = engine->options().offline;
}

MainWindow::~MainWindow()
{
    m_tasks->scope.cancel();
    delete m_reach; // before what it works with
}

QMenu *MainWindow::menuOf(const QString &title, std::initializer_list<Command> commands)
{
    QMenu *menu = menuBar()->addMenu(title);
    for (const Command command : commands)
        menu->addAction(m_actions->action(command));
    return menu;
}

void MainWindow::buildMenus()
{
    menuBar()->setObjectName(u"menus"_s);
    menuOf(tr("&Outrigger"), {Command::NewText, Command::NewContact, Command::QuickText, Command::Book, Command::NewTask, Command::Outbox, Command::Scheduled, Command::Snippets, Command::SwitchAccount, Command::SyncNow, Command::SyncPage,
                              Command::WorkOffline, Command::Settings, Command::Quit});
    m_actions->action(Command::WorkOffline)->setCheckable(true);
    menuOf(tr("&Edit"), {Command::Undo, Command::Redo, Command::FilterHere});
    menuOf(tr("&Go"), {Command::Palette, Command::GoInbox, Command::GoNext, Command::GoPipeline, Command::GoCalendar, Command::GoContacts,
                       Command::GoTasks, Command::GoReports, Command::GoConsole, Command::Back, Command::Forward,
                       Command::NextPane, Command::PreviousPane, Command::TogglePanel});
    menuOf(tr("&Conversation"), {Command::Reply, Command::Done, Command::Snooze, Command::ReadUnread, Command::Star, Command::Assign, Command::Tags, Command::Filters,
                                 Command::PreviousConversation, Command::NextConversation, Command::FindInThread, Command::JumpToDay,
                                 Command::LastReply, Command::NextUnread, Command::NextSplit,
                                 Command::PreviousSplit});
    menuOf(tr("&Help"), {Command::CheatSheet});
}

void MainWindow::setPracticeControl(PracticeControl *control)
{
    QMenu *menu = menuBar()->addMenu(tr("&Developer"));
    menu->setObjectName(u"menu.developer"_s);
    control->fill(menu, [this] { return m_inbox->thread()->contactId(); });
    connect(control, &PracticeControl::said, m_toast, [this](const QString &sentence) { m_toast->showMessage(sentence); });
}

void MainWindow::applySettings()
{
    auto *style = Style::instance();
    if (style->choice() != m_settings->theme())
        style->setChoice(m_settings->theme());
    if (style->scale() != m_settings->textSize())
        style->setScale(m_settings->textSize());
    m_actions->setSingleLetterKeys(m_settings->singleLetterKeys());
}

void MainWindow::showPlace(const LocationId &location, const UserId &me, const QString &timezone)
{
    m_place = location;
    if (m_reach)
        m_reach->setLocation(location);
    m_rail->show();
    m_status->show();
    menuBar()->show();
    m_inbox->setPlace(location, me, timezone);
    if (m_contacts)
        m_contacts->setPlace(location);
    placeCalendar(location);
    if (m_pipeline)
        m_pipeline->setPlace(location);
    if (m_start && m_pages->currentWidget() == m_start)
        go(Command::GoInbox);
    if (!focusWidget())
        m_inbox->list()->view()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::showGlance(const store::Glance &glance, const QString &timezone)
{
    m_inbox->list()->showGlance(glance, timezone);
}

void MainWindow::showStart()
{
    m_pages->setCurrentWidget(startPage());
    m_rail->hide();
    m_status->hide();
    menuBar()->hide();
    m_offline->hide();
    m_start->begin(!m_engine->accounts().isEmpty());
}

void MainWindow::onAccount()
{
    const auto account = m_engine->account();
    if (!account) {
        showStart();
        return;
    }
    LastPlace place{account->location, account->me, account->timezone, account->locationName};
    m_settings->setLastPlace(place);
    if (account->location != m_place) {
        m_history.clear();
        m_historyAt = -1;
    }
    showPlace(account->location, account->me, account->timezone);
    if (m_outbox)
        m_outbox->setAccount(account->id);
    if (m_scheduled)
        m_scheduled->setAccount(account->id);
    const QString name = account->locationName.isEmpty() ? account->name : account->locationName;
    if (!m_practice)
        setWindowTitle(name.isEmpty() ? tr("Outrigger") : tr("%1 – Outrigger").arg(name));
}

void MainWindow::onStatus()
{
    const auto status = m_engine->status();
    m_rail->setOutbox(status.waiting + status.needsYou);
    using sync::Connection;
    if (m_start && m_pages->currentWidget() == m_start) {
        m_offline->hide(); // the page itself is about signing in
        return;
    }
    m_actions->action(Command::WorkOffline)->setChecked(status.connection == Connection::WorkingOffline);
    const QString text = statuswords::network(status, QDateTime::currentDateTimeUtc(), locale());
    QString waiting;
    if (status.waiting > 0)
        waiting = u' ' + tr("%n change(s) wait and leave by themselves.", nullptr, status.waiting);
    switch (status.connection) {
    case Connection::Offline:
        m_offline->show(Strip::Kind::Calm, text + u'.' + waiting, tr("Details"));
        break;
    case Connection::WorkingOffline:
        m_offline->show(Strip::Kind::Calm, tr("You work offline. Nothing is sent or fetched.") + waiting, tr("Go online"));
        break;
    case Connection::Portal:
    case Connection::SignInNeeded:
    case Connection::WaitingForKeyring:
        m_offline->show(Strip::Kind::Warn, wholeSentence(text + u'.', status.detail), tr("Details"));
        break;
    default: m_offline->hide();
    }
}

/// Says when a text of ours failed or needs a decision, wherever the person is by then.
void MainWindow::onRecords()
{
    connect(&m_engine->outbox(), &sync::Outbox::recordChanged, this, [this](const OutboxRecord &record) {
        const bool contact = record.kind == OutboxKind::ContactUpdate || record.kind == OutboxKind::ContactDelete || record.kind == OutboxKind::ContactEnrol;
        if (contact && record.state == OutboxState::Rejected)
            m_toast->showMessage(tr("A contact was not changed: %1").arg(record.reason), tr("Open"), [this, id = record.contactId()] { openContact(id); });
        if (isDealKind(record.kind) && record.state == OutboxState::Rejected && m_workspace == Command::GoPipeline)
            m_toast->dismiss(); // "Moved to", which is not so any more; the board says why
        else if (isDealKind(record.kind) && record.state == OutboxState::Rejected)
            m_toast->showMessage(tr("A deal was not changed: %1").arg(record.reason), tr("Open"), [this] { run(Command::GoPipeline); });
        if (record.kind != OutboxKind::SendMessage && record.kind != OutboxKind::CreateContact)
            return;
        // For a text the contact is only the way; whose it is shows above it.
        if (record.kind == OutboxKind::CreateContact && record.state == OutboxState::Confirmed && record.look.contains(wasThereKey) && !record.look.contains("for"_L1))
            m_toast->showMessage(tr("HighLevel had this contact already, so there is no second one. What was missing there is added; what differs waits for you."),
                                 tr("Open"), [this, id = ContactId(record.serverId)] { openContact(id); });
        if (record.state == OutboxState::Rejected)
            m_toast->showMessage(tr("A text was not taken: %1").arg(record.reason), tr("Open"), [this] { run(Command::Outbox); });
        else if (record.state == OutboxState::Uncertain)
            m_toast->showMessage(tr("It is not certain that a text left. Please decide."), tr("Open"), [this] { run(Command::Outbox); });
    });
}

void MainWindow::showUndo()
{
    const QString undo = m_work->undoList().next();
    const QString redo = m_work->undoList().nextRedo();
    m_actions->action(Command::Undo)->setText(undo.isEmpty() ? tr("Undo") : tr("Undo: %1").arg(undo));
    m_actions->action(Command::Undo)->setEnabled(!undo.isEmpty());
    m_actions->action(Command::Redo)->setText(redo.isEmpty() ? tr("Redo") : tr("Redo: %1").arg(redo));
    m_actions->action(Command::Redo)->setEnabled(!redo.isEmpty());
}

void MainWindow::showPage(QWidget *page, Command workspace)
{
    m_workspace = workspace;
    m_pages->setCurrentWidget(page);
    m_rail->setCurrent(workspace);
    tellAttention();
}

void MainWindow::go(Command workspace)
{
    switch (workspace) {
    case Command::GoContacts:
        showPage(contacts(), workspace);
        m_contacts->mainList()->setFocus(Qt::OtherFocusReason);
        break;
    case Command::GoCalendar: runCalendar(workspace); break;
    case Command::GoTasks: runTasks(workspace); break;
    case Command::GoConsole: showConsole(); break;
    case Command::GoPipeline:
        showPage(pipeline(), workspace);
        m_pipeline->takeFocus();
        break;
    case Command::Outbox:
        showPage(outbox(), workspace);
        m_toast->dismiss(); // it would lie over the acts, and what it says is in the list
        m_rail->findChild<QWidget *>(u"nav.outbox"_s)->setFocus(Qt::OtherFocusReason);
        m_outbox->takeFocus();
        break;
    case Command::Scheduled:
        showPage(scheduled(), workspace);
        m_toast->dismiss(); // as above
        m_scheduled->takeFocus();
        break;
    case Command::SyncPage: showPage(syncPage(), workspace); break;
    case Command::Settings:
        showPage(settingsPage(), workspace);
        m_settingsPage->setFocus(Qt::OtherFocusReason);
        break;
    default:
        showPage(m_inbox, Command::GoInbox);
        if (!m_inbox->isAncestorOf(focusWidget()))
            m_inbox->list()->view()->setFocus(Qt::OtherFocusReason);
    }
}

void MainWindow::run(Command command)
{
    // Nothing to do anything with before somebody is signed in.
    if (m_start && m_pages->currentWidget() == m_start && command != Command::Quit && command != Command::CheatSheet)
        return;
    if (runCalendar(command) || runTasks(command))
        return;
    switch (command) {
    case Command::GoInbox:
    case Command::GoContacts:
    case Command::GoPipeline:
    case Command::GoConsole:
    case Command::Outbox:
    case Command::Scheduled:
    case Command::SyncPage:
    case Command::Settings: go(command); return;
    case Command::NewText:
        go(Command::GoInbox);
        m_inbox->newText();
        return;
    case Command::NewContact: newContact(); return;
    case Command::ContactImport:
        go(Command::GoContacts);
        m_contacts->run(command);
        return;
    case Command::NewDeal: newDeal(contactHere()); return;
    case Command::Undo: m_work->undoList().undo(); return;
    case Command::Redo: m_work->undoList().redo(); return;
    case Command::Back: goBack(-1); return;
    case Command::Forward: goBack(1); return;
    case Command::NextPane: nextPane(1); return;
    case Command::PreviousPane: nextPane(-1); return;
    case Command::SyncNow: m_tasks->scope.start(Tasks::pull(this)); return;
    case Command::WorkOffline: setWorkOffline(!m_workOffline); return;
    case Command::SwitchAccount: showAccounts(); return;
    case Command::Snippets: (new SnippetDialog(m_desk->snippets(), this))->open(); return;
    case Command::CheatSheet:
    case Command::CheatSheetKey: (new CheatSheet(m_settings->singleLetterKeys(), this))->open(); return;
    case Command::Palette: showPalette(); return;
    case Command::QuickText: reach()->openQuickText(); return;
    case Command::Quit: quit(); return;
    default: break;
    }
    if (m_pages->currentWidget() == m_contacts && m_contacts) {
        if (command == Command::Down || command == Command::Up)
            m_contacts->move(command == Command::Down ? 1 : -1);
        else if (command == Command::Open)
            m_contacts->openCurrent();
        else if (command == Command::FilterHere || command == Command::ListFilter)
            m_contacts->filter()->setFocus(Qt::ShortcutFocusReason);
        else
            m_contacts->run(command);
        return;
    }
    if (m_console && m_pages->currentWidget() == m_console) {
        m_console->run(command);
        return;
    }
    if (m_pipeline && m_pages->currentWidget() == m_pipeline) {
        m_pipeline->run(command);
        return;
    }
    const auto inList = [this, command](auto *page) {
        if (!page || m_pages->currentWidget() != page)
            return false;
        if (command == Command::Down || command == Command::Up)
            page->move(command == Command::Down ? 1 : -1);
        else if (command == Command::Open)
            page->openCurrent();
        return true;
    };
    if (inList(m_outbox) || inList(m_scheduled))
        return;
    if (m_pages->currentWidget() == m_inbox)
        m_inbox->run(command);
}

void MainWindow::nextPane(int step)
{
    if (m_pages->currentWidget() == m_inbox) {
        m_inbox->nextPane(step);
        return;
    }
    if (m_console && m_pages->currentWidget() == m_console) {
        m_console->nextPane(step);
        return;
    }
    if (m_pipeline && m_pages->currentWidget() == m_pipeline && m_pipeline->nextPane(step))
        return;
    QWidget *main = m_pages->currentWidget() == m_contacts ? m_contacts->mainList()
        : m_pages->currentWidget() == m_outbox             ? static_cast<QWidget *>(m_outbox->view())
        : calendarView()                                     ? calendarView()
        : m_pages->currentWidget() == m_scheduled          ? static_cast<QWidget *>(m_scheduled->view())
                                                           : m_pages->currentWidget();
    QWidget *rail = m_rail->findChild<QWidget *>(u"nav.inbox"_s);
    if (m_pipeline && main == m_pipeline && !m_pipeline->isAncestorOf(focusWidget())) {
        m_pipeline->takeFocus();
        return;
    }
    (main->hasFocus() ? rail : main)->setFocus(Qt::TabFocusReason);
}

void MainWindow::goBack(int step)
{
    if (m_workspace != Command::GoInbox && step < 0) {
        go(Command::GoInbox);
        return;
    }
    const int at = m_historyAt + step;
    if (at < 0 || at >= m_history.size())
        return;
    m_historyAt = at;
    m_inbox->openContact(m_history.at(at));
}

void MainWindow::showAccounts()
{
    auto *dialog = new AccountDialog(m_engine, m_practice, this);
    connect(dialog, &AccountDialog::addRequested, this, &MainWindow::showStart);
    dialog->open();
}

void MainWindow::openContact(const ContactId &contact, const QString &suggestion)
{
    go(Command::GoInbox);
    m_inbox->goToContact(contact, suggestion);
    m_inbox->thread()->composer()->focusText();
}

void MainWindow::openConversation(const ConversationId &conversation)
{
    m_tasks->scope.start(Tasks::find(this, conversation));
}

void MainWindow::follow(const uri::Target &target)
{
    switch (target.kind) {
    case uri::Kind::None:
    case uri::Kind::Quick: return;
    case uri::Kind::Contact: openContact(ContactId(target.value)); return;
    case uri::Kind::Conversation: openConversation(ConversationId(target.value)); return;
    case uri::Kind::Number:
        go(Command::GoInbox);
        m_inbox->newText(target.value, target.text);
        return;
    case uri::Kind::Opportunity:
        go(Command::GoPipeline);
        m_pipeline->openDeal(OpportunityId(target.value));
        return;
    case uri::Kind::Unknown: m_toast->showMessage(tr("Outrigger does not know this kind of link.")); return;
    }
}

void MainWindow::setWorkOffline(bool offline)
{
    m_workOffline = offline;
    m_engine->setWorkOffline(offline);
    m_actions->action(Command::WorkOffline)->setChecked(offline);
}

void MainWindow::announce(const QString &sentence)
{
    m_live->setText(sentence);
    QAccessibleEvent event(m_live, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MainWindow::showProblem(const QString &sentence, const QString &nextStep)
{
    m_problem->show(Strip::Kind::Danger, wholeSentence(sentence, nextStep), tr("Close"));
    announce(sentence);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::ActivationChange)
        return;
    if (m_away)
        m_away->setActive(isActiveWindow());
    tellAttention();
}

void MainWindow::tellAttention()
{
    sync::Attention attention;
    attention.focused = isActiveWindow();
    attention.board = m_workspace == Command::GoPipeline;
    if (m_inbox && m_inbox->hasThread() && m_inbox->thread()->row())
        attention.conversation = m_inbox->thread()->row()->id;
    m_engine->setAttention(attention);
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    if (std::exchange(m_painted, true))
        return;
    // The children are painted after this, and then the person's first keys have their turn: what waited for the first
    // picture is work.
    QTimer::singleShot(0, this, [this] { QTimer::singleShot(0, this, &MainWindow::firstPainted); });
}

} // namespace outrigger::gui
