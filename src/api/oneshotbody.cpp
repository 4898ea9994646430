// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/oneshotbody.h"

#include <algorithm>
#include <cstring>

namespace outrigger::api {

OneShotBody::OneShotBody(QByteArray bytes, QObject *parent) : QIODevice(parent), m_bytes(std::move(bytes))
{
    // Unbuffered, so that what QIODevice has read ahead is not counted as handed over.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::bytesAvailable() const
{
    return m_bytes.size() - m_position + QIODevice::bytesAvailable();
}

bool OneShotBody::atEnd() const
{
    return m_position >= m_bytes.size();
}

qint64 OneShotBody::readData(char *data, qint64 maxSize)
{
    if (m_position >= m_bytes.size())
        return -1;
    const qsizetype count = std::min<qsizetype>(m_bytes.size() - m_position, static_cast<qsizetype>(maxSize));
    if (count <= 0)
        return 0;
    std::memcpy(data, m_bytes.constData() + m_position, static_cast<std::size_t>(count));
    m_position += count;
    return count;
}

} // namespace outrigger::api
