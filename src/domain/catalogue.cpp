// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/catalogue.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

// Outside of any namespace, as Q_INIT_RESOURCE wants; the linker drops resources of a static library that nobody names.
static void initDataResources()
{
    Q_INIT_RESOURCE(data);
}

using namespace Qt::StringLiterals;

namespace outrigger::catalogue {

namespace {

Place placeOf(const QString &word)
{
    static const QHash<QString, Place> places{{u"path"_s, Place::Path}, {u"query"_s, Place::Query}, {u"body"_s, Place::Body},
                                              {u"form"_s, Place::Form}, {u"part"_s, Place::Part},   {u"file"_s, Place::File}};
    return places.value(word, Place::Query);
}

Token tokenOf(const QString &word)
{
    if (word == "agency"_L1)
        return Token::Agency;
    return word == "either"_L1 ? Token::Either : Token::Location;
}

Parameter parameterOf(const QJsonObject &from, const QJsonObject &glossary)
{
    Parameter parameter;
    parameter.key = from["key"_L1].toString();
    parameter.place = placeOf(from["in"_L1].toString());
    parameter.type = from["type"_L1].toString(u"text"_s);
    parameter.required = from["required"_L1].toBool();
    parameter.choices = json::texts(from["choices"_L1]);
    parameter.pick = from["pick"_L1].toString();
    parameter.inside = json::texts(from["inside"_L1]);
    parameter.about = from["about"_L1].toString(glossary[parameter.key].toString());
    return parameter;
}

Operation operationOf(const QJsonObject &from, const QJsonObject &glossary)
{
    Operation operation;
    operation.name = from["name"_L1].toString();
    operation.key = operation.name.toLower();
    operation.key.remove(u'(').remove(u')').replace(u' ', u'-');
    operation.id = from["id"_L1].toString();
    operation.category = from["category"_L1].toString();
    operation.listed = !from["extra"_L1].toBool();
    operation.trigger = from["trigger"_L1].toBool();
    operation.verb = from["verb"_L1].toString().toLatin1();
    operation.path = from["path"_L1].toString().toLatin1();
    operation.api = from["api"_L1].toString();
    operation.version = from["version"_L1].toString().toLatin1();
    operation.scopes = json::texts(from["scopes"_L1]);
    operation.token = tokenOf(from["token"_L1].toString());
    operation.reads = operation.verb == "GET" || from["reads"_L1].toBool();
    operation.listBody = from["listBody"_L1].toBool();
    operation.fileAnswer = from["fileAnswer"_L1].toBool();
    operation.deprecated = from["deprecated"_L1].toBool();
    operation.about = from["about"_L1].toString();
    const QJsonArray parameters = from["params"_L1].toArray();
    for (const auto &parameter : parameters)
        operation.parameters.append(parameterOf(parameter.toObject(), glossary));
    return operation;
}

struct Table {
    QVector<Operation> operations;
    QStringList categories;
};

Table read()
{
    initDataResources();
    QFile file(u":/data/operations.json"_s);
    Table table;
    if (!file.open(QIODevice::ReadOnly))
        return table;
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    table.categories = json::texts(root["categories"_L1]);
    const QJsonObject glossary = root["glossary"_L1].toObject();
    const QJsonArray operations = root["operations"_L1].toArray();
    for (const auto &operation : operations)
        table.operations.append(operationOf(operation.toObject(), glossary));
    return table;
}

const Table &table()
{
    static const Table whole = read();
    return whole;
}

/// "Get Contact", "get_contact" and "GET-contact" are one.
QString plain(const QString &name)
{
    QString text;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            text += c.toLower();
    }
    return text;
}

} // namespace

Ask Operation::ask() const
{
    if (reads)
        return Ask::Nothing;
    if (verb == "DELETE")
        return Ask::Delete;
    if (token == Token::Agency)
        return Ask::Agency;
    return id == "send-a-new-message"_L1 ? Ask::Send : Ask::Nothing;
}

const Parameter *Operation::parameter(const QString &wanted) const
{
    const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const Parameter &p) { return p.key == wanted; });
    return found == parameters.end() ? nullptr : &*found;
}

const QVector<Operation> &all()
{
    return table().operations;
}

QStringList categories()
{
    return table().categories;
}

const Operation *find(const QString &name, QStringList *near)
{
    const QString wanted = plain(name);
    QVector<const Operation *> ids;
    for (const Operation &operation : all()) {
        if (plain(operation.key) == wanted)
            return &operation;
        if (plain(operation.id) == wanted)
            ids.append(&operation);
    }
    if (ids.size() == 1)
        return ids.constFirst();
    if (!near)
        return nullptr;
    for (const Operation *operation : std::as_const(ids))
        near->append(operation->name);
    for (const Operation &operation : all()) {
        if (near->size() >= 8)
            break;
        if (ids.isEmpty() && wanted.size() > 2 && (plain(operation.key).contains(wanted) || plain(operation.id).contains(wanted)))
            near->append(operation.name);
    }
    return nullptr;
}

bool Touched::isEmpty() const
{
    return contact.isEmpty() && deal.isEmpty() && conversation.isEmpty() && !events && areas.isEmpty();
}

} // namespace outrigger::catalogue
