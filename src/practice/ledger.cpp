// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ledger.h"

#include "practice/jsonout.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace outrigger::practice
{

namespace
{
constexpr size_t mostKept = 200'000;
constexpr qint64 mostAnswerBytes = 64LL << 20;
}

bool globMatches(const QString &glob, const QString &text)
{
    if (glob.isEmpty() || glob == u"*")
        return true;
    const QStringList parts = glob.split(u'*');
    if (parts.size() == 1)
        return glob == text;
    if (!text.startsWith(parts.first()))
        return false;
    qsizetype at = parts.first().size();
    for (qsizetype i = 1; i + 1 < parts.size(); ++i) {
        const qsizetype found = text.indexOf(parts[i], at);
        if (found < 0)
            return false;
        at = found + parts[i].size();
    }
    return text.size() - at >= parts.last().size() && text.endsWith(parts.last());
}

quint64 Ledger::open(const http::Request &request, qint64 time, bool changing, const QString &operation)
{
    if (!changing && !m_everything)
        return 0;
    if (m_entries.size() >= mostKept)
        m_entries.erase(m_entries.begin(), m_entries.begin() + mostKept / 4); // their answers stay counted
    Entry entry;
    entry.sequence = ++m_last;
    entry.time = time;
    entry.method = request.method;
    entry.path = request.path;
    entry.query = request.query;
    entry.version = request.header("version");
    entry.contentType = request.header("content-type");
    entry.body = request.body;
    // The secrets of the token call are not for reading, not even here.
    if (request.path.startsWith(u"/oauth/"))
        entry.body = "(form)";
    if (request.header("content-type").toLower().startsWith("multipart/"))
        entry.body = "(" + QByteArray::number(request.body.size()) + " bytes of a form with files)";
    entry.connection = request.connection;
    entry.changing = changing;
    entry.operation = operation;
    m_entries.push_back(std::move(entry));
    return m_last;
}

Ledger::Entry *Ledger::find(quint64 sequence)
{
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), sequence,
                                     [](const Entry &e, quint64 s) { return e.sequence < s; });
    return at != m_entries.end() && at->sequence == sequence ? &*at : nullptr;
}

void Ledger::close(quint64 sequence, int status, bool applied, const QString &made)
{
    if (Entry *entry = find(sequence)) {
        entry->status = status;
        entry->applied = applied;
        entry->made = made;
    }
}

void Ledger::fault(quint64 sequence, const QString &kind)
{
    if (Entry *entry = find(sequence))
        entry->fault = kind;
}

void Ledger::answer(quint64 sequence, const QByteArray &body)
{
    Entry *entry = m_everything ? find(sequence) : nullptr;
    if (!entry || entry->path.startsWith(u"/oauth/") || m_answerBytes + body.size() > mostAnswerBytes)
        return;
    m_answerBytes += body.size();
    entry->answer = body;
}

QByteArray Ledger::json(const QString &glob, const QString &method, bool onlyChanging, quint64 after,
                        bool answers) const
{
    JsonOut out;
    out.object().key("entries").list();
    int count = 0;
    for (const Entry &e : m_entries) {
        if (e.sequence <= after || (onlyChanging && !e.changing) || !globMatches(glob, e.path) ||
            (!method.isEmpty() && QString::fromLatin1(e.method) != method))
            continue;
        ++count;
        out.object().field("seq", static_cast<qint64>(e.sequence)).field("time", isoDate(e.time));
        out.field("method", QString::fromLatin1(e.method)).field("path", e.path).field("operation", e.operation);
        out.key("query").list();
        for (const auto &[name, value] : e.query)
            out.list().value(name).value(value).endList();
        out.endList();
        out.field("version", QString::fromLatin1(e.version)).field("contentType", QString::fromLatin1(e.contentType));
        const QJsonDocument body = QJsonDocument::fromJson(e.body);
        out.key("body");
        if (body.isObject())
            out.value(QJsonValue(body.object()));
        else if (body.isArray())
            out.value(QJsonValue(body.array()));
        else if (e.body.isEmpty())
            out.null();
        else
            out.value(QString::fromUtf8(e.body));
        if (answers && !e.answer.isEmpty()) {
            const QJsonDocument answer = QJsonDocument::fromJson(e.answer);
            out.key("answer").value(answer.isArray() ? QJsonValue(answer.array()) : QJsonValue(answer.object()));
        }
        out.field("connection", e.connection).field("status", e.status).field("changing", e.changing);
        out.field("applied", e.applied).field("made", e.made).field("fault", e.fault).end();
    }
    out.endList().field("count", count).field("last", static_cast<qint64>(m_last)).end();
    return out.take();
}

} // namespace outrigger::practice
