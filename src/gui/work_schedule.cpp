// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/work.h"

#include "sync/engine.h"

using namespace Qt::StringLiterals;

// Texts for later, and taking them back.
namespace outrigger::gui {

void Work::schedule(MessageDraft draft, const QString &name, const QString &when, Sent answer, QVector<OutgoingFile> files)
{
    m_tasks.start(doSchedule(this, std::move(draft), name, when, std::move(answer), std::move(files)));
}

Task<void> Work::doSchedule(Work *self, MessageDraft draft, QString name, QString when, Sent answer, QVector<OutgoingFile> files)
{
    auto submitting = submitText(self, std::move(draft), std::move(files));
    const auto submitted = co_await submitting;
    answer(submitted);
    if (!submitted)
        co_return;
    const RecordId id = *submitted;
    UndoList::Entry entry;
    entry.what = tr("Schedule: %1").arg(name);
    entry.undo = [self, id] { self->m_tasks.start(doTakeBackScheduled(self, id)); };
    entry.key = id.value;
    self->m_undo.add(entry);
    self->say(tr("Scheduled for %1: %2").arg(name, when), tr("Undo"), [self] { self->m_undo.undo(); });
}

/// It may wait here, or be with HighLevel by now.
Task<void> Work::doTakeBackScheduled(Work *self, RecordId id)
{
    auto asking = self->m_engine->outbox().record(id);
    const auto found = co_await asking;
    if (!found || !*found)
        co_return;
    const OutboxRecord record = **found;
    if (record.serverId.isEmpty()) {
        auto taking = doTakeBack(self, id);
        co_await taking;
    } else {
        MessageRow row;
        row.message.id = MessageId(record.serverId);
        row.message.contactId = record.contactId();
        row.message.body = MessageDraft::fromJson(record.payload).body;
        row.record = id;
        auto taking = doUnschedule(self, row, Return::Composer);
        co_await taking;
    }
}

void Work::unschedule(const MessageRow &row, Return where)
{
    m_tasks.start(doUnschedule(this, row, where));
}

Task<void> Work::doUnschedule(Work *self, MessageRow row, Return where)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    Unscheduling what{row.message.contactId, row.message.body, {}, where, {}};
    if (!row.record.isEmpty()) {
        auto reading = self->m_engine->outbox().files(row.record);
        const auto files = co_await reading;
        what.files = files.value_or(QVector<OutgoingFile>());
        auto asking = self->m_engine->outbox().record(row.record);
        const auto written = co_await asking;
        if (written && *written)
            what.mail = MessageDraft::fromJson((*written)->payload);
    } else if (row.message.channel == Channel::Email) {
        what.mail.emplace();
        what.mail->type = u"Email"_s;
        what.mail->contactId = row.message.contactId;
        what.mail->subject = row.message.subject;
        what.mail->body = row.message.body;
    }
    if (what.mail && !what.mail->isEmail())
        what.mail.reset();
    sync::Outbox::SubmitOptions options;
    options.undoable = false;
    auto submitting = self->m_engine->outbox().submitScheduleCancel(*account, {row.message.contactId, row.message.id}, options);
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    // It may have been through before we got here.
    auto asking = self->m_engine->outbox().record(*submitted);
    const auto record = co_await asking;
    self->m_unscheduling.insert(*submitted, what);
    self->say(tr("Taking it back …"));
    if (record && *record)
        self->onScheduleCancel(**record);
}

void Work::replaceScheduled(const ScheduledText &item, const QString &body, const QDateTime &at, std::optional<bool> cancelOnReply, Sent answer)
{
    m_tasks.start(doReplaceScheduled(this, item, body, at, cancelOnReply, std::move(answer)));
}

