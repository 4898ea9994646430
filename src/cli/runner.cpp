// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/runner.h"

#include "cli/commands.h"
#include "cli/remote.h"
#include "core/clock.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::cli {

namespace {

constexpr auto holderPatience = 5s;  ///< for a holder to accept a command
constexpr auto wirePatience = 30s;   ///< for an attempt that is on the wire when the command is through
constexpr auto handOverTime = 15s;   ///< while one process ends and another begins

} // namespace

Runner::Runner(Profile profile, sync::EngineOptions options, Arguments arguments, QStringList words, QByteArray input,
               Output::Sink out, Output::Sink err, QObject *parent)
    : QObject(parent), m_profile(std::move(profile)), m_options(std::move(options)), m_arguments(std::move(arguments)),
      m_words(std::move(words)), m_input(std::move(input)), m_out(std::move(out)), m_err(std::move(err)),
      m_output(std::make_shared<Output>(m_arguments.json, m_out, m_err))
{
}

Runner::~Runner()
{
    m_tasks.cancel();
}

void Runner::start()
{
    m_tasks.start(run(this));
}

void Runner::stop()
{
    if (m_stopping) {
        m_tasks.cancel();
        Q_EMIT finished(Failed);
        return;
    }
    m_stopping = true;
    m_stop->open();
}

Task<void> Runner::run(Runner *self)
{
    auto work = self->work();
    const int exit = co_await work;
    Q_EMIT self->finished(exit);
}

Task<int> Runner::work()
{
    const Clock &clock = Clock::system();
    const auto begun = clock.steady();
    for (;;) {
        const Status locked = m_profile.lock();
        if (locked) {
            auto here = runHere();
            co_return co_await here;
        }
        if (locked.error().kind != ErrorKind::Busy)
            co_return m_output->failure(InUse, u"profile"_s, locked.error().message);
        RemoteRequest request;
        request.words = m_words;
        request.input = m_input;
        if (!m_options.sessionToken.isEmpty())
            request.location = m_options.sessionLocation;
        auto ask = askHolder(m_profile.socketPath(), request, m_out, m_err, holderPatience);
        const RemoteAnswer answer = co_await ask;
        switch (answer.how) {
        case RemoteAnswer::How::Ended:
            co_return answer.exit;
        case RemoteAnswer::How::Lost:
            co_return m_output->failure(
                Failed, u"lost"_s,
                QCoreApplication::translate("Cli", "The program that has this profile ended in the middle. \"outrigger-cli outbox "
                                                   "list\" shows what became of a change."));
        case RemoteAnswer::How::Silent:
            co_return m_output->failure(InUse, u"busy"_s, locked.error().message);
        case RemoteAnswer::How::NotThere:
            break;
        }
        if (clock.steady() - begun > handOverTime)
            co_return m_output->failure(InUse, u"busy"_s, locked.error().message);
        Delay pause(50ms);
        co_await pause;
    }
}

Task<int> Runner::runHere()
{
    sync::Engine engine(m_profile, m_options);
    RemoteServer server(&engine);
    const Status listening = server.listen(m_profile.socketPath());
    if (!listening)
        m_output->note(listening.error().message);
    const auto output = m_output;
    QObject::connect(&engine, &sync::Engine::problem, &engine, [output](const QString &sentence, const QString &next) {
        output->note(sentence + u' ' + next);
    });
    auto begin = engine.start();
    const Status started = co_await begin;
    if (!started) {
        const ErrorKind kind = started.error().kind;
        const bool unreadable = kind == ErrorKind::Storage || kind == ErrorKind::StorageFull;
        if (unreadable)
            co_return m_output->failure(InUse, u"storage"_s, started.error().message);
        co_return m_output->failure(started.error());
    }
    server.engineReady();
    auto context = std::make_shared<Context>();
    context->engine = &engine;
    context->arguments = m_arguments;
    context->input = m_input;
    context->output = m_output;
    if (m_arguments.asksBack())
        context->lines = std::make_shared<Lines>();
    context->stop = m_stop;
    auto command = runCommand(context);
    const int exit = co_await command;
    // Others may have joined us: theirs end first, and nobody new comes in.
    server.close();
    if (server.active() > 0) {
        OnSignal quiet(&server, &RemoteServer::idle);
        co_await quiet;
    }
    auto end = engine.stop(wirePatience);
    co_await end;
    co_return exit;
}

} // namespace outrigger::cli
