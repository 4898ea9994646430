// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

size_t mixed(size_t hash, const QString &text)
{
    return qHashBits(text.constData(), size_t(text.size()) * sizeof(QChar), hash * 31 + size_t(text.size()));
}

/// Equal for equal content. Only ever compared on the machine that wrote it.
qint64 contentHash(const Contact &c, const QByteArray &tags, const QByteArray &more)
{
    size_t hash = 17;
    for (const QString *text : {&c.firstName, &c.lastName, &c.companyName, &c.email, &c.phone, &c.address, &c.city, &c.state,
                                &c.postalCode, &c.country, &c.website, &c.timezone, &c.source, &c.type, &c.assignedTo.value,
                                &c.dateOfBirth})
        hash = mixed(hash, *text);
    hash = qHashBits(tags.constData(), size_t(tags.size()), hash);
    hash = qHashBits(more.constData(), size_t(more.size()), hash);
    hash = hash * 31 + size_t(c.dnd);
    hash = hash * 31 + size_t(c.dateAdded.isValid() ? c.dateAdded.toMSecsSinceEpoch() : 0);
    return qint64(hash * 31 + size_t(c.dateUpdated.isValid() ? c.dateUpdated.toMSecsSinceEpoch() : 0));
}

/// From date_added to more; the same order in INSERT and UPDATE.
void bindContact(Statement &s, const Contact &c, const QByteArray &tags, const QByteArray &more)
{
    s.date(c.dateAdded).date(c.dateUpdated).integer(c.dnd).integer(int(c.smsDnd())).integer(c.dndKnown);
    s.textOrNull(c.displayName()).textOrNull(c.firstName).textOrNull(c.lastName).textOrNull(c.companyName).textOrNull(c.email);
    s.textOrNull(c.phone).textOrNull(rows::reversedDigits(c.phone)).utf8(tags).textOrNull(c.address).textOrNull(c.city);
    s.textOrNull(c.state).textOrNull(c.postalCode).textOrNull(c.country).textOrNull(c.website).textOrNull(c.timezone);
    s.textOrNull(c.source).textOrNull(c.type).textOrNull(c.assignedTo.value).textOrNull(c.dateOfBirth).utf8(more);
}

Status indexText(Connection &connection, qint64 key, const Contact &c, const QByteArray &tags)
{
    const Status words = connection.statement("INSERT INTO contacts_fts(rowid, name, company, email, tags) VALUES(?,?,?,?,?)")
                             .integer(key).textOrNull(c.displayName()).textOrNull(c.companyName).textOrNull(c.email).utf8(tags).run();
    if (!words)
        return words;
    return connection.statement("INSERT INTO contacts_pieces(rowid, name, company, email) VALUES(?,?,?,?)")
        .integer(key).textOrNull(c.displayName()).textOrNull(c.companyName).textOrNull(c.email).run();
}

/// The indexes have no content of their own: they must be told exactly what stood there.
Status unindexText(Connection &connection, qint64 key)
{
    for (const char *sql : {"INSERT INTO contacts_fts(contacts_fts, rowid, name, company, email, tags)"
                            " SELECT 'delete', key, name, company, email, tags FROM contacts WHERE key=?",
                            "INSERT INTO contacts_pieces(contacts_pieces, rowid, name, company, email)"
                            " SELECT 'delete', key, name, company, email FROM contacts WHERE key=?"}) {
        if (const Status gone = connection.statement(sql).integer(key).run(); !gone)
            return gone;
    }
    return {};
}

} // namespace

Status CacheWriter::writeExtras(qint64 key, const Contact &contact)
{
    const auto add = [&](const QString &value) -> Status {
        if (value.isEmpty())
            return {};
        return m_connection.statement("INSERT OR IGNORE INTO contact_extras(location, value, contact) VALUES(?,?,?)")
            .integer(m_location).text(value).integer(key).run();
    };
    for (const QString &phone : contact.additionalPhones) {
        if (const Status added = add(rows::reversedDigits(phone)); !added)
            return added;
    }
    for (const QString &email : contact.additionalEmails) {
        if (const Status added = add(email.toLower()); !added)
            return added;
    }
    return {};
}

