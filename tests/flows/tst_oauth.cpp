// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signing in with OAuth against the practice server's consent page, then working, renewing and being signed out with it.
#include "api/client.h"
#include "api/ops.h"
#include "auth/session.h"
#include "auth/signin.h"
#include "support/consentbrowser.h"
#include "support/places.h"
#include "support/waitfor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace outrigger;
using namespace outrigger::auth;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestOAuth : public QObject
{
    Q_OBJECT

    QProcess m_practice;
    QUrl m_server;
    QString m_token;
    LocationId m_location;
    QString m_clientId;
    QString m_clientSecret;
    ConsentBrowser m_browser;

    QJsonObject control(const QString &name, const QJsonObject &body = {})
    {
        const QUrl address(m_server.toString() + u"/__practice/"_s + name);
        const auto page = body.isEmpty() ? m_browser.visit(address)
                                         : m_browser.visit(address, QJsonDocument(body).toJson(QJsonDocument::Compact), "application/json");
        return QJsonDocument::fromJson(page.body).object();
    }
    QByteArray consent(const QUrl &address, bool allow) { return m_browser.consent(address, m_location.value, allow); }
    SignIn::OAuthRequest request() const
    {
        SignIn::OAuthRequest request;
        request.clientId = m_clientId;
        request.clientSecret = m_clientSecret;
        request.authorizeUrl = QUrl(m_server.toString() + u"/v2/oauth/chooselocation"_s);
        request.ports = {0};
        return request;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_practice.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_practice.start(test::program(QStringLiteral("outrigger-practice")),
                         {u"--port"_s, u"0"_s, u"--seed"_s, u"7"_s, u"--rate"_s, u"off"_s, u"--quiet"_s});
        QVERIFY2(m_practice.waitForStarted(), "outrigger-practice is not built");
        QTRY_VERIFY_WITH_TIMEOUT(m_practice.canReadLine(), 20000);
        const auto words = QString::fromUtf8(m_practice.readLine()).simplified().split(u' ');
        QCOMPARE(words.value(0), u"listening"_s);
        m_server = QUrl(words.value(1));
        m_token = words.value(3);
        m_location = LocationId(words.value(5));
        const auto clients = control(u"state"_s).value(u"clients"_s).toArray();
        QVERIFY(!clients.isEmpty());
        m_clientId = clients.first().toObject().value(u"clientId"_s).toString();
        m_clientSecret = clients.first().toObject().value(u"clientSecret"_s).toString();
    }
    void cleanupTestCase()
    {
        m_practice.terminate();
        QVERIFY(m_practice.waitForFinished(10000));
    }

    void privateTokenIsChecked()
    {
        MemoryVault vault;
        SignIn signIn(m_server, &vault);
        auto report = await(signIn.check(m_token, m_location), 60000);
        QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().message));
        QVERIFY(!report->location.name.isEmpty());
        QVERIFY(report->users.size() > 1);
        for (const auto &row : report->rows) {
            if (row.area == u"Contacts"_s || row.area == u"Conversations"_s || row.area == u"Texting"_s || row.area == u"Tags"_s
                || row.area == u"Phone numbers"_s || row.area == u"Custom fields"_s)
                QVERIFY2(row.verdict == ScopeRow::Verdict::Works, qPrintable(row.area + u": "_s + row.detail));
        }
        auto foreign = await(signIn.check(m_token, LocationId(u"AAAAAAAAAAAAAAAAAAAA"_s)), 60000);
        QVERIFY(!foreign);
        QVERIFY2(foreign.error().message.contains(u"AAAAAAAAAAAAAAAAAAAA"_s), qPrintable(foreign.error().message));
    }

    void missingScopeIsNamed()
    {
        const auto made = control(u"token"_s, {{u"scopes"_s, QJsonArray{u"locations.readonly"_s, u"users.readonly"_s}}});
        MemoryVault vault;
        SignIn signIn(m_server, &vault);
        auto report = await(signIn.check(made.value(u"token"_s).toString(), m_location), 60000);
        QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().message));
        bool seen = false;
        for (const auto &row : report->rows) {
            if (row.area != u"Contacts"_s)
                continue;
            seen = true;
            QCOMPARE(row.verdict, ScopeRow::Verdict::Missing);
            QCOMPARE(row.scope, u"contacts.readonly"_s);
        }
        QVERIFY(seen);
    }

    void refusedInTheBrowser()
    {
        MemoryVault vault;
        SignIn signIn(m_server, &vault);
        QUrl address;
        auto running = signIn.authorize(request(), [&](const QUrl &url) {
            address = url;
            return true;
        });
        QVERIFY(consent(address, false).contains("Not signed in"));
        QVERIFY(ended(running));
        QVERIFY(!running.take());
    }

    void wrongClientSecret()
    {
        MemoryVault vault;
        SignIn signIn(m_server, &vault);
        auto wrong = request();
        wrong.clientSecret = u"nonsense"_s;
        QUrl address;
        auto running = signIn.authorize(wrong, [&](const QUrl &url) {
            address = url;
            return true;
        });
        QVERIFY(consent(address, true).contains("Back to Outrigger"));
        QVERIFY(ended(running));
        auto result = running.take();
        QVERIFY(!result);
        QVERIFY2(result.error().message.contains(u"client id and secret"_s), qPrintable(result.error().message));
    }

    void wholeWay()
    {
        MemoryVault vault;
        SignIn signIn(m_server, &vault);
        QUrl address;
        auto running = signIn.authorize(request(), [&](const QUrl &url) {
            address = url;
            return true;
        });
        const QByteArray end = consent(address, true);
        QVERIFY2(end.contains("Back to Outrigger"), end.constData());
        QVERIFY(ended(running));
        auto result = running.take();
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->location, m_location);
        QVERIFY(!result->secret.refreshToken.isEmpty());

        Account account;
        account.location = result->location;
        account.clientId = m_clientId;
        account.scopes = result->scopes;
        auto finished = await(signIn.finish(account, result->secret, false));
        QVERIFY(finished);
        Account row = *finished;
        Session session(row, &vault, [&row](Account next) { return keep(&row, std::move(next)); });
        QVERIFY(await(session.start()));
        api::Limiter limiter;
        api::ClientOptions options;
        options.server = m_server;
        api::Client client(options, &session, &limiter);
        QVERIFY(await(client.send(api::GetLocation{m_location}, api::Priority::Click)));

        // Every access token dies at once; forty calls meet 401 together; one refresh serves them all.
        const int before = control(u"state"_s).value(u"rotations"_s).toInt();
        control(u"revoke"_s, {{u"all"_s, true}});
        std::vector<Task<Result<Location>>> calls;
        for (int i = 0; i < 40; ++i)
            calls.push_back(client.send(api::GetLocation{m_location}, api::Priority::Click));
        for (auto &call : calls) {
            QVERIFY(ended(call, 60000));
            auto answer = call.take();
            QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().message));
        }
        QCOMPARE(control(u"state"_s).value(u"rotations"_s).toInt(), before + 1);
        QCOMPARE(row.tokenGeneration, 2);
        QVERIFY(!row.rotating);
        session.confirmToken(2);

        // A fresh start from what was stored.
        Session later(row, &vault, [&row](Account next) { return keep(&row, std::move(next)); });
        QVERIFY(await(later.start()));
        auto token = await(later.token());
        QVERIFY(token);
        // The refresh token itself is taken away: now, and only now, a new sign-in is needed.
        const auto secret = Secret::fromBytes(*await(vault.read(secretKey(row.id, row.tokenSlot))));
        QVERIFY(secret);
        control(u"revoke"_s, {{u"token"_s, secret->refreshToken}});
        auto renewed = await(later.renew(token->generation));
        QVERIFY(!renewed);
        QCOMPARE(later.state(), SessionState::NeedsSignIn);
        QVERIFY(row.needsSignIn);
    }

private:
    static Task<Status> keep(Account *row, Account next)
    {
        *row = std::move(next);
        co_return Status();
    }
};

QTEST_GUILESS_MAIN(TestOAuth)
#include "tst_oauth.moc"
