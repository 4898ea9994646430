// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/answerview.h"
#include "domain/catalogue.h"

#include <QHash>
#include <QObject>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

class Desk;

/// What an id can be chosen from: the cache's own reference data, people found by their names, and what answers of the
/// console have named. GUI thread.
class IdPicks : public QObject
{
    Q_OBJECT
public:
    IdPicks(sync::Engine *engine, Desk *desk, QObject *parent = nullptr);

    /// Ids of this kind (catalogue::Parameter::pick) that are known without asking anybody.
    QVector<catalogue::NamedId> known(const QString &kind) const;
    /// Found through the people they belong to: contacts, conversations, deals, appointments.
    static bool isSearched(const QString &kind);
    Task<Result<QVector<catalogue::NamedId>>> search(QString kind, QString text);
    /// The operation that lists this kind and needs nothing but the location; null when there is none.
    static const catalogue::Operation *source(const QString &kind);
    /// Asks HighLevel for that list, and remembers it.
    Task<Status> fetch(QString kind);
    void learn(const QVector<catalogue::NamedId> &ids);
    /// The name of an id, when it is known; empty otherwise.
    QString nameOf(const QString &kind, const QString &id) const;

Q_SIGNALS:
    void learned();

private:
    sync::Engine *m_engine;
    Desk *m_desk;
    QHash<QString, QVector<catalogue::NamedId>> m_learned; ///< newest first
};

} // namespace outrigger::models
