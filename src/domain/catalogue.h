// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "domain/ids.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>
#include <QVector>

/// HighLevel's operations as data (resources/data/operations.json): what the console's forms, the command line and the
/// tests read. The structs of api/ops_*.h are the ones that the product's own screens use; a test holds both together.
namespace outrigger::catalogue {

/// Where a parameter goes. Part and File make the body multipart/form-data.
enum class Place { Path, Query, Body, Form, Part, File };
/// Which kind of token an operation takes: of a sub-account, of the agency, or both.
enum class Token { Location, Agency, Either };
/// Why an operation is confirmed before it leaves.
enum class Ask {
    Nothing,
    Delete, ///< it cannot be taken back
    Agency, ///< it changes something for the whole agency
    Send    ///< a text goes past the outbox and the send guard
};

struct Parameter {
    QString key; ///< HighLevel's name
    Place place = Place::Query;
    /// text, long (several lines), number, switch, date (ISO 8601), millis (an instant as epoch milliseconds), choice,
    /// texts (list of texts), numbers, list, object, any (JSON), file, secret
    QString type;
    bool required = false;
    QStringList choices; ///< of a choice, and of the items of texts
    QString pick;        ///< what an id is of: "contact", "calendar" ...; empty for what is no id
    QStringList inside;  ///< fields of an object or of a list's items: "name:type", with * when required
    QString about;       ///< one line, may be empty
};

struct Operation {
    QString name;     ///< as the catalogue calls it: "Get Contact"
    QString key;      ///< the name as one word, unique: "get-contact"
    QString id;       ///< the official operationId; three of them stand for two operations
    QString category; ///< one of categories()
    bool listed = false;  ///< one of the catalogue's 126; the others are extras
    bool trigger = false; ///< the catalogue polls it: it can be watched
    QByteArray verb;  ///< GET, POST, PUT, DELETE
    QByteArray path;  ///< "/contacts/{contactId}"
    QString api;      ///< the part whose Version header it takes: "contacts" (api/versions.h)
    QByteArray version; ///< instead of the part's; empty for nearly all
    QStringList scopes; ///< one of them is needed; empty when none is published
    Token token = Token::Location;
    bool reads = false;      ///< nothing is different afterwards
    bool listBody = false;   ///< the body is a list with one object made of the body's parameters
    bool fileAnswer = false; ///< the answer is a file
    bool deprecated = false;
    QString about; ///< one line
    QVector<Parameter> parameters;

    Ask ask() const;
    const Parameter *parameter(const QString &key) const;
};

/// The table, read at the first call; lives as long as the program. Any thread.
const QVector<Operation> &all();
/// The 14 categories in the catalogue's order.
QStringList categories();
/// By operationId or name, in any case, with spaces, dashes or underscores. Null when there is none, or when an
/// operationId stands for two; `near` then holds the names of those that may be meant.
const Operation *find(const QString &name, QStringList *near = nullptr);

/// One call as a person filled it in.
struct Call {
    const Operation *operation = nullptr;
    QJsonObject values; ///< by key; what is absent is not sent
    QJsonValue body = QJsonValue(QJsonValue::Undefined); ///< instead of the body's parameters; those are laid over an object
    QString fileName; ///< of the File parameter, whose value is the file's content in base64
};
/// A request as it would leave, for showing: no token in it.
struct Request {
    QByteArray verb;
    QString url; ///< with server and query, percent-encoded
    QVector<std::pair<QString, QString>> headers;
    QByteArray body;
    QString text() const; ///< as one reads it: first line, headers, body
};
struct Answer {
    int http = 0;
    QByteArray body;
    QString traceId;
    QDateTime at;
    qint64 milliseconds = 0;
};

/// Reads what was typed for a parameter. Errors: Usage, with a sentence. Empty text is for the caller to leave out.
Result<QJsonValue> valueOf(const Parameter &parameter, const QString &text);
/// A value as it would be typed; the reverse of valueOf.
QString textOf(const QJsonValue &value);
/// Fills in what the account knows: every required id of a location that is absent.
void fillIn(Call &call, const LocationId &location);
/// The required parameters that are absent or empty.
QVector<const Parameter *> missing(const Call &call);
/// Where a person finds the value of such a parameter; one sentence without the parameter's name.
QString whereFrom(const Parameter &parameter);
/// The JSON body as it leaves; Undefined for a call without one.
QJsonValue bodyOf(const Call &call);
/// The scopes that `granted` lacks for it; empty when one of the operation's is there, or nothing is known.
QStringList lacking(const Operation &operation, const QStringList &granted);
/// Why it must be confirmed, as one sentence; empty for Ask::Nothing.
QString askSentence(const Operation &operation);
/// `outrigger-cli op call ...`, quoted for a shell. body: the text of the JSON body when it was given as a whole.
QString commandLine(const Call &call);

/// What something names that may have changed. Empty ids name nothing.
struct Touched {
    ContactId contact;
    OpportunityId deal;
    ConversationId conversation;
    bool events = false;    ///< appointments and blocks
    QStringList areas;      ///< of the feeds: "users", "tags" ...
    bool isEmpty() const;
};
/// What a call that changed something names.
Touched touchedBy(const Call &call);

} // namespace outrigger::catalogue
