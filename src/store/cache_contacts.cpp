// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "domain/phone.h"
#include "store/recordjson.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

const char *spineSql(ContactSort sort)
{
    switch (sort) {
    case ContactSort::DateAdded: return "SELECT key FROM contacts WHERE location=? ORDER BY date_added DESC";
    case ContactSort::DateUpdated: return "SELECT key FROM contacts WHERE location=? ORDER BY date_updated DESC";
    default: break;
    }
    return "SELECT key FROM contacts WHERE location=? ORDER BY name";
}

/// ?1 location, ?2 full-text expression, ?3 reversed digits as a LIKE pattern; either may be NULL.
const char *filteredSql(ContactSort sort)
{
#define HITS "SELECT key FROM contacts WHERE location=?1 AND key IN (SELECT rowid FROM contacts_fts WHERE contacts_fts MATCH ?2" \
             " UNION SELECT key FROM contacts INDEXED BY contacts_digits WHERE location=?1 AND digits IS NOT NULL AND digits LIKE ?3) ORDER BY "
    switch (sort) {
    case ContactSort::DateAdded: return HITS "date_added DESC";
    case ContactSort::DateUpdated: return HITS "date_updated DESC";
    default: break;
    }
    return HITS "name";
#undef HITS
}

const char *const hitSql = "SELECT c.key, c.id, c.name, c.phone, c.email, c.first_name, c.last_name, c.company, c.dnd_sms,"
                           " (SELECT MAX(place_date) FROM conversations v WHERE v.location=c.location AND v.contact=c.id) FROM contacts c WHERE ";

class Finder
{
public:
    Finder(Connection &connection, qint64 location, int limit) : m_connection(connection), m_location(location), m_limit(limit) {}

