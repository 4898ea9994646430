// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerserver.h"
#include "auth/session.h"
#include "auth/tokencalls.h"
#include "support/waitfor.h"

#include <QSignalSpy>
#include <QTest>

using namespace outrigger;
using namespace outrigger::auth;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What survives a crash: the account row and the keychain.
struct Durable {
    Account row;
    MemoryVault vault;
    int commits = 0;
    int dieAfterCommit = 0; ///< the n-th commit is stored, then nothing answers any more
    bool failCommits = false;
};

Task<Status> store(Durable *durable, Account account)
{
    if (durable->failCommits)
        co_return fail(ErrorKind::Storage, u"disk"_s);
    durable->row = account;
    if (++durable->commits == durable->dieAfterCommit) {
        Deferred<bool> never;
        co_await never;
    }
    co_return Status();
}

/// A vault in which the process dies: right before or right after a write.
class DyingVault : public Vault
{
public:
    DyingVault(Vault *real, bool before) : m_real(real), m_before(before) {}
    Task<Result<QByteArray>> read(QString key) override { return m_real->read(key); }
    Task<Status> write(QString key, QByteArray secret) override
    {
        if (!m_before) {
            auto writing = m_real->write(key, secret);
            co_await writing;
        }
        died = true;
        Deferred<bool> never;
        co_await never;
        co_return Status();
    }
    Task<Status> remove(QString key) override { return m_real->remove(key); }
    Task<VaultState> probe() override { return m_real->probe(); }
    bool died = false;

private:
    Vault *m_real;
    bool m_before;
};

/// HighLevel's token endpoint: single-use refresh tokens; a second use of the last one gives the same pair (grace).
struct TokenEndpoint {
    AnswerServer server;
    int generation = 1;
    int refreshes = 0;      ///< pairs made
    int asked = 0;
    int loseAnswers = 0;    ///< the effect happens, the answer does not arrive
    bool grace = true;
    std::optional<AnswerServer::Answer> instead;

    TokenEndpoint()
    {
        server.respond = [this](const AnswerServer::Request &request) { return answer(request); };
    }
    AnswerServer::Answer pair() const
    {
        return AnswerServer::Answer::json(200, {{u"access_token"_s, u"access-%1"_s.arg(generation)},
                                                {u"refresh_token"_s, u"refresh-%1"_s.arg(generation)},
                                                {u"token_type"_s, u"Bearer"_s},
                                                {u"expires_in"_s, 86399},
                                                {u"scope"_s, u"contacts.readonly users.readonly"_s},
                                                {u"userType"_s, u"Location"_s},
                                                {u"locationId"_s, u"loc1"_s}});
    }
    AnswerServer::Answer answer(const AnswerServer::Request &request)
    {
        ++asked;
        if (instead)
            return *instead;
        const QString used = request.form().queryItemValue(u"refresh_token"_s);
        if (used == u"refresh-%1"_s.arg(generation)) {
            ++generation;
            ++refreshes;
        } else if (!(grace && used == u"refresh-%1"_s.arg(generation - 1))) {
            return AnswerServer::Answer::json(400, {{u"error"_s, u"invalid_grant"_s}, {u"message"_s, u"Invalid refresh token"_s}});
        }
        auto reply = pair();
        reply.drop = loseAnswers-- > 0;
        return reply;
    }
};

