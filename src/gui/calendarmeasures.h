// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What laying out, painting and paper agree on. Design px where nothing else is said.
namespace outrigger::gui::calendarmeasures {

inline constexpr int workFrom = 8, workTo = 18; ///< hours of the day: the others are a little darker, and on paper only when needed
inline constexpr int weekdays = 28;             ///< of a month: the line with their names
inline constexpr int dayEvents = 24;            ///< of a day of a month: above its first line
inline constexpr int dayFixed = 26;             ///< of a day of a month: what no line can take
inline constexpr int dayLine = 19;              ///< of a day of a month
inline constexpr int headingStep = 32;          ///< of the agenda: from a heading to its first appointment

} // namespace outrigger::gui::calendarmeasures