    Status byDigits(const QString &reversed, bool whole, const QString &e164)
    {
        static const QByteArray exact = QByteArray(hitSql) + "c.location=? AND c.digits=?"
            " UNION ALL " + hitSql + "c.key IN (SELECT contact FROM contact_extras WHERE location=? AND value=?) LIMIT ?";
        static const QByteArray range = QByteArray(hitSql) + "c.location=? AND c.digits>=? AND c.digits<?"
            " UNION ALL " + hitSql + "c.key IN (SELECT contact FROM contact_extras WHERE location=? AND value>=? AND value<?) LIMIT ?";
        auto &read = m_connection.statement(whole ? exact.constData() : range.constData());
        const QString end = reversed + u':'; // the character after "9"
        read.integer(m_location).text(reversed);
        if (!whole)
            read.text(end);
        read.integer(m_location).text(reversed);
        if (!whole)
            read.text(end);
        return take(read.integer(m_limit), whole && !e164.isEmpty() ? ContactHit::Match::Exact : ContactHit::Match::Maybe);
    }
    Status byEmail(const QString &email)
    {
        static const QByteArray sql = QByteArray(hitSql) + "c.location=? AND c.email=?"
            " UNION ALL " + hitSql + "c.key IN (SELECT contact FROM contact_extras WHERE location=? AND value=?) LIMIT ?";
        auto &read = m_connection.statement(sql.constData());
        return take(read.integer(m_location).text(email).integer(m_location).text(email.toLower()).integer(m_limit), ContactHit::Match::Exact);
    }
    Status byWords(const QString &expression)
    {
        // With an index in the order of names SQLite walks through all names until it has enough: right for a common word,
        // 7 ms for nothing with a rare one. A "+" takes that index away.
        static const QByteArray common = QByteArray(hitSql) + "c.key IN (SELECT rowid FROM contacts_fts WHERE contacts_fts MATCH ?) AND c.location=?"
                                                              " ORDER BY c.name LIMIT ?";
        static const QByteArray rare = QByteArray(hitSql) + "c.key IN (SELECT rowid FROM contacts_fts WHERE contacts_fts MATCH ?) AND +c.location=?"
                                                            " ORDER BY +c.name LIMIT ?";
        auto &count = m_connection.statement("SELECT COUNT(*) FROM (SELECT 1 FROM contacts_fts WHERE contacts_fts MATCH ? LIMIT 500)");
        const auto counted = count.text(expression).step();
        if (!counted)
            return fail(counted.error());
        const bool few = count.integerAt(0) < 500;
        count.done();
        auto &read = m_connection.statement((few ? rare : common).constData());
        return take(read.text(expression).integer(m_location).integer(m_limit), ContactHit::Match::Name);
    }
    /// Somewhere in the name, company or address.
    Status byPiece(const QString &piece)
    {
        // Reads the names in their order until it has enough: at once for what many have.
        static const QByteArray common = QByteArray(hitSql) + "c.key IN (SELECT key FROM contacts WHERE location=? AND name LIKE ? ESCAPE '\\' LIMIT ?)"
                                                              " ORDER BY c.name LIMIT ?";
        static const QByteArray rare = QByteArray(hitSql) + "c.key IN (SELECT rowid FROM contacts_pieces WHERE contacts_pieces MATCH ?1) AND +c.location=?2"
            " AND (c.name LIKE ?3 ESCAPE '\\' OR c.company LIKE ?3 ESCAPE '\\' OR c.email LIKE ?3 ESCAPE '\\') ORDER BY +c.name LIMIT ?4";
        const QString groups = rows::piecesExpression(piece);
        if (!groups.isEmpty()) {
            auto &count = m_connection.statement("SELECT COUNT(*) FROM (SELECT 1 FROM contacts_pieces WHERE contacts_pieces MATCH ? LIMIT 500)");
            const auto counted = count.text(groups).step();
            if (!counted)
                return fail(counted.error());
            const bool few = count.integerAt(0) < 500;
            count.done();
            if (few) {
                auto &read = m_connection.statement(rare.constData());
                return take(read.text(groups).integer(m_location).text(rows::likePattern(piece)).integer(m_limit), ContactHit::Match::Name);
            }
        }
        auto &read = m_connection.statement(common.constData());
        return take(read.integer(m_location).text(rows::likePattern(piece)).integer(m_limit).integer(m_limit), ContactHit::Match::Name);
    }
    QVector<ContactHit> hits() const { return m_hits; }

private:
    Status take(Statement &read, ContactHit::Match match)
    {
        return rows::each(read, [this, match](Statement &row) {
            if (m_hits.size() >= m_limit || m_seen.contains(row.integerAt(0)))
                return;
            m_seen.insert(row.integerAt(0));
            Contact contact;
            contact.firstName = row.textAt(5);
            contact.lastName = row.textAt(6);
            contact.companyName = row.textAt(7);
            contact.email = row.textAt(4);
            ContactHit hit;
            hit.key = row.integerAt(0);
            hit.id = ContactId(row.textAt(1));
            hit.name = row.textAt(2);
            hit.phone = row.textAt(3);
            hit.email = contact.email;
            hit.initials = contact.initials();
            hit.local = hit.id.isLocal();
            hit.smsDnd = DndStatus(std::clamp<qint64>(row.integerAt(8), 0, 2));
            if (row.integerAt(9) > 0)
                hit.lastTexted = row.dateAt(9);
            hit.match = match;
            m_hits.append(hit);
        });
    }
    Connection &m_connection;
    qint64 m_location;
    int m_limit;
    QVector<ContactHit> m_hits;
    QSet<qint64> m_seen;
};

