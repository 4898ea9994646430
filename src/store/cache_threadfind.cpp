// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/textfind.h"
#include "store/cache_rows.h"
#include "store/recordjson.h"

using namespace Qt::StringLiterals;

// Finding one's way in a long conversation.
namespace outrigger::store {

namespace {

/// Its subject is the only thing in this column that a person reads.
QString subjectOf(const Statement &row, int column)
{
    return row.isNull(column) ? QString() : objectFrom(row.utf8At(column)).value("subject"_L1).toString();
}

Result<bool> allIsHere(Connection &connection, qint64 conversation)
{
    // Only a conversation that HighLevel does not know yet is certain to be here as a whole.
    auto &read = connection.statement("SELECT id FROM conversations WHERE key=?");
    const auto found = read.integer(conversation).step();
    if (!found)
        return fail(found.error());
    const bool local = *found && ConversationId(read.textAt(0)).isLocal();
    read.done();
    return local;
}

struct Place {
    qint64 date = 0;
    bool known = false;
};

Result<Place> placeOf(Connection &connection, qint64 conversation, qint64 key)
{
    auto &find = connection.statement("SELECT date FROM messages WHERE key=? AND conversation=?");
    const auto found = find.integer(key).integer(conversation).step();
    if (!found)
        return fail(found.error());
    const Place place{*found ? find.integerAt(0) : 0, *found};
    find.done();
    return place;
}

Result<qint64> one(Statement &statement)
{
    const auto found = statement.step();
    if (!found)
        return fail(found.error());
    const qint64 key = *found ? statement.integerAt(0) : 0;
    statement.done();
    return key;
}

} // namespace

Task<Result<ThreadHits>> Cache::findInThread(qint64 conversationKey, QString text)
{
    return m_reader->run<ThreadHits>([conversationKey, needle = textfind::folded(text)](Connection &connection) -> Result<ThreadHits> {
        ThreadHits hits;
        auto &read = connection.statement("SELECT key, date, body, CASE WHEN instr(more, '\"subject\"') THEN more END FROM messages"
                                          " WHERE conversation=? ORDER BY date, key");
        const Status done = rows::each(read.integer(conversationKey), [&](Statement &row) {
            if (!hits.oldest.isValid())
                hits.oldest = row.dateAt(1);
            if (needle.isEmpty())
                return;
            if (textfind::folded(row.textAt(2)).contains(needle) || textfind::folded(subjectOf(row, 3)).contains(needle))
                hits.keys.append(row.integerAt(0));
        });
        if (!done)
            return fail(done.error());
        const auto complete = allIsHere(connection, conversationKey);
        if (!complete)
            return fail(complete.error());
        hits.complete = *complete;
        return hits;
    });
}

Task<Result<qint64>> Cache::messageAt(qint64 conversationKey, QDateTime at)
{
    return m_reader->run<qint64>([conversationKey, at](Connection &connection) -> Result<qint64> {
        auto &next = connection.statement("SELECT key FROM messages WHERE conversation=? AND date>=? ORDER BY date, key LIMIT 1");
        const auto key = one(next.integer(conversationKey).integer(at.toMSecsSinceEpoch()));
        if (!key || *key)
            return key;
        return one(connection.statement("SELECT key FROM messages WHERE conversation=? ORDER BY date DESC, key DESC LIMIT 1").integer(conversationKey));
    });
}

Task<Result<qint64>> Cache::lastByPerson(qint64 conversationKey, qint64 beforeKey)
{
    return m_reader->run<qint64>([conversationKey, beforeKey](Connection &connection) -> Result<qint64> {
        const auto before = placeOf(connection, conversationKey, beforeKey);
        if (!before)
            return fail(before.error());
        // Calls are not written, and what the desk says to itself answers nobody.
        auto &read = connection.statement("SELECT key, direction, source FROM messages WHERE conversation=?1 AND (?2=0 OR (date, key) < (?3, ?4))"
                                          " AND channel NOT IN (?5, ?6, ?7) ORDER BY date DESC, key DESC");
        read.integer(conversationKey).integer(before->known).integer(before->date).integer(beforeKey);
        read.integer(int(Channel::Activity)).integer(int(Channel::InternalComment)).integer(int(Channel::Call));
        for (;;) {
            const auto row = read.step();
            if (!row)
                return fail(row.error());
            if (!*row)
                return 0;
            if (isAutomated(Direction(read.integerAt(1)), read.textAt(2)))
                continue;
            const qint64 key = read.integerAt(0);
            read.done();
            return key;
        }
    });
}

} // namespace outrigger::store
