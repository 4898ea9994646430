// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

qint64 contentHash(const Conversation &c, const QByteArray &more)
{
    size_t hash = 19;
    const auto mix = [&hash](const QString &text) { hash = qHashBits(text.constData(), size_t(text.size()) * sizeof(QChar), hash * 31 + 7); };
    for (const QString *text : {&c.contactId.value, &c.contactName, &c.email, &c.phone, &c.lastMessageBody, &c.lastMessageType,
                                &c.lastOutboundAction, &c.assignedTo.value, &c.type})
        mix(*text);
    hash = qHashBits(more.constData(), size_t(more.size()), hash);
    for (const QDateTime *date : {&c.lastMessageDate, &c.lastManualMessageDate, &c.dateAdded, &c.dateUpdated})
        hash = hash * 31 + size_t(date->isValid() ? date->toMSecsSinceEpoch() : 0);
    hash = hash * 31 + size_t(c.unreadCount);
    return qint64(hash * 31 + size_t(c.starred) * 2 + size_t(c.deleted) * 4 + size_t(c.lastMessageDirection));
}

} // namespace

Result<qint64> CacheWriter::makeConversation(const QString &id, const QString &contact)
{
    const Status made = m_connection.statement("INSERT INTO conversations(location, id, contact, seen) VALUES(?,?,?,?)")
                            .integer(m_location).text(id).text(contact).integer(m_sweep).run();
    if (!made)
        return fail(made.error());
    const qint64 key = m_connection.lastKey();
    m_changes.conversations.inserted.append(key);
    m_changes.conversations.orderTouched = true;
    touch(key);
    return key;
}

Result<qint64> CacheWriter::conversationOfContact(const QString &contact)
{
    if (contact.isEmpty())
        return 0;
    auto &find = m_connection.statement("SELECT key FROM conversations WHERE location=? AND contact=?"
                                        " ORDER BY deleted, place_date DESC LIMIT 1");
    const auto found = find.integer(m_location).text(contact).step();
    if (!found)
        return fail(found.error());
    const qint64 key = *found ? find.integerAt(0) : 0;
    find.done();
    return key;
}

Result<qint64> CacheWriter::conversationRow(const QString &id, const QString &contact)
{
    if (const auto known = m_conversationKeys.constFind(id); known != m_conversationKeys.constEnd())
        return *known;
    auto &find = m_connection.statement("SELECT key, contact FROM conversations WHERE location=? AND id=?");
    const auto found = find.integer(m_location).text(id).step();
    if (!found)
        return fail(found.error());
    qint64 key = *found ? find.integerAt(0) : 0;
    const QString stored = *found ? find.textAt(1) : QString();
    find.done();
    if (!key && !contact.isEmpty()) {
        auto &local = m_connection.statement("SELECT key FROM conversations WHERE location=? AND contact=? AND id LIKE 'local:%' LIMIT 1");
        const auto there = local.integer(m_location).text(contact).step();
        if (!there)
            return fail(there.error());
        key = *there ? local.integerAt(0) : 0;
        local.done();
        if (key) {
            const Status renamed = m_connection.statement("UPDATE conversations SET id=?, seen=? WHERE key=?").text(id).integer(m_sweep).integer(key).run();
            if (!renamed)
                return fail(renamed.error());
            touch(key);
        }
    }
    if (!key) {
        const auto made = makeConversation(id, contact);
        if (!made)
            return made;
        key = *made;
    } else if (stored.isEmpty() && !contact.isEmpty()) {
        const Status named = m_connection.statement("UPDATE conversations SET contact=? WHERE key=?").text(contact).integer(key).run();
        if (!named)
            return fail(named.error());
        touch(key);
        if (const Status united = uniteConversations(contact); !united)
            return fail(united.error());
        m_conversationKeys.remove(id);
        auto &again = m_connection.statement("SELECT key FROM conversations WHERE location=? AND id=?");
        const auto survivor = again.integer(m_location).text(id).step();
        if (!survivor)
            return fail(survivor.error());
        key = *survivor ? again.integerAt(0) : key;
        again.done();
    }
    m_conversationKeys.insert(id, key);
    return key;
}

Status CacheWriter::mergeConversations(qint64 keep, qint64 drop)
{
    auto &read = m_connection.statement("SELECT id FROM conversations WHERE key=?");
    const auto found = read.integer(drop).step();
    if (!found)
        return fail(found.error());
    const QString id = read.textAt(0);
    read.done();
    const Status moved = m_connection.statement("UPDATE messages SET conversation=? WHERE conversation=?").integer(keep).integer(drop).run();
    if (!moved)
        return moved;
    const Status freed = m_connection.statement("UPDATE conversations SET id='merged:'||key WHERE key=?").integer(drop).run();
    if (!freed)
        return freed;
    const Status copied =
        m_connection
            .statement("UPDATE conversations SET (date_added, date_updated, hash, seen, deleted, base_assigned, contact_name, email, phone, type,"
                       " base_date, base_body, base_type, base_channel, base_direction, base_manual_date, base_action, base_unread,"
                       " base_starred, more, in_date, by_hand) = (SELECT date_added, date_updated, hash, seen, deleted, base_assigned,"
                       " COALESCE(contact_name, conversations.contact_name), COALESCE(email, conversations.email), COALESCE(phone, conversations.phone),"
                       " type, base_date, base_body, base_type, base_channel, base_direction, base_manual_date, base_action, base_unread,"
                       " base_starred, more, in_date, by_hand FROM conversations AS other WHERE other.key=?2), id=?3 WHERE key=?1")
            .integer(keep).integer(drop).text(id).run();
    if (!copied)
        return copied;
    const Status gone = m_connection.statement("DELETE FROM conversations WHERE key=?").integer(drop).run();
    if (!gone)
        return gone;
    m_touched.remove(drop);
    touch(keep);
    m_conversationKeys.insert(id, keep);
    m_changes.conversations.removed.append(drop);
    m_changes.conversations.updated.append(keep);
    m_changes.conversations.orderTouched = true;
    m_changes.messages.parents << keep << drop;
    m_changes.messages.everything = true;
    return {};
}

