// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/contactchange.h"
#include "domain/outboxrecord.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

/// Jobs over many contacts, put together from their records; what ran before this start is read from the outbox.
class BulkJobs : public QObject
{
    Q_OBJECT
public:
    struct Failure {
        ContactId contact;
        QString reason;
    };
    struct Job {
        QString id;
        QString title;
        BulkPart::Act act = BulkPart::Act::AddTags;
        bool import = false; ///< of a file: failures name rows
        bool text = false;   ///< a text to many
        int total = 0;  ///< contacts, or rows
        int done = 0;   ///< through, failed ones included
        QVector<Failure> failures;
        bool paused = false;
        bool ended = false; ///< nothing of it moves by itself any more
        QString waitsFor;   ///< why it does not go on, one sentence
    };
    explicit BulkJobs(sync::Engine *engine, QObject *parent = nullptr);
    /// Unfinished ones, and those that ended in this run; the newest last.
    const QVector<Job> &jobs() const { return m_jobs; }
    void pause(const QString &job, bool paused);
    void stop(const QString &job);
    void dismiss(const QString &job); ///< an ended one is not shown any more
    void load();

Q_SIGNALS:
    void changed();

private:
    void take(const OutboxRecord &record);
    void rebuild();
    static void addPart(Job &job, const OutboxRecord &record);
    static void addText(Job &job, const OutboxRecord &record);
    static Task<void> read(BulkJobs *self);
    static Task<void> doPause(BulkJobs *self, QString job, bool paused);
    static Task<void> doStop(BulkJobs *self, QString job);
    sync::Engine *m_engine;
    QHash<QString, QVector<OutboxRecord>> m_records; ///< by job
    QStringList m_order;
    QSet<QString> m_dismissed;
    QVector<Job> m_jobs;
    Task<void> m_reading;
    TaskScope m_tasks;
};

} // namespace outrigger::models
