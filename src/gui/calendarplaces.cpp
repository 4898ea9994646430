// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarview.h"

#include "domain/eventlayout.h"
#include "domain/slots.h"
#include "gui/style.h"

#include <QScrollBar>

#include <algorithm>

// Where everything stands.
namespace outrigger::gui {

namespace {

constexpr int mostBandRows = 4;

} // namespace

int CalendarView::hour() const { return px(48); }

int CalendarView::gutter() const
{
    const bool two = m_theirs.isValid() && !freetimes::sameClock(m_now, m_zone, m_theirs);
    return px(two ? 112 : 60);
}

int CalendarView::headHeight() const { return px(44); }

int CalendarView::bandHeight() const
{
    return m_bandRows > 0 ? std::min(m_bandRows, mostBandRows) * px(22) + px(4) : 0;
}

QRect CalendarView::dayRect(int day) const
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    if (m_mode == Mode::Month) {
        const int top = px(28);
        const int column = mirrored ? 6 - day % 7 : day % 7, row = day / 7;
        const int wide = viewport()->width(), high = viewport()->height() - top;
        const int left = wide * column / 7, right = wide * (column + 1) / 7;
        return QRect(left, top + high * row / 6, right - left, high * (row + 1) / 6 - high * row / 6);
    }
    const int count = days();
    const int wide = viewport()->width() - gutter();
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
        return box.band ? QPoint(0, headHeight()) : QPoint(0, headHeight() + bandHeight() - verticalScrollBar()->value());
    return m_mode == Mode::Agenda ? QPoint(0, -verticalScrollBar()->value()) : QPoint();
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
    const int y = point.y() - headHeight() - bandHeight() + verticalScrollBar()->value();
    if (point.y() < headHeight() + bandHeight() && m_pressedRow < 0)
        return {};
    for (int day = 0; day < days(); ++day) {
        const QRect column = dayRect(day);
        if (point.x() < column.left() || point.x() > column.right())
            continue;
        const int quarter = std::clamp((y * 4 + hour() / 2) / hour(), 0, 95);
        return freetimes::instantOf(firstDay().addDays(day), QTime(quarter / 4, quarter % 4 * 15), m_zone);
    }
    return {};
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
    if (!model())
        return;
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
    QVector<eventlayout::Days> bars;
    QVector<int> barRows;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const Appointment &one = event(row).event;
        const QDateTime start = one.start.toTimeZone(m_zone), end = one.end.toTimeZone(m_zone);
        const int from = int(first.daysTo(start.date()));
        // What ends at midnight does not touch the next day.
        int to = int(first.daysTo(end.time() == QTime(0, 0) && end > start ? end.date().addDays(-1) : end.date()));
        to = std::max(from, to);
        if (to < 0 || from >= count)
            continue;
        if (isAllDay(one, m_zone)) {
            bars.append({std::max(0, from), std::min(count - 1, to)});
            barRows.append(row);
            continue;
        }
        for (int day = std::max(0, from); day <= std::min(count - 1, to); ++day) {
            const int begins = day == from ? start.time().msecsSinceStartOfDay() / 60'000 : 0;
            int ends = day == to ? end.time().msecsSinceStartOfDay() / 60'000 : 1440;
            if (ends <= begins) // over midnight to the minute, or an hour that the clock shows twice
                ends = day == to && end.time() == QTime(0, 0) ? 1440 : std::min(1440, begins + int(one.start.secsTo(one.end) / 60));
            pieces[day].append({row, begins, ends, day != from, day != to});
        }
    }
    const auto rows = eventlayout::rows(bars);
    for (qsizetype i = 0; i < bars.size(); ++i) {
        m_bandRows = std::max(m_bandRows, rows.at(i) + 1);
        if (rows.at(i) >= mostBandRows)
            continue;
        const QRect place = dayRect(bars.at(i).first).united(dayRect(bars.at(i).last));
        m_boxes.append({barRows.at(i), QRect(place.left() + px(2), px(2) + rows.at(i) * px(22), place.width() - px(6), px(20)), true, false, false});
    }
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
            m_boxes.append({piece.row, QRect(left, top + 1, right - left - px(2), bottom - top - 2), false, piece.before, piece.after});
        }
    }
}

void CalendarView::layoutMonth() const
{
    m_more.fill(0, 42);
    const QDate first = firstDay();
    const int line = px(19);
    QVector<int> used(42, 0);
    for (int row = 0; row < model()->rowCount(); ++row) {
        const Appointment &one = event(row).event;
        const QDateTime start = one.start.toTimeZone(m_zone), end = one.end.addMSecs(-1).toTimeZone(m_zone);
        const int from = int(first.daysTo(start.date())), to = std::max(from, int(first.daysTo(end.date())));
        for (int day = std::max(0, from); day <= std::min(41, to); ++day) {
            const QRect cell = dayRect(day);
            const int room = std::max(0, (cell.height() - px(26)) / line);
            if (used[day] < room)
                m_boxes.append({row, QRect(cell.left() + px(3), cell.top() + px(24) + used[day] * line, cell.width() - px(7), line - px(2)), false, day != from, day != to});
            else
                ++m_more[day];
            ++used[day];
        }
    }
    // The last line says how many there are besides: it takes the place of one.
    for (int day = 0; day < 42; ++day) {
        if (m_more.at(day) == 0)
            continue;
        const QRect cell = dayRect(day);
        const int room = (cell.height() - px(26)) / line;
        const int lastTop = cell.top() + px(24) + (room - 1) * line;
        const auto last = std::find_if(m_boxes.begin(), m_boxes.end(), [&](const Box &box) { return box.rect.top() == lastTop && cell.contains(box.rect.center()); });
        if (last != m_boxes.end() && room > 0) {
            m_boxes.erase(last);
            ++m_more[day];
        }
    }
}

void CalendarView::layoutAgenda() const
{
    const QDate first = firstDay();
    const QDate last = first.addDays(days() - 1);
    const int wide = std::min(viewport()->width() - px(32), px(860));
    int y = px(8);
    QDate heading;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const Appointment &one = event(row).event;
        const QDate day = std::max(first, one.start.toTimeZone(m_zone).date());
        if (day > last || one.end.addMSecs(-1).toTimeZone(m_zone).date() < first)
            continue;
        if (day != heading) {
            heading = day;
            y += px(heading == first ? 0 : 10);
            m_headings.append({heading, y});
            y += px(32);
        }
        m_boxes.append({row, QRect(px(16), y, wide, px(44)), false, false, false});
        y += px(48);
    }
    m_contentHeight = y + px(16);
}

} // namespace outrigger::gui
