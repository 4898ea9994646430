// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_contactquery.h"

#include "domain/contactchange.h"
#include "store/cache_rows.h"

#include <QDate>
#include <QTimeZone>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

// What a person's filter leaves of the contacts, in which order.
namespace outrigger::store {

namespace {

using Op = ContactCondition::Op;
constexpr qint64 dayMs = 24LL * 60 * 60 * 1000;

/// Our column of a field; nullptr for those that have none of their own.
const char *columnOf(const QString &field)
{
    static const QHash<QString, const char *> columns{
        {u"firstName"_s, "c.first_name"}, {u"lastName"_s, "c.last_name"}, {u"phone"_s, "c.phone"}, {u"email"_s, "c.email"},
        {u"companyName"_s, "c.company"}, {u"address1"_s, "c.address"}, {u"city"_s, "c.city"}, {u"state"_s, "c.state"},
        {u"postalCode"_s, "c.postal_code"}, {u"country"_s, "c.country"}, {u"website"_s, "c.website"}, {u"timezone"_s, "c.timezone"},
        {u"source"_s, "c.source"}, {u"type"_s, "c.type"}, {u"assignedTo"_s, "c.assigned_to"}, {u"dateOfBirth"_s, "c.birthday"},
        {u"dateAdded"_s, "c.date_added"}, {u"dateUpdated"_s, "c.date_updated"}, {u"tag"_s, "c.tags"}};
    return columns.value(field, nullptr);
}

class Builder
{
public:
    Builder(const ContactListQuery &query, qint64 nowMs) : m_query(query), m_now(nowMs) {}

    ContactSql build()
    {
        QByteArray all;
        for (const ContactFilter::Group &group : m_query.filter.groups) {
            QByteArray inside;
            for (const ContactCondition &one : group.conditions) {
                const QByteArray text = condition(one);
                if (text.isEmpty())
                    continue;
                inside += (inside.isEmpty() ? "" : group.any ? " OR " : " AND ") + ('(' + text + ')');
            }
            if (!inside.isEmpty())
                all += (all.isEmpty() ? "" : m_query.filter.any ? " OR " : " AND ") + ('(' + inside + ')');
        }
        if (!all.isEmpty())
            m_sql.where = " AND (" + all + ')';
        return m_sql;
    }

private:
    QByteArray mark(const QVariant &value)
    {
        m_sql.values.append(value);
        return '?' + QByteArray::number(m_sql.values.size() + 1);
    }

    QByteArray condition(const ContactCondition &one)
    {
        if (ContactCondition::takesValue(one.op) && one.value.trimmed().isEmpty())
            return {}; // still being written
        if (one.field == "unread"_L1)
            return in(one.op, "SELECT contact FROM conversations WHERE location=?1 AND deleted=0 AND unread>0");
        if (one.field == "openDeal"_L1)
            return in(one.op, "SELECT contact FROM opportunities WHERE location=?1 AND status=0 AND hidden=0");
        if (one.field == "dnd"_L1)
            return one.op == Op::Filled ? QByteArray("c.dnd<>0") : QByteArray("c.dnd=0");
        if (one.field == "dnd.SMS"_L1)
            return one.op == Op::Filled ? QByteArray("c.dnd_sms<>0") : QByteArray("c.dnd_sms=0");
        if (ContactCondition::isDate(one.field))
            return date(one);
        if (one.field == "tag"_L1)
            return tag(one);
        const char *column = columnOf(one.field);
        if (!column) {
            const CustomFieldId id = contactfields::customId(one.field);
            return id.isEmpty() ? QByteArray() : custom(one, id);
        }
        QString value = one.value.trimmed();
        if (one.field == "assignedTo"_L1 && value == "me"_L1)
            value = m_query.me.value;
        if (one.field == "phone"_L1 && (one.op == Op::Contains || one.op == Op::ContainsNot))
            return number(one.op, value);
        return text(one.op, column, value);
    }

    static QByteArray in(Op op, const char *select)
    {
        return QByteArray(op == Op::Filled ? "c.id IN (" : "c.id NOT IN (") + select + ')';
    }

