// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"

#include "domain/phone.h"
#include "domain/segments.h"
#include "domain/whenwhere.h"
#include "gui/attachments.h"
#include "gui/channeltabs.h"
#include "gui/composerhelp.h"
#include "gui/composertext.h"
#include "gui/fieldframe.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "gui/schedulepanel.h"
#include "gui/segmentmeter.h"
#include "gui/settings.h"
#include "gui/wronglead.h"
#include "models/desk.h"
#include "models/words.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QTextCursor>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {
constexpr int draftDelay = 250; // ms; a kill loses at most this much typing
constexpr auto savedStays = 6s;

QString firstWord(const Contact &contact)
{
    return contact.firstName.isEmpty() ? contact.displayName() : contact.firstName;
}
} // namespace

Composer::Composer(models::Desk *desk, Settings *settings, Actions *actions, QWidget *parent, const QString &area)
    : Pane(Ground::Surface, parent), m_area(area), m_desk(desk), m_settings(settings)
{
    setObjectName(area);
    setEdges(Qt::TopEdge);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 1, 0, 8, 4);
    m_strip = new Strip(id(u"strip"), this);
    m_anyway = m_strip->findChild<QPushButton *>(id(u"strip.act"));
    m_anyway->installEventFilter(this);
    connect(m_strip, &Strip::acted, this, &Composer::sendAnyway);
    connect(m_strip, &Strip::secondActed, this, &Composer::sendWhenAwake);
    column->addWidget(m_strip);
    column->addWidget(buildTop());
    auto *field = buildField();
    m_attachments = new Attachments(m_text, area, this);
    column->addWidget(m_attachments);
    column->addWidget(field);
    column->addWidget(buildMeter());

    connect(m_attachments, &Attachments::changed, this, [this] {
        m_meter->setPictures(m_attachments->pictures());
        showState();
    });
    connect(m_attachments, &Attachments::announced, this, &Composer::announced);
    connect(m_attachments, &Attachments::left, this, &Composer::focusText);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftDelay);
    connect(&m_draftTimer, &QTimer::timeout, this, &Composer::draftChanged);
    m_help = new ComposerHelp(m_text, desk, settings, area);
    connect(m_help, &ComposerHelp::announced, this, &Composer::announced);
    connect(m_help->wrongLead(), &WrongLead::changed, this, &Composer::onTextFacts);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        const QString now = text();
        if (now == m_seenText)
            return;
        m_seenText = now;
        Q_EMIT typed();
        m_sendWhenKnown.reset();
        m_help->wrongLead()->setText(now);
        m_refusal.clear();
        m_meter->setText(text());
        m_draftTimer.start();
        showState();
    });
    connect(m_text, &ComposerText::sendRequested, this, &Composer::send);
    connect(m_text, &ComposerText::leaveRequested, this, &Composer::leaveRequested);
    connect(m_text, &ComposerText::takeBackRequested, this, &Composer::takeBackRequested);
    connect(m_text, &ComposerText::numberRequested, this, [this](int which) {
        if (which < m_from->count())
            m_from->setCurrentIndex(which);
    });
    connect(m_desk, &models::Desk::referenceChanged, this, [this] {
        showNumbers();
        showState(); // who belongs to the team is one of the guard's questions
    });
    connect(m_settings, &Settings::changed, this, &Composer::applySettings);
    actions->attach(this, KeyScope::Composer);
    connect(actions->action(Command::Repair), &QAction::triggered, this, [this] {
        if (m_text->hasFocus())
            repair();
    });
    connect(actions->action(Command::Attach), &QAction::triggered, this, [this] {
        if (isAncestorOf(QApplication::focusWidget()))
            m_attachments->choose();
    });
    connect(actions->action(Command::Schedule), &QAction::triggered, this, [this] {
        if (m_text->hasFocus())
            openSchedule();
    });
    const auto onKey = [this, actions](Command command, auto act) {
        connect(actions->action(command), &QAction::triggered, this, [this, act] {
            if (isAncestorOf(QApplication::focusWidget()))
                act();
        });
    };
    onKey(Command::ChannelSms, [this] { m_channel->pick(Channel::Sms); });
    onKey(Command::ChannelComment, [this] { m_channel->pick(Channel::InternalComment); });
    onKey(Command::ChannelNext, [this] { m_channel->pickNext(); });
    connect(actions->action(Command::Spelling), &QAction::triggered, this, [this] {
        if (m_text->hasFocus())
            m_help->correctSpelling();
    });
    connect(actions->action(Command::SaveSnippet), &QAction::triggered, this, [this] {
        if (m_text->hasFocus())
            m_help->editSnippets(text());
    });
    m_savedTimer.setSingleShot(true);
    m_savedTimer.setInterval(savedStays);
    connect(&m_savedTimer, &QTimer::timeout, this, [this] {
        m_saved.clear();
        showState();
    });
    m_meter->setText({});
    showNumbers();
    setNobody(tr("Choose a conversation."));
    applySettings();
}

