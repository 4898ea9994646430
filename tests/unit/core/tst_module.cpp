// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/module.h"
#include "support/places.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

class TestModule : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aModuleThatIsThereGivesItsFunction()
    {
        QVERIFY(moduleFunction(u"phone"_s, "outrigger_phone_module"));
    }
    void aMissingModuleOrFunctionGivesNothingAndNoCrash()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"module \"nosuch\""_s));
        QVERIFY(!moduleFunction(u"nosuch"_s, "outrigger_phone_module"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"module \"phone\""_s));
        QVERIFY(!moduleFunction(u"phone"_s, "no_such_function"));
    }
    void theWindowIsNotBoundToWhatOnlyAModuleNeeds()
    {
        QProcess ldd;
        ldd.start(u"ldd"_s, {test::program(QStringLiteral("outrigger"))});
        if (!ldd.waitForStarted())
            QSKIP("ldd is not there");
        QVERIFY(ldd.waitForFinished());
        const QByteArray libraries = ldd.readAllStandardOutput();
        QVERIFY(libraries.contains("libQt6Widgets"));
        for (const char *late : {"libphonenumber", "libprotobuf", "libhunspell", "libxml2", "libQt6Multimedia", "libavcodec", "libpulse"})
            QVERIFY2(!libraries.contains(late), late);
    }
};

QTEST_GUILESS_MAIN(TestModule)
#include "tst_module.moc"
