// SPDX-License-Identifier: GPL-3.0-or-later
// The operation table against HighLevel's own OpenAPI files, where they are at hand.
#include "api/ops.h"
#include "api/registry.h"
#include "api/versions.h"
#include "support/openapi.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace outrigger;
using namespace outrigger::api;
using namespace Qt::StringLiterals;

namespace {

using outrigger::test::exceptions;
using outrigger::test::resolved;
using outrigger::test::Spec;
using outrigger::test::specFolder;

/// By operationId.
QHash<QString, Spec> loadSpecs()
{
    QHash<QString, Spec> result;
    const auto paths = test::loadPaths();
    for (const Spec &spec : paths) {
        // Two files call something create-association; Outrigger makes the contacts' one.
        if (!spec.path.startsWith("/associations/"_L1))
            result.insert(spec.operation.value("operationId"_L1).toString(), spec);
    }
    return result;
}

/// A value as the file's own examples say, with a plausible one where it gives none.
QJsonValue exampleOf(const QJsonObject &raw, const QJsonObject &schemas, int depth = 0)
{
    const QJsonObject schema = resolved(raw, schemas);
    const QJsonValue given = raw.contains("example"_L1) ? raw.value("example"_L1) : schema.value("example"_L1);
    if (const auto kinds = schema.value("oneOf"_L1).toArray(); !kinds.isEmpty())
        return exampleOf(kinds.first().toObject(), schemas, depth + 1);
    const QString type = schema.value("type"_L1).toString();
    const auto properties = schema.value("properties"_L1).toObject();
    if (!properties.isEmpty() && depth < 8) {
        QJsonObject object;
        for (auto it = properties.begin(); it != properties.end(); ++it)
            object.insert(it.key(), exampleOf(it->toObject(), schemas, depth + 1));
        return object;
    }
    if (!given.isUndefined() && !(type == "array"_L1 && !given.isArray()))
        return given;
    if (type == "array"_L1) {
        const auto item = exampleOf(schema.value("items"_L1).toObject(), schemas, depth + 1);
        return QJsonArray{item.isNull() || item.isUndefined() ? QJsonValue(u"item"_s) : item};
    }
    if (schema.contains("enum"_L1))
        return schema.value("enum"_L1).toArray().first();
    if (type == "number"_L1 || type == "integer"_L1)
        return 1;
    if (type == "boolean"_L1)
        return true;
    if (type == "object"_L1)
        return QJsonObject();
    return u"x"_s;
}

QJsonObject schemaOfAnswer(const Spec &spec, QJsonValue *example)
{
    const auto responses = spec.operation.value("responses"_L1).toObject();
    for (auto it = responses.begin(); it != responses.end(); ++it) {
        if (!it.key().startsWith(u'2'))
            continue;
        const auto content = it->toObject().value("content"_L1).toObject().value("application/json"_L1).toObject();
        if (content.contains("example"_L1))
            *example = content.value("example"_L1);
        const auto examples = content.value("examples"_L1).toObject();
        if (!examples.isEmpty())
            *example = examples.begin()->toObject().value("value"_L1);
        return content.value("schema"_L1).toObject();
    }
    return {};
}

template <class Operation>
void decodes(const QHash<QString, Spec> &specs, QStringList *done, QStringList *wrong)
{
    const QString name = QString::fromLatin1(Operation::op.name);
    const Spec spec = specs.value(name);
    QJsonValue example(QJsonValue::Undefined);
    const auto schema = schemaOfAnswer(spec, &example);
    if (exceptions().contains(name + u" answer"_s))
        return;
    if (schema.isEmpty() && example.isUndefined())
        return;
    const auto check = [&](const QJsonValue &value) {
        const auto bytes =
            value.isArray() ? QJsonDocument(value.toArray()).toJson() : QJsonDocument(value.toObject()).toJson();
        const auto decoded = wire::decode<Operation>(bytes);
        // The file's only example of this answer is a refusal inside a 200.
        if (!decoded && name.startsWith("cancel-scheduled"_L1) && decoded.error().code == "not_cancelled"_L1)
            return;
        if (!decoded)
            wrong->append(name + u": "_s + decoded.error().message);
    };
    if (!schema.isEmpty())
        check(exampleOf(schema, spec.schemas));
    if (!example.isUndefined())
        check(example);
    done->append(name);
}

template <class... Operation>
void decodeAll(const std::tuple<Operation...> *, const QHash<QString, Spec> &specs, QStringList *done,
               QStringList *wrong)
{
    (decodes<Operation>(specs, done, wrong), ...);
}

} // namespace

