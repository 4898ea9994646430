// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/tracedrun.h"
#include "store/cache.h"
#include "store/ledger.h"
#include "store/migrations.h"
#include "support/waitfor.h"
#include "unit/store/storedata.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTemporaryDir>

using namespace outrigger;
using namespace outrigger::store;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

using storedata::home;

namespace {

QString cacheIn(const QString &folder) { return folder + u"/cache.sqlite"_s; }
QString outboxIn(const QString &folder) { return folder + u"/outbox.sqlite"_s; }

std::unique_ptr<Ledger> ledgerIn(const QString &folder)
{
    return std::make_unique<Ledger>(outboxIn(folder), folder + u"/outbox.journal"_s);
}

/// The program that is killed: opens the files of a profile as the engine does, and closes them.
int play(const QString &folder)
{
    systemcalls::begin();
    const auto ledger = ledgerIn(folder);
    if (!test::await(ledger->open()))
        return 1;
    Cache cache(cacheIn(folder));
    return test::await(cache.open()) ? 0 : 1;
}

/// Every row of every table, but not what an index of words keeps for itself.
QStringList rows(const QString &file)
{
    QStringList all;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"rows"_s);
        database.setDatabaseName(file);
        database.open();
        QSqlQuery tables(u"SELECT name FROM pragma_table_list WHERE schema='main' AND type='table' AND name NOT LIKE 'sqlite_%' ORDER BY name"_s, database);
        while (tables.next()) {
            const QString table = tables.value(0).toString();
            QSqlQuery query(u"SELECT * FROM %1 ORDER BY 1, 2"_s.arg(table), database);
            while (query.next()) {
                QString row = table;
                for (int i = 0; i < query.record().count(); ++i)
                    row += u'|' + query.record().fieldName(i) + u'=' + query.value(i).toString();
                all.append(row);
            }
        }
    }
    QSqlDatabase::removeDatabase(u"rows"_s);
    return all;
}

} // namespace

/// A profile of an older version is opened, and the program is killed at a system call of it, from the first file to the
/// last. Then it is opened again. Which calls: see tst_systemcalls.
class TestMigrationCalls : public QObject
{
    Q_OBJECT

    QTemporaryDir m_whole; ///< a profile of this version

