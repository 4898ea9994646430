// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/reach.h"

#include "domain/segments.h"
#include "domain/sendguard.h"
#include "gui/alarms.h"
#include "gui/inboxpage.h"
#include "gui/keymap.h"
#include "gui/notifier.h"
#include "gui/quicktext.h"
#include "gui/settings.h"
#include "gui/threadpane.h"
#include "gui/tray.h"
#include "gui/window.h"
#include "gui/work.h"
#include "models/arrivals.h"
#include "models/desk.h"
#include "models/inboxcounts.h"
#include "sync/engine.h"

#include <QAction>
#include <QDesktopServices>
#include <QEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

Reach::Reach(const Parts &parts, MainWindow *window)
    : QObject(window), m_parts(parts), m_window(window), m_tray(new Tray(parts.settings, this)),
      m_arrivals(new models::Arrivals(&parts.engine->cache(), this)), m_notifier(new Notifier(parts.settings, m_tray, this)),
      m_alarms(new Alarms(parts.engine, parts.desk, parts.settings, m_notifier, this))
{
    connectTray();
    connectNotifier();
    m_window->installEventFilter(this);
    showCounts();
}

Reach::~Reach() = default;

void Reach::connectTray()
{
    connect(m_tray, &Tray::openRequested, m_window, &MainWindow::comeForward);
    connect(m_tray, &Tray::newTextRequested, m_window, [this] {
        m_window->comeForward();
        m_parts.actions->action(Command::NewText)->trigger();
    });
    connect(m_tray, &Tray::quickTextRequested, this, &Reach::openQuickText);
    connect(m_tray, &Tray::quitRequested, m_window, &MainWindow::quit);
    connect(m_window->inbox()->counts(), &models::InboxCounts::changed, this, &Reach::showCounts);
    connect(m_parts.engine, &sync::Engine::statusChanged, this, &Reach::showCounts);
}

void Reach::connectNotifier()
{
    auto *inbox = m_window->inbox();
    connect(m_arrivals, &models::Arrivals::arrived, this, [this, inbox](const models::Arrival &arrival) {
        const bool seen = m_window->isActiveWindow() && inbox->isVisible() && inbox->hasThread()
            && inbox->thread()->contactId() == arrival.conversation.contactId;
        if (!seen)
            m_notifier->show(arrival);
    });
    connect(m_notifier, &Notifier::openRequested, this, &Reach::open);
    connect(m_notifier, &Notifier::inboxRequested, m_window, [this] {
        m_window->comeForward();
        m_parts.actions->action(Command::GoInbox)->trigger();
    });
    connect(m_notifier, &Notifier::replyRequested, this, [this](const ContactId &contact, const QString &text) {
        if (text.trimmed().isEmpty())
            open(contact);
        else
            m_replying.start(reply(this, contact, text));
    });
    connect(m_notifier, &Notifier::tasksRequested, m_window, [this] {
        m_window->comeForward();
        m_parts.actions->action(Command::GoTasks)->trigger();
    });
    connect(m_notifier, &Notifier::taskDoneRequested, this, [this](const TaskRow &row) { m_parts.work->completeTask(row, true); });
    connect(m_notifier, &Notifier::taskLaterRequested, this, [this](const TaskRow &row) {
        TaskChange change;
        change.due = QDateTime::currentDateTimeUtc().addSecs(600);
        m_parts.work->changeTask(row, change, {});
    });
    connect(m_notifier, &Notifier::calendarRequested, m_window, [this] {
        m_window->comeForward();
        m_parts.actions->action(Command::GoCalendar)->trigger();
    });
    connect(m_notifier, &Notifier::lateRequested, m_window, [this](const EventRow &row) {
        m_window->comeForward();
        m_window->openContact(row.event.contact, alarms::lateText(row, alarms::clockOf(row, m_parts.desk->timezone())));
    });
    connect(m_notifier, &Notifier::untold, this, [this](const QString &sentence, const alarms::Alarm &alarm) {
        Q_EMIT m_parts.work->said(sentence, tr("Open"), [this, alarm] { m_notifier->onAlarm(alarm, u"default"_s); });
    });
    connect(m_notifier, &Notifier::joinRequested, this, [](const QUrl &link) { QDesktopServices::openUrl(link); });
    connect(m_notifier, &Notifier::doneRequested, this, [this](const ConversationRow &row) { m_parts.work->setDone(row, true); });
    connect(inbox, &InboxPage::contactOpened, m_notifier, &Notifier::withdraw);
}

