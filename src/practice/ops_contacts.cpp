// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/answers.h"
#include "practice/render.h"

#include "core/json.h"

#include <QRegularExpression>

#include <algorithm>

namespace outrigger::practice
{

namespace
{

Reply contactReply(const Call &call, Index index, int status, const std::optional<bool> &isNew = {},
                   bool succeeded = false)
{
    JsonOut out;
    out.object();
    if (succeeded)
        out.field("succeded", true);
    if (isNew)
        out.field("new", *isNew);
    out.key("contact");
    render::contact(out, call.world, index);
    out.field("traceId", call.trace).end();
    return done(out, status);
}

QStringList checkFields(const Call &call, bool creating)
{
    QStringList problems;
    static const QStringList texts{QStringLiteral("firstName"), QStringLiteral("lastName"),   QStringLiteral("name"),
                                   QStringLiteral("phone"),     QStringLiteral("address1"),   QStringLiteral("city"),
                                   QStringLiteral("state"),     QStringLiteral("postalCode"), QStringLiteral("country"),
                                   QStringLiteral("website"),   QStringLiteral("timezone"),   QStringLiteral("source")};
    for (const QString &name : texts) {
        const QJsonValue value = call.body[name];
        if (!value.isUndefined() && !value.isNull() && !value.isString())
            problems.append(name + QStringLiteral(" must be a string"));
    }
    const QString email = call.body[u"email"].toString();
    static const QRegularExpression address(QStringLiteral("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$"));
    if (!email.isEmpty() && !address.match(email).hasMatch())
        problems.append(QStringLiteral("email must be an email"));
    const QJsonValue tags = call.body[u"tags"];
    if (!tags.isUndefined() && !tags.isArray())
        problems.append(QStringLiteral("tags must be an array"));
    if (!creating && call.body.contains(u"locationId"))
        problems.append(QStringLiteral("property locationId should not exist"));
    const QJsonObject dnd = call.body[u"dndSettings"].toObject();
    for (auto it = dnd.begin(); it != dnd.end(); ++it) {
        const QString status = it->toObject()[u"status"].toString();
        if (status != u"active" && status != u"inactive" && status != u"permanent")
            problems.append(
                QStringLiteral("dndSettings.%1.status must be one of the following values: active, inactive, permanent")
                    .arg(it.key()));
    }
    const QString zone = call.body[u"timezone"].toString();
    if (!zone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(zone.toUtf8()))
        problems.append(QStringLiteral("timezone must be a valid IANA time zone"));
    return problems;
}

void setTags(World &world, Contact &c, const QStringList &tags)
{
    c.tags.clear();
    for (const QString &tag : tags) {
        const QString low = tag.trimmed().toLower(); // HighLevel stores tags in lower case
        if (!low.isEmpty() && !c.tags.contains(low))
            c.tags.append(low);
        world.addTag(c.location, low);
    }
}

void setCustomFields(const World &world, Contact &c, const QJsonArray &values)
{
    QJsonArray kept = c.more ? c.more->customFields : QJsonArray();
    for (const auto &item : values) {
        const QJsonObject o = item.toObject();
        QString id = o[u"id"].toString();
        for (size_t i = 0; id.isEmpty() && i < world.fields.size(); ++i) {
            const QString key = o[u"key"].toString();
            if (world.fields[i].key == key || world.fields[i].key == QString(QStringLiteral("contact.") + key))
                id = world.mint.id(Kind::Field, static_cast<Index>(i));
        }
        const auto field = world.mint.index(Kind::Field, id);
        if (!field || *field >= world.fields.size() || world.fields[*field].deleted)
            continue; // what is no field is left out without a word
        const QJsonValue value = json::first(o, {u"field_value", u"fieldValue", u"value"});
        for (qsizetype i = kept.size(); i > 0; --i) {
            if (kept[i - 1].toObject()[u"id"].toString() == id)
                kept.removeAt(i - 1);
        }
        if (!id.isEmpty() && !value.isNull() && !value.isUndefined() && value != QJsonValue(QString()))
            kept.append(QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("value"), value}});
    }
    c.rest().customFields = kept;
}

