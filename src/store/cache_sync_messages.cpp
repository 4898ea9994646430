// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

/// Not a workflow, a campaign or a bulk action: somebody wrote it.
bool writtenByHand(const Message &message)
{
    if (message.direction != Direction::Outbound || message.channel == Channel::Activity || message.channel == Channel::InternalComment)
        return false;
    const bool automatic = message.source == "workflow"_L1 || message.source == "campaign"_L1 || message.source == "bulk_actions"_L1;
    return !automatic && (!message.userId.isEmpty() || message.source == "app"_L1 || message.source == "api"_L1);
}

qint64 dateOf(const Message &message, qint64 now)
{
    const QDateTime date = message.dateAdded.isValid() ? message.dateAdded : message.dateUpdated;
    return date.isValid() ? date.toMSecsSinceEpoch() : now;
}

/// Answers differ in how much they say: what the new one leaves out stays.
Message mergedMessage(const Message &before, const Message &fresh)
{
    Message merged = fresh;
    const auto keep = [](QString &value, const QString &old) {
        if (value.isEmpty())
            value = old;
    };
    keep(merged.body, before.body);
    keep(merged.typeWord, before.typeWord);
    keep(merged.source, before.source);
    keep(merged.userId.value, before.userId.value);
    keep(merged.contentType, before.contentType);
    keep(merged.from, before.from);
    keep(merged.to, before.to);
    keep(merged.error, before.error);
    keep(merged.subject, before.subject);
    keep(merged.activityTitle, before.activityTitle);
    if (merged.channel == Channel::Unknown)
        merged.channel = before.channel;
    if (merged.attachments.isEmpty())
        merged.attachments = before.attachments;
    if (merged.emailIds.isEmpty())
        merged.emailIds = before.emailIds;
    if (merged.callSeconds < 0)
        merged.callSeconds = before.callSeconds;
    if (!merged.dateAdded.isValid())
        merged.dateAdded = before.dateAdded;
    if (!merged.dateUpdated.isValid())
        merged.dateUpdated = before.dateUpdated;
    if (merged.raw.isEmpty())
        merged.raw = before.raw;
    if (serverStatusRank(fresh.status) < serverStatusRank(before.status))
        merged.status = before.status;
    return merged;
}

} // namespace

Status CacheWriter::putMessage(const Message &message)
{
    if (message.id.isEmpty())
        return {};
    if (message.status == "scheduled"_L1) {
        const auto gone = isTakenBack(message.id.value);
        if (!gone || *gone)
            return gone ? Status{} : fail(gone.error());
    }
    const bool nowhere = message.conversationId.isEmpty() && message.contactId.isEmpty();
    qint64 conversation = 0;
    if (!message.conversationId.isEmpty()) {
        const auto row = conversationRow(message.conversationId.value, message.contactId.value);
        if (!row)
            return fail(row.error());
        conversation = *row;
    } else if (!nowhere) {
        const auto row = conversationOfContact(message.contactId.value);
        if (!row)
            return fail(row.error());
        conversation = *row;
    }
    if (conversation) {
        auto &insert = m_connection.statement("INSERT INTO messages(location, id, conversation, date, date_updated, channel, direction, type,"
                                              " status, body, source, user, more) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING");
        const QByteArray body = message.body.isEmpty() ? QByteArray() : message.body.toUtf8();
        const Status inserted = insert.integer(m_location).text(message.id.value).integer(conversation).integer(dateOf(message, m_now))
                                    .date(message.dateUpdated).integer(int(message.channel)).integer(int(message.direction))
                                    .textOrNull(message.typeWord).textOrNull(message.status).utf8(body).textOrNull(message.source)
                                    .textOrNull(message.userId.value).utf8(rows::messageMore(message)).run();
        if (!inserted)
            return inserted;
        if (m_connection.changes() == 1) {
            const qint64 key = m_connection.lastKey();
            m_changes.messages.inserted.append(key);
            if (m_changes.messages.parents.isEmpty() || m_changes.messages.parents.constLast() != conversation)
                m_changes.messages.parents.append(conversation);
            auto &touched = touch(conversation);
            if (message.direction == Direction::Inbound && message.channel != Channel::Activity)
                touched.inDate = std::max(touched.inDate, dateOf(message, m_now));
            touched.byHand = touched.byHand || writtenByHand(message);
            return indexBody(key, body);
        }
    }
    const auto key = messageKey(message.id.value);
    if (!key)
        return fail(key.error());
    if (!*key)
        return {}; // neither a conversation nor a contact is known: there is no place for it
    qint64 owner = 0;
    const auto stored = messageRow(*key, &owner);
    if (!stored)
        return fail(stored.error());
    const Message &before = (*stored)->message;
    const bool older = message.dateUpdated.isValid() && before.dateUpdated.isValid() && message.dateUpdated < before.dateUpdated;
    if (older)
        return {};
    if (conversation && conversation != owner) {
        const Status moved = m_connection.statement("UPDATE messages SET conversation=? WHERE key=?").integer(conversation).integer(*key).run();
        if (!moved)
            return moved;
        m_changes.messages.parents.append(owner);
        touch(owner);
        if (const Status tidy = removeEmptyLocalConversation(owner); !tidy)
            return tidy;
        touch(conversation);
        m_changes.messages.updated.append(*key);
        m_changes.messages.parents.append(conversation);
    }
    return updateMessage(*key, mergedMessage(before, message));
}

