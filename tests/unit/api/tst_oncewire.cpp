// SPDX-License-Identifier: GPL-3.0-or-later
// The proof that a call which changes something reaches the wire once, whatever the other side does. Real sockets,
// plain and TLS, counted by the server that received them.
#include "api/client.h"
#include "api/ops.h"
#include "support/apiharness.h"
#include "support/faultserver.h"
#include "support/places.h"
#include "support/rounds.h"
#include "support/waitfor.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QSslCertificate>
#include <QTest>

#include <memory>
#include <vector>

using namespace outrigger;
using namespace outrigger::api;
using namespace outrigger::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

enum class Call { Post, Put, Delete };

struct Outcome {
    bool ok = false;
    Error error;
};

Task<Outcome> post(Client *client, QString text)
{
    SendMessage message{.contactId = ContactId(u"contact1"_s), .message = text};
    auto call = client->send(std::move(message), Priority::Outbox);
    auto result = co_await call;
    co_return Outcome{result.has_value(), result ? Error{} : result.error()};
}

Task<Outcome> put(Client *client, QString text)
{
    UpdateContact change{.id = ContactId(u"contact1"_s), .firstName = text};
    auto call = client->send(std::move(change), Priority::Outbox);
    auto result = co_await call;
    co_return Outcome{result.has_value(), result ? Error{} : result.error()};
}

Task<Outcome> remove(Client *client, QString text)
{
    RemoveTags change{.id = ContactId(u"contact1"_s), .tags = {text}};
    auto call = client->send(std::move(change), Priority::Outbox);
    auto result = co_await call;
    co_return Outcome{result.has_value(), result ? Error{} : result.error()};
}

Task<Outcome> start(Call call, Client *client, const QString &text)
{
    switch (call) {
    case Call::Put:
        return put(client, text);
    case Call::Delete:
        return remove(client, text);
    case Call::Post:
        break;
    }
    return post(client, text);
}

QByteArray word(Call call)
{
    return call == Call::Post ? "POST" : call == Call::Put ? "PUT" : "DELETE";
}

/// Takes the body apart that post() has sent; empty where it came cut.
QByteArray textOf(const Seen &seen)
{
    return QJsonDocument::fromJson(seen.body).object().value("message"_L1).toString().toLatin1();
}

/// What may become of a connection once the request has begun to arrive.
constexpr std::pair<Shape, const char *> shapes[] = {
    {Shape::NeverAnswer, "never answered"},
    {Shape::CloseAfterHead, "closed after the head"},
    {Shape::CloseAfterRequest, "closed"},
    {Shape::ResetAfterRequest, "reset"},
    {Shape::HalfStatusLine, "half status line"},
    {Shape::HalfHeaders, "half headers"},
    {Shape::HalfBody, "half body"},
    {Shape::ChunkedCut, "cut chunk"},
    {Shape::Garbage, "not http"},
    {Shape::Continue, "100 and closed"},
};

} // namespace

