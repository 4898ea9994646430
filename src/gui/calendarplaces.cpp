// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarview.h"

#include "domain/eventlayout.h"
#include "domain/slots.h"
#include "gui/calendarmeasures.h"
#include "gui/style.h"

#include <QScrollBar>

#include <algorithm>

// Where everything stands.
namespace outrigger::gui {

using namespace calendarmeasures;

namespace {

constexpr int mostBandRows = 4;
constexpr int mostBandRowsOnPaper = 12;

/// How many lines a cell needs, and what does not find place in it.
int linesOf(const QVector<bool> &used)
{
    return int(used.lastIndexOf(true)) + 1;
}

} // namespace

QSize CalendarView::area() const { return m_sheet ? m_sheet->size : viewport()->size(); }

int CalendarView::scrolled() const { return m_sheet ? m_sheet->scrolled : verticalScrollBar()->value(); }

int CalendarView::hour() const { return m_sheet && m_sheet->hour > 0 ? m_sheet->hour : px(48); }

int CalendarView::gutter() const
{
    const bool two = !m_sheet && m_theirs.isValid() && !freetimes::sameClock(m_now, m_zone, m_theirs);
    return px(two ? 112 : 60);
}

int CalendarView::headHeight() const { return px(44); }

int CalendarView::bandHeight() const
{
    return m_bandRows > 0 ? m_bandRows * px(22) + px(4) : 0;
}

QRect CalendarView::dayRect(int day) const
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    if (m_mode == Mode::Month) {
        const int top = px(weekdays);
        const int column = mirrored ? 6 - day % 7 : day % 7, row = day / 7;
        const int wide = area().width(), high = area().height() - top;
        const int left = wide * column / 7, right = wide * (column + 1) / 7;
        if (m_sheet && !m_sheet->weeks.isEmpty())
            return QRect(left, m_sheet->weeks.at(row).first, right - left, m_sheet->weeks.at(row).second);
        return QRect(left, top + high * row / 6, right - left, high * (row + 1) / 6 - high * row / 6);
    }
    const int count = days();
    const int wide = area().width() - gutter();
    const int place = mirrored ? count - 1 - day : day;
    const int left = (mirrored ? 0 : gutter()) + wide * place / count;
    const int right = (mirrored ? 0 : gutter()) + wide * (place + 1) / count;
    return QRect(left, 0, right - left, 24 * hour());
}

int CalendarView::yOf(const QTime &time) const
{
    return int(qint64(time.msecsSinceStartOfDay()) * hour() / 3'600'000);
}

QPoint CalendarView::offset(const Box &box) const
{
    if (isGrid())
        return box.band ? QPoint(0, headHeight()) : QPoint(0, headHeight() + bandHeight() - scrolled());
    return m_mode == Mode::Agenda ? QPoint(0, -scrolled()) : QPoint();
}

int CalendarView::dayAt(int x) const
{
    for (int day = 0; day < days(); ++day) {
        const QRect column = dayRect(day);
        if (x >= column.left() && x <= column.right())
            return day;
    }
    return -1;
}

QDateTime CalendarView::timeAt(const QPoint &point) const
{
    if (m_mode == Mode::Agenda)
        return {};
    if (m_mode == Mode::Month) {
        for (int day = 0; day < 42; ++day) {
            if (dayRect(day).contains(point))
                return freetimes::instantOf(firstDay().addDays(day), QTime(9, 0), m_zone);
        }
        return {};
    }
    const int y = point.y() - headHeight() - bandHeight() + scrolled();
    if (point.y() < headHeight() + bandHeight() && m_pressedRow < 0)
        return {};
    const int day = dayAt(point.x());
    if (day < 0)
        return {};
    const int quarter = std::clamp((y * 4 + hour() / 2) / hour(), 0, 95);
    return freetimes::instantOf(firstDay().addDays(day), QTime(quarter / 4, quarter % 4 * 15), m_zone);
}

void CalendarView::ensureLayout() const
{
    if (!m_dirty)
        return;
    m_dirty = false;
    m_boxes.clear();
    m_more.clear();
    m_headings.clear();
    m_bandRows = 0;
    m_contentHeight = 0;
    m_stands.clear();
    if (!model())
        return;
    // Once for each: the arithmetic of zones is what a month of thousands costs.
    for (int row = 0; row < model()->rowCount(); ++row) {
        const Appointment &one = event(row).event;
        m_stands.append({eventdays::daysOf(one, zones()), eventdays::isBand(one, zones()), eventdays::isWhole(one, zones())});
    }
    if (isGrid())
        layoutGrid();
    else if (m_mode == Mode::Month)
        layoutMonth();
    else
        layoutAgenda();
}

