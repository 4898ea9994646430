// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadview.h"

#include "gui/bubblemedia.h"
#include "gui/icons.h"
#include "gui/style.h"
#include "gui/threadaccess.h"
#include "gui/threadview_p.h"

#include <QPaintEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>

namespace outrigger::gui {

using models::ThreadModel;

namespace {

/// The button that floats over the thread.
class RoundButton final : public QToolButton
{
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Colours &c = colours();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(mixed(c.line, c.inputBorder, c.tints ? 0.4 : 1), c.edge));
        painter.setBrush(underMouse() ? c.hover : c.surface);
        painter.drawEllipse(QRectF(rect()).adjusted(1, 1, -1, -1));
        const double side = px(18);
        icons::paint(&painter, QRectF((width() - side) / 2, (height() - side) / 2, side, side), QStringLiteral("arrow-down"), c.text2);
    }
};

} // namespace

ThreadView::ThreadView(QWidget *parent) : QAbstractItemView(parent), d(std::make_unique<Private>())
{
    d->q = this;
    installThreadAccess();
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setAutoScroll(false); // a click on a tall bubble must not move it; keys scroll by themselves
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // a bar that comes and goes would change every width
    setVerticalScrollMode(ScrollPerPixel);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Messages"));
    d->newest = new RoundButton(viewport());
    d->newest->setObjectName(QStringLiteral("thread.newest"));
    d->newest->setIcon(icons::icon(QStringLiteral("arrow-down")));
    d->newest->setAccessibleName(tr("Go to the newest message"));
    d->newest->setToolTip(tr("Newest message"));
    d->newest->setFocusPolicy(Qt::NoFocus); // the End key does the same
    d->newest->setCursor(Qt::ArrowCursor);
    d->newest->hide();
    connect(d->newest, &QToolButton::clicked, this, &ThreadView::showNewest);
    connect(Style::instance(), &Style::changed, this, [this] {
        ++d->stamp;
        d->bubbles.clear();
        scheduleDelayedItemsLayout();
        viewport()->update();
    });
}

ThreadView::~ThreadView() = default;

void ThreadView::setModel(QAbstractItemModel *newModel)
{
    if (model())
        disconnect(model(), nullptr, this, nullptr);
    d->thread = qobject_cast<ThreadModel *>(newModel);
    QAbstractItemView::setModel(newModel);
    if (!newModel)
        return;
    connect(newModel, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) {
        d->heights.remove(first, last - first + 1);
        d->stamps.remove(first, last - first + 1);
        d->topsDirty = true;
        scheduleDelayedItemsLayout();
    });
    if (d->thread)
        connect(d->thread, &ThreadModel::olderLoaded, this, [this] { d->olderAsked = false; });
    reset();
}

void ThreadView::reset()
{
    QAbstractItemView::reset();
    const int rows = model() ? model()->rowCount() : 0;
    d->heights.fill(px(40), rows);
    d->heights.resize(rows);
    d->stamps.fill(0, rows);
    d->stamps.resize(rows);
    d->topsDirty = true;
    d->bubbles.clear();
    d->versions.clear();
    d->expanded.clear();
    d->clearTextSelection();
    d->needle.clear();
    d->hoverRow = d->hoverHit = -1;
    d->anchor = QPersistentModelIndex();
    d->stick = true;
    d->seenSent = d->olderAsked = false;
    showUnread();
    viewport()->update();
}

void ThreadView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    const bool atEnd = end == model()->rowCount() - 1;
    if (!d->stick && !d->anchor.isValid())
        d->takeAnchor();
    d->heights.insert(start, end - start + 1, px(40));
    d->stamps.insert(start, end - start + 1, 0);
    d->topsDirty = true;
    d->hoverRow = d->hoverHit = -1;
    if (atEnd) {
        d->seenSent = false;
        // What the person has just sent must be seen.
        const auto row = model()->index(end, 0).data(ThreadModel::RowRole).value<MessageRow>();
        if (!row.record.isEmpty() && row.message.direction == Direction::Outbound)
            d->stick = true;
    }
    QAbstractItemView::rowsInserted(parent, start, end);
    scheduleDelayedItemsLayout();
    viewport()->update();
}

void ThreadView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    for (int row = start; row <= end; ++row)
        d->forget(d->keyOf(row));
    if (d->anchor.isValid() && d->anchor.row() >= start && d->anchor.row() <= end) {
        // The next one takes the place.
        const int heir = end + 1 < d->rows() ? end + 1 : start - 1;
        d->anchor = heir >= 0 ? QPersistentModelIndex(model()->index(heir, 0)) : QPersistentModelIndex();
    }
    d->hoverRow = d->hoverHit = -1;
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
}