Status CacheWriter::putContact(Contact contact)
{
    if (contact.id.isEmpty())
        return {};
    const QByteArray tags = rows::tagsText(contact.tags);
    const QByteArray more = rows::contactMore(contact);
    const qint64 hash = contentHash(contact, tags, more);
    auto &insert = m_connection.statement(
        "INSERT INTO contacts(location, id, hash, seen, date_added, date_updated, dnd, dnd_sms, dnd_known, name, first_name, last_name,"
        " company, email, phone, digits, tags, address, city, state, postal_code, country, website, timezone, source, type, assigned_to,"
        " birthday, more) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING");
    insert.integer(m_location).text(contact.id.value).integer(hash).integer(m_sweep);
    bindContact(insert, contact, tags, more);
    if (const Status inserted = insert.run(); !inserted)
        return inserted;
    if (m_connection.changes() == 1) {
        const qint64 key = m_connection.lastKey();
        m_changes.contacts.inserted.append(key);
        m_changes.contacts.orderTouched = true;
        if (const Status indexed = indexText(m_connection, key, contact, tags); !indexed)
            return indexed;
        if (const Status extras = writeExtras(key, contact); !extras)
            return extras;
        const auto laid = isLaidOver(contact.id.value);
        if (!laid || !*laid)
            return laid ? Status{} : fail(laid.error());
        const auto fresh = storedContact(contact.id.value);
        if (!fresh)
            return fail(fresh.error());
        Contact shown = contact;
        if (const Status over = layOver(shown); !over)
            return over;
        return rewriteContact(*fresh, shown, true, 0, &contact);
    }

    const auto stored = storedContact(contact.id.value);
    if (!stored)
        return fail(stored.error());
    if (stored->seen != m_sweep) {
        const Status seen = m_connection.statement("UPDATE contacts SET seen=? WHERE key=?").integer(m_sweep).integer(stored->key).run();
        if (!seen)
            return seen;
    }
    const Contact &before = stored->contact;
    const bool older = contact.dateUpdated.isValid() && before.dateUpdated.isValid() && contact.dateUpdated < before.dateUpdated;
    if (older || (stored->hashKnown && stored->hash == hash))
        return {};
    if (!contact.dateUpdated.isValid())
        contact.dateUpdated = before.dateUpdated;
    if (!contact.dateAdded.isValid())
        contact.dateAdded = before.dateAdded;
    if (!contact.dndKnown && before.dndKnown) { // some lists leave the settings out; that is not "no settings"
        contact.dndSettings = before.dndSettings;
        contact.inboundDndSettings = before.inboundDndSettings;
        contact.dndKnown = true;
    }
    // Only the whole contact says under which id a visitor of the live chat is known; a list that is read later must not take it away.
    if (const QJsonValue visitor = before.raw.value("visitorId"_L1); !visitor.isUndefined() && !contact.raw.contains("visitorId"_L1))
        contact.raw.insert("visitorId"_L1, visitor);
    const bool dirty = m_now < stored->dirtyUntil;
    if (dirty)
        contact.tags = before.tags; // the index that lists are read from may be older than what we were just told
    const auto laid = isLaidOver(contact.id.value);
    if (!laid)
        return fail(laid.error());
    if (!*laid)
        return rewriteContact(*stored, contact, !dirty, stored->dirtyUntil);
    Contact shown = contact;
    if (const Status over = layOver(shown); !over)
        return over;
    return rewriteContact(*stored, shown, !dirty, stored->dirtyUntil, &contact);
}

