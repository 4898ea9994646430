// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/render.h"

#include "practice/media.h"

namespace outrigger::practice::render
{

namespace
{

void textOrNull(JsonOut &out, const char *name, const QString &text)
{
    out.key(name);
    if (text.isEmpty())
        out.null();
    else
        out.value(text);
}

void dndSettings(JsonOut &out, const Contact &c)
{
    out.key("dndSettings").object();
    if (c.more) {
        for (const auto &[channel, dnd] : c.more->dndSettings)
            out.key(channel)
                .object()
                .field("status", dnd.status)
                .fieldIf("message", dnd.message)
                .fieldIf("code", dnd.code)
                .end();
    }
    out.end();
    if (c.more && !c.more->inbound.status.isEmpty()) {
        out.key("inboundDndSettings").object().key("all").object();
        out.field("status", c.more->inbound.status).fieldIf("message", c.more->inbound.message).end().end();
    }
}

void others(JsonOut &out, const Contact &c)
{
    out.key("customFields").value(c.more ? QJsonValue(c.more->customFields) : QJsonValue(QJsonArray()));
    out.key("additionalEmails").list();
    if (c.more) {
        for (const QString &email : c.more->otherEmails)
            out.object().field("email", email).end();
    }
    out.endList().key("additionalPhones").list();
    if (c.more) {
        for (const QString &phone : c.more->otherPhones)
            out.object().field("phone", phone).end();
    }
    out.endList().field("followers", c.more ? c.more->followers : QStringList());
}

QString conversationType(Type last)
{
    switch (last) {
    case Type::Email:
        return QStringLiteral("TYPE_EMAIL");
    case Type::Facebook:
    case Type::Instagram:
        return QStringLiteral("TYPE_FB_MESSENGER");
    case Type::Review:
    case Type::Gmb:
        return QStringLiteral("TYPE_REVIEW");
    default:
        return QStringLiteral("TYPE_PHONE");
    }
}

const Message *lastOf(const World &world, const Conversation &c)
{
    return c.messages.empty() ? nullptr : &world.messages[c.messages.back()];
}

QString shown(const World &world, const Message &m)
{
    if (m.type == Type::Email)
        return m.more ? m.more->subject : QString();
    return world.text(m);
}

} // namespace

void foundContact(JsonOut &out, const World &world, Index index, const QJsonArray &searchAfter)
{
    const Contact &c = world.indexedContact(index);
    const QString low = c.first.toLower(), lowLast = c.last.toLower();
    out.object().field("id", world.mint.id(Kind::Contact, index)).field("locationId", world.locationId(c.location));
    out.field("contactName", QString(low + u' ' + lowLast).trimmed());
    textOrNull(out, "firstName", c.first);
    textOrNull(out, "lastName", c.last);
    textOrNull(out, "firstNameLowerCase", low);
    textOrNull(out, "lastNameLowerCase", lowLast);
    textOrNull(out, "email", c.email);
    textOrNull(out, "phone", c.phone);
    textOrNull(out, "phoneLabel", {});
    textOrNull(out, "companyName", c.company);
    textOrNull(out, "businessName", c.more ? c.more->business : QString());
    textOrNull(out, "address", c.address);
    textOrNull(out, "city", c.city);
    textOrNull(out, "state", c.state);
    textOrNull(out, "postalCode", c.postalCode);
    textOrNull(out, "country", c.country);
    textOrNull(out, "website", c.website);
    textOrNull(out, "timezone", c.timezone);
    textOrNull(out, "source", c.source);
    out.field("type", c.lead ? "lead" : "customer").field("dnd", c.dnd);
    dndSettings(out, c);
    out.field("tags", c.tags);
    others(out, c);
    textOrNull(out, "assignedTo", world.userId(c.assigned));
    out.field("dateAdded", isoDate(c.added)).field("dateUpdated", isoDate(c.updated));
    textOrNull(out, "dateOfBirth", c.more ? c.more->dateOfBirth : QString());
    out.key("opportunities").list().endList();
    out.key("searchAfter").value(QJsonValue(searchAfter)).end();
}

void contact(JsonOut &out, const World &world, Index index)
{
    const Contact &c = world.contacts[index];
    out.object().field("id", world.mint.id(Kind::Contact, index)).field("locationId", world.locationId(c.location));
    out.fieldIf("firstName", c.first).fieldIf("lastName", c.last);
    out.fieldIf("firstNameLowerCase", c.first.toLower()).fieldIf("lastNameLowerCase", c.last.toLower());
    out.field("fullNameLowerCase", world.fullName(c).toLower());
    out.fieldIf("email", c.email).fieldIf("emailLowerCase", c.email.toLower()).fieldIf("phone", c.phone);
    out.fieldIf("companyName", c.company).fieldIf("address1", c.address).fieldIf("city", c.city);
    out.fieldIf("state", c.state).fieldIf("postalCode", c.postalCode).fieldIf("country", c.country);
    out.fieldIf("website", c.website).fieldIf("timezone", c.timezone).fieldIf("source", c.source);
    out.field("type", c.lead ? "lead" : "customer").field("dnd", c.dnd);
    dndSettings(out, c);
    out.field("tags", c.tags);
    others(out, c);
    out.fieldIf("assignedTo", world.userId(c.assigned))
        .fieldIf("dateOfBirth", c.more ? c.more->dateOfBirth : QString());
    out.field("dateAdded", isoDate(c.added)).field("dateUpdated", isoDate(c.updated));
    if (c.conversation != none && !world.conversations[c.conversation].messages.empty()
        && world.messages[world.conversations[c.conversation].messages.back()].type == Type::LiveChat)
        out.field("visitorId", QStringLiteral("visitor-") + world.mint.id(Kind::Contact, index));
    out.key("createdBy")
        .object()
        .field("source", "WEB_USER")
        .field("channel", "APP")
        .field("timestamp", isoDate(c.added))
        .end();
    out.end();
}

void listedContact(JsonOut &out, const World &world, Index index)
{
    const Contact &c = world.contacts[index];
    out.object().field("id", world.mint.id(Kind::Contact, index)).field("locationId", world.locationId(c.location));
    out.field("contactName", world.fullName(c).toLower());
    out.fieldIf("firstName", c.first).fieldIf("lastName", c.last).fieldIf("email", c.email).fieldIf("phone", c.phone);
    out.fieldIf("companyName", c.company).fieldIf("timezone", c.timezone).fieldIf("country", c.country);
    out.fieldIf("source", c.source).field("type", c.lead ? "lead" : "customer").field("dnd", c.dnd);
    dndSettings(out, c);
    out.field("tags", c.tags);
    others(out, c);
    out.fieldIf("assignedTo", world.userId(c.assigned));
    out.field("dateAdded", isoDate(c.added)).field("dateUpdated", isoDate(c.updated));
    out.key("attributions").list().endList().end();
}

void foundConversation(JsonOut &out, const World &world, Index index, Dialect dialect)
{
    const Conversation &v = world.conversations[index];
    const Contact &c = world.contacts[v.contact];
    const Message *last = lastOf(world, v);
    out.object().field("id", world.mint.id(Kind::Conversation, index));
    out.field("contactId", world.mint.id(Kind::Contact, v.contact)).field("locationId", world.locationId(v.location));
    out.field("contactName", world.fullName(c)).field("fullName", world.fullName(c)).fieldIf("companyName", c.company);
    out.field("email", c.email).field("phone", c.phone);
    out.field("type", conversationType(last ? last->type : Type::Sms));
    const QString body = last ? shown(world, *last) : QString();
    if (dialect == Dialect::Spec || !body.isEmpty())
        out.field("lastMessageBody", body);
    out.field("lastMessageType", last ? info(last->type).name : "TYPE_SMS");
    if (last) {
        out.field("lastMessageDirection", last->inbound ? "inbound" : "outbound");
        if (!last->inbound)
            out.field("lastOutboundMessageAction",
                      last->origin == Origin::App || last->origin == Origin::Api ? "manual" : "automated");
    }
    if (v.lastManual)
        out.field("lastManualMessageDate", v.lastManual);
    out.field("lastMessageDate", v.lastMessage).field("dateAdded", v.added).field("dateUpdated", v.updated);
    out.field("unreadCount", v.unread).field("starred", v.starred);
    out.key("assignedTo");
    if (v.assigned < 0)
        out.null();
    else
        out.value(world.userId(v.assigned));
    out.key("followers").list().endList().key("mentions").list().endList();
    out.field("tags", c.tags).key("messageTypes").list();
    bool seen[256] = {};
    // Only the newest tell which channels this talk uses; walking 50,000 for each row would be silly.
    for (size_t i = v.messages.size(), n = 0; i > 0 && n < 40; --i, ++n) {
        const int number = info(world.messages[v.messages[i - 1]].type).number;
        if (!seen[number])
            out.value(number);
        seen[number] = true;
    }
    out.endList().key("scoring").list().endList().field("attributed", false);
    out.field("isLastMessageInternalComment", last && last->type == Type::InternalComment);
    out.key("sort").list().value(v.lastMessage).endList().end();
}

int conversationKind(const World &world, Index index)
{
    const Message *last = lastOf(world, world.conversations[index]);
    switch (last ? last->type : Type::Sms) {
    case Type::Email:
        return 2;
    case Type::Facebook:
    case Type::Instagram:
        return 3;
    case Type::Review:
    case Type::Gmb:
        return 4;
    default:
        return 1;
    }
}

void conversation(JsonOut &out, const World &world, Index index)
{
    const Conversation &v = world.conversations[index];
    out.object().field("id", world.mint.id(Kind::Conversation, index));
    out.field("contactId", world.mint.id(Kind::Contact, v.contact)).field("locationId", world.locationId(v.location));
    out.field("deleted", v.deleted).field("inbox", v.inbox).field("type", conversationKind(world, index));
    out.field("unreadCount", v.unread).field("starred", v.starred).fieldIf("assignedTo", world.userId(v.assigned));
    out.field("dateAdded", isoDate(v.added)).field("dateUpdated", isoDate(v.updated)).end();
}

void changedConversation(JsonOut &out, const World &world, Index index)
{
    const Conversation &v = world.conversations[index];
    const Message *last = lastOf(world, v);
    out.object().field("id", world.mint.id(Kind::Conversation, index));
    out.field("contactId", world.mint.id(Kind::Contact, v.contact)).field("locationId", world.locationId(v.location));
    out.field("dateAdded", isoDate(v.added)).field("dateUpdated", isoDate(v.updated));
    out.field("lastMessageDate", isoDate(v.lastMessage)).field("deleted", v.deleted).field("inbox", v.inbox);
    out.field("unreadCount", v.unread).field("starred", v.starred).fieldIf("assignedTo", world.userId(v.assigned));
    if (last)
        out.field("lastMessageBody", shown(world, *last)).field("lastMessageType", info(last->type).name);
    out.end();
}

void message(JsonOut &out, const World &world, Index index)
{
    const Message &m = world.messages[index];
    const Conversation &v = world.conversations[m.conversation];
    const TypeInfo &type = info(m.type);
    out.object()
        .field("id", world.mint.id(Kind::Message, index))
        .field("type", type.number)
        .field("messageType", type.name);
    out.field("locationId", world.locationId(v.location)).field("contactId", world.mint.id(Kind::Contact, v.contact));
    out.field("conversationId", world.mint.id(Kind::Conversation, m.conversation));
    out.field("dateAdded", isoDate(m.added)).field("dateUpdated", isoDate(m.updated));
    const bool email = m.type == Type::Email; // its text is not in lists
    if (!email)
        out.field("body", world.text(m));
    out.field("direction", m.inbound ? "inbound" : "outbound");
    if (m.state != State::None)
        out.field("status", word(m.state));
    out.field("contentType", email ? "text/html" : "text/plain")
        .field("attachments", m.more ? media::absolute(world, m.more->attachments) : QStringList());
    if (m.more && m.more->callDuration >= 0) {
        out.key("meta")
            .object()
            .field("callDuration", QString::number(m.more->callDuration))
            .field("callStatus", m.more->callStatus);
        out.key("call")
            .object()
            .field("duration", m.more->callDuration)
            .field("status", m.more->callStatus)
            .end()
            .end();
    } else if (email) {
        out.key("meta").object().key("email").object().key("messageIds").list();
        out.value(world.mint.id(Kind::Email, index)).endList().end().end();
    }
    if (m.origin != Origin::None)
        out.field("source", word(m.origin));
    out.fieldIf("userId", world.userId(m.user));
    if (m.type == Type::CustomSms || m.type == Type::CustomCall)
        out.field("conversationProviderId", world.providerId());
    if (m.more) {
        out.fieldIf("from", m.more->from)
            .fieldIf("to", m.more->to)
            .fieldIf("error", m.more->error)
            .fieldIf("altId", m.more->altId);
        if (email)
            out.fieldIf("subject", m.more->subject);
    }
    if (m.type == Type::ActivityContact || m.type == Type::ActivityAppointment || m.type == Type::ActivityOpportunity)
        out.key("activity")
            .object()
            .field("title", world.text(m))
            .field("type", type.name)
            .key("data")
            .object()
            .end()
            .end();
    out.end();
}

void email(JsonOut &out, const World &world, Index index)
{
    const Message &m = world.messages[index];
    const Conversation &v = world.conversations[m.conversation];
    const MessageMore none;
    const MessageMore &more = m.more ? *m.more : none;
    const QString id = world.mint.id(Kind::Email, index);
    out.object().field("id", id).field("altId", id).field("threadId", id);
    out.field("locationId", world.locationId(v.location)).field("contactId", world.mint.id(Kind::Contact, v.contact));
    out.field("conversationId", world.mint.id(Kind::Conversation, m.conversation)).field("dateAdded", isoDate(m.added));
    QString html = more.html;
    html.replace(QStringLiteral("\"/media/"), QStringLiteral("\"%1/media/").arg(world.base));
    out.field("subject", more.subject).field("body", html).field("direction", m.inbound ? "inbound" : "outbound");
    const bool listed =
        m.state != State::Clicked && m.state != State::Queued && m.state != State::OptOut && m.state != State::None;
    out.field("status", listed ? word(m.state) : "opened").field("contentType", "text/html");
    out.field("attachments", media::absolute(world, more.attachments)).field("provider", "Leadconnector").field("from", more.from);
    out.key("to").list();
    if (!more.to.isEmpty())
        out.value(more.to);
    out.endList().field("cc", more.cc).field("bcc", more.bcc);
    if (m.origin != Origin::None)
        out.field("source", word(m.origin));
    out.end();
}

void opportunity(JsonOut &out, const World &world, Index index, const QJsonArray &sort)
{
    const Opportunity &o = world.opportunities[index];
    const Contact &c = world.contacts[o.contact];
    out.object().field("id", world.mint.id(Kind::Opportunity, index)).field("name", o.name);
    if (o.hasValue)
        out.field("monetaryValue", o.value);
    out.field("pipelineId", world.mint.id(Kind::Pipeline, o.pipeline)).field("pipelineStageId", world.stageId(o.pipeline, o.stage));
    out.fieldIf("assignedTo", world.userId(o.assigned)).field("status", word(o.status)).field("source", o.source);
    out.field("lastStatusChangeAt", isoDate(o.statusSince)).field("lastStageChangeAt", isoDate(o.stageSince));
    out.field("lastActionDate", isoDate(o.updated)).field("createdAt", isoDate(o.added)).field("updatedAt", isoDate(o.updated));
    out.field("contactId", world.mint.id(Kind::Contact, o.contact)).field("locationId", world.locationId(o.location));
    if (o.lostReason >= 0)
        out.field("lostReasonId", world.mint.id(Kind::LostReason, static_cast<Index>(o.lostReason)));
    out.key("contact").object().field("id", world.mint.id(Kind::Contact, o.contact)).field("name", world.fullName(c));
    out.fieldIf("companyName", c.company).fieldIf("email", c.email).fieldIf("phone", c.phone).field("tags", c.tags).end();
    out.key("customFields").value(QJsonValue(o.customFields));
    // The specification says a list of lists; the service gives a list of ids.
    out.field("followers", o.followers);
    if (!sort.isEmpty())
        out.key("sort").value(QJsonValue(sort));
    out.end();
}

void pipeline(JsonOut &out, const World &world, quint16 index)
{
    const Pipeline &p = world.pipelines[index];
    out.object().field("id", world.mint.id(Kind::Pipeline, index)).field("name", p.name);
    out.key("stages").list();
    int position = 0;
    for (size_t i = 0; i < p.stages.size(); ++i) {
        if (p.stages[i].deleted)
            continue;
        out.object().field("id", world.stageId(index, static_cast<quint16>(i))).field("name", p.stages[i].name);
        out.field("position", position++).field("showInFunnel", true).field("showInPieChart", true);
        out.field("stageWinProbability", p.stages[i].probability).end();
    }
    out.endList().field("showInFunnel", true).field("showInPieChart", true);
    out.field("locationId", world.locationId(p.location)).end();
}

void user(JsonOut &out, const World &world, int index)
{
    const User &u = world.users[static_cast<size_t>(index)];
    out.object().field("id", world.userId(index)).field("name", QString(u.first + u' ' + u.last));
    out.field("firstName", u.first).field("lastName", u.last).field("email", u.email).field("phone", u.phone);
    out.key("permissions").object().field("contactsEnabled", true).field("conversationsEnabled", true);
    out.field("opportunitiesEnabled", true).field("appointmentsEnabled", true).field("assignedDataOnly", false).end();
    out.key("roles").object().field("type", "account").field("role", u.role).field("locationIds", u.locations).end();
    out.field("deleted", u.deleted).end();
}

void location(JsonOut &out, const World &world, quint16 index, bool inList)
{
    const LocationData &l = world.locations[index];
    out.object().field("id", world.locationId(index));
    if (!inList)
        out.field("companyId", world.companyId()).field("firstName", l.first).field("lastName", l.last);
    out.field("name", l.name)
        .field("email", l.email)
        .field("phone", l.phone)
        .field("address", l.address)
        .field("city", l.city);
    out.field("state", l.state)
        .field("country", l.country)
        .field("postalCode", l.postalCode)
        .field("website", l.website);
    out.field("timezone", l.timezone);
    if (!inList) {
        out.key("business").object().field("name", l.name).field("address", l.address).field("city", l.city);
        out.field("state", l.state).field("country", l.country).field("postalCode", l.postalCode);
        out.field("timezone", l.timezone).end();
    }
    out.key("social").object().end();
    out.key("settings").object().field("allowDuplicateContact", l.allowDuplicateContact);
    out.field("allowDuplicateOpportunity", false).field("allowFacebookNameMerge", false);
    out.field("disableContactTimezone", false).end().end();
}

void field(JsonOut &out, const World &world, Index index)
{
    const CustomField &f = world.fields[index];
    out.object().field("id", world.mint.id(Kind::Field, index)).field("name", f.name).field("fieldKey", f.key);
    out.field("placeholder", "").field("dataType", f.dataType).field("position", static_cast<int>(index) * 50);
    if (!f.options.isEmpty())
        out.field("picklistOptions", f.options);
    out.field("isAllowedCustomOption", false)
        .field("locationId", world.locationId(f.location))
        .field("model", f.model)
        .end();
}

} // namespace outrigger::practice::render
