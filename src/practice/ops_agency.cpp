// SPDX-License-Identifier: GPL-3.0-or-later
// What an agency's token is for: the company, its snapshots, where the app is installed, tokens of locations.
#include "practice/answers.h"

#include <QJsonDocument>

namespace outrigger::practice
{

Reply getCompany(Call &call)
{
    if (call.args[0] != call.world.companyId())
        return refusal(call, 403, QStringLiteral("Forbidden resource"));
    int count = 0;
    for (const LocationData &location : call.world.locations)
        count += location.deleted ? 0 : 1;
    JsonOut out;
    out.object().key("company").object().field("id", call.world.companyId()).field("name", "Harborline Group").field("email", "office@harborline.example");
    out.field("phone", "+14075550100").field("website", "https://harborline.example").field("address", "212 Church Street").field("city", "Orlando");
    out.field("state", "FL").field("postalCode", "32801").field("country", "US").field("timezone", "America/New_York").field("plan", 297);
    out.field("currency", "USD").field("customerType", "agency").field("isReselling", false).field("status", "active").field("locationCount", count);
    out.field("relationshipNumber", "0-139-514").field("subdomain", "desk.harborline.example").end().field("traceId", call.trace).end();
    return done(out);
}

Reply listSnapshots(Call &call)
{
    if (call.query("companyId") != call.world.companyId())
        return call.query("companyId").isEmpty() ? invalid(call, {QStringLiteral("companyId should not be empty")})
                                                 : refusal(call, 403, QStringLiteral("Forbidden resource"));
    QJsonArray all;
    for (const Index i : shelfOf(call.world, u"snapshot", 0))
        all.append(shelfWhole(call.world, i, "id", false));
    return answered(call, "snapshots", all);
}

Reply installedLocations(Call &call)
{
    const bool fresh = call.request.path.endsWith(u"-locations");
    if (fresh) {
        if (const auto old = onlyNew(call))
            return *old;
    }
    if (call.query("companyId").isEmpty() || call.query("appId").isEmpty())
        return invalid(call, {QStringLiteral("companyId should not be empty"), QStringLiteral("appId should not be empty")});
    if (call.query("companyId") != call.world.companyId())
        return refusal(call, 403, QStringLiteral("Forbidden resource"));
    QStringList problems;
    const Page page = pageOf(call, 20, problems);
    if (!problems.isEmpty())
        return invalid(call, problems);
    JsonOut out;
    out.object().key(fresh ? "items" : "locations").list();
    int count = 0;
    for (size_t i = 0; i < call.world.locations.size(); ++i) {
        const LocationData &l = call.world.locations[i];
        const QString id = call.world.locationId(static_cast<quint16>(i));
        if (l.deleted || (call.hasQuery("locationId") && call.query("locationId") != id) || !l.name.contains(call.query("query"), Qt::CaseInsensitive))
            continue;
        if (page.holds(count++))
            out.object().field("_id", id).field("name", l.name).field("address", QStringList{l.address, l.city, l.state}.join(QStringLiteral(", ")))
                .field("isInstalled", true).end();
    }
    out.endList().field("count", count).field("installToFutureLocations", false).field("traceId", call.trace).end();
    return done(out);
}

Reply locationToken(Call &call)
{
    const bool fresh = call.request.path.endsWith(u"-token");
    if (fresh) {
        if (const auto old = onlyNew(call))
            return *old;
    }
    const auto form = http::parseForm(call.request.body);
    const auto value = [&](const QString &name) {
        for (const auto &[key, text] : form) {
            if (key == name)
                return text;
        }
        return call.body[name].toString();
    };
    if (value(QStringLiteral("companyId")) != call.world.companyId())
        return invalid(call, {QStringLiteral("companyId must be the company of the token")});
    const auto location = call.world.location(value(QStringLiteral("locationId")));
    if (!location)
        return refusal(call, 400, QStringLiteral("Location not found"));
    Token token = *call.token;
    token.locationId = call.world.locationId(*location);
    token.userId = call.world.userId(0);
    if (token.clientId.isEmpty()) // an agency's private integration has no client; the location's token is one of OAuth
        token.clientId = call.tokens.clients.keyBegin() == call.tokens.clients.keyEnd() ? QStringLiteral("practice") : *call.tokens.clients.keyBegin();
    QJsonObject answer{{QStringLiteral("access_token"), call.tokens.makeAccess(token, call.world.now(), call.tokens.accessLife)},
                       {QStringLiteral("token_type"), QStringLiteral("Bearer")},
                       {QStringLiteral("expires_in"), call.tokens.accessLife / 1000},
                       {QStringLiteral("scope"), token.scopes.join(u' ')},
                       {QStringLiteral("locationId"), token.locationId},
                       {QStringLiteral("userId"), token.userId},
                       {QStringLiteral("traceId"), call.trace}};
    if (fresh)
        answer.insert(QStringLiteral("refreshToken"), call.tokens.makeRefresh(token, QStringLiteral("Location")));
    call.applied = true;
    call.world.onChange();
    return bare(answer);
}

Reply reconnect(Call &call)
{
    const auto client = call.tokens.clients.constFind(call.body[u"clientKey"].toString());
    if (client == call.tokens.clients.constEnd() || client->secret != call.body[u"clientSecret"].toString())
        return refusal(call, 401, QStringLiteral("Invalid client credentials!"));
    Grant grant;
    grant.clientId = client.key();
    grant.companyId = call.world.companyId();
    grant.scopes = Tokens::allScopes();
    grant.expires = call.world.now() + 600'000;
    if (const QString id = call.body[u"locationId"].toString(); !id.isEmpty()) {
        if (!call.world.location(id))
            return refusal(call, 400, QStringLiteral("Location not found"));
        grant.locationId = id;
    } else if (call.body[u"companyId"].toString() != grant.companyId) {
        return invalid(call, {QStringLiteral("locationId or companyId should not be empty")});
    }
    const qint64 expires = grant.expires;
    call.applied = true;
    return bare(QJsonObject{{QStringLiteral("authorizationCode"), call.tokens.makeCode(std::move(grant))}, {QStringLiteral("expiresAt"), isoDate(expires)}});
}

} // namespace outrigger::practice
