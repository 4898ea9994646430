// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/http.h"

#include <QDateTime>
#include <QLocale>
#include <QPointer>
#include <QTcpSocket>

#include <algorithm>

#include <sys/socket.h>

namespace outrigger::practice::http
{

namespace
{

constexpr qsizetype maxHead = 64 * 1024;
constexpr qint64 maxBody = 64LL * 1024 * 1024;
constexpr qsizetype maxWaiting = 1024 * 1024; ///< bytes taken in advance of a request that is being answered

bool isToken(const QByteArray &text)
{
    static const QByteArray others = QByteArrayLiteral("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.contains(c);
    });
}

QByteArray httpDate()
{
    static qint64 second = 0;
    static QByteArray text;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (now.toSecsSinceEpoch() != second) {
        second = now.toSecsSinceEpoch();
        text = QLocale::c().toString(now, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss")).toLatin1() + " GMT";
    }
    return text;
}

} // namespace

QByteArray Request::header(const char *lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

bool Request::hasHeader(const char *lowerCaseName) const
{
    return std::any_of(headers.begin(), headers.end(), [&](const Header &h) { return h.first == lowerCaseName; });
}

QString Request::value(const QString &queryName) const
{
    for (const auto &[name, text] : query) {
        if (name == queryName)
            return text;
    }
    return {};
}

bool Request::has(const QString &queryName) const
{
    return std::any_of(query.begin(), query.end(), [&](const auto &item) { return item.first == queryName; });
}

QByteArray reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Payload Too Large";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Entity";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Status";
    }
}

QString decodeForm(const QByteArray &text)
{
    QByteArray copy = text;
    copy.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(copy));
}

QList<QPair<QString, QString>> parseForm(const QByteArray &text)
{
    QList<QPair<QString, QString>> result;
    for (const QByteArray &item : text.split('&')) {
        if (item.isEmpty())
            continue;
        const qsizetype equals = item.indexOf('=');
        if (equals < 0)
            result.append({decodeForm(item), QString()});
        else
            result.append({decodeForm(item.left(equals)), decodeForm(item.mid(equals + 1))});
    }
    return result;
}

Connection::Connection(QTcpSocket *socket, int number, Handler handler, QObject *parent)
    : QObject(parent), m_socket(socket), m_number(number), m_handler(std::move(handler))
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setReadBufferSize(4 * maxWaiting);
    connect(m_socket, &QTcpSocket::readyRead, this, &Connection::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
}

void Connection::read()
{
    if (m_closing) {
        m_socket->skip(m_socket->bytesAvailable());
        return;
    }
    if (m_busy && m_buffer.size() > maxWaiting)
        return; // the kernel holds the rest back until the answer is out
    m_buffer += m_socket->readAll();
    work();
}

void Connection::work()
{
    if (m_working)
        return; // an answer given inside the handler: the loop below goes on by itself
    m_working = true;
    const QPointer<Connection> self(this);
    while (!m_busy && !m_closing && takeRequest()) {
        m_busy = true;
        const Request request = std::move(m_request);
        m_keepAlive = request.keepAlive;
        m_headOnly = request.method == "HEAD";
        m_request = {};
        m_headDone = false;
        m_scanned = 0;
        m_handler(this, request);
        if (!self)
            return;
        if (m_socket->bytesAvailable() > 0 && m_buffer.size() <= maxWaiting)
            m_buffer += m_socket->readAll();
    }
    m_working = false;
}

bool Connection::takeRequest()
{
    if (!m_headDone && !takeHead())
        return false;
    return m_chunked ? takeChunks() : takeBody();
}

bool Connection::takeHead()
{
    while (m_scanned == 0 && m_buffer.startsWith("\r\n"))
        m_buffer.remove(0, 2); // empty lines before a request line are allowed
    const qsizetype end = m_buffer.indexOf("\r\n\r\n", std::max<qsizetype>(0, m_scanned - 3));
    if (end < 0 || end > maxHead) {
        m_scanned = m_buffer.size();
        if (m_buffer.size() > maxHead)
            refuse(431);
        return false;
    }
    const QByteArray head = m_buffer.left(end);
    m_buffer.remove(0, end + 4);
    m_request.connection = m_number;
    if (!parseHead(head)) {
        if (!m_closing)
            refuse(400);
        return false;
    }
    m_headDone = true;
    if (m_request.hasHeader("expect")) {
        if (m_request.header("expect").toLower() != "100-continue") {
            refuse(417);
            return false;
        }
        if (m_chunked || m_buffer.size() < m_length)
            m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    return true;
}

bool Connection::parseHead(const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    if (words.size() != 3 || !isToken(words[0]) || !words[2].startsWith("HTTP/1."))
        return false;
    m_request.method = words[0];
    m_request.target = words[1];
    const bool old = words[2] == "HTTP/1.0";
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QByteArray line = lines[i].endsWith('\r') ? lines[i].chopped(1) : lines[i];
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0 || !isToken(line.left(colon))) // also refuses folded lines and blanks before the colon
            return false;
        m_request.headers.append({line.left(colon).toLower(), line.mid(colon + 1).trimmed()});
    }
    if (!old && !m_request.hasHeader("host"))
        return false;
    const QByteArray hop = m_request.header("connection").toLower();
    m_request.keepAlive = old ? hop.contains("keep-alive") : !hop.contains("close");
    m_chunked = false;
    m_length = 0;
    bool haveLength = false;
    for (const auto &[name, value] : std::as_const(m_request.headers)) {
        if (name == "transfer-encoding") {
            if (value.toLower() != "chunked") {
                refuse(501);
                return false;
            }
            m_chunked = true;
        } else if (name == "content-length") {
            bool ok = false;
            const qint64 length = value.toLongLong(&ok);
            if (!ok || length < 0 || value.startsWith('+') || (haveLength && length != m_length))
                return false;
            haveLength = true;
            m_length = length;
        }
    }
    if (m_chunked && haveLength)
        return false; // two lengths for one body: the classic way to smuggle a request
    if (m_length > maxBody) {
        refuse(413);
        return false;
    }
    return parseTarget();
}

