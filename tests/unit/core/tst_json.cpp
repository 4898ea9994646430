// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"
#include "core/ulid.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace outrigger;

class TestJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void datesOfEveryShape_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("expected");
        QTest::newRow("utc") << R"("2024-10-28T10:00:00Z")" << "2024-10-28T10:00:00.000Z";
        QTest::newRow("utc with milliseconds") << R"("2024-02-29T23:59:59.123Z")" << "2024-02-29T23:59:59.123Z";
        QTest::newRow("offset") << R"("2024-10-28T10:00:00-05:00")" << "2024-10-28T15:00:00.000Z";
        QTest::newRow("offset with milliseconds") << R"("2024-10-28T10:00:00.5+02:00")" << "2024-10-28T08:00:00.500Z";
        QTest::newRow("epoch milliseconds") << "1730109600000" << "2024-10-28T10:00:00.000Z";
        QTest::newRow("epoch seconds") << "1730109600" << "2024-10-28T10:00:00.000Z";
        QTest::newRow("epoch in a string") << R"("1730109600000")" << "2024-10-28T10:00:00.000Z";
        QTest::newRow("naive, read in the zone") << R"("2024-10-28 10:00:00")" << "2024-10-28T14:00:00.000Z";
        QTest::newRow("null") << "null" << "";
        QTest::newRow("object") << "{}" << "";
        QTest::newRow("no such day") << R"("2023-02-29T10:00:00Z")" << "";
        QTest::newRow("words") << R"("yesterday")" << "";
        QTest::newRow("negative") << "-5" << "";
        QTest::newRow("too far") << "1e300" << "";
    }
    void datesOfEveryShape()
    {
        QFETCH(QString, json);
        QFETCH(QString, expected);
        const auto value = QJsonDocument::fromJson('[' + json.toUtf8() + ']').array().at(0);
        const QDateTime date = json::date(value, QTimeZone("America/New_York"));
        QCOMPARE(date.isValid() ? date.toString(Qt::ISODateWithMs) : QString(), expected);
    }
    void quickAndSlowDatesAgree()
    {
        for (int day = -3000; day < 30000; day += 37) {
            const QDateTime when = QDateTime(QDate(1970, 1, 1), QTime(7, 8, 9, 10), Qt::UTC).addDays(day);
            QCOMPARE(json::date(QJsonValue(when.toString(Qt::ISODateWithMs))), when);
        }
    }
    void scalarsOfAnotherType()
    {
        QCOMPARE(json::text(QJsonValue(12)), QStringLiteral("12"));
        QCOMPARE(json::text(QJsonValue(1730109600000.0)), QStringLiteral("1730109600000"));
        QCOMPARE(json::text(QJsonValue(QJsonValue::Null)), QString());
        QCOMPARE(json::integer(QJsonValue(QStringLiteral(" 42 "))).value_or(0), 42);
        QVERIFY(!json::integer(QJsonValue(QStringLiteral("4x"))));
        QVERIFY(!json::integer(QJsonValue(1e300)));
        QCOMPARE(json::boolean(QJsonValue(QStringLiteral("TRUE"))), std::optional<bool>(true));
        QVERIFY(!json::boolean(QJsonValue(QJsonObject())));
        QCOMPARE(json::texts(QJsonValue(QStringLiteral("a, b"))).size(), 1);
        QCOMPARE(json::texts(QJsonValue(QStringLiteral("a, b")), true), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    }
    void firstKeyThatIsThere()
    {
        const QJsonObject object{{QStringLiteral("a"), QJsonValue::Null}, {QStringLiteral("b"), 2}};
        QCOMPARE(json::first(object, {u"a", u"b"}).toInt(), 2);
        QVERIFY(json::first(object, {u"x"}).isUndefined());
    }
    void ulidsSortInTheOrderTheyWereMade()
    {
        QSet<QString> seen;
        QString last;
        for (int i = 0; i < 5000; ++i) {
            const QString id = newUlid();
            QVERIFY2(isUlid(id), qPrintable(id));
            QVERIFY(!seen.contains(id));
            seen.insert(id);
            QVERIFY(last < id);
            last = id;
        }
        QCOMPARE(newUlid(QDateTime::fromMSecsSinceEpoch(1469918176385)).left(10), QStringLiteral("01ARYZ6S41"));
        QVERIFY(!isUlid(QStringLiteral("01ARYZ6S41TSV4RRFFQ69G5FAU")));
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
