// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/mint.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

constexpr char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr int bodyLength = 11; // 62^11 > 2^64
constexpr int checkLength = 9;

quint32 half(quint64 value)
{
    return static_cast<quint32>(value >> 32);
}

void write(quint64 value, int length, QChar *to)
{
    for (int i = 0; i < length; ++i) {
        to[i] = QLatin1Char(alphabet[value % 62]);
        value /= 62;
    }
}

} // namespace

quint64 mix(quint64 value)
{
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

Mint::Mint(quint64 seed)
{
    for (quint64 i = 0; i < 4; ++i)
        m_keys[i] = mix(seed * 4 + i);
}

QString Mint::id(Kind kind, quint32 index) const
{
    // A Feistel network: any mixer becomes a permutation that can be undone.
    quint32 left = static_cast<quint32>(kind);
    quint32 right = index;
    for (const quint64 key : m_keys) {
        const quint32 next = left ^ half(mix(right ^ key));
        left = right;
        right = next;
    }
    const quint64 body = (static_cast<quint64>(left) << 32) | right;
    QString text(bodyLength + checkLength, Qt::Uninitialized);
    write(body, bodyLength, text.data());
    write(mix(body ^ m_keys[0]), checkLength, text.data() + bodyLength);
    return text;
}

std::optional<quint32> Mint::index(Kind kind, const QString &id) const
{
    if (id.size() != bodyLength + checkLength)
        return std::nullopt;
    quint64 body = 0;
    for (int i = bodyLength - 1; i >= 0; --i) {
        const char *const end = alphabet + 62;
        const char *const found = std::find(alphabet, end, id[i].toLatin1());
        if (found == end)
            return std::nullopt;
        body = body * 62 + static_cast<quint64>(found - alphabet);
    }
    quint32 left = half(body);
    quint32 right = static_cast<quint32>(body);
    for (int i = 3; i >= 0; --i) {
        const quint32 before = right ^ half(mix(left ^ m_keys[i]));
        right = left;
        left = before;
    }
    if (left != static_cast<quint32>(kind) || this->id(kind, right) != id)
        return std::nullopt;
    return right;
}

} // namespace outrigger::practice
