// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/work.h"

#include "models/desk.h"
#include "sync/engine.h"

namespace outrigger::gui {

void Work::assign(const ConversationRow &row, const UserId &to, const QString &name)
{
    if (row.contactId.isEmpty() || row.assignedTo == to)
        return;
    AssignChange change;
    change.contactId = row.contactId;
    change.to = to;
    change.from = row.assignedTo;
    const QString words = to.isEmpty() ? tr("%1 is nobody’s now", "a lead").arg(row.name) : tr("%1 is %2’s now", "a lead, a user").arg(row.name, name);
    ConversationRow after = row;
    after.assignedTo = to;
    m_tasks.start(doAssign(this, change, words, [this, after, before = row.assignedTo] { assign(after, before, m_desk->userName(before)); }));
}

Task<void> Work::doAssign(Work *self, AssignChange change, QString words, std::function<void()> back)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    sync::Outbox::SubmitOptions options;
    options.undoable = false;
    auto submitting = self->m_engine->outbox().submitAssign(*account, change, options);
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = std::move(back);
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

} // namespace outrigger::gui
