// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/frames.h"

#include <QJsonDocument>
#include <QString>
#include <QtEndian>

namespace outrigger::cli {

QByteArray toFrame(const QJsonObject &object)
{
    const QByteArray body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    QByteArray frame(4, Qt::Uninitialized);
    qToBigEndian(quint32(body.size()), frame.data());
    return frame + body;
}

std::optional<QJsonObject> FrameReader::next()
{
    if (m_broken || m_buffer.size() < 4)
        return std::nullopt;
    const auto length = qsizetype(qFromBigEndian<quint32>(m_buffer.constData()));
    if (length > m_longest) {
        m_broken = true;
        return std::nullopt;
    }
    if (m_buffer.size() < 4 + length)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(m_buffer.mid(4, length));
    m_buffer.remove(0, 4 + length);
    if (!document.isObject()) {
        m_broken = true;
        return std::nullopt;
    }
    return document.object();
}

QJsonValue packed(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray unpacked(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

} // namespace outrigger::cli
