// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/loopback.h"
#include "support/waitfor.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace outrigger;
using namespace outrigger::auth;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Sends bytes and gives what came back until the other side closed.
QByteArray talk(int port, const QByteArray &bytes, const QHostAddress &address = QHostAddress::LocalHost)
{
    QTcpSocket socket;
    socket.connectToHost(address, quint16(port));
    socket.write(bytes);
    QByteArray all;
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] { all += socket.readAll(); });
    if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 10000))
        return "still open";
    all += socket.readAll();
    return all;
}

QByteArray get(const QByteArray &target, int port, const QByteArray &host = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + (host.isEmpty() ? "localhost:" + QByteArray::number(port) : host)
        + "\r\nAccept: */*\r\n\r\n";
}

} // namespace

class TestLoopback : public QObject
{
    Q_OBJECT

    std::unique_ptr<LoopbackListener> m_listener;
    std::unique_ptr<QSignalSpy> m_taken;
    QVector<oauth::Returned> m_returned;

    int port() const { return m_listener->port(); }

private Q_SLOTS:
    void init()
    {
        m_returned.clear();
        m_listener = std::make_unique<LoopbackListener>(u"/cb/x7"_s, [](const oauth::Returned &returned) {
            if (returned.state != u"mark"_s)
                return LoopbackListener::Verdict::Drop;
            return returned.error.isEmpty() ? LoopbackListener::Verdict::Take : LoopbackListener::Verdict::TakeRefusal;
        });
        connect(m_listener.get(), &LoopbackListener::taken, this, [this](const auto &returned) { m_returned.append(returned); });
        QVERIFY(m_listener->listen({0}));
    }
    void cleanup() { m_listener.reset(); }

    void oneHitIsTaken()
    {
        const auto page = talk(port(), get("/cb/x7?code=a%2Bb%20c&state=mark", port()));
        QVERIFY2(page.startsWith("HTTP/1.1 200 OK\r\n"), page.constData());
        QVERIFY(page.contains("Back to Outrigger"));
        QVERIFY(page.trimmed().endsWith("</html>")); // whole
        QVERIFY(page.contains("Cache-Control: no-store"));
        QVERIFY(!page.contains("a+b"));
        QCOMPARE(m_returned.size(), 1);
        QCOMPARE(m_returned.first().code, u"a+b c"_s);
        // The second one finds nobody.
        QTcpSocket again;
        again.connectToHost(QHostAddress::LocalHost, quint16(port()));
        QVERIFY(!again.waitForConnected(2000));
        QCOMPARE(m_returned.size(), 1);
    }

