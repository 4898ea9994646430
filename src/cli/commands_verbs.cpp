// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands_verbs.h"

#include "domain/catalogue.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

// One operation, one short name. What a screen does through the outbox has commands of its own; these are the rest.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

struct Verb {
    const char *group;
    const char *name;
    const char *operation; ///< its key in the catalogue
    const char *word;      ///< the parameter that stands without an option; "" for none
    const char *shown;     ///< how that word is written in the help
};
constexpr std::array verbs{
    Verb{"contact", "appts", "get-contact-appointments", "contactId", "ID"},
    Verb{"user", "get", "get-user", "userId", "ID"},
    Verb{"user", "search", "search-users", "query", "WORDS"},
    Verb{"user", "find", "filter-users-by-email", "emails", "ADDRESS"},
    Verb{"user", "add", "create-user", "", ""},
    Verb{"user", "set", "update-user", "userId", "ID"},
    Verb{"user", "rm", "delete-user", "userId", "ID"},
    Verb{"business", "get", "get-business", "businessId", "ID"},
    Verb{"business", "add", "create-business", "name", "NAME"},
    Verb{"business", "set", "update-business", "businessId", "ID"},
    Verb{"business", "rm", "delete-business", "businessId", "ID"},
    Verb{"snapshot", "list", "list-snapshots", "", ""},
    Verb{"relation", "list", "get-relations-by-record", "recordId", "ID"},
    Verb{"relation", "add", "create-relation", "", ""},
    Verb{"relation", "rm", "delete-relation", "relationId", "ID"},
};

/// "firstName" as one writes options: first-name.
QString optionOf(const QString &key)
{
    QString option;
    for (const QChar c : key) {
        if (c.isUpper())
            option += u'-';
        option += c.toLower();
    }
    return option;
}

/// What can stand on a command line as one text. Lists of objects come with --body, secrets with it on standard input.
bool isOption(const catalogue::Parameter &parameter)
{
    static const QStringList plain{u"text"_s, u"long"_s, u"number"_s, u"switch"_s, u"date"_s, u"millis"_s, u"choice"_s, u"texts"_s, u"numbers"_s};
    return plain.contains(parameter.type) && !(parameter.pick == "location"_L1 && parameter.required && parameter.type == "text"_L1);
}

CommandSpec specOf(const Verb &verb, const catalogue::Operation &operation)
{
    CommandSpec spec;
    spec.path = {QString::fromLatin1(verb.group), QString::fromLatin1(verb.name)};
    const QString word = QString::fromLatin1(verb.word);
    spec.words = QString::fromLatin1(verb.shown);
    spec.summary = operation.about + u'.';
    spec.fewestWords = spec.mostWords = word.isEmpty() ? 0 : 1;
    spec.writes = !operation.reads;
    for (const auto &parameter : operation.parameters) {
        if (parameter.key == word || !isOption(parameter))
            continue;
        QString about = parameter.about.isEmpty() ? parameter.key : parameter.about;
        if (!parameter.choices.isEmpty())
            about += u": "_s + parameter.choices.join(u", "_s);
        if (parameter.required)
            about += Words::tr(" (needed)");
        spec.options.append({optionOf(parameter.key), parameter.type == "switch"_L1 ? u"true|false"_s : u"VALUE"_s, about});
    }
    if (!operation.reads) {
        const bool body = std::any_of(operation.parameters.begin(), operation.parameters.end(), [](const auto &one) { return one.place == catalogue::Place::Body; });
        if (body)
            spec.options.append({u"body"_s, u"FILE"_s, Words::tr("the JSON body from a file, or from standard input with -")});
        if (operation.ask() != catalogue::Ask::Nothing)
            spec.options.append({u"yes"_s, {}, Words::tr("yes, for good")});
    }
    return spec;
}

/// The options that were given, by the names of HighLevel's parameters.
Result<QJsonObject> valuesOf(const Arguments &arguments, const catalogue::Operation &operation)
{
    QJsonObject values;
    for (const auto &parameter : operation.parameters) {
        const QString option = optionOf(parameter.key);
        if (!isOption(parameter) || !arguments.options.contains(option))
            continue;
        auto value = catalogue::valueOf(parameter, arguments.options.value(option).value(0));
        if (!value)
            return fail(std::move(value.error()));
        values.insert(parameter.key, *value);
    }
    return values;
}

const catalogue::Operation *operationOf(const QString &key)
{
    const auto &all = catalogue::all();
    const auto found = std::find_if(all.begin(), all.end(), [&key](const auto &one) { return one.key == key; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

QVector<CommandSpec> verbSpecs()
{
    QVector<CommandSpec> specs;
    for (const Verb &verb : verbs) {
        if (const auto *operation = operationOf(QString::fromLatin1(verb.operation)))
            specs.append(specOf(verb, *operation));
    }
    return specs;
}

Task<int> runVerb(ContextPtr context)
{
    const QStringList path = context->arguments.command->path;
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&path](const Verb &one) {
        return path == QStringList{QString::fromLatin1(one.group), QString::fromLatin1(one.name)};
    });
    const auto *operation = verb == verbs.end() ? nullptr : operationOf(QString::fromLatin1(verb->operation));
    if (!operation)
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no such command."));
    auto values = valuesOf(context->arguments, *operation);
    if (!values)
        co_return context->output->failure(values.error());
    if (!context->arguments.words.isEmpty())
        values->insert(QString::fromLatin1(verb->word), context->arguments.words.constFirst());
    for (const char *page : {"skip", "limit"}) { // lists without pages of their own begin at the beginning
        const auto *parameter = operation->parameter(QString::fromLatin1(page));
        if (parameter && parameter->required && !values->contains(QLatin1String(page)))
            values->insert(QLatin1String(page), qstrcmp(page, "skip") == 0 ? 0 : 100);
    }
    auto calling = callAndPrint(context, operation, *values);
    co_return co_await calling;
}

Task<int> contactList(ContextPtr context)
{
    const Arguments &arguments = context->arguments;
    const bool business = arguments.has("business");
    if (business == arguments.has("legacy"))
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Say which: --business ID, or --legacy for HighLevel's old list of all contacts."));
    const auto *operation = operationOf(business ? u"get-contacts-by-business"_s : u"list-contacts-deprecated"_s);
    if (!operation)
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no such command."));
    auto values = valuesOf(arguments, *operation);
    if (!values)
        co_return context->output->failure(values.error());
    if (business)
        values->insert(u"businessId"_s, arguments.value("business"));
    auto calling = callAndPrint(context, operation, *values);
    co_return co_await calling;
}

} // namespace outrigger::cli
