// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

namespace outrigger::cli {

/// What the shell gets back; scripts depend on these numbers.
enum Exit {
    Done = 0,
    Failed = 1,
    WrongUsage = 2,
    SignInNeeded = 3,
    Refused = 4,   ///< by the server, or by a rule that keeps a text from leaving
    Uncertain = 5, ///< a person must decide
    Waiting = 6,   ///< accepted here, has not left yet
    InUse = 7      ///< the profile is in use or cannot be read
};

struct OptionSpec {
    QString name;      ///< without dashes
    QString valueName; ///< empty: a switch
    QString help;
};

/// One command as far as its words go; what it does is in commands.h.
struct CommandSpec {
    QStringList path;  ///< "contact", "get"
    QString words;     ///< how its free words are written in the help, "" when it takes none
    QString summary;
    QVector<OptionSpec> options;
    int fewestWords = 0;
    int mostWords = 0; ///< -1: any number
    bool writes = false;
    /// Options that make it read standard input.
    QStringList inputOptions;

    QString name() const { return path.join(QLatin1Char(' ')); }
};

/// A parsed command line.
struct Arguments {
    const CommandSpec *command = nullptr; ///< null with help or version alone
    QStringList words;
    QHash<QString, QStringList> options;
    bool json = false;
    bool dryRun = false;
    bool help = false;
    bool version = false;
    QString profile;
    QString server;
    QString authorizeUrl;
    QString logLevel;

    bool has(const char *name) const { return options.contains(QLatin1String(name)); }
    QString value(const char *name) const { return options.value(QLatin1String(name)).value(0); }
    QStringList values(const char *name) const { return options.value(QLatin1String(name)); }
    std::optional<int> number(const char *name) const;
    bool wantsInput() const;
    /// Standard input holds one line now, and later what a person answers.
    bool asksBack() const;
};

struct Parsed {
    Arguments arguments;
    QString problem; ///< one sentence when the line cannot be used; exit with WrongUsage
};

/// What every command takes.
QVector<OptionSpec> commonOptions();
/// arguments: without the program's name.
Parsed parseArguments(const QStringList &arguments, const QVector<CommandSpec> &table);

QString generalHelp(const QVector<CommandSpec> &table);
QString commandHelp(const CommandSpec &command);
/// Help for a word that begins several commands, such as "contact"; empty when none does.
QString groupHelp(const QString &word, const QVector<CommandSpec> &table);
/// Text that looks like a token: it must not stand in an argument, where every program on the machine can read it.
bool looksSecret(const QString &text);

} // namespace outrigger::cli
