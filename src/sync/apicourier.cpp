// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"
#include "core/json.h"
#include "sync/settle.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

constexpr int threadPages = 3; ///< of 100 messages; a thread that grew by more since is looked at again later

tl::unexpected<Error> otherAccount()
{
    Error error;
    error.kind = ErrorKind::Usage;
    error.code = u"account"_s;
    error.message = QCoreApplication::translate("Outbox", "This belongs to another account or location than the one that was to send it.");
    return fail(std::move(error));
}

template <class T>
Task<Result<T>> asTask(Result<T> value)
{
    co_return value;
}

} // namespace

ApiCourier::ApiCourier(Account account, api::Client *client, auth::Session *session, api::Limiter *limiter, QObject *parent)
    : Courier(parent), m_account(std::move(account)), m_client(client), m_session(session), m_limiter(limiter)
{
    m_wasReady = ready();
    connect(m_client, &api::Client::networkStateChanged, this, [this](api::NetworkState state) {
        check();
        if (state == api::NetworkState::Online)
            Q_EMIT lookNow();
    });
    connect(m_session, &auth::Session::stateChanged, this, [this] { check(); });
    connect(m_limiter, &api::Limiter::pausedChanged, this, [this] { check(); });
}

Error ApiCourier::beforeAnythingLeft(Error error)
{
    switch (error.kind) {
    case ErrorKind::Server:
    case ErrorKind::BadReply:
    case ErrorKind::Portal:
    case ErrorKind::Timeout:
    case ErrorKind::Cancelled:
    case ErrorKind::Internal:
        error.kind = ErrorKind::Offline;
        break;
    case ErrorKind::TokenRefused:
        error.kind = ErrorKind::SignInNeeded;
        break;
    default:
        break;
    }
    // Refusals of the read stand for the whole: who may not look for twins, may not add either.
    const bool refused = error.jsonError && error.kind != ErrorKind::SignInNeeded && error.kind != ErrorKind::Offline
        && error.kind != ErrorKind::RateLimited;
    if (!refused)
        error.http = 0;
    error.sent = Sent::No;
    return error;
}

void ApiCourier::check()
{
    const bool now = ready();
    if (std::exchange(m_wasReady, now) != now)
        Q_EMIT readyChanged();
}

bool ApiCourier::ready() const
{
    const auto session = m_session->state();
    if (session != auth::SessionState::Ready && session != auth::SessionState::Refreshing)
        return false;
    switch (m_client->networkState()) {
    case api::NetworkState::Offline:
    case api::NetworkState::Portal:
    case api::NetworkState::SignInNeeded:
        return false;
    default:
        break;
    }
    return !m_limiter->pausedUntil().isValid();
}

Task<Status> ApiCourier::preflight(std::chrono::milliseconds age)
{
    if (m_client->freshlyProven(age))
        co_return Status{};
    auto probe = m_client->probe(m_account.location, api::Priority::Outbox);
    co_return co_await probe;
}

QDateTime ApiCourier::serverNow() const { return m_client->serverNow(); }
bool ApiCourier::knowsServerTime() const { return m_client->knowsServerTime(); }
std::chrono::milliseconds ApiCourier::skew() const { return m_client->serverSkew(); }

// --- deliver ----------------------------------------------------------------------------------------------------------

Task<Result<Courier::Delivered>> ApiCourier::deliver(OutboxRecord record)
{
    if (record.account != m_account.id || record.location != m_account.location)
        co_return otherAccount();
    auto job = delivery(std::move(record));
    co_return co_await job;
}

Task<Result<Courier::Delivered>> ApiCourier::delivery(OutboxRecord record)
{
    switch (record.kind) {
    case OutboxKind::SendMessage:
        return sendMessage(std::move(record));
    case OutboxKind::CreateContact:
        return createContact(std::move(record));
    case OutboxKind::ContactTags:
        return changeTags(std::move(record));
    case OutboxKind::ConversationRead:
        return changeRead(std::move(record));
    case OutboxKind::ContactAssign:
        return changeAssigned(std::move(record));
    case OutboxKind::CancelSchedule:
        return cancelSchedule(std::move(record));
    case OutboxKind::DealCreate:
        return createDeal(std::move(record));
    case OutboxKind::DealUpdate:
    case OutboxKind::DealSetStatus:
        return changeDeal(std::move(record));
    case OutboxKind::DealDelete:
        return deleteDeal(std::move(record));
    case OutboxKind::DealFollow:
        return changeFollowers(std::move(record));
    case OutboxKind::DealUpsert:
        return upsertDeal(std::move(record));
    case OutboxKind::BookAppointment:
    case OutboxKind::ChangeAppointment:
    case OutboxKind::BlockTime:
        return deliverCalendar(std::move(record));
    case OutboxKind::ContactUpdate:
        return changeContact(std::move(record));
    case OutboxKind::ContactDelete:
        return deleteContact(std::move(record));
    case OutboxKind::ContactEnrol:
        return changeEnrolment(std::move(record));
    case OutboxKind::ContactBulk:
        return deliverBulk(std::move(record));
    case OutboxKind::AddTask:
    case OutboxKind::ChangeTask:
    case OutboxKind::AddNote:
    case OutboxKind::ChangeNote:
        return deliverTask(std::move(record));
    }
    return asTask<Delivered>(fail(ErrorKind::Usage, QString()));
}

