// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "domain/messagestate.h"
#include "store/connection.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

// What the send guard asks of the cache: their words, our failures, and how old all that is.
namespace outrigger::store {

namespace {

constexpr int heardFrom = 300; ///< messages back; an older wish to stop is in HighLevel's own settings by now

/// Newest first. Failures count until something has arrived in either direction: then the number works again.
void take(SendFacts &facts, const MessageRow &row, bool &arrived)
{
    const Message &m = row.message;
    noteTalk(facts.talks, m);
    if (m.channel != Channel::Sms)
        return;
    if (m.direction == Direction::Inbound) {
        arrived = true;
        if (facts.heard.size() < SendFacts::most)
            facts.heard.append({m.body, m.dateAdded});
        return;
    }
    const bool left = !m.id.isEmpty();
    facts.textedBefore = facts.textedBefore || left;
    if (row.state == MessageState::Delivered || row.state == MessageState::Read)
        arrived = true;
    else if (left && row.state == MessageState::Failed && !arrived && facts.failed.size() < SendFacts::most)
        facts.failed.append({m.error.isEmpty() ? row.reason : m.error, m.to, m.dateAdded});
}

} // namespace

Task<Result<SendFacts>> Cache::sendFacts(LocationId location, ContactId contact)
{
    return m_reader->run<SendFacts>([location, contact](Connection &connection) -> Result<SendFacts> {
        SendFacts facts;
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        static const QByteArray sql = QByteArray("SELECT ") + rows::messageColumns
            + " FROM messages WHERE conversation IN (SELECT key FROM conversations WHERE location=? AND contact=?)"
              " ORDER BY date DESC, key DESC LIMIT ?";
        bool arrived = false;
        auto &read = connection.statement(sql.constData());
        Status done = rows::each(read.integer(*key).text(contact.value).integer(heardFrom),
                                 [&](Statement &row) { take(facts, rows::readMessage(row), arrived); });
        if (!done)
            return fail(done.error());
        auto &feed = connection.statement("SELECT last_success FROM cursors WHERE location=? AND feed='contacts'");
        done = rows::each(feed.integer(*key), [&facts](Statement &row) { facts.readAt = row.dateAt(0); });
        if (!done)
            return fail(done.error());
        auto &home = connection.statement("SELECT data FROM reference WHERE location=? AND part='location'");
        done = rows::each(home.integer(*key), [&facts](Statement &row) {
            facts.locationZone = QJsonDocument::fromJson(row.utf8At(0)).object()["timezone"_L1].toString();
        });
        if (!done)
            return fail(done.error());
        facts.known = true;
        return facts;
    });
}

Task<Result<bool>> Cache::hasFailed(LocationId location, MessageId id)
{
    return m_reader->run<bool>([location, id](Connection &connection) -> Result<bool> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        bool failed = false;
        auto &read = connection.statement("SELECT status FROM messages WHERE location=? AND id=?");
        const Status done = rows::each(read.integer(*key).text(id.value),
                                       [&failed](Statement &row) { failed = stateFromServer(row.textAt(0)) == MessageState::Failed; });
        if (!done)
            return fail(done.error());
        return failed;
    });
}

} // namespace outrigger::store
