// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/answerview.h"

#include <QAbstractTableModel>

namespace outrigger::models {

/// The rows of an answer, as many as were kept of it.
class AnswerModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void set(const catalogue::AnswerView &view);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_columns;
    QVector<QStringList> m_rows;
};

} // namespace outrigger::models
