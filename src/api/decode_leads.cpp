// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replies.h"
#include "api/words.h"
#include "core/json.h"

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

std::optional<NamedItem> readNamed(const QJsonObject &o)
{
    NamedItem item;
    item.id = json::text(json::first(o, {u"id", u"_id"}));
    if (item.id.isEmpty())
        return std::nullopt;
    item.name = json::text(o.value("name"_L1));
    const QString status = json::text(o.value("status"_L1)).toLower();
    item.usable = status != "draft"_L1;
    return item;
}

template <class List>
Result<List> readList(const QJsonValue &value, QStringView key, const QString &what)
{
    List list;
    auto items = wire::list<NamedItem>(value.toObject().value(key), &readNamed, &list.skipped, what);
    if (!items)
        return fail(items.error());
    list.items = std::move(*items);
    return list;
}

} // namespace

Result<WorkflowList> Decode<WorkflowList>::from(const QJsonValue &value)
{
    return readList<WorkflowList>(value, u"workflows", Words::tr("the list of workflows"));
}
Result<CampaignList> Decode<CampaignList>::from(const QJsonValue &value)
{
    return readList<CampaignList>(value, u"campaigns", Words::tr("the list of campaigns"));
}
Result<BusinessList> Decode<BusinessList>::from(const QJsonValue &value)
{
    return readList<BusinessList>(value, u"businesses", Words::tr("the list of businesses"));
}

Result<BulkAnswer> Decode<BulkAnswer>::from(const QJsonValue &value)
{
    BulkAnswer answer;
    if (const auto done = Decode<Done>::from(value); !done)
        return fail(done.error());
    if (!value.isObject()) // whom it changed is what this answer is for
        return fail(wire::badReply(Words::tr("the contacts' tags")));
    const QJsonArray responses = value.toObject().value("responses"_L1).toArray();
    answer.errors = value.toObject().value("errorCount"_L1).toInt();
    for (const auto &item : responses) { // objects in the file's example, texts in its schema
        if (item.isString())
            answer.changed.append(item.toString());
        const QJsonObject o = item.toObject();
        const QString id = json::text(o.value("contactId"_L1));
        if (!id.isEmpty() && json::text(o.value("type"_L1)) == "error"_L1)
            answer.refused.insert(id, json::text(o.value("message"_L1)));
    }
    return answer;
}

} // namespace outrigger::api
