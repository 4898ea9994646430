// SPDX-License-Identifier: GPL-3.0-or-later
//
// One run of everything with marked secrets, marked words and a marked number; then a look at every place where they
// must not be. Started by tests/support/with-keyring unlocked.
#include "practice/server.h"
#include "support/consentbrowser.h"
#include "support/places.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace outrigger;
using namespace outrigger::test;

class TestCanary : public QObject
{
    Q_OBJECT

    const QString m_text = u"kingfisher-of-the-canary-run"_s;
    const QString m_number = u"4075550177"_s;
    QTemporaryDir m_folder;
    std::unique_ptr<practice::Server> m_server;
    ConsentBrowser m_browser;
    QTimer m_watch;
    QSet<QByteArray> m_commandLines; ///< of every process there was
    QByteArray m_out;
    QByteArray m_err;
    QByteArrayList m_secrets;

    QString profile() const { return m_folder.filePath(u"profile"_s); }
    void prepare(QProcess &process)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"OUTRIGGER_SERVER"_s, m_server->url());
        environment.insert(u"OUTRIGGER_AUTHORIZE_URL"_s, m_server->url() + u"/v2/oauth/chooselocation"_s);
        environment.insert(u"BROWSER"_s, u"/bin/true"_s);
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.remove(u"OUTRIGGER_TOKEN"_s);
        process.setProcessEnvironment(environment);
    }
    void start(QProcess &process, const char *program, const QStringList &arguments)
    {
        prepare(process);
        process.start(test::program(QString::fromLatin1(program)),
                      QStringList{u"--profile"_s, profile(), u"--log-level"_s, u"debug"_s} + arguments);
    }
    int end(QProcess &process, int milliseconds = 90'000)
    {
        const bool ended = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, milliseconds);
        m_out += process.readAllStandardOutput();
        m_err += process.readAllStandardError();
        if (!ended) {
            process.kill();
            process.waitForFinished();
            return -1;
        }
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }
    int run(const QStringList &arguments)
    {
        QProcess process;
        start(process, "outrigger-cli", arguments);
        return end(process);
    }
    void lookAtCommandLines()
    {
        const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
        for (const QString &process : processes) {
            QFile line(u"/proc/"_s + process + u"/cmdline"_s);
            if (line.open(QIODevice::ReadOnly))
                m_commandLines.insert(line.readAll());
        }
    }
    /// Every token that the server has ever given out.
    void noteSecrets()
    {
        const auto &tokens = m_server->tokens();
        for (auto it = tokens.access.begin(); it != tokens.access.end(); ++it) {
            if (!it->isPit())
                m_secrets.append(it.key().toUtf8());
        }
        for (auto it = tokens.refreshes.begin(); it != tokens.refreshes.end(); ++it)
            m_secrets.append(it.key().toUtf8());
        m_secrets.append(tokens.clients.constBegin()->secret.toUtf8());
        QSet<QByteArray> once(m_secrets.begin(), m_secrets.end());
        m_secrets = QByteArrayList(once.begin(), once.end());
    }
    bool holdsSecret(const QByteArray &bytes) const
    {
        return std::any_of(m_secrets.begin(), m_secrets.end(), [&bytes](const QByteArray &secret) { return bytes.contains(secret); });
    }
    bool holdsMark(const QByteArray &bytes) const
    {
        return bytes.contains(m_text.toUtf8()) || bytes.contains(m_number.toUtf8());
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariable("OUTRIGGER_KEYRING_WORLD") != u"unlocked"_s)
            QSKIP("Needs a private keyring: tests/support/with-keyring unlocked tst_canary.");
        practice::Options options;
        options.size = {40, 0, 10, 0};
        options.rate = practice::Rate::Off;
        options.quiet = true;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
        connect(&m_watch, &QTimer::timeout, this, &TestCanary::lookAtCommandLines);
        m_watch.start(25); // no program that is started here lives shorter
    }
    void aWholeDaysWork()
    {
        // Sign in with the browser.
        const auto client = m_server->tokens().clients.constBegin();
        QProcess signIn;
        start(signIn, "outrigger-cli",
              {u"account"_s, u"add"_s, u"--oauth"_s, u"--client-id"_s, client.key(), u"--client-secret-stdin"_s, u"--json"_s});
        signIn.write(client->secret.toUtf8() + '\n');
        QByteArray said;
        const auto told = [&] {
            said += signIn.readAllStandardError();
            return said.contains("code_challenge_method=S256") && said.contains("\nIf the browser");
        };
        QTRY_VERIFY2_WITH_TIMEOUT(told(), said.constData(), 30'000);
        const auto begin = said.indexOf("http://");
        const QUrl address = QUrl::fromEncoded(said.mid(begin, said.indexOf('\n', begin) - begin));
        QVERIFY(m_browser.consent(address, m_server->locationId()).contains("Back to Outrigger"));
        QCOMPARE(end(signIn), 0);
        m_err += said;
        noteSecrets();
        QVERIFY(m_secrets.size() >= 3);
        // Work, with a refresh in between.
        QCOMPARE(run({u"sync"_s, u"--json"_s}), 0);
        m_server->tokens().access.clear();
        QCOMPARE(run({u"send"_s, u"--to"_s, m_number, u"--text"_s, m_text, u"--wait"_s, u"--json"_s}), 0);
        noteSecrets();
        QCOMPARE(m_server->tokens().rotations, 1);
        // The window with everything in it, asked to send through the socket and told to open the number.
        QProcess window;
        start(window, "outrigger", {});
        const auto here = [&] { return window.state() == QProcess::NotRunning || run({u"outbox"_s, u"list"_s}) == 0; };
        QTRY_VERIFY_WITH_TIMEOUT(here(), 60'000);
        QVERIFY2(window.state() == QProcess::Running, QByteArray(QByteArray::number(window.exitCode()) + ": " + window.readAllStandardError().right(3000)).constData());
        QCOMPARE(run({u"send"_s, u"--to"_s, m_number, u"--text"_s, m_text + u" again"_s, u"--wait"_s, u"--json"_s}), 0);
        QProcess second;
        start(second, "outrigger", {u"tel:+1"_s + m_number});
        QCOMPARE(end(second), 0);
        QCOMPARE(run({u"conversation"_s, u"list"_s}), 0);
        window.terminate();
        const int code = end(window);
        QVERIFY2(code == 0, QByteArray(QByteArray::number(code) + ": " + m_err.right(3000)).constData());
        noteSecrets();
    }
    void noSecretIsInAnyFile()
    {
        QVERIFY(!m_secrets.isEmpty());
        int files = 0;
        bool marked = false;
        for (const QString &folder : {m_folder.path(), QDir::homePath(), qEnvironmentVariable("XDG_RUNTIME_DIR")}) {
            QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (all.hasNext()) {
                QFile file(all.next());
                if (!file.open(QIODevice::ReadOnly))
                    continue;
                ++files;
                const QByteArray bytes = file.readAll();
                marked = marked || bytes.contains(m_text.toUtf8());
                QVERIFY2(!holdsSecret(bytes), qPrintable(file.fileName()));
            }
        }
        QVERIFY(files > 4);
        QVERIFY(marked); // the words are where they belong, so this does look into the files
    }
    void noSecretIsOnACommandLineOrInWhatIsPrinted()
    {
        QVERIFY(m_commandLines.size() > 3);
        for (const QByteArray &line : std::as_const(m_commandLines))
            QVERIFY(!holdsSecret(line));
        QVERIFY(!holdsSecret(m_out));
        QVERIFY(!holdsSecret(m_err));
    }
    void noWordsAndNoNumberAreInALog()
    {
        QFile log(profile() + u"/outrigger.log"_s);
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QByteArray lines = log.readAll();
        QVERIFY(!lines.isEmpty());
        QVERIFY(!holdsMark(lines));
        // What the command line tells the person (whom they text, and that it is night there) is no log; these lines are.
        static const QRegularExpression logLine(u"^\\d{4}-\\d\\d-\\d\\dT"_s);
        for (const QByteArray &line : m_err.split('\n'))
            QVERIFY2(!logLine.match(QString::fromUtf8(line)).hasMatch() || !holdsMark(line), line.constData());
    }
    void everythingIsForThisUserAlone()
    {
        QDirIterator all(profile(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        QStringList names{profile()};
        while (all.hasNext())
            names.append(all.next());
        QVERIFY(names.size() > 5);
        for (const QString &name : std::as_const(names)) {
            struct stat info {};
            QCOMPARE(::lstat(QFile::encodeName(name).constData(), &info), 0);
            const mode_t expected = S_ISDIR(info.st_mode) ? 0700 : 0600;
            QVERIFY2((info.st_mode & 0777) == expected, qPrintable(u"%1: %2"_s.arg(name).arg(info.st_mode & 0777, 0, 8)));
        }
    }
};

QTEST_GUILESS_MAIN(TestCanary)
#include "tst_canary.moc"
