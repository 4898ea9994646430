// SPDX-License-Identifier: GPL-3.0-or-later
// Templates and custom values: the same in every account, and only read.
#include "practice/media.h"
#include "practice/answers.h"

#include <iterator>

namespace outrigger::practice
{

namespace
{

struct Kept {
    const char *type;
    const char16_t *name;
    const char16_t *subject; ///< e-mail
    const char16_t *body;
    int picture; ///< 0: none
};
constexpr Kept templates[] = {
    {"sms", u"First hello", u"",
     u"Hi {{contact.first_name}}, this is {{user.first_name}} with {{location.name}}. You asked about a home. When is a good time to "
     u"talk? Reply STOP to end.", 0},
    {"sms", u"Viewing confirmed", u"",
     u"{{contact.first_name}}, your viewing is on {{appointment.start_date}} at {{appointment.start_time}}. {{custom_values.parking}}", 0},
    {"sms", u"No answer yet", u"", u"Hi {{contact.first_name}}, still looking, or has that moved? Either answer is fine.", 0},
    {"sms", u"Pictures of the house", u"", u"Here it is, {{contact.first_name}}. More tonight.", 7},
    {"sms", u"Spanish hello", u"", u"Hola {{contact.first_name}}, soy {{user.first_name}} de {{location.name}}. ¿Cuándo podemos hablar?", 0},
    {"sms", u"Recruiting: class on Monday", u"",
     u"{{contact.first_name}}, our class for new agents is on {{custom_values.class_day}}. Shall I keep a seat?", 0},
    {"sms", u"", u"", u"A template without a name. 👋", 0},
    {"sms", u"Unknown field", u"", u"Hello {{contact.nickname_from_an_old_system}}, see {{ custom_values.office_hours }}", 0},
    {"email", u"Viewing: what to bring", u"Your viewing on {{appointment.start_date}}",
     u"<p>Dear {{contact.first_name}},</p><p>please bring an ID. {{custom_values.parking}}</p><p>{{user.name}}</p>", 0},
    {"email", u"Monthly letter", u"New this month at {{location.name}}",
     u"<table><tr><td><h1>New homes</h1></td></tr><tr><td>Hello {{contact.first_name}}</td></tr></table>", 0},
    {"whatsapp", u"Reopen a talk", u"", u"Hi {{contact.first_name}}, may we go on with our talk about your home?", 0},
};

struct Value {
    const char16_t *name;
    const char *key;
    const char16_t *text;
};
constexpr Value values[] = {
    {u"Office hours", "office_hours", u"Monday to Saturday, 9 to 6"},
    {u"Parking", "parking", u"Park on the street side, the drive is shared."},
    {u"Class day", "class_day", u"Monday at 10:00"},
    {u"Booking link", "booking_link", u"https://harborline.example/book"},
    {u"Empty one", "empty_one", u""},
};

} // namespace

bool isTemplate(const World &world, quint16 location, const QString &id)
{
    const auto index = world.mint.index(Kind::Template, id);
    return index && *index / 1000U == location && *index % 1000U < std::size(templates);
}

Reply getTemplates(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    QStringList problems;
    if (call.query("originId").isEmpty())
        problems.append(QStringLiteral("originId should not be empty"));
    const QString type = call.query("type");
    if (!type.isEmpty() && type != u"sms" && type != u"email" && type != u"whatsapp")
        problems.append(QStringLiteral("type must be one of the following values: sms, email, whatsapp"));
    bool skipFine = true, limitFine = true;
    const int skip = call.hasQuery("skip") ? call.query("skip").toInt(&skipFine) : 0;
    const int limit = call.hasQuery("limit") ? call.query("limit").toInt(&limitFine) : 25;
    if (!skipFine || !limitFine || skip < 0 || limit < 1)
        problems.append(QStringLiteral("limit and skip must be numbers"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    const World &world = call.world;
    const bool onlyDeleted = call.query("deleted") == u"true";
    JsonOut out;
    out.object().key("templates").list();
    int at = 0;
    for (Index i = 0; i < std::size(templates); ++i) {
        const Kept &kept = templates[i];
        if (shelfOf(world, u"goneTemplate", *location, world.mint.id(Kind::Template, i + 1000U * *location)).empty() == onlyDeleted)
            continue;
        if ((!type.isEmpty() && type != QLatin1String(kept.type)) || (*location != 0 && i % 4))
            continue;
        const int place = at++;
        if (place < skip || place >= skip + limit)
            continue;
        const bool mail = QLatin1String(kept.type) == QLatin1String("email");
        out.object().field("id", world.mint.id(Kind::Template, i + 1000U * *location)).field("name", QString::fromUtf16(kept.name));
        out.field("type", kept.type).field("dateAdded", isoDate(1'750'000'000'000LL + i * 86'400'000LL));
        out.field("locationId", world.locationId(*location)).key("template").object();
        if (mail)
            out.field("subject", QString::fromUtf16(kept.subject)).field("html", QString::fromUtf16(kept.body));
        else
            out.field("body", QString::fromUtf16(kept.body));
        out.key("attachments").list().endList().end();
        if (!mail)
            out.field("urlAttachments", kept.picture ? QStringList{media::absolute(world, media::picture(static_cast<quint64>(kept.picture)))}
                                                     : QStringList());
        out.end();
    }
    out.endList().field("totalCount", at).field("traceId", call.trace).end();
    return done(out);
}

Reply getCustomValues(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.args[0], reply);
    if (!location)
        return reply;
    JsonOut out;
    out.object().key("customValues").list();
    for (Index i = 0; i < std::size(values); ++i) {
        out.object().field("id", call.world.mint.id(Kind::CustomValue, i + 1000U * *location));
        out.field("name", QString::fromUtf16(values[i].name));
        out.field("fieldKey", QStringLiteral("{{ custom_values.%1 }}").arg(QLatin1String(values[i].key)));
        out.field("value", QString::fromUtf16(values[i].text)).field("locationId", call.world.locationId(*location)).end();
    }
    out.endList().field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
