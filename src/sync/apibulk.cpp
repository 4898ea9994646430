// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"
#include "domain/contactimport.h"
#include "sync/apisent.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// One part of a job over many contacts. Each delivery makes at most one changing request and notes in `look` how far the
// part is and who was refused, so a restart goes on with the next contact and one refusal holds nobody up.
namespace outrigger::sync {

namespace {

/// The request itself is fine and the way is open, but not for this contact.
bool concernsOneContact(const Error &error)
{
    return error.jsonError && (error.http == 400 || error.http == 404 || error.http == 409 || error.http == 422);
}

} // namespace

Task<Status> ApiCourier::bulkOne(BulkPart part, ContactId contact)
{
    using Act = BulkPart::Act;
    switch (part.act) {
    case Act::Owner: {
        api::UpdateContact operation;
        operation.id = contact;
        operation.assignedTo = part.id;
        auto call = sent(m_client, operation);
        co_return co_await call;
    }
    case Act::Field: {
        ContactChange change;
        change.contactId = contact;
        change.to.insert(part.field, part.value);
        OutboxRecord record;
        Contact theirs;
        const QStringList fields{part.field};
        auto call = putFields(record, change, theirs, fields);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        co_return Status{};
    }
    case Act::JoinWorkflow: {
        api::AddToWorkflow operation;
        operation.id = contact;
        operation.workflow = part.id;
        auto call = sent(m_client, operation);
        co_return co_await call;
    }
    case Act::LeaveWorkflow: {
        api::RemoveFromWorkflow operation;
        operation.id = contact;
        operation.workflow = part.id;
        auto call = sent(m_client, operation);
        co_return co_await call;
    }
    case Act::JoinCampaign: {
        api::AddToCampaign operation;
        operation.id = contact;
        operation.campaign = part.id;
        auto call = sent(m_client, operation);
        co_return co_await call;
    }
    case Act::LeaveCampaign: {
        if (part.id.isEmpty()) {
            api::RemoveFromAllCampaigns operation;
            operation.id = contact;
            auto call = sent(m_client, operation);
            co_return co_await call;
        }
        api::RemoveFromCampaign operation;
        operation.id = contact;
        operation.campaign = part.id;
        auto call = sent(m_client, operation);
        co_return co_await call;
    }
    case Act::Delete: {
        api::DeleteContact operation;
        operation.id = contact;
        auto call = sent(m_client, operation);
        co_return co_await call;
    }
    case Act::AddTags:
    case Act::RemoveTags:
    case Act::Business:
        break;
    }
    co_return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", "This version of Outrigger does not know what this job is to do, so nothing was changed."));
}

Task<Result<Courier::Delivered>> ApiCourier::deliverBulk(OutboxRecord record)
{
    if (ImportPart::is(record.payload)) {
        auto importing = deliverImport(std::move(record));
        co_return co_await importing;
    }
    const BulkPart part = BulkPart::fromJson(record.payload);
    Delivered delivered;
    QJsonObject failed = record.look[bulkFailedKey].toObject();
    if (part.act == BulkPart::Act::AddTags || part.act == BulkPart::Act::RemoveTags) {
        api::BulkTags operation;
        operation.type = part.act == BulkPart::Act::AddTags ? u"add"_s : u"remove"_s;
        operation.contacts = part.contacts;
        operation.tags = part.tags;
        operation.location = m_account.location;
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        for (auto it = answer->refused.cbegin(); it != answer->refused.cend(); ++it)
            failed.insert(it.key(), it.value());
        if (answer->errors > 0 && answer->refused.isEmpty() && !answer->changed.isEmpty()) {
            for (const QString &id : part.contacts) {
                if (!answer->changed.contains(id))
                    failed.insert(id, QCoreApplication::translate("Outbox", "HighLevel did not change this contact. It may have been deleted."));
            }
        }
        delivered.progress = {{bulkDoneKey, int(part.contacts.size())}, {bulkFailedKey, failed}};
        co_return delivered;
    }
    if (part.act == BulkPart::Act::Business) {
        api::BulkBusiness operation;
        operation.location = m_account.location;
        operation.ids = part.contacts;
        operation.business = part.id;
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        delivered.progress = {{bulkDoneKey, int(part.contacts.size())}};
        co_return delivered;
    }
    const int done = record.look[bulkDoneKey].toInt();
    if (done >= part.contacts.size())
        co_return delivered;
    const ContactId contact(part.contacts[done]);
    auto doing = bulkOne(part, contact);
    const Status one = co_await doing;
    if (!one) {
        const Error &error = one.error();
        const bool unclear = error.sent != Sent::No && !error.jsonError && error.http != 429 && !part.mayRepeat();
        if (unclear) // begun twice it would text twice: said, and not repeated
            failed.insert(contact.value, u"unclear"_s);
        else if (concernsOneContact(error))
            failed.insert(contact.value, error.message.left(300));
        else
            co_return fail(error);
    }
    delivered.more = done + 1 < part.contacts.size();
    delivered.progress = {{bulkDoneKey, done + 1}, {bulkFailedKey, failed}};
    co_return delivered;
}

} // namespace outrigger::sync