void setDnd(Contact &c, const QJsonObject &body)
{
    if (body[u"dnd"].isBool())
        c.dnd = body[u"dnd"].toBool();
    const QJsonObject settings = body[u"dndSettings"].toObject();
    for (auto it = settings.begin(); it != settings.end(); ++it) {
        Dnd &dnd = c.rest().dndSettings[it.key()];
        if (dnd.status == u"permanent")
            continue; // only the contact's START lifts it
        const QJsonObject o = it->toObject();
        dnd = {o[u"status"].toString(), o[u"message"].toString(), o[u"code"].toString()};
    }
    const QJsonObject inbound = body[u"inboundDndSettings"].toObject()[u"all"].toObject();
    if (!inbound.isEmpty())
        c.rest().inbound = {inbound[u"status"].toString(), inbound[u"message"].toString(), {}};
}

/// Puts the body's fields into the contact; fields that are absent stay.
void setFields(World &world, Contact &c, const QJsonObject &body)
{
    const auto text = [&](QStringView key, QString &to) {
        if (body.contains(key))
            to = body[key].toString().trimmed();
    };
    if (body[u"name"].isString() && !body.contains(u"firstName")) {
        c.first = body[u"name"].toString().section(u' ', 0, 0);
        c.last = body[u"name"].toString().section(u' ', 1);
    }
    text(u"firstName", c.first);
    text(u"lastName", c.last);
    text(u"email", c.email);
    text(u"phone", c.phone);
    text(u"companyName", c.company);
    text(u"address1", c.address);
    text(u"city", c.city);
    text(u"state", c.state);
    text(u"postalCode", c.postalCode);
    text(u"country", c.country);
    text(u"website", c.website);
    text(u"timezone", c.timezone);
    text(u"source", c.source);
    if (body.contains(u"dateOfBirth"))
        c.rest().dateOfBirth = body[u"dateOfBirth"].toString();
    if (body.contains(u"assignedTo"))
        c.assigned = static_cast<qint16>(world.userIndex(body[u"assignedTo"].toString()));
    if (body[u"tags"].isArray())
        setTags(world, c, json::texts(body[u"tags"]));
    if (body[u"customFields"].isArray())
        setCustomFields(world, c, body[u"customFields"].toArray());
    setDnd(c, body);
}

Index insert(Call &call, quint16 location)
{
    Contact c;
    c.location = location;
    c.country = call.world.locations[location].country;
    c.source = QStringLiteral("public api");
    c.added = c.updated = call.world.now();
    setFields(call.world, c, call.body);
    // Numbers that end in 0199 are landlines here, as the generated ones say by themselves.
    c.landline = c.phone.endsWith(u"0199");
    const Index index = call.world.addContact(std::move(c));
    call.applied = true;
    call.made = call.world.mint.id(Kind::Contact, index);
    return index;
}

Reply change(Call &call, Index index)
{
    call.world.contactChanges(index);
    setFields(call.world, call.world.contacts[index], call.body);
    call.world.contactChanged(index);
    // A conversation is whose its contact is.
    const Contact &contact = call.world.contacts[index];
    if (call.body.contains(u"assignedTo") && contact.conversation != none) {
        call.world.conversations[contact.conversation].assigned = contact.assigned;
        call.world.conversationChanged(contact.conversation);
    }
    call.applied = true;
    return contactReply(call, index, 200, std::nullopt, true);
}

/// The one that stands in the way, and the word for what is the same.
std::optional<std::pair<Index, QString>> twin(const Call &call, quint16 location, Index except = none)
{
    for (const auto &[field, email, phone] :
         {std::tuple{QStringLiteral("email"), call.body[u"email"].toString(), QString()},
          std::tuple{QStringLiteral("phone"), QString(), call.body[u"phone"].toString()}}) {
        for (const Index found : call.world.contactsWith(location, email, phone)) {
            if (found != except)
                return std::pair{found, field};
        }
    }
    return std::nullopt;
}

