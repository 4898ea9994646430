// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

constexpr int contextRows = 20; ///< shown above a message that was gone to
constexpr qint64 recentMs = 10 * 60 * 1000;

struct Talk {
    LocationId location;
    ConversationId id;
    ContactId contact;
    bool complete = false;
};

Result<Talk> talkOf(Connection &connection, qint64 key)
{
    Talk talk;
    auto &read = connection.statement(
        "SELECT l.id, v.id, v.contact, COALESCE((SELECT complete FROM cursors c WHERE c.location=v.location AND c.feed='messages.older'), 0)"
        " FROM conversations v JOIN locations l ON l.key=v.location WHERE v.key=?");
    const auto found = read.integer(key).step();
    if (!found)
        return fail(found.error());
    if (*found) {
        talk = {LocationId(read.textAt(0)), ConversationId(read.textAt(1)), ContactId(read.textAt(2)), false};
        // A conversation that is not in HighLevel yet has nothing older there. Two years of everybody's messages are not
        // all there is of one conversation: only the server's own answer says that.
        talk.complete = talk.id.isLocal();
    }
    read.done();
    return talk;
}

Result<QHash<QString, QString>> userNames(Connection &connection)
{
    QHash<QString, QString> names;
    auto &read = connection.statement("SELECT id, name FROM users");
    const Status done = rows::each(read, [&names](Statement &row) { names.insert(row.textAt(0), row.textAt(1)); });
    if (!done)
        return fail(done.error());
    return names;
}

void complete(MessageRow &row, const Talk &talk, const QHash<QString, QString> &names)
{
    row.message.location = talk.location;
    row.message.conversationId = talk.id;
    row.message.contactId = talk.contact;
    if (row.message.direction == Direction::Outbound)
        row.senderName = names.value(row.message.userId.value);
}

/// Rows newest first, one more than wanted to see whether there are older ones.
Result<MessagePage> page(Connection &connection, Statement &statement, qint64 conversation, int limit)
{
    MessagePage result;
    const Status done = rows::each(statement, [&result](Statement &row) { result.rows.append(rows::readMessage(row)); });
    if (!done)
        return fail(done.error());
    const auto talk = talkOf(connection, conversation);
    if (!talk)
        return fail(talk.error());
    const auto names = userNames(connection);
    if (!names)
        return fail(names.error());
    result.atStart = result.rows.size() <= limit;
    if (!result.atStart)
        result.rows.removeLast();
    std::reverse(result.rows.begin(), result.rows.end());
    for (MessageRow &row : result.rows)
        complete(row, *talk, *names);
    result.complete = result.atStart && talk->complete;
    return result;
}

} // namespace

Task<Result<MessagePage>> Cache::newestMessages(qint64 conversationKey, int limit)
{
    return m_reader->run<MessagePage>([conversationKey, limit](Connection &connection) {
        static const QByteArray sql = QByteArray("SELECT ") + rows::messageColumns
            + " FROM messages WHERE conversation=? ORDER BY date DESC, key DESC LIMIT ?";
        auto &read = connection.statement(sql.constData());
        return page(connection, read.integer(conversationKey).integer(limit + 1), conversationKey, limit);
    });
}

Task<Result<MessagePage>> Cache::olderMessages(qint64 conversationKey, qint64 beforeKey, int limit)
{
    return m_reader->run<MessagePage>([conversationKey, beforeKey, limit](Connection &connection) -> Result<MessagePage> {
        auto &find = connection.statement("SELECT date FROM messages WHERE key=? AND conversation=?");
        const auto found = find.integer(beforeKey).integer(conversationKey).step();
        if (!found)
            return fail(found.error());
        const bool known = *found;
        const qint64 date = known ? find.integerAt(0) : 0;
        find.done();
        if (!known)
            return MessagePage{{}, true, false};
        static const QByteArray sql = QByteArray("SELECT ") + rows::messageColumns
            + " FROM messages WHERE conversation=? AND (date, key) < (?, ?) ORDER BY date DESC, key DESC LIMIT ?";
        auto &read = connection.statement(sql.constData());
        return page(connection, read.integer(conversationKey).integer(date).integer(beforeKey).integer(limit + 1), conversationKey, limit);
    });
}