void ThreadView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    for (int row = topLeft.row(); row <= bottomRight.row() && row < d->rows(); ++row) {
        d->forget(d->keyOf(row));
        d->stamps[row] = 0;
    }
    QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
    scheduleDelayedItemsLayout();
    viewport()->update();
}

// --- heights ---

qint64 ThreadView::Private::keyOf(int row) const
{
    return q->model()->index(row, 0).data(ThreadModel::KeyRole).toLongLong();
}

BubbleContent ThreadView::Private::contentOf(int row) const
{
    const QModelIndex index = q->model()->index(row, 0);
    BubbleContent content;
    content.kind = ThreadModel::RowKind(index.data(ThreadModel::KindRole).toInt());
    if (content.kind != ThreadModel::RowKind::Message) {
        content.label = index.data(Qt::DisplayRole).toString();
        return content;
    }
    content.row = index.data(ThreadModel::RowRole).value<MessageRow>();
    content.time = index.data(ThreadModel::TimeRole).toString();
    content.group = index.data(ThreadModel::GroupRole).toBool();
    content.last = index.data(ThreadModel::LastOfGroupRole).toBool();
    content.theirs = theirs;
    content.expanded = expanded.contains(content.row.key);
    content.foreign = !own.isEmpty() && !content.row.message.userId.isEmpty() && !(content.row.message.userId == own)
        && content.row.message.direction == Direction::Outbound;
    return content;
}

Bubble *ThreadView::Private::bubbleAt(int row)
{
    const qint64 key = keyOf(row);
    const int version = q->model()->index(row, 0).data(ThreadModel::VersionRole).toInt();
    if (Bubble *bubble = bubbles.object(key); bubble && versions.value(key) == version)
        return bubble;
    auto *bubble = new Bubble(contentOf(row), q->viewport()->width(), q->isRightToLeft());
    if (versions.size() > 4 * bubbles.maxCost())
        versions.clear(); // those whose bubbles have left the cache; the rest are laid out once more
    versions.insert(key, version);
    bubbles.insert(key, bubble);
    return bubble;
}

void ThreadView::Private::forget(qint64 key)
{
    bubbles.remove(key);
    versions.remove(key);
}

int ThreadView::Private::measure(int row)
{
    if (stamps[row] != stamp) {
        const int height = bubbleAt(row)->height();
        if (height != heights[row]) {
            heights[row] = height;
            topsDirty = true;
        }
        stamps[row] = stamp;
    }
    return heights[row];
}

const QVector<int> &ThreadView::Private::offsets()
{
    if (topsDirty) {
        tops.resize(heights.size() + 1);
        int y = px(8);
        for (int i = 0; i < rows(); ++i) {
            tops[i] = y;
            y += heights[i];
        }
        tops[rows()] = y;
        topsDirty = false;
    }
    return tops;
}

int ThreadView::Private::total()
{
    return offsets()[rows()] + px(bottomInset);
}

int ThreadView::Private::maximum()
{
    return std::max(0, total() - q->viewport()->height());
}

int ThreadView::Private::rowAtY(int contentY)
{
    const auto &t = offsets();
    if (rows() == 0 || contentY < t[0] || contentY >= t[rows()])
        return -1;
    return int(std::upper_bound(t.begin(), t.end(), contentY) - t.begin()) - 1;
}

void ThreadView::Private::takeAnchor()
{
    const int value = q->verticalScrollBar()->value() - contentOffset;
    const auto &t = offsets();
    // The first row whose top is in view: what is read stays, however heights above it turn out.
    int row = int(std::lower_bound(t.begin(), t.end(), value) - t.begin());
    row = std::clamp(row, 0, std::max(0, rows() - 1));
    anchor = rows() ? QPersistentModelIndex(q->model()->index(row, 0)) : QPersistentModelIndex();
    anchorOffset = rows() ? t[row] - value : 0;
}