Reply duplicateReply(const Call &call, const std::pair<Index, QString> &other)
{
    JsonOut out;
    out.object().field("statusCode", 400).field("message", "This location does not allow duplicated contacts.");
    out.key("meta").object().field("contactId", call.world.mint.id(Kind::Contact, other.first));
    out.field("contactName", call.world.fullName(call.world.contacts[other.first]))
        .field("matchingField", other.second)
        .end();
    out.field("traceId", call.trace).end();
    return done(out, 400);
}

} // namespace

Reply getContact(Call &call)
{
    Reply reply;
    const auto index = contactNamed(call, reply);
    return index ? contactReply(call, *index, 200) : reply;
}

Reply duplicateContact(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    if (call.query("number").isEmpty() && call.query("email").isEmpty())
        return invalid(call, {QStringLiteral("number or email should not be empty")});
    const auto found = call.world.contactsWith(*location, call.query("email"), call.query("number"));
    JsonOut out;
    out.object().key("contact");
    if (found.empty())
        out.null();
    else
        render::contact(out, call.world, found.front());
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply createContact(Call &call)
{
    Reply reply;
    const QStringList problems = checkFields(call, true);
    if (!problems.isEmpty())
        return invalid(call, problems);
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    const auto other = twin(call, *location);
    if (other && !call.world.locations[*location].allowDuplicateContact)
        return duplicateReply(call, *other);
    return contactReply(call, insert(call, *location), 201);
}

Reply upsertContact(Call &call)
{
    Reply reply;
    QStringList problems = checkFields(call, true);
    if (call.body[u"email"].toString().isEmpty() && call.body[u"phone"].toString().isEmpty())
        problems.append(QStringLiteral("email or phone should not be empty"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    const auto other = twin(call, *location);
    if (!other ||
        (call.body[u"createNewIfDuplicateAllowed"].toBool() && call.world.locations[*location].allowDuplicateContact))
        return contactReply(call, insert(call, *location), 201, true);
    change(call, other->first);
    return contactReply(call, other->first, 200, false);
}

Reply updateContact(Call &call)
{
    Reply reply;
    const auto index = contactNamed(call, reply);
    if (!index)
        return reply;
    const QStringList problems = checkFields(call, false);
    if (!problems.isEmpty())
        return invalid(call, problems);
    const quint16 location = call.world.contacts[*index].location;
    const auto other = twin(call, location, *index);
    if (other && !call.world.locations[location].allowDuplicateContact)
        return duplicateReply(call, *other);
    return change(call, *index);
}

Reply deleteContact(Call &call)
{
    Reply reply;
    const auto index = contactNamed(call, reply);
    if (!index)
        return reply;
    call.world.removeContact(*index);
    call.applied = true;
    JsonOut out;
    out.object().field("succeded", true).field("traceId", call.trace).end();
    return done(out);
}

namespace
{

Reply tagsCall(Call &call, bool add)
{
    Reply reply;
    const auto index = contactNamed(call, reply);
    if (!index)
        return reply;
    const QStringList tags = json::texts(call.body[u"tags"]);
    if (!call.body[u"tags"].isArray() || tags.isEmpty())
        return invalid(
            call, {QStringLiteral("tags must be an array"), QStringLiteral("each value in tags must be a string")});
    Contact &c = call.world.contacts[*index];
    QStringList wanted = c.tags, changed;
    for (const QString &tag : tags) {
        const QString low = tag.trimmed().toLower();
        if (wanted.contains(low) == add)
            continue;
        changed.append(low);
        if (add)
            wanted.append(low);
        else
            wanted.removeAll(low);
    }
    call.world.contactChanges(*index);
    setTags(call.world, c, wanted);
    call.world.contactChanged(*index);
    call.applied = true;
    JsonOut out;
    out.object()
        .field("tags", wanted)
        .field(add ? "tagsAdded" : "tagsRemoved", changed)
        .field("traceId", call.trace)
        .end();
    return done(out, add ? 201 : 200);
}

} // namespace

Reply addTags(Call &call)
{
    return tagsCall(call, true);
}

Reply removeTags(Call &call)
{
    return tagsCall(call, false);
}

} // namespace outrigger::practice
