// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <algorithm>
#include <cstring>

namespace outrigger::test {

/// A file that comes in pieces of any length, as from a pipe or a slow share.
class Trickle final : public QIODevice
{
public:
    Trickle(QByteArray all, qsizetype piece) : m_all(std::move(all)), m_piece(piece) { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *to, qint64 most) override
    {
        const qint64 now = std::min<qint64>({most, m_piece, m_all.size() - m_at});
        std::memcpy(to, m_all.constData() + m_at, std::size_t(now));
        m_at += now;
        return now;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_all;
    qint64 m_piece;
    qint64 m_at = 0;
};

} // namespace outrigger::test
