// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace outrigger {

/// What a file is by its first bytes. Names and declared types from outside are not believed.
enum class MediaType { Unknown, Jpeg, Png, Gif, WebP, Heic, Bmp, Tiff, Svg, Pdf, Video };
MediaType sniffMedia(const QByteArray &head); ///< 256 bytes are enough
/// Pictures that are opened here: by their magic bytes one of JPEG, PNG, GIF, WebP. Never SVG.
bool isShownPicture(MediaType type);
QString mediaTypeName(MediaType type);   ///< "JPEG"; empty for Unknown
QString mediaTypeMime(MediaType type);   ///< "image/jpeg"; empty for Unknown
QString mediaTypeEnding(MediaType type); ///< "jpg"; empty for Unknown

} // namespace outrigger
