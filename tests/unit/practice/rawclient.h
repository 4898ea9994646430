// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

namespace outrigger::test
{

struct RawAnswer {
    int status = 0; ///< 0: none came
    QByteArray head;
    QByteArray body;
    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QByteArray header(const QByteArray &name) const
    {
        for (const QByteArray &line : head.split('\n')) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0 && line.left(colon).toLower() == name.toLower())
                return line.mid(colon + 1).trimmed();
        }
        return {};
    }
};

/// A client of plain sockets: it shows exactly what is on the wire and repeats nothing.
class RawClient
{
public:
    explicit RawClient(quint16 port) { m_socket.connectToHost(QStringLiteral("127.0.0.1"), port); }
    bool connected()
    {
        return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; }, 5000);
    }
    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    bool closed(int ms = 5000)
    {
        return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, ms);
    }
    QByteArray rest()
    {
        m_buffer += m_socket.readAll();
        return m_buffer;
    }
    QTcpSocket &socket() { return m_socket; }
    /// The next answer; status 0 when none came in time or the connection ended in the middle.
    RawAnswer next(int ms = 5000, bool headOnly = false)
    {
        RawAnswer answer;
        const auto whole = [&] {
            m_buffer += m_socket.readAll();
            const qsizetype end = m_buffer.indexOf("\r\n\r\n");
            if (end < 0)
                return false;
            answer.head = m_buffer.left(end);
            const qsizetype length = headOnly ? 0 : answer.header("content-length").toLongLong();
            if (m_buffer.size() < end + 4 + length)
                return false;
            answer.body = m_buffer.mid(end + 4, length);
            m_buffer.remove(0, end + 4 + length);
            return true;
        };
        bool complete = false;
        // What arrived before the connection ended is still read.
        (void)QTest::qWaitFor(
            [&] {
                const bool ended = m_socket.state() == QAbstractSocket::UnconnectedState;
                complete = whole();
                return complete || ended;
            },
            ms);
        if (complete)
            answer.status = answer.head.split(' ').value(1).toInt();
        return answer;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_buffer;
};

/// One request on a connection of its own.
inline RawAnswer once(quint16 port, const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                      const QByteArray &headers = {}, int ms = 5000)
{
    RawClient client(port);
    client.send(method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n" + headers +
                "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    return client.next(ms);
}

} // namespace outrigger::test