void CalendarView::layoutGrid() const
{
    m_contentHeight = 24 * hour();
    const QDate first = firstDay();
    const int count = days();
    struct Piece {
        int row, from, to;
        bool before, after;
    };
    QVector<QVector<Piece>> pieces(count);
    QVector<int> bars;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const Appointment &one = event(row).event;
        const auto [firstOf, lastOf] = standOf(row).days;
        const int from = int(first.daysTo(firstOf)), to = int(first.daysTo(lastOf));
        if (to < 0 || from >= count)
            continue;
        if (standOf(row).band) {
            bars.append(row);
            continue;
        }
        const QTime start = one.start.toTimeZone(m_zone).time(), end = one.end.toTimeZone(m_zone).time();
        for (int day = std::max(0, from); day <= std::min(count - 1, to); ++day) {
            const int begins = day == from ? start.msecsSinceStartOfDay() / 60'000 : 0;
            int ends = day == to ? end.msecsSinceStartOfDay() / 60'000 : 1440;
            if (ends <= begins) // over midnight to the minute, or an hour that the clock shows twice
                ends = day == to && end == QTime(0, 0) ? 1440 : std::min(1440, begins + int(one.start.secsTo(one.end) / 60));
            pieces[day].append({row, begins, ends, day != from, day != to});
        }
    }
    layoutBand(bars);
    for (int day = 0; day < count; ++day) {
        QVector<eventlayout::Span> spans;
        for (const Piece &piece : std::as_const(pieces[day]))
            spans.append({piece.from, piece.to});
        const auto places = eventlayout::columns(spans, 25);
        const QRect column = dayRect(day).adjusted(px(2), 0, -px(6), 0);
        for (qsizetype i = 0; i < spans.size(); ++i) {
            const auto &place = places.at(i);
            const int left = column.left() + column.width() * place.column / place.columns;
            const int right = column.left() + column.width() * (place.column + place.width) / place.columns;
            const int top = spans.at(i).from * hour() / 60;
            const int bottom = std::max(spans.at(i).to, spans.at(i).from + 25) * hour() / 60;
            const Piece &piece = pieces[day].at(i);
            m_boxes.append({piece.row, QRect(left, top + 1, right - left - px(2), bottom - top - 2), false, piece.before, piece.after, first.addDays(day)});
        }
    }
}

/// The bars above the hours. Where they do not all find place the last line says how many there are besides.
void CalendarView::layoutBand(const QVector<int> &events) const
{
    const QDate first = firstDay();
    const int count = days();
    QVector<eventlayout::Days> bars;
    for (const int row : events) {
        const auto [from, to] = standOf(row).days;
        bars.append({std::max(0, int(first.daysTo(from))), std::min(count - 1, int(first.daysTo(to)))});
    }
    const auto lines = eventlayout::rows(bars);
    m_more.fill(0, count);
    m_bandRows = lines.isEmpty() ? 0 : *std::max_element(lines.cbegin(), lines.cend()) + 1;
    const int most = m_sheet ? mostBandRowsOnPaper : m_mode == Mode::Day ? 2 * mostBandRows : mostBandRows;
    const int shown = m_bandRows > most ? most - 1 : m_bandRows;
    m_bandRows = std::min(m_bandRows, most);
    for (qsizetype i = 0; i < bars.size(); ++i) {
        if (lines.at(i) >= shown) {
            for (int day = bars.at(i).first; day <= bars.at(i).last; ++day)
                ++m_more[day];
            continue;
        }
        const auto [from, to] = standOf(events.at(i)).days;
        const QRect place = dayRect(bars.at(i).first).united(dayRect(bars.at(i).last));
        m_boxes.append({events.at(i), QRect(place.left() + px(2), px(2) + lines.at(i) * px(22), place.width() - px(6), px(20)), true,
                        from < first, to > first.addDays(count - 1), first.addDays(bars.at(i).first)});
    }
}

