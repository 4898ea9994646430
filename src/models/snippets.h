// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/snippet.h"

#include <QObject>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

/// The texts that a person uses again: their own, which live in the ledger (they are nowhere else), and the location's
/// templates as they are in the cache.
class Snippets : public QObject
{
    Q_OBJECT
public:
    explicit Snippets(sync::Engine *engine, QObject *parent = nullptr);
    /// Reads the own ones once; changed() says that they are there. Asking again costs nothing.
    void load();
    bool loaded() const { return m_loaded; }
    void setTemplates(const QVector<Snippet> &templates);
    QVector<Snippet> all() const { return m_own + m_templates; }
    const QVector<Snippet> &own() const { return m_own; }

    /// Keeps a new one (empty id) or changes one; durable when it answers, with its id.
    Task<Result<QString>> keep(Snippet snippet);
    Task<Status> remove(QString id);

Q_SIGNALS:
    void changed();

private:
    static Task<Status> read(Snippets *self);
    static Task<void> readOnce(Snippets *self);
    Task<Status> write(QVector<Snippet> own);
    sync::Engine *m_engine;
    QVector<Snippet> m_own;
    QVector<Snippet> m_templates;
    bool m_loaded = false;
    Task<void> m_reading;
};

} // namespace outrigger::models
