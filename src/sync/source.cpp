// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/source.h"

#include "api/ops.h"
#include "sync/answers.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

/// A search that is said to be over gives no position; an old list call needs two values.
QString nextOf(const api::ContactPage &page, bool legacy)
{
    if (page.contacts.isEmpty() && page.received == 0)
        return {};
    if (legacy) {
        if (page.startAfterId.isEmpty())
            return {};
        return QString::number(page.startAfter) + u' ' + page.startAfterId;
    }
    if (page.searchAfter.isEmpty())
        return {};
    return QString::fromUtf8(QJsonDocument(page.searchAfter).toJson(QJsonDocument::Compact));
}

} // namespace

Task<Result<Location>> Source::location(api::Priority priority)
{
    api::GetLocation operation;
    operation.location = m_location;
    return m_client->send(operation, priority);
}

Task<Result<QVector<User>>> Source::users(api::Priority priority)
{
    api::ListUsers operation;
    operation.location = m_location;
    return only(m_client->send(operation, priority), &api::ListUsers::Reply::users);
}

Task<Result<QVector<PhoneNumber>>> Source::numbers(api::Priority priority)
{
    api::ListNumbers operation;
    operation.location = m_location;
    return only(m_client->send(operation, priority), &api::ListNumbers::Reply::numbers);
}

Task<Result<QVector<CustomField>>> Source::customFields(api::Priority priority)
{
    api::ListCustomFields operation;
    operation.location = m_location;
    return only(m_client->send(operation, priority), &api::ListCustomFields::Reply::fields);
}

Task<Result<QVector<LocationTagItem>>> Source::tags(api::Priority priority)
{
    api::ListLocationTags operation;
    operation.location = m_location;
    return only(m_client->send(operation, priority), &api::ListLocationTags::Reply::tags);
}

Task<Result<Source::TemplateList>> Source::templates(int skip, api::Priority priority)
{
    api::ListTemplates operation;
    operation.location = m_location;
    operation.origin = m_location;
    operation.type = u"sms"_s;
    operation.skip = QString::number(skip);
    auto call = m_client->send(operation, priority);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    TemplateList list;
    list.received = int(answer->templates.size()) + answer->skipped;
    list.total = answer->total;
    for (const api::Template &one : answer->templates) {
        if (!one.body.trimmed().isEmpty())
            list.snippets.append({one.id, one.name, one.body, false, one.attachments});
    }
    co_return list;
}

Task<Result<QVector<LocationWord>>> Source::customValues(api::Priority priority)
{
    api::ListCustomValues operation;
    operation.location = m_location;
    auto call = m_client->send(operation, priority);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    QVector<LocationWord> words;
    for (const api::LocationValue &value : answer->values)
        words.append({value.name, value.key, value.value});
    co_return words;
}

Task<Result<ContactPage>> Source::contacts(ContactQuery query, api::Priority priority)
{
    Result<api::ContactPage> answer = fail(ErrorKind::Internal, QString());
    if (query.legacy) {
        api::ListContacts operation;
        operation.location = m_location;
        operation.limit = std::min(query.limit, 100);
        if (const qsizetype blank = query.after.indexOf(u' '); blank > 0) {
            operation.startAfter = query.after.left(blank).toLongLong();
            operation.startAfterId = query.after.mid(blank + 1);
        }
        auto call = m_client->send(operation, priority);
        answer = co_await call;
    } else {
        api::SearchContacts operation;
        operation.location = m_location;
        operation.pageLimit = query.limit;
        operation.sort.append(api::SearchContacts::sortBy(query.sortField, !query.descending));
        if (query.updatedSince.isValid())
            operation.filters.append(api::SearchContacts::updatedSince(query.updatedSince));
        if (!query.after.isEmpty())
            operation.searchAfter = QJsonDocument::fromJson(query.after.toUtf8()).array();
        auto call = m_client->send(operation, priority);
        answer = co_await call;
    }
    if (!answer)
        co_return fail(answer.error());
    ContactPage page;
    page.next = nextOf(*answer, query.legacy);
    page.total = answer->total;
    page.skipped = answer->skipped;
    page.contacts = std::move(answer->contacts);
    co_return page;
}

