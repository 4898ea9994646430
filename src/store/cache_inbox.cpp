// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/whenwhere.h"
#include "store/cache_rows.h"

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

/// Marked as done, and nothing has come in since.
#define NOT_DONE "(done_at IS NULL OR in_date > done_at)"
#define NOT_SNOOZED "(snoozed_until IS NULL OR snoozed_until <= ?2)"

/// ?1 location, ?2 now, ?3 me. Every column is in the index conversations_inbox.
const char *spineSql(Split split)
{
    switch (split) {
    case Split::NewLeads:
        return "SELECT key FROM conversations WHERE location=?1 AND deleted=0 AND waits=1 AND by_hand=0 AND " NOT_DONE " AND " NOT_SNOOZED
               " AND ?3 IS NOT NULL ORDER BY place_date DESC";
    case Split::Replies:
        return "SELECT key FROM conversations WHERE location=?1 AND deleted=0 AND waits=1 AND " NOT_DONE " AND " NOT_SNOOZED
               " AND ?3 IS NOT NULL ORDER BY place_date";
    case Split::Mine:
        return "SELECT key FROM conversations WHERE location=?1 AND deleted=0 AND assigned_to=?3 AND ?3<>'' AND " NOT_DONE " AND " NOT_SNOOZED
               " ORDER BY place_date DESC";
    case Split::Unassigned:
        return "SELECT key FROM conversations WHERE location=?1 AND deleted=0 AND assigned_to IS NULL AND " NOT_DONE " AND " NOT_SNOOZED
               " AND ?3 IS NOT NULL ORDER BY place_date DESC";
    case Split::Snoozed:
        return "SELECT key FROM conversations WHERE location=?1 AND deleted=0 AND snoozed_until > ?2 AND ?3 IS NOT NULL ORDER BY place_date DESC";
    case Split::All:
        return "SELECT key FROM conversations WHERE location=?1 AND deleted=0 AND ?2 IS NOT NULL AND ?3 IS NOT NULL ORDER BY place_date DESC";
    }
    return "";
}

const char *const countSql =
    "SELECT SUM(open AND waits AND NOT by_hand), SUM(open AND waits), SUM(open AND mine), SUM(open AND free), SUM(sleeps), COUNT(*),"
    " SUM(unread > 0) FROM (SELECT " NOT_DONE " AND " NOT_SNOOZED " AS open, waits, by_hand, COALESCE(assigned_to=?3 AND ?3<>'', 0) AS mine,"
    " assigned_to IS NULL AS free, COALESCE(snoozed_until > ?2, 0) AS sleeps, unread FROM conversations WHERE location=?1 AND deleted=0)";

const char *const rowSql =
    "SELECT v.key, v.id, v.contact, COALESCE(c.name, v.contact_name, v.phone, v.email), COALESCE(c.phone, v.phone), v.channel, v.last_type,"
    " v.preview, v.direction, v.place_date, v.unread, v.starred, v.deleted, COALESCE(v.assigned_to, CASE WHEN v.base_assigned IS NULL THEN c.assigned_to END), c.tags, v.last_state,"
    " v.has_draft, v.snoozed_until, v.done_at, c.timezone, c.state, c.first_name, c.last_name, c.company, c.email"
    " FROM conversations v LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact";

QString initialsOf(const Statement &row, const QString &name)
{
    Contact contact;
    contact.firstName = row.textAt(21);
    contact.lastName = row.textAt(22);
    contact.companyName = row.textAt(23);
    contact.email = row.textAt(24);
    if (contact.firstName.isEmpty() && contact.lastName.isEmpty() && contact.companyName.isEmpty()) {
        const auto words = name.split(u' ', Qt::SkipEmptyParts); // the conversation's own name, until the contact comes
        if (!words.isEmpty() && words.constFirst().at(0).isLetter()) {
            contact.firstName = words.constFirst();
            contact.lastName = words.size() > 1 ? words.constLast() : QString();
        }
    }
    return contact.initials();
}

