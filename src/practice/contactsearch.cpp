// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/contactfilter.h"
#include "practice/ops.h"
#include "practice/render.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

struct Order {
    QString field = QStringLiteral("dateAdded");
    bool ascending = false;
    bool byTime() const { return field == u"dateAdded" || field == u"dateUpdated"; }
};

qint64 timeOf(const Contact &c, const Order &order)
{
    return order.field == u"dateAdded" ? c.added : c.indexed;
}

QString nameOf(const Contact &c, const Order &order)
{
    if (order.field == u"email")
        return c.email.toLower();
    return (order.field.startsWith(u"first") ? c.first : c.last).toLower();
}

QStringList checkSearch(const QJsonObject &body, Order &order)
{
    QStringList problems;
    const auto limit = json::integer(body[u"pageLimit"]);
    if (!limit || !body[u"pageLimit"].isDouble())
        problems.append(QStringLiteral("pageLimit must be a number conforming to the specified constraints"));
    else if (*limit < 1 || *limit > 500)
        problems.append(*limit < 1 ? QStringLiteral("pageLimit must not be less than 1")
                                   : QStringLiteral("pageLimit must not be greater than 500"));
    if (body[u"query"].toString().size() > 75)
        problems.append(QStringLiteral("query must be shorter than or equal to 75 characters"));
    if (body.contains(u"page") && body.contains(u"searchAfter"))
        problems.append(QStringLiteral("page and searchAfter cannot be used together"));
    if (body.contains(u"page") && json::integer(body[u"page"]).value_or(0) < 1)
        problems.append(QStringLiteral("page must not be less than 1"));
    if (body.contains(u"searchAfter") && body[u"searchAfter"].toArray().size() != 2)
        problems.append(QStringLiteral("searchAfter must be an array"));
    const QJsonArray sort = body[u"sort"].toArray();
    if (!sort.isEmpty()) {
        static const QStringList fields{QStringLiteral("dateAdded"), QStringLiteral("dateUpdated"),
                                        QStringLiteral("firstNameLowerCase"), QStringLiteral("lastNameLowerCase"),
                                        QStringLiteral("email")};
        order.field = sort[0].toObject()[u"field"].toString();
        const QString direction = sort[0].toObject()[u"direction"].toString();
        if (!fields.contains(order.field))
            problems.append(
                QStringLiteral("sort.0.field must be one of the following values: %1").arg(fields.join(u", ")));
        if (direction != u"asc" && direction != u"desc")
            problems.append(QStringLiteral("sort.0.direction must be one of the following values: asc, desc"));
        order.ascending = direction == u"asc";
    }
    return problems;
}

/// Places of the found ones in the wanted order, walked lazily: `at(i)` for i in [0, size).
struct Hits {
    const std::vector<Index> *index = nullptr; ///< straight from the world's index
    size_t from = 0;
    std::vector<Index> own;
    size_t count = 0;
    bool ascending = true;

    Index at(size_t i) const
    {
        if (!index)
            return own[i];
        return ascending ? (*index)[from + i] : (*index)[from + count - 1 - i];
    }
};

Hits find(const Call &call, const LocationData &location, const Order &order, const ContactTest &test)
{
    const World &world = call.world;
    const QJsonArray filters = call.body[u"filters"].toArray();
    const QString text = call.body[u"query"].toString().trimmed();
    Hits hits;
    hits.ascending = order.ascending;
    const std::vector<Index> &walk =
        order.field == u"dateUpdated" ? location.contactsByUpdated : location.contactsByAdded;
    if (order.byTime() && text.isEmpty()) {
        if (const auto range = onlyRange(filters, order.field)) {
            const auto first = std::partition_point(
                walk.begin(), walk.end(), [&](Index i) { return timeOf(world.contacts[i], order) < range->from; });
            const auto last = std::partition_point(
                first, walk.end(), [&](Index i) { return timeOf(world.contacts[i], order) <= range->to; });
            hits.index = &walk;
            hits.from = static_cast<size_t>(first - walk.begin());
            hits.count = static_cast<size_t>(last - first);
            return hits;
        }
    }
    QString digits;
    for (const QChar c : text) {
        if (c.isDigit())
            digits += c;
    }
    const QStringList assigned = [&] {
        QStringList ids;
        for (const auto &f : filters) {
            if (f.toObject()[u"field"].toString() == u"assignedTo")
                ids.append(json::texts(f.toObject()[u"value"]));
        }
        return ids;
    }();
    for (const Index i : walk) {
        const Contact &c = world.indexedContact(i);
        if (!test(c) || (!text.isEmpty() && !holdsText(c, text, digits)))
            continue;
        if (!assigned.isEmpty() && !assigned.contains(world.userId(c.assigned)))
            continue;
        hits.own.push_back(i);
    }
    if (!order.byTime()) {
        std::sort(hits.own.begin(), hits.own.end(), [&](Index a, Index b) {
            const QString left = nameOf(world.contacts[a], order), right = nameOf(world.contacts[b], order);
            return left != right ? left < right : a < b; // the cursor counts on this order of equals
        });
    }
    if (!order.ascending)
        std::reverse(hits.own.begin(), hits.own.end());
    hits.count = hits.own.size();
    return hits;
}

