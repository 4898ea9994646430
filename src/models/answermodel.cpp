// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/answermodel.h"

using namespace Qt::StringLiterals;

namespace outrigger::models {

void AnswerModel::set(const catalogue::AnswerView &view)
{
    beginResetModel();
    m_columns = view.columns;
    m_rows = view.rows;
    endResetModel();
}

int AnswerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int AnswerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant AnswerModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const QString cell = m_rows.at(index.row()).value(index.column());
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return cell;
    if (role == Qt::AccessibleTextRole)
        return cell.isEmpty() ? tr("%1: nothing").arg(m_columns.at(index.column())) : tr("%1: %2").arg(m_columns.at(index.column()), cell);
    return {};
}

QVariant AnswerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return m_columns.value(section);
    return {};
}

} // namespace outrigger::models
