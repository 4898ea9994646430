// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadaccess.h"

#include "gui/calendarview.h"
#include "gui/threadview.h"
#include "models/calendarmodel.h"
#include "models/threadmodel.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QKeyEvent>
#include <QPointer>
#include <QCoreApplication>

#include <algorithm>

namespace outrigger::gui {

namespace {

/// One row. It knows its key, not its number: rows move when older ones come in.
class RowAccess final : public QAccessibleInterface, public QAccessibleActionInterface, public QAccessibleTableCellInterface
{
public:
    RowAccess(QAbstractItemView *view, const QPersistentModelIndex &index) : m_view(view), m_index(index) {}

    bool isValid() const override { return m_view && m_index.isValid(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override { return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override {}

    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_index.data(Qt::AccessibleTextRole).toString() : QString();
    }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect row = m_view->visualRect(m_index);
        return QRect(m_view->viewport()->mapToGlobal(row.topLeft()), row.size());
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = state.selectable = state.multiSelectable = true;
        state.readOnly = true;
        state.focused = m_view->hasFocus() && m_view->currentIndex() == m_index;
        state.selected = m_view->selectionModel() && m_view->selectionModel()->isSelected(m_index);
        state.offscreen = !m_view->viewport()->rect().intersects(m_view->visualRect(m_index));
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ActionInterface)
            return static_cast<QAccessibleActionInterface *>(this);
        if (type == QAccessible::TableCellInterface)
            return static_cast<QAccessibleTableCellInterface *>(this);
        return nullptr;
    }

    QStringList actionNames() const override { return {setFocusAction(), pressAction(), showMenuAction()}; }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        m_view->setFocus(Qt::OtherFocusReason);
        m_view->selectionModel()->setCurrentIndex(m_index, QItemSelectionModel::NoUpdate);
        m_view->scrollTo(m_index, QAbstractItemView::EnsureVisible);
        if (name == pressAction()) {
            press();
        } else if (name == showMenuAction()) {
            // As the menu key does it: the menu holds every act of the row.
            const QPoint at = m_view->visualRect(m_index).center();
            QCoreApplication::postEvent(m_view->viewport(),
                                        new QContextMenuEvent(QContextMenuEvent::Keyboard, at, m_view->viewport()->mapToGlobal(at)));
        }
    }
    QStringList keyBindingsForAction(const QString &name) const override
    {
        return name == pressAction() ? QStringList{QStringLiteral("Return")} : QStringList();
    }

    bool isSelected() const override { return state().selected; }
    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return 0; }
    int rowIndex() const override { return m_index.row(); }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

private:
    /// What Enter does.
    void press()
    {
        if (auto *thread = qobject_cast<ThreadView *>(m_view.data())) {
            thread->openCurrent();
            return;
        }
        for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease})
            QCoreApplication::postEvent(m_view, new QKeyEvent(type, Qt::Key_Return, Qt::NoModifier));
    }
    QPointer<QAbstractItemView> m_view;
    QPersistentModelIndex m_index;
};

class ViewAccess final : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    /// keyRole: of the model, what a row is known by when rows move.
    ViewAccess(QAbstractItemView *view, int keyRole) : QAccessibleWidget(view, QAccessible::List, view->accessibleName()), m_keyRole(keyRole) {}
    ~ViewAccess() override
    {
        for (const auto id : std::as_const(m_rows))
            QAccessible::deleteAccessibleInterface(id);
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableInterface)
            return static_cast<QAccessibleTableInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    int childCount() const override { return rowCount(); }
    QAccessibleInterface *child(int row) const override { return cellAt(row, 0); }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        auto *cell = const_cast<QAccessibleInterface *>(child)->tableCellInterface();
        return cell && cell->table() == this ? cell->rowIndex() : -1;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QModelIndex index = view()->indexAt(view()->viewport()->mapFromGlobal(QPoint(x, y)));
        return index.isValid() ? child(index.row()) : nullptr;
    }
    QAccessibleInterface *focusChild() const override
    {
        const QModelIndex current = view()->currentIndex();
        return view()->hasFocus() && current.isValid() ? child(current.row()) : nullptr;
    }

    QAccessibleInterface *cellAt(int row, int column) const override
    {
        if (column != 0 || row < 0 || row >= rowCount())
            return nullptr;
        const QModelIndex index = view()->model()->index(row, 0);
        const qint64 key = index.data(m_keyRole).toLongLong();
        if (const auto id = m_rows.value(key)) {
            if (auto *known = QAccessible::accessibleInterface(id); known && known->isValid())
                return known;
            QAccessible::deleteAccessibleInterface(id);
        }
        auto *made = new RowAccess(view(), QPersistentModelIndex(index));
        m_rows.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    int rowCount() const override { return view()->model() ? view()->model()->rowCount() : 0; }
    int columnCount() const override { return 1; }
    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QString columnDescription(int) const override { return {}; }
    QString rowDescription(int) const override { return {}; }

    QList<QAccessibleInterface *> selectedCells() const override
    {
        QList<QAccessibleInterface *> cells;
        for (const int row : selectedRows())
            cells.append(cellAt(row, 0));
        return cells;
    }
    int selectedCellCount() const override { return int(selectedRows().size()); }
    int selectedRowCount() const override { return int(selectedRows().size()); }
    int selectedColumnCount() const override { return 0; }
    QList<int> selectedRows() const override
    {
        QList<int> rows;
        if (view()->selectionModel()) {
            const auto chosen = view()->selectionModel()->selectedIndexes();
            for (const QModelIndex &index : chosen)
                rows.append(index.row());
        }
        std::sort(rows.begin(), rows.end());
        return rows;
    }
    QList<int> selectedColumns() const override { return {}; }
    bool isRowSelected(int row) const override { return selectedRows().contains(row); }
    bool isColumnSelected(int) const override { return false; }
    bool selectRow(int row) override { return select(row, QItemSelectionModel::Select); }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int row) override { return select(row, QItemSelectionModel::Deselect); }
    bool unselectColumn(int) override { return false; }

    void modelChange(QAccessibleTableModelChangeEvent *) override
    {
        // Children follow their rows through persistent indexes; only the dead ones go.
        for (auto row = m_rows.begin(); row != m_rows.end();) {
            auto *iface = QAccessible::accessibleInterface(row.value());
            if (iface && iface->isValid()) {
                ++row;
                continue;
            }
            if (iface)
                QAccessible::deleteAccessibleInterface(row.value());
            row = m_rows.erase(row);
        }
    }

private:
    QAbstractItemView *view() const { return static_cast<QAbstractItemView *>(widget()); }
    bool select(int row, QItemSelectionModel::SelectionFlags flags)
    {
        if (!view()->selectionModel() || row < 0 || row >= rowCount())
            return false;
        view()->selectionModel()->select(view()->model()->index(row, 0), flags);
        return true;
    }
    int m_keyRole;
    mutable QHash<qint64, QAccessible::Id> m_rows;
};

QAccessibleInterface *makeAccess(const QString &, QObject *object)
{
    if (auto *thread = qobject_cast<ThreadView *>(object))
        return new ViewAccess(thread, models::ThreadModel::KeyRole);
    if (auto *calendar = qobject_cast<CalendarView *>(object))
        return new ViewAccess(calendar, models::CalendarModel::KeyRole);
    return nullptr;
}

} // namespace

void installThreadAccess()
{
    static const bool done = (QAccessible::installFactory(makeAccess), true);
    Q_UNUSED(done)
}

} // namespace outrigger::gui
