// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarview.h"

#include "domain/slots.h"
#include "gui/style.h"
#include "gui/threadaccess.h"
#include "models/calendarmodel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScopeGuard>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

// What is shown, where, and what mouse and keys do. Places: calendarplaces.cpp; painting: calendarpaint.cpp.
namespace outrigger::gui {

using models::CalendarModel;

CalendarView::CalendarView(QWidget *parent) : QAbstractItemView(parent)
{
    installThreadAccess();
    setObjectName(u"calendar.view"_s);
    setAccessibleName(tr("Calendar"));
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(px(24));
    connect(Style::instance(), &Style::changed, this, [this] { doItemsLayout(); });
}

void CalendarView::setModel(QAbstractItemModel *model)
{
    QAbstractItemView::setModel(model);
    connect(model, &QAbstractItemModel::dataChanged, viewport(), qOverload<>(&QWidget::update));
    // After the selection model has forgotten its place, which it does without a signal.
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        showKey(m_key);
        if (m_pressedRow >= 0) // what is carried is the current one, and stands in another row by now, or is gone
            m_pressedRow = static_cast<CalendarModel *>(this->model())->rowOfKey(m_key);
        m_dragging = m_dragging && m_pressedRow >= 0;
    });
    doItemsLayout();
}

void CalendarView::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    const bool wasGrid = isGrid();
    const qint64 key = currentKey();
    m_mode = mode;
    doItemsLayout();
    if (isGrid() && !wasGrid)
        scrollToHour(8);
    else if (!isGrid())
        verticalScrollBar()->setValue(0);
    showKey(key);
    Q_EMIT periodChanged();
}

void CalendarView::setDate(const QDate &date)
{
    if (!date.isValid() || date == m_date)
        return;
    const QDate before = firstDay();
    m_date = date;
    doItemsLayout();
    if (firstDay() != before || m_mode == Mode::Month)
        Q_EMIT periodChanged();
}

QDate CalendarView::firstDay() const
{
    const int weekStart = locale().firstDayOfWeek();
    const int back = (m_date.dayOfWeek() - weekStart + 7) % 7;
    switch (m_mode) {
    case Mode::Day:
    case Mode::Agenda: return m_date;
    case Mode::WorkWeek: return m_date.addDays(1 - m_date.dayOfWeek());
    case Mode::Week: return m_date.addDays(-back);
    case Mode::Month: {
        const QDate first(m_date.year(), m_date.month(), 1);
        return first.addDays(-((first.dayOfWeek() - weekStart + 7) % 7));
    }
    }
    return m_date;
}

int CalendarView::days() const
{
    switch (m_mode) {
    case Mode::Day: return 1;
    case Mode::WorkWeek: return 5;
    case Mode::Week: return 7;
    case Mode::Month: return 42;
    case Mode::Agenda: return 14;
    }
    return 7;
}

void CalendarView::step(int periods)
{
    switch (m_mode) {
    case Mode::Day: setDate(m_date.addDays(periods)); break;
    case Mode::WorkWeek:
    case Mode::Week: setDate(m_date.addDays(7LL * periods)); break;
    case Mode::Month: setDate(m_date.addMonths(periods)); break;
    case Mode::Agenda: setDate(m_date.addDays(14LL * periods)); break;
    }
}

void CalendarView::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    doItemsLayout();
    Q_EMIT periodChanged();
}

void CalendarView::setPlaceZone(const QTimeZone &zone)
{
    if (zone == m_placeZone)
        return;
    m_placeZone = zone;
    doItemsLayout();
}

void CalendarView::setTheirZone(const QTimeZone &zone, const QString &name)
{
    if (zone == m_theirs && name == m_theirName)
        return;
    m_theirs = zone;
    m_theirName = name;
    doItemsLayout();
}

void CalendarView::setNow(const QDateTime &now)
{
    m_now = now;
    viewport()->update();
}

void CalendarView::setFreeTimes(const QVector<Slot> &times)
{
    m_free = times;
    viewport()->update();
}

const EventRow &CalendarView::event(int row) const
{
    return static_cast<const CalendarModel *>(model())->row(row);
}

qint64 CalendarView::currentKey() const
{
    return currentIndex().isValid() ? currentIndex().data(CalendarModel::KeyRole).toLongLong() : 0;
}

