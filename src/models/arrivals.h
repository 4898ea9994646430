// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/rows.h"
#include "store/cache.h"

#include <QDateTime>
#include <QObject>

namespace outrigger::models {

/// What one lead has just written.
struct Arrival {
    ConversationRow conversation;
    QVector<MessageRow> messages; ///< oldest first, never empty
};

/// Tells what leads have just written, so that somebody can be told. News is what came into the cache now and was
/// written within the last ten minutes: the history that a first sync brings is none.
class Arrivals : public QObject
{
    Q_OBJECT
public:
    explicit Arrivals(store::Cache *cache, QObject *parent = nullptr);
    void setLocation(const LocationId &location) { m_location = location; }

Q_SIGNALS:
    void arrived(const outrigger::models::Arrival &arrival);

private:
    static Task<void> look(Arrivals *self, QVector<qint64> messages, QVector<qint64> conversations);
    store::Cache *m_cache;
    LocationId m_location;
    TaskScope m_looking;
};

} // namespace outrigger::models
