// SPDX-License-Identifier: GPL-3.0-or-later
// What programs beside the desk put into a talk: calls that were made elsewhere, and that somebody is typing.
#include "practice/ops.h"
#include "practice/people.h"

#include "core/json.h"

namespace outrigger::practice
{

namespace
{

std::optional<State> outcomeOf(const QString &word)
{
    if (word == u"completed" || word == u"answered")
        return State::Completed;
    if (word == u"voicemail")
        return State::Voicemail;
    if (word == u"busy" || word == u"no-answer" || word == u"failed" || word == u"canceled")
        return State::Failed;
    if (word == u"pending")
        return State::Pending;
    return std::nullopt;
}

Reply logCall(Call &call, bool inbound)
{
    World &world = call.world;
    const QJsonObject &b = call.body;
    QStringList problems;
    if (b[u"type"].toString() != u"Call")
        problems.append(QStringLiteral("type must be one of the following values: Call"));
    for (const char *name : {"conversationId", "conversationProviderId"}) {
        if (b[QLatin1String(name)].toString().isEmpty())
            problems.append(QLatin1String(name) + QStringLiteral(" should not be empty"));
    }
    const QString word = b[u"call"].toObject()[u"status"].toString();
    const auto outcome = outcomeOf(word);
    if (!outcome)
        problems.append(QStringLiteral("call.status must be one of the following values: pending, completed, answered, busy, no-answer, failed, canceled, voicemail"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    const auto conversation = world.conversation(b[u"conversationId"].toString());
    if (!conversation)
        return refusal(call, 400, QStringLiteral("Conversation not found"));
    if (auto wrong = foreign(call, world.conversations[*conversation].location))
        return *wrong;
    if (b[u"conversationProviderId"].toString() != world.providerId()) {
        Reply empty; // the service says nothing at all (docs issue 70)
        empty.status = 201;
        return empty;
    }
    Message m;
    m.conversation = *conversation;
    m.type = Type::CustomCall;
    m.inbound = inbound;
    m.state = *outcome;
    m.origin = Origin::Api;
    m.text = world.keep(QString());
    m.added = json::date(b[u"date"]).isValid() ? json::date(b[u"date"]).toMSecsSinceEpoch() : 0;
    MessageMore &more = m.rest();
    more.altId = b[u"altId"].toString();
    more.callStatus = word;
    more.callDuration = 0;
    more.from = b[u"call"].toObject()[u"from"].toString();
    more.to = b[u"call"].toObject()[u"to"].toString();
    const Index index = world.addMessage(std::move(m));
    call.applied = true;
    call.made = world.mint.id(Kind::Message, index);
    JsonOut out;
    out.object().field("success", true).field("conversationId", b[u"conversationId"].toString());
    out.field("messageId", call.made).field("message", "Call added").field("traceId", call.trace).end();
    return done(out);
}

} // namespace

Reply addOutboundCall(Call &call)
{
    return logCall(call, false);
}

Reply addInboundMessage(Call &call)
{
    return logCall(call, true);
}

Reply postTyping(Call &call)
{
    World &world = call.world;
    QStringList problems;
    for (const char *name : {"locationId", "visitorId", "conversationId"}) {
        if (call.body[QLatin1String(name)].toString().isEmpty())
            problems.append(QLatin1String(name) + QStringLiteral(" should not be empty"));
    }
    if (call.body[u"isTyping"].isUndefined())
        problems.append(QStringLiteral("isTyping should not be empty"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    Reply reply;
    if (!locationFor(call, call.body[u"locationId"].toString(), reply))
        return reply;
    if (!world.conversation(call.body[u"conversationId"].toString()))
        return refusal(call, 400, QStringLiteral("Conversation not found"));
    JsonOut out;
    out.object().field("success", true).end();
    return done(out, 201);
}

} // namespace outrigger::practice