    QByteArray text(Op op, const QByteArray &column, const QString &value)
    {
        switch (op) {
        case Op::Is: return column + "=" + mark(value) + " COLLATE NOCASE";
        case Op::IsNot: return "COALESCE(" + column + ",'')<>" + mark(value) + " COLLATE NOCASE";
        case Op::Contains: return column + " LIKE " + mark(rows::likePattern(value)) + " ESCAPE '\\'";
        case Op::ContainsNot: return "COALESCE(" + column + ",'') NOT LIKE " + mark(rows::likePattern(value)) + " ESCAPE '\\'";
        case Op::Empty: return "COALESCE(" + column + ",'')=''";
        case Op::Filled: return "COALESCE(" + column + ",'')<>''";
        default: return {};
        }
    }

    /// Digits, whatever is written between them.
    QByteArray number(Op op, const QString &value)
    {
        const QString digits = rows::reversedDigits(value);
        if (digits.isEmpty())
            return {};
        return QByteArray("COALESCE(c.digits,'') ") + (op == Op::Contains ? "LIKE " : "NOT LIKE ") + mark(u'%' + digits + u'%');
    }

    QByteArray tag(const ContactCondition &one)
    {
        if (one.op == Op::Empty || one.op == Op::Filled)
            return text(one.op, "c.tags", {});
        // Tags are a JSON list of texts: the quotes make "hot" another one than "hotel".
        QString pattern = rows::likePattern(one.value.trimmed());
        pattern = u"%\""_s + pattern.mid(1, pattern.size() - 2) + u"\"%"_s;
        const bool is = one.op == Op::Is || one.op == Op::Contains;
        return QByteArray("COALESCE(c.tags,'') ") + (is ? "LIKE " : "NOT LIKE ") + mark(pattern) + " ESCAPE '\\'";
    }

    QByteArray date(const ContactCondition &one)
    {
        QByteArray comparison;
        QVariant value;
        switch (one.op) {
        case Op::Within:
        case Op::Beyond:
            comparison = one.op == Op::Within ? ">=" : "<";
            value = m_now - one.value.toLongLong() * dayMs;
            break;
        case Op::Before:
        case Op::After: {
            const QDate day = QDate::fromString(one.value.trimmed(), Qt::ISODate);
            if (!day.isValid())
                return {};
            comparison = one.op == Op::After ? ">=" : "<";
            value = day.startOfDay(QTimeZone::systemTimeZone()).toMSecsSinceEpoch();
            break;
        }
        case Op::Empty: comparison = "none"; break;
        default: comparison = "any";
        }
        const bool plain = comparison == "none" || comparison == "any";
        if (one.field == "lastActivity"_L1) {
            const QByteArray talks = "SELECT contact FROM conversations WHERE location=?1 AND deleted=0 AND place_date>0";
            if (plain)
                return QByteArray(comparison == "any" ? "c.id IN (" : "c.id NOT IN (") + talks + ')';
            return "c.id IN (" + talks + " AND place_date" + comparison + mark(value) + ')';
        }
        const QByteArray column = columnOf(one.field);
        if (plain)
            return column + (comparison == "any" ? " IS NOT NULL" : " IS NULL");
        return column + comparison + mark(value);
    }

    /// Custom values lie in `more` as [[id, value], ...].
    QByteArray custom(const ContactCondition &one, const CustomFieldId &id)
    {
        const bool negative = one.op == Op::IsNot || one.op == Op::ContainsNot || one.op == Op::Empty;
        QByteArray sql = QByteArray(negative ? "NOT " : "") + "(c.more LIKE " + mark(rows::likePattern(id.value))
            + " ESCAPE '\\' AND EXISTS(SELECT 1 FROM json_each(c.more,'$.fields') f WHERE json_extract(f.value,'$[0]')=" + mark(id.value);
        const QByteArray value = "json_extract(f.value,'$[1]')";
        switch (one.op) {
        case Op::Is:
        case Op::IsNot: {
            // A list of options holds the text in quotes.
            const QString pattern = rows::likePattern(one.value.trimmed());
            sql += " AND (" + value + "=" + mark(one.value.trimmed()) + " COLLATE NOCASE OR (json_type(f.value,'$[1]')='array' AND " + value
                + " LIKE " + mark(QString(u"%\""_s + pattern.mid(1, pattern.size() - 2) + u"\"%"_s)) + " ESCAPE '\\'))";
            break;
        }
        case Op::Contains:
        case Op::ContainsNot: sql += " AND " + value + " LIKE " + mark(rows::likePattern(one.value.trimmed())) + " ESCAPE '\\'"; break;
        default: sql += " AND COALESCE(" + value + ",'') NOT IN ('','[]')"; break;
        }
        return sql + "))";
    }

