// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"

#include "store/recordjson.h"

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

constexpr qsizetype mostKeys = 2'000;

void tidy(ChangeSet &set)
{
    for (auto *keys : {&set.inserted, &set.updated, &set.removed, &set.parents}) {
        std::sort(keys->begin(), keys->end());
        keys->erase(std::unique(keys->begin(), keys->end()), keys->end());
    }
    // A row that was made and changed in one transaction is new; one that was made and removed was never there.
    const auto without = [](QVector<qint64> &from, const QVector<qint64> &keys) {
        from.erase(std::remove_if(from.begin(), from.end(),
                                  [&keys](qint64 key) { return std::binary_search(keys.cbegin(), keys.cend(), key); }),
                   from.end());
    };
    if (set.inserted.size() + set.updated.size() + set.removed.size() > mostKeys || set.parents.size() > mostKeys) {
        set.everything = true;
        set.inserted.clear();
        set.updated.clear();
        set.removed.clear();
        return;
    }
    without(set.updated, set.inserted);
    without(set.updated, set.removed);
    without(set.inserted, set.removed);
}

} // namespace

Changes::Changes(const LocationId &location)
{
    contacts.table = Table::Contacts;
    conversations.table = Table::Conversations;
    messages.table = Table::Messages;
    deals.table = Table::Opportunities;
    events.table = Table::Events;
    tasks.table = Table::Tasks;
    contacts.location = conversations.location = messages.location = deals.location = events.location = tasks.location = location;
}

ChangeSet &Changes::of(Table table)
{
    if (table == Table::Opportunities)
        return deals;
    if (table == Table::Tasks)
        return tasks;
    return table == Table::Events ? events : table == Table::Messages ? messages : table == Table::Conversations ? conversations : contacts;
}

void Changes::finish()
{
    tidy(contacts);
    tidy(conversations);
    tidy(messages);
    tidy(deals);
    tidy(events);
    tidy(tasks);
}

CacheWriter::CacheWriter(Connection &connection, const LocationId &location, qint64 now)
    : m_connection(connection), m_transaction(connection), m_locationId(location), m_now(now), m_changes(location)
{
}

Status CacheWriter::begin()
{
    if (!m_transaction.begun())
        return m_transaction.begun();
    const auto key = rows::locationKey(m_connection, m_locationId, true);
    if (!key)
        return fail(key.error());
    m_location = *key;
    return {};
}

Result<Changes> CacheWriter::commit(const std::optional<Cursor> &cursor)
{
    for (auto it = m_touched.cbegin(); it != m_touched.cend(); ++it) {
        if (const Status done = derive(it.key(), it.value()); !done)
            return fail(done.error());
    }
    for (const qint64 deal : std::as_const(m_touchedDeals)) {
        if (const Status done = deriveDeal(deal); !done)
            return fail(done.error());
    }
    if (cursor) {
        if (const Status written = writeCursor(*cursor); !written)
            return fail(written.error());
    }
    if (const Status committed = m_transaction.commit(); !committed)
        return fail(committed.error());
    m_changes.finish();
    return std::move(m_changes);
}

Status CacheWriter::writeCursor(const Cursor &c)
{
    return m_connection
        .statement("INSERT OR REPLACE INTO cursors(location, feed, position, watermark, seen, total, complete, sweep, last_error,"
                   " last_success) VALUES(?,?,?,?,?,?,?,?,?,?)")
        .integer(m_location)
        .text(c.feed)
        .text(c.position)
        .date(c.watermark)
        .integer(c.seen)
        .integer(c.total)
        .integer(c.complete)
        .integer(c.sweep)
        .text(c.lastError)
        .date(c.lastSuccess)
        .run();
}