void CalendarView::layoutMonth() const
{
    m_more.fill(0, 42);
    const QDate first = firstDay();
    QVector<QVector<int>> weeks(6);
    for (int row = 0; row < model()->rowCount(); ++row) {
        const auto [from, to] = standOf(row).days;
        const qint64 begins = first.daysTo(from), ends = first.daysTo(to);
        for (qint64 week = std::max<qint64>(0, begins / 7); ends >= 0 && week <= std::min<qint64>(5, ends / 7); ++week) {
            if (begins < 7 * (week + 1))
                weeks[week].append(row);
        }
    }
    for (int week = 0; week < 6; ++week)
        layoutWeekOfMonth(week, weeks.at(week));
}

/// What lasts for days is one bar on one line; the rest takes the lines that are free. In a cell that is too small the
/// last line says how many there are besides, and a bar is left out of that cell only.
void CalendarView::layoutWeekOfMonth(int week, const QVector<int> &rows) const
{
    const QDate first = firstDay().addDays(7LL * week);
    const int line = px(dayLine);
    const auto spanOf = [&](int row) {
        const auto [from, to] = standOf(row).days;
        return eventlayout::Days{std::max(0, int(first.daysTo(from))), std::min(6, int(first.daysTo(to)))};
    };
    QVector<int> bars, others;
    for (const int row : rows) {
        const bool bar = standOf(row).band || standOf(row).days.count() > 1;
        (bar ? bars : others).append(row);
    }
    QVector<eventlayout::Days> spans;
    for (const int row : std::as_const(bars))
        spans.append(spanOf(row));
    QVector<int> lines = eventlayout::rows(spans);
    QVector<QVector<bool>> used(7);
    const auto take = [&used](int day, int at) {
        if (used[day].size() <= at)
            used[day].resize(at + 1);
        used[day][at] = true;
    };
    for (qsizetype i = 0; i < spans.size(); ++i) {
        for (int day = spans.at(i).first; day <= spans.at(i).last; ++day)
            take(day, lines.at(i));
    }
    for (const int row : std::as_const(others)) {
        spans.append(spanOf(row));
        const int day = spans.last().first;
        const auto free = used.at(day).indexOf(false);
        lines.append(int(free < 0 ? used.at(day).size() : free));
        take(day, lines.last());
    }
    int room[7];
    for (int day = 0; day < 7; ++day) {
        const int fits = m_sheet && m_sheet->measuring ? linesOf(used.at(day)) : std::max(0, (dayRect(7 * week + day).height() - px(dayFixed)) / line);
        room[day] = linesOf(used.at(day)) > fits ? std::max(0, fits - 1) : fits;
    }
    const QVector<int> all = bars + others;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const auto [from, to] = standOf(all.at(i)).days;
        for (int day = spans.at(i).first; day <= spans.at(i).last; ++day) {
            if (lines.at(i) >= room[day]) {
                ++m_more[7 * week + day];
                continue;
            }
            int last = day; // as far as there is place on this line
            while (last < spans.at(i).last && lines.at(i) < room[last + 1])
                ++last;
            const QRect place = dayRect(7 * week + day).united(dayRect(7 * week + last));
            m_boxes.append({all.at(i), QRect(place.left() + px(3), place.top() + px(dayEvents) + lines.at(i) * line, place.width() - px(7), line - px(2)), false,
                            from < first.addDays(day), to > first.addDays(last), first.addDays(day)});
            day = last;
        }
    }
}

/// Every day has what stands on it: whole days first, then in the order of time.
void CalendarView::layoutAgenda() const
{
    const QDate first = firstDay();
    const int wide = std::min(area().width() - px(32), px(860));
    struct Line {
        int day, row;
        bool timed;
    };
    QVector<Line> lines;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const auto [from, to] = standOf(row).days;
        const int begins = int(first.daysTo(from));
        for (int day = std::max(0, begins); day <= std::min(days() - 1, int(first.daysTo(to))); ++day)
            lines.append({day, row, !standOf(row).whole && day == begins});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line &a, const Line &b) { return a.day != b.day ? a.day < b.day : a.timed < b.timed; });
    int y = px(8);
    int heading = -1;
    for (const Line &one : std::as_const(lines)) {
        const QDate day = first.addDays(one.day);
        if (one.day != heading) {
            y += px(heading < 0 ? 0 : 10);
            heading = one.day;
            m_headings.append({day, y});
            y += px(headingStep);
        }
        const auto [from, to] = standOf(one.row).days;
        m_boxes.append({one.row, QRect(px(16), y, wide, px(44)), false, from < day, to > day, day});
        y += px(48);
    }
    m_contentHeight = y + px(16);
}

} // namespace outrigger::gui