void Composer::applySettings()
{
    m_text->setEnterSends(m_settings->enterSends());
    m_meter->setPrices(m_settings->prices());
    showState();
}

QString Composer::id(QStringView what) const
{
    return m_area + u'.' + what.toString();
}

QWidget *Composer::buildTop()
{
    auto *top = new QWidget(this);
    auto *row = new QHBoxLayout(top);
    setInsets(row, 8, 4, 12, 0, 8);
    m_channel = named(new ChannelTabs(top), id(u"channel"), tr("Channel"));
    connect(m_channel, &ChannelTabs::chosen, this, &Composer::onChannel);
    m_from = named(new QComboBox(top), id(u"from"), tr("Send from"));
    m_from->setToolTip(tr("Your number that the text comes from (%1)").arg(keyText(Command::FromNumber)));
    m_from->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(m_channel);
    row->addStretch(1);
    m_fromWord = new Label(tr("From"), TextRole::Small, Ink::Text2, top);
    row->addWidget(m_fromWord);
    row->addWidget(m_from);
    return top;
}

QWidget *Composer::buildField()
{
    auto *field = new QWidget(this);
    auto *row = new QHBoxLayout(field);
    setInsets(row, 12, 0, 12, 0, 8);
    m_frame = new FieldFrame(field);
    m_text = named(new ComposerText(m_frame), id(u"text"), tr("Text"));
    m_frame->setField(m_text);
    m_attach = iconButton(u"attach"_s, id(u"attach"), tr("Attach a picture"), field);
    m_attach->setToolTip(tr("Attach a picture (%1). Pasting and dropping work, too.").arg(keyText(Command::Attach)));
    connect(m_attach, &QToolButton::clicked, this, [this] { m_attachments->choose(); });
    m_send = pushButton(tr("Text"), id(u"send"), field, true);
    m_send->setIcon(icons::icon(u"send"_s));
    m_send->setMinimumHeight(px(36));
    connect(m_send, &QPushButton::clicked, this, [this] { send(false); });
    m_later = iconButton(u"schedule"_s, id(u"schedule"), tr("Send later"), field);
    connect(m_later, &QToolButton::clicked, this, &Composer::openSchedule);
    row->addWidget(m_frame, 1, Qt::AlignBottom);
    row->addWidget(m_attach, 0, Qt::AlignBottom);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    row->addWidget(m_later, 0, Qt::AlignBottom);
    return field;
}

QWidget *Composer::buildMeter()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    setInsets(row, 14, 0, 12, 0, 8);
    m_meter = new SegmentMeter(line);
    m_meter->setObjectName(id(u"meter"));
    m_repair = pushButton(tr("Use plain characters (%1)").arg(keyText(Command::Repair)), id(u"repair"), line);
    m_repair->setFlat(true);
    m_repair->setFont(Style::instance()->font(TextRole::Small));
    m_repair->hide();
    connect(m_repair, &QPushButton::clicked, this, &Composer::repair);
    m_inside = new Label(tr("Only your team sees this."), TextRole::SmallStrong, Ink::Text2, line);
    m_inside->setObjectName(id(u"inside"));
    m_inside->hide();
    m_hint = new Label(TextRole::Small, Ink::Text3, line);
    m_hint->setElided(true);
    m_hint->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_inside);
    row->addWidget(m_meter);
    row->addWidget(m_repair);
    row->addWidget(m_hint, 1);
    return line;
}

void Composer::resizeEvent(QResizeEvent *event)
{
    Pane::resizeEvent(event);
    // In a narrow window the channels that cannot be chosen make room.
    m_channel->setRoomy(width() >= px(540));
    showChannel();
}

