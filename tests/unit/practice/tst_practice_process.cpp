// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/generator.h"
#include "practice/server.h"
#include "support/places.h"

#include "unit/practice/rawclient.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>
#include <QUrlQuery>

using namespace outrigger::practice;
using namespace outrigger::test;

/// outrigger-practice as its own process, its state file, its data and its OAuth pages.
class TestPracticeProcess : public QObject
{
    Q_OBJECT
    struct Running {
        std::unique_ptr<QProcess> process = std::make_unique<QProcess>();
        quint16 port = 0;
        QByteArray token, location;
    };
    Running run(const QStringList &arguments)
    {
        Running running;
        running.process->start(outrigger::test::program(QStringLiteral("outrigger-practice")), arguments);
        const bool said = QTest::qWaitFor([&] { return running.process->canReadLine(); }, 60'000);
        const QList<QByteArray> words = said ? running.process->readLine().trimmed().split(' ') : QList<QByteArray>();
        if (words.size() == 6 && words[0] == "listening" && words[2] == "token" && words[4] == "location") {
            running.port = static_cast<quint16>(QUrl(QString::fromLatin1(words[1])).port());
            running.token = words[3];
            running.location = words[5];
        }
        return running;
    }
    static bool end(Running &running)
    {
        running.process->terminate();
        return QTest::qWaitFor([&] { return running.process->state() == QProcess::NotRunning; }, 30'000);
    }
    static RawAnswer call(const Running &r, const QByteArray &method, const QByteArray &target,
                          const QJsonObject &body = {}, int ms = 20'000)
    {
        const QByteArray bytes = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
        return once(
            r.port, method, target, bytes,
            "Authorization: Bearer " + r.token + "\r\nVersion: 2021-04-15\r\nContent-Type: application/json\r\n", ms);
    }

private Q_SLOTS:
    void keepsWhatAPersonDid()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("practice.state"));
        const QStringList arguments{QStringLiteral("--state"), file, QStringLiteral("--quiet"),
                                    QStringLiteral("--seed"), QStringLiteral("5")};
        Running first = run(arguments);
        QVERIFY(first.port != 0);
        const QString phone = QStringLiteral("+12015550133");
        const RawAnswer made = call(first, "POST", "/contacts/",
                                    {{QStringLiteral("locationId"), QString::fromLatin1(first.location)},
                                     {QStringLiteral("firstName"), QStringLiteral("Ada")},
                                     {QStringLiteral("phone"), phone}});
        QCOMPARE(made.status, 201);
        const QByteArray id = made.json()[u"contact"][u"id"].toString().toLatin1();
        // It is on disk soon, without a polite end.
        const QDateTime before = QFileInfo(file).lastModified();
        QTRY_VERIFY(QFileInfo(file).lastModified() > before);
        QCOMPARE(QFileInfo(file).permissions() &
                     (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteOther),
                 QFileDevice::Permissions());
        first.process->kill();
        QTRY_COMPARE(first.process->state(), QProcess::NotRunning);
        Running second = run(arguments);
        QCOMPARE(second.token, first.token);
        QCOMPARE(call(second, "GET", "/contacts/" + id).json()[u"contact"][u"phone"].toString(), phone);
        QVERIFY(end(second));
        // A damaged file is told about and replaced, not a crash.
        QFile damaged(file);
        QVERIFY(damaged.open(QIODevice::ReadWrite) && damaged.resize(damaged.size() / 2));
        damaged.close();
        Running third = run(arguments);
        QVERIFY(third.port != 0);
        QCOMPARE(call(third, "GET", "/contacts/" + id).status, 400);
        QVERIFY(end(third));
        QVERIFY(third.process->readAllStandardError().contains("damaged"));
    }

    void endsWithItsParent()
    {
        Running running = run({QStringLiteral("--exit-with-parent"), QStringLiteral("--quiet")});
        QVERIFY(running.port != 0);
        QCOMPARE(running.process->state(), QProcess::Running);
        running.process->closeWriteChannel();
        QTRY_COMPARE(running.process->state(), QProcess::NotRunning);
        QCOMPARE(running.process->exitCode(), 0);
    }

    void refusesWrongArguments()
    {
        QProcess process;
        process.start(outrigger::test::program(QStringLiteral("outrigger-practice")),
                      {QStringLiteral("--dialect"), QStringLiteral("klingon")});
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("--dialect"));
    }

