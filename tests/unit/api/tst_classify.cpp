// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/classify.h"
#include "api/health.h"
#include "core/clock.h"

#include <QTest>

using namespace outrigger;
using namespace outrigger::api;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 5, 1), QTime(12, 0), Qt::UTC);

Received answer(int http, QByteArray body, QByteArray type = "application/json")
{
    Received r;
    r.http = http;
    r.body = std::move(body);
    r.contentType = std::move(type);
    r.requestSent = true;
    r.hasBody = true;
    r.bodyTouched = true;
    // Qt reports every status from 400 on as an error of its own; the status must win.
    if (http >= 400)
        r.error = http == 401 ? QNetworkReply::AuthenticationRequiredError : QNetworkReply::UnknownContentError;
    return r;
}

} // namespace

class TestClassify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data()
    {
        QTest::addColumn<int>("http");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("json");
        QTest::addColumn<QString>("message"); // empty: ours
        const auto row = [](const char *name, int http, QByteArray body, ErrorKind kind, bool json,
                            const char *message = "") {
            QTest::newRow(name) << http << body << int(kind) << json << QString::fromUtf8(message);
        };
        using enum ErrorKind;
        row("400", 400, R"({"statusCode":400,"message":"contactId is wrong"})", Invalid, true, "contactId is wrong");
        row("duplicate", 400,
            R"({"statusCode":400,"message":"This location does not allow duplicated contacts.","meta":{"contactId":"c9"}})",
            Invalid, true, "This location does not allow duplicated contacts.");
        row("unsubscribed", 400, R"({"canonicalCode":"CONVERSATIONS_MSG_UNSUBSCRIBED_SMS","message":"Unsubscribed"})",
            Invalid, true, "Unsubscribed");
        row("400 without json", 400, "", Invalid, false);
        row("400 empty object", 400, "{}", Invalid, false);
        row("400 with a page", 400, "<html><h1>Bad Request</h1></html>", Portal, false);
        row("Invalid JWT", 401, R"({"statusCode":401,"message":"Invalid JWT"})", TokenRefused, true);
        row("invalid token", 401, R"({"message":"Invalid token: access token is invalid"})", TokenRefused, true);
        row("PIT", 401, R"({"statusCode":401,"message":"Invalid Private Integration token"})", TokenRefused, true);
        row("401 unknown words", 401, R"({"message":"Unauthorized"})", TokenRefused, true);
        row("401 bare", 401, "", TokenRefused, false);
        row("no version", 401, R"({"statusCode":401,"message":"version header was not found."})", VersionRefused, true);
        row("bad version", 401, R"({"statusCode":401,"message":"version header is invalid"})", VersionRefused, true);
        row("scope", 401, R"({"statusCode":401,"message":"The token is not authorized for this scope."})", ScopeMissing,
            true, "The token is not authorized for this scope.");
        row("IAM", 401,
            R"({"message":"This route is not yet supported by the IAM Service. Please update your IAM config."})",
            ScopeMissing, true, "This route is not yet supported by the IAM Service. Please update your IAM config.");
        row("user type", 401, "{\"message\":\"This token's user type is not yet supported!\"}", ScopeMissing, true,
            "This token's user type is not yet supported!");
        row("401 location", 401, R"({"message":"The token does not have access to this location."})", Forbidden, true,
            "The token does not have access to this location.");
        row("403", 403, R"({"statusCode":403,"message":"The token does not have access to this location."})", Forbidden,
            true, "The token does not have access to this location.");
        row("403 page", 403, "<!DOCTYPE html><title>Blocked</title>", Portal, false);
        row("404", 404, R"({"statusCode":404,"message":"Contact not found","error":"Not Found"})", NotFound, true,
            "Contact not found");
        row("404 path", 404, R"({"statusCode":404,"message":"Cannot GET /contactz/x","error":"Not Found"})",
            VersionRefused, true);
        row("408", 408, R"({"message":"late"})", Server, true);
        row("409", 409, R"({"message":"conflict"})", Server, true);
        row("413", 413, R"({"message":"too large"})", Invalid, true, "too large");
        row("422 list", 422,
            R"({"statusCode":422,"message":["a must be set","b must be a number"],"error":"Unprocessable Entity","traceId":"t"})",
            Invalid, true, "a must be set; b must be a number");
        row("v3 object", 400, R"({"error":{"code":"E1","message":"said so","details":"d","resolution":"r"}})", Invalid,
            true, "said so");
        row("oauth pair", 400, R"({"error":"invalid_grant","error_description":"Refresh token is used"})", Invalid,
            true, "Refresh token is used");
        row("error alone", 400, R"({"error":"invalid_grant"})", Invalid, true, "invalid_grant");
        row("message is an object", 400, R"({"message":{"message":"inside"}})", Invalid, true, "inside");
        row("message is a number", 400, R"({"message":17})", Invalid, true, "17");
        row("429", 429, "", RateLimited, false);
        row("429 page", 429, "<html>", RateLimited, false);
        row("500", 500, R"({"message":"oops"})", Server, true);
        row("502 page", 502, "<html>Bad gateway</html>", Server, false);
        row("599", 599, "", Server, false);
        row("301", 301, "", Portal, false);
        row("304", 304, "", Portal, false);
        row("100", 100, "", Portal, false);
        row("418", 418, R"({"message":"teapot"})", Invalid, true, "teapot");
    }

    void refusals()
    {
        QFETCH(int, http);
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        QFETCH(bool, json);
        QFETCH(QString, message);
        const auto error = classify(answer(http, body, body.startsWith('<') ? "text/html" : "application/json"), now);
        QVERIFY(error.has_value());
        QCOMPARE(int(error->kind), kind);
        QCOMPARE(error->jsonError, json);
        QCOMPARE(error->http, http);
        QVERIFY(error->sent != Sent::No);
        if (!message.isEmpty())
            QCOMPARE(error->message, message);
        QVERIFY(!error->message.isEmpty());
    }

    void codesAndTraces()
    {
        const auto one = classify(
            answer(400, R"({"canonicalCode":"CONVERSATIONS_MSG_UNSUBSCRIBED","message":"x","traceId":"ab-1"})"), now);
        QCOMPARE(one->code, u"CONVERSATIONS_MSG_UNSUBSCRIBED"_s);
        QCOMPARE(one->traceId, u"ab-1"_s);
        QCOMPARE(one->detail.value("message"_L1).toString(), u"x"_s);
        QCOMPARE(classify(answer(400, R"({"error":{"code":"E7","message":"x"}})"), now)->code, u"E7"_s);
        QCOMPARE(classify(answer(400, R"({"error":"invalid_grant"})"), now)->code, u"invalid_grant"_s);
        QVERIFY(classify(answer(400, R"({"traceId":"<script>","message":"x"})"), now)->traceId.isEmpty());
        QVERIFY(classify(answer(400, "{\"message\":\"" + QByteArray(100000, 'x') + "\"}"), now)->message.size() <= 500);
    }

    void transport_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("sent");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("proof");
        const auto row = [](const char *name, QNetworkReply::NetworkError error, bool sent, ErrorKind kind,
                            Sent proof) { QTest::newRow(name) << int(error) << sent << int(kind) << int(proof); };
        using Q = QNetworkReply;
        row("refused", Q::ConnectionRefusedError, false, ErrorKind::Offline, Sent::No);
        row("no such host", Q::HostNotFoundError, false, ErrorKind::Offline, Sent::No);
        row("certificate", Q::SslHandshakeFailedError, false, ErrorKind::Tls, Sent::No);
        row("proxy", Q::ProxyConnectionRefusedError, false, ErrorKind::Offline, Sent::No);
        row("proxy password", Q::ProxyAuthenticationRequiredError, false, ErrorKind::Offline, Sent::No);
        row("closed before", Q::RemoteHostClosedError, false, ErrorKind::Offline, Sent::No);
        row("connect took too long", Q::TimeoutError, false, ErrorKind::Offline, Sent::No);
        row("closed after", Q::RemoteHostClosedError, true, ErrorKind::BadReply, Sent::Unknown);
        row("wanted to repeat", Q::ContentReSendError, true, ErrorKind::BadReply, Sent::Unknown);
        row("protocol", Q::ProtocolFailure, true, ErrorKind::BadReply, Sent::Unknown);
        row("time-out after", Q::TimeoutError, true, ErrorKind::Timeout, Sent::Unknown);
        row("nothing at all", Q::NoError, true, ErrorKind::BadReply, Sent::Unknown);
        row("nothing at all, not even sent", Q::NoError, false, ErrorKind::BadReply, Sent::Unknown);
    }

    void transport()
    {
        QFETCH(int, error);
        QFETCH(bool, sent);
        QFETCH(int, kind);
        QFETCH(int, proof);
        Received r;
        r.error = QNetworkReply::NetworkError(error);
        r.requestSent = sent;
        r.hasBody = true;
        r.bodyTouched = sent;
        const auto result = classify(r, now);
        QVERIFY(result.has_value());
        QCOMPARE(int(result->kind), kind);
        QCOMPARE(int(result->sent), proof);
        QCOMPARE(result->http, 0);
    }

    /// Our own abort races with the transport's thread: only an untouched body is proof.
    void cuts()
    {
        for (const Cut cut : {Cut::Connect, Cut::Idle, Cut::Total, Cut::NetworkChange}) {
            Received r;
            r.cut = cut;
            r.error = QNetworkReply::OperationCanceledError;
            r.hasBody = true;
            QCOMPARE(classify(r, now)->sent, Sent::No);
            r.bodyTouched = true;
            QCOMPARE(classify(r, now)->sent, Sent::Unknown);
            r.bodyTouched = false;
            r.requestSent = true;
            QCOMPARE(classify(r, now)->sent, Sent::Unknown);
            r.requestSent = false;
            r.hasBody = false;
            QCOMPARE(classify(r, now)->sent, Sent::Unknown);
            r.http = 200;
            QCOMPARE(classify(r, now)->sent, Sent::Yes);
        }
    }

    void success()
    {
        QVERIFY(!classify(answer(200, "{}"), now).has_value());
        QVERIFY(!classify(answer(204, ""), now).has_value());
        QVERIFY(!classify(answer(201, R"({"a":1})", ""), now).has_value());
        auto cut = answer(200, R"({"a":)");
        cut.error = QNetworkReply::RemoteHostClosedError;
        QCOMPARE(classify(cut, now)->kind, ErrorKind::BadReply);
    }

    void retryAfters_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("seconds"); // -1: none
        QTest::newRow("seconds") << QByteArray("12") << 12;
        QTest::newRow("zero") << QByteArray("0") << 0;
        QTest::newRow("date") << QByteArray("Fri, 01 May 2026 12:00:30 GMT") << 30;
        QTest::newRow("past date") << QByteArray("Fri, 01 May 2026 11:00:30 GMT") << -1;
        QTest::newRow("nothing") << QByteArray() << -1;
        QTest::newRow("words") << QByteArray("soon") << -1;
        QTest::newRow("negative") << QByteArray("-4") << -1;
        QTest::newRow("nan") << QByteArray("nan") << -1;
    }

    void retryAfters()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, seconds);
        const auto result = retryAfter(text, now);
        if (seconds < 0)
            QVERIFY(!result.has_value());
        else
            QCOMPARE(result, std::optional<std::chrono::milliseconds>(std::chrono::seconds(seconds)));
    }

    // --- health ---
    void breakerSteps()
    {
        FakeClock clock;
        Health health(clock);
        Error server;
        server.kind = ErrorKind::Server;
        const auto get = [&] { return health.refusal(Verb::Get, Priority::Background, Credential::Token); };
        for (int i = 0; i < 5; ++i) {
            QVERIFY(!get());
            health.finished(Verb::Get, &server, 10ms);
        }
        for (const int seconds : {5, 10, 20, 40, 60, 60}) {
            QCOMPARE(health.blockedUntil(), clock.now().addSecs(seconds));
            clock.advance(std::chrono::seconds(seconds) - 1ms);
            QVERIFY(get());
            QVERIFY(!health.refusal(Verb::Get, Priority::Click, Credential::Token));
            QVERIFY(!health.refusal(Verb::Post, Priority::Click, Credential::None));
            clock.advance(1ms);
            QVERIFY(health.refusal(Verb::Post, Priority::Outbox,
                                   Credential::Token)); // a change is never the one that tries
            QVERIFY(!get());
            QVERIFY(get()); // one at a time
            health.finished(Verb::Get, &server, 10ms);
        }
        clock.advance(60s);
        QVERIFY(!get());
        health.finished(Verb::Get, nullptr, 10ms);
        QVERIFY(!health.blockedUntil().isValid());
        QVERIFY(!health.refusal(Verb::Post, Priority::Outbox, Credential::Token));
    }

    void failuresFarApartDoNotOpen()
    {
        FakeClock clock;
        Health health(clock);
        Error server;
        server.kind = ErrorKind::Server;
        for (int i = 0; i < 20; ++i) {
            health.finished(Verb::Get, &server, 10ms);
            clock.advance(8s);
        }
        QVERIFY(!health.blockedUntil().isValid());
    }

    void proofAges()
    {
        FakeClock clock;
        Health health(clock);
        QVERIFY(!health.freshlyProven(30s));
        health.finished(Verb::Post, nullptr, 10ms);
        QVERIFY(!health.freshlyProven(30s)); // only a GET proves
        health.finished(Verb::Get, nullptr, 10ms);
        QVERIFY(health.freshlyProven(30s));
        clock.advance(30s);
        QVERIFY(health.freshlyProven(30s));
        clock.advance(1ms);
        QVERIFY(!health.freshlyProven(30s));
        health.finished(Verb::Get, nullptr, 10ms);
        clock.setWall(clock.now().addSecs(3600)); // the machine slept: steady time stood still
        QVERIFY(!health.freshlyProven(30s));
        health.finished(Verb::Get, nullptr, 10ms);
        health.networkChanged();
        QVERIFY(!health.freshlyProven(30s));
        health.finished(Verb::Get, nullptr, 10ms);
        Error offline;
        offline.kind = ErrorKind::Offline;
        health.finished(Verb::Get, &offline, 10ms);
        QVERIFY(!health.freshlyProven(30s));
    }

    void states()
    {
        FakeClock clock;
        Health health(clock);
        QCOMPARE(health.state(), NetworkState::Unknown);
        Error error;
        error.kind = ErrorKind::Timeout;
        health.finished(Verb::Get, &error, 10ms);
        QCOMPARE(health.state(), NetworkState::Slow);
        health.finished(Verb::Get, &error, 10ms);
        QCOMPARE(health.state(), NetworkState::Offline);
        health.finished(Verb::Get, nullptr, 100ms);
        QCOMPARE(health.state(), NetworkState::Online);
        health.finished(Verb::Get, nullptr, 5s);
        health.finished(Verb::Get, nullptr, 5s);
        QCOMPARE(health.state(), NetworkState::Slow);
        health.finished(Verb::Get, nullptr, 100ms);
        health.finished(Verb::Get, nullptr, 100ms);
        QCOMPARE(health.state(), NetworkState::Online);
        health.limited(true);
        QCOMPARE(health.state(), NetworkState::Limited);
        health.signInNeeded(true);
        QCOMPARE(health.state(), NetworkState::SignInNeeded);
        error.kind = ErrorKind::Portal;
        health.finished(Verb::Get, &error, 10ms);
        QCOMPARE(health.state(), NetworkState::Portal);
        QVERIFY(health.refusal(Verb::Put, Priority::Click, Credential::Token));
        QVERIFY(!health.refusal(Verb::Get, Priority::Background, Credential::Token));
        error = {};
        error.kind = ErrorKind::NotFound;
        error.jsonError = true;
        health.signInNeeded(false);
        health.limited(false);
        health.finished(Verb::Get, &error, 10ms); // HighLevel itself spoke: the way is free
        QCOMPARE(health.state(), NetworkState::Online);
    }

    void skewIsTheMedianOfFive()
    {
        FakeClock clock;
        Health health(clock);
        QCOMPARE(health.skew(), 0ms);
        for (const int seconds : {60, 61, 900, -900, 60})
            health.sawServerDate(clock.now().addSecs(seconds));
        QCOMPARE(health.skew(), 60500ms);
        for (int i = 0; i < 5; ++i)
            health.sawServerDate(clock.now());
        QCOMPARE(health.skew(), 500ms);
    }
    void aClockThatWasSetIsMeasuredAnew()
    {
        FakeClock clock;
        Health health(clock);
        const QDateTime server = clock.now();
        for (int i = 0; i < 5; ++i)
            health.sawServerDate(server);
        clock.setWall(server.addSecs(320)); // somebody sets it; HighLevel's time goes on as before
        health.sawServerDate(server);
        QCOMPARE(health.skew(), -319500ms);
    }
};

QTEST_GUILESS_MAIN(TestClassify)
#include "tst_classify.moc"
