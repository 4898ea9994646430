// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/segments.h"
#include "domain/textcost.h"

#include <QTest>

#include <cmath>

using namespace outrigger;
using namespace Qt::StringLiterals;

class TestSegments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void partsAndUnits_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("gsm");
        QTest::addColumn<int>("units");
        QTest::addColumn<int>("parts");
        QTest::addColumn<int>("left");
        const auto a = [](int n) { return QString(n, QLatin1Char('a')); };
        const auto s = [](const char *t) { return QString::fromUtf8(t); };
        QTest::newRow("empty") << QString() << true << 0 << 0 << 160;
        QTest::newRow("one letter") << a(1) << true << 1 << 1 << 159;
        QTest::newRow("160") << a(160) << true << 160 << 1 << 0;
        QTest::newRow("161") << a(161) << true << 161 << 2 << 145;
        QTest::newRow("306") << a(306) << true << 306 << 2 << 0;
        QTest::newRow("307") << a(307) << true << 307 << 3 << 152;
        QTest::newRow("euro counts twice") << s("€") << true << 2 << 1 << 158;
        QTest::newRow("braces count twice") << s("{}[]~^|\\") << true << 16 << 1 << 144;
        QTest::newRow("extension at the end of one part") << a(158) + s("€") << true << 160 << 1 << 0;
        QTest::newRow("extension does not fit into one part") << a(159) + s("€") << true << 161 << 2 << 145;
        QTest::newRow("extension is not split between parts") << a(152) + s("€") + a(20) << true << 174 << 2 << 131;
        QTest::newRow("greek capitals of the table") << s("ΔΦΓΛΩΠΨΣΘΞ") << true << 10 << 1 << 150;
        QTest::newRow("umlauts") << s("äöüßÄÖÜ") << true << 7 << 1 << 153;
        QTest::newRow("a grave accent the table has") << s("à la carte") << true << 10 << 1 << 150;
        QTest::newRow("an accent it has not") << s("ê") << false << 1 << 1 << 69;
        QTest::newRow("curly apostrophe") << s("don’t") << false << 5 << 1 << 65;
        QTest::newRow("backtick") << s("`") << false << 1 << 1 << 69;
        QTest::newRow("70 of UCS-2") << s("ê") + a(69) << false << 70 << 1 << 0;
        QTest::newRow("71 of UCS-2") << s("ê") + a(70) << false << 71 << 2 << 63;
        QTest::newRow("emoji is two units") << s("😀") << false << 2 << 1 << 68;
        QTest::newRow("emoji is not split between parts") << s("ê") + a(65) + s("😀") + a(5) << false << 73 << 2 << 60;
        QTest::newRow("joined family") << s("👨‍👩‍👧") << false << 8 << 1 << 62;
        QTest::newRow("arabic") << s("مرحبا") << false << 5 << 1 << 65;
        QTest::newRow("hebrew") << s("שלום") << false << 4 << 1 << 66;
        QTest::newRow("chinese") << s("你好，明天见") << false << 6 << 1 << 64;
        QTest::newRow("line break") << s("a\nb") << true << 3 << 1 << 157;
        QTest::newRow("tab is not in the table") << s("a\tb") << false << 3 << 1 << 67;
        QTest::newRow("half a pair") << QString(QChar(0xD83D)) << false << 1 << 1 << 69;
    }
    void partsAndUnits()
    {
        QFETCH(QString, text);
        const SmsMeter meter = measureSms(text);
        QTEST(meter.encoding == SmsEncoding::Gsm7, "gsm");
        QTEST(meter.units, "units");
        QTEST(meter.parts, "parts");
        QTEST(meter.left, "left");
        QCOMPARE(meter.culprits.isEmpty(), meter.encoding == SmsEncoding::Gsm7);
    }
    void theCapIsOnTheWholeText()
    {
        QVERIFY(!measureSms(QString(1600, QLatin1Char('a'))).tooLong);
        QVERIFY(measureSms(QString(1601, QLatin1Char('a'))).tooLong);
    }
    void repairSavesParts()
    {
        const QString typed = QString::fromUtf8("“Don’t wait” – it’s today…");
        QCOMPARE(measureSms(typed).encoding, SmsEncoding::Ucs2);
        const QString repaired = repairToGsm7(typed);
        QCOMPARE(repaired, QStringLiteral("\"Don't wait\" - it's today..."));
        QCOMPARE(measureSms(repaired).encoding, SmsEncoding::Gsm7);
    }
    void aTextHasAPrice_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("pictures");
        QTest::addColumn<QString>("shown");
        QTest::newRow("nothing") << 0 << 0 << u"$0.000"_s;
        QTest::newRow("one part") << 160 << 0 << u"$0.013"_s;
        QTest::newRow("two") << 161 << 0 << u"$0.026"_s;
        QTest::newRow("eleven") << 1600 << 0 << u"$0.142"_s;
        QTest::newRow("a picture") << 1600 << 3 << u"$0.030"_s;
    }
    void aTextHasAPrice()
    {
        QFETCH(int, length);
        QFETCH(int, pictures);
        QFETCH(QString, shown);
        QCOMPARE(dollars(costOf(measureSms(QString(length, u'a')), pictures, {})), shown);
    }
    void oddPricesCostNothing()
    {
        for (const double price : {-1.0, double(NAN), double(INFINITY)})
            QCOMPARE(costOf(measureSms(u"x"_s), 0, {price, price, 0, 0}), 0.0);
        QCOMPARE(dollars(0.9996), u"$1.00"_s);
        QCOMPARE(dollars(12.345), u"$12.35"_s);
    }
    void repairLeavesLettersAlone()
    {
        const QString text = QString::fromUtf8("Ê 你好 👨‍👩‍👧 שלום");
        QCOMPARE(repairToGsm7(text), text);
    }
};

QTEST_GUILESS_MAIN(TestSegments)
#include "tst_segments.moc"
