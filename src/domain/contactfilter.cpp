// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contactfilter.h"

#include "domain/contactchange.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

using Op = ContactCondition::Op;
constexpr std::array opNames{"is"_L1, "isNot"_L1, "contains"_L1, "containsNot"_L1, "empty"_L1,
                             "filled"_L1, "within"_L1, "beyond"_L1, "before"_L1, "after"_L1};
constexpr std::array sortNames{"name"_L1, "dateAdded"_L1, "dateUpdated"_L1, "company"_L1, "email"_L1, "activity"_L1};

bool isOwn(const QString &field)
{
    return field == "tag"_L1 || field == "type"_L1 || ContactCondition::isDate(field) || ContactCondition::isYesNo(field)
        || contactfields::isKnown(field);
}

} // namespace

bool ContactCondition::isDate(const QString &field)
{
    return field == "dateAdded"_L1 || field == "dateUpdated"_L1 || field == "lastActivity"_L1;
}

bool ContactCondition::isYesNo(const QString &field)
{
    return field == "unread"_L1 || field == "openDeal"_L1 || field == "dnd"_L1 || field == "dnd.SMS"_L1;
}

QVector<Op> ContactCondition::opsFor(const QString &field)
{
    if (isDate(field))
        return {Op::Within, Op::Beyond, Op::After, Op::Before, Op::Empty};
    if (isYesNo(field))
        return {Op::Filled, Op::Empty};
    if (field == "tag"_L1)
        return {Op::Is, Op::IsNot, Op::Empty, Op::Filled};
    if (field == "assignedTo"_L1)
        return {Op::Is, Op::IsNot, Op::Empty, Op::Filled};
    return {Op::Contains, Op::Is, Op::IsNot, Op::ContainsNot, Op::Empty, Op::Filled};
}

bool ContactFilter::isEmpty() const
{
    return std::all_of(groups.cbegin(), groups.cend(), [](const Group &group) { return group.conditions.isEmpty(); });
}

QJsonObject ContactFilter::toJson() const
{
    QJsonArray all;
    for (const Group &group : groups) {
        QJsonArray conditions;
        for (const ContactCondition &one : group.conditions)
            conditions.append(QJsonObject{{"field"_L1, one.field}, {"op"_L1, QString(opNames[size_t(one.op)])}, {"value"_L1, one.value}});
        all.append(QJsonObject{{"any"_L1, group.any}, {"conditions"_L1, conditions}});
    }
    return {{"any"_L1, any}, {"groups"_L1, all}};
}

ContactFilter ContactFilter::fromJson(const QJsonObject &object)
{
    ContactFilter filter;
    filter.any = object["any"_L1].toBool();
    const QJsonArray groups = object["groups"_L1].toArray();
    for (const auto &item : groups) {
        Group group;
        group.any = item.toObject()["any"_L1].toBool();
        const QJsonArray conditions = item.toObject()["conditions"_L1].toArray();
        for (const auto &one : conditions) {
            const QJsonObject o = one.toObject();
            const auto op = std::find(opNames.begin(), opNames.end(), o["op"_L1].toString());
            const QString field = o["field"_L1].toString();
            if (op != opNames.end() && isOwn(field))
                group.conditions.append({field, Op(op - opNames.begin()), o["value"_L1].toString()});
        }
        if (!group.conditions.isEmpty())
            filter.groups.append(group);
    }
    return filter;
}

QString contactSortWord(ContactSort sort) { return sortNames[size_t(sort)]; }

ContactSort contactSortFromWord(const QString &word)
{
    const auto at = std::find(sortNames.begin(), sortNames.end(), word);
    return at == sortNames.end() ? ContactSort::Name : ContactSort(at - sortNames.begin());
}

} // namespace outrigger
