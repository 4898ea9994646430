// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contactfilter.h"
#include "models/namedlist.h"

namespace outrigger::models {

/// A person's own list of contacts: a filter with a name.
struct SmartList {
    QString id;
    QString name;
    ContactFilter filter;
    QString text = {}; ///< the words of the filter field
    bool operator==(const SmartList &) const = default;
    QJsonObject toJson() const;
    static SmartList fromJson(const QJsonObject &object);
};

/// The saved lists of one location.
class SmartLists : public NamedList<SmartList, 30>
{
public:
    explicit SmartLists(Desk *desk, QObject *parent = nullptr);
};

} // namespace outrigger::models