/// Measures what is in view until nothing changes any more, keeping the end or the anchor where it is.
void ThreadView::Private::settle()
{
    if (settling || !q->model())
        return;
    settling = true;
    const int width = q->viewport()->width();
    if (width != layoutWidth || layoutGeneration != Style::instance()->generation()) {
        layoutWidth = width;
        layoutGeneration = Style::instance()->generation();
        ++stamp;
        bubbles.clear();
    }
    const int viewHeight = q->viewport()->height();
    int value = 0;
    for (int round = 0; round < 12; ++round) {
        const auto &t = offsets();
        if (stick || !anchor.isValid())
            value = maximum();
        else
            value = std::clamp(t[anchor.row()] - anchorOffset, 0, maximum());
        const int from = std::max(0, rowAtY(std::max(value, t[0])));
        bool changed = false;
        int y = t.value(from);
        for (int row = from; row < rows() && y < value + viewHeight; ++row) {
            const int before = heights[row];
            changed = (measure(row) != before) || changed;
            y += heights[row];
        }
        if (!changed)
            break;
    }
    contentOffset = std::max(0, viewHeight - total());
    QScrollBar *bar = q->verticalScrollBar();
    bar->setRange(0, maximum());
    bar->setPageStep(viewHeight);
    bar->setSingleStep(px(24));
    bar->setValue(value);
    settling = false;
    if (!stick)
        takeAnchor();
    noteBottom();
    placeNewestButton();
    if (anyDraining() && !drain.isActive())
        drain.start(Style::instance()->reducedMotion() ? 1000 : 50, q);
}

void ThreadView::doItemsLayout()
{
    d->settle();
    QAbstractItemView::doItemsLayout();
}

void ThreadView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    d->settle();
    viewport()->update();
}

void ThreadView::scrollContentsBy(int, int dy)
{
    if (d->settling)
        return;
    // The anchor travels with the content; heights that are measured on the way do not move it.
    if (!d->anchor.isValid() || d->stick) {
        d->anchor = QPersistentModelIndex();
        d->takeAnchor();
    } else {
        d->anchorOffset += dy;
    }
    d->stick = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    d->settle();
    d->askOlder();
    viewport()->update();
}

void ThreadView::Private::askOlder()
{
    if (!thread || olderAsked || thread->isLoading() || thread->atStart() || rows() == 0)
        return;
    if (q->verticalScrollBar()->value() > q->viewport()->height() * 3 / 2)
        return;
    olderAsked = true;
    QMetaObject::invokeMethod(
        q,
        [this] {
            // The flag falls again when rows have come; a model that only asks its server answers with olderLoaded later.
            if (thread)
                thread->loadOlder();
        },
        Qt::QueuedConnection);
}

void ThreadView::Private::noteBottom()
{
    const bool now = q->atBottom();
    if (now == wasAtBottom)
        return;
    wasAtBottom = now;
    Q_EMIT q->atBottomChanged(now);
}

void ThreadView::Private::placeNewestButton()
{
    const int side = px(36);
    const QRect area = q->viewport()->rect();
    const int x = q->isRightToLeft() ? px(12) : area.width() - side - px(12);
    newest->setGeometry(x, area.height() - side - px(12), side, side);
    const int below = q->verticalScrollBar()->maximum() - q->verticalScrollBar()->value();
    newest->setVisible(below > q->viewport()->height() / 2);
}

bool ThreadView::Private::anyDraining()
{
    for (int row = rows() - 1; row >= std::max(0, rows() - 20); --row) {
        if (const Bubble *bubble = bubbles.object(keyOf(row)); bubble && bubble->drains())
            return true;
    }
    return false;
}

// --- places ---

bool ThreadView::atBottom() const
{
    return d->stick || verticalScrollBar()->value() >= verticalScrollBar()->maximum();
}

void ThreadView::showNewest()
{
    d->stick = true;
    d->settle();
    viewport()->update();
}

void ThreadView::showUnread()
{
    d->stick = true;
    for (int row = 0; row < d->rows(); ++row) {
        if (model()->index(row, 0).data(ThreadModel::KindRole).toInt() != int(ThreadModel::RowKind::UnreadLine))
            continue;
        d->stick = false;
        d->anchor = QPersistentModelIndex(model()->index(row, 0));
        d->anchorOffset = viewport()->height() / 3;
        break;
    }
    d->settle();
    if (verticalScrollBar()->value() >= verticalScrollBar()->maximum())
        d->stick = true;
    d->askOlder();
    viewport()->update();
}

void ThreadView::showKey(qint64 key)
{
    for (int row = 0; row < d->rows(); ++row) {
        if (d->keyOf(row) != key)
            continue;
        const QModelIndex index = model()->index(row, 0);
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        scrollTo(index, PositionAtCenter);
        return;
    }
}

qint64 ThreadView::currentKey() const
{
    return currentIndex().isValid() ? d->keyOf(currentIndex().row()) : 0;
}

void ThreadView::setBottomInset(int designPx)
{
    d->bottomInset = designPx;
    d->settle();
}

