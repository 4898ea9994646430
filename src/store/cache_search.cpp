// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/textfind.h"
#include "store/cache_rows.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

// One box that finds anything.
namespace outrigger::store {

namespace {

constexpr int looked = 150;     ///< matches read from each end of the index; the newest of them are shown
constexpr int piecesIn = 20'000; ///< messages at each end that are read for pieces of words
constexpr int excerptLength = 110;

using Hits = QVector<Cache::SearchHit>;

const char *const messageColumns =
    "SELECT m.key, COALESCE(m.id, 'local:'||m.record), v.id, v.contact, COALESCE(c.name, v.contact_name, v.phone), m.date, m.body"
    " FROM messages m JOIN conversations v ON v.key=m.conversation LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact WHERE ";

/// Only those that have every word of the needle: the index was not asked for the shortest.
Status readMessages(Statement &read, const QString &needle, Hits &hits)
{
    static const QRegularExpression between(u"[^\\w]+"_s, QRegularExpression::UseUnicodePropertiesOption);
    const QStringList words = needle.split(between, Qt::SkipEmptyParts);
    return rows::each(read, [&](Statement &row) {
        const qint64 key = row.integerAt(0);
        if (std::any_of(hits.cbegin(), hits.cend(), [key](const Cache::SearchHit &hit) { return hit.key == key; }))
            return;
        const QString body = row.textAt(6);
        const QString folded = textfind::folded(body);
        if (!std::all_of(words.begin(), words.end(), [&folded](const QString &word) { return folded.contains(word); }))
            return;
        Cache::SearchHit hit;
        hit.kind = u"message"_s;
        hit.key = key;
        hit.message = MessageId(row.textAt(1));
        hit.conversation = ConversationId(row.textAt(2));
        hit.contact = ContactId(row.textAt(3));
        hit.title = row.textAt(4);
        hit.date = row.dateAt(5);
        hit.snippet = textfind::excerpt(body, needle, excerptLength);
        hits.append(hit);
    });
}

/// `index`: messages_fts by beginnings of words, messages_pieces by what is inside them. Scoring would read every match of a
/// common word, so the ends of the index are read instead: the newest messages stand at its end, and, from the first sync,
/// at its beginning.
Status byIndex(Connection &connection, const char *index, qint64 location, const QString &expression, const QString &needle, Hits &hits)
{
    for (const char *order : {"DESC", "ASC"}) {
        const QByteArray sql = QByteArray(messageColumns) + "m.key IN (SELECT rowid FROM " + index + " WHERE " + index
            + " MATCH ? ORDER BY rowid " + order + " LIMIT ?) AND m.location=?";
        const Status done = readMessages(connection.statement(sql.constData()).text(expression).integer(looked).integer(location), needle, hits);
        if (!done)
            return done;
    }
    return {};
}

/// One or two letters: no index has them. Scripts without blanks write whole words so.
Status byReading(Connection &connection, qint64 location, const QString &piece, int limit, const QString &needle, Hits &hits)
{
    static const QByteArray newest = QByteArray(messageColumns)
        + "m.key>(SELECT COALESCE(MAX(key), 0) FROM messages)-? AND m.location=? AND m.body LIKE ? ESCAPE '\\' ORDER BY m.key DESC LIMIT ?";
    static const QByteArray first = QByteArray(messageColumns)
        + "m.key<(SELECT COALESCE(MIN(key), 0) FROM messages)+? AND m.location=? AND m.body LIKE ? ESCAPE '\\' ORDER BY m.key LIMIT ?";
    for (const QByteArray &sql : {newest, first}) {
        auto &read = connection.statement(sql.constData());
        const Status done = readMessages(read.integer(piecesIn).integer(location).text(rows::likePattern(piece)).integer(limit), needle, hits);
        if (!done)
            return done;
    }
    return {};
}

Status byPieces(Connection &connection, qint64 location, const QString &text, int limit, const QString &needle, Hits &hits)
{
    const QString groups = rows::piecesExpression(text);
    if (groups.isEmpty())
        return byReading(connection, location, text, limit, needle, hits);
    return byIndex(connection, "messages_pieces", location, groups, needle, hits);
}

/// What the index of beginnings is asked for. One or two Latin letters begin half of all words, and looking for "w*" beside
/// a long word costs 40 ms among a million messages: they are left out, and the rows that were found are judged by them.
QString tellingWords(const QString &words)
{
    QStringList telling;
    for (const QString &word : words.split(u' ', Qt::SkipEmptyParts)) {
        const bool latin = std::all_of(word.cbegin(), word.cend(), [](QChar c) { return c.unicode() < 0x250 && !c.isDigit(); });
        if (!latin || word.size() >= 3)
            telling.append(word);
    }
    return telling.join(u' ');
}

Cache::SearchHit asHit(const ContactHit &contact)
{
    Cache::SearchHit hit;
    hit.kind = u"contact"_s;
    hit.contact = contact.id;
    hit.title = contact.name;
    hit.snippet = QStringList{contact.phone, contact.email}.join(u' ').trimmed();
    hit.date = contact.lastTexted;
    return hit;
}

} // namespace

Task<Result<Hits>> Cache::searchMessages(LocationId location, QString words, int limit)
{
    return m_reader->run<Hits>([location, words, limit](Connection &connection) -> Result<Hits> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        Hits hits;
        const QString text = words.simplified();
        const QString expression = rows::matchExpression(tellingWords(text));
        if (expression.isEmpty())
            return hits;
        const QString needle = textfind::folded(text);
        if (const Status done = byIndex(connection, "messages_fts", *key, expression, needle, hits); !done)
            return fail(done.error());
        if (hits.size() < 5) {
            if (const Status done = byPieces(connection, *key, text, limit, needle, hits); !done)
                return fail(done.error());
        }
        std::stable_sort(hits.begin(), hits.end(), [](const SearchHit &a, const SearchHit &b) { return a.date > b.date; });
        hits.resize(std::min<qsizetype>(hits.size(), limit));
        return hits;
    });
}