/// JSON with single quotes: moc of Qt 6.4 loses its way in raw strings.
QByteArray quoted(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

    static std::unique_ptr<Durable> signedIn(const QUrl &server, bool oauth = true)
    {
        auto durable = std::make_unique<Durable>();
        durable->row.id = AccountId(u"acc"_s);
        durable->row.kind = oauth ? SignInKind::OAuth : SignInKind::PrivateToken;
        durable->row.server = server;
        durable->row.clientId = u"app-1"_s;
        durable->row.tokenGeneration = 1;
        Secret secret;
        secret.accessToken = oauth ? u"access-1"_s : u"pit-1"_s;
        secret.refreshToken = oauth ? u"refresh-1"_s : QString();
        secret.clientSecret = u"top"_s;
        secret.generation = 1;
        await(durable->vault.write(secretKey(durable->row.id, 0), secret.toBytes()));
        return durable;
    }
    static std::unique_ptr<Session> open(Durable *durable, Vault *vault = nullptr, const Clock &clock = Clock::system())
    {
        auto session = std::make_unique<Session>(
            durable->row, vault ? vault : &durable->vault, [durable](Account row) { return store(durable, std::move(row)); }, clock);
        session->setKeyringWaits({5ms, 5ms});
        return session;
    }

private Q_SLOTS:
    void secretsComeBackWhole()
    {
        Secret secret;
        secret.accessToken = QString::fromUtf8("ä") + QChar(34);
        secret.refreshToken = u"r"_s;
        secret.clientSecret = u"c"_s;
        secret.generation = 7;
        secret.expires = QDateTime::fromSecsSinceEpoch(1780000000, Qt::UTC);
        const auto back = Secret::fromBytes(secret.toBytes());
        QVERIFY(back);
        QCOMPARE(back->accessToken, secret.accessToken);
        QCOMPARE(back->refreshToken, secret.refreshToken);
        QCOMPARE(back->clientSecret, secret.clientSecret);
        QCOMPARE(back->generation, 7);
        QCOMPARE(back->expires, secret.expires);
        QVERIFY(!Secret::fromBytes("{}"));
        QVERIFY(!Secret::fromBytes("not json"));
    }

    void privateTokenIsGiven()
    {
        auto durable = signedIn(QUrl(), false);
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        QCOMPARE(session->state(), SessionState::Ready);
        auto token = await(session->token());
        QVERIFY(token);
        QCOMPARE(token->value, u"pit-1"_s);
        auto renewed = await(session->renew(token->generation));
        QVERIFY(!renewed);
        QCOMPARE(renewed.error().kind, ErrorKind::SignInNeeded);
        QCOMPARE(session->state(), SessionState::NeedsSignIn);
        QVERIFY(durable->row.needsSignIn);
        QVERIFY(!session->detail().isEmpty());
    }

    void thousandRefusalsMakeOneRefresh()
    {
        TokenEndpoint endpoint;
        auto durable = signedIn(endpoint.server.url());
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        std::vector<Task<Result<api::TokenSource::Token>>> calls;
        for (int i = 0; i < 1000; ++i)
            calls.push_back(session->renew(1));
        for (auto &call : calls) {
            QVERIFY(ended(call));
            auto token = call.take();
            QVERIFY(token);
            QCOMPARE(token->value, u"access-2"_s);
        }
        auto late = await(session->renew(1)); // a 401 of the old token that arrives after all that
        QVERIFY(late);
        QCOMPARE(late->generation, 2);
        QCOMPARE(endpoint.asked, 1);
        QCOMPARE(durable->row.tokenSlot, 1);
        QVERIFY(!durable->row.rotating);
        const auto form = endpoint.server.seen.first().form();
        QCOMPARE(form.queryItemValue(u"client_id"_s), u"app-1"_s);
        QCOMPARE(form.queryItemValue(u"client_secret"_s), u"top"_s);
        QCOMPARE(form.queryItemValue(u"user_type"_s), u"Location"_s);
        QVERIFY(!endpoint.server.seen.first().headers.contains("authorization"));
        QVERIFY(!endpoint.server.seen.first().headers.contains("version"));
    }

    void oldSlotGoesAfterTheFirstSuccess()
    {
        TokenEndpoint endpoint;
        auto durable = signedIn(endpoint.server.url());
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        QVERIFY(await(session->renew(1)));
        const auto oldKey = secretKey(durable->row.id, 0);
        QVERIFY(await(durable->vault.read(oldKey)));
        session->confirmToken(1); // a late success of the old token says nothing about the new one
        QVERIFY(await(durable->vault.read(oldKey)));
        session->confirmToken(2);
        QTRY_VERIFY(!await(durable->vault.read(oldKey)));
        QVERIFY(await(durable->vault.read(secretKey(durable->row.id, 1))));
    }

    void renewsFiveMinutesEarly()
    {
        TokenEndpoint endpoint;
        FakeClock clock;
        auto durable = signedIn(endpoint.server.url());
        durable->row.tokenExpires = clock.now().addSecs(3600);
        auto session = open(durable.get(), nullptr, clock);
        QVERIFY(await(session->start()));
        QCOMPARE(await(session->token())->value, u"access-1"_s);
        clock.advance(54min);
        QCOMPARE(await(session->token())->value, u"access-1"_s);
        clock.advance(2min);
        QCOMPARE(await(session->token())->value, u"access-2"_s);
        QCOMPARE(durable->row.tokenExpires, clock.now().addSecs(86399));
    }

    void oldTokenServesWhileARefreshFails()
    {
        TokenEndpoint endpoint;
        endpoint.instead = AnswerServer::Answer::json(503, {{u"message"_s, u"later"_s}});
        FakeClock clock;
        auto durable = signedIn(endpoint.server.url());
        durable->row.tokenExpires = clock.now().addSecs(120);
        auto session = open(durable.get(), nullptr, clock);
        QVERIFY(await(session->start()));
        QCOMPARE(await(session->token())->value, u"access-1"_s);
        const int asked = endpoint.asked;
        QVERIFY(asked > 0);
        QCOMPARE(await(session->token())->value, u"access-1"_s);
        QCOMPARE(endpoint.asked, asked); // no storm: the failure answers for a while
        clock.advance(3min);
        QVERIFY(!await(session->token()));
        QVERIFY(endpoint.asked > asked);
        QCOMPARE(session->state(), SessionState::Ready);
    }

    void refusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("signInNeeded");
        const QByteArray json = "application/json";
        QTest::newRow("invalid_grant") << 400 << json << quoted("{'error':'invalid_grant'}") << true;
        QTest::newRow("invalid_grant 401") << 401 << json << quoted("{'error':'invalid_grant','error_description':'x'}") << true;
        QTest::newRow("used token, 401") << 401 << json << quoted("{'statusCode':401,'message':'Invalid refresh token'}") << true;
        QTest::newRow("token in a list") << 400 << json << quoted("{'message':['This refresh token is invalid']}") << true;
        QTest::newRow("v3 error object") << 400 << json << quoted("{'error':{'code':'invalid_grant','message':'no'}}") << true;
        QTest::newRow("app gone") << 401 << json << quoted("{'error':'invalid_client'}") << true;
        QTest::newRow("location asleep") << 400 << json << quoted("{'message':'Location is not active','error':'invalid_grant'}") << false;
        QTest::newRow("bare 401") << 401 << json << quoted("{'message':'Unauthorized'}") << false;
        QTest::newRow("html 401") << 401 << QByteArray("text/html") << QByteArray("<html>invalid_grant</html>") << false;
        QTest::newRow("html 200") << 200 << QByteArray("text/html") << QByteArray("<html>log in</html>") << false;
        QTest::newRow("500") << 500 << json << quoted("{'message':'invalid_grant'}") << false;
        QTest::newRow("cut") << 200 << json << quoted("{'access_token':'x") << false;
        QTest::newRow("no token") << 200 << json << QByteArray("{}") << false;
        QTest::newRow("429") << 429 << json << QByteArray("{}") << false;
        QTest::newRow("422") << 422 << json << quoted("{'message':['refresh_token must be a string']}") << false;
    }
    void refusals()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(bool, signInNeeded);
        TokenEndpoint endpoint;
        endpoint.instead = AnswerServer::Answer{status, body, type, false};
        auto durable = signedIn(endpoint.server.url());
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        auto renewed = await(session->renew(1));
        QVERIFY(!renewed);
        QCOMPARE(session->state(), signInNeeded ? SessionState::NeedsSignIn : SessionState::Ready);
        QCOMPARE(renewed.error().kind == ErrorKind::SignInNeeded, signInNeeded);
        QCOMPARE(durable->row.needsSignIn, signInNeeded);
        QVERIFY(await(durable->vault.read(secretKey(durable->row.id, 0)))); // kept in every case
        if (!signInNeeded) { // and it goes on when the trouble is over
            endpoint.instead.reset();
            session = open(durable.get());
            QVERIFY(await(session->start()));
            auto again = await(session->renew(1));
            QVERIFY(again);
            QVERIFY(again->value.startsWith(u"access-"_s));
        }
    }

    void lostAnswerIsAskedForAgainAtOnce()
    {
        TokenEndpoint endpoint;
        endpoint.loseAnswers = 2;
        auto durable = signedIn(endpoint.server.url());
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        auto renewed = await(session->renew(1));
        QVERIFY(renewed);
        QCOMPARE(renewed->value, u"access-2"_s);
        QCOMPARE(endpoint.refreshes, 1);
        QCOMPARE(endpoint.asked, 3);
    }

    void diesBetweenTwoSteps_data()
    {
        QTest::addColumn<QString>("when");
        for (const char *when : {"after the mark", "in the call, effect done", "before the write", "after the write", "after the commit",
                                 "after everything"})
            QTest::newRow(when) << QString::fromLatin1(when);
    }
    void diesBetweenTwoSteps()
    {
        QFETCH(QString, when);
        TokenEndpoint endpoint;
        auto durable = signedIn(endpoint.server.url());
        std::unique_ptr<DyingVault> dying;
        if (when == u"before the write"_s || when == u"after the write"_s)
            dying = std::make_unique<DyingVault>(&durable->vault, when == u"before the write"_s);
        if (when == u"after the mark"_s)
            durable->dieAfterCommit = 1;
        if (when == u"after the commit"_s)
            durable->dieAfterCommit = 2;
        if (when == u"in the call, effect done"_s)
            endpoint.loseAnswers = 3;
        {
            auto session = open(durable.get(), dying.get());
            QVERIFY(await(session->start()));
            auto renewing = session->renew(1);
            if (dying)
                QTRY_VERIFY(dying->died);
            else if (durable->dieAfterCommit > 0)
                QTRY_COMPARE(durable->commits, durable->dieAfterCommit);
            else
                QVERIFY(ended(renewing));
            if (when != u"after everything"_s && when != u"after the commit"_s)
                QVERIFY(durable->row.rotating);
        } // gone in the middle of it
        durable->dieAfterCommit = 0;
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        auto token = await(session->token());
        QVERIFY(token);
        QCOMPARE(token->value, u"access-2"_s);
        QCOMPARE(endpoint.refreshes, 1); // never a second pair for one generation
        QTRY_VERIFY(!durable->row.rotating);
        QCOMPARE(durable->row.tokenGeneration, 2);
        QCOMPARE(durable->row.tokenSlot, 1);
        auto next = await(session->renew(2)); // and the new refresh token is really ours
        QVERIFY(next);
        QCOMPARE(next->value, u"access-3"_s);
    }

    void pairOutOfGraceNeedsSignIn()
    {
        TokenEndpoint endpoint;
        auto durable = signedIn(endpoint.server.url());
        durable->row.rotating = true; // died in the call, started again hours later
        endpoint.generation = 2;
        endpoint.grace = false;
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        QTRY_COMPARE(session->state(), SessionState::NeedsSignIn);
        QVERIFY(await(durable->vault.read(secretKey(durable->row.id, 0))));
    }

    void newSlotRefusedOldSlotTried()
    {
        TokenEndpoint endpoint; // knows refresh-1 only
        auto durable = signedIn(endpoint.server.url());
        durable->row.rotating = true;
        Secret wrong;
        wrong.accessToken = u"never"_s;
        wrong.refreshToken = u"never"_s;
        wrong.generation = 2;
        await(durable->vault.write(secretKey(durable->row.id, 1), wrong.toBytes()));
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        auto first = await(session->token());
        QCOMPARE(first->value, u"never"_s);
        auto renewed = await(session->renew(first->generation));
        QVERIFY(renewed);
        QCOMPARE(renewed->value, u"access-2"_s);
        QCOMPARE(renewed->generation, 3);
    }

    void rowThatCannotBeStoredStopsTheRefresh()
    {
        TokenEndpoint endpoint;
        auto durable = signedIn(endpoint.server.url());
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        durable->failCommits = true;
        auto renewed = await(session->renew(1));
        QVERIFY(!renewed);
        QCOMPARE(renewed.error().kind, ErrorKind::Storage);
        QCOMPARE(endpoint.asked, 0); // the mark was not durable, so the token was not spent
    }

    void keyringLocksDuringARefresh()
    {
        TokenEndpoint endpoint;
        auto durable = signedIn(endpoint.server.url());
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        durable->vault.state = VaultState::Locked;
        auto renewed = await(session->renew(1));
        QVERIFY(!renewed);
        QCOMPARE(renewed.error().kind, ErrorKind::KeyringLocked);
        QCOMPARE(session->state(), SessionState::WaitingForKeyring);
        durable->vault.state = VaultState::Available;
        QVERIFY(await(session->retryKeyring()));
        QCOMPARE(session->state(), SessionState::Ready);
        QCOMPARE(await(session->token())->value, u"access-2"_s);
        QCOMPARE(endpoint.asked, 1); // the pair was kept in memory, not asked for again
    }

    void lockedKeyringWaitsAndNeverSignsOut_data()
    {
        QTest::addColumn<VaultState>("vaultState");
        QTest::newRow("locked") << VaultState::Locked;
        QTest::newRow("absent") << VaultState::Absent;
        QTest::newRow("silent") << VaultState::Unknown;
    }
    void lockedKeyringWaitsAndNeverSignsOut()
    {
        QFETCH(VaultState, vaultState);
        auto durable = signedIn(QUrl(), false);
        durable->vault.state = vaultState;
        auto session = open(durable.get());
        QSignalSpy changed(session.get(), &Session::stateChanged);
        QVERIFY(!await(session->start()));
        QCOMPARE(session->state(), SessionState::WaitingForKeyring);
        QVERIFY(!changed.isEmpty());
        QVERIFY(!session->detail().isEmpty());
        QVERIFY(!await(session->token()));
        QVERIFY(!durable->row.needsSignIn);
        durable->vault.state = VaultState::Available;
        QVERIFY(await(session->retryKeyring()));
        QCOMPARE(session->state(), SessionState::Ready);
        QCOMPARE(await(session->token())->value, u"pit-1"_s);
    }

    void retryCutsTheWaitShort()
    {
        auto durable = signedIn(QUrl(), false);
        durable->vault.state = VaultState::Locked;
        auto session = open(durable.get());
        session->setKeyringWaits({1h});
        auto starting = session->start();
        QTRY_COMPARE(session->state(), SessionState::WaitingForKeyring);
        durable->vault.state = VaultState::Available;
        QVERIFY(await(session->retryKeyring()));
        QVERIFY(ended(starting));
        QVERIFY(starting.take());
    }

    void emptyKeyringIsNotASignOut()
    {
        auto durable = signedIn(QUrl(), false);
        await(durable->vault.remove(secretKey(durable->row.id, 0)));
        auto session = open(durable.get());
        QVERIFY(!await(session->start()));
        QCOMPARE(session->state(), SessionState::WaitingForKeyring);
        QVERIFY(!durable->row.needsSignIn);
    }

    void runOnlyAccountNeedsSignInNextTime()
    {
        Durable durable;
        durable.row.id = AccountId(u"run-only"_s);
        durable.row.kind = SignInKind::Session;
        auto session = open(&durable);
        auto started = await(session->start());
        QVERIFY(!started);
        QCOMPARE(started.error().kind, ErrorKind::SignInNeeded);
        QCOMPARE(session->state(), SessionState::NeedsSignIn);
    }

    void signOutEmptiesBothSlots()
    {
        auto durable = signedIn(QUrl());
        await(durable->vault.write(secretKey(durable->row.id, 1), "x"));
        QVERIFY(await(removeSecrets(&durable->vault, durable->row.id)));
        QVERIFY(!await(durable->vault.read(secretKey(durable->row.id, 0))));
        QVERIFY(!await(durable->vault.read(secretKey(durable->row.id, 1))));
    }

    void destroyedInTheMiddle()
    {
        TokenEndpoint endpoint;
        auto durable = signedIn(endpoint.server.url());
        auto session = open(durable.get());
        QVERIFY(await(session->start()));
        auto renewing = session->renew(1);
        session.reset(); // callers are left waiting, nothing touches freed memory
        QTRY_VERIFY(endpoint.server.seen.size() <= 1);
        QVERIFY(!renewing.done());
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
