// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mailcomposer.h"

#include "gui/fieldframe.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "gui/mailfiles.h"
#include "gui/schedulepanel.h"
#include "models/desk.h"

#include <QDropEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

MailComposer::MailComposer(models::Desk *desk, QWidget *parent) : Pane(Ground::Surface, parent), m_desk(desk)
{
    setObjectName(u"mail.compose"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 8, 0, 0, 0);
    auto *head = new QHBoxLayout;
    setInsets(head, 8, 0, 12, 4, 8);
    auto *back = iconButton(u"chevron-left"_s, u"mailcompose.close"_s, tr("Back to the conversation; what you wrote is kept"), this);
    connect(back, &QToolButton::clicked, this, &MailComposer::leaveRequested);
    m_title = new Label(tr("E-mail"), TextRole::Heading, Ink::Text, this);
    head->addWidget(back);
    head->addWidget(m_title, 1);
    column->addLayout(head);

    auto *grid = new QGridLayout;
    setInsets(grid, 16, 0, 16, 6, 6);
    m_to = new Label(TextRole::Body, Ink::Text, this);
    m_to->setObjectName(u"mailcompose.to"_s);
    m_to->setElided(true);
    grid->addWidget(new Label(tr("To"), TextRole::Small, Ink::Text2, this), 0, 0);
    grid->addWidget(m_to, 0, 1);
    m_cc = line(u"mailcompose.cc"_s, tr("CC"), grid, 1);
    m_bcc = line(u"mailcompose.bcc"_s, tr("BCC"), grid, 2);
    for (QLineEdit *copies : {m_cc, m_bcc})
        copies->setPlaceholderText(tr("name@example.com, …"));
    m_subject = line(u"mailcompose.subject"_s, tr("Subject"), grid, 3);
    grid->setColumnStretch(1, 1);
    column->addLayout(grid);

    m_text = named(new QPlainTextEdit(this), u"mailcompose.text"_s, tr("The words of the e-mail"));
    m_text->setTabChangesFocus(true);
    m_text->installEventFilter(this);
    auto *frame = new FieldFrame(this);
    frame->setField(m_text);
    frame->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    auto *field = new QHBoxLayout;
    setInsets(field, 16, 0, 16, 8, 0);
    field->addWidget(frame);
    column->addLayout(field, 1);
    m_files = new MailFiles(this);
    column->addWidget(m_files);
    m_strip = new Strip(u"mailcompose.strip"_s, this);
    column->addWidget(m_strip);

    auto *foot = new QHBoxLayout;
    setInsets(foot, 12, 4, 16, 10, 8);
    auto *attach = iconButton(u"attach"_s, u"mailcompose.attach"_s, tr("Attach files"), this);
    connect(attach, &QToolButton::clicked, m_files, &MailFiles::choose);
    auto *discard = iconButton(u"trash"_s, u"mailcompose.discard"_s, tr("Throw this e-mail away"), this);
    connect(discard, &QToolButton::clicked, this, &MailComposer::discardRequested);
    auto *hint = new Label(tr("Ctrl+Enter sends, Esc goes back"), TextRole::Small, Ink::Text2, this);
    hint->setElided(true);
    m_send = pushButton(tr("Send e-mail"), u"mailcompose.send"_s, this, true);
    connect(m_send, &QPushButton::clicked, this, &MailComposer::trySend);
    foot->addWidget(attach);
    foot->addWidget(discard);
    foot->addWidget(hint, 1);
    m_later = iconButton(u"schedule"_s, u"mailcompose.later"_s, tr("Send later (%1)").arg(keyText(Command::Schedule)), this);
    connect(m_later, &QToolButton::clicked, this, &MailComposer::openSchedule);
    foot->addWidget(m_send);
    foot->addWidget(m_later);
    column->addLayout(foot);

    setAcceptDrops(true);
    installEventFilter(this);
    connect(m_text, &QPlainTextEdit::textChanged, this, &MailComposer::showState);
    connect(m_files, &MailFiles::changed, this, &MailComposer::showState);
    connect(m_files, &MailFiles::refused, this, &MailComposer::refused);
    connect(m_strip, &Strip::acted, this, [this] {
        m_answered = true;
        trySend();
    });
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(800ms);
    connect(&m_draftTimer, &QTimer::timeout, this, &MailComposer::draftChanged);
    connect(m_text, &QPlainTextEdit::textChanged, &m_draftTimer, qOverload<>(&QTimer::start));
}

