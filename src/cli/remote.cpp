// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/remote.h"

#include "cli/commands.h"
#include "cli/frames.h"
#include "sync/engine.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocalSocket>
#include <QMetaMethod>
#include <QPointer>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::cli {

/// One connection: one request, its answers, the end.
struct RemoteServer::Visit {
    QPointer<QLocalSocket> socket;
    FrameReader reader{longestAsk};
    bool accepted = false; ///< or refused: nothing more is read
    Task<void> work;

    void say(const QJsonObject &object)
    {
        if (socket && socket->state() == QLocalSocket::ConnectedState)
            socket->write(toFrame(object));
    }
    void end(int exit)
    {
        say({{u"exit"_s, exit}});
        if (!socket)
            return;
        socket->disconnectFromServer(); // after everything is written
        QTimer::singleShot(10s, socket, [asker = socket.data()] { asker->abort(); }); // it does not read
    }
};

RemoteServer::RemoteServer(sync::Engine *engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    connect(&m_server, &QLocalServer::newConnection, this, &RemoteServer::greet);
}

RemoteServer::~RemoteServer()
{
    close();
    for (const auto &visit : m_visits)
        visit->work.cancel();
}

Status RemoteServer::listen(const QString &path)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(path);
    if (!m_server.listen(path))
        return fail(ErrorKind::Storage,
                    QCoreApplication::translate("Cli", "Other programs cannot reach this one: its socket cannot be made."));
    return {};
}

void RemoteServer::engineReady()
{
    m_ready = true;
    m_readyBell.ring();
}

void RemoteServer::close()
{
    m_server.close();
}

int RemoteServer::active() const
{
    return int(std::count_if(m_visits.begin(), m_visits.end(), [](const auto &visit) { return visit->accepted; }));
}

void RemoteServer::greet()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        auto visit = std::make_shared<Visit>();
        visit->socket = socket;
        m_visits.push_back(visit);
        connect(socket, &QLocalSocket::readyRead, this, [this, visit] { read(visit); });
        connect(socket, &QLocalSocket::disconnected, this, [this, visit] { leave(visit); });
        // Somebody who connects and says nothing is sent away.
        QTimer::singleShot(10s, socket, [visit] {
            if (!visit->accepted && visit->socket)
                visit->socket->abort();
        });
        read(visit);
    }
}

void RemoteServer::read(const std::shared_ptr<Visit> &visit)
{
    if (!visit->socket)
        return;
    if (visit->accepted) { // one request is all there is; whatever follows must not pile up
        visit->socket->readAll();
        return;
    }
    visit->reader.feed(visit->socket->readAll());
    const auto request = visit->reader.next();
    if (visit->reader.broken())
        refuse(visit);
    else if (request)
        accept(visit, *request);
}

/// Whoever asks in another language is told so, and nothing is done.
void RemoteServer::refuse(const std::shared_ptr<Visit> &visit)
{
    visit->accepted = true;
    visit->say({{u"err"_s, packed(QCoreApplication::translate("Cli", "This was not understood. Ask with outrigger-cli of the same "
                                                                     "version as the program that has the profile.")
                                      .toUtf8()
                                  + '\n')}});
    visit->say({{u"exit"_s, WrongUsage}});
    // Hanging up on somebody who is still writing would take the answer away from them: they hang up.
    QTimer::singleShot(10s, visit->socket, [asker = visit->socket.data()] { asker->abort(); });
}

void RemoteServer::accept(const std::shared_ptr<Visit> &visit, const QJsonObject &request)
{
    const bool opens = request.value("open"_L1).isString();
    if (!opens && !request.value("argv"_L1).isArray()) {
        refuse(visit);
        return;
    }
    visit->accepted = true;
    if (opens) {
        static const QMetaMethod signal = QMetaMethod::fromSignal(&RemoteServer::openRequested);
        if (!isSignalConnected(signal)) {
            visit->end(InUse);
            return;
        }
        visit->say({{u"accepted"_s, true}});
        visit->end(Done);
        Q_EMIT openRequested(request.value("open"_L1).toString());
        return;
    }
    QStringList words;
    const QJsonArray array = request.value("argv"_L1).toArray();
    for (const QJsonValue &word : array)
        words.append(word.toString());
    visit->say({{u"accepted"_s, true}});
    visit->work = serve(this, visit, words, unpacked(request.value("stdin"_L1)), LocationId(request.value("location"_L1).toString()));
}

