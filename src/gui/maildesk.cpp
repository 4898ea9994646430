// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/maildesk.h"

#include "domain/whenwhere.h"
#include "gui/keymap.h"
#include "gui/mailcomposer.h"
#include "gui/mailfiles.h"
#include "gui/mailreader.h"
#include "gui/settings.h"
#include "gui/threadview.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/threadmodel.h"
#include "models/words.h"
#include "sync/engine.h"

#include <QAction>
#include <QJsonDocument>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

QString mailFilesOf(const ContactId &contact) { return u"mail/"_s + contact.value; }

} // namespace

MailDesk::MailDesk(sync::Engine *engine, models::Desk *desk, models::ThreadModel *model, Settings *settings, Work *work, Actions *actions,
                   Place place, QObject *parent)
    : QObject(parent), m_engine(engine), m_desk(desk), m_model(model), m_settings(settings), m_work(work), m_place(place),
      m_kept(engine->profile().path(sync::DraftFiles::folderName))
{
    connect(m_place.view, &ThreadView::detailsRequested, this, &MailDesk::open);
    connect(actions->action(Command::WriteMail), &QAction::triggered, this, &MailDesk::write);
    const auto keep = [this](const MessageDraft &draft, const QVector<OutgoingFile> &files) {
        keepFiles(draft.contactId, files);
        keepDraft(draft.contactId, draft);
    };
    connect(m_work, &Work::tookBackEmailAside, this, keep);
    connect(m_work, &Work::tookBackEmail, this, [this, keep](const MessageDraft &draft, const QVector<OutgoingFile> &files) {
        keep(draft, files);
        if (draft.contactId == m_contact.id)
            compose(draft);
    });
}

MailDesk::~MailDesk() = default;

QString MailDesk::draftName(const ContactId &contact) const
{
    return u"mailDraft/%1/%2"_s.arg(m_desk->location().value, contact.value);
}

bool MailDesk::isShown() const
{
    const QWidget *now = m_place.stack->currentWidget();
    return now && (now == m_reader || now == m_composer);
}

MailReader *MailDesk::needReader()
{
    if (!m_reader) {
        m_reader = new MailReader(m_engine, m_settings, m_place.view->shelf(), m_place.stack);
        m_place.stack->addWidget(m_reader);
        connect(m_reader, &MailReader::leaveRequested, this, &MailDesk::back);
        connect(m_reader, &MailReader::replyRequested, this, &MailDesk::reply);
        connect(m_reader, &MailReader::announced, this, &MailDesk::announced);
    }
    return m_reader;
}

MailComposer *MailDesk::needComposer()
{
    if (!m_composer) {
        m_composer = new MailComposer(m_desk, m_place.stack);
        m_place.stack->addWidget(m_composer);
        connect(m_composer, &MailComposer::leaveRequested, this, &MailDesk::back);
        connect(m_composer, &MailComposer::announced, this, &MailDesk::announced);
        connect(m_composer, &MailComposer::draftChanged, this, qOverload<>(&MailDesk::keepDraft));
        connect(m_composer, &MailComposer::draftChanged, this, &MailDesk::written);
        connect(m_composer->files(), &MailFiles::changed, this, [this] {
            if (m_composer->isVisible()) // not while it is being filled for somebody
                keepDraft();
        });
        connect(m_composer, &MailComposer::sendRequested, this, [this] { send(); });
        connect(m_composer, &MailComposer::scheduleRequested, this, &MailDesk::send);
        connect(m_composer, &MailComposer::discardRequested, this, [this] {
            m_composer->set({});
            keepDraft();
            back();
        });
    }
    return m_composer;
}

void MailDesk::show(QWidget *pane)
{
    if (!isShown())
        m_before = m_place.stack->currentWidget();
    m_place.stack->setCurrentWidget(pane);
    m_place.composer->hide();
}

/// From what is written to what is read, from there to the messages.
void MailDesk::back()
{
    keepDraft();
    if (m_composer && m_place.stack->currentWidget() == m_composer && m_reader && m_reader->row().key != 0) {
        m_place.stack->setCurrentWidget(m_reader);
        m_reader->view()->setFocus(Qt::OtherFocusReason);
        return;
    }
    leave();
    m_place.view->setFocus(Qt::OtherFocusReason);
}

void MailDesk::leave()
{
    if (!isShown())
        return;
    keepDraft();
    m_beginning.cancel();
    m_place.stack->setCurrentWidget(m_before ? m_before.data() : m_place.view);
    m_place.composer->setVisible(!m_contact.id.isEmpty());
    if (m_reader)
        m_reader->clear();
}

void MailDesk::setContact(const Contact &contact, const std::optional<ConversationRow> &row)
{
    if (contact.id != m_contact.id)
        leave();
    m_contact = contact;
    m_row = row;
}

bool MailDesk::open(qint64 key)
{
    const int at = m_model->rowOfKey(key);
    if (at < 0)
        return false;
    const auto row = m_model->data(m_model->index(at, 0), models::ThreadModel::RowRole).value<MessageRow>();
    if (row.message.channel != Channel::Email)
        return false;
    needReader()->open(row);
    show(m_reader);
    m_reader->view()->setFocus(Qt::OtherFocusReason);
    return true;
}

void MailDesk::write()
{
    if (m_contact.id.isEmpty() || (m_composer && m_place.stack->currentWidget() == m_composer))
        return;
    if (m_reader && m_place.stack->currentWidget() == m_reader)
        reply(false);
    else
        compose({});
}

