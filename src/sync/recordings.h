// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/callwords.h"
#include "domain/ids.h"

#include <QObject>
#include <QThreadPool>

#include <optional>

namespace outrigger::sync {

/// Sounds and words of calls, kept in a private folder of the profile (0700, files 0600) so that what was played once
/// can be played without a network. The oldest go when it grows beyond its limit. The disk is touched on a thread of
/// its own; all functions are called on, and answer on, the thread of this object.
class Recordings : public QObject
{
    Q_OBJECT
public:
    explicit Recordings(QString folder, qint64 limit = 256LL * 1024 * 1024, QObject *parent = nullptr);
    ~Recordings() override; ///< waits for what is being written

    /// The sound's file; nothing when it is not here.
    Task<std::optional<QString>> sound(LocationId location, MessageId message);
    /// Keeps it and answers with its file. Error "sound" when the bytes are none, "full" when the disk has too little room.
    Task<Result<QString>> keepSound(LocationId location, MessageId message, QByteArray bytes);
    Task<std::optional<QVector<Sentence>>> words(LocationId location, MessageId message);
    Task<Status> keepWords(LocationId location, MessageId message, QVector<Sentence> sentences);
    /// Those of a location that is removed from this computer.
    void forget(const LocationId &location);

private:
    QString base(const LocationId &location, const MessageId &message) const;
    QString m_folder;
    qint64 m_limit;
    QThreadPool m_disk;
};

} // namespace outrigger::sync