Task<Result<Courier::Delivered>> ApiCourier::sendMessage(OutboxRecord record)
{
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    if (draft.call) {
        auto noting = logCall(std::move(record));
        co_return co_await noting;
    }
    api::SendMessage operation;
    operation.type = draft.type;
    operation.contactId = draft.contactId;
    operation.message = draft.body;
    if (draft.isEmail()) {
        fillEmail(operation, record, draft);
    } else {
        operation.fromNumber = draft.fromNumber;
        operation.toNumber = draft.toNumber;
        operation.conversationProviderId = draft.providerId;
    }
    for (const MessageFile &file : draft.attachments)
        operation.attachments.append(uploadedTo(record, file.key));
    if (operation.attachments.contains(QString())) // never a text without its pictures
        co_return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", "A picture of this text has not been uploaded, so it was not sent. Try again."));
    // A moment that has passed meanwhile was asked about: then it leaves at once. HighLevel's clock is known to a second,
    // and it refuses a moment that is over on arrival.
    if (draft.sendAt > serverNow().addSecs(2))
        operation.scheduledTimestamp = api::SendMessage::dueAt(draft.sendAt);
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    Delivered delivered;
    delivered.serverId = answer->messageId.value;
    delivered.conversation = answer->conversation;
    co_return delivered;
}

Task<Result<ConversationId>> ApiCourier::conversationFor(OutboxRecord record)
{
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    ConversationId known(record.look.value(QLatin1String("conversation")).toString());
    if (known.isEmpty())
        known = draft.conversationId;
    if (!known.isEmpty() && !known.isLocal())
        co_return known;
    auto search = conversationOf(draft.contactId);
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    if (*found)
        co_return (*found)->id;
    // Made twice it is refused, and the search above finds it the next time.
    api::CreateConversation operation;
    operation.location = m_account.location;
    operation.contactId = draft.contactId;
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto made = co_await call;
    if (!made)
        co_return fail(made.error());
    co_return made->id;
}

Task<Result<Courier::Uploaded>> ApiCourier::upload(OutboxRecord record, MessageFile file, QByteArray bytes)
{
    if (record.account != m_account.id || record.location != m_account.location)
        co_return otherAccount();
    auto finding = conversationFor(record);
    const auto conversation = co_await finding;
    if (!conversation)
        co_return fail(beforeAnythingLeft(conversation.error()));
    api::UploadAttachment operation;
    operation.conversationId = *conversation;
    operation.contactId = record.contactId();
    operation.location = m_account.location;
    // Not the person's own name for a picture: that is nobody's business who gets it. A document keeps its own.
    operation.file.name = !file.type.startsWith(u"image/"_s) ? file.name : file.type == u"image/png"_s ? u"picture.png"_s : u"picture.jpg"_s;
    operation.file.bytes = std::move(bytes);
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(beforeAnythingLeft(answer.error()));
    if (answer->files.isEmpty() || answer->files.first().url.isEmpty()) {
        Error error;
        error.kind = ErrorKind::BadReply;
        co_return fail(beforeAnythingLeft(std::move(error)));
    }
    co_return Uploaded{answer->files.first().url, *conversation};
}

Task<Result<std::optional<Contact>>> ApiCourier::duplicate(QString phone, QString email)
{
    // One by one: asked for both, the server answers by the location's own order, which may be either.
    for (const bool byPhone : {true, false}) {
        if ((byPhone ? phone : email).isEmpty())
            continue;
        api::FindDuplicate operation;
        operation.location = m_account.location;
        if (byPhone)
            operation.number = phone;
        else
            operation.email = email;
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        if (answer->contact)
            co_return answer->contact;
    }
    co_return std::optional<Contact>();
}