QLineEdit *MailComposer::line(const QString &id, const QString &name, QGridLayout *grid, int row)
{
    auto *edit = named(new QLineEdit(this), id, name);
    edit->setMaxLength(id.endsWith(u"subject"_s) ? 250 : 4000);
    edit->installEventFilter(this);
    auto *label = new Label(name, TextRole::Small, Ink::Text2, this);
    label->setBuddy(edit);
    grid->addWidget(label, row, 0);
    grid->addWidget(edit, row, 1);
    connect(edit, &QLineEdit::textChanged, this, [this] {
        m_refusal.clear();
        showState();
        m_draftTimer.start();
    });
    return edit;
}

void MailComposer::setContact(const Contact &contact, const SendFacts &facts)
{
    const bool other = contact.id != m_contact.id;
    m_contact = contact;
    m_facts = facts;
    m_to->setText(contact.email.isEmpty() ? tr("%1 has no e-mail address").arg(contact.displayName())
                                          : u"%1 <%2>"_s.arg(contact.displayName(), contact.email));
    m_title->setText(tr("E-mail to %1").arg(contact.displayName()));
    if (other)
        set({});
    showState();
}

void MailComposer::set(const MessageDraft &draft, const QVector<OutgoingFile> &files)
{
    m_replyTo = draft.replyTo;
    m_cc->setText(draft.cc.join(u", "_s));
    m_bcc->setText(draft.bcc.join(u", "_s));
    m_subject->setText(draft.subject);
    m_text->setPlainText(draft.body);
    m_files->setFiles(files);
    m_draftTimer.stop();
    m_refusal.clear();
    m_answered = false;
    m_tried = false;
    if (m_schedule)
        m_schedule->close();
    setBusy(false);
}

MessageDraft MailComposer::draft() const
{
    MessageDraft draft;
    draft.type = u"Email"_s;
    draft.contactId = m_contact.id;
    draft.toNumber = m_contact.email; // where a text has its number: what is shown as its "to"
    draft.subject = m_subject->text().simplified();
    draft.body = m_text->toPlainText();
    draft.cc = mail::readAddresses(m_cc->text()).good;
    draft.bcc = mail::readAddresses(m_bcc->text()).good;
    draft.replyTo = m_replyTo;
    return draft;
}

bool MailComposer::isEmpty() const
{
    return m_text->toPlainText().trimmed().isEmpty() && m_files->files().isEmpty() && m_cc->text().trimmed().isEmpty()
        && m_bcc->text().trimmed().isEmpty() && (m_subject->text().trimmed().isEmpty() || !m_replyTo.isEmpty());
}

void MailComposer::focusFirst()
{
    if (m_subject->text().isEmpty())
        m_subject->setFocus(Qt::OtherFocusReason);
    else
        m_text->setFocus(Qt::OtherFocusReason);
}

void MailComposer::setBusy(bool busy)
{
    m_busy = busy;
    showState();
}

void MailComposer::refused(const QString &sentence)
{
    m_busy = false;
    m_refusal = sentence;
    showState();
    Q_EMIT announced(sentence);
}

GuardAnswer MailComposer::judge(const QDateTime &when) const
{
    SendQuestion question;
    question.contact = m_contact;
    question.channel = Channel::Email;
    question.facts = m_facts;
    question.text = m_text->toPlainText();
    question.now = when;
    return judgeSend(question, m_desk->quietHours());
}

QString MailComposer::fault() const
{
    QStringList wrong = mail::readAddresses(m_cc->text()).bad + mail::readAddresses(m_bcc->text()).bad;
    if (!wrong.isEmpty())
        return tr("“%1” is not an e-mail address. Nothing was sent; correct it or take it out.").arg(wrong.constFirst().left(80));
    if (m_subject->text().trimmed().isEmpty())
        return tr("An e-mail needs a subject: HighLevel does not take one without.");
    if (m_text->toPlainText().trimmed().isEmpty() && m_files->files().isEmpty())
        return tr("There are no words yet.");
    if (m_files->working())
        return tr("A file is still being read. Send again in a moment.");
    return {};
}

