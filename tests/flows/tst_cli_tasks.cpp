// SPDX-License-Identifier: GPL-3.0-or-later
#include "clirun.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::CliRun;

/// task and note of the command line as real processes; what they did is read back from the server.
class TestCliTasks : public QObject
{
    Q_OBJECT

    using Ran = CliRun::Ran;
    CliRun m_cli;
    Ran run(const QStringList &arguments) const { return m_cli.run(arguments); }
    QString m_lead; ///< nothing is there about this one

    QVector<QJsonObject> onTheServer(QStringView kind) const
    {
        QVector<QJsonObject> found;
        for (const auto &item : m_cli.server->world().shelf.items) {
            if (!item.deleted && item.kind == kind && item.owner == m_lead)
                found.append(item.body);
        }
        return found;
    }
    int writes() const { return m_cli.writes(); }

private Q_SLOTS:
    void init()
    {
        if (!QFileInfo::exists(CliRun::program()))
            QSKIP("outrigger-cli has not been built.");
        QVERIFY(m_cli.serve(CliRun::account({40, 0, 10, 0})));
        const practice::World &world = m_cli.server->world();
        m_lead.clear();
        for (practice::Index i = 0; i < world.contacts.size() && m_lead.isEmpty(); ++i) {
            const QString id = world.mint.id(practice::Kind::Contact, i);
            if (world.contacts[i].location == 0
                && std::none_of(world.shelf.items.begin(), world.shelf.items.end(), [&id](const auto &item) { return item.owner == id; }))
                m_lead = id;
        }
        QVERIFY(!m_lead.isEmpty());
        const Ran pulled = run({u"sync"_s, u"--only"_s, u"location,users,contacts,tasks"_s});
        QVERIFY2(pulled.exit == 0, pulled.err.constData());
    }

