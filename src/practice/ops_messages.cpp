// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ops.h"
#include "practice/people.h"
#include "practice/render.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

std::optional<Index> messageFor(const Call &call, const QString &id, Kind kind, Reply &reply)
{
    auto index = call.world.mint.index(kind, id);
    if (!index || *index >= call.world.messages.size() || call.world.messages[*index].deleted ||
        (kind == Kind::Email && call.world.messages[*index].type != Type::Email)) {
        reply = refusal(call, 404, QStringLiteral("Message with id %1 not found").arg(id));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, call.world.locationOf(call.world.messages[*index]))) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

Reply listMessages(Call &call)
{
    const World &world = call.world;
    const auto index = world.conversation(call.args[0]);
    if (!index)
        return refusal(call, 404, QStringLiteral("Conversation with id %1 not found").arg(call.args[0]));
    if (auto wrong = foreign(call, world.conversations[*index].location))
        return *wrong;
    bool ok = true;
    const int limit = call.hasQuery("limit") ? call.query("limit").toInt(&ok) : 20;
    if (!ok || limit < 1 || limit > 100)
        return invalid(call, {QStringLiteral("limit must not be greater than 100")});
    const QStringList types = call.query("type").split(u',', Qt::SkipEmptyParts);
    const std::vector<Index> &all = world.conversations[*index].messages;
    size_t at = all.size(); // one behind the next, newest first
    if (call.hasQuery("lastMessageId")) {
        const auto last = world.mint.index(Kind::Message, call.query("lastMessageId"));
        const auto found = last ? std::find(all.begin(), all.end(), *last) : all.end();
        if (found == all.end())
            return refusal(call, 400, QStringLiteral("lastMessageId is invalid"));
        at = static_cast<size_t>(found - all.begin());
    }
    JsonOut out;
    // The seed papers and the newest specification text show one layer, what the service sends has two.
    const bool nested = call.options.dialect != Dialect::Seed;
    if (nested)
        out.object().key("messages");
    out.object().key("messages").list();
    int given = 0;
    Index last = none;
    while (at > 0 && given < limit) {
        const Index i = all[--at];
        if (!types.isEmpty() && !types.contains(QLatin1String(info(world.messages[i].type).name)))
            continue;
        render::message(out, world, i);
        last = i;
        ++given;
    }
    bool more = false;
    for (size_t i = at; i > 0 && !more; --i)
        more = types.isEmpty() || types.contains(QLatin1String(info(world.messages[all[i - 1]].type).name));
    out.endList()
        .field("lastMessageId", last == none ? QString() : world.mint.id(Kind::Message, last))
        .field("nextPage", more);
    if (nested)
        out.end();
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply getMessage(Call &call)
{
    Reply reply;
    const auto index = messageFor(call, call.args[0], Kind::Message, reply);
    if (!index)
        return reply;
    JsonOut out;
    if (call.options.dialect == Dialect::Spec) {
        render::message(out, call.world, *index);
    } else {
        out.object().key("message");
        render::message(out, call.world, *index);
        out.field("traceId", call.trace).end();
    }
    return done(out);
}

namespace
{

struct Feed {
    const std::vector<Index> *walk = nullptr;
    bool byUpdated = false;
    bool ascending = false;
    QString channel;
    std::optional<Index> contact, conversation;
    qint64 from = 0;
    qint64 to = std::numeric_limits<qint64>::max();
};

bool inFeed(const World &world, Index i, const Feed &feed)
{
    const Message &m = world.messages[i];
    const TypeInfo &type = info(m.type);
    if (feed.channel.isEmpty() ? m.type == Type::Email : feed.channel != QLatin1String(type.channel))
        return false;
    if (feed.conversation && m.conversation != *feed.conversation)
        return false;
    if (feed.contact && world.conversations[m.conversation].contact != *feed.contact)
        return false;
    const qint64 time = feed.byUpdated ? m.indexed : m.added;
    return time >= feed.from && time <= feed.to;
}

qint64 feedTotal(const World &world, const Feed &feed, const LocationData &location)
{
    if (!feed.contact && !feed.conversation && feed.from == 0 && feed.to == std::numeric_limits<qint64>::max()) {
        qint64 total = 0;
        for (int t = 0; t < typeCount; ++t) {
            const auto type = static_cast<Type>(t);
            if (feed.channel.isEmpty() ? type != Type::Email : feed.channel == QLatin1String(info(type).channel))
                total += location.messageCounts[static_cast<size_t>(t)];
        }
        return total;
    }
    return std::count_if(feed.walk->begin(), feed.walk->end(), [&](Index i) { return inFeed(world, i, feed); });
}

QStringList readFeed(const Call &call, Feed &feed)
{
    QStringList problems;
    const auto date = [&](const char *name, qint64 &to) {
        if (!call.hasQuery(name))
            return;
        const QDateTime read = json::date(QJsonValue(call.query(name)));
        if (read.isValid())
            to = read.toMSecsSinceEpoch();
        else
            problems.append(QStringLiteral("%1 must be a valid ISO 8601 date string").arg(QLatin1String(name)));
    };
    date("startDate", feed.from);
    date("endDate", feed.to);
    const auto oneOf = [&](const char *name, const QStringList &words) {
        if (call.hasQuery(name) && !words.contains(call.query(name)))
            problems.append(QStringLiteral("%1 must be one of the following values: %2")
                                .arg(QLatin1String(name), words.join(u", ")));
    };
    oneOf("sortBy", {QStringLiteral("createdAt"), QStringLiteral("updatedAt")});
    oneOf("sortOrder", {QStringLiteral("asc"), QStringLiteral("desc")});
    oneOf("channel", QStringLiteral("Call,SMS,Email,WhatsApp,Instagram,Facebook").split(u','));
    feed.byUpdated = call.query("sortBy") == u"updatedAt";
    feed.ascending = call.query("sortOrder") == u"asc";
    feed.channel = call.query("channel");
    return problems;
}

} // namespace

Reply exportMessages(Call &call)
{
    Reply reply;
    const World &world = call.world;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    Feed feed;
    QStringList problems = readFeed(call, feed);
    bool ok = true;
    const int limit = call.hasQuery("limit") ? call.query("limit").toInt(&ok) : 100;
    if (!ok || limit < 10 || limit > 500)
        problems.append(limit < 10 ? QStringLiteral("limit must not be less than 10")
                                   : QStringLiteral("limit must not be greater than 500"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    const LocationData &data = world.locations[*location];
    feed.walk = feed.byUpdated ? &data.messagesByUpdated : &data.messagesByAdded;
    if (call.hasQuery("conversationId"))
        feed.conversation = world.conversation(call.query("conversationId")).value_or(none);
    if (call.hasQuery("contactId"))
        feed.contact = world.contact(call.query("contactId")).value_or(none);
    if (feed.conversation && *feed.conversation != none && !feed.byUpdated)
        feed.walk = &world.conversations[*feed.conversation].messages;

    const auto time = [&](Index i) { return feed.byUpdated ? world.messages[i].indexed : world.messages[i].added; };
    const std::vector<Index> &walk = *feed.walk;
    // The cursor is "time.place.total": opaque to clients.
    qint64 total = -1;
    auto at = feed.ascending
                  ? std::partition_point(walk.begin(), walk.end(), [&](Index i) { return time(i) < feed.from; })
                  : std::partition_point(walk.begin(), walk.end(), [&](Index i) { return time(i) <= feed.to; });
    if (call.hasQuery("cursor") && !call.query("cursor").isEmpty()) {
        const QStringList parts =
            QString::fromLatin1(QByteArray::fromBase64(call.query("cursor").toLatin1(), QByteArray::Base64UrlEncoding))
                .split(u'.');
        if (parts.size() != 3)
            return refusal(call, 400, QStringLiteral("Invalid cursor"));
        const qint64 when = parts[0].toLongLong();
        const Index place = parts[1].toUInt();
        total = parts[2].toLongLong();
        at = std::partition_point(walk.begin(), walk.end(), [&](Index i) {
            const qint64 t = time(i);
            return t != when ? t < when : feed.ascending ? i <= place : i < place;
        });
    }
    if (total < 0)
        total = feedTotal(world, feed, data);
    JsonOut out;
    out.reserve(limit * 450);
    out.object().key("messages").list();
    int given = 0;
    Index last = none;
    bool more = false;
    const auto take = [&](Index i) {
        if (!inFeed(world, i, feed))
            return true;
        if (given == limit) {
            more = true;
            return false;
        }
        render::message(out, world, i);
        last = i;
        ++given;
        return true;
    };
    if (feed.ascending) {
        for (; at != walk.end() && time(*at) <= feed.to && take(*at); ++at) {
        }
    } else {
        for (; at != walk.begin() && time(*(at - 1)) >= feed.from && take(*(at - 1)); --at) {
        }
    }
    out.endList().key("nextCursor");
    if (more)
        out.value(QString::fromLatin1(QStringLiteral("%1.%2.%3")
                                          .arg(time(last))
                                          .arg(last)
                                          .arg(total)
                                          .toLatin1()
                                          .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)));
    else
        out.null();
    out.field("total", total).field("traceId", call.trace).end();
    return done(out);
}

Reply putMessageStatus(Call &call)
{
    Reply reply;
    const auto index = messageFor(call, call.args[0], Kind::Message, reply);
    if (!index)
        return reply;
    const QString wanted = call.body[u"status"].toString();
    static const QStringList words{QStringLiteral("delivered"), QStringLiteral("failed"), QStringLiteral("pending"),
                                   QStringLiteral("read")};
    if (!words.contains(wanted))
        return invalid(
            call, {QStringLiteral("status must be one of the following values: delivered, failed, pending, read")});
    if (call.world.messages[*index].type != Type::CustomSms)
        return refusal(call, 403, QStringLiteral("No conversationProviderId found for this message"));
    call.world.setState(*index, *stateOf(wanted), call.body[u"error"].toObject()[u"message"].toString());
    call.applied = true;
    const Message &m = call.world.messages[*index];
    JsonOut out;
    out.object()
        .field("conversationId", call.world.mint.id(Kind::Conversation, m.conversation))
        .field("messageId", call.args[0]);
    out.field("status", wanted).field("traceId", call.trace).end();
    return done(out);
}

Reply getEmail(Call &call)
{
    Reply reply;
    const auto index = messageFor(call, call.args[0], Kind::Email, reply);
    if (!index)
        return reply;
    JsonOut out;
    render::email(out, call.world, *index);
    return done(out);
}

namespace
{

Reply cancel(Call &call, Kind kind)
{
    Reply reply;
    const auto index = messageFor(call, call.args[0], kind, reply);
    if (!index)
        return reply;
    JsonOut out;
    out.object();
    if (call.world.messages[*index].state == State::Scheduled) {
        call.world.removeMessage(*index);
        call.applied = true;
        out.field("status", 200).field("message", "Scheduled message cancelled successfully");
    } else {
        // An error code inside a 200, as HighLevel does it.
        out.field("status", 400).field("message", "Message is not scheduled or has already been sent");
    }
    out.field("traceId", call.trace).end();
    return done(out);
}

} // namespace

Reply cancelMessage(Call &call)
{
    return cancel(call, Kind::Message);
}

Reply cancelEmail(Call &call)
{
    return cancel(call, Kind::Email);
}

} // namespace outrigger::practice
