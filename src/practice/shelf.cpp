// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/shelf.h"

#include "practice/world.h"

#include <QJsonArray>

namespace outrigger::practice
{

QJsonObject Shelf::save() const
{
    QJsonArray all;
    for (const ShelfItem &item : items)
        all.append(QJsonObject{{QStringLiteral("kind"), item.kind}, {QStringLiteral("owner"), item.owner}, {QStringLiteral("body"), item.body},
                               {QStringLiteral("location"), item.location}, {QStringLiteral("added"), item.added},
                               {QStringLiteral("updated"), item.updated}, {QStringLiteral("deleted"), item.deleted}});
    return {{QStringLiteral("items"), all}};
}

void Shelf::load(const QJsonObject &saved)
{
    *this = {};
    const QJsonArray all = saved[u"items"].toArray();
    for (const auto &entry : all) {
        const QJsonObject o = entry.toObject();
        items.push_back({o[u"kind"].toString(), o[u"owner"].toString(), o[u"body"].toObject(), static_cast<quint16>(o[u"location"].toInt()),
                         o[u"added"].toInteger(), o[u"updated"].toInteger(), o[u"deleted"].toBool()});
    }
}

} // namespace outrigger::practice
