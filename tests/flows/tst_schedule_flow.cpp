// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/server.h"
#include "support/waitfor.h"
#include "sync/engine.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

/// Texts for later, from the outbox to the practice account's ledger.
class TestScheduleFlow : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<sync::Engine> m_engine;
    Contact m_lead;

    LocationId location() const { return LocationId(m_server->locationId()); }

    void startEngine(bool offline = false)
    {
        m_engine.reset();
        auto profile = Profile::open(m_folder->path());
        QVERIFY(profile && profile->lock());
        sync::EngineOptions options;
        options.pull = false;
        options.offline = offline;
        options.server = QUrl(m_server->url());
        options.sessionToken = m_server->token();
        options.sessionLocation = location();
        m_engine = std::make_unique<sync::Engine>(*profile, options);
        QVERIFY(await(m_engine->start()));
    }
    RecordId later(int seconds, bool cancelOnReply = false)
    {
        MessageDraft draft;
        draft.contactId = m_lead.id;
        draft.body = u"See you on Monday."_s;
        draft.sendAt = QDateTime::currentDateTimeUtc().addSecs(seconds);
        draft.cancelOnReply = cancelOnReply;
        const auto record = await(m_engine->outbox().submitMessage(*m_engine->account(), draft, {}));
        return record ? *record : RecordId();
    }
    OutboxRecord record(const RecordId &id)
    {
        const auto found = await(m_engine->outbox().record(id));
        return found && *found ? **found : OutboxRecord();
    }
    QString state(const RecordId &id) { return outboxStateWord(record(id).state); }
    int requests(const char *method, const QString &ending) const
    {
        int count = 0;
        for (const auto &entry : m_server->ledger().entries())
            count += entry.method == method && entry.path.endsWith(ending) ? 1 : 0;
        return count;
    }
    std::optional<practice::State> onTheServer(const RecordId &id)
    {
        const auto index = m_server->world().message(record(id).serverId);
        if (!index || m_server->world().messages[*index].deleted)
            return std::nullopt;
        return m_server->world().messages[*index].state;
    }
    std::optional<MessageRow> bubble(const RecordId &id)
    {
        const auto row = await(m_engine->cache().conversationFor(location(), m_lead.id));
        if (!row || !*row)
            return std::nullopt;
        const auto page = await(m_engine->cache().newestMessages((*row)->key, 100));
        if (!page)
            return std::nullopt;
        for (const MessageRow &message : page->rows) {
            if (message.record == id)
                return message;
        }
        return std::nullopt;
    }
    RecordId takeBack(const RecordId &id)
    {
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        const auto cancel = await(m_engine->outbox().submitScheduleCancel(*m_engine->account(), {m_lead.id, MessageId(record(id).serverId)}, options));
        return cancel ? *cancel : RecordId();
    }
    /// seconds 0: now
    RecordId change(const RecordId &id, const QString &body, int seconds)
    {
        MessageDraft draft = MessageDraft::fromJson(record(id).payload);
        draft.body = body;
        draft.sendAt = seconds > 0 ? QDateTime::currentDateTimeUtc().addSecs(seconds) : QDateTime();
        const auto changed = await(m_engine->outbox().submitReplacement(*m_engine->account(), {m_lead.id, MessageId(record(id).serverId)}, draft, {}));
        return changed ? *changed : RecordId();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        practice::Options options;
        options.size = {50, 0, 20, 0};
        options.rate = practice::Rate::Off;
        options.quiet = true;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
        startEngine();
        QVERIFY(await(m_engine->syncNow({}, false), 60'000));
        const auto spine = await(m_engine->cache().contactSpine(location(), {}, store::ContactSort::Name));
        const auto rows = await(m_engine->cache().contactRows(spine->keys));
        for (const ContactRow &row : *rows) {
            if (!row.contact.phone.isEmpty() && row.contact.smsDnd() == DndStatus::Inactive && !row.contact.dnd)
                m_lead = row.contact;
        }
        QVERIFY(!m_lead.id.isEmpty());
    }
    void cleanup()
    {
        m_engine.reset();
        m_server.reset();
    }

    void aTextForLaterIsKeptByHighLevelAndShownAsScheduled()
    {
        const RecordId id = later(3600);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"accepted"_s, 40'000);
        QCOMPARE(onTheServer(id), practice::State::Scheduled);
        QTRY_VERIFY(bubble(id) && bubble(id)->state == MessageState::Scheduled);
        QCOMPARE(bubble(id)->dueAt.toSecsSinceEpoch(), MessageDraft::fromJson(record(id).payload).sendAt.toSecsSinceEpoch());
        const QJsonObject body = QJsonDocument::fromJson([this] {
            for (const auto &entry : m_server->ledger().entries()) {
                if (entry.method == "POST" && entry.path == "/conversations/messages"_L1)
                    return entry.body;
            }
            return QByteArray();
        }()).object();
        const qint64 stamp = body.value("scheduledTimestamp"_L1).toInteger();
        QVERIFY2(qAbs(stamp - (QDateTime::currentSecsSinceEpoch() + 3600)) < 60, "seconds, not milliseconds");
        QVERIFY(await(m_engine->syncNow({u"messages"_s}, false), 30'000));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 40'000);
        QTRY_VERIFY(bubble(id) && bubble(id)->state == MessageState::Scheduled);
        QCOMPARE(requests("POST", u"/conversations/messages"_s), 1);
    }
    void itIsTakenBackOnceAndItsBubbleGoes()
    {
        const RecordId id = later(3600);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"accepted"_s, 40'000);
        const RecordId first = takeBack(id);
        QCOMPARE(takeBack(id), first); // pressed twice
        QTRY_COMPARE_WITH_TIMEOUT(state(first), u"confirmed"_s, 40'000);
        QVERIFY(!onTheServer(id));
        QTRY_VERIFY(!bubble(id));
        QCOMPARE(requests("DELETE", u"/schedule"_s), 1);
    }
    void aPageThatWasReadBeforeItWasTakenBackDoesNotBringItBack()
    {
        const RecordId id = later(3600);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"accepted"_s, 40'000);
        QVERIFY(await(m_engine->syncNow({u"messages"_s}, false), 30'000));
        QTRY_VERIFY(bubble(id) && !bubble(id)->message.id.isEmpty());
        const Message read = bubble(id)->message;
        const RecordId cancel = takeBack(id);
        QTRY_COMPARE_WITH_TIMEOUT(state(cancel), u"confirmed"_s, 40'000);
        QTRY_VERIFY(!bubble(id));
        QVector<Message> page{read};
        QVERIFY(await(m_engine->cache().putMessages(location(), page, std::nullopt)));
        QVERIFY(!bubble(id));
        const auto list = await(m_engine->cache().scheduled(location(), {}));
        QVERIFY(list && std::none_of(list->begin(), list->end(), [&](const ScheduledText &text) { return text.row.message.id == read.id; }));
    }
    void oneThatHasLeftCannotBeTakenBackAndThatIsSaid()
    {
        const RecordId id = later(3600);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"accepted"_s, 40'000);
        const auto index = m_server->world().message(record(id).serverId);
        QVERIFY(index);
        m_server->world().messages[*index].state = practice::State::Sent; // it left a moment ago
        const RecordId cancel = takeBack(id);
        QTRY_COMPARE_WITH_TIMEOUT(state(cancel), u"rejected"_s, 40'000);
        QCOMPARE(record(cancel).reasonCode, u"too_late"_s);
        QVERIFY(bubble(id));
        QCOMPARE(requests("DELETE", u"/schedule"_s), 1);
    }
    void aChangedTextIsKeptOnlyOnceTheOldOneIsTakenBack()
    {
        const RecordId old = later(3600);
        QTRY_COMPARE_WITH_TIMEOUT(state(old), u"accepted"_s, 40'000);
        const RecordId changed = change(old, u"See you on Tuesday."_s, 7200);
        QVERIFY(!changed.isEmpty());
        QVERIFY(change(old, u"Or on Friday."_s, 7200).isEmpty()); // one change at a time
        QTRY_COMPARE_WITH_TIMEOUT(state(changed), u"accepted"_s, 40'000);
        QVERIFY(!onTheServer(old));
        QCOMPARE(onTheServer(changed), practice::State::Scheduled);
        QTRY_VERIFY(!bubble(old));
        QTRY_VERIFY(bubble(changed) && bubble(changed)->state == MessageState::Scheduled);
        const auto list = await(m_engine->cache().scheduled(location(), {}));
        QVERIFY(list);
        QCOMPARE(std::count_if(list->begin(), list->end(), [&](const ScheduledText &text) { return text.contact.id == m_lead.id; }), 1);
        QCOMPARE(requests("DELETE", u"/schedule"_s), 1);
        QCOMPARE(requests("POST", u"/conversations/messages"_s), 2);
    }
    void theChangeOfOneThatHasLeftIsNotSentAndThatIsSaid()
    {
        const RecordId old = later(3600);
        QTRY_COMPARE_WITH_TIMEOUT(state(old), u"accepted"_s, 40'000);
        const auto index = m_server->world().message(record(old).serverId);
        QVERIFY(index);
        m_server->world().messages[*index].state = practice::State::Sent;
        const RecordId changed = change(old, u"See you on Tuesday."_s, 7200);
        QTRY_COMPARE_WITH_TIMEOUT(state(changed), u"rejected"_s, 40'000);
        QCOMPARE(record(changed).reasonCode, u"too_late"_s);
        QVERIFY(record(changed).reason.contains(u"not sent"_s));
        QCOMPARE(requests("POST", u"/conversations/messages"_s), 1);
    }
    void aChangeMadeOfflineSurvivesARestart()
    {
        const RecordId old = later(3600);
        QTRY_COMPARE_WITH_TIMEOUT(state(old), u"accepted"_s, 40'000);
        m_engine->setWorkOffline(true);
        const RecordId changed = change(old, u"See you on Tuesday."_s, 7200);
        QCOMPARE(record(changed).hold, HoldReason::Parent);
        startEngine();
        QTRY_COMPARE_WITH_TIMEOUT(state(changed), u"accepted"_s, 40'000);
        QVERIFY(!onTheServer(old));
        QCOMPARE(onTheServer(changed), practice::State::Scheduled);
        QCOMPARE(requests("DELETE", u"/schedule"_s), 1);
        QCOMPARE(requests("POST", u"/conversations/messages"_s), 2);
    }
    void aChangeThatIsTakenBackOfflineLeavesTheOldOne()
    {
        const RecordId old = later(3600);
        QTRY_COMPARE_WITH_TIMEOUT(state(old), u"accepted"_s, 40'000);
        m_engine->setWorkOffline(true);
        const RecordId changed = change(old, u"See you on Tuesday."_s, 7200);
        QVERIFY(!changed.isEmpty());
        QVERIFY(await(m_engine->outbox().cancel(changed)));
        m_engine->setWorkOffline(false);
        const RecordId after = later(1800); // what comes later has left by the time that this one has
        QTRY_COMPARE_WITH_TIMEOUT(state(after), u"accepted"_s, 40'000);
        QCOMPARE(onTheServer(old), practice::State::Scheduled);
        QCOMPARE(requests("DELETE", u"/schedule"_s), 0);
    }
    void aReplyTakesItBackAlsoAfterARestart()
    {
        const RecordId kept = later(3600, false);
        const RecordId watched = later(3600, true);
        QTRY_COMPARE_WITH_TIMEOUT(state(watched), u"accepted"_s, 40'000);
        QTRY_COMPARE_WITH_TIMEOUT(state(kept), u"accepted"_s, 40'000);
        startEngine();
        const auto contact = m_server->world().contact(m_lead.id.value);
        QVERIFY(contact);
        m_server->people().inbound(*contact, u"Never mind, found someone."_s);
        QVERIFY(await(m_engine->syncNow({u"conversations"_s, u"messages"_s}, false), 30'000));
        QTRY_VERIFY_WITH_TIMEOUT(!onTheServer(watched), 40'000);
        QCOMPARE(onTheServer(kept), practice::State::Scheduled);
        QCOMPARE(requests("DELETE", u"/schedule"_s), 1);
    }
    void aMomentThatPassedOfflineIsAskedAboutAndNotSentLate()
    {
        startEngine(true);
        const RecordId id = later(3);
        QVERIFY(!id.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentDateTimeUtc() > MessageDraft::fromJson(record(id).payload).sendAt, 10'000);
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(record(id).hold, HoldReason::Ask, 40'000);
        QCOMPARE(record(id).reasonCode, u"moment_passed"_s);
        QCOMPARE(requests("POST", u"/conversations/messages"_s), 0);
        QVERIFY(await(m_engine->outbox().release(id))); // the person says: now
        QTRY_VERIFY_WITH_TIMEOUT(record(id).state == OutboxState::Accepted || record(id).state == OutboxState::Rejected, 40'000);
        QVERIFY2(record(id).state == OutboxState::Accepted, qPrintable(record(id).reason));
        QVERIFY(onTheServer(id) && *onTheServer(id) != practice::State::Scheduled);
        QCOMPARE(requests("POST", u"/conversations/messages"_s), 1);
    }
    void whoTriesAgainWhenTheMomentIsOverMeansNow()
    {
        QString why;
        QVERIFY2(m_server->faults().add({{u"kind"_s, u"status"_s}, {u"status"_s, 400}, {u"body"_s, QJsonObject{{u"statusCode"_s, 400}, {u"message"_s, u"no"_s}}},
                                         {u"match"_s, QJsonObject{{u"method"_s, u"POST"_s}, {u"path"_s, u"/conversations/messages"_s}}}}, &why), qPrintable(why));
        const RecordId id = later(3);
        QVERIFY(!id.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 40'000);
        QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentDateTimeUtc() > MessageDraft::fromJson(record(id).payload).sendAt, 10'000);
        const auto second = await(m_engine->outbox().retry(id));
        QVERIFY(second);
        QTRY_COMPARE_WITH_TIMEOUT(state(second->id), u"accepted"_s, 40'000);
        QVERIFY(onTheServer(second->id) && *onTheServer(second->id) != practice::State::Scheduled);
    }
    void aTimeThatIsOverIsNotTaken()
    {
        QVERIFY(later(-1).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestScheduleFlow)
#include "tst_schedule_flow.moc"
