// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

const OptionSpec *find(const QVector<OptionSpec> &options, const QString &name)
{
    const auto found = std::find_if(options.begin(), options.end(), [&name](const OptionSpec &o) { return o.name == name; });
    return found == options.end() ? nullptr : &*found;
}

/// The command with the longest path that the words begin with.
const CommandSpec *match(const QStringList &words, const QVector<CommandSpec> &table)
{
    const CommandSpec *best = nullptr;
    for (const CommandSpec &command : table) {
        if (words.size() >= command.path.size() && words.first(command.path.size()) == command.path &&
            (!best || command.path.size() > best->path.size()))
            best = &command;
    }
    return best;
}

bool isSecretName(const QString &name)
{
    static const QStringList names{u"token"_s,         u"client-secret"_s, u"secret"_s,       u"password"_s,
                                   u"access-token"_s,  u"refresh-token"_s, u"api-key"_s,      u"bearer"_s};
    return names.contains(name);
}

/// Reads one "--name[=value]" at `at`; moves `at` over a value that stands in the next argument.
QString takeOption(const QStringList &line, qsizetype &at, const QVector<OptionSpec> &known, QHash<QString, QStringList> &into)
{
    const QString text = line.at(at).mid(2);
    const qsizetype equals = text.indexOf(u'=');
    const QString name = equals < 0 ? text : text.left(equals);
    if (isSecretName(name))
        return Words::tr("Secrets are never taken as arguments, because other programs can read them. Use --token-stdin, "
                  "--client-secret-stdin or OUTRIGGER_TOKEN.");
    const OptionSpec *option = find(known, name);
    if (!option)
        return Words::tr("There is no option --%1 here. Try --help.").arg(name);
    if (option->valueName.isEmpty()) {
        if (equals >= 0)
            return Words::tr("The option --%1 takes no value.").arg(name);
        into[name].append(QString());
        return {};
    }
    if (equals >= 0) {
        into[name].append(text.mid(equals + 1));
        return {};
    }
    if (at + 1 >= line.size())
        return Words::tr("The option --%1 needs a value (%2).").arg(name, option->valueName);
    into[name].append(line.at(++at));
    return {};
}

QString optionLines(const QVector<OptionSpec> &options)
{
    QString text;
    for (const OptionSpec &option : options) {
        QString left = u"  --"_s + option.name;
        if (!option.valueName.isEmpty())
            left += u' ' + option.valueName;
        text += left.leftJustified(28) + u' ' + option.help + u'\n';
    }
    return text;
}

QString usageLine(const CommandSpec &command)
{
    QString line = u"outrigger-cli "_s + command.name();
    if (!command.words.isEmpty())
        line += u' ' + command.words;
    return line;
}

} // namespace

QVector<OptionSpec> commonOptions()
{
    return {{u"profile"_s, u"DIR"_s, Words::tr("everything of this run lives under DIR")},
            {u"server"_s, u"URL"_s, Words::tr("API base; OUTRIGGER_SERVER does the same")},
            {u"authorize-url"_s, u"URL"_s, Words::tr("consent page; OUTRIGGER_AUTHORIZE_URL does the same")},
            {u"log-level"_s, u"LEVEL"_s, Words::tr("error, warning, info or debug, on standard error")},
            {u"json"_s, {}, Words::tr("print one JSON document on standard output")},
            {u"version"_s, {}, Words::tr("print the version")},
            {u"help"_s, {}, Words::tr("print this help")}};
}

std::optional<int> Arguments::number(const char *name) const
{
    bool good = false;
    const int number = value(name).toInt(&good);
    return good && number >= 0 ? std::optional(number) : std::nullopt;
}

bool Arguments::wantsInput() const
{
    return command && std::any_of(command->inputOptions.begin(), command->inputOptions.end(),
                                  [this](const QString &name) { return options.contains(name); });
}

bool Arguments::asksBack() const
{
    return has("client-secret-stdin");
}

bool looksSecret(const QString &text)
{
    static const QRegularExpression secret(
        u"\\bpit-[0-9a-f]{8}-|\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.|^Bearer\\s+\\S{16,}"_s,
        QRegularExpression::CaseInsensitiveOption);
    return secret.match(text).hasMatch();
}