void Composer::setContact(const Contact &contact)
{
    const bool other = contact.id != m_contact.id;
    // Whom a new text goes to is still being typed: its pictures stay.
    const bool inThread = m_area == u"composer"_s;
    if (inThread && other && m_contact.id.isLocal() && !contact.id.isEmpty() && contact.phone == m_contact.phone)
        m_attachments->renameOwner(contact.id);
    else if (inThread)
        m_attachments->setOwner(m_desk->location(), contact.id);
    m_shut.clear();
    m_contact = contact;
    m_help->setContact(contact);
    if (other && m_schedule)
        m_schedule->close();
    if (other) {
        m_facts = {};
        m_wayOpen = true;
        m_channel->choose(Channel::Sms);
        m_sendWhenKnown.reset();
        m_refusal.clear();
        m_draftTimer.stop();
        const QSignalBlocker quiet(m_text);
        m_text->setPlainText({});
        m_seenText.clear();
        m_meter->setText({});
    }
    showWays();
    showState();
}

void Composer::setFacts(const SendFacts &facts)
{
    m_facts = facts;
    showWays();
    // Never under the hands of somebody who writes.
    if (!facts.talks.isEmpty() && std::exchange(m_wayOpen, false) && text().isEmpty() && m_attachments->isEmpty())
        m_channel->choose(usualWay(replyWays(m_contact, facts.talks), facts.talks));
    showChannel();
    showState();
}

void Composer::setNobody(const QString &why)
{
    setContact({});
    m_shut = why;
    showState();
}

QString Composer::text() const
{
    return m_text->toPlainText();
}

int Composer::caret() const
{
    return m_text->textCursor().position();
}

void Composer::setText(const QString &text, int caret)
{
    {
        const QSignalBlocker quiet(m_text);
        m_text->setPlainText(text);
        m_seenText = text;
    }
    QTextCursor cursor = m_text->textCursor();
    cursor.setPosition(qBound(0, caret, int(text.size())));
    m_text->setTextCursor(cursor);
    m_text->ensureCursorVisible();
    m_text->updateGeometry();
    m_meter->setText(text);
    m_help->wrongLead()->setText(text);
    showState();
}

QString Composer::fromNumber() const
{
    return m_from->currentData().toString();
}

void Composer::focusText()
{
    m_text->setFocus(Qt::OtherFocusReason);
}

QWidget *Composer::textField() const
{
    return m_text;
}

void Composer::accepted(const QString &sent)
{
    m_busy = false;
    m_refusal.clear();
    m_attachments->taken();
    const QString now = text();
    const QString rest = now.startsWith(sent) ? now.mid(sent.size()).trimmed() : now;
    setText(rest, int(rest.size()));
    m_draftTimer.stop();
    Q_EMIT typed();
    Q_EMIT draftChanged();
}

void Composer::refused(const QString &sentence)
{
    m_busy = false;
    m_attachments->notTaken();
    m_refusal = sentence;
    showState();
}

void Composer::setNewText(bool newText)
{
    m_newText = newText;
    showState();
}

void Composer::showNumbers()
{
    const QString before = fromNumber();
    const QSignalBlocker quiet(m_from);
    m_from->clear();
    int chosen = 0;
    for (const auto &number : m_desk->reference().numbers) {
        if (!number.sms)
            continue;
        const QString shown = phone::display(number.number, m_desk->region());
        m_from->addItem(number.name.isEmpty() || number.name == number.number ? shown : tr("%1 · %2").arg(shown, number.name),
                        number.number);
        if (number.number == before || (before.isEmpty() && number.isDefault))
            chosen = m_from->count() - 1;
    }
    if (m_from->count() == 0)
        m_from->addItem(tr("The location's number"), QString());
    m_from->setCurrentIndex(chosen);
    m_from->setEnabled(m_from->count() > 1);
}

GuardAnswer Composer::guard(const QDateTime &when) const
{
    SendQuestion question;
    question.contact = m_contact;
    question.facts = m_facts;
    if (question.facts.locationZone.isEmpty())
        question.facts.locationZone = m_desk->timezone();
    question.channel = channel();
    question.text = text();
    for (const User &user : m_desk->reference().users)
        question.colleagues << user.name << user.firstName;
    question.textFacts = m_help->wrongLead()->facts();
    question.rules = m_settings->guardRules();
    question.now = when.isValid() ? when : m_clock->now();
    return judgeSend(question, m_desk->quietHours());
}

