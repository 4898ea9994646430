// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/catalogue.h"

#include <QAbstractItemModel>

namespace outrigger::models {

/// The catalogue's operations in their 14 categories, all or those that the words find.
class OperationTree : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role { OperationRole = Qt::UserRole }; ///< const catalogue::Operation *; null for a category
    explicit OperationTree(QObject *parent = nullptr);

    /// Every word must stand in the name, the operationId, the address or what it is about.
    void setWords(const QString &words);
    int found() const;
    /// Of what was found: what is called so, else what begins so, else the first.
    QModelIndex best(const QString &words) const;
    QModelIndex indexOf(const catalogue::Operation *operation) const;
    static const catalogue::Operation *operationOf(const QModelIndex &index);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex & = {}) const override { return 1; }
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Branch {
        QString category;
        QVector<const catalogue::Operation *> leaves;
    };
    QVector<Branch> m_branches;
};

} // namespace outrigger::models

Q_DECLARE_METATYPE(const outrigger::catalogue::Operation *)