/// Here, on the reader's thread: telling a zone from a number costs more than painting a row.
QByteArray zoneOf(const QString &timezone, const QString &state, const QString &phone)
{
    constexpr int digitsOfArea = 5; // "+1407": no area code of the countries with several zones is longer
    constexpr int most = 4096;
    static thread_local QHash<QString, QByteArray> known;
    const QString key = timezone + u'|' + state + u'|' + phone.left(digitsOfArea);
    if (const auto it = known.constFind(key); it != known.constEnd())
        return *it;
    if (known.size() > most)
        known.clear();
    Contact contact;
    contact.timezone = timezone;
    contact.state = state;
    contact.phone = phone;
    return *known.insert(key, ownZone(contact).id);
}

ConversationRow readRow(const Statement &row, const QHash<QString, QVector<TagChange>> &pending)
{
    ConversationRow r;
    r.key = row.integerAt(0);
    r.id = ConversationId(row.textAt(1));
    r.contactId = ContactId(row.textAt(2));
    r.name = row.textAt(3);
    r.phone = row.textAt(4);
    r.contactLocal = r.contactId.isLocal();
    r.channel = row.isNull(5) ? Channel::Unknown : Channel(row.integerAt(5));
    r.typeWord = row.textAt(6);
    r.preview = row.textAt(7);
    r.direction = Direction(row.integerAt(8));
    if (row.integerAt(9) > 0)
        r.lastDate = row.dateAt(9);
    r.unread = int(row.integerAt(10));
    r.starred = row.integerAt(11) != 0;
    r.deleted = row.integerAt(12) != 0;
    r.assignedTo = UserId(row.textAt(13));
    r.tags = rows::applied(rows::tagsFrom(row.utf8At(14)), pending.value(r.contactId.value));
    r.lastState = stateFromKey(row.textAt(15));
    r.hasDraft = row.integerAt(16) != 0;
    r.snoozedUntil = row.dateAt(17);
    r.doneAt = row.dateAt(18);
    r.zone = zoneOf(row.textAt(19), row.textAt(20), r.phone);
    r.initials = initialsOf(row, r.name);
    return r;
}

Result<QVector<ConversationRow>> readRows(Connection &connection, Statement &statement, qint64 location)
{
    const auto pending = rows::pendingTags(connection, location);
    if (!pending)
        return fail(pending.error());
    QVector<ConversationRow> result;
    const Status done = rows::each(statement, [&](Statement &row) { result.append(readRow(row, *pending)); });
    if (!done)
        return fail(done.error());
    return result;
}

/// Name, number and preview of the rows that a filter may leave; compared here because SQLite folds only ASCII.
Result<QSet<qint64>> matching(Connection &connection, qint64 location, const QString &text)
{
    QSet<qint64> keys;
    const QString needle = text.trimmed();
    const QString digits = rows::reversedDigits(needle);
    auto &read = connection.statement("SELECT v.key, COALESCE(c.name, v.contact_name), v.preview, COALESCE(c.phone, v.phone), COALESCE(c.email, v.email)"
                                      " FROM conversations v LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact"
                                      " WHERE v.location=? AND v.deleted=0");
    const Status done = rows::each(read.integer(location), [&](Statement &row) {
        const bool hit = row.textAt(1).contains(needle, Qt::CaseInsensitive) || row.textAt(2).contains(needle, Qt::CaseInsensitive)
            || row.textAt(4).contains(needle, Qt::CaseInsensitive)
            || (digits.size() >= 3 && rows::reversedDigits(row.textAt(3)).contains(digits));
        if (hit)
            keys.insert(row.integerAt(0));
    });
    if (!done)
        return fail(done.error());
    return keys;
}

void keep(QVector<qint64> &keys, const QSet<qint64> &these)
{
    keys.erase(std::remove_if(keys.begin(), keys.end(), [&these](qint64 key) { return !these.contains(key); }), keys.end());
}

Spine spineOf(QVector<qint64> keys)
{
    Spine spine;
    spine.keys = std::move(keys);
    spine.rowOf.reserve(spine.keys.size());
    for (int row = 0; row < spine.keys.size(); ++row)
        spine.rowOf.insert(spine.keys[row], row);
    return spine;
}

Result<std::optional<ConversationRow>> one(Connection &connection, const char *where, const LocationId &location, const QString &id)
{
    const auto key = rows::locationKey(connection, location);
    if (!key)
        return fail(key.error());
    const QByteArray sql = QByteArray(rowSql) + where;
    auto &read = connection.statement(sql.constData());
    auto found = readRows(connection, read.integer(*key).text(id), *key);
    if (!found)
        return fail(found.error());
    return found->isEmpty() ? std::nullopt : std::optional<ConversationRow>(found->first());
}