void CalendarView::showKey(qint64 key)
{
    if (!key || !model())
        return;
    const int row = static_cast<CalendarModel *>(model())->rowOfKey(key);
    if (row >= 0)
        setCurrentIndex(model()->index(row, 0));
}

void CalendarView::reset()
{
    QAbstractItemView::reset();
    doItemsLayout();
}

/// Without the base's own, which would make the first event current because the keys came here.
void CalendarView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void CalendarView::doItemsLayout()
{
    m_dirty = true;
    QAbstractItemView::doItemsLayout();
    updateGeometries();
    viewport()->update();
}

void CalendarView::updateGeometries()
{
    QAbstractItemView::updateGeometries();
    ensureLayout();
    const int fixed = isGrid() ? headHeight() + bandHeight() : 0;
    const int page = std::max(1, viewport()->height() - fixed);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, m_contentHeight - page));
}

void CalendarView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    doItemsLayout();
}

void CalendarView::scrollToHour(int hours)
{
    if (isGrid())
        verticalScrollBar()->setValue(hours * hour() - px(8));
}

int CalendarView::verticalOffset() const { return verticalScrollBar()->value(); }

bool CalendarView::isIndexHidden(const QModelIndex &index) const { return rectOf(index.row()).isEmpty(); }

QRect CalendarView::rectOf(int row) const
{
    ensureLayout();
    QRect all;
    for (const Box &box : std::as_const(m_boxes)) {
        if (box.row == row && all.isEmpty()) // the first piece stands for an event of several days
            all = box.rect.translated(offset(box));
    }
    return all;
}

QRect CalendarView::visualRect(const QModelIndex &index) const { return index.isValid() ? rectOf(index.row()) : QRect(); }

void CalendarView::scrollTo(const QModelIndex &index, ScrollHint)
{
    ensureLayout();
    for (const Box &box : std::as_const(m_boxes)) {
        if (box.row != index.row() || box.band)
            continue;
        auto *bar = verticalScrollBar();
        if (box.rect.top() < bar->value())
            bar->setValue(box.rect.top() - px(8));
        else if (box.rect.bottom() > bar->value() + bar->pageStep())
            bar->setValue(box.rect.bottom() - bar->pageStep() + px(8));
        break;
    }
}

const CalendarView::Box *CalendarView::boxAt(const QPoint &point) const
{
    ensureLayout();
    const bool inHead = isGrid() && point.y() < headHeight() + bandHeight();
    for (qsizetype i = m_boxes.size() - 1; i >= 0; --i) { // the last painted lies above
        const Box &box = m_boxes.at(i);
        if (isGrid() && box.band != inHead)
            continue;
        if (box.rect.translated(offset(box)).contains(point))
            return &box;
    }
    return nullptr;
}

QModelIndex CalendarView::indexAt(const QPoint &point) const
{
    const Box *box = boxAt(point);
    return box && model() ? model()->index(box->row, 0) : QModelIndex();
}

QVector<int> CalendarView::shownRows() const
{
    ensureLayout();
    QVector<int> rows;
    for (const Box &box : std::as_const(m_boxes))
        rows.append(box.row);
    std::sort(rows.begin(), rows.end()); // the model is in the order of time
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

QModelIndex CalendarView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const QVector<int> rows = shownRows();
    if (rows.isEmpty())
        return {};
    const int current = currentIndex().isValid() ? currentIndex().row() : -1;
    const auto place = std::lower_bound(rows.cbegin(), rows.cend(), current) - rows.cbegin();
    const bool isThere = place < rows.size() && rows.at(place) == current;
    const auto dayOf = [this](int row) { return standOf(row).days.first; };
    const auto at = [this, &rows](qsizetype i) { return model()->index(rows.at(std::clamp<qsizetype>(i, 0, rows.size() - 1)), 0); };
    if (!isThere) {
        // Nothing is current: the next one from now on.
        const auto next = std::find_if(rows.cbegin(), rows.cend(), [this](int row) { return event(row).event.end > m_now; });
        return model()->index(next == rows.cend() ? rows.last() : *next, 0);
    }
    switch (action) {
    case MoveUp:
    case MovePrevious: return at(place - 1);
    case MoveDown:
    case MoveNext: return at(place + 1);
    case MoveHome: return at(0);
    case MoveEnd: return at(rows.size() - 1);
    case MoveLeft:
    case MoveRight: {
        const bool forward = (action == MoveRight) == (layoutDirection() == Qt::LeftToRight);
        const QDate today = dayOf(current);
        const QTime time = event(current).event.start.toTimeZone(m_zone).time();
        // The nearest in time of day on the next day that has one.
        int best = -1;
        for (const int row : rows) {
            const QDate day = dayOf(row);
            if (forward ? day <= today : day >= today)
                continue;
            if (best < 0) {
                best = row;
                continue;
            }
            const QDate bestDay = dayOf(best);
            const bool nearer = forward ? day < bestDay : day > bestDay;
            const auto off = [&](int one) { return std::abs(event(one).event.start.toTimeZone(m_zone).time().secsTo(time)); };
            if (nearer || (day == bestDay && off(row) < off(best)))
                best = row;
        }
        return best < 0 ? currentIndex() : model()->index(best, 0);
    }
    default: return currentIndex();
    }
}

