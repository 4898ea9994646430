// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"
#include "cli/remote.h"
#include "core/await.h"
#include "core/language.h"
#include "core/log.h"
#include "core/profile.h"
#include "gui/app.h"
#include "gui/fontwarmup.h"
#include "gui/paintreport.h"
#include "gui/style.h"
#include "store/glance.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QSocketNotifier>
#include <QTextStream>

#include <csignal>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace outrigger;

namespace {

enum Exit { Fine = 0, Failed = 1, WrongUsage = 2, ProfileInUse = 7 };

int complain(const QString &sentence, int code)
{
    QTextStream(stderr) << "outrigger: " << sentence << Qt::endl;
    return code;
}

/// SIGTERM, SIGINT and SIGHUP end the program as closing the window does.
int signalPipe[2] = {-1, -1};
void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(signalPipe[0], &byte, 1);
}

void watchSignals(gui::App *app)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, signalPipe) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, app);
    QObject::connect(notifier, &QSocketNotifier::activated, app, [notifier, app] {
        notifier->setEnabled(false);
        app->quit();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(number, &action, nullptr);
}

/// As QCoreApplication::arguments(), which is empty before there is an application.
QStringList argumentsOf(int argc, char **argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QFile::decodeName(argv[i]));
    return words;
}

/// What is wrong with options or profile is said later, in the person's language.
std::unique_ptr<store::EarlyGlance> lookEarly(const gui::AppOptions &options, const gui::FontWarmUp &fonts)
{
    if (!options.problems.isEmpty())
        return {};
    const auto profile = Profile::open(options.profile, options.practice);
    return profile ? gui::App::lookEarly(options, *profile, fonts.done()) : nullptr;
}

/// The one that had the profile has ended, and it is ours.
constexpr int takenOver = -1;

/// Another process has the profile: it opens what we were asked to, and we are done; or it ends, as a command on the
/// command line does, and we go on.
Task<void> handOver(Profile *profile, QString uri)
{
    qCInfo(logGui) << "another process has the profile";
    cli::RemoteRequest request;
    request.open = true;
    request.words = QStringList{uri};
    cli::RemoteSink out = [](const QByteArray &) {};
    cli::RemoteSink err = [](const QByteArray &bytes) { QTextStream(stderr) << QString::fromUtf8(bytes); };
    cli::RemoteAnswer answer;
    // One that starts at this moment listens once its window is painted: a double click is two starts.
    const QDeadlineTimer patience(10s);
    const QString socket = profile->socketPath(); // Qt warns at each question where no runtime folder is set
    for (;;) {
        auto asking = cli::askHolder(socket, request, out, err, 10s);
        answer = co_await asking;
        const bool command = answer.how == cli::RemoteAnswer::How::Ended && answer.exit == cli::InUse; // it opens nothing
        if ((answer.how != cli::RemoteAnswer::How::NotThere && !command) || patience.hasExpired())
            break;
        if (profile->lock()) {
            QCoreApplication::exit(takenOver);
            co_return;
        }
        Delay pause(50ms);
        co_await pause;
    }
    if (answer.how == cli::RemoteAnswer::How::Ended && answer.exit == cli::InUse)
        QCoreApplication::exit(complain(u"A command of outrigger-cli has the profile and is not done yet. Start Outrigger again once it has ended."_s, ProfileInUse));
    else if (answer.how == cli::RemoteAnswer::How::Ended)
        QCoreApplication::exit(answer.exit);
    else
        QCoreApplication::exit(complain(u"The profile is in use by a program that does not answer. End it, or choose another --profile."_s,
                                        ProfileInUse));
}

} // namespace

#ifdef __SANITIZE_ADDRESS__
// Fontconfig keeps the elements of a pattern by their distance from it, where the leak checker does not see them. A
// pattern that lives when the program ends, as in a second start that hands over and goes, is no leak.
extern "C" {
const char *__lsan_default_suppressions();
const char *__lsan_default_suppressions() { return "leak:libfontconfig"; }
const char *__lsan_default_options();
const char *__lsan_default_options() { return "print_suppressions=0"; }
}
#endif

int main(int argc, char **argv)
{
    ::umask(077);
    QCoreApplication::setApplicationName(u"outrigger"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(OUTRIGGER_VERSION));
    QGuiApplication::setDesktopFileName(u"outrigger"_s);
    for (int i = 1; i < argc; ++i) {
        const QByteArrayView word(argv[i]);
        if (word != "--version" && word != "-v" && word != "--help" && word != "-h")
            continue;
        // Answered without a display.
        QCoreApplication application(argc, argv);
        const bool help = word == "--help" || word == "-h";
        QTextStream(stdout) << (help ? gui::App::helpText() : QStringLiteral("outrigger " OUTRIGGER_VERSION "\n"));
        return Fine;
    }
    gui::FontWarmUp fonts; // fonts do not need the display
    auto options = gui::App::parse(argumentsOf(argc, argv));
    QApplication application(argc, argv);
    auto early = lookEarly(options, fonts);
    installLanguage(&application);
    if (!options.problems.isEmpty())
        options = gui::App::parse(QCoreApplication::arguments()); // again, in the person's language
    if (!options.problems.isEmpty())
        return complain(options.problems.join(u' '), WrongUsage);
    auto profile = Profile::open(options.profile, options.practice);
    if (!profile)
        return complain(profile.error().message, ProfileInUse);
    if (!setUpLogging(options.logLevel.isEmpty() ? u"warning"_s : options.logLevel, profile->logFile()))
        return complain(u"--log-level is one of error, warning, info, debug."_s, WrongUsage);
    const Status locked = profile->lock();
    if (!locked && locked.error().kind != ErrorKind::Busy) // nobody holds it: there is nobody to hand over to
        return complain(locked.error().message, ProfileInUse);
    if (!locked) {
        const auto handing = handOver(&*profile, options.uri);
        const int code = handing.done() ? int(Failed) : QApplication::exec();
        if (code != takenOver)
            return code;
    }
    gui::App app(options, *profile, std::move(early));
    fonts.wait();
    gui::Style::install(&application);
    gui::reportFirstRows(&application);
    QApplication::setQuitOnLastWindowClosed(false);
    std::unique_ptr<cli::RemoteServer> remote;
    QObject::connect(&app, &gui::App::engineMade, &app, [&](sync::Engine *engine) {
        remote = std::make_unique<cli::RemoteServer>(engine);
        const Status listening = remote->listen(profile->socketPath());
        if (!listening)
            qCWarning(logGui) << "no commands from other processes:" << int(listening.error().kind);
        QObject::connect(remote.get(), &cli::RemoteServer::openRequested, &app, &gui::App::openUri);
    });
    QObject::connect(&app, &gui::App::ready, &app, [&] { remote->engineReady(); });
    QObject::connect(&app, &gui::App::finished, &application, &QCoreApplication::quit);
    watchSignals(&app);
    app.start();
    const int code = QApplication::exec();
    remote.reset();
    return code;
}
