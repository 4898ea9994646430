// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

// Fields of a contact, followers, automations, and a contact's end. HighLevel has no version of a contact that a change
// could name, so it is read first and compared, field by field, with what the person saw.
namespace outrigger::sync {

namespace {

constexpr QLatin1String companyField{"companyName"};
constexpr QLatin1String followersField{"followers"};

QStringList doneFields(const OutboxRecord &record)
{
    QStringList names;
    const QJsonArray done = record.look[doneFieldsKey].toArray();
    for (const auto &name : done)
        names.append(name.toString());
    return names;
}

Courier::Delivered goOn(const OutboxRecord &record, const QStringList &taken)
{
    Courier::Delivered delivered;
    delivered.more = true;
    delivered.progress.insert(doneFieldsKey, QJsonArray::fromStringList(doneFields(record) + taken));
    return delivered;
}

tl::unexpected<Error> refusedWith(const QString &code, const ContactChange &change, const Contact &theirs, const QStringList &fields)
{
    Error error;
    error.kind = ErrorKind::Invalid;
    error.code = code;
    error.sent = Sent::No;
    QJsonObject there;
    for (const QString &field : fields)
        there.insert(field, contactfields::value(theirs, field));
    error.detail.insert(theirsKey, there);
    error.detail.insert("name"_L1, change.shownName);
    return fail(std::move(error));
}

void setText(api::UpdateContact &op, const QString &field, const QString &text)
{
    using O = api::UpdateContact;
    static const QHash<QString, std::optional<QString> O::*> places{
        {u"firstName"_s, &O::firstName}, {u"lastName"_s, &O::lastName}, {u"phone"_s, &O::phone}, {u"email"_s, &O::email},
        {u"companyName"_s, &O::companyName}, {u"address1"_s, &O::address}, {u"city"_s, &O::city}, {u"state"_s, &O::state},
        {u"postalCode"_s, &O::postalCode}, {u"country"_s, &O::country}, {u"website"_s, &O::website}, {u"timezone"_s, &O::timezone},
        {u"source"_s, &O::source}, {u"dateOfBirth"_s, &O::dateOfBirth}, {u"assignedTo"_s, &O::assignedTo}};
    if (const auto place = places.value(field, nullptr))
        op.*place = text;
}

void fill(api::UpdateContact &op, const ContactChange &change, const Contact &theirs, const QStringList &fields)
{
    bool channels = false;
    for (const QString &field : fields) {
        const QJsonValue value = change.to[field];
        if (field == "dnd"_L1) {
            op.dnd = value.toBool();
        } else if (!contactfields::dndChannel(field).isEmpty()) {
            channels = true;
        } else if (const CustomFieldId id = contactfields::customId(field); !id.isEmpty()) {
            op.customFields.append({id, value.isNull() || value.isUndefined() ? QJsonValue(QString()) : value});
        } else {
            setText(op, field, value.toString());
        }
    }
    if (!channels)
        return;
    // The call may replace the whole map: the others go along as they are.
    Contact after = theirs;
    for (const QString &field : fields) {
        if (!contactfields::dndChannel(field).isEmpty())
            contactfields::put(after, field, change.to[field]);
    }
    op.dndSettings = after.dndSettings;
}

} // namespace

Task<Result<Courier::Delivered>> ApiCourier::changeContact(OutboxRecord record)
{
    const ContactChange change = ContactChange::fromJson(record.payload);
    api::GetContact reading;
    reading.id = change.contactId;
    auto ask = m_client->send(reading, api::Priority::Outbox);
    const auto theirs = co_await ask;
    if (!theirs)
        co_return fail(beforeAnythingLeft(theirs.error()));
    QStringList missing = change.missingIn(*theirs);
    // What was taken a moment ago and is not there is not sent twice: HighLevel has dropped it.
    QStringList dropped;
    for (const QString &field : doneFields(record)) {
        if (missing.removeAll(field) > 0 && contactfields::same(field, contactfields::value(*theirs, field), change.from[field]))
            dropped.append(field);
    }
    // A colleague was faster. Who tries again has seen that and means it.
    QStringList collisions;
    if (record.again.isEmpty()) {
        collisions = change.collisionsWith(*theirs);
        collisions.removeIf([&](const QString &field) { return !missing.contains(field); });
    }
    QStringList now = missing;
    now.removeIf([&](const QString &field) { return collisions.contains(field) || field == followersField || field == companyField; });
    if (now.isEmpty() && missing.contains(companyField) && !collisions.contains(companyField))
        now = QStringList{QString(companyField)};
    if (!now.isEmpty()) {
        auto putting = putFields(std::move(record), change, *theirs, now);
        co_return co_await putting;
    }
    if (missing.contains(followersField)) {
        auto following = changeFollowers(change, *theirs);
        auto followed = co_await following;
        if (!followed)
            co_return fail(followed.error());
        if (followed->more)
            co_return std::move(*followed);
        const QStringList taken{QString(followersField)};
        co_return goOn(record, taken);
    }
    if (!collisions.isEmpty())
        co_return refusedWith(u"changed_elsewhere"_s, change, *theirs, collisions);
    if (!dropped.isEmpty())
        co_return refusedWith(u"not_taken"_s, change, *theirs, dropped);
    co_return Delivered{};
}

/// One PUT. The answer may leave fields out, so the next turn reads the contact again before it calls anything done.
Task<Result<Courier::Delivered>> ApiCourier::putFields(OutboxRecord record, ContactChange change, Contact theirs, QStringList fields)
{
    api::UpdateContact operation;
    operation.id = change.contactId;
    fill(operation, change, theirs, fields);
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    const QStringList missing = change.missingIn(*answer);
    const bool allThere = std::none_of(fields.cbegin(), fields.cend(), [&](const QString &field) { return missing.contains(field); });
    if (allThere && missing.isEmpty()) {
        co_return Delivered{};
    }
    co_return goOn(record, fields);
}

Task<Result<Courier::Delivered>> ApiCourier::changeFollowers(ContactChange change, Contact theirs)
{
    const auto setOf = [](const QJsonValue &value) {
        QSet<QString> all;
        const QJsonArray ids = value.toArray();
        for (const auto &id : ids)
            all.insert(id.toString());
        return all;
    };
    const auto want = setOf(change.to[followersField]);
    const auto saw = setOf(change.from[followersField]);
    const auto there = setOf(contactfields::value(theirs, followersField));
    const auto add = (want - saw) - there;
    const auto remove = (saw - want) & there;
    Delivered delivered;
    if (!add.isEmpty()) {
        api::AddContactFollowers operation;
        operation.id = change.contactId;
        operation.followers = QStringList(add.cbegin(), add.cend());
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        delivered.more = !remove.isEmpty();
        co_return delivered;
    }
    if (!remove.isEmpty()) {
        api::RemoveContactFollowers operation;
        operation.id = change.contactId;
        operation.followers = QStringList(remove.cbegin(), remove.cend());
        auto call = m_client->send(operation, api::Priority::Outbox);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
    }
    co_return delivered;
}

namespace {

/// HighLevel says 400, not 404, of a contact that is not there any more.
bool isGone(const Error &error)
{
    return error.kind == ErrorKind::NotFound
        || (error.http == 400 && error.jsonError && error.message.contains("not found"_L1, Qt::CaseInsensitive));
}

} // namespace

Task<Result<Courier::Delivered>> ApiCourier::deleteContact(OutboxRecord record)
{
    api::DeleteContact operation;
    operation.id = record.contactId();
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer && !isGone(answer.error())) // gone is what was wanted
        co_return fail(answer.error());
    co_return Delivered{};
}