QJsonArray cursorOf(const World &world, Index i, const Order &order)
{
    const Contact &c = world.contacts[i];
    return {order.byTime() ? QJsonValue(timeOf(c, order)) : QJsonValue(nameOf(c, order)),
            world.mint.id(Kind::Contact, i)};
}

/// Where the page after this cursor begins.
size_t startAfter(const World &world, const Hits &hits, const Order &order, const QJsonArray &cursor)
{
    const Index last = world.mint.index(Kind::Contact, cursor[1].toString()).value_or(none);
    const qint64 time = json::integer(cursor[0]).value_or(0);
    const QString name = cursor[0].toString();
    const auto before = [&](Index i) { // whether i stands at or before the cursor
        const Contact &c = world.contacts[i];
        if (order.byTime()) {
            const qint64 t = timeOf(c, order);
            return order.ascending ? (t != time ? t < time : i <= last) : (t != time ? t > time : i >= last);
        }
        const QString n = nameOf(c, order);
        return order.ascending ? (n != name ? n < name : i <= last) : (n != name ? n > name : i >= last);
    };
    size_t low = 0, high = hits.count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (before(hits.at(middle)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

Reply searchContacts(Call &call)
{
    Reply reply;
    Order order;
    QStringList problems = checkSearch(call.body, order);
    if (call.body[u"locationId"].toString().isEmpty())
        problems.append(QStringLiteral("locationId must be a string"));
    // assignedTo is compared with users' ids, which a contact keeps as numbers: not part of the general test.
    QJsonArray general;
    const QJsonArray filters = call.body[u"filters"].toArray();
    for (const auto &f : filters) {
        if (f.toObject()[u"field"].toString() != u"assignedTo")
            general.append(f);
    }
    const ContactTest test = contactTest(general, problems);
    if (!problems.isEmpty())
        return invalid(call, problems);
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    const auto limit = static_cast<size_t>(call.body[u"pageLimit"].toInt());
    const auto page = static_cast<size_t>(std::max<qint64>(1, json::integer(call.body[u"page"]).value_or(1)));
    if ((page - 1) * limit + limit > 10'000 && call.body.contains(u"page"))
        return refusal(call, 400,
                       QStringLiteral("Only the first 10000 records can be read with page, use searchAfter"));
    const Hits hits = find(call, call.world.locations[*location], order, test);
    size_t at = (page - 1) * limit;
    if (call.body.contains(u"searchAfter"))
        at = startAfter(call.world, hits, order, call.body[u"searchAfter"].toArray());
    JsonOut out;
    out.reserve(static_cast<qsizetype>(limit) * 1300);
    out.object().key("contacts").list();
    for (size_t i = at; i < std::min(hits.count, at + limit); ++i)
        render::foundContact(out, call.world, hits.at(i), cursorOf(call.world, hits.at(i), order));
    out.endList().field("total", static_cast<qint64>(hits.count)).field("traceId", call.trace).end();
    return done(out);
}

Reply listContacts(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    const int limit = call.hasQuery("limit") ? call.query("limit").toInt() : 20;
    if (limit < 1 || limit > 100)
        return invalid(call, {QStringLiteral("limit must not be greater than 100")});
    const auto &walk = call.world.locations[*location].contactsByAdded;
    const QString text = call.query("query");
    const Index afterId = call.world.mint.index(Kind::Contact, call.query("startAfterId")).value_or(none);
    const qint64 after = call.query("startAfter").toLongLong();
    JsonOut out;
    out.object().key("contacts").list();
    int given = 0;
    qint64 total = 0;
    Index last = none;
    bool more = false;
    for (auto it = walk.rbegin(); it != walk.rend(); ++it) {
        const Contact &c = call.world.contacts[*it];
        if (!text.isEmpty() && !holdsText(c, text, {}))
            continue;
        ++total;
        const bool past = after == 0 || c.added < after || (c.added == after && afterId != none && *it < afterId);
        if (!past)
            continue;
        if (given == limit) {
            more = true;
            continue;
        }
        ++given;
        last = *it;
        render::listedContact(out, call.world, *it);
    }
    out.endList().field("count", given).key("meta").object().field("total", total);
    if (more) {
        const QString id = call.world.mint.id(Kind::Contact, last);
        const qint64 added = call.world.contacts[last].added;
        out.field(
            "nextPageUrl",
            QStringLiteral("http://services.leadconnectorhq.com/contacts/?locationId=%1&startAfter=%2&startAfterId=%3")
                .arg(call.query("locationId"))
                .arg(added)
                .arg(id));
        out.field("startAfterId", id).field("startAfter", added);
    } else {
        out.key("nextPageUrl").null().key("startAfterId").null().key("startAfter").null();
    }
    out.field("currentPage", 1).key("nextPage").null().key("prevPage").null().end().field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
