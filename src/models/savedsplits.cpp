// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/savedsplits.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

/// The words are stored: never rename one.
constexpr std::array words{std::pair{Split::NewLeads, QLatin1String("newleads")}, std::pair{Split::Replies, QLatin1String("replies")},
                           std::pair{Split::Mine, QLatin1String("mine")},         std::pair{Split::Unassigned, QLatin1String("unassigned")},
                           std::pair{Split::Snoozed, QLatin1String("snoozed")},   std::pair{Split::All, QLatin1String("all")}};

} // namespace

InboxQuery SavedSplit::applied(InboxQuery query) const
{
    query.split = base;
    query.filter = filter;
    query.text = text;
    query.oldestFirst = oldestFirst;
    return query;
}

SavedSplits::SavedSplits(Desk *desk, QObject *parent) : NamedList(desk, u"splits/"_s, parent) {}

void SavedSplits::move(const QString &id, int step)
{
    for (int i = 0; i < m_all.size(); ++i) {
        if (m_all.at(i).id != id)
            continue;
        const int to = std::clamp(i + step, 0, int(m_all.size()) - 1);
        if (to != i) {
            m_all.move(i, to);
            store();
        }
        return;
    }
}

QJsonObject SavedSplit::toJson() const
{
    QJsonObject object{{u"id"_s, id}, {u"name"_s, name}};
    for (const auto &[what, word] : words) {
        if (what == base)
            object.insert("base"_L1, word);
    }
    if (!filter.isEmpty())
        object.insert("filter"_L1, filter.toJson());
    if (!text.isEmpty())
        object.insert("text"_L1, text);
    if (oldestFirst)
        object.insert("oldestFirst"_L1, *oldestFirst);
    return object;
}

SavedSplit SavedSplit::fromJson(const QJsonObject &object)
{
    SavedSplit split;
    split.id = object.value("id"_L1).toString();
    split.name = object.value("name"_L1).toString();
    for (const auto &[what, word] : words) {
        if (object.value("base"_L1).toString() == word)
            split.base = what;
    }
    split.filter = InboxFilter::fromJson(object.value("filter"_L1).toObject());
    split.text = object.value("text"_L1).toString();
    if (const auto first = object.value("oldestFirst"_L1); first.isBool())
        split.oldestFirst = first.toBool();
    return split;
}

} // namespace outrigger::models
