// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "domain/whenwhere.h"
#include "store/cache_write.h"
#include "store/connection.h"
#include "store/recordjson.h"

using namespace Qt::StringLiterals;

// Appointments and blocked time: reading, what HighLevel answered, and our own changes laid over it.
namespace outrigger::store {

namespace {

constexpr char columns[] = "key, id, calendar, contact, user, start, finish, block, recurring, status, title, address, notes,"
                           " date_added, date_updated, record, record_state, reason";

EventRow readEvent(const Statement &row, const LocationId &location)
{
    EventRow result;
    Appointment &event = result.event;
    result.key = row.integerAt(0);
    event.location = location;
    event.id = AppointmentId(row.textAt(1));
    event.calendar = CalendarId(row.textAt(2));
    event.contact = ContactId(row.textAt(3));
    event.user = UserId(row.textAt(4));
    event.start = row.dateAt(5);
    event.end = row.dateAt(6);
    event.block = row.integerAt(7) != 0;
    event.recurring = row.integerAt(8) != 0;
    event.status = appointmentStatusFromWord(row.textAt(9));
    event.title = row.textAt(10);
    event.address = row.textAt(11);
    event.notes = row.textAt(12);
    event.dateAdded = row.dateAt(13);
    event.dateUpdated = row.dateAt(14);
    result.record = row.textAt(15);
    result.recordState = row.textAt(16);
    result.reason = row.textAt(17);
    return result;
}

struct Overlay {
    QString record;
    AppointmentChange change;
};
Result<QMultiHash<QString, Overlay>> overlays(Connection &connection, qint64 location)
{
    QMultiHash<QString, Overlay> all;
    auto &read = connection.statement("SELECT conversation, record, data FROM pending WHERE location=? AND kind='appointment' ORDER BY number DESC");
    const Status done = rows::each(read.integer(location), [&all](Statement &row) {
        all.insert(row.textAt(0), {row.textAt(1), AppointmentChange::fromJson(objectFrom(row.utf8At(2)))});
    });
    if (!done)
        return fail(done.error());
    return all;
}

void lay(Appointment &event, const AppointmentChange &change)
{
    if (change.start.isValid()) {
        event.start = change.start;
        event.end = change.end.isValid() ? change.end : change.start.addMSecs(event.start.msecsTo(event.end));
    }
    if (!change.status.isEmpty())
        event.status = appointmentStatusFromWord(change.status);
    if (!change.title.isEmpty())
        event.title = change.title;
}

/// Oldest change first: multi hashes give the last inserted first, and the newest was inserted first.
bool overlay(EventRow &row, const QMultiHash<QString, Overlay> &all)
{
    bool there = true;
    for (auto [it, end] = all.equal_range(row.event.id.value); it != end; ++it) {
        lay(row.event, it->change);
        row.record = it->record;
        row.recordState = u"queued"_s;
        there = there && !it->change.remove;
    }
    return there;
}

Status addPeople(Connection &connection, qint64 location, QVector<EventRow> &events)
{
    static const QByteArray sql = QByteArray("SELECT ") + rows::contactColumns + " FROM contacts WHERE location=? AND id=?";
    QHash<QString, QPair<QString, QByteArray>> known;
    for (EventRow &row : events) {
        const QString &id = row.event.contact.value;
        if (id.isEmpty())
            continue;
        auto found = known.constFind(id);
        if (found == known.constEnd()) {
            QPair<QString, QByteArray> person;
            auto &find = connection.statement(sql.constData());
            const Status read = rows::each(find.integer(location).text(id), [&](Statement &contact) {
                const Contact one = rows::readContact(contact, row.event.location);
                person = {one.displayName(), ownZone(one).id};
            });
            if (!read)
                return read;
            found = known.insert(id, person);
        }
        row.contactName = found->first;
        row.contactZone = found->second;
    }
    return {};
}

/// A booking of ours that a feed has brought while its answer is still unclear is shown once.
constexpr char notTwice[] = " AND NOT (e.id IS NULL AND EXISTS (SELECT 1 FROM events o WHERE o.location=e.location AND o.contact=e.contact"
                            " AND o.contact<>'' AND o.start=e.start AND o.calendar=e.calendar AND o.id IS NOT NULL"
                            " AND o.status NOT IN ('cancelled','invalid')))";

Result<QVector<EventRow>> finish(Connection &connection, qint64 location, QVector<EventRow> found)
{
    const auto changes = overlays(connection, location);
    if (!changes)
        return fail(changes.error());
    QVector<EventRow> result;
    result.reserve(found.size());
    for (EventRow &row : found) {
        if (changes->isEmpty() || overlay(row, *changes))
            result.append(std::move(row));
    }
    if (const Status named = addPeople(connection, location, result); !named)
        return fail(named.error());
    return result;
}

} // namespace

Task<Result<QVector<EventRow>>> Cache::events(LocationId location, QDateTime from, QDateTime to, QVector<CalendarId> calendars)
{
    return m_reader->run<QVector<EventRow>>([location, from, to, calendars](Connection &connection) -> Result<QVector<EventRow>> {
        // Moved ones may come from outside the window: all that have a change of time are read too.
        static const QByteArray sql = QByteArray("SELECT ") + columns + " FROM events e WHERE location=?1 AND ((finish>?2 AND start<?3) OR id IN"
            " (SELECT conversation FROM pending WHERE location=?1 AND kind='appointment'))" + notTwice + " ORDER BY start, key";
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        QVector<EventRow> found;
        auto &read = connection.statement(sql.constData());
        const Status done = rows::each(read.integer(*key).date(from).date(to), [&](Statement &row) {
            EventRow event = readEvent(row, location);
            if (calendars.isEmpty() || event.event.calendar.isEmpty() || calendars.contains(event.event.calendar))
                found.append(std::move(event));
        });
        if (!done)
            return fail(done.error());
        auto all = finish(connection, *key, std::move(found));
        if (!all)
            return all;
        all->erase(std::remove_if(all->begin(), all->end(),
                                  [&](const EventRow &row) { return row.event.end <= from || row.event.start >= to; }),
                   all->end());
        std::stable_sort(all->begin(), all->end(), [](const EventRow &a, const EventRow &b) { return a.event.start < b.event.start; });
        return all;
    });
}

Task<Result<QVector<EventRow>>> Cache::appointmentsOf(LocationId location, ContactId contact, int limit)
{
    return m_reader->run<QVector<EventRow>>([location, contact, limit](Connection &connection) -> Result<QVector<EventRow>> {
        static const QByteArray sql = QByteArray("SELECT ") + columns + " FROM events e WHERE location=? AND contact=? AND contact<>''" + notTwice
            + " ORDER BY start DESC LIMIT ?";
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        QVector<EventRow> found;
        auto &read = connection.statement(sql.constData());
        const Status done = rows::each(read.integer(*key).text(contact.value).integer(limit),
                                       [&](Statement &row) { found.append(readEvent(row, location)); });
        if (!done)
            return fail(done.error());
        return finish(connection, *key, std::move(found));
    });
}

Task<Result<std::optional<EventRow>>> Cache::event(LocationId location, AppointmentId id)
{
    return m_reader->run<std::optional<EventRow>>([location, id](Connection &connection) -> Result<std::optional<EventRow>> {
        static const QByteArray sql = QByteArray("SELECT ") + columns + " FROM events e WHERE location=? AND id=?";
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        QVector<EventRow> found;
        const Status done = rows::each(connection.statement(sql.constData()).integer(*key).text(id.value),
                                       [&](Statement &row) { found.append(readEvent(row, location)); });
        if (!done)
            return fail(done.error());
        const auto all = finish(connection, *key, std::move(found));
        if (!all)
            return fail(all.error());
        return all->isEmpty() ? std::nullopt : std::optional(all->first());
    });
}

Task<Result<ChangeSet>> Cache::putEvents(LocationId location, EventWindow window, QVector<Appointment> events)
{
    return write(location, Table::Events, std::nullopt, [window, events = std::move(events)](CacheWriter &writer) -> Status {
        QSet<QString> there;
        for (const Appointment &event : events) {
            there.insert(event.id.value);
            if (const Status put = writer.putEvent(event); !put)
                return put;
        }
        return writer.removeEventsBut(window, there);
    });
}

Task<Result<ChangeSet>> Cache::putAppointments(LocationId location, QVector<Appointment> events)
{
    return write(location, Table::Events, std::nullopt, [events = std::move(events)](CacheWriter &writer) -> Status {
        for (const Appointment &event : events) {
            if (const Status put = writer.putEvent(event); !put)
                return put;
        }
        return {};
    });
}

/// An unchanged row is not written; one that we have just changed is left alone until the lists have caught up.
Status CacheWriter::putEvent(const Appointment &event)
{
    if (!event.start.isValid())
        return {}; // it is there, but the answer does not say when
    static const QByteArray sql = QByteArray("SELECT ") + columns + ", dirty_until FROM events WHERE location=? AND id=?";
    auto &find = m_connection.statement(sql.constData());
    const auto found = find.integer(m_location).text(event.id.value).step();
    if (!found)
        return fail(found.error());
    std::optional<EventRow> before;
    qint64 dirty = 0;
    if (*found) {
        before = readEvent(find, event.location);
        dirty = find.integerAt(18);
    }
    find.done();
    const bool older = before && before->event.dateUpdated.isValid() && event.dateUpdated.isValid()
        && event.dateUpdated < before->event.dateUpdated;
    if (before && (older || before->event == event))
        return {};
    if (before && dirty > m_now && !(event.dateUpdated.isValid() && before->event.dateUpdated.isValid() && event.dateUpdated > before->event.dateUpdated))
        return {};
    if (before) {
        m_changes.events.updated.append(before->key);
        return m_connection
            .statement("UPDATE events SET calendar=?, contact=?, user=?, start=?, finish=?, block=?, recurring=?, status=?, title=?, address=?,"
                       " notes=?, date_added=?, date_updated=?, dirty_until=0 WHERE key=?")
            .text(event.calendar.value).text(event.contact.value).text(event.user.value).date(event.start).date(event.end)
            .integer(event.block).integer(event.recurring).text(appointmentStatusWord(event.status)).textOrNull(event.title)
            .textOrNull(event.address).textOrNull(event.notes).date(event.dateAdded).date(event.dateUpdated).integer(before->key).run();
    }
    const Status put = m_connection
        .statement("INSERT INTO events(location, id, calendar, contact, user, start, finish, block, recurring, status, title, address, notes,"
                   " date_added, date_updated) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
        .integer(m_location).text(event.id.value).text(event.calendar.value).text(event.contact.value).text(event.user.value)
        .date(event.start).date(event.end).integer(event.block).integer(event.recurring).text(appointmentStatusWord(event.status))
        .textOrNull(event.title).textOrNull(event.address).textOrNull(event.notes).date(event.dateAdded).date(event.dateUpdated).run();
    if (put)
        m_changes.events.inserted.append(m_connection.lastKey());
    return put;
}

/// What lies wholly in the window and was not in the answer is gone, but for what we have just made ourselves.
Status CacheWriter::removeEventsBut(const Cache::EventWindow &window, const QSet<QString> &there)
{
    auto &find = m_connection.statement("SELECT key, id FROM events WHERE location=? AND finish>? AND start>=? AND start<? AND finish<=? AND block=?"
                                        " AND calendar=? AND (?='' OR user=?) AND id IS NOT NULL AND dirty_until<=?");
    find.integer(m_location).date(window.from).date(window.from).date(window.to).date(window.to).integer(window.blocks)
        .text(window.calendar.value).text(window.user.value).text(window.user.value).integer(m_now);
    return removeBut(find, there, "DELETE FROM events WHERE key=?", [this](qint64 key) { m_changes.events.removed.append(key); });
}

Status CacheWriter::projectBooking(const OutboxRecord &record)
{
    const auto draft = BookingDraft::fromJson(record.payload);
    const auto contact = serverContact(draft.contactId.value);
    if (!contact)
        return fail(contact.error());
    Appointment event;
    event.calendar = draft.calendarId;
    event.contact = ContactId(*contact);
    event.user = draft.userId;
    event.start = draft.start;
    event.end = draft.end;
    event.title = draft.title;
    event.address = draft.address;
    event.notes = draft.notes;
    event.status = draft.status.isEmpty() ? AppointmentStatus::Confirmed : appointmentStatusFromWord(draft.status);
    return projectNewEvent(record, event);
}

Status CacheWriter::projectBlock(const OutboxRecord &record)
{
    const auto draft = BlockDraft::fromJson(record.payload);
    if (!draft.eventId.isEmpty()) { // a change of one that is there
        AppointmentChange change;
        change.appointmentId = draft.eventId;
        change.start = draft.start;
        change.end = draft.end;
        change.title = draft.title;
        return projectEventChange(record, change);
    }
    Appointment event;
    event.calendar = draft.calendarId;
    event.user = draft.userId;
    event.start = draft.start;
    event.end = draft.end;
    event.title = draft.title;
    event.block = true;
    return projectNewEvent(record, event);
}

/// The row is there from the moment the record is durable; when the id is known it is the server's row.
Status CacheWriter::projectNewEvent(const OutboxRecord &record, const Appointment &event)
{
    auto &find = m_connection.statement("SELECT key FROM events WHERE record=?");
    const auto found = rows::keys(find.text(record.id.value));
    if (!found)
        return fail(found.error());
    qint64 key = found->value(0);
    if (takenBack(record)) {
        if (!key)
            return {};
        m_changes.events.removed.append(key);
        return m_connection.statement("DELETE FROM events WHERE key=? AND id IS NULL").integer(key).run();
    }
    if (!record.serverId.isEmpty()) {
        auto &other = m_connection.statement("SELECT key FROM events WHERE location=? AND id=?");
        const auto server = rows::keys(other.integer(m_location).text(record.serverId));
        if (!server)
            return fail(server.error());
        const qint64 theirs = server->value(0);
        if (theirs && theirs != key) { // a feed was faster
            if (key) {
                m_changes.events.removed.append(key);
                if (const Status gone = m_connection.statement("DELETE FROM events WHERE key=?").integer(key).run(); !gone)
                    return gone;
            }
            m_changes.events.updated.append(theirs);
            return {};
        }
        if (theirs && arrived(record)) {
            m_changes.events.updated.append(theirs);
            return m_connection.statement("UPDATE events SET record_state=?, reason=NULL WHERE key=?")
                .text(outboxStateWord(record.state)).integer(theirs).run();
        }
    }
    const bool fresh = key == 0;
    if (fresh) {
        const Status made = m_connection.statement("INSERT INTO events(location, start, finish, record) VALUES(?,?,?,?)")
                                .integer(m_location).date(event.start).date(event.end).text(record.id.value).run();
        if (!made)
            return made;
        key = m_connection.lastKey();
    }
    (fresh ? m_changes.events.inserted : m_changes.events.updated).append(key);
    return m_connection
        .statement("UPDATE events SET id=?, calendar=?, contact=?, user=?, start=?, finish=?, block=?, status=?, title=?, address=?, notes=?,"
                   " record_state=?, reason=?, dirty_until=? WHERE key=?")
        .textOrNull(record.serverId).text(event.calendar.value).text(event.contact.value).text(event.user.value).date(event.start)
        .date(event.end).integer(event.block).text(appointmentStatusWord(event.status)).textOrNull(event.title).textOrNull(event.address)
        .textOrNull(event.notes).text(outboxStateWord(record.state)).textOrNull(record.reason)
        .integer(arrived(record) ? m_now + dirtyFor : 0).integer(key).run();
}

Status CacheWriter::projectAppointmentChange(const OutboxRecord &record)
{
    return projectEventChange(record, AppointmentChange::fromJson(record.payload));
}

/// Laid over the row while it is on its way, part of it when HighLevel has it, gone when it was refused or taken back.
Status CacheWriter::projectEventChange(const OutboxRecord &record, const AppointmentChange &change)
{
    static const QByteArray sql = QByteArray("SELECT ") + columns + " FROM events WHERE location=? AND id=?";
    std::optional<EventRow> row;
    const Status read = rows::each(m_connection.statement(sql.constData()).integer(m_location).text(change.appointmentId.value),
                                   [&](Statement &one) { row = readEvent(one, m_locationId); });
    if (!read)
        return read;
    if (row)
        m_changes.events.updated.append(row->key);
    if (!arrived(record) && !takenBack(record)) {
        OutboxRecord laid = record;
        laid.payload = change.toJson(); // a block's own says the same in other words
        return putChangeAside(laid, u"appointment"_s, change.contactId.value, change.appointmentId.value);
    }
    if (const Status gone = m_connection.statement("DELETE FROM pending WHERE record=?").text(record.id.value).run(); !gone)
        return gone;
    if (m_connection.changes() == 0 || !arrived(record) || !row)
        return {};
    if (change.remove) {
        m_changes.events.removed.append(row->key);
        return m_connection.statement("DELETE FROM events WHERE key=?").integer(row->key).run();
    }
    lay(row->event, change);
    return m_connection.statement("UPDATE events SET start=?, finish=?, status=?, title=?, dirty_until=? WHERE key=?")
        .date(row->event.start).date(row->event.end).text(appointmentStatusWord(row->event.status)).textOrNull(row->event.title)
        .integer(m_now + dirtyFor).integer(row->key).run();
}

} // namespace outrigger::store