    const ContactListQuery &m_query;
    qint64 m_now;
    ContactSql m_sql;
};

const char *orderOf(const ContactListQuery &query)
{
    switch (query.sort) {
    case ContactSort::Name: return query.descending ? " ORDER BY c.name DESC" : " ORDER BY c.name";
    case ContactSort::DateAdded: return query.descending ? " ORDER BY c.date_added DESC" : " ORDER BY c.date_added";
    case ContactSort::DateUpdated: return query.descending ? " ORDER BY c.date_updated DESC" : " ORDER BY c.date_updated";
    case ContactSort::Company: return query.descending ? " ORDER BY c.company COLLATE NOCASE DESC" : " ORDER BY c.company COLLATE NOCASE";
    case ContactSort::Email: return query.descending ? " ORDER BY c.email DESC" : " ORDER BY c.email";
    case ContactSort::Activity: return " ORDER BY c.name"; // of those who have no conversation; see byActivity()
    }
    return "";
}

/// Everything but the columns; nothing when the words cannot be found anywhere.
std::optional<ContactSql> statementOf(const ContactListQuery &query, qint64 now)
{
    ContactSql sql = contactSql(query, now);
    const QString text = query.text.trimmed();
    if (!text.isEmpty()) {
        const QString expression = rows::matchExpression(text);
        const QString digits = rows::reversedDigits(text);
        QByteArray hits;
        const auto mark = [&](const QVariant &value) {
            sql.values.append(value);
            return '?' + QByteArray::number(sql.values.size() + 1);
        };
        if (!expression.isEmpty())
            hits = "SELECT rowid FROM contacts_fts WHERE contacts_fts MATCH " + mark(expression);
        if (digits.size() >= 3)
            hits += (hits.isEmpty() ? QByteArray() : QByteArray(" UNION "))
                + "SELECT key FROM contacts INDEXED BY contacts_digits WHERE location=?1 AND digits IS NOT NULL AND digits LIKE " + mark(u'%' + digits + u'%');
        if (hits.isEmpty())
            return std::nullopt;
        sql.where += " AND c.key IN (" + hits + ')';
    }
    return sql;
}

void bind(Statement &read, qint64 location, const ContactSql &sql)
{
    read.integer(location);
    for (const QVariant &value : sql.values) {
        if (value.userType() == QMetaType::QString)
            read.text(value.toString());
        else
            read.integer(value.toLongLong());
    }
}

Result<QVector<qint64>> keysOf(Connection &connection, qint64 location, const ContactSql &sql, const QByteArray &text)
{
    auto &read = connection.statement(text.constData());
    bind(read, location, sql);
    return rows::keys(read);
}

/// Keys that are there already are left out: of two conversations of one contact the first one counts.
void append(Spine &spine, const QVector<qint64> &keys, int limit)
{
    spine.rowOf.reserve(spine.rowOf.size() + keys.size());
    spine.keys.reserve(spine.keys.size() + keys.size());
    for (const qint64 one : keys) {
        if (limit > 0 && spine.keys.size() >= limit)
            return;
        if (spine.rowOf.contains(one))
            continue;
        spine.rowOf.insert(one, int(spine.keys.size()));
        spine.keys.append(one);
    }
}

/// Two reads along an index each, because a join of all contacts with their conversations has to sort everything (three
/// times as long with 100,000 contacts). Those nobody has talked with come last, or first when the order is turned.
Result<Spine> byActivity(Connection &connection, qint64 location, const ContactListQuery &query, const ContactSql &sql, int limit)
{
    const auto talked = keysOf(connection, location, sql,
                               "SELECT c.key FROM conversations v CROSS JOIN contacts c ON c.location=v.location AND c.id=v.contact"
                               " WHERE v.location=?1 AND v.deleted=0" + sql.where + " ORDER BY v.place_date DESC");
    if (!talked)
        return fail(talked.error());
    Spine spine;
    append(spine, *talked, query.descending ? limit : 0);
    if (query.descending && limit > 0 && spine.keys.size() >= limit)
        return spine;
    const auto others = keysOf(connection, location, sql, "SELECT c.key FROM contacts c WHERE c.location=?1" + sql.where + orderOf(query));
    if (!others)
        return fail(others.error());
    if (query.descending) {
        append(spine, *others, limit);
        return spine;
    }
    QVector<qint64> silent;
    silent.reserve(others->size());
    std::copy_if(others->cbegin(), others->cend(), std::back_inserter(silent), [&spine](qint64 one) { return !spine.rowOf.contains(one); });
    const QVector<qint64> latestFirst = std::exchange(spine, Spine{}).keys;
    append(spine, silent, limit);
    append(spine, {latestFirst.crbegin(), latestFirst.crend()}, limit);
    return spine;
}

} // namespace

ContactSql contactSql(const ContactListQuery &query, qint64 nowMs) { return Builder(query, nowMs).build(); }

Task<Result<Spine>> Cache::contactList(ContactListQuery query, int limit)
{
    const qint64 at = query.now.isValid() ? query.now.toMSecsSinceEpoch() : now();
    return m_reader->run<Spine>([query, limit, at](Connection &connection) -> Result<Spine> {
        const auto key = rows::locationKey(connection, query.location);
        if (!key)
            return fail(key.error());
        const auto sql = statementOf(query, at);
        if (!sql)
            return Spine{};
        if (query.sort == ContactSort::Activity)
            return byActivity(connection, *key, query, *sql, limit);
        const QByteArray text = "SELECT c.key FROM contacts c WHERE c.location=?1" + sql->where + orderOf(query)
            + (limit > 0 ? " LIMIT " + QByteArray::number(limit) : QByteArray());
        const auto keys = keysOf(connection, *key, *sql, text);
        if (!keys)
            return fail(keys.error());
        Spine spine;
        append(spine, *keys, limit);
        return spine;
    });
}

Task<Result<QVector<int>>> Cache::contactCounts(QVector<ContactListQuery> queries)
{
    const qint64 at = now();
    return m_reader->run<QVector<int>>([queries, at](Connection &connection) -> Result<QVector<int>> {
        QVector<int> counts;
        for (const ContactListQuery &query : queries) {
            const auto key = rows::locationKey(connection, query.location);
            if (!key)
                return fail(key.error());
            const auto sql = statementOf(query, query.now.isValid() ? query.now.toMSecsSinceEpoch() : at);
            if (!sql) {
                counts.append(0);
                continue;
            }
            const QByteArray text = "SELECT COUNT(*) FROM contacts c WHERE c.location=?1" + sql->where;
            auto &read = connection.statement(text.constData());
            bind(read, *key, *sql);
            const auto found = read.step();
            if (!found)
                return fail(found.error());
            counts.append(int(read.integerAt(0)));
            read.done();
        }
        return counts;
    });
}

Task<Result<QVector<ContactId>>> Cache::contactIds(QVector<qint64> keys)
{
    return m_reader->run<QVector<ContactId>>([keys](Connection &connection) -> Result<QVector<ContactId>> {
        QVector<ContactId> ids;
        ids.reserve(keys.size());
        for (const qint64 key : keys) {
            auto &read = connection.statement("SELECT id FROM contacts WHERE key=?");
            const Status done = rows::each(read.integer(key), [&ids](Statement &row) {
                if (const ContactId id(row.textAt(0)); !id.isLocal())
                    ids.append(id);
            });
            if (!done)
                return fail(done.error());
        }
        return ids;
    });
}

Task<Result<QStringList>> Cache::contactValues(LocationId location, QString field, int limit)
{
    return m_reader->run<QStringList>([location, field, limit](Connection &connection) -> Result<QStringList> {
        QStringList values;
        const char *column = columnOf(field);
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        if (!column || field == "tag"_L1 || ContactCondition::isDate(field))
            return values;
        const QByteArray name = column;
        const QByteArray text = "SELECT " + name + " FROM contacts c WHERE c.location=? AND " + name + "<>'' GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT ?";
        auto &read = connection.statement(text.constData());
        const Status done = rows::each(read.integer(*key).integer(limit), [&values](Statement &row) { values.append(row.textAt(0)); });
        if (!done)
            return fail(done.error());
        return values;
    });
}

} // namespace outrigger::store