void Reach::setLocation(const LocationId &location)
{
    m_arrivals->setLocation(location);
}

void Reach::showCounts()
{
    m_tray->setCounts(m_window->inbox()->counts()->unread(), m_parts.engine->status().needsYou);
}

void Reach::openQuickText()
{
    if (!m_parts.engine->account()) { // there is nobody to text as
        m_window->comeForward();
        return;
    }
    if (!m_quick)
        m_quick = std::make_unique<QuickText>(m_parts.engine, m_parts.desk, m_parts.settings, m_parts.work, m_parts.actions);
    m_quick->open();
}

void Reach::testNotification()
{
    m_notifier->test();
}

bool Reach::staysInTray() const
{
    return m_parts.settings->closeToTray() && Tray::isThere();
}

bool Reach::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::WindowActivate)
        m_notifier->withdrawSummary();
    return QObject::eventFilter(watched, event);
}

void Reach::open(const ContactId &contact)
{
    m_window->comeForward();
    m_window->openContact(contact);
}

void Reach::writeThere(const ContactId &contact, const QString &text)
{
    open(contact);
    m_window->inbox()->thread()->addText(text);
}

QString Reach::fromNumber() const
{
    QString first;
    for (const auto &number : m_parts.desk->reference().numbers) {
        if (number.sms && number.isDefault)
            return number.number;
        if (number.sms && first.isEmpty())
            first = number.number;
    }
    return first;
}

/// The same path as the composer's: the guard first, then the outbox.
Task<void> Reach::reply(Reach *self, ContactId id, QString text)
{
    auto askContact = self->m_parts.desk->contact(id);
    const auto contact = co_await askContact;
    auto askFacts = self->m_parts.desk->sendFacts(id);
    const auto facts = co_await askFacts;
    auto askRow = self->m_parts.desk->conversationOf(id);
    const auto row = co_await askRow;
    Contact to;
    if (contact && *contact)
        to = **contact;
    auto askWords = self->m_parts.desk->textFacts(to, text);
    const auto words = co_await askWords;
    // Where they wrote, as the composer does it.
    ReplyWay way;
    if (contact && *contact && facts) {
        const QVector<ReplyWay> ways = replyWays(to, facts->talks);
        const Channel usual = usualWay(ways, facts->talks);
        way = *std::find_if(ways.cbegin(), ways.cend(), [usual](const ReplyWay &one) { return one.channel == usual; });
    }
    const bool sms = way.channel == Channel::Sms;
    bool clear = contact && *contact && facts && (!sms || (!to.phone.isEmpty() && text.size() <= smsCharacterCap));
    if (clear) {
        SendQuestion question;
        question.contact = **contact;
        question.channel = way.channel;
        question.facts = *facts;
        if (question.facts.locationZone.isEmpty())
            question.facts.locationZone = self->m_parts.desk->timezone();
        question.text = text;
        if (words)
            question.textFacts = *words;
        question.rules = self->m_parts.settings->guardRules();
        question.now = QDateTime::currentDateTimeUtc();
        const GuardAnswer answer = judgeSend(question, self->m_parts.desk->quietHours());
        clear = answer.verdict == Verdict::Allow;
    }
    if (!clear) {
        self->writeThere(id, text);
        co_return;
    }
    MessageDraft draft;
    draft.contactId = id;
    if (row && *row)
        draft.conversationId = (*row)->id;
    draft.body = text;
    draft.type = channelSendType(way.channel);
    draft.providerId = way.providerId;
    if (sms) {
        draft.fromNumber = self->fromNumber();
        draft.toNumber = (*contact)->phone;
    }
    self->m_parts.work->sendText(draft, (*contact)->displayName(), int(text.size()), [self, id, text](const Result<RecordId> &sent) {
        if (!sent)
            self->writeThere(id, text);
    });
    if (row && *row && (*row)->unread > 0 && self->m_parts.settings->readMarking() != ReadMarking::Never)
        self->m_parts.work->setRead(**row, true, false);
}

} // namespace outrigger::gui
