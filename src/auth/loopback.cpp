// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/loopback.h"

#include "auth/loopbackhead.h"
#include "core/log.h"

#include <QCoreApplication>
#include <QFile>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Outside of any namespace, as Q_INIT_RESOURCE wants; the linker drops resources of a static library that nobody names.
static void initPages()
{
    Q_INIT_RESOURCE(html);
}

namespace outrigger::auth {

namespace {

constexpr int mostConnections = 32;
constexpr qint64 longestHead = 16 * 1024;

QByteArray pageBytes(const QString &name)
{
    QFile file(u":/html/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("<!doctype html><title>Outrigger</title>");
}

} // namespace

LoopbackListener::LoopbackListener(QString path, Judge judge, QObject *parent)
    : QObject(parent), m_path(std::move(path)), m_judge(std::move(judge))
{
    initPages();
}

LoopbackListener::~LoopbackListener()
{
    close();
}

bool LoopbackListener::listenOn(int port)
{
    std::vector<std::unique_ptr<QTcpServer>> servers;
    int chosen = port;
    for (const auto address : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
        auto server = std::make_unique<QTcpServer>();
        server->setMaxPendingConnections(mostConnections);
        if (!server->listen(QHostAddress(address), quint16(chosen))) {
            if (address == QHostAddress::LocalHostIPv6 && server->serverError() != QAbstractSocket::AddressInUseError)
                break; // no IPv6 on this machine
            return false;
        }
        chosen = server->serverPort();
        connect(server.get(), &QTcpServer::newConnection, this, [this, raw = server.get()] { accept(raw); });
        servers.push_back(std::move(server));
    }
    m_servers = std::move(servers);
    m_port = chosen;
    return true;
}

Status LoopbackListener::listen(const QVector<int> &ports)
{
    QStringList tried;
    for (const int port : ports) {
        if (port < 0 || port > 65535)
            continue;
        if (listenOn(port))
            return {};
        tried.append(QString::number(port));
    }
    return fail(ErrorKind::Usage,
                tr("Another program uses the port that the browser should come back to (%1). Close it, or register another "
                   "port with your app and enter it here.")
                    .arg(tried.join(u", "_s)));
}

QUrl LoopbackListener::redirectUri() const
{
    return addressOf(m_port, m_path);
}

QUrl LoopbackListener::addressOf(int port, const QString &path)
{
    QUrl uri;
    uri.setScheme(u"http"_s);
    uri.setHost(u"localhost"_s);
    uri.setPort(port);
    uri.setPath(path);
    return uri;
}

void LoopbackListener::close()
{
    for (const auto &server : m_servers)
        server->close();
    const auto sockets = std::exchange(m_sockets, {});
    for (QTcpSocket *socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
    // A server may be emitting newConnection right now, so it goes from the event loop.
    for (auto &server : m_servers)
        server.release()->deleteLater();
    m_servers.clear();
}

void LoopbackListener::accept(QTcpServer *server)
{
    while (QTcpSocket *socket = server->nextPendingConnection()) {
        socket->setParent(nullptr);
        socket->setReadBufferSize(longestHead + 1);
        m_sockets.append(socket);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readMore(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_sockets.removeOne(socket);
            socket->deleteLater();
        });
        QTimer::singleShot(headLimit, socket, [this, socket] {
            if (m_sockets.removeOne(socket)) {
                socket->disconnect(this);
                socket->abort();
                socket->deleteLater();
            }
        });
        // A browser opens connections ahead and leaves them silent; of too many the oldest goes.
        if (m_sockets.size() > mostConnections) {
            QTcpSocket *oldest = m_sockets.takeFirst();
            oldest->disconnect(this);
            oldest->abort();
            oldest->deleteLater();
        }
    }
}

void LoopbackListener::readMore(QTcpSocket *socket)
{
    const QByteArray seen = socket->peek(longestHead + 1);
    const auto end = seen.indexOf("\r\n\r\n");
    if (end >= 0) {
        handle(socket, seen.left(end));
        return;
    }
    if (seen.size() > longestHead)
        answer(socket, "431 Request Header Fields Too Large", u"not_here.html"_s);
}

/// Writes the whole page, then closes. The socket owns itself from here: it outlives the listener until it is done.
void LoopbackListener::answer(QTcpSocket *socket, const QByteArray &status, const QString &page)
{
    m_sockets.removeOne(socket);
    socket->disconnect(this);
    const QByteArray body = pageBytes(page);
    const QByteArray head = "HTTP/1.1 " + status
        + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff"
          "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n";
    socket->readAll(); // unread bytes would turn the close into a reset, which can swallow the page
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(5s, socket, [socket] { // a peer that never reads
        socket->abort();
        socket->deleteLater();
    });
    socket->write(head + body);
    socket->flush();
    socket->disconnectFromHost();
}

void LoopbackListener::handle(QTcpSocket *socket, const QByteArray &bytes)
{
    const auto visit = loopback::read(bytes, m_port, m_path);
    const oauth::Returned &returned = visit.returned;
    if (returned.isEmpty())
        return answer(socket, visit.refusal, u"not_here.html"_s);
    const Verdict verdict = m_judge(returned);
    switch (verdict) {
    case Verdict::Drop:
        qCInfo(logAuth) << "a browser came back with a mark that is not ours; it was not taken";
        return answer(socket, "400 Bad Request", u"refused.html"_s);
    case Verdict::Take:
        answer(socket, "200 OK", u"signed_in.html"_s);
        break;
    case Verdict::TakeRefusal:
        answer(socket, "200 OK", u"refused.html"_s);
        break;
    }
    close();
    Q_EMIT taken(returned);
}

} // namespace outrigger::auth