    void sameSeedSameData()
    {
        const auto dump = [](quint64 seed) {
            World world(seed, 1'781'000'000'000);
            generate(world, {});
            QByteArray all;
            for (Index i = 0; i < world.contacts.size(); ++i)
                all += (world.mint.id(Kind::Contact, i) + world.fullName(world.contacts[i]) + world.contacts[i].phone)
                           .toUtf8();
            for (Index i = 0; i < world.messages.size(); ++i)
                all += (world.mint.id(Kind::Message, i) + world.text(world.messages[i])).toUtf8();
            return all;
        };
        QVERIFY(dump(7) == dump(7));
        QVERIFY(dump(7) != dump(8));
    }

    void isRichEnough()
    {
        World world(1, 1'781'000'000'000);
        generate(world, {});
        QSet<int> scripts, types, states;
        QSet<QString> zones, phones;
        int dnd = 0, landlines = 0, unread = 0;
        for (const Contact &c : world.contacts) {
            if (c.location != 0)
                continue;
            for (const QChar letter : c.first)
                scripts.insert(static_cast<int>(letter.script()));
            zones.insert(c.timezone);
            QVERIFY2(!phones.contains(c.phone), qPrintable(c.phone));
            phones.insert(c.phone);
            QVERIFY2(c.phone.contains(u"55501") || c.phone.startsWith(u"+447700900"), qPrintable(c.phone));
            dnd += c.dnd || (c.more && !c.more->dndSettings.empty());
            landlines += c.landline;
        }
        for (const Message &m : world.messages) {
            types.insert(static_cast<int>(m.type));
            states.insert(static_cast<int>(m.state));
        }
        for (const Conversation &c : world.conversations)
            unread += c.unread > 0;
        QCOMPARE(phones.size(), 240);
        QVERIFY(scripts.size() >= 7);
        QCOMPARE(zones.size(), 6);
        QVERIFY(types.size() >= 12);
        QVERIFY(states.contains(static_cast<int>(State::Failed)) &&
                states.contains(static_cast<int>(State::Undelivered)));
        QVERIFY(dnd >= 10 && landlines >= 3 && unread >= 10);
    }

    void idsCanBeTurnedBack()
    {
        const Mint mint(3), other(4);
        for (Index i = 0; i < 5000; i += 7) {
            const QString id = mint.id(Kind::Message, i);
            QCOMPARE(id.size(), 20);
            QCOMPARE(mint.index(Kind::Message, id).value_or(none), i);
            QVERIFY(!mint.index(Kind::Contact, id));
            QVERIFY(!other.index(Kind::Message, id));
        }
        QVERIFY(!mint.index(Kind::Contact, QStringLiteral("00000000000000000000")));
        QVERIFY(!mint.index(Kind::Contact, QStringLiteral("ü/../../etc/passwd..")));
    }

