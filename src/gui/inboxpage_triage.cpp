// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxpage.h"

#include "gui/inboxlist.h"
#include "gui/tagsdialog.h"
#include "gui/triagemenus.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/inboxmodel.h"
#include "models/threadahead.h"
#include "sync/engine.h"

#include <QListView>

// Whose it is, what is written on it, and what comes next.
namespace outrigger::gui {

namespace {
constexpr int ahead = 3;
}

QPoint InboxPage::belowCurrent() const
{
    const auto *view = m_list->view();
    return view->viewport()->mapToGlobal(view->visualRect(view->currentIndex()).bottomLeft());
}

void InboxPage::assignMenu(const ConversationRow &row)
{
    auto *menu = triage::assignMenu(this, m_desk->reference().users, m_model->query().me, row.assignedTo,
                                    [this, row](const UserId &to, const QString &name) {
                                        // Where only mine are shown, one that is given away leaves.
                                        const Split split = m_list->split();
                                        const UserId me = m_model->query().me;
                                        const bool leaves = (split == Split::Mine && to != me) || (split == Split::Unassigned && !to.isEmpty());
                                        if (m_list->currentKey() == row.key)
                                            m_list->stepAway();
                                        if (leaves)
                                            m_list->worked(row.key);
                                        m_work->assign(row, to, name);
                                    });
    menu->popup(belowCurrent());
}

Task<void> InboxPage::openTags(InboxPage *self, ConversationRow row)
{
    auto asking = self->m_desk->contact(row.contactId);
    const auto contact = co_await asking;
    if (!contact || !*contact) {
        Q_EMIT self->announced(tr("This contact is not on this computer yet."));
        co_return;
    }
    QStringList known;
    for (const auto &tag : self->m_desk->reference().tags)
        known.append(tag.name);
    auto *dialog = new TagsDialog((*contact)->displayName(), known, (*contact)->tags, self);
    connect(dialog, &TagsDialog::changed, self, [self, lead = **contact](const QStringList &add, const QStringList &remove) {
        self->m_work->changeTags(lead, add, remove);
    });
    dialog->open();
}

void InboxPage::fetchAhead()
{
    const int current = m_list->view()->currentIndex().row();
    QVector<ConversationRow> next;
    for (int row = current + 1; current >= 0 && row <= current + ahead && row < m_model->rowCount(); ++row) {
        const QVariant value = m_model->index(row, 0).data(models::InboxModel::RowRole);
        if (value.isValid())
            next.append(value.value<ConversationRow>());
    }
    m_ahead->want(next);
}

Task<void> InboxPage::fromServerAhead(InboxPage *self, ConversationRow row)
{
    if (row.id.isEmpty() || row.id.isLocal())
        co_return;
    auto asking = self->m_engine->prefetchThread(row.id, row.contactId);
    co_await asking; // nobody waits for it: what fails here is asked for again when it is opened
}

} // namespace outrigger::gui
