// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "store/connection.h"

using namespace Qt::StringLiterals;

// What is to leave later.
namespace outrigger::store {

namespace {

/// The contact's columns follow the message's.
QByteArray query(const char *condition)
{
    const auto prefixed = [](const char *columns, const char *table) {
        QByteArray all;
        for (const QByteArray &column : QByteArray(columns).split(','))
            all += (all.isEmpty() ? "" : ", ") + QByteArray(table) + '.' + column.trimmed();
        return all;
    };
    return "SELECT " + prefixed(rows::messageColumns, "m") + ", v.id, v.contact FROM messages m"
        + " JOIN conversations v ON v.key=m.conversation WHERE " + condition;
}

ScheduledText read(const Statement &row, const LocationId &location)
{
    ScheduledText text;
    text.row = rows::readMessage(row);
    text.row.message.location = location;
    text.row.message.conversationId = ConversationId(row.textAt(rows::messageColumnCount));
    text.row.message.contactId = ContactId(row.textAt(rows::messageColumnCount + 1));
    return text;
}

Status addContact(Connection &connection, qint64 location, ScheduledText &text)
{
    static const QByteArray sql = QByteArray("SELECT ") + rows::contactColumns + " FROM contacts WHERE location=? AND id=?";
    auto &find = connection.statement(sql.constData());
    return rows::each(find.integer(location).text(text.row.message.contactId.value),
                      [&text](Statement &row) { text.contact = rows::readContact(row, text.row.message.location); });
}

} // namespace

Task<Result<QVector<ScheduledText>>> Cache::scheduled(LocationId location, QVector<RecordId> onTheWay)
{
    return m_reader->run<QVector<ScheduledText>>([location, onTheWay](Connection &connection) -> Result<QVector<ScheduledText>> {
        // The literal word, not a parameter: only that uses the index of the few.
        static const QByteArray kept = query("m.location=? AND m.status='scheduled'");
        static const QByteArray ours = query("m.record=?");
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        QVector<ScheduledText> result;
        Status done = rows::each(connection.statement(kept.constData()).integer(*key), [&](Statement &row) {
            result.append(read(row, location));
            result.last().at = result.last().row.dueAt;
        });
        if (!done)
            return fail(done.error());
        for (const RecordId &record : onTheWay) {
            done = rows::each(connection.statement(ours.constData()).text(record.value),
                              [&](Statement &row) { result.append(read(row, location)); });
            if (!done)
                return fail(done.error());
        }
        for (ScheduledText &text : result) {
            done = addContact(connection, *key, text);
            if (!done)
                return fail(done.error());
        }
        return result;
    });
}

} // namespace outrigger::store
