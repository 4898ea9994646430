// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/messagestate.h"
#include "store/cache_rows.h"

using namespace Qt::StringLiterals;

// What a person's filter leaves of the inbox.
namespace outrigger::store {

namespace {

constexpr qint64 dayMs = 24LL * 60 * 60 * 1000;

/// The conditions as text with a mark for each value. There are few kinds of text, and no value is in it.
struct Conditions {
    QByteArray sql;
    QVector<QVariant> values;
    void add(const char *condition) { sql += QByteArray(" AND ") + condition; }
    void add(const char *condition, const QVariant &value)
    {
        add(condition);
        values.append(value);
    }
};

Conditions conditionsOf(const InboxQuery &query, qint64 now)
{
    const InboxFilter &filter = query.filter;
    Conditions all;
    if (!filter.channels.isEmpty()) {
        QByteArray marks;
        for (const Channel channel : filter.channels) {
            marks += marks.isEmpty() ? "?" : ",?";
            all.values.append(int(channel));
        }
        all.sql += " AND v.channel IN (" + marks + ")";
    }
    switch (filter.who) {
    case InboxFilter::Who::Anybody: break;
    case InboxFilter::Who::Nobody: all.add("v.assigned_to IS NULL"); break;
    case InboxFilter::Who::Me: all.add("v.assigned_to=?", query.me.value); break;
    case InboxFilter::Who::User: all.add("v.assigned_to=?", filter.user.value); break;
    }
    if (filter.unread)
        all.add("v.unread>0");
    if (filter.starred)
        all.add("v.starred=1");
    if (filter.draft)
        all.add("v.has_draft=1");
    if (filter.failed)
        all.add("v.last_state=?", stateKey(MessageState::Failed));
    if (filter.last)
        all.add("v.direction=?", int(*filter.last));
    if (filter.withinDays > 0)
        all.add("v.place_date>=?", now - filter.withinDays * dayMs);
    if (filter.olderDays > 0)
        all.add("v.place_date<?", now - filter.olderDays * dayMs);
    return all;
}

bool hasTag(const QStringList &tags, const QString &tag) { return tags.contains(tag, Qt::CaseInsensitive); }

} // namespace

Result<QSet<qint64>> rows::filtered(Connection &connection, qint64 location, const InboxQuery &query, qint64 now)
{
    const Conditions all = conditionsOf(query, now);
    const bool tagged = !query.filter.tag.isEmpty();
    // A tag is compared here: our unsent changes are laid over what the server said.
    const QByteArray sql = (tagged ? QByteArray("SELECT v.key, v.contact, c.tags FROM conversations v LEFT JOIN contacts c"
                                                " ON c.location=v.location AND c.id=v.contact")
                                   : QByteArray("SELECT v.key FROM conversations v"))
        + " WHERE v.location=? AND v.deleted=0" + all.sql;
    QHash<QString, QVector<TagChange>> pending;
    if (tagged) {
        auto changes = pendingTags(connection, location);
        if (!changes)
            return fail(changes.error());
        pending = std::move(*changes);
    }
    auto &read = connection.statement(sql.constData());
    read.integer(location);
    for (const QVariant &value : all.values) {
        if (value.userType() == QMetaType::QString)
            read.text(value.toString());
        else
            read.integer(value.toLongLong());
    }
    QSet<qint64> keys;
    const Status done = each(read, [&](Statement &row) {
        if (!tagged || hasTag(applied(tagsFrom(row.utf8At(2)), pending.value(row.textAt(1))), query.filter.tag))
            keys.insert(row.integerAt(0));
    });
    if (!done)
        return fail(done.error());
    return keys;
}

Task<Result<QVector<int>>> Cache::inboxSizes(QVector<InboxQuery> queries)
{
    return m_reader->run<QVector<int>>([queries](Connection &connection) -> Result<QVector<int>> {
        QVector<int> sizes;
        for (const InboxQuery &query : queries) {
            const auto spine = rows::inboxSpine(connection, query);
            if (!spine)
                return fail(spine.error());
            sizes.append(int(spine->keys.size()));
        }
        return sizes;
    });
}

} // namespace outrigger::store
