// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "domain/phone.h"

#include <QSet>

using namespace Qt::StringLiterals;

// What belongs to contacts, for questions before an act and for files.
namespace outrigger::store {

namespace {

constexpr int twinsShown = 5;

/// The same number without its country or with an odd prefix. Fewer digits than a number with its area code has are no
/// number: everybody on one exchange would be a twin.
bool endAlike(const QString &one, const QString &other)
{
    constexpr qsizetype whole = 9;
    const QString a = rows::reversedDigits(one), b = rows::reversedDigits(other);
    const qsizetype shared = std::min(a.size(), b.size());
    return shared >= whole && a.left(shared) == b.left(shared);
}

} // namespace

Task<Result<QVector<ContactHit>>> Cache::twinsOf(LocationId location, Contact contact, QString region)
{
    QVector<ContactHit> twins;
    QSet<QString> seen{contact.id.value};
    const auto take = [&](const Result<QVector<ContactHit>> &hits, const std::function<bool(const ContactHit &)> &fits) {
        if (!hits)
            return;
        for (const ContactHit &hit : *hits) {
            if (twins.size() < twinsShown && !seen.contains(hit.id.value) && fits(hit)) {
                seen.insert(hit.id.value);
                twins.append(hit);
            }
        }
    };
    QStringList numbers = contact.additionalPhones;
    numbers.prepend(contact.phone);
    numbers.removeAll(QString());
    for (const QString &number : std::as_const(numbers)) {
        auto search = findContacts(location, number, region, 10);
        const auto hits = co_await search;
        take(hits, [&number](const ContactHit &hit) { return hit.match == ContactHit::Match::Exact || endAlike(hit.phone, number); });
    }
    QStringList addresses = contact.additionalEmails;
    addresses.prepend(contact.email);
    addresses.removeAll(QString());
    for (const QString &address : std::as_const(addresses)) {
        auto search = findContacts(location, address, region, 10);
        const auto hits = co_await search;
        take(hits, [](const ContactHit &hit) { return hit.match == ContactHit::Match::Exact; });
    }
    const QString name = (contact.firstName + u' ' + contact.lastName).trimmed();
    if (!contact.firstName.isEmpty() && !contact.lastName.isEmpty()) {
        auto search = findContacts(location, name, region, 10);
        const auto hits = co_await search;
        take(hits, [&](const ContactHit &hit) {
            return hit.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    }
    co_return twins;
}

Task<Result<Cache::Consequences>> Cache::consequences(LocationId location, ContactId id)
{
    return m_reader->run<Consequences>([location, id](Connection &connection) -> Result<Consequences> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        Consequences result;
        auto &read = connection.statement(
            "SELECT (SELECT COUNT(*) FROM messages WHERE conversation IN (SELECT key FROM conversations WHERE location=?1 AND contact=?2)),"
            " (SELECT COUNT(*) FROM opportunities WHERE location=?1 AND contact=?2), (SELECT COUNT(*) FROM events WHERE location=?1 AND contact=?2)");
        const auto found = read.integer(*key).text(id.value).step();
        if (!found)
            return fail(found.error());
        result = {int(read.integerAt(0)), int(read.integerAt(1)), int(read.integerAt(2))};
        read.done();
        return result;
    });
}

Task<Result<QVector<Cache::ExportMessage>>> Cache::messagesAfter(LocationId location, qint64 key, int limit)
{
    return m_reader->run<QVector<ExportMessage>>([location, key, limit](Connection &connection) -> Result<QVector<ExportMessage>> {
        const auto home = rows::locationKey(connection, location);
        if (!home)
            return fail(home.error());
        QVector<ExportMessage> result;
        QVector<qint64> talks;
        static const QByteArray sql = QByteArray("SELECT ") + rows::messageColumns + " FROM messages WHERE location=? AND id IS NOT NULL AND key>? ORDER BY key LIMIT ?";
        auto &read = connection.statement(sql.constData());
        Status done = rows::each(read.integer(*home).integer(key).integer(limit), [&](Statement &row) {
            ExportMessage one;
            talks.append(row.integerAt(3));
            MessageRow message = rows::readMessage(row);
            one.key = message.key;
            one.message = std::move(message.message);
            result.append(std::move(one));
        });
        if (!done)
            return fail(done.error());
        struct Talk {
            QString id;
            QString contact;
            QString name;
        };
        QHash<qint64, Talk> known;
        for (qsizetype i = 0; i < result.size(); ++i) {
            if (!known.contains(talks[i])) {
                Talk talk;
                auto &who = connection.statement("SELECT v.id, v.contact, COALESCE(c.name, v.contact_name) FROM conversations v"
                                                 " LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact WHERE v.key=?");
                done = rows::each(who.integer(talks[i]), [&talk](Statement &row) { talk = {row.textAt(0), row.textAt(1), row.textAt(2)}; });
                if (!done)
                    return fail(done.error());
                known.insert(talks[i], talk);
            }
            const Talk &talk = known[talks[i]];
            result[i].message.conversationId = ConversationId(talk.id);
            result[i].contact = ContactId(talk.contact);
            result[i].contactName = talk.name;
        }
        return result;
    });
}

Task<Result<QVector<DealRow>>> Cache::dealsAfter(LocationId location, qint64 key, int limit)
{
    auto listing = m_reader->run<QVector<qint64>>([location, key, limit](Connection &connection) -> Result<QVector<qint64>> {
        const auto home = rows::locationKey(connection, location);
        if (!home)
            return fail(home.error());
        auto &read = connection.statement("SELECT key FROM opportunities WHERE location=? AND key>? AND hidden=0 ORDER BY key LIMIT ?");
        return rows::keys(read.integer(*home).integer(key).integer(limit));
    });
    const auto keys = co_await listing;
    if (!keys)
        co_return fail(keys.error());
    auto reading = dealRows(*keys);
    co_return co_await reading;
}

} // namespace outrigger::store
