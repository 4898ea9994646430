// SPDX-License-Identifier: GPL-3.0-or-later
#include "clirun.h"
#include "support/waitfor.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::CliRun;

/// `contact set`, `contact rm` and `export` as real processes against a practice account in this one.
class TestCliContacts : public QObject
{
    Q_OBJECT

    using Ran = CliRun::Ran;
    CliRun m_cli;
    Ran run(const QStringList &arguments) const { return m_cli.run(arguments); }
    QJsonDocument json(const QStringList &arguments, int exit = 0) const { return m_cli.json(arguments, exit); }
    QString m_contact;

    practice::Contact &onServer() { return m_cli.server->world().contacts[*m_cli.server->world().contact(m_contact)]; }
    int writes() const
    {
        int count = 0;
        for (const auto &entry : m_cli.server->ledger().entries())
            count += entry.changing && entry.path.startsWith(u"/contacts/"_s) && !entry.path.endsWith(u"/search"_s) ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_cli.serve(CliRun::account({30, 20, 10, 0})));
        m_contact.clear();
        const practice::World &world = m_cli.server->world();
        for (practice::Index i = 0; i < practice::Index(world.contacts.size()) && m_contact.isEmpty(); ++i) {
            const auto &contact = world.contacts[i];
            if (contact.location == 0 && !contact.deleted && !contact.email.isEmpty() && !contact.phone.isEmpty())
                m_contact = world.mint.id(practice::Kind::Contact, i);
        }
        QVERIFY(!m_contact.isEmpty());
    }

    void fieldsAndTagsAreSet()
    {
        QCOMPARE(run({u"sync"_s}).exit, 0);
        const QString last = onServer().last;
        const auto answer = json({u"contact"_s, u"set"_s, m_contact, u"--first-name"_s, u"Zoe"_s, u"--phone"_s, u"(407) 555-0166"_s, u"--tag"_s,
                                  u"from-cli"_s, u"--wait"_s});
        const QString state = answer.object()[u"state"].toString(); // HighLevel has it; our own last step may still be under way
        QVERIFY2(state == u"accepted"_s || state == u"confirmed"_s, qPrintable(state));
        QCOMPARE(onServer().first, u"Zoe"_s);
        QCOMPARE(onServer().phone, u"+14075550166"_s);
        QCOMPARE(onServer().last, last);
        QVERIFY(onServer().tags.contains(u"from-cli"_s));
    }

    void aCustomFieldIsSetByItsKeyAndWrongOnesAreSaid()
    {
        QCOMPARE(run({u"sync"_s}).exit, 0);
        QVERIFY(!m_cli.server->world().fields.empty());
        const QString key = m_cli.server->world().fields.front().key;
        QVERIFY(!json({u"contact"_s, u"set"_s, m_contact, u"--field"_s, key + u"=from the line"_s, u"--wait"_s}).isNull());
        QVERIFY(!onServer().rest().customFields.isEmpty());
        QVERIFY(!json({u"contact"_s, u"set"_s, m_contact, u"--field"_s, u"nosuch=1"_s}, 2).isNull());
        QVERIFY(!json({u"contact"_s, u"set"_s, m_contact, u"--email"_s, u"nobody"_s}, 2).isNull());
        QVERIFY(!json({u"contact"_s, u"set"_s, m_contact}, 2).isNull());
    }

    void aDryRunPrintsAndChangesNothing()
    {
        QCOMPARE(run({u"sync"_s}).exit, 0);
        const auto set = json({u"--dry-run"_s, u"contact"_s, u"set"_s, m_contact, u"--city"_s, u"Reno"_s, u"--tag"_s, u"x"_s});
        const QJsonArray requests = set.object()[u"requests"].toArray();
        QCOMPARE(requests.size(), 2);
        QCOMPARE(requests[0].toObject()[u"method"].toString(), u"PUT"_s);
        QCOMPARE(requests[0].toObject()[u"body"].toObject(), (QJsonObject{{u"city"_s, u"Reno"_s}}));
        QVERIFY(!json({u"--dry-run"_s, u"contact"_s, u"rm"_s, m_contact}).isNull());
        QVERIFY(!json({u"--dry-run"_s, u"contact"_s, u"create"_s, u"--first"_s, u"New"_s}).isNull());
        QCOMPARE(writes(), 0);
    }

    void deletingNeedsAYes()
    {
        QCOMPARE(run({u"sync"_s}).exit, 0);
        const Ran asked = run({u"contact"_s, u"rm"_s, m_contact});
        QCOMPARE(asked.exit, 2);
        QVERIFY(asked.err.contains("--yes"));
        QCOMPARE(writes(), 0);
        QVERIFY(!json({u"contact"_s, u"rm"_s, m_contact, u"--yes"_s, u"--wait"_s}).isNull());
        const auto there = m_cli.server->world().contact(m_contact);
        QVERIFY(!there || m_cli.server->world().contacts[*there].deleted);
    }

    void exportsHoldEverythingAndNoFormula()
    {
        onServer().first = u"=HYPERLINK(\"http://x\")"_s;
        QCOMPARE(run({u"sync"_s}).exit, 0);
        const Ran csv = run({u"export"_s, u"contacts"_s});
        QCOMPARE(csv.exit, 0);
        QVERIFY(csv.out.startsWith("\xEF\xBB\xBFid,firstName,"));
        QVERIFY(csv.out.contains("'=HYPERLINK"));
        QVERIFY(!csv.out.contains(",=") && !csv.out.contains(",\"="));
        const auto written = json({u"export"_s, u"contacts"_s, u"--format"_s, u"jsonl"_s, u"--out"_s, u"all.jsonl"_s});
        QFile file(m_cli.folder->filePath(u"all.jsonl"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int lines = 0;
        bool found = false;
        while (!file.atEnd()) {
            const QJsonObject one = QJsonDocument::fromJson(file.readLine()).object();
            QVERIFY(one.contains(u"id"));
            found = found || (one[u"id"] == m_contact && one[u"firstName"].toString().startsWith(u'='));
            ++lines;
        }
        QVERIFY(found);
        QCOMPARE(written.object()[u"rows"].toInt(), lines);
        QVERIFY(QFile::permissions(file.fileName()).testFlag(QFile::ReadOwner) && !QFile::permissions(file.fileName()).testFlag(QFile::ReadOther));
        for (const QString &what : {u"messages"_s, u"opportunities"_s}) {
            const Ran ran = run({u"export"_s, what, u"--format"_s, u"jsonl"_s});
            QCOMPARE(ran.exit, 0);
            QVERIFY(ran.out.count('\n') > 5);
            QVERIFY(!QJsonDocument::fromJson(ran.out.left(ran.out.indexOf('\n'))).object()[u"contactId"].toString().isEmpty());
        }
        QVERIFY(run({u"export"_s, u"contacts"_s, u"--format"_s, u"vcard"_s}).out.contains("BEGIN:VCARD"));
        QCOMPARE(run({u"export"_s, u"messages"_s, u"--format"_s, u"vcard"_s}).exit, 2);
        QCOMPARE(run({u"export"_s, u"everything"_s}).exit, 2);
        QCOMPARE(run({u"export"_s, u"contacts"_s, u"--out"_s, u"/nowhere/file.csv"_s}).exit, 1);
    }

    void rowsOfAFileAreAddedOnce_data()
    {
        QTest::addColumn<QString>("twins");
        QTest::newRow("skip") << u"skip"_s;
        QTest::newRow("fill") << u"fill"_s;
        QTest::newRow("overwrite") << u"overwrite"_s;
    }
    void rowsOfAFileAreAddedOnce()
    {
        QFETCH(QString, twins);
        QCOMPARE(run({u"sync"_s}).exit, 0);
        onServer().city.clear();
        const QString first = onServer().first, phone = onServer().phone;
        QFile file(m_cli.folder->filePath(u"people.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Vorname;Telefon;City;Tags\r\nNova;(407) 555-0155;Reno;fair\r\nNova again;+1 407 555 0155;Reno;\r\nBad;12;Reno;\r\nKnown;");
        file.write(phone.toUtf8() + ";Tampa;fair\r\n");
        file.close();
        const auto dry = json({u"--dry-run"_s, u"contact"_s, u"import"_s, u"people.csv"_s}).object();
        QCOMPARE(dry[u"rows"].toInt(), 4);
        QCOMPARE(dry[u"taken"].toInt(), 2);
        QCOMPARE(dry[u"repeated"].toInt(), 1);
        QCOMPARE(dry[u"wrong"].toInt(), 1);
        QCOMPARE(dry[u"here"].toInt(), 1);
        QCOMPARE(dry[u"columns"].toObject()[u"Vorname"].toString(), u"firstName"_s);
        QCOMPARE(writes(), 0);
        QVERIFY(!json({u"contact"_s, u"import"_s, u"people.csv"_s, u"--duplicates"_s, twins}, 6).isNull());
        QCOMPARE(run({u"outbox"_s, u"wait"_s}).exit, 0);
        QCOMPARE(m_cli.server->world().contactsWith(0, {}, u"+14075550155"_s).size(), size_t(1));
        QCOMPARE(m_cli.server->world().contacts[m_cli.server->world().contactsWith(0, {}, u"+14075550155"_s).front()].first, u"Nova"_s);
        QCOMPARE(onServer().first, twins == u"overwrite" ? u"Known"_s : first);
        QCOMPARE(onServer().city, twins == u"skip" ? QString() : u"Tampa"_s);
        QCOMPARE(onServer().tags.contains(u"fair"_s), twins != u"skip");
        // The same file once more adds nobody.
        QVERIFY(!json({u"contact"_s, u"import"_s, u"people.csv"_s}, 6).isNull());
        QCOMPARE(run({u"outbox"_s, u"wait"_s}).exit, 0);
        QCOMPARE(m_cli.server->world().contactsWith(0, {}, u"+14075550155"_s).size(), size_t(1));
    }
    void aFileThatBreaksOffAddsNobody()
    {
        QCOMPARE(run({u"sync"_s}).exit, 0);
        QFile file(m_cli.folder->filePath(u"broken.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name,phone\nNova,+14075550156\n\"Open,+14075550157\n");
        file.close();
        const Ran ran = run({u"contact"_s, u"import"_s, u"broken.csv"_s});
        QCOMPARE(ran.exit, 2);
        QVERIFY(ran.err.contains("quotation mark"));
        QCOMPARE(writes(), 0);
        QVERIFY(m_cli.server->world().contactsWith(0, {}, u"+14075550156"_s).empty());
        QCOMPARE(run({u"contact"_s, u"import"_s, u"nosuch.csv"_s}).exit, 2);
    }
};

QTEST_GUILESS_MAIN(TestCliContacts)
#include "tst_cli_contacts.moc"
