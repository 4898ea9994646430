// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"

#include "domain/contactchange.h"
#include "domain/replyways.h"
#include "store/recordjson.h"

using namespace Qt::StringLiterals;

/// What the outbox lays over the server's data. Everything here can be made again from the records.
namespace outrigger::store {

namespace {

qint64 createdMs(const OutboxRecord &record, qint64 now)
{
    return record.createdAt.isValid() ? record.createdAt.toMSecsSinceEpoch() : now;
}

/// As long as the text is on its way, its pictures are shown from this computer.
QStringList shownFiles(const OutboxRecord &record, const MessageDraft &draft)
{
    QStringList files;
    for (const MessageFile &file : draft.attachments) {
        const QString address = record.serverId.isEmpty() ? QString() : uploadedTo(record, file.key);
        files.append(address.isEmpty() ? outgoingAddress(file) : address);
    }
    return files;
}

/// For what HighLevel keeps, the moment at which it leaves; else when the record goes on.
QDateTime shownDue(const OutboxRecord &record)
{
    if (record.kind == OutboxKind::SendMessage && (record.state == OutboxState::Accepted || record.state == OutboxState::Confirmed)) {
        if (const auto at = MessageDraft::fromJson(record.payload).sendAt; at.isValid())
            return at;
    }
    return record.dueAt;
}

Status bindRecord(Connection &connection, qint64 key, const OutboxRecord &record)
{
    return connection
        .statement("UPDATE messages SET record=?, record_state=?, hold=?, due_at=?, reason=?, reason_code=? WHERE key=?")
        .text(record.id.value).text(outboxStateWord(record.state)).textOrNull(holdWord(record.hold)).date(shownDue(record))
        .textOrNull(record.reason).textOrNull(record.reasonCode).integer(key).run();
}

Result<qint64> keyOfRecord(Connection &connection, const RecordId &id)
{
    auto &find = connection.statement("SELECT key FROM messages WHERE record=?");
    const auto found = find.text(id.value).step();
    if (!found)
        return fail(found.error());
    const qint64 key = *found ? find.integerAt(0) : 0;
    find.done();
    return key;
}

Status putPending(CacheWriter &writer, const OutboxRecord &record, const QString &kind, const QString &contact, const QString &conversation, qint64 now)
{
    return writer.connection()
        .statement("INSERT INTO pending(record, location, kind, contact, conversation, at, data) VALUES(?,?,?,?,?,?,?)"
                   " ON CONFLICT(record) DO UPDATE SET contact=excluded.contact, conversation=excluded.conversation, data=excluded.data")
        .text(record.id.value).integer(writer.location()).text(kind).text(contact).text(conversation).integer(createdMs(record, now))
        .utf8(compact(record.payload)).run();
}

/// Whether it was laid over until now.
Result<bool> dropPending(Connection &connection, const RecordId &record)
{
    if (const Status gone = connection.statement("DELETE FROM pending WHERE record=?").text(record.value).run(); !gone)
        return fail(gone.error());
    return connection.changes() > 0;
}

} // namespace

Result<QString> CacheWriter::serverContact(const QString &id)
{
    if (!id.startsWith("local:"_L1))
        return id;
    auto &find = m_connection.statement("SELECT server FROM aliases WHERE location=? AND local=?");
    const auto found = find.integer(m_location).text(id).step();
    if (!found)
        return fail(found.error());
    const QString server = *found ? find.textAt(0) : id;
    find.done();
    return server;
}

Status CacheWriter::project(const OutboxRecord &record)
{
    if (record.state == OutboxState::Quarantined)
        return {};
    switch (record.kind) {
    case OutboxKind::SendMessage: return projectMessage(record);
    case OutboxKind::CreateContact: return projectContact(record);
    case OutboxKind::ContactTags: return projectTags(record);
    case OutboxKind::ConversationRead: return projectRead(record);
    case OutboxKind::CancelSchedule: return projectScheduleCancel(record);
    case OutboxKind::ContactAssign: return projectAssign(record);
    case OutboxKind::DealCreate:
    case OutboxKind::DealUpdate:
    case OutboxKind::DealSetStatus:
    case OutboxKind::DealFollow:
    case OutboxKind::DealDelete: return projectDeal(record);
    case OutboxKind::DealUpsert: return {}; // HighLevel says whether it is a new one; the feed brings it
    case OutboxKind::BookAppointment: return projectBooking(record);
    case OutboxKind::ChangeAppointment: return projectAppointmentChange(record);
    case OutboxKind::BlockTime: return projectBlock(record);
    case OutboxKind::ContactUpdate: return projectContactChange(record);
    case OutboxKind::ContactDelete: return projectContactDelete(record);
    case OutboxKind::ContactBulk: return projectContactBulk(record);
    case OutboxKind::ContactEnrol: return {}; // HighLevel tells nobody's enrolment
    case OutboxKind::AddTask: return projectTask(record);
    case OutboxKind::ChangeTask: return projectTaskChange(record);
    case OutboxKind::AddNote: return projectNote(record);
    case OutboxKind::ChangeNote: return projectNoteChange(record);
    }
    return {};
}

/// A text that was taken back leaves the thread; a failure that has been tried again stays where it is.
Status CacheWriter::withdrawMessage(const OutboxRecord &record, qint64 key)
{
    qint64 conversation = 0;
    const auto row = messageRow(key, &conversation);
    if (!row)
        return fail(row.error());
    if (!(*row)->message.id.isEmpty())
        return {}; // it is in HighLevel
    const bool failed = (*row)->state == MessageState::Failed || (*row)->state == MessageState::StoppedHere
        || (*row)->state == MessageState::OptedOut;
    if (failed && record.reasonCode == "replaced"_L1) { // the new attempt stands below it
        m_changes.messages.updated.append(key);
        m_changes.messages.parents.append(conversation);
        return m_connection.statement("UPDATE messages SET reason_code=COALESCE(reason_code,'') || ? WHERE key=?")
            .text(rows::againSuffix).integer(key).run();
    }
    if (const Status gone = deleteMessageRow(key); !gone)
        return gone;
    return removeEmptyLocalConversation(conversation);
}

/// One bubble for one text: `key` is ours (0: none), which is on the screen; a feed may have brought HighLevel's before.
Result<qint64> CacheWriter::oneBubble(qint64 key, const QString &serverId)
{
    const auto server = messageKey(serverId);
    if (!server)
        return fail(server.error());
    if (!*server || *server == key)
        return key;
    if (!key)
        return *server;
    const auto row = messageRow(*server, nullptr);
    if (!row)
        return fail(row.error());
    if (const Status gone = deleteMessageRow(*server); !gone)
        return fail(gone.error());
    if (const Status updated = updateMessage(key, (*row)->message); !updated)
        return fail(updated.error());
    return key;
}

Result<qint64> CacheWriter::insertOwnMessage(const OutboxRecord &record, const MessageDraft &draft)
{
    const auto contact = serverContact(draft.contactId.value);
    if (!contact)
        return fail(contact.error());
    auto conversation = conversationOfContact(*contact);
    if (!conversation)
        return fail(conversation.error());
    if (!*conversation && !draft.conversationId.isEmpty() && !draft.conversationId.isLocal())
        conversation = conversationRow(draft.conversationId.value, *contact);
    else if (!*conversation)
        conversation = makeConversation(ConversationId::local(record.id.value).value, *contact);
    if (!conversation)
        return fail(conversation.error());
    const qint64 date = draft.call ? draft.call->at.toMSecsSinceEpoch() : createdMs(record, m_now);
    const Direction direction = draft.call && draft.call->inbound ? Direction::Inbound : Direction::Outbound;
    const Status written =
        m_connection
            .statement("INSERT INTO messages(location, id, conversation, date, channel, direction, type, body, record) VALUES(?,?,?,?,?,?,?,?,?)")
            .integer(m_location).textOrNull(record.serverId).integer(*conversation).integer(date).integer(int(channelFromType(draft.type)))
            .integer(int(direction)).textOrNull(draft.type).textOrNull(draft.body).text(record.id.value).run();
    if (!written)
        return fail(written.error());
    const qint64 key = m_connection.lastKey();
    m_changes.messages.inserted.append(key);
    m_changes.messages.parents.append(*conversation);
    if (const Status indexed = indexBody(key, draft.body.toUtf8()); !indexed)
        return fail(indexed.error());
    return key;
}

Status CacheWriter::projectMessage(const OutboxRecord &record)
{
    const auto draft = MessageDraft::fromJson(record.payload);
    auto key = keyOfRecord(m_connection, record.id);
    if (!key)
        return fail(key.error());
    if (record.state == OutboxState::Cancelled && record.serverId.isEmpty())
        return *key ? withdrawMessage(record, *key) : Status{};
    if (!record.serverId.isEmpty())
        key = oneBubble(*key, record.serverId);
    if (key && !*key)
        key = insertOwnMessage(record, draft);
    if (!key)
        return fail(key.error());
    if (const Status bound = bindRecord(m_connection, *key, record); !bound)
        return bound;
    qint64 conversation = 0;
    const auto row = messageRow(*key, &conversation);
    if (!row)
        return fail(row.error());
    Message message = (*row)->message;
    const bool kept = draft.sendAt.isValid() && record.state == OutboxState::Accepted && message.status.isEmpty()
        && record.firstWriteAt < draft.sendAt;
    if (kept)
        message.status = QStringLiteral("scheduled"); // until a list says more
    if (message.id.isEmpty() || kept) { // an edited text while it waits, and the server's id once it is known
        message.id = MessageId(record.serverId);
        message.body = draft.body;
        if (draft.isEmail()) {
            message.subject = draft.subject;
            message.to = draft.toNumber;
        }
        message.attachments = shownFiles(record, draft);
        if (draft.call)
            message.raw.insert(u"meta"_s, QJsonObject{{u"callStatus"_s, draft.call->status}});
        if (const Status updated = updateMessage(*key, message); !updated)
            return updated;
    }
    m_changes.messages.updated.append(*key);
    m_changes.messages.parents.append(conversation);
    // Who tells a colleague something has not answered the lead.
    touch(conversation).byHand = touch(conversation).byHand || (arrived(record) && !staysInside(channelFromType(draft.type)));
    return {};
}

Status CacheWriter::projectScheduleCancel(const OutboxRecord &record)
{
    if (!arrived(record))
        return {};
    const QString id = ScheduleCancel::fromJson(record.payload).messageId.value;
    const Status noted = m_connection.statement("INSERT OR IGNORE INTO taken_back(location, id) VALUES(?,?)").integer(m_location).text(id).run();
    if (!noted)
        return noted;
    const auto message = messageKey(id);
    if (!message)
        return fail(message.error());
    return *message ? deleteMessageRow(*message) : Status{};
}

Status CacheWriter::projectContact(const OutboxRecord &record)
{
    const auto draft = ContactDraft::fromJson(record.payload);
    const QString local = draft.localId.isEmpty() ? ContactId::local(record.id.value).value : draft.localId.value;
    if (!record.serverId.isEmpty())
        return adoptContact(local, record.serverId, draft);
    const auto stored = storedContact(local);
    if (!stored)
        return fail(stored.error());
    if (record.state == OutboxState::Cancelled) {
        const auto conversation = conversationOfContact(local);
        if (!conversation)
            return fail(conversation.error());
        if (stored->key) {
            if (const Status gone = deleteContactRow(*stored); !gone)
                return gone;
        }
        return *conversation ? removeEmptyLocalConversation(*conversation) : Status{};
    }
    Contact contact = contactOf(draft);
    contact.id = ContactId(local);
    contact.dateAdded = record.createdAt;
    if (const Status put = putContact(contact); !put)
        return put;
    const auto conversation = conversationOfContact(local);
    if (!conversation)
        return fail(conversation.error());
    if (*conversation)
        return {};
    const auto made = makeConversation(ConversationId::local(record.id.value).value, local);
    if (!made)
        return fail(made.error());
    return m_connection.statement("UPDATE conversations SET contact_name=?, phone=?, email=?, base_date=? WHERE key=?")
        .textOrNull(contact.displayName()).textOrNull(contact.phone).textOrNull(contact.email).integer(createdMs(record, m_now)).integer(*made).run();
}

/// The local id becomes the server's, everywhere. A row that a feed has already brought under the server's id goes into
/// ours, which keeps its key.
Status CacheWriter::adoptContact(const QString &local, const QString &server, const ContactDraft &draft)
{
    const Status aliased = m_connection.statement("INSERT OR REPLACE INTO aliases(location, local, server) VALUES(?,?,?)")
                               .integer(m_location).text(local).text(server).run();
    if (!aliased)
        return aliased;
    const auto ours = storedContact(local);
    if (!ours)
        return fail(ours.error());
    const auto theirs = storedContact(server);
    if (!theirs)
        return fail(theirs.error());
    if (ours->key) {
        Contact contact = theirs->key ? theirs->contact : ours->contact;
        if (!theirs->key) {
            if (const Status off = unlay(contact); !off)
                return off;
        }
        contact.id = ContactId(server);
        if (theirs->key) {
            if (const Status gone = deleteContactRow(*theirs); !gone)
                return gone;
        }
        // Without a hash: the server's own words are taken whenever they come.
        if (const Status written = rewriteContact(*ours, contact, theirs->key != 0, 0); !written)
            return written;
        const Status seen = m_connection.statement("UPDATE contacts SET seen=? WHERE key=?").integer(m_sweep).integer(ours->key).run();
        if (!seen)
            return seen;
    } else if (!theirs->key) {
        Contact contact;
        contact.id = ContactId(server);
        contact.firstName = draft.firstName;
        contact.lastName = draft.lastName;
        contact.email = draft.email;
        contact.phone = draft.phone;
        contact.tags = draft.tags;
        if (const Status put = putContact(contact); !put)
            return put;
    }
    auto &talks = m_connection.statement("SELECT key FROM conversations WHERE location=? AND contact=?");
    const auto keys = rows::keys(talks.integer(m_location).text(local));
    if (!keys)
        return fail(keys.error());
    for (const qint64 key : *keys)
        touch(key);
    for (const char *sql : {"UPDATE conversations SET contact=? WHERE location=? AND contact=?",
                            "UPDATE OR REPLACE marks SET contact=? WHERE location=? AND contact=?",
                            "UPDATE pending SET contact=? WHERE location=? AND contact=?",
                            "UPDATE opportunities SET contact=? WHERE location=? AND contact=?",
                            "UPDATE tasks SET contact=? WHERE location=? AND contact=?",
                            "UPDATE notes SET contact=? WHERE location=? AND contact=?",
                            "UPDATE events SET contact=? WHERE location=? AND contact=?"}) {
        if (const Status renamed = m_connection.statement(sql).text(server).integer(m_location).text(local).run(); !renamed)
            return renamed;
    }
    m_laidOver.reset();
    if (const auto laid = isLaidOver(server); !laid || *laid) {
        const auto stored = laid ? storedContact(server) : Result<StoredContact>(fail(laid.error()));
        if (!stored)
            return fail(stored.error());
        Contact shown = stored->contact;
        if (const Status over = layOver(shown); !over)
            return over;
        if (const Status written = rewriteContact(*stored, shown, false, 0); !written)
            return written;
    }
    return uniteConversations(server);
}

Status CacheWriter::projectTags(const OutboxRecord &record)
{
    const auto change = TagChange::fromJson(record.payload);
    const auto contact = serverContact(change.contactId.value);
    if (!contact)
        return fail(contact.error());
    const auto stored = storedContact(*contact);
    if (!stored)
        return fail(stored.error());
    if (stored->key)
        m_changes.contacts.updated.append(stored->key);
    if (!arrived(record) && !takenBack(record))
        return putPending(*this, record, u"tags"_s, *contact, QString(), m_now);
    const auto was = dropPending(m_connection, record.id);
    if (!was)
        return fail(was.error());
    if (!*was || !arrived(record) || !stored->key)
        return {};
    Contact after = stored->contact;
    after.tags = rows::applied(after.tags, {change});
    return rewriteContact(*stored, after, false, m_now + dirtyFor);
}

Status CacheWriter::projectAssign(const OutboxRecord &record)
{
    const auto change = AssignChange::fromJson(record.payload);
    const auto contact = serverContact(change.contactId.value);
    if (!contact)
        return fail(contact.error());
    const auto stored = storedContact(*contact);
    if (!stored)
        return fail(stored.error());
    if (stored->key)
        m_changes.contacts.updated.append(stored->key);
    const auto keys = rows::keys(m_connection.statement("SELECT key FROM conversations WHERE location=? AND contact=?").integer(m_location).text(*contact));
    if (!keys)
        return fail(keys.error());
    for (const qint64 key : *keys)
        touch(key);
    if (!arrived(record) && !takenBack(record))
        return putPending(*this, record, u"assign"_s, *contact, QString(), m_now);
    const auto was = dropPending(m_connection, record.id);
    if (!was)
        return fail(was.error());
    if (!*was || !arrived(record))
        return {};
    for (const qint64 key : *keys) {
        const Status written = m_connection.statement("UPDATE conversations SET base_assigned=?, hash=NULL, dirty_until=? WHERE key=?")
                                   .textOrNull(change.to.value).integer(m_now + dirtyFor).integer(key).run();
        if (!written)
            return written;
    }
    if (!stored->key)
        return {};
    Contact after = stored->contact;
    after.assignedTo = change.to;
    return rewriteContact(*stored, after, false, m_now + dirtyFor);
}

Status CacheWriter::projectRead(const OutboxRecord &record)
{
    const auto change = ReadChange::fromJson(record.payload);
    const auto contact = serverContact(change.contactId.value);
    if (!contact)
        return fail(contact.error());
    auto &find = m_connection.statement("SELECT key FROM conversations WHERE location=?1 AND id=?2"
                                        " UNION SELECT key FROM conversations WHERE location=?1 AND contact=?3 AND ?3<>''");
    const auto keys = rows::keys(find.integer(m_location).text(change.conversationId.value).text(*contact));
    if (!keys)
        return fail(keys.error());
    for (const qint64 key : *keys)
        touch(key);
    if (!arrived(record) && !takenBack(record))
        return putPending(*this, record, u"read"_s, *contact, change.conversationId.value, m_now);
    const auto was = dropPending(m_connection, record.id);
    if (!was)
        return fail(was.error());
    if (!*was || !arrived(record))
        return {};
    for (const qint64 key : *keys) {
        auto &update = m_connection.statement(
            "UPDATE conversations SET base_unread=CASE WHEN ?1 IS NULL OR in_date>?2 THEN base_unread ELSE ?1 END,"
            " base_starred=COALESCE(?3, base_starred), hash=NULL, dirty_until=?4 WHERE key=?5");
        if (change.unreadCount)
            update.integer(*change.unreadCount);
        else
            update.null();
        update.integer(createdMs(record, m_now));
        if (change.starred)
            update.integer(*change.starred);
        else
            update.null();
        if (const Status written = update.integer(m_now + dirtyFor).integer(key).run(); !written)
            return written;
    }
    return {};
}

} // namespace outrigger::store
