// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

/// Where events of one day stand beside each other. Pure functions.
namespace outrigger::eventlayout {

struct Span {
    int from = 0; ///< minutes of the day as it is drawn
    int to = 0;   ///< not before from
};
struct Place {
    int column = 0;  ///< from 0
    int width = 1;   ///< columns that it covers: what is free to its right is used
    int columns = 1; ///< of its group; the group is what hangs together by overlapping
    bool operator==(const Place &) const = default;
};
/// In the order of `spans`. No two that overlap share a column; what does not overlap anything has the whole width.
/// shortest: an event counts as at least this long, because it is drawn so. 500 events: far below 5 ms.
QVector<Place> columns(const QVector<Span> &spans, int shortest = 15);

/// Rows of bars that last several days, in the band above the hours and in a month: the row of each span of days.
struct Days {
    int first = 0; ///< day of the view
    int last = 0;  ///< including
};
QVector<int> rows(const QVector<Days> &spans);

} // namespace outrigger::eventlayout
