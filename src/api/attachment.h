// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace outrigger::api {

/// A file on its way to HighLevel.
struct FilePart {
    QString name;     ///< as the other side will see it, without a folder; its ending decides the type
    QByteArray bytes;
    bool isEmpty() const { return name.isEmpty() || bytes.isEmpty(); }
};

/// What the upload takes: about 5 MB (API-NOTES 6.4); the exact border is not documented.
constexpr qint64 attachmentLimit = 5 * 1024 * 1024;
/// The media type by the name's ending; empty when HighLevel does not take such files.
QByteArray attachmentType(const QString &name);
/// Whether HighLevel takes such a file; otherwise a sentence that says why not (ErrorKind::Usage, nothing sent).
Status checkAttachment(const QString &name, qint64 size);

} // namespace outrigger::api
