// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/picturestrip.h"

#include <QtEndian>

namespace outrigger {

namespace {

quint8 byteAt(const QByteArray &bytes, qsizetype at) { return static_cast<quint8>(bytes.at(at)); }

/// Segments up to the pixels; APP0 (JFIF) and APP14 (Adobe's colours) belong to them.
QByteArray jpeg(const QByteArray &in)
{
    QByteArray out = in.left(2);
    qsizetype at = 2;
    while (at + 4 <= in.size()) {
        if (byteAt(in, at) != 0xff)
            return {};
        const quint8 kind = byteAt(in, at + 1);
        if (kind == 0xff) { // filling
            ++at;
            continue;
        }
        const auto size = qsizetype(qFromBigEndian<quint16>(in.constData() + at + 2)) + 2;
        if (size < 4 || at + size > in.size())
            return {};
        if (kind == 0xda) { // the pixels; what comes after their end is not a part of the picture
            const qsizetype end = in.lastIndexOf("\xff\xd9");
            return end < at ? QByteArray() : out + in.mid(at, end + 2 - at);
        }
        const bool note = (kind >= 0xe1 && kind <= 0xef && kind != 0xee) || kind == 0xfe;
        if (!note)
            out += in.mid(at, size);
        at += size;
    }
    return {};
}

QByteArray png(const QByteArray &in)
{
    QByteArray out = in.left(8);
    qsizetype at = 8;
    while (at + 12 <= in.size()) {
        const auto length = qsizetype(qFromBigEndian<quint32>(in.constData() + at));
        if (length > in.size() - at - 12)
            return {};
        const QByteArray kind = in.mid(at + 4, 4);
        const bool drawn = kind == "IHDR" || kind == "PLTE" || kind == "IDAT" || kind == "IEND" || kind == "tRNS" || kind == "gAMA"
            || kind == "cHRM" || kind == "sRGB" || kind == "sBIT" || kind == "bKGD" || kind == "pHYs";
        if (drawn)
            out += in.mid(at, length + 12);
        if (kind == "IEND")
            return out;
        at += length + 12;
    }
    return {};
}

} // namespace

QByteArray withoutPictureNotes(const QByteArray &picture)
{
    if (picture.startsWith("\xff\xd8\xff"))
        return jpeg(picture);
    if (picture.startsWith("\x89PNG\r\n\x1a\n"))
        return png(picture);
    return {};
}

} // namespace outrigger