/// What a row of the list says beside the contact's own fields.
Status tellMore(Connection &connection, qint64 location, ContactRow &row)
{
    auto &talk = connection.statement("SELECT MAX(place_date), COALESCE(SUM(unread),0) FROM conversations WHERE location=? AND contact=? AND deleted=0");
    Status done = rows::each(talk.integer(location).text(row.contact.id.value), [&row](Statement &found) {
        if (found.integerAt(0) > 0)
            row.lastActivity = found.dateAt(0);
        row.unread = int(found.integerAt(1));
    });
    if (!done)
        return done;
    auto &deals = connection.statement("SELECT COUNT(*) FROM opportunities WHERE location=? AND contact=? AND status=0 AND hidden=0");
    done = rows::each(deals.integer(location).text(row.contact.id.value), [&row](Statement &found) { row.openDeals = int(found.integerAt(0)); });
    if (!done)
        return done;
    auto &pending = connection.statement("SELECT kind, data FROM pending WHERE location=? AND contact=? AND contact<>''");
    return rows::each(pending.integer(location).text(row.contact.id.value), [&row](Statement &found) {
        const QString kind = found.textAt(0);
        row.leaving = row.leaving || kind == "delete"_L1;
        row.changing = row.changing || kind == "contact"_L1 || kind == "tags"_L1 || kind == "assign"_L1;
        if (kind == "assign"_L1)
            row.contact.assignedTo = AssignChange::fromJson(objectFrom(found.utf8At(1))).to;
    });
}

} // namespace

Task<Result<Spine>> Cache::contactSpine(LocationId location, QString filter, ContactSort sort)
{
    return m_reader->run<Spine>([location, filter, sort](Connection &connection) -> Result<Spine> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        const QString text = filter.trimmed();
        const QString expression = rows::matchExpression(text);
        auto &read = connection.statement(text.isEmpty() ? spineSql(sort) : filteredSql(sort));
        read.integer(*key);
        if (!text.isEmpty()) {
            if (expression.isEmpty()) // nothing that could be found: no rows, and not all of them
                return Spine{};
            const QString digits = rows::reversedDigits(text);
            read.text(expression);
            if (digits.size() >= 3)
                read.text(u'%' + digits + u'%');
            else
                read.null();
        }
        auto keys = rows::keys(read);
        if (!keys)
            return fail(keys.error());
        Spine spine;
        spine.keys = std::move(*keys);
        spine.rowOf.reserve(spine.keys.size());
        for (int row = 0; row < spine.keys.size(); ++row)
            spine.rowOf.insert(spine.keys[row], row);
        return spine;
    });
}

Task<Result<QVector<ContactRow>>> Cache::contactRows(QVector<qint64> keys, QString region)
{
    return m_reader->run<QVector<ContactRow>>([keys, region](Connection &connection) -> Result<QVector<ContactRow>> {
        static const QByteArray sql = QByteArray("SELECT ") + rows::contactColumns + ", location FROM contacts WHERE key=?";
        QVector<ContactRow> result;
        QVector<qint64> owners;
        result.reserve(keys.size());
        for (const qint64 key : keys) {
            auto &read = connection.statement(sql.constData());
            const Status done = rows::each(read.integer(key), [&](Statement &row) {
                ContactRow one{key, rows::readContact(row, {}), {}};
                if (!one.contact.phone.isEmpty())
                    one.phone = phone::display(one.contact.phone, region);
                result.append(std::move(one));
                owners.append(row.integerAt(rows::contactColumnCount));
            });
            if (!done)
                return fail(done.error());
        }
        QHash<qint64, LocationId> locations;
        auto &all = connection.statement("SELECT key, id FROM locations");
        const Status named = rows::each(all, [&locations](Statement &row) { locations.insert(row.integerAt(0), LocationId(row.textAt(1))); });
        if (!named)
            return fail(named.error());
        QHash<qint64, QHash<QString, QVector<TagChange>>> pending;
        for (qsizetype i = 0; i < result.size(); ++i) {
            Contact &contact = result[i].contact;
            contact.location = locations.value(owners[i]);
            if (!pending.contains(owners[i])) {
                auto changes = rows::pendingTags(connection, owners[i]);
                if (!changes)
                    return fail(changes.error());
                pending.insert(owners[i], std::move(*changes));
            }
            const auto &mine = pending[owners[i]];
            if (const auto change = mine.constFind(contact.id.value); change != mine.constEnd())
                contact.tags = rows::applied(contact.tags, *change);
            if (const Status told = tellMore(connection, owners[i], result[i]); !told)
                return fail(told.error());
        }
        return result;
    });
}

