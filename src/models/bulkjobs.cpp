// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bulkjobs.h"

#include "domain/bulktext.h"
#include "domain/contactimport.h"
#include "models/contactwords.h"
#include "sync/engine.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

bool hasLeft(const OutboxRecord &record) { return record.state == OutboxState::Confirmed || record.state == OutboxState::Accepted; }

} // namespace

BulkJobs::BulkJobs(sync::Engine *engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    connect(&engine->outbox(), &sync::Outbox::recordChanged, this, [this](const OutboxRecord &record) {
        if (!bulkJob(record).isEmpty() && record.kindWord == outboxKindWord(record.kind)) {
            take(record);
            rebuild();
        }
    });
}

void BulkJobs::load() { m_reading = read(this); }

Task<void> BulkJobs::read(BulkJobs *self)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto listing = self->m_engine->outbox().list(account->id, true);
    const auto records = co_await listing;
    if (!records)
        co_return;
    QSet<QString> unfinished;
    for (const OutboxRecord &record : *records) {
        if (const QString job = bulkJob(record); !job.isEmpty() && isOpen(record.state) && !hasLeft(record))
            unfinished.insert(job);
    }
    for (const OutboxRecord &record : *records) {
        if (unfinished.contains(bulkJob(record)))
            self->take(record);
    }
    self->rebuild();
}

void BulkJobs::take(const OutboxRecord &record)
{
    const QString job = bulkJob(record);
    if (!m_order.contains(job))
        m_order.append(job);
    auto &records = m_records[job];
    const auto same = [&](const OutboxRecord &one) { return one.id == record.id || one.id == record.again; };
    const auto at = std::find_if(records.begin(), records.end(), same);
    if (at != records.end())
        *at = record;
    else
        records.append(record);
}

void BulkJobs::addPart(Job &job, const OutboxRecord &record)
{
    const BulkPart part = BulkPart::fromJson(record.payload);
    const bool import = ImportPart::is(record.payload);
    const int size = import ? record.payload["count"_L1].toInt(int(record.payload["rows"_L1].toArray().size())) : int(part.contacts.size());
    job.title = part.title.isEmpty() ? contactwords::act(part) : part.title;
    job.act = part.act;
    job.import = job.import || import;
    job.total += size;
    const QJsonObject failed = record.look[bulkFailedKey].toObject();
    for (auto it = failed.begin(); it != failed.end(); ++it)
        job.failures.append({ContactId(it.key()), it->toString() == "unclear"_L1 ? tr("It is not clear whether it happened. Look in HighLevel.") : it->toString()});
    const bool through = hasLeft(record);
    const int done = through ? size : record.look[bulkDoneKey].toInt();
    job.done += done;
    if (record.state == OutboxState::Rejected || record.state == OutboxState::Uncertain) {
        for (qsizetype i = done; i < part.contacts.size(); ++i)
            job.failures.append({ContactId(part.contacts[i]), record.reason});
        job.done += size - done;
    }
    job.ended = job.ended && (!isOpen(record.state) || through);
    if (isOpen(record.state) && !through && !record.reason.isEmpty())
        job.waitsFor = record.reason;
}

/// One text of a text to many. What asks a person is through for the job: it stands in the outbox with its question.
void BulkJobs::addText(Job &job, const OutboxRecord &record)
{
    job.text = true;
    ++job.total;
    const bool paused = record.reasonCode == "paused"_L1;
    const bool asks = record.state == OutboxState::Held && (record.hold == HoldReason::Ask || record.hold == HoldReason::Stale) && !paused;
    if (record.state == OutboxState::Rejected || record.state == OutboxState::Uncertain || asks) {
        ++job.done;
        job.failures.append({record.contactId(), record.reason});
    } else if (hasLeft(record)) {
        ++job.done;
    } else if (isOpen(record.state)) {
        job.ended = false;
        if (!record.reason.isEmpty())
            job.waitsFor = record.reason;
    }
}

void BulkJobs::rebuild()
{
    m_jobs.clear();
    for (const QString &id : std::as_const(m_order)) {
        if (m_dismissed.contains(id))
            continue;
        Job job;
        job.id = id;
        job.ended = true;
        for (const OutboxRecord &record : m_records.value(id)) {
            if (record.kind == OutboxKind::SendMessage)
                addText(job, record);
            else
                addPart(job, record);
            job.paused = job.paused || record.reasonCode == "paused"_L1;
        }
        if (job.text)
            job.title = tr("Text to %n lead(s)", nullptr, job.total);
        m_jobs.append(job);
    }
    Q_EMIT changed();
}

void BulkJobs::pause(const QString &job, bool paused) { m_tasks.start(doPause(this, job, paused)); }
void BulkJobs::stop(const QString &job) { m_tasks.start(doStop(this, job)); }
void BulkJobs::dismiss(const QString &job)
{
    m_dismissed.insert(job);
    rebuild();
}

Task<void> BulkJobs::doPause(BulkJobs *self, QString job, bool paused)
{
    auto pausing = self->m_engine->outbox().pauseBulk(std::move(job), paused);
    co_await pausing;
}

Task<void> BulkJobs::doStop(BulkJobs *self, QString job)
{
    auto stopping = self->m_engine->outbox().cancelBulk(std::move(job));
    co_await stopping;
}

} // namespace outrigger::models