Parsed parseArguments(const QStringList &line, const QVector<CommandSpec> &table)
{
    Parsed parsed;
    Arguments &out = parsed.arguments;
    out.json = line.contains(u"--json"_s); // also when the rest cannot be read
    for (const QString &argument : line) {
        if (looksSecret(argument)) {
            parsed.problem = Words::tr("An argument looks like a token. Secrets are never taken as arguments, because other programs "
                                "can read them. Use --token-stdin or OUTRIGGER_TOKEN, and replace this token.");
            return parsed;
        }
    }
    // Which command it is decides which options there are, so the words are looked at first.
    QVector<OptionSpec> every = commonOptions();
    every.append({u"dry-run"_s, {}, {}});
    for (const CommandSpec &command : table)
        every += command.options;
    QStringList words;
    {
        QHash<QString, QStringList> ignored;
        for (qsizetype at = 0; at < line.size(); ++at) {
            if (line.at(at) == "--"_L1)
                break;
            if (line.at(at).startsWith("--"_L1))
                takeOption(line, at, every, ignored);
            else
                words.append(line.at(at));
        }
    }
    out.command = match(words, table);
    QVector<OptionSpec> known = commonOptions();
    if (out.command) {
        known += out.command->options;
        if (out.command->writes)
            known.append({u"dry-run"_s, {}, {}});
    }
    bool onlyWords = false;
    for (qsizetype at = 0; at < line.size(); ++at) {
        const QString &argument = line.at(at);
        if (!onlyWords && argument == "--"_L1) {
            onlyWords = true;
        } else if (!onlyWords && argument == "-h"_L1) {
            out.options[u"help"_s].append(QString());
        } else if (!onlyWords && argument.startsWith("--"_L1)) {
            parsed.problem = takeOption(line, at, known, out.options);
            if (!parsed.problem.isEmpty())
                return parsed;
        } else {
            out.words.append(argument);
        }
    }
    out.json = out.options.contains(u"json"_s); // not when it was a text to send
    out.dryRun = out.options.contains(u"dry-run"_s);
    out.help = out.options.contains(u"help"_s);
    out.version = out.options.contains(u"version"_s);
    out.profile = out.value("profile");
    out.server = out.value("server");
    out.authorizeUrl = out.value("authorize-url");
    out.logLevel = out.value("log-level");
    if (out.help || out.version)
        return parsed;
    if (!out.command) {
        parsed.problem = words.isEmpty() ? Words::tr("Say what to do. Try --help.")
                                         : Words::tr("There is no command \"%1\". Try --help.").arg(words.join(u' '));
        return parsed;
    }
    out.words = out.words.mid(out.command->path.size());
    const auto count = int(out.words.size());
    if (count < out.command->fewestWords)
        parsed.problem = Words::tr("Something is missing: %1").arg(usageLine(*out.command));
    else if (out.command->mostWords >= 0 && count > out.command->mostWords)
        parsed.problem = Words::tr("Too many words: %1").arg(usageLine(*out.command));
    return parsed;
}

QString commandHelp(const CommandSpec &command)
{
    QString text = usageLine(command) + u" [options]\n\n"_s + command.summary + u"\n\n"_s;
    QVector<OptionSpec> own = command.options;
    if (command.writes)
        own.append({u"dry-run"_s, {}, Words::tr("print the request and change nothing")});
    if (!own.isEmpty())
        text += optionLines(own) + u'\n';
    text += Words::tr("Common options:\n") + optionLines(commonOptions());
    return text;
}

QString groupHelp(const QString &word, const QVector<CommandSpec> &table)
{
    QString text;
    for (const CommandSpec &command : table) {
        if (command.path.constFirst() == word)
            text += u"  "_s + usageLine(command) + u"\n      "_s + command.summary + u'\n';
    }
    return text;
}

QString generalHelp(const QVector<CommandSpec> &table)
{
    QString text = Words::tr("outrigger-cli COMMAND [options]\nOutrigger without windows: the same account, outbox and local copy.\n\n");
    for (const CommandSpec &command : table)
        text += u"  "_s + (command.name() + u' ' + command.words).leftJustified(34) + u' ' + command.summary + u'\n';
    text += u'\n' + Words::tr("Common options:\n") + optionLines(commonOptions());
    text += u'\n' + Words::tr("OUTRIGGER_TOKEN and OUTRIGGER_LOCATION give a token and its location id for this run only; they are never "
                       "stored.\n\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed, 4 refused by the server, "
                       "5 outcome uncertain, 6 accepted here and waiting, 7 profile in use or unreadable.\n");
    return text;
}

} // namespace outrigger::cli
