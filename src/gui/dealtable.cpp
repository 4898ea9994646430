// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealtable.h"

#include "gui/celldelegate.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "gui/widgets.h"
#include "models/dealtablemodel.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::DealTableModel;

namespace {

const QString columnsState = QStringLiteral("pipeline.columns");
constexpr char columnsVersion = 1;

int usualWidth(int column)
{
    switch (column) {
    case DealTableModel::Name: return 230;
    case DealTableModel::Contact: return 170;
    case DealTableModel::Stage: return 150;
    case DealTableModel::Tags: return 160;
    default: return 120;
    }
}

bool isUsual(int column)
{
    return column != DealTableModel::Tags && column != DealTableModel::Source && column != DealTableModel::Updated && column != DealTableModel::State;
}

} // namespace

DealTable::DealTable(DealTableModel *model, Settings *settings, Actions *actions, QWidget *parent) : QTableView(parent), m_model(model), m_settings(settings)
{
    named(static_cast<QTableView *>(this), u"pipeline.table"_s, tr("Deals"));
    setModel(model);
    setUpTable(this, 32);
    setSelectionMode(ExtendedSelection);
    auto *header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setFirstSectionMovable(false);
    header->setStretchLastSection(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &DealTable::showColumnMenu);
    restoreColumns();
    setSortingEnabled(true);
    sortByColumn(DealTableModel::Stage, Qt::AscendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this,
            [header, last = std::pair(int(DealTableModel::Stage), Qt::AscendingOrder)](int column, Qt::SortOrder order) mutable {
        if (DealTableModel::isSortable(column))
            last = {column, order};
        else if (column != last.first)
            header->setSortIndicator(last.first, last.second);
    });
    for (auto signal : {&QHeaderView::sectionMoved, &QHeaderView::sectionResized})
        connect(header, signal, this, &DealTable::keepColumns);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &DealTable::ticksChanged);
    connect(this, &QAbstractItemView::doubleClicked, this, &DealTable::opened);
    actions->attach(this, KeyScope::Lists);
    actions->attach(this, KeyScope::Board);
}

qint64 DealTable::currentKey() const { return m_model->keyAt(currentIndex().row()); }

QVector<qint64> DealTable::tickedKeys() const
{
    QVector<int> rows;
    const auto selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QVector<qint64> keys;
    if (rows.size() < 2)
        return keys;
    for (const int row : std::as_const(rows))
        keys.append(m_model->keyAt(row));
    return keys;
}

void DealTable::toggleCurrent()
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    selectionModel()->select(index, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    const QModelIndex next = m_model->index(std::min(index.row() + 1, m_model->rowCount() - 1), index.column());
    selectionModel()->setCurrentIndex(next, QItemSelectionModel::NoUpdate);
    scrollTo(next);
}

void DealTable::move(int step)
{
    const int rows = m_model->rowCount();
    if (rows > 0)
        setCurrentIndex(m_model->index(currentIndex().isValid() ? qBound(0, currentIndex().row() + step, rows - 1) : 0, 0));
}

void DealTable::goTo(qint64 key)
{
    if (const int row = m_model->rowOfKey(key); row >= 0) {
        setCurrentIndex(m_model->index(row, 0));
        scrollTo(currentIndex());
    }
}

QVector<int> DealTable::shownColumns() const
{
    QVector<int> columns;
    for (int visual = 0; visual < DealTableModel::ColumnCount; ++visual) {
        if (const int column = horizontalHeader()->logicalIndex(visual); !isColumnHidden(column))
            columns.append(column);
    }
    return columns;
}

void DealTable::restoreColumns()
{
    auto *header = horizontalHeader();
    for (int i = 0; i < DealTableModel::ColumnCount; ++i) {
        setColumnWidth(i, px(usualWidth(i)));
        setColumnHidden(i, !isUsual(i));
    }
    const QByteArray kept = m_settings->state(columnsState);
    if (kept.size() > 4 && kept.at(0) == columnsVersion)
        header->restoreState(kept.mid(1));
    header->setSortIndicatorShown(true);
    header->setSectionsClickable(true);
    setColumnHidden(DealTableModel::Name, false);
}

void DealTable::keepColumns()
{
    m_settings->setState(columnsState, QByteArray(1, columnsVersion) + horizontalHeader()->saveState());
}

void DealTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool key = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = key ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    // Those that are marked stay so: the menu is about them.
    selectionModel()->setCurrentIndex(index, selectionModel()->isRowSelected(index.row()) ? QItemSelectionModel::NoUpdate
                                                                                          : QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    Q_EMIT menuWanted(key ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void DealTable::showColumnMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"pipeline.columns.menu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 1; i < DealTableModel::ColumnCount; ++i) {
        auto *action = menu->addAction(m_model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setObjectName(u"pipeline.columns."_s + DealTableModel::columnWord(i));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(i));
        connect(action, &QAction::toggled, this, [this, i](bool shown) {
            setColumnHidden(i, !shown);
            if (shown && columnWidth(i) < px(40))
                setColumnWidth(i, px(usualWidth(i)));
            keepColumns();
        });
    }
    menu->popup(QCursor::pos());
}

} // namespace outrigger::gui
