// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/messagestate.h"
#include "domain/outboxrecord.h"

#include <QTest>

using namespace outrigger;

class TestStates : public QObject
{
    Q_OBJECT
    using S = OutboxState;
    const QVector<S> all{S::Held, S::Queued, S::Attempting, S::Settling, S::Accepted, S::Confirmed, S::Rejected, S::Uncertain, S::Cancelled, S::Quarantined};

private Q_SLOTS:
    void wordsComeBack()
    {
        for (const auto state : all)
            QCOMPARE(outboxStateFromWord(outboxStateWord(state)), std::optional(state));
        for (const auto kind : {OutboxKind::SendMessage, OutboxKind::CreateContact, OutboxKind::ContactTags, OutboxKind::ConversationRead})
            QCOMPARE(outboxKindFromWord(outboxKindWord(kind)), std::optional(kind));
        QVERIFY(!outboxKindFromWord(QStringLiteral("message.sing")));
        for (int i = 0; i <= int(MessageState::Cancelled); ++i)
            QCOMPARE(int(stateFromKey(stateKey(MessageState(i)))), i);
    }
    void anUnknownOutcomeNeverGoesStraightBack()
    {
        QVERIFY(!mayFollow(S::Settling, S::Attempting));
        QVERIFY(!mayFollow(S::Uncertain, S::Queued));
        QVERIFY(!mayFollow(S::Uncertain, S::Attempting));
        QVERIFY(!mayFollow(S::Attempting, S::Cancelled));
        QVERIFY(!mayFollow(S::Settling, S::Cancelled));
    }
    void onlyTheQueueLeadsToAnAttempt()
    {
        for (const auto from : all)
            QCOMPARE(mayFollow(from, S::Attempting), from == S::Queued);
    }
    void whatHasEndedStays()
    {
        for (const auto to : all) {
            QVERIFY(!mayFollow(S::Confirmed, to));
            QVERIFY(!mayFollow(S::Cancelled, to));
            QVERIFY(!mayFollow(S::Quarantined, to));
        }
    }
    void lateNewsNeverGoesBack()
    {
        QVERIFY(serverStatusRank(QStringLiteral("delivered")) > serverStatusRank(QStringLiteral("sent")));
        QVERIFY(serverStatusRank(QStringLiteral("read")) > serverStatusRank(QStringLiteral("delivered")));
        QVERIFY(serverStatusRank(QStringLiteral("failed")) > serverStatusRank(QStringLiteral("sent")));
        QVERIFY(serverStatusRank(QStringLiteral("sent")) > serverStatusRank(QStringLiteral("pending")));
        QVERIFY(serverStatusRank(QStringLiteral("something new")) > serverStatusRank(QStringLiteral("queued")));
    }
    void theServersWords_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("state");
        QTest::newRow("pending") << "pending" << int(MessageState::Accepted);
        QTest::newRow("Delivered") << "Delivered" << int(MessageState::Delivered);
        QTest::newRow("undelivered") << "undelivered" << int(MessageState::Failed);
        QTest::newRow("opt_out") << "opt_out" << int(MessageState::OptedOut);
        QTest::newRow("scheduled") << "scheduled" << int(MessageState::Scheduled);
        QTest::newRow("clicked") << "clicked" << int(MessageState::Read);
        QTest::newRow("unknown") << "teleported" << int(MessageState::Sent);
    }
    void theServersWords()
    {
        QFETCH(QString, word);
        QTEST(int(stateFromServer(word)), "state");
    }
    void payloadsComeBack()
    {
        MessageDraft draft;
        draft.contactId = ContactId(QStringLiteral("c"));
        draft.body = QString::fromUtf8("Hi 👋");
        draft.fromNumber = QStringLiteral("+14075550100");
        QCOMPARE(MessageDraft::fromJson(draft.toJson()).toJson(), draft.toJson());
        ReadChange read;
        read.unreadCount = 0;
        QCOMPARE(ReadChange::fromJson(read.toJson()).unreadCount, std::optional<int>(0));
        QVERIFY(!ReadChange::fromJson(read.toJson()).starred);
        Watermark mark;
        mark.newestDate = QDateTime::fromMSecsSinceEpoch(1'780'000'000'123, Qt::UTC);
        mark.recentIds = {QStringLiteral("a"), QStringLiteral("b")};
        QCOMPARE(Watermark::fromJson(mark.toJson()).newestDate, mark.newestDate);
        QCOMPARE(Watermark::fromJson(mark.toJson()).recentIds, mark.recentIds);
    }
};

QTEST_GUILESS_MAIN(TestStates)
#include "tst_states.moc"
