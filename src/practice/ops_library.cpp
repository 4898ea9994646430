// SPDX-License-Identifier: GPL-3.0-or-later
// Trigger links, media files, e-mail templates of the builder, custom objects and number pools.
#include "practice/answers.h"
#include "practice/multipart.h"

#include <algorithm>

namespace outrigger::practice
{

// --- trigger links --------------------------------------------------------------------------------------------------------

namespace
{

QJsonObject linkWhole(const World &world, Index index)
{
    QJsonObject whole = shelfWhole(world, index);
    whole.insert(QStringLiteral("fieldKey"), QStringLiteral("{{trigger_link.%1}}").arg(shelfId(world, index)));
    return whole;
}

Reply links(const Call &call, bool search)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    QStringList problems;
    const Page page = search ? pageOf(call, 20, problems) : Page{0, 10'000};
    if (!problems.isEmpty())
        return invalid(call, problems);
    QJsonArray all;
    int at = 0;
    for (const Index i : shelfOf(call.world, u"link", *location)) {
        const bool fits = !search || call.world.shelf.items[i].body[u"name"].toString().contains(call.query("query"), Qt::CaseInsensitive);
        if (fits && page.holds(at++))
            all.append(linkWhole(call.world, i));
    }
    return answered(call, "links", all);
}

} // namespace

Reply listLinks(Call &call) { return links(call, false); }
Reply searchLinks(Call &call) { return links(call, true); }

// --- media ----------------------------------------------------------------------------------------------------------------

Reply listMedia(Call &call)
{
    QStringList problems;
    for (const char *key : {"sortBy", "sortOrder", "type", "altType", "altId"}) {
        if (call.query(key).isEmpty())
            problems.append(QLatin1String(key) + QStringLiteral(" should not be empty"));
    }
    const Page page = pageOf(call, 100, problems, "offset");
    if (!problems.isEmpty())
        return invalid(call, problems);
    Reply reply;
    const auto location = locationFor(call, call.query("altId"), reply);
    if (!location)
        return reply;
    QJsonArray all;
    int at = 0;
    const bool rising = call.query("sortOrder") == u"asc";
    std::vector<Index> found = shelfOf(call.world, u"media", *location);
    if (!rising)
        std::reverse(found.begin(), found.end());
    for (const Index i : found) {
        const QJsonObject &body = call.world.shelf.items[i].body;
        const bool fits = (call.query("type") == u"file" || call.query("type") == body[u"type"].toString()) &&
                          body[u"name"].toString().contains(call.query("query"), Qt::CaseInsensitive);
        if (!fits || !page.holds(at++))
            continue;
        QJsonObject whole = shelfWhole(call.world, i, "_id", false);
        whole.insert(QStringLiteral("altId"), call.query("altId"));
        whole.insert(QStringLiteral("altType"), call.query("altType"));
        whole.insert(QStringLiteral("createdAt"), isoDate(call.world.shelf.items[i].added));
        all.append(whole);
    }
    return answered(call, "files", all);
}

Reply uploadMedia(Call &call)
{
    QString name, hosted;
    const Part *file = nullptr;
    const std::vector<Part> parts = parseMultipart(call.request.header("content-type"), call.request.body);
    for (const Part &part : parts) {
        if (!part.fileName.isEmpty())
            file = &part;
        else if (part.name == u"name")
            name = QString::fromUtf8(part.bytes);
        else if (part.name == u"fileUrl")
            hosted = QString::fromUtf8(part.bytes);
    }
    if (!file && hosted.isEmpty())
        return invalid(call, {QStringLiteral("file should not be empty")});
    if (name.isEmpty())
        name = file ? file->fileName : hosted.section(u'/', -1);
    const QString address = file ? keepFile(call.world, file->fileName, file->type, file->bytes) : hosted;
    const auto location = call.world.location(call.token->locationId).value_or(quint16{0});
    const Index index = shelve(call, QStringLiteral("media"), location,
                               {{QStringLiteral("name"), name}, {QStringLiteral("url"), address}, {QStringLiteral("type"), QStringLiteral("file")}});
    JsonOut out;
    out.object().field("fileId", shelfId(call.world, index)).field("url", address).field("traceId", call.trace).end();
    return done(out);
}

// --- e-mail templates -------------------------------------------------------------------------------------------------------

namespace
{

QJsonObject builderTemplate(const World &world, Index index, bool fresh)
{
    const ShelfItem &item = world.shelf.items[index];
    QJsonObject whole = shelfWhole(world, index, "id", false);
    whole.insert(QStringLiteral("isPlainText"), false);
    whole.insert(QStringLiteral("previewUrl"), QString(world.base + QStringLiteral("/media/letters/") + shelfId(world, index)));
    if (fresh) {
        whole.insert(QStringLiteral("type"), QStringLiteral("template"));
        whole.insert(QStringLiteral("editorType"), QStringLiteral("builder"));
        whole.insert(QStringLiteral("createdAt"), isoDate(item.added));
        whole.insert(QStringLiteral("updatedAt"), isoDate(item.updated));
    } else {
        whole.insert(QStringLiteral("templateType"), QStringLiteral("builder"));
        whole.insert(QStringLiteral("version"), QStringLiteral("1"));
        whole.insert(QStringLiteral("updatedBy"), QString(world.users.front().first + u' ' + world.users.front().last));
        whole.insert(QStringLiteral("dateAdded"), isoDate(item.added));
        whole.insert(QStringLiteral("lastUpdated"), isoDate(item.updated));
    }
    return whole;
}

Reply letters(const Call &call, const QString &locationId, bool fresh)
{
    Reply reply;
    const auto location = locationFor(call, locationId, reply);
    if (!location)
        return reply;
    QStringList problems;
    const Page page = pageOf(call, fresh ? 20 : 10, problems, "offset");
    if (!problems.isEmpty())
        return invalid(call, problems);
    QJsonArray all;
    int total = 0;
    for (const Index i : shelfOf(call.world, u"letter", *location)) {
        if (call.world.shelf.items[i].body[u"name"].toString().contains(call.query("search"), Qt::CaseInsensitive) && page.holds(total++))
            all.append(builderTemplate(call.world, i, fresh));
    }
    JsonOut out;
    out.object().field(fresh ? "items" : "builders", QJsonValue(all));
    if (fresh)
        out.field("total", total);
    else
        out.key("total").list().object().field("total", total).end().endList();
    out.field("traceId", call.trace).end();
    return done(out);
}

} // namespace

Reply listLetters(Call &call) { return letters(call, call.query("locationId"), false); }

Reply listLettersNew(Call &call)
{
    if (const auto old = onlyNew(call))
        return *old;
    return letters(call, call.args[0], true);
}

// --- custom objects ---------------------------------------------------------------------------------------------------------

Reply listObjects(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    QJsonArray all;
    for (const Index i : shelfOf(call.world, u"object", *location)) {
        QJsonObject whole = shelfWhole(call.world, i);
        whole.insert(QStringLiteral("dateAdded"), isoDate(call.world.shelf.items[i].added));
        whole.insert(QStringLiteral("dateUpdated"), isoDate(call.world.shelf.items[i].updated));
        all.append(whole);
    }
    return answered(call, "objects", all);
}

namespace
{

/// The object with this key, as the API writes keys or by its id.
std::optional<Index> objectNamed(const Call &call, quint16 location, const QString &key, Reply &reply)
{
    for (const Index i : shelfOf(call.world, u"object", location)) {
        if (call.world.shelf.items[i].body[u"key"].toString() == key || shelfId(call.world, i) == key)
            return i;
    }
    reply = refusal(call, 404, QStringLiteral("Object with key %1 not found").arg(key));
    return std::nullopt;
}

} // namespace

Reply searchRecords(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    const auto object = location ? objectNamed(call, *location, call.args[0], reply) : std::nullopt;
    if (!object)
        return reply;
    const int page = call.body[u"page"].toInt(1), size = call.body[u"pageLimit"].toInt(10);
    if (page < 1 || size < 1 || size > 100)
        return invalid(call, {QStringLiteral("pageLimit must not be greater than 100"), QStringLiteral("page must not be less than 1")});
    const QString key = call.world.shelf.items[*object].body[u"key"].toString(), words = call.body[u"query"].toString();
    QJsonArray all;
    int total = 0;
    for (const Index i : shelfOf(call.world, u"record", *location, shelfId(call.world, *object))) {
        const ShelfItem &item = call.world.shelf.items[i];
        const QJsonObject properties = item.body[u"properties"].toObject();
        bool fits = words.isEmpty();
        for (auto it = properties.begin(); it != properties.end() && !fits; ++it)
            fits = it->toString().contains(words, Qt::CaseInsensitive);
        if (!fits || total++ / size != page - 1)
            continue;
        QJsonObject whole = shelfWhole(call.world, i);
        const QJsonObject by{{QStringLiteral("channel"), QStringLiteral("WEB_USER")}, {QStringLiteral("createdAt"), isoDate(item.added)},
                             {QStringLiteral("source"), QStringLiteral("WEB")}, {QStringLiteral("sourceId"), call.world.userId(0)}};
        for (const char *list : {"owner", "followers"}) {
            if (!whole.contains(QLatin1String(list)))
                whole.insert(QLatin1String(list), QJsonArray());
        }
        whole.insert(QStringLiteral("objectId"), shelfId(call.world, *object));
        whole.insert(QStringLiteral("objectKey"), key);
        whole.insert(QStringLiteral("createdAt"), isoDate(item.added));
        whole.insert(QStringLiteral("updatedAt"), isoDate(item.updated));
        whole.insert(QStringLiteral("createdBy"), by);
        whole.insert(QStringLiteral("lastUpdatedBy"), by);
        whole.insert(QStringLiteral("searchAfter"), QJsonArray{item.updated});
        all.append(whole);
    }
    JsonOut out;
    out.object().field("records", QJsonValue(all)).field("total", total).field("traceId", call.trace).end();
    return done(out);
}

Reply objectFields(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    const auto object = location ? objectNamed(call, *location, call.args[0], reply) : std::nullopt;
    if (!object)
        return reply;
    const QString id = shelfId(call.world, *object);
    QJsonArray fields, folders;
    for (const QString &kind : {QStringLiteral("objectFolder"), QStringLiteral("objectField")}) {
        for (const Index i : shelfOf(call.world, kind, *location, id)) {
            QJsonObject whole = shelfWhole(call.world, i);
            whole.insert(QStringLiteral("objectKey"), call.world.shelf.items[*object].body[u"key"]);
            whole.insert(QStringLiteral("dateAdded"), isoDate(call.world.shelf.items[i].added));
            whole.insert(QStringLiteral("dateUpdated"), isoDate(call.world.shelf.items[i].updated));
            (kind == u"objectField" ? fields : folders).append(whole);
        }
    }
    JsonOut out;
    out.object().field("fields", QJsonValue(fields)).field("folders", QJsonValue(folders)).field("traceId", call.trace).end();
    return done(out);
}

// --- number pools -----------------------------------------------------------------------------------------------------------

Reply numberPools(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.hasQuery("locationId") ? call.query("locationId") : call.token->locationId, reply);
    if (!location)
        return reply;
    QJsonArray all;
    for (const Index i : shelfOf(call.world, u"numberPool", *location))
        all.append(shelfWhole(call.world, i));
    JsonOut out;
    out.object().field("success", true).field("data", QJsonValue(all)).field("total", static_cast<int>(all.size())).field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
