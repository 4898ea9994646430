// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/commands_verbs.h"
#include "core/aside.h"
#include "core/json.h"
#include "domain/catalogue.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

// `op`: every operation of HighLevel's catalogue by its name.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString placeWord(catalogue::Place place)
{
    switch (place) {
    case catalogue::Place::Path:
        return u"path"_s;
    case catalogue::Place::Query:
        return u"query"_s;
    case catalogue::Place::Body:
        return u"body"_s;
    case catalogue::Place::Form:
        return u"form"_s;
    case catalogue::Place::Part:
        return u"part"_s;
    case catalogue::Place::File:
        return u"file"_s;
    }
    return {};
}

QString tokenWord(catalogue::Token token)
{
    switch (token) {
    case catalogue::Token::Agency:
        return u"agency"_s;
    case catalogue::Token::Either:
        return u"either"_s;
    case catalogue::Token::Location:
        break;
    }
    return u"location"_s;
}

QJsonObject summaryOf(const catalogue::Operation &operation)
{
    return {{u"name"_s, operation.name},
            {u"key"_s, operation.key},
            {u"operationId"_s, operation.id},
            {u"category"_s, operation.category},
            {u"kind"_s, operation.trigger ? u"trigger"_s : u"action"_s},
            {u"listed"_s, operation.listed},
            {u"method"_s, QString::fromLatin1(operation.verb)},
            {u"path"_s, QString::fromLatin1(operation.path)},
            {u"scopes"_s, QJsonArray::fromStringList(operation.scopes)},
            {u"token"_s, tokenWord(operation.token)},
            {u"changes"_s, !operation.reads},
            {u"needsYes"_s, operation.ask() != catalogue::Ask::Nothing},
            {u"about"_s, operation.about}};
}

QJsonObject describe(const catalogue::Parameter &parameter)
{
    QJsonObject object{{u"key"_s, parameter.key},
                       {u"place"_s, placeWord(parameter.place)},
                       {u"type"_s, parameter.type},
                       {u"required"_s, parameter.required},
                       {u"about"_s, parameter.about}};
    if (!parameter.choices.isEmpty())
        object.insert(u"choices"_s, QJsonArray::fromStringList(parameter.choices));
    if (!parameter.pick.isEmpty())
        object.insert(u"idOf"_s, parameter.pick);
    if (!parameter.inside.isEmpty())
        object.insert(u"fields"_s, QJsonArray::fromStringList(parameter.inside));
    return object;
}

/// The operation that the words name, or what to say instead.
Result<const catalogue::Operation *> named(const ContextPtr &context)
{
    const QString name = context->arguments.words.join(u' ');
    QStringList near;
    const auto *operation = catalogue::find(name, &near);
    if (operation)
        return operation;
    const QString hint = near.isEmpty() ? Words::tr("“outrigger-cli op list” shows them all.") : Words::tr("Meant perhaps: %1.").arg(near.join(u", "_s));
    return fail(ErrorKind::Usage, Words::tr("There is no single operation “%1”.").arg(name) + u' ' + hint);
}

/// "@FILE" of a parameter that is a file.
Result<QJsonValue> fileOf(const catalogue::Parameter &parameter, const QString &text, QString *name)
{
    QFile file(text.startsWith(u'@') ? text.mid(1) : text);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Usage, Words::tr("%1: the file “%2” cannot be read.").arg(parameter.key, file.fileName()));
    *name = QFileInfo(file).fileName();
    return QJsonValue(QString::fromLatin1(file.readAll().toBase64()));
}

Status takeParameters(const ContextPtr &context, catalogue::Call *call)
{
    const QStringList given = context->arguments.values("param");
    for (const QString &one : given) {
        const QString key = one.section(u'=', 0, 0).trimmed();
        const auto *parameter = call->operation->parameter(key);
        if (!one.contains(u'=') || key.isEmpty())
            return fail(ErrorKind::Usage, Words::tr("“--param %1” is not like name=value.").arg(one));
        if (!parameter) {
            QStringList known;
            for (const auto &other : call->operation->parameters)
                known.append(other.key);
            return fail(ErrorKind::Usage, Words::tr("“%1” has no parameter “%2”. It has: %3.")
                                              .arg(call->operation->name, key, known.isEmpty() ? Words::tr("none") : known.join(u", "_s)));
        }
        if (parameter->type == "secret"_L1)
            return fail(ErrorKind::Usage, key + u": "_s + catalogue::whereFrom(*parameter));
        const QString text = one.mid(one.indexOf(u'=') + 1);
        auto value = parameter->place == catalogue::Place::File ? fileOf(*parameter, text, &call->fileName) : catalogue::valueOf(*parameter, text);
        if (!value)
            return fail(std::move(value.error()));
        call->values.insert(key, *value);
    }
    return {};
}

