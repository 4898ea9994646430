// SPDX-License-Identifier: GPL-3.0-or-later
// The calendar: bench_calendar ROUNDS
// Prints for each round: month MS (5,000 events laid out and painted), week MS (to the next week, painted, with its rows
// here), picker MS (a week of free times that are here, shown and painted), layout MS (500 overlapping events of a day),
// floor MS (the same number of filled, edged and lettered boxes as the month shows, painted on a plain widget).
#include "domain/eventlayout.h"
#include "domain/slots.h"
#include "gui/calendarview.h"
#include "gui/slotdelegate.h"
#include "gui/style.h"
#include "models/calendarmodel.h"
#include "models/slotsmodel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QPainter>
#include <QRandomGenerator>
#include <QTableView>

#include <cstdio>

using namespace outrigger;

namespace {

double milliseconds(const QElapsedTimer &timer) { return double(timer.nsecsElapsed()) / 1e6; }

QVector<EventRow> events(int count, const QDate &first)
{
    QRandomGenerator dice(11);
    QVector<EventRow> rows;
    for (int i = 0; i < count; ++i) {
        EventRow row;
        row.key = i + 1;
        row.event.id = AppointmentId(QString::number(i));
        row.event.calendar = CalendarId(QStringLiteral("c%1").arg(i % 4));
        row.event.start = QDateTime(first.addDays(dice.bounded(42)), QTime(7 + dice.bounded(12), dice.bounded(4) * 15), Qt::UTC);
        row.event.end = row.event.start.addSecs(1800);
        row.event.title = QStringLiteral("Call with Sarah Jones number %1").arg(i);
        row.contactName = QStringLiteral("Sarah Jones");
        row.contactZone = "America/Los_Angeles";
        rows.append(row);
    }
    std::sort(rows.begin(), rows.end(), [](const EventRow &a, const EventRow &b) { return a.event.start < b.event.start; });
    return rows;
}

void paint(QWidget *widget, QImage &to)
{
    to.fill(Qt::white);
    widget->render(&to);
}

double floorOf(int boxes, QImage &to)
{
    QElapsedTimer timer;
    timer.start();
    to.fill(Qt::white);
    QPainter painter(&to);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < boxes; ++i) {
        const QRectF box(8 + i % 7 * 180, 8 + i / 7 * 19, 170, 17);
        painter.setPen(Qt::gray);
        painter.setBrush(Qt::lightGray);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(Qt::black);
        painter.drawText(box, Qt::AlignVCenter, QStringLiteral("9:30 Call with Sarah Jones"));
    }
    return milliseconds(timer);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
    const QDate day(2026, 11, 15);
    QImage image(1280, 760, QImage::Format_ARGB32_Premultiplied);
    models::CalendarModel model(nullptr);
    gui::CalendarView view;
    view.setModel(&model);
    view.setZone(QTimeZone::utc());
    view.resize(1280, 760);
    view.setDate(day);
    const auto rows = events(5'000, QDate(2026, 10, 26));
    models::SlotsModel times;
    times.setZones(QTimeZone("America/New_York"), QTimeZone("America/Los_Angeles"), QStringLiteral("Sarah"));
    QTableView picker;
    picker.setModel(&times);
    picker.setItemDelegate(new gui::SlotDelegate(&picker));
    picker.horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    picker.resize(720, 560);
    QVector<Slot> free;
    for (int i = 0; i < 7 * 48; ++i)
        free.append({QDateTime(day.addDays(i / 48), QTime(0, 0), Qt::UTC).addSecs(i % 48 * 1800), QDateTime(day.addDays(i / 48), QTime(0, 0), Qt::UTC).addSecs((i % 48 + 1) * 1800)});
    QRandomGenerator dice(5);
    QVector<eventlayout::Span> spans;
    for (int i = 0; i < 500; ++i) {
        const int from = dice.bounded(1380);
        spans.append({from, from + 15 + dice.bounded(120)});
    }
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        view.setMode(gui::CalendarView::Mode::Month);
        view.setDate(day);
        model.take({});
        timer.start();
        model.take(rows);
        paint(&view, image);
        const double month = milliseconds(timer);
        view.setMode(gui::CalendarView::Mode::Week);
        paint(&view, image);
        timer.start();
        view.step(round % 2 ? -1 : 1);
        paint(&view, image);
        const double week = milliseconds(timer);
        timer.start();
        times.setWeek(day.addDays(round % 2), free);
        paint(&picker, image);
        const double picked = milliseconds(timer);
        timer.start();
        const auto places = eventlayout::columns(spans);
        const double layout = milliseconds(timer);
        if (places.size() != spans.size())
            return 1;
        std::printf("month %.3f week %.3f picker %.3f layout %.3f floor %.3f\n", month, week, picked, layout, floorOf(6 * 7 * 5, image));
    }
    return 0;
}