bool Connection::parseTarget()
{
    QByteArray target = m_request.target;
    if (target.startsWith("http://") || target.startsWith("https://")) {
        const qsizetype slash = target.indexOf('/', target.indexOf("//") + 2);
        target = slash < 0 ? QByteArray("/") : target.mid(slash);
    }
    if (!target.startsWith('/'))
        return false;
    const qsizetype question = target.indexOf('?');
    const QByteArray path = question < 0 ? target : target.left(question);
    if (question >= 0)
        m_request.query = parseForm(target.mid(question + 1));
    m_request.path = QString::fromUtf8(QByteArray::fromPercentEncoding(path));
    m_request.trailingSlash = path.size() > 1 && path.endsWith('/');
    for (const QByteArray &part : path.split('/')) {
        if (!part.isEmpty())
            m_request.segments.append(QString::fromUtf8(QByteArray::fromPercentEncoding(part)));
    }
    return true;
}

bool Connection::takeBody()
{
    if (m_buffer.size() < m_length)
        return false;
    m_request.body = m_buffer.left(m_length);
    m_buffer.remove(0, m_length);
    return true;
}

bool Connection::takeChunks()
{
    while (true) {
        const qsizetype end = m_buffer.indexOf("\r\n");
        if (end < 0) {
            if (m_buffer.size() > 4096)
                refuse(400);
            return false;
        }
        QByteArray word = m_buffer.left(end);
        if (const qsizetype extension = word.indexOf(';'); extension >= 0)
            word.truncate(extension);
        bool ok = false;
        const qlonglong size = word.trimmed().toLongLong(&ok, 16);
        if (!ok || size < 0 || m_request.body.size() + size > maxBody) {
            refuse(ok ? 413 : 400);
            return false;
        }
        if (size == 0) {
            // Trailers, if any, end with an empty line.
            const qsizetype close = m_buffer.indexOf("\r\n\r\n", end);
            if (close < 0)
                return false;
            m_buffer.remove(0, close + 4);
            return true;
        }
        if (m_buffer.size() < end + 2 + size + 2)
            return false;
        if (m_buffer.mid(end + 2 + size, 2) != "\r\n") {
            refuse(400);
            return false;
        }
        m_request.body += m_buffer.mid(end + 2, size);
        m_buffer.remove(0, end + 2 + size + 2);
    }
}

void Connection::refuse(int status)
{
    Response response;
    response.status = status;
    response.body = "{\"statusCode\":" + QByteArray::number(status) + ",\"message\":\"" + reason(status) + "\"}";
    m_socket->write(frame(response, false));
    finished(true);
}

QByteArray Connection::frame(const Response &response, bool keepAlive) const
{
    QByteArray bytes;
    bytes.reserve(response.body.size() + 512);
    bytes += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reason(response.status) + "\r\n";
    bytes += "Date: " + httpDate() + "\r\n";
    if (!response.contentType.isEmpty())
        bytes += "Content-Type: " + response.contentType + "\r\n";
    if (response.status != 204 && response.status >= 200)
        bytes += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    for (const auto &[name, value] : response.headers)
        bytes += name + ": " + value + "\r\n";
    bytes += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    bytes += response.body;
    return bytes;
}

void Connection::respond(const Response &response)
{
    QByteArray bytes = frame(response, m_keepAlive);
    if (m_headOnly)
        bytes.chop(response.body.size());
    respondRaw(bytes, !m_keepAlive);
}

void Connection::respondRaw(const QByteArray &bytes, bool close)
{
    if (m_closing)
        return;
    m_socket->write(bytes);
    finished(close);
}

void Connection::sendPart(const QByteArray &bytes)
{
    if (!m_closing)
        m_socket->write(bytes);
}

void Connection::finished(bool close)
{
    m_busy = false;
    if (close) {
        m_closing = true;
        m_socket->disconnectFromHost(); // after what is written has left
        return;
    }
    if (!m_working) {
        if (m_socket->bytesAvailable() > 0)
            m_buffer += m_socket->readAll();
        work();
    }
}

void Connection::drop()
{
    finished(true);
}

void Connection::reset()
{
    m_closing = true;
    const linger now{1, 0};
    ::setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_socket->abort();
    deleteLater();
}

HttpServer::HttpServer(Connection::Handler handler, QObject *parent) : QTcpServer(parent), m_handler(std::move(handler))
{
    setMaxPendingConnections(1000);
    connect(this, &QTcpServer::newConnection, this, &HttpServer::accept);
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection())
        new Connection(socket, ++m_count, m_handler, this);
}

} // namespace outrigger::practice::http
