// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/rows.h"

#include <QObject>

namespace outrigger::models {

class Desk;

/// A person's own split of the inbox: a built-in one, seen through a filter.
struct SavedSplit {
    QString id;
    QString name;
    Split base = Split::All;
    InboxFilter filter = {};
    QString text = {};                   ///< the words of the filter field
    std::optional<bool> oldestFirst = {}; ///< unset: as the built-in one has it
    bool operator==(const SavedSplit &) const = default;
    InboxQuery applied(InboxQuery query) const; ///< location, me and now stay
};

/// The saved splits of one location, in the person's order; kept in the ledger, because they exist nowhere else.
class SavedSplits : public QObject
{
    Q_OBJECT
public:
    explicit SavedSplits(Desk *desk, QObject *parent = nullptr);
    void load(const LocationId &location);
    const QVector<SavedSplit> &all() const { return m_all; }
    std::optional<SavedSplit> find(const QString &id) const;
    /// Adds it (an empty id) or takes the place of the one with its id; answers with the id.
    QString keep(SavedSplit split);
    void remove(const QString &id);
    void move(const QString &id, int step);
    static constexpr int most = 12;

    static QByteArray toJson(const QVector<SavedSplit> &splits);
    static QVector<SavedSplit> fromJson(const QByteArray &json); ///< what cannot be read is left out

Q_SIGNALS:
    void changed();
    void failed(const outrigger::Error &error);

private:
    static Task<void> read(SavedSplits *self, LocationId location);
    static Task<void> write(SavedSplits *self, QString place, QString json);
    void store();
    Desk *m_desk;
    LocationId m_location;
    QVector<SavedSplit> m_all;
    bool m_loaded = false; ///< nothing is written before what is there has been read
    Task<void> m_reading;
    TaskScope m_writing;
};

} // namespace outrigger::models
