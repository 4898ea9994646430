// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inboxmodel.h"

#include "models/words.h"

#include <QDateTime>

namespace outrigger::models {

struct InboxModel::Private {
    store::Cache *cache;
    InboxQuery query;
    QTimeZone zone = QTimeZone::systemTimeZone();
    QCache<qint64, ConversationRow> rows{4096};
};

InboxModel::InboxModel(store::Cache *cache, QObject *parent) : SpineModel(parent), d(std::make_unique<Private>())
{
    d->cache = cache;
    connect(&cache->notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        if (!(change.location == d->query.location) && !change.location.isEmpty())
            return;
        switch (change.table) {
        case store::Table::Conversations:
            expire(change.everything ? d->rows.keys() : change.updated);
            if (change.everything || change.orderTouched || !change.inserted.isEmpty() || !change.removed.isEmpty())
                refresh();
            break;
        case store::Table::Messages: // a new last message moves its conversation
            expire(change.everything ? d->rows.keys() : change.parents);
            refresh();
            break;
        case store::Table::Contacts: // names and tags are painted in rows; which rows is not told
            expire(d->rows.keys());
            break;
        case store::Table::Events:
        case store::Table::Tasks:
        case store::Table::Reference:
        case store::Table::Opportunities:
            break;
        }
    });
}

InboxModel::~InboxModel() = default;

void InboxModel::setQuery(InboxQuery query)
{
    d->query = std::move(query);
    refreshNow();
}

void InboxModel::show(const store::Glance &glance)
{
    for (const ConversationRow &row : glance.rows)
        d->rows.insert(row.key, new ConversationRow(row));
    prime(glance.spine);
}

InboxQuery InboxModel::query() const
{
    return d->query;
}

void InboxModel::setZone(const QTimeZone &zone)
{
    if (zone.isValid())
        d->zone = zone;
}

QVariant InboxModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const qint64 key = keyAt(index.row());
    if (role == KeyRole)
        return key;
    const ConversationRow *row = d->rows.object(key);
    if (!row || isStale(key))
        want(index.row());
    switch (role) {
    case RowRole: return row ? QVariant::fromValue(*row) : QVariant();
    case ContactIdRole: return row ? QVariant::fromValue(row->contactId) : QVariant();
    case ConversationIdRole: return row ? QVariant::fromValue(row->id) : QVariant();
    case Qt::DisplayRole: return row ? row->name : QString();
    case Qt::AccessibleTextRole:
        return row ? words::conversation(*row, QDateTime::currentDateTimeUtc(), d->zone) : tr("Loading");
    default: return {};
    }
}

Task<Result<store::Spine>> InboxModel::fetchSpine()
{
    auto query = d->query;
    query.now = QDateTime::currentDateTimeUtc();
    return d->cache->inboxSpine(std::move(query));
}

Task<void> InboxModel::fetchRows(QVector<qint64> keys)
{
    auto fetch = d->cache->conversationRows(keys);
    auto rows = co_await fetch;
    if (rows) {
        for (const ConversationRow &row : std::as_const(*rows))
            d->rows.insert(row.key, new ConversationRow(row));
    } else {
        Q_EMIT failed(rows.error());
    }
    rowsArrived(keys);
}

bool InboxModel::hasRow(qint64 key) const
{
    return d->rows.contains(key);
}

} // namespace outrigger::models
