// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultserver.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

#include <sys/socket.h>

namespace outrigger::test {

namespace {

// A key that protects nothing: it belongs to this file's certificate for localhost, which only tests trust.
constexpr char testKey[] = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghrN9KmBdilev/oza
fJVyqku+pOPWyehCYyaCWGJV7VyhRANCAARxIDxn8csvgqIWvb8lFqVn/UHFC9vV
jC9FtHcsy7rTZizfQhaAp/bA5A7j3rlPvwi4p44hNUj8tJrk90/obC0x
-----END PRIVATE KEY-----
)";
constexpr char testCertificate[] = R"(-----BEGIN CERTIFICATE-----
MIIBmDCCAT2gAwIBAgIBATAKBggqhkjOPQQDAjAjMSEwHwYDVQQDDBhPdXRyaWdn
ZXIgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw
MDBaMCMxITAfBgNVBAMMGE91dHJpZ2dlciB0ZXN0IGF1dGhvcml0eTBZMBMGByqG
SM49AgEGCCqGSM49AwEHA0IABHEgPGfxyy+Coha9vyUWpWf9QcUL29WML0W0dyzL
utNmLN9CFoCn9sDkDuPeuU+/CLinjiE1SPy0muT3T+hsLTGjYDBeMA8GA1UdEwEB
/wQFMAMBAf8wHQYDVR0OBBYEFOeK710egZhG5wrKgY0R6tDGxYffMCwGA1UdEQQl
MCOCCWxvY2FsaG9zdIcEfwAAAYcQAAAAAAAAAAAAAAAAAAAAATAKBggqhkjOPQQD
AgNJADBGAiEAo5YHXbhh/6AWajpFgxWpgZqIxbQ6ZTvZWsIdVW0MLnMCIQCTQt/0
4O6j/wqmVwZskdHQ1iwnzERu9mJjDXh/pt4WsQ==
-----END CERTIFICATE-----
)";

constexpr qsizetype headCap = 64 * 1024;

} // namespace

struct FaultServer::Line : QObject {
    explicit Line(QObject *parent) : QObject(parent) {}
    QTcpSocket *socket = nullptr;
    int number = 0;
    QByteArray buffer;
    qsizetype entry = -1; ///< of the ledger, -1 between requests
    qsizetype expected = 0;
    bool planned = false; ///< `plan` was taken for the request that is coming
    Fault plan;
    bool deaf = false; ///< what comes now is counted and thrown away
};

FaultServer::FaultServer(Mode mode, QObject *parent) : QTcpServer(parent), m_mode(mode)
{
    listen(QHostAddress::LocalHost);
}

FaultServer::~FaultServer()
{
    close();
    const auto lines = m_open;
    for (Line *line : lines) {
        line->socket->disconnect(line);
        line->socket->abort();
    }
}

