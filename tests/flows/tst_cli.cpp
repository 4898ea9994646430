// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile.h"
#include "practice/server.h"
#include "support/places.h"
#include "support/waitfor.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// The command line as real processes against a practice account in this one.
class TestCli : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<QProcess> m_holder;
    const QString m_program = test::program(QStringLiteral("outrigger-cli"));

    struct Ran {
        int exit = -1;
        QByteArray out;
        QByteArray err;
        QJsonDocument json() const { return QJsonDocument::fromJson(out); }
    };
    QProcessEnvironment environment(bool token = true) const
    {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        all.insert(u"XDG_RUNTIME_DIR"_s, m_folder->path());
        all.remove(u"OUTRIGGER_TOKEN"_s);
        all.insert(u"OUTRIGGER_SERVER"_s, m_server->url());
        if (token) {
            all.insert(u"OUTRIGGER_TOKEN"_s, m_server->token());
            all.insert(u"OUTRIGGER_LOCATION"_s, m_server->locationId());
        }
        return all;
    }
    std::unique_ptr<QProcess> start(const QStringList &arguments, bool token = true)
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment(token));
        process->start(m_program, QStringList{u"--profile"_s, m_folder->filePath(u"profile"_s)} + arguments);
        return process;
    }
    static Ran finish(QProcess &process, int milliseconds = 120'000)
    {
        Ran ran;
        if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, milliseconds)) {
            qWarning("A command did not end in time.");
            process.kill();
            process.waitForFinished();
        }
        ran.exit = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        ran.out = process.readAllStandardOutput();
        ran.err = process.readAllStandardError();
        return ran;
    }
    Ran run(const QStringList &arguments, bool token = true)
    {
        const auto process = start(arguments, token);
        return finish(*process);
    }
    /// A button of the practice account's control panel.
    void practise(const QString &what, const QJsonObject &body)
    {
        QNetworkAccessManager network;
        QNetworkRequest request(QUrl(m_server->url() + u"/__practice/"_s + what));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const std::unique_ptr<QNetworkReply> reply(network.post(request, QJsonDocument(body).toJson()));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->error(), QNetworkReply::NoError);
    }
    int sends(const QString &text = {}) const
    {
        int count = 0;
        for (const auto &entry : m_server->ledger().entries()) {
            if (entry.method != "POST" || entry.path != "/conversations/messages"_L1 || !entry.applied)
                continue;
            const QString body = QJsonDocument::fromJson(entry.body).object().value("message"_L1).toString();
            count += text.isEmpty() || body == text ? 1 : 0;
        }
        return count;
    }
    /// Somebody who can be texted.
    QString reachable(int skip = 0) const
    {
        const practice::World &world = m_server->world();
        for (practice::Index i = 0; i < world.contacts.size(); ++i) {
            const auto &contact = world.contacts[i];
            const bool plain = contact.location == 0 && !contact.more && !contact.dnd && !contact.landline && !contact.deleted;
            if (plain && !contact.phone.isEmpty() && skip-- == 0)
                return world.mint.id(practice::Kind::Contact, i);
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(m_program))
            QSKIP("outrigger-cli has not been built.");
    }
    void init()
    {
        if (m_holder && QByteArray(QTest::currentTestFunction()) == "hostileLinesOnTheSocketAreAnswered")
            return; // one holder meets them all
        if (m_holder) {
            m_holder->terminate();
            QCOMPARE(finish(*m_holder).exit, 0);
            m_holder.reset();
        }
        m_folder = std::make_unique<QTemporaryDir>();
        practice::Options options;
        options.size = {60, 0, 20, 0};
        options.rate = practice::Rate::Off;
        options.quiet = true;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
    }

    void helpAndVersionNeedNothing()
    {
        QCOMPARE(run({u"--version"_s}).exit, 0);
        const Ran help = run({u"--help"_s});
        QCOMPARE(help.exit, 0);
        QVERIFY(help.out.contains("outbox resolve") && help.out.contains("Exit codes"));
        QVERIFY(run({u"send"_s, u"--help"_s}).out.contains("--dry-run"));
        QVERIFY(!QFileInfo::exists(m_folder->filePath(u"profile"_s)));
    }
    void wrongUsageIsTwo()
    {
        QCOMPARE(run({}).exit, 2);
        QCOMPARE(run({u"fly"_s}).exit, 2);
        QCOMPARE(run({u"send"_s, u"--text"_s, u"Hello"_s}).exit, 2);
        QCOMPARE(run({u"send"_s, u"--to"_s, u"+1 407 555"_s, u"--text"_s, u"Hello"_s}).exit, 2);
        const Ran secret = run({u"account"_s, u"add"_s, u"--token"_s, u"abc"_s, u"--json"_s});
        QCOMPARE(secret.exit, 2);
        QCOMPARE(secret.json()[u"error"_s][u"kind"_s].toString(), u"usage"_s);
        QCOMPARE(run({u"sync"_s, u"--server"_s, u"http://example.com"_s}).exit, 2);
        QCOMPARE(run({u"sync"_s, u"--only"_s, u"weather"_s}).exit, 2);
        QCOMPARE(m_server->ledger().entries().size(), 0);
    }
    void withoutAnAccountItIsThree()
    {
        const Ran ran = run({u"sync"_s, u"--json"_s}, false);
        QCOMPARE(ran.exit, 3);
        QVERIFY(ran.json().isObject());
    }
    void syncAndLookAround()
    {
        const Ran synced = run({u"sync"_s, u"--json"_s});
        QVERIFY2(synced.exit == 0, synced.err.constData());
        QVERIFY(synced.json().isArray() && !synced.json().array().isEmpty());
        const Ran list = run({u"conversation"_s, u"list"_s, u"--json"_s});
        QCOMPARE(list.exit, 0);
        const QJsonArray conversations = list.json().array();
        QCOMPARE(conversations.size(), 20);
        const Ran messages = run({u"conversation"_s, u"messages"_s, conversations.at(0)[u"id"_s].toString(), u"--json"_s});
        QCOMPARE(messages.exit, 0);
        QVERIFY(messages.json().isArray());
        const QString id = reachable();
        const Ran contact = run({u"contact"_s, u"get"_s, id, u"--json"_s});
        QCOMPARE(contact.exit, 0);
        QCOMPARE(contact.json()[u"id"_s].toString(), id);
        const QString name = contact.json()[u"lastName"_s].toString();
        const Ran found = run({u"contact"_s, u"search"_s, name, u"--json"_s});
        QCOMPARE(found.exit, 0);
        QVERIFY(!found.json().array().isEmpty());
        QCOMPARE(run({u"contact"_s, u"get"_s, u"nobodyhasthisid00000"_s}).exit, 4);
        const Ran twin = run({u"contact"_s, u"dup"_s, u"--phone"_s, contact.json()[u"phone"_s].toString(), u"--json"_s});
        QCOMPARE(twin.exit, 0);
        QVERIFY(!twin.json().array().isEmpty());
    }
    void syncCountsWhatIsThere()
    {
        const QJsonArray areas = run({u"sync"_s, u"--json"_s}).json().array();
        qint64 emails = 0;
        qint64 others = 0;
        for (const auto &message : m_server->world().messages)
            (message.type == practice::Type::Email ? emails : others) += 1;
        QVERIFY(emails > 0 && others > emails);
        const auto seen = [](const QJsonArray &list, const QString &area) {
            for (const QJsonValue &row : list) {
                if (row[u"area"_s].toString() == area)
                    return row[u"seen"_s].toInteger();
            }
            return qint64(-1);
        };
        // E-mail is a pass of its own; the figure is that of both. Older than 90 days is the other area.
        const qint64 all = seen(areas, u"messages"_s) + seen(areas, u"messages.older"_s);
        QVERIFY2(all > others && all <= emails + others, qPrintable(QString::number(all)));
        QVERIFY(seen(areas, u"messages"_s) > 0);
        // The next run finds nothing new and still says how many there are.
        const QJsonArray again = run({u"sync"_s, u"--json"_s}).json().array();
        QCOMPARE(seen(again, u"messages"_s), seen(areas, u"messages"_s));
        QCOMPARE(seen(again, u"messages.older"_s), seen(areas, u"messages.older"_s));
    }
    void aVersionFromTheSettingsFileIsSent()
    {
        QVERIFY(QDir().mkpath(m_folder->filePath(u"profile"_s)));
        QFile settings(m_folder->filePath(u"profile/settings.ini"_s));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("[versions]\ncontacts=2023-02-21\nweather=v3\nconversations=not a version\n");
        settings.close();
        const Ran ran = run({u"send"_s, u"--to"_s, u"(407) 555-0142"_s, u"--text"_s, u"Hello"_s, u"--wait"_s});
        QVERIFY2(ran.exit == 0, ran.err.constData());
        QHash<QString, QByteArray> versions;
        for (const auto &entry : m_server->ledger().entries()) {
            if (entry.method == "POST")
                versions.insert(entry.path, entry.version);
        }
        QCOMPARE(versions.value(u"/contacts/"_s), QByteArray("2023-02-21"));
        QCOMPARE(versions.value(u"/conversations/messages"_s), QByteArray("2021-04-15")); // what cannot be understood is left out
    }
    void whereTwinsAreForbiddenAnUpsertIsUsed_data()
    {
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<QString>("path");
        QTest::newRow("forbidden") << false << u"/contacts/upsert"_s;
        QTest::newRow("allowed") << true << u"/contacts/"_s;
    }
    void whereTwinsAreForbiddenAnUpsertIsUsed()
    {
        QFETCH(bool, allowed);
        QFETCH(QString, path);
        m_server->world().locations[0].allowDuplicateContact = allowed;
        QCOMPARE(run({u"sync"_s, u"--only"_s, u"location"_s}).exit, 0);
        const Ran ran = run({u"contact"_s, u"create"_s, u"--email"_s, u"nora@example.com"_s, u"--first"_s, u"Nora"_s, u"--json"_s});
        QVERIFY2(ran.exit == 0, (ran.err + ran.out).constData());
        QCOMPARE(run({u"outbox"_s, u"wait"_s}).exit, 0);
        QStringList made;
        for (const auto &entry : m_server->ledger().entries()) {
            if (entry.method == "POST" && entry.applied && entry.path.startsWith("/contacts/"_L1))
                made.append(entry.path);
        }
        QCOMPARE(made, QStringList{path});
    }
    void aCommentAndOtherChannelsAreSaidByTheirNames()
    {
        const Ran comment = run({u"send"_s, u"--to"_s, reachable(), u"--channel"_s, u"comment"_s, u"--text"_s, u"For us only"_s, u"--wait"_s, u"--json"_s});
        QCOMPARE(comment.exit, 0);
        QCOMPARE(sends(u"For us only"_s), 1);
        const auto &entries = m_server->ledger().entries();
        QVERIFY(std::any_of(entries.begin(), entries.end(), [](const auto &entry) { return entry.body.contains("InternalComment"); }));
        // They have not written there, so there is nobody to answer.
        const Ran stranger = run({u"send"_s, u"--to"_s, reachable(), u"--channel"_s, u"instagram"_s, u"--text"_s, u"Hello there"_s});
        QCOMPARE(stranger.exit, 2);
        QCOMPARE(run({u"send"_s, u"--to"_s, reachable(), u"--channel"_s, u"pigeon"_s, u"--text"_s, u"Hello there"_s}).exit, 2);
        QCOMPARE(run({u"send"_s, u"--to"_s, u"+1 407 555 0142"_s, u"--channel"_s, u"comment"_s, u"--text"_s, u"Hello there"_s}).exit, 2);
        QCOMPARE(sends(u"Hello there"_s), 0);
    }
    void sendWaitSendsExactlyOne()
    {
        const Ran ran = run({u"send"_s, u"--to"_s, reachable(), u"--text"_s, u"Hello from a script"_s, u"--wait"_s, u"--json"_s});
        QVERIFY2(ran.exit == 0, ran.err.constData());
        const QJsonDocument answer = ran.json();
        QVERIFY2(answer.isObject(), ran.out.constData());
        QVERIFY(answer[u"state"_s].toString() == u"accepted"_s || answer[u"state"_s].toString() == u"confirmed"_s);
        QVERIFY(!answer[u"serverId"_s].toString().isEmpty());
        QCOMPARE(answer[u"kind"_s].toString(), u"message.send"_s);
        QCOMPARE(sends(u"Hello from a script"_s), 1);
        const Ran again = run({u"outbox"_s, u"wait"_s, u"--json"_s});
        QCOMPARE(again.exit, 0);
        QCOMPARE(sends(), 1);
    }
    void aTextForLaterNeedsATimeThatMeansOneMoment()
    {
        const auto at = [this](const QString &time) {
            return run({u"send"_s, u"--to"_s, reachable(), u"--text"_s, u"Later"_s, u"--at"_s, time, u"--wait"_s, u"--json"_s});
        };
        for (const auto &vague : {u"2099-12-01T09:00:00"_s, u"tomorrow"_s, u"2020-01-01T09:00:00Z"_s})
            QCOMPARE(at(vague).exit, 2);
        QCOMPARE(sends(), 0);
        const QDateTime moment = QDateTime::currentDateTimeUtc().addDays(1);
        const Ran ran = at(moment.toString(Qt::ISODate));
        QVERIFY2(ran.exit == 0, ran.err.constData());
        QCOMPARE(sends(u"Later"_s), 1);
        const auto index = m_server->world().message(ran.json()[u"serverId"_s].toString());
        QVERIFY(index);
        QCOMPARE(m_server->world().messages[*index].state, practice::State::Scheduled);
    }
    void dryRunChangesNothing()
    {
        const Ran ran = run({u"send"_s, u"--to"_s, reachable(), u"--text"_s, u"Not yet"_s, u"--dry-run"_s, u"--json"_s});
        QCOMPARE(ran.exit, 0);
        QVERIFY(ran.json()[u"dryRun"_s].toBool());
        QCOMPARE(ran.json()[u"requests"_s][0][u"path"_s].toString(), u"/conversations/messages"_s);
        const Ran fresh = run({u"send"_s, u"--to"_s, u"+1 407 555 0142"_s, u"--text"_s, u"Not yet"_s, u"--dry-run"_s, u"--json"_s});
        QCOMPARE(fresh.exit, 0);
        QCOMPARE(fresh.json()[u"requests"_s].toArray().size(), 2);
        QCOMPARE(m_server->ledger().entries().size(), 0);
        QVERIFY(run({u"outbox"_s, u"list"_s, u"--all"_s, u"--json"_s}).json().array().isEmpty());
    }
    void textingANewNumberMakesOneContact()
    {
        const Ran ran = run({u"send"_s, u"--to"_s, u"(407) 555-0142"_s, u"--text"_s, u"Nice to meet you"_s, u"--wait"_s, u"--json"_s});
        QVERIFY2(ran.exit == 0, ran.err.constData());
        int made = 0;
        for (const auto &entry : m_server->ledger().entries())
            made += entry.method == "POST" && entry.applied && entry.path.startsWith("/contacts/"_L1) ? 1 : 0;
        QCOMPARE(made, 1);
        QCOMPARE(sends(u"Nice to meet you"_s), 1);
    }
    void withoutANetworkItWaits()
    {
        const QString to = reachable();
        const quint16 port = m_server->port();
        const QProcessEnvironment same = environment();
        practice::Options options = m_server->options();
        m_server.reset();
        QProcess process;
        process.setProcessEnvironment(same);
        process.start(m_program, {u"--profile"_s, m_folder->filePath(u"profile"_s), u"send"_s, u"--to"_s, to, u"--text"_s,
                                  u"Later"_s, u"--wait"_s, u"--timeout"_s, u"20"_s, u"--json"_s});
        const Ran ran = finish(process);
        QVERIFY2(ran.exit == 6, ran.err.constData());
        QCOMPARE(ran.json()[u"state"_s].toString(), u"queued"_s);

        options.port = port;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
        QProcess later;
        later.setProcessEnvironment(same);
        later.start(m_program, {u"--profile"_s, m_folder->filePath(u"profile"_s), u"outbox"_s, u"wait"_s, u"--json"_s});
        const Ran delivered = finish(later);
        QVERIFY2(delivered.exit == 0, delivered.err.constData());
        QCOMPARE(sends(u"Later"_s), 1);
    }
    void aRefusedTextIsFour()
    {
        const Ran ran = run({u"send"_s, u"--to"_s, u"nobodyhasthisid00000"_s, u"--text"_s, u"Hello"_s, u"--wait"_s});
        QCOMPARE(ran.exit, 4);
        QCOMPARE(sends(), 0);
    }
    void theGuardSpeaksForTheCommandLineToo()
    {
        const QString soft = reachable();
        const QString stopped = reachable(1);
        practise(u"inbound"_s, {{u"contactId"_s, soft}, {u"text"_s, u"please remove me from your list"_s}});
        practise(u"optout"_s, {{u"contactId"_s, stopped}});
        QCOMPARE(run({u"sync"_s, u"--full"_s}).exit, 0);

        const QStringList refused{u"send"_s, u"--to"_s, stopped, u"--text"_s, u"Hello"_s, u"--yes"_s, u"--json"_s};
        const Ran never = run(refused);
        QCOMPARE(never.exit, 4);
        QCOMPARE(never.json()[u"error"_s][u"kind"_s].toString(), u"dnd"_s);
        QVERIFY2(never.err.contains("START"), never.err.constData());

        const QStringList asking{u"send"_s, u"--to"_s, soft, u"--text"_s, u"Sorry"_s, u"--wait"_s, u"--json"_s};
        const Ran asks = run(asking);
        QCOMPARE(asks.exit, 1);
        QCOMPARE(asks.json()[u"error"_s][u"kind"_s].toString(), u"soft_stop"_s);
        QVERIFY2(asks.err.contains("--yes") && asks.err.contains("remove me"), asks.err.constData());
        QVERIFY(run({u"outbox"_s, u"list"_s, u"--all"_s, u"--json"_s}).json().array().isEmpty());
        QCOMPARE(sends(), 0);

        const Ran goes = run(asking + QStringList{u"--yes"_s});
        QVERIFY2(goes.exit == 0, goes.err.constData());
        QCOMPARE(sends(u"Sorry"_s), 1);
    }
    void theWordsAreJudgedAtTheCommandLineToo()
    {
        const QStringList asking{u"send"_s, u"--to"_s, reachable(), u"--text"_s, u"Hi {{contact.nickname}}"_s, u"--wait"_s, u"--json"_s};
        const Ran asks = run(asking);
        QCOMPARE(asks.exit, 1);
        QCOMPARE(asks.json()[u"error"_s][u"kind"_s].toString(), u"merge_field"_s);
        QVERIFY2(asks.err.contains("{{contact.nickname}}"), asks.err.constData());
        QCOMPARE(sends(), 0);
        const Ran goes = run(asking + QStringList{u"--yes"_s});
        QVERIFY2(goes.exit == 0, goes.err.constData());
        QCOMPARE(sends(u"Hi {{contact.nickname}}"_s), 1);
    }
    void aBrokenTableOfQuietHoursIsSaid()
    {
        QVERIFY(QDir().mkpath(m_folder->filePath(u"profile"_s)));
        QFile file(m_folder->filePath(u"profile/quiet-hours.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        const Ran ran = run({u"send"_s, u"--to"_s, reachable(), u"--text"_s, u"Hello"_s, u"--wait"_s});
        QVERIFY2(ran.exit == 0, ran.err.constData());
        QVERIFY2(ran.err.contains("quiet-hours.json"), ran.err.constData());
    }
    void twoProcessesShareAProfile()
    {
        // The first goes on until it is stopped; the second works through it.
        const auto watcher = start({u"sync"_s, u"--watch"_s});
        QByteArray said;
        const auto watching = [&said, &watcher] {
            said += watcher->readAllStandardError();
            return said.contains("Watching");
        };
        QTRY_VERIFY_WITH_TIMEOUT(watching(), 60'000);
        const Ran ran = run({u"send"_s, u"--to"_s, reachable(), u"--text"_s, u"Through the other one"_s, u"--wait"_s, u"--json"_s});
        QVERIFY2(ran.exit == 0, ran.err.constData());
        QVERIFY(ran.json().isObject());
        QCOMPARE(sends(u"Through the other one"_s), 1);
        QCOMPARE(watcher->state(), QProcess::Running);
        watcher->terminate();
        QCOMPARE(finish(*watcher).exit, 0);
    }
    void aStopDuringTheFirstReadIsNotForgotten()
    {
        // It arrives before anybody watches; the command once went on for ever.
        practice::Options options = m_server->options();
        options.record = true;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
        for (const QStringList &words : {QStringList{u"sync"_s, u"--watch"_s}, QStringList{u"sync"_s, u"--full"_s}}) {
            m_server->ledger().clear();
            const auto watcher = start(words);
            QTRY_VERIFY2_WITH_TIMEOUT(!m_server->ledger().entries().empty(), watcher->readAllStandardError().constData(), 10'000);
            watcher->terminate();
            const Ran ran = finish(*watcher);
            QCOMPARE(ran.exit, words.contains(u"--watch"_s) ? 0 : 1);
            QVERIFY2(ran.err.contains("Stopped before everything was read"), ran.err.constData());
        }
    }
    void hostileLinesOnTheSocketAreAnswered_data()
    {
        const auto frame = [](const QByteArray &body) {
            QByteArray length(4, Qt::Uninitialized);
            qToBigEndian(quint32(body.size()), length.data());
            return length + body;
        };
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("answered");
        QTest::newRow("a length of four gigabytes") << QByteArray("\xff\xff\xff\xff{}") << true;
        QTest::newRow("sixty megabytes") << frame(QByteArray(60 * 1024 * 1024, 'x')) << true;
        QTest::newRow("not JSON") << frame("GET / HTTP/1.1\r\n\r\n") << true;
        QTest::newRow("a list") << frame("[1,2,3]") << true;
        QTest::newRow("an empty object") << frame("{}") << true;
        QTest::newRow("nothing at all") << frame("") << true;
        QTest::newRow("ten thousand levels") << frame(QByteArray(10'000, '[')) << true;
        QTest::newRow("argv of another kind") << frame(R"({"argv":"sync"})") << true;
        QTest::newRow("argv of odd items") << frame(R"({"argv":[null,{"a":1},7,[]],"stdin":9,"location":[]})") << true;
        QTest::newRow("no words") << frame(R"({"argv":[]})") << true;
        QTest::newRow("an unknown command") << frame(R"({"argv":["fly","away"],"stdin":""})") << true;
        QTest::newRow("open of another kind") << frame(R"({"open":17})") << true;
        QTest::newRow("stdin that is no base64") << frame(R"({"argv":["account","add","--token-stdin","--location","x"],"stdin":"\u0000!!"})") << true;
        QTest::newRow("cut in the length") << QByteArray("\0\0", 2) << false;
        QTest::newRow("cut in the body") << frame(R"({"argv":["sync"]})").chopped(3) << false;
    }
    void hostileLinesOnTheSocketAreAnswered()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, answered);
        if (!m_holder) {
            m_holder = start({u"sync"_s, u"--watch"_s});
            QByteArray said;
            QTRY_VERIFY_WITH_TIMEOUT((said += m_holder->readAllStandardError()).contains("Watching"), 60'000);
        }
        qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
        const auto restore = qScopeGuard([] { qunsetenv("XDG_RUNTIME_DIR"); });
        const auto profile = Profile::open(m_folder->filePath(u"profile"_s));
        QVERIFY(profile);
        QLocalSocket socket;
        socket.connectToServer(profile->socketPath());
        QVERIFY(socket.waitForConnected(5000));
        socket.write(bytes);
        if (answered) {
            QByteArray answer;
            const auto told = [&] {
                if (socket.isOpen())
                    answer += socket.readAll();
                return answer.contains("\"exit\":") && answer.contains("\"err\":");
            };
            QTRY_VERIFY2_WITH_TIMEOUT(told(), answer.constData(), 20'000);
            QVERIFY2(!answer.contains("\"exit\":0"), answer.constData());
        } else {
            QTRY_COMPARE(socket.bytesToWrite(), 0);
            socket.abort();
        }
        // The holder goes on as if nothing had been.
        QCOMPARE(m_holder->state(), QProcess::Running);
        const Ran list = run({u"outbox"_s, u"list"_s, u"--json"_s});
        QCOMPARE(list.exit, 0);
        QVERIFY(list.json().isArray());
    }
    void manyAtOnceAllDoTheirWork()
    {
        constexpr int count = 6;
        std::vector<std::unique_ptr<QProcess>> all;
        for (int i = 0; i < count; ++i)
            all.push_back(start({u"send"_s, u"--to"_s, reachable(i), u"--text"_s, u"Number %1"_s.arg(i), u"--wait"_s, u"--json"_s}));
        for (int i = 0; i < count; ++i) {
            const Ran ran = finish(*all[size_t(i)]);
            QVERIFY2(ran.exit == 0, ran.err.constData());
        }
        for (int i = 0; i < count; ++i)
            QCOMPARE(sends(u"Number %1"_s.arg(i)), 1);
    }
    void aHolderThatDoesNotAnswerIsSeven()
    {
        auto profile = Profile::open(m_folder->filePath(u"profile"_s));
        QVERIFY(profile && profile->lock());
        qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
        const auto restore = qScopeGuard([] { qunsetenv("XDG_RUNTIME_DIR"); });
        QLocalServer deaf; // accepts connections and says nothing
        QVERIFY(deaf.listen(profile->socketPath()));
        const Ran ran = run({u"outbox"_s, u"list"_s, u"--json"_s});
        QCOMPARE(ran.exit, 7);
        QVERIFY(ran.json().isObject());
    }
    void killedAtAnyMomentItSendsOnce()
    {
        // Kill -9 while it sends, at a random moment; whoever comes next settles. Never two; and what was durable is
        // there in the end, or a person is asked.
        const int asked = qEnvironmentVariableIntValue("OUTRIGGER_TEST_ROUNDS");
        const int rounds = asked > 0 ? asked : 10;
        quint32 seed = QRandomGenerator::global()->generate();
        if (qEnvironmentVariableIsSet("OUTRIGGER_TEST_SEED"))
            seed = qEnvironmentVariable("OUTRIGGER_TEST_SEED").toUInt();
        qInfo("OUTRIGGER_TEST_SEED=%u", seed);
        QRandomGenerator random(seed);
        QHash<QString, QString> recordOf; ///< by text
        QSet<QString> known;
        for (int round = 0; round < rounds; ++round) {
            const QString text = u"Round %1"_s.arg(round);
            const auto process = start({u"send"_s, u"--to"_s, reachable(round % 10), u"--text"_s, text, u"--wait"_s, u"--json"_s});
            QVERIFY(process->waitForStarted());
            QTest::qWait(int(random.bounded(20, 400))); // the moment is what is tested
            process->kill(); // nothing when it has ended by itself
            finish(*process);
            const Ran list = run({u"outbox"_s, u"list"_s, u"--all"_s, u"--json"_s});
            QVERIFY2(list.exit == 0, list.err.constData());
            const QJsonArray records = list.json().array();
            for (const QJsonValue &record : records) {
                const QString id = record[u"id"_s].toString();
                if (!known.contains(id))
                    recordOf.insert(text, id);
                known.insert(id);
            }
        }
        const auto waiter = start({u"outbox"_s, u"wait"_s, u"--timeout"_s, u"240"_s, u"--json"_s});
        const Ran wait = finish(*waiter, 280'000); // an attempt that left nothing behind is proven absent in two minutes
        QVERIFY2(wait.exit == 0 || wait.exit == 5, (wait.err + wait.out).constData());
        QHash<QString, QString> stateOf;
        const QJsonArray records = run({u"outbox"_s, u"list"_s, u"--all"_s, u"--json"_s}).json().array();
        for (const QJsonValue &record : records)
            stateOf.insert(record[u"id"_s].toString(), record[u"state"_s].toString());
        int uncertain = 0;
        for (int round = 0; round < rounds; ++round) {
            const QString text = u"Round %1"_s.arg(round);
            const QString state = stateOf.value(recordOf.value(text));
            if (!recordOf.contains(text)) {
                QCOMPARE(sends(text), 0); // it died before anything was promised
            } else if (state == "uncertain"_L1) {
                QVERIFY(sends(text) <= 1);
                ++uncertain;
            } else {
                QVERIFY2(state == "accepted"_L1 || state == "confirmed"_L1, qPrintable(text + u": "_s + state));
                QCOMPARE(sends(text), 1);
            }
        }
        qInfo("%d rounds, %d durable, %d for a person to decide", rounds, int(recordOf.size()), uncertain);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
