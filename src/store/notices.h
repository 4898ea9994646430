// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QObject>
#include <QTimer>
#include <QVector>

namespace outrigger::store {

enum class Table { Contacts, Conversations, Messages, Reference, Opportunities, Events, Tasks };

/// What one committed write changed. Keys are the cache's integer row keys.
struct ChangeSet {
    Table table = Table::Contacts;
    LocationId location;
    QVector<qint64> inserted;
    QVector<qint64> updated;
    QVector<qint64> removed;
    QVector<qint64> parents; ///< for Messages: the conversations they belong to
    bool orderTouched = false;
    bool everything = false; ///< too many to list: ask again
    bool isEmpty() const { return !everything && inserted.isEmpty() && updated.isEmpty() && removed.isEmpty(); }
};

/// Collects the change sets of 100 ms and announces each table once. Lives on the GUI thread.
class Notices : public QObject
{
    Q_OBJECT
public:
    explicit Notices(QObject *parent = nullptr);
    void add(const ChangeSet &change);
    /// Announces what is collected now; used after a person's own action, which must show at once.
    void flush();

Q_SIGNALS:
    void changed(const outrigger::store::ChangeSet &change);

private:
    QTimer m_timer;
    QVector<ChangeSet> m_pending;
};

} // namespace outrigger::store
