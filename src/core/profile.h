// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDir>
#include <QLockFile>
#include <QString>

#include <memory>

namespace outrigger {

/// One folder that holds everything of one run: databases, settings, logs, lock, socket. Mode 0700, files 0600.
class Profile
{
public:
    /// dir empty: the platform's standard place; with `practice`, the practice account's own folder beside it.
    /// Creates the folder. Sets umask 077 for the process.
    static Result<Profile> open(const QString &dir, bool practice = false);

    QString path(const QString &name) const { return m_dir.filePath(name); }
    QString root() const { return m_dir.absolutePath(); }
    /// 16 hex digits made when the profile was; keychain entries carry it, so two profiles never share a secret.
    QString id() const { return m_id; }
    QString cacheFile() const { return path(QStringLiteral("cache.sqlite")); }
    QString outboxFile() const { return path(QStringLiteral("outbox.sqlite")); }
    QString journalFile() const { return path(QStringLiteral("outbox.journal")); }
    QString settingsFile() const { return path(QStringLiteral("settings.ini")); }
    QString logFile() const { return path(QStringLiteral("outrigger.log")); }
    /// Absolute path of the local socket, in XDG_RUNTIME_DIR where there is one (a socket path holds 107 bytes at most).
    QString socketPath() const;

    /// Makes this process the only writer. Busy when another process holds the lock; a lock left by a dead process is
    /// taken over. Held until the Profile dies.
    Status lock();
    bool locked() const { return m_lock && m_lock->isLocked(); }

private:
    QDir m_dir;
    QString m_id;
    std::shared_ptr<QLockFile> m_lock;
};

} // namespace outrigger
