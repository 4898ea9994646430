// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/owndisk.h"

#include "prove/ownclock.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <mutex>
#include <string>

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace outrigger::prove {

namespace {

constexpr qsizetype sector = 512;

std::mutex mutex;
std::string watched;
Image synced;

bool isKept(const QString &name) { return !name.endsWith(u"-shm") && !name.endsWith(u".ballast"); }

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void watchFolder(const QString &folder)
{
    const std::lock_guard lock(mutex);
    watched = QFile::encodeName(folder).toStdString();
    synced.clear();
}

/// A file has been synced: from now on its bytes are safe.
void noteSync(int descriptor)
{
    const std::lock_guard lock(mutex);
    if (watched.empty())
        return;
    char path[512];
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const auto length = ::readlink(link.c_str(), path, sizeof path - 1);
    if (length <= 0 || static_cast<std::size_t>(length) < watched.size() || watched.compare(0, watched.size(), path, watched.size()) != 0)
        return;
    const QString name = QFile::decodeName(QByteArray(path, length));
    if (!isKept(name))
        return;
    struct stat about{};
    if (::fstat(descriptor, &about) != 0)
        return;
    QByteArray bytes(static_cast<qsizetype>(about.st_size), '\0');
    const auto got = ::pread(descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), 0);
    if (got < 0)
        bytes = contentOf(name); // a file that was opened for writing only
    else
        bytes.truncate(got);
    synced[name] = bytes;
}

Image asWritten(const QString &folder)
{
    Image image;
    const auto files = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &file : files) {
        if (isKept(file.fileName()))
            image[file.filePath()] = contentOf(file.filePath());
    }
    return image;
}

Image asAfterPowerCut(const QString &folder, Dice &dice)
{
    Image image = asWritten(folder);
    const std::lock_guard lock(mutex);
    for (auto &[path, now] : image) {
        const auto before = synced.find(path);
        const QByteArray safe = before == synced.end() ? QByteArray() : before->second;
        if (safe == now)
            continue;
        QByteArray kept = now;
        if (now.size() > safe.size() && dice.oneIn(2)) // the length is written apart from the bytes
            kept.truncate(safe.size() + dice.below(static_cast<int>(now.size() - safe.size() + 1)));
        for (qsizetype at = 0; at < kept.size(); at += sector) {
            const qsizetype size = std::min(sector, kept.size() - at);
            const QByteArray old = at < safe.size() ? safe.mid(at, size) : QByteArray();
            if (QByteArrayView(kept).sliced(at, size) == QByteArrayView(old) || dice.oneIn(2))
                continue;
            for (qsizetype i = 0; i < size; ++i)
                kept[at + i] = i < old.size() ? old[i] : '\0';
        }
        now = kept;
    }
    return image;
}

void putBack(const QString &folder, const Image &image)
{
    QDir place(folder);
    const QStringList names = place.entryList(QDir::Files | QDir::Hidden);
    for (const QString &name : names)
        place.remove(name);
    for (const auto &[path, bytes] : image) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The image cannot be put back.");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    const std::lock_guard lock(mutex);
    synced = image; // the machine has started anew: what is there is on the disk
}

} // namespace outrigger::prove

extern "C" {

int fsync(int descriptor)
{
    outrigger::prove::noteSync(descriptor);
    return static_cast<int>(syscall(SYS_fsync, descriptor));
}

int fdatasync(int descriptor)
{
    outrigger::prove::noteSync(descriptor);
    return static_cast<int>(syscall(SYS_fdatasync, descriptor));
}
}
