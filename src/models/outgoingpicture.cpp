// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outgoingpicture.h"

#include "core/aside.h"
#include "domain/mediatype.h"
#include "sync/outgoingdocument.h"

#include <QBuffer>
#include <QColorSpace>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

constexpr int thumbnailSide = 128;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Pictures)
};

tl::unexpected<Error> refuse(const QString &code, const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Usage;
    error.code = code;
    error.message = sentence;
    return fail(std::move(error));
}

tl::unexpected<Error> tooLarge(const QString &name)
{
    return refuse(u"large"_s, Words::tr("“%1” is too large to be opened here. Save it smaller and attach that.").arg(name));
}

Result<QByteArray> bytesOf(const PictureSource &source, const QString &name)
{
    if (source.path.isEmpty())
        return source.bytes;
    const QFileInfo info(source.path);
    if (!info.exists())
        return refuse(u"gone"_s, Words::tr("“%1” is not there any more. Choose it again.").arg(name));
    if (info.isDir())
        return refuse(u"folder"_s, Words::tr("“%1” is a folder. Choose the pictures in it.").arg(name));
    QFile file(source.path);
    // A pipe or a device would never end.
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return refuse(u"unreadable"_s, Words::tr("“%1” cannot be read. Check that you may open it, or attach a copy.").arg(name));
    if (file.size() > PictureLimits::source)
        return tooLarge(name);
    const QByteArray bytes = file.read(PictureLimits::source + 1);
    if (bytes.size() > PictureLimits::source)
        return tooLarge(name);
    if (file.error() != QFileDevice::NoError)
        return refuse(u"unreadable"_s, Words::tr("“%1” cannot be read to its end. Attach a copy of it.").arg(name));
    return bytes;
}

tl::unexpected<Error> wrongType(MediaType type, const QString &name)
{
    if (type == MediaType::Unknown)
        return refuse(u"type"_s, Words::tr("“%1” is not a picture. A file named like one has to be one: attach it under its own name.").arg(name));
    return refuse(u"type"_s, Words::tr("“%1” is a %2 file. Only JPEG, PNG and GIF go with a text; save it as one of these, or send a link.")
                                 .arg(name, mediaTypeName(type)));
}

/// By its name, as HighLevel judges. What calls itself a picture has to be one.
Result<PreparedPicture> otherFile(const PictureSource &source, const QByteArray &bytes, MediaType type, const QString &name)
{
    const QString ending = QFileInfo(name).suffix().toUpper();
    const Status takes = sync::mayGoAlong(name, bytes.size());
    const bool picture = sync::isOutgoingPicture(name) || type == MediaType::WebP || type == MediaType::Heic || type == MediaType::Svg;
    if (source.path.isEmpty() || picture)
        return wrongType(type, name);
    if (!takes)
        return refuse(u"type"_s, takes.error().message);
    PreparedPicture file;
    file.file = {name, sync::outgoingType(name), bytes};
    file.typeName = ending;
    file.originalBytes = bytes.size();
    file.asLink = true;
    return file;
}

