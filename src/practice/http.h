// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QPair>
#include <QString>
#include <QTcpServer>

#include <functional>

class QTcpSocket;

/// A small HTTP/1.1 server on loopback: keep-alive, pipelining (answers in order), Content-Length and chunked bodies,
/// Expect: 100-continue, HEAD. Everything runs on the thread that made it. Limits: 64 KiB of head, 64 MiB of body.
namespace outrigger::practice::http
{

using Header = QPair<QByteArray, QByteArray>;

struct Request {
    QByteArray method;
    QByteArray target;    ///< as it came
    QString path;         ///< decoded; segments keep an encoded slash apart
    QStringList segments; ///< decoded one by one
    bool trailingSlash = false;
    QList<QPair<QString, QString>> query; ///< decoded, in order
    QList<Header> headers;                ///< names in lower case
    QByteArray body;
    bool keepAlive = true;
    int connection = 0; ///< number of the connection since the start, from 1

    QByteArray header(const char *lowerCaseName) const; ///< the first one, or empty
    bool hasHeader(const char *lowerCaseName) const;
    QString value(const QString &queryName) const;
    bool has(const QString &queryName) const;
};

struct Response {
    int status = 200;
    QByteArray contentType = QByteArrayLiteral("application/json; charset=utf-8");
    QByteArray body;
    QList<Header> headers;
};

QByteArray reason(int status);
/// "+" is a space, as in forms and in queries of browsers.
QString decodeForm(const QByteArray &text);
QList<QPair<QString, QString>> parseForm(const QByteArray &text);

/// One client. Exactly one of respond, respondRaw, drop or reset ends a request; nothing happens when it is forgotten,
/// which is what a server that never answers looks like.
class Connection final : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<void(Connection *, const Request &)>;
    Connection(QTcpSocket *socket, int number, Handler handler, QObject *parent);

    void respond(const Response &response);
    /// Bytes as they are; the connection ends after them when close is set.
    void respondRaw(const QByteArray &bytes, bool close);
    /// More bytes of the same answer; follow with respondRaw.
    void sendPart(const QByteArray &bytes);
    void drop();  ///< orderly end without an answer
    void reset(); ///< RST
    int number() const { return m_number; }
    /// The head and body as respond() would send them.
    QByteArray frame(const Response &response, bool keepAlive) const;

private:
    void read();
    void work();
    bool takeRequest();
    bool takeHead();
    bool takeBody();
    bool takeChunks();
    bool parseHead(const QByteArray &head);
    bool parseTarget();
    void refuse(int status);
    void finished(bool close);

    QTcpSocket *m_socket;
    int m_number;
    Handler m_handler;
    QByteArray m_buffer;
    Request m_request;
    bool m_headDone = false;
    bool m_chunked = false;
    qint64 m_length = 0;
    qsizetype m_scanned = 0; ///< how far the search for the end of the head has come
    bool m_keepAlive = true; ///< of the request that is being answered
    bool m_headOnly = false;
    bool m_busy = false;
    bool m_working = false;
    bool m_closing = false;
};

class HttpServer final : public QTcpServer
{
    Q_OBJECT
public:
    explicit HttpServer(Connection::Handler handler, QObject *parent = nullptr);
    int connectionsMade() const { return m_count; }

private:
    void accept();
    Connection::Handler m_handler;
    int m_count = 0;
};

} // namespace outrigger::practice::http
