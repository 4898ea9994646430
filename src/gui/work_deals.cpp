// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/work.h"

#include "models/dealwords.h"
#include "models/desk.h"
#include "sync/engine.h"

using namespace Qt::StringLiterals;

// What a person does to deals.
namespace outrigger::gui {

namespace {

/// An empty text when it has none: that is what clears it.
QJsonValue fieldOf(const Opportunity &deal, const QString &id)
{
    for (const CustomValue &field : deal.customFields) {
        if (field.id.value == id)
            return field.value;
    }
    return QString();
}

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
    for (auto it = change.fields.begin(); it != change.fields.end(); ++it)
        back.fields.insert(it.key(), fieldOf(row.deal, it.key()));
    return back;
}

/// What is to become different, and beside it what the person sees there.
DealChange seen(const DealRow &row, DealChange change)
{
    change.id = row.deal.id;
    change.shownName = row.deal.name;
    change.stageFrom = row.deal.stage;
    change.statusFrom = row.deal.status;
    change.nameFrom = row.deal.name;
    change.valueFrom = row.deal.value;
    change.assignedFrom = row.deal.assignedTo;
    for (auto it = change.fields.begin(); it != change.fields.end(); ++it)
        change.fieldsFrom.insert(it.key(), fieldOf(row.deal, it.key()));
    return change;
}

} // namespace

void Work::changeDeal(const DealRow &row, DealChange change, const QString &words, std::function<void(bool)> stored)
{
    m_tasks.start(doDealChange(this, row, seen(row, change), words, std::move(stored)));
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

void Work::changeFollowers(const DealRow &row, const QStringList &add, const QStringList &remove, const QString &words)
{
    m_tasks.start(doFollow(this, row, {row.deal.id, row.deal.name, add, remove}, words));
}

Task<void> Work::doFollow(Work *self, DealRow row, FollowChange change, QString words)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitFollow(*account, change, {});
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    if (words.isEmpty())
        co_return;
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, row, change] { self->changeFollowers(row, change.remove, change.add, {}); };
    entry.redo = [self, row, change] { self->changeFollowers(row, change.add, change.remove, {}); };
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::changeDeals(const QVector<DealRow> &rows, const DealChange &change, const QString &words, std::function<void()> stored)
{
    QVector<DealChange> changes;
    for (const DealRow &row : rows)
        changes.append(seen(row, change));
    m_tasks.start(doDealChanges(this, rows, changes, words, std::move(stored)));
}

Task<void> Work::doDealChanges(Work *self, QVector<DealRow> rows, QVector<DealChange> changes, QString words, std::function<void()> stored)
{
    const auto account = self->m_engine->account();
    QVector<DealRow> after;
    QVector<DealChange> back;
    std::optional<Error> trouble;
    for (qsizetype i = 0; account && i < rows.size(); ++i) {
        auto submitting = self->m_engine->outbox().submitDealChange(*account, changes.at(i), {});
        const auto submitted = co_await submitting;
        if (!submitted) {
            trouble = submitted.error();
            continue;
        }
        DealRow row = rows.at(i);
        back.append(seen(row, reversed(row, changes.at(i))));
        changes.at(i).applyTo(row.deal);
        after.append(row);
    }
    if (stored)
        stored();
    if (trouble)
        self->sayError(*trouble);
    if (after.isEmpty() || words.isEmpty())
        co_return;
    // What the undoing sees is what was just made; it goes back to what each of them was.
    for (qsizetype i = 0; i < after.size(); ++i) {
        DealChange to = back.at(i);
        back[i] = seen(after.at(i), to);
    }
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, after, back] { self->m_tasks.start(doDealChanges(self, after, back, {}, {})); };
    entry.redo = [self, rows, changes] { self->m_tasks.start(doDealChanges(self, rows, changes, {}, {})); };
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::deleteDeals(const QVector<DealRow> &rows)
{
    m_tasks.start(doDeleteDeals(this, rows));
}

Task<void> Work::doDeleteDeals(Work *self, QVector<DealRow> rows)
{
    const auto account = self->m_engine->account();
    QVector<RecordId> records;
    for (const DealRow &row : rows) {
        if (!account)
            break;
        auto submitting = self->m_engine->outbox().submitDealDelete(*account, row.deal.id, row.deal.name, {});
        const auto submitted = co_await submitting;
        if (submitted)
            records.append(*submitted);
        else
            self->sayError(submitted.error());
    }
    if (!records.isEmpty())
        self->say(tr("Deleted: %n deal(s)", nullptr, int(records.size())), tr("Undo"), [self, records] {
            for (const RecordId &record : records)
                self->dropRecord(record);
        });
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
