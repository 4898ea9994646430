// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs inside tests/support/with-keyring, which makes a private bus and a real gnome-keyring in one of three states.
#include "auth/session.h"
#include "auth/vault.h"
#include "support/waitfor.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace outrigger;
using namespace outrigger::auth;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestKeychain : public QObject
{
    Q_OBJECT

    QString m_world;
    pid_t m_keyring = 0;

private Q_SLOTS:
    void initTestCase()
    {
        m_world = qEnvironmentVariable("OUTRIGGER_KEYRING_WORLD");
        if (m_world.isEmpty())
            QFAIL("Start this through tests/support/with-keyring, so that it never touches a person's own keyring.");
        m_keyring = qEnvironmentVariableIntValue("OUTRIGGER_KEYRING_PID");
    }

    void probeTellsTheState()
    {
        KeychainVault vault(u"p1"_s);
        const auto expected = m_world == u"unlocked"_s ? VaultState::Available
            : m_world == u"locked"_s                   ? VaultState::Locked
                                                       : VaultState::Absent;
        QCOMPARE(await(vault.probe()), expected);
    }

    void keepsAndForgets()
    {
        KeychainVault vault(u"p1"_s);
        const QByteArray secret = QByteArray(20'000, 'x') + "\0end\xff";
        auto missing = await(vault.read(u"acc/0"_s));
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, ErrorKind::NotFound);
        QVERIFY(await(vault.write(u"acc/0"_s, secret)));
        QCOMPARE(await(vault.read(u"acc/0"_s)).value(), secret);
        KeychainVault other(u"p2"_s); // another profile sees nothing of it
        QVERIFY(!await(other.read(u"acc/0"_s)));
        KeychainVault again(u"p1"_s);
        QCOMPARE(await(again.read(u"acc/0"_s)).value(), secret);
        QVERIFY(await(vault.remove(u"acc/0"_s)));
        QCOMPARE(await(vault.read(u"acc/0"_s)).error().kind, ErrorKind::NotFound);
        QVERIFY(await(vault.remove(u"acc/0"_s))); // removing nothing is no error
    }

    void manyJobsAtOnce()
    {
        KeychainVault vault(u"p1"_s);
        std::vector<Task<Status>> writes;
        for (int i = 0; i < 20; ++i)
            writes.push_back(vault.write(u"many/%1"_s.arg(i), QByteArray::number(i)));
        for (auto &write : writes) {
            QVERIFY(ended(write));
            QVERIFY(write.take());
        }
        for (int i = 0; i < 20; ++i)
            QCOMPARE(await(vault.read(u"many/%1"_s.arg(i))).value(), QByteArray::number(i));
    }

    void abandonedCallerLeavesTheQueueWhole()
    {
        KeychainVault vault(u"p1"_s);
        {
            auto forgotten = vault.write(u"left/0"_s, "whole");
        }
        QCOMPARE(await(vault.read(u"left/0"_s)).value(), QByteArray("whole"));
    }

    void lockedSaysLocked()
    {
        KeychainVault vault(u"p1"_s);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(await(vault.read(u"acc/0"_s)).error().kind, ErrorKind::KeyringLocked);
        QCOMPARE(await(vault.write(u"acc/0"_s, "x")).error().kind, ErrorKind::KeyringLocked);
        QCOMPARE(await(vault.remove(u"acc/0"_s)).error().kind, ErrorKind::KeyringLocked);
        QVERIFY2(timer.elapsed() < 5000, "a locked keyring must be told at once, without a prompt");
    }

    void noServiceSaysSo()
    {
        KeychainVault vault(u"p1"_s);
        auto written = await(vault.write(u"acc/0"_s, "x"));
        QCOMPARE(written.error().kind, ErrorKind::Keyring);
        QVERIFY(written.error().message.contains(u"keyring"_s));
        QCOMPARE(await(vault.read(u"acc/0"_s)).error().kind, ErrorKind::Keyring);
    }

    void sessionWaitsForALockedKeyring()
    {
        KeychainVault vault(u"p1"_s);
        Account row;
        row.id = AccountId(u"acc"_s);
        Session session(row, &vault, [](Account) -> Task<Status> { co_return Status(); });
        session.setKeyringWaits({1ms});
        QVERIFY(!await(session.start()));
        QCOMPARE(session.state(), SessionState::WaitingForKeyring);
    }

    void slowKeyringEndsAtOurDeadline()
    {
        KeychainVault vault(u"p1"_s, 800ms);
        QVERIFY(await(vault.write(u"slow/0"_s, "kept")));
        kill(m_keyring, SIGSTOP);
        QElapsedTimer timer;
        timer.start();
        auto read = await(vault.read(u"slow/0"_s));
        const auto took = timer.elapsed();
        auto state = await(vault.probe());
        kill(m_keyring, SIGCONT);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Keyring);
        QVERIFY2(took >= 700 && took < 5000, qPrintable(QString::number(took)));
        QCOMPARE(state, VaultState::Unknown);
        // The late answer is not mistaken for the next one's.
        QTRY_COMPARE(await(vault.probe()), VaultState::Available);
        QCOMPARE(await(vault.read(u"slow/0"_s)).value(), QByteArray("kept"));
    }

    /// Last: this world is over after it. The bus starts a new keyring, which is locked and looks empty.
    void zDeadKeyringIsNotASignOut()
    {
        KeychainVault vault(u"p1"_s, 5s);
        QVERIFY(await(vault.write(u"dead/0"_s, "kept")));
        kill(m_keyring, SIGKILL);
        auto read = await(vault.read(u"dead/0"_s));
        QVERIFY(!read);
        QVERIFY2(read.error().kind == ErrorKind::KeyringLocked || read.error().kind == ErrorKind::Keyring,
                 qPrintable(read.error().message));
        QTRY_COMPARE_WITH_TIMEOUT(await(vault.read(u"dead/0"_s)).error().kind, ErrorKind::KeyringLocked, 15'000);
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
