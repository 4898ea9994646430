// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"

#include "domain/contactchange.h"
#include "store/recordjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

// Unsent changes of a contact's fields. They lie in the row itself, so that lists sort, filter and find by what the
// person sees; `pending` notes what was beneath each of them, and taking them off in turn gives the server's row again.
namespace outrigger::store {

namespace {

constexpr int lookBackSeconds = 2; ///< the server's clock is known to a second
constexpr QLatin1String beneathKey{"beneath"};

struct Laid {
    QString record;
    QJsonObject data;
};

Result<QVector<Laid>> laidOn(Connection &connection, qint64 location, const QString &contact)
{
    QVector<Laid> all;
    auto &read = connection.statement("SELECT record, data FROM pending WHERE location=? AND contact=? AND kind='contact' ORDER BY number");
    const Status done = rows::each(read.integer(location).text(contact),
                                   [&all](Statement &row) { all.append({row.textAt(0), objectFrom(row.utf8At(1))}); });
    if (!done)
        return fail(done.error());
    return all;
}

void putAll(Contact &contact, const QJsonObject &values)
{
    for (auto it = values.constBegin(); it != values.constEnd(); ++it)
        contactfields::put(contact, it.key(), it.value());
}

} // namespace

Result<bool> CacheWriter::isLaidOver(const QString &contact)
{
    if (!m_laidOver) {
        QSet<QString> all;
        auto &read = m_connection.statement("SELECT DISTINCT contact FROM pending WHERE location=? AND kind='contact'");
        const Status done = rows::each(read.integer(m_location), [&all](Statement &row) { all.insert(row.textAt(0)); });
        if (!done)
            return fail(done.error());
        m_laidOver = std::move(all);
    }
    return m_laidOver->contains(contact);
}

Status CacheWriter::unlay(Contact &contact)
{
    const auto laid = laidOn(m_connection, m_location, contact.id.value);
    if (!laid)
        return fail(laid.error());
    for (auto it = laid->crbegin(); it != laid->crend(); ++it)
        putAll(contact, it->data[beneathKey].toObject());
    return {};
}

Status CacheWriter::layOver(Contact &contact)
{
    const auto laid = laidOn(m_connection, m_location, contact.id.value);
    if (!laid)
        return fail(laid.error());
    for (const Laid &one : *laid) {
        const auto change = ContactChange::fromJson(one.data);
        QJsonObject beneath;
        for (auto it = change.to.constBegin(); it != change.to.constEnd(); ++it)
            beneath.insert(it.key(), contactfields::value(contact, it.key()));
        QJsonObject data = one.data;
        data.insert(beneathKey, beneath);
        const Status noted = m_connection.statement("UPDATE pending SET data=? WHERE record=?").utf8(compact(data)).text(one.record).run();
        if (!noted)
            return noted;
        change.applyTo(contact);
    }
    return {};
}

Status CacheWriter::unlayAll()
{
    QStringList ids;
    auto &read = m_connection.statement("SELECT DISTINCT contact FROM pending WHERE location=? AND kind='contact'");
    const Status listed = rows::each(read.integer(m_location), [&ids](Statement &row) { ids.append(row.textAt(0)); });
    if (!listed)
        return listed;
    for (const QString &id : std::as_const(ids)) {
        const auto stored = storedContact(id);
        if (!stored)
            return fail(stored.error());
        if (!stored->key)
            continue;
        Contact contact = stored->contact;
        if (const Status off = unlay(contact); !off)
            return off;
        if (const Status written = rewriteContact(*stored, contact, false, stored->dirtyUntil); !written)
            return written;
    }
    m_laidOver.reset();
    return {};
}

Status CacheWriter::projectContactChange(const OutboxRecord &record)
{
    const auto change = ContactChange::fromJson(record.payload);
    const auto id = serverContact(change.contactId.value);
    if (!id)
        return fail(id.error());
    const auto stored = storedContact(*id);
    if (!stored)
        return fail(stored.error());
    const bool arrived = record.state == OutboxState::Accepted || record.state == OutboxState::Confirmed;
    const bool over = arrived || record.state == OutboxState::Cancelled || record.state == OutboxState::Rejected;
    Contact contact = stored->contact;
    contact.id = ContactId(*id);
    if (const Status off = unlay(contact); !off)
        return off;
    bool was = false;
    qint64 dirty = stored->dirtyUntil;
    if (!over) {
        QJsonObject data = change.toJson();
        data.insert("contactId"_L1, *id);
        const Status noted =
            m_connection
                .statement("INSERT INTO pending(record, location, kind, contact, conversation, at, data) VALUES(?,?,'contact',?,'',?,?)"
                           " ON CONFLICT(record) DO UPDATE SET contact=excluded.contact, data=excluded.data")
                .text(record.id.value).integer(m_location).text(*id)
                .integer(record.createdAt.isValid() ? record.createdAt.toMSecsSinceEpoch() : m_now).utf8(compact(data)).run();
        if (!noted)
            return noted;
    } else {
        if (const Status gone = m_connection.statement("DELETE FROM pending WHERE record=?").text(record.id.value).run(); !gone)
            return gone;
        was = m_connection.changes() > 0;
        if (!was) // said before: what came since knows better
            return {};
        if (arrived) {
            change.applyTo(contact);
        } else { // of a part that was taken, and what a colleague has put there
            const QJsonArray done = record.look[doneFieldsKey].toArray();
            for (const auto &field : done)
                contactfields::put(contact, field.toString(), change.to[field.toString()]);
            putAll(contact, record.look[theirsKey].toObject());
        }
        if (arrived) {
            // Lists are read from an index that lags behind: what it says of a time before our change is not taken.
            const QDateTime at = record.firstWriteAt.addSecs(-lookBackSeconds);
            if (at.isValid() && (!contact.dateUpdated.isValid() || contact.dateUpdated < at))
                contact.dateUpdated = at;
            dirty = m_now + dirtyFor;
        }
    }
    m_laidOver.reset();
    if (!stored->key)
        return {};
    m_changes.contacts.updated.append(stored->key);
    if (const Status on = layOver(contact); !on)
        return on;
    return rewriteContact(*stored, contact, false, dirty);
}

Status CacheWriter::projectContactDelete(const OutboxRecord &record)
{
    const auto id = serverContact(record.contactId().value);
    if (!id)
        return fail(id.error());
    const auto stored = storedContact(*id);
    if (!stored)
        return fail(stored.error());
    if (stored->key)
        m_changes.contacts.updated.append(stored->key);
    const bool arrived = record.state == OutboxState::Accepted || record.state == OutboxState::Confirmed;
    if (!arrived && record.state != OutboxState::Cancelled && record.state != OutboxState::Rejected)
        return m_connection
            .statement("INSERT INTO pending(record, location, kind, contact, conversation, at, data) VALUES(?,?,'delete',?,'',?,'{}')"
                       " ON CONFLICT(record) DO UPDATE SET contact=excluded.contact")
            .text(record.id.value).integer(m_location).text(*id)
            .integer(record.createdAt.isValid() ? record.createdAt.toMSecsSinceEpoch() : m_now).run();
    if (const Status gone = m_connection.statement("DELETE FROM pending WHERE record=?").text(record.id.value).run(); !gone)
        return gone;
    if (!arrived || m_connection.changes() == 0)
        return {};
    return dropContact(*id);
}

/// What was theirs goes with them, as it does at HighLevel.
Status CacheWriter::dropContact(const QString &id)
{
    QStringList deals;
    auto &read = m_connection.statement("SELECT id FROM opportunities WHERE location=? AND contact=?");
    const Status listed = rows::each(read.integer(m_location).text(id), [&deals](Statement &row) { deals.append(row.textAt(0)); });
    if (!listed)
        return listed;
    for (const QString &deal : std::as_const(deals)) {
        if (const Status gone = removeDeal(deal); !gone)
            return gone;
    }
    const Status unbooked = m_connection.statement("DELETE FROM events WHERE location=? AND contact=?").integer(m_location).text(id).run();
    if (!unbooked)
        return unbooked;
    m_changes.events.everything = m_changes.events.everything || m_connection.changes() > 0;
    return removeContact(id);
}

Status CacheWriter::projectContactBulk(const OutboxRecord &record)
{
    if (record.state != OutboxState::Confirmed)
        return {};
    const BulkPart part = BulkPart::fromJson(record.payload);
    const QJsonObject failed = record.look[bulkFailedKey].toObject();
    for (const QString &id : part.contacts) {
        if (failed.contains(id))
            continue;
        if (part.act == BulkPart::Act::Delete) {
            if (const Status gone = dropContact(id); !gone)
                return gone;
            continue;
        }
        const auto stored = storedContact(id);
        if (!stored)
            return fail(stored.error());
        if (!stored->key)
            continue;
        Contact after = stored->contact;
        TagChange tags;
        if (part.act == BulkPart::Act::AddTags)
            tags.add = part.tags;
        else if (part.act == BulkPart::Act::RemoveTags)
            tags.remove = part.tags;
        else if (part.act == BulkPart::Act::Owner)
            after.assignedTo = UserId(part.id);
        else if (part.act == BulkPart::Act::Field)
            contactfields::put(after, part.field, part.value);
        else
            return {};
        after.tags = rows::applied(after.tags, {tags});
        if (const Status written = rewriteContact(*stored, after, false, m_now + dirtyFor); !written)
            return written;
    }
    return {};
}

} // namespace outrigger::store
