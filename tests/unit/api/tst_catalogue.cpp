// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue's table against HighLevel's own files, against the operation structs, and against what was asked for.
#include "api/rawcall.h"
#include "api/registry.h"
#include "api/versions.h"
#include "domain/catalogue.h"
#include "support/openapi.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace outrigger;
using namespace Qt::StringLiterals;

namespace {

QString placeWord(catalogue::Place place)
{
    switch (place) {
    case catalogue::Place::Path:
        return u"path"_s;
    case catalogue::Place::Query:
        return u"query"_s;
    case catalogue::Place::Form:
        return u"form"_s;
    case catalogue::Place::Body:
    case catalogue::Place::Part:
    case catalogue::Place::File:
        break;
    }
    return u"body"_s;
}

QString line(const catalogue::Operation &operation)
{
    return QString::fromLatin1(operation.verb + ' ' + operation.path);
}

bool excused(const QString &id, const QString &place, const QString &key = {})
{
    const auto &known = test::exceptions();
    return known.contains(id + u' ' + place) || known.contains(id + u' ' + place + u' ' + key);
}

QStringList enumOf(const QJsonObject &schema, const QJsonObject &schemas)
{
    QJsonObject one = test::resolved(schema, schemas);
    if (one.value("type"_L1) == "array"_L1)
        one = test::resolved(one.value("items"_L1).toObject(), schemas);
    QStringList words;
    const auto values = one.value("enum"_L1).toArray();
    for (const auto &value : values)
        words.append(value.toVariant().toString());
    return words;
}

/// Whether a value of this catalogue type fits the schema's type.
bool fits(const QString &type, const QJsonObject &raw, const QJsonObject &schemas)
{
    static const QHash<QString, QStringList> kinds{
        {u"string"_s, {u"text"_s, u"long"_s, u"date"_s, u"choice"_s, u"secret"_s, u"millis"_s, u"file"_s}},
        {u"number"_s, {u"number"_s, u"millis"_s}},
        {u"integer"_s, {u"number"_s, u"millis"_s}},
        {u"boolean"_s, {u"switch"_s}},
        {u"array"_s, {u"texts"_s, u"numbers"_s, u"list"_s}},
        {u"object"_s, {u"object"_s}}};
    const QJsonObject schema = test::resolved(raw, schemas);
    QString kind = schema.value("type"_L1).toString();
    // "object" with a text as example: text is what is meant, and what the service takes.
    if (kind == "object"_L1 && schema.value("example"_L1).isString() && !schema.contains("properties"_L1))
        kind = u"string"_s;
    return !kinds.contains(kind) ? true : kinds[kind].contains(type);
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT

    QHash<QString, test::Spec> m_dated;
    QHash<QString, test::Spec> m_v3;

    const test::Spec *specOf(const catalogue::Operation &operation) const
    {
        const auto &from = operation.version == "v3" ? m_v3 : m_dated;
        const auto found = from.constFind(line(operation));
        return found == from.constEnd() ? nullptr : &*found;
    }
    bool haveFiles()
    {
        if (m_dated.isEmpty()) {
            m_dated = test::loadPaths();
            m_v3 = test::loadPaths(u"v3"_s);
        }
        return !m_dated.isEmpty();
    }

private Q_SLOTS:
    void thereAre126InFourteenCategories()
    {
        int listed = 0;
        int triggers = 0;
        QSet<QString> keys;
        for (const auto &operation : catalogue::all()) {
            listed += operation.listed ? 1 : 0;
            triggers += operation.trigger ? 1 : 0;
            QVERIFY2(!keys.contains(operation.key), qPrintable(operation.key));
            keys.insert(operation.key);
            QVERIFY2(catalogue::categories().contains(operation.category), qPrintable(operation.name));
            QVERIFY2(!operation.about.isEmpty(), qPrintable(operation.name));
            QVERIFY2(api::VersionTable::fromWord(operation.api).has_value(), qPrintable(operation.api));
            QCOMPARE(catalogue::find(operation.name), &operation);
            QCOMPARE(catalogue::find(operation.name.toUpper()), &operation);
            QCOMPARE(catalogue::find(operation.key), &operation);
        }
        QCOMPARE(listed, 126);
        QCOMPARE(triggers, 55);
        QCOMPARE(catalogue::categories().size(), 14);
        for (const QString &category : catalogue::categories())
            QVERIFY2(std::any_of(catalogue::all().begin(), catalogue::all().end(), [&](const auto &o) { return o.category == category && o.listed; }),
                     qPrintable(category));
    }

    void everyRowOfWhatWasAskedForIsThere()
    {
        if (!haveFiles())
            QSKIP("HighLevel's OpenAPI files are not beside the source folder, so there is nothing to compare with.");
        QFile file(QDir(test::specFolder()).filePath(u"../api/operations.tsv"_s));
        if (!file.open(QIODevice::ReadOnly))
            QSKIP("The list of the 126 operations is not beside the source folder.");
        const QStringList header = QString::fromUtf8(file.readLine()).trimmed().split(u'\t');
        const auto column = [&header](const QString &name) { return header.indexOf(name); };
        int met = 0;
        while (!file.atEnd()) {
            const QStringList row = QString::fromUtf8(file.readLine()).split(u'\t');
            const auto *operation = catalogue::find(row.value(column(u"name"_s)));
            QVERIFY2(operation && operation->listed, qPrintable(row.value(column(u"name"_s))));
            QCOMPARE(operation->trigger, row.value(column(u"kind"_s)) == "Trigger"_L1);
            QCOMPARE(QString::fromLatin1(operation->verb), row.value(column(u"method"_s)));
            QCOMPARE(QString::fromLatin1(operation->path), row.value(column(u"path"_s)));
            QCOMPARE(operation->id, row.value(column(u"operationId"_s)));
            const QString scope = row.value(column(u"scopes"_s)).section(u' ', 0, 0);
            QVERIFY2(operation->scopes.contains(scope), qPrintable(operation->name + u": "_s + scope));
            ++met;
        }
        qInfo("%d of 126", met);
        QCOMPARE(met, 126);
    }

    void table_data()
    {
        QTest::addColumn<QString>("key");
        for (const auto &operation : catalogue::all())
            QTest::newRow(qPrintable(operation.key)) << operation.key;
    }
    void table()
    {
        if (!haveFiles())
            QSKIP("HighLevel's OpenAPI files are not beside the source folder, so there is nothing to compare with.");
        QFETCH(QString, key);
        const auto &operation = *catalogue::find(key);
        const test::Spec *spec = specOf(operation);
        QVERIFY2(spec, qPrintable(line(operation) + u" is in none of HighLevel's files"_s));
        QCOMPARE(operation.id, spec->operation.value("operationId"_L1).toString());

        QSet<QString> known;
        QString version;
        const auto check = [&](const QString &place, const QString &name, bool required, const QJsonObject &schema) {
            known.insert(place + u' ' + name);
            const auto *parameter = operation.parameter(name);
            if (!parameter || placeWord(parameter->place) != place)
                return excused(operation.id, place, name) ? QString() : u"lacks the %1 parameter %2"_s.arg(place, name);
            if (required && !parameter->required && !excused(operation.id, place, name))
                return name + u" is required"_s;
            if (!required && parameter->required && !excused(operation.id, place, name))
                return name + u" is not required"_s;
            if (!fits(parameter->type, schema, spec->schemas))
                return name + u" is no "_s + parameter->type;
            return enumOf(schema, spec->schemas) == parameter->choices ? QString() : name + u": other choices"_s;
        };
        const auto parameters = spec->operation.value("parameters"_L1).toArray();
        for (const auto &item : parameters) {
            const auto one = item.toObject();
            const QString in = one.value("in"_L1).toString();
            const QString name = one.value("name"_L1).toString();
            if (in == "header"_L1) {
                if (name == "Version"_L1)
                    version = one.value("schema"_L1).toObject().value("enum"_L1).toArray().first().toString();
                continue;
            }
            const bool required = one.value("required"_L1).toBool() || in == "path"_L1;
            const QString problem = check(in, name, required, one.value("schema"_L1).toObject());
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
        const QByteArray sent = operation.version.isEmpty() ? api::VersionTable().of(*api::VersionTable::fromWord(operation.api)) : operation.version;
        if (!version.isEmpty() || operation.api == "email-messages"_L1)
            QCOMPARE(QString::fromLatin1(sent), version);

        const auto content = spec->operation.value("requestBody"_L1).toObject().value("content"_L1).toObject();
        if (!content.isEmpty()) {
            const QString place = content.contains("application/x-www-form-urlencoded"_L1) ? u"form"_s : u"body"_s;
            auto body = test::resolved(content.begin()->toObject().value("schema"_L1).toObject(), spec->schemas);
            QCOMPARE(operation.listBody, body.value("type"_L1) == "array"_L1);
            if (operation.listBody)
                body = test::resolved(body.value("items"_L1).toObject(), spec->schemas);
            QSet<QString> required;
            const auto names = body.value("required"_L1).toArray();
            for (const auto &name : names)
                required.insert(name.toString());
            const auto properties = body.value("properties"_L1).toObject();
            for (auto it = properties.begin(); it != properties.end(); ++it) {
                const QString problem = check(place, it.key(), required.contains(it.key()), it->toObject());
                QVERIFY2(problem.isEmpty(), qPrintable(problem));
            }
        }
        for (const auto &parameter : operation.parameters) {
            const QString place = placeWord(parameter.place);
            const bool hole = place == "path"_L1 && operation.path.contains('{' + parameter.key.toLatin1() + '}');
            QVERIFY2(hole || known.contains(place + u' ' + parameter.key) || excused(operation.id, place, parameter.key),
                     qPrintable(u"HighLevel's file knows no %1 %2"_s.arg(place, parameter.key)));
        }

        QSet<QString> scopes;
        const auto security = spec->operation.value("security"_L1).toArray();
        for (const auto &item : security) {
            const auto scheme = item.toObject();
            for (const auto &list : scheme) {
                for (const auto &scope : list.toArray())
                    scopes.insert(scope.toString());
            }
        }
        if (!scopes.isEmpty())
            QCOMPARE(QSet<QString>(operation.scopes.begin(), operation.scopes.end()), scopes);
    }

    /// What the screens use is in the table too, and both say the same.
    void theOperationStructsAgree_data()
    {
        QTest::addColumn<QString>("id");
        for (const auto &op : api::allOps()) {
            if (op.name != "get-access-token"_L1) // signing in is no operation that a person calls
                QTest::newRow(qPrintable(op.name)) << op.name;
        }
    }
    void theOperationStructsAgree()
    {
        QFETCH(QString, id);
        const auto op = api::findOp(id);
        QVERIFY(op.has_value());
        const catalogue::Operation *same = nullptr;
        for (const auto &operation : catalogue::all()) {
            if (operation.id == id && QString::fromLatin1(operation.path) == op->path)
                same = &operation;
        }
        QVERIFY2(same, "not in the catalogue");
        QCOMPARE(QString::fromLatin1(same->verb), op->verb);
        QCOMPARE(same->api, op->api);
        QCOMPARE(!same->reads, op->changes);
        if (!op->scope.isEmpty())
            QVERIFY2(same->scopes.contains(op->scope), qPrintable(op->scope));
        for (const auto &param : op->params)
            QVERIFY2(same->parameter(param.key), qPrintable(param.key));
    }

    void everyRowCanBeMadeIntoARequest()
    {
        static const QRegularExpression address(u"^/[A-Za-z0-9_./%-]+$"_s);
        for (const auto &operation : catalogue::all()) {
            catalogue::Call call;
            call.operation = &operation;
            for (const auto &parameter : operation.parameters) {
                if (!parameter.required)
                    continue;
                const bool json = parameter.type == "list"_L1 || parameter.type == "object"_L1;
                QString typed = json ? (parameter.type == "list"_L1 ? u"[]"_s : u"{}"_s) : u"7777"_s; // for a file: base64
                if (parameter.type == "switch"_L1)
                    typed = u"true"_s;
                if (parameter.type == "choice"_L1)
                    typed = parameter.choices.constFirst();
                if (parameter.place == catalogue::Place::File)
                    call.fileName = u"a.png"_s;
                const auto value = catalogue::valueOf(parameter, typed);
                QVERIFY2(value.has_value(), qPrintable(operation.name + u' ' + parameter.key));
                call.values.insert(parameter.key, *value);
            }
            QVERIFY2(catalogue::missing(call).isEmpty(), qPrintable(operation.name));
            const auto request = api::encode(call);
            QVERIFY2(request.has_value(), qPrintable(operation.name + (request ? QString() : request.error().message)));
            QVERIFY2(address.match(QString::fromLatin1(request->path)).hasMatch(), request->path.constData());
            QCOMPARE(request->body.isEmpty(), operation.verb == "GET");
        }
    }

    void valuesAreReadAsTheyAreTyped()
    {
        const auto value = [](const QString &type, const QString &text) {
            catalogue::Parameter parameter;
            parameter.key = u"k"_s;
            parameter.type = type;
            parameter.choices = {u"open"_s, u"won"_s};
            return catalogue::valueOf(parameter, text);
        };
        QCOMPARE(value(u"number"_s, u"12.5"_s)->toDouble(), 12.5);
        QVERIFY(!value(u"number"_s, u"many"_s));
        QVERIFY(!value(u"number"_s, u"nan"_s));
        QCOMPARE(value(u"switch"_s, u"Yes"_s)->toBool(), true);
        QVERIFY(!value(u"switch"_s, u"perhaps"_s));
        QCOMPARE(value(u"millis"_s, u"2026-12-01T09:00:00-05:00"_s)->toInteger(), 1796133600000);
        QCOMPARE(value(u"millis"_s, u"1796133600000"_s)->toInteger(), 1796133600000);
        QVERIFY(!value(u"millis"_s, u"tomorrow"_s));
        QCOMPARE(value(u"texts"_s, u"a, b"_s)->toArray(), (QJsonArray{u"a"_s, u"b"_s}));
        QCOMPARE(value(u"texts"_s, u"[\"a, b\"]"_s)->toArray(), (QJsonArray{u"a, b"_s}));
        QVERIFY(!value(u"texts"_s, u"[a"_s));
        QVERIFY(!value(u"choice"_s, u"sold"_s));
        QCOMPARE(value(u"object"_s, u"{\"a\":1}"_s)->toObject(), (QJsonObject{{u"a"_s, 1}}));
        QVERIFY(!value(u"object"_s, u"[1]"_s));
        QCOMPARE(value(u"any"_s, u"words"_s)->toString(), u"words"_s);
        QCOMPARE(value(u"text"_s, u" id "_s)->toString(), u"id"_s);
    }

    void oneNameForTwoOperationsIsAskedBack()
    {
        QStringList near;
        QCOMPARE(catalogue::find(u"create-association"_s)->path, QByteArray("/associations/"));
        QCOMPARE(catalogue::find(u"bulk update contact tags"_s)->path, QByteArray("/contacts/bulk/tags/update/{type}"));
        QVERIFY(!catalogue::find(u"contact-to"_s, &near));
        QVERIFY(near.contains(u"Add Contact to Workflow"_s));
    }

    void aBodyGivenAsAWholeIsLaidUnderTheParameters()
    {
        catalogue::Call call;
        call.operation = catalogue::find(u"create contact note"_s);
        call.values = {{u"contactId"_s, u"c1"_s}, {u"body"_s, u"from the field"_s}};
        call.body = QJsonObject{{u"body"_s, u"from the file"_s}, {u"userId"_s, u"u1"_s}};
        QCOMPARE(catalogue::bodyOf(call).toObject(), (QJsonObject{{u"body"_s, u"from the field"_s}, {u"userId"_s, u"u1"_s}}));
        call.operation = catalogue::find(u"create calendar notification"_s);
        call.values = {{u"calendarId"_s, u"c1"_s}, {u"channel"_s, u"sms"_s}};
        call.body = QJsonValue(QJsonValue::Undefined);
        QCOMPARE(catalogue::bodyOf(call).toArray(), (QJsonArray{QJsonObject{{u"channel"_s, u"sms"_s}}}));
    }

    void theCommandLineSurvivesAShell()
    {
        catalogue::Call call;
        call.operation = catalogue::find(u"create contact note"_s);
        call.values = {{u"contactId"_s, u"c1"_s}, {u"body"_s, u"it's $HOME; rm `x`"_s}};
        const QString typed = catalogue::commandLine(call);
        QVERIFY2(typed.contains(u"'body=it'\\''s $HOME; rm `x`'"_s), qPrintable(typed));
        call.operation = catalogue::find(u"create user"_s);
        call.values = {{u"password"_s, u"hunter2hunter2"_s}};
        QVERIFY(!catalogue::commandLine(call).contains(u"hunter2"_s));
    }

    void whatMustBeConfirmed()
    {
        const auto ask = [](const char *name) { return catalogue::find(QString::fromLatin1(name))->ask(); };
        QCOMPARE(ask("delete contact"), catalogue::Ask::Delete);
        QCOMPARE(ask("create location"), catalogue::Ask::Agency);
        QCOMPARE(ask("delete location"), catalogue::Ask::Delete);
        QCOMPARE(ask("send a message"), catalogue::Ask::Send);
        QCOMPARE(ask("filter users by email"), catalogue::Ask::Nothing);
        QCOMPARE(ask("update contact"), catalogue::Ask::Nothing);
        for (const auto &operation : catalogue::all())
            QCOMPARE(operation.ask() == catalogue::Ask::Nothing, catalogue::askSentence(operation).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
