// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile.h"
#include "support/places.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// The program itself, started twice on one profile.
class TestTwoStarts : public QObject
{
    Q_OBJECT

    static void start(QProcess &process, const QString &profile, const QString &level = u"warning"_s)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(outrigger::test::program(QStringLiteral("outrigger")), {u"--practice"_s, u"--profile"_s, profile, u"--log-level"_s, level});
    }

    static void opensAndEnds(QProcess &window, const QTemporaryDir &profile)
    {
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(profile.filePath(u"cache.sqlite"_s)), 20'000);
        QCOMPARE(window.state(), QProcess::Running);
        window.terminate();
        QVERIFY(window.waitForFinished(30'000));
        QVERIFY2(window.exitCode() == 0, window.readAll().constData());
    }

private Q_SLOTS:
    void aDoubleClickGivesOneWindowAndNoComplaint()
    {
        QTemporaryDir profile;
        QProcess first;
        QProcess second;
        start(first, profile.path());
        QVERIFY(first.waitForStarted());
        // The first has the lock, and nothing listens yet.
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(profile.filePath(u"lock"_s)), 20'000);
        start(second, profile.path());
        QVERIFY(second.waitForFinished(30'000));
        QVERIFY2(second.exitStatus() == QProcess::NormalExit && second.exitCode() == 0, second.readAll().constData());
        QCOMPARE(first.state(), QProcess::Running);
        first.terminate();
        QVERIFY(first.waitForFinished(30'000));
        QVERIFY2(first.exitCode() == 0, first.readAll().constData());
    }
    void aWindowThatComesWhileACommandRunsOpensWhenThatEnds()
    {
        QTemporaryDir profile;
        QLockFile command(profile.filePath(u"lock"_s));
        command.setStaleLockTime(0);
        QVERIFY(command.tryLock(0));
        QProcess window;
        start(window, profile.path(), u"info"_s);
        QByteArray said;
        const auto waits = [&] { return (said += window.readAll()).contains("another process has the profile"); };
        QTRY_VERIFY_WITH_TIMEOUT(waits(), 20'000);
        command.unlock();
        opensAndEnds(window, profile);
    }
    void aWindowThatComesWhileACommandAnswersOpensWhenThatEnds()
    {
        QTemporaryDir profile;
        const auto own = outrigger::Profile::open(profile.path(), true);
        QVERIFY(own);
        QLockFile command(profile.filePath(u"lock"_s));
        command.setStaleLockTime(0);
        QVERIFY(command.tryLock(0));
        // A command carries out other commands, and says of an address to open that it has no window.
        QLocalServer holder;
        QVERIFY2(holder.listen(own->socketPath()), qPrintable(holder.errorString()));
        int asked = 0;
        connect(&holder, &QLocalServer::newConnection, this, [&] {
            QLocalSocket *asker = holder.nextPendingConnection();
            connect(asker, &QLocalSocket::readyRead, asker, [&asked, asker] {
                asker->readAll();
                ++asked;
                asker->write(QByteArray::fromHex("0000000a") + R"({"exit":7})");
            });
        });
        QProcess window;
        start(window, profile.path(), u"info"_s);
        QTRY_VERIFY_WITH_TIMEOUT(asked >= 3 || window.state() == QProcess::NotRunning, 20'000);
        QVERIFY2(window.state() == QProcess::Running, window.readAll().constData());
        holder.close();
        command.unlock();
        opensAndEnds(window, profile);
    }
};

QTEST_GUILESS_MAIN(TestTwoStarts)
#include "tst_twostarts.moc"
