// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/scheduledtext.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <optional>

namespace outrigger::store {
class Cache;
struct ChangeSet;
}
namespace outrigger::sync {
class Outbox;
}

namespace outrigger::models {

/// Everything of one account that is to leave later, whoever scheduled it. Asks again when messages or records change,
/// at most every 300 ms. Unsorted: put a sort model with SortRole above it.
class ScheduledModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { When, TheirTime, To, Text, State, ColumnCount };
    enum Role {
        ItemRole = Qt::UserRole + 1, ///< ScheduledText
        SortRole
    };
    ScheduledModel(sync::Outbox *outbox, store::Cache *cache, QObject *parent = nullptr);
    /// While nobody looks, changes are only noted: during a first sync there are thousands.
    void setActive(bool active);
    /// locationZone: IANA, for leads who tell nothing. Loads at once; no account: empty.
    void setAccount(std::optional<AccountId> account, const LocationId &location, const QString &locationZone);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void loaded(); ///< the first time after setAccount()

private:
    static Task<void> load(ScheduledModel *self);
    void take(QVector<ScheduledText> rows);
    QString cell(const ScheduledText &text, int column) const;
    QString sentence(const ScheduledText &text) const;
    QString theirTime(const ScheduledText &text) const;

    sync::Outbox *m_outbox;
    store::Cache *m_cache;
    std::optional<AccountId> m_account;
    LocationId m_location;
    QString m_locationZone;
    QVector<ScheduledText> m_rows;
    QTimer m_again;
    bool m_fresh = false;
    bool m_active = false;
    bool m_stale = false; ///< something has changed since it was read
    Task<void> m_loading;
};

} // namespace outrigger::models
