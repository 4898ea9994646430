// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/segments.h"

#include <QStringView>

#include <algorithm>

namespace outrigger {

namespace {

// GSM 03.38 basic table (without ESC) and its extension table.
const QString &basicTable()
{
    static const QString table = QString::fromUtf8(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
        "¿abcdefghijklmnopqrstuvwxyzäöñüà");
    return table;
}
const QString &extensionTable()
{
    static const QString table = QString::fromUtf8("\f^{}\\[~]|€");
    return table;
}

/// 1 or 2 septets, 0 when the character is not in GSM-7.
int septets(QChar c)
{
    const ushort code = c.unicode();
    if ((code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == ' ')
        return 1;
    if (basicTable().contains(c))
        return 1;
    return extensionTable().contains(c) ? 2 : 0;
}

/// Fills parts of `size` units with pieces that must not be split; gives the number of parts and what the last holds.
struct Filled {
    int parts = 0;
    int inLast = 0;
};
template <class PieceAt>
Filled fill(int pieces, int size, PieceAt pieceAt)
{
    Filled filled;
    for (int i = 0; i < pieces; ++i) {
        const int units = pieceAt(i);
        if (filled.parts == 0 || filled.inLast + units > size) {
            ++filled.parts;
            filled.inLast = 0;
        }
        filled.inLast += units;
    }
    return filled;
}

} // namespace

SmsMeter measureSms(const QString &text)
{
    SmsMeter meter;
    QVector<int> pieces;
    pieces.reserve(text.size());
    for (int i = 0; i < text.size(); ++i) {
        const int units = septets(text.at(i));
        if (units == 0)
            meter.culprits.append(i);
        pieces.append(units);
    }
    int single = 160;
    int multi = 153;
    if (!meter.culprits.isEmpty()) {
        meter.encoding = SmsEncoding::Ucs2;
        single = 70;
        multi = 67;
        pieces.clear();
        for (int i = 0; i < text.size(); ++i) {
            const bool pair = text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
            pieces.append(pair ? 2 : 1);
            if (pair)
                ++i;
        }
    }
    for (const int units : pieces)
        meter.units += units;
    const bool onePart = meter.units <= single;
    meter.perPart = onePart ? single : multi;
    const auto filled = fill(static_cast<int>(pieces.size()), meter.perPart, [&pieces](int i) { return pieces.at(i); });
    meter.parts = filled.parts;
    meter.left = filled.parts == 0 ? meter.perPart : meter.perPart - filled.inLast;
    meter.tooLong = text.size() > smsCharacterCap;
    return meter;
}

QString repairToGsm7(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        switch (c.unicode()) {
        case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x00B4: case 0x0060:
            result += QLatin1Char('\'');
            break;
        case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0x00AB: case 0x00BB:
            result += QLatin1Char('"');
            break;
        case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
            result += QLatin1Char('-');
            break;
        case 0x2026:
            result += QLatin1String("...");
            break;
        case 0x2022: case 0x00B7:
            result += QLatin1Char('-');
            break;
        case 0x00A0: case 0x2002: case 0x2003: case 0x2007: case 0x2009: case 0x200A: case 0x202F: case 0x3000: case 0x0009:
            result += QLatin1Char(' ');
            break;
        case 0x200B: case 0x2060: case 0xFEFF: case 0x00AD:
            break; // invisible and without meaning; U+200D stays, it joins emoji
        default:
            result += c;
        }
    }
    return result;
}

} // namespace outrigger
