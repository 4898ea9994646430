// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/matching.h"
#include "sync/lane.h"
#include "sync/outboxjudge.h"
#include "sync/settle.h"
#include "support/rewriting.h"
#include "support/rounds.h"

#include <QJsonObject>
#include <QTest>

using namespace outrigger;
using namespace outrigger::sync;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QDateTime at(qint64 seconds) { return QDateTime::fromSecsSinceEpoch(1'780'000'000 + seconds, Qt::UTC); }

OutboxRecord textRecord(const QString &id, const QString &body, qint64 writtenAt, OutboxState state = OutboxState::Settling)
{
    MessageDraft draft;
    draft.contactId = ContactId(u"c1"_s);
    draft.body = body;
    OutboxRecord record;
    record.id = RecordId(id);
    record.kind = OutboxKind::SendMessage;
    record.payload = draft.toJson();
    record.state = state;
    record.firstWriteAt = at(writtenAt);
    record.lastWriteAt = at(writtenAt);
    return record;
}

Message sent(const QString &id, const QString &body, qint64 when)
{
    Message message;
    message.id = MessageId(id);
    message.contactId = ContactId(u"c1"_s);
    message.channel = Channel::Sms;
    message.direction = Direction::Outbound;
    message.source = u"api"_s;
    message.body = body;
    message.dateAdded = at(when);
    return message;
}

QString boundTo(const BindPlan &plan, const QString &record)
{
    for (const auto &pair : plan.bound) {
        if (pair.record.value == record)
            return pair.message.value;
    }
    return {};
}

} // namespace

class TestOutboxRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatAnAnswerProves_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("http");
        QTest::addColumn<int>("sent");
        QTest::addColumn<bool>("json");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("next");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, ErrorKind kind, int http, Sent sentAs, bool json, OutboxState next,
                            const QString &word, const QString &code = {}) {
            QTest::newRow(name) << int(kind) << http << int(sentAs) << json << code << int(next) << word;
        };
        using K = ErrorKind;
        using S = OutboxState;
        row("no connection", K::Offline, 0, Sent::No, false, S::Queued, u"offline"_s);
        row("no connection, but bytes may be out", K::Offline, 0, Sent::Unknown, false, S::Settling, u"unclear"_s);
        row("connect time-out", K::Timeout, 0, Sent::No, false, S::Queued, u"offline"_s);
        row("answer time-out", K::Timeout, 0, Sent::Unknown, false, S::Settling, u"unclear"_s);
        row("bad certificate", K::Tls, 0, Sent::No, false, S::Queued, u"tls"_s);
        row("portal known before", K::Portal, 0, Sent::No, false, S::Queued, u"portal"_s);
        row("HTML instead of an answer", K::Portal, 200, Sent::Yes, false, S::Settling, u"unclear"_s);
        row("redirect", K::Portal, 302, Sent::Yes, false, S::Settling, u"unclear"_s);
        row("cut answer", K::BadReply, 200, Sent::Yes, false, S::Settling, u"unclear"_s);
        row("a bad reply that forgot to say what was sent", K::BadReply, 0, Sent::No, false, S::Settling, u"unclear"_s);
        row("a defect that forgot to say what was sent", K::Internal, 0, Sent::No, false, S::Settling, u"unclear"_s);
        row("the owner went away", K::Cancelled, 0, Sent::No, false, S::Settling, u"unclear"_s);
        row("too many", K::RateLimited, 429, Sent::Yes, false, S::Queued, u"limited"_s);
        row("request time-out", K::Server, 408, Sent::Yes, true, S::Settling, u"unclear"_s);
        row("conflict", K::Server, 409, Sent::Yes, true, S::Settling, u"unclear"_s);
        row("server error", K::Server, 500, Sent::Yes, true, S::Settling, u"unclear"_s);
        row("gateway", K::Server, 502, Sent::Yes, false, S::Settling, u"unclear"_s);
        row("bad request", K::Invalid, 400, Sent::Yes, true, S::Rejected, u"invalid"_s);
        row("bad request from somebody else", K::Invalid, 400, Sent::Yes, false, S::Settling, u"unclear"_s);
        row("do not disturb", K::Invalid, 400, Sent::Yes, true, S::Rejected, u"dnd"_s, u"CONVERSATIONS_MSG_UNSUBSCRIBED_SMS"_s);
        row("forbidden", K::Forbidden, 403, Sent::Yes, true, S::Rejected, u"forbidden"_s);
        row("firewall page", K::Forbidden, 403, Sent::Yes, false, S::Settling, u"unclear"_s);
        row("gone", K::NotFound, 404, Sent::Yes, true, S::Rejected, u"not_found"_s);
        row("too large", K::Invalid, 413, Sent::Yes, true, S::Rejected, u"invalid"_s);
        row("wrong type", K::Invalid, 415, Sent::Yes, true, S::Rejected, u"invalid"_s);
        row("not valid", K::Invalid, 422, Sent::Yes, true, S::Rejected, u"invalid"_s);
        row("token", K::TokenRefused, 401, Sent::Yes, true, S::Held, u"sign_in"_s);
        row("scope", K::ScopeMissing, 401, Sent::Yes, true, S::Rejected, u"scope"_s);
        row("401 without the API's words", K::TokenRefused, 401, Sent::Yes, false, S::Settling, u"unclear"_s);
        row("no token", K::SignInNeeded, 0, Sent::No, false, S::Held, u"sign_in"_s);
        row("token call refused", K::SignInNeeded, 400, Sent::No, true, S::Held, u"sign_in"_s);
        row("locked keychain", K::KeyringLocked, 0, Sent::No, false, S::Held, u"keyring"_s);
    }
    void whatAnAnswerProves()
    {
        QFETCH(int, kind);
        QFETCH(int, http);
        QFETCH(int, sent);
        QFETCH(bool, json);
        QFETCH(QString, code);
        QFETCH(int, next);
        QFETCH(QString, word);
        Error error;
        error.kind = ErrorKind(kind);
        error.http = http;
        error.sent = Sent(sent);
        error.jsonError = json;
        error.code = code;
        for (const auto what : {OutboxKind::SendMessage, OutboxKind::CreateContact, OutboxKind::ContactTags, OutboxKind::ConversationRead}) {
            const Judgement judgement = judge(what, error);
            QCOMPARE(outboxStateWord(judgement.next), outboxStateWord(OutboxState(next)));
            QCOMPARE(judgement.code, word);
            QVERIFY(!judgement.reason.isEmpty());
            QVERIFY(mayFollow(OutboxState::Attempting, judgement.next));
        }
    }

    void absentNeedsTwoLooksFarApartAndLate()
    {
        const OutboxTimes times;
        LookLog log;
        log.closedAt = at(0);
        QVERIFY(!log.note(true, at(5), times));
        QVERIFY(!log.note(true, at(45), times));   // 40 s apart, but too early
        QVERIFY(!log.note(false, at(121), times)); // does not count
        QVERIFY(log.note(true, at(122), times));
        LookLog close;
        close.closedAt = at(0);
        QVERIFY(!close.note(true, at(125), times)); // one
        QVERIFY(!close.note(true, at(150), times)); // two, 25 s apart
        QVERIFY(close.note(true, at(155), times));
        LookLog unknownEnd;
        QVERIFY(!unknownEnd.note(true, at(0), times));
        QVERIFY(!unknownEnd.note(true, at(1000), times));
    }
    void looksFollowThePlanThenThinOut()
    {
        const OutboxTimes times;
        LookLog log;
        log.closedAt = at(0);
        QCOMPARE(log.nextLook(at(0), times), at(5));
        log.looks = 1;
        QCOMPARE(log.nextLook(at(6), times), at(15));
        log.looks = 3;
        QCOMPARE(log.nextLook(at(46), times), at(120));
        log.looks = 4;
        QCOMPARE(log.nextLook(at(121), times), at(151));
        log.looks = 30;
        QCOMPARE(log.nextLook(at(5000), times), at(5300));
        log.looks = 0; // found at start, long after
        QCOMPARE(log.nextLook(at(9000), times), at(9030));
    }
    void lookLogSurvivesItsJson()
    {
        LookLog log;
        log.closedAt = at(1);
        log.firstCounting = at(2);
        log.lastCounting = at(3);
        log.uncertainSince = at(4);
        log.looks = 5;
        log.late = 2;
        log.candidates = QStringList{u"a"_s, u"b"_s};
        const QJsonObject kept = log.into(QJsonObject{{u"tagsAdded"_s, true}});
        QVERIFY(kept.value(u"tagsAdded"_s).toBool());
        const LookLog back = LookLog::from(kept);
        QCOMPARE(back.closedAt, log.closedAt);
        QCOMPARE(back.firstCounting, log.firstCounting);
        QCOMPARE(back.lastCounting, log.lastCounting);
        QCOMPARE(back.uncertainSince, log.uncertainSince);
        QCOMPARE(back.looks, 5);
        QCOMPARE(back.late, 2);
        QCOMPARE(back.candidates, log.candidates);
    }

    void aPageMustReachBack()
    {
        OutboxRecord record = textRecord(u"r"_s, u"Hi"_s, 1000);
        record.watermark.newestDate = at(500);
        record.watermark.newestId = u"known"_s;
        QVERIFY(reachesBack(record, {}, true, 0ms));
        QVERIFY(!reachesBack(record, {}, false, 0ms));
        QVERIFY(!reachesBack(record, {sent(u"m"_s, u"x"_s, 900)}, false, 0ms));
        QVERIFY(reachesBack(record, {sent(u"m"_s, u"x"_s, 900), sent(u"n"_s, u"x"_s, 500)}, false, 0ms));
        QVERIFY(reachesBack(record, {sent(u"known"_s, u"x"_s, 900)}, false, 0ms));
        record.watermark = {};
        QVERIFY(!reachesBack(record, {sent(u"m"_s, u"x"_s, 995)}, false, 0ms));
        QVERIFY(reachesBack(record, {sent(u"m"_s, u"x"_s, 989)}, false, 0ms));
    }

    void oneMessageOneRecordOldestFirst()
    {
        const QVector<OutboxRecord> two{textRecord(u"b"_s, u"Hi"_s, 20), textRecord(u"a"_s, u"Hi"_s, 0)};
        auto plan = planBinding(two, {sent(u"m1"_s, u"Hi"_s, 1)}, at(60), 0ms, {});
        QCOMPARE(boundTo(plan, u"a"_s), u"m1"_s);
        QCOMPARE(plan.bound.size(), 1);
        plan = planBinding(two, {sent(u"m2"_s, u"Hi"_s, 22), sent(u"m1"_s, u"Hi"_s, 1)}, at(60), 0ms, {});
        QCOMPARE(boundTo(plan, u"a"_s), u"m1"_s);
        QCOMPARE(boundTo(plan, u"b"_s), u"m2"_s);
        QVERIFY(plan.undecided.isEmpty());
    }
    void moreMessagesThanRecordsIsNotGuessed()
    {
        const QVector<OutboxRecord> one{textRecord(u"a"_s, u"Hi"_s, 0)};
        const auto plan = planBinding(one, {sent(u"m2"_s, u"Hi"_s, 22), sent(u"m1"_s, u"Hi"_s, 1)}, at(60), 0ms, {});
        QVERIFY(plan.bound.isEmpty());
        QCOMPARE(plan.undecided.value(RecordId(u"a"_s)).size(), 2);
    }
    void whatIsUnderWayWaitsForItsOwnAnswer()
    {
        const QVector<OutboxRecord> both{textRecord(u"a"_s, u"Hi"_s, 0, OutboxState::Uncertain),
                                         textRecord(u"b"_s, u"Hi"_s, 20, OutboxState::Attempting)};
        auto plan = planBinding(both, {sent(u"m"_s, u"Hi"_s, 21)}, at(60), 0ms, {});
        QVERIFY(plan.bound.isEmpty());
        QVERIFY(plan.undecided.isEmpty());
        plan = planBinding({both[1]}, {sent(u"m"_s, u"Hi"_s, 21)}, at(60), 0ms, {});
        QCOMPARE(boundTo(plan, u"b"_s), u"m"_s);
    }
    void otherTextsDoNotDisturb()
    {
        const QVector<OutboxRecord> two{textRecord(u"a"_s, u"Hi"_s, 0), textRecord(u"b"_s, u"Call me at noon"_s, 1)};
        const auto plan = planBinding(two, {sent(u"m1"_s, u"Call me at noon"_s, 2), sent(u"m2"_s, u"Something else"_s, 3)}, at(60), 0ms, {});
        QCOMPARE(boundTo(plan, u"b"_s), u"m1"_s);
        QCOMPARE(plan.bound.size(), 1);
    }

    /// Among texts of a colleague, the lead's answers and other leads' threads, with words as the server wrote them.
    void eachArrivedTextIsBoundOnceAndNoStrangersIs()
    {
        test::Rewriting server(2);
        int arrivals = 0;
        for (const int many = test::rounds(1'000); arrivals < many;) {
            const QStringList texts{server.text(), server.text()};
            if (textsMatch(texts[0], texts[1]) || textsMatch(texts[1], texts[0]) || textsMatch(texts[1], server.other(texts[0]))
                || textsMatch(texts[0], server.other(texts[1])))
                continue; // one within the other may be either
            QVector<OutboxRecord> records;
            QVector<Message> messages;
            QHash<QString, int> arrived; // by text
            for (int i = server.below(4); i >= 0; --i) {
                const QString body = texts[server.below(2)];
                records.append(textRecord(u"r%1"_s.arg(i), body, server.below(5)));
                if (server.below(3) > 0) {
                    messages.append(sent(u"ours%1"_s.arg(i), server.rewritten(body), 5 + server.below(20)));
                    messages.last().userId = UserId(server.below(2) == 0 ? u"me"_s : QString());
                    ++arrived[body];
                    ++arrivals;
                }
                Message foreign = sent(u"strange%1"_s.arg(i), server.rewritten(body), 5 + server.below(20));
                const int why = server.below(5);
                foreign.userId = UserId(why == 0 ? u"colleague"_s : QString());
                foreign.direction = why == 1 ? Direction::Inbound : Direction::Outbound;
                foreign.contactId = ContactId(why == 2 ? u"c2"_s : u"c1"_s);
                foreign.dateAdded = why == 3 ? at(-30) : foreign.dateAdded;
                foreign.body = why == 4 ? server.rewritten(server.other(body)) : foreign.body;
                messages.append(foreign);
            }
            const auto plan = planBinding(records, messages, at(60), 0ms, UserId(u"me"_s));
            QHash<QString, int> bound;
            QSet<QString> used;
            for (const auto &pair : plan.bound) {
                QVERIFY2(pair.message.value.startsWith("ours"_L1), qPrintable(pair.message.value));
                QVERIFY(!used.contains(pair.message.value));
                used.insert(pair.message.value);
                const auto record = std::find_if(records.cbegin(), records.cend(), [&](const OutboxRecord &r) { return r.id == pair.record; });
                ++bound[MessageDraft::fromJson(record->payload).body];
            }
            QVERIFY(plan.undecided.isEmpty());
            QVERIFY(bound == arrived);
        }
    }
    void lanes()
    {
        OutboxRecord record = textRecord(u"a"_s, u"Hi"_s, 0);
        record.account = AccountId(u"A"_s);
        record.location = LocationId(u"L"_s);
        OutboxRecord elsewhere = record;
        elsewhere.account = AccountId(u"B"_s);
        QVERIFY(laneKey(record, record.contactId()) != laneKey(elsewhere, elsewhere.contactId()));
        const QSet<OutboxState> passed{OutboxState::Uncertain, OutboxState::Rejected, OutboxState::Quarantined,
                                       OutboxState::Accepted, OutboxState::Confirmed, OutboxState::Cancelled};
        for (int i = 0; i <= int(OutboxState::Quarantined); ++i) {
            record.state = OutboxState(i);
            record.hold = HoldReason::Undo;
            QCOMPARE(holdsLane(record), !passed.contains(record.state));
        }
        record.state = OutboxState::Held;
        record.hold = HoldReason::Ask;
        QVERIFY(!holdsLane(record));
    }
    void backOffGrowsToItsCap()
    {
        QCOMPARE(backOff(1, 1s, 300s, 1.0), 1000ms);
        QCOMPARE(backOff(1, 1s, 300s, 0.0), 500ms);
        QCOMPARE(backOff(4, 1s, 300s, 1.0), 8000ms);
        QCOMPARE(backOff(40, 1s, 300s, 1.0), 300'000ms);
        QCOMPARE(backOff(0, 1s, 300s, 1.0), 1000ms);
    }
};

QTEST_GUILESS_MAIN(TestOutboxRules)
#include "tst_outboxrules.moc"
