// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"
#include "domain/outboxrecord.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

namespace outrigger::sync {

/// The files of what is written and has not been sent, so that they are there again after the program has ended in
/// whatever way: a folder for each draft (0700, files 0600) below `folder`. Its list is written last, and the folder takes
/// its name only then: what is found is whole. The disk is touched on a thread of its own; all functions are called on,
/// and answer on, the thread of this object. Two objects may share a folder when their drafts have different names.
class DraftFiles : public QObject
{
    Q_OBJECT
public:
    static constexpr QLatin1String folderName{"drafts"}; ///< in the profile
    explicit DraftFiles(QString folder, QObject *parent = nullptr);
    ~DraftFiles() override; ///< waits for what is being written

    /// In place of what was kept under this name; no files: nothing is kept any more. What is kept already is not written
    /// again. Errors are Storage and StorageFull with a sentence.
    Task<Status> keep(LocationId location, QString name, QVector<OutgoingFile> files);
    /// Empty when there are none, or when they are damaged.
    Task<QVector<OutgoingFile>> kept(LocationId location, QString name);
    /// Everything of a location; blocks for a moment. For the end of an account.
    static void forget(const QString &folder, const LocationId &location);

private:
    QString place(const LocationId &location, const QString &name) const;

    QString m_folder;
    QHash<QString, QByteArray> m_written; ///< by place: a digest of what lies there; on the disk's thread only
    QThreadPool m_disk;
};

} // namespace outrigger::sync