Status CacheWriter::uniteConversations(const QString &contact)
{
    qint64 local = 0;
    qint64 server = 0;
    auto &read = m_connection.statement("SELECT key, id LIKE 'local:%' FROM conversations WHERE location=? AND contact=? ORDER BY place_date");
    read.integer(m_location).text(contact);
    const Status done = rows::each(read, [&](Statement &row) { (row.integerAt(1) ? local : server) = row.integerAt(0); });
    if (!done || !local || !server)
        return done;
    return mergeConversations(local, server); // what a person may be looking at keeps its key
}

Status CacheWriter::putConversation(const Conversation &c)
{
    if (c.id.isEmpty())
        return {};
    const auto row = conversationRow(c.id.value, c.contactId.value);
    if (!row)
        return fail(row.error());
    const qint64 key = *row;
    const QByteArray more = rows::conversationMore(c);
    const qint64 hash = contentHash(c, more);
    auto &read = m_connection.statement("SELECT date_updated, hash, seen, dirty_until, base_date, base_unread, base_starred FROM conversations WHERE key=?");
    const auto found = read.integer(key).step();
    if (!found)
        return fail(found.error());
    const QDateTime updated = read.dateAt(0);
    const bool same = !read.isNull(1) && read.integerAt(1) == hash;
    const bool seen = read.integerAt(2) == m_sweep;
    const qint64 dirtyUntil = read.integerAt(3);
    const qint64 baseDate = read.integerAt(4);
    const qint64 unread = read.integerAt(5);
    const qint64 starred = read.integerAt(6);
    read.done();
    if (!seen) {
        if (const Status marked = m_connection.statement("UPDATE conversations SET seen=? WHERE key=?").integer(m_sweep).integer(key).run(); !marked)
            return marked;
    }
    const bool older = c.dateUpdated.isValid() && updated.isValid() && c.dateUpdated < updated;
    if (older || same)
        return {};
    // Just confirmed: a list that lags behind must not flip it back. A newer message makes it true again.
    const qint64 date = c.lastMessageDate.isValid() ? c.lastMessageDate.toMSecsSinceEpoch() : 0;
    const bool keepOurs = m_now < dirtyUntil && date <= baseDate;
    auto &update = m_connection.statement(
        "UPDATE conversations SET contact=CASE WHEN ?1='' THEN contact ELSE ?1 END, date_added=?2, date_updated=COALESCE(?3, date_updated),"
        " hash=?4, deleted=?5, base_assigned=CASE WHEN ?22 THEN base_assigned ELSE ?6 END, contact_name=?7, email=?8, phone=?9, type=?10, base_date=?11, base_body=?12, base_type=?13,"
        " base_channel=?14, base_direction=?15, base_manual_date=?16, base_action=?17, base_unread=?18, base_starred=?19, more=?20 WHERE key=?21");
    update.text(c.contactId.value).date(c.dateAdded).date(c.dateUpdated);
    if (keepOurs)
        update.null();
    else
        update.integer(hash);
    update.integer(c.deleted).textOrNull(c.assignedTo.value).textOrNull(c.contactName).textOrNull(c.email).textOrNull(c.phone).textOrNull(c.type);
    update.date(c.lastMessageDate).textOrNull(c.lastMessageBody).textOrNull(c.lastMessageType).integer(int(c.lastMessageChannel));
    update.integer(int(c.lastMessageDirection)).date(c.lastManualMessageDate).textOrNull(c.lastOutboundAction);
    update.integer(keepOurs ? unread : c.unreadCount).integer(keepOurs ? starred : c.starred).utf8(more).integer(key).integer(keepOurs);
    if (const Status written = update.run(); !written)
        return written;
    touch(key);
    return c.contactId.isEmpty() ? Status{} : uniteConversations(c.contactId.value);
}

Status CacheWriter::removeEmptyLocalConversation(qint64 key)
{
    auto &gone = m_connection.statement("DELETE FROM conversations WHERE key=?1 AND id LIKE 'local:%'"
                                        " AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation=?1)"
                                        " AND NOT (contact LIKE 'local:%' AND EXISTS (SELECT 1 FROM contacts c WHERE c.location=conversations.location"
                                        " AND c.id=conversations.contact))");
    if (const Status removed = gone.integer(key).run(); !removed)
        return removed;
    if (m_connection.changes() == 1) {
        m_touched.remove(key);
        m_conversationKeys.clear();
        m_changes.conversations.removed.append(key);
        m_changes.conversations.orderTouched = true;
    }
    return {};
}

} // namespace outrigger::store
