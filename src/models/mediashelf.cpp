// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/mediashelf.h"

#include "core/aside.h"
#include "domain/mediatype.h"
#include "domain/outboxrecord.h"
#include "sync/engine.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

constexpr int atOnce = 4;
constexpr int thumbnailSide = 480;  ///< sharp on a screen of twice the density
constexpr int viewerSide = 4096;
constexpr int keptThumbnails = 60;
constexpr int keptBytes = 48 * 1024 * 1024;
constexpr qint64 mostPixels = 40'000'000;

tl::unexpected<Error> refuse(const char *sentence)
{
    return fail(ErrorKind::Invalid, QCoreApplication::translate("Pictures", sentence));
}

Task<Result<ShownPicture>> openAside(QByteArray bytes, int longestSide)
{
    auto opening = aside([bytes, longestSide] { return openPicture(bytes, longestSide); });
    co_return co_await opening;
}

} // namespace

bool looksLikePicture(const QString &address)
{
    const QString name = outgoingKey(address).isEmpty() ? QUrl(address, QUrl::StrictMode).fileName() : u"own.jpg"_s;
    static const QStringList endings{u"jpg"_s, u"jpeg"_s, u"png"_s, u"gif"_s, u"webp"_s};
    return name.contains(u'.') && endings.contains(name.section(u'.', -1).toLower());
}

Result<ShownPicture> openPicture(const QByteArray &bytes, int longestSide)
{
    const MediaType type = sniffMedia(bytes.left(256));
    if (!isShownPicture(type))
        return refuse(QT_TRANSLATE_NOOP("Pictures", "This file is not a picture, although its name says so."));
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, mediaTypeEnding(type).toLatin1());
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!size.isValid() || size.isEmpty())
        return refuse(QT_TRANSLATE_NOOP("Pictures", "This picture is damaged and cannot be shown."));
    if (qint64(size.width()) * size.height() > mostPixels)
        return refuse(QT_TRANSLATE_NOOP("Pictures", "This picture is too large to be shown here. It can be opened in the browser."));
    if (std::max(size.width(), size.height()) > longestSide)
        reader.setScaledSize(size.scaled(longestSide, longestSide, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    ShownPicture picture;
    picture.image = reader.read();
    if (picture.image.isNull())
        return refuse(QT_TRANSLATE_NOOP("Pictures", "This picture is damaged and cannot be shown."));
    picture.bytes = bytes;
    picture.ending = mediaTypeEnding(type);
    return picture;
}

MediaShelf::MediaShelf(sync::Engine *engine, QObject *parent) : QObject(parent), m_engine(engine), m_bytes(keptBytes)
{
    connect(engine, &sync::Engine::statusChanged, this, [this] {
        const bool live = m_engine->status().connection == sync::Connection::Live;
        if (std::exchange(m_live, live) == live || !live)
            return;
        // What failed without a network is asked for again when it comes into view.
        m_thumbnails.removeIf([](const auto &one) { return one.value().state == State::Failed; });
        Q_EMIT changed({});
    });
}

MediaShelf::~MediaShelf() = default;

const MediaShelf::Thumbnail *MediaShelf::thumbnail(const QString &address)
{
    const auto known = m_thumbnails.constFind(address);
    if (known != m_thumbnails.constEnd())
        return &*known;
    if (m_thumbnails.size() >= keptThumbnails) {
        // What is still in view is asked for again by the next paint.
        m_thumbnails.removeIf([](const auto &one) { return one.value().state != State::Loading; });
    }
    m_wanted.prepend(address);
    QMetaObject::invokeMethod(this, &MediaShelf::next, Qt::QueuedConnection); // never from inside a paint
    return &*m_thumbnails.insert(address, {});
}

void MediaShelf::retry(const QString &address)
{
    const auto known = m_thumbnails.constFind(address);
    if (known == m_thumbnails.constEnd() || known->state != State::Failed)
        return;
    m_thumbnails.remove(address);
    Q_EMIT changed(address);
}

void MediaShelf::next()
{
    while (m_loading < atOnce && !m_wanted.isEmpty()) {
        ++m_loading;
        m_tasks.start(load(this, m_wanted.takeFirst()));
    }
}

Task<Result<QByteArray>> MediaShelf::bytesOf(QString address)
{
    if (const QByteArray *kept = m_bytes.object(address))
        co_return *kept;
    auto fetching = m_engine->media(address);
    auto fetched = co_await fetching;
    if (fetched)
        m_bytes.insert(address, new QByteArray(*fetched), std::max<qsizetype>(1, fetched->size()));
    co_return fetched;
}

Task<void> MediaShelf::load(MediaShelf *self, QString address)
{
    Thumbnail thumbnail;
    auto reading = self->bytesOf(address);
    const auto bytes = co_await reading;
    if (bytes) {
        auto opening = openAside(*bytes, thumbnailSide);
        auto opened = co_await opening;
        thumbnail.state = opened ? State::Ready : State::Failed;
        if (opened)
            thumbnail.image = opened->image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
        else
            thumbnail.sentence = opened.error().message;
    } else {
        thumbnail.state = State::Failed;
        thumbnail.sentence = bytes.error().message;
    }
    --self->m_loading;
    self->m_thumbnails.insert(address, thumbnail);
    Q_EMIT self->changed(address);
    self->next();
}

Task<Result<ShownPicture>> MediaShelf::open(QString address)
{
    auto reading = bytesOf(std::move(address));
    const auto bytes = co_await reading;
    if (!bytes)
        co_return fail(bytes.error());
    auto opening = openAside(*bytes, viewerSide);
    co_return co_await opening;
}

} // namespace outrigger::models
