// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealcharts.h"

#include "gui/celldelegate.h"
#include "gui/style.h"
#include "gui/widgets.h"
#include "models/dealwords.h"
#include "models/desk.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QTableWidget>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int barHeight = 30;
constexpr int barGap = 10;
constexpr int monthsShown = 6;

double money(qint64 cents) { return double(cents) / 100; }

void setUp(QTableWidget *table, const QString &name, const QString &words, const QStringList &heads)
{
    named(table, name, words);
    table->setColumnCount(int(heads.size()));
    table->setHorizontalHeaderLabels(heads);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setItemDelegate(new CellDelegate(table));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->horizontalHeader()->setHighlightSections(false);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setFrameShape(QFrame::NoFrame);
    for (int i = 0; i < heads.size(); ++i)
        table->horizontalHeaderItem(i)->setTextAlignment(i == 0 ? Qt::AlignLeading | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
}

void addRow(QTableWidget *table, const QStringList &cells)
{
    const int row = table->rowCount();
    table->insertRow(row);
    for (int i = 0; i < cells.size(); ++i) {
        auto *item = new QTableWidgetItem(cells[i]);
        item->setTextAlignment(i == 0 ? Qt::AlignLeading | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
        if (i == 0)
            item->setData(Qt::AccessibleTextRole, cells.join(u", "_s));
        table->setItem(row, i, item);
    }
}

/// As high as its rows, so that the page scrolls and not the table.
void fitRows(QTableWidget *table)
{
    table->resizeRowsToContents();
    int height = table->horizontalHeader()->sizeHint().height() + 2;
    for (int row = 0; row < table->rowCount(); ++row)
        height += table->rowHeight(row);
    table->setFixedHeight(height + px(4));
}

} // namespace

BarChart::BarChart(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BarChart::setBars(const QVector<Bar> &bars, bool centred)
{
    m_bars = bars;
    m_centred = centred;
    QStringList words;
    for (const Bar &bar : bars)
        words.append(u"%1: %2"_s.arg(bar.name, bar.number));
    setAccessibleDescription(words.join(u"; "_s));
    updateGeometry();
    update();
}

QSize BarChart::sizeHint() const { return {px(420), std::max(1, int(m_bars.size())) * px(barHeight + barGap)}; }
QSize BarChart::minimumSizeHint() const { return {px(220), sizeHint().height()}; }

void BarChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = colours();
    const QFont font = Style::instance()->font(TextRole::Body), small = Style::instance()->font(TextRole::Small);
    double longest = 0;
    int names = 0, numbers = 0;
    for (const Bar &bar : m_bars) {
        longest = std::max(longest, bar.value);
        names = std::max(names, QFontMetrics(font).horizontalAdvance(bar.name) + px(bar.dot.isValid() ? 14 : 0));
        numbers = std::max(numbers, QFontMetrics(small).horizontalAdvance(bar.number));
    }
    names = std::min(names + px(2), width() * 2 / 5); // measured widths are rounded: a little more than that
    numbers = std::min(numbers + px(2), width() * 2 / 5);
    const int left = names + px(12), room = std::max(px(20), width() - left - numbers - px(12));
    const auto place = [this](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    const int begin = int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter);
    int top = px(barGap) / 2;
    for (const Bar &bar : m_bars) {
        int at = 0;
        if (bar.dot.isValid()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(bar.dot);
            painter.drawEllipse(place({0, top + (px(barHeight) - px(8)) / 2, px(8), px(8)}));
            at = px(14);
        }
        painter.setFont(font);
        painter.setPen(c.text);
        painter.drawText(place({at, top, names - at, px(barHeight)}), begin, QFontMetrics(font).elidedText(bar.name, Qt::ElideRight, names - at));
        const int length = longest > 0 && bar.value > 0 ? std::max(px(3), int(room * bar.value / longest)) : 0;
        const int from = left + (m_centred ? (room - length) / 2 : 0);
        if (length > 0) {
            const QRectF whole = place({from, top, length, px(barHeight)});
            painter.setPen(QPen(c.accent, c.tints ? 0 : 1));
            painter.setBrush(bar.expected ? QBrush(c.accent, Qt::BDiagPattern) : QBrush(mixed(c.surface, c.accent, 0.28)));
            painter.drawRoundedRect(whole, px(4), px(4));
            if (bar.inner > 0) {
                const int inside = std::max(px(2), int(length * bar.inner / bar.value));
                painter.setPen(Qt::NoPen);
                painter.setBrush(c.accent);
                painter.drawRoundedRect(QRectF(place({from + (m_centred ? (length - inside) / 2 : 0), top + px(barHeight) - px(8), inside, px(5)})), 2, 2);
            }
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(c.line);
            painter.drawRect(place({left + (m_centred ? room / 2 : 0), top + px(4), px(2), px(barHeight) - px(8)}));
        }
        painter.setFont(small);
        painter.setPen(c.text2);
        painter.drawText(place({left + room + px(12), top, numbers, px(barHeight)}), int(QStyle::visualAlignment(layoutDirection(), Qt::AlignRight) | Qt::AlignVCenter),
                         QFontMetrics(small).elidedText(bar.number, Qt::ElideRight, numbers));
        top += px(barHeight + barGap);
    }
}

DealCharts::DealCharts(models::Desk *desk, QWidget *parent) : QScrollArea(parent), m_desk(desk)
{
    named(static_cast<QScrollArea *>(this), u"pipeline.charts"_s, tr("Funnel and forecast"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    auto *body = new Pane(Ground::Window, this);
    auto *column = new QVBoxLayout(body);
    setInsets(column, 20, 16, 20, 20, 16);
    m_summary = new Label(TextRole::Body, Ink::Text2, body);
    m_summary->setObjectName(u"pipeline.charts.summary"_s);
    m_summary->setWordWrap(true);
    column->addWidget(m_summary);
    const auto section = [&](const QString &heading, BarChart *chart, QTableWidget *table) {
        auto *box = new Pane(Ground::Surface, body);
        auto *grid = new QGridLayout(box);
        setInsets(grid, 16, 12, 16, 12, 16);
        auto *words = new Label(heading, TextRole::BodyStrong, Ink::Text, box);
        words->setWordWrap(true);
        grid->addWidget(words, 0, 0, 1, 2);
        const bool beside = px(100) < 140; // large letters need the whole width
        grid->addWidget(chart, 1, 0, 1, beside ? 1 : 2, Qt::AlignTop);
        grid->addWidget(table, beside ? 1 : 2, beside ? 1 : 0, 1, beside ? 1 : 2, Qt::AlignTop);
        grid->setColumnStretch(0, 1);
        grid->setColumnStretch(1, 1);
        column->addWidget(box);
    };
    m_funnel = named(new BarChart(body), u"pipeline.charts.funnel"_s, tr("Open deals by stage, drawn"));
    m_stages = new QTableWidget(body);
    setUp(m_stages, u"pipeline.charts.stages"_s, tr("Open deals by stage"), {tr("Stage"), tr("Deals"), tr("Value"), tr("Weighted")});
    section(tr("Open deals by stage. The line in a bar is its weighted part."), m_funnel, m_stages);
    m_months = named(new BarChart(body), u"pipeline.charts.months"_s, tr("Won by month and expected, drawn"));
    m_monthTable = new QTableWidget(body);
    setUp(m_monthTable, u"pipeline.charts.won"_s, tr("Won by month and expected"), {tr("Month"), tr("Deals"), tr("Value")});
    section(tr("Won in the last months, and what the open deals are expected to bring"), m_months, m_monthTable);
    column->addStretch(1);
    setWidget(body);
    connect(desk, &models::Desk::dealsChanged, this, &DealCharts::read);
}

void DealCharts::show(const Pipeline &pipeline, const std::optional<UserId> &owner)
{
    m_pipeline = pipeline;
    m_owner = owner;
    read();
}

void DealCharts::takeFocus() { m_stages->setFocus(Qt::OtherFocusReason); }

void DealCharts::read()
{
    if (!m_pipeline.id.isEmpty() && (isVisible() || m_loading.done()))
        m_loading = load(this);
}

Task<void> DealCharts::load(DealCharts *self)
{
    BoardQuery query;
    query.pipeline = self->m_pipeline.id;
    query.owner = self->m_owner;
    auto asking = self->m_desk->dealFigures(query);
    const auto figures = co_await asking;
    if (figures)
        self->showFigures(*figures);
    else
        self->m_summary->setText(figures.error().message);
}

void DealCharts::showFigures(const DealFigures &figures)
{
    fillFunnel(figures);
    fillMonths(figures);
    const int ended = figures.wonDeals + figures.lostDeals;
    QStringList words;
    words.append(tr("%n deal(s) won", nullptr, figures.wonDeals));
    if (figures.wonCents > 0)
        words.last() += u" ("_s + models::dealwords::money(money(figures.wonCents), m_desk->region()) + u')';
    words.append(tr("%n lost", nullptr, figures.lostDeals));
    if (figures.abandonedDeals > 0)
        words.append(tr("%n abandoned", nullptr, figures.abandonedDeals));
    if (ended > 0)
        words.append(tr("%1 of 100 that ended were won").arg(qRound(100.0 * figures.wonDeals / ended)));
    m_summary->setText(words.join(u"  ·  "_s));
}

void DealCharts::fillFunnel(const DealFigures &figures)
{
    const QString region = m_desk->region();
    m_stages->setRowCount(0);
    QVector<BarChart::Bar> bars;
    int deals = 0;
    double all = 0;
    m_weighted = 0;
    for (const Stage &stage : m_pipeline.stages) {
        DealFigures::StageSum sum;
        for (const auto &one : figures.open) {
            if (one.stage == stage.id)
                sum = one;
        }
        const double value = money(sum.cents), weighted = stage.winProbability >= 0 ? value * stage.winProbability / 100 : 0;
        deals += sum.deals;
        all += value;
        m_weighted += weighted;
        BarChart::Bar bar;
        bar.name = stage.name;
        bar.number = tr("%n deal(s), %1", nullptr, sum.deals).arg(models::dealwords::money(value, region));
        bar.value = value;
        bar.inner = weighted;
        bar.dot = QColor(stage.color);
        bars.append(bar);
        addRow(m_stages, {stage.name, QLocale().toString(sum.deals), models::dealwords::money(value, region), models::dealwords::money(std::round(weighted), region)});
    }
    addRow(m_stages, {tr("All stages"), QLocale().toString(deals), models::dealwords::money(all, region), models::dealwords::money(std::round(m_weighted), region)});
    m_funnel->setBars(bars, true);
    fitRows(m_stages);
}

/// The last months whether or not something was won in them: a gap is a fact.
void DealCharts::fillMonths(const DealFigures &figures)
{
    const QString region = m_desk->region();
    m_monthTable->setRowCount(0);
    QVector<BarChart::Bar> bars;
    const QDate now(QDate::currentDate().year(), QDate::currentDate().month(), 1);
    for (int back = monthsShown - 1; back >= 0; --back) {
        const QDate month = now.addMonths(-back);
        DealFigures::MonthSum sum;
        for (const auto &one : figures.won) {
            if (one.month == month)
                sum = one;
        }
        BarChart::Bar bar;
        bar.name = locale().toString(month, u"MMMM yyyy"_s);
        bar.value = money(sum.cents);
        bar.number = models::dealwords::money(bar.value, region);
        bars.append(bar);
        addRow(m_monthTable, {bar.name, QLocale().toString(sum.deals), bar.number});
    }
    BarChart::Bar expected;
    expected.name = tr("Expected (open, weighted)");
    expected.value = std::round(m_weighted);
    expected.number = models::dealwords::money(expected.value, region);
    expected.expected = true;
    bars.append(expected);
    addRow(m_monthTable, {expected.name, QString(), expected.number});
    m_months->setBars(bars, false);
    fitRows(m_monthTable);
}

} // namespace outrigger::gui
