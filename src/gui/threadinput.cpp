// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ThreadView that takes keys and the mouse.
#include "domain/callwords.h"
#include "gui/bubblemedia.h"
#include "gui/icons.h"
#include "gui/style.h"
#include "gui/threadview.h"
#include "gui/threadview_p.h"
#include "gui/wronglead.h"
#include "models/words.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace outrigger::gui {

using models::ThreadModel;

namespace {

bool isMessage(const QModelIndex &index)
{
    return index.isValid() && index.data(ThreadModel::KindRole).toInt() == int(ThreadModel::RowKind::Message);
}

} // namespace

void ThreadView::Private::clearTextSelection()
{
    textKey = 0;
    textFrom = textTo = 0;
    selectingText = false;
}

QString ThreadView::Private::copyText(int row) const
{
    const auto message = q->model()->index(row, 0).data(ThreadModel::RowRole).value<MessageRow>().message;
    const QString text = message.body.isEmpty() ? message.activityTitle : message.body;
    return message.subject.isEmpty() ? text : message.subject + u'\n' + text;
}

QString ThreadView::selectedText() const
{
    if (d->textKey && d->textFrom != d->textTo) {
        if (const Bubble *bubble = d->bubbles.object(d->textKey))
            return bubble->text().mid(std::min(d->textFrom, d->textTo), std::abs(d->textTo - d->textFrom));
    }
    QModelIndexList chosen = selectionModel() ? selectionModel()->selectedIndexes() : QModelIndexList();
    if (chosen.isEmpty() && currentIndex().isValid())
        chosen.append(currentIndex());
    std::sort(chosen.begin(), chosen.end(), [](const auto &a, const auto &b) { return a.row() < b.row(); });
    QStringList texts;
    for (const QModelIndex &index : std::as_const(chosen)) {
        if (isMessage(index))
            texts << d->copyText(index.row());
    }
    return texts.join(QStringLiteral("\n\n"));
}

void ThreadView::copySelection() const
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setMimeData(copied(text, m_contact));
}

void ThreadView::Private::activate(int row, const BubbleHit &hit)
{
    const QModelIndex index = q->model()->index(row, 0);
    const RecordId record = index.data(ThreadModel::RowRole).value<MessageRow>().record;
    switch (hit.kind) {
    case HitKind::Link: Q_EMIT q->linkActivated(hit.url); break;
    case HitKind::Picture: openPictures(row, hit.address); break;
    case HitKind::Play: openCall(row); break;
    case HitKind::Undo: Q_EMIT q->undoRequested(record); break;
    case HitKind::SendNow: Q_EMIT q->releaseRequested(record); break;
    case HitKind::Cancel:
        if (const auto message = index.data(ThreadModel::RowRole).value<MessageRow>(); message.state == MessageState::Scheduled)
            Q_EMIT q->unscheduleRequested(message);
        else
            Q_EMIT q->cancelRequested(record);
        break;
    case HitKind::Change: Q_EMIT q->changeRequested(index.data(ThreadModel::RowRole).value<MessageRow>()); break;
    case HitKind::Retry: Q_EMIT q->retryRequested(record); break;
    case HitKind::Resolve: Q_EMIT q->resolveRequested(record); break;
    case HitKind::Details: Q_EMIT q->detailsRequested(keyOf(row)); break;
    case HitKind::ShowAll:
        q->executeDelayedItemsLayout();
        if (stick) { // grows downwards, away from what is being read
            takeAnchor();
            stick = false;
            anchor = QPersistentModelIndex(index);
            anchorOffset = int(rowOrigin(row).y());
        }
        expanded.insert(keyOf(row));
        forget(keyOf(row));
        stamps[row] = 0;
        q->scheduleDelayedItemsLayout();
        q->viewport()->update();
        break;
    case HitKind::Text:
    case HitKind::None: break;
    }
}

bool ThreadView::Private::openPictures(int row, const QString &address)
{
    const QStringList pictures = picturesOf(bubbleAt(row)->hits());
    if (pictures.isEmpty())
        return false;
    Q_EMIT q->picturesRequested(pictures, std::max(0, int(pictures.indexOf(address))), keyOf(row));
    return true;
}

bool ThreadView::Private::openCall(int row)
{
    const auto message = q->model()->index(row, 0).data(ThreadModel::RowRole).value<MessageRow>().message;
    if (!mayHaveRecording(message))
        return false;
    Q_EMIT q->callRequested(message);
    return true;
}

void ThreadView::openCurrent()
{
    const QModelIndex current = currentIndex();
    if (isMessage(current) && !d->openCall(current.row()) && !d->openPictures(current.row(), {}))
        Q_EMIT detailsRequested(currentKey());
}

