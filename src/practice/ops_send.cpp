// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/media.h"
#include "practice/ops.h"
#include "practice/people.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

constexpr qint64 day = 24LL * 3600 * 1000;

std::optional<Type> typeOf(const QString &name)
{
    for (int i = 0; i < typeCount; ++i) {
        const auto type = static_cast<Type>(i);
        if (*info(type).send && name == QLatin1String(info(type).send))
            return type;
    }
    return std::nullopt;
}

QStringList check(const Call &call, std::optional<Type> type)
{
    QStringList problems;
    const QJsonObject &b = call.body;
    if (!type)
        problems.append(QStringLiteral(
            "type must be one of the following values: SMS, RCS, Email, WhatsApp, IG, FB, Custom, Live_Chat, TIKTOK"));
    if (b[u"contactId"].toString().isEmpty())
        problems.append(QStringLiteral("contactId should not be empty"));
    for (const char *name : {"attachments", "emailCc", "emailBcc"}) {
        const QJsonValue value = b[QLatin1String(name)];
        if (!value.isUndefined() && !value.isNull() && !value.isArray())
            problems.append(QLatin1String(name) + QStringLiteral(" must be an array"));
    }
    for (const char *name : {"message", "html", "subject", "fromNumber", "toNumber", "emailFrom", "emailTo"}) {
        const QJsonValue value = b[QLatin1String(name)];
        if (!value.isUndefined() && !value.isNull() && !value.isString())
            problems.append(QLatin1String(name) + QStringLiteral(" must be a string"));
    }
    const QJsonValue scheduled = b[u"scheduledTimestamp"];
    if (!scheduled.isUndefined() && !scheduled.isNull() && !scheduled.isDouble())
        problems.append(QStringLiteral("scheduledTimestamp must be a number conforming to the specified constraints"));
    return problems;
}

/// What is missing for this sort of message; empty when nothing is.
QString missing(const Call &call, Type type, const Contact &contact)
{
    const QJsonObject &b = call.body;
    const bool text = !b[u"message"].toString().isEmpty();
    const bool files = !b[u"attachments"].toArray().isEmpty();
    if (type == Type::Email) {
        if (b[u"subject"].toString().isEmpty())
            return QStringLiteral("subject is required for an email");
        if (!text && b[u"html"].toString().isEmpty() && b[u"templateId"].toString().isEmpty())
            return QStringLiteral("There is no message or html for this email");
        if (contact.email.isEmpty() && b[u"emailTo"].toString().isEmpty())
            return QStringLiteral("Contact has no email address");
        return {};
    }
    if (!text && (!files || type == Type::Rcs) && b[u"templateId"].toString().isEmpty())
        return QStringLiteral("There is no message or attachments for this message. Skip sending.");
    if ((type == Type::Sms || type == Type::WhatsApp || type == Type::Rcs) && contact.phone.isEmpty() &&
        b[u"toNumber"].toString().isEmpty())
        return QStringLiteral("Contact has no phone number");
    if (type == Type::Sms && b[u"message"].toString().size() > 1600)
        return QStringLiteral("Message is too long, the limit is 1600 characters");
    if (type == Type::CustomSms && b[u"conversationProviderId"].toString().isEmpty())
        return QStringLiteral("No conversationProviderId passed in body");
    return {};
}

bool wroteLately(const World &world, Index contact, Type type)
{
    const Index conversation = world.contacts[contact].conversation;
    if (conversation == none)
        return false;
    const auto &all = world.conversations[conversation].messages;
    return std::any_of(all.rbegin(), all.rend(), [&](Index i) {
        const Message &m = world.messages[i];
        return m.inbound && m.type == type && m.added > world.now() - day;
    });
}

Reply blocked(const Call &call, const Refusal &why)
{
    JsonOut out;
    out.object().field("statusCode", 400).field("message", why.message).field("canonicalCode", why.code);
    out.field("traceId", call.trace).end();
    return done(out, 400);
}

