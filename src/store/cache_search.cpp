// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_search.h"

#include "domain/textfind.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

// One box that finds anything.
namespace outrigger::store {

namespace {

using namespace searching;
constexpr int piecesIn = 20'000;   ///< messages at each end that are read for pieces of words
constexpr int comparedIn = 50'000; ///< and that are compared with operators when there are no words
constexpr int peopleCompared = 500; ///< people with these words who are compared with operators

const char *const messageColumns =
    "SELECT m.key, COALESCE(m.id, 'local:'||m.record), v.id, v.contact, COALESCE(c.name, v.contact_name, v.phone), m.date, m.body"
    " FROM messages m JOIN conversations v ON v.key=m.conversation LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact WHERE ";

/// Only those that have every word of the needle: the index was not asked for the shortest.
Status readMessages(Statement &read, const Question &question, Hits &hits)
{
    return rows::each(read, [&](Statement &row) {
        const qint64 key = row.integerAt(0);
        if (std::any_of(hits.cbegin(), hits.cend(), [key](const Cache::SearchHit &hit) { return hit.key == key; }))
            return;
        const QString body = row.textAt(6);
        if (!question.fits(body))
            return;
        Cache::SearchHit hit;
        hit.kind = u"message"_s;
        hit.key = key;
        hit.message = MessageId(row.textAt(1));
        hit.conversation = ConversationId(row.textAt(2));
        hit.contact = ContactId(row.textAt(3));
        hit.title = row.textAt(4);
        hit.date = row.dateAt(5);
        hit.snippet = textfind::excerpt(body, question.needle, excerptLength);
        hits.append(hit);
    });
}

Condition allOf(const Question &question)
{
    Condition all = ofMessage(question);
    for (const Condition &more : {ofPerson(question), ofChannels(question)}) {
        all.sql += more.sql;
        all.values += more.values;
    }
    return all;
}

/// `index`: messages_fts by beginnings of words, messages_pieces by what is inside them. Scoring would read every match of a
/// common word, so the ends of the index are read instead: the newest messages stand at its end, and, from the first sync,
/// at its beginning.
Status byIndex(Connection &connection, const char *index, const QString &expression, const Question &question, Hits &hits)
{
    const Condition all = allOf(question);
    for (const char *order : {"DESC", "ASC"}) {
        const QByteArray sql = QByteArray(messageColumns) + "m.key IN (SELECT rowid FROM " + index + " WHERE " + index
            + " MATCH ? ORDER BY rowid " + order + " LIMIT ?) AND m.location=?" + all.sql;
        auto &read = connection.statement(sql.constData());
        read.text(expression).integer(question.plain() ? looked : lookedCompared).integer(question.location);
        bind(read, all);
        if (const Status done = readMessages(read, question, hits); !done)
            return done;
    }
    return {};
}

/// One or two letters: no index has them. Scripts without blanks write whole words so. Or no words: only operators.
Status byReading(Connection &connection, const QString &piece, int within, const Question &question, Hits &hits)
{
    const Condition all = allOf(question);
    const QByteArray words = piece.isEmpty() ? QByteArray() : QByteArray(" AND m.body LIKE ? ESCAPE '\\'");
    const QByteArray newest = QByteArray(messageColumns) + "m.key>(SELECT COALESCE(MAX(key), 0) FROM messages)-? AND m.location=?" + words + all.sql
        + " ORDER BY m.key DESC LIMIT ?";
    const QByteArray first = QByteArray(messageColumns) + "m.key<(SELECT COALESCE(MIN(key), 0) FROM messages)+? AND m.location=?" + words + all.sql
        + " ORDER BY m.key LIMIT ?";
    for (const QByteArray &sql : {newest, first}) {
        auto &read = connection.statement(sql.constData());
        read.integer(within).integer(question.location);
        if (!piece.isEmpty())
            read.text(rows::likePattern(piece));
        bind(read, all);
        read.integer(question.limit);
        if (const Status done = readMessages(read, question, hits); !done)
            return done;
    }
    return {};
}

Status byPieces(Connection &connection, const Question &question, Hits &hits)
{
    const QString groups = rows::piecesExpression(question.words.words);
    if (groups.isEmpty())
        return byReading(connection, question.words.words, piecesIn, question, hits);
    return byIndex(connection, "messages_pieces", groups, question, hits);
}

Status readAllMessages(Connection &connection, const Question &question, Hits &hits)
{
    Hits found;
    const QString expression = rows::matchExpression(tellingWords(question.words.words));
    Status done;
    if (!expression.isEmpty()) {
        done = byIndex(connection, "messages_fts", expression, question, found);
        if (done && found.size() < 5)
            done = byPieces(connection, question, found);
    } else if (!question.plain() && question.needles.isEmpty()) {
        done = byReading(connection, {}, comparedIn, question, found);
    } else if (!question.plain()) {
        done = byReading(connection, question.words.words, comparedIn, question, found);
    }
    if (!done)
        return done;
    std::stable_sort(found.begin(), found.end(), [](const Cache::SearchHit &a, const Cache::SearchHit &b) { return a.date > b.date; });
    int left = question.limit;
    for (const Cache::SearchHit &hit : std::as_const(found)) {
        const bool told = std::any_of(hits.cbegin(), hits.cend(), [&hit](const Cache::SearchHit &one) { return one.key == hit.key && (one.kind == "email"_L1 || one.kind == "call"_L1); });
        if (!told && left-- > 0)
            hits.append(hit);
    }
    return {};
}

/// People by operators: those whom the words found, or all.
Status readPeople(Connection &connection, const Question &question, const QVector<ContactHit> &found, Hits &hits)
{
    QJsonArray keys;
    for (const ContactHit &one : found)
        keys.append(one.key);
    const Condition person = ofPerson(question);
    const bool words = !question.words.words.isEmpty();
    const QByteArray sql = QByteArray("SELECT c.id, c.name, COALESCE(c.phone, ''), COALESCE(c.email, '') FROM contacts c WHERE c.location=?")
        + (words ? " AND c.key IN (SELECT value FROM json_each(?))" : "") + person.sql + " ORDER BY c.name LIMIT ?";
    auto &read = connection.statement(sql.constData());
    read.integer(question.location);
    if (words)
        read.text(QString::fromUtf8(QJsonDocument(keys).toJson(QJsonDocument::Compact)));
    bind(read, person);
    read.integer(question.limit);
    return rows::each(read, [&hits](Statement &row) {
        Cache::SearchHit hit;
        hit.kind = u"contact"_s;
        hit.contact = ContactId(row.textAt(0));
        hit.title = row.textAt(1);
        hit.snippet = QStringList{row.textAt(2), row.textAt(3)}.join(u' ').trimmed();
        hits.append(hit);
    });
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

/// Ids of those whose name has this piece.
QStringList namedUsers(const ReferenceData &reference, const QString &piece)
{
    QStringList ids;
    for (const User &user : reference.users) {
        const QString name = user.name.isEmpty() ? user.firstName + u' ' + user.lastName : user.name;
        if (name.contains(piece, Qt::CaseInsensitive))
            ids.append(user.id.value);
    }
    return ids;
}

QStringList namedStages(const ReferenceData &reference, const QStringList &pieces)
{
    QStringList ids;
    for (const Pipeline &pipeline : reference.pipelines.value_or(QVector<Pipeline>())) {
        for (const Stage &stage : pipeline.stages) {
            if (std::any_of(pieces.begin(), pieces.end(), [&](const QString &piece) { return stage.name.contains(piece, Qt::CaseInsensitive); }))
                ids.append(stage.id.value);
        }
    }
    return ids;
}

} // namespace

Task<Result<Hits>> Cache::search(LocationId location, QString text, QString region, int limit)
{
    static const QRegularExpression between(u"[^\\w]+"_s, QRegularExpression::UseUnicodePropertiesOption);
    Question question;
    question.words = SearchWords::parse(text.simplified(), m_clock->now().toTimeZone(QTimeZone::systemTimeZone()).date());
    question.now = now();
    question.limit = limit;
    question.needle = textfind::folded(question.words.words);
    question.needles = question.needle.split(between, Qt::SkipEmptyParts);
    const SearchWords words = question.words;
    if (!words.stages.isEmpty() || !words.owner.isEmpty()) {
        auto learning = reference(location);
        const auto known = co_await learning;
        if (!known)
            co_return fail(known.error());
        question.owners = words.owner.startsWith(u'=') ? QStringList{words.owner.mid(1)} : namedUsers(*known, words.owner);
        question.stages = namedStages(*known, words.stages);
    }
    QVector<ContactHit> people;
    if (words.wants("people") && !words.words.isEmpty()) {
        auto finding = findContacts(location, words.words, region, question.plain() ? limit : peopleCompared);
        auto found = co_await finding;
        if (!found)
            co_return fail(found.error());
        people = std::move(*found);
    }
    Hits hits;
    if (question.plain()) {
        for (const ContactHit &contact : std::as_const(people))
            hits.append(asHit(contact));
    }
    auto reading = m_reader->run<Hits>([location, question, people, hits](Connection &connection) mutable -> Result<Hits> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        question.location = *key;
        const SearchWords &asked = question.words;
        Status done;
        if (!question.plain() && asked.wants("people"))
            done = readPeople(connection, question, people, hits);
        if (done)
            done = readTexts(connection, question, hits);
        if (done && (asked.wants("messages") || asked.wants("emails") || asked.wants("calls")))
            done = readAllMessages(connection, question, hits);
        if (!done)
            return fail(done.error());
        return hits;
    });
    co_return co_await reading;
}

Task<Result<Hits>> Cache::searchMessages(LocationId location, QString words, int limit)
{
    return search(location, u"in:messages "_s + words, {}, limit);
}

Task<Result<Hits>> Cache::searchDeals(LocationId location, QString words, int limit)
{
    return search(location, u"in:deals "_s + words, {}, limit);
}

} // namespace outrigger::store
