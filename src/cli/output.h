// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "domain/contact.h"
#include "domain/outboxrecord.h"
#include "domain/rows.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <functional>

namespace outrigger::cli {

/// Where a command writes. With --json exactly one document goes to standard output, whatever happens; everything that
/// is meant for a person goes to standard error then.
class Output
{
public:
    using Sink = std::function<void(const QByteArray &)>;
    Output(bool json, Sink out, Sink err) : m_json(json), m_out(std::move(out)), m_err(std::move(err)) {}

    bool json() const { return m_json; }
    /// The answer: the document with --json, else the text (a line end is added when it lacks one).
    void answer(const QJsonValue &document, const QString &text);
    /// A file that is written to standard output, in pieces; only without --json.
    void data(const QByteArray &bytes) { m_out(bytes); }
    /// Progress and remarks, on standard error.
    void note(const QString &text);
    /// Says what went wrong and gives the exit code that fits. The document is {"error": {...}}.
    int failure(const Error &error);
    int failure(int exit, const QString &code, const QString &sentence);

private:
    bool m_json;
    bool m_answered = false;
    Sink m_out;
    Sink m_err;
};

int exitOf(const Error &error);
QString kindWord(ErrorKind kind);

QJsonObject toJson(const OutboxRecord &record);
QJsonObject toJson(const Contact &contact);
QJsonObject toJson(const ContactHit &hit);
QJsonObject toJson(const ConversationRow &row);
QJsonObject toJson(const MessageRow &row);
QJsonValue toJson(const QDateTime &date); ///< ISO 8601 in UTC; null when there is none
/// Columns of a listing for a terminal, padded; control characters from outside are taken out.
QString columns(const QVector<QStringList> &rows);
QString clean(QString text);

} // namespace outrigger::cli