QUrl FaultServer::url(const QString &host) const
{
    QUrl url;
    url.setScheme(m_mode == Mode::Tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(host);
    url.setPort(serverPort());
    return url;
}

QSslCertificate FaultServer::authority()
{
    return QSslCertificate(QByteArray(testCertificate), QSsl::Pem);
}

void FaultServer::always(Fault fault)
{
    m_always = std::move(fault);
    m_handler = {};
}

void FaultServer::next(Fault fault)
{
    m_queue.push_back(std::move(fault));
}

void FaultServer::handle(std::function<Fault(const Seen &)> handler)
{
    m_handler = std::move(handler);
}

int FaultServer::copies(const QByteArray &verb) const
{
    return static_cast<int>(
        std::count_if(m_ledger.begin(), m_ledger.end(), [&](const Seen &seen) { return seen.verb == verb; }));
}

int FaultServer::copiesOf(const QByteArray &body) const
{
    return static_cast<int>(std::count_if(m_ledger.begin(), m_ledger.end(),
                                          [&](const Seen &seen) { return seen.complete && seen.body == body; }));
}

void FaultServer::closeAll()
{
    // Only our half: a socket leaves the list when the client has closed its own, so the client knows by then.
    const auto lines = m_open;
    for (Line *line : lines)
        ::shutdown(static_cast<int>(line->socket->socketDescriptor()), SHUT_WR);
}

void FaultServer::clearLedger()
{
    m_ledger.clear();
    m_bytes = 0;
    m_connections = 0;
    const auto lines = m_open;
    for (Line *line : lines)
        line->entry = -1;
}

Fault FaultServer::take()
{
    if (m_queue.empty())
        return m_always;
    Fault fault = std::move(m_queue.front());
    m_queue.pop_front();
    return fault;
}

void FaultServer::incomingConnection(qintptr descriptor)
{
    auto *line = new Line(this);
    line->number = ++m_connections;
    m_open.append(line);
    auto *tls = m_mode == Mode::Tls ? new QSslSocket(line) : nullptr;
    line->socket = tls ? tls : new QTcpSocket(line);
    line->socket->setSocketDescriptor(descriptor);
    connect(line->socket, &QTcpSocket::disconnected, line, [this, line] {
        m_open.removeOne(line);
        line->deleteLater();
    });
    connect(line->socket, &QTcpSocket::readyRead, line, [this, line] { read(line); });
    const auto early = [](Shape shape) { return shape == Shape::CloseAtOnce || shape == Shape::ResetAtOnce; };
    const Shape coming = m_queue.empty() ? (m_handler ? Shape::Answer : m_always.shape) : m_queue.front().shape;
    if (early(coming)) {
        const Fault fault = take();
        if (fault.shape == Shape::ResetAtOnce)
            reset(line->socket);
        else
            line->socket->abort();
        return;
    }
    if (tls) {
        auto configuration = tls->sslConfiguration();
        configuration.setLocalCertificateChain(m_chain);
        configuration.setPrivateKey(QSslKey(QByteArray(testKey), QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        tls->setSslConfiguration(configuration);
        tls->startServerEncryption();
    }
}

void FaultServer::read(Line *line)
{
    const QByteArray bytes = line->socket->readAll();
    m_bytes += bytes.size();
    if (line->deaf)
        return;
    line->buffer += bytes;
    for (;;) {
        if (line->entry < 0 && !parseHead(line))
            return;
        if (line->deaf)
            return;
        if (line->buffer.size() < line->expected)
            return;
        Seen &seen = m_ledger[line->entry];
        seen.body = line->buffer.left(line->expected);
        seen.complete = true;
        line->buffer.remove(0, line->expected);
        line->entry = -1;
        const Seen copy = seen;
        const QPointer<Line> alive(line);
        act(line, m_handler && !line->planned ? m_handler(copy) : line->plan);
        if (!alive || line->deaf)
            return;
        line->planned = false;
    }
}

bool FaultServer::parseHead(Line *line)
{
    const qsizetype end = line->buffer.indexOf("\r\n\r\n");
    if (end < 0) {
        if (line->buffer.size() > headCap)
            line->socket->abort();
        return false;
    }
    Seen seen;
    seen.connection = line->number;
    const auto lines = line->buffer.left(end).split('\n');
    const auto first = lines.first().trimmed().split(' ');
    seen.verb = first.value(0);
    seen.target = first.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        seen.headers.insert(lines[i].left(colon).trimmed().toLower(), lines[i].mid(colon + 1).trimmed());
    }
    line->buffer.remove(0, end + 4);
    line->expected = seen.headers.value("content-length").toLongLong();
    line->entry = m_ledger.size();
    m_ledger.append(seen);
    if (!m_handler || !m_queue.empty()) {
        line->plan = take();
        line->planned = true;
        if (line->plan.shape == Shape::CloseAfterHead) {
            line->deaf = true;
            line->socket->abort();
        }
    }
    return true;
}

QByteArray FaultServer::head(const Fault &fault, qint64 length, bool chunked)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(fault.status) + " Status\r\n";
    if (!fault.contentType.isEmpty())
        text += "Content-Type: " + fault.contentType + "\r\n";
    for (const auto &[name, value] : fault.headers)
        text += name + ": " + value + "\r\n";
    text += chunked ? QByteArray("Transfer-Encoding: chunked\r\n")
                    : "Content-Length: " + QByteArray::number(length) + "\r\n";
    return text + "\r\n";
}

void FaultServer::reset(QTcpSocket *socket)
{
    // A close with linger 0 sends RST instead of FIN.
    const linger now{1, 0};
    setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket->abort();
}

void FaultServer::finish(QTcpSocket *socket)
{
    socket->disconnectFromHost();
}

void FaultServer::act(Line *line, const Fault &fault)
{
    QTcpSocket *socket = line->socket;
    switch (fault.shape) {
    case Shape::Answer:
        send(line, fault);
        return;
    case Shape::NeverAnswer:
        return;
    case Shape::Late:
        QTimer::singleShot(fault.pause, line, [this, line, fault] { send(line, fault); });
        return;
    case Shape::Trickle:
        socket->write(head(fault, fault.body.size(), false));
        trickle(line, fault);
        return;
    default:
        break;
    }
    line->deaf = true; // from here on the connection is ending
    switch (fault.shape) {
    case Shape::AnswerThenClose:
        send(line, fault);
        break;
    case Shape::HalfStatusLine:
        socket->write("HTTP/1.1 2");
        break;
    case Shape::HalfHeaders:
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: applic");
        break;
    case Shape::HalfBody:
        socket->write(head(fault, fault.body.size(), false) + fault.body.left(fault.body.size() / 2));
        break;
    case Shape::ChunkedCut:
        socket->write(head(fault, 0, true) + QByteArray::number(fault.body.size(), 16) + "\r\n" +
                      fault.body.left(fault.body.size() / 2));
        break;
    case Shape::Garbage:
        socket->write("SSH-2.0-OpenSSH_9.2\r\n");
        break;
    case Shape::Continue:
        socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        break;
    case Shape::ResetAfterRequest:
        reset(socket);
        return;
    default:
        break;
    }
    finish(socket);
}

void FaultServer::send(Line *line, const Fault &fault)
{
    line->socket->write(head(fault, fault.body.size(), false) + fault.body);
}

void FaultServer::trickle(Line *line, const Fault &fault)
{
    auto *timer = new QTimer(line);
    auto position = std::make_shared<qsizetype>(0);
    connect(timer, &QTimer::timeout, line, [line, timer, position, body = fault.body] {
        if (*position >= body.size()) {
            timer->deleteLater();
            return;
        }
        line->socket->write(body.mid((*position)++, 1));
    });
    timer->start(fault.pause);
}

} // namespace outrigger::test
