// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/http.h"

#include "unit/practice/rawclient.h"

#include <QPointer>

using namespace outrigger::practice::http;
using namespace outrigger::test;

/// The little server's HTTP, byte by byte over real sockets. Every request is answered with an echo.
class TestPracticeHttp : public QObject
{
    Q_OBJECT
    std::unique_ptr<HttpServer> m_server;
    QList<Request> m_seen;
    bool m_hold = false;
    QList<QPointer<Connection>> m_held;

private Q_SLOTS:
    void init()
    {
        m_seen.clear();
        m_held.clear();
        m_hold = false;
        m_server = std::make_unique<HttpServer>([this](Connection *connection, const Request &request) {
            m_seen.append(request);
            if (m_hold) {
                m_held.append(connection);
                return;
            }
            Response response;
            response.body = request.method + ' ' + request.path.toUtf8() + ' ' + request.body;
            connection->respond(response);
        });
        QVERIFY(m_server->listen(QHostAddress::LocalHost));
    }

    void answersSeveralOnOneConnection()
    {
        RawClient client(m_server->serverPort());
        client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b?q=1%2B1&r=a+b HTTP/1.1\r\nHost: x\r\nContent-Length: "
                    "3\r\n\r\nabcGET /c%2Fd HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(client.next().body, QByteArray("GET /a "));
        QCOMPARE(client.next().body, QByteArray("POST /b abc"));
        QCOMPARE(client.next().status, 200);
        QCOMPARE(m_seen[1].value(QStringLiteral("q")), QStringLiteral("1+1"));
        QCOMPARE(m_seen[1].value(QStringLiteral("r")), QStringLiteral("a b"));
        QCOMPARE(m_seen[2].segments, QStringList{QStringLiteral("c/d")}); // an encoded slash is no border
        QCOMPARE(m_server->connectionsMade(), 1);
    }

    void keepsTheOrderOfPipelinedAnswers()
    {
        m_hold = true;
        RawClient client(m_server->serverPort());
        client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE(m_held.size(), 1); // the second waits for the first one's answer
        Response response;
        response.body = "one";
        m_held[0]->respond(response);
        QTRY_COMPARE(m_held.size(), 2);
        response.body = "two";
        m_held[1]->respond(response);
        QCOMPARE(client.next().body, QByteArray("one"));
        QCOMPARE(client.next().body, QByteArray("two"));
    }

    void readsBodiesInPieces()
    {
        RawClient client(m_server->serverPort());
        const QByteArray whole = "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                                 "chunked\r\n\r\n4;note=1\r\nWiki\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nGET "
                                 "/after HTTP/1.1\r\nHost: x\r\n\r\n";
        QVERIFY(client.connected());
        for (const char byte : whole) {
            client.send(QByteArray(1, byte));
            client.socket().flush();
        }
        QCOMPARE(client.next().body, QByteArray("POST /c Wiki0123456789"));
        QCOMPARE(client.next().body, QByteArray("GET /after "));
    }

    void saysContinue()
    {
        RawClient client(m_server->serverPort());
        client.send("POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(client.next().status, 100);
        client.send("ok");
        QCOMPARE(client.next().body, QByteArray("POST /e ok"));
    }

    void answersHeadWithoutABody()
    {
        RawClient client(m_server->serverPort());
        client.send("HEAD /h HTTP/1.1\r\nHost: x\r\n\r\nGET /g HTTP/1.1\r\nHost: x\r\n\r\n");
        const RawAnswer head = client.next(5000, true);
        QCOMPARE(head.status, 200);
        QCOMPARE(head.header("content-length"), QByteArray("8"));
        QCOMPARE(client.next().body, QByteArray("GET /g "));
    }

    void closesWhenAsked()
    {
        RawClient client(m_server->serverPort());
        client.send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        QCOMPARE(client.next().status, 200);
        QVERIFY(client.closed());
        RawClient old(m_server->serverPort());
        old.send("GET /x HTTP/1.0\r\n\r\n");
        QCOMPARE(old.next().status, 200);
        QVERIFY(old.closed());
    }

    void refusesWhatIsMalformed_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("no words") << QByteArray("HELLO\r\n\r\n") << 400;
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
        QTest::newRow("two lengths")
            << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab") << 400;
        QTest::newRow("length and chunks")
            << QByteArray(
                   "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
            << 400;
        QTest::newRow("negative length") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")
                                         << 400;
        QTest::newRow("folded header") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n more\r\n\r\n") << 400;
        QTest::newRow("bad chunk") << QByteArray(
                                          "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                                   << 400;
        QTest::newRow("unknown coding") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n")
                                        << 501;
        QTest::newRow("endless head") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nA: " + QByteArray(70'000, 'a'))
                                      << 431;
        QTest::newRow("endless body") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
                                      << 413;
    }
    void refusesWhatIsMalformed()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        RawClient client(m_server->serverPort());
        client.send(request);
        QCOMPARE(client.next().status, status);
        QVERIFY(client.closed());
        QVERIFY(m_seen.isEmpty());
        QCOMPARE(once(m_server->serverPort(), "GET", "/still-there").status, 200);
    }

    void forgetsClientsThatLeave()
    {
        m_hold = true;
        {
            RawClient client(m_server->serverPort());
            client.send("GET /gone HTTP/1.1\r\nHost: x\r\n\r\n");
            QTRY_COMPARE(m_held.size(), 1);
        }
        QTRY_VERIFY(m_held[0].isNull());
        m_hold = false;
        QCOMPARE(once(m_server->serverPort(), "GET", "/still-there").status, 200);
    }

    void resetsAndDrops()
    {
        m_hold = true;
        RawClient reset(m_server->serverPort());
        reset.send("GET /r HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE(m_held.size(), 1);
        m_held[0]->reset();
        QVERIFY(reset.closed());
        QCOMPARE(reset.rest(), QByteArray());
        RawClient drop(m_server->serverPort());
        drop.send("GET /d HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE(m_held.size(), 2);
        m_held[1]->drop();
        QVERIFY(drop.closed());
        QCOMPARE(drop.rest(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestPracticeHttp)
#include "tst_practice_http.moc"
