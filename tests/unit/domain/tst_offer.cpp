// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/offer.h"
#include "domain/slots.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Three times were offered: what the answer means, and that a doubtful one means nothing.
class TestOffer : public QObject
{
    Q_OBJECT

    static QDateTime there(int day, int hour, int minute = 0)
    {
        return freetimes::instantOf(QDate(2026, 11, day), QTime(hour, minute), QTimeZone("America/Los_Angeles"));
    }
    /// Tue 3 Nov 2:30 pm, Wed 4 Nov 10:00 am, Wed 4 Nov 4:00 pm.
    static offers::Offer offer()
    {
        offers::Offer made;
        made.calendar = CalendarId(u"cal"_s);
        made.zone = "America/Los_Angeles";
        made.at = there(2, 9);
        for (const QDateTime &at : {there(3, 14, 30), there(4, 10), there(4, 16)})
            made.times.append({at, at.addSecs(1800)});
        return made;
    }

private Q_SLOTS:
    void anAnswerMeansOneOfThem_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<int>("which"); // from 1; 0: nothing is proposed
        const auto row = [](const char *answer, int which) { QTest::newRow(answer) << QString::fromUtf8(answer) << which; };
        row("2", 2);
        row("2.", 2);
        row("1 please!", 1);
        row("#3 works", 3);
        row("Option 2 works for me", 2);
        row("the second one", 2);
        row("The first one is good", 1);
        row("third", 3);
        row("the last one", 3);
        row("2nd please", 2);
        row("One", 1);
        row("Tuesday 3pm", 0); // another time
        row("Tuesday works", 1);
        row("tues 2:30pm", 1);
        row("Tuesday at 2:30", 1);
        row("Tue at 2", 1);
        row("wed morning works", 2);
        row("Wednesday afternoon", 3);
        row("Weds at 4", 3);
        row("Wednesday", 0); // two of them
        row("10am", 2);
        row("10 is great", 2);
        row("I can do 4pm", 3);
        row("16:00", 3);
        row("tomorrow", 1);
        row("tomorrow at 10", 0);
        row("Let's do the 4th at 10", 2);
        row("1 or 2", 0);
        row("not 2", 0);
        row("I can\xE2\x80\x99t do 2", 0);
        row("none of these, sorry", 0);
        row("How about Thursday?", 0);
        row("2 on Tuesday", 0); // two things that do not go together
        row("Thanks!", 0);
        row("I have 2 kids and 3 cars", 0);
        row("What does it cost?", 0);
        row("", 0);
        row("5", 0);
        row("4", 3); // no fourth was offered: an hour
        row("noon", 0);
        row("STOP 1", 0);
    }
    void anAnswerMeansOneOfThem()
    {
        QFETCH(QString, answer);
        QFETCH(int, which);
        QCOMPARE(offers::meant(answer, offer(), there(2, 18)).value_or(-1) + 1, which);
    }
    void oneOfferedTimeIsTakenByAYes()
    {
        auto one = offer();
        one.times.resize(1);
        QCOMPARE(offers::meant(u"Yes that works"_s, one, there(2, 18)), std::optional(0));
        QVERIFY(!offers::meant(u"Yes but not then"_s, one, there(2, 18)));
        QVERIFY(!offers::meant(u"Yes that works"_s, offer(), there(2, 18)));
    }
    void hostileAnswersAreNothing()
    {
        QVERIFY(!offers::meant(QString(10'000, u'2'), offer(), there(2, 18)));
        QVERIFY(!offers::meant(QString(399, u'\0'), offer(), there(2, 18)));
        auto wrong = offer();
        wrong.zone = "Nowhere/Atall";
        QVERIFY(!offers::meant(u"2"_s, wrong, there(2, 18)));
        wrong.times.clear();
        QVERIFY(!offers::meant(u"1"_s, wrong, there(2, 18)));
        QVERIFY(offers::fromJson("{\"c\":{\"times\":[[1],[2,3],7],\"at\":\"x\"},\"\":3,\"d\":[]}", there(2, 18)).isEmpty());
        QVERIFY(offers::fromJson("no json", there(2, 18)).isEmpty());
    }
    void anOfferIsRememberedForTwoDays()
    {
        QHash<ContactId, offers::Offer> all{{ContactId(u"sarah"_s), offer()}};
        const QByteArray json = offers::toJson(all);
        QCOMPARE(offers::fromJson(json, there(3, 9)), all);
        QVERIFY(offers::fromJson(json, there(4, 9).addSecs(1)).isEmpty());
    }
    void whoAsksForATimeIsHeard_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("asks");
        QTest::newRow("meet") << u"Can we meet this week?"_s << true;
        QTest::newRow("when") << u"When are you available?"_s << true;
        QTest::newRow("call") << u"Please call me about the house"_s << true;
        QTest::newRow("time") << u"what time works for you"_s << true;
        QTest::newRow("thanks") << u"Thanks, got it"_s << false;
        QTest::newRow("price") << u"What is the price?"_s << false;
        QTest::newRow("book in a word") << u"I read it on Facebook"_s << false;
    }
    void whoAsksForATimeIsHeard()
    {
        QFETCH(QString, text);
        QFETCH(bool, asks);
        QCOMPARE(offers::asksForTime(text), asks);
    }
};

QTEST_APPLESS_MAIN(TestOffer)
#include "tst_offer.moc"
