// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/runner.h"
#include "core/language.h"
#include "core/log.h"
#include "core/profile.h"
#include "domain/catalogue.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace outrigger;

namespace {

int signalPipe[2] = {-1, -1};
constexpr qint64 largestBody = 512 * 1024; // what the window takes from us is 1 MB in base64

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
}

void write(std::FILE *to, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), to);
    std::fflush(to);
}

QByteArray readInput()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    return input.read(64 * 1024);
}

/// Plain http only to this computer; everything else would carry the token in the clear.
QString serverProblem(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool loopback = url.host() == "127.0.0.1"_L1 || url.host() == "::1"_L1 || url.host() == "localhost"_L1;
    if (!url.isValid() || url.host().isEmpty())
        return QCoreApplication::translate("Cli", "This is no usable address: %1").arg(text);
    if (url.scheme() != "https"_L1 && !(url.scheme() == "http"_L1 && loopback))
        return QCoreApplication::translate("Cli", "Plain http is taken for this computer only. Use https.");
    return {};
}

QString fromEnvironment(const QString &option, const char *variable)
{
    return option.isEmpty() ? qEnvironmentVariable(variable).trimmed() : option;
}

/// What can be answered without a profile. nullopt: go on.
std::optional<int> answerAtOnce(const cli::Parsed &parsed)
{
    const auto &arguments = parsed.arguments;
    if (!parsed.problem.isEmpty()) {
        cli::Output output(arguments.json, [](const QByteArray &b) { write(stdout, b); }, [](const QByteArray &b) { write(stderr, b); });
        return output.failure(cli::WrongUsage, u"usage"_s, parsed.problem);
    }
    if (arguments.version) {
        write(stdout, "outrigger-cli " OUTRIGGER_VERSION "\n");
        return cli::Done;
    }
    if (arguments.help) {
        QString text;
        if (arguments.command)
            text = cli::commandHelp(*arguments.command);
        else if (!arguments.words.isEmpty())
            text = cli::groupHelp(arguments.words.constFirst(), cli::commandTable());
        write(stdout, (text.isEmpty() ? cli::generalHelp(cli::commandTable()) : text).toUtf8());
        return cli::Done;
    }
    if (arguments.command && arguments.command->path.constFirst() == "completion"_L1) {
        write(stdout, cli::bashCompletion(cli::commandTable()).toUtf8());
        return cli::Done;
    }
    if (arguments.command && arguments.command->path.constFirst() == "manual"_L1) {
        write(stdout, cli::manualPage(cli::commandTable(), QStringLiteral(OUTRIGGER_VERSION)).toUtf8());
        return cli::Done;
    }
    return std::nullopt;
}

int refuse(const cli::Arguments &arguments, int exit, const QString &code, const QString &sentence)
{
    cli::Output output(arguments.json, [](const QByteArray &b) { write(stdout, b); }, [](const QByteArray &b) { write(stderr, b); });
    return output.failure(exit, code, sentence);
}

QString wholePath(const QString &path)
{
    return QFileInfo(path).absoluteFilePath();
}

/// "name=@FILE" of --param, where the catalogue knows a file by that name.
QString wholeParameter(const QString &text)
{
    const QString key = text.section(u'=', 0, 0);
    const auto isFile = [&key](const catalogue::Operation &operation) {
        const auto *parameter = operation.parameter(key);
        return parameter && parameter->place == catalogue::Place::File;
    };
    const auto &all = catalogue::all();
    if (!text.mid(key.size()).startsWith("=@"_L1) || std::none_of(all.begin(), all.end(), isFile))
        return text;
    return key + u"=@"_s + wholePath(text.mid(key.size() + 2));
}

/// The command may run in the window's process, which stands in another folder.
QStringList withWholePaths(QStringList words)
{
    const QVector<std::pair<QString, QString (*)(const QString &)>> options{
        {u"--attach"_s, wholePath}, {u"--out"_s, wholePath}, {u"--key"_s, wholePath}, {u"--rsa-key"_s, wholePath}, {u"--param"_s, wholeParameter}};
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (i > 1 && words.at(i - 1) == u"import"_s && words.at(i - 2) == u"contact"_s && !words.at(i).startsWith(u'-'))
            words[i] = QFileInfo(words.at(i)).absoluteFilePath();
        for (const auto &[option, whole] : options) {
            if (words.at(i) == option && i + 1 < words.size()) {
                words[i + 1] = whole(words.at(i + 1));
                ++i;
                break;
            }
            if (words.at(i).startsWith(option + u'='))
                words[i] = option + u'=' + whole(words.at(i).mid(option.size() + 1));
        }
    }
    return words;
}

