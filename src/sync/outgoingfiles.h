// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/outboxrecord.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>

namespace outrigger::sync {

/// The bytes of what goes with texts, in a private folder of the profile (0700, files 0600). Copies, not the person's
/// own paths: their file may move, change or go before the text leaves. The disk is touched on a thread of its own; all
/// functions are called on, and answer on, the thread of this object.
class OutgoingFiles : public QObject
{
    Q_OBJECT
public:
    explicit OutgoingFiles(QString folder, QObject *parent = nullptr);
    ~OutgoingFiles() override; ///< waits for what is being written

    /// Written and synced to the disk, in this order. All or none.
    Task<Result<QVector<MessageFile>>> keep(QVector<OutgoingFile> files);
    /// Storage error "gone" when there is none.
    Task<Result<QByteArray>> read(QString key);
    void remove(QStringList keys);
    /// Removes what no record names: files of an earlier run that was killed before it could store or finish one.
    void removeAllBut(QSet<QString> keys);
    /// For showing it; empty when the key is none.
    QString path(const QString &key) const;

private:
    QString m_folder;
    QSet<QString> m_mine; ///< made in this run: their record may not be stored yet
    QThreadPool m_disk;
};

} // namespace outrigger::sync
