// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/contactfilter.h"

#include <QObject>
#include <QVector>

namespace outrigger::models {

class Desk;

/// A list of contacts by its conditions, under a name.
struct SmartList {
    QString id;
    QString name;
    ContactFilter filter;
    QString text = {}; ///< the words of the filter field
    bool operator==(const SmartList &) const = default;
};

/// The smart lists of one location, in the person's order; kept in the ledger, because they exist nowhere else.
class SmartLists : public QObject
{
    Q_OBJECT
public:
    explicit SmartLists(Desk *desk, QObject *parent = nullptr);
    void load(const LocationId &location);
    const QVector<SmartList> &all() const { return m_all; }
    std::optional<SmartList> find(const QString &id) const;
    /// Adds it (an empty id) or takes the place of the one with its id; answers with the id, empty when there is no room.
    QString keep(SmartList list);
    void remove(const QString &id);
    static constexpr int most = 30;
    static QByteArray toJson(const QVector<SmartList> &lists);
    static QVector<SmartList> fromJson(const QByteArray &json); ///< what cannot be read is left out

Q_SIGNALS:
    void changed();
    void failed(const outrigger::Error &error);

private:
    static Task<void> read(SmartLists *self, LocationId location);
    static Task<void> write(SmartLists *self, QString place, QString json);
    void store();
    Desk *m_desk;
    LocationId m_location;
    QVector<SmartList> m_all;
    bool m_loaded = false; ///< nothing is written before what is there has been read
    Task<void> m_reading;
    TaskScope m_writing;
};

} // namespace outrigger::models
