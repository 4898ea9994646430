// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerserver.h"
#include "auth/oauth.h"
#include "auth/signin.h"
#include "support/waitfor.h"

#include <QJsonArray>
#include <QNetworkRequest>
#include <QSignalSpy>
#include <QTest>

using namespace outrigger;
using namespace outrigger::auth;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto goodToken = QStringLiteral("pit-01234567-89ab-cdef-0123-456789abcdef");

QString jwt(const QJsonObject &payload)
{
    const auto part = [](const QByteArray &bytes) {
        return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    };
    return part("{}") + u'.' + part(QJsonDocument(payload).toJson(QJsonDocument::Compact)) + u".sig"_s;
}

/// Plays a browser: one GET on the redirect address.
void comeBack(const QUrl &redirect, const QByteArray &query)
{
    auto *socket = new QTcpSocket;
    QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    socket->connectToHost(QHostAddress::LocalHost, quint16(redirect.port()));
    socket->write("GET " + redirect.path().toLatin1() + '?' + query + " HTTP/1.1\r\nHost: localhost:"
                  + QByteArray::number(redirect.port()) + "\r\n\r\n");
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT

    static AnswerServer::Answer healthy(const AnswerServer::Request &request)
    {
        using A = AnswerServer::Answer;
        if (request.path == u"/locations/loc1"_s)
            return A::json(200, {{u"location"_s, QJsonObject{{u"id"_s, u"loc1"_s}, {u"name"_s, u"Harbour"_s}}}});
        if (request.path.startsWith(u"/users"_s))
            return A::json(200, {{u"users"_s, QJsonArray{QJsonObject{{u"id"_s, u"u1"_s}, {u"name"_s, u"Ann Bay"_s}}}}});
        if (request.path == u"/contacts/search"_s)
            return A::json(200, {{u"contacts"_s, QJsonArray()}, {u"total"_s, 0}});
        if (request.path == u"/conversations/search"_s)
            return A::json(200, {{u"conversations"_s, QJsonArray()}, {u"total"_s, 0}});
        if (request.path.endsWith(u"/tags"_s))
            return A::json(401, {{u"statusCode"_s, 401}, {u"message"_s, u"The token is not authorized for this scope."_s}});
        if (request.path.endsWith(u"/customFields"_s))
            return A::json(200, {{u"customFields"_s, QJsonArray()}});
        if (request.path == u"/calendars/"_s) // an answer of which the status alone is wanted
            return A::json(200, {{u"calendars"_s, QJsonArray()}});
        return A::json(404, {{u"message"_s, u"Cannot GET"_s}, {u"statusCode"_s, 404}});
    }
    static SignIn::OAuthRequest request(const QUrl &consent = QUrl(u"https://example.com/v2/oauth/chooselocation?version_id=v1"_s))
    {
        SignIn::OAuthRequest request;
        request.clientId = u"app-1"_s;
        request.clientSecret = u"s+cret&"_s;
        request.authorizeUrl = consent;
        request.ports = {0};
        return request;
    }

private Q_SLOTS:
    void tokenProblems_data()
    {
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("says"); // empty: no problem
        QTest::newRow("private") << goodToken << QString();
        QTest::newRow("blanks around") << u"  %1\n"_s.arg(goodToken) << QString();
        QTest::newRow("empty") << u"  "_s << u"Paste the token"_s;
        QTest::newRow("oauth jwt") << jwt({{u"authClass"_s, u"Location"_s}, {u"authClassId"_s, u"loc1"_s}}) << QString();
        QTest::newRow("v1 jwt") << jwt({{u"location_id"_s, u"x"_s}, {u"company_id"_s, u"y"_s}}) << u"old-style"_s;
        QTest::newRow("v1 uuid") << goodToken.mid(4) << u"old-style"_s;
        QTest::newRow("v1 host") << u"https://rest.gohighlevel.com/v1/contacts/"_s << u"retired"_s;
        QTest::newRow("address") << u"https://app.gohighlevel.com/v2/location/abc"_s << u"web address"_s;
        QTest::newRow("bearer") << u"Bearer %1"_s.arg(goodToken) << u"Bearer"_s;
        QTest::newRow("blank inside") << u"pit-0123 4567"_s << u"blanks"_s;
        QTest::newRow("cut") << u"pit-0123"_s << u"cut off"_s;
    }
    void tokenProblems()
    {
        QFETCH(QString, token);
        QFETCH(QString, says);
        const QString problem = SignIn::tokenProblem(token);
        QCOMPARE(problem.isEmpty(), says.isEmpty());
        QVERIFY2(problem.contains(says), qPrintable(problem));
    }

    void locations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("id");
        QTest::newRow("bare") << u" ve9EPM428h8vShlRW1KT "_s << u"ve9EPM428h8vShlRW1KT"_s;
        QTest::newRow("address") << u"https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT/dashboard"_s << u"ve9EPM428h8vShlRW1KT"_s;
        QTest::newRow("address, end") << u"https://white.label/location/ve9EPM428h8vShlRW1KT"_s << u"ve9EPM428h8vShlRW1KT"_s;
        QTest::newRow("address, query") << u"https://white.label/location/ve9EPM428h8vShlRW1KT?x=1"_s << u"ve9EPM428h8vShlRW1KT"_s;
    }
    void locations()
    {
        QFETCH(QString, text);
        QFETCH(QString, id);
        QCOMPARE(SignIn::locationFromText(text).value, id);
    }

    void guesses()
    {
        User ann, bob;
        ann.id = UserId(u"a"_s), ann.firstName = u"Ann"_s, ann.lastName = u"Bay"_s, ann.email = u"ann@bay.example"_s;
        bob.id = UserId(u"b"_s), bob.firstName = u"Bob"_s, bob.lastName = u"Cove"_s, bob.email = u"bob@bay.example"_s;
        QCOMPARE(SignIn::guessUser({ann, bob}, u"x"_s, u"BOB@bay.example"_s), bob.id);
        QCOMPARE(SignIn::guessUser({ann, bob}, u"ann"_s, {}), ann.id);
        QCOMPARE(SignIn::guessUser({ann, bob}, u"bcove"_s, {}), bob.id);
        QVERIFY(SignIn::guessUser({ann, bob}, u"root"_s, {}).isEmpty());
        QVERIFY(SignIn::guessUser({ann, ann}, u"ann"_s, {}).isEmpty());
        QCOMPARE(SignIn::guessUser({ann}, u"root"_s, {}), ann.id);
        QVERIFY(SignIn::guessUser({}, {}, {}).isEmpty());
    }

    void authorizeAddress()
    {
        const QUrl address = oauth::authorizeAddress({QUrl(u"https://x.example/v2/oauth/chooselocation?version_id=9&state=old"_s),
                                                      u"app-1"_s, u"http://localhost:1/cb"_s, {u"a.b"_s, u"c/d"_s}, u"st"_s,
                                                      u"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_s});
        const QString text = QString::fromLatin1(address.toEncoded());
        QVERIFY(text.contains(u"version_id=9"_s));
        QVERIFY(text.contains(u"scope=a.b%20c%2Fd"_s));
        QVERIFY(text.contains(u"redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fcb"_s));
        QVERIFY(text.contains(u"state=st"_s) && !text.contains(u"state=old"_s));
        QVERIFY(text.contains(u"code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s)); // RFC 7636, appendix B
        QVERIFY(oauth::randomWord() != oauth::randomWord());
        QCOMPARE(oauth::randomWord().size(), 43);
        QVERIFY(!oauth::safeAddress(QUrl(u"http://example.com/x"_s)));
        QVERIFY(!oauth::safeAddress(QUrl(u"file:///etc/passwd"_s)));
        QVERIFY(oauth::safeAddress(QUrl(u"http://127.0.0.1:8/x"_s)));
    }

    void pasted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("state");
        QTest::newRow("address") << u"http://localhost:47821/outrigger/callback?code=a%2Fb&state=s"_s << u"a/b"_s << u"s"_s;
        QTest::newRow("query") << u"?code=ab&state=s"_s << u"ab"_s << u"s"_s;
        QTest::newRow("query, bare") << u"state=s&code=ab"_s << u"ab"_s << u"s"_s;
        QTest::newRow("code") << u"  3fa85f64 \n"_s << u"3fa85f64"_s << QString();
        QTest::newRow("sentence") << u"I do not know"_s << QString() << QString();
        QTest::newRow("address without code") << u"https://app.gohighlevel.com/"_s << QString() << QString();
        QTest::newRow("empty") << QString() << QString() << QString();
    }
    void pasted()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QFETCH(QString, state);
        const auto returned = oauth::fromPasted(text);
        QCOMPARE(returned.code, code);
        QCOMPARE(returned.state, state);
    }

    void checkGivesOneRowPerArea()
    {
        AnswerServer server;
        server.respond = healthy;
        MemoryVault vault;
        SignIn signIn(server.url(), &vault);
        auto report = await(signIn.check(goodToken, LocationId(u"loc1"_s)), 30000);
        QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().message));
        QCOMPARE(report->location.name, u"Harbour"_s);
        QCOMPARE(report->guess, UserId(u"u1"_s));
        QHash<QString, ScopeRow> rows;
        for (const auto &row : report->rows)
            rows.insert(row.area, row);
        QCOMPARE(rows.value(u"Contacts"_s).verdict, ScopeRow::Verdict::Works);
        QCOMPARE(rows.value(u"Tags"_s).verdict, ScopeRow::Verdict::Missing);
        QCOMPARE(rows.value(u"Tags"_s).scope, u"locations/tags.readonly"_s);
        QCOMPARE(rows.value(u"Calendar"_s).verdict, ScopeRow::Verdict::Works);
        QCOMPARE(rows.value(u"Workflows"_s).verdict, ScopeRow::Verdict::Unreachable);
        QCOMPARE(rows.value(u"Texting"_s).verdict, ScopeRow::Verdict::Unreachable);
        QVERIFY(rows.value(u"Texting"_s).detail.contains(u"conversations/message.write"_s));
        for (const auto &seen : server.seen) {
            QVERIFY2(seen.method == "GET" || seen.path == u"/contacts/search"_s, seen.method.constData()); // harmless
            QCOMPARE(seen.headers.value("authorization"), "Bearer " + goodToken.toLatin1());
        }
    }

    void checkFailures_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        const QByteArray json = "application/json";
        QTest::newRow("wrong token") << 401 << json << QByteArray("{\"statusCode\":401,\"message\":\"Invalid Private Integration token\"}")
                                     << ErrorKind::TokenRefused << u"does not know this token"_s;
        QTest::newRow("wrong location") << 403 << json
                                        << QByteArray("{\"statusCode\":403,\"message\":\"The token does not have access to this location.\"}")
                                        << ErrorKind::Forbidden << u"may not open the location loc1"_s;
        QTest::newRow("portal") << 200 << QByteArray("text/html") << QByteArray("<html>Wi-Fi</html>") << ErrorKind::Portal
                                << u"web page answered"_s;
    }
    void checkFailures()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, says);
        AnswerServer server;
        server.respond = [=](const auto &) { return AnswerServer::Answer{status, body, type, false}; };
        MemoryVault vault;
        SignIn signIn(server.url(), &vault);
        auto report = await(signIn.check(goodToken, LocationId(u"loc1"_s)), 60000);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, kind);
        QVERIFY2(report.error().message.contains(says), qPrintable(report.error().message));
    }

    void wrongLocationOffersTheRightOne()
    {
        AnswerServer server;
        server.respond = [](const auto &) {
            return AnswerServer::Answer::json(403, {{u"message"_s, u"The token does not have access to this location."_s}});
        };
        MemoryVault vault;
        SignIn signIn(server.url(), &vault);
        const QString token = jwt({{u"authClass"_s, u"Location"_s}, {u"authClassId"_s, u"right1"_s}});
        auto report = await(signIn.check(token, LocationId(u"loc1"_s)), 60000);
        QVERIFY(!report);
        QCOMPARE(report.error().code, u"wrong-location"_s);
        QCOMPARE(report.error().detail.value(u"locationId"_s).toString(), u"right1"_s);
    }

    void noNetwork()
    {
        QUrl nobody;
        {
            AnswerServer closed;
            nobody = closed.url();
        }
        MemoryVault vault;
        SignIn signIn(nobody, &vault);
        auto report = await(signIn.check(goodToken, LocationId(u"loc1"_s)), 60000);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Offline);
        QVERIFY(report.error().message.contains(u"network"_s));
    }

    void browserFlow_data()
    {
        QTest::addColumn<QByteArray>("query"); // STATE stands for the mark
        QTest::addColumn<bool>("asks");        // whether the person must confirm
        QTest::addColumn<bool>("works");
        QTest::newRow("as it should be") << QByteArray("code=good&state=STATE") << false << true;
        QTest::newRow("state left out, confirmed") << QByteArray("code=good") << true << true;
        QTest::newRow("refused") << QByteArray("error=access_denied&state=STATE") << false << false;
        QTest::newRow("code not accepted") << QByteArray("code=bad&state=STATE") << false << false;
    }
    void browserFlow()
    {
        QFETCH(QByteArray, query);
        QFETCH(bool, asks);
        QFETCH(bool, works);
        AnswerServer server;
        server.respond = [](const AnswerServer::Request &seen) {
            if (seen.form().queryItemValue(u"code"_s) != u"good"_s)
                return AnswerServer::Answer::json(400, {{u"error"_s, u"invalid_grant"_s}});
            return AnswerServer::Answer::json(200, {{u"access_token"_s, u"A"_s}, {u"refresh_token"_s, u"R"_s}, {u"expires_in"_s, 86399},
                                                    {u"scope"_s, u"users.readonly"_s}, {u"userType"_s, u"Location"_s},
                                                    {u"locationId"_s, u"loc1"_s}, {u"userId"_s, u"u1"_s}});
        };
        MemoryVault vault;
        SignIn signIn(server.url(), &vault);
        QSignalSpy confirm(&signIn, &SignIn::confirmationNeeded);
        connect(&signIn, &SignIn::confirmationNeeded, &signIn, [&] { signIn.confirmReturn(true); }, Qt::QueuedConnection);
        QUrl redirect;
        QString challenge;
        auto result = await(signIn.authorize(request(), [&](const QUrl &address) {
            const QUrlQuery asked(address);
            redirect = QUrl(asked.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
            challenge = asked.queryItemValue(u"code_challenge"_s);
            const auto state = asked.queryItemValue(u"state"_s).toLatin1();
            comeBack(redirect, "code=evil&state=wrong"); // somebody else's page, first
            comeBack(redirect, QByteArray(query).replace("STATE", state));
            return true;
        }));
        QCOMPARE(!confirm.isEmpty(), asks);
        QCOMPARE(result.has_value(), works);
        if (!works) {
            QVERIFY(!result.error().message.isEmpty());
            return;
        }
        QCOMPARE(result->location, LocationId(u"loc1"_s));
        QCOMPARE(result->secret.refreshToken, u"R"_s);
        QCOMPARE(result->port, redirect.port());
        QCOMPARE(server.seen.size(), 1);
        const auto form = server.seen.first().form();
        QVERIFY(server.seen.first().body.contains("client_secret=s%2Bcret%26"));
        QCOMPARE(QUrl::fromPercentEncoding(form.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded).toLatin1()), redirect.toString());
        QCOMPARE(oauth::challenge(form.queryItemValue(u"code_verifier"_s)), challenge);
        QTcpSocket late; // the port is closed
        late.connectToHost(QHostAddress::LocalHost, quint16(redirect.port()));
        QVERIFY(!late.waitForConnected(2000));
    }

    void pasteIsTheSecondWay()
    {
        AnswerServer server;
        server.respond = [](const auto &) {
            return AnswerServer::Answer::json(200, {{u"access_token"_s, u"A"_s}, {u"refresh_token"_s, u"R"_s}, {u"locationId"_s, u"loc1"_s}});
        };
        MemoryVault vault;
        SignIn signIn(server.url(), &vault);
        QVERIFY(!signIn.paste(u"code=x"_s)); // nothing waits
        QString state;
        auto running = signIn.authorize(request(), [&](const QUrl &address) {
            state = QUrlQuery(address).queryItemValue(u"state"_s);
            return false;
        });
        QVERIFY(!running.done());
        auto second = signIn.authorize(request(), {});
        QVERIFY(ended(second));
        QCOMPARE(second.take().error().kind, ErrorKind::Busy);
        QVERIFY(!signIn.paste(u"what?"_s));
        QVERIFY(!signIn.paste(signIn.redirectUri().toString() + u"?code=c&state=wrong"_s));
        QVERIFY(!running.done());
        QVERIFY(signIn.paste(signIn.redirectUri().toString() + u"?code=c&state="_s + state));
        QVERIFY(ended(running));
        QVERIFY(running.take());
        QVERIFY(signIn.redirectUri().isEmpty());
    }

    void timesOutAndCloses()
    {
        MemoryVault vault;
        SignIn signIn(QUrl(u"http://127.0.0.1:9"_s), &vault);
        auto waiting = request();
        waiting.timeout = 50ms;
        int port = 0;
        auto result = await(signIn.authorize(waiting, [&](const QUrl &) {
            port = signIn.redirectUri().port();
            return true;
        }));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Timeout);
        QTcpSocket late;
        late.connectToHost(QHostAddress::LocalHost, quint16(port));
        QVERIFY(!late.waitForConnected(2000));
    }

    void cancellingClosesThePort()
    {
        MemoryVault vault;
        SignIn signIn(QUrl(u"http://127.0.0.1:9"_s), &vault);
        auto running = signIn.authorize(request(), [](const QUrl &) { return true; });
        const int port = signIn.redirectUri().port();
        QVERIFY(port > 0);
        running.cancel();
        QVERIFY(signIn.redirectUri().isEmpty());
        QTcpSocket late;
        late.connectToHost(QHostAddress::LocalHost, quint16(port));
        QVERIFY(!late.waitForConnected(2000));
        auto again = signIn.authorize(request(), [](const QUrl &) { return true; });
        QVERIFY(!again.done());
    }

    void finishStoresAndOutranksOldPairs()
    {
        MemoryVault vault;
        SignIn signIn(QUrl(u"https://api.example"_s), &vault);
        Secret secret;
        secret.accessToken = goodToken;
        auto account = await(signIn.finish({}, secret, false));
        QVERIFY(account);
        QCOMPARE(account->kind, SignInKind::PrivateToken);
        QVERIFY(!account->id.isEmpty());
        auto bytes = await(vault.read(secretKey(account->id, account->tokenSlot)));
        QCOMPARE(Secret::fromBytes(*bytes)->accessToken, goodToken);

        Secret old;
        old.accessToken = u"old"_s;
        old.generation = 40;
        await(vault.write(secretKey(account->id, 1), old.toBytes()));
        account->needsSignIn = true;
        auto again = await(signIn.finish(*account, secret, false));
        QVERIFY(again);
        QVERIFY(!again->needsSignIn);
        QCOMPARE(again->tokenGeneration, 41);
        QVERIFY(!await(vault.read(secretKey(account->id, 1))));

        vault.state = VaultState::Locked;
        auto locked = await(signIn.finish({}, secret, false));
        QVERIFY(!locked);
        QCOMPARE(locked.error().kind, ErrorKind::KeyringLocked);
        auto runOnly = await(signIn.finish({}, secret, true));
        QVERIFY(runOnly);
        QCOMPARE(runOnly->kind, SignInKind::Session);
        Session session(*runOnly, nullptr, [](Account) -> Task<Status> { co_return Status(); });
        QVERIFY(await(session.start()));
        QCOMPARE(await(session.token())->value, goodToken);
    }
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
