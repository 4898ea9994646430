// SPDX-License-Identifier: GPL-3.0-or-later
//
// The real client at work against a practice account; then every request and every answer of it before HighLevel's
// published OpenAPI files. Started by tests/support/with-keyring unlocked.
#include "practice/server.h"
#include "support/places.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;

class TestClientOpenApi : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;
    QString m_openApi;

    struct Ran {
        int exit = -1;
        QByteArray out;
        QByteArray err;
        QJsonDocument json() const { return QJsonDocument::fromJson(out); }
    };
    /// The server lives in this process: waiting must not stop its event loop.
    Ran run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        Ran ran;
        if (QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 120'000)) {
            ran.exit = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        } else {
            process.kill();
            process.waitForFinished();
        }
        ran.out = process.readAllStandardOutput();
        ran.err = process.readAllStandardError();
        return ran;
    }
    Ran cli(const QStringList &arguments, const QByteArray &input = {})
    {
        return run(test::program(QStringLiteral("outrigger-cli")),
                   QStringList{u"--profile"_s, m_folder->filePath(u"profile"_s), u"--server"_s, m_server->url()} + arguments, input);
    }
    QString reachable() const
    {
        const practice::World &world = m_server->world();
        for (practice::Index i = 0; i < world.contacts.size(); ++i) {
            const auto &contact = world.contacts[i];
            if (contact.location == 0 && !contact.more && !contact.dnd && !contact.landline && !contact.phone.isEmpty())
                return world.mint.id(practice::Kind::Contact, i);
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString given = qEnvironmentVariable("OUTRIGGER_OPENAPI");
        m_openApi = given.isEmpty() ? test::source(QStringLiteral("../shared/openapi")) : given;
        if (!QFileInfo(m_openApi).isDir())
            QSKIP("HighLevel's OpenAPI files are not in ../shared/openapi.");
        for (const char *name : {"OUTRIGGER_TOKEN", "OUTRIGGER_LOCATION", "OUTRIGGER_SERVER"})
            qunsetenv(name);
    }
    void everyRequestAndEveryAnswerIsWhatIsPublished_data()
    {
        QTest::addColumn<practice::Dialect>("dialect");
        QTest::newRow("as it is published") << practice::Dialect::Spec;
        QTest::newRow("as it answers") << practice::Dialect::Both;
    }
    void everyRequestAndEveryAnswerIsWhatIsPublished()
    {
        QFETCH(practice::Dialect, dialect);
        m_folder = std::make_unique<QTemporaryDir>();
        practice::Options options;
        options.dialect = dialect;
        options.rate = practice::Rate::Off;
        options.quiet = true;
        options.record = true;
        options.pace = 0.01;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());

        const auto works = [](const Ran &ran) {
            if (ran.exit != 0)
                qWarning().noquote() << ran.err << ran.out;
            return ran.exit == 0;
        };
        QVERIFY(works(cli({u"account"_s, u"add"_s, u"--name"_s, u"Desk"_s, u"--location"_s, m_server->locationId(), u"--token-stdin"_s},
                          m_server->token().toUtf8() + '\n')));
        QVERIFY(works(cli({u"account"_s, u"check"_s})));
        QVERIFY(works(cli({u"sync"_s})));
        const Ran list = cli({u"conversation"_s, u"list"_s, u"--json"_s});
        QVERIFY(works(list));
        const QString conversation = list.json().array().at(0)[u"id"_s].toString();
        QVERIFY(works(cli({u"conversation"_s, u"messages"_s, conversation, u"--refresh"_s})));
        const QString somebody = reachable();
        QVERIFY(works(cli({u"contact"_s, u"get"_s, somebody})));
        QVERIFY(works(cli({u"contact"_s, u"search"_s, u"a"_s})));
        QVERIFY(works(cli({u"contact"_s, u"dup"_s, u"--phone"_s, u"+1 407 555 0142"_s})));
        QVERIFY(works(cli({u"contact"_s, u"create"_s, u"--first"_s, u"Nora"_s, u"--email"_s, u"nora@example.com"_s, u"--tag"_s, u"buyer"_s,
                           u"--source"_s, u"open house"_s, u"--wait"_s})));
        QVERIFY(works(cli({u"send"_s, u"--to"_s, somebody, u"--text"_s, u"Hello 👋 from a script"_s, u"--wait"_s})));
        QVERIFY(works(cli({u"send"_s, u"--to"_s, u"(407) 555-0142"_s, u"--text"_s, u"Nice to meet you"_s, u"--from"_s, u"+14075550110"_s,
                           u"--wait"_s})));
        QVERIFY(works(cli({u"calendar"_s, u"list"_s})));
        const Ran free = cli({u"calendar"_s, u"slots"_s, u"Buyer call"_s, u"--days"_s, u"20"_s, u"--json"_s});
        QVERIFY(works(free));
        const QJsonArray times = free.json().array();
        QVERIFY(times.size() > 10);
        const auto at = [&times](int i) { return times.at(i)[u"local"_s].toString(); };
        const Ran booked = cli({u"calendar"_s, u"book"_s, u"Buyer call"_s, u"--contact"_s, somebody, u"--at"_s, at(5), u"--wait"_s, u"--json"_s});
        QVERIFY(works(booked));
        const QString appointment = booked.json()[u"serverId"_s].toString();
        QVERIFY(works(cli({u"appointment"_s, u"move"_s, appointment, u"--at"_s, at(9), u"--wait"_s})));
        QVERIFY(works(cli({u"appointment"_s, u"cancel"_s, appointment, u"--reason"_s, u"the lead"_s, u"--wait"_s})));
        QVERIFY(works(cli({u"calendar"_s, u"block"_s, u"--calendar"_s, u"Buyer call"_s, u"--from"_s, at(7), u"--to"_s, at(8), u"--wait"_s})));
        const Ran deals = cli({u"opportunity"_s, u"search"_s, u"--pipeline"_s, u"Sales"_s, u"--stage"_s, u"New lead"_s, u"--json"_s});
        QVERIFY(works(deals));
        QVERIFY(works(cli({u"pipeline"_s, u"list"_s})));
        const QString deal = deals.json().array().at(0)[u"id"_s].toString();
        QVERIFY(works(cli({u"opportunity"_s, u"move"_s, deal, u"Contacted"_s, u"--wait"_s})));
        QVERIFY(works(cli({u"opportunity"_s, u"set"_s, deal, u"--value"_s, u"1,250"_s, u"--owner"_s, u"none"_s, u"--wait"_s})));
        QVERIFY(works(cli({u"opportunity"_s, u"lost"_s, deal, u"--reason"_s, u"Bad timing"_s, u"--wait"_s})));
        QVERIFY(works(cli({u"opportunity"_s, u"rm"_s, deal, u"--wait"_s})));
        QVERIFY(works(cli({u"opportunity"_s, u"add"_s, u"--to"_s, u"nora@example.com"_s, u"--stage"_s, u"Viewing"_s, u"--wait"_s})));
        QVERIFY(works(cli({u"sync"_s, u"--full"_s})));

        QSet<QString> met;
        for (const auto &entry : m_server->ledger().entries())
            met.insert(entry.operation);
        for (const QString &operation : {u"get-location"_s, u"search-contacts-advanced"_s, u"create-contact"_s, u"send-a-new-message"_s,
                                         u"export-messages-by-location"_s, u"search-conversation"_s, u"get-messages"_s, u"active-numbers"_s, u"get-calendars"_s, u"get-slots"_s, u"get-calendar-events"_s,
                                         u"get-blocked-slots"_s, u"create-appointment"_s, u"edit-appointment"_s, u"create-block-slot"_s,
                                         u"search-opportunity"_s, u"get-pipelines"_s, u"get-opportunity"_s, u"create-opportunity"_s, u"update-opportunity"_s,
                                         u"update-opportunity-status"_s, u"delete-opportunity"_s})
            QVERIFY2(met.contains(operation) || (operation == "create-contact"_L1 && met.contains(u"upsert-contact"_s)), qPrintable(operation));

        const Ran judged = run(u"python3"_s, {test::source(QStringLiteral("tests/flows/practice_openapi.py")), u"--openapi"_s, m_openApi,
                                              u"--validate-ledger"_s, m_server->url()});
        if (judged.exit == 77)
            QSKIP(judged.out.trimmed().constData());
        QVERIFY2(judged.exit == 0, (judged.out + judged.err).constData());
        qInfo().noquote() << judged.out.trimmed();
    }
};

QTEST_GUILESS_MAIN(TestClientOpenApi)
#include "tst_clientopenapi.moc"
