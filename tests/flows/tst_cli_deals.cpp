// SPDX-License-Identifier: GPL-3.0-or-later
#include "clirun.h"

#include <QFileInfo>
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

/// The verbs of deals as real processes; what they did is read back from the server. All ten operations are reached.
class TestCliDeals : public QObject
{
    Q_OBJECT

    using Ran = CliRun::Ran;
    CliRun m_cli;
    Ran run(const QStringList &arguments) const { return m_cli.run(arguments); }
    practice::Index m_index = 0; ///< an open deal of the first pipeline
    QString m_deal;

    const practice::Opportunity &deal() const { return m_cli.server->world().opportunities[m_index]; }
    int asked(const QByteArray &verb, const QString &end) const
    {
        int count = 0;
        for (const auto &entry : m_cli.server->ledger().entries())
            count += entry.method == verb && entry.path.endsWith(end) ? 1 : 0;
        return count;
    }
    int writes() const { return m_cli.writes(); }

private Q_SLOTS:
    void init()
    {
        if (!QFileInfo::exists(CliRun::program()))
            QSKIP("outrigger-cli has not been built.");
        QVERIFY(m_cli.serve(CliRun::account({60, 40, 10, 0})));
        const practice::World &world = m_cli.server->world();
        bool found = false;
        for (practice::Index i = 0; i < world.opportunities.size() && !found; ++i) {
            const auto &one = world.opportunities[i];
            found = one.location == 0 && one.pipeline == 0 && !one.deleted && one.status == practice::DealStatus::Open;
            m_index = i;
        }
        QVERIFY(found);
        m_deal = world.mint.id(practice::Kind::Opportunity, m_index);
        const Ran pulled = run({u"sync"_s, u"--only"_s, u"location,users,customFields,contacts,pipelines,opportunities"_s});
        QVERIFY2(pulled.exit == 0, pulled.err.constData());
    }

    void followersComeAndGo()
    {
        const Ran followed = run({u"opportunity"_s, u"follow"_s, m_deal, u"Marcus Oyelaran"_s, u"priya@harborline.example"_s, u"--wait"_s});
        QVERIFY2(followed.exit == 0, followed.err.constData());
        QCOMPARE(deal().followers.size(), 2);
        QCOMPARE(asked("POST", u"/followers"_s), 1);
        const Ran shown = run({u"opportunity"_s, u"get"_s, m_deal, u"--refresh"_s, u"--json"_s});
        QCOMPARE(shown.json()[u"followers"].toArray().size(), 2);
        const Ran left = run({u"opportunity"_s, u"unfollow"_s, m_deal, u"Marcus Oyelaran"_s, u"--wait"_s});
        QVERIFY2(left.exit == 0, left.err.constData());
        QCOMPARE(deal().followers.size(), 1);
        QCOMPARE(asked("DELETE", u"/followers"_s), 1);
        QCOMPARE(run({u"opportunity"_s, u"follow"_s, m_deal, u"Nobody Known"_s}).exit, 2);
    }

    void aFieldIsSetByItsNameAndCheckedBefore()
    {
        const Ran set = run({u"opportunity"_s, u"set"_s, m_deal, u"--field"_s, u"Financing=cash"_s, u"--field"_s, u"commission=1200"_s, u"--wait"_s});
        QVERIFY2(set.exit == 0, set.err.constData());
        const QString said = QString::fromUtf8(QJsonDocument(deal().customFields).toJson());
        QVERIFY2(said.contains(u"Cash"_s) && said.contains(u"1200"_s), qPrintable(said));
        const Ran shown = run({u"opportunity"_s, u"get"_s, m_deal, u"--json"_s});
        QCOMPARE(shown.json()[u"fields"].toObject()[u"Financing"].toString(), u"Cash"_s);
        const int before = writes();
        QCOMPARE(run({u"opportunity"_s, u"set"_s, m_deal, u"--field"_s, u"Financing=Barter"_s}).exit, 2);
        QCOMPARE(run({u"opportunity"_s, u"set"_s, m_deal, u"--field"_s, u"No such field=1"_s}).exit, 2);
        QCOMPARE(writes(), before);
    }

    void anUpsertMakesOneAndThenChangesIt()
    {
        const practice::World &world = m_cli.server->world();
        QString who;
        for (practice::Index i = 0; i < world.contacts.size() && who.isEmpty(); ++i) {
            const bool has = std::any_of(world.opportunities.begin(), world.opportunities.end(), [&](const auto &one) { return one.contact == i; });
            if (!has && world.contacts[i].location == 0 && !world.contacts[i].deleted)
                who = world.mint.id(practice::Kind::Contact, i);
        }
        QVERIFY(!who.isEmpty());
        const auto before = world.opportunities.size();
        const Ran made = run({u"opportunity"_s, u"upsert"_s, u"--to"_s, who, u"--pipeline"_s, u"Sales"_s, u"--stage"_s, u"Contacted"_s, u"--value"_s, u"900"_s, u"--wait"_s});
        QVERIFY2(made.exit == 0, made.err.constData());
        QCOMPARE(world.opportunities.size(), before + 1);
        QCOMPARE(world.opportunities.back().value, 900.0);
        const Ran again = run({u"opportunity"_s, u"upsert"_s, u"--to"_s, who, u"--pipeline"_s, u"Sales"_s, u"--value"_s, u"950"_s, u"--wait"_s});
        QVERIFY2(again.exit == 0, again.err.constData());
        QCOMPARE(world.opportunities.size(), before + 1);
        QCOMPARE(world.opportunities.back().value, 950.0);
        QCOMPARE(asked("POST", u"/opportunities/upsert"_s), 2);
    }

    void aDryRunSaysWhatItWouldDoAndDoesNothing()
    {
        const int before = writes();
        const Ran follow = run({u"--dry-run"_s, u"opportunity"_s, u"follow"_s, m_deal, u"Marcus Oyelaran"_s, u"--json"_s});
        QVERIFY2(follow.exit == 0 && follow.out.contains("/followers"), follow.out.constData());
        const Ran set = run({u"--dry-run"_s, u"opportunity"_s, u"set"_s, m_deal, u"--field"_s, u"Financing=Cash"_s, u"--json"_s});
        QVERIFY2(set.exit == 0 && set.out.contains("field_value"), set.out.constData());
        const Ran upsert = run({u"--dry-run"_s, u"opportunity"_s, u"upsert"_s, u"--to"_s, m_cli.server->world().mint.id(practice::Kind::Contact, deal().contact), u"--json"_s});
        QVERIFY2(upsert.exit == 0 && upsert.out.contains("/opportunities/upsert"), (upsert.out + upsert.err).constData());
        QCOMPARE(writes(), before);
    }

    void theListCanBeReadAnewFirst()
    {
        m_cli.server->world().opportunities[m_index].name = u"Renamed on the server"_s;
        m_cli.server->world().opportunityChanged(m_index);
        QVERIFY(run({u"opportunity"_s, u"search"_s, u"Renamed"_s, u"--json"_s}).json().array().isEmpty());
        const Ran found = run({u"opportunity"_s, u"search"_s, u"Renamed"_s, u"--refresh"_s, u"--json"_s});
        QCOMPARE(found.json().array().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestCliDeals)
#include "tst_cli_deals.moc"