Task<Result<MessagePage>> Cache::messagesFrom(qint64 conversationKey, qint64 fromKey, qint64 beforeKey)
{
    return m_reader->run<MessagePage>([conversationKey, fromKey, beforeKey](Connection &connection) -> Result<MessagePage> {
        // How many rows that is is counted first, so that reading them is the same as for a page.
        auto &count = connection.statement("SELECT COUNT(*) FROM messages m, (SELECT date AS d, key AS k FROM messages WHERE key=?2) f,"
                                           " (SELECT date AS d, key AS k FROM messages WHERE key=?3) b WHERE m.conversation=?1"
                                           " AND (m.date, m.key) >= (f.d, f.k) AND (m.date, m.key) < (b.d, b.k)");
        const auto found = count.integer(conversationKey).integer(fromKey).integer(beforeKey).step();
        if (!found)
            return fail(found.error());
        const auto limit = int(count.integerAt(0)) + contextRows;
        count.done();
        static const QByteArray sql = QByteArray("SELECT ") + rows::messageColumns
            + " FROM messages WHERE conversation=?1 AND (date, key) < (SELECT date, key FROM messages WHERE key=?2)"
              " ORDER BY date DESC, key DESC LIMIT ?3";
        auto &read = connection.statement(sql.constData());
        return page(connection, read.integer(conversationKey).integer(beforeKey).integer(limit + 1), conversationKey, limit);
    });
}

Task<Result<QVector<MessageRow>>> Cache::messageRows(QVector<qint64> keys)
{
    return m_reader->run<QVector<MessageRow>>([keys](Connection &connection) -> Result<QVector<MessageRow>> {
        static const QByteArray sql = QByteArray("SELECT ") + rows::messageColumns + " FROM messages WHERE key=?";
        const auto names = userNames(connection);
        if (!names)
            return fail(names.error());
        QVector<MessageRow> result;
        QHash<qint64, Talk> talks;
        for (const qint64 key : keys) {
            auto &read = connection.statement(sql.constData());
            const auto found = read.integer(key).step();
            if (!found)
                return fail(found.error());
            if (!*found)
                continue;
            MessageRow row = rows::readMessage(read);
            const qint64 conversation = read.integerAt(3);
            read.done();
            if (!talks.contains(conversation)) {
                const auto talk = talkOf(connection, conversation);
                if (!talk)
                    return fail(talk.error());
                talks.insert(conversation, *talk);
            }
            complete(row, talks.value(conversation), *names);
            result.append(std::move(row));
        }
        return result;
    });
}

Task<Result<Watermark>> Cache::watermark(LocationId location, ContactId contact)
{
    return m_reader->run<Watermark>([location, contact](Connection &connection) -> Result<Watermark> {
        Watermark mark;
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        auto &talks = connection.statement("SELECT key FROM conversations WHERE location=? AND contact=?");
        const auto conversations = rows::keys(talks.integer(*key).text(contact.value));
        if (!conversations)
            return fail(conversations.error());
        struct Seen {
            qint64 date;
            QString id;
        };
        QVector<Seen> seen;
        for (const qint64 conversation : *conversations) {
            auto &read = connection.statement("SELECT date, id FROM messages WHERE conversation=?1 AND id IS NOT NULL AND date >="
                                              " (SELECT MAX(date) FROM messages WHERE conversation=?1 AND id IS NOT NULL) - ?2"
                                              " ORDER BY date DESC, key DESC");
            const Status done = rows::each(read.integer(conversation).integer(recentMs),
                                           [&seen](Statement &row) { seen.append({row.integerAt(0), row.textAt(1)}); });
            if (!done)
                return fail(done.error());
        }
        std::stable_sort(seen.begin(), seen.end(), [](const Seen &a, const Seen &b) { return a.date > b.date; });
        if (seen.isEmpty())
            return mark;
        mark.newestDate = QDateTime::fromMSecsSinceEpoch(seen.constFirst().date, Qt::UTC);
        mark.newestId = seen.constFirst().id;
        for (const Seen &one : std::as_const(seen)) {
            if (one.date >= seen.constFirst().date - recentMs)
                mark.recentIds.append(one.id);
        }
        return mark;
    });
}

} // namespace outrigger::store
