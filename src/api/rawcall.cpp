// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rawcall.h"

#include "api/versions.h"

#include <QJsonDocument>

#include <vector>

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

Verb verbOf(const QByteArray &word)
{
    if (word == "POST")
        return Verb::Post;
    if (word == "PUT")
        return Verb::Put;
    return word == "DELETE" ? Verb::Delete : Verb::Get;
}

Place placeOf(catalogue::Place place)
{
    switch (place) {
    case catalogue::Place::Path:
        return Place::Path;
    case catalogue::Place::Query:
        return Place::Query;
    case catalogue::Place::Form:
        return Place::Form;
    case catalogue::Place::Part:
        return Place::Part;
    case catalogue::Place::File:
        return Place::File;
    case catalogue::Place::Body:
        break;
    }
    return Place::Body;
}

/// The client's form of a row. Op holds bare pointers, so the texts live here for good.
struct Entry {
    QByteArray id;
    QByteArray scope;
    Op op;
};

const Op &opOf(const catalogue::Operation &operation)
{
    static const std::vector<Entry> entries = [] {
        const auto &rows = catalogue::all();
        std::vector<Entry> made(size_t(rows.size()));
        for (size_t i = 0; i < made.size(); ++i) {
            const auto &row = rows.at(qsizetype(i));
            Entry &entry = made[i];
            entry.id = row.id.toLatin1();
            entry.scope = row.scopes.value(0).toLatin1();
            const Verb verb = verbOf(row.verb);
            entry.op = {entry.id.constData(), verb, VersionTable::fromWord(row.api).value_or(Api::Contacts), row.path.constData(),
                        entry.scope.constData(), row.reads ? Repeat::Safe : Repeat::Never, Credential::Token,
                        row.version.isEmpty() ? nullptr : row.version.constData()};
        }
        return made;
    }();
    return entries[size_t(&operation - catalogue::all().constData())].op;
}

bool isAbsent(const QJsonValue &value)
{
    return value.isUndefined() || (value.isString() && value.toString().isEmpty());
}

} // namespace

Result<Request> encode(const catalogue::Call &call)
{
    const Op &op = opOf(*call.operation);
    wire::Encoder encoder(op);
    for (const auto &parameter : call.operation->parameters) {
        if (parameter.place == catalogue::Place::Body)
            continue; // as one JSON value below
        const QJsonValue value = call.values.value(parameter.key);
        const QByteArray key = parameter.key.toLatin1();
        if (parameter.place == catalogue::Place::File) {
            if (!isAbsent(value))
                encoder.addFile(key.constData(), {call.fileName, QByteArray::fromBase64(value.toString().toLatin1())});
            continue;
        }
        encoder.add(placeOf(parameter.place), key.constData(), parameter.required ? Need::Required : Need::Optional, isAbsent(value),
                    value.toString().startsWith("local:"_L1), value);
    }
    auto request = encoder.finish();
    if (!request)
        return request;
    request->raw = call.operation->fileAnswer;
    const QJsonValue body = catalogue::bodyOf(call);
    if (op.verb != Verb::Get && !body.isUndefined())
        request->body = (body.isArray() ? QJsonDocument(body.toArray()) : QJsonDocument(body.toObject())).toJson(QJsonDocument::Compact);
    return request;
}

} // namespace outrigger::api