Index store(Call &call, Index contact, Type type, qint64 due)
{
    World &world = call.world;
    const QJsonObject &b = call.body;
    Message m;
    m.conversation = world.conversationFor(contact);
    m.type = type;
    m.state = due ? State::Scheduled : State::Pending;
    m.origin = Origin::Api;
    const bool comment = type == Type::InternalComment; // the service does not note who wrote it (docs issue 215)
    if (!comment && !call.token->userId.isEmpty())
        m.user = static_cast<qint16>(world.userIndex(call.token->userId));
    const QString text = call.rewrite.isEmpty() ? b[u"message"].toString() : call.rewrite;
    m.text = world.keep(text);
    MessageMore &more = m.rest();
    more.due = due;
    const QStringList files = json::texts(b[u"attachments"]);
    for (const QString &file : files)
        more.attachments.append(media::relative(world, file));
    const LocationData &home = world.locations[world.contacts[contact].location];
    if (type == Type::Email) {
        more.subject = b[u"subject"].toString();
        more.html = b[u"html"].toString().isEmpty() ? QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped())
                                                    : b[u"html"].toString();
        more.from = b[u"emailFrom"].toString().isEmpty() ? home.email : b[u"emailFrom"].toString();
        more.to = b[u"emailTo"].toString().isEmpty() ? world.contacts[contact].email : b[u"emailTo"].toString();
        more.cc = json::texts(b[u"emailCc"]);
        more.bcc = json::texts(b[u"emailBcc"]);
    } else if (!comment) {
        more.from = b[u"fromNumber"].toString().isEmpty() ? home.phone : b[u"fromNumber"].toString();
        more.to = b[u"toNumber"].toString().isEmpty() ? world.contacts[contact].phone : b[u"toNumber"].toString();
    }
    return world.addMessage(std::move(m));
}

} // namespace

Reply sendMessage(Call &call)
{
    World &world = call.world;
    const auto type = typeOf(call.body[u"type"].toString());
    const QStringList problems = check(call, type);
    if (!problems.isEmpty())
        return invalid(call, problems);
    const auto contact = world.contact(call.body[u"contactId"].toString());
    if (!contact)
        return refusal(call, 400, QStringLiteral("Contact not found"));
    const Contact &c = world.contacts[*contact];
    if (auto wrong = foreign(call, c.location))
        return *wrong;
    if (const QString lack = missing(call, *type, c); !lack.isEmpty())
        return refusal(call, 400, lack);
    const QString from = call.body[u"fromNumber"].toString();
    if (!from.isEmpty() && *type != Type::Email) {
        const bool ours = std::any_of(world.numbers.begin(), world.numbers.end(), [&](const PhoneNumber &n) {
            return n.number == from && n.location == c.location && n.sms;
        });
        if (!ours)
            return refusal(call, 400,
                           QStringLiteral("The fromNumber is not a number of this location that can send messages"));
    }
    if (const auto why = *type == Type::InternalComment ? std::nullopt : doNotDisturb(c, *type))
        return blocked(call, *why);
    if (*type == Type::WhatsApp && call.body[u"templateId"].toString().isEmpty() &&
        !wroteLately(world, *contact, Type::WhatsApp))
        return refusal(call, 400,
                       QStringLiteral("WhatsApp session window has expired, only approved templates can be sent"));
    if ((*type == Type::Facebook || *type == Type::Instagram) && !wroteLately(world, *contact, *type))
        return refusal(call, 400, QStringLiteral("This message is sent outside of allowed window."));
    qint64 due = 0;
    if (call.body[u"scheduledTimestamp"].isDouble()) {
        const qint64 stamp = json::integer(call.body[u"scheduledTimestamp"]).value_or(0);
        if (stamp > 100'000'000'000)
            return refusal(call, 400, QStringLiteral("scheduledTimestamp must be in seconds"));
        due = stamp * 1000;
        if (due <= world.now())
            return refusal(call, 400, QStringLiteral("scheduledTimestamp must be in the future"));
    }

    const Index index = store(call, *contact, *type, due);
    call.applied = true;
    call.made = world.mint.id(Kind::Message, index);
    call.people.sent(index);
    const Message &m = world.messages[index];
    JsonOut out;
    out.object()
        .field("conversationId", world.mint.id(Kind::Conversation, m.conversation))
        .field("messageId", call.made);
    if (*type == Type::Email) {
        out.field("emailMessageId", world.mint.id(Kind::Email, index));
        out.field("messageIds", QStringList{call.made});
    }
    if (call.seed() && !call.spec()) {
        out.field("contactId", call.body[u"contactId"].toString()).field("type", call.body[u"type"].toString());
        out.field("status", "sent").field("dateAdded", isoDate(m.added));
    }
    if (due)
        out.field("msg", "Message scheduled successfully.");
    out.field("traceId", call.trace).end();
    return done(out, call.options.dialect == Dialect::Both ? 201 : 200);
}

} // namespace outrigger::practice