class TestOnceOnTheWire : public QObject
{
    Q_OBJECT

private:
    ClientOptions options(const FaultServer &server) const
    {
        ClientOptions options;
        options.server = server.url();
        options.connectTimeout = 3s;
        options.idleTimeout = 250ms;
        options.totalTimeout = 5s;
        options.extraAuthorities = {FaultServer::authority()};
        return options;
    }

private Q_SLOTS:
    void oneCopy_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("call");
        QTest::addColumn<int>("shape");
        QTest::addColumn<bool>("warm");
        QTest::addColumn<int>("size");
        const std::pair<Call, const char *> calls[] = {
            {Call::Post, "POST"}, {Call::Put, "PUT"}, {Call::Delete, "DELETE"}};
        for (const bool tls : {false, true}) {
            for (const auto &[call, verb] : calls) {
                for (const auto &[shape, name] : shapes) {
                    for (const bool warm : {false, true}) {
                        QTest::addRow("%s, %s, %s, %s connection", tls ? "TLS" : "plain", verb, name,
                                      warm ? "used" : "new")
                            << int(tls) << int(call) << int(shape) << warm << 40;
                    }
                }
            }
            QTest::addRow("%s, POST, closed, large body", tls ? "TLS" : "plain")
                << int(tls) << int(Call::Post) << int(Shape::CloseAfterRequest) << false << 200'000;
        }
    }

    void oneCopy()
    {
        QFETCH(int, mode);
        QFETCH(int, call);
        QFETCH(int, shape);
        QFETCH(bool, warm);
        QFETCH(int, size);
        FaultServer server(mode ? FaultServer::Mode::Tls : FaultServer::Mode::Plain);
        server.always({.shape = Shape(shape), .body = R"({"messageId":"m1","conversationId":"c1"})"});
        HandTokens tokens;
        Client client(options(server), &tokens, nullptr);
        if (warm) {
            server.next({.body = R"({"contact":{"id":"contact1"}})"});
            auto get = client.send(GetContact{.id = ContactId(u"contact1"_s)}, Priority::Click);
            QVERIFY(await(std::move(get)).has_value());
        }
        const auto outcome = await(start(Call(call), &client, QString(size, u'x')), 30'000);
        QVERIFY(!outcome.ok);
        QVERIFY2(outcome.error.sent != Sent::No, qPrintable(outcome.error.message));
        // Give a repeat the time to show itself: Qt makes its own before it reports the failure, on new connections.
        const int connections = server.connections();
        const bool again = QTest::qWaitFor(
            [&] { return server.copies(word(Call(call))) > 1 || server.connections() > connections; }, 40);
        QVERIFY(!again);
        QCOMPARE(server.copies(word(Call(call))), 1);
        QVERIFY(!outcome.error.message.isEmpty());
    }

    void manyAtOnceArriveOnceEach_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("shape");
        for (const bool tls : {false, true}) {
            const char *way = tls ? "TLS" : "plain";
            for (const auto &[shape, name] : shapes)
                QTest::addRow("%s, %s", way, name) << int(tls) << int(shape);
            QTest::addRow("%s, closed before reading", way) << int(tls) << int(Shape::CloseAtOnce);
            QTest::addRow("%s, reset before reading", way) << int(tls) << int(Shape::ResetAtOnce);
        }
    }
    /// 24 connections at the same time: none repeats a request, and what is said not to have left has not arrived.
    void manyAtOnceArriveOnceEach()
    {
        QFETCH(int, mode);
        QFETCH(int, shape);
        const int many = test::rounds(24);
        const bool noneRead = Shape(shape) == Shape::CloseAtOnce || Shape(shape) == Shape::ResetAtOnce;
        FaultServer server(mode ? FaultServer::Mode::Tls : FaultServer::Mode::Plain);
        server.always({.shape = Shape(shape), .body = R"({"messageId":"m1","conversationId":"c1"})"});
        HandTokens tokens;
        auto patient = options(server); // for 24 handshakes at once on a busy machine
        patient.connectTimeout = 10s;
        patient.totalTimeout = 15s;
        patient.idleTimeout = Shape(shape) == Shape::NeverAnswer ? 1s : 5s;
        // Over TLS Qt lets the requests of one program wait for its first connection, and they end with it. A program that
        // has failed so often asks nobody for a while: each round has its own.
        const int each = mode ? 24 : 4;
        int sent = 0;
        for (int first = 0; first < many; first += 24) {
            std::vector<std::unique_ptr<Client>> programs;
            for (int i = 0; i < each; ++i)
                programs.push_back(std::make_unique<Client>(patient, &tokens, nullptr));
            std::vector<Task<Outcome>> under;
            for (int i = first; i < std::min(many, first + 24); ++i)
                under.push_back(post(programs[std::size_t(i % each)].get(), QString::number(i)));
            for (auto &task : under) {
                const auto outcome = await(std::move(task), 30'000);
                QVERIFY(!outcome.ok);
                sent += outcome.error.sent != Sent::No;
            }
        }
        const int most = noneRead ? 0 : sent;
        QVERIFY(!QTest::qWaitFor([&] { return server.copies("POST") > most; }, 40)); // a repeat would show itself
        const int arrived = server.copies("POST");
        QVERIFY2(noneRead || arrived * 2 >= many, qPrintable(u"only %1 arrived"_s.arg(arrived)));
        QSet<QByteArray> seen;
        for (const Seen &request : server.ledger()) {
            const QByteArray text = textOf(request);
            QVERIFY2(text.isEmpty() || !seen.contains(text), text.constData());
            seen.insert(text);
        }
    }

    void nothingSentIsProven_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("shape");
        QTest::newRow("TLS, closed before the handshake") << 1 << int(Shape::CloseAtOnce);
        QTest::newRow("TLS, reset before the handshake") << 1 << int(Shape::ResetAtOnce);
    }

    /// The connection never became one: no byte of the request can have left, and the error says so.
    void nothingSentIsProven()
    {
        QFETCH(int, mode);
        QFETCH(int, shape);
        FaultServer server(mode ? FaultServer::Mode::Tls : FaultServer::Mode::Plain);
        server.always({.shape = Shape(shape)});
        HandTokens tokens;
        Client client(options(server), &tokens, nullptr);
        const auto outcome = await(post(&client, u"hello"_s), 30'000);
        QVERIFY(!outcome.ok);
        QCOMPARE(server.copies("POST"), 0);
        QCOMPARE(outcome.error.sent, Sent::No);
    }

    /// Plain http: the peer may go before or after the request is written, so the claim must follow what happened.
    void closedBeforeReading()
    {
        for (const auto shape : {Shape::CloseAtOnce, Shape::ResetAtOnce}) {
            FaultServer server;
            server.always({.shape = shape});
            HandTokens tokens;
            Client client(options(server), &tokens, nullptr);
            const auto outcome = await(post(&client, u"hello"_s), 30'000);
            QVERIFY(!outcome.ok);
            QCOMPARE(server.copies("POST"), 0);
            QVERIFY(server.connections() <= 1 || outcome.error.sent == Sent::No);
        }
    }

    void refusedIsProven()
    {
        QUrl nobody;
        {
            FaultServer server;
            nobody = server.url();
        }
        ClientOptions where;
        where.server = nobody;
        HandTokens tokens;
        Client client(where, &tokens, nullptr);
        const auto outcome = await(post(&client, u"hello"_s));
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.sent, Sent::No);
        QCOMPARE(outcome.error.kind, ErrorKind::Offline);
        QCOMPARE(client.networkState(), NetworkState::Offline);
    }

    /// Somebody accepts the connection and never speaks TLS: ended by the connect limit, with proof.
    void handshakeThatNeverEnds()
    {
        FaultServer server;
        server.always({.shape = Shape::NeverAnswer});
        auto where = options(server);
        where.server.setScheme(u"https"_s);
        where.connectTimeout = 200ms;
        where.idleTimeout = 10s;
        where.totalTimeout = 10s;
        HandTokens tokens;
        Client client(where, &tokens, nullptr);
        const auto outcome = await(post(&client, u"hello"_s));
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.kind, ErrorKind::Offline);
        QCOMPARE(outcome.error.sent, Sent::No);
        QCOMPARE(server.connections(), 1);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void certificates_data()
    {
        QTest::addColumn<QString>("file");
        const QStringList files = QDir(test::source(u"tests/unit/api/certificates"_s)).entryList({u"*.pem"_s});
        QVERIFY(files.filter(u"bad-"_s).size() >= 8);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file.chopped(4))) << file;
    }
    void certificates()
    {
        QFETCH(QString, file);
        FaultServer server(FaultServer::Mode::Tls);
        server.show(QSslCertificate::fromPath(test::source(u"tests/unit/api/certificates/"_s + file)));
        server.always({.body = R"({"messageId":"m1","conversationId":"c1"})"});
        HandTokens tokens;
        Client client(options(server), &tokens, nullptr);
        const auto outcome = await(post(&client, u"hello"_s));
        if (file.startsWith(u"good"_s)) {
            QVERIFY2(outcome.ok, qPrintable(outcome.error.message));
            QCOMPARE(server.copies("POST"), 1);
            return;
        }
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.kind, ErrorKind::Tls);
        QCOMPARE(outcome.error.sent, Sent::No);
        QCOMPARE(server.connections(), 1);
        QCOMPARE(server.ledger().size(), 0);
    }

    /// Somebody on the way has taken TLS off: a server that speaks plain HTTP where the address says https.
    void strippedTlsGetsNothing()
    {
        FaultServer server(FaultServer::Mode::Plain);
        HandTokens tokens;
        auto where = options(server);
        where.server.setScheme(u"https"_s);
        Client client(where, &tokens, nullptr);
        const auto outcome = await(post(&client, u"hello"_s));
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.sent, Sent::No);
        QVERIFY(server.connections() > 0);
        QCOMPARE(server.copies("POST"), 0);
    }

    void unknownCertificateGetsNothing()
    {
        FaultServer server(FaultServer::Mode::Tls);
        HandTokens tokens;
        auto where = options(server);
        where.extraAuthorities.clear();
        Client client(where, &tokens, nullptr);
        const auto outcome = await(post(&client, u"hello"_s));
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.kind, ErrorKind::Tls);
        QCOMPARE(outcome.error.sent, Sent::No);
        QCOMPARE(server.ledger().size(), 0);
    }

    void wrongNameGetsNothing()
    {
        FaultServer server(FaultServer::Mode::Tls);
        HandTokens tokens;
        auto where = options(server);
        where.server = server.url(u"127.0.0.2"_s);
        FaultServer other(FaultServer::Mode::Tls);
        other.close();
        QVERIFY(other.listen(QHostAddress(u"127.0.0.2"_s)));
        where.server.setPort(other.serverPort());
        Client client(where, &tokens, nullptr);
        const auto outcome = await(post(&client, u"hello"_s));
        QVERIFY(!outcome.ok);
        QCOMPARE(outcome.error.kind, ErrorKind::Tls);
        QCOMPARE(outcome.error.sent, Sent::No);
        QCOMPARE(other.ledger().size(), 0);
    }

    /// The server closes an idle connection; the next request needs a new one and must not be called unknown.
    void idleConnectionClosed()
    {
        for (const auto mode : {FaultServer::Mode::Plain, FaultServer::Mode::Tls}) {
            FaultServer server(mode);
            server.always({.body = R"({"messageId":"m1","conversationId":"c1"})"});
            HandTokens tokens;
            Client client(options(server), &tokens, nullptr);
            for (int i = 0; i < 20; ++i) {
                const auto outcome = await(post(&client, QString::number(i)));
                QVERIFY2(outcome.ok, qPrintable(outcome.error.message));
                server.closeAll();
                QTRY_COMPARE(server.openConnections(), 0);
            }
            QCOMPARE(server.copies("POST"), 20);
        }
    }

    void goodCase()
    {
        for (const int size : {1, 2'000, 200'000}) {
            FaultServer server(FaultServer::Mode::Tls);
            server.always({.body = R"({"messageId":"m1","conversationId":"c1"})"});
            HandTokens tokens;
            Client client(options(server), &tokens, nullptr);
            const auto outcome = await(post(&client, QString(size, u'y')));
            QVERIFY2(outcome.ok, qPrintable(outcome.error.message));
            QCOMPARE(server.copies("POST"), 1);
            const auto &seen = server.ledger().first();
            QVERIFY(seen.complete);
            QCOMPARE(seen.headers.value("content-length").toLongLong(), seen.body.size());
            QCOMPARE(seen.headers.value("content-type"), QByteArray("application/json"));
            QVERIFY(seen.headers.value("authorization") == "Bearer token-1");
            QCOMPARE(seen.headers.value("version"), QByteArray("2021-04-15"));
            QVERIFY(!seen.headers.contains("cookie"));
        }
    }
};

QTEST_GUILESS_MAIN(TestOnceOnTheWire)
#include "tst_oncewire.moc"
