// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/catalogue.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

// What is made of a filled form: values, the JSON body, the command line.
namespace outrigger::catalogue {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Catalogue)
};

tl::unexpected<Error> wrong(const Parameter &parameter, const QString &what)
{
    return fail(ErrorKind::Usage, parameter.key + u": "_s + what);
}

/// JSON of any kind, which QJsonDocument reads only when it is a list or an object.
std::optional<QJsonValue> jsonOf(const QString &text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson("[" + text.toUtf8() + "]", &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return std::nullopt;
    return document.array().first();
}

Result<QJsonValue> numberOf(const Parameter &parameter, const QString &text)
{
    bool good = false;
    const double number = text.toDouble(&good);
    if (!good || !std::isfinite(number))
        return wrong(parameter, Words::tr("“%1” is no number.").arg(text));
    return QJsonValue(number);
}

Result<QJsonValue> instantOf(const Parameter &parameter, const QString &text)
{
    bool plainNumber = false;
    const qint64 number = text.toLongLong(&plainNumber);
    if (plainNumber)
        return QJsonValue(double(number));
    const QDateTime when = QDateTime::fromString(text, Qt::ISODate);
    if (!when.isValid())
        return wrong(parameter, Words::tr("“%1” is no moment. Write it like 2026-12-01T09:00:00-05:00, or as milliseconds since 1970.").arg(text));
    return QJsonValue(double(when.toMSecsSinceEpoch()));
}

Result<QJsonValue> listOf(const Parameter &parameter, const QString &text)
{
    if (text.startsWith(u'[')) {
        const auto value = jsonOf(text);
        if (!value || !value->isArray())
            return wrong(parameter, Words::tr("this is no JSON list."));
        return *value;
    }
    QJsonArray array;
    const QStringList items = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &item : items) {
        if (parameter.type != "numbers"_L1) {
            array.append(item.trimmed());
            continue;
        }
        const auto number = numberOf(parameter, item.trimmed());
        if (!number)
            return number;
        array.append(*number);
    }
    return QJsonValue(array);
}

QString quoted(const QString &text)
{
    static const QRegularExpression harmless(u"^[A-Za-z0-9_./:=@%+,-]+$"_s);
    if (harmless.match(text).hasMatch())
        return text;
    QString inner = text;
    return u'\'' + inner.replace(u'\'', u"'\\''"_s) + u'\'';
}

bool isBody(const Parameter &parameter)
{
    return parameter.place == Place::Body;
}

} // namespace

Result<QJsonValue> valueOf(const Parameter &parameter, const QString &text)
{
    const QString trimmed = text.trimmed();
    if (parameter.type == "number"_L1)
        return numberOf(parameter, trimmed);
    if (parameter.type == "switch"_L1) {
        const QString word = trimmed.toLower();
        if (word == "true"_L1 || word == "yes"_L1 || word == "1"_L1 || word == "on"_L1)
            return QJsonValue(true);
        if (word == "false"_L1 || word == "no"_L1 || word == "0"_L1 || word == "off"_L1)
            return QJsonValue(false);
        return wrong(parameter, Words::tr("“%1” is neither true nor false.").arg(trimmed));
    }
    if (parameter.type == "millis"_L1)
        return instantOf(parameter, trimmed);
    if (parameter.type == "texts"_L1 || parameter.type == "numbers"_L1)
        return listOf(parameter, trimmed);
    if (parameter.type == "choice"_L1 && !parameter.choices.contains(trimmed))
        return wrong(parameter, Words::tr("“%1” is none of %2.").arg(trimmed, parameter.choices.join(u", "_s)));
    if (parameter.type == "list"_L1 || parameter.type == "object"_L1) {
        const auto value = jsonOf(trimmed);
        const bool fits = value && (parameter.type == "list"_L1 ? value->isArray() : value->isObject());
        if (!fits)
            return wrong(parameter, parameter.type == "list"_L1 ? Words::tr("this is no JSON list.") : Words::tr("this is no JSON object."));
        return *value;
    }
    if (parameter.type == "any"_L1)
        return jsonOf(trimmed).value_or(QJsonValue(text));
    return QJsonValue(parameter.type == "long"_L1 ? text : trimmed);
}