models::MediaShelf *ThreadView::shelf() const
{
    return d->shelf;
}

void ThreadView::setShelf(models::MediaShelf *shelf)
{
    d->shelf = shelf;
    connect(shelf, &models::MediaShelf::changed, viewport(), qOverload<>(&QWidget::update));
}

QModelIndex ThreadView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const auto nextMessage = [this](int row, int step) {
        for (; row >= 0 && row < d->rows(); row += step) {
            const QModelIndex index = model()->index(row, 0);
            if (isMessage(index))
                return index;
        }
        return QModelIndex();
    };
    const int current = currentIndex().isValid() ? currentIndex().row() : d->rows();
    QModelIndex found;
    switch (action) {
    case MoveUp:
    case MovePrevious: found = nextMessage(current - 1, -1); break;
    case MoveDown:
    case MoveNext: found = current >= d->rows() ? QModelIndex() : nextMessage(current + 1, 1); break;
    case MoveHome: found = nextMessage(0, 1); break;
    case MoveEnd: found = nextMessage(d->rows() - 1, -1); break;
    case MovePageUp:
    case MovePageDown: {
        const int way = action == MovePageUp ? -1 : 1;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + way * (viewport()->height() - px(48)));
        const QPoint edge(0, way < 0 ? px(8) : viewport()->height() - px(12));
        const QModelIndex at = indexAt(edge);
        found = nextMessage(at.isValid() ? at.row() : way < 0 ? 0 : d->rows() - 1, way < 0 ? 1 : -1);
        break;
    }
    default: break;
    }
    return found.isValid() ? found : currentIndex();
}

void ThreadView::keyPressEvent(QKeyEvent *event)
{
    d->keyboardFocus = true;
    const bool plain = !(event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
    const QModelIndex current = currentIndex();
    const auto press = [&](HitKind kind) {
        if (!isMessage(current))
            return false;
        for (const BubbleHit &hit : d->bubbleAt(current.row())->hits()) {
            if (hit.kind == kind) {
                d->activate(current.row(), hit);
                return true;
            }
        }
        return false;
    };
    if (event->matches(QKeySequence::Copy) || (plain && event->key() == Qt::Key_C)) {
        copySelection();
    } else if (event->key() == Qt::Key_Up && event->modifiers() == Qt::ControlModifier) {
        Q_EMIT lastReplyRequested();
    } else if (event->key() == Qt::Key_End) {
        showNewest();
        selectionModel()->setCurrentIndex(moveCursor(MoveEnd, {}), QItemSelectionModel::Clear);
    } else if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        openCurrent();
    } else if (plain && event->key() == Qt::Key_Y) {
        if (!press(HitKind::Retry) && !press(HitKind::Resolve) && !press(HitKind::SendNow))
            press(HitKind::Change);
    } else if (plain && event->key() == Qt::Key_Delete) {
        if (!press(HitKind::Undo))
            press(HitKind::Cancel);
    } else if (plain && event->key() == Qt::Key_Q) {
        if (isMessage(current))
            Q_EMIT quoteRequested(d->copyText(current.row()));
    } else if (event->key() == Qt::Key_Escape && (d->textKey || (selectionModel() && selectionModel()->hasSelection()))) {
        d->clearTextSelection();
        clearSelection();
    } else {
        // Up and Down move the current bubble without selecting it; with Shift they select.
        if (!(event->modifiers() & Qt::ShiftModifier)
            && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down || event->key() == Qt::Key_Home
                || event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)) {
            const CursorAction action = event->key() == Qt::Key_Up ? MoveUp
                : event->key() == Qt::Key_Down                     ? MoveDown
                : event->key() == Qt::Key_Home                     ? MoveHome
                : event->key() == Qt::Key_PageUp                   ? MovePageUp
                                                                   : MovePageDown;
            const QModelIndex to = moveCursor(action, event->modifiers());
            if (to.isValid()) {
                selectionModel()->setCurrentIndex(to, QItemSelectionModel::Clear);
                scrollTo(to, EnsureVisible);
            }
        } else {
            // The view's own type-ahead would take single letters that are shortcuts.
            if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
                event->ignore();
                return;
            }
            QAbstractItemView::keyPressEvent(event);
            if (event->isAccepted() && currentIndex() != current)
                scrollTo(currentIndex(), EnsureVisible);
            return;
        }
    }
    viewport()->update();
    event->accept();
}

