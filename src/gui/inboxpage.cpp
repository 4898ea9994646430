// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxpage.h"

#include "gui/attachments.h"
#include "gui/composer.h"
#include "gui/inboxlist.h"
#include "gui/keymap.h"
#include "gui/leadautomation.h"
#include "gui/leadpanel.h"
#include "gui/newtext.h"
#include "gui/settings.h"
#include "gui/snooze.h"
#include "gui/threadpane.h"
#include "gui/threadsearch.h"
#include "gui/threadview.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/inboxcounts.h"
#include "models/inboxmodel.h"
#include "models/threadahead.h"
#include "models/threadmodel.h"
#include "sync/engine.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int mediumBelow = 900;
constexpr int singleBelow = 640;
constexpr int railWidth = 56;
} // namespace

InboxPage::InboxPage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent)
    : QWidget(parent), m_engine(engine), m_desk(desk), m_settings(settings), m_work(work), m_actions(actions),
      m_model(new models::InboxModel(&engine->cache(), this)), m_counts(new models::InboxCounts(&engine->cache(), this)),
      m_threadModel(new models::ThreadModel(&engine->cache(), this)), m_ahead(new models::ThreadAhead(&engine->cache(), this))
{
    setObjectName(u"inbox.page"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"inbox.panes"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    row->addWidget(m_splitter);
    m_list = new InboxList(m_model, m_counts, settings, actions, m_splitter);
    m_list->setDesk(desk);
    m_middle = new QStackedWidget(m_splitter);
    m_middle->addWidget(new Pane(Ground::Surface, m_middle)); // until the first thread
    m_lead = new LeadPanel(engine, desk, work, m_splitter);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_middle);
    m_splitter->addWidget(m_lead);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    if (!m_splitter->restoreState(settings->state(u"inbox"_s)))
        m_splitter->setSizes({px(320), px(640), px(300)});
    m_lead->hide();
    connectPanes();
}

InboxPage::~InboxPage() = default;

