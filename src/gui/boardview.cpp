// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/boardview.h"

#include "gui/dealcard.h"
#include "gui/dealcolumn.h"
#include "gui/style.h"
#include "gui/widgets.h"
#include "models/boardmodel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int edgeWidth = 56;  ///< where a carried card makes the board scroll
constexpr int edgeStep = 14;   ///< px a frame
constexpr int frame = 16;      ///< ms

bool holdsCards(const DealColumn *column) { return !column->folded() && column->list()->model()->rowCount() > 0; }

} // namespace

BoardView::BoardView(models::BoardModel *board, Actions *actions, QWidget *parent)
    : QScrollArea(parent), m_board(board), m_actions(actions), m_card(new DealCard(this)), m_inside(new QWidget(this))
{
    named(this, u"pipeline.board"_s, tr("Pipeline board"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *row = new QHBoxLayout(m_inside);
    setInsets(row, 12, 12, 12, 12, 8);
    row->setSizeConstraint(QLayout::SetMinimumSize);
    row->addStretch(1);
    setWidget(m_inside);
    viewport()->setAutoFillBackground(false);
    m_inside->setAutoFillBackground(false);
    m_carried = new QLabel(this);
    m_carried->setObjectName(u"pipeline.carried"_s);
    m_carried->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_carried->hide();
    m_edges.setInterval(frame);
    connect(&m_edges, &QTimer::timeout, this, &BoardView::scrollAtEdges);
    connect(board, &models::BoardModel::columnsChanged, this, &BoardView::build);
    connect(m_card, &DealCard::decided, this, &BoardView::conflictDecided);
    connect(board, &models::BoardModel::changed, this, [this] {
        m_card->setRegion(m_board->region());
        for (DealColumn *column : std::as_const(m_columns))
            column->showSums();
    });
}

BoardView::~BoardView() = default;

void BoardView::build()
{
    const bool focused = isAncestorOf(QApplication::focusWidget());
    end();
    qDeleteAll(m_columns);
    m_columns.clear();
    auto *row = static_cast<QHBoxLayout *>(m_inside->layout());
    for (int i = 0; i < m_board->columnCount(); ++i) {
        auto *column = new DealColumn(m_board, i, m_card, m_actions, m_inside);
        column->setFolded(m_folded.contains(m_board->column(i)->stage().value));
        row->insertWidget(i, column);
        column->show();
        m_columns.append(column);
        DealList *list = column->list();
        list->installEventFilter(this);
        connect(list, &DealList::carryBegan, this, [this, i, list](qint64 key, const QPoint &global) {
            const QModelIndex index = list->model()->index(m_board->column(i)->rowOfKey(key), 0);
            take(key, i, global - list->viewport()->mapToGlobal(list->visualRect(index).topLeft()));
        });
        connect(list, &DealList::carried, this, &BoardView::carryTo);
        connect(list, &DealList::dropped, this, &BoardView::drop);
        connect(list, &DealList::carryCancelled, this, &BoardView::putBack);
        connect(list, &DealList::sideways, this, &BoardView::sideways);
        connect(list, &DealList::ticked, m_board, &models::BoardModel::tick);
        connect(list, &DealList::menuWanted, this, &BoardView::cardMenuWanted);
        connect(list, &QAbstractItemView::doubleClicked, this, &BoardView::openWanted);
        connect(column, &DealColumn::menuWanted, this, [this, i](const QPoint &global) { Q_EMIT menuWanted(i, global); });
        column->setRules(m_rules.value(m_board->column(i)->stage().value));
        connect(list, &DealList::currentKeyChanged, this, [this, i, list](qint64 key) {
            if (!list->hasFocus())
                return;
            m_last = i;
            for (DealColumn *other : std::as_const(m_columns)) {
                if (other->list() != list)
                    other->list()->clearSelection(); // one card of the board is chosen
            }
            Q_EMIT currentKeyChanged(key);
        });
        connect(column, &DealColumn::foldToggled, this, [this, i](bool folded) {
            const QString stage = m_board->column(i)->stage().value;
            if (folded)
                m_folded.insert(stage);
            else
                m_folded.remove(stage);
            Q_EMIT foldedChanged();
        });
    }
    m_last = std::min<int>(m_last, int(m_columns.size()) - 1);
    if (focused)
        focusColumn(std::max(0, m_last));
}

void BoardView::setFolded(const QSet<QString> &stages)
{
    m_folded = stages;
    for (int i = 0; i < m_columns.size(); ++i)
        m_columns[i]->setFolded(stages.contains(m_board->column(i)->stage().value));
}

void BoardView::setDense(bool dense)
{
    m_card->setDense(dense);
    for (DealColumn *column : std::as_const(m_columns))
        column->list()->doItemsLayout();
}

bool BoardView::dense() const { return m_card->dense(); }

void BoardView::setFields(const QSet<QString> &hidden, int lines)
{
    if (!m_card->setFields(hidden, lines))
        return;
    for (DealColumn *column : std::as_const(m_columns))
        column->list()->doItemsLayout();
}

void BoardView::setRules(const QHash<QString, QString> &words)
{
    m_rules = words;
    for (int i = 0; i < m_columns.size() && i < m_board->columnCount(); ++i)
        m_columns[i]->setRules(words.value(m_board->column(i)->stage().value));
}

void BoardView::tickCurrent()
{
    DealList *list = current();
    const qint64 key = currentKey();
    if (!list || !key)
        return;
    m_board->tick({key}, !m_board->isTicked(key));
    if (const int row = list->currentIndex().row() + 1; row < list->model()->rowCount())
        list->setCurrentIndex(list->model()->index(row, 0));
}

void BoardView::tickColumn()
{
    const int at = columnOfList(current());
    if (const auto *column = m_board->column(at)) {
        m_board->tick(column->keys(), true);
        Q_EMIT announced(tr("%n deal(s) ticked", nullptr, int(m_board->ticked().size())));
    }
}

DealColumn *BoardView::column(int at) const { return at >= 0 && at < m_columns.size() ? m_columns[at] : nullptr; }

int BoardView::columnOfList(const DealList *list) const
{
    for (int i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i]->list() == list)
            return i;
    }
    return -1;
}

