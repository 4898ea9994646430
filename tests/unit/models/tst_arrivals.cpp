// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/arrivals.h"

#include "modeldata.h"

using namespace Qt::StringLiterals;
using namespace outrigger;
using namespace outrigger::models;

/// Who is told of what: only what leads have just written.
class TestArrivals : public QObject
{
    Q_OBJECT

    std::unique_ptr<ModelBench> m_bench;

    static Message written(const QString &id, const QString &talk, const QString &contact, const QString &body, int secondsAgo)
    {
        Message message = storedata::message(id, talk, contact, 0, body);
        message.dateAdded = QDateTime::currentDateTimeUtc().addSecs(-secondsAgo);
        return message;
    }

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<ModelBench>();
        m_bench->open();
        m_bench->people(3);
    }
    void whatALeadWroteIsToldOnceWithItsConversation()
    {
        Arrivals arrivals(m_bench->cache.get());
        arrivals.setLocation(storedata::home);
        QSignalSpy told(&arrivals, &Arrivals::arrived);
        m_bench->put({written(u"m2"_s, u"t1"_s, u"c1"_s, u"second"_s, 5), written(u"m1"_s, u"t1"_s, u"c1"_s, u"first"_s, 9)});
        QTRY_COMPARE(told.size(), 1);
        const auto arrival = told.first().first().value<Arrival>();
        QCOMPARE(arrival.conversation.contactId, ContactId(u"c1"_s));
        QCOMPARE(arrival.conversation.name, u"First1 Last1"_s);
        QCOMPARE(arrival.messages.size(), 2);
        QCOMPARE(arrival.messages.last().message.body, u"second"_s);
        m_bench->put({written(u"m2"_s, u"t1"_s, u"c1"_s, u"second"_s, 5), written(u"m3"_s, u"t2"_s, u"c2"_s, u"other"_s, 1)});
        QTRY_COMPARE(told.size(), 2);
        QCOMPARE(told.last().first().value<Arrival>().conversation.contactId, ContactId(u"c2"_s));
    }
    void nothingElseIsNews_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("an old message that a sync brings") << 0;
        QTest::newRow("what we wrote") << 1;
        QTest::newRow("an activity") << 2;
        QTest::newRow("an internal comment") << 3;
    }
    void nothingElseIsNews()
    {
        QFETCH(int, kind);
        Arrivals arrivals(m_bench->cache.get());
        arrivals.setLocation(storedata::home);
        QSignalSpy told(&arrivals, &Arrivals::arrived);
        Message message = written(u"m1"_s, u"t1"_s, u"c1"_s, u"words"_s, kind == 0 ? 3'600 : 2);
        if (kind == 1)
            message.direction = Direction::Outbound;
        if (kind == 2)
            message.channel = Channel::Activity;
        if (kind == 3)
            message.channel = Channel::InternalComment;
        m_bench->put({message});
        m_bench->put({written(u"m9"_s, u"t2"_s, u"c2"_s, u"the proof that it would have come by now"_s, 1)});
        QTRY_VERIFY(!told.isEmpty());
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.first().first().value<Arrival>().conversation.contactId, ContactId(u"c2"_s));
    }
};

QTEST_GUILESS_MAIN(TestArrivals)
#include "tst_arrivals.moc"
