// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/files.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QtEndian>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace outrigger::store::files {

namespace {
constexpr qint64 enoughSpace = 200LL * 1024 * 1024; // below this the ballast would do harm
}

Status createPrivate(const QString &file)
{
    const QByteArray name = QFile::encodeName(file);
    const int handle = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (handle < 0) {
        const int code = errno;
        Error error;
        error.kind = code == ENOSPC || code == EDQUOT ? ErrorKind::StorageFull : ErrorKind::Storage;
        error.code = code == ENOSPC || code == EDQUOT ? u"full"_s : u"open"_s;
        error.message = QCoreApplication::translate("Store", "The file %1 cannot be opened: %2.")
                            .arg(QFileInfo(file).fileName(), QString::fromLocal8Bit(strerror(code)));
        return fail(std::move(error));
    }
    ::fchmod(handle, 0600);
    ::close(handle);
    return {};
}

int headerVersion(const QString &file)
{
    QFile header(file);
    if (!header.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray bytes = header.read(100);
    if (bytes.isEmpty())
        return 0;
    if (bytes.size() < 100 || !bytes.startsWith("SQLite format 3"))
        return -1;
    return int(qFromBigEndian<quint32>(bytes.constData() + 60));
}

QString setAside(const QString &file, const QString &word, int keep)
{
    const QString prefix = file + u'.' + word + u'-';
    QString target = prefix + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    for (int twin = 2; QFile::exists(target); ++twin)
        target += u'-' + QString::number(twin);
    if (!QFile::rename(file, target))
        return {};
    for (const auto &suffix : {u"-wal"_s, u"-shm"_s}) {
        if (QFile::exists(file + suffix))
            QFile::rename(file + suffix, target + suffix);
    }
    const QFileInfo info(prefix);
    QStringList kept = info.dir().entryList({info.fileName() + u'*'}, QDir::Files, QDir::Name);
    kept.erase(std::remove_if(kept.begin(), kept.end(),
                              [](const QString &name) { return name.endsWith("-wal"_L1) || name.endsWith("-shm"_L1); }),
               kept.end());
    while (kept.size() > keep) {
        const QString oldest = info.dir().filePath(kept.takeFirst());
        for (const auto &suffix : {QString(), u"-wal"_s, u"-shm"_s})
            QFile::remove(oldest + suffix);
    }
    return target;
}

void syncFolder(const QString &file)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(file).absolutePath()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    ::fsync(folder);
    ::close(folder);
}

qint64 freeSpace(const QString &file)
{
    struct statvfs disk = {};
    if (::statvfs(QFile::encodeName(QFileInfo(file).absolutePath()).constData(), &disk) != 0)
        return -1;
    return qint64(disk.f_bavail) * qint64(disk.f_frsize);
}

void makeBallast(const QString &file, qint64 bytes)
{
    if (QFileInfo(file).size() >= bytes || freeSpace(file) < enoughSpace + bytes)
        return;
    const int handle = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (handle < 0)
        return;
    const bool taken = ::posix_fallocate(handle, 0, bytes) == 0;
    ::close(handle);
    if (!taken)
        QFile::remove(file);
}

} // namespace outrigger::store::files
