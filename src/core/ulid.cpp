// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ulid.h"

#include <QMutex>
#include <QRandomGenerator>

#include <array>

namespace outrigger {

namespace {
constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
}

QString newUlid(const QDateTime &now)
{
    static QMutex mutex;
    static qint64 lastTime = 0;
    static std::array<quint8, 10> lastRandom{};

    const QMutexLocker lock(&mutex);
    const qint64 time = now.toMSecsSinceEpoch();
    if (time == lastTime) {
        for (std::size_t i = lastRandom.size(); i-- > 0;) {
            if (++lastRandom[i] != 0)
                break;
        }
    } else {
        lastTime = time;
        for (auto &byte : lastRandom)
            byte = static_cast<quint8>(QRandomGenerator::system()->bounded(256));
    }

    std::array<quint8, 16> bytes{};
    for (std::size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<quint8>((time >> (8 * (5 - i))) & 0xff);
    std::copy(lastRandom.begin(), lastRandom.end(), bytes.begin() + 6);

    // 128 bits are 26 digits of 5 bits; the first digit holds the top 3 bits.
    QString text(26, QLatin1Char('0'));
    for (int digit = 0; digit < 26; ++digit) {
        unsigned value = 0;
        for (int bit = 0; bit < 5; ++bit) {
            const int position = digit * 5 + bit - 2;
            value <<= 1;
            if (position >= 0)
                value |= (bytes[static_cast<std::size_t>(position / 8)] >> (7 - position % 8)) & 1u;
        }
        text[digit] = QLatin1Char(alphabet[value]);
    }
    return text;
}

bool isUlid(const QString &text)
{
    if (text.size() != 26 || text.at(0) > QLatin1Char('7'))
        return false;
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.unicode() < 128 && c.unicode() != 0 && std::string_view(alphabet).find(static_cast<char>(c.unicode())) != std::string_view::npos;
    });
}

} // namespace outrigger