    void aTaskIsAddedTickedAndRemoved()
    {
        const Ran added = run({u"task"_s, u"add"_s, u"call back tomorrow 3pm"_s, u"--contact"_s, m_lead, u"--wait"_s, u"--json"_s});
        QVERIFY2(added.exit == 0, added.err.constData());
        QCOMPARE(onTheServer(u"task").size(), 1);
        QCOMPARE(onTheServer(u"task").first()[u"title"].toString(), u"call back"_s);
        const QString id = added.json()[u"serverId"].toString();
        QVERIFY2(!id.isEmpty(), added.out.constData());
        const Ran listed = run({u"task"_s, u"list"_s, u"--contact"_s, m_lead, u"--json"_s});
        QCOMPARE(listed.json().array().size(), 1);
        QCOMPARE(listed.json().array().first()[u"id"].toString(), id);
        const Ran ticked = run({u"task"_s, u"done"_s, id, u"--wait"_s});
        QVERIFY2(ticked.exit == 0, ticked.err.constData());
        QVERIFY(onTheServer(u"task").first()[u"completed"].toBool());
        QVERIFY(run({u"task"_s, u"list"_s, u"--contact"_s, m_lead, u"--json"_s}).json().array().isEmpty());
        const Ran removed = run({u"task"_s, u"rm"_s, id, u"--wait"_s});
        QVERIFY2(removed.exit == 0, removed.err.constData());
        QVERIFY(onTheServer(u"task").isEmpty());
    }
    void aNoteIsAddedAndRemoved()
    {
        const Ran added = run({u"note"_s, u"add"_s, u"Wants a garden"_s, u"--contact"_s, m_lead, u"--wait"_s, u"--json"_s});
        QVERIFY2(added.exit == 0, added.err.constData());
        QCOMPARE(onTheServer(u"note").size(), 1);
        const Ran listed = run({u"note"_s, u"list"_s, u"--contact"_s, m_lead, u"--json"_s});
        QCOMPARE(listed.json().array().size(), 1);
        QCOMPARE(listed.json().array().first()[u"text"].toString(), u"Wants a garden"_s);
        const Ran removed = run({u"note"_s, u"rm"_s, listed.json().array().first()[u"id"].toString(), u"--contact"_s, m_lead, u"--wait"_s});
        QVERIFY2(removed.exit == 0, removed.err.constData());
        QVERIFY(onTheServer(u"note").isEmpty());
    }
    void aNoteIsColouredAndPinned()
    {
        const Ran added = run({u"note"_s, u"add"_s, u"Wants a garden"_s, u"--contact"_s, m_lead, u"--colour"_s, u"green"_s, u"--wait"_s, u"--json"_s});
        QVERIFY2(added.exit == 0, added.err.constData());
        QCOMPARE(onTheServer(u"note").first()[u"color"].toString(), u"#16A34A"_s);
        const QString id = added.json().object()[u"serverId"].toString();
        const Ran dry = run({u"--dry-run"_s, u"note"_s, u"set"_s, id, u"--contact"_s, m_lead, u"--pin"_s, u"--json"_s});
        QVERIFY2(dry.exit == 0, dry.err.constData());
        QVERIFY2(dry.out.contains("pinned") && !dry.out.contains("garden"), dry.out.constData());
        const Ran set = run({u"note"_s, u"set"_s, id, u"--contact"_s, m_lead, u"--pin"_s, u"--colour"_s, u"#ffaa00"_s, u"--wait"_s});
        QVERIFY2(set.exit == 0, set.err.constData());
        QVERIFY(onTheServer(u"note").first()[u"pinned"].toBool());
        QCOMPARE(onTheServer(u"note").first()[u"color"].toString(), u"#FFAA00"_s);
        QCOMPARE(onTheServer(u"note").first()[u"body"].toString(), u"Wants a garden"_s);
        const Ran listed = run({u"note"_s, u"list"_s, u"--contact"_s, m_lead});
        QVERIFY2(listed.out.contains("[pinned, yellow] Wants a garden"), listed.out.constData());
        const Ran off = run({u"note"_s, u"set"_s, id, u"Wants two"_s, u"--contact"_s, m_lead, u"--unpin"_s, u"--colour"_s, u"none"_s, u"--wait"_s});
        QVERIFY2(off.exit == 0, off.err.constData());
        QCOMPARE(onTheServer(u"note").first()[u"body"].toString(), u"Wants two"_s);
        QVERIFY(!onTheServer(u"note").first()[u"pinned"].toBool());
        QCOMPARE(onTheServer(u"note").first()[u"color"].toString(), QString());
        QCOMPARE(run({u"note"_s, u"set"_s, id, u"--contact"_s, m_lead, u"--colour"_s, u"teal"_s}).exit, 2);
        QCOMPARE(run({u"note"_s, u"set"_s, id, u"--contact"_s, m_lead, u"--pin"_s, u"--unpin"_s}).exit, 2);
        QVERIFY(run({u"note"_s, u"set"_s, id, u"--contact"_s, m_lead}).exit != 0); // nothing to change
    }
    void aDryRunSaysWhatItWouldDoAndDoesNothing()
    {
        const int before = writes();
        const Ran ran = run({u"--dry-run"_s, u"task"_s, u"add"_s, u"call back"_s, u"--contact"_s, m_lead, u"--json"_s});
        QVERIFY2(ran.exit == 0, ran.err.constData());
        QVERIFY2(ran.out.contains("/contacts/" + m_lead.toUtf8() + "/tasks"), ran.out.constData());
        QCOMPARE(run({u"--dry-run"_s, u"note"_s, u"add"_s, u"Hello"_s, u"--contact"_s, m_lead}).exit, 0);
        QCOMPARE(writes(), before);
        QVERIFY(onTheServer(u"task").isEmpty() && onTheServer(u"note").isEmpty());
    }
    void wrongWordsAreSaid()
    {
        QCOMPARE(run({u"task"_s, u"add"_s, u"call back"_s}).exit, 2);
        QVERIFY(run({u"task"_s, u"done"_s, u"nothing"_s}).exit != 0);
        QCOMPARE(run({u"task"_s, u"add"_s, u"x"_s, u"--contact"_s, m_lead, u"--due"_s, u"friday"_s}).exit, 2);
    }
};

QTEST_GUILESS_MAIN(TestCliTasks)
#include "tst_cli_tasks.moc"
