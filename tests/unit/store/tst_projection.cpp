// SPDX-License-Identifier: GPL-3.0-or-later
#include "storedata.h"

#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace outrigger::store;
using namespace storedata;
using namespace Qt::StringLiterals;

/// What the outbox lays over the server's rows, and how the two become one.
class TestProjection : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_number = 0;
    std::unique_ptr<Cache> m_cache;
    FakeClock m_clock{at(1000)};

    template <class T>
    T good(Result<T> result)
    {
        if (!result)
            qWarning("%s %s", qPrintable(result.error().code), qPrintable(result.error().message));
        return result.value_or(T());
    }
    QVector<MessageRow> threadOf(const QString &contact)
    {
        const auto row = good(await(m_cache->conversationFor(home, ContactId(contact))));
        return row ? good(await(m_cache->newestMessages(row->key, 100))).rows : QVector<MessageRow>();
    }
    QVector<ConversationRow> all()
    {
        const auto spine = good(await(m_cache->inboxSpine(inbox(Split::All))));
        return good(await(m_cache->conversationRows(spine.keys)));
    }
    void show(const OutboxRecord &record) { good(await(m_cache->project(record))); }
    void pull(const QVector<Message> &messages) { good(await(m_cache->putMessages(home, messages, std::nullopt))); }
    void pull(const QVector<Conversation> &talks) { good(await(m_cache->putConversations(home, talks, std::nullopt))); }
    void pull(const QVector<Contact> &contacts) { good(await(m_cache->putContacts(home, contacts, std::nullopt))); }