QString Composer::obstacle(const GuardAnswer &answer) const
{
    if (!m_shut.isEmpty())
        return m_shut;
    if (channel() == Channel::Sms && m_contact.phone.isEmpty())
        return tr("%1 has no phone number. Add one in HighLevel to text them.").arg(firstWord(m_contact));
    if (const QString why = m_channel->way().why; !why.isEmpty())
        return why;
    if (!m_attachments->isEmpty() && !takesFiles(channel()))
        return tr("Pictures and files do not go with this channel. Remove them, or choose another one.");
    const QString against = answer.sentences(Verdict::Block);
    return against.isEmpty() || text().isEmpty() ? against : against + u' ' + tr("What you wrote is kept.");
}

bool Composer::canSend() const
{
    const bool something = !text().trimmed().isEmpty() || !m_attachments->isEmpty();
    return !m_busy && obstacle(guard()).isEmpty() && something && !m_attachments->working()
        && (channel() != Channel::Sms || !m_meter->meter().tooLong);
}

void Composer::showState()
{
    const GuardAnswer answer = guard();
    const QString against = obstacle(answer);
    const bool blocked = !against.isEmpty() && m_shut.isEmpty();
    const bool files = against.isEmpty() && takesFiles(channel());
    m_attachments->setOpen(files);
    m_attachments->setLinks(channel() == Channel::Sms);
    m_attach->setEnabled(files);
    m_text->setReadOnly(blocked || !m_shut.isEmpty()); // a draft can still be read and copied
    m_channel->setObstacle(blocked ? against : QString());
    const QString name = m_contact.id.isEmpty() && m_contact.phone.isEmpty() ? QString() : firstWord(m_contact);
    const QString button = sendWords(name);
    m_send->setText(m_send->fontMetrics().elidedText(button, Qt::ElideRight, px(180)));
    m_send->setAccessibleName(button);
    m_send->setToolTip(against.isEmpty() ? sendTip().arg(m_settings->enterSends() ? tr("Enter") : tr("Ctrl+Enter")) : against);
    m_send->setAccessibleDescription(against.isEmpty() ? answer.sentences(Verdict::Ask) : against);
    m_send->setEnabled(canSend());
    m_later->setEnabled(canSend() && mayWait());
    m_later->setToolTip(channel() != Channel::Sms ? tr("Only texts and e-mails can be sent later.")
                        : m_newText ? tr("Somebody new is added and texted at once. Schedule when they are in HighLevel.")
                                  : tr("Send later (%1)").arg(keyText(Command::Schedule)));
    m_text->setPlaceholderText(placeholder(name));
    m_repair->setVisible(channel() == Channel::Sms && m_meter->meter().encoding == SmsEncoding::Ucs2 && repairToGsm7(text()) != text());
    m_hint->setInk(m_saved.isEmpty() ? Ink::Text3 : Ink::Ok);
    m_hint->setText(!m_saved.isEmpty()       ? m_saved
                    : m_settings->enterSends() ? tr("Enter sends · Shift+Enter new line")
                                             : tr("Ctrl+Enter sends and ends · Shift+Enter sends"));
    showStrip(answer, against);
}

void Composer::showStrip(const GuardAnswer &answer, const QString &against)
{
    const bool written = !text().trimmed().isEmpty() || !m_attachments->isEmpty();
    const QString asks = answer.sentences(Verdict::Ask);
    m_anyway->setAccessibleDescription(asks);
    if (!m_refusal.isEmpty())
        m_strip->show(Strip::Kind::Danger, m_refusal);
    else if (!m_shut.isEmpty())
        m_strip->hide();
    else if (!against.isEmpty())
        m_strip->show(Strip::Kind::Danger, against);
    else if (channel() == Channel::Sms && m_meter->meter().tooLong)
        m_strip->show(Strip::Kind::Warn, tr("HighLevel takes at most %1 characters in one text. Shorten it or send two.").arg(smsCharacterCap));
    else if (written && !asks.isEmpty())
        m_strip->show(Strip::Kind::Warn, asks, tr("Send anyway"), sendLaterWords(answer));
    else if (written && !answer.reasons.isEmpty())
        m_strip->show(Strip::Kind::Calm, answer.reasons.first().sentence);
    else if (const QString shut = shutWay(); !shut.isEmpty())
        m_strip->show(Strip::Kind::Calm, shut);
    else
        m_strip->hide();
}

