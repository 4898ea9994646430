// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulkwork.h"

#include "domain/bulktext.h"
#include "gui/work.h"
#include "sync/engine.h"

#include <QDate>

#include <algorithm>

namespace outrigger::gui {

BulkWork::BulkWork(sync::Engine *engine, Work *work, QObject *parent) : QObject(parent), m_engine(engine), m_work(work) {}

void BulkWork::run(const BulkPart &what, const QVector<ContactId> &contacts, const QString &words, const QVector<BulkUndo> &undo)
{
    if (undo.size() <= 1) // the same for everybody
        m_work->bulk(what, contacts, words, undo.isEmpty() ? std::nullopt : std::optional(undo.constFirst().part));
    else
        m_tasks.start(submit(this, what, contacts, words, undo));
}

Task<void> BulkWork::submit(BulkWork *self, BulkPart what, QVector<ContactId> contacts, QString words, QVector<BulkUndo> undo)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    what.title = words;
    auto submitting = self->m_engine->outbox().submitBulk(*account, what, contacts, {});
    const auto submitted = co_await submitting;
    if (!submitted) {
        Q_EMIT self->m_work->said(submitted.error().message, {}, {});
        co_return;
    }
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, undo, words] { self->m_tasks.start(takeBack(self, undo, tr("Taken back: %1").arg(words))); };
    entry.redo = [self, what, contacts, words, undo] { self->m_tasks.start(submit(self, what, contacts, words, undo)); };
    self->m_work->undoList().add(entry);
    Q_EMIT self->m_work->said(words, tr("Undo"), [self] { self->m_work->undoList().undo(); });
}

Task<void> BulkWork::takeBack(BulkWork *self, QVector<BulkUndo> undo, QString words)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    for (BulkUndo one : undo) {
        one.part.title = words;
        auto submitting = self->m_engine->outbox().submitBulk(*account, one.part, one.contacts, {});
        const auto submitted = co_await submitting;
        if (!submitted) {
            Q_EMIT self->m_work->said(submitted.error().message, {}, {});
            co_return;
        }
    }
    Q_EMIT self->m_work->said(words, {}, {});
}

void BulkWork::sendTexts(const QVector<MessageDraft> &texts) { m_tasks.start(submitTexts(this, texts)); }

Task<void> BulkWork::submitTexts(BulkWork *self, QVector<MessageDraft> texts)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitBulk(*account, textsPart(texts), {}, {});
    const auto submitted = co_await submitting;
    if (!submitted)
        Q_EMIT self->m_work->said(submitted.error().message, {}, {});
    else
        Q_EMIT self->m_work->said(tr("%n text(s) leave one after another", nullptr, int(texts.size())), tr("Stop"),
                                  [self, job = *submitted] { self->m_tasks.start(stop(self, job)); });
}

Task<void> BulkWork::stop(BulkWork *self, QString job)
{
    auto stopping = self->m_engine->outbox().cancelBulk(std::move(job));
    co_await stopping;
}

Task<Result<int>> BulkWork::textsToday()
{
    const auto account = m_engine->account();
    if (!account)
        co_return 0;
    auto listing = m_engine->outbox().list(account->id, true);
    const auto records = co_await listing;
    if (!records)
        co_return fail(records.error());
    const QDate today = QDate::currentDate();
    co_return int(std::count_if(records->cbegin(), records->cend(), [&today](const OutboxRecord &record) {
        return record.kind == OutboxKind::SendMessage && !bulkJob(record).isEmpty() && record.state != OutboxState::Cancelled
            && record.createdAt.toLocalTime().date() == today;
    }));
}

} // namespace outrigger::gui