void ThreadView::focusInEvent(QFocusEvent *event)
{
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason)
        d->keyboardFocus = true;
    if (!currentIndex().isValid() && model() && selectionModel() && d->rows() > 0)
        selectionModel()->setCurrentIndex(moveCursor(MoveEnd, {}), QItemSelectionModel::NoUpdate);
    QAbstractItemView::focusInEvent(event);
    viewport()->update();
}

void ThreadView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    // The base class tells screen readers.
    QAbstractItemView::currentChanged(current, previous);
    viewport()->update();
}

void ThreadView::mousePressEvent(QMouseEvent *event)
{
    d->keyboardFocus = false;
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !isMessage(index)) {
        if (event->button() == Qt::LeftButton) {
            d->clearTextSelection();
            clearSelection();
        }
        viewport()->update();
        return;
    }
    const Bubble *bubble = d->bubbleAt(index.row());
    const QPointF point = event->position() - d->rowOrigin(index.row());
    d->pressKey = d->keyOf(index.row());
    d->pressHit = bubble->hitAt(point);
    if (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) {
        const auto command = event->modifiers() & Qt::ShiftModifier ? QItemSelectionModel::SelectCurrent
                                                                    : QItemSelectionModel::Toggle;
        if (event->modifiers() & Qt::ShiftModifier && currentIndex().isValid()) {
            selectionModel()->select(QItemSelection(model()->index(std::min(currentIndex().row(), index.row()), 0),
                                                    model()->index(std::max(currentIndex().row(), index.row()), 0)),
                                     command);
            selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        } else {
            selectionModel()->setCurrentIndex(index, command);
        }
    } else {
        d->clearTextSelection();
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::Clear);
        if (bubble->overText(point)) {
            d->textKey = d->pressKey;
            d->textFrom = d->textTo = bubble->positionAt(point);
            d->selectingText = true;
        }
    }
    viewport()->update();
}

void ThreadView::Private::setHover(int row, int hit)
{
    if (row == hoverRow && hit == hoverHit)
        return;
    for (const int changed : {hoverRow, row}) {
        if (changed >= 0 && changed < rows())
            q->viewport()->update(QRect(0, int(rowOrigin(changed).y()), q->viewport()->width(), heights[changed]));
    }
    hoverRow = row;
    hoverHit = hit;
}

void ThreadView::mouseMoveEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (d->selectingText && (event->buttons() & Qt::LeftButton)) {
        if (index.isValid() && d->keyOf(index.row()) == d->textKey) {
            d->textTo = d->bubbleAt(index.row())->positionAt(event->position() - d->rowOrigin(index.row()));
            viewport()->update();
        }
        return;
    }
    int hit = -1;
    bool text = false;
    if (isMessage(index)) {
        const Bubble *bubble = d->bubbleAt(index.row());
        const QPointF point = event->position() - d->rowOrigin(index.row());
        hit = bubble->hitAt(point);
        text = bubble->overText(point);
    }
    d->setHover(index.isValid() ? index.row() : -1, hit);
    viewport()->setCursor(hit >= 0 ? Qt::PointingHandCursor : text ? Qt::IBeamCursor : Qt::ArrowCursor);
}

void ThreadView::mouseReleaseEvent(QMouseEvent *event)
{
    d->selectingText = false;
    if (event->button() != Qt::LeftButton)
        return;
    const QModelIndex index = indexAt(event->position().toPoint());
    const int pressed = std::exchange(d->pressHit, -1);
    if (pressed < 0 || !isMessage(index) || d->keyOf(index.row()) != d->pressKey || d->textFrom != d->textTo)
        return;
    const Bubble *bubble = d->bubbleAt(index.row());
    if (bubble->hitAt(event->position() - d->rowOrigin(index.row())) == pressed) {
        const BubbleHit hit = bubble->hits().at(pressed); // a copy: what follows may lay the bubble out again
        d->activate(index.row(), hit);
    }
}

void ThreadView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (!isMessage(index))
        return;
    const Bubble *bubble = d->bubbleAt(index.row());
    const QPointF point = event->position() - d->rowOrigin(index.row());
    if (!bubble->overText(point)) {
        Q_EMIT detailsRequested(d->keyOf(index.row()));
        return;
    }
    // The word under the mouse.
    const QString &text = bubble->text();
    const int at = bubble->positionAt(point);
    int from = at;
    int to = at;
    while (from > 0 && !text[from - 1].isSpace())
        --from;
    while (to < text.size() && !text[to].isSpace())
        ++to;
    d->textKey = d->keyOf(index.row());
    d->textFrom = from;
    d->textTo = to;
    viewport()->update();
}