Task<void> Work::doReplaceScheduled(Work *self, ScheduledText item, QString body, QDateTime at, std::optional<bool> cancelOnReply, Sent answer)
{
    const bool here = item.row.message.id.isEmpty();
    auto replacing = here ? replaceWaiting(self, item, body, at, cancelOnReply) : replaceKept(self, item, body, at, cancelOnReply);
    const auto replaced = co_await replacing;
    if (replaced)
        self->say(at.isValid() ? tr("Changed. It leaves at its time, once the earlier one is taken back.")
                               : tr("It leaves now, once the earlier one is taken back."));
    answer(replaced);
}

/// It never left this computer: stopped, and written anew.
Task<Result<RecordId>> Work::replaceWaiting(Work *self, ScheduledText item, QString body, QDateTime at, std::optional<bool> cancelOnReply)
{
    auto reading = self->m_engine->outbox().files(item.row.record);
    auto files = co_await reading;
    if (!files)
        co_return fail(files.error());
    auto cancelling = self->m_engine->outbox().cancel(item.row.record);
    const auto cancelled = co_await cancelling;
    if (!cancelled)
        co_return fail(cancelled.error());
    MessageDraft draft = MessageDraft::fromJson(cancelled->payload);
    draft.body = body;
    draft.sendAt = at;
    draft.cancelOnReply = cancelOnReply.value_or(draft.cancelOnReply);
    draft.attachments.clear();
    auto submitting = submitText(self, std::move(draft), std::move(*files));
    co_return co_await submitting;
}

Task<Result<RecordId>> Work::replaceKept(Work *self, ScheduledText item, QString body, QDateTime at, std::optional<bool> cancelOnReply)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return fail(ErrorKind::Usage, tr("There is no account to send this with."));
    MessageDraft draft;
    draft.contactId = item.row.message.contactId;
    draft.conversationId = item.row.message.conversationId;
    draft.toNumber = item.contact.phone;
    if (item.row.record.isEmpty() && item.row.message.channel == Channel::Email)
        co_return fail(ErrorKind::Usage, tr("This e-mail was not written here, and only HighLevel has all of it. Change it there, or take it back and write it again."));
    if (!item.row.record.isEmpty()) {
        auto asking = self->m_engine->outbox().record(item.row.record);
        const auto found = co_await asking;
        if (found && *found)
            draft = MessageDraft::fromJson((*found)->payload);
    }
    if (draft.attachments.isEmpty() && !item.row.message.attachments.isEmpty())
        co_return fail(ErrorKind::Usage, tr("The picture of this text is only in HighLevel. Change the text there, or take it back and write it again."));
    draft.body = body;
    draft.sendAt = at;
    draft.cancelOnReply = cancelOnReply.value_or(draft.cancelOnReply) && at.isValid();
    auto submitting = self->m_engine->outbox().submitReplacement(*account, {draft.contactId, item.row.message.id}, draft, {});
    co_return co_await submitting;
}

void Work::onScheduleCancel(const OutboxRecord &record)
{
    if (record.state == OutboxState::Rejected) {
        m_unscheduling.remove(record.id);
        say(record.reason);
        return;
    }
    if (record.state != OutboxState::Confirmed)
        return;
    if (record.origin == "reply"_L1) {
        say(tr("They wrote. The text that was scheduled for later is taken back."));
        return;
    }
    if (!m_unscheduling.contains(record.id))
        return;
    const Unscheduling what = m_unscheduling.take(record.id);
    if (what.mail) {
        say(tr("Taken back. It will not be sent; its words are kept as a draft."));
        MessageDraft draft = *what.mail;
        draft.sendAt = {};
        if (what.where == Return::Draft)
            Q_EMIT tookBackEmailAside(draft, what.files);
        else
            Q_EMIT tookBackEmail(draft, what.files);
        return;
    }
    if (what.where == Return::Draft) {
        say(tr("Taken back. Its words are kept as a draft."));
        Q_EMIT tookBackAside(what.contact, what.text, what.files);
        return;
    }
    say(tr("Taken back. It will not be sent."));
    Q_EMIT tookBack(what.contact, what.text, int(what.text.size()), {}, what.files, u"SMS"_s);
}

} // namespace outrigger::gui