void ThreadView::setOwnUser(const UserId &user)
{
    if (d->own == user)
        return;
    d->own = user;
    ++d->stamp;
    d->bubbles.clear();
    scheduleDelayedItemsLayout();
}

void ThreadView::setTheirZone(const QTimeZone &zone)
{
    if (d->theirs == zone)
        return;
    d->theirs = zone;
    ++d->stamp;
    d->bubbles.clear();
    scheduleDelayedItemsLayout();
}

QPointF ThreadView::Private::rowOrigin(int row)
{
    return QPointF(0, offsets()[row] - q->verticalScrollBar()->value() + contentOffset);
}

QRect ThreadView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= d->rows())
        return {};
    return QRect(0, int(d->rowOrigin(index.row()).y()), viewport()->width(), d->heights[index.row()]);
}

QModelIndex ThreadView::indexAt(const QPoint &point) const
{
    const int row = d->rowAtY(point.y() + verticalScrollBar()->value() - d->contentOffset);
    return row < 0 ? QModelIndex() : model()->index(row, 0);
}

void ThreadView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid() || index.row() >= d->rows())
        return;
    d->measure(index.row());
    const int room = viewport()->height();
    const QRect rect = visualRect(index);
    int top = rect.top();
    if (hint == EnsureVisible) {
        if ((rect.top() >= 0 && rect.bottom() < room) || (rect.top() <= 0 && rect.bottom() >= room - 1))
            return;
        top = rect.top() < 0 || rect.height() > room ? px(12) : room - rect.height() - px(12);
    } else {
        top = hint == PositionAtTop ? 0 : hint == PositionAtBottom ? room - rect.height() : (room - rect.height()) / 2;
    }
    d->stick = index.row() == d->rows() - 1 && rect.height() < room;
    d->anchor = QPersistentModelIndex(index);
    d->anchorOffset = top;
    d->settle();
    d->askOlder();
    viewport()->update();
}

int ThreadView::horizontalOffset() const
{
    return 0;
}

int ThreadView::verticalOffset() const
{
    return verticalScrollBar()->value() - d->contentOffset;
}

bool ThreadView::isIndexHidden(const QModelIndex &) const
{
    return false;
}

// --- painting ---

void ThreadView::paintEvent(QPaintEvent *event)
{
    executeDelayedItemsLayout();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), colours().surface);
    if (!model() || d->rows() == 0)
        return;
    const int value = verticalScrollBar()->value() - d->contentOffset;
    const int top = value + event->rect().top();
    const int bottom = value + event->rect().bottom();
    const auto &t = d->offsets();
    int row = std::max(0, d->rowAtY(std::max(top, t[0])));
    BubbleLook look;
    look.now = QDateTime::currentDateTimeUtc();
    const QModelIndex current = currentIndex();
    const QPoint shift(0, -value);
    for (; row < d->rows() && t[row] <= bottom; ++row) {
        const QModelIndex index = model()->index(row, 0);
        const qint64 key = d->keyOf(row);
        look.current = hasFocus() && d->keyboardFocus && index == current;
        look.selected = selectionModel() && selectionModel()->isSelected(index);
        look.hoveredHit = row == d->hoverRow ? d->hoverHit : -1;
        look.selectStart = key == d->textKey ? std::min(d->textFrom, d->textTo) : -1;
        look.selectEnd = key == d->textKey ? std::max(d->textFrom, d->textTo) : -1;
        Bubble *bubble = d->bubbleAt(row);
        if (!d->needle.isEmpty())
            look.marks = textfind::places(bubble->text(), d->needle);
        bubble->paint(&painter, QPointF(shift.x(), t[row] + shift.y()), look);
        paintPictures(&painter, bubble->hits(), QPointF(shift.x(), t[row] + shift.y()), d->shelf);
    }
    const bool newestShown = row >= d->rows();
    if (newestShown && !d->seenSent && window()->isActiveWindow()) {
        d->seenSent = true;
        QMetaObject::invokeMethod(this, &ThreadView::readingSeen, Qt::QueuedConnection);
    }
}

void ThreadView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != d->drain.timerId()) {
        QAbstractItemView::timerEvent(event);
        return;
    }
    bool any = false;
    for (int row = d->rows() - 1; row >= std::max(0, d->rows() - 20); --row) {
        const Bubble *bubble = d->bubbles.object(d->keyOf(row));
        if (!bubble || !bubble->drains())
            continue;
        any = true;
        viewport()->update(QRect(0, int(d->rowOrigin(row).y()), viewport()->width(), d->heights[row]));
    }
    if (!any)
        d->drain.stop();
}

} // namespace outrigger::gui
