// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/sync/outboxbench.h"

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using S = OutboxState;

/// What becomes known between the writing of a text and its leaving.
class TestOutboxGuard : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    static QDateTime at(const char *utc) { return QDateTime::fromString(QString::fromLatin1(utc), Qt::ISODate); }
    static Contact sarah(DndStatus sms = DndStatus::Inactive)
    {
        Contact contact;
        contact.id = ContactId(u"contact-1"_s);
        contact.firstName = u"Sarah"_s;
        contact.phone = u"+14075550134"_s; // Florida: 8 to 20
        contact.dndSettings.insert(u"SMS"_s, Dnd{sms, {}, {}});
        return contact;
    }
    void begin(OutboxBench &bench, const char *now)
    {
        m_clock.setWall(at(now));
        bench.open();
        bench.outbox = std::make_unique<sync::Outbox>(bench.ledger.get(), bench.cache.get(), bench.times, m_clock);
        put(bench, sarah());
        bench.outbox->setPaused(true);
        bench.start();
    }
    static void put(OutboxBench &bench, Contact contact)
    {
        const auto stored = await(bench.cache->putContacts(bench.account.location, {std::move(contact)}, std::nullopt));
        QVERIFY(stored.has_value());
    }
    void theyWrite(OutboxBench &bench, const QString &text)
    {
        Message message;
        message.id = MessageId(u"in-"_s + text.left(4));
        message.location = bench.account.location;
        message.conversationId = ConversationId(u"talk-1"_s);
        message.contactId = ContactId(u"contact-1"_s);
        message.channel = Channel::Sms;
        message.typeWord = u"TYPE_SMS"_s;
        message.body = text;
        message.dateAdded = m_clock.now();
        const auto stored = await(bench.cache->putMessages(bench.account.location, {message}, std::nullopt));
        QVERIFY(stored.has_value());
    }

    /// The bubbles, oldest first.
    static QVector<MessageRow> thread(OutboxBench &bench)
    {
        const auto talk = await(bench.cache->conversationFor(bench.account.location, ContactId(u"contact-1"_s)));
        if (!talk || !*talk)
            qFatal("There is no conversation.");
        const auto page = await(bench.cache->newestMessages((*talk)->key, 50));
        return page ? page->rows : QVector<MessageRow>();
    }

