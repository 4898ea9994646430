// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/server.h"
#include "support/consentbrowser.h"
#include "support/places.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;
using namespace outrigger::test;

/// Accounts from the command line, with a real keychain or without one. Started by tests/support/with-keyring, which
/// says in OUTRIGGER_KEYRING_WORLD what it has made.
class TestCliAccounts : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;
    const QString m_world = qEnvironmentVariable("OUTRIGGER_KEYRING_WORLD");

    struct Ran {
        int exit = -1;
        QByteArray out;
        QByteArray err;
    };
    Ran run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"OUTRIGGER_SERVER"_s, m_server->url());
        environment.remove(u"OUTRIGGER_TOKEN"_s);
        process.setProcessEnvironment(environment);
        process.start(test::program(QStringLiteral("outrigger-cli")),
                      QStringList{u"--profile"_s, m_folder->filePath(u"profile"_s)} + arguments);
        process.write(input);
        process.closeWriteChannel();
        Ran ran;
        if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 90'000))
            process.kill();
        ran.exit = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        ran.out = process.readAllStandardOutput();
        ran.err = process.readAllStandardError();
        return ran;
    }
    /// `account add --oauth` as a process that goes on; its browser writes the address into a file.
    struct OAuthRun {
        QProcess process;
        QUrl address;
        QByteArray said;
        bool waitFor(const QByteArray &words)
        {
            return QTest::qWaitFor(
                [this, &words] {
                    said += process.readAllStandardError();
                    return said.contains(words);
                },
                20'000);
        }
        ~OAuthRun()
        {
            process.kill();
            process.waitForFinished();
        }
        int end()
        {
            if (!QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, 60'000))
                return -1;
            said += process.readAllStandardError();
            return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        }
    };
    std::unique_ptr<OAuthRun> beginOAuth()
    {
        const QString browser = m_folder->filePath(u"browser"_s);
        const QString opened = m_folder->filePath(u"opened"_s);
        QFile::remove(opened);
        QFile script(browser);
        if (!script.open(QIODevice::WriteOnly))
            return nullptr;
        script.write("#!/bin/sh\nprintf %s \"$1\" >'" + opened.toUtf8() + ".new' && mv '" + opened.toUtf8() + ".new' '" + opened.toUtf8() + "'\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        auto run = std::make_unique<OAuthRun>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"OUTRIGGER_SERVER"_s, m_server->url());
        environment.insert(u"OUTRIGGER_AUTHORIZE_URL"_s, m_server->url() + u"/v2/oauth/chooselocation"_s);
        environment.insert(u"BROWSER"_s, browser);
        environment.remove(u"OUTRIGGER_TOKEN"_s);
        run->process.setProcessEnvironment(environment);
        const auto client = m_server->tokens().clients.constBegin();
        run->process.start(test::program(QStringLiteral("outrigger-cli")),
                           {u"--profile"_s, m_folder->filePath(u"profile"_s), u"account"_s, u"add"_s, u"--name"_s, u"Desk"_s, u"--oauth"_s,
                            u"--client-id"_s, client.key(), u"--client-secret-stdin"_s, u"--json"_s});
        run->process.write(client->secret.toUtf8() + '\n');
        QFile file(opened);
        if (!QTest::qWaitFor([&file] { return file.exists(); }, 30'000) || !file.open(QIODevice::ReadOnly)) {
            qWarning("%s", run->process.readAllStandardError().constData());
            return nullptr;
        }
        run->address = QUrl::fromEncoded(file.readAll());
        return run;
    }
    QUrl cameBack(const OAuthRun &run) { return m_browser.answer(run.address, m_server->locationId()); }
    int accounts() { return int(QJsonDocument::fromJson(run({u"account"_s, u"list"_s, u"--json"_s}).out).array().size()); }

    ConsentBrowser m_browser;

    /// Whether the token stands in any file of the profile.
    bool tokenOnDisk() const
    {
        QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(m_server->token().toUtf8()))
                return true;
        }
        return false;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (m_world.isEmpty())
            QSKIP("Needs a private keyring: tests/support/with-keyring unlocked tst_cliaccounts.");
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        practice::Options options;
        options.size = {40, 0, 10, 0};
        options.rate = practice::Rate::Off;
        options.quiet = true;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
    }
    void anAccountComesWorksAndGoes()
    {
        const QByteArray token = m_server->token().toUtf8() + '\n';
        const QStringList add{u"account"_s, u"add"_s, u"--name"_s, u"Desk"_s, u"--location"_s, m_server->locationId(),
                              u"--token-stdin"_s, u"--json"_s};
        const Ran added = run(add, token);
        if (m_world != "unlocked"_L1) {
            // No keychain: said plainly, and nothing written anywhere.
            QVERIFY2(added.exit == 1 || added.exit == 3, added.err.constData());
            QVERIFY(!added.err.isEmpty());
            QVERIFY(QJsonDocument::fromJson(added.out).isObject());
            QVERIFY(!tokenOnDisk());
            QCOMPARE(QJsonDocument::fromJson(run({u"account"_s, u"list"_s, u"--json"_s}).out).array().size(), 0);
            return;
        }
        QVERIFY2(added.exit == 0, added.err.constData());
        QVERIFY(!tokenOnDisk());
        QVERIFY(!added.out.contains(m_server->token().toUtf8()));
        const QJsonArray list = QJsonDocument::fromJson(run({u"account"_s, u"list"_s, u"--json"_s}).out).array();
        QCOMPARE(list.size(), 1);
        QCOMPARE(list[0][u"name"_s].toString(), u"Desk"_s);
        QVERIFY(list[0][u"current"_s].toBool());
        const Ran checked = run({u"account"_s, u"check"_s, u"--json"_s});
        QVERIFY2(checked.exit == 0, checked.err.constData());
        const Ran synced = run({u"sync"_s, u"--json"_s});
        QVERIFY2(synced.exit == 0, synced.err.constData());
        QVERIFY(!QJsonDocument::fromJson(run({u"conversation"_s, u"list"_s, u"--json"_s}).out).array().isEmpty());
        const Ran removed = run({u"account"_s, u"remove"_s, u"Desk"_s, u"--json"_s});
        QVERIFY2(removed.exit == 0, removed.err.constData());
        QCOMPARE(QJsonDocument::fromJson(run({u"account"_s, u"list"_s, u"--json"_s}).out).array().size(), 0);
        QCOMPARE(run({u"sync"_s}).exit, 3);
        QVERIFY(!tokenOnDisk());
    }
    void throughTheBrowser()
    {
        if (m_world != "unlocked"_L1)
            QSKIP("Needs a keychain that works.");
        const auto run1 = beginOAuth();
        QVERIFY(run1);
        QVERIFY(run1->waitFor(run1->address.toEncoded())); // and on the screen, for who has no browser here
        QVERIFY(m_browser.visit(cameBack(*run1)).body.contains("Back to Outrigger"));
        QVERIFY2(run1->end() == 0, run1->said.constData());
        QCOMPARE(QJsonDocument::fromJson(run1->process.readAllStandardOutput())[u"kind"_s].toString(), u"oauth"_s);
        QCOMPARE(accounts(), 1);
        // It works, and it goes on working when the access token has died.
        QCOMPARE(run({u"sync"_s, u"--only"_s, u"contacts"_s}).exit, 0);
        m_server->tokens().access.clear();
        const Ran synced = run({u"sync"_s, u"--only"_s, u"contacts"_s});
        QVERIFY2(synced.exit == 0, synced.err.constData());
        QCOMPARE(m_server->tokens().rotations, 1);
    }
    void anAddressIsPasted()
    {
        if (m_world != "unlocked"_L1)
            QSKIP("Needs a keychain that works.");
        const auto run1 = beginOAuth();
        QVERIFY(run1);
        QVERIFY(run1->waitFor("paste the address"));
        run1->process.write("hello there\n");
        QVERIFY(run1->waitFor("no code"));
        run1->process.write(cameBack(*run1).toEncoded() + '\n');
        QVERIFY2(run1->end() == 0, run1->said.constData());
        QCOMPARE(accounts(), 1);
    }
    void backWithoutTheMarkIsAsked_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("yes") << QByteArray("yes\n") << true;
        QTest::newRow("no") << QByteArray("no\n") << false;
        QTest::newRow("nobody") << QByteArray() << false;
    }
    void backWithoutTheMarkIsAsked()
    {
        if (m_world != "unlocked"_L1)
            QSKIP("Needs a keychain that works.");
        QFETCH(QByteArray, answer);
        QFETCH(bool, goesOn);
        const auto run1 = beginOAuth();
        QVERIFY(run1);
        m_browser.visit(ConsentBrowser::withoutState(cameBack(*run1)));
        QVERIFY(run1->waitFor("Was it you?"));
        QCOMPARE(run1->process.state(), QProcess::Running);
        if (answer.isEmpty())
            run1->process.closeWriteChannel();
        else
            run1->process.write(answer);
        const int exit = run1->end();
        QVERIFY2((exit == 0) == goesOn, run1->said.constData());
        QCOMPARE(accounts(), goesOn ? 1 : 0);
        QVERIFY(goesOn || run1->said.contains("Nothing was stored"));
    }
    void aWrongTokenIsNotKept()
    {
        if (m_world != "unlocked"_L1)
            QSKIP("Needs a keychain that works.");
        const Ran added = run({u"account"_s, u"add"_s, u"--location"_s, m_server->locationId(), u"--token-stdin"_s, u"--json"_s},
                              QByteArray("pit-00000000-") + "1111-2222-3333-444444444444\n");
        QVERIFY2(added.exit == 3 || added.exit == 4, added.err.constData());
        QCOMPARE(QJsonDocument::fromJson(run({u"account"_s, u"list"_s, u"--json"_s}).out).array().size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCliAccounts)
#include "tst_cliaccounts.moc"
