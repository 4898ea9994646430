// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spinemodel.h"

namespace outrigger::models {

/// All contacts of a location as a table. ContactRole gives the whole Contact of a row that is loaded.
class ContactsModel : public SpineModel
{
    Q_OBJECT
public:
    enum Column { Name, Phone, Email, Tags, City, Added, Updated, ColumnCount };
    enum Role { ContactRole = Qt::UserRole + 1, KeyRole, ContactIdRole, InitialsRole, LocalRole };
    explicit ContactsModel(store::Cache *cache, QObject *parent = nullptr);
    ~ContactsModel() override;
    /// region: two letters, for showing numbers; zone for dates.
    void setLocation(LocationId location, const QString &region, const QTimeZone &zone);
    void setFilter(const QString &text);
    QString filter() const;
    void setSort(store::ContactSort sort);
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override; ///< Name, Added and Updated; others are left as they are

protected:
    Task<Result<store::Spine>> fetchSpine() override;
    Task<void> fetchRows(QVector<qint64> keys) override;
    bool hasRow(qint64 key) const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::models
