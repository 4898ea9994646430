// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spinemodel.h"

#include "core/log.h"

#include <QElapsedTimer>
#include <QSet>

#include <algorithm>

namespace outrigger::models {

namespace {
constexpr int blockSize = 64;
constexpr int refreshInterval = 300; // ms
} // namespace

struct SpineModel::Private {
    store::Spine spine;
    bool loading = true;
    bool delivering = false; // inside the task's own signals: assigning the task would destroy it from within
    QTimer refreshTimer;
    QElapsedTimer sinceFetch;
    Task<void> fetching;
    TaskScope rows;
    QTimer wantTimer;
    QSet<int> wantedBlocks;
    int lastBlock = 0;
    QSet<qint64> inFlight;
    QSet<qint64> stale;      // loaded, but changed since
    QSet<qint64> staleAgain; // changed while in flight
    QSet<qint64> missing;    // asked for and not there: not asked for again until the next spine

    static Task<void> load(SpineModel *self);
    void askForRows(SpineModel *self);
};

SpineModel::SpineModel(QObject *parent) : QAbstractTableModel(parent), d(std::make_unique<Private>())
{
    d->refreshTimer.setSingleShot(true);
    connect(&d->refreshTimer, &QTimer::timeout, this, &SpineModel::refreshNow);
    d->wantTimer.setSingleShot(true);
    d->wantTimer.setInterval(0);
    connect(&d->wantTimer, &QTimer::timeout, this, [this] { d->askForRows(this); });
}

SpineModel::~SpineModel() = default;

int SpineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->spine.keys.size());
}

int SpineModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1;
}

qint64 SpineModel::keyAt(int row) const
{
    return row >= 0 && row < d->spine.keys.size() ? d->spine.keys[row] : 0;
}

int SpineModel::rowOfKey(qint64 key) const
{
    const int row = d->spine.rowOf.value(key, -1);
    return row < d->spine.keys.size() ? row : -1;
}

bool SpineModel::isLoading() const
{
    return d->loading;
}

void SpineModel::refresh()
{
    if (d->refreshTimer.isActive())
        return;
    const qint64 since = d->sinceFetch.isValid() ? d->sinceFetch.elapsed() : refreshInterval;
    d->refreshTimer.start(int(std::max<qint64>(0, refreshInterval - since)));
}

void SpineModel::refreshNow()
{
    if (d->delivering) {
        d->refreshTimer.start(0);
        return;
    }
    d->refreshTimer.stop();
    d->sinceFetch.start();
    d->fetching = Private::load(this); // the latest request wins: the one before is cancelled
}

Task<void> SpineModel::Private::load(SpineModel *self)
{
    auto fetch = self->fetchSpine();
    auto spine = co_await fetch;
    self->d->delivering = true;
    if (spine) {
        self->swapSpine(std::move(*spine));
    } else {
        self->d->loading = false;
        Q_EMIT self->failed(spine.error());
    }
    self->d->delivering = false;
}

void SpineModel::prime(store::Spine spine)
{
    beginResetModel();
    d->spine = std::move(spine);
    d->loading = false;
    endResetModel();
    Q_EMIT spineChanged();
}

void SpineModel::swapSpine(store::Spine spine)
{
    const bool first = std::exchange(d->loading, false);
    d->missing.clear();
    // Two empty lists are not compared: one of them may have no memory at all.
    if (spine.keys.size() == d->spine.keys.size() && (spine.keys.isEmpty() || spine.keys == d->spine.keys)) {
        d->spine = std::move(spine);
        if (first || !d->spine.keys.isEmpty())
            Q_EMIT spineChanged();
        return;
    }
    // Rows grow at the end, one layoutChanged moves them, rows shrink at the end: three signals whatever has happened.
    const auto before = d->spine.keys.size();
    const auto after = spine.keys.size();
    if (after > before) {
        beginInsertRows({}, int(before), int(after) - 1);
        d->spine.keys.resize(after); // key 0: not loaded, and never asked for
        endInsertRows();
    }
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &index : from) {
        const qint64 key = keyAt(index.row());
        const int row = key ? spine.rowOf.value(key, -1) : -1;
        to.append(row < 0 ? QModelIndex() : createIndex(row, index.column()));
    }
    d->spine = std::move(spine);
    if (after < before)
        d->spine.keys.resize(before);
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    if (after < before) {
        beginRemoveRows({}, int(after), int(before) - 1);
        d->spine.keys.resize(after);
        endRemoveRows();
    }
    Q_EMIT spineChanged();
}

void SpineModel::want(int row) const
{
    const qint64 key = keyAt(row);
    if (!key || d->inFlight.contains(key) || d->missing.contains(key) || (hasRow(key) && !d->stale.contains(key)))
        return;
    d->wantedBlocks.insert(row / blockSize);
    if (!d->wantTimer.isActive())
        d->wantTimer.start();
}

void SpineModel::Private::askForRows(SpineModel *self)
{
    QVector<int> blocks(wantedBlocks.cbegin(), wantedBlocks.cend());
    wantedBlocks.clear();
    if (blocks.isEmpty())
        return;
    std::sort(blocks.begin(), blocks.end());
    // One block ahead in the direction of scrolling.
    blocks.append(blocks.first() < lastBlock ? blocks.first() - 1 : blocks.last() + 1);
    lastBlock = blocks.first();
    QVector<qint64> keys;
    for (const int block : std::as_const(blocks)) {
        const int end = std::min<int>((block + 1) * blockSize, int(spine.keys.size()));
        for (int row = std::max(0, block * blockSize); row < end; ++row) {
            const qint64 key = spine.keys[row];
            if (!key || inFlight.contains(key) || missing.contains(key) || (self->hasRow(key) && !stale.contains(key)))
                continue;
            inFlight.insert(key);
            keys.append(key);
        }
    }
    if (!keys.isEmpty())
        rows.start(self->fetchRows(keys));
}

void SpineModel::rowsArrived(const QVector<qint64> &keys)
{
    int first = int(d->spine.keys.size());
    int last = -1;
    for (const qint64 key : keys) {
        d->inFlight.remove(key);
        if (!d->staleAgain.remove(key))
            d->stale.remove(key);
        if (!hasRow(key))
            d->missing.insert(key);
        const int row = rowOfKey(key);
        if (row < 0)
            continue;
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= first)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

bool SpineModel::isStale(qint64 key) const
{
    return d->stale.contains(key);
}

void SpineModel::expire(const QVector<qint64> &keys)
{
    int first = int(d->spine.keys.size());
    int last = -1;
    for (const qint64 key : keys) {
        d->missing.remove(key);
        if (d->inFlight.contains(key))
            d->staleAgain.insert(key);
        if (!hasRow(key))
            continue;
        d->stale.insert(key);
        const int row = rowOfKey(key);
        if (row < 0)
            continue;
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= first) // a view that shows one of them asks for it, and so it is fetched anew
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

} // namespace outrigger::models
