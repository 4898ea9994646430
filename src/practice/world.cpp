// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/world.h"

#include "practice/phrases.h"

#include <QDateTime>

#include <algorithm>

namespace outrigger::practice
{

namespace
{

quint64 keyOf(quint16 location, const QString &text)
{
    return mix(qHash(text.toLower(), 7) * 31 + location);
}

template <class Time>
auto placeIn(std::vector<Index> &order, Index item, const Time &time)
{
    // Nearly everything new belongs at the end.
    return std::upper_bound(order.begin(), order.end(), item, [&](Index a, Index b) {
        const auto left = time(a), right = time(b);
        return left != right ? left < right : a < b;
    });
}

template <class Time>
void takeOut(std::vector<Index> &order, Index item, const Time &time)
{
    const auto after = placeIn(order, item, time);
    if (after != order.begin() && *(after - 1) == item)
        order.erase(after - 1);
}

template <class Time>
void sortBy(std::vector<Index> &order, const Time &time)
{
    std::sort(order.begin(), order.end(), [&](Index a, Index b) {
        const auto left = time(a), right = time(b);
        return left != right ? left < right : a < b;
    });
}

} // namespace

const TypeInfo &info(Type type)
{
    static constexpr TypeInfo table[] = {
        {"TYPE_SMS", 2, "SMS", "SMS", "SMS"},
        {"TYPE_EMAIL", 3, "Email", "Email", "Email"},
        {"TYPE_CALL", 1, "Call", "", "Call"},
        {"TYPE_CAMPAIGN_VOICEMAIL", 10, "Call", "", "Call"},
        {"TYPE_WHATSAPP", 19, "WhatsApp", "WhatsApp", "WhatsApp"},
        {"TYPE_FACEBOOK", 11, "Facebook", "FB", "FB"},
        {"TYPE_INSTAGRAM", 18, "Instagram", "IG", "FB"},
        {"TYPE_LIVE_CHAT", 29, "", "Live_Chat", ""},
        {"TYPE_WEBCHAT", 5, "", "", ""},
        {"TYPE_GMB", 15, "", "", "GMB"},
        {"TYPE_REVIEW", 17, "", "", "GMB"},
        {"TYPE_ACTIVITY_CONTACT", 25, "", "", ""},
        {"TYPE_ACTIVITY_APPOINTMENT", 31, "", "", ""},
        {"TYPE_ACTIVITY_OPPORTUNITY", 28, "", "", ""},
        {"TYPE_CAMPAIGN_SMS", 7, "SMS", "", "SMS"},
        {"TYPE_CUSTOM_CALL", 34, "Call", "", "Call"},
        {"TYPE_INTERNAL_COMMENT", 33, "", "InternalComment", ""},
        {"TYPE_RCS", 36, "", "RCS", "RCS"},
        {"TYPE_TIKTOK", 37, "", "TIKTOK", ""},
        {"TYPE_CUSTOM_SMS", 20, "SMS", "Custom", "SMS"},
        {"TYPE_NO_SHOW", 100, "", "", ""},
    };
    return table[static_cast<size_t>(type)];
}

const char *word(State state)
{
    static constexpr const char *words[] = {"pending",     "scheduled", "queued",    "sent",      "delivered",
                                            "read",        "opened",    "clicked",   "connected", "failed",
                                            "undelivered", "opt_out",   "completed", "voicemail", ""};
    return words[static_cast<size_t>(state)];
}

std::optional<State> stateOf(const QString &text)
{
    for (int i = 0; i < stateCount - 1; ++i) {
        if (text == QLatin1String(word(static_cast<State>(i))))
            return static_cast<State>(i);
    }
    return std::nullopt;
}

const char *word(Origin origin)
{
    static constexpr const char *words[] = {"app", "api", "workflow", "campaign", "bulk_actions", ""};
    return words[static_cast<size_t>(origin)];
}

const char *word(DealStatus status)
{
    static constexpr const char *words[] = {"open", "won", "lost", "abandoned"};
    return words[static_cast<size_t>(status)];
}

std::optional<DealStatus> dealStatusOf(const QString &text)
{
    for (const auto status : {DealStatus::Open, DealStatus::Won, DealStatus::Lost, DealStatus::Abandoned}) {
        if (text == QLatin1String(word(status)))
            return status;
    }
    return std::nullopt;
}

ContactMore &Contact::rest()
{
    if (!more)
        more = std::make_unique<ContactMore>();
    return *more;
}

Contact Contact::clone() const
{
    Contact copy;
    copy.first = first, copy.last = last, copy.email = email, copy.phone = phone, copy.company = company;
    copy.address = address, copy.city = city, copy.state = state, copy.postalCode = postalCode, copy.country = country;
    copy.website = website, copy.timezone = timezone, copy.source = source, copy.tags = tags;
    copy.added = added, copy.updated = updated, copy.indexed = indexed, copy.conversation = conversation;
    copy.location = location, copy.assigned = assigned, copy.dnd = dnd, copy.lead = lead, copy.landline = landline;
    copy.deleted = deleted, copy.inIndex = inIndex;
    if (more)
        copy.more = std::make_unique<ContactMore>(*more);
    return copy;
}

MessageMore &Message::rest()
{
    if (!more)
        more = std::make_unique<MessageMore>();
    return *more;
}

World::World(quint64 seedNumber, qint64 startMs)
    : mint(seedNumber), seed(seedNumber), onChange([] {}),
      m_start(startMs ? startMs : QDateTime::currentMSecsSinceEpoch())
{
    m_running.start();
}

int World::userIndex(const QString &id) const
{
    const auto index = mint.index(Kind::User, id);
    return index && *index < users.size() ? static_cast<int>(*index) : -1;
}

std::optional<Index> World::contact(const QString &id) const
{
    const auto index = mint.index(Kind::Contact, id);
    return index && *index < contacts.size() && !contacts[*index].deleted ? index : std::nullopt;
}

std::optional<Index> World::conversation(const QString &id) const
{
    const auto index = mint.index(Kind::Conversation, id);
    return index && *index < conversations.size() && !conversations[*index].deleted ? index : std::nullopt;
}

std::optional<Index> World::message(const QString &id) const
{
    const auto index = mint.index(Kind::Message, id);
    return index && *index < messages.size() && !messages[*index].deleted ? index : std::nullopt;
}

std::optional<quint16> World::location(const QString &id) const
{
    const auto index = mint.index(Kind::Location, id);
    return index && *index < locations.size() && !locations[*index].deleted ? std::optional(static_cast<quint16>(*index)) : std::nullopt;
}

std::optional<Index> World::opportunity(const QString &id) const
{
    const auto index = mint.index(Kind::Opportunity, id);
    return index && *index < opportunities.size() && !opportunities[*index].deleted ? index : std::nullopt;
}

std::optional<quint16> World::pipeline(const QString &id) const
{
    const auto index = mint.index(Kind::Pipeline, id);
    return index && *index < pipelines.size() && !pipelines[*index].deleted ? std::optional(static_cast<quint16>(*index))
                                                                            : std::nullopt;
}

std::optional<std::pair<quint16, quint16>> World::stage(const QString &id) const
{
    const auto index = mint.index(Kind::Stage, id);
    if (!index || *index / stagesAtMost >= pipelines.size())
        return std::nullopt;
    const auto pipeline = static_cast<quint16>(*index / stagesAtMost);
    const auto stage = static_cast<quint16>(*index % stagesAtMost);
    const Pipeline &p = pipelines[pipeline];
    if (p.deleted || stage >= p.stages.size() || p.stages[stage].deleted)
        return std::nullopt;
    return std::pair{pipeline, stage};
}

std::vector<Index> World::contactsWith(quint16 location, const QString &email, const QString &phone) const
{
    std::vector<Index> found;
    const auto collect = [&](const QMultiHash<quint64, Index> &hash, const QString &text, QString Contact::*member) {
        if (text.isEmpty())
            return;
        const auto [from, to] = hash.equal_range(keyOf(location, text));
        for (auto it = from; it != to; ++it) {
            const Contact &c = contacts[*it];
            if (!c.deleted && c.location == location && (c.*member).compare(text, Qt::CaseInsensitive) == 0)
                found.push_back(*it);
        }
    };
    collect(m_byEmail, email, &Contact::email);
    collect(m_byPhone, phone, &Contact::phone);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

void World::whenIndexed(std::function<void()> work)
{
    if (m_lag <= 0)
        work();
    else
        m_due.emplace(now() + m_lag, std::move(work));
}

void World::settle()
{
    const qint64 time = now();
    while (!m_due.empty() && m_due.begin()->first <= time) {
        const auto work = std::move(m_due.begin()->second);
        m_due.erase(m_due.begin());
        work();
    }
}

void World::insertKeys(Index index)
{
    const Contact &c = contacts[index];
    if (!c.email.isEmpty())
        m_byEmail.insert(keyOf(c.location, c.email), index);
    if (!c.phone.isEmpty())
        m_byPhone.insert(keyOf(c.location, c.phone), index);
}

void World::placeContact(Index index)
{
    Contact &c = contacts[index];
    LocationData &l = locations[c.location];
    const auto updated = [this](Index i) { return contacts[i].indexed; };
    const auto added = [this](Index i) { return contacts[i].added; };
    takeOut(l.contactsByUpdated, index, updated);
    if (c.inIndex && c.deleted)
        takeOut(l.contactsByAdded, index, added);
    if (!c.deleted && !c.inIndex)
        l.contactsByAdded.insert(placeIn(l.contactsByAdded, index, added), index);
    c.inIndex = !c.deleted;
    c.indexed = c.updated;
    if (!c.deleted)
        l.contactsByUpdated.insert(placeIn(l.contactsByUpdated, index, updated), index);
    m_stale.erase(index);
}

Index World::addContact(Contact contact)
{
    const auto index = static_cast<Index>(contacts.size());
    contact.inIndex = false;
    contacts.push_back(std::move(contact));
    insertKeys(index);
    whenIndexed([this, index] { placeContact(index); });
    onChange();
    return index;
}

void World::contactChanges(Index index)
{
    if (m_lag > 0 && !m_stale.contains(index))
        m_stale.emplace(index, std::pair(contacts[index].clone(), now() + m_lag));
    m_byEmail.remove(keyOf(contacts[index].location, contacts[index].email), index);
    m_byPhone.remove(keyOf(contacts[index].location, contacts[index].phone), index);
}

void World::contactChanged(Index index)
{
    insertKeys(index);
    // Two changes inside one millisecond must still have an order.
    contacts[index].updated = std::max(now(), contacts[index].updated + 1);
    whenIndexed([this, index] { placeContact(index); });
    onChange();
}

void World::removeContact(Index index)
{
    contactChanges(index);
    contacts[index].deleted = true;
    if (contacts[index].conversation != none)
        removeConversation(contacts[index].conversation);
    whenIndexed([this, index] { placeContact(index); });
    onChange();
}

const Contact &World::indexedContact(Index index) const
{
    const auto stale = m_stale.find(index);
    return stale == m_stale.end() ? contacts[index] : stale->second.first;
}

Index World::addOpportunity(Opportunity deal)
{
    opportunities.push_back(std::move(deal));
    onChange();
    return static_cast<Index>(opportunities.size() - 1);
}

void World::opportunityChanged(Index index)
{
    // Two changes inside one millisecond must still have an order.
    opportunities[index].updated = std::max(now(), opportunities[index].updated + 1);
    onChange();
}

void World::moveOpportunity(Index index, quint16 pipeline, quint16 stage)
{
    Opportunity &deal = opportunities[index];
    if (deal.pipeline != pipeline || deal.stage != stage)
        deal.stageSince = now();
    deal.pipeline = pipeline;
    deal.stage = stage;
    opportunityChanged(index);
}

void World::setDealStatus(Index index, DealStatus status, qint16 lostReason)
{
    Opportunity &deal = opportunities[index];
    if (deal.status != status)
        deal.statusSince = now();
    deal.status = status;
    deal.lostReason = status == DealStatus::Lost ? lostReason : qint16{-1};
    opportunityChanged(index);
}

Index World::conversationFor(Index contact)
{
    Contact &c = contacts[contact];
    if (c.conversation != none && !conversations[c.conversation].deleted)
        return c.conversation;
    Conversation fresh;
    fresh.contact = contact;
    fresh.location = c.location;
    fresh.assigned = c.assigned;
    fresh.added = fresh.updated = fresh.lastMessage = now();
    c.conversation = static_cast<Index>(conversations.size());
    conversations.push_back(std::move(fresh));
    onChange();
    return c.conversation;
}

void World::placeMessage(Index index)
{
    Message &m = messages[index];
    Conversation &conversation = conversations[m.conversation];
    LocationData &l = locations[conversation.location];
    const auto updated = [this](Index i) { return messages[i].indexed; };
    const auto added = [this](Index i) { return messages[i].added; };
    takeOut(l.messagesByUpdated, index, updated);
    if (m.inIndex && m.deleted) {
        takeOut(l.messagesByAdded, index, added);
        takeOut(conversation.messages, index, added);
        --l.messageCounts[static_cast<size_t>(m.type)];
    }
    if (!m.deleted && !m.inIndex) {
        l.messagesByAdded.insert(placeIn(l.messagesByAdded, index, added), index);
        conversation.messages.insert(placeIn(conversation.messages, index, added), index);
        ++l.messageCounts[static_cast<size_t>(m.type)];
        conversation.lastMessage = std::max(conversation.lastMessage, m.added);
        if (!m.inbound && m.type != Type::InternalComment && (m.origin == Origin::App || m.origin == Origin::Api))
            conversation.lastManual = std::max(conversation.lastManual, m.added);
    }
    m.inIndex = !m.deleted;
    m.indexed = m.updated;
    if (!m.deleted)
        l.messagesByUpdated.insert(placeIn(l.messagesByUpdated, index, updated), index);
}

Index World::addMessage(Message message)
{
    const auto index = static_cast<Index>(messages.size());
    message.inIndex = false;
    if (message.added == 0)
        message.added = now();
    message.updated = std::max(message.updated, message.added);
    Conversation &conversation = conversations[message.conversation];
    conversation.updated = now();
    conversation.deleted = false;
    if (message.inbound)
        ++conversation.unread;
    messages.push_back(std::move(message));
    whenIndexed([this, index] { placeMessage(index); });
    onChange();
    return index;
}

void World::setState(Index index, State state, const QString &error)
{
    Message &m = messages[index];
    m.state = state;
    if (!error.isEmpty())
        m.rest().error = error;
    m.updated = std::max(now(), m.updated + 1);
    whenIndexed([this, index] { placeMessage(index); });
    onChange();
}

void World::removeMessage(Index index)
{
    messages[index].deleted = true;
    whenIndexed([this, index] { placeMessage(index); });
    onChange();
}

void World::conversationChanged(Index index)
{
    conversations[index].updated = now();
    onChange();
}

void World::removeConversation(Index index)
{
    const std::vector<Index> all = conversations[index].messages;
    conversations[index].deleted = true;
    for (const Index message : all)
        removeMessage(message);
    Contact &c = contacts[conversations[index].contact];
    if (c.conversation == index)
        c.conversation = none;
    onChange();
}

void World::addTag(quint16 location, const QString &name)
{
    const bool known = std::any_of(tags.begin(), tags.end(), [&](const Tag &t) {
        return !t.deleted && t.location == location && t.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (!known)
        tags.push_back({name, location});
}

qint32 World::keep(const QString &text)
{
    ownTexts.push_back(text);
    return -static_cast<qint32>(ownTexts.size());
}

QString World::text(const Message &message) const
{
    if (message.text < 0)
        return ownTexts[static_cast<size_t>(-1 - message.text)];
    const Conversation &conversation = conversations[message.conversation];
    return phrases::fill(message.text, contacts[conversation.contact].first,
                         mix(seed ^ (static_cast<quint64>(message.added) / 3'600'000) ^ conversation.contact));
}

QString World::fullName(const Contact &contact) const
{
    return contact.last.isEmpty() ? contact.first : QString(contact.first + u' ' + contact.last).trimmed();
}

void World::rebuild()
{
    m_byEmail.clear();
    m_byPhone.clear();
    m_byEmail.reserve(static_cast<qsizetype>(contacts.size()));
    m_byPhone.reserve(static_cast<qsizetype>(contacts.size()));
    m_due.clear();
    m_stale.clear();
    for (LocationData &l : locations) {
        l.contactsByAdded.clear(), l.contactsByUpdated.clear();
        l.messagesByAdded.clear(), l.messagesByUpdated.clear();
        l.messageCounts.fill(0);
    }
    for (Index i = 0; i < contacts.size(); ++i) {
        Contact &c = contacts[i];
        c.indexed = c.updated;
        c.inIndex = !c.deleted;
        if (c.deleted)
            continue;
        insertKeys(i);
        locations[c.location].contactsByAdded.push_back(i);
        locations[c.location].contactsByUpdated.push_back(i);
    }
    for (Conversation &c : conversations)
        c.messages.clear();
    for (Index i = 0; i < messages.size(); ++i) {
        Message &m = messages[i];
        m.indexed = m.updated;
        m.inIndex = !m.deleted;
        if (m.deleted)
            continue;
        Conversation &c = conversations[m.conversation];
        LocationData &l = locations[c.location];
        c.messages.push_back(i);
        l.messagesByAdded.push_back(i);
        l.messagesByUpdated.push_back(i);
        ++l.messageCounts[static_cast<size_t>(m.type)];
    }
    for (LocationData &l : locations) {
        sortBy(l.contactsByAdded, [this](Index i) { return contacts[i].added; });
        sortBy(l.contactsByUpdated, [this](Index i) { return contacts[i].indexed; });
        sortBy(l.messagesByAdded, [this](Index i) { return messages[i].added; });
        sortBy(l.messagesByUpdated, [this](Index i) { return messages[i].indexed; });
    }
    for (Conversation &c : conversations)
        sortBy(c.messages, [this](Index i) { return messages[i].added; });
}

} // namespace outrigger::practice