Task<Result<Courier::Delivered>> ApiCourier::createContact(OutboxRecord record)
{
    const ContactDraft draft = ContactDraft::fromJson(record.payload);
    auto search = duplicate(draft.phone, draft.email);
    const auto twin = co_await search;
    if (!twin)
        co_return fail(beforeAnythingLeft(twin.error()));
    Delivered delivered;
    if (*twin) {
        delivered.serverId = (*twin)->id.value;
        delivered.contact = *twin;
        delivered.adopted = true;
        co_return delivered;
    }
    auto creating = create(draft);
    const auto created = co_await creating;
    if (!created) {
        const Error &error = created.error();
        if (error.jsonError && (error.http == 400 || error.http == 409 || error.http == 422)) {
            auto looking = afterRefusal(draft, error);
            co_return co_await looking;
        }
        co_return fail(error);
    }
    delivered.serverId = created->id.value;
    delivered.contact = *created;
    co_return delivered;
}

Task<Result<Contact>> ApiCourier::create(ContactDraft draft)
{
    // An upsert would put its tags in the place of those of a contact that appeared a moment ago.
    if (!m_twinsAllowed && !draft.email.isEmpty() && draft.tags.isEmpty() && draft.more.isEmpty()) {
        api::UpsertContact operation;
        operation.location = m_account.location;
        operation.firstName = draft.firstName;
        operation.lastName = draft.lastName;
        operation.email = draft.email;
        operation.phone = draft.phone;
        operation.source = draft.source;
        operation.assignedTo = draft.assignedTo;
        auto call = m_client->send(operation, api::Priority::Outbox);
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        co_return answer->contact;
    }
    api::CreateContact operation;
    operation.location = m_account.location;
    operation.firstName = draft.firstName;
    operation.lastName = draft.lastName;
    operation.email = draft.email;
    operation.phone = draft.phone;
    operation.tags = draft.tags;
    operation.source = draft.source;
    operation.assignedTo = draft.assignedTo;
    Contact more;
    for (auto it = draft.more.constBegin(); it != draft.more.constEnd(); ++it)
        contactfields::put(more, it.key(), it.value());
    operation.companyName = more.companyName;
    operation.address = more.address;
    operation.city = more.city;
    operation.state = more.state;
    operation.postalCode = more.postalCode;
    operation.country = more.country;
    operation.website = more.website;
    operation.timezone = more.timezone;
    operation.dateOfBirth = more.dateOfBirth;
    operation.customFields = more.customFields;
    auto call = m_client->send(operation, api::Priority::Outbox);
    co_return co_await call;
}

Task<Result<Courier::Delivered>> ApiCourier::afterRefusal(ContactDraft draft, Error refusal)
{
    Delivered delivered;
    delivered.adopted = true;
    const QJsonObject meta = refusal.detail.value(QLatin1String("meta")).toObject();
    delivered.serverId = json::text(meta.value(QLatin1String("contactId")));
    if (!delivered.serverId.isEmpty())
        co_return delivered;
    // Contacts have been made in spite of a 422.
    auto search = duplicate(draft.phone, draft.email);
    const auto found = co_await search;
    if (!found) {
        refusal.jsonError = false; // neither made nor refused for certain
        refusal.sent = Sent::Unknown;
        co_return fail(std::move(refusal));
    }
    if (!*found)
        co_return fail(std::move(refusal));
    delivered.serverId = (*found)->id.value;
    delivered.contact = *found;
    co_return delivered;
}

Task<Result<std::optional<Conversation>>> ApiCourier::conversationOf(ContactId contact)
{
    api::SearchConversations operation;
    operation.location = m_account.location;
    operation.contactId = contact;
    operation.limit = 20;
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto page = co_await call;
    if (!page)
        co_return fail(page.error());
    for (const Conversation &conversation : page->conversations) {
        if (conversation.contactId == contact && !conversation.deleted)
            co_return std::optional<Conversation>(conversation);
    }
    co_return std::optional<Conversation>();
}

// --- look -------------------------------------------------------------------------------------------------------------

Task<Result<Courier::Look>> ApiCourier::look(OutboxRecord record)
{
    if (record.account != m_account.id || record.location != m_account.location)
        co_return otherAccount();
    auto job = sight(std::move(record));
    co_return co_await job;
}

