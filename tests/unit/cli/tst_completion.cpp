// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/completion.h"
#include "support/places.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

class TestCompletion : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// What bash offers behind these words; the last one is being typed.
    QStringList offered(const QStringList &words)
    {
        QFile script(m_folder.filePath(u"completion"_s));
        if (!script.open(QIODevice::WriteOnly) || script.write(cli::bashCompletion(cli::commandTable()).toUtf8()) < 0)
            return {};
        script.close();
        QStringList quoted{u"outrigger-cli"_s};
        for (const QString &word : words)
            quoted.append(u'\'' + word + u'\'');
        QProcess bash;
        bash.start(u"bash"_s, {u"--norc"_s, u"-c"_s, u"set -u; source '%1'; COMP_WORDS=(%2); COMP_CWORD=%3; COMPREPLY=(); _outrigger_cli; printf '%s\\n' \"${COMPREPLY[@]}\""_s
                                                         .arg(script.fileName(), quoted.join(u' ')).arg(words.size())});
        bash.waitForFinished();
        const QByteArray problems = bash.readAllStandardError();
        if (!problems.isEmpty())
            qWarning().noquote() << problems;
        return QString::fromUtf8(bash.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"bash"_s).isEmpty())
            QSKIP("There is no bash here.");
    }
    void commandsAreOfferedWordByWord()
    {
        QVERIFY(offered({u""_s}).contains(u"contact"_s));
        QCOMPARE(offered({u"cont"_s}), QStringList{u"contact"_s});
        QVERIFY(offered({u"contact"_s, u""_s}).contains(u"search"_s));
        QCOMPARE(offered({u"outbox"_s, u"res"_s}), QStringList{u"resolve"_s});
    }
    void optionsAreThoseOfTheCommand()
    {
        QCOMPARE(offered({u"op"_s, u"call"_s, u"--pa"_s}), QStringList{u"--param"_s});
        QCOMPARE(offered({u"send"_s, u"--sub"_s}), QStringList{u"--subject"_s});
        QVERIFY(offered({u"send"_s, u"--"_s}).contains(u"--dry-run"_s));
        QVERIFY(!offered({u"search"_s, u"--"_s}).contains(u"--dry-run"_s));
    }
    void operationsAreOfferedByName()
    {
        QCOMPARE(offered({u"op"_s, u"describe"_s, u"get-free"_s}), QStringList{u"get-free-slots"_s});
    }
    void filesAreOfferedWhereAFileIsMeant()
    {
        const QStringList files = offered({u"op"_s, u"call"_s, u"--body"_s, m_folder.path() + u"/comp"_s});
        QCOMPARE(files, QStringList{m_folder.filePath(u"completion"_s)});
    }
    /// packaging/outrigger-cli.1 is what packages install.
    void theManualPageIsUpToDate()
    {
        QFile file(test::source(QStringLiteral("packaging/outrigger-cli.1")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString page = cli::manualPage(cli::commandTable(), QStringLiteral(OUTRIGGER_VERSION));
        QVERIFY2(QString::fromUtf8(file.readAll()) == page, "run: outrigger-cli manual > packaging/outrigger-cli.1");
        for (const auto &command : cli::commandTable())
            QVERIFY2(page.contains(QString(command.name()).replace(u'-', u"\\-"_s)), qPrintable(command.name()));
    }
};

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"
