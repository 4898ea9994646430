// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journal.h"

#include "store/files.h"
#include "store/recordjson.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QSet>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

constexpr std::array<quint32, 256> crcTable = [] {
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < 256; ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        table[i] = value;
    }
    return table;
}();

quint32 crc32(QByteArrayView bytes)
{
    quint32 value = 0xFFFFFFFFu;
    for (const char byte : bytes)
        value = crcTable[(value ^ static_cast<quint8>(byte)) & 0xFFu] ^ (value >> 8);
    return value ^ 0xFFFFFFFFu;
}

QByteArray checksum(QByteArrayView bytes) { return QByteArray::number(crc32(bytes), 16).rightJustified(8, '0'); }

/// One line's object, empty when the line is damaged.
QJsonObject decoded(QByteArrayView line)
{
    if (line.size() < 11 || line[8] != ' ')
        return {};
    const QByteArrayView body = line.sliced(9);
    if (checksum(body) != line.first(8))
        return {};
    return objectFrom(body.toByteArray());
}

void replay(Journal::Contents &contents, const QJsonObject &line)
{
    const QString id = line.value("id"_L1).toString();
    if (const auto account = line.value("account"_L1); account.isObject()) {
        const auto same = [&account](const QJsonObject &other) { return other.value("id"_L1) == account["id"_L1]; };
        contents.accounts.erase(std::remove_if(contents.accounts.begin(), contents.accounts.end(), same), contents.accounts.end());
        contents.accounts.append(account.toObject());
    } else if (const auto gone = line.value("noAccount"_L1); gone.isString()) {
        const auto same = [&gone](const QJsonObject &other) { return other.value("id"_L1) == gone; };
        contents.accounts.erase(std::remove_if(contents.accounts.begin(), contents.accounts.end(), same), contents.accounts.end());
    } else if (line.value("del"_L1).toBool()) {
        contents.records.remove(id);
        contents.deleted.insert(id);
    } else if (!id.isEmpty()) {
        if (!contents.records.contains(id))
            contents.order.append(id);
        auto &stored = contents.records[id];
        const qint64 revision = line.value("rev"_L1).toInteger();
        if (const auto whole = line.value("r"_L1); whole.isObject()) {
            stored = {whole.toObject(), revision, false, true};
        } else {
            stored.gap = stored.gap || revision != stored.revision + 1;
            stored.data = jsonApplied(stored.data, line.value("c"_L1).toObject());
            stored.revision = revision;
        }
        contents.history.append({line.value("at"_L1).toInteger(), id, stored.data.value("state"_L1).toString(),
                                 stored.data.value("reasonCode"_L1).toString()});
    }
}

} // namespace

Journal::~Journal()
{
    if (m_handle >= 0)
        ::close(m_handle);
}

Journal::Contents Journal::read(const QString &file)
{
    Contents contents;
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return contents;
    contents.exists = true;
    contents.bytes = source.size();
    QVector<QJsonObject> lines;
    QHash<qint64, qint64> undone; // number to the first of its append
    qint64 before = 0; // number of the last line that could be read
    int damaged = 0;   // lines since then
    while (!source.atEnd()) {
        QByteArray line = source.readLine();
        const bool whole = line.endsWith('\n');
        if (whole)
            line.chop(1);
        const QJsonObject object = whole ? decoded(line) : QJsonObject();
        if (object.isEmpty()) {
            damaged += std::max(1, int(line.count("\"q\":"))); // one whose end is damaged has the next one in it
            continue;
        }
        const qint64 after = object.value("q"_L1).toInteger();
        if (damaged > 0 && before > 0) // the numbers know better
            damaged = std::max(damaged, int(std::clamp<qint64>(after - before - 1, 0, contents.bytes)));
        contents.unreadable += std::exchange(damaged, 0);
        before = after;
        contents.last = std::max(contents.last, after);
        if (const auto undo = object.value("undo"_L1); undo.isDouble()) {
            for (qint64 number = undo.toInteger(); number < object.value("q"_L1).toInteger(); ++number)
                undone.insert(number, undo.toInteger());
        } else {
            lines.append(object);
        }
    }
    contents.unreadable += damaged;
    for (const QJsonObject &line : std::as_const(lines)) {
        const qint64 number = line.value("q"_L1).toInteger();
        if (const auto first = undone.constFind(number); first != undone.cend())
            contents.undone.append({number, *first, line.value("id"_L1).toString(), line.value("r"_L1).isObject() && line.value("rev"_L1).toInteger() == 1});
        else
            replay(contents, line);
    }
    return contents;
}

