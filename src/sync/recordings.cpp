// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/recordings.h"

#include "core/aside.h"
#include "store/files.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

constexpr qint64 leastFree = 200LL * 1024 * 1024; ///< RELIABILITY.md 5: below it nothing is kept of media

/// Ids come from outside: they name no files.
QString hashed(const QString &id)
{
    return QString::fromLatin1(QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256).toHex().left(32));
}

tl::unexpected<Error> trouble(ErrorKind kind, const QString &code, const char *sentence)
{
    Error error;
    error.kind = kind;
    error.code = code;
    error.message = QCoreApplication::translate("Recordings", sentence);
    return fail(std::move(error));
}

QString found(const QString &base)
{
    for (const auto &ending : {u"wav"_s, u"mp3"_s, u"ogg"_s, u"m4a"_s, u"flac"_s}) {
        const QString path = base + u'.' + ending;
        if (QFileInfo(path).size() > 0)
            return path;
    }
    return {};
}

/// Whole or not at all, readable by nobody else at any moment, and never the disk's last bytes.
Status keepFile(const QString &path, const QByteArray &bytes)
{
    const QString folder = QFileInfo(path).path();
    QDir().mkpath(folder);
    for (const QString &each : {QFileInfo(folder).path(), folder})
        ::chmod(QFile::encodeName(each).constData(), 0700);
    if (const qint64 left = store::files::freeSpace(path); left >= 0 && left < leastFree)
        return trouble(ErrorKind::StorageFull, u"full"_s,
                       QT_TRANSLATE_NOOP("Recordings", "The disk is nearly full, so the recording was not kept and cannot be played. Free some space and try again."));
    if (!writeWhole(path, bytes)) // its temporary file is 0600 from the first byte
        return trouble(ErrorKind::Storage, u"write"_s,
                       QT_TRANSLATE_NOOP("Recordings", "The recording could not be written to the disk, so it cannot be played. Try again."));
    ::chmod(QFile::encodeName(path).constData(), 0600);
    return {};
}

/// The oldest go first; `keep` stays.
void trim(const QString &folder, qint64 limit, const QString &keep)
{
    QFileInfoList all;
    const QStringList places = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &place : places)
        all += QDir(folder + u'/' + place).entryInfoList(QDir::Files);
    qint64 size = 0;
    for (const QFileInfo &info : std::as_const(all))
        size += info.size();
    std::sort(all.begin(), all.end(), [](const QFileInfo &a, const QFileInfo &b) { return a.lastModified() < b.lastModified(); });
    for (const QFileInfo &info : std::as_const(all)) {
        if (size <= limit)
            return;
        if (info.filePath() == keep || !QFile::remove(info.filePath()))
            continue;
        size -= info.size();
    }
}

} // namespace

Recordings::Recordings(QString folder, qint64 limit, QObject *parent) : QObject(parent), m_folder(std::move(folder)), m_limit(limit)
{
    m_disk.setMaxThreadCount(1);
}

Recordings::~Recordings()
{
    m_disk.waitForDone();
}

QString Recordings::base(const LocationId &location, const MessageId &message) const
{
    return m_folder + u'/' + hashed(location.value) + u'/' + hashed(message.value);
}

Task<std::optional<QString>> Recordings::sound(LocationId location, MessageId message)
{
    Deferred<std::optional<QString>> done;
    m_disk.start([this, base = base(location, message), resolve = done.resolver()] {
        const QString path = found(base);
        QMetaObject::invokeMethod(this, [resolve, path] { resolve(path.isEmpty() ? std::nullopt : std::optional(path)); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

Task<Result<QString>> Recordings::keepSound(LocationId location, MessageId message, QByteArray bytes)
{
    const QString ending = soundEnding(bytes.left(64));
    if (ending.isEmpty())
        co_return trouble(ErrorKind::BadReply, u"sound"_s,
                          QT_TRANSLATE_NOOP("Recordings", "What HighLevel sent is no sound that can be played. Listen to it in HighLevel."));
    Deferred<Status> done;
    const QString path = base(location, message) + u'.' + ending;
    m_disk.start([this, path, bytes = std::move(bytes), limit = m_limit, folder = m_folder, resolve = done.resolver()] {
        auto written = std::make_shared<Status>(keepFile(path, bytes));
        if (*written)
            trim(folder, limit, path);
        QMetaObject::invokeMethod(this, [resolve, written] { resolve(std::move(*written)); }, Qt::QueuedConnection);
    });
    const Status written = co_await done;
    if (!written)
        co_return fail(written.error());
    co_return path;
}

Task<std::optional<QVector<Sentence>>> Recordings::words(LocationId location, MessageId message)
{
    Deferred<std::optional<QVector<Sentence>>> done;
    m_disk.start([this, path = base(location, message) + u".words"_s, resolve = done.resolver()] {
        QFile file(path);
        std::optional<QVector<Sentence>> words;
        if (file.open(QIODevice::ReadOnly)) {
            const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
            if (document.isArray()) // a file that was cut is fetched again
                words = sentencesFromJson(document.array());
        }
        QMetaObject::invokeMethod(this, [resolve, words] { resolve(words); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

Task<Status> Recordings::keepWords(LocationId location, MessageId message, QVector<Sentence> sentences)
{
    Deferred<Status> done;
    m_disk.start([this, path = base(location, message) + u".words"_s, sentences = std::move(sentences), resolve = done.resolver()] {
        auto written = std::make_shared<Status>(keepFile(path, QJsonDocument(sentencesToJson(sentences)).toJson(QJsonDocument::Compact)));
        QMetaObject::invokeMethod(this, [resolve, written] { resolve(std::move(*written)); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

void Recordings::forget(const LocationId &location)
{
    m_disk.start([folder = m_folder + u'/' + hashed(location.value)] { QDir(folder).removeRecursively(); });
}

} // namespace outrigger::sync
