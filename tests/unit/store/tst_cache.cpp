// SPDX-License-Identifier: GPL-3.0-or-later
#include "storedata.h"
#include "support/rounds.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace outrigger::store;
using namespace storedata;
using namespace Qt::StringLiterals;

/// What sync writes and lists read.
class TestCache : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_number = 0;
    QString m_file;
    std::unique_ptr<Cache> m_cache;

    bool reopen(bool unclean = false)
    {
        m_cache.reset();
        m_cache = std::make_unique<Cache>(m_file);
        const auto opened = await(m_cache->open(unclean));
        if (!opened)
            qWarning("%s %s", qPrintable(opened.error().code), qPrintable(opened.error().message));
        return opened.has_value();
    }
    template <class T>
    T good(Result<T> result)
    {
        if (!result)
            qWarning("%s %s", qPrintable(result.error().code), qPrintable(result.error().message));
        return result.value_or(T());
    }
    QStringList names(Split split, const QString &text = {})
    {
        auto query = inbox(split);
        query.text = text;
        const auto spine = good(await(m_cache->inboxSpine(query)));
        QStringList ids;
        const auto rows = good(await(m_cache->conversationRows(spine.keys)));
        for (const auto &row : rows)
            ids.append(row.id.value);
        return ids;
    }
    QVector<MessageRow> thread(const QString &id)
    {
        const auto row = good(await(m_cache->conversation(home, ConversationId(id))));
        return row ? good(await(m_cache->newestMessages(row->key, 100))).rows : QVector<MessageRow>();
    }

