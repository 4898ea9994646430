// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// Tags of a contact.
namespace outrigger::sync {

namespace {

constexpr QLatin1String addedKey("tagsAdded");

bool sameTag(const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) == 0; }
bool hasTag(const QStringList &tags, const QString &tag)
{
    return std::any_of(tags.cbegin(), tags.cend(), [&](const QString &other) { return sameTag(tag, other); });
}

} // namespace

/// Adding and removing are two requests: one a time.
Task<Result<Courier::Delivered>> ApiCourier::changeTags(OutboxRecord record)
{
    const TagChange change = TagChange::fromJson(record.payload);
    Delivered delivered;
    if (!change.add.isEmpty() && !record.look.value(addedKey).toBool()) {
        api::AddTags operation;
        operation.id = change.contactId;
        operation.tags = change.add;
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        delivered.more = !change.remove.isEmpty();
        delivered.progress.insert(addedKey, true);
        co_return delivered;
    }
    if (!change.remove.isEmpty()) {
        api::RemoveTags operation;
        operation.id = change.contactId;
        operation.tags = change.remove;
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
    }
    co_return delivered;
}

Task<Result<Courier::Look>> ApiCourier::lookForTags(OutboxRecord record)
{
    const TagChange change = TagChange::fromJson(record.payload);
    api::GetContact operation;
    operation.id = change.contactId;
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto contact = co_await call;
    if (!contact)
        co_return fail(contact.error());
    Look look;
    look.counts = true;
    const bool added = std::all_of(change.add.cbegin(), change.add.cend(),
                                   [&](const QString &tag) { return hasTag(contact->tags, tag); });
    const bool removed = std::none_of(change.remove.cbegin(), change.remove.cend(),
                                      [&](const QString &tag) { return hasTag(contact->tags, tag); });
    look.alreadyThere = added && removed;
    co_return look;
}

} // namespace outrigger::sync
