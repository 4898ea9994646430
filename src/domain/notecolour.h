// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QString>

#include <array>

/// Colours of notes. HighLevel takes any "#RRGGBB"; a person chooses among a few that can be told apart and have a name,
/// because a colour alone says nothing to somebody who does not see it.
namespace outrigger::notecolour {

struct Named {
    QLatin1String word; ///< for the command line; the window has its own words
    QLatin1String hex;
};
inline constexpr std::array all{
    Named{QLatin1String("yellow"), QLatin1String("#EAB308")}, Named{QLatin1String("orange"), QLatin1String("#F97316")},
    Named{QLatin1String("red"), QLatin1String("#DC2626")},    Named{QLatin1String("green"), QLatin1String("#16A34A")},
    Named{QLatin1String("blue"), QLatin1String("#2563EB")},   Named{QLatin1String("purple"), QLatin1String("#9333EA")},
};

/// "#RRGGBB" in capitals, from that, "#RGB", or a word of `all`. Anything else is no colour: empty.
QString tidy(const QString &given);
/// The word of `all` that is nearest to a colour that tidy() gave; empty for none.
QString word(const QString &hex);

} // namespace outrigger::notecolour