DealList *BoardView::current() const
{
    for (DealColumn *column : m_columns) {
        if (column->list()->hasFocus())
            return column->list();
    }
    const bool last = m_last >= 0 && m_last < m_columns.size();
    if (last && holdsCards(m_columns[m_last]))
        return m_columns[m_last]->list();
    const int first = firstWithCards();
    return first >= 0 ? m_columns[first]->list() : last ? m_columns[m_last]->list() : nullptr;
}

int BoardView::firstWithCards() const
{
    const auto first = std::find_if(m_columns.begin(), m_columns.end(), holdsCards);
    return first != m_columns.end() ? int(first - m_columns.begin()) : -1;
}

void BoardView::giveCurrent(bool elsewhere)
{
    const auto focused = std::find_if(m_columns.cbegin(), m_columns.cend(), [](const DealColumn *column) { return column->list()->hasFocus(); });
    if (focused == m_columns.cend())
        return;
    DealList *list = (*focused)->list();
    if (list->model()->rowCount() > 0) {
        if (!list->currentIndex().isValid())
            list->setCurrentIndex(list->model()->index(0, 0));
    } else if (const auto other = firstWithCards(); elsewhere && other >= 0) {
        focusColumn(other);
    }
}

qint64 BoardView::currentKey() const
{
    const DealList *list = current();
    return list ? list->currentKey() : 0;
}

void BoardView::focusColumn(int at)
{
    DealColumn *one = column(at);
    if (!one)
        return;
    if (one->folded()) {
        one->setFolded(false);
        m_folded.remove(m_board->column(at)->stage().value);
        Q_EMIT foldedChanged();
    }
    m_last = at;
    one->list()->setFocus(Qt::OtherFocusReason);
    ensureWidgetVisible(one, px(12), 0);
}