Task<Result<Courier::Delivered>> ApiCourier::changeEnrolment(OutboxRecord record)
{
    const EnrolChange change = EnrolChange::fromJson(record.payload);
    BulkPart one;
    one.act = change.campaign ? (change.leave ? BulkPart::Act::LeaveCampaign : BulkPart::Act::JoinCampaign)
                              : (change.leave ? BulkPart::Act::LeaveWorkflow : BulkPart::Act::JoinWorkflow);
    one.id = change.id;
    auto doing = bulkOne(one, change.contactId);
    const Status done = co_await doing;
    if (!done)
        co_return fail(done.error());
    co_return Delivered{};
}

Task<Result<Courier::Look>> ApiCourier::lookForContactChange(OutboxRecord record)
{
    api::GetContact operation;
    operation.id = record.contactId();
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto contact = co_await call;
    if (!contact)
        co_return fail(contact.error());
    Look look;
    look.counts = true;
    look.alreadyThere = ContactChange::fromJson(record.payload).missingIn(*contact).isEmpty();
    co_return look;
}

Task<Result<Courier::Look>> ApiCourier::lookForDeleted(OutboxRecord record)
{
    api::GetContact operation;
    operation.id = record.contactId();
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto contact = co_await call;
    Look look;
    if (!contact && !isGone(contact.error()))
        co_return fail(contact.error());
    look.counts = true;
    look.alreadyThere = !contact.has_value();
    co_return look;
}

} // namespace outrigger::sync
