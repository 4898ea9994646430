// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/mailfile.h"

#include "core/aside.h"
#include "models/outgoingpicture.h"
#include "sync/outgoingdocument.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

Result<OutgoingFile> readNow(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isFile() || !sync::isOutgoingPicture(info.fileName()))
        return sync::readDocument(path);
    PictureSource source;
    source.path = path;
    auto picture = preparePicture(source, PictureLimits::each);
    if (!picture)
        return fail(picture.error());
    return std::move(picture->file);
}

} // namespace

Task<Result<OutgoingFile>> readMailFile(QString path)
{
    auto reading = aside([path] { return readNow(path); });
    co_return co_await reading;
}

} // namespace outrigger::models
