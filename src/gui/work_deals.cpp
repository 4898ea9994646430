// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/work.h"

#include "models/dealwords.h"
#include "models/desk.h"
#include "sync/engine.h"

using namespace Qt::StringLiterals;

// What a person does to deals.
namespace outrigger::gui {

namespace {

/// The same change the other way round, for what can be taken back so.
DealChange reversed(const DealRow &row, const DealChange &change)
{
    DealChange back;
    if (change.stage) {
        back.stage = row.deal.stage;
        back.pipeline = row.deal.pipeline;
    }
    if (change.status) {
        back.status = row.deal.status;
        back.lostReason = row.deal.lostReason;
    }
    if (change.name)
        back.name = row.deal.name;
    if (change.value && row.deal.value)
        back.value = row.deal.value;
    if (change.assignedTo)
        back.assignedTo = row.deal.assignedTo;
    return back;
}

} // namespace

void Work::changeDeal(const DealRow &row, DealChange change, const QString &words, std::function<void(bool)> stored)
{
    change.id = row.deal.id;
    change.shownName = row.deal.name;
    change.stageFrom = row.deal.stage;
    change.statusFrom = row.deal.status;
    change.nameFrom = row.deal.name;
    change.valueFrom = row.deal.value;
    change.assignedFrom = row.deal.assignedTo;
    m_tasks.start(doDealChange(this, row, change, words, std::move(stored)));
}

Task<void> Work::doDealChange(Work *self, DealRow row, DealChange change, QString words, std::function<void(bool)> stored)
{
    const auto account = self->m_engine->account();
    if (!account) {
        if (stored)
            stored(false);
        co_return;
    }
    auto submitting = self->m_engine->outbox().submitDealChange(*account, change, {});
    const auto submitted = co_await submitting;
    if (stored)
        stored(submitted.has_value());
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    if (words.isEmpty())
        co_return;
    DealRow after = row;
    change.applyTo(after.deal);
    const DealChange back = reversed(row, change);
    if (back.isEmpty()) {
        self->say(words);
        co_return;
    }
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, after, back] { self->changeDeal(after, back, {}, {}); };
    entry.redo = [self, row, change] { self->changeDeal(row, change, {}, {}); };
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::addDeal(const DealDraft &draft)
{
    m_tasks.start(doAddDeal(this, draft));
}

Task<void> Work::doAddDeal(Work *self, DealDraft draft)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitDeal(*account, draft, {});
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    self->say(tr("Added: %1").arg(draft.name), tr("Undo"), [self, id = *submitted] { self->dropRecord(id); });
}

void Work::deleteDeal(const DealRow &row)
{
    m_tasks.start(doDeleteDeal(this, row));
}

Task<void> Work::doDeleteDeal(Work *self, DealRow row)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitDealDelete(*account, row.deal.id, row.deal.name, {});
    const auto submitted = co_await submitting;
    if (!submitted)
        self->sayError(submitted.error());
    else
        self->say(tr("Deleted: %1").arg(row.deal.name), tr("Undo"), [self, id = *submitted] { self->dropRecord(id); });
}

void Work::dropRecord(const RecordId &record)
{
    m_tasks.start(doDropRecord(this, record));
}

/// Stops what has not left, and puts aside what was refused: what the server has stays.
Task<void> Work::doDropRecord(Work *self, RecordId id)
{
    auto stopping = self->m_engine->outbox().cancel(id);
    const auto stopped = co_await stopping;
    if (!stopped)
        self->sayError(stopped.error());
}

} // namespace outrigger::gui
