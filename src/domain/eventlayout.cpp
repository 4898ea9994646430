// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/eventlayout.h"

#include <algorithm>
#include <numeric>

namespace outrigger::eventlayout {

namespace {

/// What hangs together by overlapping: places[order[first..last)].
void spread(const QVector<Span> &spans, const QVector<int> &order, qsizetype first, qsizetype last, int count,
            QVector<Place> &places)
{
    // For each column its events in the order of time: the free width to the right is found by looking at the next
    // columns' events that touch it.
    QVector<QVector<int>> members(count);
    for (qsizetype i = first; i < last; ++i)
        members[places[order[i]].column].append(order[i]);
    for (qsizetype i = first; i < last; ++i) {
        const int item = order[i];
        Place &place = places[item];
        place.columns = count;
        int next = place.column + 1;
        for (; next < count; ++next) {
            const QVector<int> &others = members[next];
            // The last one that begins before this one ends; they do not overlap within a column.
            const auto after = std::partition_point(others.cbegin(), others.cend(),
                                                    [&](int other) { return spans[other].from < spans[item].to; });
            if (after != others.cbegin() && spans[*(after - 1)].to > spans[item].from)
                break;
        }
        place.width = next - place.column;
    }
}

} // namespace

QVector<Place> columns(const QVector<Span> &given, int shortest)
{
    QVector<Span> spans = given;
    for (Span &span : spans)
        span.to = std::max(span.to, span.from + std::max(1, shortest));
    QVector<int> order(spans.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        return spans[a].from != spans[b].from ? spans[a].from < spans[b].from
            : spans[a].to != spans[b].to      ? spans[a].to > spans[b].to
                                              : a < b;
    });
    QVector<Place> places(spans.size());
    QVector<int> ends; // of each column of the group
    qsizetype groupFirst = 0;
    int groupEnd = 0;
    for (qsizetype i = 0; i < order.size(); ++i) {
        const Span &span = spans[order[i]];
        if (i > groupFirst && span.from >= groupEnd) {
            spread(spans, order, groupFirst, i, static_cast<int>(ends.size()), places);
            ends.clear();
            groupFirst = i;
        }
        const auto free = std::find_if(ends.cbegin(), ends.cend(), [&](int end) { return end <= span.from; });
        const auto column = free - ends.cbegin();
        if (free == ends.cend())
            ends.append(span.to);
        else
            ends[column] = span.to;
        places[order[i]].column = static_cast<int>(column);
        groupEnd = i == groupFirst ? span.to : std::max(groupEnd, span.to);
    }
    if (!order.isEmpty())
        spread(spans, order, groupFirst, order.size(), static_cast<int>(ends.size()), places);
    return places;
}

QVector<int> rows(const QVector<Days> &spans)
{
    QVector<int> order(spans.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        return spans[a].first != spans[b].first ? spans[a].first < spans[b].first
            : spans[a].last != spans[b].last    ? spans[a].last > spans[b].last
                                                : a < b;
    });
    QVector<int> result(spans.size());
    QVector<int> ends;
    for (const int item : order) {
        const auto free = std::find_if(ends.cbegin(), ends.cend(), [&](int end) { return end < spans[item].first; });
        const auto row = free - ends.cbegin();
        if (free == ends.cend())
            ends.append(spans[item].last);
        else
            ends[row] = spans[item].last;
        result[item] = static_cast<int>(row);
    }
    return result;
}

} // namespace outrigger::eventlayout
