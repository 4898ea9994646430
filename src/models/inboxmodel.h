// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spinemodel.h"
#include "store/cache.h"
#include "store/glance.h"

#include <QTimeZone>

namespace outrigger::models {

/// The inbox list: one row a conversation. Painting data comes through RowRole (a ConversationRow); a row that
/// is not loaded yet has an invalid RowRole and says "Loading" to a screen reader.
class InboxModel : public SpineModel
{
    Q_OBJECT
public:
    enum Role { RowRole = Qt::UserRole + 1, KeyRole, ContactIdRole, ConversationIdRole };
    explicit InboxModel(store::Cache *cache, QObject *parent = nullptr);
    ~InboxModel() override;
    void setQuery(InboxQuery query);
    InboxQuery query() const;
    /// The first screen, read before the cache was opened. Only until the first setQuery.
    void show(const store::Glance &glance);
    QVariant data(const QModelIndex &index, int role) const override;
    /// The user's own zone, for spoken times.
    void setZone(const QTimeZone &zone);

protected:
    Task<Result<store::Spine>> fetchSpine() override;
    Task<void> fetchRows(QVector<qint64> keys) override;
    bool hasRow(qint64 key) const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::models