Status takeBody(const ContextPtr &context, catalogue::Call *call)
{
    if (!context->arguments.has("body"))
        return {};
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(context->input, &error);
    if (document.isNull())
        return fail(ErrorKind::Usage, Words::tr("The body is no JSON (%1, at byte %2).").arg(error.errorString()).arg(error.offset));
    call->body = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    return {};
}

int sayMissing(const ContextPtr &context, const QVector<const catalogue::Parameter *> &absent, const catalogue::Operation &operation)
{
    QJsonArray list;
    QStringList names;
    for (const auto *parameter : absent) {
        const QString where = catalogue::whereFrom(*parameter);
        names.append(parameter->key);
        list.append(QJsonObject{{u"key"_s, parameter->key}, {u"about"_s, parameter->about}, {u"where"_s, where}});
        context->output->note(u"  "_s + parameter->key.leftJustified(20) + u' ' + where);
    }
    const QString sentence = Words::tr("“%1” needs %2: give each with --param name=value, or in --body.").arg(operation.name, names.join(u", "_s));
    context->output->note(sentence);
    context->output->answer(QJsonObject{{u"error"_s, QJsonObject{{u"kind"_s, u"usage"_s}, {u"message"_s, sentence}, {u"missing"_s, list}}}}, {});
    return WrongUsage;
}

int showRequest(const ContextPtr &context, const catalogue::Call &call)
{
    const auto request = context->engine->describeCall(call);
    if (!request)
        return context->output->failure(request.error());
    QJsonObject headers;
    for (const auto &[name, value] : request->headers)
        headers.insert(name, value);
    QJsonObject object{{u"dryRun"_s, true}, {u"method"_s, QString::fromLatin1(request->verb)}, {u"url"_s, request->url}, {u"headers"_s, headers}};
    const auto body = QJsonDocument::fromJson(request->body);
    if (!body.isNull())
        object.insert(u"body"_s, body.isArray() ? QJsonValue(body.array()) : QJsonValue(body.object()));
    context->output->answer(object, request->text());
    return Done;
}

bool isText(const QByteArray &bytes)
{
    return !bytes.contains('\0') && QString::fromUtf8(bytes).toUtf8() == bytes;
}

int showAnswer(const ContextPtr &context, const catalogue::Call &call, const catalogue::Answer &answer)
{
    if (!context->output->json())
        context->output->note(Words::tr("%1 in %2 ms").arg(answer.http).arg(answer.milliseconds));
    if (context->arguments.has("out")) {
        QSaveFile file(context->arguments.value("out"));
        if (!file.open(QIODevice::WriteOnly) || file.write(answer.body) != answer.body.size() || !file.commit())
            return context->output->failure(Failed, u"storage"_s, Words::tr("“%1” cannot be written. The call itself worked.").arg(file.fileName()));
        context->output->answer(QJsonObject{{u"file"_s, file.fileName()}, {u"bytes"_s, answer.body.size()}}, file.fileName());
        return Done;
    }
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(answer.body, &error);
    if (!document.isNull()) {
        context->output->answer(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()),
                                QString::fromUtf8(document.toJson(QJsonDocument::Indented)));
        return Done;
    }
    if (answer.body.trimmed().isEmpty()) {
        context->output->answer(QJsonObject{}, {});
        return Done;
    }
    if (!call.operation->fileAnswer || !isText(answer.body))
        return context->output->failure(Failed, u"bad_reply"_s, call.operation->fileAnswer
                                            ? Words::tr("The answer is a file of %1 bytes. Say with --out where it goes.").arg(answer.body.size())
                                            : Words::tr("HighLevel's answer is no JSON. With --out it is kept as it came."));
    context->output->answer(QJsonObject{{u"text"_s, QString::fromUtf8(answer.body)}}, QString::fromUtf8(answer.body));
    return Done;
}

/// What keeps a complete call from leaving; Done when nothing does.
int guard(const ContextPtr &context, const catalogue::Operation &operation, const Account &account)
{
    const QStringList lacking = catalogue::lacking(operation, account.scopes);
    if (!lacking.isEmpty())
        return context->output->failure(Refused, u"scope_missing"_s,
                                        Words::tr("The sign-in lacks the permission %1, which “%2” needs. Nothing was sent. Tick it in HighLevel "
                                                  "and sign in again.").arg(lacking.join(Words::tr(" or ")), operation.name));
    if (operation.ask() != catalogue::Ask::Nothing && !context->arguments.has("yes"))
        return context->output->failure(WrongUsage, u"usage"_s,
                                        catalogue::askSentence(operation) + u' ' + Words::tr("Give --yes when that is meant; --dry-run shows the request."));
    return Done;
}

} // namespace

