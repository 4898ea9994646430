// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rows.h"
#include "models/namedlist.h"

namespace outrigger::models {

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
    QJsonObject toJson() const;
    static SavedSplit fromJson(const QJsonObject &object);
};

/// The saved splits of one location, in the person's order.
class SavedSplits : public NamedList<SavedSplit, 12>
{
public:
    explicit SavedSplits(Desk *desk, QObject *parent = nullptr);
    void move(const QString &id, int step);
};

} // namespace outrigger::models