Task<Result<Hits>> Cache::searchDeals(LocationId location, QString words, int limit)
{
    return m_reader->run<Hits>([location, words, limit](Connection &connection) -> Result<Hits> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        Hits hits;
        const QString text = words.simplified();
        if (text.size() < 2)
            return hits;
        auto &read = connection.statement("SELECT id, contact, name, COALESCE(contact_name, ''), moved_at FROM opportunities"
                                          " WHERE location=? AND hidden=0 AND name LIKE ? ESCAPE '\\' ORDER BY status, moved_at DESC LIMIT ?");
        const Status done = rows::each(read.integer(*key).text(rows::likePattern(text)).integer(limit), [&hits](Statement &row) {
            SearchHit hit;
            hit.kind = u"deal"_s;
            hit.deal = OpportunityId(row.textAt(0));
            hit.contact = ContactId(row.textAt(1));
            hit.title = row.textAt(2);
            hit.snippet = row.textAt(3);
            hit.date = row.dateAt(4);
            hits.append(hit);
        });
        if (!done)
            return fail(done.error());
        return hits;
    });
}

Task<Result<Hits>> Cache::search(LocationId location, QString words, QString region, int limit)
{
    auto finding = findContacts(location, words, region, limit);
    const auto contacts = co_await finding;
    if (!contacts)
        co_return fail(contacts.error());
    Hits hits;
    for (const ContactHit &contact : *contacts)
        hits.append(asHit(contact));
    auto dealing = searchDeals(location, words, limit);
    const auto deals = co_await dealing;
    if (!deals)
        co_return fail(deals.error());
    hits += *deals;
    auto reading = searchMessages(location, words, limit);
    const auto messages = co_await reading;
    if (!messages)
        co_return fail(messages.error());
    hits += *messages;
    co_return hits;
}

} // namespace outrigger::store
