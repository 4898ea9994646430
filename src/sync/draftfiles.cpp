// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/draftfiles.h"

#include "core/await.h"
#include "store/files.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

constexpr QLatin1String listName("list.json");
constexpr QLatin1String unfinished(".new");
constexpr qsizetype mostFiles = 50; ///< more than any draft takes: what claims more is damaged

QString digestOf(QByteArrayView text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toByteArray(), QCryptographicHash::Sha1).toHex());
}

QByteArray digestOf(const QVector<OutgoingFile> &files)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const OutgoingFile &file : files) {
        hash.addData(file.name.toUtf8() + '\0');
        hash.addData(QCryptographicHash::hash(file.bytes, QCryptographicHash::Sha1));
    }
    return hash.result();
}

bool writeOne(const QString &path, const QByteArray &bytes)
{
    if (!store::files::createPrivate(path))
        return false;
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size() && file.flush()
        && ::fsync(file.handle()) == 0;
}

bool writeAll(const QString &folder, const QVector<OutgoingFile> &files)
{
    QDir().mkpath(folder);
    ::chmod(QFile::encodeName(folder).constData(), 0700);
    QJsonArray list;
    for (qsizetype i = 0; i < files.size(); ++i) {
        if (!writeOne(folder + u'/' + QString::number(i), files.at(i).bytes))
            return false;
        list.append(QJsonObject{{u"name"_s, files.at(i).name}, {u"type"_s, files.at(i).type}, {u"bytes"_s, files.at(i).bytes.size()}});
    }
    return writeOne(folder + u'/' + listName, QJsonDocument(list).toJson(QJsonDocument::Compact));
}

Status replace(const QString &place, const QVector<OutgoingFile> &files)
{
    const QString fresh = place + unfinished;
    QDir(fresh).removeRecursively();
    if (files.isEmpty()) {
        QDir(place).removeRecursively();
        return {};
    }
    errno = 0;
    if (!writeAll(fresh, files)) {
        const bool full = errno == ENOSPC || errno == EDQUOT;
        QDir(fresh).removeRecursively();
        Error error;
        error.kind = full ? ErrorKind::StorageFull : ErrorKind::Storage;
        error.message = full ? QCoreApplication::translate("Outbox", "The disk is full, so the files of this draft are kept only until Outrigger ends. Free some space.")
                             : QCoreApplication::translate("Outbox", "The files of this draft could not be written to the disk: they are kept only until Outrigger ends.");
        return fail(std::move(error));
    }
    QDir(place).removeRecursively();
    QDir().rename(fresh, place);
    store::files::syncFolder(place);
    return {};
}

std::optional<QVector<OutgoingFile>> readAll(const QString &folder)
{
    QFile list(folder + u'/' + listName);
    if (!list.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonArray items = QJsonDocument::fromJson(list.readAll()).array();
    if (items.isEmpty() || items.size() > mostFiles)
        return std::nullopt;
    QVector<OutgoingFile> files;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QJsonObject item = items.at(i).toObject();
        QFile file(folder + u'/' + QString::number(i));
        if (!file.open(QIODevice::ReadOnly) || file.size() != item["bytes"_L1].toInteger(-1))
            return std::nullopt;
        files.append({item["name"_L1].toString(), item["type"_L1].toString(), file.readAll()});
    }
    return files;
}

} // namespace

DraftFiles::DraftFiles(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder))
{
    m_disk.setMaxThreadCount(1); // in the order in which it was asked for
}

DraftFiles::~DraftFiles()
{
    m_disk.waitForDone();
}

/// A location's and a contact's id come from the server: as digests they are names of folders whatever they hold.
QString DraftFiles::place(const LocationId &location, const QString &name) const
{
    return m_folder + u'/' + digestOf(location.value.toUtf8()) + u'/' + digestOf(name.toUtf8());
}

Task<Status> DraftFiles::keep(LocationId location, QString name, QVector<OutgoingFile> files)
{
    Deferred<Status> done;
    m_disk.start([this, where = place(location, name), files = std::move(files), resolve = done.resolver()] {
        const QByteArray digest = digestOf(files);
        auto written = std::make_shared<Status>();
        if (m_written.value(where) != digest) {
            *written = replace(where, files);
            m_written.insert(where, *written ? digest : QByteArray());
        }
        QMetaObject::invokeMethod(this, [resolve, written] { resolve(std::move(*written)); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

Task<QVector<OutgoingFile>> DraftFiles::kept(LocationId location, QString name)
{
    Deferred<QVector<OutgoingFile>> done;
    m_disk.start([this, where = place(location, name), resolve = done.resolver()] {
        auto found = readAll(where);
        if (!found)
            found = readAll(where + unfinished); // whole, and the end came before it had its name
        auto files = std::make_shared<QVector<OutgoingFile>>(std::move(found).value_or(QVector<OutgoingFile>()));
        if (!files->isEmpty())
            m_written.insert(where, digestOf(*files)); // what has just been read is not written again
        QMetaObject::invokeMethod(this, [resolve, files] { resolve(std::move(*files)); }, Qt::QueuedConnection);
    });
    co_return co_await done;
}

void DraftFiles::forget(const QString &folder, const LocationId &location)
{
    QDir(folder + u'/' + digestOf(location.value.toUtf8())).removeRecursively();
}

} // namespace outrigger::sync
