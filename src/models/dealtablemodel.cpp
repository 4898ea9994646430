// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dealtablemodel.h"

#include "models/dealwords.h"

#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::models {

struct DealTableModel::Private {
    store::Cache *cache = nullptr;
    Pipeline pipeline;
    DealListQuery query;
    QString region;
    QCache<qint64, DealRow> rows{4096};
};

DealTableModel::DealTableModel(store::Cache *cache, QObject *parent) : SpineModel(parent), d(std::make_unique<Private>())
{
    d->cache = cache;
    connect(&cache->notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        const LocationId &location = d->query.where.location;
        if (change.table != store::Table::Opportunities || location.isEmpty() || !(change.location == location))
            return;
        expire(change.everything ? QVector<qint64>(d->rows.keys()) : change.updated);
        if (change.everything || change.orderTouched || !change.inserted.isEmpty() || !change.removed.isEmpty())
            refresh();
    });
}

DealTableModel::~DealTableModel() = default;

void DealTableModel::show(const Pipeline &pipeline, const BoardQuery &query, const QString &region)
{
    d->pipeline = pipeline;
    d->query.where = query;
    d->query.where.pipeline = pipeline.id;
    d->query.stages.clear();
    for (const outrigger::Stage &stage : pipeline.stages)
        d->query.stages.append(stage.id);
    d->region = region;
    refreshNow();
}

const DealListQuery &DealTableModel::query() const { return d->query; }

QString DealTableModel::columnWord(int column)
{
    static constexpr std::array words{"name", "contact", "stage", "value", "owner", "status", "age", "tags", "source", "created", "updated"};
    static_assert(words.size() == ColumnCount);
    return QString::fromLatin1(words.at(size_t(column)));
}

const DealRow *DealTableModel::row(qint64 key) const { return d->rows.object(key); }

int DealTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(ColumnCount); }

void DealTableModel::sort(int column, Qt::SortOrder order)
{
    static constexpr DealField fields[] = {DealField::Name, DealField::Contact, DealField::Stage, DealField::Value, DealField::Owner, DealField::State,
                                           DealField::Age, DealField::Name, DealField::Source, DealField::Created, DealField::Updated};
    if (column < 0 || column >= ColumnCount || !isSortable(column))
        return;
    // "Days in stage" grows as the date gets older.
    const bool descending = (order == Qt::DescendingOrder) != (column == Age);
    if (d->query.by == fields[column] && d->query.descending == descending)
        return;
    d->query.by = fields[column];
    d->query.descending = descending;
    if (!d->query.where.location.isEmpty())
        refreshNow();
}

QString DealTableModel::cell(const DealRow &row, int column) const
{
    const Opportunity &deal = row.deal;
    const auto date = [](const QDateTime &when) {
        return when.isValid() ? QLocale().toString(when.toLocalTime().date(), QLocale::ShortFormat) : QString();
    };
    switch (column) {
    case Name: return deal.name.isEmpty() ? tr("Deal without a name") : deal.name;
    case Contact: return deal.contactName;
    case Stage: {
        const auto *stage = d->pipeline.stage(deal.stage);
        return stage ? stage->name : tr("Removed stage");
    }
    case Value: return dealwords::money(deal.value, d->region);
    case Owner: return row.ownerName;
    case State: {
        const QString waits = dealwords::mark(row);
        return waits.isEmpty() ? dealwords::status(deal.status) : tr("%1 (%2)").arg(dealwords::status(deal.status), waits);
    }
    case Age: {
        const int days = dealwords::daysInStage(row, QDateTime::currentDateTimeUtc());
        return days < 0 ? QString() : QLocale().toString(days);
    }
    case Tags: return deal.tags.join(u", "_s);
    case Source: return deal.source;
    case Created: return date(deal.createdAt);
    case Updated: return date(deal.updatedAt);
    default: return {};
    }
}

QVariant DealTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const qint64 key = keyAt(index.row());
    if (role == KeyRole)
        return key;
    if (role == Qt::TextAlignmentRole)
        return index.column() == Value || index.column() == Age ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    const DealRow *row = d->rows.object(key);
    if (!row || isStale(key))
        want(index.row());
    if (!row)
        return role == Qt::AccessibleTextRole ? QVariant(tr("Loading")) : QVariant();
    switch (role) {
    case RowRole: return QVariant::fromValue(*row);
    case Qt::DisplayRole: return cell(*row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == Name ? dealwords::sentence(*row, cell(*row, Stage), d->region, QDateTime::currentDateTimeUtc()) : cell(*row, index.column());
    case Qt::ToolTipRole: return row->reason.isEmpty() ? QVariant() : QVariant(row->reason);
    default: return {};
    }
}

QVariant DealTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return section == Value || section == Age ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant(int(Qt::AlignLeading | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return SpineModel::headerData(section, orientation, role);
    switch (section) {
    case Name: return tr("Deal");
    case Contact: return tr("Contact");
    case Stage: return tr("Stage");
    case Value: return tr("Value");
    case Owner: return tr("Owner");
    case State: return tr("Status");
    case Age: return tr("Days in stage");
    case Tags: return tr("Tags");
    case Source: return tr("Source");
    case Created: return tr("Made");
    case Updated: return tr("Last changed");
    default: return {};
    }
}

Task<Result<store::Spine>> DealTableModel::fetchSpine()
{
    return d->cache->dealList(d->query);
}

Task<void> DealTableModel::fetchRows(QVector<qint64> keys)
{
    auto load = d->cache->dealRows(keys);
    const auto rows = co_await load;
    if (rows) {
        for (const DealRow &row : *rows)
            d->rows.insert(row.key, new DealRow(row));
    }
    rowsArrived(keys);
}

bool DealTableModel::hasRow(qint64 key) const { return d->rows.contains(key); }

} // namespace outrigger::models
