// SPDX-License-Identifier: GPL-3.0-or-later
// Locations made, changed and removed; their tags, custom fields, templates and channels.
#include "practice/answers.h"
#include "practice/multipart.h"
#include "practice/render.h"

#include "core/json.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace outrigger::practice
{

namespace
{

void setFields(LocationData &l, const QJsonObject &body)
{
    for (const auto &[key, to] : {std::pair{"name", &l.name}, std::pair{"phone", &l.phone}, std::pair{"email", &l.email}, std::pair{"address", &l.address},
                                  std::pair{"city", &l.city}, std::pair{"state", &l.state}, std::pair{"country", &l.country},
                                  std::pair{"postalCode", &l.postalCode}, std::pair{"website", &l.website}, std::pair{"timezone", &l.timezone}}) {
        if (body[QLatin1String(key)].isString())
            *to = body[QLatin1String(key)].toString();
    }
    const QJsonObject prospect = body[u"prospectInfo"].toObject();
    if (!prospect.isEmpty()) {
        l.first = prospect[u"firstName"].toString();
        l.last = prospect[u"lastName"].toString();
        l.email = prospect[u"email"].toString();
    }
    if (const QJsonValue allow = body[u"settings"][u"allowDuplicateContact"]; allow.isBool())
        l.allowDuplicateContact = allow.toBool();
}

QStringList checkFields(const Call &call)
{
    const QString zone = call.body[u"timezone"].toString();
    if (!zone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(zone.toUtf8()))
        return {QStringLiteral("timezone must be a valid time zone")};
    return {};
}

Reply locationReply(const Call &call, quint16 index)
{
    JsonOut out;
    render::location(out, call.world, index, false);
    return done(out);
}

std::optional<Reply> wrongCompany(const Call &call)
{
    if (call.body[u"companyId"].toString() == call.world.companyId())
        return std::nullopt;
    return refusal(call, 403, QStringLiteral("Forbidden resource"));
}

} // namespace

Reply createLocation(Call &call)
{
    if (const QStringList problems = missing(call, {"name", "companyId"}) + checkFields(call); !problems.isEmpty())
        return invalid(call, problems);
    if (const auto wrong = wrongCompany(call))
        return *wrong;
    LocationData location;
    location.country = QStringLiteral("US");
    location.timezone = QStringLiteral("America/New_York");
    setFields(location, call.body);
    call.world.locations.push_back(std::move(location));
    const auto index = static_cast<quint16>(call.world.locations.size() - 1);
    call.applied = true;
    call.made = call.world.locationId(index);
    call.world.onChange();
    return locationReply(call, index);
}

Reply updateLocation(Call &call)
{
    Reply reply;
    const auto index = locationFor(call, call.args[0], reply);
    if (!index)
        return reply;
    if (const QStringList problems = missing(call, {"companyId"}) + checkFields(call); !problems.isEmpty())
        return invalid(call, problems);
    if (const auto wrong = wrongCompany(call))
        return *wrong;
    setFields(call.world.locations[*index], call.body);
    call.applied = true;
    call.world.onChange();
    return locationReply(call, *index);
}

Reply deleteLocation(Call &call)
{
    Reply reply;
    const auto index = locationFor(call, call.args[0], reply);
    if (!index)
        return reply;
    if (call.query("deleteTwilioAccount") != u"true" && call.query("deleteTwilioAccount") != u"false")
        return invalid(call, {QStringLiteral("deleteTwilioAccount must be a boolean value")});
    call.world.locations[*index].deleted = true;
    call.applied = true;
    call.world.onChange();
    JsonOut out;
    out.object().field("success", true).field("message", QString(QStringLiteral("Deleted location with id: ") + call.args[0])).end();
    return done(out);
}

// --- tags -----------------------------------------------------------------------------------------------------------------

namespace
{

std::optional<Index> tagNamed(const Call &call, Reply &reply)
{
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return std::nullopt;
    const auto index = call.world.mint.index(Kind::Tag, call.args[1]);
    if (index && *index < call.world.tags.size() && !call.world.tags[*index].deleted && call.world.tags[*index].location == *location)
        return index;
    reply = refusal(call, 404, QStringLiteral("Tag not found"));
    return std::nullopt;
}

/// The tag of every contact that has it becomes another; empty: goes.
void retag(World &world, quint16 location, const QString &from, const QString &to)
{
    for (Index i = 0; i < world.contacts.size(); ++i) {
        Contact &contact = world.contacts[i];
        if (contact.deleted || contact.location != location || !contact.tags.contains(from))
            continue;
        world.contactChanges(i);
        contact.tags.removeAll(from);
        if (!to.isEmpty() && !contact.tags.contains(to))
            contact.tags.append(to);
        world.contactChanged(i);
    }
}

Reply tagReply(const Call &call, Index index)
{
    return answered(call, "tag", QJsonObject{{QStringLiteral("id"), call.world.mint.id(Kind::Tag, index)}, {QStringLiteral("name"), call.world.tags[index].name},
                                             {QStringLiteral("locationId"), call.args[0]}});
}

} // namespace

Reply getTag(Call &call)
{
    Reply reply;
    const auto index = tagNamed(call, reply);
    return index ? tagReply(call, *index) : reply;
}

Reply updateTag(Call &call)
{
    Reply reply;
    const auto index = tagNamed(call, reply);
    if (!index)
        return reply;
    const QString name = call.body[u"name"].toString().trimmed().toLower();
    if (name.isEmpty())
        return invalid(call, {QStringLiteral("name should not be empty"), QStringLiteral("name must be a string")});
    const QString before = std::exchange(call.world.tags[*index].name, name);
    retag(call.world, call.world.tags[*index].location, before, name);
    call.applied = true;
    call.world.onChange();
    return tagReply(call, *index);
}

Reply deleteTag(Call &call)
{
    Reply reply;
    const auto index = tagNamed(call, reply);
    if (!index)
        return reply;
    call.world.tags[*index].deleted = true;
    retag(call.world, call.world.tags[*index].location, call.world.tags[*index].name, {});
    call.world.onChange();
    return success(call, "succeded");
}

// --- custom fields --------------------------------------------------------------------------------------------------------

namespace
{

QStringList optionsOf(const QJsonObject &body)
{
    if (body[u"options"].isArray())
        return json::texts(body[u"options"]);
    QStringList options;
    for (const auto &option : body[u"textBoxListOptions"].toArray())
        options.append(option.toObject()[u"label"].toString());
    return options;
}

std::optional<Index> fieldNamed(const Call &call, Reply &reply)
{
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return std::nullopt;
    const auto index = call.world.mint.index(Kind::Field, call.args[1]);
    if (index && *index < call.world.fields.size() && !call.world.fields[*index].deleted && call.world.fields[*index].location == *location)
        return index;
    reply = refusal(call, 404, QStringLiteral("Custom field not found"));
    return std::nullopt;
}

Reply fieldReply(const Call &call, Index index, int status)
{
    JsonOut out;
    out.object().key("customField");
    render::field(out, call.world, index);
    out.field("traceId", call.trace).end();
    return done(out, status);
}

} // namespace

Reply createField(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    static const QStringList types = QStringLiteral("TEXT LARGE_TEXT NUMERICAL PHONE MONETORY CHECKBOX SINGLE_OPTIONS MULTIPLE_OPTIONS FLOAT TIME DATE "
                                                    "TEXTBOX_LIST FILE_UPLOAD SIGNATURE RADIO EMAIL").split(u' ');
    QStringList problems = missing(call, {"name", "dataType"});
    if (!types.contains(call.body[u"dataType"].toString()))
        problems.append(QStringLiteral("dataType must be a valid enum value"));
    const QString model = call.body[u"model"].toString(QStringLiteral("contact"));
    if (model != u"contact" && model != u"opportunity")
        problems.append(QStringLiteral("model must be a valid enum value"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    CustomField field;
    field.name = call.body[u"name"].toString().trimmed();
    static const QRegularExpression gaps(QStringLiteral("[^a-z0-9]+"));
    QString key = call.body[u"fieldKey"].toString(field.name).toLower();
    key = key.section(u'.', -1).replace(gaps, QStringLiteral("_"));
    field.key = model + u'.' + key;
    const auto same = [&](const CustomField &f) { return !f.deleted && f.location == *location && f.key == field.key; };
    if (std::any_of(call.world.fields.begin(), call.world.fields.end(), same))
        return refusal(call, 400, QStringLiteral("Custom field with the name %1 already exists").arg(field.name));
    field.dataType = call.body[u"dataType"].toString();
    field.options = optionsOf(call.body);
    field.model = model;
    field.location = *location;
    call.world.fields.push_back(std::move(field));
    const auto index = static_cast<Index>(call.world.fields.size() - 1);
    call.applied = true;
    call.made = call.world.mint.id(Kind::Field, index);
    call.world.onChange();
    return fieldReply(call, index, 201);
}

Reply updateField(Call &call)
{
    Reply reply;
    const auto index = fieldNamed(call, reply);
    if (!index)
        return reply;
    if (const QStringList problems = missing(call, {"name"}); !problems.isEmpty())
        return invalid(call, problems);
    CustomField &field = call.world.fields[*index];
    field.name = call.body[u"name"].toString().trimmed();
    if (call.body.contains(u"options") || call.body.contains(u"textBoxListOptions"))
        field.options = optionsOf(call.body);
    call.applied = true;
    call.world.onChange();
    return fieldReply(call, *index, 200);
}

Reply deleteField(Call &call)
{
    Reply reply;
    const auto index = fieldNamed(call, reply);
    if (!index)
        return reply;
    call.world.fields[*index].deleted = true;
    call.world.onChange();
    return success(call, "succeded");
}

Reply uploadToField(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    QJsonObject addresses;
    QJsonArray meta;
    for (const Part &part : parseMultipart(call.request.header("content-type"), call.request.body)) {
        if (part.fileName.isEmpty())
            continue;
        const QString address = keepFile(call.world, part.fileName, part.type, part.bytes);
        addresses.insert(part.fileName, address);
        meta.append(QJsonObject{{QStringLiteral("fieldname"), part.name}, {QStringLiteral("originalname"), part.fileName},
                                {QStringLiteral("mimetype"), QString::fromLatin1(part.type)}, {QStringLiteral("size"), part.bytes.size()},
                                {QStringLiteral("url"), address}});
    }
    if (meta.isEmpty())
        return invalid(call, {QStringLiteral("a file should not be empty")});
    call.applied = true;
    call.world.onChange();
    JsonOut out;
    out.object().field("uploadedFiles", QJsonValue(addresses)).field("meta", QJsonValue(meta)).field("traceId", call.trace).end();
    return done(out);
}

// --- channels and templates -------------------------------------------------------------------------------------------------

Reply getChannel(Call &call)
{
    if (const auto old = onlyNew(call))
        return *old;
    Reply reply;
    if (!locationFor(call, call.args[0], reply))
        return reply;
    const auto provider = [](const char *id, const char *name, const char *type, bool standard) {
        return QJsonObject{{QStringLiteral("conversationProvider"), QJsonObject{{QStringLiteral("_id"), QLatin1String(id)}, {QStringLiteral("name"), QLatin1String(name)},
                                                                                {QStringLiteral("type"), QLatin1String(type)}, {QStringLiteral("default"), standard}}}};
    };
    const QString type = call.args[1].toLower();
    if (type != u"sms" && type != u"email")
        return invalid(call, {QStringLiteral("type must be one of the following values: SMS, Email")});
    QJsonObject channel;
    if (type == u"sms")
        channel.insert(QStringLiteral("SMS"), QJsonArray{provider("twilio_provider", "LC Phone", "SMS", true), provider(qPrintable(call.world.providerId()), "Desk line", "SMS", false)});
    else
        channel.insert(QStringLiteral("Email"), QJsonArray{provider("mailgun_provider", "LC Email", "Email", true)});
    return answered(call, "conversationChannel", channel);
}

Reply deleteTemplate(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    if (!isTemplate(call.world, *location, call.args[1]) || !shelfOf(call.world, u"goneTemplate", *location, call.args[1]).empty())
        return refusal(call, 404, QStringLiteral("Template not found"));
    shelve(call, QStringLiteral("goneTemplate"), *location, {}, call.args[1]);
    call.made.clear();
    return success(call, "succeded");
}

} // namespace outrigger::practice
