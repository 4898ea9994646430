// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/messagestate.h"
#include "store/cache_rows.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// What came while nobody looked.
namespace outrigger::store {

namespace {

AwayNews::Lead leadOf(const Statement &row)
{
    return {ContactId(row.textAt(0)), row.textAt(1), row.dateAt(2)};
}

} // namespace

Task<Result<AwayNews>> Cache::awayNews(LocationId location, QDateTime since)
{
    return m_reader->run<AwayNews>([location, since](Connection &connection) -> Result<AwayNews> {
        AwayNews news;
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        const qint64 from = since.toMSecsSinceEpoch();
        // First the conversations in which something happened: of those there are few.
        auto &waiting = connection.statement(
            "SELECT v.contact, COALESCE(c.name, v.contact_name, v.phone, v.email), COALESCE((SELECT MIN(m.date) FROM messages m"
            " WHERE m.conversation=v.key AND m.date>?2 AND m.direction=?3 AND m.channel<>?4), v.place_date), v.by_hand,"
            " COALESCE(c.date_added, v.date_added, 0) > ?2 FROM conversations v LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact"
            " WHERE v.location=?1 AND v.deleted=0 AND v.place_date>?2 AND v.in_date>?2 AND v.waits=1 ORDER BY 3");
        waiting.integer(*key).integer(from).integer(int(Direction::Inbound)).integer(int(Channel::Activity));
        Status done = rows::each(waiting, [&news](Statement &row) {
            const bool fresh = row.integerAt(3) == 0 && row.integerAt(4) != 0;
            (fresh ? news.newLeads : news.replies).append(leadOf(row));
        });
        if (!done)
            return fail(done.error());
        auto &failed = connection.statement(
            "SELECT v.contact, COALESCE(c.name, v.contact_name, v.phone, v.email), v.place_date FROM conversations v"
            " LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact"
            " WHERE v.location=?1 AND v.deleted=0 AND v.place_date>?2 AND v.last_state=?3 ORDER BY v.place_date");
        done = rows::each(failed.integer(*key).integer(from).text(stateKey(MessageState::Failed)),
                          [&news](Statement &row) { news.failed.append(leadOf(row)); });
        if (!done)
            return fail(done.error());
        auto &count = connection.statement("SELECT COUNT(*) FROM messages m JOIN conversations v ON v.key=m.conversation WHERE v.location=?1"
                                           " AND v.deleted=0 AND v.place_date>?2 AND m.date>?2 AND m.direction=?3 AND m.channel<>?4");
        done = rows::each(count.integer(*key).integer(from).integer(int(Direction::Inbound)).integer(int(Channel::Activity)),
                          [&news](Statement &row) { news.messages = int(row.integerAt(0)); });
        if (!done)
            return fail(done.error());
        return news;
    });
}

} // namespace outrigger::store