Error Journal::errorNow(int code) const
{
    Error error;
    const bool full = code == ENOSPC || code == EDQUOT;
    error.kind = full ? ErrorKind::StorageFull : ErrorKind::Storage;
    error.code = full ? u"full"_s : u"io"_s;
    error.message = full ? QCoreApplication::translate("Store", "The disk is full. Nothing was saved; free some space and try again.")
                         : QCoreApplication::translate("Store", "The outbox's journal cannot be written: %1.")
                               .arg(QString::fromLocal8Bit(std::strerror(code)));
    return error;
}

Status Journal::open(qint64 last)
{
    if (m_handle >= 0)
        ::close(m_handle);
    m_handle = ::open(QFile::encodeName(m_file).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_handle < 0)
        return fail(errorNow(errno));
    ::fchmod(m_handle, 0600);
    m_size = ::lseek(m_handle, 0, SEEK_END);
    m_last = last;
    files::syncFolder(m_file);
    return {};
}

QByteArray Journal::encoded(QJsonObject line, qint64 number)
{
    line.insert("q"_L1, number);
    if (!line.contains("at"_L1))
        line.insert("at"_L1, QDateTime::currentMSecsSinceEpoch());
    const QByteArray body = compact(line);
    return checksum(body) + ' ' + body + '\n';
}

Status Journal::write(const QByteArray &bytes)
{
    if (m_handle < 0)
        return fail(errorNow(EBADF));
    if (m_faults && m_faults->strike())
        return fail(errorNow(m_faults->kind.load() == Faults::Kind::Full ? ENOSPC : EIO));
    qint64 done = 0;
    while (done < bytes.size()) {
        const auto part = ::write(m_handle, bytes.constData() + done, size_t(bytes.size() - done));
        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0) {
            const int code = errno;
            // A torn line would swallow the next one.
            if (::ftruncate(m_handle, m_size) != 0)
                return fail(errorNow(errno));
            return fail(errorNow(code));
        }
        done += part;
    }
    if (::fdatasync(m_handle) != 0) {
        const int code = errno;
        if (::ftruncate(m_handle, m_size) != 0)
            return fail(errorNow(errno));
        return fail(errorNow(code));
    }
    m_size += bytes.size();
    return {};
}

Status Journal::append(QVector<QJsonObject> lines)
{
    QByteArray bytes;
    qint64 number = m_last;
    if (m_owedUndo)
        bytes += encoded({{"undo"_L1, m_owedUndo}}, ++number);
    const qint64 first = number + 1;
    for (const QJsonObject &line : std::as_const(lines))
        bytes += encoded(line, ++number);
    const Status written = write(bytes);
    if (!written)
        return written;
    m_owedUndo = 0;
    m_firstOfAppend = first;
    m_last = number;
    return {};
}

void Journal::undoLast()
{
    const QByteArray bytes = encoded({{"undo"_L1, m_firstOfAppend}}, m_last + 1);
    if (write(bytes))
        ++m_last;
    else
        m_owedUndo = m_firstOfAppend;
}

Status Journal::rewrite(const QVector<QJsonObject> &lines)
{
    const QString fresh = m_file + u".new"_s;
    QFile::remove(fresh);
    QByteArray bytes;
    qint64 number = m_last;
    for (const QJsonObject &line : lines)
        bytes += encoded(line, ++number);
    Journal writer(fresh);
    writer.m_faults = m_faults;
    if (const Status opened = writer.open(0); !opened)
        return opened;
    if (const Status written = writer.write(bytes); !written) {
        QFile::remove(fresh);
        return written;
    }
    if (::rename(QFile::encodeName(fresh).constData(), QFile::encodeName(m_file).constData()) != 0) {
        const int code = errno;
        QFile::remove(fresh);
        return fail(errorNow(code));
    }
    files::syncFolder(m_file);
    m_owedUndo = 0;
    return open(number);
}

} // namespace outrigger::store
