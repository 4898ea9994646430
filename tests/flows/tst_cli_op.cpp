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

/// `op list`, `op describe` and `op call` as real processes against a practice account in this one. That all 126 work is
/// the walk's part (operations_walk.py).
class TestCliOp : public QObject
{
    Q_OBJECT

    using Ran = CliRun::Ran;
    CliRun m_cli;
    Ran run(const QStringList &arguments, const QByteArray &input = {}, const QString &token = {}) const { return m_cli.run(arguments, input, token); }
    int taken(const QByteArray &method, const QString &path) const { return m_cli.asked(method, path); }
    std::unique_ptr<QProcess> m_holder;
    QString m_contact;
    QString path() const { return u"/contacts/"_s + m_contact; }

private Q_SLOTS:
    void init()
    {
        practice::Options options = CliRun::account({60, 0, 20, 0});
        options.record = true;
        QVERIFY(m_cli.serve(options));
        m_contact = m_cli.server->world().mint.id(practice::Kind::Contact, 3);
    }
    void cleanup()
    {
        if (!m_holder)
            return;
        m_holder->terminate();
        QVERIFY(QTest::qWaitFor([this] { return m_holder->state() == QProcess::NotRunning; }, 60'000));
        m_holder.reset();
    }

    void theListIsComplete()
    {
        const Ran listed = run({u"op"_s, u"list"_s, u"--listed"_s, u"--json"_s});
        QCOMPARE(listed.exit, 0);
        QCOMPARE(listed.json().array().size(), 126);
        const Ran calendars = run({u"op"_s, u"list"_s, u"--category"_s, u"calend"_s, u"--listed"_s, u"--json"_s});
        QCOMPARE(calendars.json().array().size(), 34);
        QCOMPARE(run({u"op"_s, u"list"_s, u"--category"_s, u"weather"_s}).exit, 2);
        const Ran text = run({u"op"_s, u"list"_s});
        QVERIFY(text.out.contains("send-a-message"));
    }
    void anOperationIsDescribedByAnyOfItsNames()
    {
        for (const QStringList &name : {QStringList{u"get-slots"_s}, QStringList{u"Get Free Slots"_s}, QStringList{u"get"_s, u"FREE"_s, u"slots"_s}}) {
            const Ran ran = run(QStringList{u"op"_s, u"describe"_s} + name + QStringList{u"--json"_s});
            QCOMPARE(ran.exit, 0);
            QCOMPARE(ran.json()[u"path"_s].toString(), u"/calendars/{calendarId}/free-slots"_s);
            QCOMPARE(ran.json()[u"params"_s].toArray().at(0)[u"idOf"_s].toString(), u"calendar"_s);
        }
        const Ran unknown = run({u"op"_s, u"describe"_s, u"free-slot"_s});
        QCOMPARE(unknown.exit, 2);
        QVERIFY2(unknown.err.contains("Get Free Slots"), unknown.err.constData());
        QVERIFY(run({u"op"_s, u"describe"_s, u"delete-contact"_s}).out.contains("--yes"));
    }
    void aReadAnswersWithHighLevelsOwnJson()
    {
        const Ran ran = run({u"op"_s, u"call"_s, u"get-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--json"_s});
        QVERIFY2(ran.exit == 0, ran.err.constData());
        QCOMPARE(ran.json()[u"contact"_s][u"id"_s].toString(), m_contact);
        QCOMPARE(taken("GET", path()), 1);
    }
    void theAccountsLocationNeedNotBeGiven()
    {
        const Ran ran = run({u"op"_s, u"call"_s, u"list"_s, u"calendars"_s, u"--json"_s});
        QVERIFY2(ran.exit == 0, ran.err.constData());
        QVERIFY(!ran.json()[u"calendars"_s].toArray().isEmpty());
    }
    void whatIsMissingIsNamedWithItsSource()
    {
        const Ran ran = run({u"op"_s, u"call"_s, u"create-appointment"_s, u"--param"_s, u"startTime=2026-12-01T09:00:00-05:00"_s, u"--json"_s});
        QCOMPARE(ran.exit, 2);
        const QJsonArray missing = ran.json()[u"error"_s][u"missing"_s].toArray();
        QCOMPARE(missing.size(), 2);
        QCOMPARE(missing.at(0)[u"key"_s].toString(), u"calendarId"_s);
        QVERIFY(missing.at(1)[u"where"_s].toString().contains(u"contact search"_s));
        QCOMPARE(run({u"op"_s, u"call"_s, u"get-contact"_s, u"--param"_s, u"contactID="_s + m_contact}).exit, 2);
        QCOMPARE(run({u"op"_s, u"call"_s, u"get-contact"_s, u"--param"_s, m_contact}).exit, 2);
        QCOMPARE(run({u"op"_s, u"call"_s, u"search-contacts"_s, u"--param"_s, u"pageLimit=many"_s}).exit, 2);
        for (const auto &entry : m_cli.server->ledger().entries())
            QVERIFY2(entry.method != "POST", qPrintable(entry.path));
    }
    void aDryRunShowsTheRequestAndSendsNothing()
    {
        const Ran ran = run({u"op"_s, u"call"_s, u"create-contact-note"_s, u"--param"_s, u"contactId="_s + m_contact, u"--param"_s, u"body=Hello"_s,
                             u"--dry-run"_s, u"--json"_s});
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.json()[u"method"_s].toString(), u"POST"_s);
        QCOMPARE(ran.json()[u"url"_s].toString(), QString(m_cli.server->url() + path() + u"/notes"_s));
        QCOMPARE(ran.json()[u"body"_s][u"body"_s].toString(), u"Hello"_s);
        QCOMPARE(ran.json()[u"headers"_s][u"Version"_s].toString(), u"2021-07-28"_s);
        QVERIFY(!ran.out.contains(m_cli.server->token().toUtf8()));
        QCOMPARE(taken("POST", path() + u"/notes"_s), 0);
    }
    void aBodyComesFromStandardInputOrAFile()
    {
        const Ran piped = run({u"op"_s, u"call"_s, u"update-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--body"_s, u"-"_s, u"--json"_s},
                              R"({"city": "Tampa"})");
        QVERIFY2(piped.exit == 0, piped.err.constData());
        QFile file(m_cli.folder->filePath(u"body.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(R"({"city": "Miami", "state": "FL"})") > 0);
        file.close();
        const Ran read = run({u"op"_s, u"call"_s, u"update-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--body"_s, u"body.json"_s, u"--param"_s,
                              u"city=Ocala"_s});
        QVERIFY2(read.exit == 0, read.err.constData());
        const Ran now = run({u"op"_s, u"call"_s, u"get-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--json"_s});
        QCOMPARE(now.json()[u"contact"_s][u"city"_s].toString(), u"Ocala"_s);
        QCOMPARE(now.json()[u"contact"_s][u"state"_s].toString(), u"FL"_s);
        QCOMPARE(run({u"op"_s, u"call"_s, u"update-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--body"_s, u"-"_s}, "{city").exit, 2);
        QCOMPARE(run({u"op"_s, u"call"_s, u"update-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--body"_s, u"nowhere.json"_s}).exit, 2);
    }
    void deletesNeedAYes()
    {
        const Ran asked = run({u"op"_s, u"call"_s, u"delete-contact"_s, u"--param"_s, u"contactId="_s + m_contact});
        QCOMPARE(asked.exit, 2);
        QVERIFY2(asked.err.contains("--yes"), asked.err.constData());
        QCOMPARE(taken("DELETE", path()), 0);
        QCOMPARE(run({u"op"_s, u"call"_s, u"delete-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--yes"_s}).exit, 0);
        QCOMPARE(taken("DELETE", path()), 1);
        QCOMPARE(run({u"op"_s, u"call"_s, u"get-contact"_s, u"--param"_s, u"contactId="_s + m_contact}).exit, 4);
    }
    void aSecretIsNoArgument()
    {
        const Ran ran = run({u"op"_s, u"call"_s, u"create-user"_s, u"--param"_s, u"password=hunter2hunter2"_s});
        QCOMPARE(ran.exit, 2);
        QVERIFY(ran.err.contains("--body"));
    }
    void aPlainTokenCannotDoWhatTheAgencysCan()
    {
        const Ran ran = run({u"op"_s, u"call"_s, u"create-location"_s, u"--param"_s, u"name=North"_s, u"--param"_s, u"companyId=c"_s});
        QCOMPARE(ran.exit, 2); // asked first
        QVERIFY2(ran.err.contains("agency"), ran.err.constData());
    }
    /// As with the window: another process holds the profile, and nothing changes for who calls.
    void itWorksThroughWhoeverHoldsTheProfile()
    {
        m_holder = m_cli.start({u"sync"_s, u"--watch"_s}, {}, {});
        QTRY_VERIFY_WITH_TIMEOUT(taken("POST", u"/contacts/search"_s) > 0, 30'000);
        const Ran piped = run({u"op"_s, u"call"_s, u"update-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--body"_s, u"-"_s, u"--json"_s},
                              R"({"city": "Tampa"})");
        QVERIFY2(piped.exit == 0, piped.err.constData());
        const Ran out = run({u"op"_s, u"call"_s, u"get-contact"_s, u"--param"_s, u"contactId="_s + m_contact, u"--out"_s, u"contact.json"_s, u"--json"_s});
        QVERIFY2(out.exit == 0, out.err.constData());
        QVERIFY(QFile::exists(m_cli.folder->filePath(u"contact.json"_s)));
        QCOMPARE(m_holder->state(), QProcess::Running);
    }
};

QTEST_GUILESS_MAIN(TestCliOp)
#include "tst_cli_op.moc"