Task<Result<Contact>> Source::contact(ContactId id, api::Priority priority)
{
    api::GetContact operation;
    operation.id = id;
    return m_client->send(operation, priority);
}

Task<Result<std::optional<Contact>>> Source::duplicate(QString phone, QString email, api::Priority priority)
{
    api::FindDuplicate operation;
    operation.location = m_location;
    operation.number = phone;
    operation.email = email;
    return only(m_client->send(operation, priority), &api::FindDuplicate::Reply::contact);
}

Task<Result<ConversationPage>> Source::conversations(ConversationQuery query, api::Priority priority)
{
    api::SearchConversations operation;
    operation.location = m_location;
    operation.limit = query.limit;
    operation.sortBy = u"last_message_date"_s;
    operation.sort = u"desc"_s;
    if (query.before.isValid())
        operation.startAfterDate = query.before.toMSecsSinceEpoch();
    auto call = m_client->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    ConversationPage page;
    page.conversations = std::move(answer->conversations);
    page.total = answer->total;
    page.skipped = answer->skipped;
    if (answer->lastSort > 0)
        page.nextBefore = QDateTime::fromMSecsSinceEpoch(answer->lastSort, Qt::UTC);
    co_return page;
}

Task<Result<ConversationPage>> Source::conversationsOf(ContactId contact, api::Priority priority)
{
    api::SearchConversations operation;
    operation.location = m_location;
    operation.contactId = contact;
    auto call = m_client->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    ConversationPage page;
    for (Conversation &row : answer->conversations) {
        if (row.contactId == contact) // a server that ignores the filter must not lead to somebody else's thread
            page.conversations.append(std::move(row));
    }
    page.skipped = answer->skipped;
    co_return page;
}

Task<Result<Conversation>> Source::conversation(ConversationId id, api::Priority priority)
{
    api::GetConversation operation;
    operation.id = id;
    return m_client->send(operation, priority);
}

Task<Result<FeedPage>> Source::thread(ConversationId id, MessageId before, int limit, api::Priority priority)
{
    api::ListMessages operation;
    operation.id = id;
    operation.limit = limit;
    operation.lastMessageId = before;
    auto call = m_client->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    FeedPage page;
    page.messages = std::move(answer->messages);
    page.skipped = answer->skipped;
    if (answer->nextPage)
        page.next = answer->lastMessageId.value;
    co_return page;
}

Task<Result<Message>> Source::message(MessageId id, api::Priority priority)
{
    api::GetMessage operation;
    operation.id = id;
    return m_client->send(operation, priority);
}

Task<Result<QByteArray>> Source::recording(MessageId id)
{
    api::GetRecording operation;
    operation.id = id;
    operation.location = m_location;
    return only(m_client->send(operation, api::Priority::Click), &api::GetRecording::Reply::data);
}

Task<Result<QVector<Sentence>>> Source::transcription(MessageId id)
{
    api::GetTranscription operation;
    operation.id = id;
    operation.location = m_location;
    return only(m_client->send(operation, api::Priority::Click), &api::GetTranscription::Reply::sentences);
}

Task<Status> Source::typing(ConversationId conversation, QString visitor, bool typing)
{
    api::AgentTyping operation;
    operation.location = m_location;
    operation.conversationId = conversation;
    operation.visitorId = visitor;
    operation.isTyping = typing ? u"true"_s : u"false"_s;
    // Behind a first sync it would come when nobody types any more.
    auto call = m_client->send(operation, api::Priority::Visible);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return Status{};
}

Task<Result<FeedPage>> Source::exported(ExportQuery query, api::Priority priority)
{
    api::ExportMessages operation;
    operation.location = m_location;
    operation.limit = query.limit;
    operation.cursor = query.cursor;
    operation.sortBy = query.byUpdate ? u"updatedAt"_s : u"createdAt"_s;
    operation.sortOrder = u"desc"_s;
    operation.channel = query.channel;
    operation.startDate = query.from;
    operation.endDate = query.to;
    auto call = m_client->send(operation, priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    FeedPage page;
    page.messages = std::move(answer->messages);
    page.next = answer->nextCursor;
    page.total = answer->total;
    page.skipped = answer->skipped;
    co_return page;
}

} // namespace outrigger::sync
