// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/control.h"

#include "practice/server.h"

#include "core/json.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace outrigger::practice
{

namespace
{

using Body = QJsonObject;
struct Ask {
    Server &server;
    const http::Request &request;
    QJsonObject body;
};

http::Response json(JsonOut &out, int status = 200)
{
    http::Response response;
    response.status = status;
    response.body = out.take();
    return response;
}

http::Response problem(int status, const QString &words)
{
    JsonOut out;
    out.object().field("error", words).end();
    return json(out, status);
}

http::Response ok()
{
    JsonOut out;
    out.object().field("ok", true).end();
    return json(out);
}

/// The contact named by id, number or nothing.
Index contactOf(Ask &ask)
{
    World &world = ask.server.world();
    const QJsonObject &body = ask.body; // read through [], an object that may be changed gets the key
    if (const auto found = world.contact(body[u"contactId"].toString()))
        return *found;
    const auto byPhone = world.contactsWith(0, {}, body[u"phone"].toString());
    if (!byPhone.empty())
        return byPhone.front();
    return body.contains(u"contactId") || body.contains(u"phone") ? none : ask.server.people().anybody();
}

http::Response made(Ask &ask, Index message)
{
    if (message == none)
        return problem(404, QStringLiteral("There is nobody to do this."));
    const World &world = ask.server.world();
    const Conversation &c = world.conversations[world.messages[message].conversation];
    JsonOut out;
    out.object().field("messageId", world.mint.id(Kind::Message, message));
    out.field("conversationId", world.mint.id(Kind::Conversation, world.messages[message].conversation));
    out.field("contactId", world.mint.id(Kind::Contact, c.contact)).end();
    return json(out);
}

http::Response getLedger(Ask &ask)
{
    const http::Request &r = ask.request;
    http::Response response;
    response.body = ask.server.ledger().json(r.value(QStringLiteral("path")), r.value(QStringLiteral("method")),
                                             r.value(QStringLiteral("all")) != u"1",
                                             r.value(QStringLiteral("after")).toULongLong(),
                                             r.value(QStringLiteral("answers")) == u"1");
    return response;
}

http::Response clearLedger(Ask &ask)
{
    ask.server.ledger().clear();
    return ok();
}

http::Response getState(Ask &ask)
{
    const World &world = ask.server.world();
    const auto living = [](const auto &list) {
        return static_cast<qint64>(
            std::count_if(list.begin(), list.end(), [](const auto &item) { return !item.deleted; }));
    };
    JsonOut out;
    out.object().field("now", isoDate(world.now())).field("companyId", world.companyId()).key("locations").list();
    for (size_t i = 0; i < world.locations.size(); ++i)
        out.object()
            .field("id", world.locationId(static_cast<quint16>(i)))
            .field("name", world.locations[i].name)
            .end();
    out.endList().field("contacts", living(world.contacts)).field("conversations", living(world.conversations));
    out.field("opportunities", living(world.opportunities));
    out.field("messages", living(world.messages)).field("users", static_cast<qint64>(world.users.size()));
    out.field("quiet", ask.server.people().quiet()).field("connections", ask.server.connectionsMade());
    out.field("tokens", static_cast<qint64>(ask.server.tokens().access.size()))
        .field("rotations", ask.server.tokens().rotations)
        .field("pixelsAsked", world.pixelsAsked);
    out.key("clients").list();
    for (auto it = ask.server.tokens().clients.begin(); it != ask.server.tokens().clients.end(); ++it)
        out.object().field("clientId", it.key()).field("clientSecret", it->secret).end();
    out.endList().end();
    return json(out);
}

http::Response getFaults(Ask &ask)
{
    JsonOut out;
    out.object().key("faults").list();
    for (const Fault &f : ask.server.faults().all())
        out.object()
            .field("id", f.id)
            .field("method", f.method)
            .field("path", f.path)
            .field("kind", f.kind)
            .field("left", f.count)
            .field("hits", f.hits)
            .end();
    out.endList().field("kinds", Faults::kinds()).end();
    return json(out);
}

http::Response postFault(Ask &ask)
{
    if (ask.body[u"kind"].toString() == u"lag") {
        ask.server.world().setLag(ask.body[u"ms"].toInt());
        return ok();
    }
    QString why;
    const auto id = ask.server.faults().add(ask.body, &why);
    if (!id)
        return problem(400, why);
    JsonOut out;
    out.object().field("id", *id).end();
    return json(out);
}

http::Response deleteFaults(Ask &ask)
{
    if (ask.request.segments.size() > 2) {
        if (!ask.server.faults().remove(ask.request.segments[2].toInt()))
            return problem(404, QStringLiteral("There is no such fault."));
    } else {
        ask.server.faults().clear();
        ask.server.world().setLag(0);
        ask.server.storm(0, -1);
        ask.server.slow(0);
    }
    return ok();
}

http::Response postInbound(Ask &ask)
{
    const Index contact = contactOf(ask);
    if (contact == none)
        return problem(404, QStringLiteral("There is no such contact."));
    return made(ask, ask.server.people().inbound(contact, ask.body[u"text"].toString(), json::texts(ask.body[u"attachments"])));
}

http::Response postEmail(Ask &ask)
{
    const Index contact = contactOf(ask);
    if (contact == none)
        return problem(404, QStringLiteral("There is no such contact."));
    return made(ask, ask.server.people().email(contact, ask.body[u"subject"].toString(), ask.body[u"html"].toString(),
                                               json::texts(ask.body[u"attachments"])));
}

http::Response postOptOut(Ask &ask)
{
    const Index contact = contactOf(ask);
    if (contact == none)
        return problem(404, QStringLiteral("There is no such contact."));
    return made(ask, ask.server.people().optOut(contact));
}

http::Response postColleague(Ask &ask)
{
    return made(ask, ask.server.people().colleague(contactOf(ask)));
}

/// A colleague books everybody of the first calendar at that time, or of the one that is named.
http::Response postBook(Ask &ask)
{
    World &world = ask.server.world();
    const quint32 calendar = world.mint.index(Kind::Calendar, ask.body[u"calendarId"].toString()).value_or(0);
    const qint64 start = ask.body[u"start"].toInteger(), end = ask.body[u"end"].toInteger();
    if (calendar >= world.diary.calendars.size() || end <= start)
        return problem(400, QStringLiteral("Name start and end in milliseconds."));
    for (const int user : rulesOf(world, calendar).people) {
        DiaryEvent event;
        event.calendar = calendar;
        event.user = user;
        event.start = start;
        event.end = end;
        event.title = QStringLiteral("A colleague was faster");
        event.added = event.updated = world.now();
        world.diary.events.push_back(event);
    }
    world.onChange();
    return ok();
}

http::Response postQuiet(Ask &ask)
{
    ask.server.people().setQuiet(ask.body[u"quiet"].toBool(true));
    return ok();
}

http::Response postClock(Ask &ask)
{
    ask.server.world().advance(ask.body[u"seconds"].toInteger() * 1000);
    ask.server.people().clockMoved();
    return ok();
}

http::Response postStorm(Ask &ask)
{
    ask.server.storm(ask.body[u"seconds"].toInt(10), ask.body[u"retryAfter"].toInt(-1));
    return ok();
}

http::Response postSlow(Ask &ask)
{
    ask.server.slow(ask.body[u"ms"].toInt());
    return ok();
}

http::Response postRate(Ask &ask)
{
    const QString rate = ask.body[u"rate"].toString();
    ask.server.setRate(rate == u"off" ? Rate::Off : rate == u"seed" ? Rate::Seed : Rate::Spec);
    return ok();
}

http::Response postToken(Ask &ask)
{
    Tokens &tokens = ask.server.tokens();
    const World &world = ask.server.world();
    const Body &b = ask.body;
    Token token;
    token.scopes = b.contains(u"scopes") ? json::texts(b[u"scopes"]) : Tokens::allScopes();
    token.locationId = b[u"company"].toBool() ? QString() : b[u"locationId"].toString(world.locationId(0));
    token.companyId = world.companyId();
    token.unsupported = json::texts(b[u"unsupported"]);
    const qint64 life = b[u"expiresIn"].toInteger(0) * 1000;
    QString text, refresh;
    if (b[u"kind"].toString(QStringLiteral("pit")) == u"pit") {
        text = tokens.makePit(token.locationId, token.companyId, token.scopes, life ? world.now() + life : 0);
        tokens.access[text].unsupported = token.unsupported;
    } else {
        token.clientId = b[u"clientId"].toString(tokens.clients.begin().key());
        token.userId = b[u"userId"].toString(world.userId(0));
        text = tokens.makeAccess(token, world.now(), b.contains(u"expiresIn") ? life : tokens.accessLife);
        refresh = tokens.makeRefresh(token, token.locationId.isEmpty() ? QStringLiteral("Company")
                                                                       : QStringLiteral("Location"));
    }
    world.onChange();
    JsonOut out;
    out.object().field("token", text).fieldIf("refreshToken", refresh).field("locationId", token.locationId).end();
    return json(out);
}

http::Response postRevoke(Ask &ask)
{
    Tokens &tokens = ask.server.tokens();
    const QString text = ask.body[u"token"].toString();
    if (ask.body[u"all"].toBool()) {
        for (Token &token : tokens.access)
            token.revoked = true;
    } else if (tokens.access.contains(text)) {
        tokens.access[text].revoked = true;
    } else if (tokens.refreshes.contains(text)) {
        tokens.refreshes[text].revoked = true;
    } else {
        return problem(404, QStringLiteral("There is no such token."));
    }
    ask.server.world().onChange();
    return ok();
}

http::Response postOauth(Ask &ask)
{
    Tokens &tokens = ask.server.tokens();
    if (ask.body.contains(u"accessSeconds"))
        tokens.accessLife = ask.body[u"accessSeconds"].toInteger() * 1000;
    if (ask.body.contains(u"graceSeconds"))
        tokens.grace = ask.body[u"graceSeconds"].toInteger() * 1000;
    if (ask.body.contains(u"clientId"))
        tokens.clients[ask.body[u"clientId"].toString()] = {ask.body[u"clientSecret"].toString()};
    return ok();
}

/// A colleague changes a deal: moves it, ends it, removes it. Without an id: any open one, to its next stage.
http::Response postDeal(Ask &ask)
{
    World &world = ask.server.world();
    std::optional<Index> deal = world.opportunity(ask.body[u"opportunityId"].toString());
    if (!deal && !ask.body.contains(u"opportunityId"))
        deal = ask.server.people().anyDeal();
    if (!deal)
        return problem(404, QStringLiteral("There is no such opportunity."));
    const Opportunity &before = world.opportunities[*deal];
    if (const auto stage = world.stage(ask.body[u"stageId"].toString()))
        world.moveOpportunity(*deal, stage->first, stage->second);
    else if (!ask.body.contains(u"status") && !ask.body.contains(u"value") && !ask.body[u"delete"].toBool())
        ask.server.people().movesCard(*deal);
    if (const auto status = dealStatusOf(ask.body[u"status"].toString()))
        world.setDealStatus(*deal, *status);
    if (ask.body.contains(u"value")) {
        world.opportunities[*deal].value = ask.body[u"value"].toDouble();
        world.opportunityChanged(*deal);
    }
    if (ask.body[u"delete"].toBool()) {
        world.opportunities[*deal].deleted = true;
        world.opportunityChanged(*deal);
    }
    JsonOut out;
    out.object().field("opportunityId", world.mint.id(Kind::Opportunity, *deal));
    out.field("pipelineId", world.mint.id(Kind::Pipeline, before.pipeline)).field("stageId", world.stageId(before.pipeline, before.stage));
    out.field("status", word(before.status)).end();
    return json(out);
}

/// What is where, for a person or a test that wants to see the server's side.
http::Response getDeals(Ask &ask)
{
    const World &world = ask.server.world();
    JsonOut out;
    out.object().key("deals").list();
    for (Index i = 0; i < world.opportunities.size(); ++i) {
        const Opportunity &deal = world.opportunities[i];
        if (deal.deleted || deal.location != 0)
            continue;
        out.object().field("id", world.mint.id(Kind::Opportunity, i)).field("name", deal.name);
        out.field("pipeline", world.pipelines[deal.pipeline].name).field("stage", world.pipelines[deal.pipeline].stages[deal.stage].name);
        out.field("status", word(deal.status)).field("value", deal.value).end();
    }
    out.endList().end();
    return json(out);
}

/// In which workflows and campaigns a contact is: HighLevel has no call that tells it.
http::Response getEnrolled(Ask &ask)
{
    const auto &items = ask.server.world().shelf.items;
    const QString contact = ask.request.value(QStringLiteral("contactId"));
    const auto places = [&](QStringView kind) {
        QStringList all;
        for (const auto &item : items) {
            if (item.kind == kind && item.owner == contact && !item.deleted)
                all.append(item.body[u"of"].toString());
        }
        return all;
    };
    JsonOut out;
    out.object().field("workflows", places(u"inWorkflow")).field("campaigns", places(u"inCampaign")).end();
    return json(out);
}

/// Somebody edits the pipeline: a stage goes, or comes back ("deleted": false).
http::Response postStage(Ask &ask)
{
    World &world = ask.server.world();
    const auto index = world.mint.index(Kind::Stage, ask.body[u"stageId"].toString());
    if (!index || *index / stagesAtMost >= world.pipelines.size()
        || *index % stagesAtMost >= world.pipelines[*index / stagesAtMost].stages.size())
        return problem(404, QStringLiteral("There is no such stage."));
    world.pipelines[*index / stagesAtMost].stages[*index % stagesAtMost].deleted = ask.body[u"deleted"].toBool(true);
    world.onChange();
    return ok();
}

struct Entry {
    const char *verb;
    const char *name;
    http::Response (*handler)(Ask &);
};
constexpr Entry entries[] = {
    {"GET", "ledger", getLedger},     {"DELETE", "ledger", clearLedger}, {"GET", "state", getState},
    {"GET", "faults", getFaults},     {"POST", "faults", postFault},     {"DELETE", "faults", deleteFaults},
    {"POST", "inbound", postInbound}, {"POST", "optout", postOptOut},    {"POST", "colleague", postColleague},
    {"POST", "quiet", postQuiet},     {"POST", "storm", postStorm},      {"POST", "slow", postSlow},
    {"POST", "rate", postRate},       {"POST", "token", postToken},      {"POST", "revoke", postRevoke},
    {"POST", "oauth", postOauth},     {"POST", "clock", postClock},      {"POST", "email", postEmail},
    {"POST", "deal", postDeal},       {"POST", "stage", postStage},      {"GET", "deals", getDeals},
    {"POST", "book", postBook},       {"GET", "enrolled", getEnrolled},
};

/// A page of another origin, or one that reached this server under a borrowed name, may not drive the panel.
bool isStrange(const Server &server, const http::Request &request)
{
    const QByteArray port = ':' + QByteArray::number(server.port());
    const QByteArray host = request.header("host");
    if (host != "127.0.0.1" + port && host != "localhost" + port)
        return true;
    return request.hasHeader("origin") && request.header("origin") != "http://" + host;
}

} // namespace

bool isControl(const http::Request &request)
{
    return !request.segments.isEmpty() && request.segments.first() == u"__practice";
}

http::Response controlAnswer(Server &server, const http::Request &request)
{
    if (isStrange(server, request))
        return problem(403, QStringLiteral("The control panel is for this computer only."));
    server.world().settle();
    if (request.segments.size() == 1) {
        http::Response page;
        page.contentType = "text/html; charset=utf-8";
        page.body = controlPage();
        page.headers = {
            {"X-Frame-Options", "DENY"},
            {"Cache-Control", "no-store"},
            {"Content-Security-Policy",
             "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"}};
        return page;
    }
    Ask ask{server, request, {}};
    if (!request.body.isEmpty()) {
        const QJsonDocument document = QJsonDocument::fromJson(request.body);
        if (!document.isObject())
            return problem(400, QStringLiteral("The body must be a JSON object."));
        ask.body = document.object();
    }
    for (const Entry &entry : entries) {
        if (request.method == entry.verb && request.segments[1] == QLatin1String(entry.name))
            return entry.handler(ask);
    }
    return problem(404, QStringLiteral("There is no such control."));
}

} // namespace outrigger::practice
