// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/media.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cmath>

namespace outrigger::practice::media
{

namespace
{

quint32 crc(const QByteArray &bytes)
{
    static const auto table = [] {
        std::array<quint32, 256> made{};
        for (quint32 n = 0; n < 256; ++n) {
            quint32 c = n;
            for (int k = 0; k < 8; ++k)
                c = c & 1 ? 0xedb88320U ^ (c >> 1) : c >> 1;
            made[n] = c;
        }
        return made;
    }();
    quint32 c = 0xffffffffU;
    for (const char byte : bytes)
        c = table[(c ^ static_cast<quint8>(byte)) & 0xff] ^ (c >> 8);
    return c ^ 0xffffffffU;
}

QByteArray big(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

template <class Number>
QByteArray little(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray &name, const QByteArray &data)
{
    return big(static_cast<quint32>(data.size())) + name + data + big(crc(name + data));
}

struct Colour {
    quint8 r, g, b;
};
Colour between(Colour from, Colour to, int at, int of)
{
    const auto one = [&](quint8 a, quint8 b) { return static_cast<quint8>(a + (b - a) * at / std::max(1, of)); };
    return {one(from.r, to.r), one(from.g, to.g), one(from.b, to.b)};
}

/// A house in the evening: enough to see that a picture is there and which one.
Colour house(int x, int y, int width, int height, quint64 salt)
{
    if (width < 60)
        return {255, 255, 255};
    static constexpr Colour walls[] = {{214, 199, 170}, {178, 92, 72}, {150, 172, 186}, {232, 226, 214}, {120, 134, 104}};
    static constexpr Colour skies[] = {{96, 150, 205}, {238, 158, 110}, {150, 165, 190}, {70, 92, 150}};
    const Colour wall = walls[salt % 5], sky = skies[(salt >> 4) % 4];
    const int ground = height * 3 / 4, top = height * 2 / 5, left = width / 4, right = width * 3 / 4;
    const int middle = (left + right) / 2;
    const int slope = std::abs(x - middle) * (height / 5) / ((right - left) / 2 + width / 20);
    if (y >= ground)
        return between({96, 138, 74}, {62, 98, 54}, y - ground, height - ground);
    if (x >= left && x < right && y >= top) {
        const bool door = std::abs(x - middle) < width / 28 && y > ground - height / 5;
        const int windowAt = (x - left) % (width / 6);
        const bool window = windowAt > width / 20 && windowAt < width / 9 && y > top + height / 16 && y < top + height / 6;
        return door ? Colour{84, 54, 40} : window ? Colour{250, 226, 150} : wall;
    }
    if (x > left - width / 20 && x < right + width / 20 && y < top && y > top - height / 5 + slope)
        return {110, 60, 52};
    return between(sky, {246, 236, 220}, y, ground);
}

} // namespace

QByteArray png(int width, int height, quint64 salt)
{
    QByteArray rows;
    rows.reserve((width * 3 + 1) * height);
    for (int y = 0; y < height; ++y) {
        rows += '\0'; // no filter
        for (int x = 0; x < width; ++x) {
            const Colour c = house(x, y, width, height, salt);
            rows += static_cast<char>(c.r);
            rows += static_cast<char>(c.g);
            rows += static_cast<char>(c.b);
        }
    }
    const QByteArray head = big(static_cast<quint32>(width)) + big(static_cast<quint32>(height)) + QByteArray("\x08\x02\0\0\0", 5);
    // qCompress puts four bytes of its own before the zlib stream.
    return QByteArray("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", head) + chunk("IDAT", qCompress(rows, 9).mid(4)) + chunk("IEND", {});
}

QByteArray wav(int seconds, quint64 salt)
{
    constexpr int rate = 8000;
    QByteArray samples;
    samples.reserve(seconds * rate * 2);
    double phase = 0;
    for (int i = 0; i < seconds * rate; ++i) {
        // Two voices that take turns, with the rhythm of syllables.
        const int turn = i / rate;
        const double pitch = (turn % 2 ? 190.0 : 120.0) + static_cast<double>(mix(salt + static_cast<quint64>(turn)) % 30);
        phase += pitch / rate;
        const double syllable = std::max(0.0, std::sin(i * 2 * M_PI * 3.5 / rate));
        samples += little(static_cast<qint16>(7000 * syllable * (std::sin(2 * M_PI * phase) + 0.4 * std::sin(6 * M_PI * phase))));
    }
    const auto size = static_cast<quint32>(samples.size());
    return "RIFF" + little(size + 36) + "WAVEfmt " + little(quint32{16}) + little(quint16{1}) + little(quint16{1}) +
           little(quint32{rate}) + little(quint32{rate * 2}) + little(quint16{2}) + little(quint16{16}) + "data" + little(size) + samples;
}

QString picture(quint64 number)
{
    return QStringLiteral("/media/pictures/%1.png").arg(number);
}

QString gone(quint64 number)
{
    return QStringLiteral("/media/gone/%1.png").arg(number);
}

QString pixel(quint64 number)
{
    return QStringLiteral("/media/pixels/%1.png").arg(number);
}

QString document(const QString &name)
{
    return QStringLiteral("/media/documents/") + name;
}

QString absolute(const World &world, const QString &address)
{
    return address.startsWith(u"/media/") ? world.base + address : address;
}

QStringList absolute(const World &world, const QStringList &addresses)
{
    QStringList all;
    for (const QString &address : addresses)
        all.append(absolute(world, address));
    return all;
}

QString relative(const World &world, const QString &address)
{
    const bool ours = !world.base.isEmpty() && address.startsWith(QString(world.base + QLatin1String("/media/")));
    return ours ? address.mid(world.base.size()) : address;
}

bool isMedia(const http::Request &request)
{
    return request.segments.size() > 1 && request.segments.first() == u"media";
}

http::Response answer(World &world, const http::Request &request)
{
    http::Response reply;
    reply.headers = {{"X-Content-Type-Options", "nosniff"}, {"Content-Security-Policy", "default-src 'none'"}};
    const QString kind = request.segments[1];
    const QString name = request.segments.size() > 2 ? request.segments[2] : QString();
    const quint64 number = name.section(u'.', 0, 0).toULongLong();
    if (request.method == "GET" || request.method == "HEAD") {
        if (kind == u"pictures") {
            reply.contentType = "image/png";
            reply.body = png(320, 240, mix(number));
            return reply;
        }
        if (kind == u"pixels") {
            ++world.pixelsAsked;
            reply.contentType = "image/png";
            reply.body = png(1, 1, 0);
            return reply;
        }
        if (kind == u"documents") {
            reply.contentType = "application/pdf";
            reply.body = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                         "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
            return reply;
        }
        const auto file = kind == u"uploads" ? world.files.find(name) : world.files.end();
        if (file != world.files.end()) {
            reply.contentType = file->second.type;
            reply.body = file->second.bytes;
            return reply;
        }
    }
    reply.status = 404;
    reply.contentType = "text/plain";
    reply.body = "Not Found";
    return reply;
}

} // namespace outrigger::practice::media
