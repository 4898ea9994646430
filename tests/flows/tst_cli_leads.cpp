// SPDX-License-Identifier: GPL-3.0-or-later
#include "clirun.h"

#include "domain/contactchange.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::CliRun;

/// The verbs around leads as real processes: contacts, tags, tasks, notes, users, businesses. What they did is read back
/// from the server.
class TestCliLeads : public QObject
{
    Q_OBJECT

    using Ran = CliRun::Ran;
    CliRun m_cli;
    QString m_contact;
    QString m_other;

    QJsonDocument json(const QStringList &arguments, int exit = 0) const { return m_cli.json(arguments, exit); }
    practice::World &world() const { return m_cli.server->world(); }
    practice::Contact &onServer(const QString &id) const { return world().contacts[*world().contact(id)]; }
    QVector<QJsonObject> shelf(QStringView kind, const QString &owner = {}) const
    {
        QVector<QJsonObject> found;
        for (const auto &item : world().shelf.items) {
            if (!item.deleted && item.kind == kind && (owner.isEmpty() || item.owner == owner))
                found.append(item.body);
        }
        return found;
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_cli.serve(CliRun::account({40, 0, 10, 0})));
        m_contact.clear();
        m_other.clear();
        for (practice::Index i = 0; i < world().contacts.size() && m_other.isEmpty(); ++i) {
            const auto &contact = world().contacts[i];
            const QString id = world().mint.id(practice::Kind::Contact, i);
            if (contact.location != 0 || contact.deleted || contact.phone.isEmpty() || contact.email.isEmpty() || !shelf(u"task", id).isEmpty() || !shelf(u"note", id).isEmpty())
                continue;
            (m_contact.isEmpty() ? m_contact : m_other) = id;
        }
        QVERIFY(!m_other.isEmpty());
        const Ran pulled = m_cli.run({u"sync"_s, u"--only"_s, u"location,users,contacts,tasks,customFields,businesses"_s});
        QVERIFY2(pulled.exit == 0, pulled.err.constData());
    }

    void somebodyIsFoundByAnyOfTheirNumbers()
    {
        for (const QString &who : {m_contact, onServer(m_contact).phone, onServer(m_contact).email})
            QCOMPARE(json({u"contact"_s, u"find"_s, who}).object()[u"id"].toString(), m_contact);
        // Whom this computer does not know is asked of HighLevel.
        QVERIFY(!json({u"op"_s, u"call"_s, u"create-contact"_s, u"--param"_s, u"firstName=Late"_s, u"--param"_s, u"email=late@example.com"_s}).isNull());
        QCOMPARE(json({u"contact"_s, u"find"_s, u"late@example.com"_s}).object()[u"firstName"].toString(), u"Late"_s);
        json({u"contact"_s, u"find"_s, u"nobody@example.com"_s}, 1);
    }

    void anUpsertChangesWhoIsThereAndAddsWhoIsNot()
    {
        const int people = int(world().contacts.size());
        const QString phone = onServer(m_contact).phone;
        QVERIFY(!json({u"contact"_s, u"upsert"_s, u"--phone"_s, phone, u"--city"_s, u"Reno"_s, u"--tag"_s, u"upserted"_s, u"--wait"_s}).isNull());
        QCOMPARE(int(world().contacts.size()), people);
        QVERIFY(onServer(m_contact).tags.contains(u"upserted"_s));
        QCOMPARE(json({u"contact"_s, u"get"_s, m_contact, u"--refresh"_s}).object()[u"city"].toString(), u"Reno"_s);
        QVERIFY(!json({u"contact"_s, u"upsert"_s, u"--email"_s, u"new@example.com"_s, u"--first-name"_s, u"Nora"_s, u"--city"_s, u"Austin"_s, u"--wait"_s}).isNull());
        QCOMPARE(int(world().contacts.size()), people + 1);
        const auto found = json({u"contact"_s, u"find"_s, u"new@example.com"_s}).object();
        QCOMPARE(found[u"firstName"].toString(), u"Nora"_s);
        QCOMPARE(json({u"contact"_s, u"get"_s, found[u"id"].toString(), u"--refresh"_s}).object()[u"city"].toString(), u"Austin"_s);
        json({u"contact"_s, u"upsert"_s, u"--first-name"_s, u"Nobody"_s}, 2);
    }

    void followersAndTagsComeAndGo()
    {
        const auto users = json({u"user"_s, u"list"_s}).array();
        QVERIFY(users.size() >= 2);
        const QString user = users.at(1).toObject()[u"id"].toString(), name = users.at(1).toObject()[u"name"].toString();
        const auto followers = [this] { return json({u"op"_s, u"call"_s, u"get-contact"_s, u"--param"_s, u"contactId="_s + m_contact}).object()[u"contact"].toObject()[u"followers"].toArray(); };
        QVERIFY(!json({u"contact"_s, u"follow"_s, m_contact, name, u"--wait"_s}).isNull());
        QVERIFY(followers().contains(user));
        QVERIFY(!json({u"contact"_s, u"unfollow"_s, m_contact, name, u"--wait"_s}).isNull());
        QVERIFY(!followers().contains(user));
        QVERIFY(!json({u"tag"_s, u"add"_s, m_contact, u"warm"_s, u"roof"_s, u"--wait"_s}).isNull());
        QVERIFY(onServer(m_contact).tags.contains(u"warm"_s) && onServer(m_contact).tags.contains(u"roof"_s));
        QVERIFY(!json({u"tag"_s, u"rm"_s, m_contact, u"warm"_s, u"--wait"_s}).isNull());
        QVERIFY(!onServer(m_contact).tags.contains(u"warm"_s));
        QVERIFY(onServer(m_contact).tags.contains(u"roof"_s));
    }

    void manyAreTaggedInOneRequest()
    {
        const int before = m_cli.asked("POST", u"/contacts/bulk/tags/update/add"_s);
        QVERIFY(!json({u"tag"_s, u"bulk"_s, u"add"_s, m_contact, m_other, u"--tag"_s, u"fair"_s, u"--tag"_s, u"hot"_s, u"--wait"_s}).isNull());
        QCOMPARE(m_cli.asked("POST", u"/contacts/bulk/tags/update/add"_s), before + 1);
        QVERIFY(onServer(m_contact).tags.contains(u"fair"_s) && onServer(m_other).tags.contains(u"hot"_s));
        QVERIFY(!json({u"tag"_s, u"bulk"_s, u"remove"_s, m_other, u"--tag"_s, u"hot"_s, u"--wait"_s}).isNull());
        QVERIFY(!onServer(m_other).tags.contains(u"hot"_s));
        json({u"tag"_s, u"bulk"_s, u"add"_s, m_contact, u"--dry-run"_s}, 2);
        json({u"tag"_s, u"bulk"_s, u"add"_s, u"nobody@example.com"_s, u"--tag"_s, u"x"_s}, 1);
    }

    void aTaskAndANoteAreReadAndChanged()
    {
        const QString task = json({u"task"_s, u"add"_s, u"call back tomorrow 3pm"_s, u"--contact"_s, m_contact, u"--wait"_s}).object()[u"serverId"].toString();
        QCOMPARE(json({u"task"_s, u"get"_s, task}).object()[u"title"].toString(), u"call back"_s);
        QVERIFY(!json({u"task"_s, u"set"_s, task, u"--title"_s, u"call the roofer"_s, u"--due"_s, u"2026-12-24T09:00:00-05:00"_s, u"--wait"_s}).isNull());
        QCOMPARE(shelf(u"task", m_contact).first()[u"title"].toString(), u"call the roofer"_s);
        QVERIFY(shelf(u"task", m_contact).first()[u"dueDate"].toString().startsWith(u"2026-12-24T14:00:00"_s));
        json({u"task"_s, u"set"_s, task, u"--due"_s, u"tomorrow"_s}, 2);
        json({u"task"_s, u"set"_s, task}, 2);
        const QString note = json({u"note"_s, u"add"_s, u"Wants a garden"_s, u"--contact"_s, m_contact, u"--wait"_s}).object()[u"serverId"].toString();
        QCOMPARE(json({u"note"_s, u"get"_s, note, u"--contact"_s, m_contact}).object()[u"text"].toString(), u"Wants a garden"_s);
        QVERIFY(!json({u"note"_s, u"set"_s, note, u"Wants a pool"_s, u"--contact"_s, m_contact, u"--wait"_s}).isNull());
        QCOMPARE(shelf(u"note", m_contact).first()[u"body"].toString(), u"Wants a pool"_s);
    }

    void businessesAreMadeChangedFilledAndRemoved()
    {
        const auto made = json({u"business"_s, u"add"_s, u"Roofs Ltd"_s, u"--city"_s, u"Reno"_s});
        const QString id = made.object()[u"business"].toObject()[u"id"].toString(made.object()[u"buiseness"].toObject()[u"id"].toString());
        QVERIFY2(!id.isEmpty(), made.toJson().constData());
        QVERIFY(m_cli.run({u"business"_s, u"get"_s, id}).out.contains("Roofs Ltd"));
        QVERIFY(!json({u"business"_s, u"set"_s, id, u"--name"_s, u"Roofs and Sons"_s}).isNull());
        QVERIFY(m_cli.run({u"business"_s, u"get"_s, id}).out.contains("Roofs and Sons"));
        QVERIFY(!json({u"business"_s, u"bulk"_s, id, m_contact, m_other, u"--wait"_s}).isNull());
        QVERIFY(m_cli.run({u"contact"_s, u"list"_s, u"--business"_s, id}).out.contains(m_contact.toUtf8()));
        QVERIFY(!json({u"business"_s, u"bulk"_s, u"none"_s, m_contact, u"--wait"_s}).isNull());
        const QByteArray left = m_cli.run({u"contact"_s, u"list"_s, u"--business"_s, id}).out;
        QVERIFY(!left.contains(m_contact.toUtf8()) && left.contains(m_other.toUtf8()));
        json({u"business"_s, u"rm"_s, id}, 2); // for good: not without a yes
        QVERIFY(!json({u"business"_s, u"rm"_s, id, u"--yes"_s}).isNull());
        QVERIFY(!m_cli.run({u"business"_s, u"list"_s, u"--refresh"_s}).out.contains(id.toUtf8()));
    }

    void verbsOfOneOperationSayWhatTheyNeed()
    {
        const auto users = json({u"user"_s, u"list"_s}).array();
        const QString user = users.at(0).toObject()[u"id"].toString();
        QCOMPARE(json({u"user"_s, u"get"_s, user}).object()[u"id"].toString(), user);
        QVERIFY(m_cli.run({u"user"_s, u"add"_s, u"--help"_s}).out.contains("--first-name"));
        QVERIFY(!m_cli.run({u"user"_s, u"add"_s, u"--help"_s}).out.contains("--password")); // secrets are no arguments
        const Ran lacking = m_cli.run({u"--json"_s, u"user"_s, u"add"_s, u"--first-name"_s, u"Ann"_s});
        QCOMPARE(lacking.exit, 2);
        QVERIFY(lacking.out.contains("lastName"));
        const int before = m_cli.writes();
        const auto dry = json({u"business"_s, u"add"_s, u"Dry Ltd"_s, u"--dry-run"_s});
        QCOMPARE(dry.object()[u"method"].toString(), u"POST"_s);
        QCOMPARE(m_cli.writes(), before);
        QVERIFY(json({u"contact"_s, u"appts"_s, m_contact}).object().contains(u"events"_s));
        QVERIFY(m_cli.run({u"contact"_s, u"list"_s, u"--legacy"_s, u"--limit"_s, u"3"_s}).exit == 0);
        json({u"contact"_s, u"list"_s}, 2);
        QVERIFY(json({u"relation"_s, u"list"_s, m_contact}).object().contains(u"relations"_s));
    }
};

QTEST_GUILESS_MAIN(TestCliLeads)
#include "tst_cli_leads.moc"
