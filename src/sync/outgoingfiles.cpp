// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outgoingfiles.h"

#include "core/await.h"
#include "core/log.h"
#include "core/ulid.h"
#include "store/files.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

tl::unexpected<Error> storageError(ErrorKind kind, const QString &code, const char *sentence)
{
    Error error;
    error.kind = kind;
    error.code = code;
    error.message = QCoreApplication::translate("Outbox", sentence);
    return fail(std::move(error));
}

Status writeSynced(const QString &path, const QByteArray &bytes)
{
    if (const Status made = store::files::createPrivate(path); !made)
        return made;
    QFile file(path);
    const bool written = file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size() && file.flush()
        && ::fsync(file.handle()) == 0;
    if (written)
        return {};
    const bool full = errno == ENOSPC || errno == EDQUOT || file.error() == QFileDevice::ResourceError;
    file.close();
    QFile::remove(path);
    return full ? storageError(ErrorKind::StorageFull, u"full"_s,
                               QT_TRANSLATE_NOOP("Outbox", "The disk is full, so the picture could not be kept and nothing was sent. Free some space and send again."))
                : storageError(ErrorKind::Storage, u"write"_s,
                               QT_TRANSLATE_NOOP("Outbox", "The picture could not be written to the disk, so nothing was sent. Send again."));
}

/// All or none.
Status writeAll(const QString &folder, const QVector<MessageFile> &names, const QVector<OutgoingFile> &files)
{
    QDir().mkpath(folder);
    ::chmod(QFile::encodeName(folder).constData(), 0700);
    for (int i = 0; i < names.size(); ++i) {
        const Status written = writeSynced(folder + u'/' + names.at(i).key, files.at(i).bytes);
        if (written)
            continue;
        for (int j = 0; j < i; ++j)
            QFile::remove(folder + u'/' + names.at(j).key);
        return written;
    }
    if (!names.isEmpty())
        store::files::syncFolder(folder + u'/' + names.first().key);
    return {};
}

} // namespace

OutgoingFiles::OutgoingFiles(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder))
{
    m_disk.setMaxThreadCount(1); // in the order in which it was asked for
}

OutgoingFiles::~OutgoingFiles()
{
    m_disk.waitForDone();
}

QString OutgoingFiles::path(const QString &key) const
{
    return isFileKey(key) ? m_folder + u'/' + key : QString();
}

Task<Result<QVector<MessageFile>>> OutgoingFiles::keep(QVector<OutgoingFile> files)
{
    QVector<MessageFile> named;
    for (const OutgoingFile &file : std::as_const(files)) {
        named.append({newUlid(QDateTime::currentDateTimeUtc()), file.name, file.type, file.bytes.size()});
        m_mine.insert(named.constLast().key);
    }
    Deferred<Status> done;
    m_disk.start([this, folder = m_folder, named, files = std::move(files), resolve = done.resolver()] {
        auto written = std::make_shared<Status>(writeAll(folder, named, files));
        QMetaObject::invokeMethod(this, [resolve, written] { resolve(std::move(*written)); }, Qt::QueuedConnection);
    });
    const Status written = co_await done;
    if (!written)
        co_return fail(written.error());
    co_return named;
}

Task<Result<QByteArray>> OutgoingFiles::read(QString key)
{
    Deferred<Result<QByteArray>> done;
    m_disk.start([this, path = path(key), resolve = done.resolver()] {
        QFile file(path);
        auto bytes = std::make_shared<Result<QByteArray>>();
        if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
            *bytes = storageError(ErrorKind::Storage, u"gone"_s,
                                  QT_TRANSLATE_NOOP("Outbox", "The picture is not on this computer any more."));
        else
            *bytes = file.readAll();
        QMetaObject::invokeMethod(this, [resolve, bytes] { resolve(std::move(*bytes)); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

void OutgoingFiles::remove(QStringList keys)
{
    keys.removeIf([](const QString &key) { return !isFileKey(key); });
    if (keys.isEmpty())
        return;
    m_disk.start([folder = m_folder, keys = std::move(keys)] {
        for (const QString &key : keys)
            QFile::remove(folder + u'/' + key);
    });
}

void OutgoingFiles::removeAllBut(QSet<QString> keys)
{
    keys.unite(m_mine);
    m_disk.start([folder = m_folder, keys = std::move(keys)] {
        const QStringList names = QDir(folder).entryList(QDir::Files);
        for (const QString &name : names) {
            if (isFileKey(name) && !keys.contains(name))
                QFile::remove(folder + u'/' + name);
        }
    });
}

} // namespace outrigger::sync
