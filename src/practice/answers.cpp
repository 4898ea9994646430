// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/answers.h"

namespace outrigger::practice
{

QStringList missing(const Call &call, std::initializer_list<const char *> keys)
{
    QStringList problems;
    for (const char *key : keys) {
        const QJsonValue value = call.body.value(QLatin1String(key));
        if (value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty()))
            problems.append(QLatin1String(key) + QStringLiteral(" should not be empty"));
    }
    return problems;
}

Reply answered(const Call &call, const char *key, const QJsonValue &value, int status)
{
    JsonOut out;
    out.object().field(key, value).field("traceId", call.trace).end();
    return done(out, status);
}

Reply success(Call &call, const char *word, int status)
{
    call.applied = true;
    JsonOut out;
    out.object().field(word, true).field("traceId", call.trace).end();
    return done(out, status);
}

Reply bare(const QJsonValue &value, int status)
{
    JsonOut out;
    out.value(value);
    return done(out, status);
}

Page pageOf(const Call &call, int limit, QStringList &problems, const char *skipName)
{
    Page page{0, limit};
    const auto read = [&](const char *name, int &to, int least) {
        if (!call.hasQuery(name))
            return;
        bool fine = false;
        to = call.query(name).toInt(&fine);
        if (!fine || to < least)
            problems.append(QLatin1String(name) + QStringLiteral(" must be a number string"));
    };
    read(skipName, page.skip, 0);
    read("limit", page.limit, 1);
    return page;
}

std::optional<Reply> onlyNew(const Call &call)
{
    if (call.request.header("version") == "v3")
        return std::nullopt;
    return refusal(call, 404, QStringLiteral("Cannot %1 %2").arg(QString::fromLatin1(call.request.method), call.request.path));
}

std::optional<Index> contactNamed(const Call &call, Reply &reply)
{
    const auto index = call.world.contact(call.args[0]);
    if (!index) {
        // HighLevel says 400 for ids it does not know, not 404.
        reply = refusal(call, 400, QStringLiteral("Contact with id %1 not found").arg(call.args[0]));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, call.world.contacts[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

std::optional<Index> shelved(const Call &call, QStringView kind, const QString &id, Reply &reply, const QString &owner, int status)
{
    const auto index = call.world.mint.index(Kind::Shelf, id);
    const auto &items = call.world.shelf.items;
    if (!index || *index >= items.size() || items[*index].deleted || items[*index].kind != kind || (!owner.isEmpty() && items[*index].owner != owner)) {
        const QString name = kind.left(1).toString().toUpper() + kind.mid(1).toString();
        reply = refusal(call, status, name + QStringLiteral(" with id %1 not found").arg(id));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, items[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

Index shelve(Call &call, const QString &kind, quint16 location, QJsonObject body, const QString &owner)
{
    body.remove(QStringLiteral("locationId"));
    const qint64 now = call.world.now();
    call.world.shelf.items.push_back({kind, owner, body, location, now, now, false});
    const auto index = static_cast<Index>(call.world.shelf.items.size() - 1);
    call.world.onChange();
    call.applied = true;
    call.made = shelfId(call.world, index);
    return index;
}

void reshelve(Call &call, Index index, const QJsonObject &fields)
{
    ShelfItem &item = call.world.shelf.items[index];
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        if (it.key() != u"locationId" && !it->isNull())
            item.body.insert(it.key(), it.value());
    }
    item.updated = call.world.now();
    call.world.onChange();
    call.applied = true;
}

void unshelve(Call &call, Index index)
{
    call.world.shelf.items[index].deleted = true;
    call.world.onChange();
    call.applied = true;
}

QString shelfId(const World &world, Index index)
{
    return world.mint.id(Kind::Shelf, index);
}

QJsonObject shelfWhole(const World &world, Index index, const char *idName, bool withLocation)
{
    const ShelfItem &item = world.shelf.items[index];
    QJsonObject whole = item.body;
    whole.insert(QLatin1String(idName), shelfId(world, index));
    if (withLocation)
        whole.insert(QStringLiteral("locationId"), world.locationId(item.location));
    return whole;
}

std::vector<Index> shelfOf(const World &world, QStringView kind, quint16 location, const QString &owner)
{
    std::vector<Index> found;
    for (Index i = 0; i < world.shelf.items.size(); ++i) {
        const ShelfItem &item = world.shelf.items[i];
        if (!item.deleted && item.location == location && item.kind == kind && (owner.isEmpty() || item.owner == owner))
            found.push_back(i);
    }
    return found;
}

QJsonObject only(const QJsonObject &body, std::initializer_list<const char *> keys)
{
    QJsonObject kept;
    for (const char *key : keys) {
        if (const QJsonValue value = body.value(QLatin1String(key)); !value.isUndefined() && !value.isNull())
            kept.insert(QLatin1String(key), value);
    }
    return kept;
}

} // namespace outrigger::practice
