// SPDX-License-Identifier: GPL-3.0-or-later
#include "storedata.h"

#include <QFile>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace outrigger::store;
using namespace storedata;
using namespace Qt::StringLiterals;

/// What the search box finds, wherever in a word it stands, and what it no longer finds once it is gone.
class TestSearch : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_number = 0;
    QString m_file;
    std::unique_ptr<Cache> m_cache;

    bool reopen()
    {
        m_cache.reset();
        m_cache = std::make_unique<Cache>(m_file);
        return await(m_cache->open(false)).has_value();
    }
    QStringList found(const QString &words)
    {
        QStringList ids;
        const auto hits = await(m_cache->search(home, words, u"US"_s, 20));
        if (!hits) {
            qWarning("%s", qPrintable(hits.error().message));
            return {u"failed"_s};
        }
        for (const auto &hit : *hits)
            ids.append(hit.kind == "message"_L1 ? hit.message.value : hit.contact.value);
        ids.sort();
        return ids;
    }
    void say(const QString &id, const QString &body, int minute = 1)
    {
        QVERIFY(await(m_cache->putMessages(home, {message(id, u"t1"_s, u"c1"_s, minute, body)}, std::nullopt)));
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

    void findsWordsByAnyPiece_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("there");
        QTest::newRow("beginning") << u"The appointment is on Thursday"_s << u"thurs"_s << true;
        QTest::newRow("middle") << u"The appointment is on Thursday"_s << u"ointme"_s << true;
        QTest::newRow("end") << u"The appointment is on Thursday"_s << u"sday"_s << true;
        QTest::newRow("pieces of two words") << u"The appointment is on Thursday"_s << u"ursd ppoi"_s << true;
        QTest::newRow("a piece and a short word") << u"The appointment is on Thursday"_s << u"ursday on"_s << true;
        QTest::newRow("the short word is not there") << u"The appointment is on Thursday"_s << u"ursday at"_s << false;
        QTest::newRow("same groups of three, another word") << u"abcd bcde"_s << u"abcde"_s << false;
        QTest::newRow("capitals") << u"MEET AT THE HARBOUR"_s << u"arbou"_s << true;
        QTest::newRow("accent at the beginning of a word") << u"José agrees"_s << u"jose"_s << true;
        QTest::newRow("Greek inside a word") << u"Καλημέρα σας"_s << u"λημέρ"_s << true;
        QTest::newRow("two characters of a script without blanks") << u"我们明天下午见面"_s << u"下午"_s << true;
        QTest::newRow("four of them") << u"我们明天下午见面"_s << u"明天下午"_s << true;
        QTest::newRow("beyond the basic plane") << u"the 𝒜𝒷𝒸𝒹 house"_s << u"𝒷𝒸𝒹"_s << true;
        QTest::newRow("an operator is a word") << u"AND or NOT"_s << u"NOT"_s << true;
        QTest::newRow("quotes") << u"she said \"maybe\""_s << u"\"ayb"_s << true;
    }
    void findsWordsByAnyPiece()
    {
        QFETCH(QString, body);
        QFETCH(QString, typed);
        QFETCH(bool, there);
        say(u"m1"_s, body);
        QCOMPARE(found(typed), there ? QStringList{u"m1"_s} : QStringList());
    }

    void findsAPieceAmongManyNewer()
    {
        say(u"m0"_s, u"the zephyrine offer"_s);
        QVector<Message> newer;
        for (int i = 1; i <= 45'000; ++i) // more than are read from the ends
            newer.append(message(u"n%1"_s.arg(i), u"t1"_s, u"c1"_s, 1 + i, u"number %1"_s.arg(i)));
        QVERIFY(await(m_cache->putMessages(home, newer.mid(0, 22'000), std::nullopt)));
        say(u"m1"_s, u"another ephyrin"_s, 2);
        QVERIFY(await(m_cache->putMessages(home, newer.mid(22'000), std::nullopt)));
        QCOMPARE(found(u"ephyr"_s), (QStringList{u"m0"_s, u"m1"_s}));
    }

    void findsPeopleByPiecesOfNameCompanyAndAddress_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("name") << u"ristophe"_s;
        QTest::newRow("both names") << u"ristopher Okonk"_s;
        QTest::newRow("company") << u"umbing"_s;
        QTest::newRow("address") << u"desk@north"_s;
        QTest::newRow("two letters") << u"kw"_s;
        QTest::newRow("last digits") << u"0134"_s;
    }
    void findsPeopleByPiecesOfNameCompanyAndAddress()
    {
        QFETCH(QString, typed);
        Contact c = contact(u"c7"_s, u"Christopher"_s, u"Okonkwo"_s, u"+14075550134"_s);
        c.companyName = u"North Plumbing"_s;
        c.email = u"frontdesk@northplumbing.example"_s;
        QVERIFY(await(m_cache->putContacts(home, {contact(u"c6"_s, u"Ann"_s, u"Lee"_s, u"+14075550199"_s), c}, std::nullopt)));
        QCOMPARE(found(typed), QStringList{u"c7"_s});
    }

    void forgetsWhatWasChangedOrRemoved()
    {
        say(u"m1"_s, u"the walrus came"_s);
        auto changed = message(u"m1"_s, u"t1"_s, u"c1"_s, 1, u"the dolphin came"_s);
        changed.dateUpdated = at(9);
        QVERIFY(await(m_cache->putMessages(home, {changed}, std::nullopt)));
        QCOMPARE(found(u"walru"_s), QStringList());
        QCOMPARE(found(u"alrus"_s), QStringList());
        QCOMPARE(found(u"olphi"_s), QStringList{u"m1"_s});
        QVERIFY(await(m_cache->removeMessage(home, MessageId(u"m1"_s))));
        QCOMPARE(found(u"olphi"_s), QStringList());

        Contact c = contact(u"c7"_s, u"Christopher"_s, u"Okonkwo"_s);
        QVERIFY(await(m_cache->putContacts(home, {c}, std::nullopt)));
        c.firstName = u"Bartholomew"_s;
        c.email = u"bart@example.com"_s;
        c.dateUpdated = at(9);
        QVERIFY(await(m_cache->putContacts(home, {c}, std::nullopt)));
        QCOMPARE(found(u"ristoph"_s), QStringList());
        QCOMPARE(found(u"rtholom"_s), QStringList{u"c7"_s});
        QVERIFY(await(m_cache->removeContact(home, c.id)));
        QCOMPARE(found(u"rtholom"_s), QStringList());
    }

    void anOlderCacheIsIndexedWhenItIsOpened()
    {
        say(u"m1"_s, u"the walrus came"_s);
        QVERIFY(await(m_cache->putContacts(home, {contact(u"c7"_s, u"Christopher"_s, u"Okonkwo"_s)}, std::nullopt)));
        m_cache.reset();
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"older"_s);
            database.setDatabaseName(m_file);
            QVERIFY(database.open());
            QSqlQuery query(database);
            // What later versions made goes, too: they make it again.
            QStringList undo{u"DROP TABLE messages_pieces"_s, u"DROP TABLE contacts_pieces"_s, u"DROP TABLE messages_fts"_s,
                             u"CREATE VIRTUAL TABLE messages_fts USING fts5(body, content='messages', content_rowid='key',"
                             " detail=column, tokenize=\"unicode61 remove_diacritics 2\")"_s,
                             u"INSERT INTO messages_fts(messages_fts) VALUES('rebuild')"_s};
            static const QRegularExpression made(u"^CREATE (?:UNIQUE |VIRTUAL )?(TABLE|INDEX|TRIGGER) (\\w+)"_s, QRegularExpression::MultilineOption);
            static const QRegularExpression added(u"^ALTER TABLE (\\w+) ADD COLUMN (\\w+)"_s, QRegularExpression::MultilineOption);
            int newest = 8;
            while (QFile::exists(u":/sql/cache_%1.sql"_s.arg(newest + 1, 3, 10, QLatin1Char('0'))))
                ++newest;
            for (int version = newest; version >= 8; --version) { // a column goes before its table
                QFile script(u":/sql/cache_%1.sql"_s.arg(version, 3, 10, QLatin1Char('0')));
                QVERIFY(script.open(QIODevice::ReadOnly));
                const QString text = QString::fromUtf8(script.readAll());
                auto columns = added.globalMatch(text);
                while (columns.hasNext()) {
                    const auto match = columns.next();
                    undo.append(u"ALTER TABLE %1 DROP COLUMN %2"_s.arg(match.captured(1), match.captured(2)));
                }
                auto found = made.globalMatch(text);
                while (found.hasNext()) {
                    const auto match = found.next();
                    undo.append(u"DROP %1 IF EXISTS %2"_s.arg(match.captured(1), match.captured(2)));
                }
            }
            undo.append(u"PRAGMA user_version=6"_s);
            for (const QString &sql : std::as_const(undo))
                QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(u"older"_s);
        QVERIFY(reopen());
        QVERIFY(!m_cache->rebuilt());
        QCOMPARE(found(u"walrus"_s), QStringList{u"m1"_s});
        QCOMPARE(found(u"alru"_s), QStringList{u"m1"_s});
        QCOMPARE(found(u"ristoph"_s), QStringList{u"c7"_s});
        QVERIFY(await(m_cache->removeMessage(home, MessageId(u"m1"_s))));
        QCOMPARE(found(u"alru"_s), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
