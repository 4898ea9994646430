// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QTcpServer>
#include <QUrl>
#include <QVector>

#include <chrono>
#include <deque>
#include <functional>
#include <utility>

class QTcpSocket;

namespace outrigger::test {

/// How a connection behaves towards one request.
enum class Shape {
    Answer,            ///< status, headers, body; the connection stays open
    AnswerThenClose,   ///< the same, then closes without having said so
    NeverAnswer,       ///< reads everything, says nothing, stays open
    CloseAtOnce,       ///< accepts and closes before reading (over TLS: before the handshake)
    ResetAtOnce,       ///< the same with a reset
    CloseAfterHead,    ///< closes when the request's head has come, without reading the body
    CloseAfterRequest, ///< reads everything, then closes
    ResetAfterRequest, ///< reads everything, then resets
    HalfStatusLine,    ///< "HTTP/1.1 2" and closes
    HalfHeaders,       ///< status line and a piece of a header, then closes
    HalfBody,          ///< announces the body's whole length, sends half, closes
    ChunkedCut,        ///< chunked, closes inside a chunk
    Trickle,           ///< a byte of the body each `pause`
    Late,              ///< answers after `pause`
    Garbage,           ///< bytes that are not HTTP
    Continue,          ///< 100 Continue, then closes
};

struct Fault {
    Shape shape = Shape::Answer;
    int status = 200;
    QByteArray body = "{}";
    QByteArray contentType = "application/json";
    QList<std::pair<QByteArray, QByteArray>> headers{};
    std::chrono::milliseconds pause{50};
};

/// One request as it arrived, complete or not.
struct Seen {
    int connection = 0;
    QByteArray verb;
    QByteArray target;                     ///< path and query as on the wire
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    bool complete = false;
};

/// A server on the loopback that misbehaves as told and keeps a ledger of what reached it. It lives on the test's
/// thread; its sockets are real.
class FaultServer : public QTcpServer
{
    Q_OBJECT
public:
    enum class Mode { Plain, Tls };
    explicit FaultServer(Mode mode = Mode::Plain, QObject *parent = nullptr);
    ~FaultServer() override;

    QUrl url(const QString &host = QStringLiteral("127.0.0.1")) const;
    /// The certificate that signs the TLS mode's answers, for a client that is to trust it.
    static QSslCertificate authority();
    /// Shows these in the TLS mode, the first of them for its own key, instead of that certificate.
    void show(QList<QSslCertificate> chain) { m_chain = std::move(chain); }

    /// What to do when nothing is queued.
    void always(Fault fault);
    /// What to do with the next connection or request, in order.
    void next(Fault fault);
    /// Decides by request; connections (CloseAtOnce, ResetAtOnce) are decided by the queue and always() only.
    void handle(std::function<Fault(const Seen &)> handler);

    const QVector<Seen> &ledger() const { return m_ledger; }
    int connections() const { return m_connections; }
    int openConnections() const { return static_cast<int>(m_open.size()); }
    qint64 bytesReceived() const { return m_bytes; }
    /// Requests whose head has arrived, whole or not.
    int copies(const QByteArray &verb) const;
    /// Complete requests with exactly this body.
    int copiesOf(const QByteArray &body) const;
    /// Closes all connections, as a server does with idle ones.
    void closeAll();
    void clearLedger();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Line;
    Fault take();
    void read(Line *line);
    bool parseHead(Line *line);
    void act(Line *line, const Fault &fault);
    void send(Line *line, const Fault &fault);
    void trickle(Line *line, const Fault &fault);
    static QByteArray head(const Fault &fault, qint64 length, bool chunked);
    static void reset(QTcpSocket *socket);
    static void finish(QTcpSocket *socket);

    Mode m_mode;
    QList<QSslCertificate> m_chain{authority()};
    Fault m_always;
    std::deque<Fault> m_queue;
    std::function<Fault(const Seen &)> m_handler;
    QVector<Seen> m_ledger;
    QList<Line *> m_open;
    int m_connections = 0;
    qint64 m_bytes = 0;
};

} // namespace outrigger::test
