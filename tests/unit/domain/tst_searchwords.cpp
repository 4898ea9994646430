// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/searchwords.h"

#include <QTest>
#include <QTimeZone>

using namespace outrigger;
using namespace Qt::StringLiterals;

/// What the search understands of what was typed.
class TestSearchWords : public QObject
{
    Q_OBJECT
    const QDate m_today{2026, 11, 21};

private Q_SLOTS:
    void wordsAloneAreWords_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("words") << u"sarah jones"_s;
        QTest::newRow("a time") << u"at 10:30"_s;
        QTest::newRow("an address") << u"https://example.com"_s;
        QTest::newRow("re:") << u"re: the house"_s;
        QTest::newRow("in quotes") << u"\"tag:hot\""_s;
        QTest::newRow("colon alone") << u": :x"_s;
    }
    void wordsAloneAreWords()
    {
        QFETCH(QString, typed);
        const auto words = SearchWords::parse(typed, m_today);
        QCOMPARE(words.words, typed);
        QVERIFY(words.isPlain());
        QVERIFY(words.wants("people") && words.wants("notes") && words.wants("messages"));
    }
    void operatorsAreTakenOut()
    {
        const auto words = SearchWords::parse(u"roof TAG:\"hot lead\" owner:me stage:new from:sarah is:unread has:photo in:texts quote"_s, m_today);
        QCOMPARE(words.words, u"roof quote"_s);
        QCOMPARE(words.tags, QStringList{u"hot lead"_s});
        QCOMPARE(words.owner, u"me"_s);
        QCOMPARE(SearchWords::forPerson(u"a OWNER:me \"b c\""_s, UserId(u"u7"_s)), u"a owner:=u7 \"b c\""_s);
        QCOMPARE(words.stages, QStringList{u"new"_s});
        QCOMPARE(words.from, u"sarah"_s);
        QCOMPARE(words.is, QStringList{u"unread"_s});
        QCOMPARE(words.has, QStringList{u"image"_s});
        QCOMPARE(words.in, QStringList{u"messages"_s});
        QVERIFY(words.problems.isEmpty());
        QVERIFY(!words.isPlain());
        QVERIFY(words.wants("messages") && !words.wants("people") && !words.wants("notes"));
    }
    void daysAreOfThePersonsZone()
    {
        const auto words = SearchWords::parse(u"after:2025-05-03 before:yesterday"_s, m_today);
        QCOMPARE(words.after, QDate(2025, 5, 3).startOfDay(QTimeZone::systemTimeZone()));
        QCOMPARE(words.before, QDate(2026, 11, 20).startOfDay(QTimeZone::systemTimeZone()));
    }
    void whatMeansNothingIsSaid_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("day") << u"before:someday"_s;
        QTest::newRow("is") << u"is:purple"_s;
        QTest::newRow("in") << u"in:drawer"_s;
        QTest::newRow("has") << u"has:money"_s;
    }
    void whatMeansNothingIsSaid()
    {
        QFETCH(QString, typed);
        const auto words = SearchWords::parse(typed, m_today);
        QCOMPARE(words.problems.size(), 1);
        QVERIFY(!words.problems.first().isEmpty());
        QVERIFY(words.words.isEmpty());
    }
    void anOperatorThatIsStillBeingWrittenNarrowsNothing()
    {
        const auto words = SearchWords::parse(u"roof tag:"_s, m_today);
        QCOMPARE(words.words, u"roof"_s);
        QVERIFY(words.isPlain() && words.problems.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSearchWords)
#include "tst_searchwords.moc"
