// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_search.h"

#include "domain/noteplace.h"
#include "domain/textfind.h"
#include "store/cache_write.h"
#include "store/coverage.h"

using namespace Qt::StringLiterals;

// Notes, tasks, deals, appointments, e-mails and calls: what they say lies in `texts`, which triggers keep.
namespace outrigger::store {

namespace searching {

namespace {

struct TextKind {
    int number;
    const char *word; ///< of in:
    const char *hit;
    /// id, contact, title, date, and where the message is for 5 and 6: conversation id. `c` is the contact.
    const char *sql;
};

constexpr TextKind textKinds[] = {
    {1, "tasks", "task", "SELECT COALESCE(x.id, 'local:'||x.record), x.contact, x.title, COALESCE(x.due, x.date_added), '' FROM tasks x"
                         " LEFT JOIN contacts c ON c.location=x.location AND c.id=x.contact WHERE x.key=?"},
    {2, "notes", "note", "SELECT COALESCE(x.id, 'local:'||x.record), x.contact, COALESCE(x.title, ''), x.date_added, '' FROM notes x"
                         // A note on an appointment has the contact and the appointment in this column (domain/noteplace).
                         " LEFT JOIN contacts c ON c.location=x.location AND c.id=CASE WHEN instr(x.contact, '@')>0"
                         " THEN substr(x.contact, 1, instr(x.contact, '@')-1) ELSE x.contact END WHERE x.key=?"},
    {3, "appointments", "appointment", "SELECT COALESCE(x.id, 'local:'||x.record), x.contact, COALESCE(x.title, ''), x.start, '' FROM events x"
                                       " LEFT JOIN contacts c ON c.location=x.location AND c.id=x.contact WHERE x.key=?"},
    {4, "deals", "deal", "SELECT x.id, x.contact, x.name, x.moved_at, '' FROM opportunities x"
                         " LEFT JOIN contacts c ON c.location=x.location AND c.id=x.contact WHERE x.hidden=0 AND x.key=?"},
    {5, "emails", "email", "SELECT COALESCE(m.id, 'local:'||m.record), v.contact, '', m.date, v.id FROM messages m JOIN conversations v ON v.key=m.conversation"
                           " LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact WHERE m.key=?"},
    {6, "calls", "call", "SELECT COALESCE(m.id, 'local:'||m.record), v.contact, '', m.date, v.id FROM messages m JOIN conversations v ON v.key=m.conversation"
                         " LEFT JOIN contacts c ON c.location=v.location AND c.id=v.contact WHERE m.key=?"},
};

const TextKind *kindOf(qint64 number)
{
    for (const TextKind &kind : textKinds) {
        if (kind.number == number)
            return &kind;
    }
    return nullptr;
}

struct Found {
    qint64 kind = 0;
    qint64 source = 0;
    QString body;
};

Status collect(Statement &read, const Question &question, QVector<Found> &found)
{
    return rows::each(read, [&](Statement &row) {
        const Found one{row.integerAt(0), row.integerAt(1), row.textAt(2)};
        const TextKind *kind = kindOf(one.kind);
        if (!kind || !question.words.wants(kind->word) || !question.fits(one.body))
            return;
        for (const Found &known : std::as_const(found)) {
            if (known.kind == one.kind && known.source == one.source)
                return;
        }
        found.append(one);
    });
}

Status byIndex(Connection &connection, const char *index, const QString &expression, const Question &question, QVector<Found> &found)
{
    for (const char *order : {"DESC", "ASC"}) {
        const QByteArray sql = QByteArray("SELECT t.kind, t.source, t.body FROM texts t WHERE t.key IN (SELECT rowid FROM ") + index + " WHERE " + index
            + " MATCH ? ORDER BY rowid " + order + " LIMIT ?) AND t.location=?";
        const int most = question.plain() ? looked : lookedCompared;
        const Status done = collect(connection.statement(sql.constData()).text(expression).integer(most).integer(question.location), question, found);
        if (!done)
            return done;
    }
    return {};
}

/// One or two characters, or no words at all.
Status byReading(Connection &connection, const QString &piece, const Question &question, QVector<Found> &found)
{
    auto &read = connection.statement("SELECT kind, source, body FROM texts WHERE location=? AND body LIKE ? ESCAPE '\\' ORDER BY key DESC LIMIT ?");
    return collect(read.integer(question.location).text(rows::likePattern(piece)).integer(lookedCompared), question, found);
}

/// A note on an appointment leads to the appointment: that is where it is read.
Status placeNote(Connection &connection, const Question &question, Cache::SearchHit &hit)
{
    const AppointmentId appointment = noteplace::appointmentOf(hit.contact);
    if (appointment.isEmpty())
        return {};
    hit.contact = noteplace::contactOf(hit.contact);
    auto &read = connection.statement("SELECT key, COALESCE(title, ''), start FROM events WHERE location=? AND id=?");
    return rows::each(read.integer(question.location).text(appointment.value), [&](Statement &row) {
        hit.kind = u"appointment"_s;
        hit.key = row.integerAt(0);
        hit.message = MessageId(appointment.value);
        hit.title = row.textAt(1).simplified();
        hit.date = row.dateAt(2);
    });
}

/// The row that says it, when operators allow it.
Status complete(Connection &connection, const Question &question, const Found &one, Hits &hits)
{
    const TextKind *kind = kindOf(one.kind);
    const bool message = one.kind >= 5;
    Condition condition = ofPerson(question);
    if (message) {
        const Condition more = ofMessage(question);
        condition.sql += more.sql;
        condition.values += more.values;
    } else {
        addDates(condition, question, one.kind == 1 ? "COALESCE(x.due, x.date_added)" : one.kind == 2 ? "x.date_added" : one.kind == 3 ? "x.start" : "x.moved_at");
    }
    const QByteArray sql = kind->sql + condition.sql;
    Cache::SearchHit hit;
    bool there = false;
    auto &read = connection.statement(sql.constData());
    read.integer(one.source);
    bind(read, condition);
    const Status done = rows::each(read, [&](Statement &row) {
        there = true;
        hit.kind = QString::fromLatin1(kind->hit);
        hit.message = MessageId(row.textAt(0));
        hit.key = one.source;
        hit.contact = ContactId(row.textAt(1));
        hit.title = row.textAt(2).simplified();
        hit.date = row.dateAt(3);
        if (message) {
            hit.conversation = ConversationId(row.textAt(4));
        } else if (one.kind == 4) {
            hit.deal = OpportunityId(row.textAt(0));
            hit.key = 0;
        }
    });
    if (!done || !there)
        return done;
    const QString own = hit.title;
    if (const Status placed = placeNote(connection, question, hit); !placed)
        return placed;
    QString name;
    auto &naming = connection.statement("SELECT name FROM contacts WHERE location=? AND id=?");
    const Status named = rows::each(naming.integer(question.location).text(hit.contact.value), [&name](Statement &row) { name = row.textAt(0); });
    if (!named)
        return named;
    const bool titled = !hit.title.isEmpty();
    // The title's own line is not said twice.
    const QString rest = !own.isEmpty() && !message ? one.body.section(u'\n', 1) : one.body;
    hit.snippet = textfind::excerpt(rest.trimmed(), question.needle, excerptLength);
    if (!titled)
        hit.title = name;
    else if (!name.isEmpty() && one.kind != 4)
        hit.snippet = hit.snippet.isEmpty() ? name : name + u" · "_s + hit.snippet;
    else if (one.kind == 4)
        hit.snippet = name.isEmpty() ? one.body.section(u'\n', 1, 1) : name;
    hits.append(hit);
    return {};
}

} // namespace

Status readTexts(Connection &connection, const Question &question, Hits &hits)
{
    QVector<Found> found;
    Status done;
    const QString text = question.words.words;
    const QString expression = rows::matchExpression(tellingWords(text));
    if (question.needles.isEmpty()) {
        if (!text.isEmpty() || question.words.isPlain())
            return {};
        done = byReading(connection, QString(), question, found);
    } else if (expression.isEmpty()) {
        // One letter says nothing; one character of a script without blanks may be a word.
        if (text.size() >= 2)
            done = byReading(connection, text, question, found);
    } else {
        done = byIndex(connection, "texts_words", expression, question, found);
        if (done && found.size() < 5) {
            const QString groups = rows::piecesExpression(text);
            done = groups.isEmpty() ? byReading(connection, text, question, found) : byIndex(connection, "texts_pieces", groups, question, found);
        }
    }
    if (!done)
        return done;
    const qsizetype first = hits.size();
    for (const Found &one : std::as_const(found)) {
        if (const Status told = complete(connection, question, one, hits); !told)
            return told;
    }
    std::stable_sort(hits.begin() + first, hits.end(), [](const Cache::SearchHit &a, const Cache::SearchHit &b) { return a.date > b.date; });
    QHash<QString, int> counts;
    hits.erase(std::remove_if(hits.begin() + first, hits.end(), [&](const Cache::SearchHit &hit) { return ++counts[hit.kind] > question.limit; }), hits.end());
    return {};
}

Status putText(Connection &connection, qint64 location, int kind, qint64 source, const QString &body)
{
    if (body.trimmed().isEmpty())
        return {};
    return connection.statement("INSERT INTO texts(location, kind, source, body) VALUES(?,?,?,?) ON CONFLICT(kind, source) DO UPDATE SET body=excluded.body"
                                " WHERE body<>excluded.body")
        .integer(location).integer(kind).integer(source).text(body.left(textLimit)).run();
}

} // namespace searching

Task<Status> putTranscript(Cache &cache, LocationId location, MessageId message, QString words)
{
    return cache.writer().run<void>([location, message, words](Connection &connection) -> Status {
        CacheWriter writer(connection, location, 0);
        if (const Status begun = writer.begin(); !begun)
            return begun;
        const auto key = writer.messageKey(message.value);
        if (!key)
            return fail(key.error());
        if (*key) {
            if (const Status put = searching::putText(connection, writer.location(), searching::callText, *key, words); !put)
                return put;
        }
        const auto done = writer.commit();
        return done ? Status() : fail(done.error());
    });
}

Task<Result<SearchCoverage>> searchCoverage(Cache &cache, LocationId location)
{
    return cache.reader().run<SearchCoverage>([location](Connection &connection) -> Result<SearchCoverage> {
        const auto key = rows::locationKey(connection, location);
        if (!key)
            return fail(key.error());
        SearchCoverage coverage;
        auto &cursors = connection.statement("SELECT COUNT(*) FROM cursors WHERE location=? AND feed='messages' AND complete<>0");
        Status done = rows::each(cursors.integer(*key), [&](Statement &row) { coverage.allMessages = row.integerAt(0) > 0; });
        if (!done)
            return fail(done.error());
        if (!coverage.allMessages) {
            // The first sweep goes back in time, so what came last is the oldest that there is.
            auto &oldest = connection.statement("SELECT MIN(date) FROM (SELECT date FROM messages WHERE location=? AND id IS NOT NULL ORDER BY key DESC LIMIT 200)");
            done = rows::each(oldest.integer(*key), [&](Statement &row) { coverage.messagesBackTo = row.dateAt(0); });
            if (!done)
                return fail(done.error());
        }
        auto &texts = connection.statement("SELECT (SELECT COUNT(DISTINCT contact) FROM notes WHERE location=?1),"
                                           " (SELECT COUNT(*) FROM texts WHERE location=?1 AND kind=5), (SELECT COUNT(*) FROM texts WHERE location=?1 AND kind=6)");
        done = rows::each(texts.integer(*key), [&](Statement &row) {
            coverage.noteLeads = row.integerAt(0);
            coverage.emails = row.integerAt(1);
            coverage.transcripts = row.integerAt(2);
        });
        if (!done)
            return fail(done.error());
        return coverage;
    });
}

} // namespace outrigger::store
