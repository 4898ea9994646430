// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/smartlists.h"

using namespace Qt::StringLiterals;

namespace outrigger::models {

SmartLists::SmartLists(Desk *desk, QObject *parent) : NamedList(desk, u"contacts.lists."_s, parent) {}

QJsonObject SmartList::toJson() const
{
    return {{"id"_L1, id}, {"name"_L1, name}, {"filter"_L1, filter.toJson()}, {"text"_L1, text}};
}

SmartList SmartList::fromJson(const QJsonObject &object)
{
    return {object["id"_L1].toString(), object["name"_L1].toString(), ContactFilter::fromJson(object["filter"_L1].toObject()),
            object["text"_L1].toString()};
}

} // namespace outrigger::models
