// SPDX-License-Identifier: GPL-3.0-or-later
// What lies on the shelf of a new account.
#include "practice/jsonout.h"
#include "practice/locationclock.h"
#include "practice/world.h"

#include <QJsonArray>
#include <QTimeZone>

#include <algorithm>
#include <iterator>

namespace outrigger::practice
{

namespace
{

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

QString text(const char16_t *words) { return QString::fromUtf16(words); }

void put(World &world, const char *kind, const QString &owner, const QJsonObject &body, qint64 added, quint16 location = 0)
{
    world.shelf.items.push_back({QLatin1String(kind), owner, body, location, added, added, false});
}

void makeAutomation(World &world)
{
    struct Flow {
        const char16_t *name;
        const char *status;
        int version;
    };
    constexpr Flow flows[] = {{u"New lead: first text within five minutes", "published", 7}, {u"No answer: five touches in ten days", "published", 12},
                              {u"Viewing reminder, a day and an hour before", "published", 3}, {u"After closing: ask for a review", "published", 2},
                              {u"Recruiting: class invitation", "published", 4}, {u"Rate drop letter (not finished)", "draft", 1}};
    qint64 age = 400;
    for (const Flow &flow : flows)
        put(world, "workflow", {}, {{QStringLiteral("name"), text(flow.name)}, {QStringLiteral("status"), QLatin1String(flow.status)},
                                    {QStringLiteral("version"), flow.version}}, world.now() - (age -= 40) * day);
    constexpr Flow old[] = {{u"Open house list, spring", "published", 0}, {u"Long-term buyers, monthly", "published", 0}, {u"Old sellers list", "draft", 0}};
    for (const Flow &campaign : old)
        put(world, "campaign", {}, {{QStringLiteral("name"), text(campaign.name)}, {QStringLiteral("status"), QLatin1String(campaign.status)}},
            world.now() - (age -= 10) * day);
    put(world, "workflow", {}, {{QStringLiteral("name"), QStringLiteral("Rentals: keys and deposit")}, {QStringLiteral("status"), QStringLiteral("published")},
                                {QStringLiteral("version"), 1}}, world.now() - 90 * day, 1);
}

void makeBusinesses(World &world)
{
    struct Firm {
        const char16_t *name, *city, *words;
        const char *site;
    };
    constexpr Firm firms[] = {{u"Blue Heron Builders", u"Winter Park", u"New houses, three sites at a time", "https://blueheron.example"},
                              {u"Lakefront Lending", u"Orlando", u"Loans; asks for a pre-approval letter first", "https://lakefront.example"},
                              {u"Cedar & Stone LLC", u"Kissimmee", u"Buys to let, pays in cash", "https://cedarstone.example"},
                              {u"Sunshine Title", u"Orlando", u"Closings on Tuesday and Thursday", "https://sunshinetitle.example"}};
    int at = 0;
    for (const Firm &firm : firms) {
        ++at;
        put(world, "business", {}, {{QStringLiteral("name"), text(firm.name)}, {QStringLiteral("phone"), QStringLiteral("+1407555017%1").arg(at)},
                                    {QStringLiteral("email"), QStringLiteral("office@firm%1.example").arg(at)}, {QStringLiteral("website"), QLatin1String(firm.site)},
                                    {QStringLiteral("address"), QStringLiteral("%1 Orange Avenue").arg(100 * at)}, {QStringLiteral("city"), text(firm.city)},
                                    {QStringLiteral("state"), QStringLiteral("FL")}, {QStringLiteral("postalCode"), QStringLiteral("3280%1").arg(at)},
                                    {QStringLiteral("country"), QStringLiteral("US")}, {QStringLiteral("description"), text(firm.words)}},
            world.now() - (200 - at) * day);
    }
}

constexpr const char16_t *noteTexts[] = {
    u"Wants a garden and a garage, will go up to 420 if the roof is new.",
    u"Spoke with her husband. Decision is hers; call her, not him.",
    u"Pre-approved by Lakefront until the end of next month.",
    u"Dog, 40 kg. No flats above the first floor.",
    u"Saw three houses on Saturday. Liked the second one, kitchen too small in the others.",
    u"Works nights: do not call before noon.",
    u"<p>Sellers agreed to leave the <b>washer and dryer</b>.</p><p>Ask about the fence.</p>",
    u"Moving from Ohio in spring. Wants to be near the school on Pine Street.",
};
constexpr const char16_t *taskTitles[] = {
    u"Call back about the pre-approval", u"Send the two new listings", u"Ask whether the second viewing suits", u"Bring the contract",
    u"Check the flood zone of the house", u"Follow up after the open house", u"Get the HOA papers", u"Say happy birthday",
};

QJsonObject noteOf(const World &world, quint64 dice, quint64 n, int owner)
{
    static constexpr const char16_t *colours[] = {u"#EAB308", u"#2563EB", u"#FFAA00"};
    QJsonObject note{{QStringLiteral("body"), text(noteTexts[(dice / 7 + n * 3) % std::size(noteTexts)])},
                     {QStringLiteral("userId"), world.userId(owner)}};
    if ((dice >> 36) % 5 < std::size(colours) && n == 0)
        note.insert(QStringLiteral("color"), text(colours[(dice >> 36) % 5]));
    if ((dice >> 40) % 5 == 0 && n == (dice >> 16) % 3)
        note.insert(QStringLiteral("pinned"), true);
    return note;
}

/// Tasks of every sixth contact, some over, some done, due at whole half hours; notes of every fourth.
void makeBelongings(World &world)
{
    const QTimeZone zone = clockOf(world, 0);
    const QDate today = QDateTime::fromMSecsSinceEpoch(world.now(), zone).date();
    const int people = static_cast<int>(world.users.size());
    const Index last = std::min<Index>(static_cast<Index>(world.contacts.size()), 2000);
    for (Index i = 0; i < last; ++i) {
        const Contact &contact = world.contacts[i];
        const quint64 dice = mix(world.seed ^ (0x7461736bULL << 32) ^ i);
        if (contact.location != 0 || contact.deleted)
            continue;
        const QString id = world.mint.id(Kind::Contact, i);
        const auto owner = static_cast<int>((dice >> 8) % static_cast<quint64>(people));
        if (dice % 4 == 0) {
            for (quint64 n = 0; n <= (dice >> 16) % 3; ++n)
                put(world, "note", id, noteOf(world, dice, n, owner),
                    std::max(contact.added, world.now() - static_cast<qint64>(1 + (dice >> 20) % 60 + 20 * n) * day));
        }
        if (dice % 6 != 1)
            continue;
        const auto away = static_cast<int>((dice >> 24) % 16) - 5;
        const QDateTime due(today.addDays(away), QTime(9, 0).addSecs(static_cast<int>((dice >> 32) % 16) * 1800), zone);
        const bool finished = away < -3 || (dice >> 40) % 7 == 0;
        QJsonObject body{{QStringLiteral("title"), text(taskTitles[(dice >> 44) % std::size(taskTitles)])},
                         {QStringLiteral("body"), (dice >> 48) % 3 == 0 ? QStringLiteral("Promised on the phone.") : QString()},
                         {QStringLiteral("dueDate"), isoDate(due.toMSecsSinceEpoch())},
                         {QStringLiteral("completed"), finished}};
        // One in nine belongs to nobody.
        if ((dice >> 52) % 9 != 0)
            body.insert(QStringLiteral("assignedTo"), world.userId(contact.assigned >= 0 ? contact.assigned : owner));
        put(world, "task", id, body, world.now() - static_cast<qint64>(6 + (dice >> 12) % 20) * day);
    }
}

/// What only an administrator looks at: links, letters, a blog, a custom object with its records.
void makeLibrary(World &world)
{
    const qint64 now = world.now();
    const auto idOfLast = [&] { return world.mint.id(Kind::Shelf, static_cast<Index>(world.shelf.items.size() - 1)); };
    const auto named = [&](const char *kind, const QString &owner, const char16_t *name, QJsonObject more, qint64 age) {
        more.insert(QStringLiteral("name"), text(name));
        put(world, kind, owner, more, now - age * day);
        return idOfLast();
    };
    named("link", {}, u"Book a viewing", {{QStringLiteral("redirectTo"), QStringLiteral("https://harborline.example/book")}}, 120);
    named("link", {}, u"Review us", {{QStringLiteral("redirectTo"), QStringLiteral("https://harborline.example/review")}}, 80);
    named("letter", {}, u"Monthly letter", {}, 60);
    named("letter", {}, u"Open house this weekend", {}, 30);
    named("snapshot", {}, u"Realty office, starter", {{QStringLiteral("type"), QStringLiteral("own")}}, 300);
    named("media", {}, u"logo.png", {{QStringLiteral("url"), QStringLiteral("https://harborline.example/logo.png")}, {QStringLiteral("type"), QStringLiteral("file")}}, 200);
    named("numberPool", {}, u"Sales line", {{QStringLiteral("numbers"), QJsonArray{QJsonObject{{QStringLiteral("phoneNumber"), QStringLiteral("+14075550101")}}}},
                                            {QStringLiteral("isActive"), true}}, 150);
    QJsonArray week;
    for (const char *weekday : {"monday", "tuesday", "wednesday", "thursday", "friday"})
        week.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("wday")}, {QStringLiteral("day"), QLatin1String(weekday)},
                                {QStringLiteral("intervals"), QJsonArray{QJsonObject{{QStringLiteral("from"), QStringLiteral("09:00")}, {QStringLiteral("to"), QStringLiteral("17:00")}}}}});
    named("schedule", {}, u"Office hours", {{QStringLiteral("rules"), week}, {QStringLiteral("timezone"), world.locations[0].timezone},
                                            {QStringLiteral("userId"), world.userId(0)}, {QStringLiteral("calendarIds"), QJsonArray()}}, 190);
    const QString blog = named("blogSite", {}, u"Harborline notes", {}, 310);
    const QString author = named("blogAuthor", {}, u"Dana Whitfield", {{QStringLiteral("canonicalLink"), QStringLiteral("https://harborline.example/dana")}}, 310);
    put(world, "blogCategory", {}, {{QStringLiteral("label"), QStringLiteral("Buying")}, {QStringLiteral("name"), QStringLiteral("Buying")}, {QStringLiteral("urlSlug"), QStringLiteral("buying")},
                                    {QStringLiteral("canonicalLink"), QStringLiteral("https://harborline.example/buying")}}, now - 310 * day);
    put(world, "blogPost", {}, {{QStringLiteral("title"), QStringLiteral("What a first viewing should tell you")}, {QStringLiteral("blogId"), blog},
                                {QStringLiteral("imageUrl"), QStringLiteral("https://harborline.example/door.jpg")}, {QStringLiteral("description"), QStringLiteral("Five questions.")},
                                {QStringLiteral("rawHTML"), QStringLiteral("<h1>Five questions</h1>")}, {QStringLiteral("status"), QStringLiteral("PUBLISHED")},
                                {QStringLiteral("imageAltText"), QStringLiteral("A door")}, {QStringLiteral("categories"), QJsonArray{idOfLast()}},
                                {QStringLiteral("author"), author}, {QStringLiteral("urlSlug"), QStringLiteral("first-viewing")},
                                {QStringLiteral("publishedAt"), isoDate(now - 100 * day)}}, now - 100 * day);
    const auto object = [&](const char *key, const char *one, const char *many, bool standard) {
        put(world, "object", {}, {{QStringLiteral("standard"), standard}, {QStringLiteral("key"), QLatin1String(key)},
                                  {QStringLiteral("labels"), QJsonObject{{QStringLiteral("singular"), QLatin1String(one)}, {QStringLiteral("plural"), QLatin1String(many)}}},
                                  {QStringLiteral("primaryDisplayProperty"), QString(QLatin1String(key) + QStringLiteral(".name"))}}, now - 350 * day);
        return idOfLast();
    };
    object("contact", "Contact", "Contacts", true);
    object("opportunity", "Opportunity", "Opportunities", true);
    const QString house = object("custom_objects.house", "House", "Houses", false);
    const QString folder = named("objectFolder", house, u"House", {{QStringLiteral("showInForms"), true}, {QStringLiteral("dataType"), QStringLiteral("TEXT")},
                                                                   {QStringLiteral("parentId"), house}, {QStringLiteral("fieldKey"), QStringLiteral("custom_objects.house")}}, 350);
    for (const auto &[name, key] : {std::pair{u"Name", "name"}, std::pair{u"City", "city"}, std::pair{u"Beds", "beds"}})
        named("objectField", house, name, {{QStringLiteral("showInForms"), true}, {QStringLiteral("dataType"), QStringLiteral("TEXT")},
                                           {QStringLiteral("parentId"), folder},
                                           {QStringLiteral("fieldKey"), QString(QStringLiteral("custom_objects.house.") + QLatin1String(key))}}, 350);
    constexpr const char16_t *houses[] = {u"12 Lake Street", u"48 Oak Court", u"7 Pine Street", u"230 Church Street, 4B"};
    int beds = 2;
    for (const char16_t *address : houses)
        put(world, "record", house, {{QStringLiteral("properties"), QJsonObject{{QStringLiteral("name"), text(address)}, {QStringLiteral("city"), QStringLiteral("Orlando")},
                                                                                {QStringLiteral("beds"), QString::number(beds++)}}}}, now - 40 * day);
    put(world, "association", {}, {{QStringLiteral("key"), QStringLiteral("buyer_house")}, {QStringLiteral("firstObjectLabel"), QStringLiteral("Buyer")},
                                   {QStringLiteral("firstObjectKey"), QStringLiteral("contact")}, {QStringLiteral("secondObjectLabel"), QStringLiteral("House")},
                                   {QStringLiteral("secondObjectKey"), QStringLiteral("custom_objects.house")},
                                   {QStringLiteral("associationType"), QStringLiteral("USER_DEFINED")}}, now - 300 * day);
}

} // namespace

void fillShelf(World &world)
{
    makeAutomation(world);
    makeBusinesses(world);
    makeBelongings(world);
    makeLibrary(world);
}

} // namespace outrigger::practice