Task<void> RemoteServer::serve(RemoteServer *self, std::shared_ptr<Visit> visit, QStringList words, QByteArray input,
                               LocationId location)
{
    // The visit owns this coroutine; a shared pointer held here would keep both alive for ever.
    Visit *const guest = visit.get();
    visit.reset();
    if (!self->m_ready) {
        auto ready = self->m_readyBell.next();
        co_await ready;
    }
    auto context = std::make_shared<Context>();
    context->engine = self->m_engine;
    const Parsed parsed = parseArguments(words, commandTable());
    context->arguments = parsed.arguments;
    context->input = input;
    context->output = std::make_shared<Output>(
        parsed.arguments.json, [guest](const QByteArray &bytes) { guest->say({{u"out"_s, packed(bytes)}}); },
        [guest](const QByteArray &bytes) { guest->say({{u"err"_s, packed(bytes)}}); });
    int exit = WrongUsage;
    const auto account = self->m_engine->account();
    if (!parsed.problem.isEmpty() || !parsed.arguments.command) {
        exit = context->output->failure(WrongUsage, u"usage"_s,
                                        parsed.problem.isEmpty()
                                            ? QCoreApplication::translate("Cli", "There is no such command. outrigger-cli --help lists them.")
                                            : parsed.problem);
    } else if (!location.isEmpty() && (!account || account->location != location)) {
        exit = context->output->failure(
            InUse, u"busy"_s,
            QCoreApplication::translate("Cli", "The profile is in use with another account. Wait for that to end, or choose "
                                               "another profile with --profile."));
    } else {
        auto work = runCommand(context);
        exit = co_await work;
    }
    guest->end(exit);
}

void RemoteServer::leave(const std::shared_ptr<Visit> &visit)
{
    // The asker went away: what it asked for ends where it waits. Records stay, so nothing is lost. Not from inside the
    // command itself, which may be what closed the connection.
    const std::shared_ptr<Visit> gone = visit;
    QMetaObject::invokeMethod(
        this,
        [this, gone] {
            gone->work.cancel();
            if (gone->socket)
                gone->socket->deleteLater();
            m_visits.erase(std::remove(m_visits.begin(), m_visits.end(), gone), m_visits.end());
            if (gone->accepted && active() == 0)
                Q_EMIT idle();
        },
        Qt::QueuedConnection);
}

namespace {

/// Turns a socket's events into one signal that a coroutine can wait for.
struct Caller {
    QLocalSocket socket;
    FrameReader reader;
    QTimer deadline;
    Bell news;
    bool timeUp = false;
    bool failed = false;
};

} // namespace

Task<RemoteAnswer> askHolder(QString path, RemoteRequest request, RemoteSink out, RemoteSink err, std::chrono::milliseconds patience)
{
    const auto caller = std::make_unique<Caller>();
    Caller *const c = caller.get();
    const auto ring = [c] { c->news.ring(); };
    QObject::connect(&c->socket, &QLocalSocket::connected, &c->socket, ring, Qt::QueuedConnection);
    QObject::connect(&c->socket, &QLocalSocket::readyRead, &c->socket, ring, Qt::QueuedConnection);
    QObject::connect(&c->socket, &QLocalSocket::disconnected, &c->socket, ring, Qt::QueuedConnection);
    QObject::connect(&c->socket, &QLocalSocket::errorOccurred, &c->socket,
                     [c] {
                         c->failed = true;
                         c->news.ring();
                     },
                     Qt::QueuedConnection);
    QObject::connect(&c->deadline, &QTimer::timeout, &c->socket, [c] {
        c->timeUp = true;
        c->news.ring();
    });
    c->deadline.setSingleShot(true);
    c->deadline.start(patience);
    c->socket.connectToServer(path);

    RemoteAnswer answer;
    bool sent = false;
    bool accepted = false;
    for (;;) {
        const auto state = c->socket.state();
        if (!sent && state == QLocalSocket::ConnectedState) {
            sent = true;
            QJsonObject ask;
            if (request.open) {
                ask.insert(u"open"_s, request.words.value(0));
            } else {
                ask.insert(u"argv"_s, QJsonArray::fromStringList(request.words));
                ask.insert(u"stdin"_s, packed(request.input));
                ask.insert(u"location"_s, request.location.value);
            }
            c->socket.write(toFrame(ask));
        }
        if (sent) {
            c->reader.feed(c->socket.readAll());
            while (const auto frame = c->reader.next()) {
                if (frame->contains("accepted"_L1)) {
                    accepted = true;
                    c->deadline.stop();
                }
                if (frame->contains("out"_L1))
                    out(unpacked(frame->value("out"_L1)));
                if (frame->contains("err"_L1))
                    err(unpacked(frame->value("err"_L1)));
                if (frame->contains("exit"_L1)) {
                    answer.how = RemoteAnswer::How::Ended;
                    answer.exit = frame->value("exit"_L1).toInt(Failed);
                    co_return answer;
                }
            }
        }
        const bool over = c->failed || c->reader.broken() || (sent && c->socket.state() == QLocalSocket::UnconnectedState);
        if (over) {
            answer.how = accepted ? RemoteAnswer::How::Lost : RemoteAnswer::How::NotThere;
            co_return answer;
        }
        if (c->timeUp && !accepted) {
            answer.how = state == QLocalSocket::ConnectedState ? RemoteAnswer::How::Silent : RemoteAnswer::How::NotThere;
            co_return answer;
        }
        auto rung = c->news.next();
        co_await rung;
    }
}

} // namespace outrigger::cli