    /// Whatever the older tables have a place for.
    static Status copyRows(Connection &c, const QString &from)
    {
        if (const auto attached = c.exec(u"ATTACH ? AS whole"_s, {from}); !attached)
            return fail(attached.error());
        const auto tables = c.exec(u"SELECT name, type FROM pragma_table_list WHERE schema='main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%' ORDER BY type"_s);
        if (!tables)
            return fail(tables.error());
        QStringList script;
        while ((*tables)->next()) {
            const QString name = (*tables)->value(0).toString();
            if ((*tables)->value(1).toString() == u"virtual"_s) {
                script.append(u"INSERT INTO %1(%1) VALUES('rebuild');"_s.arg(name));
                continue;
            }
            const auto columns = c.value(u"SELECT group_concat(name) FROM pragma_table_info(?)"_s, {name});
            if (!columns)
                return fail(columns.error());
            script.append(u"INSERT INTO main.%1(%2) SELECT %2 FROM whole.%1;"_s.arg(name, columns->toString()));
        }
        (*tables)->finish();
        return c.script(script.join(u'\n'));
    }
    void fill(const QString &folder)
    {
        using namespace storedata;
        Cache cache(cacheIn(folder));
        QVERIFY(test::await(cache.open()));
        QVector<Contact> contacts;
        QVector<Conversation> talks;
        QVector<Message> messages;
        QVector<LeadTask> tasks;
        QVector<Opportunity> deals;
        QVector<Appointment> visits;
        for (int i = 0; i < 40; ++i) {
            const QString id = QString::number(i);
            contacts.append(contact(u"c"_s + id, u"Walter"_s + id, u"Reed"_s, u"+140755501%1"_s.arg(i, 2, 10, QLatin1Char('0'))));
            talks.append(talk(u"t"_s + id, u"c"_s + id, i));
            for (int k = 0; k < 3; ++k)
                messages.append(message(u"m%1-%2"_s.arg(i).arg(k), u"t"_s + id, u"c"_s + id, i * 3 + k, u"the walrus %1 sits on the fence"_s.arg(k)));
            LeadTask task;
            task.id = TaskId(u"k"_s + id);
            task.contact = ContactId(u"c"_s + id);
            task.title = u"Call about the walrus"_s;
            tasks.append(task);
            Opportunity deal;
            deal.id = OpportunityId(u"d"_s + id);
            deal.contactId = ContactId(u"c"_s + id);
            deal.name = u"Walrus roof"_s;
            deal.stage = StageId(u"s1"_s);
            deal.pipeline = PipelineId(u"p1"_s);
            deals.append(deal);
            Appointment visit;
            visit.id = AppointmentId(u"a"_s + id);
            visit.contact = ContactId(u"c"_s + id);
            visit.title = u"Walrus inspection"_s;
            visit.start = at(100 + i);
            visit.end = at(130 + i);
            visits.append(visit);
        }
        QVERIFY(test::await(cache.putContacts(home, contacts, std::nullopt)));
        QVERIFY(test::await(cache.putConversations(home, talks, std::nullopt)));
        QVERIFY(test::await(cache.putMessages(home, messages, std::nullopt)));
        QVERIFY(test::await(cache.putTasks(home, tasks, {})));
        QVERIFY(test::await(cache.putDeals(home, deals, std::nullopt)));
        QVERIFY(test::await(cache.putAppointments(home, visits)));
        // As a program of before the second version has left it.
        Q_CLEANUP_RESOURCE(nextoutbox);
        {
            const auto ledger = ledgerIn(folder);
            QVERIFY(test::await(ledger->open()));
            for (int i = 0; i < 20; ++i)
                QVERIFY(test::await(ledger->insert(textRecord(u"c%1"_s.arg(i), u"Hello %1"_s.arg(i), i))));
            Account account;
            account.id = AccountId(newUlid());
            QVERIFY(test::await(ledger->putAccount(account)));
            QVERIFY(test::await(ledger->putDraft({home, ContactId(u"c1"_s), u"half a sent"_s, 3, at(1)})));
        }
        Q_INIT_RESOURCE(nextoutbox);
        QCOMPARE(migrations::newest(u"outbox"_s), 2);
    }
    static std::unique_ptr<QTemporaryDir> copyOf(const QTemporaryDir &profile)
    {
        auto made = std::make_unique<QTemporaryDir>();
        if (!systemcalls::copyFolder(profile.path(), made->path()))
            qFatal("The profile cannot be copied.");
        return made;
    }
    std::unique_ptr<QTemporaryDir> older(const QString &version)
    {
        auto made = copyOf(m_whole);
        if (version == u"outbox"_s)
            return made; // only that one is older
        const QString from = cacheIn(m_whole.path());
        QFile::remove(cacheIn(made->path()));
        DatabaseOptions options;
        options.file = cacheIn(made->path());
        options.schema = version;
        const Status filled = Database::visit(options, [from](Connection &c) { return copyRows(c, from); });
        if (!filled)
            qFatal("The older cache cannot be made: %s", qPrintable(filled.error().message));
        return made;
    }
    static systemcalls::Run lives(const QTemporaryDir &profile, qint64 at)
    {
        const systemcalls::Plan plan{at, 0, false, QFile::encodeName(profile.path()), QFile::encodeName(profile.filePath(u"tally"_s))};
        return systemcalls::live(plan, {u"--open"_s, profile.path()}, [](const systemcalls::Run &) { return false; });
    }
    struct Books {
        QStringList cache;
        QStringList outbox;
    };
    /// Opens the profile as after an unclean end, which looks at every page and every table. Empty: in order.
    static QString open(const QString &folder, Books *books)
    {
        {
            const auto ledger = ledgerIn(folder);
            const auto report = test::await(ledger->open());
            if (!report || report->salvaged || report->newerVersion)
                return u"the outbox did not open, or had to be mended"_s;
            const auto open = test::await(ledger->unfinished());
            if (!open || open->size() != 20)
                return u"records are missing"_s;
            Cache cache(cacheIn(folder));
            if (!test::await(cache.open(true)) || cache.rebuilt())
                return u"the cache was set aside"_s;
            const auto hits = test::await(cache.search(home, u"walrus"_s, {}, 500));
            const auto pieces = test::await(cache.search(home, u"alru"_s, {}, 500));
            if (!hits || !pieces || hits->isEmpty() || hits->size() != pieces->size())
                return u"what is in the cache is not found"_s;
        }
        *books = {rows(cacheIn(folder)), rows(outboxIn(folder))};
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!systemcalls::possible)
            QSKIP("System calls can be changed on x86-64 only.");
        fill(m_whole.path());
    }
    void killed_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<bool>("everything"); ///< the older cache had a place for every kind of row
        QTest::newRow("cache of the first version") << u"until1"_s << false;
        QTest::newRow("cache of version 6") << u"until6"_s << false;
        QTest::newRow("cache of version 10") << u"until10"_s << true;
        QTest::newRow("outbox of the first version") << u"outbox"_s << true;
    }
    void killed()
    {
        QFETCH(QString, version);
        QFETCH(bool, everything);
        const auto model = older(version);
        const auto whole = copyOf(*model);
        const auto first = lives(*whole, 1'000'000'000);
        if (first.tally.counted == 0)
            QSKIP("Programs may not be traced here.");
        Books books;
        QCOMPARE(open(whole->path(), &books), QString());
        QVERIFY(books.cache.filter(u"messages|"_s).size() == 120 && books.cache.filter(u"contacts|"_s).size() == 40);
        QCOMPARE(books.cache.filter(u"tasks|"_s).size(), everything ? 40 : 0);
        QCOMPARE(books.outbox.filter(u"copies|"_s).size(), 20);
        int reached = 0;
        QStringList troubles;
        const auto chosen = systemcalls::points(first.tally.counted);
        for (const qint64 at : chosen) {
            const auto own = copyOf(*model);
            const auto run = lives(*own, at);
            reached += run.tally.counted >= at ? 1 : 0;
            Books after;
            QString trouble = open(own->path(), &after);
            if (trouble.isEmpty() && after.outbox != books.outbox)
                trouble = u"the outbox has other rows"_s;
            if (trouble.isEmpty() && after.cache != books.cache)
                trouble = u"the cache has other rows"_s;
            if (!trouble.isEmpty())
                troubles.append(u"at %1 of %2 (%3): %4"_s.arg(at).arg(first.tally.counted).arg(QString::fromLatin1(run.tally.hit.data()), trouble));
        }
        qInfo("%d points of %lld calls, %d reached", int(chosen.size()), static_cast<long long>(first.tally.counted), reached);
        QVERIFY2(troubles.isEmpty(), qPrintable(troubles.join(u'\n')));
        QVERIFY(reached > 0);
    }
};

int main(int argc, char *argv[])
{
    if (systemcalls::isTrace(argc, argv))
        return systemcalls::trace(argc, argv);
    QCoreApplication app(argc, argv);
    if (argc == 3 && std::strcmp(argv[1], "--open") == 0)
        return play(QFile::decodeName(argv[2]));
    TestMigrationCalls test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_migrationcalls.moc"