Status CacheWriter::markSweep(const QString &feed, const std::optional<Cursor> &cursor)
{
    if (cursor && cursor->feed == feed) {
        m_sweep = cursor->sweep;
        return {};
    }
    // A row that comes by another way while a sweep runs has been seen too: it exists.
    auto &read = m_connection.statement("SELECT sweep FROM cursors WHERE location=? AND feed=?");
    const auto found = read.integer(m_location).text(feed).step();
    if (!found)
        return fail(found.error());
    m_sweep = *found ? read.integerAt(0) : 0;
    read.done();
    return {};
}

namespace {

struct Newest {
    bool there = false;
    qint64 date = 0;
    Direction direction = Direction::Inbound;
    qint64 channel = 0;
    QString type;
    QString body;
    MessageState state = MessageState::Sent;
};

Result<Newest> newestMessage(Connection &connection, qint64 conversation)
{
    Newest newest;
    auto &read = connection.statement("SELECT date, direction, channel, type, body, status, record_state, reason_code, more FROM messages"
                                      " WHERE conversation=? AND channel NOT IN (?,?) ORDER BY date DESC, key DESC LIMIT 1");
    const auto found = read.integer(conversation).integer(int(Channel::Activity)).integer(int(Channel::InternalComment)).step();
    if (!found)
        return fail(found.error());
    if (*found) {
        newest = {true, read.integerAt(0), Direction(read.integerAt(1)), read.integerAt(2), read.textAt(3), read.textAt(4), MessageState::Sent};
        newest.state = rows::shownState(newest.direction, read.textAt(5), read.textAt(6), read.textAt(7));
        // HighLevel leaves the text of an e-mail out of its lists: what it is about stands in its place.
        if (newest.body.isEmpty())
            newest.body = objectFrom(read.utf8At(8)).value("subject"_L1).toString();
    }
    read.done();
    return newest;
}

struct Overlay {
    std::optional<int> unread;
    std::optional<bool> starred;
    std::optional<QString> assigned; ///< a user's id, or empty for nobody
};

/// Unsent read and star changes of a conversation. What came in after a change was made is not read by it.
Result<Overlay> overlayOf(Connection &connection, qint64 location, const QString &id, const QString &contact, qint64 inDate)
{
    Overlay overlay;
    auto &read = connection.statement("SELECT data, at FROM pending WHERE location=?1 AND kind='read'"
                                      " AND ((?2<>'' AND contact=?2) OR (?3<>'' AND conversation=?3)) ORDER BY number");
    read.integer(location).text(contact).text(id);
    const Status done = rows::each(read, [&](Statement &row) {
        const auto change = ReadChange::fromJson(objectFrom(row.utf8At(0)));
        if (change.unreadCount && row.integerAt(1) >= inDate)
            overlay.unread = change.unreadCount;
        if (change.starred)
            overlay.starred = change.starred;
    });
    if (!done)
        return fail(done.error());
    const auto owner = rows::pendingOwner(connection, location, contact);
    if (!owner)
        return fail(owner.error());
    if (*owner)
        overlay.assigned = (*owner)->value;
    return overlay;
}

} // namespace