Result<QImage> decode(const QByteArray &bytes, MediaType type, const QString &name)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    // The format is given: Qt must not choose another reader by what the bytes claim further on.
    QImageReader reader(&buffer, mediaTypeEnding(type).toLatin1());
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!size.isValid() || size.isEmpty())
        return refuse(u"damaged"_s, Words::tr("“%1” is damaged and cannot be opened. Attach another copy.").arg(name));
    const qint64 pixels = qint64(size.width()) * size.height();
    if (pixels > (type == MediaType::Jpeg ? PictureLimits::pixels : PictureLimits::pixelsAtOnce))
        return tooLarge(name);
    const QSize most(PictureLimits::longestSide, PictureLimits::longestSide);
    if (size.width() > most.width() || size.height() > most.height())
        reader.setScaledSize(size.scaled(most, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    QImage image = reader.read();
    if (image.isNull())
        return refuse(u"damaged"_s, Words::tr("“%1” is damaged and cannot be opened. Attach another copy.").arg(name));
    return image;
}

/// The pixels and nothing else: no texts, no profile, no place.
QImage onlyPixels(QImage image, bool withAlpha)
{
    if (image.colorSpace().isValid() && image.colorSpace() != QColorSpace(QColorSpace::SRgb))
        image.convertToColorSpace(QColorSpace::SRgb);
    QImage plain(image.size(), withAlpha ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    plain.fill(withAlpha ? Qt::transparent : Qt::white);
    image.setDevicePixelRatio(1);
    QPainter painter(&plain);
    painter.drawImage(0, 0, image);
    return plain;
}

QByteArray encoded(const QImage &image, const char *format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, format, quality) ? bytes : QByteArray();
}

/// Quality first, down to where it starts to show; then the size.
QByteArray fittingJpeg(QImage image, qint64 budget)
{
    for (;;) {
        for (const int quality : {90, 82, 74, 66}) {
            const QByteArray bytes = encoded(image, "jpeg", quality);
            if (!bytes.isEmpty() && bytes.size() <= budget)
                return bytes;
        }
        const QSize smaller = image.size() * 0.8;
        if (std::max(smaller.width(), smaller.height()) < 120)
            return {};
        image = image.scaled(smaller.expandedTo(QSize(1, 1)), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
}

QString shownName(const PictureSource &source)
{
    const QString name = source.name.isEmpty() ? QFileInfo(source.path).fileName() : source.name;
    return name.isEmpty() ? Words::tr("Pasted picture") : name.left(120);
}

} // namespace

Result<PreparedPicture> preparePicture(const PictureSource &source, qint64 budget)
{
    const QString name = shownName(source);
    PreparedPicture picture;
    QImage image = source.image;
    MediaType type = MediaType::Png;
    if (image.isNull()) {
        const auto bytes = bytesOf(source, name);
        if (!bytes)
            return fail(bytes.error());
        if (bytes->isEmpty())
            return refuse(u"empty"_s, Words::tr("“%1” is empty. Attach another copy.").arg(name));
        type = sniffMedia(bytes->left(256));
        if (type != MediaType::Jpeg && type != MediaType::Png && type != MediaType::Gif)
            return otherFile(source, *bytes, type, name);
        auto decoded = decode(*bytes, type, name);
        if (!decoded)
            return fail(decoded.error());
        image = std::move(*decoded);
        picture.originalBytes = bytes->size();
    } else if (std::max(image.width(), image.height()) > PictureLimits::longestSide) {
        image = image.scaled(PictureLimits::longestSide, PictureLimits::longestSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
    const qint64 room = std::min(budget, PictureLimits::each);
    if (room >= PictureLimits::least && type != MediaType::Jpeg) {
        picture.file.bytes = encoded(onlyPixels(image, image.hasAlphaChannel()), "png", -1);
        picture.file.type = u"image/png"_s;
    }
    if (picture.file.bytes.isEmpty() || picture.file.bytes.size() > room) {
        picture.file.bytes = room >= PictureLimits::least ? fittingJpeg(onlyPixels(image, false), room) : QByteArray();
        picture.file.type = u"image/jpeg"_s;
    }
    if (picture.file.bytes.isEmpty())
        return refuse(u"room"_s, Words::tr("There is no room for “%1”: phone companies take 600 KB in one message. Remove a picture or send a second text.").arg(name));
    picture.file.name = name;
    picture.typeName = mediaTypeName(type);
    picture.stillOnly = type == MediaType::Gif;
    picture.thumbnail = onlyPixels(image.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio, Qt::SmoothTransformation), true);
    return picture;
}

QImage pictureThumbnail(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, mediaTypeEnding(sniffMedia(bytes.left(256))).toLatin1());
    const QSize size = reader.size();
    if (size.isValid())
        reader.setScaledSize(size.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    return reader.read();
}

Task<Result<PreparedPicture>> preparePictureAside(PictureSource source, qint64 budget)
{
    auto preparing = aside([source, budget] { return preparePicture(source, budget); });
    co_return co_await preparing;
}

} // namespace outrigger::models
