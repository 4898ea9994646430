// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outgoingdocument.h"

#include "api/attachment.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace outrigger::sync {

static_assert(outgoingLimit == api::attachmentLimit);

Status mayGoAlong(const QString &name, qint64 size) { return api::checkAttachment(name, size); }

bool isOutgoingPicture(const QString &name) { return api::attachmentType(name).startsWith("image/"); }

QString outgoingType(const QString &name) { return QString::fromLatin1(api::attachmentType(name)); }

Result<OutgoingFile> readDocument(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isFile())
        return fail(ErrorKind::Usage, QCoreApplication::translate("Files", "“%1” is no file that can be sent.").arg(path));
    if (const Status may = mayGoAlong(info.fileName(), info.size()); !may)
        return fail(may.error());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Usage, QCoreApplication::translate("Files", "“%1” cannot be read. Look at its permissions, or choose another.").arg(path));
    OutgoingFile out;
    out.name = info.fileName();
    out.type = outgoingType(out.name);
    out.bytes = file.read(outgoingLimit + 1);
    if (const Status may = mayGoAlong(out.name, out.bytes.size()); !may)
        return fail(may.error());
    return out;
}

} // namespace outrigger::sync
