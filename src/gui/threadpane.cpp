// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadpane.h"

#include "domain/whenwhere.h"
#include "gui/attachments.h"
#include "gui/callacts.h"
#include "gui/callplayer.h"
#include "gui/chips.h"
#include "gui/composer.h"
#include "gui/emptystate.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "gui/maildesk.h"
#include "gui/mediaviewer.h"
#include "gui/scheduleeditor.h"
#include "gui/settings.h"
#include "gui/threadsearch.h"
#include "gui/threadtimes.h"
#include "gui/threadview.h"
#include "gui/typingsignal.h"
#include "gui/work.h"
#include "gui/zonewords.h"
#include "models/words.h"
#include "models/desk.h"
#include "models/mediashelf.h"
#include "models/threadahead.h"
#include "models/threadmodel.h"
#include "sync/engine.h"

#include <QAction>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

ThreadPane::ThreadPane(sync::Engine *engine, models::Desk *desk, models::ThreadModel *model, Settings *settings, Work *work,
                       Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_model(model), m_settings(settings), m_work(work)
{
    setObjectName(u"thread.pane"_s);
    m_calls = new CallActs(desk, settings, work, actions, this);
    connect(m_calls, &CallActs::said, this, [this](const QString &sentence) { m_strip->show(Strip::Kind::Calm, sentence); });
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    column->addWidget(buildHeader());
    m_strip = new Strip(u"thread.strip"_s, this);
    column->addWidget(m_strip);
    m_search = new ThreadSearch(desk, this);
    column->addWidget(m_search);
    m_stack = new QStackedWidget(this);
    m_view = named(new ThreadView(m_stack), u"thread.messages"_s, tr("Messages"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShelf(new models::MediaShelf(engine, this));
    m_view->setModel(m_model);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"thread.empty"_s);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    m_team = new Strip(u"thread.team"_s, this);
    column->addWidget(m_team);
    m_times = new ThreadTimes(engine, desk, work, this);
    column->addWidget(m_times);
    connect(m_times, &ThreadTimes::offerRequested, this, &ThreadPane::addText);
    connect(m_times, &ThreadTimes::announced, this, &ThreadPane::announced);
    m_composer = new Composer(desk, settings, actions, this);
    m_composer->attachments()->takeDropsOf(this);
    m_composer->attachments()->keepIn(new sync::DraftFiles(engine->profile().path(sync::DraftFiles::folderName), this));
    column->addWidget(m_composer);
    actions->attach(m_view, KeyScope::Inbox);
    actions->attach(this, KeyScope::Thread);
    actions->attach(m_view, KeyScope::Lists);
    // In a thread Enter is the bubble's; J and K go on to the next conversation.
    m_view->removeAction(actions->action(Command::Open));
    m_mail = new MailDesk(engine, desk, model, settings, work, actions, {m_stack, m_view, m_composer}, this);
    connect(m_mail, &MailDesk::announced, this, &ThreadPane::announced);
    m_mail->setAsk([this] { return asksAboutTeam(); });
    connectView();
    connectComposer();
    connectSearch();
    connectTeam();

    m_seenTimer.setSingleShot(true);
    m_seenTimer.setInterval(2s);
    connect(&m_seenTimer, &QTimer::timeout, this, &ThreadPane::seen);
    m_clock.setInterval(20s);
    connect(&m_clock, &QTimer::timeout, this, &ThreadPane::showTime);
    m_clock.start();
    const auto again = [this] {
        if (!m_contactId.isEmpty() && m_loaded)
            m_refreshing = refresh(this, m_contactId);
    };
    connect(desk, &models::Desk::contactsChanged, this, again);
    connect(desk, &models::Desk::conversationsChanged, this, again);
    connect(desk, &models::Desk::referenceChanged, this, &ThreadPane::showHeader);
    close();
}

ThreadPane::~ThreadPane() = default;

QWidget *ThreadPane::buildHeader()
{
    auto *header = new Pane(Ground::Surface, this);
    m_header = header;
    header->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(header);
    setInsets(row, 12, 8, 8, 9, 8);
    m_back = iconButton(u"chevron-left"_s, u"thread.back"_s, tr("Back to the list"), header);
    m_back->hide();
    connect(m_back, &QToolButton::clicked, this, &ThreadPane::backRequested);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_name = new Label(TextRole::Heading, Ink::Text, header);
    m_name->setElided(true);
    m_name->setObjectName(u"thread.name"_s);
    m_name->setMinimumWidth(px(96)); // before all that stands beside it
    m_time = new Label(TextRole::Small, Ink::Text2, header);
    m_time->setElided(true);
    m_time->setObjectName(u"thread.localTime"_s);
    words->addWidget(m_name);
    words->addWidget(m_time);
    m_chips = new ChipRow(header);
    m_chips->setObjectName(u"thread.chips"_s);
    m_done = iconButton(u"done"_s, u"thread.done"_s, tr("Done"), header);
    m_done->setToolTip(tr("Done (%1)").arg(keyText(Command::Done)));
    m_snooze = iconButton(u"snooze"_s, u"thread.snooze"_s, tr("Snooze"), header);
    m_snooze->setToolTip(tr("Snooze (%1)").arg(keyText(Command::Snooze)));
    m_star = iconButton(u"star"_s, u"thread.star"_s, tr("Star"), header);
    m_menu = iconButton(u"more"_s, u"thread.menu"_s, tr("More for this conversation"), header);
    m_panel = iconButton(u"panel"_s, u"thread.panel"_s, tr("The lead's panel"), header);
    m_panel->setToolTip(tr("Show or hide the lead's panel (%1)").arg(keyText(Command::TogglePanel)));
    m_panel->setCheckable(true);
    connect(m_done, &QToolButton::clicked, this, [this] { if (m_row) Q_EMIT doneRequested(*m_row); });
    connect(m_snooze, &QToolButton::clicked, this, [this] {
        if (m_row)
            Q_EMIT snoozeRequested(*m_row, m_snooze->mapToGlobal(QPoint(0, m_snooze->height())));
    });
    connect(m_star, &QToolButton::clicked, this, [this] { if (m_row) Q_EMIT starRequested(*m_row); });
    connect(m_menu, &QToolButton::clicked, this, [this] {
        if (m_row)
            Q_EMIT menuRequested(*m_row, m_menu->mapToGlobal(QPoint(0, m_menu->height())));
    });
    connect(m_panel, &QToolButton::clicked, this, &ThreadPane::panelToggled);
    row->addWidget(m_back);
    row->addLayout(words, 1);
    row->addWidget(m_chips, 0, Qt::AlignVCenter);
    row->addWidget(m_calls->button());
    row->addWidget(m_done);
    row->addWidget(m_snooze);
    row->addWidget(m_star);
    row->addWidget(m_menu);
    row->addWidget(m_panel);
    return header;
}

void ThreadPane::connectView()
{
    connect(m_view, &ThreadView::undoRequested, m_work, &Work::takeBack);
    connect(m_view, &ThreadView::releaseRequested, m_work, &Work::release);
    connect(m_view, &ThreadView::cancelRequested, m_work, &Work::takeBack);
    connect(m_view, &ThreadView::unscheduleRequested, this, [this](const MessageRow &row) { m_work->unschedule(row); });
    connect(m_view, &ThreadView::changeRequested, this, [this](const MessageRow &row) {
        const ScheduledText item{row, m_contact, row.dueAt};
        (new ScheduleEditor(item, m_desk, m_settings, m_work, window()))->open();
    });
    connect(m_view, &ThreadView::retryRequested, m_work, &Work::retry);
    connect(m_view, &ThreadView::resolveRequested, this, &ThreadPane::outboxRequested);
    connect(m_view, &ThreadView::picturesRequested, this, [this](const QStringList &addresses, int at) {
        auto *viewer = new MediaViewer(m_view->shelf(), addresses, at, tr("Conversation with %1").arg(m_contact.displayName()), window());
        viewer->open();
    });
    connect(m_view, &ThreadView::callRequested, this, [this](const Message &call) {
        auto *player = new CallPlayer(m_engine, call, m_contact.displayName(), window());
        player->open();
    });
    connect(m_view, &ThreadView::linkActivated, this, [](const QUrl &url) {
        static const QStringList allowed{u"http"_s, u"https"_s, u"mailto"_s, u"tel"_s};
        if (allowed.contains(url.scheme()))
            QDesktopServices::openUrl(url);
    });
    connect(m_view, &ThreadView::quoteRequested, this, [this](const QString &text) {
        m_composer->setText(u"“"_s + text + u"” "_s + m_composer->text(), int(text.size()) + 3);
        m_composer->focusText();
    });
    connect(m_view, &ThreadView::readingSeen, this, [this] {
        m_messagesSeen = true;
        if (m_settings->readMarking() == ReadMarking::OnOpen)
            seen();
        else if (m_settings->readMarking() == ReadMarking::AfterTwoSeconds && !m_seenTimer.isActive())
            m_seenTimer.start();
    });
    connect(m_model, &models::ThreadModel::opened, this, [this] {
        m_view->showUnread();
        m_mail->leave();
        m_stack->setCurrentWidget(m_view);
        showWanted();
    });
    connect(m_model, &models::ThreadModel::needsServer, this, [this] { m_olderWork = older(this); });
    connect(m_model, &models::ThreadModel::inboundArrived, this, &ThreadPane::announced);
    connect(m_model, &models::ThreadModel::failed, this, [this](const Error &error) {
        m_strip->show(Strip::Kind::Danger, error.message);
    });
}

void ThreadPane::connectComposer()
{
    connect(m_composer, &Composer::sendRequested, this, &ThreadPane::send);
    connect(m_composer, &Composer::scheduleRequested, this, &ThreadPane::schedule);
    connect(m_composer, &Composer::leaveRequested, this, [this] {
        saveDraft();
        Q_EMIT leaveRequested();
    });
    connect(m_composer, &Composer::takeBackRequested, this, [this] {
        if (m_work->hasHeld(m_contactId))
            m_work->takeBackLatest(m_contactId);
        else
            Q_EMIT leaveRequested();
    });
    connect(m_composer, &Composer::draftChanged, this, &ThreadPane::saveDraft);
    auto *typing = new TypingSignal(m_engine, this);
    connect(m_composer, &Composer::typed, this, [this, typing] {
        if (m_composer->channel() == Channel::LiveChat && m_row && !m_composer->text().isEmpty())
            typing->typed(m_contact, m_row->id);
        else
            typing->stopped();
    });
    connect(m_composer, &Composer::announced, this, &ThreadPane::announced);
}

void ThreadPane::open(const ContactId &contact, const std::optional<ConversationRow> &row)
{
    if (contact == m_contactId)
        return;
    saveDraft();
    m_mail->setContact({}, std::nullopt);
    m_seenTimer.stop();
    m_messagesSeen = false;
    m_loaded = false;
    m_contactId = contact;
    m_answered.reset();
    m_team->hide();
    m_times->setContact({});
    m_desk->touched(contact);
    m_view->setContact(contact);
    m_takenBack = {};
    m_calls->setContact({}, {});
    m_row.reset();
    m_contact = {};
    // Nothing can be sent to the one while the other's name is above: the field is shut until the new one is known.
    m_composer->setNobody(tr("Opening…"));
    m_strip->hide();
    if (row) {
        m_name->setText(row->name); // never one's words below the other's name
        openRow(*row);
    }
    m_loading = load(this, contact);
}

void ThreadPane::close()
{
    saveDraft();
    m_mail->setContact({}, std::nullopt);
    m_contactId = {};
    m_row.reset();
    m_contact = {};
    m_calls->setContact({}, {});
    m_times->setContact({});
    m_loaded = false;
    m_search->setConversation(0);
    m_model->open(0, QTimeZone::systemTimeZone(), 0, {});
    m_composer->setNobody(tr("Choose a conversation."));
    m_composer->hide();
    m_header->hide();
    m_strip->hide();
    m_empty->set(u"chat"_s, tr("Choose a conversation, or text someone with %1.").arg(keyText(Command::NewText)));
    m_stack->setCurrentWidget(m_empty);
}

Task<void> ThreadPane::load(ThreadPane *self, ContactId id)
{
    auto askRow = self->m_desk->conversationOf(id);
    auto row = co_await askRow;
    if (row && *row) {
        if (!self->m_row || self->m_row->key != (*row)->key)
            self->openRow(**row);
        else
            self->m_row = **row;
    } else {
        self->m_search->setConversation(0);
        self->m_model->open(0, QTimeZone::systemTimeZone(), 0, {});
    }
    auto askContact = self->m_desk->contact(id);
    auto contact = co_await askContact;
    if (contact && *contact) {
        self->m_contact = **contact;
    } else if (row && *row) {
        // The conversation is here before its contact: enough to write to.
        self->m_contact.id = id;
        self->m_contact.firstName = (*row)->name;
        self->m_contact.phone = (*row)->phone;
    }
    auto askFacts = self->m_desk->sendFacts(id);
    const auto facts = co_await askFacts;
    auto askDraft = self->m_desk->draft(id);
    auto draft = co_await askDraft;
    if (draft && *draft) {
        auto looking = onItsWay(self, id, (*draft)->text);
        const bool sent = co_await looking;
        if (sent)
            draft->reset();
    }
    self->m_loaded = true;
    if (self->m_contact.id.isEmpty()) {
        self->m_composer->setNobody(tr("This contact is not on this computer yet."));
        self->m_header->hide();
        self->m_composer->hide();
        self->m_empty->set(u"user"_s, tr("This contact is not on this computer. It may have been deleted, or the first sync is still running."));
        self->m_stack->setCurrentWidget(self->m_empty);
        co_return;
    }
    self->m_composer->show();
    self->m_header->show();
    self->m_composer->setContact(self->m_contact);
    if (facts)
        self->m_composer->setFacts(*facts);
    self->m_savedDraft.clear();
    if (draft && *draft) {
        // Where it was written, or nowhere: a comment must not become a text.
        const bool there = self->m_composer->chooseChannel(channelFromType((*draft)->type.isEmpty() ? u"SMS"_s : (*draft)->type));
        self->m_composer->setText((*draft)->text, (*draft)->caret);
        self->m_savedDraft = (*draft)->text;
        self->m_savedType = there ? self->m_composer->sendType() : QString();
    } else if (!self->m_suggestion.isEmpty()) {
        self->m_composer->chooseChannel(Channel::Sms);
        self->m_composer->setText(self->m_suggestion, int(self->m_suggestion.size()));
    }
    self->m_suggestion.clear();
    if (!self->m_added.isEmpty())
        self->addText(std::exchange(self->m_added, {}));
    if (const TakenBack back = std::exchange(self->m_takenBack, {}); !back.text.isEmpty())
        self->putBack(back.text, back.caret, back.type);
    if (!row || !*row) {
        self->m_empty->set(u"chat"_s, tr("No messages yet. Write the first one."));
        self->m_stack->setCurrentWidget(self->m_empty);
    }
    self->m_mail->setContact(self->m_contact, self->m_row);
    self->m_times->setContact(self->m_contact);
    self->showHeader();
    Q_EMIT self->contactShown(self->m_contact);
}

/// The program may have died between the record's commit and the clearing of its draft: what is on its way must not lie
/// in the composer a second time.
Task<bool> ThreadPane::onItsWay(ThreadPane *self, ContactId id, QString text)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return false;
    auto listing = self->m_engine->outbox().list(account->id, false);
    const auto records = co_await listing;
    if (!records)
        co_return false;
    for (const OutboxRecord &record : *records) {
        if (record.kind == OutboxKind::SendMessage && isOpen(record.state) && record.contactId() == id
            && MessageDraft::fromJson(record.payload).body == text)
            co_return true;
    }
    co_return false;
}

void ThreadPane::openRow(const ConversationRow &row)
{
    m_row = row;
    m_search->setConversation(row.key);
    auto page = m_ahead ? m_ahead->page(row.key) : std::nullopt;
    if (page)
        m_model->open(row.key, QTimeZone::systemTimeZone(), row.unread, row.name, std::move(*page));
    else
        m_model->open(row.key, QTimeZone::systemTimeZone(), row.unread, row.name);
    sync::Attention attention;
    attention.focused = window()->isActiveWindow();
    attention.conversation = row.id;
    m_engine->setAttention(attention);
    m_serverWork = fromServer(this, row);
}

Task<void> ThreadPane::fromServer(ThreadPane *self, ConversationRow row)
{
    if (row.id.isEmpty() || row.id.isLocal() || row.contactId.isLocal())
        co_return;
    auto thread = self->m_engine->refreshThread(row.id, row.contactId);
    co_await thread; // the status cell says when the network fails
    auto contact = self->m_engine->refreshContact(row.contactId);
    co_await contact;
}

Task<void> ThreadPane::older(ThreadPane *self)
{
    if (!self->m_row || self->m_row->id.isEmpty() || self->m_row->id.isLocal())
        co_return;
    MessageId oldest;
    for (int i = 0; i < self->m_model->rowCount() && oldest.isEmpty(); ++i) {
        const QModelIndex index = self->m_model->index(i, 0);
        if (index.data(models::ThreadModel::KindRole).toInt() == int(models::ThreadModel::RowKind::Message))
            oldest = index.data(models::ThreadModel::RowRole).value<MessageRow>().message.id;
    }
    auto asking = self->m_engine->loadOlder(self->m_row->id, oldest);
    const Status asked = co_await asking;
    if (asked)
        self->m_model->retryOlder();
}

Task<void> ThreadPane::refresh(ThreadPane *self, ContactId id)
{
    auto askRow = self->m_desk->conversationOf(id);
    auto row = co_await askRow;
    auto askContact = self->m_desk->contact(id);
    auto contact = co_await askContact;
    auto askFacts = self->m_desk->sendFacts(id);
    const auto facts = co_await askFacts;
    if (id != self->m_contactId)
        co_return;
    if (contact && *contact) {
        // A contact made here has got HighLevel's id: what is being written goes along.
        const bool renamed = (*contact)->id != self->m_contactId;
        const QString text = self->m_composer->text();
        const int caret = self->m_composer->caret();
        const Channel channel = self->m_composer->channel();
        self->m_contact = **contact;
        self->m_contactId = self->m_contact.id;
        self->m_composer->setContact(self->m_contact);
        if (renamed) {
            self->m_composer->chooseChannel(channel);
            self->m_composer->setText(text, caret);
            self->m_savedDraft.clear();
            self->saveDraft();
        }
    }
    if (facts)
        self->m_composer->setFacts(*facts);
    if (row && *row) {
        if (!self->m_row || self->m_row->key != (*row)->key)
            self->openRow(**row);
        else
            self->m_row = **row;
    }
    self->m_mail->setContact(self->m_contact, self->m_row);
    self->showHeader();
    if (contact && *contact)
        Q_EMIT self->contactShown(self->m_contact);
}

void ThreadPane::showHeader()
{
    if (m_contactId.isEmpty() || !m_loaded)
        return;
    m_name->setText(m_contact.displayName());
    m_calls->setContact(m_contact, m_row ? m_row->id : ConversationId());
    QVector<ChipRow::Chip> chips;
    const auto chip = [&chips](const QString &text, ChipKind kind, const QString &icon, const QString &tip) {
        ChipRow::Chip one;
        one.text = text;
        one.kind = kind;
        one.icon = icon;
        one.toolTip = tip;
        chips.append(one);
    };
    if (m_contact.smsDnd() == DndStatus::Permanent)
        chip(tr("SMS blocked"), ChipKind::Danger, u"bell-off"_s, tr("They asked to stop. Only they can lift it."));
    else if (m_contact.smsDnd() == DndStatus::Active)
        chip(tr("SMS paused"), ChipKind::Warn, u"bell-off"_s, tr("Do not disturb is on for SMS. It can be lifted in HighLevel."));
    if (m_contactId.isLocal())
        chip(tr("Not in HighLevel yet"), ChipKind::Neutral, {}, tr("Will be added when the text leaves."));
    m_chips->setChips(chips);
    m_chips->setVisible(!chips.isEmpty());
    for (auto *button : {m_done, m_snooze, m_star, m_menu})
        button->setEnabled(m_row.has_value());
    const bool starred = m_row && m_row->starred;
    m_star->setIcon(icons::icon(starred ? u"star-filled"_s : u"star"_s));
    const QString star = starred ? tr("Remove the star") : tr("Star");
    m_star->setAccessibleName(star);
    m_star->setToolTip(tr("%1 (%2)").arg(star, keyText(Command::Star)));
    if (m_row && m_row->deleted)
        m_strip->show(Strip::Kind::Warn, tr("This conversation was deleted in HighLevel. What you wrote is kept and can be copied."));
    showTime();
}

void ThreadPane::showTime()
{
    if (m_contactId.isEmpty())
        return;
    const LeadZone theirs = leadZone(m_contact, m_desk->timezone());
    m_time->setText(zonewords::localTime(theirs, QDateTime::currentDateTimeUtc()));
    m_view->setTheirZone(theirs.zone);
}

void ThreadPane::schedule(const QString &text, const QDateTime &at, bool cancelOnReply)
{
    if (asksAboutTeam())
        return;
    MessageDraft draft = draftOf(text);
    draft.sendAt = at;
    draft.cancelOnReply = cancelOnReply;
    m_composer->setBusy(true);
    const ContactId contact = m_contactId;
    const QString when = models::words::dayAndClock(at, leadZone(m_contact, m_desk->timezone()).zone);
    m_work->schedule(draft, m_contact.displayName(), when, [this, contact, text](const Result<RecordId> &scheduled) {
        if (contact != m_contactId)
            return;
        if (!scheduled) {
            m_composer->refused(scheduled.error().message);
            return;
        }
        m_composer->accepted(text);
        m_view->showNewest();
    }, m_composer->attachments()->files());
}

void ThreadPane::send(const QString &text, bool andDone)
{
    if (asksAboutTeam())
        return;
    const MessageDraft draft = draftOf(text);
    m_composer->setBusy(true);
    const ContactId contact = m_contactId;
    const auto row = m_row;
    m_work->sendText(draft, m_contact.displayName(), m_composer->caret(), [this, contact, text, andDone, row](const Result<RecordId> &sent) {
        if (contact != m_contactId) {
            // Another thread is open by now: the draft that was put by when leaving has been sent.
            if (sent) {
                m_composer->attachments()->forget(contact);
                store::ThreadDraft none;
                none.location = m_desk->location();
                none.contact = contact;
                const auto clear = [](sync::Engine *engine, store::ThreadDraft what) -> Task<void> {
                    auto saving = engine->saveDraft(std::move(what));
                    co_await saving;
                };
                m_tasks.start(clear(m_engine, none));
            }
            return;
        }
        if (!sent) {
            m_composer->refused(sent.error().message);
            return;
        }
        m_composer->accepted(text);
        m_view->showNewest();
        if (m_row && m_row->unread > 0 && m_settings->readMarking() != ReadMarking::Never)
            m_work->setRead(*m_row, true, false);
        if (andDone && row)
            Q_EMIT doneRequested(*row);
    }, m_composer->attachments()->files());
}

void ThreadPane::seen()
{
    if (!m_row || m_row->unread == 0 || !window()->isActiveWindow() || !isVisible())
        return;
    const auto account = m_engine->account();
    const bool mine = account && (m_row->assignedTo.isEmpty() || m_row->assignedTo == account->me);
    if (mine)
        m_work->setRead(*m_row, true, false);
}

void ThreadPane::setBackShown(bool shown)
{
    m_back->setVisible(shown);
}

void ThreadPane::setPanelShown(bool shown)
{
    m_panel->setChecked(shown);
}

} // namespace outrigger::gui
