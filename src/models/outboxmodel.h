// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/outboxrecord.h"
#include "domain/rows.h"

#include <QAbstractTableModel>

#include <memory>

namespace outrigger::store {
class Cache;
}
namespace outrigger::sync {
class Outbox;
}

namespace outrigger::models {

/// What has not left, needs a decision or has just been settled, oldest first. Follows Outbox::recordChanged.
/// Creations that a waiting text depends on are shown with that text as one item.
class OutboxModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { What, To, State, Age, Reason, ColumnCount };
    enum Role {
        RecordRole = Qt::UserRole + 1, ///< OutboxRecord
        RecordIdRole,                  ///< RecordId
        StateRole,                     ///< int(MessageState)
        ActsRole                       ///< int, Acts: what a person can do with it now
    };
    enum Act { NoAct = 0, Undo = 1, SendNow = 2, Cancel = 4, Retry = 8, Resolve = 16 };
    Q_DECLARE_FLAGS(Acts, Act)

    OutboxModel(sync::Outbox *outbox, store::Cache *cache, QObject *parent = nullptr);
    ~OutboxModel() override;
    /// Empty: all accounts. Loads at once.
    void setAccount(std::optional<AccountId> account);
    /// Also those that are through, cancelled or dismissed.
    void setFinishedToo(bool finishedToo);
    int rowOf(const RecordId &id) const;
    static Acts actsOf(const OutboxRecord &record);
    /// Refused because somebody else changed the same thing: a person chooses between both values.
    static bool isConflict(const OutboxRecord &record);
    /// Both values of each field, in sentences; the record's reason where there are none.
    static QString conflictWords(const OutboxRecord &record);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void failed(const QString &sentence);

private:
    void take(const OutboxRecord &record);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::models

Q_DECLARE_OPERATORS_FOR_FLAGS(outrigger::models::OutboxModel::Acts)
