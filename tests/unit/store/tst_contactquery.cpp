// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contactchange.h"
#include "store/cache_contactquery.h"
#include "unit/store/storedata.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace storedata;
using namespace Qt::StringLiterals;

using Op = ContactCondition::Op;

/// What conditions leave of the contacts, and unsent changes of their fields.
class TestContactQuery : public QObject
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
    QStringList names(ContactListQuery query)
    {
        query.location = home;
        query.now = at(60 * 24 * 100);
        query.me = UserId(u"me"_s);
        const auto spine = good(await(m_cache->contactList(query)));
        QStringList list;
        for (const auto &row : good(await(m_cache->contactRows(spine.keys))))
            list << row.contact.firstName;
        return list;
    }
    Contact one(const QString &id) { return good(await(m_cache->contact(home, ContactId(id)))).value_or(Contact()); }
    OutboxRecord change(const QString &id, const QString &field, const QJsonValue &value)
    {
        ContactChange what;
        what.set(one(id), field, value);
        OutboxRecord record;
        record.id = RecordId(newUlid());
        record.location = home;
        record.kind = OutboxKind::ContactUpdate;
        record.payload = what.toJson();
        record.createdAt = at(500);
        record.firstWriteAt = at(500);
        return record;
    }
    void show(OutboxRecord record, OutboxState state)
    {
        record.state = state;
        QVERIFY(await(m_cache->project(record)));
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_cache = std::make_unique<store::Cache>(m_dir->filePath(u"cache.sqlite"_s));
        QVERIFY(await(m_cache->open()).has_value());
        QVector<Contact> contacts;
        const QStringList first{u"Ann"_s, u"Bob"_s, u"Cid"_s, u"Dot"_s};
        for (int i = 0; i < first.size(); ++i) {
            Contact c = contact(u"c%1"_s.arg(i), first[i], u"Last"_s, u"+1407555010%1"_s.arg(i));
            c.tags = i % 2 ? QStringList{u"hot"_s} : QStringList{u"hotel"_s};
            c.city = i < 2 ? u"Tampa"_s : QString();
            c.companyName = i == 3 ? QString() : u"Co %1"_s.arg(9 - i);
            c.assignedTo = i == 0 ? UserId(u"me"_s) : i == 1 ? UserId(u"gary"_s) : UserId();
            c.dateAdded = at(60 * 24 * (i * 30));
            if (i == 2)
                c.dndSettings.insert(u"SMS"_s, Dnd{DndStatus::Active, {}, {}});
            if (i == 1)
                c.customFields = {{CustomFieldId(u"f1"_s), u"50% off"_s}};
            if (i == 3)
                c.customFields = {{CustomFieldId(u"f1"_s), QJsonArray{u"Red"_s, u"Blue"_s}}};
            contacts << c;
        }
        QVERIFY(await(m_cache->putContacts(home, contacts, std::nullopt)));
        QVERIFY(await(m_cache->putConversations(home, {talk(u"t0"_s, u"c0"_s, 100, Direction::Inbound, 2), talk(u"t1"_s, u"c1"_s, 60 * 24 * 99)}, std::nullopt)));
    }
    void cleanup() { m_cache.reset(); }

    void conditionsLeaveTheRightOnes_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("op");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("left");
        const auto row = [](const char *name, const QString &field, Op op, const QString &value, const QString &left) {
            QTest::newRow(name) << field << int(op) << value << left;
        };
        row("tag and not its beginning", u"tag"_s, Op::Is, u"HOT"_s, u"Bob Dot"_s);
        row("not a tag", u"tag"_s, Op::IsNot, u"hot"_s, u"Ann Cid"_s);
        row("a tag that would end the text", u"tag"_s, Op::Is, u"ho\"t"_s, QString());
        row("mine", u"assignedTo"_s, Op::Is, u"me"_s, u"Ann"_s);
        row("nobody's", u"assignedTo"_s, Op::Empty, QString(), u"Cid Dot"_s);
        row("not gary's, nobody's too", u"assignedTo"_s, Op::IsNot, u"gary"_s, u"Ann Cid Dot"_s);
        row("city, any case", u"city"_s, Op::Is, u"tampa"_s, u"Ann Bob"_s);
        row("not there, empty too", u"city"_s, Op::IsNot, u"Tampa"_s, u"Cid Dot"_s);
        row("no city", u"city"_s, Op::Empty, QString(), u"Cid Dot"_s);
        row("a percent sign is one", u"city"_s, Op::Contains, u"%"_s, QString());
        row("digits of a number", u"phone"_s, Op::Contains, u"0101"_s, u"Bob"_s);
        row("added lately", u"dateAdded"_s, Op::Within, u"15"_s, u"Dot"_s);
        row("added long ago", u"dateAdded"_s, Op::Beyond, u"60"_s, u"Ann Bob"_s);
        row("spoken to lately", u"lastActivity"_s, Op::Within, u"5"_s, u"Bob"_s);
        row("never spoken to", u"lastActivity"_s, Op::Empty, QString(), u"Cid Dot"_s);
        row("something unread", u"unread"_s, Op::Filled, QString(), u"Ann"_s);
        row("no texts", u"dnd.SMS"_s, Op::Filled, QString(), u"Cid"_s);
        row("custom text", u"field.f1"_s, Op::Contains, u"50%"_s, u"Bob"_s);
        row("custom choice", u"field.f1"_s, Op::Is, u"red"_s, u"Dot"_s);
        row("custom empty", u"field.f1"_s, Op::Empty, QString(), u"Ann Cid"_s);
        row("custom not", u"field.f1"_s, Op::IsNot, u"Red"_s, u"Ann Bob Cid"_s);
        row("not written yet asks nothing", u"city"_s, Op::Is, QString(), u"Ann Bob Cid Dot"_s);
        row("no day asks nothing", u"dateAdded"_s, Op::Before, u"31.31."_s, u"Ann Bob Cid Dot"_s);
        row("hostile value", u"source"_s, Op::Is, u"' OR 1=1 --"_s, QString());
        row("hostile field", u"name' OR 1=1 --"_s, Op::Is, u"x"_s, u"Ann Bob Cid Dot"_s);
    }
    void conditionsLeaveTheRightOnes()
    {
        QFETCH(QString, field);
        QFETCH(int, op);
        QFETCH(QString, value);
        QFETCH(QString, left);
        ContactListQuery query;
        query.filter.groups = {{false, {{field, Op(op), value}}}};
        QCOMPARE(names(query).join(u' '), left);
        query.location = home;
        query.now = at(60 * 24 * 100);
        query.me = UserId(u"me"_s);
        QCOMPARE(good(await(m_cache->contactCounts({query}))).first(), int(left.split(u' ', Qt::SkipEmptyParts).size()));
    }

    void groupsAreAndOr()
    {
        ContactListQuery query;
        query.filter.groups = {{true, {{u"tag"_s, Op::Is, u"hot"_s}, {u"assignedTo"_s, Op::Is, u"me"_s}}}};
        QCOMPARE(names(query), (QStringList{u"Ann"_s, u"Bob"_s, u"Dot"_s}));
        query.filter.groups.append({false, {{u"city"_s, Op::Filled, {}}}});
        QCOMPARE(names(query), (QStringList{u"Ann"_s, u"Bob"_s}));
        query.filter.any = true;
        query.filter.groups[1].conditions = {{u"firstName"_s, Op::Is, u"Cid"_s}};
        QCOMPARE(names(query), (QStringList{u"Ann"_s, u"Bob"_s, u"Cid"_s, u"Dot"_s}));
    }

    void everyOrderHasEverybody_data()
    {
        QTest::addColumn<int>("sort");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QString>("order");
        QTest::newRow("name") << int(ContactSort::Name) << false << u"Ann Bob Cid Dot"_s;
        QTest::newRow("name back") << int(ContactSort::Name) << true << u"Dot Cid Bob Ann"_s;
        QTest::newRow("added back") << int(ContactSort::DateAdded) << true << u"Dot Cid Bob Ann"_s;
        QTest::newRow("company") << int(ContactSort::Company) << false << u"Dot Cid Bob Ann"_s;
        QTest::newRow("e-mail") << int(ContactSort::Email) << false << u"Ann Bob Cid Dot"_s;
        QTest::newRow("activity back") << int(ContactSort::Activity) << true << u"Bob Ann Cid Dot"_s;
        QTest::newRow("activity") << int(ContactSort::Activity) << false << u"Cid Dot Ann Bob"_s;
    }
    void everyOrderHasEverybody()
    {
        QFETCH(int, sort);
        QFETCH(bool, descending);
        QFETCH(QString, order);
        ContactListQuery query;
        query.sort = ContactSort(sort);
        query.descending = descending;
        QCOMPARE(names(query).join(u' '), order);
    }

    void anUnsentChangeLiesInTheRowAndComesOffAgain()
    {
        const auto record = change(u"c0"_s, u"firstName"_s, u"Zoe"_s);
        show(record, OutboxState::Queued);
        ContactListQuery query;
        QCOMPARE(names(query), (QStringList{u"Bob"_s, u"Cid"_s, u"Dot"_s, u"Zoe"_s}));
        // The server's answer to a sweep goes beneath it.
        Contact fresh = contact(u"c0"_s, u"Anna"_s, u"Last"_s);
        fresh.city = u"Miami"_s;
        fresh.dateUpdated = at(600);
        QVERIFY(await(m_cache->putContacts(home, {fresh}, std::nullopt)));
        QCOMPARE(one(u"c0"_s).firstName, u"Zoe"_s);
        QCOMPARE(one(u"c0"_s).city, u"Miami"_s);
        show(record, OutboxState::Cancelled);
        QCOMPARE(one(u"c0"_s).firstName, u"Anna"_s);
        query.text = u"anna"_s;
        QCOMPARE(names(query), QStringList{u"Anna"_s});
        query.text = u"zoe"_s;
        QVERIFY(names(query).isEmpty());
    }

    void twoChangesComeOffInAnyOrder()
    {
        const auto first = change(u"c0"_s, u"city"_s, u"One"_s);
        show(first, OutboxState::Attempting);
        const auto second = change(u"c0"_s, u"city"_s, u"Two"_s);
        show(second, OutboxState::Queued);
        QCOMPARE(one(u"c0"_s).city, u"Two"_s);
        show(first, OutboxState::Rejected);
        QCOMPARE(one(u"c0"_s).city, u"Two"_s);
        show(second, OutboxState::Cancelled);
        QCOMPARE(one(u"c0"_s).city, u"Tampa"_s);
    }

    void aNewCacheGetsTheChangesBack()
    {
        auto record = change(u"c0"_s, u"firstName"_s, u"Zoe"_s);
        record.state = OutboxState::Queued;
        QVERIFY(await(m_cache->rebuildProjection({record})));
        QCOMPARE(one(u"c0"_s).firstName, u"Zoe"_s);
        QVERIFY(await(m_cache->rebuildProjection({record})));
        QVERIFY(await(m_cache->rebuildProjection({})));
        QCOMPARE(one(u"c0"_s).firstName, u"Ann"_s);
        // Known before the contact itself is.
        OutboxRecord early = record;
        early.id = RecordId(newUlid());
        early.payload.insert(u"contactId"_s, u"c9"_s);
        show(early, OutboxState::Queued);
        QVERIFY(await(m_cache->putContacts(home, {contact(u"c9"_s, u"Nina"_s, u"Last"_s)}, std::nullopt)));
        QCOMPARE(one(u"c9"_s).firstName, u"Zoe"_s);
        show(early, OutboxState::Cancelled);
        QCOMPARE(one(u"c9"_s).firstName, u"Nina"_s);
    }

    void aListThatLagsDoesNotFlipWhatWasAccepted()
    {
        const auto record = change(u"c0"_s, u"city"_s, u"Reno"_s);
        show(record, OutboxState::Queued);
        show(record, OutboxState::Confirmed);
        Contact stale = contact(u"c0"_s, u"Ann"_s, u"Last"_s);
        stale.city = u"Tampa"_s;
        stale.dateUpdated = at(400); // before our write
        QVERIFY(await(m_cache->putContacts(home, {stale}, std::nullopt)));
        QCOMPARE(one(u"c0"_s).city, u"Reno"_s);
        stale.city = u"Ocala"_s;
        stale.dateUpdated = at(900);
        QVERIFY(await(m_cache->putContacts(home, {stale}, std::nullopt)));
        QCOMPARE(one(u"c0"_s).city, u"Ocala"_s);
    }

    void twinsAreFoundByNumberAddressAndName()
    {
        Contact twin = contact(u"c8"_s, u"Bob"_s, u"Last"_s, u"+14075550100"_s); // Ann's number, Bob's name
        twin.email = u"CID@example.com"_s;
        const auto twins = good(await(m_cache->twinsOf(home, twin, u"US"_s)));
        QStringList found;
        for (const ContactHit &hit : twins)
            found << hit.name;
        found.sort();
        QCOMPARE(found, (QStringList{u"Ann Last"_s, u"Bob Last"_s, u"Cid Last"_s}));
    }

    void theLastSevenDigitsOfSomebodyElseMakeNoTwin()
    {
        Contact other = contact(u"c9"_s, u"Dee"_s, u"Else"_s, u"+12485550100"_s); // Ann has +1 407 555 0100
        other.email = u"dee@else.example"_s;
        const auto twins = good(await(m_cache->twinsOf(home, other, u"US"_s)));
        QVERIFY2(twins.isEmpty(), qPrintable(twins.value(0).name));
        other.phone = u"14075550100"_s;
        QCOMPARE(good(await(m_cache->twinsOf(home, other, u"US"_s))).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestContactQuery)
#include "tst_contactquery.moc"