private Q_SLOTS:
    void init()
    {
        m_cache = std::make_unique<Cache>(m_dir.filePath(u"cache%1.sqlite"_s.arg(++m_number)));
        m_cache->setClock(m_clock);
        QVERIFY(await(m_cache->open()));
    }
    void cleanup() { m_cache.reset(); }

    /// A text of ours: record first, then the answer, a feed, the conversation, in every order. One bubble, one talk.
    void oneBubbleInEveryOrder_data()
    {
        QTest::addColumn<QString>("order");
        QString steps = u"ACMT"_s; // answer with the server id, conversation, message from a feed, message again
        std::sort(steps.begin(), steps.end());
        do {
            QTest::newRow(qPrintable(steps)) << steps;
        } while (std::next_permutation(steps.begin(), steps.end()));
    }
    void oneBubbleInEveryOrder()
    {
        QFETCH(QString, order);
        pull(QVector<Contact>{contact(u"c1"_s, u"Sarah"_s, u"Jones"_s)});
        auto record = textRecord(u"c1"_s, u"Is it still open?"_s, 100);
        show(record);
        const qint64 key = threadOf(u"c1"_s).first().key;
        const qint64 talkKey = all().first().key;
        auto server = message(u"s1"_s, u"t1"_s, u"c1"_s, 101, u"Is it still open?"_s, Direction::Outbound, u"sent"_s);
        for (const QChar step : order) {
            if (step == u'A') {
                record.state = OutboxState::Accepted;
                record.serverId = u"s1"_s;
                show(record);
            } else if (step == u'C') {
                pull(QVector<Conversation>{talk(u"t1"_s, u"c1"_s, 101, Direction::Outbound)});
            } else if (step == u'M') {
                pull(QVector<Message>{server});
            } else {
                server.status = u"delivered"_s;
                pull(QVector<Message>{server});
            }
        }
        const auto rows = threadOf(u"c1"_s);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().key, key);
        QCOMPARE(rows.first().record, record.id);
        QCOMPARE(rows.first().message.id.value, u"s1"_s);
        QVERIFY(rows.first().state == MessageState::Delivered);
        QCOMPARE(all().size(), 1);
        QCOMPARE(all().first().key, talkKey);
        QCOMPARE(all().first().id.value, u"t1"_s);
        QCOMPARE(good(await(m_cache->search(home, u"still open"_s, u"US"_s, 5))).size(), 1);
    }

    /// A new lead: contact and text made here; ids, contact, conversation and message come in every order.
    void newLeadInEveryOrder_data()
    {
        QTest::addColumn<QString>("order");
        QString steps = u"IPCMA"_s; // contact's id, contact from a feed, conversation, message, answer of the send
        std::sort(steps.begin(), steps.end());
        do {
            QTest::newRow(qPrintable(steps)) << steps;
        } while (std::next_permutation(steps.begin(), steps.end()));
    }
    void newLeadInEveryOrder()
    {
        QFETCH(QString, order);
        auto maker = record(OutboxKind::CreateContact, {}, 100);
        const ContactId local = ContactId::local(maker.id.value);
        ContactDraft draft;
        draft.localId = local;
        draft.firstName = u"Sarah"_s;
        draft.phone = u"+14075550101"_s;
        maker.payload = draft.toJson();
        show(maker);
        auto text = textRecord(local.value, u"Hello Sarah"_s, 101);
        text.state = OutboxState::Held;
        text.hold = HoldReason::Parent;
        show(text);
        QCOMPARE(all().size(), 1);
        QVERIFY(all().first().contactLocal);
        QCOMPARE(all().first().name, u"Sarah"_s);
        QCOMPARE(all().first().preview, u"Hello Sarah"_s);
        const qint64 talkKey = all().first().key;
        const qint64 bubble = threadOf(local.value).first().key;
        for (const QChar step : order) {
            if (step == u'I') {
                maker.state = OutboxState::Accepted;
                maker.serverId = u"c1"_s;
                show(maker);
            } else if (step == u'P') {
                auto c = contact(u"c1"_s, u"Sarah"_s, u"Jones"_s, u"+14075550101"_s);
                pull(QVector<Contact>{c});
            } else if (step == u'C') {
                pull(QVector<Conversation>{talk(u"t1"_s, u"c1"_s, 102, Direction::Outbound)});
            } else if (step == u'M') {
                pull(QVector<Message>{message(u"s1"_s, u"t1"_s, u"c1"_s, 102, u"Hello Sarah"_s, Direction::Outbound, u"delivered"_s)});
            } else {
                text.state = OutboxState::Accepted;
                text.hold = HoldReason::None;
                text.serverId = u"s1"_s;
                show(text);
            }
        }
        QCOMPARE(all().size(), 1);
        const auto row = all().first();
        QCOMPARE(row.key, talkKey);
        QCOMPARE(row.id.value, u"t1"_s);
        QCOMPARE(row.contactId.value, u"c1"_s);
        QCOMPARE(row.name, u"Sarah Jones"_s);
        const auto rows = threadOf(u"c1"_s);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().key, bubble);
        QVERIFY(rows.first().state == MessageState::Delivered);
        QCOMPARE(good(await(m_cache->totals(home))).contacts, 1);
        QCOMPARE(good(await(m_cache->findContacts(home, u"+14075550101"_s, u"US"_s, 5))).size(), 1);
        QCOMPARE(good(await(m_cache->contact(home, local)))->id.value, u"c1"_s); // who still knows the local id finds it
    }

    void undoTakesAllBack()
    {
        auto maker = record(OutboxKind::CreateContact, {}, 100);
        const ContactId local = ContactId::local(maker.id.value);
        ContactDraft draft;
        draft.localId = local;
        draft.firstName = u"Nobody"_s;
        maker.payload = draft.toJson();
        auto text = textRecord(local.value, u"oops"_s, 101);
        for (const bool textFirst : {true, false}) {
            maker.state = OutboxState::Queued;
            text.state = OutboxState::Held;
            show(maker);
            show(text);
            QCOMPARE(all().size(), 1);
            maker.state = text.state = OutboxState::Cancelled;
            show(textFirst ? text : maker);
            show(textFirst ? maker : text);
            QCOMPARE(all().size(), 0);
            QCOMPARE(good(await(m_cache->totals(home))).contacts, 0);
            QVERIFY(good(await(m_cache->search(home, u"oops"_s, u"US"_s, 5))).isEmpty());
            QVERIFY(good(await(m_cache->search(home, u"nobody"_s, u"US"_s, 5))).isEmpty());
        }
    }

    void undoGivesTheOldPreviewBack()
    {
        pull(QVector<Conversation>{talk(u"t1"_s, u"c1"_s, 50, Direction::Inbound, 1)});
        QCOMPARE(good(await(m_cache->inboxSpine(inbox(Split::NewLeads)))).keys.size(), 1);
        auto text = textRecord(u"c1"_s, u"reply"_s, 60, OutboxState::Held);
        show(text);
        QCOMPARE(all().first().preview, u"reply"_s);
        QVERIFY(all().first().lastState == MessageState::Held);
        QCOMPARE(good(await(m_cache->inboxSpine(inbox(Split::NewLeads)))).keys.size(), 0);
        text.state = OutboxState::Cancelled;
        show(text);
        QCOMPARE(all().first().preview, u"last of t1"_s);
        QCOMPARE(good(await(m_cache->inboxSpine(inbox(Split::NewLeads)))).keys.size(), 1);
    }

    void readIsLaidOver()
    {
        pull(QVector<Conversation>{talk(u"t1"_s, u"c1"_s, 50, Direction::Inbound, 3)});
        auto read = record(OutboxKind::ConversationRead, ReadChange{ContactId(u"c1"_s), ConversationId(u"t1"_s), 0, true}.toJson(), 60);
        show(read);
        QCOMPARE(all().first().unread, 0);
        QVERIFY(all().first().starred);
        auto server = talk(u"t1"_s, u"c1"_s, 50, Direction::Inbound, 3);
        server.dateUpdated = at(61);
        pull(QVector<Conversation>{server}); // the base may change underneath
        QCOMPARE(all().first().unread, 0);
        read.state = OutboxState::Rejected;
        show(read);
        QCOMPARE(all().first().unread, 3);
        QVERIFY(!all().first().starred);

        auto again = record(OutboxKind::ConversationRead, ReadChange{ContactId(u"c1"_s), ConversationId(u"t1"_s), 0, {}}.toJson(), 62);
        show(again);
        again.state = OutboxState::Accepted;
        show(again);
        QCOMPARE(all().first().unread, 0);
        server.dateUpdated = at(62);
        pull(QVector<Conversation>{server}); // a list that lags behind
        QCOMPARE(all().first().unread, 0);
        auto fresh = talk(u"t1"_s, u"c1"_s, 63, Direction::Inbound, 1); // they wrote again: that is news
        pull(QVector<Conversation>{fresh});
        QCOMPARE(all().first().unread, 1);
        m_clock.advance(std::chrono::seconds(31));
        auto late = talk(u"t1"_s, u"c1"_s, 63, Direction::Inbound, 4);
        late.dateUpdated = at(64);
        pull(QVector<Conversation>{late});
        QCOMPARE(all().first().unread, 4);
    }

    void tagsAreLaidOver()
    {
        auto c = contact(u"c1"_s, u"A"_s, u"B"_s);
        pull(QVector<Contact>{c});
        pull(QVector<Conversation>{talk(u"t1"_s, u"c1"_s, 50)});
        auto change = record(OutboxKind::ContactTags, TagChange{ContactId(u"c1"_s), {u"hot"_s}, {u"lead"_s}}.toJson(), 60);
        show(change);
        const auto tags = [this] { return good(await(m_cache->contact(home, ContactId(u"c1"_s))))->tags; };
        QCOMPARE(tags(), QStringList{u"hot"_s});
        QCOMPARE(all().first().tags, QStringList{u"hot"_s});
        c.tags = {u"lead"_s, u"vip"_s};
        c.dateUpdated = at(61);
        pull(QVector<Contact>{c});
        QCOMPARE(tags(), (QStringList{u"vip"_s, u"hot"_s}));
        change.state = OutboxState::Accepted;
        show(change);
        c.dateUpdated = at(62);
        pull(QVector<Contact>{c}); // lags behind
        QCOMPARE(tags(), (QStringList{u"vip"_s, u"hot"_s}));
        change.state = OutboxState::Confirmed;
        show(change);
        m_clock.advance(std::chrono::seconds(31));
        c.tags = {u"else"_s};
        c.dateUpdated = at(63);
        pull(QVector<Contact>{c});
        QCOMPARE(tags(), QStringList{u"else"_s});
        show(change); // once more changes nothing
        QCOMPARE(tags(), QStringList{u"else"_s});
        auto refused = record(OutboxKind::ContactTags, TagChange{ContactId(u"c1"_s), {u"no"_s}, {}}.toJson(), 70);
        show(refused);
        refused.state = OutboxState::Rejected;
        show(refused);
        QCOMPARE(tags(), QStringList{u"else"_s});
    }

    void canBeRebuilt()
    {
        pull(QVector<Contact>{contact(u"c1"_s, u"A"_s, u"B"_s)});
        pull(QVector<Conversation>{talk(u"t1"_s, u"c1"_s, 50, Direction::Inbound, 2)});
        auto maker = record(OutboxKind::CreateContact, {}, 100);
        ContactDraft draft;
        draft.localId = ContactId::local(maker.id.value);
        draft.firstName = u"Local"_s;
        maker.payload = draft.toJson();
        auto accepted = textRecord(u"c1"_s, u"accepted"_s, 101, OutboxState::Accepted);
        accepted.serverId = u"s1"_s;
        const QVector<OutboxRecord> records{maker, textRecord(draft.localId.value, u"to local"_s, 101), textRecord(u"c1"_s, u"waiting"_s, 102), accepted,
                                            record(OutboxKind::ConversationRead, ReadChange{ContactId(u"c1"_s), {}, 0, {}}.toJson(), 103),
                                            record(OutboxKind::ContactTags, TagChange{ContactId(u"c1"_s), {u"hot"_s}, {}}.toJson(), 104)};
        for (const auto &one : records)
            show(one);
        const auto picture = [this] {
            QStringList lines;
            for (const auto &row : all()) {
                lines.append(row.id.value + row.contactId.value + row.name + row.preview + QString::number(row.unread) + row.tags.join(u','));
                const auto messages = good(await(m_cache->newestMessages(row.key, 100))).rows;
                for (const auto &message : messages)
                    lines.append(message.record.value + message.message.id.value + message.message.body + stateKey(message.state));
            }
            return lines;
        };
        const QStringList before = picture();
        QVERIFY(before.size() >= 5);
        QVERIFY(await(m_cache->rebuildProjection(records)));
        QCOMPARE(picture(), before);
        QVERIFY(await(m_cache->rebuildProjection({})));
        QCOMPARE(all().size(), 1);
        QCOMPARE(all().first().unread, 2);
        QCOMPARE(threadOf(u"c1"_s).size(), 1); // what HighLevel has
    }

    void statesOfABubble_data()
    {
        QTest::addColumn<OutboxState>("state");
        QTest::addColumn<QString>("status");
        QTest::addColumn<MessageState>("shown");
        QTest::newRow("waiting") << OutboxState::Queued << QString() << MessageState::Waiting;
        QTest::newRow("sending") << OutboxState::Attempting << QString() << MessageState::Sending;
        QTest::newRow("unsure") << OutboxState::Uncertain << QString() << MessageState::NeedsYou;
        QTest::newRow("refused") << OutboxState::Rejected << QString() << MessageState::Failed;
        QTest::newRow("accepted") << OutboxState::Accepted << QString() << MessageState::Accepted;
        QTest::newRow("failed there") << OutboxState::Accepted << u"undelivered"_s << MessageState::Failed;
        QTest::newRow("read") << OutboxState::Confirmed << u"read"_s << MessageState::Read;
    }
    void statesOfABubble()
    {
        QFETCH(OutboxState, state);
        QFETCH(QString, status);
        QFETCH(MessageState, shown);
        auto text = textRecord(u"c1"_s, u"x"_s, 100, state);
        if (!status.isEmpty())
            text.serverId = u"s1"_s;
        show(text);
        if (!status.isEmpty())
            pull(QVector<Message>{message(u"s1"_s, u"t1"_s, u"c1"_s, 101, u"x"_s, Direction::Outbound, status)});
        QVERIFY(threadOf(u"c1"_s).first().state == shown);
    }
};

QTEST_GUILESS_MAIN(TestProjection)
#include "tst_projection.moc"
