// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spinemodel.h"

namespace outrigger::models {

/// The deals of a board as a table of any length: the same filters, one more order for each column.
class DealTableModel : public SpineModel
{
    Q_OBJECT
public:
    enum Column { Name, Contact, Stage, Value, Owner, State, Age, Tags, Source, Created, Updated, ColumnCount };
    enum Role { RowRole = Qt::UserRole + 1, KeyRole };
    explicit DealTableModel(store::Cache *cache, QObject *parent = nullptr);
    ~DealTableModel() override;
    /// pipeline: for the names and the order of its stages. region: two letters, whose money it is.
    void show(const Pipeline &pipeline, const BoardQuery &query, const QString &region);
    const DealListQuery &query() const;
    static QString columnWord(int column);
    static bool isSortable(int column) { return column != Tags; }
    /// Null until it was fetched.
    const DealRow *row(qint64 key) const;
    /// Null when it was not fetched, or has changed since.
    const DealRow *freshRow(qint64 key) const { return isStale(key) ? nullptr : row(key); }
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    /// What stands in a cell, for files as well.
    QString cell(const DealRow &row, int column) const;

protected:
    Task<Result<store::Spine>> fetchSpine() override;
    Task<void> fetchRows(QVector<qint64> keys) override;
    bool hasRow(qint64 key) const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::models