void BoardView::goTo(qint64 key)
{
    const int at = m_board->columnWith(key);
    if (at < 0)
        return;
    DealList *list = m_columns[at]->list();
    const QModelIndex index = list->model()->index(m_board->column(at)->rowOfKey(key), 0);
    list->setCurrentIndex(index);
    list->scrollTo(index);
    focusColumn(at);
}

void BoardView::sideways(int step)
{
    if (m_lifted) {
        aim(std::clamp(m_target + step, 0, int(m_columns.size()) - 1));
        return;
    }
    const int from = columnOfList(current());
    const DealList *list = current();
    const int y = list && list->currentIndex().isValid() ? list->visualRect(list->currentIndex()).center().y() : px(20);
    for (int at = from + step; at >= 0 && at < m_columns.size(); at += step) {
        if (m_columns[at]->folded())
            continue;
        focusColumn(at);
        DealList *next = m_columns[at]->list();
        const QModelIndex beside = next->indexAt({next->viewport()->width() / 2, y});
        if (beside.isValid())
            next->setCurrentIndex(beside);
        if (!next->currentIndex().isValid())
            Q_EMIT announced(tr("%1, no deals").arg(m_board->columnName(at)));
        return;
    }
}

void BoardView::moveCurrent(int step, bool allTheWay)
{
    const qint64 key = currentKey();
    const int from = m_board->columnWith(key);
    if (!key || from < 0 || m_columns.isEmpty())
        return;
    const int visual = layoutDirection() == Qt::RightToLeft ? -step : step;
    const int last = int(m_columns.size()) - 1;
    const int to = allTheWay ? (visual > 0 ? last : 0) : std::clamp(from + visual, 0, last);
    if (to == from)
        Q_EMIT announced(tr("It is in the %1 stage already.").arg(visual > 0 ? tr("last") : tr("first")));
    else
        Q_EMIT moveWanted(key, to);
}

// --- carrying ---------------------------------------------------------------------------------------------------------

void BoardView::take(qint64 key, int from, const QPoint &grip)
{
    if (m_readOnly) {
        Q_EMIT announced(tr("The sign-in may not change deals."));
        return;
    }
    end();
    m_key = key;
    m_from = from;
    m_grip = grip;
    DealList *list = m_columns[from]->list();
    const QModelIndex index = list->model()->index(m_board->column(from)->rowOfKey(key), 0);
    m_carried->setPixmap(m_card->carried(index, list->viewport()->width(), devicePixelRatioF())); // once
    m_carried->adjustSize();
    m_carried->raise();
    aim(from);
}

void BoardView::carryTo(const QPoint &global)
{
    if (!m_key)
        return;
    m_pointer = global;
    m_carried->move(mapFromGlobal(global) - m_grip);
    m_carried->show();
    Q_EMIT carriedOver(m_key, global);
    aim(columnAt(global));
    const QPoint here = viewport()->mapFromGlobal(global);
    const bool side = here.x() < px(edgeWidth) || here.x() > viewport()->width() - px(edgeWidth);
    if (side || m_target >= 0)
        m_edges.start();
    else
        m_edges.stop();
}

void BoardView::scrollAtEdges()
{
    const QPoint here = viewport()->mapFromGlobal(m_pointer);
    const auto push = [](QScrollBar *bar, int at, int length) {
        const int edge = px(edgeWidth);
        if (at < edge)
            bar->setValue(bar->value() - edgeStep);
        else if (at > length - edge)
            bar->setValue(bar->value() + edgeStep);
    };
    push(horizontalScrollBar(), here.x(), viewport()->width());
    if (m_target >= 0) {
        DealList *list = m_columns[m_target]->list();
        push(list->verticalScrollBar(), list->viewport()->mapFromGlobal(m_pointer).y(), list->viewport()->height());
    }
    aim(columnAt(m_pointer));
}

/// The column under the pointer, its head and the empty room under its last card included.
int BoardView::columnAt(const QPoint &global) const
{
    const QPoint here = m_inside->mapFromGlobal(global);
    if (!viewport()->rect().contains(viewport()->mapFromGlobal(global)) || (m_covers && m_covers(global)))
        return -1;
    for (int i = 0; i < m_columns.size(); ++i) {
        const QRect room = m_columns[i]->geometry();
        if (here.x() >= room.left() - px(4) && here.x() <= room.right() + px(4))
            return i;
    }
    return -1;
}