void CalendarView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (const QModelIndex index = indexAt(rect.center()); index.isValid())
        selectionModel()->select(index, command);
}

QRegion CalendarView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    const auto indexes = selection.indexes();
    for (const QModelIndex &index : indexes)
        region += visualRect(index);
    return region;
}

void CalendarView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QAbstractItemView::currentChanged(current, previous);
    m_key = currentKey();
    viewport()->update();
    Q_EMIT currentEventChanged();
}

void CalendarView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && (m_dragging || m_blocking)) {
        m_dragging = m_blocking = false;
        m_pressedRow = -1;
        m_free.clear();
        viewport()->update();
        return;
    }
    if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
        step(event->key() == Qt::Key_PageUp ? -1 : 1);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT openRequested(this->event(currentIndex().row()));
        return;
    }
    QAbstractItemView::keyPressEvent(event);
}

void CalendarView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setFocus(Qt::MouseFocusReason);
    m_held = true;
    m_pressed = m_dragAt = event->pos();
    m_dragging = m_blocking = false;
    m_pressedRow = -1;
    const QDateTime at = timeAt(event->pos());
    if (at.isValid())
        m_pointed = at;
    const Box *box = boxAt(event->pos());
    if (!box) {
        if (at.isValid()) { // with Alt or without: many desktops keep Alt for the window itself
            m_blocking = isGrid();
            m_blockFrom = at;
        }
        setCurrentIndex({});
        viewport()->update();
        return;
    }
    m_pressedRow = box->row;
    m_grip = gripAt(event->pos(), *box);
    m_grabbed = event->pos().y() - box->rect.translated(offset(*box)).top();
    m_grabbedDay = isGrid() ? int(standOf(box->row).days.first.daysTo(firstDay().addDays(dayAt(event->pos().x())))) : 0;
    setCurrentIndex(model()->index(box->row, 0));
}

void CalendarView::mouseMoveEvent(QMouseEvent *event)
{
    m_dragAt = event->pos();
    if (!(event->buttons() & Qt::LeftButton)) {
        showCursorAt(event->pos());
        const QModelIndex under = indexAt(event->pos());
        viewport()->setToolTip(under.isValid() ? under.data(Qt::ToolTipRole).toString() : QString());
        return;
    }
    if (m_blocking) {
        viewport()->update();
        return;
    }
    if (m_pressedRow < 0 || !isGrid())
        return;
    const Appointment &grabbed = this->event(m_pressedRow).event;
    const bool mayMove = !grabbed.id.isEmpty() && !isOff(grabbed.status);
    if (!m_dragging && mayMove && (event->pos() - m_pressed).manhattanLength() >= 4) {
        m_dragging = true;
        Q_EMIT dragBegan(this->event(m_pressedRow));
    }
    if (m_dragging) {
        // Near the edges the hours scroll.
        const int top = headHeight() + bandHeight();
        if (event->pos().y() < top + px(16))
            verticalScrollBar()->setValue(verticalScrollBar()->value() - px(12));
        else if (event->pos().y() > viewport()->height() - px(16))
            verticalScrollBar()->setValue(verticalScrollBar()->value() + px(12));
        viewport()->update();
    }
}

