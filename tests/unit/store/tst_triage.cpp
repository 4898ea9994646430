// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/store/storedata.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace storedata;
using namespace Qt::StringLiterals;

/// What the morning's work asks of the cache: filters, places in a conversation, what came meanwhile.
class TestTriage : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<store::Cache> m_cache;

    template <class T>
    static T good(Result<T> result)
    {
        if (!result)
            qFatal("%s", qPrintable(result.error().message));
        return std::move(*result);
    }
    QStringList ids(const InboxQuery &query)
    {
        const auto spine = good(await(m_cache->inboxSpine(query)));
        QStringList list;
        for (const auto &row : good(await(m_cache->conversationRows(spine.keys))))
            list << row.id.value;
        return list;
    }
    qint64 key(const QString &talkId) { return (**await(m_cache->conversation(home, ConversationId(talkId)))).key; }
    QString bodyOf(qint64 message)
    {
        const auto rows = good(await(m_cache->messageRows({message})));
        return rows.isEmpty() ? QString() : rows.first().message.body;
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_cache = std::make_unique<store::Cache>(m_dir->filePath(u"cache.sqlite"_s));
        QVERIFY(await(m_cache->open()).has_value());
        QVector<Contact> contacts;
        QVector<Conversation> talks;
        for (int i = 0; i < 6; ++i) {
            auto c = contact(u"c%1"_s.arg(i), u"First%1"_s.arg(i), u"Last"_s);
            if (i % 2)
                c.tags << u"Hot lead"_s;
            contacts << c;
            auto t = talk(u"t%1"_s.arg(i), c.id.value, 100 + i, i < 3 ? Direction::Inbound : Direction::Outbound, i == 1 ? 2 : 0);
            t.starred = i == 2;
            t.lastMessageChannel = i == 4 ? Channel::Email : Channel::Sms;
            t.assignedTo = i == 0 ? UserId(u"me"_s) : i == 1 ? UserId(u"gary"_s) : UserId();
            talks << t;
        }
        QVERIFY(await(m_cache->putContacts(home, contacts, {})).has_value());
        QVERIFY(await(m_cache->putConversations(home, talks, {})).has_value());
    }

    void filtersLeaveWhatTheySay_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QStringList>("left");
        QTest::newRow("none") << QByteArray("{}") << QStringList{u"t5"_s, u"t4"_s, u"t3"_s, u"t2"_s, u"t1"_s, u"t0"_s};
        QTest::newRow("unread") << QByteArray(R"({"unread":true})") << QStringList{u"t1"_s};
        QTest::newRow("starred") << QByteArray(R"({"starred":true})") << QStringList{u"t2"_s};
        QTest::newRow("channel") << QByteArray(R"({"channels":["email","call"]})") << QStringList{u"t4"_s};
        QTest::newRow("mine") << QByteArray(R"({"who":"me"})") << QStringList{u"t0"_s};
        QTest::newRow("nobody's") << QByteArray(R"({"who":"nobody","last":"inbound"})") << QStringList{u"t2"_s};
        QTest::newRow("gary's") << QByteArray(R"({"who":"user","user":"gary"})") << QStringList{u"t1"_s};
        QTest::newRow("tag, any case") << QByteArray(R"({"tag":"hot LEAD"})") << QStringList{u"t5"_s, u"t3"_s, u"t1"_s};
        QTest::newRow("we wrote last") << QByteArray(R"({"last":"outbound"})") << QStringList{u"t5"_s, u"t4"_s, u"t3"_s};
        QTest::newRow("tag and unread") << QByteArray(R"({"tag":"hot lead","unread":true})") << QStringList{u"t1"_s};
        QTest::newRow("lately") << QByteArray(R"({"withinDays":1})") << QStringList{};
        QTest::newRow("long ago") << QByteArray(R"({"olderDays":1,"starred":true})") << QStringList{u"t2"_s};
    }
    void filtersLeaveWhatTheySay()
    {
        QFETCH(QByteArray, filter);
        QFETCH(QStringList, left);
        auto query = inbox(Split::All);
        query.filter = InboxFilter::fromJson(QJsonDocument::fromJson(filter).object());
        QCOMPARE(ids(query), left);
        QCOMPARE(good(await(m_cache->inboxSizes({query, inbox(Split::All)}))), (QVector<int>{int(left.size()), 6}));
        query.oldestFirst = true;
        std::reverse(left.begin(), left.end());
        QCOMPARE(ids(query), left);
    }
    void anUnsentTagIsFilteredBy()
    {
        TagChange change;
        change.contactId = ContactId(u"c4"_s);
        change.add = {u"hot lead"_s};
        QVERIFY(await(m_cache->project(record(OutboxKind::ContactTags, change.toJson(), 200))).has_value());
        auto query = inbox(Split::All);
        query.filter.tag = u"Hot lead"_s;
        QCOMPARE(ids(query), (QStringList{u"t5"_s, u"t4"_s, u"t3"_s, u"t1"_s}));
    }
    void repliesBeginWithTheLongestWait()
    {
        QCOMPARE(ids(inbox(Split::Replies)), (QStringList{u"t0"_s, u"t1"_s, u"t2"_s}));
        auto query = inbox(Split::Replies);
        query.filter.unread = true;
        QCOMPARE(ids(query), QStringList{u"t1"_s});
        query.filter = {};
        query.oldestFirst = false;
        QCOMPARE(ids(query), (QStringList{u"t2"_s, u"t1"_s, u"t0"_s}));
    }

    void wordsAreFoundInTheWholeConversation()
    {
        QVector<Message> list;
        for (int i = 0; i < 3'000; ++i)
            list << message(u"m%1"_s.arg(i), u"t0"_s, u"c0"_s, i, i % 1000 == 7 ? u"the Café on Main, %1"_s.arg(i) : u"text %1"_s.arg(i));
        list << message(u"x"_s, u"t1"_s, u"c1"_s, 5, u"café elsewhere"_s);
        auto mail = message(u"mail"_s, u"t0"_s, u"c0"_s, 3'001, {});
        mail.subject = u"About the cafe"_s;
        list << mail;
        QVERIFY(await(m_cache->putMessages(home, list, {})).has_value());
        const auto hits = good(await(m_cache->findInThread(key(u"t0"_s), u" CAFE "_s)));
        QStringList found;
        for (const qint64 hit : hits.keys)
            found << bodyOf(hit);
        QCOMPARE(found, (QStringList{u"the Café on Main, 7"_s, u"the Café on Main, 1007"_s, u"the Café on Main, 2007"_s, QString()}));
        QCOMPARE(hits.oldest, at(0));
        QVERIFY(!hits.complete); // HighLevel may have older ones
        QVERIFY(good(await(m_cache->findInThread(key(u"t0"_s), u"nowhere"_s))).keys.isEmpty());
        QVERIFY(good(await(m_cache->findInThread(key(u"t0"_s), u"  "_s))).keys.isEmpty());
        // What leads from there to what is shown is one page with some rows above it.
        const auto page = good(await(m_cache->messagesFrom(key(u"t0"_s), hits.keys.at(1), hits.keys.at(2))));
        QCOMPARE(page.rows.size(), 1000 + 20);
        QCOMPARE(page.rows.at(20).key, hits.keys.at(1));
        QVERIFY(!page.atStart);
        const auto first = good(await(m_cache->messagesFrom(key(u"t0"_s), hits.keys.at(0), hits.keys.at(1))));
        QCOMPARE(first.rows.first().message.body, u"text 0"_s);
        QVERIFY(first.atStart);
    }
    void aDayIsTheFirstMessageFromThenOn()
    {
        QVERIFY(await(m_cache->putMessages(home, {message(u"a"_s, u"t0"_s, u"c0"_s, 10, u"one"_s), message(u"b"_s, u"t0"_s, u"c0"_s, 20, u"two"_s)}, {})).has_value());
        QCOMPARE(bodyOf(good(await(m_cache->messageAt(key(u"t0"_s), at(0))))), u"one"_s);
        QCOMPARE(bodyOf(good(await(m_cache->messageAt(key(u"t0"_s), at(11))))), u"two"_s);
        QCOMPARE(bodyOf(good(await(m_cache->messageAt(key(u"t0"_s), at(99))))), u"two"_s); // nothing later: the last
        QCOMPARE(good(await(m_cache->messageAt(key(u"t1"_s), at(0)))), 0);
    }
    void machinesArePassedOver()
    {
        auto workflow = message(u"w"_s, u"t0"_s, u"c0"_s, 40, u"robot"_s, Direction::Outbound);
        workflow.source = u"workflow"_s;
        auto bulk = message(u"k"_s, u"t0"_s, u"c0"_s, 41, u"everybody"_s, Direction::Outbound);
        bulk.source = u"bulk_actions"_s;
        auto activity = message(u"v"_s, u"t0"_s, u"c0"_s, 42, u"stage"_s);
        activity.channel = Channel::Activity;
        auto comment = message(u"n"_s, u"t0"_s, u"c0"_s, 43, u"to us"_s, Direction::Outbound);
        comment.channel = Channel::InternalComment;
        auto ours = message(u"o"_s, u"t0"_s, u"c0"_s, 30, u"by hand"_s, Direction::Outbound);
        ours.source = u"app"_s;
        QVERIFY(await(m_cache->putMessages(home, {workflow, bulk, activity, comment, ours, message(u"i"_s, u"t0"_s, u"c0"_s, 20, u"theirs"_s)}, {})).has_value());
        const qint64 last = good(await(m_cache->lastByPerson(key(u"t0"_s), 0)));
        QCOMPARE(bodyOf(last), u"by hand"_s);
        const qint64 before = good(await(m_cache->lastByPerson(key(u"t0"_s), last)));
        QCOMPARE(bodyOf(before), u"theirs"_s);
        QCOMPARE(good(await(m_cache->lastByPerson(key(u"t0"_s), before))), 0);
    }

    void awayNewsCountWhatCameSince()
    {
        // c0 and c1 wrote while away, c0 twice; c2 wrote before; a new lead came; a text to c4 failed.
        auto fresh = contact(u"new"_s, u"Nora"_s, u"New"_s);
        fresh.dateAdded = at(150);
        auto freshTalk = talk(u"tn"_s, u"new"_s, 151);
        QVERIFY(await(m_cache->putContacts(home, {fresh}, {})).has_value());
        QVERIFY(await(m_cache->putConversations(home, {freshTalk}, {})).has_value());
        QVERIFY(await(m_cache->putMessages(home,
            {message(u"1"_s, u"t0"_s, u"c0"_s, 160, u"hello"_s), message(u"2"_s, u"t0"_s, u"c0"_s, 170, u"are you there?"_s),
             message(u"3"_s, u"t1"_s, u"c1"_s, 165, u"yes"_s), message(u"4"_s, u"t2"_s, u"c2"_s, 90, u"old"_s),
             message(u"5"_s, u"tn"_s, u"new"_s, 151, u"I saw your page"_s),
             message(u"6"_s, u"t4"_s, u"c4"_s, 155, u"lost"_s, Direction::Outbound, u"failed"_s),
             message(u"7"_s, u"t5"_s, u"c5"_s, 152, u"asked"_s), message(u"8"_s, u"t5"_s, u"c5"_s, 153, u"answered by Gary"_s, Direction::Outbound)}, {})).has_value());
        const auto news = good(await(m_cache->awayNews(home, at(140))));
        QStringList replies;
        for (const auto &lead : news.replies)
            replies << lead.name;
        QCOMPARE(replies, (QStringList{u"First0 Last"_s, u"First1 Last"_s})); // the longest wait first; who was answered does not wait
        QCOMPARE(news.replies.first().since, at(160));
        QCOMPARE(news.newLeads.size(), 1);
        QCOMPARE(news.newLeads.first().name, u"Nora New"_s);
        QCOMPARE(news.failed.size(), 1);
        QCOMPARE(news.failed.first().contact, ContactId(u"c4"_s));
        QCOMPARE(news.messages, 5);
        QVERIFY(good(await(m_cache->awayNews(home, at(1'000)))).isEmpty());
        QVERIFY(good(await(m_cache->awayNews(other, at(0)))).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTriage)
#include "tst_triage.moc"
