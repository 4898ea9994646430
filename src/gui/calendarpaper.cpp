// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarpaper.h"

#include "gui/calendarview.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>

namespace outrigger::gui::calendarpaper {

namespace {

constexpr int acrossWidth = 1080, uprightWidth = 760; ///< design px: letters of 8 to 9 pt
constexpr int headHeight = 40;                        ///< design px
constexpr double margin = 10;                         ///< mm

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CalendarPaper)
};

void paintHead(QPainter &painter, const QString &title, int wide, qsizetype page, qsizetype pages)
{
    const Colours c = Style::coloursOf(Scheme::Light);
    const QRect line(0, 0, wide, px(headHeight - 8));
    painter.setPen(c.text);
    painter.setFont(Style::instance()->font(TextRole::Title));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeading, title);
    if (pages < 2)
        return;
    painter.setPen(c.text2);
    painter.setFont(Style::instance()->font(TextRole::Small));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignTrailing, Words::tr("Page %1 of %2").arg(page).arg(pages));
}

} // namespace

bool isUpright(const CalendarView &view)
{
    return view.mode() == CalendarView::Mode::Day || view.mode() == CalendarView::Mode::Agenda;
}

void paint(CalendarView *view, const QString &title, QPainter &painter, const QSize &page, const std::function<void()> &nextPage)
{
    const int wide = px(isUpright(*view) ? uprightWidth : acrossWidth);
    const double scale = double(page.width()) / wide;
    const auto sheets = view->sheets(QSize(wide, int(page.height() / scale) - px(headHeight)));
    painter.setLayoutDirection(view->layoutDirection());
    for (qsizetype i = 0; i < sheets.size(); ++i) {
        if (i > 0)
            nextPage();
        painter.save();
        painter.scale(scale, scale);
        paintHead(painter, title, wide, i + 1, sheets.size());
        painter.translate(0, px(headHeight));
        view->paintSheet(painter, sheets.at(i));
        painter.restore();
    }
}

bool write(CalendarView *view, const QString &title, QIODevice *to)
{
    QPdfWriter pdf(to);
    pdf.setTitle(title);
    pdf.setCreator(QCoreApplication::applicationName());
    pdf.setResolution(view->logicalDpiY());
    const bool letter = QLocale().measurementSystem() == QLocale::ImperialUSSystem;
    pdf.setPageSize(QPageSize(letter ? QPageSize::Letter : QPageSize::A4));
    pdf.setPageOrientation(isUpright(*view) ? QPageLayout::Portrait : QPageLayout::Landscape);
    pdf.setPageMargins(QMarginsF(margin, margin, margin, margin), QPageLayout::Millimeter);
    QPainter painter;
    if (!painter.begin(&pdf))
        return false;
    bool whole = true;
    paint(view, title, painter, QSize(pdf.width(), pdf.height()), [&] { whole = pdf.newPage() && whole; });
    return painter.end() && whole;
}

} // namespace outrigger::gui::calendarpaper
