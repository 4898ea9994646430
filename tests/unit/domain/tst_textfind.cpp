// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/inboxfilter.h"
#include "domain/pastday.h"
#include "domain/textfind.h"

#include <QJsonArray>
#include <QTest>

using namespace outrigger;
using namespace Qt::StringLiterals;

/// Words in texts, days that are over, and filters that are kept.
class TestTextFind : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placesAreThoseOfTheText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QStringList>("marked");
        QTest::newRow("case") << u"Call me, CALL him"_s << u"call"_s << QStringList{u"Call"_s, u"CALL"_s};
        QTest::newRow("inside a word") << u"Rescheduled"_s << u"sched"_s << QStringList{u"sched"_s};
        QTest::newRow("marks") << u"Café at José's"_s << u"cafe"_s << QStringList{u"Café"_s};
        QTest::newRow("marks typed") << u"Cafe"_s << u"café"_s << QStringList{u"Cafe"_s};
        QTest::newRow("decomposed") << u"Cafe\u0301 open"_s << u"cafe open"_s << QStringList{u"Cafe\u0301 open"_s};
        QTest::newRow("line ends are blanks") << u"half past\n  two"_s << u"past two"_s << QStringList{u"past\n  two"_s};
        QTest::newRow("blanks around") << u"a  b"_s << u"  a b "_s << QStringList{u"a  b"_s};
        QTest::newRow("ligature") << u"ofﬁce"_s << u"office"_s << QStringList{u"ofﬁce"_s};
        QTest::newRow("emoji") << u"ok 👍🏽 then"_s << u"👍🏽 then"_s << QStringList{u"👍🏽 then"_s};
        QTest::newRow("not overlapping") << u"aaaa"_s << u"aa"_s << QStringList{u"aa"_s, u"aa"_s};
        QTest::newRow("not there") << u"hello"_s << u"help"_s << QStringList{};
        QTest::newRow("nothing") << u"hello"_s << u"   "_s << QStringList{};
        QTest::newRow("lone surrogate") << (u"a"_s + QChar(0xd83d)) << u"a"_s << QStringList{u"a"_s};
    }
    void placesAreThoseOfTheText()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QFETCH(QStringList, marked);
        QStringList found;
        const auto places = textfind::places(text, textfind::folded(words));
        for (const auto &place : places)
            found << text.mid(place.start, place.length);
        QCOMPARE(found, marked);
        QCOMPARE(!marked.isEmpty(), !textfind::folded(words).isEmpty() && textfind::folded(text).contains(textfind::folded(words)));
    }
    void aDayIsTheLatestThatIsOver_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<bool>("problem");
        const auto row = [](const char *typed, const QDate &day, bool problem = false) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << day << problem;
        };
        // Today is Saturday, 21 November 2026.
        row("today", {2026, 11, 21});
        row("Yesterday", {2026, 11, 20});
        row("monday", {2026, 11, 16});
        row("last fri", {2026, 11, 20});
        row("saturday", {2026, 11, 14});
        row("3 may", {2026, 5, 3});
        row("May 3", {2026, 5, 3});
        row("3rd of may", {}, true);
        row("3 may, 2024", {2024, 5, 3});
        row("december 24", {2025, 12, 24});
        row("29 feb", {2024, 2, 29});
        row("2025-05-03", {2025, 5, 3});
        row("2025-05", {2025, 5, 1});
        row("2023", {2023, 1, 1});
        row("march", {2026, 3, 1});
        row("sept 2024", {2024, 9, 1});
        row("3 weeks ago", {2026, 10, 31});
        row("a month ago", {2026, 10, 21});
        row("two days ago", {2026, 11, 19});
        row("last year", {2025, 11, 21});
        row("25/12/2024", {2024, 12, 25});
        row("12/25/24", {2024, 12, 25});
        row("5.5.", {2026, 5, 5});
        row("3/5", {}, true);
        row("31 april", {}, true);
        row("2027-01-01", {}, true);
        row("24 dec 2026", {}, true);
        row("soon", {}, true);
        row("mayhem", {}, true);
        row("", {});
    }
    void aDayIsTheLatestThatIsOver()
    {
        QFETCH(QString, typed);
        QFETCH(QDate, day);
        QFETCH(bool, problem);
        const auto meant = pastday::parse(typed, QDate(2026, 11, 21));
        QCOMPARE(meant.date, day);
        QCOMPARE(!meant.problem.isEmpty(), problem);
    }
    void aFilterComesBackAsItWasKept()
    {
        InboxFilter filter;
        filter.channels = {Channel::Sms, Channel::WhatsApp};
        filter.who = InboxFilter::Who::User;
        filter.user = UserId(u"u1"_s);
        filter.unread = filter.failed = true;
        filter.tag = u"hot lead"_s;
        filter.last = Direction::Inbound;
        filter.olderDays = 30;
        QCOMPARE(InboxFilter::fromJson(filter.toJson()), filter);
        QVERIFY(InboxFilter::fromJson({}).isEmpty());
        QVERIFY(InboxFilter().toJson().isEmpty());
    }
    void whatCannotBeReadIsLeftOut()
    {
        const QJsonObject odd{{u"channels"_s, QJsonArray{u"sms"_s, u"pigeon"_s, 7}}, {u"who"_s, u"user"_s}, {u"withinDays"_s, -3}, {u"last"_s, u"both"_s}};
        const auto filter = InboxFilter::fromJson(odd);
        QCOMPARE(filter.channels, QVector<Channel>{Channel::Sms});
        QCOMPARE(filter.who, InboxFilter::Who::Anybody); // somebody without a name is nobody
        QCOMPARE(filter.withinDays, 0);
        QVERIFY(!filter.last);
    }
};

QTEST_GUILESS_MAIN(TestTextFind)
#include "tst_textfind.moc"