/// What was read before it was taken back comes in after that.
Result<bool> CacheWriter::isTakenBack(const QString &id)
{
    auto &find = m_connection.statement("SELECT 1 FROM taken_back WHERE location=? AND id=?");
    const auto found = find.integer(m_location).text(id).step();
    find.done();
    return found;
}

Result<qint64> CacheWriter::messageKey(const QString &id)
{
    auto &find = m_connection.statement("SELECT key FROM messages WHERE location=? AND id=?");
    const auto found = find.integer(m_location).text(id).step();
    if (!found)
        return fail(found.error());
    const qint64 key = *found ? find.integerAt(0) : 0;
    find.done();
    return key;
}

Result<std::optional<MessageRow>> CacheWriter::messageRow(qint64 key, qint64 *conversation)
{
    static const QByteArray sql = QByteArray("SELECT ") + rows::messageColumns + " FROM messages WHERE key=?";
    auto &read = m_connection.statement(sql.constData());
    const auto found = read.integer(key).step();
    if (!found)
        return fail(found.error());
    std::optional<MessageRow> row;
    if (*found) {
        row = rows::readMessage(read);
        if (conversation)
            *conversation = read.integerAt(3);
    }
    read.done();
    return row;
}

Status CacheWriter::indexBody(qint64 key, const QByteArray &body)
{
    if (body.isEmpty())
        return {};
    for (const char *sql : {"INSERT INTO messages_fts(rowid, body) VALUES(?,?)", "INSERT INTO messages_pieces(rowid, body) VALUES(?,?)"}) {
        if (const Status indexed = m_connection.statement(sql).integer(key).utf8(body).run(); !indexed)
            return indexed;
    }
    return {};
}

/// The indexes have no content of their own: they must be told exactly what stood there.
Status CacheWriter::unindexBody(qint64 key, const QByteArray &body)
{
    if (body.isEmpty())
        return {};
    for (const char *sql : {"INSERT INTO messages_fts(messages_fts, rowid, body) VALUES('delete',?,?)",
                            "INSERT INTO messages_pieces(messages_pieces, rowid, body) VALUES('delete',?,?)"}) {
        if (const Status gone = m_connection.statement(sql).integer(key).utf8(body).run(); !gone)
            return gone;
    }
    return {};
}

Status CacheWriter::updateMessage(qint64 key, const Message &merged)
{
    qint64 conversation = 0;
    const auto stored = messageRow(key, &conversation);
    if (!stored)
        return fail(stored.error());
    const Message &before = (*stored)->message;
    const QByteArray more = rows::messageMore(merged);
    const bool same = before.id == merged.id && before.dateAdded == merged.dateAdded && before.dateUpdated == merged.dateUpdated
        && before.channel == merged.channel && before.direction == merged.direction && before.typeWord == merged.typeWord
        && before.status == merged.status && before.body == merged.body && before.source == merged.source
        && before.userId == merged.userId && rows::messageMore(before) == more;
    if (same)
        return {};
    const bool bodyChanged = before.body != merged.body;
    if (bodyChanged) {
        if (const Status gone = unindexBody(key, before.body.toUtf8()); !gone)
            return gone;
    }
    const Status written =
        m_connection
            .statement("UPDATE messages SET id=?, date=?, date_updated=?, channel=?, direction=?, type=?, status=?, body=?, source=?, user=?,"
                       " more=? WHERE key=?")
            .textOrNull(merged.id.value).integer(dateOf(merged, m_now)).date(merged.dateUpdated).integer(int(merged.channel))
            .integer(int(merged.direction)).textOrNull(merged.typeWord).textOrNull(merged.status).textOrNull(merged.body)
            .textOrNull(merged.source).textOrNull(merged.userId.value).utf8(more).integer(key).run();
    if (!written)
        return written;
    if (bodyChanged) {
        if (const Status indexed = indexBody(key, merged.body.toUtf8()); !indexed)
            return indexed;
    }
    m_changes.messages.updated.append(key);
    m_changes.messages.parents.append(conversation);
    m_changes.messages.orderTouched = m_changes.messages.orderTouched || before.dateAdded != merged.dateAdded;
    auto &touched = touch(conversation);
    touched.byHand = touched.byHand || writtenByHand(merged);
    return {};
}

Status CacheWriter::deleteMessageRow(qint64 key)
{
    qint64 conversation = 0;
    const auto stored = messageRow(key, &conversation);
    if (!stored)
        return fail(stored.error());
    if (!*stored)
        return {};
    if (const Status gone = unindexBody(key, (*stored)->message.body.toUtf8()); !gone)
        return gone;
    if (const Status gone = m_connection.statement("DELETE FROM messages WHERE key=?").integer(key).run(); !gone)
        return gone;
    m_changes.messages.removed.append(key);
    m_changes.messages.parents.append(conversation);
    touch(conversation);
    return {};
}

} // namespace outrigger::store