/// What lasts for days is carried by days, at whichever height; everything else snaps to what is free.
std::optional<CalendarView::Drop> CalendarView::dropAt(const QPoint &point) const
{
    const Appointment &grabbed = event(m_pressedRow).event;
    if (m_grip != Grip::Whole)
        return stretchedTo(point);
    if (standOf(m_pressedRow).band) {
        const int day = dayAt(point.x());
        if (day < 0)
            return std::nullopt;
        const Slot to = eventdays::movedTo(grabbed, firstDay().addDays(day - m_grabbedDay), zones());
        return Drop{to, grabbed.block || freetimes::holds(m_free, to.start)};
    }
    const QDateTime at = timeAt(point - QPoint(0, m_grabbed));
    if (!at.isValid())
        return std::nullopt;
    const auto snapped = grabbed.block ? std::nullopt : freetimes::snap(m_free, at, 20);
    const QDateTime from = snapped ? snapped->start : at;
    return Drop{{from, from.addMSecs(grabbed.start.msecsTo(grabbed.end))}, snapped.has_value()};
}

CalendarView::Grip CalendarView::gripAt(const QPoint &point, const Box &box) const
{
    const Appointment &grabbed = event(box.row).event;
    const QRect rect = box.rect.translated(offset(box));
    if (!isGrid() || !grabbed.block || grabbed.id.isEmpty() || box.band || rect.height() < px(20))
        return Grip::Whole;
    if (!box.cutAfter && rect.bottom() - point.y() < px(6))
        return Grip::End;
    return !box.cutBefore && point.y() - rect.top() < px(6) ? Grip::Start : Grip::Whole;
}

void CalendarView::showCursorAt(const QPoint &point)
{
    const Box *box = boxAt(point);
    if (box && gripAt(point, *box) != Grip::Whole)
        viewport()->setCursor(Qt::SizeVerCursor);
    else
        viewport()->unsetCursor();
}

/// Longer or shorter on its own day, a quarter of an hour at least.
std::optional<CalendarView::Drop> CalendarView::stretchedTo(const QPoint &point) const
{
    constexpr int quarter = 900; // seconds
    const Appointment &grabbed = event(m_pressedRow).event;
    const QDateTime at = timeAt(QPoint(m_pressed.x(), point.y()));
    if (!at.isValid())
        return std::nullopt;
    if (m_grip == Grip::Start)
        return Drop{{std::min(at, grabbed.end.addSecs(-quarter)), grabbed.end}, true};
    return Drop{{grabbed.start, std::max(at, grabbed.start.addSecs(quarter))}, true};
}

void CalendarView::finishDrag()
{
    const EventRow row = event(m_pressedRow);
    const auto drop = dropAt(m_dragAt);
    m_dragging = false;
    m_pressedRow = -1;
    m_free.clear();
    viewport()->update();
    if (drop && (drop->to.start != row.event.start || drop->to.end != row.event.end))
        Q_EMIT moveRequested(row, drop->to, drop->free);
}

void CalendarView::mouseReleaseEvent(QMouseEvent *event)
{
    const auto done = qScopeGuard([this] {
        m_held = false;
        Q_EMIT letGo();
    });
    m_dragAt = event->pos();
    if (m_dragging) {
        finishDrag();
        return;
    }
    if (const QModelIndex index = indexAt(event->pos()); index.isValid() && std::exchange(m_pressedRow, -1) == index.row())
        Q_EMIT clicked(index);
    m_pressedRow = -1;
    if (m_blocking) {
        m_blocking = false;
        const QDateTime to = timeAt(event->pos());
        viewport()->update();
        const bool meant = (event->pos() - m_pressed).manhattanLength() >= px(8); // no click beside a quarter's edge
        if (meant && to.isValid() && to != m_blockFrom)
            Q_EMIT blockRequested(std::min(m_blockFrom, to), std::max(m_blockFrom, to));
    }
}

void CalendarView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid()) {
        Q_EMIT openRequested(this->event(index.row()));
        return;
    }
    if (const QDateTime at = timeAt(event->pos()); at.isValid())
        Q_EMIT bookRequested(at);
}

void CalendarView::wheelEvent(QWheelEvent *event)
{
    if (m_mode == Mode::Month) {
        step(event->angleDelta().y() > 0 ? -1 : 1);
        event->accept();
        return;
    }
    QAbstractItemView::wheelEvent(event);
}

} // namespace outrigger::gui
