// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "store/cache.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QTimer>

#include <memory>

namespace outrigger::models {

/// A list of any length over the cache: the ordered row keys are in memory (the spine), row data is fetched in blocks of
/// 64 when a view asks for it. A new spine is swapped in with one layoutChanged; persistent indexes, and so selection
/// and scroll position, follow their keys. Selections travel as keys, never as indexes.
class SpineModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit SpineModel(QObject *parent = nullptr);
    ~SpineModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    qint64 keyAt(int row) const;
    int rowOfKey(qint64 key) const; ///< -1 when it is not in the list
    bool isLoading() const;         ///< the first spine has not arrived
    /// Fetches the spine again, at most every 300 ms; the latest request wins.
    void refresh();
    /// At once: a person changed the query.
    void refreshNow();

Q_SIGNALS:
    void spineChanged(); ///< a spine was swapped in; rowCount is right
    void failed(const outrigger::Error &error);

protected:
    virtual Task<Result<store::Spine>> fetchSpine() = 0;
    /// Fetches and keeps the rows of these keys, then calls rowsArrived(keys).
    virtual Task<void> fetchRows(QVector<qint64> keys) = 0;
    virtual bool hasRow(qint64 key) const = 0;
    void rowsArrived(const QVector<qint64> &keys);
    void want(int row) const; ///< called by data() for a row that is not loaded, or is stale
    bool isStale(qint64 key) const;
    /// A spine from elsewhere, before the first one was asked for. Its first rows are already kept.
    void prime(store::Spine spine);
    /// These rows have changed: they are painted as they were until the new ones are here.
    void expire(const QVector<qint64> &keys);
    void swapSpine(store::Spine spine);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::models