private Q_SLOTS:
    void init()
    {
        const QString dir = m_dir.filePath(QString::number(++m_number));
        QVERIFY(QDir().mkpath(dir));
        m_file = dir + u"/cache.sqlite"_s;
        QVERIFY(reopen());
    }
    void cleanup() { m_cache.reset(); }

    void keepsAContactWhole()
    {
        auto c = contact(u"c1"_s, u"Zoë"_s, u"O'Neil"_s, u"+14075550101"_s);
        c.companyName = u"Acme"_s;
        c.additionalPhones = {u"+14155550102"_s};
        c.additionalEmails = {u"Second@Example.com"_s};
        c.dnd = false;
        c.dndSettings.insert(u"SMS"_s, {DndStatus::Permanent, u"STOP"_s, u"x"_s});
        c.customFields = {{CustomFieldId(u"f1"_s), QJsonValue(u"v"_s)}};
        c.followers = {UserId(u"u1"_s)};
        c.city = u"Orlando"_s;
        c.raw = QJsonObject{{u"id"_s, u"c1"_s}, {u"somethingNew"_s, 7}};
        const auto change = good(await(m_cache->putContacts(home, {c}, std::nullopt)));
        QCOMPARE(change.inserted.size(), 1);
        const auto read = good(await(m_cache->contact(home, c.id)));
        QVERIFY(read);
        QCOMPARE(read->raw, (QJsonObject{{u"somethingNew"_s, 7}}));
        c.raw = read->raw;
        QCOMPARE(read->firstName, c.firstName);
        QCOMPARE(read->tags, c.tags);
        QCOMPARE(read->dndSettings, c.dndSettings);
        QCOMPARE(read->customFields, c.customFields);
        QCOMPARE(read->followers, c.followers);
        QCOMPARE(read->additionalPhones, c.additionalPhones);
        QCOMPARE(read->dateUpdated, c.dateUpdated);
        QCOMPARE(read->city, c.city);
        for (const QString &text : {u"(407) 555-0101"_s, u"+14075550101"_s, u"415-555-0102"_s, u"second@example.com"_s}) {
            const auto hits = good(await(m_cache->findContacts(home, text, u"US"_s, 10)));
            QVERIFY2(hits.size() == 1, qPrintable(text));
            QVERIFY2(hits.first().match == ContactHit::Match::Exact, qPrintable(text));
            QVERIFY(hits.first().smsDnd == DndStatus::Permanent);
        }
        for (const QString &text : {u"0101"_s, u"5550101"_s}) {
            const auto hits = good(await(m_cache->findContacts(home, text, u"US"_s, 10)));
            QVERIFY2(hits.size() == 1, qPrintable(text));
            QVERIFY(hits.first().match != ContactHit::Match::Name);
        }
        for (const QString &text : {u"zoe"_s, u"neil z"_s, u"acm zo"_s})
            QVERIFY2(good(await(m_cache->findContacts(home, text, u"US"_s, 10))).size() == 1, qPrintable(text));
        QVERIFY(good(await(m_cache->findContacts(home, u"zoe smith"_s, u"US"_s, 10))).isEmpty());
    }

    void sweepingTwiceChangesNothing()
    {
        QVector<Contact> contacts;
        QVector<Conversation> talks;
        QVector<Message> messages;
        for (int i = 0; i < 30; ++i) {
            contacts.append(contact(u"c%1"_s.arg(i), u"First%1"_s.arg(i), u"Last"_s));
            talks.append(talk(u"t%1"_s.arg(i), u"c%1"_s.arg(i), i, i % 2 ? Direction::Outbound : Direction::Inbound, i % 3));
            messages.append(message(u"m%1"_s.arg(i), u"t%1"_s.arg(i), u"c%1"_s.arg(i), i, u"text %1"_s.arg(i)));
        }
        QVERIFY(!good(await(m_cache->putContacts(home, contacts, std::nullopt))).isEmpty());
        QVERIFY(!good(await(m_cache->putConversations(home, talks, std::nullopt))).isEmpty());
        QVERIFY(!good(await(m_cache->putMessages(home, messages, std::nullopt))).isEmpty());
        QVERIFY(good(await(m_cache->putContacts(home, contacts, std::nullopt))).isEmpty());
        QVERIFY(good(await(m_cache->putConversations(home, talks, std::nullopt))).isEmpty());
        QVERIFY(good(await(m_cache->putMessages(home, messages, std::nullopt))).isEmpty());
    }

    void olderNeverOverwritesNewer()
    {
        auto c = contact(u"c1"_s, u"New"_s, u"Name"_s);
        c.dateUpdated = at(50);
        good(await(m_cache->putContacts(home, {c}, std::nullopt)));
        auto stale = c;
        stale.firstName = u"Old"_s;
        stale.dateUpdated = at(49);
        QVERIFY(good(await(m_cache->putContacts(home, {stale}, std::nullopt))).isEmpty());
        QCOMPARE(good(await(m_cache->contact(home, c.id)))->firstName, u"New"_s);
        good(await(m_cache->putConversations(home, {talk(u"t1"_s, u"c1"_s, 50)}, std::nullopt)));
        QVERIFY(good(await(m_cache->putConversations(home, {talk(u"t1"_s, u"c1"_s, 49, Direction::Outbound)}, std::nullopt))).isEmpty());
        auto m = message(u"m1"_s, u"t1"_s, u"c1"_s, 50, u"body"_s, Direction::Outbound, u"delivered"_s);
        good(await(m_cache->putMessages(home, {m}, std::nullopt)));
        m.status = u"sent"_s; // not older, but lower
        QVERIFY(good(await(m_cache->putMessages(home, {m}, std::nullopt))).isEmpty());
        m.dateUpdated = at(49);
        m.body = u"older"_s;
        QVERIFY(good(await(m_cache->putMessages(home, {m}, std::nullopt))).isEmpty());
        m.dateUpdated = at(51);
        m.body.clear(); // says less
        m.status = u"read"_s;
        QVERIFY(!good(await(m_cache->putMessages(home, {m}, std::nullopt))).isEmpty());
        QCOMPARE(thread(u"t1"_s).first().message.body, u"body"_s);
        QVERIFY(thread(u"t1"_s).first().state == MessageState::Read);
    }

    void splits()
    {
        QVector<Conversation> talks;
        talks.append(talk(u"new"_s, u"c1"_s, 10, Direction::Inbound, 1)); // never answered by a person
        auto replied = talk(u"reply"_s, u"c2"_s, 5);
        replied.lastManualMessageDate = at(4);
        talks.append(replied);
        auto mine = talk(u"mine"_s, u"c3"_s, 20, Direction::Outbound);
        mine.assignedTo = UserId(u"me"_s);
        talks.append(mine);
        auto activity = talk(u"activity"_s, u"c4"_s, 30);
        activity.lastMessageChannel = Channel::Activity;
        activity.assignedTo = UserId(u"else"_s);
        talks.append(activity);
        auto gone = talk(u"gone"_s, u"c5"_s, 40);
        gone.deleted = true;
        talks.append(gone);
        good(await(m_cache->putConversations(home, talks, std::nullopt)));
        QCOMPARE(names(Split::All), (QStringList{u"activity"_s, u"mine"_s, u"new"_s, u"reply"_s}));
        QCOMPARE(names(Split::NewLeads), QStringList{u"new"_s});
        QCOMPARE(names(Split::Replies), (QStringList{u"reply"_s, u"new"_s})); // oldest unanswered first
        QCOMPARE(names(Split::Mine), QStringList{u"mine"_s});
        QCOMPARE(names(Split::Unassigned), (QStringList{u"new"_s, u"reply"_s}));
        QCOMPARE(names(Split::Snoozed), QStringList());

        Cache::DeskMark done{home, ContactId(u"c2"_s), at(6), {}, false};
        Cache::DeskMark snoozed{home, ContactId(u"c1"_s), {}, at(200'000), true};
        good(await(m_cache->putDeskMarks({done, snoozed})));
        QCOMPARE(names(Split::Replies), QStringList());
        QCOMPARE(names(Split::Snoozed), QStringList{u"new"_s});
        const auto counts = good(await(m_cache->splitCounts(inbox(Split::All))));
        for (const Split split : {Split::NewLeads, Split::Replies, Split::Mine, Split::Unassigned, Split::Snoozed, Split::All})
            QCOMPARE(counts.bySplit.value(int(split)), int(names(split).size()));
        QCOMPARE(counts.unread, 1);
        // They write again: done is over.
        good(await(m_cache->putMessages(home, {message(u"m1"_s, u"reply"_s, u"c2"_s, 60, u"are you there?"_s)}, std::nullopt)));
        QCOMPARE(names(Split::Replies), QStringList{u"reply"_s});
        QCOMPARE(names(Split::All).first(), u"reply"_s);
        // And the text of it is found.
        QCOMPARE(names(Split::All, u"THERE?"_s), QStringList{u"reply"_s});
    }

    void pagesAThread()
    {
        QVector<Message> messages;
        for (int i = 0; i < 250; ++i)
            messages.append(message(u"m%1"_s.arg(i), u"t1"_s, u"c1"_s, i / 3, u"number %1"_s.arg(i))); // three share a date
        good(await(m_cache->putMessages(home, messages, std::nullopt)));
        const auto row = good(await(m_cache->conversationFor(home, ContactId(u"c1"_s))));
        QVERIFY(row);
        QStringList seen;
        auto page = good(await(m_cache->newestMessages(row->key, 40)));
        QCOMPARE(page.rows.size(), 40);
        QCOMPARE(page.rows.last().message.body, u"number 249"_s);
        while (true) {
            QStringList ids;
            for (const auto &one : page.rows)
                ids.append(one.message.id.value);
            seen = ids + seen;
            if (page.atStart)
                break;
            page = good(await(m_cache->olderMessages(row->key, page.rows.first().key, 40)));
        }
        QCOMPARE(seen.size(), 250);
        for (int i = 0; i < 250; ++i)
            QCOMPARE(seen[i], u"m%1"_s.arg(i));
        const auto mark = good(await(m_cache->watermark(home, ContactId(u"c1"_s))));
        QCOMPARE(mark.newestId, u"m249"_s);
        QCOMPARE(mark.newestDate, at(83));
        QCOMPARE(mark.recentIds.size(), 31);
    }

    void locationsAreApart()
    {
        auto c = contact(u"same"_s, u"Here"_s, u"One"_s, u"+14075550101"_s);
        good(await(m_cache->putContacts(home, {c}, std::nullopt)));
        c.location = other;
        c.firstName = u"There"_s;
        good(await(m_cache->putContacts(other, {c}, std::nullopt)));
        good(await(m_cache->putMessages(home, {message(u"m1"_s, u"t1"_s, u"same"_s, 1, u"pineapple"_s)}, std::nullopt)));
        QCOMPARE(good(await(m_cache->contact(home, c.id)))->firstName, u"Here"_s);
        QCOMPARE(good(await(m_cache->contact(other, c.id)))->firstName, u"There"_s);
        QCOMPARE(good(await(m_cache->search(other, u"pineapple"_s, u"US"_s, 10))).size(), 0);
        QCOMPARE(good(await(m_cache->search(home, u"pineapple"_s, u"US"_s, 10))).size(), 1);
        // A piece in the middle of a word, and signs that mean something in a pattern or a query.
        QCOMPARE(good(await(m_cache->search(home, u"neapp"_s, u"US"_s, 10))).size(), 1);
        QCOMPARE(good(await(m_cache->search(home, u"%"_s, u"US"_s, 10))).size(), 0);
        QCOMPARE(good(await(m_cache->search(home, u"pine_pple"_s, u"US"_s, 10))).size(), 0);
        QCOMPARE(good(await(m_cache->search(home, u"\"pine OR"_s, u"US"_s, 10))).size(), 0);
        QCOMPARE(good(await(m_cache->search(home, u"0101"_s, u"US"_s, 10))).first().kind, u"contact"_s);
        QVERIFY(await(m_cache->removeLocation(home)));
        QCOMPARE(good(await(m_cache->totals(home))).contacts, 0);
        QCOMPARE(good(await(m_cache->totals(home))).messages, 0);
        QCOMPARE(good(await(m_cache->totals(other))).contacts, 1);
        QCOMPARE(good(await(m_cache->findContacts(other, u"there"_s, u"US"_s, 5))).size(), 1);
    }

    void cursorsAndSweeps()
    {
        Cursor cursor;
        cursor.feed = u"contacts"_s;
        cursor.sweep = 1;
        cursor.position = u"p1"_s;
        cursor.watermark = at(3);
        good(await(m_cache->putContacts(home, {contact(u"c1"_s, u"A"_s, u"A"_s), contact(u"c2"_s, u"B"_s, u"B"_s)}, cursor)));
        cursor.sweep = 2;
        good(await(m_cache->putContacts(home, {contact(u"c1"_s, u"A"_s, u"A"_s)}, cursor)));
        good(await(m_cache->putContacts(home, {contact(u"c3"_s, u"C"_s, u"C"_s)}, std::nullopt))); // by another way meanwhile
        good(await(m_cache->project(record(OutboxKind::CreateContact, ContactDraft{ContactId(u"local:1"_s), u"L"_s, {}, {}, {}, {}, {}, {}}.toJson(), 1))));
        const auto read = good(await(m_cache->cursor(home, u"contacts"_s)));
        QCOMPARE(read.position, u"p1"_s);
        QCOMPARE(read.sweep, 2);
        QCOMPARE(read.watermark, at(3));
        QCOMPARE(good(await(m_cache->unseen(home, u"contacts"_s, 2))), 1);
        QVERIFY(!good(await(m_cache->removeUnseen(home, u"contacts"_s, 2))).removed.isEmpty());
        QVERIFY(!good(await(m_cache->contact(home, ContactId(u"c2"_s)))));
        QCOMPARE(good(await(m_cache->totals(home))).contacts, 3);
        QVERIFY(good(await(m_cache->findContacts(home, u"b@example.com"_s, u"US"_s, 5))).isEmpty());
    }

    void removals()
    {
        good(await(m_cache->putContacts(home, {contact(u"c1"_s, u"A"_s, u"A"_s)}, std::nullopt)));
        good(await(m_cache->putConversations(home, {talk(u"t1"_s, u"c1"_s, 1), talk(u"t2"_s, u"c2"_s, 2)}, std::nullopt)));
        good(await(m_cache->putMessages(home, {message(u"m1"_s, u"t2"_s, u"c2"_s, 3, u"walrus"_s)}, std::nullopt)));
        QCOMPARE(good(await(m_cache->removeMessage(home, MessageId(u"m1"_s)))).removed.size(), 1);
        QVERIFY(thread(u"t2"_s).isEmpty());
        QVERIFY(good(await(m_cache->search(home, u"walrus"_s, u"US"_s, 5))).isEmpty());
        QVERIFY(!good(await(m_cache->removeContact(home, ContactId(u"c1"_s)))).removed.isEmpty());
        QCOMPARE(names(Split::All), QStringList{u"t2"_s});
        QVERIFY(!good(await(m_cache->markConversationDeleted(home, ConversationId(u"t2"_s)))).isEmpty());
        QCOMPARE(names(Split::All), QStringList());
        QVERIFY(good(await(m_cache->markConversationDeleted(home, ConversationId(u"t2"_s)))).isEmpty());
    }

    void sortsAndFiltersContacts()
    {
        good(await(m_cache->putContacts(home, {contact(u"c1"_s, u"bob"_s, u"x"_s, u"+14075550101"_s), contact(u"c2"_s, u"Alice"_s, u"y"_s, u"+14155550102"_s),
                                               contact(u"c3"_s, u"Émile"_s, u"z"_s)}, std::nullopt)));
        const auto byName = good(await(m_cache->contactSpine(home, {}, ContactSort::Name)));
        const auto rows = good(await(m_cache->contactRows(byName.keys)));
        QCOMPARE(rows.at(0).contact.id.value, u"c2"_s);
        QCOMPARE(rows.at(1).contact.id.value, u"c1"_s);
        QCOMPARE(rows.at(0).contact.location, home);
        QCOMPARE(byName.rowOf.value(byName.keys.at(2)), 2);
        for (const auto &[text, count] : {std::pair(u"emi"_s, 1), std::pair(u"bo x"_s, 1), std::pair(u"example"_s, 3), std::pair(u"407555"_s, 1),
                                          std::pair(u"-\"* OR"_s, 0), std::pair(u"***"_s, 0)})
            QCOMPARE(good(await(m_cache->contactSpine(home, text, ContactSort::DateAdded))).keys.size(), count);
    }

    void referenceAndNames()
    {
        ReferenceData data;
        User user;
        user.id = UserId(u"u1"_s);
        user.name = u"Gary"_s;
        data.users = {user};
        data.numbers = {{u"+14075550100"_s, u"Main"_s, true, true, false, {}}};
        data.tags = {{TagId(u"x"_s), u"lead"_s}};
        Location location;
        location.id = home;
        location.timezone = u"America/New_York"_s;
        data.location = location;
        QVERIFY(await(m_cache->putReference(home, data)));
        QVERIFY(await(m_cache->putReference(home, ReferenceData{}))); // empty parts change nothing
        const auto read = good(await(m_cache->reference(home)));
        QCOMPARE(read.users.first().name, u"Gary"_s);
        QCOMPARE(read.location->timezone, location.timezone);
        QCOMPARE(read.numbers.first().number, u"+14075550100"_s);
        auto m = message(u"m1"_s, u"t1"_s, u"c1"_s, 1, u"hi"_s, Direction::Outbound);
        m.userId = user.id;
        good(await(m_cache->putMessages(home, {m}, std::nullopt)));
        QCOMPARE(thread(u"t1"_s).first().senderName, u"Gary"_s);
    }

    void announcesOnce()
    {
        QSignalSpy spy(&m_cache->notices(), &Notices::changed);
        for (int i = 0; i < 5; ++i)
            good(await(m_cache->putContacts(home, {contact(u"c%1"_s.arg(i), u"A"_s, u"A"_s)}, std::nullopt)));
        m_cache->notices().flush();
        QVERIFY(!spy.isEmpty());
        qsizetype inserted = 0;
        for (const auto &call : spy)
            inserted += call.at(0).value<ChangeSet>().inserted.size();
        QCOMPARE(inserted, 5);
        QVector<Contact> many;
        for (int i = 0; i < 2500; ++i)
            many.append(contact(u"many%1"_s.arg(i), u"B"_s, u"B"_s));
        QVERIFY(good(await(m_cache->putContacts(home, many, std::nullopt))).everything);
    }

    void anyCallMayFail_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("disk full") << int(Faults::Kind::Full);
        QTest::newRow("i/o error") << int(Faults::Kind::Io);
        QTest::newRow("busy") << int(Faults::Kind::Busy);
    }
    void anyCallMayFail()
    {
        QFETCH(int, kind);
        auto faults = std::make_shared<Faults>();
        faults->kind = Faults::Kind(kind);
        m_cache.reset();
        m_cache = std::make_unique<Cache>(m_file);
        m_cache->setFaults(faults);
        QVERIFY(await(m_cache->open()));
        int failed = 0;
        for (int n = 1; n < 60; ++n) {
            const QString talkId = u"t%1"_s.arg(n);
            const QString contactId = u"c%1"_s.arg(n);
            const auto text = textRecord(contactId, u"ours"_s, n);
            const auto page = message(u"m%1"_s.arg(n), talkId, contactId, n, u"theirs"_s);
            Cursor cursor;
            cursor.feed = u"messages"_s;
            cursor.position = QString::number(n);
            faults->times = 1;
            faults->countdown = n;
            const auto put = await(m_cache->putMessages(home, {page}, cursor));
            const auto shown = await(m_cache->project(text));
            faults->countdown = 0;
            failed += !put + !shown;
            // All of it or nothing of it; the cursor only with its page.
            QCOMPARE(good(await(m_cache->cursor(home, u"messages"_s))).position == QString::number(n), put.has_value());
            const auto row = good(await(m_cache->conversationFor(home, ContactId(contactId))));
            QCOMPARE(row.has_value(), put || shown);
            // And again, which succeeds.
            QVERIFY(await(m_cache->putMessages(home, {page}, cursor)));
            QVERIFY(await(m_cache->project(text)));
            const auto rows = thread(talkId);
            QCOMPARE(rows.size(), 2);
        }
        QVERIFY(failed > 10);
    }

    void badFilesAreSetAside_data()
    {
        QTest::addColumn<QString>("damage");
        for (const char *damage : {"garbage", "cut", "pages", "newer"})
            QTest::newRow(damage) << QString::fromLatin1(damage);
    }
    void badFilesAreSetAside()
    {
        QFETCH(QString, damage);
        for (int round = 0; round < 4; ++round) {
            QVector<Contact> contacts;
            for (int i = 0; i < 300; ++i)
                contacts.append(contact(u"c%1"_s.arg(i), u"First"_s, u"Last"_s));
            good(await(m_cache->putContacts(home, contacts, std::nullopt)));
            m_cache.reset();
            QFile file(m_file);
            QVERIFY(file.open(QIODevice::ReadWrite));
            if (damage == "garbage"_L1)
                file.write(QByteArray(200, 'x'));
            else if (damage == "cut"_L1)
                file.resize(file.size() / 2);
            else if (damage == "newer"_L1) {
                file.seek(60);
                file.write(QByteArray::fromHex("00000063"));
            } else {
                for (qint64 at = 4096; at + 4096 <= file.size(); at += 4096) {
                    file.seek(at);
                    file.write(QByteArray(64, char(0xEE)));
                }
            }
            file.close();
            QVERIFY(reopen(true));
            QVERIFY(m_cache->rebuilt());
            QCOMPARE(good(await(m_cache->totals(home))).contacts, 0);
        }
        const QString pattern = damage == "newer"_L1 ? u"cache.sqlite.newer-*"_s : u"cache.sqlite.bad-*"_s;
        int kept = 0;
        const auto found = QFileInfo(m_file).dir().entryList({pattern});
        for (const QString &name : found)
            kept += !name.endsWith("-wal"_L1) && !name.endsWith("-shm"_L1);
        QCOMPARE(kept, 2);
    }

    /// An index that disagrees with its table is not seen by the quick look. A broken constraint asks for the long one.
    void aBrokenConstraintIsLookedInto_data()
    {
        QTest::addColumn<bool>("damaged");
        QTest::newRow("a mistake of ours: kept") << false;
        QTest::newRow("a damaged index: set aside") << true;
    }
    void aBrokenConstraintIsLookedInto()
    {
        QFETCH(bool, damaged);
        const QByteArray id = "contact-with-a-rare-id";
        good(await(m_cache->putContacts(home, {contact(QString::fromLatin1(id), u"Nora"_s, u"Reed"_s)}, std::nullopt)));
        m_cache.reset();
        DatabaseOptions options;
        options.file = m_file;
        options.schema = u"cache"_s;
        const Status refused = Database::visit(options, [](Connection &c) {
            const auto twice = c.exec(u"INSERT INTO contacts(location, id) SELECT location, id FROM contacts"_s);
            return twice ? Status() : Status(fail(twice.error()));
        });
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"constraint"_s);
        if (damaged) { // in one of the places where it stands: table and indexes are different pages
            QFile file(m_file);
            QVERIFY(file.open(QIODevice::ReadWrite));
            QByteArray bytes = file.readAll();
            QVERIFY(bytes.count(id) > 1);
            bytes[bytes.indexOf(id) + 2] = 'X';
            file.seek(0);
            file.write(bytes);
        }
        QVERIFY(reopen());
        QCOMPARE(m_cache->rebuilt(), damaged);
        QCOMPARE(bool(good(await(m_cache->contact(home, ContactId(QString::fromLatin1(id)))))), !damaged);
        QVERIFY(reopen());
        QVERIFY(!m_cache->rebuilt());
    }

    void survivesMutations()
    {
        QVector<Contact> contacts;
        QVector<Message> messages;
        for (int i = 0; i < 60; ++i) {
            contacts.append(contact(u"c%1"_s.arg(i), u"First%1"_s.arg(i), u"Last"_s));
            messages.append(message(u"m%1"_s.arg(i), u"t%1"_s.arg(i % 5), u"c%1"_s.arg(i % 5), i, u"text"_s));
        }
        good(await(m_cache->putContacts(home, contacts, std::nullopt)));
        good(await(m_cache->putMessages(home, messages, std::nullopt)));
        m_cache.reset();
        QFile source(m_file);
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QByteArray bytes = source.readAll();
        QRandomGenerator random(20260102);
        const int rounds = test::rounds(40);
        for (int round = 0; round < rounds; ++round) {
            QByteArray mutant = bytes;
            const int count = 1 + int(random.bounded(60));
            for (int i = 0; i < count; ++i)
                mutant[random.bounded(int(mutant.size()))] = char(random.bounded(256));
            if (round % 4 == 0)
                mutant.truncate(random.bounded(int(mutant.size())));
            const QString name = m_dir.filePath(u"mutant%1.sqlite"_s.arg(round));
            QFile out(name);
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(mutant);
            out.close();
            Cache cache(name);
            const auto opened = await(cache.open(true));
            QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
            // It works, or says so; the next start then makes a new one.
            const auto put = await(cache.putContacts(home, contacts, std::nullopt));
            const auto read = await(cache.contactSpine(home, {}, ContactSort::Name));
            if (!put || !read) {
                Cache again(name);
                QVERIFY(await(again.open(true)));
                const auto works = await(again.putContacts(home, contacts, std::nullopt));
                const Error first = put ? read.error() : put.error();
                QVERIFY2(works, works ? "" : qPrintable(u"round %1: %2 %3, then %4 %5"_s.arg(round).arg(first.code, first.message, works.error().code, works.error().message)));
            }
            const QStringList left = QDir(m_dir.path()).entryList({u"mutant%1.*"_s.arg(round)});
            for (const QString &file : left)
                QFile::remove(m_dir.filePath(file));
        }
        qInfo("%d files", rounds);
    }

    void destroyingDropsWhatWaits()
    {
        auto waiting = m_cache->putContacts(home, {contact(u"c1"_s, u"A"_s, u"A"_s)}, std::nullopt);
        auto reading = m_cache->contactSpine(home, {}, ContactSort::Name);
        m_cache.reset();
        QTest::qWait(1);
        QVERIFY(!waiting.done());
        QVERIFY(!reading.done());
    }
};

QTEST_GUILESS_MAIN(TestCache)
#include "tst_cache.moc"
