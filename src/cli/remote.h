// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"

#include <QByteArray>
#include <QJsonObject>
#include <QLocalServer>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

class QLocalSocket;

namespace outrigger::sync {
class Engine;
}

namespace outrigger::cli {

/// Lets other processes of this user work with the profile that this process has locked: it runs their commands, and
/// hands on what they want opened. The application and the command line both have one.
class RemoteServer : public QObject
{
    Q_OBJECT
public:
    explicit RemoteServer(sync::Engine *engine, QObject *parent = nullptr);
    ~RemoteServer() override;

    /// Only with the profile's lock held: a socket file of a dead process is taken over.
    Status listen(const QString &path);
    /// Until this is called commands wait; the engine may still be starting.
    void engineReady();
    /// No new ones; the file goes. Those that run go on.
    void close();
    /// Askers whose command runs, waits, or has not been told everything yet.
    int active() const;

Q_SIGNALS:
    /// A second start of the application handed this over; empty: only show the window. With nobody connected to this
    /// signal (the command line holds the profile) the second start is told so.
    void openRequested(const QString &uri);
    /// The last of them has gone.
    void idle();

private:
    struct Visit;
    void greet();
    void read(const std::shared_ptr<Visit> &visit);
    void accept(const std::shared_ptr<Visit> &visit, const QJsonObject &request);
    void refuse(const std::shared_ptr<Visit> &visit);
    void leave(const std::shared_ptr<Visit> &visit);
    static Task<void> serve(RemoteServer *self, std::shared_ptr<Visit> visit, QStringList words, QByteArray input, LocationId location);

    sync::Engine *m_engine;
    QLocalServer m_server;
    std::vector<std::shared_ptr<Visit>> m_visits;
    bool m_ready = false;
    Bell m_readyBell;
};

/// The other side.
struct RemoteAnswer {
    enum class How {
        Ended,      ///< `exit` is the command's code
        NotThere,   ///< nobody listens (it is starting, or just ending): try again
        Silent,     ///< it listens, but does not answer
        Lost        ///< it accepted the command and went away before the end
    } how = How::NotThere;
    int exit = 0;
};
struct RemoteRequest {
    QStringList words;
    QByteArray input;
    LocationId location; ///< of OUTRIGGER_TOKEN; the holder must work with the same one
    bool open = false;   ///< not a command: `words` holds at most one address to open
};
using RemoteSink = std::function<void(const QByteArray &)>;
/// patience: how long the holder may take to accept. A running command has no limit.
Task<RemoteAnswer> askHolder(QString path, RemoteRequest request, RemoteSink out, RemoteSink err, std::chrono::milliseconds patience);

} // namespace outrigger::cli