    void alsoOnIpv6()
    {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHostIPv6))
            QSKIP("This machine has no IPv6 loopback.");
        const auto page = talk(port(), get("/cb/x7?code=c&state=mark", port(), "[::1]:" + QByteArray::number(port())),
                               QHostAddress::LocalHostIPv6);
        QVERIFY(page.startsWith("HTTP/1.1 200"));
        QCOMPARE(m_returned.size(), 1);
    }

    void refusedRequests_data()
    {
        QTest::addColumn<QByteArray>("request"); // PORT stands for the port
        QTest::addColumn<QByteArray>("status");
        const QByteArray host = "\r\nHost: localhost:PORT\r\n\r\n";
        QTest::newRow("wrong path") << "GET /cb/x7extra?code=c&state=mark HTTP/1.1" + host << QByteArray("404");
        QTest::newRow("favicon") << "GET /favicon.ico HTTP/1.1" + host << QByteArray("404");
        QTest::newRow("other case") << "GET /CB/x7?code=c&state=mark HTTP/1.1" + host << QByteArray("404");
        QTest::newRow("escaped path") << "GET /cb%2Fx7?code=c&state=mark HTTP/1.1" + host << QByteArray("404");
        QTest::newRow("whole address") << "GET http://evil/cb/x7?code=c&state=mark HTTP/1.1" + host << QByteArray("404");
        QTest::newRow("wrong state") << "GET /cb/x7?code=c&state=other HTTP/1.1" + host << QByteArray("400");
        QTest::newRow("no state") << "GET /cb/x7?code=c HTTP/1.1" + host << QByteArray("400");
        QTest::newRow("two states") << "GET /cb/x7?code=c&state=mark&state=other HTTP/1.1" + host << QByteArray("400");
        QTest::newRow("no code") << "GET /cb/x7?state=mark HTTP/1.1" + host << QByteArray("400");
        QTest::newRow("no query") << "GET /cb/x7 HTTP/1.1" + host << QByteArray("400");
        QTest::newRow("post") << "POST /cb/x7?code=c&state=mark HTTP/1.1" + host << QByteArray("405");
        QTest::newRow("head") << "HEAD /cb/x7?code=c&state=mark HTTP/1.1" + host << QByteArray("405");
        QTest::newRow("wrong host") << QByteArray("GET /cb/x7?code=c&state=mark HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n")
                                    << QByteArray("400");
        QTest::newRow("host without port") << QByteArray("GET /cb/x7?code=c&state=mark HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                           << QByteArray("400");
        QTest::newRow("no host") << QByteArray("GET /cb/x7?code=c&state=mark HTTP/1.1\r\n\r\n") << QByteArray("400");
        QTest::newRow("two hosts") << QByteArray("GET /cb/x7?code=c&state=mark HTTP/1.1\r\nHost: localhost:PORT\r\nHost: "
                                                 "localhost:PORT\r\n\r\n")
                                   << QByteArray("400");
        QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\x7f\x01\r\n\r\n") << QByteArray("400");
        QTest::newRow("old http") << QByteArray("GET /cb/x7?code=c&state=mark\r\n\r\n") << QByteArray("400");
        QTest::newRow("too long") << "GET /cb/x7?code=" + QByteArray(20000, 'a') << QByteArray("431");
    }
    void refusedRequests()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, status);
        const auto page = talk(port(), request.replace("PORT", QByteArray::number(port())));
        QVERIFY2(page.startsWith("HTTP/1.1 " + status), page.left(60).constData());
        QVERIFY(m_returned.isEmpty());
        // None of them uses the one hit up.
        QVERIFY(talk(port(), get("/cb/x7?code=c&state=mark", port())).startsWith("HTTP/1.1 200"));
        QCOMPARE(m_returned.size(), 1);
    }

    void refusalOfThePersonEndsIt()
    {
        const auto page = talk(port(), get("/cb/x7?error=access_denied&state=mark", port()));
        QVERIFY(page.contains("Not signed in"));
        QCOMPARE(m_returned.size(), 1);
        QCOMPARE(m_returned.first().error, u"access_denied"_s);
    }

    void halfARequestIsNotAHit()
    {
        m_listener->headLimit = 200ms;
        QTcpSocket half;
        half.connectToHost(QHostAddress::LocalHost, quint16(port()));
        half.write("GET /cb/x7?code=c&state=mark HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port()) + "\r\n");
        QTRY_COMPARE(half.state(), QAbstractSocket::UnconnectedState); // our time limit
        QVERIFY(m_returned.isEmpty());
    }

    void bytesOneByOne()
    {
        QTcpSocket slow;
        slow.connectToHost(QHostAddress::LocalHost, quint16(port()));
        QVERIFY(slow.waitForConnected());
        for (const char c : get("/cb/x7?code=slow&state=mark", port())) {
            slow.write(&c, 1);
            slow.flush();
            QCoreApplication::sendPostedEvents();
            QTest::qWait(0);
        }
        QTRY_COMPARE(m_returned.size(), 1);
        QCOMPARE(m_returned.first().code, u"slow"_s);
    }

    void silentConnectionsDoNotBlock()
    {
        std::vector<std::unique_ptr<QTcpSocket>> silent;
        for (int i = 0; i < 100; ++i) { // more than are kept; browsers open some ahead, port scanners many
            silent.push_back(std::make_unique<QTcpSocket>());
            silent.back()->connectToHost(QHostAddress::LocalHost, quint16(port()));
        }
        QTRY_VERIFY(silent.back()->state() == QAbstractSocket::ConnectedState
                    || silent.back()->state() == QAbstractSocket::UnconnectedState);
        QVERIFY(talk(port(), get("/cb/x7?code=c&state=mark", port())).startsWith("HTTP/1.1 200"));
        QCOMPARE(m_returned.size(), 1);
    }

    void busyPortGivesTheNext()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        LoopbackListener second(u"/"_s, [](const auto &) { return LoopbackListener::Verdict::Drop; });
        auto refused = second.listen({other.serverPort()});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(QString::number(other.serverPort())));
        QVERIFY(second.listen({other.serverPort(), 0}));
        QVERIFY(second.port() != other.serverPort());
        QCOMPARE(second.redirectUri().toString(), u"http://localhost:%1/"_s.arg(second.port()));
    }

    void halfTakenPortIsNotUsed()
    {
        QTcpServer other; // somebody who waits for our code on the other stack
        if (!other.listen(QHostAddress::LocalHostIPv6))
            QSKIP("This machine has no IPv6 loopback.");
        LoopbackListener second(u"/"_s, [](const auto &) { return LoopbackListener::Verdict::Drop; });
        QVERIFY(!second.listen({other.serverPort()}));
    }
};

QTEST_GUILESS_MAIN(TestLoopback)
#include "tst_loopback.moc"
