// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/minimonth.h"

#include "domain/calendar.h"
#include "gui/style.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int cells = 42;

class DayDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colours &c = colours();
        const bool shown = index.data(MonthModel::ShownRole).toBool(), today = index.data(MonthModel::TodayRole).toBool();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (shown)
            painter->fillRect(option.rect.adjusted(0, px(2), 0, -px(2)), c.selection);
        const int side = qMin(option.rect.width(), option.rect.height()) - px(4);
        const QRectF round(option.rect.center().x() - side / 2.0 + 0.5, option.rect.center().y() - side / 2.0 + 0.5, side, side);
        if (today) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(c.accent);
            painter->drawEllipse(round);
        }
        if ((option.state & QStyle::State_HasFocus) || (option.state & QStyle::State_MouseOver)) {
            painter->setPen(QPen(option.state & QStyle::State_HasFocus ? c.focus : c.inputBorder, px(option.state & QStyle::State_HasFocus ? 2 : 1)));
            painter->setBrush(Qt::NoBrush);
            painter->drawEllipse(round.adjusted(1, 1, -1, -1));
        }
        const bool other = index.data(MonthModel::OtherMonthRole).toBool();
        const bool busy = index.data(MonthModel::BusyRole).toInt() > 0;
        painter->setFont(Style::instance()->font(busy ? TextRole::SmallStrong : TextRole::Small));
        painter->setPen(today ? c.onAccent : other ? c.text2 : c.text);
        painter->drawText(option.rect, Qt::AlignCenter, index.data().toString());
        if (busy) {
            const int dot = px(3);
            painter->setPen(Qt::NoPen);
            painter->setBrush(today ? c.onAccent : c.accent);
            painter->drawEllipse(QRectF(option.rect.center().x() - dot / 2.0 + 0.5, round.bottom() - dot - px(2), dot, dot));
        }
        painter->restore();
    }
};

} // namespace

void MonthModel::setMonth(const QDate &month)
{
    const QDate first(month.year(), month.month(), 1);
    if (first == m_month)
        return;
    beginResetModel();
    m_month = first;
    m_busy.clear();
    endResetModel();
}

QDate MonthModel::first() const
{
    const int into = (m_month.dayOfWeek() - int(QLocale().firstDayOfWeek()) + 7) % 7;
    return m_month.addDays(-into);
}

void MonthModel::tell()
{
    Q_EMIT dataChanged(index(0, 0), index(5, 6));
}

void MonthModel::setBusy(const QHash<QDate, int> &busy)
{
    if (busy == m_busy)
        return;
    m_busy = busy;
    tell();
}

void MonthModel::setToday(const QDate &today)
{
    if (today == m_today)
        return;
    m_today = today;
    tell();
}

void MonthModel::setShown(const QDate &first, int days)
{
    m_shown = first;
    m_shownDays = days;
    tell();
}

QModelIndex MonthModel::indexOf(const QDate &date) const
{
    const qint64 at = first().daysTo(date);
    return at < 0 || at >= cells ? QModelIndex() : index(int(at / 7), int(at % 7));
}

QVariant MonthModel::data(const QModelIndex &index, int role) const
{
    if (!m_month.isValid() || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QDate date = first().addDays(index.row() * 7 + index.column());
    const int busy = m_busy.value(date);
    switch (role) {
    case Qt::DisplayRole: return QString::number(date.day());
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        const QString day = QLocale().toString(date, tr("dddd d MMMM"));
        return busy > 0 ? tr("%1, %n appointment(s)", nullptr, busy).arg(day) : tr("%1, nothing", "a day").arg(day);
    }
    case DateRole: return date;
    case BusyRole: return busy;
    case TodayRole: return date == m_today;
    case ShownRole: return m_shown.isValid() && date >= m_shown && date < m_shown.addDays(m_shownDays);
    case OtherMonthRole: return date.month() != m_month.month();
    default: return {};
    }
}

QVariant MonthModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const int day = (int(QLocale().firstDayOfWeek()) - 1 + section) % 7 + 1;
    if (role == Qt::DisplayRole)
        return QLocale().language() == QLocale::C ? QLocale().dayName(day, QLocale::ShortFormat).left(1) // its narrow names are digits
                                                  : QLocale().dayName(day, QLocale::NarrowFormat);
    return role == Qt::AccessibleTextRole ? QVariant(QLocale().dayName(day)) : QVariant();
}

