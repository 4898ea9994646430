// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spinemodel.h"

namespace outrigger::models {

/// The contacts of a location as a table, filtered and in order. ContactRole gives the whole Contact of a row that is
/// loaded. Columns are named by columnWord() where they are stored.
class ContactsModel : public SpineModel
{
    Q_OBJECT
public:
    enum Column { Name, Phone, Email, Company, Tags, Owner, Activity, Deals, Unread, City, State, Country, Source, Type, Added, Updated, ColumnCount };
    enum Role { ContactRole = Qt::UserRole + 1, KeyRole, ContactIdRole, InitialsRole, LocalRole };
    explicit ContactsModel(store::Cache *cache, QObject *parent = nullptr);
    ~ContactsModel() override;
    /// region: two letters, for showing numbers; zone for dates.
    void setLocation(LocationId location, const QString &region, const QTimeZone &zone);
    /// Words or digits, as typed.
    void setText(const QString &text);
    QString text() const;
    void setFilter(const ContactFilter &filter, const UserId &me);
    void setUsers(const QVector<User> &users); ///< for owners' names
    /// What is shown now, for counting and for files.
    ContactListQuery query() const;
    static QString columnWord(int column);
    static bool isSortable(int column);
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override; ///< those that isSortable(); others are left as they are

protected:
    Task<Result<store::Spine>> fetchSpine() override;
    Task<void> fetchRows(QVector<qint64> keys) override;
    bool hasRow(qint64 key) const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::models