Task<Result<Courier::Look>> ApiCourier::sight(OutboxRecord record)
{
    switch (record.kind) {
    case OutboxKind::SendMessage:
        return lookForMessage(std::move(record));
    case OutboxKind::CreateContact:
        return lookForContact(std::move(record));
    case OutboxKind::ContactTags:
        return lookForTags(std::move(record));
    case OutboxKind::ConversationRead:
        return lookForRead(std::move(record));
    case OutboxKind::ContactAssign:
        return lookForAssigned(std::move(record));
    case OutboxKind::CancelSchedule:
        return lookForSchedule(std::move(record));
    case OutboxKind::DealCreate:
    case OutboxKind::DealUpsert:
        return lookForNewDeal(std::move(record));
    case OutboxKind::DealUpdate:
    case OutboxKind::DealSetStatus:
    case OutboxKind::DealDelete:
    case OutboxKind::DealFollow:
        return lookForDeal(std::move(record));
    case OutboxKind::BookAppointment:
    case OutboxKind::ChangeAppointment:
    case OutboxKind::BlockTime:
        return lookInCalendar(std::move(record));
    case OutboxKind::ContactUpdate:
        return lookForContactChange(std::move(record));
    case OutboxKind::ContactDelete:
        return lookForDeleted(std::move(record));
    case OutboxKind::ContactEnrol:
    case OutboxKind::ContactBulk:
        return lookAtNothing();
    case OutboxKind::AddTask:
    case OutboxKind::ChangeTask:
    case OutboxKind::AddNote:
    case OutboxKind::ChangeNote:
        return lookForTask(std::move(record));
    }
    return asTask<Look>(fail(ErrorKind::Usage, QString()));
}

/// HighLevel tells nobody's enrolment, and a part of a job is done again, or passes the unclear contact over, once its
/// request can have no late effect any more. Any answer says what the time is there.
Task<Result<Courier::Look>> ApiCourier::lookAtNothing()
{
    auto asking = preflight(std::chrono::seconds(5));
    const auto alive = co_await asking;
    if (!alive)
        co_return fail(alive.error());
    Look seen;
    seen.counts = true;
    co_return seen;
}

Task<Result<Courier::Look>> ApiCourier::lookForMessage(OutboxRecord record)
{
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    ConversationId conversation(record.look.value(QLatin1String("conversation")).toString());
    if (conversation.isEmpty())
        conversation = draft.conversationId;
    const bool placed = !conversation.isEmpty() && !conversation.isLocal();
    Result<Look> seen = fail(ErrorKind::NotFound, QString());
    if (placed) {
        auto job = lookInThread(record, conversation);
        seen = co_await job;
    }
    // The conversation is not known, or it has been removed, and a send makes a new one.
    if (!seen && (!placed || seen.error().kind == ErrorKind::NotFound)) {
        auto wider = lookInExport(record);
        seen = co_await wider;
    }
    if (!seen || !draft.isEmail())
        co_return seen;
    auto reading = readEmails(std::move(record), std::move(*seen));
    co_return co_await reading;
}

Task<Result<Courier::Look>> ApiCourier::lookInThread(OutboxRecord record, ConversationId conversation)
{
    Look look;
    api::ListMessages operation;
    operation.id = conversation;
    int unreadable = 0;
    for (int page = 0; page < threadPages; ++page) {
        auto call = m_client->send(operation, api::Priority::Reconcile);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        unreadable += answer->skipped;
        for (Message message : answer->messages) {
            if (message.contactId.isEmpty()) // some answers leave it out; the thread has one contact
                message.contactId = record.contactId();
            look.messages.append(std::move(message));
        }
        const bool complete = !answer->nextPage;
        look.counts = unreadable == 0 && reachesBack(record, look.messages, complete, skew());
        if (look.counts || complete || answer->lastMessageId.isEmpty())
            break;
        operation.lastMessageId = answer->lastMessageId;
    }
    co_return look;
}

Task<Result<Courier::Look>> ApiCourier::lookInExport(OutboxRecord record)
{
    api::ExportMessages operation;
    operation.location = m_account.location;
    operation.contactId = record.contactId();
    operation.limit = 100;
    operation.sortBy = u"createdAt"_s;
    operation.sortOrder = u"desc"_s;
    if (MessageDraft::fromJson(record.payload).isEmail())
        operation.channel = u"Email"_s; // without it the export leaves e-mail out
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto page = co_await call;
    if (!page)
        co_return fail(page.error());
    Look look;
    for (const Message &message : page->messages) {
        if (message.contactId == record.contactId())
            look.messages.append(message);
    }
    look.counts = page->skipped == 0 && reachesBack(record, look.messages, page->nextCursor.isEmpty(), skew());
    co_return look;
}

Task<Result<Courier::Look>> ApiCourier::lookForContact(OutboxRecord record)
{
    const ContactDraft draft = ContactDraft::fromJson(record.payload);
    auto search = duplicate(draft.phone, draft.email);
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    Look look;
    look.contact = *found;
    // Somebody who has neither number nor e-mail cannot be looked for: then nobody can say that he is absent.
    look.counts = !draft.phone.isEmpty() || !draft.email.isEmpty();
    co_return look;
}

} // namespace outrigger::sync