void BoardView::aim(int column)
{
    if (m_target == column)
        return;
    if (m_target >= 0 && m_target < m_columns.size())
        m_columns[m_target]->list()->setTarget(false, false);
    m_target = column;
    if (column < 0)
        return;
    const bool first = m_board->query().sort == DealSort::Newest && column != m_from;
    const QString word = column != m_from ? m_rules.value(m_board->column(column)->stage().value) : QString();
    m_columns[column]->list()->setTarget(true, first, word);
    if (m_lifted) {
        ensureWidgetVisible(m_columns[column], px(12), 0);
        const QPoint top = m_columns[column]->mapTo(this, QPoint(px(6), px(70)));
        m_carried->move(top);
        m_carried->show();
        m_carried->raise();
        Q_EMIT announced(word.isEmpty() ? m_board->columnName(column) : m_board->columnName(column) + u". "_s + word);
    }
}

void BoardView::drop()
{
    const qint64 key = m_key;
    const int from = m_from;
    const int to = m_target;
    if (key && !m_lifted)
        Q_EMIT carryEnded(true);
    end();
    if (key && to >= 0 && to != from)
        Q_EMIT moveWanted(key, to);
}

void BoardView::end()
{
    m_edges.stop();
    m_carried->hide();
    if (m_target >= 0 && m_target < m_columns.size())
        m_columns[m_target]->list()->setTarget(false, false);
    m_key = 0;
    m_from = m_target = -1;
    m_lifted = false;
}

void BoardView::lift()
{
    if (m_lifted) {
        drop();
        return;
    }
    const qint64 key = currentKey();
    const int from = m_board->columnWith(key);
    if (!key || from < 0)
        return;
    take(key, from, {});
    if (!m_key)
        return;
    m_lifted = true;
    m_target = -1;
    const DealRow *row = m_board->row(key);
    Q_EMIT announced(tr("%1 is lifted. The arrow keys choose a stage, Space drops, Escape puts it back.").arg(row ? row->deal.name : tr("The deal")));
    aim(from);
}

void BoardView::putBack()
{
    if (!m_key)
        return;
    const qint64 key = m_key;
    Q_EMIT carryEnded(false);
    end();
    Q_EMIT announced(tr("Put back."));
    goTo(key);
}

/// While a card is lifted the keys are about it alone.
bool BoardView::eventFilter(QObject *watched, QEvent *event)
{
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (key && m_key) {
        auto *press = static_cast<QKeyEvent *>(event);
        const bool leads = press->key() == Qt::Key_Escape
            || (m_lifted && (press->key() == Qt::Key_Left || press->key() == Qt::Key_Right || press->key() == Qt::Key_Up || press->key() == Qt::Key_Down
                             || press->key() == Qt::Key_Space || press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter));
        if (leads && event->type() == QEvent::ShortcutOverride) {
            event->accept();
            return true;
        }
        if (m_lifted && event->type() == QEvent::KeyPress) {
            switch (press->key()) {
            case Qt::Key_Escape: putBack(); return true;
            case Qt::Key_Space:
            case Qt::Key_Return:
            case Qt::Key_Enter: drop(); return true;
            case Qt::Key_Left:
            case Qt::Key_Right:
                sideways((press->key() == Qt::Key_Right) == (layoutDirection() == Qt::LeftToRight) ? 1 : -1);
                return true;
            case Qt::Key_Up:
            case Qt::Key_Down: return true;
            default: break;
            }
        }
    }
    if (event->type() == QEvent::FocusOut && m_lifted && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
        QTimer::singleShot(0, this, [this] {
            if (m_lifted && !isAncestorOf(QApplication::focusWidget()))
                end();
        });
    return QScrollArea::eventFilter(watched, event);
}

void BoardView::keyPressEvent(QKeyEvent *event)
{
    event->ignore(); // the lists have the keys; the area itself must not scroll by them
}

} // namespace outrigger::gui
