// SPDX-License-Identifier: GPL-3.0-or-later
// The client against a server that misbehaves: tokens, deadlines, spoilt answers, network state.
#include "api/client.h"
#include "api/ops.h"
#include "support/apiharness.h"
#include "support/faultserver.h"
#include "support/waitfor.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <vector>

using namespace outrigger;
using namespace outrigger::api;
using namespace outrigger::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

ClientOptions optionsFor(const FaultServer &server)
{
    ClientOptions options;
    options.server = server.url();
    options.connectTimeout = 2s;
    options.idleTimeout = 300ms;
    options.totalTimeout = 900ms;
    options.extraAuthorities = {FaultServer::authority()};
    return options;
}

Task<Result<Contact>> getContact(Client *client, Priority priority = Priority::Click)
{
    GetContact ask{.id = ContactId(u"contact1"_s)};
    auto call = client->send(std::move(ask), priority);
    co_return co_await call;
}

Task<Result<SendAnswer>> sendText(Client *client)
{
    SendMessage message{.contactId = ContactId(u"contact1"_s), .message = u"Hello"_s, .fromNumber = u"+14075550100"_s};
    auto call = client->send(std::move(message), Priority::Outbox);
    co_return co_await call;
}

const QByteArray oneContact = R"({"contact":{"id":"contact1","firstName":"Ann"},"traceId":"trace-1"})";

QByteArray pageOfContacts(int count)
{
    QByteArray body = "{\"contacts\":[";
    for (int i = 0; i < count; ++i) {
        body += i ? "," : "";
        body += "{\"id\":\"c" + QByteArray::number(i) +
                "\",\"firstName\":\"Ann\",\"dateUpdated\":\"2026-05-01T10:00:00.000Z\","
                "\"phone\":\"+14075550100\",\"tags\":[\"a\",\"b\"],\"searchAfter\":[1700000000000,\"c" +
                QByteArray::number(i) + "\"]}";
    }
    return body + "],\"total\":" + QByteArray::number(count) + "}";
}

} // namespace

class TestClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnAnswer()
    {
        FaultServer server;
        server.always({.body = oneContact, .headers = {{"Date", "Sun, 06 Nov 2026 08:49:37 GMT"}}});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        QSignalSpy calls(&client, &Client::callFinished);
        auto contact = await(getContact(&client));
        QVERIFY(contact.has_value());
        QCOMPARE(contact->firstName, u"Ann"_s);
        QCOMPARE(client.networkState(), NetworkState::Online);
        QVERIFY(client.freshlyProven(5s));
        QCOMPARE(calls.size(), 1);
        QCOMPARE(calls.first().at(0).toString(), u"get-contact"_s);
        QCOMPARE(calls.first().at(3).toString(), u"trace-1"_s);
        QCOMPARE(client.recentCalls().size(), 1);
        const auto &seen = server.ledger().first();
        QCOMPARE(seen.target, QByteArray("/contacts/contact1"));
        QCOMPARE(seen.headers.value("version"), QByteArray("2021-07-28"));
        QCOMPARE(seen.headers.value("accept"), QByteArray("application/json"));
        QVERIFY(seen.headers.value("user-agent").startsWith("Outrigger/"));
        const auto off = QDateTime(QDate(2026, 11, 6), QTime(8, 49, 37), Qt::UTC).toMSecsSinceEpoch() -
                         QDateTime::currentMSecsSinceEpoch();
        QVERIFY(std::abs(client.serverSkew().count() - off) < 10'000);
    }

    void plusSignSurvives()
    {
        FaultServer server;
        server.always({.body = R"({"contact":null})"});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        FindDuplicate ask{.location = LocationId(u"loc 1"_s), .number = u"+14075550100"_s};
        auto call = client.send(std::move(ask), Priority::Click);
        const auto answer = await(std::move(call));
        QVERIFY(answer.has_value());
        QVERIFY(!answer->contact.has_value());
        QCOMPARE(server.ledger().first().target,
                 QByteArray("/contacts/search/duplicate?locationId=loc%201&number=%2B14075550100"));
    }

    void signInCarriesNoToken()
    {
        FaultServer server;
        server.always({.body = R"({"access_token":"a","refresh_token":"r","expires_in":86399})"});
        Client client(optionsFor(server), nullptr, nullptr);
        GetAccessToken ask{
            .clientId = u"id"_s, .clientSecret = u"a+b&c"_s, .grantType = u"refresh_token"_s, .refreshToken = u"old"_s};
        auto call = client.send(std::move(ask), Priority::Click);
        const auto answer = await(std::move(call));
        QVERIFY(answer.has_value());
        QCOMPARE(answer->accessToken, u"a"_s);
        const auto &seen = server.ledger().first();
        QVERIFY(!seen.headers.contains("authorization"));
        QVERIFY(!seen.headers.contains("version"));
        QCOMPARE(seen.headers.value("content-type"), QByteArray("application/x-www-form-urlencoded"));
        QCOMPARE(seen.body, QByteArray("client_id=id&client_secret=a%2Bb%26c&grant_type=refresh_token&refresh_token=old"
                                       "&user_type=Location"));
    }

    void redirectsAreNotFollowed()
    {
        for (const int status : {301, 302, 303, 307, 308}) {
            FaultServer elsewhere;
            FaultServer server;
            server.always(
                {.status = status, .body = "", .headers = {{"Location", elsewhere.url().toEncoded() + "/x"}}});
            HandTokens tokens;
            Client client(optionsFor(server), &tokens, nullptr);
            const auto read = await(getContact(&client));
            QVERIFY(!read.has_value());
            QCOMPARE(read.error().kind, ErrorKind::Portal);
            const auto text = await(sendText(&client));
            QVERIFY(!text.has_value());
            QCOMPARE(text.error().kind, ErrorKind::Portal);
            QCOMPARE(elsewhere.connections(), 0);
            QCOMPARE(server.ledger().size(), 1); // after the portal was seen the text did not leave
            QCOMPARE(text.error().sent, Sent::No);
            QCOMPARE(client.networkState(), NetworkState::Portal);
        }
    }

    void spoiltAnswers_data()
    {
        QTest::addColumn<int>("shape");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("kind");
        const QByteArray json = "application/json";
        const int answer = int(Shape::Answer);
        const int bad = int(ErrorKind::BadReply);
        const int portal = int(ErrorKind::Portal);
        QTest::newRow("cut body") << int(Shape::HalfBody) << 200 << oneContact << json << bad;
        QTest::newRow("cut chunk") << int(Shape::ChunkedCut) << 200 << oneContact << json << bad;
        QTest::newRow("half status") << int(Shape::HalfStatusLine) << 200 << oneContact << json << bad;
        QTest::newRow("garbage") << int(Shape::Garbage) << 200 << oneContact << json << bad;
        QTest::newRow("page") << answer << 200 << QByteArray("<html>Please sign in</html>") << QByteArray("text/html")
                              << portal;
        QTest::newRow("page called json") << answer << 200 << QByteArray(" \n<!doctype html>") << json << portal;
        QTest::newRow("json called page")
            << answer << 200 << oneContact << QByteArray("text/html; charset=utf-8") << portal;
        QTest::newRow("json without type") << answer << 200 << oneContact << QByteArray() << -1;
        QTest::newRow("json as text") << answer << 200 << oneContact << QByteArray("text/plain") << -1;
        QTest::newRow("201") << answer << 201 << oneContact << json << -1;
        QTest::newRow("empty") << answer << 200 << QByteArray() << json << bad;
        QTest::newRow("empty object") << answer << 200 << QByteArray("{}") << json << bad;
        QTest::newRow("null") << answer << 200 << QByteArray("null") << json << bad;
        QTest::newRow("list") << answer << 200 << QByteArray("[]") << json << bad;
        QTest::newRow("half json") << answer << 200 << oneContact.left(20) << json << bad;
        QTest::newRow("json and more") << answer << 200 << QByteArray(oneContact + "x") << json << bad;
        QTest::newRow("id is a number") << answer << 200 << QByteArray(R"({"contact":{"id":7}})") << json << -1;
        QTest::newRow("id is a list") << answer << 200 << QByteArray(R"({"contact":{"id":[1]}})") << json << bad;
        QTest::newRow("bare object") << answer << 200 << QByteArray(R"({"id":"x"})") << json << -1;
        QTest::newRow("bad byte") << answer << 200 << QByteArray("{\"id\":\"x\",\"firstName\":\"A\xff\"}") << json
                                  << -1;
        QTest::newRow("100,000 deep") << answer << 200 << QByteArray(100'000, '[') << json << bad;
        QTest::newRow("too large") << answer << 200 << QByteArray(3'000'000, ' ') << json << bad;
    }

    void spoiltAnswers()
    {
        QFETCH(int, shape);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        QFETCH(int, kind);
        FaultServer server;
        server.always({.shape = Shape(shape), .status = status, .body = body, .contentType = type});
        HandTokens tokens;
        auto options = optionsFor(server);
        options.bodyLimit = 1'000'000;
        Client client(options, &tokens, nullptr);
        const auto result = await(getContact(&client));
        if (kind < 0) {
            QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
            return;
        }
        QVERIFY(!result.has_value());
        QCOMPARE(int(result.error().kind), kind);
        QVERIFY(!result.error().message.isEmpty());
    }

    /// 60 MB from 60 kB: ended at the limit, not unpacked into memory.
    void decompressionBomb()
    {
        const QByteArray huge(60'000'000, ' ');
        // qCompress gives zlib with a four-byte length in front; "deflate" is exactly zlib.
        const QByteArray packed = qCompress(huge, 9).mid(4);
        QVERIFY(packed.size() < 100'000);
        FaultServer server;
        server.always({.body = packed, .headers = {{"Content-Encoding", "deflate"}}});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        const auto result = await(getContact(&client));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, ErrorKind::BadReply);
        // The same packing of something sane is read.
        server.always({.body = qCompress(oneContact, 9).mid(4), .headers = {{"Content-Encoding", "deflate"}}});
        QVERIFY(await(getContact(&client)).has_value());
    }

    void deadlines_data()
    {
        QTest::addColumn<int>("shape");
        QTest::addColumn<int>("atMost");
        QTest::newRow("silence ends by the idle limit") << int(Shape::NeverAnswer) << 700;
        QTest::newRow("a trickle ends by the total limit") << int(Shape::Trickle) << 1500;
    }

    void deadlines()
    {
        QFETCH(int, shape);
        QFETCH(int, atMost);
        FaultServer server;
        server.always({.shape = Shape(shape), .body = QByteArray(1000, 'x')});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        QElapsedTimer timer;
        timer.start();
        const auto result = await(getContact(&client));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, ErrorKind::Timeout);
        QVERIFY2(timer.elapsed() < atMost, qPrintable(QString::number(timer.elapsed())));
    }

    void lateAnswerWithinTheLimit()
    {
        FaultServer server;
        server.always({.shape = Shape::Late, .body = oneContact, .pause = 150ms});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        QVERIFY(await(getContact(&client)).has_value());
    }

    void destroyedTaskAborts()
    {
        FaultServer server;
        server.always({.shape = Shape::NeverAnswer});
        HandTokens tokens;
        Limiter limiter;
        Client client(optionsFor(server), &tokens, &limiter);
        QSignalSpy calls(&client, &Client::callFinished);
        {
            auto task = getContact(&client);
            QTRY_COMPARE(server.ledger().size(), 1);
            QVERIFY(!task.done());
        }
        QTRY_COMPARE(server.openConnections(), 0); // the connection was closed
        QCOMPARE(calls.size(), 0);
        QCOMPARE(limiter.usedInInterval(), 1); // it had left, so it counts
    }

    void clientDiesWithRequestsOnTheWay()
    {
        FaultServer server;
        server.always({.shape = Shape::NeverAnswer});
        HandTokens tokens;
        auto client = std::make_unique<Client>(optionsFor(server), &tokens, nullptr);
        auto task = getContact(client.get());
        QTRY_COMPARE(server.ledger().size(), 1);
        client.reset();
        QTRY_COMPARE(server.openConnections(), 0);
        QVERIFY(!task.done());
    }

    /// Forty requests are refused with the same token at once: one renewal, and each is repeated once.
    void manyRefusalsOneRenewal()
    {
        FaultServer server;
        server.handle([](const Seen &seen) {
            if (seen.headers.value("authorization") == "Bearer token-2")
                return Fault{.body = oneContact};
            return Fault{.shape = Shape::Late,
                         .status = 401,
                         .body = R"({"statusCode":401,"message":"Invalid JWT"})",
                         .pause = 20ms};
        });
        HandTokens tokens;
        auto options = optionsFor(server);
        options.idleTimeout = 10s;
        options.totalTimeout = 20s;
        Client client(options, &tokens, nullptr);
        std::vector<Task<Result<Contact>>> tasks;
        for (int i = 0; i < 40; ++i)
            tasks.push_back(getContact(&client));
        for (auto &task : tasks) {
            QTRY_VERIFY(task.done());
            auto result = task.take();
            QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
        }
        QCOMPARE(tokens.renewed, 1);
        QVERIFY(server.ledger().size() <= 80);
        QVERIFY(client.networkState() != NetworkState::SignInNeeded);
    }

    void onlyWhatCarriesAFileHasTheTimeOfAnUpload()
    {
        FaultServer server;
        server.always({.shape = Shape::Late, .status = 200, .body = "{\"uploadedFiles\":{\"a.jpg\":\"https:/" "/files.example/a.jpg\"}}", .pause = 700ms});
        HandTokens tokens;
        auto options = optionsFor(server);
        options.idleTimeout = 10s;
        options.totalTimeout = 200ms;
        options.uploadTimeout = 20s;
        Client client(options, &tokens, nullptr);
        auto small = getContact(&client);
        QTRY_VERIFY(small.done());
        QVERIFY(!small.take());
        const auto send = [](Client *with) -> Task<Status> {
            UploadAttachment file{ConversationId(u"v"_s), ContactId(u"c"_s), LocationId(u"l"_s), {u"a.jpg"_s, QByteArray(1000, 'x')}};
            auto call = with->send(std::move(file), Priority::Outbox);
            const auto answer = co_await call;
            co_return answer ? Status{} : Status(fail(answer.error()));
        };
        auto large = send(&client);
        QTRY_VERIFY(large.done());
        const Status sent = large.take();
        QVERIFY2(sent, sent ? "" : qPrintable(sent.error().message));
    }

    void refusedTwiceIsNotTriedAgain()
    {
        FaultServer server;
        server.always({.status = 401, .body = R"({"statusCode":401,"message":"Invalid JWT"})"});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        const auto result = await(sendText(&client));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, ErrorKind::TokenRefused);
        QVERIFY(result.error().jsonError);
        QCOMPARE(server.copies("POST"), 2);
        QCOMPARE(tokens.renewals, 1);
        QCOMPARE(client.networkState(), NetworkState::SignInNeeded);
    }

    void tokenThatCannotBeRenewed()
    {
        FaultServer server;
        server.always({.status = 401, .body = R"({"statusCode":401,"message":"Invalid Private Integration token"})"});
        HandTokens tokens;
        tokens.canRenew = false;
        Client client(optionsFor(server), &tokens, nullptr);
        const auto result = await(sendText(&client));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, ErrorKind::SignInNeeded);
        QCOMPARE(result.error().sent, Sent::No);
        QCOMPARE(server.copies("POST"), 1);
        QCOMPARE(client.networkState(), NetworkState::SignInNeeded);
    }

    /// Without the API's JSON there is no proof that the first one did nothing: not repeated.
    void bare401IsNotRepeated()
    {
        FaultServer server;
        server.always({.status = 401, .body = ""});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        const auto result = await(sendText(&client));
        QVERIFY(!result.has_value());
        QVERIFY(!result.error().jsonError);
        QCOMPARE(server.copies("POST"), 1);
        QCOMPARE(tokens.renewals, 0);
    }

    void sendWithoutIdIsNotSent()
    {
        for (const QByteArray &body : {QByteArray("{}"), QByteArray(""), QByteArray(R"({"conversationId":"c1"})"),
                                       QByteArray(R"({"messageId":""})")}) {
            FaultServer server;
            server.always({.body = body});
            HandTokens tokens;
            Client client(optionsFor(server), &tokens, nullptr);
            const auto result = await(sendText(&client));
            QVERIFY(!result.has_value());
            QCOMPARE(result.error().kind, ErrorKind::BadReply);
            QCOMPARE(result.error().sent, Sent::Yes);
        }
    }

    void networkChangeEndsWhatIsOnItsWay()
    {
        FaultServer server;
        server.next({.body = oneContact});
        server.always({.shape = Shape::NeverAnswer});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        QVERIFY(await(getContact(&client)).has_value());
        QVERIFY(client.freshlyProven(10s));
        auto text = sendText(&client);
        QTRY_COMPARE(server.copies("POST"), 1);
        client.networkChanged();
        QVERIFY(!client.freshlyProven(10s));
        QVERIFY(ended(text));
        const auto result = text.take();
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().sent, Sent::Unknown);
        QCOMPARE(client.networkState(), NetworkState::Unknown);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void limitedAndRecovers()
    {
        FaultServer server;
        server.next(
            {.status = 429, .body = R"({"statusCode":429,"message":"Too many"})", .headers = {{"Retry-After", "1"}}});
        server.always({.body = oneContact});
        HandTokens tokens;
        Limiter limiter;
        Client client(optionsFor(server), &tokens, &limiter);
        const auto first = await(getContact(&client));
        QVERIFY(!first.has_value());
        QCOMPARE(first.error().kind, ErrorKind::RateLimited);
        QCOMPARE(first.error().retryAfter, std::optional<std::chrono::milliseconds>(1s));
        QCOMPARE(client.networkState(), NetworkState::Limited);
        QVERIFY(limiter.pausedUntil().isValid());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(await(getContact(&client)).has_value());
        QVERIFY(timer.elapsed() >= 900);
        QCOMPARE(client.networkState(), NetworkState::Online);
    }

    void breakerOpensAndClicksPass()
    {
        FaultServer server;
        server.always({.status = 503, .body = "<html>busy</html>", .contentType = "text/html"});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        for (int i = 0; i < 5; ++i) {
            const auto result = await(getContact(&client, Priority::Background));
            QCOMPARE(result.error().kind, ErrorKind::Server);
        }
        QVERIFY(client.blockedUntil().isValid());
        QCOMPARE(client.networkState(), NetworkState::Offline);
        const auto asked = server.ledger().size();
        const auto refused = await(getContact(&client, Priority::Background));
        QCOMPARE(refused.error().code, u"breaker"_s);
        QCOMPARE(refused.error().sent, Sent::No);
        const auto text = await(sendText(&client));
        QCOMPARE(text.error().sent, Sent::No);
        QCOMPARE(server.ledger().size(), asked);
        server.always({.body = oneContact});
        QVERIFY(await(getContact(&client, Priority::Click)).has_value());
        QVERIFY(!client.blockedUntil().isValid());
        QVERIFY(await(getContact(&client, Priority::Background)).has_value());
    }

    void plainHttpOnlyToThisComputer()
    {
        HandTokens tokens;
        for (const auto &address :
             {"http://example.com", "ftp://127.0.0.1", "https://user:pw@127.0.0.1", "http://10.0.0.1:80", ""}) {
            ClientOptions options;
            options.server = QUrl(QString::fromLatin1(address));
            Client client(options, &tokens, nullptr);
            const auto result = await(getContact(&client));
            QVERIFY(!result.has_value());
            QCOMPARE(result.error().kind, ErrorKind::Usage);
            QCOMPARE(result.error().sent, Sent::No);
        }
    }

    void damagedTokenStaysHere()
    {
        FaultServer server;
        HandTokens tokens;
        tokens.value = u"abc\r\nX-Evil: 1"_s;
        Client client(optionsFor(server), &tokens, nullptr);
        const auto result = await(getContact(&client));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, ErrorKind::SignInNeeded);
        QCOMPARE(server.connections(), 0);
    }

    void localIdsStayHere()
    {
        FaultServer server;
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        SendMessage message{.contactId = ContactId::local(u"01H"_s), .message = u"Hi"_s};
        auto call = client.send(std::move(message), Priority::Outbox);
        const auto result = await(std::move(call));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, ErrorKind::Usage);
        QCOMPARE(server.connections(), 0);
    }

    void largePageIsReadInThePool()
    {
        FaultServer server;
        server.always({.body = pageOfContacts(500)});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        SearchContacts ask{.location = LocationId(u"l"_s), .pageLimit = 500};
        auto call = client.send(std::move(ask), Priority::Background);
        const auto page = await(std::move(call));
        QVERIFY(page.has_value());
        QCOMPARE(page->contacts.size(), 500);
        QCOMPARE(page->searchAfter.at(1).toString(), u"c499"_s);
        const auto body = QJsonDocument::fromJson(server.ledger().first().body).object();
        QCOMPARE(body.value("pageLimit"_L1).toInt(), 500);
        QCOMPARE(body.value("locationId"_L1).toString(), u"l"_s);
        QCOMPARE(body.size(), 2);
        // And a spoilt large one comes back as an error from the pool.
        server.always({.body = pageOfContacts(500).chopped(5)});
        auto again = client.send(SearchContacts{.location = LocationId(u"l"_s)}, Priority::Background);
        const auto spoilt = await(std::move(again));
        QVERIFY(!spoilt.has_value());
        QCOMPARE(spoilt.error().kind, ErrorKind::BadReply);
        QCOMPARE(spoilt.error().http, 200);
    }

    void taskDiesWhileThePoolReads()
    {
        FaultServer server;
        server.always({.body = pageOfContacts(2000)});
        HandTokens tokens;
        auto options = optionsFor(server);
        options.idleTimeout = 5s;
        options.totalTimeout = 5s;
        for (int i = 0; i < 10; ++i) {
            auto client = std::make_unique<Client>(options, &tokens, nullptr);
            QSignalSpy calls(client.get(), &Client::callFinished);
            auto call = client->send(SearchContacts{.location = LocationId(u"l"_s)}, Priority::Background);
            QTRY_COMPARE(calls.size(), 1); // the bytes are there, the reading is not over
            call.cancel();
            client.reset();
        }
    }

    void probeProvesTheWay()
    {
        FaultServer server;
        server.always({.body = R"({"location":{"id":"l1","name":"Desk","timezone":"America/New_York"}})"});
        HandTokens tokens;
        Client client(optionsFor(server), &tokens, nullptr);
        QVERIFY(!client.freshlyProven(1h));
        auto probe = client.probe(LocationId(u"l1"_s), Priority::Outbox);
        QVERIFY(await(std::move(probe)).has_value());
        QVERIFY(client.freshlyProven(30s));
        QCOMPARE(server.ledger().first().target, QByteArray("/locations/l1"));
    }
};

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
