// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

#include <functional>

class QIODevice;
class QPainter;

namespace outrigger::gui {

class CalendarView;

/// The calendar for paper: what it shows, under a line that says which days these are.
namespace calendarpaper {

/// A day and a list stand upright, columns lie across.
bool isUpright(const CalendarView &view);
/// page: px of the painter, at the resolution of the screen, because fonts are measured for it. nextPage: goes on on a
/// new one.
void paint(CalendarView *view, const QString &title, QPainter &painter, const QSize &page, const std::function<void()> &nextPage);
/// As PDF on the paper that is usual where the person is. Answers whether everything could be written.
bool write(CalendarView *view, const QString &title, QIODevice *to);

} // namespace calendarpaper
} // namespace outrigger::gui
