// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/enginerun.h"

#include <QJsonDocument>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

/// Whose lead it is, from the outbox to the practice account's ledger.
class TestAssign : public QObject, private test::EngineRun
{
    Q_OBJECT

    ContactId m_lead;
    UserId m_before, m_gary, m_me;

    RecordId assign(const UserId &to, const UserId &from)
    {
        const auto record = await(m_engine->outbox().submitAssign(*m_engine->account(), {m_lead, to, from}, {}));
        return record ? *record : RecordId();
    }
    int writes() const
    {
        return requests("PUT", [](const QString &path) { return path.startsWith(u"/contacts/"_s); });
    }
    UserId onTheServer() const
    {
        const auto index = m_server->world().contact(m_lead.value);
        return UserId(m_server->world().userId(m_server->world().contacts[*index].assigned));
    }
    UserId shown()
    {
        const auto contact = await(m_engine->cache().contact(location(), m_lead));
        return contact && *contact ? (*contact)->assignedTo : UserId(u"?"_s);
    }
    std::optional<ConversationRow> row()
    {
        const auto found = await(m_engine->cache().conversationFor(location(), m_lead));
        return found ? *found : std::nullopt;
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(serve({40, 10, 60, 0}));
        QVERIFY(open() && sync());
        const auto users = await(m_engine->cache().reference(location()));
        QVERIFY(users && users->users.size() >= 2);
        m_me = users->users.at(0).id;
        m_gary = users->users.at(1).id;
        InboxQuery query;
        query.location = location();
        const auto spine = await(m_engine->cache().inboxSpine(query));
        QVERIFY(spine && !spine->keys.isEmpty());
        m_lead = await(m_engine->cache().conversationRows({spine->keys.first()}))->first().contactId;
        m_before = onTheServer();
    }
    void cleanup() { close(); }

    void theLeadIsTheirsExactlyOnce()
    {
        const UserId to = m_before == m_gary ? m_me : m_gary;
        const auto id = assign(to, m_before);
        QCOMPARE(shown(), to); // before anybody has answered
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(), to);
        QCOMPARE(writes(), 1);
        QVERIFY(row() && row()->assignedTo == to);
        QVERIFY(sync()); // and what the server says now is the same
        QCOMPARE(shown(), to);
        QVERIFY(row()->assignedTo == to);
    }
    void nobodyIsAnAnswerToo()
    {
        const auto given = assign(m_gary, m_before);
        QTRY_COMPARE_WITH_TIMEOUT(state(given), u"confirmed"_s, 20'000);
        const auto taken = assign({}, m_gary);
        QVERIFY(shown().isEmpty() && row()->assignedTo.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(state(taken), u"confirmed"_s, 20'000);
        QVERIFY(onTheServer().isEmpty());
        InboxQuery query;
        query.location = location();
        query.split = Split::Unassigned;
        query.now = QDateTime::currentDateTimeUtc();
        QVERIFY(await(m_engine->cache().inboxSpine(query))->keys.contains(row()->key));
    }
    void whatWasUndoneBeforeItLeftIsNotWritten()
    {
        m_engine->setWorkOffline(true);
        const UserId to = m_before == m_gary ? m_me : m_gary;
        const auto first = assign(to, m_before);
        QVERIFY(shown() == to && row()->assignedTo == to);
        const auto undone = assign(m_before, to);
        QCOMPARE(state(first), u"cancelled"_s); // its place was taken
        QTRY_COMPARE(shown(), m_before);
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(state(undone), u"confirmed"_s, 20'000);
        QCOMPARE(writes(), 0);
        QCOMPARE(onTheServer(), m_before);
    }
    void aFasterTeammateIsNotOverwritten()
    {
        const UserId mine = m_before == m_gary ? m_me : m_gary;
        const UserId choices[] = {m_me, m_gary, UserId()};
        const auto *other = std::find_if(std::begin(choices), std::end(choices), [&](const UserId &one) { return one != mine && one != m_before; });
        QVERIFY(other != std::end(choices));
        const UserId theirs = *other;
        const auto index = *m_server->world().contact(m_lead.value);
        m_server->world().contacts[index].assigned = theirs.isEmpty() ? qint16{-1} : static_cast<qint16>(m_server->world().userIndex(theirs.value));
        const auto id = assign(mine, m_before);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QCOMPARE(record(id).reasonCode, u"assigned_elsewhere"_s);
        QCOMPARE(writes(), 0);
        QCOMPARE(onTheServer(), theirs);
        QTRY_COMPARE(shown(), m_before); // ours is not laid over it any more
        // Who tries again has read that and means it.
        const auto again = await(m_engine->outbox().retry(id));
        QVERIFY(again);
        QTRY_COMPARE_WITH_TIMEOUT(state(again->id), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(), mine);
        QCOMPARE(writes(), 1);
    }
};

QTEST_GUILESS_MAIN(TestAssign)
#include "tst_assign.moc"
