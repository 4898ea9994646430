// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/server.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/socket.h>
#include <unistd.h>

using namespace outrigger;
using namespace outrigger::practice;

namespace
{

int signalPipe[2] = {-1, -1};

extern "C" void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[0], &byte, 1);
}

/// Ends the event loop on SIGTERM and SIGINT, so that the state is saved.
void endOnSignals(QCoreApplication &app)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalPipe) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
}

/// Ends when whoever holds the other end of standard input is gone, however it went.
void endWithParent(QCoreApplication &app)
{
    auto *notifier = new QSocketNotifier(0, QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, [&app, notifier] {
        char bytes[256];
        const ssize_t got = ::read(0, bytes, sizeof bytes);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
            notifier->setEnabled(false);
            app.quit();
        }
    });
}

int wrong(const QString &words)
{
    std::fprintf(stderr, "outrigger-practice: %s\n", qPrintable(words));
    return 2;
}

struct Words {
    QString name;
    QString value;
    QString help;
    QString fallback;
};

const QList<Words> &numbers()
{
    static const QList<Words> all{
        {QStringLiteral("port"), QStringLiteral("P"), QStringLiteral("Port on 127.0.0.1; 0 takes a free one."),
         QStringLiteral("0")},
        {QStringLiteral("seed"), QStringLiteral("N"), QStringLiteral("Same seed, same data."), QStringLiteral("1")},
        {QStringLiteral("contacts"), QStringLiteral("N"), QStringLiteral("Number of contacts."), QStringLiteral("240")},
        {QStringLiteral("opportunities"), QStringLiteral("N"), QStringLiteral("Number of opportunities."),
         QStringLiteral("90")},
        {QStringLiteral("conversations"), QStringLiteral("N"), QStringLiteral("Number of conversations."),
         QStringLiteral("60")},
        {QStringLiteral("messages"), QStringLiteral("N"),
         QStringLiteral("About how many messages; 0 lets the conversations decide."), QStringLiteral("0")}};
    return all;
}

/// nullopt when an argument is wrong; `why` says which.
std::optional<Options> read(const QCommandLineParser &parser, QString &why)
{
    Options options;
    QHash<QString, qint64> values;
    for (const Words &words : numbers()) {
        bool ok = false;
        const qint64 value = parser.value(words.name).toLongLong(&ok);
        if (!ok || value < 0 || value > 50'000'000 || (words.name == u"port" && value > 65535)) {
            why = QStringLiteral("--%1 needs a number, \"%2\" is none that fits.")
                      .arg(words.name, parser.value(words.name));
            return std::nullopt;
        }
        values[words.name] = value;
    }
    options.port = static_cast<quint16>(values[QStringLiteral("port")]);
    options.seed = static_cast<quint64>(values[QStringLiteral("seed")]);
    options.size = {static_cast<int>(values[QStringLiteral("contacts")]),
                    static_cast<int>(values[QStringLiteral("opportunities")]),
                    static_cast<int>(values[QStringLiteral("conversations")]),
                    static_cast<int>(values[QStringLiteral("messages")])};
    const QString dialect = parser.value(QStringLiteral("dialect"));
    if (dialect != u"spec" && dialect != u"seed" && dialect != u"both") {
        why = QStringLiteral("--dialect must be spec, seed or both.");
        return std::nullopt;
    }
    options.dialect = dialect == u"spec" ? Dialect::Spec : dialect == u"seed" ? Dialect::Seed : Dialect::Both;
    QString rate = parser.value(QStringLiteral("rate"));
    if (rate.isEmpty())
        rate = options.dialect == Dialect::Seed ? QStringLiteral("seed") : QStringLiteral("spec");
    if (rate != u"spec" && rate != u"seed" && rate != u"off") {
        why = QStringLiteral("--rate must be spec, seed or off.");
        return std::nullopt;
    }
    options.rate = rate == u"off" ? Rate::Off : rate == u"seed" ? Rate::Seed : Rate::Spec;
    if (parser.isSet(QStringLiteral("now"))) {
        const QDateTime now = QDateTime::fromString(parser.value(QStringLiteral("now")), Qt::ISODateWithMs);
        if (!now.isValid()) {
            why = QStringLiteral("--now needs a date such as 2026-06-19T08:00:00Z.");
            return std::nullopt;
        }
        options.start = now.toMSecsSinceEpoch();
    }
    bool ok = false;
    options.pace = parser.value(QStringLiteral("pace")).toDouble(&ok);
    if (!ok || options.pace < 0 || options.pace > 1000) {
        why = QStringLiteral("--pace needs a factor such as 0.1.");
        return std::nullopt;
    }
    options.quiet = parser.isSet(QStringLiteral("quiet"));
    options.record = parser.isSet(QStringLiteral("record"));
    options.stateFile = parser.value(QStringLiteral("state"));
    return options;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("outrigger-practice"));
    QCoreApplication::setApplicationVersion(QStringLiteral(OUTRIGGER_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A small HighLevel on this computer, to practise and test with."));
    parser.addHelpOption();
    parser.addVersionOption();
    for (const Words &words : numbers())
        parser.addOption({words.name, words.help, words.value, words.fallback});
    parser.addOptions(
        {{QStringLiteral("dialect"), QStringLiteral("spec, seed or both."), QStringLiteral("D"),
          QStringLiteral("both")},
         {QStringLiteral("rate"), QStringLiteral("spec (100 in 10 s), seed (100 a minute) or off."),
          QStringLiteral("R")},
         {QStringLiteral("now"), QStringLiteral("Where the clock of the account starts."), QStringLiteral("ISO8601")},
         {QStringLiteral("quiet"), QStringLiteral("Nobody writes back.")},
         {QStringLiteral("pace"), QStringLiteral("Factor for how long deliveries and answers take."),
          QStringLiteral("F"), QStringLiteral("1")},
         {QStringLiteral("record"), QStringLiteral("Keep reads in the ledger too.")},
         {QStringLiteral("state"), QStringLiteral("Keep the account in this file."), QStringLiteral("FILE")},
         {QStringLiteral("exit-with-parent"), QStringLiteral("End when standard input ends.")}});
    parser.process(app);
    QString why;
    const auto options = read(parser, why);
    if (!options)
        return wrong(why);
    Server server(*options);
    if (const Status started = server.start(); !started) {
        std::fprintf(stderr, "outrigger-practice: %s\n", qPrintable(started.error().message));
        return 1;
    }
    endOnSignals(app);
    if (parser.isSet(QStringLiteral("exit-with-parent")))
        endWithParent(app);
    std::printf("listening %s token %s location %s\n", qPrintable(server.url()), qPrintable(server.token()),
                qPrintable(server.locationId()));
    std::fflush(stdout);
    const int code = app.exec();
    if (const Status saved = server.save(); !saved)
        std::fprintf(stderr, "outrigger-practice: %s\n", qPrintable(saved.error().message));
    return code;
}
