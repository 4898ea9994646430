// SPDX-License-Identifier: GPL-3.0-or-later
#include "storedata.h"

#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace outrigger::store;
using namespace storedata;
using namespace Qt::StringLiterals;

/// Both ways to SQLite: its C interface, and Qt Sql where Qt brings an SQLite of its own.
class TestStatement : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_number = 0;

    std::unique_ptr<Cache> openCache()
    {
        auto cache = std::make_unique<Cache>(m_dir.filePath(u"cache%1.sqlite"_s.arg(++m_number)));
        return await(cache->open()) ? std::move(cache) : nullptr;
    }
    static void bothWays()
    {
        QTest::addColumn<bool>("qtSql");
        QTest::newRow("C interface") << false;
        QTest::newRow("Qt Sql") << true;
    }

private Q_SLOTS:
    void cleanup() { Connection::qtSqlOnly = false; }

    void valuesComeBack_data() { bothWays(); }
    void valuesComeBack()
    {
        QFETCH(bool, qtSql);
        Connection::qtSqlOnly = qtSql;
        const auto cache = openCache();
        QVERIFY(cache);
        auto job = cache->writer().run<QStringList>([qtSql](Connection &c) -> Result<QStringList> {
            QStringList problems;
            if ((c.handle() == nullptr) != qtSql)
                problems.append(u"way"_s);
            auto &s = c.statement("SELECT ?1, ?2, ?3, ?4, ?5, ?1, typeof(?2)");
            const QString text = u"a\u00e9 \U0001F44B 'quoted'"_s;
            const auto row = s.text(text).text(QString()).textOrNull(QString()).integer(9'007'199'254'740'993).date(at(5)).step();
            if (!row)
                return fail(row.error());
            if (s.textAt(0) != text || s.textAt(5) != text || s.utf8At(0) != text.toUtf8())
                problems.append(u"text"_s);
            if (s.isNull(1) || !s.textAt(1).isEmpty() || s.textAt(6) != u"text"_s)
                problems.append(u"empty"_s);
            if (!s.isNull(2) || s.dateAt(2).isValid())
                problems.append(u"null"_s);
            if (s.integerAt(3) != 9'007'199'254'740'993)
                problems.append(u"integer"_s);
            if (s.dateAt(4) != at(5))
                problems.append(u"date"_s);
            s.done();
            if (c.statement("SELECT nothing FROM nowhere").step())
                problems.append(u"error"_s);
            if (c.statement("INSERT INTO locations(key, id) VALUES(7, 'x')").run() && c.lastKey() != 7)
                problems.append(u"key"_s);
            const auto twice = c.statement("INSERT INTO locations(key, id) VALUES(8, 'x')").run();
            if (twice || twice.error().code != "constraint"_L1)
                problems.append(u"constraint"_s);
            return problems;
        });
        const auto problems = await(std::move(job));
        QVERIFY2(problems, problems ? "" : qPrintable(problems.error().message));
        QCOMPARE(*problems, QStringList());
    }

    void cacheWorks_data() { bothWays(); }
    void cacheWorks()
    {
        QFETCH(bool, qtSql);
        Connection::qtSqlOnly = qtSql;
        const auto cache = openCache();
        QVERIFY(cache);
        auto c = contact(u"c1"_s, u"Sarah"_s, u"Jones"_s, u"+14075550101"_s);
        QCOMPARE(await(cache->putContacts(home, {c}, std::nullopt))->inserted.size(), 1);
        QVERIFY(await(cache->putContacts(home, {c}, std::nullopt))->isEmpty());
        c.firstName = u"Sara"_s;
        c.dateUpdated = at(9);
        QCOMPARE(await(cache->putContacts(home, {c}, std::nullopt))->updated.size(), 1);
        QVERIFY(await(cache->putConversations(home, {talk(u"t1"_s, u"c1"_s, 5, Direction::Inbound, 2)}, std::nullopt)));
        QVERIFY(await(cache->project(record(OutboxKind::ConversationRead, ReadChange{ContactId(u"c1"_s), {}, 0, true}.toJson(), 6))));
        auto text = textRecord(u"c1"_s, u"hello"_s, 7, OutboxState::Accepted);
        text.serverId = u"s1"_s;
        QVERIFY(await(cache->putMessages(home, {message(u"s1"_s, u"t1"_s, u"c1"_s, 7, u"hello"_s, Direction::Outbound)}, std::nullopt)));
        QVERIFY(await(cache->project(text)));
        const auto spine = await(cache->inboxSpine(inbox(Split::All)));
        QCOMPARE(spine->keys.size(), 1);
        const auto rows = await(cache->conversationRows(spine->keys));
        QCOMPARE(rows->first().name, u"Sara Jones"_s);
        QCOMPARE(rows->first().unread, 0);
        QCOMPARE(rows->first().preview, u"hello"_s);
        QCOMPARE(await(cache->newestMessages(spine->keys.first(), 10))->rows.size(), 1);
        QCOMPARE(await(cache->findContacts(home, u"4075550101"_s, u"US"_s, 5))->size(), 1);
        QCOMPARE(await(cache->search(home, u"hell"_s, u"US"_s, 5))->size(), 1);
        QCOMPARE(await(cache->splitCounts(inbox(Split::All)))->bySplit.value(int(Split::All)), 1);
        QVERIFY(await(cache->removeLocation(home)));
        QCOMPARE(await(cache->totals(home))->messages, 0);
    }
};

QTEST_GUILESS_MAIN(TestStatement)
#include "tst_statement.moc"
