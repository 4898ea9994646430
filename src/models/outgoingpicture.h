// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/outboxrecord.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace outrigger::models {

/// Under the smallest common limit of phone companies (600 KB a message, UX.md d).
struct PictureLimits {
    static constexpr qint64 each = 500'000;
    static constexpr qint64 total = 600'000;
    static constexpr int count = 10;
    static constexpr qint64 source = 40LL * 1024 * 1024;   ///< of the person's file; more is not read
    static constexpr qint64 pixels = 120'000'000;          ///< JPEG is decoded smaller
    static constexpr qint64 pixelsAtOnce = 32'000'000;     ///< what must be decoded whole
    static constexpr int longestSide = 2048;               ///< phones show no more
    static constexpr qint64 least = 12'000;                ///< with less room a picture is not worth sending
};

/// Where a picture comes from: a file, bytes from the clipboard, or an image that is in memory already.
struct PictureSource {
    QString path;
    QByteArray bytes;
    QImage image;
    QString name; ///< shown; for a file its own name when empty
};

/// A picture ready to go: decoded and written anew, upright, without anything but its pixels.
struct PreparedPicture {
    OutgoingFile file;
    QImage thumbnail;
    QString typeName;         ///< "JPEG"
    qint64 originalBytes = 0; ///< 0: it had no size before (from memory)
    bool stillOnly = false;   ///< the first picture of a GIF: HighLevel takes no GIFs
    bool asLink = false;      ///< no picture but a file that HighLevel takes: bytes as they are, no thumbnail
};

/// A file of another kind than a picture is taken as it is when HighLevel takes such files (up to 5 MB).
/// A picture is read, checked and fitted into `budget` bytes: first by quality, then by size. The type is sniffed, the measures are
/// read before anything is decoded. Blocks: for a worker thread. Errors are Usage with one sentence and a code: gone,
/// folder, unreadable, empty, large, type, damaged, room.
Result<PreparedPicture> preparePicture(const PictureSource &source, qint64 budget);
/// The same in the pool; answers on the main thread. Destroying the task leaves the work to end unheard.
Task<Result<PreparedPicture>> preparePictureAside(PictureSource source, qint64 budget);
/// Of bytes made by preparePicture(). Small and quick: a JPEG is decoded at an eighth of its size.
QImage pictureThumbnail(const QByteArray &bytes);

} // namespace outrigger::models
