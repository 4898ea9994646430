// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs inside tests/support/with-keyring unlocked.
#include "api/client.h"
#include "api/limiter.h"
#include "api/ops_account.h"
#include "auth/session.h"
#include "auth/vault.h"
#include "core/ulid.h"
#include "flows/practicecount.h"
#include "flows/tracedrun.h"
#include "store/ledger.h"
#include "support/waitfor.h"

#include <QTemporaryDir>

using namespace outrigger;
using namespace outrigger::auth;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

namespace {

/// A keychain of files, each written beside, synced and renamed: what a keyring does for us, in this process, so that the
/// tracer comes between its steps, too.
class FileVault final : public Vault
{
public:
    explicit FileVault(QString folder) : m_folder(std::move(folder)) { QDir().mkpath(m_folder); }
    Task<Result<QByteArray>> read(QString key) override
    {
        QFile file(path(key));
        if (!file.exists())
            co_return fail(ErrorKind::NotFound, u"nothing under this name"_s);
        if (!file.open(QIODevice::ReadOnly))
            co_return fail(ErrorKind::Keyring, file.errorString());
        co_return file.readAll();
    }
    Task<Status> write(QString key, QByteArray secret) override
    {
        QFile beside(path(key) + u".new"_s);
        const bool kept = beside.open(QIODevice::WriteOnly) && beside.write(secret) == secret.size() && beside.flush() && ::fsync(beside.handle()) == 0
            && std::rename(QFile::encodeName(beside.fileName()).constData(), QFile::encodeName(path(key)).constData()) == 0;
        co_return kept ? Status() : Status(fail(ErrorKind::Keyring, beside.errorString()));
    }
    Task<Status> remove(QString key) override
    {
        QFile::remove(path(key));
        co_return Status();
    }
    Task<VaultState> probe() override { co_return VaultState::Available; }

private:
    QString path(QString key) const { return m_folder + u'/' + key.replace(u'/', u'_'); }
    QString m_folder;
};

/// "--life WHAT FOLDER KEYCHAIN LOCATION". KEYCHAIN: a profile's name in the real one, or "files".
struct Life {
    QString what; ///< renew; continue: start, work, renew once more
    QString folder;
    QString keychain;
    QString location;

    QStringList words() const { return {u"--life"_s, what, folder, keychain, location}; }
    static std::optional<Life> from(const QStringList &words)
    {
        if (words.size() < 6 || words.at(1) != u"--life"_s)
            return std::nullopt;
        return Life{words.at(2), words.at(3), words.at(4), words.at(5)};
    }
    std::unique_ptr<Vault> vault() const
    {
        if (keychain == u"files"_s)
            return std::make_unique<FileVault>(folder + u"/keychain"_s);
        return std::make_unique<KeychainVault>(keychain);
    }
    std::unique_ptr<store::Ledger> ledger() const
    {
        auto made = std::make_unique<store::Ledger>(folder + u"/outbox.sqlite"_s, folder + u"/outbox.journal"_s);
        if (!await(made->open()))
            qFatal("The ledger does not open.");
        return made;
    }
};

void say(const char *word)
{
    std::printf("%s\n", word);
    std::fflush(stdout);
}

Task<Status> keep(store::Ledger *ledger, Account changed)
{
    auto writing = ledger->changeAccount(changed.id, [changed](Account &row) { takeSignIn(row, changed); });
    const auto written = co_await writing;
    co_return written ? Status() : Status(fail(written.error()));
}

/// The program that is killed: what AccountLine does for an account, with the real ledger, session, client and keychain.
int play(const Life &life)
{
    const auto ledger = life.ledger();
    const auto vault = life.vault();
    const auto rows = await(ledger->accounts());
    if (!rows || rows->size() != 1)
        qFatal("The account is not there.");
    const Account row = rows->constFirst();
    Session session(row, vault.get(), [&](Account changed) { return keep(ledger.get(), std::move(changed)); });
    api::Limiter limiter;
    api::ClientOptions options;
    options.server = row.server;
    api::Client client(options, &session, &limiter);
    if (!await(session.start()))
        qFatal("The session does not start: %s", qPrintable(session.detail()));
    if (life.what == u"renew"_s) {
        systemcalls::begin();
    } else {
        if (!await(client.send(api::GetLocation{.location = LocationId(life.location)}, api::Priority::Click)))
            qFatal("The token does not work: %s", qPrintable(session.detail()));
        say("works");
    }
    const auto token = await(session.token());
    if (!token || !await(session.renew(token->generation)))
        qFatal("It cannot be renewed: %s", qPrintable(session.detail()));
    say("renewed");
    if (!await(client.send(api::GetLocation{.location = LocationId(life.location)}, api::Priority::Click)))
        qFatal("The new token does not work.");
    // The answer has begun the removal of the old pair; jobs of a keychain run one after the other.
    const auto old = await(vault->read(secretKey(row.id, 1 - session.account().tokenSlot)));
    say(!old && old.error().kind == ErrorKind::NotFound ? "done" : "the old pair stays");
    return QCoreApplication::exec();
}

} // namespace

/// A token is renewed, and the program is killed at a system call of it: mark, request, keychain, pointer, first use,
/// removal of the old pair. Then it is started again, works, and renews once more. Which calls: see tst_systemcalls.
class TestRefreshCalls : public QObject
{
    Q_OBJECT

    std::unique_ptr<practice::Server> m_server;