/// What --body names is read here, for the same reason. nullopt: it cannot be read.
std::optional<QByteArray> readBody(const QString &path)
{
    QFile file(path);
    const bool open = path == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!open)
        return std::nullopt;
    return file.read(largestBody + 1);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    installLanguage(&app);
    QCoreApplication::setApplicationName(u"outrigger-cli"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(OUTRIGGER_VERSION));
    const QStringList words = withWholePaths(QCoreApplication::arguments().mid(1));
    const cli::Parsed parsed = cli::parseArguments(words, cli::commandTable());
    if (const auto exit = answerAtOnce(parsed))
        return *exit;
    const cli::Arguments &arguments = parsed.arguments;
    const QString level = arguments.logLevel.isEmpty() ? u"error"_s : arguments.logLevel;
    if (!setUpLogging(level))
        return refuse(arguments, cli::WrongUsage, u"usage"_s,
                      QCoreApplication::translate("Cli", "The log level is one of error, warning, info, debug."));

    sync::EngineOptions options;
    options.pull = false;
    options.deliver = false;
    const QString server = fromEnvironment(arguments.server, "OUTRIGGER_SERVER");
    const QString consent = fromEnvironment(arguments.authorizeUrl, "OUTRIGGER_AUTHORIZE_URL");
    for (const QString &address : {server, consent}) {
        if (address.isEmpty())
            continue;
        if (const QString problem = serverProblem(address); !problem.isEmpty())
            return refuse(arguments, cli::WrongUsage, u"usage"_s, problem);
    }
    options.server = QUrl(server);
    options.authorizeUrl = QUrl(consent);
    options.sessionToken = qEnvironmentVariable("OUTRIGGER_TOKEN").trimmed();
    options.sessionLocation = LocationId(qEnvironmentVariable("OUTRIGGER_LOCATION").trimmed());
    qunsetenv("OUTRIGGER_TOKEN"); // nothing that we start has to see it

    const auto profile = Profile::open(arguments.profile);
    if (!profile)
        return refuse(arguments, cli::InUse, u"profile"_s, profile.error().message);
    QByteArray input;
    const bool readsEvents = arguments.command->path == QStringList{u"events"_s, u"read"_s};
    if (const QString source = readsEvents ? arguments.words.value(0) : arguments.value("body"); !source.isEmpty()) {
        const auto body = readBody(source);
        if (!body || body->size() > largestBody)
            return refuse(arguments, cli::WrongUsage, u"usage"_s,
                          body ? QCoreApplication::translate("Cli", "What is read is larger than 512 KB.")
                               : QCoreApplication::translate("Cli", "“%1” cannot be read.").arg(source));
        input = *body;
    } else if (arguments.asksBack())
        input = cli::Lines::firstOfInput();
    else if (arguments.wantsInput())
        input = readInput();

    cli::Runner runner(*profile, options, arguments, words, input, [](const QByteArray &b) { write(stdout, b); },
                       [](const QByteArray &b) { write(stderr, b); });
    // Queued: the runner says it from inside its own coroutine.
    QObject::connect(&runner, &cli::Runner::finished, &app, [](int exit) { QCoreApplication::exit(exit); }, Qt::QueuedConnection);

    if (::pipe2(signalPipe, O_CLOEXEC | O_NONBLOCK) == 0) {
        auto *notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, &app);
        QObject::connect(notifier, &QSocketNotifier::activated, &runner, [&runner] {
            char byte = 0;
            [[maybe_unused]] const auto got = ::read(signalPipe[0], &byte, 1);
            runner.stop();
        });
        std::signal(SIGINT, onSignal);
        std::signal(SIGTERM, onSignal);
    }
    QTimer::singleShot(0, &runner, &cli::Runner::start);
    return QCoreApplication::exec();
}
