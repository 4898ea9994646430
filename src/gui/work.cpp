// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/work.h"

#include "domain/replyways.h"
#include "models/desk.h"
#include "sync/engine.h"

using namespace Qt::StringLiterals;

namespace outrigger::gui {

Work::Work(sync::Engine *engine, models::Desk *desk, QObject *parent) : QObject(parent), m_engine(engine), m_desk(desk)
{
    connect(&engine->outbox(), &sync::Outbox::recordChanged, this, &Work::onRecord);
}

Work::~Work() = default;

void Work::say(const QString &sentence, const QString &actName, const std::function<void()> &act)
{
    Q_EMIT said(sentence, actName, act);
}

void Work::sayError(const Error &error)
{
    say(error.message);
}

void Work::onRecord(const OutboxRecord &record)
{
    if (record.kind == OutboxKind::ContactUpdate || record.kind == OutboxKind::ContactDelete)
        Q_EMIT contactRecordChanged(record.contactId());
    if (record.kind == OutboxKind::CancelSchedule) {
        onScheduleCancel(record);
        return;
    }
    if (record.kind == OutboxKind::BookAppointment || record.kind == OutboxKind::ChangeAppointment || record.kind == OutboxKind::BlockTime) {
        onAppointment(record);
        return;
    }
    if (isTaskKind(record.kind) || isNoteKind(record.kind)) {
        onTask(record);
        return;
    }
    // Once it is no longer held it cannot be taken back: the offer goes.
    if (record.state == OutboxState::Held || record.state == OutboxState::Queued || !m_held.contains(record.id))
        return;
    m_held.remove(record.id);
    m_heldOrder.removeAll(record.id);
    m_undo.withdraw(record.id.value);
}

void Work::setDone(const ConversationRow &row, bool done)
{
    m_tasks.start(doDone(this, row, done));
}

Task<void> Work::doDone(Work *self, ConversationRow row, bool done)
{
    auto marking = self->m_engine->setDone(row.contactId, done);
    const Status marked = co_await marking;
    if (!marked) {
        self->sayError(marked.error());
        co_return;
    }
    if (!done) {
        self->say(tr("Back in the inbox: %1").arg(row.name));
        co_return;
    }
    const QString what = tr("Done: %1").arg(row.name);
    UndoList::Entry entry;
    entry.what = what;
    entry.undo = [self, row] { self->setDone(row, false); };
    entry.redo = [self, row] { self->m_tasks.start(doDone(self, row, true)); };
    entry.key = u"done:"_s + row.contactId.value;
    self->m_undo.withdraw(entry.key);
    self->m_undo.add(entry);
    self->say(what, tr("Undo"), [self] { self->m_undo.undo(); });
    if (row.unread > 0)
        self->setRead(row, true, false);
}

void Work::snooze(const ConversationRow &row, const QDateTime &until, const QString &words)
{
    m_tasks.start(doSnooze(this, row, until, words));
}

Task<void> Work::doSnooze(Work *self, ConversationRow row, QDateTime until, QString words)
{
    auto marking = self->m_engine->snooze(row.contactId, until);
    const Status marked = co_await marking;
    if (!marked) {
        self->sayError(marked.error());
        co_return;
    }
    if (!until.isValid()) {
        self->say(tr("Back in the inbox: %1").arg(row.name));
        co_return;
    }
    const QString what = tr("%1 sleeps until %2").arg(row.name, words);
    UndoList::Entry entry;
    entry.what = tr("Snooze: %1").arg(row.name);
    const QDateTime before = row.snoozedUntil;
    entry.undo = [self, row, before] { self->snooze(row, before, {}); };
    entry.redo = [self, row, until, words] { self->m_tasks.start(doSnooze(self, row, until, words)); };
    entry.key = u"snooze:"_s + row.contactId.value;
    self->m_undo.withdraw(entry.key);
    self->m_undo.add(entry);
    self->say(what, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::setRead(const ConversationRow &row, bool read, bool byHand)
{
    if (row.id.isEmpty())
        return;
    ReadChange change;
    change.contactId = row.contactId;
    change.conversationId = row.id;
    change.unreadCount = read ? 0 : 1;
    QString words;
    if (byHand)
        words = read ? tr("Read: %1").arg(row.name) : tr("Unread: %1").arg(row.name);
    m_tasks.start(doChange(this, reading(change), words, [this, row, read] { setRead(row, !read, false); }));
}

void Work::setStarred(const ConversationRow &row, bool starred)
{
    if (row.id.isEmpty())
        return;
    ReadChange change;
    change.contactId = row.contactId;
    change.conversationId = row.id;
    change.starred = starred;
    const QString words = starred ? tr("Starred: %1").arg(row.name) : tr("Star removed: %1").arg(row.name);
    m_tasks.start(doChange(this, reading(change), words, [this, row, starred] { setStarred(row, !starred); }));
}

Task<void> Work::doChange(Work *self, Submit submit, QString words, std::function<void()> back)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = submit(self->m_engine->outbox(), *account);
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    if (words.isEmpty())
        co_return;
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = std::move(back);
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

Work::Submit Work::reading(const ReadChange &change)
{
    return [change](sync::Outbox &outbox, const Account &account) { return outbox.submitRead(account, change, {}); };
}

void Work::changeTags(const Contact &contact, const QStringList &add, const QStringList &remove)
{
    TagChange change;
    change.contactId = contact.id;
    change.add = add;
    change.remove = remove;
    const QString words = add.isEmpty() ? tr("Tag removed: %1").arg(remove.join(u", "_s)) : tr("Tag added: %1").arg(add.join(u", "_s));
    m_tasks.start(doChange(this, [change](sync::Outbox &outbox, const Account &account) { return outbox.submitTags(account, change, {}); }, words,
                           [this, contact, add, remove] { changeTags(contact, remove, add); }));
}

void Work::sendText(MessageDraft draft, const QString &name, int caret, Sent answer, QVector<OutgoingFile> files)
{
    m_tasks.start(doSend(this, std::move(draft), name, caret, std::move(answer), std::move(files)));
}

Task<Result<RecordId>> Work::submitText(Work *self, MessageDraft draft, QVector<OutgoingFile> files)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return fail(ErrorKind::SignInNeeded, tr("Sign in first. What you wrote is kept."));
    sync::Outbox::SubmitOptions options;
    options.files = std::move(files);
    auto submitting = self->m_engine->outbox().submitMessage(*account, std::move(draft), std::move(options));
    co_return co_await submitting;
}

Task<void> Work::doSend(Work *self, MessageDraft draft, QString name, int caret, Sent answer, QVector<OutgoingFile> files)
{
    auto submitting = submitText(self, draft, std::move(files));
    const auto submitted = co_await submitting;
    if (submitted)
        self->remember(*submitted, draft.contactId, name, caret);
    answer(submitted);
}

void Work::sendNewText(ContactDraft contact, MessageDraft draft, const QString &name, int caret, Sent answer, QVector<OutgoingFile> files)
{
    m_tasks.start(doSendNew(this, std::move(contact), std::move(draft), name, caret, std::move(answer), std::move(files)));
}

Task<void> Work::doSendNew(Work *self, ContactDraft contact, MessageDraft draft, QString name, int caret, Sent answer, QVector<OutgoingFile> files)
{
    const auto account = self->m_engine->account();
    if (!account) {
        answer(fail(ErrorKind::SignInNeeded, tr("Sign in first. What you wrote is kept.")));
        co_return;
    }
    sync::Outbox::SubmitOptions options;
    options.files = std::move(files);
    auto submitting = self->m_engine->outbox().submitNewText(*account, contact, draft, options);
    const auto submitted = co_await submitting;
    if (submitted) {
        const auto record = self->m_engine->outbox().active(*submitted);
        self->remember(*submitted, record ? record->contactId() : draft.contactId, name, caret);
    }
    answer(submitted);
}

void Work::remember(const RecordId &record, const ContactId &contact, const QString &name, int caret)
{
    const auto active = m_engine->outbox().active(record);
    if (!active || active->state != OutboxState::Held)
        return;
    m_held.insert(record, Held{contact, name, caret});
    m_heldOrder.append(record);
    UndoList::Entry entry;
    const Channel channel = channelFromType(MessageDraft::fromJson(active->payload).type);
    entry.what = channel == Channel::Call ? tr("Call with %1").arg(name)
        : channel == Channel::Email       ? tr("E-mail to %1").arg(name)
        : staysInside(channel)            ? tr("Comment on %1").arg(name)
                                          : tr("Text to %1").arg(name);
    entry.undo = [this, record] { takeBack(record); };
    entry.key = record.value;
    m_undo.add(entry);
}

bool Work::hasHeld(const ContactId &contact) const
{
    return std::any_of(m_held.cbegin(), m_held.cend(), [&contact](const Held &held) { return held.contact == contact; });
}

void Work::takeBackLatest(const ContactId &contact)
{
    for (auto it = m_heldOrder.crbegin(); it != m_heldOrder.crend(); ++it) {
        if (m_held.value(*it).contact == contact) {
            const RecordId record = *it; // the list changes below
            takeBack(record);
            return;
        }
    }
}

void Work::takeBack(const RecordId &record)
{
    m_tasks.start(doTakeBack(this, record));
}

Task<void> Work::doTakeBack(Work *self, RecordId id)
{
    const Held held = self->m_held.value(id);
    // Before it is cancelled: a finished record's pictures are removed.
    auto reading = self->m_engine->outbox().files(id);
    const auto files = co_await reading;
    auto cancelling = self->m_engine->outbox().cancel(id);
    const auto cancelled = co_await cancelling;
    if (!cancelled) {
        self->sayError(cancelled.error());
        co_return;
    }
    self->m_undo.withdraw(id.value);
    if (cancelled->kind != OutboxKind::SendMessage) {
        self->say(tr("Cancelled. Nothing was sent to HighLevel."));
        co_return;
    }
    const auto draft = MessageDraft::fromJson(cancelled->payload);
    const int caret = held.contact.isEmpty() ? int(draft.body.size()) : held.caret;
    const QString number = cancelled->dependsOn.isEmpty() || !draft.contactId.isLocal() ? QString() : draft.toNumber;
    if (draft.call) {
        self->say(tr("Taken back. The call is not noted."));
        co_return;
    }
    self->say(tr("Taken back. Nothing was sent."));
    if (draft.isEmail())
        Q_EMIT self->tookBackEmail(draft, files.value_or(QVector<OutgoingFile>()));
    else
        Q_EMIT self->tookBack(draft.contactId, draft.body, caret, number, files.value_or(QVector<OutgoingFile>()), draft.type);
}

void Work::release(const RecordId &record)
{
    m_tasks.start(doRelease(this, record));
}

Task<void> Work::doRelease(Work *self, RecordId id)
{
    auto releasing = self->m_engine->outbox().release(id);
    const auto released = co_await releasing;
    if (!released)
        self->sayError(released.error());
}

void Work::retry(const RecordId &record)
{
    m_tasks.start(doRetry(this, record));
}

Task<void> Work::doRetry(Work *self, RecordId id)
{
    auto retrying = self->m_engine->outbox().retry(id);
    const auto retried = co_await retrying;
    if (!retried)
        self->sayError(retried.error());
    else
        self->say(tr("Trying again."));
}

void Work::resolve(const RecordId &record, Resolution resolution)
{
    m_tasks.start(doResolve(this, record, resolution));
}

Task<void> Work::doResolve(Work *self, RecordId id, Resolution resolution)
{
    sync::Outbox::Resolution how = sync::Outbox::Resolution::Discard;
    QString words = tr("Discarded. It is not looked for any more.");
    if (resolution == Resolution::Sent) {
        how = sync::Outbox::Resolution::Sent;
        words = tr("Kept as sent.");
    } else if (resolution == Resolution::Resend) {
        how = sync::Outbox::Resolution::Resend;
        words = tr("Sending it again.");
    }
    auto resolving = self->m_engine->outbox().resolve(id, how);
    const auto resolved = co_await resolving;
    if (!resolved)
        self->sayError(resolved.error());
    else
        self->say(words);
}

} // namespace outrigger::gui
