// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarview.h"

#include "gui/calendarmeasures.h"
#include "gui/style.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <utility>

// The calendar on paper. A screen scrolls and says how many more there are; a sheet has to have everything.
namespace outrigger::gui {

using namespace calendarmeasures;

namespace {
constexpr int mostForHour = 72;          ///< design px; a day of ten hours need not fill the sheet
constexpr int hourMargin = 10;           ///< design px above the first hour and below the last, for half of their digits
constexpr int dayHeading = 36;           ///< design px that a heading of the agenda takes with its space
constexpr int apart = 1'000'000;         ///< px between weeks while they are measured
} // namespace

/// Measures everything anew, for a sheet or (null) for the screen.
void CalendarView::lay(const Sheet *sheet)
{
    m_sheet = sheet;
    m_dirty = true;
    ensureLayout();
}

QVector<CalendarView::Sheet> CalendarView::sheets(const QSize &size)
{
    QVector<Sheet> all = isGrid() ? gridSheets(size) : m_mode == Mode::Month ? monthSheets(size) : agendaSheets(size);
    lay(nullptr);
    return all;
}

/// One sheet, on which the hours are as high as there is room: those of work, and every other that has something in it.
QVector<CalendarView::Sheet> CalendarView::gridSheets(const QSize &size)
{
    Sheet sheet;
    sheet.size = size;
    sheet.hour = px(48);
    lay(&sheet);
    int from = workFrom, to = workTo;
    for (const Box &box : std::as_const(m_boxes)) {
        if (box.band)
            continue;
        from = std::min(from, box.rect.top() / sheet.hour);
        to = std::max(to, std::min(24, (box.rect.bottom() + sheet.hour - 1) / sheet.hour));
    }
    const int fixed = headHeight() + bandHeight() + 2 * px(hourMargin);
    sheet.hour = std::clamp((size.height() - fixed) / (to - from), 1, px(mostForHour));
    sheet.scrolled = from * sheet.hour - px(hourMargin);
    sheet.size.setHeight(fixed + (to - from) * sheet.hour);
    return {sheet};
}

/// As many weeks on a sheet as find room with all that is in them; where all six do, they share the sheet.
QVector<CalendarView::Sheet> CalendarView::monthSheets(const QSize &size)
{
    constexpr int weeks = 6;
    const int top = px(weekdays), high = size.height() - top, line = px(dayLine);
    Sheet measure;
    measure.size = size;
    measure.measuring = true;
    for (int week = 0; week < weeks; ++week)
        measure.weeks.append({week * apart, apart});
    lay(&measure);
    std::array<int, weeks> needed;
    needed.fill(px(dayFixed) + line);
    for (const Box &box : std::as_const(m_boxes)) {
        const int week = box.rect.top() / apart, lines = (box.rect.top() % apart - px(dayEvents)) / line + 1;
        needed[week] = std::min(high, std::max(needed[week], px(dayFixed) + lines * line));
    }
    QVector<Sheet> all;
    int y = high;
    for (int week = 0; week < weeks; ++week) {
        if (y + needed[week] > high) {
            Sheet next;
            next.size = size;
            next.weeks.fill({0, 0}, weeks);
            all.append(next);
            y = 0;
        }
        all.last().weeks[week] = {top + y, needed[week]};
        y += needed[week];
    }
    if (all.size() > 1)
        return all;
    const bool even = *std::max_element(needed.cbegin(), needed.cend()) <= high / weeks;
    const int spare = (high - y) / weeks;
    y = top;
    for (int week = 0; week < weeks; ++week) {
        const int tall = even ? high / weeks : needed[week] + spare;
        all.first().weeks[week] = {y, tall};
        y += tall;
    }
    return all;
}

/// No appointment is cut in two, no heading stands alone, and a day that goes on has its heading again.
QVector<CalendarView::Sheet> CalendarView::agendaSheets(const QSize &size)
{
    Sheet sheet;
    sheet.size = size;
    lay(&sheet);
    QVector<Sheet> all;
    int begins = 0, ends = 0;
    for (const Box &box : std::as_const(m_boxes)) { // in the order of their places
        const int bottom = box.rect.bottom() + 1;
        if (bottom - begins > size.height()) {
            sheet.scrolled = begins;
            sheet.size.setHeight(ends - begins);
            all.append(sheet);
            const auto own = std::find_if(m_headings.cbegin(), m_headings.cend(),
                                          [&box](const auto &heading) { return heading.second + px(headingStep) == box.rect.top(); });
            const bool first = own != m_headings.cend(); // of its day
            begins = first ? own->second : box.rect.top() - px(dayHeading);
            sheet.goesOn = first ? QDate() : box.day;
        }
        ends = bottom;
    }
    sheet.scrolled = begins;
    sheet.size.setHeight(std::max(1, ends - begins));
    all.append(sheet);
    return all;
}

void CalendarView::paintSheet(QPainter &painter, const Sheet &sheet)
{
    lay(&sheet);
    painter.save();
    const int top = sheet.goesOn.isValid() ? px(dayHeading) : 0;
    painter.setClipRect(QRect(QPoint(0, top), QPoint(sheet.size.width() - 1, sheet.size.height() - 1)), Qt::IntersectClip);
    paintAll(painter);
    painter.restore();
    if (top > 0)
        paintDay(painter, sheet.goesOn, 0);
    lay(nullptr);
}

} // namespace outrigger::gui