Status CacheWriter::derive(qint64 key, const Touch &touch)
{
    auto &read = m_connection.statement(
        "SELECT id, contact, base_date, base_body, base_type, base_channel, base_direction, base_manual_date, base_action, base_unread,"
        " base_starred, in_date, by_hand, base_assigned FROM conversations WHERE key=?");
    const auto found = read.integer(key).step();
    if (!found)
        return fail(found.error());
    if (!*found) {
        read.done();
        return {};
    }
    const QString id = read.textAt(0);
    const QString contact = read.textAt(1);
    const qint64 baseDate = read.integerAt(2);
    const QString baseBody = read.textAt(3);
    const QString baseType = read.textAt(4);
    const auto baseChannel = Channel(read.integerAt(5));
    const auto baseDirection = Direction(read.integerAt(6));
    const bool manual = !read.isNull(7) || (read.textAt(8) == "manual"_L1 && baseChannel != Channel::InternalComment);
    const int baseUnread = int(read.integerAt(9));
    const bool baseStarred = read.integerAt(10) != 0;
    qint64 inDate = std::max(read.integerAt(11), touch.inDate);
    const bool byHand = read.integerAt(12) != 0 || manual || touch.byHand;
    const QString baseAssigned = read.textAt(13);
    read.done();

    auto newest = newestMessage(m_connection, key);
    if (!newest)
        return fail(newest.error());
    // What the desk says to itself is no answer: the lead still waits.
    const bool baseSpeaks = baseDate > 0 && baseChannel != Channel::Activity && baseChannel != Channel::InternalComment;
    if (baseSpeaks && baseDirection == Direction::Inbound)
        inDate = std::max(inDate, baseDate);
    const bool fromBase = !newest->there || (baseSpeaks && baseDate > newest->date);
    const bool mute = !fromBase && newest->body.isEmpty() && baseDate == newest->date; // the same message, known without its text
    const qint64 place = std::max(baseDate, newest->date);
    const auto direction = fromBase ? baseDirection : newest->direction;
    const bool waits = direction == Direction::Inbound && (!fromBase || baseSpeaks);
    const auto overlay = overlayOf(m_connection, m_location, id, contact, inDate);
    if (!overlay)
        return fail(overlay.error());
    const auto mark = m_connection
        .statement("UPDATE conversations SET in_date=?, by_hand=?, place_date=?, waits=?, preview=?, channel=?, last_type=?, direction=?,"
                   " last_state=?, unread=?, starred=?, assigned_to=?,"
                   " done_at=(SELECT done_at FROM marks m WHERE m.location=conversations.location AND m.contact=conversations.contact),"
                   " snoozed_until=(SELECT snoozed_until FROM marks m WHERE m.location=conversations.location AND m.contact=conversations.contact),"
                   " has_draft=COALESCE((SELECT has_draft FROM marks m WHERE m.location=conversations.location AND m.contact=conversations.contact), 0)"
                   " WHERE key=?")
        .integer(inDate)
        .integer(byHand)
        .integer(place)
        .integer(waits)
        .textOrNull(fromBase || mute ? baseBody : newest->body)
        .integer(fromBase ? int(baseChannel) : newest->channel)
        .textOrNull(fromBase ? baseType : newest->type)
        .integer(int(direction))
        .textOrNull(fromBase ? QString() : stateKey(newest->state))
        .integer(overlay->unread.value_or(baseUnread))
        .integer(overlay->starred.value_or(baseStarred))
        .textOrNull(overlay->assigned.value_or(baseAssigned))
        .integer(key)
        .run();
    if (!mark)
        return mark;
    m_changes.conversations.updated.append(key);
    m_changes.conversations.orderTouched = true; // place, splits and counts may all be others now
    return {};
}

Status CacheWriter::putChangeAside(const OutboxRecord &record, const QString &kind, const QString &contact, const QString &thing)
{
    return m_connection
        .statement("INSERT INTO pending(record, location, kind, contact, conversation, at, data) VALUES(?,?,?,?,?,?,?)"
                   " ON CONFLICT(record) DO UPDATE SET data=excluded.data")
        .text(record.id.value).integer(m_location).text(kind).text(contact).text(thing)
        .integer(record.createdAt.isValid() ? record.createdAt.toMSecsSinceEpoch() : m_now).utf8(compact(record.payload)).run();
}

Status CacheWriter::removeBut(Statement &find, const QSet<QString> &there, const char *remove, const std::function<void(qint64)> &gone)
{
    QVector<qint64> missing;
    const Status read = rows::each(find, [&](Statement &row) {
        if (!there.contains(row.textAt(1)))
            missing.append(row.integerAt(0));
    });
    if (!read)
        return read;
    for (const qint64 key : std::as_const(missing)) {
        gone(key);
        if (const Status done = m_connection.statement(remove).integer(key).run(); !done)
            return done;
    }
    return {};
}

} // namespace outrigger::store