void MailDesk::reply(bool toAll)
{
    const mail::Body &read = m_reader->body();
    MessageDraft draft;
    draft.subject = mail::replySubject(read.subject);
    draft.replyTo = m_reader->row().message.id;
    if (toAll) {
        // Everybody who got it but the lead, who is the addressee, and ourselves.
        const auto reference = m_desk->reference();
        QStringList own{m_contact.email.toLower()};
        if (reference.location)
            own.append(reference.location->email.toLower());
        const bool inbound = m_reader->row().message.direction == Direction::Inbound;
        own.append(mail::bareAddress(inbound ? QString() : read.from).toLower());
        if (inbound && read.to.size() == 1)
            own.append(mail::bareAddress(read.to.constFirst()).toLower()); // the address at which it reached us
        const QStringList all = QStringList{read.from} + read.to + read.cc;
        for (const QString &one : all) {
            const QString address = mail::bareAddress(one);
            if (!address.isEmpty() && !own.contains(address.toLower()) && !draft.cc.contains(address, Qt::CaseInsensitive))
                draft.cc.append(address);
        }
    }
    compose(draft);
}

void MailDesk::compose(const MessageDraft &start)
{
    m_beginning = begin(this, start);
}

/// A draft that is there comes first: an answer to another e-mail changes its subject and thread, never its words.
Task<void> MailDesk::begin(MailDesk *self, MessageDraft start)
{
    const ContactId contact = self->m_contact.id;
    auto learning = self->m_desk->sendFacts(contact);
    const auto facts = co_await learning;
    auto reading = self->m_desk->kept(self->draftName(contact));
    const auto kept = co_await reading;
    auto files = self->m_files.value(contact);
    if (!self->m_files.contains(contact)) {
        auto finding = self->m_kept.kept(self->m_desk->location(), mailFilesOf(contact));
        files = co_await finding;
    }
    if (contact != self->m_contact.id)
        co_return;
    MailComposer *composer = self->needComposer();
    composer->setContact(self->m_contact, facts ? *facts : SendFacts());
    MessageDraft draft = start;
    if (draft.body.isEmpty() && kept && !kept->isEmpty()) {
        const MessageDraft before = MessageDraft::fromJson(QJsonDocument::fromJson(kept->toUtf8()).object());
        draft.body = before.body;
        if (draft.subject.isEmpty()) {
            draft.subject = before.subject;
            draft.replyTo = before.replyTo;
        }
        if (draft.cc.isEmpty())
            draft.cc = before.cc;
        if (draft.bcc.isEmpty())
            draft.bcc = before.bcc;
    }
    composer->set(draft, files);
    self->show(composer);
    composer->focusFirst();
}

void MailDesk::keepDraft()
{
    if (!m_composer || m_composer->contact().id.isEmpty())
        return;
    const ContactId contact = m_composer->contact().id;
    keepFiles(contact, m_composer->files()->files());
    keepDraft(contact, m_composer->isEmpty() ? MessageDraft() : m_composer->draft());
}

void MailDesk::keepFiles(const ContactId &contact, const QVector<OutgoingFile> &files)
{
    const auto before = m_files.constFind(contact);
    if (before != m_files.constEnd() && before->isSharedWith(files))
        return; // only the words have changed
    m_files.insert(contact, files);
    const auto keep = [](MailDesk *self, ContactId of, QVector<OutgoingFile> what) -> Task<void> {
        auto keeping = self->m_kept.keep(self->m_desk->location(), mailFilesOf(of), std::move(what));
        const Status kept = co_await keeping;
        if (!kept && self->m_composer)
            self->m_composer->refused(kept.error().message);
    };
    m_tasks.start(keep(this, contact, files));
}

void MailDesk::keepDraft(const ContactId &contact, const MessageDraft &draft)
{
    const bool nothing = draft.body.trimmed().isEmpty() && draft.subject.isEmpty() && draft.cc.isEmpty() && draft.bcc.isEmpty();
    const QString text = nothing ? QString() : QString::fromUtf8(QJsonDocument(draft.toJson()).toJson(QJsonDocument::Compact));
    const auto keep = [](models::Desk *desk, QString name, QString value) -> Task<void> {
        auto keeping = desk->keep(std::move(name), std::move(value));
        co_await keeping;
    };
    m_tasks.start(keep(m_desk, draftName(contact), text));
}

bool MailDesk::isWriting() const
{
    return m_composer && m_composer->contact().id == m_contact.id && !m_composer->isEmpty();
}

/// at: invalid for now, or when HighLevel is to send it.
void MailDesk::send(const QDateTime &at, bool cancelOnReply)
{
    if (m_ask && m_ask()) {
        m_composer->setBusy(false);
        return;
    }
    MessageDraft draft = m_composer->draft();
    const ContactId contact = draft.contactId;
    if (m_row)
        draft.conversationId = m_row->id;
    draft.sendAt = at;
    draft.cancelOnReply = at.isValid() && cancelOnReply;
    const auto answered = [this, contact, at](const Result<RecordId> &sent) {
        if (!m_composer || m_composer->contact().id != contact)
            return;
        if (!sent) {
            m_composer->refused(sent.error().message);
            return;
        }
        keepFiles(contact, {});
        m_composer->set({});
        keepDraft(contact, {});
        if (m_reader)
            m_reader->clear();
        leave();
        m_place.view->showNewest();
        m_place.view->setFocus(Qt::OtherFocusReason);
        Q_EMIT announced(at.isValid() ? tr("The e-mail leaves at its time.") : tr("The e-mail is on its way."));
    };
    const QString name = m_contact.displayName();
    if (at.isValid())
        m_work->schedule(draft, name, models::words::dayAndClock(at, leadZone(m_contact, m_desk->timezone()).zone), answered,
                         m_composer->files()->files());
    else
        m_work->sendText(draft, name, int(draft.body.size()), answered, m_composer->files()->files());
}

} // namespace outrigger::gui
