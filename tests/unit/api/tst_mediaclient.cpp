// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/mediaclient.h"
#include "support/waitfor.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using api::MediaClient;

/// Files from outside are fetched from where messages said, without a word about us.
class TestMediaClient : public QObject
{
    Q_OBJECT

    QTcpServer m_server;
    QByteArray m_answer;
    QByteArray m_heard;

    QUrl address(const QString &path = u"/file.png"_s) const
    {
        QUrl url;
        url.setScheme(u"http"_s);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(m_server.serverPort());
        url.setPath(path);
        return url;
    }
    static QByteArray ok(const QByteArray &body)
    {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n" + body;
    }

private Q_SLOTS:
    void init()
    {
        m_heard.clear();
        if (!m_server.isListening()) {
            QVERIFY(m_server.listen(QHostAddress::LocalHost));
            connect(&m_server, &QTcpServer::newConnection, this, [this] {
                auto *socket = m_server.nextPendingConnection();
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                    m_heard += socket->readAll();
                    if (m_heard.endsWith("\r\n\r\n")) {
                        socket->write(m_answer);
                        socket->disconnectFromHost();
                    }
                });
            });
        }
    }
    void onlyWhatMayBeFetchedIs_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("practice");
        QTest::addColumn<bool>("may");
        QTest::newRow("https of a known host") << u"https://storage.example.com/a.png"_s << false << true;
        QTest::newRow("host in capitals") << u"https://Storage.Example.com/a.png"_s << false << true;
        QTest::newRow("unknown host") << u"https://other.example.com/a.png"_s << false << false;
        QTest::newRow("plain http") << u"http://storage.example.com/a.png"_s << false << false;
        QTest::newRow("loopback") << u"http://127.0.0.1:80/a.png"_s << false << false;
        QTest::newRow("loopback in practice") << u"http://127.0.0.1:80/a.png"_s << true << true;
        QTest::newRow("plain http in practice") << u"http://storage.example.com/a.png"_s << true << false;
        QTest::newRow("inside") << u"https://192.168.1.1/a.png"_s << false << false;
        QTest::newRow("inside, ip6") << u"https://[fe80::1]/a.png"_s << false << false;
        QTest::newRow("name inside") << u"https://router/a.png"_s << false << false;
        QTest::newRow("localhost") << u"https://localhost/a.png"_s << false << false;
        QTest::newRow("with a password") << u"https://me:secret@storage.example.com/a.png"_s << false << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << true << false;
        QTest::newRow("data") << u"data:image/png;base64,AAAA"_s << true << false;
        QTest::newRow("nothing") << QString() << true << false;
    }
    void onlyWhatMayBeFetchedIs()
    {
        QFETCH(QString, url);
        QFETCH(bool, practice);
        QFETCH(bool, may);
        MediaClient client;
        for (const char *host : {"storage.example.com", "127.0.0.1", "192.168.1.1", "fe80::1", "router", "localhost"})
            client.allowHost(QLatin1String(host));
        client.setLoopbackAllowed(practice);
        const Status status = client.mayFetch(QUrl(url));
        QCOMPARE(status.has_value(), may);
        if (!may)
            QCOMPARE(status.error().code, u"address"_s);
    }
    void itSaysNothingAboutUs()
    {
        m_answer = ok("picture");
        MediaClient client;
        client.allowHost(u"127.0.0.1"_s);
        client.setLoopbackAllowed(true);
        auto bytes = await(client.fetch(address()));
        QVERIFY(bytes);
        QCOMPARE(*bytes, QByteArray("picture"));
        m_heard.clear();
        QVERIFY(await(client.fetch(address())));
        QVERIFY(!m_heard.toLower().contains("cookie"));
        QVERIFY(!m_heard.toLower().contains("authorization"));
        QVERIFY(!m_heard.toLower().contains("referer"));
    }
    void whatGoesWrongIsSaid_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        QTest::newRow("gone") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") << u"gone"_s;
        QTest::newRow("broken") << QByteArray("HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") << u"network"_s;
        QTest::newRow("cut") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nabc") << u"network"_s;
        QTest::newRow("too large") << ok(QByteArray(MediaClient::bodyLimit + 100, 'x')) << u"large"_s;
        QTest::newRow("leads to a file") << QByteArray("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") << u"address"_s;
        QTest::newRow("leads elsewhere") << QByteArray("HTTP/1.1 302 Found\r\nLocation: https://other.example.com/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") << u"address"_s;
        QTest::newRow("leads in circles") << QByteArray("HTTP/1.1 302 Found\r\nLocation: /again.png\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") << u"redirects"_s;
    }
    void whatGoesWrongIsSaid()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, code);
        m_answer = answer;
        MediaClient client;
        client.allowHost(u"127.0.0.1"_s);
        client.setLoopbackAllowed(true);
        // Each request is heard by itself.
        connect(&m_server, &QTcpServer::newConnection, &client, [this] { m_heard.clear(); });
        const auto bytes = await(client.fetch(address()));
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().code, code);
        QVERIFY(!bytes.error().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMediaClient)
#include "tst_mediaclient.moc"
