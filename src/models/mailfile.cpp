// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/mailfile.h"

#include "core/await.h"
#include "models/outgoingpicture.h"
#include "sync/outgoingdocument.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QThreadPool>

#include <memory>

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
    Deferred<Result<OutgoingFile>> done;
    QThreadPool::globalInstance()->start([here = QCoreApplication::instance(), path = std::move(path), resolve = done.resolver()] {
        auto file = std::make_shared<Result<OutgoingFile>>(readNow(path));
        QMetaObject::invokeMethod(here, [resolve, file] { resolve(std::move(*file)); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

} // namespace outrigger::models