Task<int> opList(ContextPtr context)
{
    const QString wanted = context->arguments.value("category").trimmed();
    QStringList categories = catalogue::categories();
    if (!wanted.isEmpty()) {
        categories = categories.filter(wanted, Qt::CaseInsensitive);
        if (categories.isEmpty())
            co_return context->output->failure(WrongUsage, u"usage"_s,
                                               Words::tr("There is no category “%1”. They are: %2.").arg(wanted, catalogue::categories().join(u", "_s)));
    }
    QJsonArray array;
    QVector<QStringList> rows;
    for (const auto &operation : catalogue::all()) {
        if (!categories.contains(operation.category) || (context->arguments.has("listed") && !operation.listed))
            continue;
        array.append(summaryOf(operation));
        rows.append({operation.category, operation.key, QString::fromLatin1(operation.verb), operation.about});
    }
    context->output->answer(array, columns(rows));
    co_return Done;
}

Task<int> opDescribe(ContextPtr context)
{
    const auto operation = named(context);
    if (!operation)
        co_return context->output->failure(operation.error());
    const auto &op = **operation;
    QJsonObject object = summaryOf(op);
    QJsonArray parameters;
    QVector<QStringList> rows;
    for (const auto &parameter : op.parameters) {
        parameters.append(describe(parameter));
        QString about = parameter.about;
        if (!parameter.choices.isEmpty())
            about += (about.isEmpty() ? QString() : u"; "_s) + parameter.choices.join(u'|');
        rows.append({u"  "_s + parameter.key + (parameter.required ? u" *"_s : QString()), placeWord(parameter.place), parameter.type, about});
    }
    object.insert(u"params"_s, parameters);
    QString text = op.name + u"  ("_s + op.id + u")\n"_s + op.about + u".\n\n"_s + QString::fromLatin1(op.verb) + u' ' + QString::fromLatin1(op.path) + u'\n';
    text += op.scopes.isEmpty() ? Words::tr("Permission: none is published") : Words::tr("Permission: %1").arg(op.scopes.join(Words::tr(" or ")));
    text += u'\n' + Words::tr("Token: %1").arg(tokenWord(op.token)) + u'\n';
    if (const QString ask = catalogue::askSentence(op); !ask.isEmpty())
        text += ask + u' ' + Words::tr("Needs --yes.") + u'\n';
    if (!rows.isEmpty())
        text += u'\n' + Words::tr("Parameters (* required):") + u'\n' + columns(rows);
    context->output->answer(object, text);
    co_return Done;
}

Task<int> opCall(ContextPtr context)
{
    const auto operation = named(context);
    if (!operation)
        co_return context->output->failure(operation.error());
    auto calling = callAndPrint(context, *operation, {});
    co_return co_await calling;
}

Task<int> callAndPrint(ContextPtr context, const catalogue::Operation *operation, QJsonObject values)
{
    const auto account = accountOf(context);
    if (!account)
        co_return context->output->failure(account.error());
    catalogue::Call call;
    call.operation = operation;
    call.values = values;
    Status taken = takeParameters(context, &call);
    if (taken)
        taken = takeBody(context, &call);
    if (!taken)
        co_return context->output->failure(taken.error());
    catalogue::fillIn(call, account->location);
    if (const auto absent = catalogue::missing(call); !absent.isEmpty())
        co_return sayMissing(context, absent, *call.operation);
    if (context->arguments.dryRun)
        co_return showRequest(context, call);
    if (const int stopped = guard(context, *call.operation, *account); stopped != Done)
        co_return stopped;
    auto calling = context->engine->callOperation(call);
    const auto answer = co_await calling;
    if (!answer) {
        if (call.operation->token == catalogue::Token::Agency && answer.error().kind == ErrorKind::ScopeMissing)
            context->output->note(Words::tr("This operation takes the agency's token, not a sub-account's. OUTRIGGER_TOKEN gives one for this run."));
        co_return context->output->failure(answer.error());
    }
    // The window may have this profile: what it shows is read again. A failure of that is not one of the call.
    if (const auto touched = catalogue::touchedBy(call); !touched.isEmpty() && context->engine->options().pull) {
        auto reading = context->engine->reread(touched);
        const Status read = co_await reading;
        if (!read)
            context->output->note(read.error().message);
    }
    co_return showAnswer(context, call, *answer);
}

} // namespace outrigger::cli