Result<CacheWriter::StoredContact> CacheWriter::storedContact(const QString &id)
{
    static const QByteArray sql = QByteArray("SELECT ") + rows::contactColumns + " FROM contacts WHERE location=? AND id=?";
    auto &read = m_connection.statement(sql.constData());
    const auto found = read.integer(m_location).text(id).step();
    if (!found)
        return fail(found.error());
    StoredContact stored;
    if (*found) {
        stored.key = read.integerAt(0);
        stored.contact = rows::readContact(read, m_locationId);
        stored.hashKnown = !read.isNull(24);
        stored.hash = read.integerAt(24);
        stored.seen = read.integerAt(25);
        stored.dirtyUntil = read.integerAt(26);
    }
    read.done();
    return stored;
}

Status CacheWriter::rewriteContact(const StoredContact &before, const Contact &after, bool keepHash, qint64 dirtyUntil,
                                  const Contact *hashed)
{
    const QByteArray tags = rows::tagsText(after.tags);
    const QByteArray more = rows::contactMore(after);
    const bool textChanged = before.contact.displayName() != after.displayName() || before.contact.companyName != after.companyName
        || before.contact.email != after.email || before.contact.tags != after.tags;
    if (textChanged) {
        if (const Status gone = unindexText(m_connection, before.key); !gone)
            return gone;
    }
    auto &update = m_connection.statement(
        "UPDATE contacts SET date_added=?, date_updated=?, dnd=?, dnd_sms=?, dnd_known=?, name=?, first_name=?, last_name=?, company=?,"
        " email=?, phone=?, digits=?, tags=?, address=?, city=?, state=?, postal_code=?, country=?, website=?, timezone=?, source=?,"
        " type=?, assigned_to=?, birthday=?, more=?, id=?, hash=?, dirty_until=? WHERE key=?");
    bindContact(update, after, tags, more);
    update.text(after.id.value);
    if (keepHash)
        update.integer(hashed ? contentHash(*hashed, rows::tagsText(hashed->tags), rows::contactMore(*hashed)) : contentHash(after, tags, more));
    else
        update.null();
    if (const Status updated = update.integer(dirtyUntil).integer(before.key).run(); !updated)
        return updated;
    if (textChanged) {
        if (const Status indexed = indexText(m_connection, before.key, after, tags); !indexed)
            return indexed;
    }
    if (before.contact.additionalPhones != after.additionalPhones || before.contact.additionalEmails != after.additionalEmails) {
        const Status gone = m_connection.statement("DELETE FROM contact_extras WHERE contact=?").integer(before.key).run();
        if (!gone)
            return gone;
        if (const Status extras = writeExtras(before.key, after); !extras)
            return extras;
    }
    m_changes.contacts.updated.append(before.key);
    const Contact &old = before.contact;
    if (old.displayName() != after.displayName() || old.dateAdded != after.dateAdded || old.dateUpdated != after.dateUpdated
        || old.companyName != after.companyName || old.email != after.email)
        m_changes.contacts.orderTouched = true;
    return {};
}

Status CacheWriter::deleteContactRow(const StoredContact &contact)
{
    if (const Status gone = unindexText(m_connection, contact.key); !gone)
        return gone;
    for (const char *sql : {"DELETE FROM contact_extras WHERE contact=?", "DELETE FROM contacts WHERE key=?"}) {
        if (const Status gone = m_connection.statement(sql).integer(contact.key).run(); !gone)
            return gone;
    }
    m_changes.contacts.removed.append(contact.key);
    m_changes.contacts.orderTouched = true;
    return {};
}

Status CacheWriter::removeContact(const QString &id)
{
    const auto stored = storedContact(id);
    if (!stored)
        return fail(stored.error());
    if (!stored->key)
        return {};
    const auto conversation = conversationOfContact(id);
    if (!conversation)
        return fail(conversation.error());
    if (*conversation) {
        const Status marked = m_connection.statement("UPDATE conversations SET deleted=1 WHERE location=? AND contact=?")
                                  .integer(m_location).text(id).run();
        if (!marked)
            return marked;
        touch(*conversation);
    }
    return deleteContactRow(*stored);
}

} // namespace outrigger::store
