// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/server.h"
#include "support/places.h"
#include "support/waitfor.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// `events listen` and `events read` as real processes: what an event names is read again, and nothing is believed.
class TestCliEvents : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<QProcess> m_listener;
    QByteArray m_said;
    QUrl m_door;
    QString m_contact;
    QNetworkAccessManager m_network;

    std::unique_ptr<QProcess> start(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        all.insert(u"XDG_RUNTIME_DIR"_s, m_folder->path());
        all.insert(u"OUTRIGGER_SERVER"_s, m_server->url());
        all.insert(u"OUTRIGGER_TOKEN"_s, m_server->token());
        all.insert(u"OUTRIGGER_LOCATION"_s, m_server->locationId());
        process->setProcessEnvironment(all);
        process->setWorkingDirectory(m_folder->path());
        process->start(test::program(QStringLiteral("outrigger-cli")), QStringList{u"--profile"_s, m_folder->filePath(u"profile"_s)} + arguments);
        return process;
    }
    bool ended(QProcess &process)
    {
        return QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000);
    }
    bool listen(const QStringList &options)
    {
        m_said.clear();
        m_listener = start(QStringList{u"events"_s, u"listen"_s} + options);
        static const QRegularExpression address(u"listening (http://127.0.0.1:\\d+)"_s);
        return QTest::qWaitFor([this] {
            m_said += m_listener->readAllStandardError();
            m_door = QUrl(address.match(QString::fromUtf8(m_said)).captured(1));
            return !m_door.isEmpty();
        }, 30'000);
    }
    int post(const QByteArray &body, const QByteArray &header = {}, const QByteArray &value = {})
    {
        QNetworkRequest request(m_door);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        if (!header.isEmpty())
            request.setRawHeader(header, value);
        const std::unique_ptr<QNetworkReply> reply(m_network.post(request, body));
        return QTest::qWaitFor([&reply] { return reply->isFinished(); }, 20'000) ? reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : -1;
    }
    QByteArray event(const char *type, const QString &id, const QString &webhook, const QDateTime &at = QDateTime::currentDateTimeUtc()) const
    {
        return QJsonDocument(QJsonObject{{u"type"_s, QString::fromLatin1(type)},
                                         {u"locationId"_s, m_server->locationId()},
                                         {u"id"_s, id},
                                         {u"webhookId"_s, webhook},
                                         {u"timestamp"_s, at.toString(Qt::ISODateWithMs)}})
            .toJson(QJsonDocument::Compact);
    }
    int reads() const
    {
        int count = 0;
        for (const auto &entry : m_server->ledger().entries())
            count += entry.method == "GET" && entry.path == u"/contacts/"_s + m_contact ? 1 : 0;
        return count;
    }
    QByteArray file(const QString &name, const QByteArray &bytes)
    {
        QFile made(m_folder->filePath(name));
        return made.open(QIODevice::WriteOnly) && made.write(bytes) == bytes.size() ? made.fileName().toUtf8() : QByteArray();
    }
    QByteArray openssl(const QStringList &arguments)
    {
        QProcess tool;
        tool.setWorkingDirectory(m_folder->path());
        tool.start(u"openssl"_s, arguments);
        tool.waitForFinished();
        return tool.exitCode() == 0 ? tool.readAllStandardOutput() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        practice::Options options;
        options.size = {60, 0, 20, 0};
        options.rate = practice::Rate::Off;
        options.quiet = true;
        options.record = true;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
        m_contact = m_server->world().mint.id(practice::Kind::Contact, 3);
    }
    void cleanup()
    {
        if (!m_listener)
            return;
        m_listener->terminate();
        QVERIFY(ended(*m_listener));
        m_listener.reset();
    }

    void aFileOfEventsIsReadOnceForEachThing()
    {
        file(u"events.jsonl"_s, event("ContactUpdate", m_contact, u"w1"_s) + '\n' + event("ContactTagUpdate", m_contact, u"w2"_s) + "\n{\"type\":\"PlanChange\"}\n");
        const auto process = start({u"events"_s, u"read"_s, u"events.jsonl"_s, u"--json"_s});
        QVERIFY(ended(*process));
        QCOMPARE(process->exitCode(), 0);
        const QJsonArray report = QJsonDocument::fromJson(process->readAllStandardOutput()).array();
        QCOMPARE(report.size(), 3);
        QCOMPARE(report.at(0)[u"result"_s].toString(), u"read_again"_s);
        QCOMPARE(report.at(2)[u"result"_s].toString(), u"nothing_here"_s);
        QCOMPARE(reads(), 1);
    }
    void aDeliveryWithoutASignatureIsRefused()
    {
        QVERIFY(listen({u"--port"_s, u"0"_s}));
        QCOMPARE(post(event("ContactUpdate", m_contact, u"w1"_s)), 401);
        QCOMPARE(post(event("ContactUpdate", m_contact, u"w1"_s), "X-GHL-Signature", "bm9uZQ=="), 401);
        QCOMPARE(reads(), 0);
    }
    void aSignedDeliveryIsReadAgainOnce_data()
    {
        QTest::addColumn<QStringList>("make");
        QTest::addColumn<QStringList>("sign");
        QTest::addColumn<QString>("option");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("Ed25519") << QStringList{u"genpkey"_s, u"-algorithm"_s, u"ed25519"_s, u"-out"_s, u"key.pem"_s}
                                 << QStringList{u"pkeyutl"_s, u"-sign"_s, u"-rawin"_s, u"-inkey"_s, u"key.pem"_s, u"-in"_s, u"body"_s} << u"--key"_s
                                 << QByteArray("X-GHL-Signature");
        QTest::newRow("RSA") << QStringList{u"genpkey"_s, u"-algorithm"_s, u"rsa"_s, u"-pkeyopt"_s, u"rsa_keygen_bits:2048"_s, u"-out"_s, u"key.pem"_s}
                             << QStringList{u"dgst"_s, u"-sha256"_s, u"-sign"_s, u"key.pem"_s, u"body"_s} << u"--rsa-key"_s << QByteArray("X-WH-Signature");
    }
    void aSignedDeliveryIsReadAgainOnce()
    {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("The program openssl, which signs here, is not installed.");
        QFETCH(QStringList, make);
        QFETCH(QStringList, sign);
        QFETCH(QString, option);
        QFETCH(QByteArray, header);
        openssl(make);
        QVERIFY(!file(u"public.pem"_s, openssl({u"pkey"_s, u"-in"_s, u"key.pem"_s, u"-pubout"_s})).isEmpty());
        QVERIFY(listen({u"--port"_s, u"0"_s, option, u"public.pem"_s}));
        const auto signedPost = [&](const QByteArray &body) {
            file(u"body"_s, body);
            const QByteArray signature = openssl(sign);
            return signature.isEmpty() ? -2 : post(body, header, signature.toBase64());
        };
        QCOMPARE(signedPost(event("ContactUpdate", m_contact, u"w1"_s)), 200);
        QTRY_COMPARE(reads(), 1);
        QCOMPARE(signedPost(event("ContactUpdate", m_contact, u"w1"_s)), 200); // a repeat
        QCOMPARE(signedPost(event("ContactUpdate", m_contact, u"w2"_s, QDateTime::currentDateTimeUtc().addSecs(-400))), 401); // replayed
        file(u"body"_s, event("ContactUpdate", m_contact, u"w3"_s));
        QCOMPARE(post(event("ContactUpdate", m_contact, u"w4"_s), header, openssl(sign).toBase64()), 401); // signed for something else
        m_listener->terminate();
        QVERIFY(ended(*m_listener));
        QCOMPARE(reads(), 1);
    }
    void whatIsNoDeliveryIsTurnedAway()
    {
        QVERIFY(listen({u"--port"_s, u"0"_s, u"--unsigned"_s}));
        QCOMPARE(post("nonsense"), 400);
        const int large = post(QByteArray(2 * 1024 * 1024, 'x'));
        QVERIFY2(large == 413 || large == 0, qPrintable(QString::number(large))); // hung up on before all of it was sent
        const std::unique_ptr<QNetworkReply> get(m_network.get(QNetworkRequest(m_door)));
        QTRY_VERIFY(get->isFinished());
        QCOMPARE(get->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 405);
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, quint16(m_door.port()));
        socket.write(QByteArray(40 * 1024, 'A'));
        QTRY_COMPARE(socket.state(), QTcpSocket::UnconnectedState);
        QCOMPARE(post(event("ContactUpdate", m_contact, u"w1"_s)), 200); // and it still listens
        QTRY_COMPARE(reads(), 1);
    }
};

QTEST_GUILESS_MAIN(TestCliEvents)
#include "tst_cli_events.moc"
