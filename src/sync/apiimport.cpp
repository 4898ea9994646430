// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"
#include "domain/contactimport.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// Rows of a file, one a delivery: who has the number or address is looked for first, so nobody is added twice.
namespace outrigger::sync {

namespace {

constexpr QLatin1String touchedKey{"touched"}; ///< contacts that still need their tags
constexpr QLatin1String skippedKey{"skipped"};

bool concernsOneRow(const Error &error)
{
    return error.jsonError && (error.http == 400 || error.http == 404 || error.http == 409 || error.http == 422);
}

/// What of the row goes into a contact that is there.
ContactChange changeOf(const ContactDraft &draft, const Contact &there, ImportPlan::Twins twins)
{
    ContactChange change;
    change.contactId = there.id;
    QJsonObject values = draft.more;
    for (const auto &[field, text] : {std::pair(u"firstName"_s, draft.firstName), std::pair(u"lastName"_s, draft.lastName),
                                      std::pair(u"phone"_s, draft.phone), std::pair(u"email"_s, draft.email), std::pair(u"source"_s, draft.source)}) {
        if (!text.isEmpty())
            values.insert(field, text);
    }
    for (auto it = values.constBegin(); it != values.constEnd(); ++it) {
        const QJsonValue has = contactfields::value(there, it.key());
        const bool empty = contactfields::text(has).isEmpty();
        if (contactfields::same(it.key(), has, it.value()) || (twins == ImportPlan::Twins::Fill && !empty))
            continue;
        change.set(there, it.key(), it.value());
    }
    return change;
}

} // namespace

Task<Result<Courier::Delivered>> ApiCourier::deliverImport(OutboxRecord record)
{
    const ImportPart part = ImportPart::fromJson(record.payload);
    const int done = record.look[bulkDoneKey].toInt();
    Delivered delivered;
    if (done >= part.rows.size())
        co_return delivered;
    const ContactDraft &draft = part.rows[done];
    QJsonObject failed = record.look[bulkFailedKey].toObject();
    int skipped = record.look[skippedKey].toInt();
    const QString number = QString::number(part.numbers.value(done));
    const auto next = [&](bool rowDone) {
        delivered.more = done + (rowDone ? 1 : 0) < part.rows.size();
        delivered.progress = {{bulkDoneKey, done + (rowDone ? 1 : 0)}, {bulkFailedKey, failed}, {skippedKey, skipped}, {touchedKey, QString()}};
    };
    // The second step of a row that is there already: its tags.
    if (const QString touched = record.look[touchedKey].toString(); !touched.isEmpty()) {
        api::AddTags operation;
        operation.id = ContactId(touched);
        operation.tags = draft.tags;
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer && !concernsOneRow(answer.error()))
            co_return fail(answer.error());
        next(true);
        co_return delivered;
    }
    auto search = duplicate(draft.phone, draft.email);
    const auto twin = co_await search;
    if (!twin)
        co_return fail(beforeAnythingLeft(twin.error()));
    if (*twin && part.twins == ImportPlan::Twins::Skip) {
        ++skipped;
        next(true);
        co_return delivered;
    }
    if (*twin) {
        const ContactChange change = changeOf(draft, **twin, part.twins);
        const QStringList tags = draft.tags;
        const bool tagged = std::all_of(tags.cbegin(), tags.cend(), [&](const QString &tag) { return (*twin)->tags.contains(tag, Qt::CaseInsensitive); });
        if (!change.isEmpty()) {
            OutboxRecord none;
            auto putting = putFields(none, change, **twin, change.to.keys());
            const auto put = co_await putting;
            if (!put && !concernsOneRow(put.error()))
                co_return fail(put.error());
            if (!put)
                failed.insert(number, put.error().message.left(300));
            next(tagged);
            if (!tagged) {
                delivered.more = true;
                delivered.progress.insert(touchedKey, (*twin)->id.value);
            }
            co_return delivered;
        }
        if (tagged) {
            ++skipped;
            next(true);
            co_return delivered;
        }
        next(false);
        delivered.more = true;
        delivered.progress.insert(touchedKey, (*twin)->id.value);
        co_return delivered;
    }
    auto creating = create(draft);
    const auto created = co_await creating;
    if (!created) {
        const Error &error = created.error();
        const bool unclear = error.sent != Sent::No && !error.jsonError && error.http != 429;
        if (unclear) // perhaps made: never made a second time by itself
            failed.insert(number, u"unclear"_s);
        else if (concernsOneRow(error))
            failed.insert(number, error.message.left(300));
        else
            co_return fail(error);
    }
    next(true);
    co_return delivered;
}

} // namespace outrigger::sync
