// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mediatype.h"

#include <array>

namespace outrigger {

namespace {

struct Known {
    MediaType type;
    const char *name;
    const char *mime;
    const char *ending;
};
constexpr std::array known{
    Known{MediaType::Jpeg, "JPEG", "image/jpeg", "jpg"},   Known{MediaType::Png, "PNG", "image/png", "png"},
    Known{MediaType::Gif, "GIF", "image/gif", "gif"},      Known{MediaType::WebP, "WebP", "image/webp", "webp"},
    Known{MediaType::Heic, "HEIC", "image/heic", "heic"},  Known{MediaType::Bmp, "BMP", "image/bmp", "bmp"},
    Known{MediaType::Tiff, "TIFF", "image/tiff", "tiff"},  Known{MediaType::Svg, "SVG", "image/svg+xml", "svg"},
    Known{MediaType::Pdf, "PDF", "application/pdf", "pdf"}, Known{MediaType::Video, "video", "video/mp4", "mp4"},
};

const Known *find(MediaType type)
{
    for (const Known &one : known) {
        if (one.type == type)
            return &one;
    }
    return nullptr;
}

MediaType isoMedia(const QByteArray &brand)
{
    for (const char *heif : {"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif"}) {
        if (brand == heif)
            return MediaType::Heic;
    }
    return MediaType::Video;
}

} // namespace

MediaType sniffMedia(const QByteArray &head)
{
    if (head.startsWith("\xff\xd8\xff"))
        return MediaType::Jpeg;
    if (head.startsWith("\x89PNG\r\n\x1a\n"))
        return MediaType::Png;
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a"))
        return MediaType::Gif;
    if (head.startsWith("RIFF") && head.mid(8, 4) == "WEBP")
        return MediaType::WebP;
    if (head.mid(4, 4) == "ftyp")
        return isoMedia(head.mid(8, 4));
    if (head.startsWith("%PDF-"))
        return MediaType::Pdf;
    if (head.startsWith(QByteArray("II*\0", 4)) || head.startsWith(QByteArray("MM\0*", 4)))
        return MediaType::Tiff;
    if (head.startsWith("BM") && head.size() > 26)
        return MediaType::Bmp;
    const QByteArray text = head.left(256).trimmed().toLower();
    if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.contains("<svg")))
        return MediaType::Svg;
    return MediaType::Unknown;
}

bool isShownPicture(MediaType type)
{
    return type == MediaType::Jpeg || type == MediaType::Png || type == MediaType::Gif || type == MediaType::WebP;
}

QString mediaTypeName(MediaType type)
{
    const Known *one = find(type);
    return one ? QLatin1String(one->name) : QString();
}
QString mediaTypeMime(MediaType type)
{
    const Known *one = find(type);
    return one ? QLatin1String(one->mime) : QString();
}
QString mediaTypeEnding(MediaType type)
{
    const Known *one = find(type);
    return one ? QLatin1String(one->ending) : QString();
}

} // namespace outrigger
