// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/life.h"

using namespace Qt::StringLiterals;

// The cache of the account in view against what HighLevel has.
namespace outrigger::prove {

std::optional<QSet<QString>> Life::cachedContacts()
{
    const auto spine = wait(m_cache->contactSpine(m_desks[0].account.location, {}, store::ContactSort::DateAdded));
    if (!spine || !*spine)
        return std::nullopt;
    const auto ids = wait(m_cache->contactIds((*spine)->keys));
    if (!ids || !*ids)
        return std::nullopt;
    QSet<QString> all;
    for (const ContactId &id : **ids) {
        if (!id.isLocal())
            all.insert(id.value);
    }
    return all;
}

/// Whom the cache had and HighLevel has is not taken away by pages that went wrong.
void Life::stillThere()
{
    const auto now = cachedContacts();
    if (!now)
        return;
    const practice::World &world = m_server->world();
    for (const QString &id : std::as_const(m_seen)) {
        const auto index = world.contact(id);
        if (index && !world.contacts[*index].deleted && !now->contains(id))
            trouble(u"wrong-delete"_s, u"%1 is in HighLevel and was taken out of the cache"_s.arg(world.contacts[*index].first));
    }
    m_seen += *now;
}

/// One message, one bubble: what was written here is in the thread as often as in HighLevel.
void Life::compareBubbles(int contact)
{
    const Desk &desk = m_desks[0];
    const auto row = wait(m_cache->conversationFor(desk.account.location, ContactId(desk.contacts[contact])));
    if (!row || !*row || !**row)
        return;
    const auto page = wait(m_cache->newestMessages((**row)->key, 1000));
    if (!page || !*page)
        return;
    QHash<QString, int> shown;
    for (const MessageRow &message : (*page)->rows) {
        if (message.message.direction == Direction::Outbound && !message.message.id.isEmpty() && !message.message.id.isLocal())
            ++shown[message.message.id.value];
    }
    const practice::World &world = m_server->world();
    const practice::Index conversation = contactOf(0, contact).conversation;
    for (practice::Index i = 0; i < practice::Index(world.messages.size()); ++i) {
        const practice::Message &message = world.messages[i];
        if (message.conversation != conversation || message.deleted || message.inbound || !world.text(message).startsWith(u"Proof"_s))
            continue;
        const int times = shown.value(world.mint.id(practice::Kind::Message, i));
        if (times != 1)
            trouble(u"bubble"_s, u"\"%1\" has %2 bubbles"_s.arg(world.text(message)).arg(times));
    }
}

/// After one whole pull in calm weather: the same contacts and deals on both sides, and each text once.
void Life::compareMirror()
{
    const auto pulled = wait(m_lines.front()->feeds()->pull({}, true));
    if (!pulled)
        return;
    if (!*pulled) {
        trouble(u"pull"_s, u"the last pull ended with \"%1\""_s.arg(pulled->error().message));
        return;
    }
    stillThere();
    // Of a small account one contact is much: a person is asked before it goes.
    const auto areas = m_lines.front()->feeds()->areas();
    for (const sync::AreaStatus &area : areas) {
        if (area.missing > 0)
            wait(m_lines.front()->feeds()->removeConfirmed(area.area));
    }
    const auto cached = cachedContacts();
    if (!cached)
        return;
    const practice::World &world = m_server->world();
    for (practice::Index i = 0; i < practice::Index(world.contacts.size()); ++i) {
        const practice::Contact &contact = world.contacts[i];
        const QString id = world.mint.id(practice::Kind::Contact, i);
        if (contact.location == 0 && cached->contains(id) == contact.deleted)
            trouble(u"mirror"_s, u"%1 %2 is %3"_s.arg(contact.first, contact.last, contact.deleted ? u"gone and still in the cache"_s : u"not in the cache"_s));
    }
    const auto deals = wait(m_cache->dealsAfter(m_desks[0].account.location, 0, 10'000));
    if (!deals || !*deals)
        return;
    QHash<QString, Opportunity> mine;
    for (const DealRow &row : **deals)
        mine.insert(row.deal.id.value, row.deal);
    for (practice::Index i = 0; i < practice::Index(world.opportunities.size()); ++i) {
        const practice::Opportunity &deal = world.opportunities[i];
        if (deal.location != 0 || deal.deleted || world.contacts[deal.contact].deleted)
            continue;
        const auto here = mine.constFind(world.mint.id(practice::Kind::Opportunity, i));
        if (here == mine.constEnd() || here->stage.value != world.stageId(deal.pipeline, deal.stage))
            trouble(u"mirror"_s, deal.name + (here == mine.constEnd() ? u" is not in the cache"_s : u" is in another stage"_s));
    }
    for (int contact = 0; contact < 3; ++contact)
        compareBubbles(contact);
}

} // namespace outrigger::prove
