// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

/// What is done to whole files: making them private, setting damaged ones aside, syncing folders.
namespace outrigger::store::files {

/// Makes an empty file of mode 0600 when there is none, so that SQLite never creates one with wider rights (its WAL
/// and shared-memory files take the rights of the database). Narrows an existing one.
Status createPrivate(const QString &file);
/// The user_version in the header of a database file; 0 for a new or empty one, -1 when it is no database.
int headerVersion(const QString &file);
/// Renames file, -wal and -shm to "<file>.<word>-<time>" and keeps only the `keep` newest of that word. Returns the new
/// name; empty when there was nothing or it could not be renamed.
QString setAside(const QString &file, const QString &word, int keep);
/// fsync of the folder that holds the file, so that a rename or a new file survives a power cut.
void syncFolder(const QString &file);
/// What the disk that holds the file has left for this person, in bytes; -1 when that cannot be told.
/// Not QStorageInfo: it looks for the mount in a table that a container or a chroot may not have.
qint64 freeSpace(const QString &file);
/// A file of this size whose blocks are really taken; given back when the disk is full.
void makeBallast(const QString &file, qint64 bytes);

} // namespace outrigger::store::files