QString textOf(const QJsonValue &value)
{
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble() && value.toDouble() == std::floor(value.toDouble()) && std::abs(value.toDouble()) < 1e15)
        return QString::number(qint64(value.toDouble()));
    return json::text(value);
}

void fillIn(Call &call, const LocationId &location)
{
    if (location.isEmpty())
        return;
    for (const Parameter &parameter : call.operation->parameters) {
        const bool inBody = isBody(parameter) && call.body.isObject() && call.body.toObject().contains(parameter.key);
        if (!parameter.required || parameter.pick != "location"_L1 || call.values.contains(parameter.key) || inBody)
            continue;
        if (isBody(parameter) && call.body.isArray())
            continue;
        call.values.insert(parameter.key, parameter.type == "texts"_L1 ? QJsonValue(QJsonArray{location.value}) : QJsonValue(location.value));
    }
}

QVector<const Parameter *> missing(const Call &call)
{
    QVector<const Parameter *> found;
    for (const Parameter &parameter : call.operation->parameters) {
        if (!parameter.required)
            continue;
        if (isBody(parameter) && (call.body.isArray() || (call.body.isObject() && call.body.toObject().contains(parameter.key))))
            continue;
        const QJsonValue value = call.values.value(parameter.key);
        if (value.isUndefined() || (value.isString() && value.toString().isEmpty()))
            found.append(&parameter);
    }
    return found;
}

QString whereFrom(const Parameter &parameter)
{
    static const QHash<QString, const char *> sources{
        {u"contact"_s, "outrigger-cli contact search"},
        {u"conversation"_s, "outrigger-cli conversation list"},
        {u"message"_s, "outrigger-cli conversation messages"},
        {u"opportunity"_s, "outrigger-cli opportunity search"},
        {u"pipeline"_s, "outrigger-cli pipeline list"},
        {u"stage"_s, "outrigger-cli pipeline list"},
        {u"calendar"_s, "outrigger-cli calendar list"},
        {u"event"_s, "outrigger-cli calendar events"},
        {u"user"_s, "outrigger-cli op call list-users-by-location"},
        {u"location"_s, "outrigger-cli account list"},
        {u"company"_s, "outrigger-cli op call find-location-by-id"},
        {u"group"_s, "outrigger-cli op call list-calendar-groups"},
        {u"business"_s, "outrigger-cli op call list-businesses-by-location"},
        {u"workflow"_s, "outrigger-cli op call list-workflows"},
        {u"campaign"_s, "outrigger-cli op call list-campaigns"},
        {u"tag"_s, "outrigger-cli op call list-tags"},
        {u"field"_s, "outrigger-cli op call list-custom-fields"},
        {u"association"_s, "outrigger-cli op call find-associations"},
        {u"relation"_s, "outrigger-cli op call get-relations-by-record"},
        {u"blog"_s, "outrigger-cli op call get-blogs-by-location"},
        {u"post"_s, "outrigger-cli op call get-blog-posts"},
        {u"author"_s, "outrigger-cli op call get-blog-authors"},
        {u"task"_s, "outrigger-cli op call get-contact-tasks"},
        {u"note"_s, "outrigger-cli op call get-contact-notes"},
    };
    if (parameter.type == "secret"_L1)
        return Words::tr("Give it in the JSON of --body; secrets are never taken as arguments.");
    if (parameter.type == "choice"_L1)
        return Words::tr("One of %1.").arg(parameter.choices.join(u", "_s));
    if (const auto found = sources.constFind(parameter.pick); found != sources.constEnd())
        return Words::tr("“%1” shows it.").arg(QLatin1String(*found));
    return parameter.about.isEmpty() ? QString() : parameter.about + u'.';
}

QJsonValue bodyOf(const Call &call)
{
    if (call.body.isArray())
        return call.body;
    const bool given = call.body.isObject();
    QJsonObject object = call.body.toObject();
    bool any = given;
    for (const Parameter &parameter : call.operation->parameters) {
        if (!isBody(parameter))
            continue;
        any = true;
        const QJsonValue value = call.values.value(parameter.key);
        if (!value.isUndefined())
            object.insert(parameter.key, value);
    }
    if (!any)
        return QJsonValue(QJsonValue::Undefined);
    return call.operation->listBody ? QJsonValue(QJsonArray{object}) : QJsonValue(object);
}

