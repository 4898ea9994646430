// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/catalogue.h"

#include <QAbstractListModel>
#include <QTimer>

#include <memory>
#include <vector>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

class Desk;

/// The catalogue's polling triggers that a person watches: an operation that reads is called every 1 to 15 minutes, and
/// what its answer did not hold before is told or written into a file. Kept over restarts; the first answer after a start
/// is the one that later ones are compared with. GUI thread.
class WatchList : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int fewestMinutes = 1;
    static constexpr int mostMinutes = 15;
    struct Watch {
        catalogue::Call call; ///< of a trigger
        int minutes = 5;
        QString file; ///< JSON lines are added to it; empty: it is told
    };
    WatchList(sync::Engine *engine, Desk *desk, QObject *parent = nullptr);
    ~WatchList() override;

    /// Reads the kept ones and begins; once.
    void load();
    void add(const Watch &watch);
    void remove(int row);
    void runNow(int row);
    const Watch &watch(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    /// Something is there that was not; `names` are what one reads of the rows. file: where it was written, or empty.
    void newsFound(const QString &operation, const QStringList &names, const QString &file);

private:
    struct Running;
    void begin(Watch watch);
    void keep();
    static Task<void> read(WatchList *self);
    static Task<void> write(WatchList *self, QString text);
    static Task<void> look(WatchList *self, std::shared_ptr<Running> running);
    void touched(const std::shared_ptr<Running> &running);

    sync::Engine *m_engine;
    Desk *m_desk;
    bool m_loaded = false;
    std::vector<std::shared_ptr<Running>> m_watches;
    TaskScope m_tasks;
};

} // namespace outrigger::models