Task<Result<std::optional<Contact>>> Cache::contact(LocationId location, ContactId id)
{
    return m_reader->run<std::optional<Contact>>([location, id](Connection &connection) -> Result<std::optional<Contact>> {
        static const QByteArray sql = QByteArray("SELECT ") + rows::contactColumns
            + " FROM contacts WHERE location=?1 AND id=COALESCE((SELECT server FROM aliases WHERE location=?1 AND local=?2), ?2)";
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        auto &read = connection.statement(sql.constData());
        const auto found = read.integer(*key).text(id.value).step();
        if (!found)
            return fail(found.error());
        std::optional<Contact> contact;
        if (*found)
            contact = rows::readContact(read, location);
        read.done();
        if (!contact)
            return contact;
        const auto pending = rows::pendingTags(connection, *key);
        if (!pending)
            return fail(pending.error());
        contact->tags = rows::applied(contact->tags, pending->value(contact->id.value));
        const auto owner = rows::pendingOwner(connection, *key, contact->id.value);
        if (!owner)
            return fail(owner.error());
        contact->assignedTo = owner->value_or(contact->assignedTo);
        return contact;
    });
}

Task<Result<QVector<ContactHit>>> Cache::findContacts(LocationId location, QString text, QString region, int limit)
{
    return m_reader->run<QVector<ContactHit>>([location, text, region, limit](Connection &connection) -> Result<QVector<ContactHit>> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        Finder finder(connection, *key, limit);
        const QString input = text.trimmed();
        const QString digits = rows::reversedDigits(input);
        const bool numberLike = std::none_of(input.cbegin(), input.cend(), [](QChar c) { return c.isLetter() || c == u'@'; });
        if (numberLike && digits.size() >= 4) {
            if (const auto parsed = phone::parse(input, region); parsed && !parsed->e164.isEmpty()) {
                if (const Status done = finder.byDigits(rows::reversedDigits(parsed->e164), true, parsed->e164); !done)
                    return fail(done.error());
            }
            for (const int tail : {7, 4}) {
                // Four digits alone are enough; of a longer number four are too few to mean anything.
                if (digits.size() < tail || (tail == 4 && digits.size() >= 7))
                    continue;
                if (const Status done = finder.byDigits(digits.left(tail == 4 ? digits.size() : tail), false, {}); !done)
                    return fail(done.error());
            }
        }
        if (input.contains(u'@')) {
            if (const Status done = finder.byEmail(input); !done)
                return fail(done.error());
        }
        if (const QString expression = rows::matchExpression(input); !expression.isEmpty() && !(numberLike && digits.size() >= 4)) {
            if (const Status done = finder.byWords(expression); !done)
                return fail(done.error());
            if (finder.hits().size() < limit && input.size() >= 2) {
                if (const Status done = finder.byPiece(input); !done)
                    return fail(done.error());
            }
        }
        return finder.hits();
    });
}

Task<Result<Cache::Totals>> Cache::totals(LocationId location)
{
    return m_reader->run<Totals>([location](Connection &connection) -> Result<Totals> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        Totals totals;
        auto &read = connection.statement("SELECT (SELECT COUNT(*) FROM contacts WHERE location=?1),"
                                          " (SELECT COUNT(*) FROM conversations WHERE location=?1 AND deleted=0),"
                                          " (SELECT COUNT(*) FROM messages WHERE location=?1 AND id IS NOT NULL)");
        const auto found = read.integer(*key).step();
        if (!found)
            return fail(found.error());
        totals = {read.integerAt(0), read.integerAt(1), read.integerAt(2)};
        read.done();
        return totals;
    });
}

} // namespace outrigger::store