MiniMonth::MiniMonth(sync::Engine *engine, models::Desk *desk, QWidget *parent)
    : QWidget(parent), m_engine(engine), m_model(new MonthModel(this)), m_view(new QTableView(this))
{
    setObjectName(u"calendar.mini"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 4);
    auto *head = new QHBoxLayout;
    head->setSpacing(0);
    m_name = new Label(TextRole::BodyStrong, Ink::Text, this);
    m_name->setObjectName(u"calendar.mini.month"_s);
    auto *earlier = iconButton(u"chevron-left"_s, u"calendar.mini.earlier"_s, tr("The month before"), this);
    auto *later = iconButton(u"chevron-right"_s, u"calendar.mini.later"_s, tr("The next month"), this);
    connect(earlier, &QToolButton::clicked, this, [this] { turn(-1); });
    connect(later, &QToolButton::clicked, this, [this] { turn(1); });
    head->addWidget(m_name, 1);
    head->addWidget(earlier);
    head->addWidget(later);
    column->addLayout(head);
    named(m_view, u"calendar.mini.days"_s, tr("Days of the month"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new DayDelegate(m_view));
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::NoSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTabKeyNavigation(false);
    m_view->setMouseTracking(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setMinimumSectionSize(1);
    m_view->horizontalHeader()->setProperty("narrow", true);
    m_view->horizontalHeader()->setMinimumSectionSize(1);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setSectionsClickable(false);
    m_view->installEventFilter(this);
    const auto size = [this] {
        m_view->verticalHeader()->setDefaultSectionSize(px(28));
        m_view->setFixedHeight(6 * px(28) + m_view->horizontalHeader()->sizeHint().height() + 2);
    };
    size();
    connect(Style::instance(), &Style::changed, this, size);
    column->addWidget(m_view);
    const auto choose = [this](const QModelIndex &index) {
        if (const QDate date = index.data(MonthModel::DateRole).toDate(); date.isValid())
            Q_EMIT dateChosen(date);
    };
    connect(m_view, &QAbstractItemView::clicked, this, choose);
    connect(m_view, &QAbstractItemView::activated, this, choose);
    connect(desk, &models::Desk::eventsChanged, this, &MiniMonth::read);
}

void MiniMonth::setPlace(const LocationId &location)
{
    m_location = location;
    m_model->setBusy({});
    read();
}

void MiniMonth::setToday(const QDate &today) { m_model->setToday(today); }

void MiniMonth::setShown(const QDate &first, int days, const QDate &current)
{
    const bool another = m_model->month().year() != current.year() || m_model->month().month() != current.month();
    m_model->setMonth(current);
    m_model->setShown(first, days);
    if (const QModelIndex at = m_model->indexOf(current); at.isValid())
        m_view->setCurrentIndex(at);
    if (another)
        showMonth();
}

void MiniMonth::turn(int months)
{
    m_model->setMonth(m_model->month().addMonths(months));
    showMonth();
}

void MiniMonth::showMonth()
{
    m_name->setText(locale().toString(m_model->month(), tr("MMMM yyyy")));
    read();
}

void MiniMonth::read()
{
    if (m_engine && !m_location.isEmpty() && m_model->month().isValid())
        m_loading = load(this);
}

Task<void> MiniMonth::load(MiniMonth *self)
{
    const QDate first = self->m_model->first();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    auto reading = self->m_engine->cache().events(self->m_location, first.startOfDay(zone).toUTC(), first.addDays(cells).startOfDay(zone).toUTC());
    const auto rows = co_await reading;
    if (!rows || first != self->m_model->first())
        co_return;
    QHash<QDate, int> busy;
    for (const EventRow &row : *rows) {
        if (row.event.block || isOff(row.event.status))
            continue;
        const QDate last = row.event.end.addMSecs(-1).toTimeZone(zone).date();
        for (QDate day = std::max(first, row.event.start.toTimeZone(zone).date()); day <= last && day < first.addDays(cells); day = day.addDays(1))
            ++busy[day];
    }
    self->m_model->setBusy(busy);
}

bool MiniMonth::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            turn(key == Qt::Key_PageUp ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace outrigger::gui