    void signsInThroughTheBrowserPages()
    {
        Options options;
        options.quiet = true;
        options.rate = Rate::Off;
        Server server(options);
        QVERIFY(server.start().has_value());
        const QByteArray verifier(50, 'v');
        const QByteArray challenge = QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
                                         .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        const QString client = server.tokens().clients.begin().key(), secret = server.tokens().clients.begin()->secret;
        const QByteArray wanted = "response_type=code&client_id=" + client.toLatin1() +
                                  "&redirect_uri=http%3A%2F%2F127.0.0.1%3A5999%2Fback&scope=contacts.readonly%20users."
                                  "readonly&state=a%2Bb%22%3E&code_challenge=" +
                                  challenge + "&code_challenge_method=S256";
        const RawAnswer page = once(server.port(), "GET", "/v2/oauth/chooselocation?" + wanted);
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.contains("Harborline Realty"));
        QVERIFY(page.body.contains("value=\"a+b&quot;&gt;\"")); // escaped, not broken out of
        QCOMPARE(once(server.port(), "GET", "/oauth/chooselocation?response_type=code&client_id=nobody").status, 404);
        const QByteArray form = "Content-Type: application/x-www-form-urlencoded\r\n";
        const auto consent = [&] {
            const RawAnswer back = once(server.port(), "POST", "/v2/oauth/chooselocation",
                                        wanted + "&answer=allow&location=" + server.locationId().toLatin1(), form);
            const QUrlQuery query(QUrl::fromEncoded(back.header("location")));
            return back.status == 302 &&
                           query.queryItemValue(QStringLiteral("state"), QUrl::FullyDecoded) == QStringLiteral("a+b\">")
                       ? query.queryItemValue(QStringLiteral("code")).toLatin1()
                       : QByteArray();
        };
        const auto token = [&](const QByteArray &more) {
            return once(server.port(), "POST", "/oauth/token",
                        "client_id=" + client.toLatin1() + "&client_secret=" + secret.toLatin1() +
                            "&user_type=Location&" + more,
                        form);
        };
        QByteArray code = consent();
        QVERIFY(!code.isEmpty());
        QCOMPARE(token("grant_type=authorization_code&code=" + code + "&code_verifier=wrong").status, 400);
        const RawAnswer pair = token("grant_type=authorization_code&code=" + code + "&code_verifier=" + verifier);
        QCOMPARE(pair.status, 200);
        QCOMPARE(pair.json()[u"locationId"].toString(), server.locationId());
        QCOMPARE(token("grant_type=authorization_code&code=" + code + "&code_verifier=" + verifier).status,
                 400); // once only
        const QByteArray old = pair.json()[u"refresh_token"].toString().toLatin1();
        const RawAnswer rotated = token("grant_type=refresh_token&refresh_token=" + old);
        QCOMPARE(rotated.status, 200);
        QVERIFY(rotated.json()[u"refresh_token"].toString().toLatin1() != old);
        QCOMPARE(token("grant_type=refresh_token&refresh_token=" + old).body,
                 rotated.body); // the answer was lost: again
        server.tokens().grace = -1;
        QCOMPARE(token("grant_type=refresh_token&refresh_token=" + old).status, 400);
        QCOMPARE(token("grant_type=nothing").status, 422);
        QCOMPARE(once(server.port(), "POST", "/oauth/token",
                      "client_id=x&client_secret=y&grant_type=refresh_token&refresh_token=z", form)
                     .status,
                 401);
    }

    void copesWithABigAccount()
    {
        Running big = run({QStringLiteral("--contacts"), QStringLiteral("100000"), QStringLiteral("--conversations"),
                           QStringLiteral("10000"), QStringLiteral("--messages"), QStringLiteral("1000000"),
                           QStringLiteral("--rate"), QStringLiteral("off"), QStringLiteral("--quiet")});
        QVERIFY(big.port != 0);
        QJsonObject search{
            {QStringLiteral("locationId"), QString::fromLatin1(big.location)},
            {QStringLiteral("pageLimit"), 500},
            {QStringLiteral("sort"), QJsonArray{QJsonObject{{QStringLiteral("field"), QStringLiteral("dateUpdated")},
                                                            {QStringLiteral("direction"), QStringLiteral("asc")}}}}};
        QElapsedTimer time;
        time.start();
        int pages = 0;
        for (; pages < 20; ++pages) {
            const QJsonObject page = call(big, "POST", "/contacts/search", search).json();
            QCOMPARE(page[u"contacts"].toArray().size(), 500);
            QCOMPARE(page[u"total"].toInt(), 100'000);
            search[QStringLiteral("searchAfter")] = page[u"contacts"][499][u"searchAfter"];
        }
        const auto contacts = static_cast<double>(time.restart()) / pages;
        const QJsonObject feed =
            call(big, "GET", "/conversations/messages/export?limit=500&locationId=" + big.location).json();
        QCOMPARE(feed[u"messages"].toArray().size(), 500);
        QVERIFY(feed[u"total"].toInteger() > 700'000);
        qInfo("a page of 500 contacts: %.1f ms with parsing, first page of the feed: %lld ms", contacts,
              static_cast<long long>(time.elapsed()));
        QVERIFY(end(big));
    }
};

QTEST_GUILESS_MAIN(TestPracticeProcess)
#include "tst_practice_process.moc"
