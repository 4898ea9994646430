// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion.h"

#include "domain/catalogue.h"

#include <QCoreApplication>
#include <QMap>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString optionNames(const CommandSpec &command)
{
    QStringList names;
    const auto options = command.options + commonOptions();
    for (const OptionSpec &option : options)
        names.append(u"--"_s + option.name);
    if (command.writes)
        names.append(u"--dry-run"_s);
    return names.join(u' ');
}

/// Text for roff: no line begins with a control character, and a dash is one that can be copied.
QString roff(QString text)
{
    text.replace(u'\\', u"\\e"_s).replace(u'-', u"\\-"_s);
    text.replace(u'“', u"\\(lq"_s).replace(u'”', u"\\(rq"_s).replace(u"…"_s, u"..."_s);
    if (text.startsWith(u'.') || text.startsWith(u'\''))
        text.prepend(u"\\&"_s);
    return text;
}

QString roffOptions(const QVector<OptionSpec> &options)
{
    QString text;
    for (const OptionSpec &option : options) {
        QString head = u"\\fB"_s + roff(u"--"_s + option.name) + u"\\fR"_s;
        if (!option.valueName.isEmpty())
            head += u" \\fI"_s + roff(option.valueName) + u"\\fR"_s;
        text += u".TP\n"_s + head + u'\n' + roff(option.help) + u'\n';
    }
    return text;
}

} // namespace

QString bashCompletion(const QVector<CommandSpec> &table)
{
    QMap<QString, QStringList> groups;
    QString cases;
    for (const CommandSpec &command : table) {
        groups[command.path.constFirst()].append(command.path.mid(1).join(u' '));
        cases += u"        '"_s + command.name() + u"') options='"_s + optionNames(command) + u"' ;;\n"_s;
    }
    QString seconds;
    for (auto it = groups.begin(); it != groups.end(); ++it)
        seconds += u"        "_s + it.key() + u") next='"_s + it->join(u' ').simplified() + u"' ;;\n"_s;
    QStringList operations;
    for (const auto &operation : catalogue::all())
        operations.append(operation.key);
    return u"# bash completion for outrigger-cli, made by: outrigger-cli completion\n"
           "_outrigger_cli()\n{\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=() word options='' next=''\n"
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "        [[ $word == -* ]] || words+=(\"$word\")\n"
           "    done\n"
           "    case $prev in\n"
           "        --attach|--body|--out|--profile) mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return ;;\n"
           "    esac\n"
           "    case \"${words[*]:0:2}\" in\n"_s
        + cases
        + u"    esac\n"_s
        + u"    if [[ -z $options ]]; then\n        case ${words[0]-} in\n"_s
        + [&table] {
              QString singles;
              for (const CommandSpec &command : table) {
                  if (command.path.size() == 1)
                      singles += u"        "_s + command.name() + u") options='"_s + optionNames(command) + u"' ;;\n"_s;
              }
              return singles;
          }()
        + u"        esac\n    fi\n    case ${words[0]-} in\n"_s + seconds + u"    esac\n"_s
        + u"    if [[ $cur == -* ]]; then\n        next=$options\n"
          "    elif [[ ${#words[@]} -eq 0 ]]; then\n        next='"_s
        + QStringList(groups.keys()).join(u' ')
        + u"'\n    elif [[ ${words[*]-} == 'op call' || ${words[*]-} == 'op describe' ]]; then\n        next='"_s + operations.join(u' ')
        + u"'\n    elif [[ ${#words[@]} -gt 1 ]]; then\n        next=''\n    fi\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$next\" -- \"$cur\")\n"
          "}\ncomplete -F _outrigger_cli outrigger-cli\n"_s;
}

QString manualPage(const QVector<CommandSpec> &table, const QString &version)
{
    QString text = u".TH OUTRIGGER\\-CLI 1 \"\" \"Outrigger "_s + version + u"\" \"Outrigger\"\n"
                   ".SH NAME\noutrigger\\-cli \\- HighLevel from the command line\n"
                   ".SH SYNOPSIS\n.B outrigger\\-cli\n.I COMMAND\n[\\fIoptions\\fR]\n"
                   ".SH DESCRIPTION\n"_s;
    text += roff(Words::tr("Outrigger without windows: the same account, outbox and local copy. While the window has a profile open, "
                           "commands run through it.")) + u'\n';
    text += u".SH COMMANDS\n"_s;
    for (const CommandSpec &command : table) {
        text += u".SS "_s + roff(command.name() + (command.words.isEmpty() ? QString() : u' ' + command.words)) + u'\n' + roff(command.summary) + u'\n';
        text += roffOptions(command.options);
        if (command.writes)
            text += roffOptions({{u"dry-run"_s, {}, Words::tr("print the request and change nothing")}});
    }
    text += u".SH OPTIONS\n"_s + roffOptions(commonOptions());
    text += u".SH ENVIRONMENT\n.TP\n\\fBOUTRIGGER_TOKEN\\fR, \\fBOUTRIGGER_LOCATION\\fR\n"_s
        + roff(Words::tr("a token and its location id for this run only; they are never stored")) + u"\n.TP\n\\fBOUTRIGGER_SERVER\\fR\n"_s
        + roff(Words::tr("API base")) + u'\n';
    text += u".SH EXIT STATUS\n"_s;
    const QVector<std::pair<int, QString>> exits{{Done, Words::tr("done")},
                                                 {Failed, Words::tr("failed")},
                                                 {WrongUsage, Words::tr("wrong usage")},
                                                 {SignInNeeded, Words::tr("sign-in needed")},
                                                 {Refused, Words::tr("refused by the server")},
                                                 {Uncertain, Words::tr("outcome uncertain, a person must decide")},
                                                 {Waiting, Words::tr("accepted here, waiting to leave")},
                                                 {InUse, Words::tr("profile in use or unreadable")}};
    for (const auto &[code, words] : exits)
        text += u".TP\n\\fB%1\\fR\n"_s.arg(code) + roff(words) + u'\n';
    return text;
}

} // namespace outrigger::cli