QStringList lacking(const Operation &operation, const QStringList &granted)
{
    if (granted.isEmpty() || operation.scopes.isEmpty())
        return {};
    const bool has = std::any_of(operation.scopes.begin(), operation.scopes.end(), [&](const QString &s) { return granted.contains(s); });
    return has ? QStringList() : operation.scopes;
}

QString askSentence(const Operation &operation)
{
    switch (operation.ask()) {
    case Ask::Delete:
        return Words::tr("“%1” takes something away in HighLevel, for everybody and at once.").arg(operation.name);
    case Ask::Agency:
        return Words::tr("“%1” changes something for the whole agency, not only for this location.").arg(operation.name);
    case Ask::Send:
        return Words::tr("“%1” goes past the outbox and the send guard: nobody looks at wishes to stop, quiet hours or doubles.").arg(operation.name);
    case Ask::Nothing:
        break;
    }
    return {};
}

QString commandLine(const Call &call)
{
    QString line = u"outrigger-cli op call "_s + call.operation->key;
    for (const Parameter &parameter : call.operation->parameters) {
        const QJsonValue value = call.values.value(parameter.key);
        if (value.isUndefined() || parameter.type == "secret"_L1)
            continue;
        const QString text = parameter.place == Place::File ? u'@' + call.fileName : textOf(value);
        line += u" --param "_s + quoted(parameter.key + u'=' + text);
    }
    if (call.operation->ask() != Ask::Nothing)
        line += u" --yes"_s;
    const bool secret = std::any_of(call.operation->parameters.begin(), call.operation->parameters.end(), [&](const Parameter &p) {
        return p.type == "secret"_L1 && call.values.contains(p.key);
    });
    if (!call.body.isUndefined())
        line = u"printf %s "_s + quoted(textOf(call.body)) + u" | "_s + line + u" --body -"_s;
    else if (secret)
        line += u" --body FILE"_s; // the secret's place
    return line;
}

QString Request::text() const
{
    QString text = QString::fromLatin1(verb) + u' ' + url + u'\n';
    for (const auto &[name, value] : headers)
        text += name + u": "_s + value + u'\n';
    if (body.isEmpty())
        return text;
    const auto document = QJsonDocument::fromJson(body);
    return text + u'\n' + QString::fromUtf8(document.isNull() ? body : document.toJson(QJsonDocument::Indented));
}

Touched touchedBy(const Call &call)
{
    Touched touched;
    if (call.operation->reads)
        return touched;
    for (const Parameter &parameter : call.operation->parameters) {
        const QString id = call.values.value(parameter.key).toString(call.body.toObject().value(parameter.key).toString());
        if (id.isEmpty())
            continue;
        if (parameter.pick == "contact"_L1)
            touched.contact = ContactId(id);
        else if (parameter.pick == "opportunity"_L1)
            touched.deal = OpportunityId(id);
        else if (parameter.pick == "conversation"_L1)
            touched.conversation = ConversationId(id);
    }
    const QByteArray &path = call.operation->path;
    touched.events = path.startsWith("/calendars/events");
    if (path.startsWith("/contacts/") && touched.contact.isEmpty())
        touched.areas.append(u"contacts"_s);
    if (path.startsWith("/opportunities/") && touched.deal.isEmpty())
        touched.areas.append(u"opportunities"_s);
    if (path.startsWith("/conversations/"))
        touched.areas.append({u"conversations"_s, u"messages"_s});
    if (path.startsWith("/users/"))
        touched.areas.append(u"users"_s);
    if (path.startsWith("/calendars/") && !touched.events)
        touched.areas.append(u"calendars"_s);
    if (path.contains("/tags"))
        touched.areas.append(u"tags"_s);
    if (path.contains("/customFields"))
        touched.areas.append(u"customFields"_s);
    return touched;
}

} // namespace outrigger::catalogue
