// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "store/cache_write.h"
#include "store/connection.h"
#include "store/recordjson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// Notes: reading, what HighLevel answered, and our own changes laid over it.
namespace outrigger::store {

namespace {

constexpr char columns[] = "key, id, contact, body, title, user, pinned, date_added, record, record_state, reason, color";

NoteRow readNote(const Statement &row)
{
    NoteRow result;
    LeadNote &note = result.note;
    result.key = row.integerAt(0);
    note.id = NoteId(row.textAt(1));
    note.contact = ContactId(row.textAt(2));
    note.body = row.textAt(3);
    note.title = row.textAt(4);
    note.user = UserId(row.textAt(5));
    note.pinned = row.integerAt(6) != 0;
    note.dateAdded = row.dateAt(7);
    result.record = row.textAt(8);
    result.recordState = row.textAt(9);
    result.reason = row.textAt(10);
    note.color = row.textAt(11);
    if (note.id.isEmpty() && !result.record.isEmpty())
        note.id = NoteId::local(result.record);
    return result;
}

} // namespace

Task<Result<QVector<NoteRow>>> Cache::notesOf(LocationId location, ContactId contact)
{
    return m_reader->run<QVector<NoteRow>>([location, contact](Connection &connection) -> Result<QVector<NoteRow>> {
        static const QByteArray sql = QByteArray("SELECT ") + columns
            + " FROM notes WHERE location=? AND contact=? ORDER BY date_added IS NOT NULL, date_added DESC, key DESC";
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        QVector<NoteRow> found;
        const Status done = rows::each(connection.statement(sql.constData()).integer(*key).text(contact.value),
                                       [&found](Statement &row) { found.append(readNote(row)); });
        if (!done)
            return fail(done.error());
        QHash<QString, NoteChange> changes;
        auto &read = connection.statement("SELECT conversation, record, data FROM pending WHERE location=? AND kind='note' ORDER BY number");
        const Status laid = rows::each(read.integer(*key), [&](Statement &row) {
            const auto change = NoteChange::fromJson(objectFrom(row.utf8At(2)));
            for (NoteRow &one : found) {
                if (one.note.id.value != row.textAt(0))
                    continue;
                if (!change.remove)
                    change.applyTo(one.note);
                one.record = row.textAt(1);
                one.recordState = change.remove ? u"removing"_s : u"queued"_s;
            }
        });
        if (!laid)
            return fail(laid.error());
        // After ours has been laid over it: what was pinned a moment ago stands above, too.
        std::stable_partition(found.begin(), found.end(), [](const NoteRow &row) { return row.note.pinned; });
        found.erase(std::remove_if(found.begin(), found.end(), [](const NoteRow &row) { return row.recordState == "removing"_L1; }), found.end());
        return found;
    });
}

Task<Result<ChangeSet>> Cache::putNotes(LocationId location, ContactId contact, QVector<LeadNote> notes)
{
    return write(location, Table::Tasks, std::nullopt, [contact, notes = std::move(notes)](CacheWriter &writer) -> Status {
        QSet<QString> there;
        for (LeadNote note : notes) {
            there.insert(note.id.value);
            if (note.contact.isEmpty())
                note.contact = contact;
            if (const Status put = writer.putNote(note); !put)
                return put;
        }
        return writer.removeNotesBut(contact, there);
    });
}

Status CacheWriter::putNote(const LeadNote &note)
{
    static const QByteArray sql = QByteArray("SELECT ") + columns + ", dirty_until FROM notes WHERE location=? AND id=?";
    auto &find = m_connection.statement(sql.constData());
    const auto found = find.integer(m_location).text(note.id.value).step();
    if (!found)
        return fail(found.error());
    std::optional<NoteRow> before;
    qint64 dirty = 0;
    if (*found) {
        before = readNote(find);
        dirty = find.integerAt(12);
    }
    find.done();
    if (before && (before->note == note || dirty > m_now))
        return {};
    if (before) {
        m_changes.tasks.updated.append(before->key);
        return m_connection.statement("UPDATE notes SET contact=?, body=?, title=?, user=?, pinned=?, color=?, date_added=?, dirty_until=0 WHERE key=?")
            .text(note.contact.value).text(note.body).textOrNull(note.title).text(note.user.value).integer(note.pinned)
            .textOrNull(note.color).date(note.dateAdded).integer(before->key).run();
    }
    m_changes.tasks.everything = true;
    return m_connection.statement("INSERT INTO notes(location, id, contact, body, title, user, pinned, color, date_added) VALUES(?,?,?,?,?,?,?,?,?)")
        .integer(m_location).text(note.id.value).text(note.contact.value).text(note.body).textOrNull(note.title).text(note.user.value)
        .integer(note.pinned).textOrNull(note.color).date(note.dateAdded).run();
}

Status CacheWriter::removeNotesBut(const ContactId &contact, const QSet<QString> &there)
{
    auto &find = m_connection.statement("SELECT key, id FROM notes WHERE location=? AND contact=? AND id IS NOT NULL AND dirty_until<=?");
    return removeBut(find.integer(m_location).text(contact.value).integer(m_now), there,
                     "DELETE FROM notes WHERE key=?", [this](qint64) { m_changes.tasks.everything = true; });
}

Status CacheWriter::projectNote(const OutboxRecord &record)
{
    const auto draft = NoteDraft::fromJson(record.payload);
    const auto contact = serverContact(draft.contactId.value);
    if (!contact)
        return fail(contact.error());
    m_changes.tasks.everything = true;
    const auto found = rows::keys(m_connection.statement("SELECT key FROM notes WHERE record=?").text(record.id.value));
    if (!found)
        return fail(found.error());
    qint64 key = found->value(0);
    if (takenBack(record))
        return m_connection.statement("DELETE FROM notes WHERE key=? AND id IS NULL").integer(key).run();
    if (!record.serverId.isEmpty()) {
        const auto server = rows::keys(m_connection.statement("SELECT key FROM notes WHERE location=? AND id=?").integer(m_location).text(record.serverId));
        if (!server)
            return fail(server.error());
        if (const qint64 theirs = server->value(0)) {
            if (key && key != theirs) {
                if (const Status gone = m_connection.statement("DELETE FROM notes WHERE key=?").integer(key).run(); !gone)
                    return gone;
            }
            return m_connection.statement("UPDATE notes SET record_state=?, reason=NULL WHERE key=? AND record=?")
                .text(outboxStateWord(record.state)).integer(theirs).text(record.id.value).run();
        }
    }
    if (!key) {
        const Status made = m_connection.statement("INSERT INTO notes(location, contact, record, date_added) VALUES(?,?,?,?)")
                                .integer(m_location).text(*contact).text(record.id.value).date(record.createdAt).run();
        if (!made)
            return made;
        key = m_connection.lastKey();
    }
    return m_connection.statement("UPDATE notes SET id=?, contact=?, body=?, user=?, color=?, pinned=?, record_state=?, reason=?, dirty_until=? WHERE key=?")
        .textOrNull(record.serverId).text(*contact).text(draft.body).text(draft.user.value).textOrNull(draft.color).integer(draft.pinned).text(outboxStateWord(record.state))
        .textOrNull(record.reason).integer(arrived(record) ? m_now + dirtyFor : 0).integer(key).run();
}

Status CacheWriter::projectNoteChange(const OutboxRecord &record)
{
    const auto change = NoteChange::fromJson(record.payload);
    m_changes.tasks.everything = true;
    if (!arrived(record) && !takenBack(record)) {
        return putChangeAside(record, u"note"_s, change.contactId.value, change.noteId.value);
    }
    if (const Status gone = m_connection.statement("DELETE FROM pending WHERE record=?").text(record.id.value).run(); !gone)
        return gone;
    const bool wasLaid = m_connection.changes() > 0;
    if (!wasLaid)
        return {};
    if (arrived(record) && change.remove)
        return m_connection.statement("DELETE FROM notes WHERE location=? AND id=?").integer(m_location).text(change.noteId.value).run();
    const QJsonValue theirs = record.look.value(theirsKey);
    if (!arrived(record) && !theirs.isObject())
        return {};
    static const QByteArray sql = QByteArray("SELECT ") + columns + " FROM notes WHERE location=? AND id=?";
    auto &find = m_connection.statement(sql.constData());
    const auto there = find.integer(m_location).text(change.noteId.value).step();
    if (!there || !*there)
        return there ? Status() : fail(there.error());
    LeadNote note = readNote(find).note;
    find.done();
    if (arrived(record)) {
        change.applyTo(note);
    } else {
        const QJsonObject now = theirs.toObject();
        note.body = now.value("body"_L1).toString();
        note.color = now.value("color"_L1).toString(note.color);
        note.pinned = now.value("pinned"_L1).toBool(note.pinned);
    }
    return m_connection.statement("UPDATE notes SET body=?, color=?, pinned=?, dirty_until=? WHERE location=? AND id=?")
        .text(note.body).textOrNull(note.color).integer(note.pinned).integer(m_now + dirtyFor).integer(m_location).text(change.noteId.value).run();
}

} // namespace outrigger::store