QString MailComposer::obstacle(bool *asks) const
{
    *asks = false;
    if (m_contact.email.isEmpty())
        return tr("%1 has no e-mail address. Add one in HighLevel, or send a text. What you wrote is kept.").arg(m_contact.displayName());
    const GuardAnswer answer = judge(QDateTime::currentDateTimeUtc());
    if (answer.verdict == Verdict::Block)
        return answer.sentences(Verdict::Block);
    if (!m_tried)
        return {};
    if (const QString wrong = fault(); !wrong.isEmpty())
        return wrong;
    if (answer.verdict == Verdict::Ask && !m_answered) {
        *asks = true;
        return answer.sentences(Verdict::Ask);
    }
    return {};
}

void MailComposer::openSchedule()
{
    if (m_busy || m_contact.id.isEmpty())
        return;
    m_tried = true;
    m_refusal.clear();
    showState();
    bool asks = false;
    if (const QString against = obstacle(&asks); !against.isEmpty() && !asks) { // what the guard asks about, it asks of the chosen hour
        Q_EMIT announced(against);
        return;
    }
    if (!m_schedule) {
        m_schedule = new SchedulePanel(u"mailcompose.schedule"_s, [this](const QDateTime &when) {
            const GuardAnswer answer = judge(when);
            return answer.verdict == Verdict::Allow ? QString() : answer.sentences(answer.verdict);
        }, this);
        auto *column = static_cast<QVBoxLayout *>(layout());
        column->insertWidget(column->count() - 1, m_schedule);
        connect(m_schedule, &SchedulePanel::left, this, [this] {
            m_schedule->close();
            m_text->setFocus(Qt::OtherFocusReason);
        });
        connect(m_schedule, &SchedulePanel::chosen, this, [this](const QDateTime &at, bool cancelOnReply) {
            if (const QString wrong = fault(); !wrong.isEmpty()) { // it stayed editable meanwhile
                refused(wrong);
                return;
            }
            m_schedule->close();
            setBusy(true);
            Q_EMIT scheduleRequested(at, cancelOnReply);
        });
    }
    m_schedule->open(m_contact, m_desk->timezone(), false);
}

void MailComposer::showState()
{
    bool asks = false;
    const QString against = m_refusal.isEmpty() ? obstacle(&asks) : m_refusal;
    if (against.isEmpty())
        m_strip->hide();
    else
        m_strip->show(asks ? Strip::Kind::Warn : Strip::Kind::Danger, against, asks ? tr("Send anyway") : QString());
    m_send->setEnabled(!m_busy && !m_contact.id.isEmpty());
    m_later->setEnabled(m_send->isEnabled());
}

void MailComposer::trySend()
{
    if (m_busy || m_contact.id.isEmpty())
        return;
    m_tried = true;
    m_refusal.clear();
    showState();
    if (m_strip->isHidden()) {
        setBusy(true);
        Q_EMIT sendRequested();
    } else {
        Q_EMIT announced(m_strip->sentence());
    }
}

bool MailComposer::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers().testFlag(Qt::ControlModifier)) {
            if (key->modifiers().testFlag(Qt::ShiftModifier))
                openSchedule();
            else
                trySend();
            return true;
        }
        if (key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier && m_schedule && m_schedule->isVisible()) {
            m_schedule->close();
            m_text->setFocus(Qt::OtherFocusReason);
            return true;
        }
        if (key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier) {
            Q_EMIT leaveRequested();
            return true;
        }
    }
    if (watched == this && (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop)) {
        auto *drop = static_cast<QDropEvent *>(event);
        if (drop->mimeData()->hasUrls()) {
            drop->setDropAction(Qt::CopyAction);
            drop->accept();
            if (event->type() == QEvent::Drop)
                m_files->add(drop->mimeData());
            return true;
        }
    }
    return Pane::eventFilter(watched, event);
}

} // namespace outrigger::gui