private Q_SLOTS:
    void doNotDisturbThatCameMeanwhileStopsIt_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("they asked to stop") << int(DndStatus::Permanent);
        QTest::newRow("switched on in HighLevel") << int(DndStatus::Active);
    }
    void doNotDisturbThatCameMeanwhileStopsIt()
    {
        QFETCH(int, status);
        OutboxBench bench;
        begin(bench, "2026-06-10T18:00:00Z");
        const RecordId id = bench.text(u"Hello"_s);
        put(bench, sarah(DndStatus(status)));
        bench.outbox->setPaused(false);
        QVERIFY(bench.reaches(id, S::Rejected));
        const OutboxRecord record = bench.record(id);
        QCOMPARE(record.reasonCode, u"guard"_s);
        QVERIFY(record.reason.contains(u"Sarah"_s));
        QCOMPARE(record.attempts, 0);
        QCOMPARE(bench.deliveries(id), 0);
        QCOMPARE(stateFromRecord(record.state, record.reasonCode), MessageState::StoppedHere);
        // Trying again asks the same guard.
        const auto again = await(bench.outbox->retry(id));
        QVERIFY(again.has_value());
        QVERIFY(bench.reaches(again->id, S::Rejected));
        QCOMPARE(bench.courier->delivered.size(), 0);
    }
    void aStopThatCameMeanwhileStopsIt()
    {
        OutboxBench bench;
        begin(bench, "2026-06-10T18:00:00Z");
        const RecordId id = bench.text(u"Hello"_s);
        m_clock.advance(10s);
        theyWrite(bench, u"STOP"_s);
        bench.outbox->setPaused(false);
        QVERIFY(bench.reaches(id, S::Rejected));
        QCOMPARE(bench.record(id).reasonCode, u"guard"_s);
        QCOMPARE(bench.deliveries(id), 0);
    }
    void aSofterWishAsksAndIsAnsweredOnce()
    {
        OutboxBench bench;
        begin(bench, "2026-06-10T18:00:00Z");
        const RecordId id = bench.text(u"Hello"_s);
        m_clock.advance(10s);
        theyWrite(bench, u"please remove me"_s);
        m_clock.advance(10s);
        bench.outbox->setPaused(false);
        QVERIFY(bench.holds(id, HoldReason::Ask));
        QCOMPARE(bench.record(id).reasonCode, u"soft_stop"_s);
        QCOMPARE(bench.deliveries(id), 0);
        QVERIFY(await(bench.outbox->release(id)).has_value());
        QVERIFY(bench.reaches(id, S::Accepted));
        QCOMPARE(bench.deliveries(id), 1);
    }
    void aTextOfTheEveningDoesNotLeaveAtNight()
    {
        OutboxBench bench;
        begin(bench, "2026-06-10T23:50:00Z"); // 19:50 in Florida
        const RecordId id = bench.text(u"Hello"_s);
        m_clock.advance(90min);
        bench.outbox->setPaused(false);
        QVERIFY(bench.holds(id, HoldReason::Ask));
        QCOMPARE(bench.record(id).reasonCode, u"quiet_hours"_s);
        QVERIFY(await(bench.outbox->release(id)).has_value()); // "Send now"
        QVERIFY(bench.reaches(id, S::Accepted));
        QCOMPARE(bench.deliveries(id), 1);
    }
    void whatWasWrittenAtNightHasBeenAnswered()
    {
        OutboxBench bench;
        begin(bench, "2026-06-11T02:00:00Z");
        theyWrite(bench, u"please remove me"_s);
        const RecordId id = bench.text(u"Sorry, I will"_s);
        bench.outbox->setPaused(false);
        QVERIFY(bench.reaches(id, S::Accepted));
        QCOMPARE(bench.deliveries(id), 1);
    }
    void aRefusalStaysAndTheNewAttemptStandsBelowIt()
    {
        OutboxBench bench;
        begin(bench, "2026-06-10T18:00:00Z");
        const RecordId id = bench.text(u"Hello"_s);
        put(bench, sarah(DndStatus::Active));
        bench.outbox->setPaused(false);
        QVERIFY(bench.reaches(id, S::Rejected));
        m_clock.advance(1min);
        put(bench, sarah());
        const auto again = await(bench.outbox->retry(id));
        QVERIFY(again.has_value());
        QVERIFY(bench.reaches(again->id, S::Accepted));
        QCOMPARE(bench.courier->delivered.size(), 1);
        const auto rows = thread(bench);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.at(0).record, id);
        QCOMPARE(rows.at(0).state, MessageState::StoppedHere);
        QVERIFY(rows.at(0).triedAgain);
        QVERIFY(rows.at(0).reason.contains(u"Do not disturb"_s));
        QCOMPARE(rows.at(1).record, again->id);
        QVERIFY(!rows.at(1).triedAgain);
        QVERIFY(!await(bench.outbox->retry(id)).has_value()); // once
    }
    void aFailureOnTheWayStaysAndTheNewAttemptStandsBelowIt()
    {
        OutboxBench bench;
        begin(bench, "2026-06-10T18:00:00Z");
        const RecordId id = bench.text(u"Hello"_s);
        bench.outbox->setPaused(false);
        QVERIFY(bench.reaches(id, S::Accepted));
        QVERIFY(!await(bench.outbox->retry(id)).has_value()); // it has not failed
        Message message = bench.server.messages.first();
        message.status = u"failed"_s;
        message.error = u"Unknown destination handset (30005)"_s;
        message.dateAdded = m_clock.now();
        await(bench.outbox->observe(bench.account.location, {message}));
        QVERIFY(await(bench.cache->putMessages(bench.account.location, {message}, std::nullopt)).has_value());
        QVERIFY(bench.reaches(id, S::Confirmed));
        m_clock.advance(1min);
        const auto again = await(bench.outbox->retry(id));
        QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().message));
        QCOMPARE(again->again, id);
        QVERIFY(bench.reaches(again->id, S::Accepted));
        QCOMPARE(bench.courier->delivered.size(), 2);
        const auto rows = thread(bench);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.at(0).record, id);
        QCOMPARE(rows.at(0).state, MessageState::Failed);
        QVERIFY2(rows.at(0).reason.contains(u"does not know this number"_s), qPrintable(rows.at(0).reason)); // in plain words
        QCOMPARE(rows.at(1).record, again->id);
    }
    void anOwnTableHolds()
    {
        OutboxBench bench;
        begin(bench, "2026-06-10T17:50:00Z"); // 13:50 in Florida
        const auto table = QuietHours::parse(
            R"({"rows":[{"place":"Anywhere","from":"10:00","until":"14:00","source":"ours","date":"2026-11-01"}]})");
        QVERIFY(table.has_value());
        bench.outbox->setQuietHours(*table);
        const RecordId id = bench.text(u"Hello"_s);
        m_clock.advance(30min);
        bench.outbox->setPaused(false);
        QVERIFY(bench.holds(id, HoldReason::Ask));
        QCOMPARE(bench.deliveries(id), 0);
    }
};

QTEST_GUILESS_MAIN(TestOutboxGuard)
#include "tst_outboxguard.moc"
