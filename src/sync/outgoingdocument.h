// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "domain/outboxrecord.h"

namespace outrigger::sync {

/// Whether HighLevel takes such a file, by the ending of its name and its size; a sentence that says why not otherwise.
Status mayGoAlong(const QString &name, qint64 size);
/// By its name: image/jpeg or image/png.
bool isOutgoingPicture(const QString &name);
/// By its name, as in "application/pdf"; empty when HighLevel takes no such files.
QString outgoingType(const QString &name);
constexpr qint64 outgoingLimit = 5 * 1024 * 1024;
/// A file of this computer as it is, for those that are no pictures. Blocks: for a worker thread, or a command.
/// Errors are Usage with one sentence.
Result<OutgoingFile> readDocument(const QString &path);

} // namespace outrigger::sync