    struct Profile {
        QTemporaryDir place;
        Life life;
        AccountId account{newUlid()};
    };
    std::unique_ptr<Profile> signedIn(bool keyring)
    {
        auto made = std::make_unique<Profile>();
        made->life = {u"renew"_s, made->place.filePath(u"profile"_s), keyring ? made->account.value : u"files"_s, m_server->locationId()};
        QDir().mkpath(made->life.folder);
        practice::Tokens &tokens = m_server->tokens();
        practice::Token token;
        token.clientId = tokens.clients.constBegin().key();
        token.companyId = m_server->world().companyId();
        token.locationId = m_server->locationId();
        token.userId = m_server->world().userId(0);
        token.scopes = practice::Tokens::allScopes();
        Account row;
        row.id = made->account;
        row.kind = SignInKind::OAuth;
        row.location = LocationId(m_server->locationId());
        row.server = QUrl(m_server->url());
        row.clientId = token.clientId;
        row.tokenGeneration = 1;
        row.tokenExpires = QDateTime::currentDateTimeUtc().addDays(1);
        Secret secret;
        secret.accessToken = tokens.makeAccess(token, m_server->world().now(), tokens.accessLife);
        secret.refreshToken = tokens.makeRefresh(token, u"Location"_s);
        secret.clientSecret = tokens.clients.constBegin()->secret;
        secret.generation = 1;
        secret.expires = row.tokenExpires;
        if (!await(made->life.ledger()->putAccount(row)) || !await(made->life.vault()->write(secretKey(row.id, 0), secret.toBytes())))
            qFatal("The profile cannot be made.");
        return made;
    }
    static systemcalls::Run lives(const Profile &profile, qint64 at)
    {
        const systemcalls::Plan plan{at, 0, false, QFile::encodeName(profile.life.folder), QFile::encodeName(profile.place.filePath(u"tally"_s))};
        return systemcalls::live(plan, profile.life.words(), [](const systemcalls::Run &run) { return run.told("done") || run.told("the old"); });
    }
    /// Empty when the books are in order.
    QString judge(const Profile &profile)
    {
        const auto rows = await(profile.life.ledger()->accounts());
        if (!rows || rows->size() != 1)
            return u"the account is lost"_s;
        const Account &row = rows->constFirst();
        if (row.needsSignIn || row.rotating)
            return u"the account needs a sign-in, or stands in the middle of a renewal"_s;
        if (row.tokenGeneration != 1 + m_server->tokens().rotations)
            return u"generation %1 after %2 pairs"_s.arg(row.tokenGeneration).arg(m_server->tokens().rotations);
        const auto vault = profile.life.vault();
        const auto pair = await(vault->read(secretKey(row.id, row.tokenSlot)));
        const auto secret = pair ? Secret::fromBytes(*pair) : std::nullopt;
        if (!secret || secret->generation != row.tokenGeneration)
            return u"the keychain does not hold the pair that the account points at"_s;
        const auto &refreshes = m_server->tokens().refreshes;
        if (!refreshes.contains(secret->refreshToken) || refreshes[secret->refreshToken].used)
            return u"the pair in the keychain is spent"_s;
        await(removeSecrets(vault.get(), row.id));
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariable("OUTRIGGER_KEYRING_WORLD") != u"unlocked"_s)
            QSKIP("Needs a private keyring: tests/support/with-keyring unlocked tst_refreshcalls.");
        if (!systemcalls::possible)
            QSKIP("System calls can be changed on x86-64 only.");
    }
    void killed_data()
    {
        QTest::addColumn<bool>("keyring");
        QTest::newRow("keychain of files") << false;
        QTest::newRow("the real keyring") << true;
    }
    void killed()
    {
        QFETCH(bool, keyring);
        m_server = startPractice();
        const auto whole = signedIn(keyring);
        const auto first = lives(*whole, 1'000'000'000);
        if (first.tally.counted == 0 && first.said.isEmpty())
            QSKIP("Programs may not be traced here.");
        QVERIFY2(first.told("done"), first.said.constData());
        QCOMPARE(m_server->tokens().rotations, 1);
        QCOMPARE(judge(*whole), QString());
        QVERIFY2(first.tally.counted > 10, "a token was renewed without a trace on the disk");
        int reached = 0;
        int began = 0;
        QStringList troubles;
        const auto chosen = systemcalls::points(first.tally.counted);
        for (const qint64 at : chosen) {
            m_server = startPractice();
            const auto own = signedIn(keyring);
            const auto run = lives(*own, at);
            reached += run.tally.counted >= at && !run.told("done") ? 1 : 0;
            began += m_server->tokens().rotations;
            own->life.what = u"continue"_s;
            const QString trouble = systemcalls::liveAgain(own->life.words(), {"done"}) ? judge(*own) : u"it does not come to its end"_s;
            if (!trouble.isEmpty())
                troubles.append(u"at %1 of %2 (%3): %4"_s.arg(at).arg(first.tally.counted).arg(QString::fromLatin1(run.tally.hit.data()), trouble));
        }
        qInfo("%d points of %lld calls, %d reached, %d after the server had made the new pair", int(chosen.size()),
              static_cast<long long>(first.tally.counted), reached, began);
        QVERIFY2(troubles.isEmpty(), qPrintable(troubles.join(u'\n')));
        QVERIFY(reached > 0);
    }
};

int main(int argc, char *argv[])
{
    if (systemcalls::isTrace(argc, argv))
        return systemcalls::trace(argc, argv);
    QCoreApplication app(argc, argv);
    if (const auto life = Life::from(QCoreApplication::arguments()))
        return play(*life);
    TestRefreshCalls test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_refreshcalls.moc"