qint64 millis(const QDateTime &now) { return now.isValid() ? now.toMSecsSinceEpoch() : QDateTime::currentMSecsSinceEpoch(); }

} // namespace

Result<Spine> rows::inboxSpine(Connection &connection, const InboxQuery &query)
{
    const auto location = rows::locationKey(connection, query.location);
    if (!location)
        return fail(location.error());
    auto &read = connection.statement(spineSql(query.split));
    auto keys = rows::keys(read.integer(*location).integer(millis(query.now)).text(query.me.value));
    if (!keys)
        return fail(keys.error());
    if (!query.text.trimmed().isEmpty()) {
        const auto hits = matching(connection, *location, query.text);
        if (!hits)
            return fail(hits.error());
        keep(*keys, *hits);
    }
    if (!query.filter.isEmpty()) {
        const auto left = filtered(connection, *location, query, millis(query.now));
        if (!left)
            return fail(left.error());
        keep(*keys, *left);
    }
    if (query.oldestFirst.value_or(query.split == Split::Replies) != (query.split == Split::Replies))
        std::reverse(keys->begin(), keys->end());
    return spineOf(std::move(*keys));
}

Result<SplitCounts> rows::splitCounts(Connection &connection, const InboxQuery &query)
{
    const auto location = rows::locationKey(connection, query.location);
    if (!location)
        return fail(location.error());
    auto &read = connection.statement(countSql);
    const auto found = read.integer(*location).integer(millis(query.now)).text(query.me.value).step();
    if (!found)
        return fail(found.error());
    SplitCounts counts;
    int column = 0;
    for (const Split split : {Split::NewLeads, Split::Replies, Split::Mine, Split::Unassigned, Split::Snoozed, Split::All})
        counts.bySplit.insert(int(split), int(read.integerAt(column++)));
    counts.unread = int(read.integerAt(column));
    read.done();
    return counts;
}

Result<QVector<ConversationRow>> rows::conversationRows(Connection &connection, const QVector<qint64> &keys)
{
    static const QByteArray sql = QByteArray(rowSql) + " WHERE v.key=?";
    QVector<ConversationRow> result;
    result.reserve(keys.size());
    QHash<QString, QVector<TagChange>> pending;
    auto &overlay = connection.statement("SELECT DISTINCT location FROM pending WHERE kind='tags'");
    const auto locations = rows::keys(overlay);
    if (!locations)
        return fail(locations.error());
    for (const qint64 location : *locations) { // contact ids are HighLevel's: no two locations share one
        const auto more = rows::pendingTags(connection, location);
        if (!more)
            return fail(more.error());
        pending.insert(*more);
    }
    for (const qint64 key : keys) {
        auto &read = connection.statement(sql.constData());
        const Status done = rows::each(read.integer(key), [&](Statement &row) { result.append(readRow(row, pending)); });
        if (!done)
            return fail(done.error());
    }
    return result;
}

Task<Result<Spine>> Cache::inboxSpine(InboxQuery query)
{
    return m_reader->run<Spine>([query](Connection &connection) { return rows::inboxSpine(connection, query); });
}

Task<Result<SplitCounts>> Cache::splitCounts(InboxQuery query)
{
    return m_reader->run<SplitCounts>([query](Connection &connection) { return rows::splitCounts(connection, query); });
}

Task<Result<QVector<ConversationRow>>> Cache::conversationRows(QVector<qint64> keys)
{
    return m_reader->run<QVector<ConversationRow>>([keys](Connection &connection) { return rows::conversationRows(connection, keys); });
}

Task<Result<std::optional<ConversationRow>>> Cache::conversationFor(LocationId location, ContactId contact)
{
    return m_reader->run<std::optional<ConversationRow>>([location, contact](Connection &connection) {
        return one(connection, " WHERE v.location=? AND v.contact=? ORDER BY v.deleted, v.place_date DESC LIMIT 1", location, contact.value);
    });
}

Task<Result<std::optional<ConversationRow>>> Cache::conversation(LocationId location, ConversationId id)
{
    return m_reader->run<std::optional<ConversationRow>>(
        [location, id](Connection &connection) { return one(connection, " WHERE v.location=? AND v.id=?", location, id.value); });
}

} // namespace outrigger::store
