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
    m_tasks.start(doChange(this, [change](sync::Outbox &outbox, const Account &account) { return outbox.submitAssign(account, change, {}); }, words,
                           [this, after, before = row.assignedTo] { assign(after, before, m_desk->userName(before)); }));
}

} // namespace outrigger::gui
