// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/places.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

/// HighLevel's published OpenAPI files, where they lie beside the checkout. They are read, never kept.
namespace outrigger::test {

using namespace Qt::StringLiterals;

inline QString specFolder()
{
    const QString given = qEnvironmentVariable("OUTRIGGER_OPENAPI");
    return given.isEmpty() ? test::source(QStringLiteral("../shared/openapi")) : given;
}

struct Spec {
    QString file;
    QString path;
    QString verb;
    QJsonObject operation;
    QJsonObject schemas;
};

/// By "GET /contacts/{contactId}". folder: "" for the dated versions, "v3" for the newer one.
inline QHash<QString, Spec> loadPaths(const QString &folder = {})
{
    QHash<QString, Spec> result;
    const QDir dir(specFolder() + (folder.isEmpty() ? QString() : u'/' + folder));
    const auto files = dir.entryList({u"*.json"_s}, QDir::Files);
    for (const auto &name : files) {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const auto root = QJsonDocument::fromJson(file.readAll()).object();
        const auto schemas = root.value("components"_L1).toObject().value("schemas"_L1).toObject();
        const auto paths = root.value("paths"_L1).toObject();
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const auto verbs = path->toObject();
            for (auto verb = verbs.begin(); verb != verbs.end(); ++verb)
                result.insert(verb.key().toUpper() + u' ' + path.key(), {name, path.key(), verb.key().toUpper(), verb->toObject(), schemas});
        }
    }
    return result;
}

inline QJsonObject resolved(const QJsonObject &schema, const QJsonObject &schemas, int depth = 0)
{
    if (depth > 20)
        return {};
    const QString ref = schema.value("$ref"_L1).toString();
    if (!ref.isEmpty())
        return resolved(schemas.value(ref.section(u'/', -1)).toObject(), schemas, depth + 1);
    const auto all = schema.value("allOf"_L1).toArray();
    if (!all.isEmpty())
        return resolved(all.first().toObject(), schemas, depth + 1);
    return schema;
}

/// Where our tables depart from the files on purpose, and why: "operationId place key", "operationId place" for a whole
/// place, "operationId answer".
inline const QHash<QString, QString> &exceptions()
{
    static const QHash<QString, QString> table{
        {u"send-a-new-message body subType"_s, u"marked required, but the documents' own examples leave it out"_s},
        {u"send-a-new-message body status"_s, u"marked required, but the documents' own examples leave it out"_s},
        {u"get-message path id"_s, u"the path has a hole that the file does not declare"_s},
        {u"get-email-by-id path id"_s, u"the path has a hole that the file does not declare"_s},
        {u"update-appointment-note path noteId"_s, u"the path has a hole that the file does not declare"_s},
        {u"delete-appointment-note path noteId"_s, u"the path has a hole that the file does not declare"_s},
        {u"get-access-token form code_verifier"_s, u"PKCE: sent only where the server is known to understand it"_s},
        {u"upload-file-attachments body attachmentUrls"_s, u"marked required, but uploads work without it"_s},
        {u"upload-file-attachments body fileAttachment"_s, u"the file describes the upload without its file"_s},
        {u"create-block-slot body calendarId"_s, u"marked required, but the service wants a calendar or a person, one of them"_s},
        {u"edit-block-slot body calendarId"_s, u"marked required, but the service wants a calendar or a person, one of them"_s},
        {u"task-search answer"_s, u"the file says a list of lists where the service tells tasks"_s},
        {u"search-opportunities-advanced body filters"_s, u"they work, and the vendor will not write them down (docs issue 256)"_s},
        {u"search-opportunities-advanced body sort"_s, u"as the filters (docs issue 256)"_s},
        {u"Upsert-opportunity body contactId"_s, u"with the pipeline it is the key where there is no id; the file forgets it"_s},
        {u"Upsert-opportunity answer"_s, u"the file says of the deal only that it is an object, so its made-up answer has no id"_s},
        {u"search-contacts-advanced body"_s, u"the file leaves the body empty"_s},
        {u"create-association path type"_s, u"the path has a hole that the file does not declare: add or remove"_s},
        {u"update-contact body companyName"_s, u"it is sent alone: the file lists it for creating only, and people change it"_s},
        {u"get-access-token form client_secret"_s, u"marked required; with PKCE and a token broker there is none"_s},
    };
    return table;
}

} // namespace outrigger::test
