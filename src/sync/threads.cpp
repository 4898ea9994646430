// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/threads.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

using api::Priority;

namespace {

constexpr int pageSize = 100;
/// At most so many are asked for by id in one go; the rest waits for the next refresh.
constexpr int mostChecks = 5;
/// Lists lag behind writes: what is younger than this is not missing yet.
constexpr int lagSeconds = 5 * 60;

} // namespace

Threads::Threads(FeedContext context, QObject *parent) : QObject(parent), m_context(std::move(context)) {}

Task<Status> Threads::refresh(ConversationId id, ContactId contact, Priority priority)
{
    if (id.isEmpty() || id.isLocal()) {
        if (contact.isEmpty() || contact.isLocal())
            co_return Status{}; // not in HighLevel yet
        auto search = m_context.source->conversationsOf(contact, priority);
        const auto found = co_await search;
        if (!found)
            co_return fail(found.error());
        auto keep = m_context.cache->putConversations(m_context.location, found->conversations, std::nullopt);
        const auto kept = co_await keep;
        if (!kept)
            co_return fail(kept.error());
        if (found->conversations.isEmpty())
            co_return Status{};
        id = found->conversations.constFirst().id;
    }
    auto read = m_context.source->thread(id, MessageId(), pageSize, priority);
    const auto page = co_await read;
    if (!page) {
        if (page.error().kind != ErrorKind::NotFound)
            co_return fail(page.error());
        auto look = markDeletedIfGone(id);
        co_return co_await look;
    }
    auto observe = m_context.outbox->observe(m_context.location, page->messages);
    co_await observe;
    auto write = m_context.cache->putMessages(m_context.location, page->messages, std::nullopt);
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    if (page->messages.isEmpty() || page->skipped > 0)
        co_return Status{}; // an empty or half answer proves nothing about what is missing
    auto tidy = removeVanished(id, page->messages);
    co_return co_await tidy;
}

Task<Status> Threads::markDeletedIfGone(ConversationId id)
{
    auto ask = m_context.source->conversation(id, Priority::Visible);
    const auto conversation = co_await ask;
    if (conversation && !conversation->deleted)
        co_return Status{};
    if (!conversation && (conversation.error().kind != ErrorKind::NotFound || !conversation.error().jsonError))
        co_return fail(conversation.error());
    auto mark = m_context.cache->markConversationDeleted(m_context.location, id);
    const auto marked = co_await mark;
    if (!marked)
        co_return fail(marked.error());
    co_return Status{};
}

Task<Status> Threads::removeVanished(ConversationId id, QVector<Message> page)
{
    QSet<QString> there;
    QDateTime oldest;
    QDateTime newest;
    for (const Message &message : std::as_const(page)) {
        there.insert(message.id.value);
        if (!oldest.isValid() || message.dateAdded < oldest)
            oldest = message.dateAdded;
        if (!newest.isValid() || message.dateAdded > newest)
            newest = message.dateAdded;
    }
    newest = std::min(newest, m_context.source->client()->serverNow().addSecs(-lagSeconds));
    auto findRow = m_context.cache->conversation(m_context.location, id);
    const auto row = co_await findRow;
    if (!row)
        co_return fail(row.error());
    if (!*row)
        co_return Status{};
    const qint64 key = (*row)->key;
    auto load = m_context.cache->newestMessages(key, pageSize * 2);
    const auto here = co_await load;
    if (!here)
        co_return fail(here.error());
    int checks = 0;
    for (const MessageRow &mine : std::as_const(here->rows)) {
        const MessageId message = mine.message.id;
        const QDateTime date = mine.message.dateAdded;
        if (message.isEmpty() || message.isLocal() || there.contains(message.value) || date <= oldest || date >= newest)
            continue;
        if (++checks > mostChecks)
            break;
        auto ask = m_context.source->message(message, Priority::Background);
        const auto answer = co_await ask;
        if (answer || answer.error().kind != ErrorKind::NotFound || !answer.error().jsonError)
            continue;
        auto removal = m_context.cache->removeMessage(m_context.location, message);
        const auto removed = co_await removal;
        if (!removed)
            co_return fail(removed.error());
    }
    co_return Status{};
}

Task<Status> Threads::loadOlder(ConversationId id, MessageId before)
{
    if (id.isEmpty() || id.isLocal())
        co_return Status{};
    auto read = m_context.source->thread(id, before, pageSize, Priority::Visible);
    const auto page = co_await read;
    if (!page)
        co_return fail(page.error());
    auto observe = m_context.outbox->observe(m_context.location, page->messages);
    co_await observe;
    auto write = m_context.cache->putMessages(m_context.location, page->messages, std::nullopt);
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    co_return Status{};
}

Task<Result<Contact>> Threads::refreshContact(ContactId id)
{
    auto ask = m_context.source->contact(id, Priority::Visible);
    auto contact = co_await ask;
    if (!contact) {
        if (contact.error().kind == ErrorKind::NotFound && contact.error().jsonError) {
            auto removal = m_context.cache->removeContact(m_context.location, id);
            const auto removed = co_await removal;
            if (!removed)
                co_return fail(removed.error());
        }
        co_return contact;
    }
    auto write = m_context.cache->putContacts(m_context.location, {*contact}, std::nullopt);
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    co_return contact;
}

Task<Result<std::optional<Contact>>> Threads::findOnServer(QString phone, QString email)
{
    std::optional<Contact> found;
    if (!phone.isEmpty()) {
        auto ask = m_context.source->duplicate(phone, QString(), Priority::Click);
        auto answer = co_await ask;
        if (!answer)
            co_return answer;
        found = *answer;
    }
    if (!found && !email.isEmpty()) {
        auto ask = m_context.source->duplicate(QString(), email, Priority::Click);
        auto answer = co_await ask;
        if (!answer)
            co_return answer;
        found = *answer;
    }
    if (found) {
        auto write = m_context.cache->putContacts(m_context.location, {*found}, std::nullopt);
        const auto written = co_await write;
        if (!written)
            co_return fail(written.error());
    }
    co_return found;
}

} // namespace outrigger::sync