/// Everything that a bubble's buttons do is here too, for the keyboard and for assistive technology.
void ThreadView::Private::fillMenu(QMenu *menu, int row)
{
    const QModelIndex index = q->model()->index(row, 0);
    const QPersistentModelIndex kept(index);
    const auto again = [this, kept](HitKind kind, const QUrl &url) {
        if (!kept.isValid())
            return;
        const auto hits = bubbleAt(kept.row())->hits();
        for (const BubbleHit &hit : hits) {
            if (hit.kind == kind && hit.url == url) {
                activate(kept.row(), hit);
                return;
            }
        }
    };
    QSet<QUrl> seen;
    const auto hits = bubbleAt(row)->hits();
    if (const auto pictures = picturesOf(hits); !pictures.isEmpty()) {
        QAction *open = menu->addAction(icons::icon(QStringLiteral("image")), ThreadView::tr("Open %n picture(s)", nullptr, int(pictures.size())));
        QObject::connect(open, &QAction::triggered, q, [this, kept] { if (kept.isValid()) openPictures(kept.row(), {}); });
    }
    for (const BubbleHit &hit : hits) {
        if (hit.kind == HitKind::None || hit.kind == HitKind::Text || hit.kind == HitKind::Details || hit.kind == HitKind::Picture)
            continue;
        if (hit.kind == HitKind::Link && (seen.contains(hit.url) || seen.size() > 8))
            continue;
        seen.insert(hit.url);
        const QString label = hit.kind == HitKind::Link
            ? ThreadView::tr("Open %1").arg(presentable(hit.url.toDisplayString(), 60).replace(u'&', QLatin1String("&&")))
            : hit.label;
        QObject::connect(menu->addAction(label), &QAction::triggered, q,
                         [again, kind = hit.kind, url = hit.url] { again(kind, url); });
    }
    if (!menu->isEmpty())
        menu->addSeparator();
    QAction *copy = menu->addAction(icons::icon(QStringLiteral("copy")), ThreadView::tr("Copy"));
    copy->setShortcut(QKeySequence(Qt::Key_C));
    QObject::connect(copy, &QAction::triggered, q, &ThreadView::copySelection);
    QAction *quote = menu->addAction(icons::icon(QStringLiteral("quote")), ThreadView::tr("Quote"));
    quote->setShortcut(QKeySequence(Qt::Key_Q));
    QObject::connect(quote, &QAction::triggered, q, [this, kept] {
        if (kept.isValid())
            Q_EMIT q->quoteRequested(copyText(kept.row()));
    });
    QAction *details = menu->addAction(icons::icon(QStringLiteral("info")), ThreadView::tr("Details"));
    details->setShortcut(QKeySequence(Qt::Key_Return));
    QObject::connect(details, &QAction::triggered, q, [this, key = keyOf(row)] { Q_EMIT q->detailsRequested(key); });
}

void ThreadView::contextMenuEvent(QContextMenuEvent *event)
{
    QModelIndex index = indexAt(event->pos());
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        index = currentIndex();
        at = viewport()->mapToGlobal(visualRect(index).center());
    }
    if (!isMessage(index))
        return;
    if (event->reason() != QContextMenuEvent::Keyboard && !(selectionModel() && selectionModel()->isSelected(index)))
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::Clear);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    d->fillMenu(menu, index.row());
    Q_EMIT contextMenuAboutToShow(menu, d->keyOf(index.row()));
    menu->popup(at);
    event->accept();
}

bool ThreadView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        d->setHover(-1, -1);
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QModelIndex index = indexAt(help->pos());
        if (isMessage(index)) {
            const Bubble *bubble = d->bubbleAt(index.row());
            const int hit = bubble->hitAt(QPointF(help->pos()) - d->rowOrigin(index.row()));
            // Where a link leads is shown before it is followed.
            if (hit >= 0 && bubble->hits()[hit].kind == HitKind::Link)
                QToolTip::showText(help->globalPos(), presentable(bubble->hits()[hit].url.toDisplayString(), 300).toHtmlEscaped(), this);
            else if (const QString by = models::words::sentBy(index.data(ThreadModel::RowRole).value<MessageRow>()); !by.isEmpty())
                QToolTip::showText(help->globalPos(), presentable(by, 200).toHtmlEscaped(), this);
            else
                QToolTip::hideText();
        }
        return true;
    }
    return QAbstractItemView::viewportEvent(event);
}

void ThreadView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const QModelIndex first = indexAt(rect.normalized().topLeft());
    const QModelIndex last = indexAt(rect.normalized().bottomLeft());
    if (first.isValid() && last.isValid())
        selectionModel()->select(QItemSelection(first, last), command);
}

QRegion ThreadView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            region += visualRect(model()->index(row, 0));
    }
    return region;
}

} // namespace outrigger::gui