void InboxPage::connectPanes()
{
    connect(m_list, &InboxList::chosen, this, [this](const ConversationRow &row) {
        openContact(row.contactId, {}, row);
        m_aheadTimer.start();
    });
    connect(m_list, &InboxList::activated, this, [this] {
        m_threadAsked = true;
        applyWidth();
        thread()->view()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_list, &InboxList::doneRequested, this, &InboxPage::done);
    connect(m_list, &InboxList::snoozeRequested, this, &InboxPage::snoozeMenu);
    connect(m_list, &InboxList::starRequested, this, &InboxPage::star);
    connect(m_list, &InboxList::menuRequested, this, &InboxPage::rowMenu);
    m_aheadTimer.setSingleShot(true);
    m_aheadTimer.setInterval(60); // what is open comes first
    connect(&m_aheadTimer, &QTimer::timeout, this, &InboxPage::fetchAhead);
    connect(m_ahead, &models::ThreadAhead::needsServer, this, [this](const ConversationRow &row) {
        if (m_aheadWork.done()) // one at a time: what is next is opened next
            m_aheadWork = fromServerAhead(this, row);
    });
    connect(m_list, &InboxList::announced, this, &InboxPage::announced);
    connect(m_list, &InboxList::newTextRequested, this, [this] { newText(); });
    connect(m_work, &Work::tookBack, this, [this](const ContactId &contact, const QString &text, int caret, const QString &number, const QVector<OutgoingFile> &files, const QString &type) {
        if (!number.isEmpty() && contact.isLocal()) {
            thread()->close(); // the contact has gone with its text
            m_lead->clear();
            newText(number, text);
            m_newText->composer()->attachments()->giveBack({}, files);
            return;
        }
        thread()->composer()->attachments()->giveBack(contact, files);
        if (thread()->contactId() != contact)
            openContact(contact);
        thread()->putBack(text, caret, type);
    });
    connect(m_work, &Work::tookBackAside, this, [this](const ContactId &contact, const QString &text, const QVector<OutgoingFile> &files) {
        thread()->composer()->attachments()->giveBack(contact, files);
        if (thread()->contactId() == contact)
            thread()->putBack(text, int(text.size()), u"SMS"_s);
        else
            m_tasks.start(addToDraft(this, contact, text));
    });
}

/// Nobody has this conversation open: its words wait above what was written there.
Task<void> InboxPage::addToDraft(InboxPage *self, ContactId contact, QString text)
{
    auto reading = self->m_desk->draft(contact);
    const auto kept = co_await reading;
    store::ThreadDraft draft = kept && *kept ? **kept : store::ThreadDraft();
    draft.location = self->m_desk->location();
    draft.contact = contact;
    if (draft.text.isEmpty())
        draft.type = u"SMS"_s; // else it stays where it was going: words for the team never become words for the lead
    draft.text = draft.text.isEmpty() ? text : text + u'\n' + draft.text;
    draft.caret = int(text.size());
    auto saving = self->m_engine->saveDraft(draft);
    const Status saved = co_await saving;
    if (!saved)
        self->openContact(contact, text); // better in the way than gone
}

/// With the first conversation, or right after the first picture: the start does not wait for it.
ThreadPane *InboxPage::thread()
{
    if (m_thread)
        return m_thread;
    m_thread = new ThreadPane(m_engine, m_desk, m_threadModel, m_settings, m_work, m_actions, m_middle);
    m_thread->setAhead(m_ahead);
    m_middle->addWidget(m_thread);
    if (!m_newText || m_middle->currentWidget() != m_newText)
        m_middle->setCurrentWidget(m_thread);
    connect(m_thread, &ThreadPane::doneRequested, this, &InboxPage::done);
    connect(m_thread, &ThreadPane::snoozeRequested, this, &InboxPage::snoozeMenu);
    connect(m_thread, &ThreadPane::starRequested, this, &InboxPage::star);
    connect(m_thread, &ThreadPane::menuRequested, this, &InboxPage::rowMenu);
    connect(m_thread, &ThreadPane::backRequested, this, [this] {
        m_threadAsked = false;
        m_panelAsked = false;
        applyWidth();
        m_list->view()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_thread, &ThreadPane::leaveRequested, this, [this] {
        if (m_width == Width::Single) {
            m_threadAsked = false;
            applyWidth();
        }
        m_list->view()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_thread, &ThreadPane::panelToggled, this, [this] { run(Command::TogglePanel); });
    connect(m_thread, &ThreadPane::outboxRequested, this, &InboxPage::outboxRequested);
    connect(m_thread, &ThreadPane::announced, this, &InboxPage::announced);
    connect(m_thread, &ThreadPane::contactShown, this, [this](const Contact &contact) {
        m_lead->setContact(contact);
        if (m_thread->row())
            m_list->showOpen(m_thread->row()->key);
        applyWidth();
    });
    return m_thread;
}

NewText *InboxPage::newTextPane()
{
    if (m_newText)
        return m_newText;
    m_newText = new NewText(m_engine, m_desk, m_settings, m_work, m_actions, m_middle);
    m_middle->addWidget(m_newText);
    connect(m_newText->composer(), &Composer::announced, this, &InboxPage::announced);
    connect(m_newText, &NewText::closed, this, &InboxPage::leaveNewText);
    connect(m_newText, &NewText::contactChosen, this, [this](const ContactId &contact, const QString &text) {
        openContact(contact, text);
        thread()->composer()->focusText();
    });
    connect(m_newText, &NewText::sent, this, [this](const ContactId &contact) {
        openContact(contact);
        thread()->composer()->focusText();
    });
    return m_newText;
}

void InboxPage::setPlace(const LocationId &location, const UserId &me, const QString &locationZone)
{
    InboxQuery query;
    query.location = location;
    query.me = me;
    const bool other = m_desk->location() != location;
    m_desk->setLocation(location);
    if (other) {
        thread()->close();
        m_lead->clear();
    }
    m_list->setZones(QTimeZone::systemTimeZone(), locationZone);
    m_list->setQuery(query);
    applyWidth();
}

void InboxPage::openContact(const ContactId &contact, const QString &suggestion, const std::optional<ConversationRow> &row)
{
    if (contact.isEmpty())
        return;
    showThread();
    thread()->open(contact, row);
    m_list->markOpen(contact);
    if (!suggestion.isEmpty())
        thread()->suggest(suggestion);
    Q_EMIT contactOpened(contact);
}

void InboxPage::goToContact(const ContactId &contact, const QString &suggestion)
{
    openContact(contact, suggestion);
    m_threadAsked = true;
    applyWidth();
    thread()->view()->setFocus(Qt::OtherFocusReason);
}

void InboxPage::newText(const QString &to, const QString &text)
{
    thread()->saveDraft();
    m_middle->setCurrentWidget(newTextPane());
    m_threadAsked = true;
    applyWidth();
    m_newText->begin(to, text);
}

void InboxPage::showThread()
{
    m_middle->setCurrentWidget(thread());
    applyWidth();
}

void InboxPage::leaveNewText()
{
    m_threadAsked = false;
    showThread();
    m_list->view()->setFocus(Qt::OtherFocusReason);
}

void InboxPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    applyWidth();
}

void InboxPage::applyWidth()
{
    // The measures of the design are the window's, at the person's factor.
    const int whole = width() + px(railWidth);
    m_width = whole < px(singleBelow) ? Width::Single : whole < px(mediumBelow) ? Width::Medium : Width::Wide;
    const bool somebody = m_thread && !m_thread->contactId().isEmpty() && m_middle->currentWidget() == m_thread;
    if (m_width == Width::Single) {
        m_list->setVisible(!m_threadAsked);
        m_middle->setVisible(m_threadAsked && !m_panelAsked);
        m_lead->setVisible(m_threadAsked && m_panelAsked && somebody);
    } else if (m_width == Width::Medium) {
        m_list->setVisible(true);
        m_middle->setVisible(!m_panelAsked || !somebody);
        m_lead->setVisible(m_panelAsked && somebody);
    } else {
        m_list->setVisible(true);
        m_middle->setVisible(true);
        m_lead->setVisible(m_settings->panelShown() && somebody);
        m_panelAsked = false;
    }
    if (!m_thread)
        return;
    m_thread->setBackShown(m_width == Width::Single);
    m_thread->setPanelShown(m_lead->isVisibleTo(this));
}

std::optional<ConversationRow> InboxPage::actedOn() const
{
    if (m_list->view()->hasFocus())
        return m_list->currentRow();
    return m_thread && m_thread->row() ? m_thread->row() : m_list->currentRow();
}

bool InboxPage::run(Command command)
{
    const auto row = actedOn();
    switch (command) {
    case Command::Down: m_list->move(1); return true;
    case Command::Up: m_list->move(-1); return true;
    case Command::NextConversation: m_list->move(1); return true;
    case Command::PreviousConversation: m_list->move(-1); return true;
    case Command::Open:
        if (row)
            openContact(row->contactId);
        m_threadAsked = true;
        applyWidth();
        thread()->view()->setFocus(Qt::OtherFocusReason);
        return true;
    case Command::Reply:
        if (row)
            openContact(row->contactId);
        m_threadAsked = true;
        applyWidth();
        thread()->composer()->focusText();
        return true;
    case Command::Done:
        if (row)
            done(*row);
        return true;
    case Command::Snooze:
        if (row)
            snoozeMenu(*row, belowCurrent());
        return true;
    case Command::ReadUnread:
        if (row)
            readUnread(*row);
        return true;
    case Command::Star:
        if (row)
            star(*row);
        return true;
    case Command::Assign:
        if (row)
            assignMenu(*row);
        return true;
    case Command::Tags:
        if (row)
            m_tasks.start(openTags(this, *row));
        return true;
    case Command::Filters:
        m_threadAsked = false;
        applyWidth();
        m_list->openFilters();
        return true;
    case Command::NextSplit: m_list->nextSplit(1); return true;
    case Command::PreviousSplit: m_list->nextSplit(-1); return true;
    case Command::FindInThread:
    case Command::JumpToDay:
        findInThread(command);
        return true;
    case Command::NextUnread: m_tasks.start(goToUnread(this)); return true;
    case Command::FilterHere:
        if (m_thread && m_thread->isAncestorOf(focusWidget()) && !m_thread->contactId().isEmpty()) {
            findInThread(command);
            return true;
        }
        [[fallthrough]];
    case Command::ListFilter:
        m_threadAsked = false;
        applyWidth();
        m_list->filter()->setFocus(Qt::ShortcutFocusReason);
        m_list->filter()->selectAll();
        return true;
    case Command::LastReply: thread()->lastReply(); return true;
    case Command::TogglePanel:
        if (m_width == Width::Wide)
            m_settings->setPanelShown(!m_settings->panelShown());
        else
            m_panelAsked = !m_panelAsked;
        applyWidth();
        return true;
    default: return false;
    }
}

void InboxPage::findInThread(Command command)
{
    if (!m_thread || m_thread->contactId().isEmpty())
        return;
    m_threadAsked = true;
    m_panelAsked = false;
    applyWidth();
    if (command == Command::JumpToDay)
        m_thread->search()->openDay();
    else
        m_thread->search()->openWords();
}

Task<void> InboxPage::goToUnread(InboxPage *self)
{
    auto asking = self->m_desk->nextUnread(self->m_model->query(), self->m_list->currentKey());
    const auto key = co_await asking;
    if (!key)
        co_return;
    if (*key)
        self->m_list->select(*key);
    else
        Q_EMIT self->announced(tr("Nothing is unread here."));
}

void InboxPage::nextPane(int step)
{
    QVector<QWidget *> panes;
    QWidget *to = m_newText ? m_newText->findChild<QLineEdit *>(u"newtext.to"_s) : nullptr;
    for (QWidget *pane : {static_cast<QWidget *>(m_list->view()), to,
                          static_cast<QWidget *>(thread()->view()), thread()->composer()->textField(),
                          m_lead->findChild<QWidget *>(u"lead.scroll"_s)}) {
        if (pane && pane->isVisibleTo(this) && pane->isEnabled())
            panes.append(pane);
    }
    if (panes.isEmpty())
        return;
    int at = -1;
    for (int i = 0; i < panes.size(); ++i) {
        if (panes.at(i)->hasFocus() || panes.at(i)->isAncestorOf(focusWidget()))
            at = i;
    }
    const auto size = int(panes.size());
    panes.at((at + step + size) % size)->setFocus(Qt::TabFocusReason);
}

void InboxPage::saveDrafts()
{
    if (m_thread)
        m_thread->saveDraft();
}

void InboxPage::saveLayout()
{
    if (m_width == Width::Wide && m_lead->isVisibleTo(this))
        m_settings->setState(u"inbox"_s, m_splitter->saveState());
}

void InboxPage::done(const ConversationRow &row)
{
    if (row.doneAt.isValid()) {
        m_work->setDone(row, false);
        return;
    }
    if (m_list->currentKey() == row.key)
        m_list->stepAway();
    m_list->worked(row.key);
    m_work->setDone(row, true);
}

void InboxPage::snoozeMenu(const ConversationRow &row, const QPoint &globalPosition)
{
    auto *menu = snooze::menu(this, QDateTime::currentDateTime(), row.snoozedUntil.isValid(),
                              [this, row](const QDateTime &until, const QString &words) {
                                  if (until.isValid() && m_list->currentKey() == row.key)
                                      m_list->stepAway();
                                  if (until.isValid())
                                      m_list->worked(row.key);
                                  m_work->snooze(row, until, words);
                              });
    menu->popup(globalPosition);
}

void InboxPage::star(const ConversationRow &row)
{
    m_work->setStarred(row, !row.starred);
}

void InboxPage::readUnread(const ConversationRow &row)
{
    m_work->setRead(row, row.unread > 0, true);
}

void InboxPage::rowMenu(const ConversationRow &row, const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Reply"), this, [this, row] {
        openContact(row.contactId);
        thread()->composer()->focusText();
    });
    menu->addAction(row.doneAt.isValid() ? tr("Back in the inbox") : tr("Done"), this, [this, row] { done(row); });
    menu->addAction(tr("Snooze…"), this, [this, row, globalPosition] { snoozeMenu(row, globalPosition); });
    menu->addAction(row.unread > 0 ? tr("Mark read") : tr("Mark unread"), this, [this, row] { readUnread(row); });
    menu->addAction(tr("Assign…"), this, [this, row] { assignMenu(row); });
    menu->addAction(tr("Tags…"), this, [this, row] { m_tasks.start(openTags(this, row)); });
    menu->addAction(row.starred ? tr("Remove the star") : tr("Star"), this, [this, row] { star(row); });
    if (LeadAutomation::anyUsable(m_desk->reference().campaigns)) {
        menu->addSeparator();
        menu->addAction(tr("Stop all campaigns"), this, [this, row] { m_work->enrol(EnrolChange{row.contactId, true, {}, {}, true}); });
    }
    menu->popup(globalPosition);
}

} // namespace outrigger::gui