class TestSpec : public QObject
{
    Q_OBJECT

private:
    QHash<QString, Spec> m_specs;

private Q_SLOTS:
    void initTestCase()
    {
        if (!QDir(specFolder()).exists())
            QSKIP("HighLevel's OpenAPI files are not beside the source folder, so there is nothing to compare with.");
        m_specs = loadSpecs();
        QVERIFY(m_specs.size() > 100);
    }

    void table_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto &op : allOps())
            QTest::newRow(qPrintable(op.name)) << op.name;
    }

    void table()
    {
        QFETCH(QString, name);
        const auto op = findOp(name);
        QVERIFY(op.has_value());
        QVERIFY2(m_specs.contains(name), "no such operation in HighLevel's files");
        const Spec spec = m_specs.value(name);
        QCOMPARE(op->verb, spec.verb);
        QCOMPARE(op->path, spec.path);

        // Version and parameters of path and query.
        QSet<QString> known;
        QString version;
        const auto parameters = spec.operation.value("parameters"_L1).toArray();
        for (const auto &item : parameters) {
            const auto parameter = item.toObject();
            const QString in = parameter.value("in"_L1).toString();
            const QString key = parameter.value("name"_L1).toString();
            if (in == "header"_L1 && key == "Version"_L1) {
                version = parameter.value("schema"_L1).toObject().value("enum"_L1).toArray().first().toString();
                continue;
            }
            known.insert(in + u' ' + key);
            if (parameter.value("required"_L1).toBool())
                QVERIFY2(has(*op, in, key, true), qPrintable(u"lacks the required %1 %2"_s.arg(in, key)));
        }
        const auto api = VersionTable::fromWord(op->api);
        QVERIFY(api.has_value());
        QCOMPARE(QString::fromLatin1(VersionTable().of(*api)), version);

        // Body and form.
        const auto content = spec.operation.value("requestBody"_L1).toObject().value("content"_L1).toObject();
        const QString place = content.contains("application/x-www-form-urlencoded"_L1) ? u"form"_s : u"body"_s;
        if (!content.isEmpty()) {
            const auto body = resolved(content.begin()->toObject().value("schema"_L1).toObject(), spec.schemas);
            const auto properties = body.value("properties"_L1).toObject();
            for (auto it = properties.begin(); it != properties.end(); ++it)
                known.insert(place + u' ' + it.key());
            const auto required = body.value("required"_L1).toArray();
            for (const auto &key : required) {
                const bool excused = exceptions().contains(name + u' ' + place + u' ' + key.toString());
                QVERIFY2(excused || has(*op, place, key.toString(), true),
                         qPrintable(u"lacks the required %1 %2"_s.arg(place, key.toString())));
            }
        }
        for (const auto &param : op->params) {
            const QString in = placeWord(param.place);
            const bool excused =
                exceptions().contains(name + u' ' + in) || exceptions().contains(name + u' ' + in + u' ' + param.key);
            QVERIFY2(excused || known.contains(in + u' ' + param.key),
                     qPrintable(u"HighLevel's file knows no %1 %2"_s.arg(in, param.key)));
        }

        // Scope.
        QSet<QString> scopes;
        const auto security = spec.operation.value("security"_L1).toArray();
        for (const auto &item : security) {
            const auto scheme = item.toObject();
            for (const auto &list : scheme) {
                for (const auto &scope : list.toArray())
                    scopes.insert(scope.toString());
            }
        }
        if (scopes.isEmpty())
            QCOMPARE(op->scope, QString());
        else
            QVERIFY2(scopes.contains(op->scope), qPrintable(op->scope));
    }

    void examplesDecode()
    {
        QStringList done;
        QStringList wrong;
        decodeAll(static_cast<const AllOps *>(nullptr), m_specs, &done, &wrong);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QVERIFY2(done.size() >= 22, qPrintable(QString::number(done.size())));
    }

    void namesAreUnique()
    {
        QSet<QString> names;
        for (const auto &op : allOps()) {
            QVERIFY(!names.contains(op.name));
            names.insert(op.name);
            QSet<QString> keys;
            for (const auto &param : op.params) {
                QVERIFY(!keys.contains(param.key));
                keys.insert(param.key);
            }
        }
    }

private:
    static QString placeWord(Place place)
    {
        switch (place) {
        case Place::Path:
            return u"path"_s;
        case Place::Query:
            return u"query"_s;
        case Place::Form:
            return u"form"_s;
        case Place::Body:
        case Place::Part:
        case Place::File:
            break;
        }
        return u"body"_s;
    }
    static bool has(const OpInfo &op, const QString &in, const QString &key, bool required)
    {
        for (const auto &param : op.params) {
            if (param.key == key && placeWord(param.place) == in)
                return !required || param.need == Need::Required;
        }
        return false;
    }
};

QTEST_GUILESS_MAIN(TestSpec)
#include "tst_spec.moc"
