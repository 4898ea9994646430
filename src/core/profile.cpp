// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QStandardPaths>

#include <sys/stat.h>

namespace outrigger {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Profile)
};

Result<QString> readOrMakeId(const QString &file)
{
    QFile existing(file);
    if (existing.exists()) {
        if (!existing.open(QIODevice::ReadOnly))
            return fail(ErrorKind::Storage, Words::tr("The profile folder cannot be read. Check its permissions, or choose another one with --profile."));
        const QString id = QString::fromLatin1(existing.read(64)).trimmed();
        if (id.size() == 16)
            return id;
    }
    const QString id = QStringLiteral("%1").arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'));
    QSaveFile fresh(file);
    if (!fresh.open(QIODevice::WriteOnly) || fresh.write(id.toLatin1() + '\n') < 0 || !fresh.commit())
        return fail(ErrorKind::Storage, Words::tr("The profile folder cannot be written. Check its permissions and free space, or choose another one with --profile."));
    return id;
}

} // namespace

Result<Profile> Profile::open(const QString &dir, bool practice)
{
    ::umask(077);
    QString path = dir;
    if (path.isEmpty()) {
        path = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/outrigger");
        path += practice ? QStringLiteral("/practice") : QStringLiteral("/default");
    }
    Profile profile;
    profile.m_dir = QDir(path);
    if (!profile.m_dir.mkpath(QStringLiteral(".")))
        return fail(ErrorKind::Storage, Words::tr("The profile folder cannot be made. Choose another one with --profile."));
    // A folder that was there before may be open to others.
    QFile::setPermissions(profile.root(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto id = readOrMakeId(profile.path(QStringLiteral("profile.id")));
    if (!id)
        return tl::unexpected(id.error());
    profile.m_id = *id;
    return profile;
}

QString Profile::socketPath() const
{
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    const auto hash = QCryptographicHash::hash(root().toUtf8() + m_id.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString name = QStringLiteral("outrigger-") + QString::fromLatin1(hash);
    return (runtime.isEmpty() ? root() : runtime) + QLatin1Char('/') + name;
}

Status Profile::lock()
{
    if (locked())
        return {};
    auto lock = std::make_shared<QLockFile>(path(QStringLiteral("lock")));
    lock->setStaleLockTime(0); // only a dead owner makes a lock stale, never its age
    if (!lock->tryLock(0)) {
        if (lock->error() == QLockFile::LockFailedError)
            return fail(ErrorKind::Busy, Words::tr("Another Outrigger is using this profile. Use that one, or choose another profile with --profile."));
        return fail(ErrorKind::Storage, Words::tr("The profile cannot be locked, because its folder cannot be written. Check its permissions and free space."));
    }
    m_lock = std::move(lock);
    return {};
}

} // namespace outrigger
