// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "domain/whenwhere.h"
#include "store/cache_write.h"
#include "store/connection.h"
#include "store/recordjson.h"

using namespace Qt::StringLiterals;

// Tasks: reading, what HighLevel answered, and our own changes laid over it.
namespace outrigger::store {

namespace {

constexpr int mostDone = 200;       ///< finished ones that a view shows, latest first

constexpr char columns[] = "key, id, contact, title, body, user, due, done, date_added, date_updated, record, record_state, reason";

TaskRow readTask(const Statement &row)
{
    TaskRow result;
    LeadTask &task = result.task;
    result.key = row.integerAt(0);
    task.id = TaskId(row.textAt(1));
    task.contact = ContactId(row.textAt(2));
    task.title = row.textAt(3);
    task.body = row.textAt(4);
    task.user = UserId(row.textAt(5));
    task.due = row.dateAt(6);
    task.done = row.integerAt(7) != 0;
    task.dateAdded = row.dateAt(8);
    task.dateUpdated = row.dateAt(9);
    result.record = row.textAt(10);
    result.recordState = row.textAt(11);
    result.reason = row.textAt(12);
    if (task.id.isEmpty() && !result.record.isEmpty())
        task.id = TaskId::local(result.record);
    return result;
}

struct Overlay {
    QString record;
    TaskChange change;
};
Result<QMultiHash<QString, Overlay>> overlays(Connection &connection, qint64 location)
{
    QMultiHash<QString, Overlay> all;
    auto &read = connection.statement("SELECT conversation, record, data FROM pending WHERE location=? AND kind='task' ORDER BY number DESC");
    const Status done = rows::each(read.integer(location), [&all](Statement &row) {
        all.insert(row.textAt(0), {row.textAt(1), TaskChange::fromJson(objectFrom(row.utf8At(2)))});
    });
    if (!done)
        return fail(done.error());
    return all;
}

/// Oldest change first: multi hashes give the last inserted first, and the newest was inserted first.
bool overlay(TaskRow &row, const QMultiHash<QString, Overlay> &all)
{
    bool there = true;
    for (auto [it, end] = all.equal_range(row.task.id.value); it != end; ++it) {
        it->change.applyTo(row.task);
        row.record = it->record;
        row.recordState = u"queued"_s;
        there = there && !it->change.remove;
    }
    return there;
}

Result<QVector<TaskRow>> finish(Connection &connection, const LocationId &locationId, qint64 location, QVector<TaskRow> found)
{
    const auto changes = overlays(connection, location);
    if (!changes)
        return fail(changes.error());
    static const QByteArray sql = QByteArray("SELECT ") + rows::contactColumns + " FROM contacts WHERE location=? AND id=?";
    QHash<QString, QPair<QString, QByteArray>> known;
    QVector<TaskRow> result;
    result.reserve(found.size());
    for (TaskRow &row : found) {
        if (!changes->isEmpty() && !overlay(row, *changes))
            continue;
        auto person = known.constFind(row.task.contact.value);
        if (person == known.constEnd()) {
            QPair<QString, QByteArray> one;
            const Status read = rows::each(connection.statement(sql.constData()).integer(location).text(row.task.contact.value), [&](Statement &contact) {
                const Contact who = rows::readContact(contact, locationId);
                one = {who.displayName(), ownZone(who).id};
            });
            if (!read)
                return fail(read.error());
            person = known.insert(row.task.contact.value, one);
        }
        row.contactName = person->first;
        row.contactZone = person->second;
        result.append(std::move(row));
    }
    return result;
}

} // namespace

Task<Result<QVector<TaskRow>>> Cache::tasks(LocationId location)
{
    return m_reader->run<QVector<TaskRow>>([location](Connection &connection) -> Result<QVector<TaskRow>> {
        static const QByteArray open = QByteArray("SELECT ") + columns + " FROM tasks WHERE location=? AND done=0 ORDER BY due IS NULL, due, key";
        static const QByteArray finished = QByteArray("SELECT ") + columns + " FROM tasks WHERE location=? AND done=1 ORDER BY due DESC LIMIT ?";
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        QVector<TaskRow> found;
        const auto take = [&found](Statement &row) { found.append(readTask(row)); };
        if (const Status done = rows::each(connection.statement(open.constData()).integer(*key), take); !done)
            return fail(done.error());
        if (const Status done = rows::each(connection.statement(finished.constData()).integer(*key).integer(mostDone), take); !done)
            return fail(done.error());
        return finish(connection, location, *key, std::move(found));
    });
}

Task<Result<QVector<TaskRow>>> Cache::tasksOf(LocationId location, ContactId contact)
{
    return m_reader->run<QVector<TaskRow>>([location, contact](Connection &connection) -> Result<QVector<TaskRow>> {
        static const QByteArray sql = QByteArray("SELECT ") + columns + " FROM tasks WHERE location=? AND contact=? ORDER BY done, due IS NULL, due, key";
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        QVector<TaskRow> found;
        const Status done = rows::each(connection.statement(sql.constData()).integer(*key).text(contact.value),
                                       [&found](Statement &row) { found.append(readTask(row)); });
        if (!done)
            return fail(done.error());
        return finish(connection, location, *key, std::move(found));
    });
}

Task<Result<ChangeSet>> Cache::putTasks(LocationId location, QVector<LeadTask> tasks, TaskWindow window)
{
    return write(location, Table::Tasks, std::nullopt, [tasks = std::move(tasks), window](CacheWriter &writer) -> Status {
        QSet<QString> there;
        for (const LeadTask &task : tasks) {
            there.insert(task.id.value);
            if (const Status put = writer.putTask(task); !put)
                return put;
        }
        return window.whole ? writer.removeTasksBut(window, there) : Status{};
    });
}

/// An unchanged row is not written; one that we have just changed is left alone until the lists have caught up. The
/// contact's own list tells no dates: what is known of them stays.
Status CacheWriter::putTask(const LeadTask &task)
{
    static const QByteArray sql = QByteArray("SELECT ") + columns + ", dirty_until FROM tasks WHERE location=? AND id=?";
    auto &find = m_connection.statement(sql.constData());
    const auto found = find.integer(m_location).text(task.id.value).step();
    if (!found)
        return fail(found.error());
    std::optional<TaskRow> before;
    qint64 dirty = 0;
    if (*found) {
        before = readTask(find);
        dirty = find.integerAt(13);
    }
    find.done();
    LeadTask now = task;
    if (before) {
        now.dateAdded = now.dateAdded.isValid() ? now.dateAdded : before->task.dateAdded;
        now.dateUpdated = now.dateUpdated.isValid() ? now.dateUpdated : before->task.dateUpdated;
        now.contact = now.contact.isEmpty() ? before->task.contact : now.contact;
        if (before->task == now || dirty > m_now)
            return {};
        m_changes.tasks.updated.append(before->key);
        return m_connection
            .statement("UPDATE tasks SET contact=?, title=?, body=?, user=?, due=?, done=?, date_added=?, date_updated=?, dirty_until=0 WHERE key=?")
            .text(now.contact.value).text(now.title).textOrNull(now.body).text(now.user.value).date(now.due).integer(now.done)
            .date(now.dateAdded).date(now.dateUpdated).integer(before->key).run();
    }
    const Status put = m_connection
        .statement("INSERT INTO tasks(location, id, contact, title, body, user, due, done, date_added, date_updated) VALUES(?,?,?,?,?,?,?,?,?,?)")
        .integer(m_location).text(now.id.value).text(now.contact.value).text(now.title).textOrNull(now.body).text(now.user.value)
        .date(now.due).integer(now.done).date(now.dateAdded).date(now.dateUpdated).run();
    if (put)
        m_changes.tasks.inserted.append(m_connection.lastKey());
    return put;
}

/// What the answer was whole for and did not name is gone, but for what we have just made or changed ourselves.
Status CacheWriter::removeTasksBut(const Cache::TaskWindow &window, const QSet<QString> &there)
{
    auto &find = m_connection.statement("SELECT key, id FROM tasks WHERE location=?1 AND id IS NOT NULL AND dirty_until<=?2"
                                        " AND (?3='' OR contact=?3) AND (?3<>'' OR done=0)");
    return removeBut(find.integer(m_location).integer(m_now).text(window.contact.value), there,
                     "DELETE FROM tasks WHERE key=?", [this](qint64 key) { m_changes.tasks.removed.append(key); });
}

/// The row is there from the moment the record is durable; when the id is known it is the server's row.
Status CacheWriter::projectTask(const OutboxRecord &record)
{
    const auto draft = TaskDraft::fromJson(record.payload);
    const auto contact = serverContact(draft.contactId.value);
    if (!contact)
        return fail(contact.error());
    const auto found = rows::keys(m_connection.statement("SELECT key FROM tasks WHERE record=?").text(record.id.value));
    if (!found)
        return fail(found.error());
    qint64 key = found->value(0);
    if (takenBack(record)) {
        if (!key)
            return {};
        m_changes.tasks.removed.append(key);
        return m_connection.statement("DELETE FROM tasks WHERE key=? AND id IS NULL").integer(key).run();
    }
    if (!record.serverId.isEmpty()) {
        const auto server = rows::keys(m_connection.statement("SELECT key FROM tasks WHERE location=? AND id=?").integer(m_location).text(record.serverId));
        if (!server)
            return fail(server.error());
        if (const qint64 theirs = server->value(0)) { // a feed was faster, or it is known by its id already
            if (key && key != theirs) {
                m_changes.tasks.removed.append(key);
                if (const Status gone = m_connection.statement("DELETE FROM tasks WHERE key=?").integer(key).run(); !gone)
                    return gone;
            }
            m_changes.tasks.updated.append(theirs);
            return m_connection.statement("UPDATE tasks SET record_state=?, reason=NULL WHERE key=? AND record=?")
                .text(outboxStateWord(record.state)).integer(theirs).text(record.id.value).run();
        }
    }
    const bool fresh = key == 0;
    if (fresh) {
        const Status made = m_connection.statement("INSERT INTO tasks(location, contact, record) VALUES(?,?,?)")
                                .integer(m_location).text(*contact).text(record.id.value).run();
        if (!made)
            return made;
        key = m_connection.lastKey();
    }
    (fresh ? m_changes.tasks.inserted : m_changes.tasks.updated).append(key);
    return m_connection
        .statement("UPDATE tasks SET id=?, contact=?, title=?, body=?, user=?, due=?, done=?, record_state=?, reason=?, dirty_until=? WHERE key=?")
        .textOrNull(record.serverId).text(*contact).text(draft.title).textOrNull(draft.body).text(draft.user.value).date(draft.due)
        .integer(draft.done).text(outboxStateWord(record.state)).textOrNull(record.reason)
        .integer(arrived(record) ? m_now + dirtyFor : 0).integer(key).run();
}

Status CacheWriter::projectTaskChange(const OutboxRecord &record)
{
    const auto change = TaskChange::fromJson(record.payload);
    static const QByteArray sql = QByteArray("SELECT ") + columns + " FROM tasks WHERE location=? AND id=?";
    std::optional<TaskRow> row;
    const Status read = rows::each(m_connection.statement(sql.constData()).integer(m_location).text(change.taskId.value),
                                   [&](Statement &one) { row = readTask(one); });
    if (!read)
        return read;
    if (row)
        m_changes.tasks.updated.append(row->key);
    if (!arrived(record) && !takenBack(record)) {
        return putChangeAside(record, u"task"_s, change.contactId.value, change.taskId.value);
    }
    if (const Status gone = m_connection.statement("DELETE FROM pending WHERE record=?").text(record.id.value).run(); !gone)
        return gone;
    const bool wasLaid = m_connection.changes() > 0;
    if (!row || !wasLaid)
        return {};
    const auto theirs = record.look.value(theirsKey);
    if (!arrived(record) && !theirs.isObject())
        return {};
    LeadTask task = row->task;
    if (!arrived(record)) { // refused, and what is there instead is known
        const LeadTask other = LeadTask::fromJson(theirs.toObject());
        task.title = other.title, task.body = other.body, task.user = other.user, task.due = other.due, task.done = other.done;
    } else if (change.remove) {
        m_changes.tasks.removed.append(row->key);
        return m_connection.statement("DELETE FROM tasks WHERE key=?").integer(row->key).run();
    } else {
        change.applyTo(task);
    }
    return m_connection.statement("UPDATE tasks SET title=?, body=?, user=?, due=?, done=?, dirty_until=? WHERE key=?")
        .text(task.title).textOrNull(task.body).text(task.user.value).date(task.due).integer(task.done).integer(m_now + dirtyFor)
        .integer(row->key).run();
}

} // namespace outrigger::store
