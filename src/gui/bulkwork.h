// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/contactchange.h"
#include "domain/outboxrecord.h"

#include <QObject>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Work;

/// A part of taking back a job over many.
struct BulkUndo {
    BulkPart part;
    QVector<ContactId> contacts;
};

/// What is done with many contacts at once, handed to the engine and said by Work, with what takes exactly that back.
class BulkWork : public QObject
{
    Q_OBJECT
public:
    BulkWork(sync::Engine *engine, Work *work, QObject *parent = nullptr);
    /// undo: empty when nothing takes it back.
    void run(const BulkPart &what, const QVector<ContactId> &contacts, const QString &words, const QVector<BulkUndo> &undo);
    /// A text to each of many; see domain/bulktext.
    void sendTexts(const QVector<MessageDraft> &texts);
    /// How many texts of texts to many were handed over since midnight.
    Task<Result<int>> textsToday();

private:
    static Task<void> submit(BulkWork *self, BulkPart what, QVector<ContactId> contacts, QString words, QVector<BulkUndo> undo);
    static Task<void> takeBack(BulkWork *self, QVector<BulkUndo> undo, QString words);
    static Task<void> submitTexts(BulkWork *self, QVector<MessageDraft> texts);
    static Task<void> stop(BulkWork *self, QString job);
    sync::Engine *m_engine;
    Work *m_work;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
