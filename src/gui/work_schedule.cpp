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
        auto taking = doUnschedule(self, record.contactId(), MessageId(record.serverId), MessageDraft::fromJson(record.payload).body);
        co_await taking;
    }
}

void Work::unschedule(const ContactId &contact, const MessageId &message, const QString &text)
{
    m_tasks.start(doUnschedule(this, contact, message, text));
}

Task<void> Work::doUnschedule(Work *self, ContactId contact, MessageId message, QString text)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    sync::Outbox::SubmitOptions options;
    options.undoable = false;
    auto submitting = self->m_engine->outbox().submitScheduleCancel(*account, {contact, message}, options);
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    // It may have been through before we got here.
    auto asking = self->m_engine->outbox().record(*submitted);
    const auto record = co_await asking;
    self->m_unscheduling.insert(*submitted, {contact, text});
    self->say(tr("Taking it back …"));
    if (record && *record)
        self->onScheduleCancel(**record);
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
    say(tr("Taken back. It will not be sent."));
    QVector<OutgoingFile> none; // its pictures were HighLevel's, and are gone there
    Q_EMIT tookBack(what.contact, what.text, int(what.text.size()), {}, none);
}

} // namespace outrigger::gui