bool Composer::mayWait() const
{
    return !m_newText && channel() == Channel::Sms;
}

QString Composer::sendLaterWords(const GuardAnswer &answer) const
{
    // Only when the hour is all that is asked about.
    if (!answer.nextAllowed.isValid() || !mayWait() || guard(answer.nextAllowed).verdict != Verdict::Allow)
        return {};
    return tr("Send %1 their time").arg(models::words::dayAndClock(answer.nextAllowed, leadZone(m_contact, m_desk->timezone()).zone));
}

void Composer::sendWhenAwake()
{
    const GuardAnswer answer = guard();
    if (canSend() && !sendLaterWords(answer).isEmpty())
        Q_EMIT scheduleRequested(text(), answer.nextAllowed, true);
    else
        showState(); // the hour has gone by meanwhile, or something else has come
}

void Composer::onTextFacts()
{
    showState();
    if (m_sendWhenKnown && m_help->wrongLead()->known())
        send(*std::exchange(m_sendWhenKnown, std::nullopt));
}

void Composer::send(bool andDone)
{
    m_sendWhenKnown.reset();
    if (!canSend())
        return;
    m_help->wrongLead()->setText(text());
    if (!m_help->wrongLead()->known()) {
        m_sendWhenKnown = andDone; // a moment: the cache is asked whom else these words could mean
        m_help->wrongLead()->hurry();
        return;
    }
    if (guard().verdict == Verdict::Ask) {
        // A second act in another place: the Enter that sends must not be the Enter that answers.
        m_andDone = andDone;
        m_refusal.clear();
        showState();
        m_anyway->setFocus(Qt::OtherFocusReason);
        return;
    }
    Q_EMIT sendRequested(text(), andDone);
}

void Composer::openSchedule()
{
    if (!canSend() || !mayWait())
        return;
    if (!m_schedule) {
        const auto against = [this](const QDateTime &when) {
            const GuardAnswer answer = guard(when);
            return answer.verdict == Verdict::Allow ? QString() : answer.sentences(answer.verdict);
        };
        m_schedule = new SchedulePanel(id(u"schedule"), against, this);
        m_schedule->setClock(*m_clock);
        static_cast<QVBoxLayout *>(layout())->insertWidget(1, m_schedule);
        connect(m_schedule, &SchedulePanel::left, this, &Composer::closeSchedule);
        connect(m_schedule, &SchedulePanel::chosen, this, [this](const QDateTime &at, bool cancelOnReply) {
            if (!canSend())
                return;
            closeSchedule();
            Q_EMIT scheduleRequested(text(), at, cancelOnReply);
        });
    }
    m_schedule->open(m_contact, m_desk->timezone(), true);
}

void Composer::closeSchedule()
{
    m_schedule->close();
    m_text->setFocus(Qt::OtherFocusReason);
}

void Composer::sendAnyway()
{
    if (!canSend())
        return;
    m_text->setFocus(Qt::OtherFocusReason);
    Q_EMIT sendRequested(text(), std::exchange(m_andDone, false));
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_anyway && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !key->isAutoRepeat()) {
            m_anyway->click();
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            m_andDone = false;
            m_text->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return Pane::eventFilter(watched, event);
}

void Composer::repair()
{
    if (channel() != Channel::Sms)
        return;
    const QString plain = repairToGsm7(text());
    if (plain == text())
        return;
    const int before = m_meter->meter().parts;
    const double cost = m_meter->cost();
    // Through the cursor, so that Ctrl+Z brings the original back.
    QTextCursor cursor(m_text->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(plain);
    const int fewer = before - m_meter->meter().parts;
    m_saved = fewer > 0 && cost > m_meter->cost()
        ? tr("%n part(s) saved, about %1", nullptr, fewer).arg(dollars(cost - m_meter->cost()))
        : fewer > 0 ? tr("%n part(s) saved", nullptr, fewer) : tr("Plain characters now; as many parts as before");
    m_savedTimer.start();
    showState();
    Q_EMIT announced(m_saved);
}

} // namespace outrigger::gui
