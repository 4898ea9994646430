// SPDX-License-Identifier: GPL-3.0-or-later
//
// The real window on a real disk without space. Started by tests/support/with-small-disk.
#include "gui/windowrun.h"

#include "gui/widgets.h"
#include "support/places.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStorageInfo>
#include <QTest>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

class TestFullDisk : public QObject
{
    Q_OBJECT

    WindowRun m_run;
    QString m_filler;

    /// Takes every byte that is left.
    bool fill()
    {
        QFile file(m_filler);
        if (!file.open(QIODevice::Append | QIODevice::Unbuffered))
            return false;
        for (qint64 size = 1 << 20; size > 0;) {
            if (file.write(QByteArray(size, 'x')) < size)
                size /= 2;
        }
        return QStorageInfo(m_run.profile.path()).bytesAvailable() == 0;
    }
    QString strip() const { return m_run.find<gui::Strip>("composer.strip")->sentence(); }

private Q_SLOTS:
    void initTestCase()
    {
        const QStorageInfo disk(m_run.profile.path());
        if (disk.bytesTotal() > 200LL * 1024 * 1024)
            QSKIP("Needs a small disk: tests/support/with-small-disk 90 tst_fulldisk.");
        m_filler = m_run.profile.path() + u"-filler"_s;
        if (!m_run.open())
            QSKIP("outrigger-practice is not built");
        QVERIFY(m_run.waitForRows());
        QVERIFY(m_run.openOneThatMayBeTexted());
    }
    void cleanupTestCase()
    {
        QFile::remove(m_filler);
        m_run.close();
    }
    void whatIsWrittenIsKeptAndSaidAndGoesOutLater()
    {
        QVERIFY(fill());
        // A few may still find room inside the files; each text ends as sent or as refused, never as neither.
        QString words;
        bool refused = false;
        for (int i = 0; i < 40 && !refused; ++i) {
            words = u"Number %1 must not be lost "_s.arg(i) + QString(1000, u'x');
            m_run.text()->setPlainText(words);
            m_run.text()->setFocus();
            QTest::keyClick(m_run.text(), Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(m_run.text()->toPlainText().isEmpty() || strip().contains(u"disk is full"_s), 20'000);
            refused = !m_run.text()->toPlainText().isEmpty();
        }
        QVERIFY(refused);
        QCOMPARE(m_run.text()->toPlainText(), words);
        const QString mark = words.section(u' ', 0, 2);
        QCOMPARE(m_run.texts(mark), 0); // nothing leaves unrecorded
        QVERIFY(QFile::remove(m_filler));
        QTest::keyClick(m_run.text(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_run.text()->toPlainText().isEmpty(), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run.texts(mark), 1, 30'000);
    }
    void aProfileThatCannotBeWrittenIsSaidByBothPrograms_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("window") << u"outrigger"_s << QStringList();
        QTest::newRow("command line") << u"outrigger-cli"_s << QStringList{u"outbox"_s, u"list"_s};
    }
    void aProfileThatCannotBeWrittenIsSaidByBothPrograms()
    {
        QFETCH(QString, program);
        QFETCH(QStringList, words);
        const QString profile = m_run.profile.path() + u'-' + program;
        QVERIFY(QDir().mkpath(profile));
        QCOMPARE(QProcess::execute(u"mount"_s, {u"--bind"_s, profile, profile}), 0);
        QCOMPARE(QProcess::execute(u"mount"_s, {u"-o"_s, u"remount,bind,ro"_s, profile}), 0);
        QProcess run;
        run.start(test::program(program), QStringList{u"--profile"_s, profile} + words);
        QVERIFY(run.waitForFinished(30'000));
        const QByteArray said = run.readAllStandardError();
        QVERIFY2(said.contains("cannot be written"), said.constData());
        QCOMPARE(run.exitCode(), 7);
    }
};

QTEST_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
