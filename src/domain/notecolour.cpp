// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/notecolour.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace outrigger::notecolour {

namespace {

int part(const QString &hex, int which) { return hex.mid(1 + 2 * which, 2).toInt(nullptr, 16); }

int distance(const QString &a, const QString &b)
{
    int sum = 0;
    for (int which = 0; which < 3; ++which) {
        const int away = part(a, which) - part(b, which);
        sum += away * away;
    }
    return sum;
}

bool isHex(QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'A' && c <= u'F'); }

} // namespace

QString tidy(const QString &given)
{
    for (const Named &one : all) {
        if (given.compare(one.word, Qt::CaseInsensitive) == 0)
            return one.hex;
    }
    if (given.size() != 4 && given.size() != 7)
        return {};
    const QString digits = given.mid(1).toUpper();
    if (given.front() != u'#' || !std::all_of(digits.cbegin(), digits.cend(), isHex))
        return {};
    if (digits.size() == 6)
        return u'#' + digits;
    QString hex(u'#');
    for (const QChar c : digits)
        hex += QString(2, c);
    return hex;
}

QString word(const QString &hex)
{
    if (hex.size() != 7)
        return {};
    const Named *nearest = nullptr;
    int least = std::numeric_limits<int>::max();
    for (const Named &one : all) {
        if (const int away = distance(hex, one.hex); away < least) {
            least = away;
            nearest = &one;
        }
    }
    return nearest->word;
}

} // namespace outrigger::notecolour
