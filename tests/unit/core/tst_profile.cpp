// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log.h"
#include "core/profile.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;

class TestProfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFolderForOneselfAlone()
    {
        QTemporaryDir dir;
        const auto profile = Profile::open(dir.filePath(QStringLiteral("new/deep")));
        QVERIFY(profile);
        QCOMPARE(QFileInfo(profile->root()).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeGroup | QFile::ExeOther),
                 QFile::Permissions());
        const auto file = QFileInfo(profile->path(QStringLiteral("profile.id"))).permissions();
        QCOMPARE(file & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const auto again = Profile::open(profile->root());
        QCOMPARE(again->id(), profile->id());
        QVERIFY(profile->socketPath().toUtf8().size() < 107);
    }
    void oneProcessAtATime()
    {
        QTemporaryDir dir;
        auto first = Profile::open(dir.path());
        QVERIFY(first->lock());
        auto second = Profile::open(dir.path());
        const auto refused = second->lock();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Busy);
        *first = *Profile::open(dir.path()); // lets go
        QVERIFY(second->lock());
    }
    void aFolderThatCannotBeMadeIsSaid()
    {
        const auto profile = Profile::open(QStringLiteral("/proc/no/such/place"));
        QVERIFY(!profile);
        QCOMPARE(profile.error().kind, ErrorKind::Storage);
        QVERIFY(profile.error().message.contains(QStringLiteral("--profile")));
    }
    void secretsAreCutOutOfLogs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("secret");
        QTest::newRow("private token") << "got pit-1234abcd-5678-90ef-aaaa-bbbbccccdddd back" << "1234abcd";
        QTest::newRow("web token") << "Authorization eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl end" << "eyJzdWIi";
        QTest::newRow("bearer") << "Bearer abcdef123456" << "abcdef123456";
        QTest::newRow("phone") << "to +14075551234 now" << "4075551234";
        QTest::newRow("phone with blanks") << "call (407) 555-1234." << "555-1234";
        QTest::newRow("mail") << "from sarah.jones@example.com" << "sarah.jones";
        QTest::newRow("query") << "GET https://x/y?code=abc&state=def" << "abc";
    }
    void secretsAreCutOutOfLogs()
    {
        QFETCH(QString, text);
        QFETCH(QString, secret);
        QVERIFY2(!redactedText(text).contains(secret), qPrintable(redactedText(text)));
    }
    void ordinaryWordsStayInLogs()
    {
        const QString plain = QStringLiteral("2026-11-21T02:31:26.123Z search-contacts 200 in 35 ms, 500 rows, port 47821");
        QCOMPARE(redactedText(plain), plain);
        QCOMPARE(redactedId(QStringLiteral("abc")), redactedId(QStringLiteral("abc")));
        QVERIFY(!redactedId(QStringLiteral("abc")).contains(QStringLiteral("abc")));
    }
    void unknownLevelsAreRefused() { QVERIFY(!setUpLogging(QStringLiteral("loud"))); }
};

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
