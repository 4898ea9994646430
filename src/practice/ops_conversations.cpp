// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ops.h"
#include "practice/render.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

std::optional<Index> conversationFor(const Call &call, Reply &reply)
{
    const auto index = call.world.conversation(call.args[0]);
    if (!index) {
        reply = refusal(call, 404, QStringLiteral("Conversation with id %1 not found").arg(call.args[0]));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, call.world.conversations[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

struct Wanted {
    std::optional<Index> contact, id;
    QStringList assigned;
    QString text, status, lastType, direction, action;
    qint64 from = 0, to = 0;
};

bool fits(const World &world, Index index, const Wanted &w)
{
    const Conversation &c = world.conversations[index];
    if ((w.id && *w.id != index) || (w.contact && *w.contact != c.contact))
        return false;
    if (!w.assigned.isEmpty()) {
        const QString who = c.assigned < 0 ? QStringLiteral("unassigned") : world.userId(c.assigned);
        if (!w.assigned.contains(who))
            return false;
    }
    if ((w.status == u"unread" && c.unread == 0) || (w.status == u"read" && c.unread > 0) ||
        (w.status == u"starred" && !c.starred))
        return false;
    if ((w.from && c.added < w.from) || (w.to && c.added > w.to))
        return false;
    const Message *last = c.messages.empty() ? nullptr : &world.messages[c.messages.back()];
    if (!w.lastType.isEmpty() && (!last || w.lastType != QLatin1String(info(last->type).name)))
        return false;
    if (!w.direction.isEmpty() && (!last || (w.direction == u"inbound") != last->inbound))
        return false;
    if (!w.action.isEmpty()) {
        const bool manual = last && (last->origin == Origin::App || last->origin == Origin::Api);
        if (!last || last->inbound || manual != (w.action == u"manual"))
            return false;
    }
    if (!w.text.isEmpty()) {
        const Contact &who = world.contacts[c.contact];
        if (!world.fullName(who).contains(w.text, Qt::CaseInsensitive) &&
            !who.email.contains(w.text, Qt::CaseInsensitive) && !who.phone.contains(w.text))
            return false;
    }
    return true;
}

QStringList check(const Call &call)
{
    QStringList problems;
    const auto oneOf = [&](const char *name, const QStringList &words) {
        if (call.hasQuery(name) && !words.contains(call.query(name)))
            problems.append(QStringLiteral("%1 must be one of the following values: %2")
                                .arg(QLatin1String(name), words.join(u", ")));
    };
    oneOf("status", QStringLiteral("all,read,unread,starred,recents").split(u','));
    oneOf("sort", {QStringLiteral("asc"), QStringLiteral("desc")});
    oneOf("sortBy",
          QStringLiteral("last_message_date,last_manual_message_date,score_profile,overdue_at,due_at").split(u','));
    oneOf("lastMessageDirection", {QStringLiteral("inbound"), QStringLiteral("outbound")});
    oneOf("lastMessageAction", {QStringLiteral("automated"), QStringLiteral("manual")});
    bool ok = true;
    if (call.hasQuery("limit")) {
        const int limit = call.query("limit").toInt(&ok);
        if (!ok || limit < 1 || limit > 100)
            problems.append(QStringLiteral("limit must not be greater than 100"));
    }
    if (call.hasQuery("startAfterDate") && (call.query("startAfterDate").toLongLong(&ok), !ok))
        problems.append(QStringLiteral("startAfterDate must be a number"));
    return problems;
}

} // namespace

Reply searchConversations(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    const QStringList problems = check(call);
    if (!problems.isEmpty())
        return invalid(call, problems);
    const World &world = call.world;
    Wanted w;
    if (call.hasQuery("contactId"))
        w.contact = world.contact(call.query("contactId")).value_or(none);
    if (call.hasQuery("id"))
        w.id = world.conversation(call.query("id")).value_or(none);
    w.assigned = call.query("assignedTo").split(u',', Qt::SkipEmptyParts);
    w.text = call.query("query");
    w.status = call.query("status");
    w.lastType = call.query("lastMessageType");
    w.direction = call.query("lastMessageDirection");
    w.action = call.query("lastMessageAction");
    w.from = call.query("startDate").toLongLong();
    w.to = call.query("endDate").toLongLong();
    const bool manual = call.query("sortBy") == u"last_manual_message_date";
    const bool ascending = call.query("sort") == u"asc";
    const auto time = [&](Index i) {
        return manual ? world.conversations[i].lastManual : world.conversations[i].lastMessage;
    };
    std::vector<Index> found;
    for (Index i = 0; i < world.conversations.size(); ++i) {
        const Conversation &c = world.conversations[i];
        if (!c.deleted && c.location == *location && fits(world, i, w))
            found.push_back(i);
    }
    const size_t total = found.size();
    std::sort(found.begin(), found.end(), [&](Index a, Index b) {
        const qint64 left = time(a), right = time(b);
        return left != right ? (left < right) == ascending : a < b;
    });
    size_t at = 0;
    if (call.hasQuery("startAfterDate")) {
        // Strictly behind: two talks of the same millisecond can be lost at a border, as they are at HighLevel.
        const qint64 border = call.query("startAfterDate").toLongLong();
        while (at < found.size() && (ascending ? time(found[at]) <= border : time(found[at]) >= border))
            ++at;
    }
    const size_t limit = call.hasQuery("limit") ? call.query("limit").toUInt() : 20;
    JsonOut out;
    out.object().key("conversations").list();
    for (size_t i = at; i < std::min(found.size(), at + limit); ++i)
        render::foundConversation(out, world, found[i], call.options.dialect);
    out.endList().field("total", static_cast<qint64>(total)).field("traceId", call.trace).end();
    return done(out);
}

Reply getConversation(Call &call)
{
    Reply reply;
    const auto index = conversationFor(call, reply);
    if (!index)
        return reply;
    JsonOut out;
    render::conversation(out, call.world, *index);
    return done(out);
}

Reply createConversation(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    const auto contact = call.world.contact(call.body[u"contactId"].toString());
    if (!contact || call.world.contacts[*contact].location != *location)
        return refusal(call, 400, QStringLiteral("Contact not found"));
    const Index before = call.world.contacts[*contact].conversation;
    if (before != none && !call.world.conversations[before].deleted) {
        JsonOut out;
        out.object().field("statusCode", 400).field("message", "Conversation already exists");
        out.field("conversationId", call.world.mint.id(Kind::Conversation, before)).field("traceId", call.trace).end();
        return done(out, 400);
    }
    const Index index = call.world.conversationFor(*contact);
    call.applied = true;
    call.made = call.world.mint.id(Kind::Conversation, index);
    JsonOut out;
    out.object().field("success", true).key("conversation");
    render::changedConversation(out, call.world, index);
    out.field("traceId", call.trace).end();
    return done(out, 201);
}

Reply updateConversation(Call &call)
{
    Reply reply;
    const auto index = conversationFor(call, reply);
    if (!index)
        return reply;
    if (!locationFor(call, call.body[u"locationId"].toString(), reply))
        return reply;
    const QJsonValue unread = call.body.value(u"unreadCount"), starred = call.body.value(u"starred");
    QStringList problems;
    if (!unread.isUndefined() && (!unread.isDouble() || unread.toDouble() < 0))
        problems.append(QStringLiteral("unreadCount must not be less than 0"));
    if (!starred.isUndefined() && !starred.isBool())
        problems.append(QStringLiteral("starred must be a boolean value"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    Conversation &c = call.world.conversations[*index];
    if (unread.isDouble())
        c.unread = unread.toInt();
    if (starred.isBool())
        c.starred = starred.toBool();
    call.world.conversationChanged(*index);
    call.applied = true;
    JsonOut out;
    out.object().field("success", true).key("conversation");
    render::changedConversation(out, call.world, *index);
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply deleteConversation(Call &call)
{
    Reply reply;
    const auto index = conversationFor(call, reply);
    if (!index)
        return reply;
    call.world.removeConversation(*index);
    call.applied = true;
    JsonOut out;
    out.object().field("success", true).field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
