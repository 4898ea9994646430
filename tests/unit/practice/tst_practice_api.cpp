// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/server.h"

#include "unit/practice/rawclient.h"

#include <QCryptographicHash>
#include <QSet>
#include <QUrl>
#include <QUrlQuery>

using namespace outrigger::practice;
using namespace outrigger::test;

/// The practice server over real sockets, inside this process.
class TestPracticeApi : public QObject
{
    Q_OBJECT
    std::unique_ptr<Server> m_server;
    QByteArray m_token;

    void start(Options options = {})
    {
        options.rate = options.rate == Rate::Spec && m_limits ? Rate::Spec
                       : options.rate == Rate::Seed           ? Rate::Seed
                                                              : Rate::Off;
        options.pace = 0.01;
        m_server = std::make_unique<Server>(options);
        QVERIFY(m_server->start().has_value());
        m_token = m_server->token().toLatin1();
    }
    bool m_limits = false;

    QByteArray headers() const
    {
        return "Authorization: Bearer " + m_token + "\r\nVersion: 2021-07-28\r\nContent-Type: application/json\r\n";
    }
    RawAnswer call(const QByteArray &method, const QByteArray &target, const QJsonObject &body = {})
    {
        const QByteArray bytes = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
        return once(m_server->port(), method, target, bytes, headers());
    }
    RawAnswer control(const QByteArray &method, const QByteArray &name, const QJsonObject &body = {})
    {
        return once(m_server->port(), method, "/__practice/" + name,
                    QJsonDocument(body).toJson(QJsonDocument::Compact));
    }
    QString location() const { return m_server->locationId(); }
    QByteArray inLocation() const { return "locationId=" + location().toLatin1(); }
    QJsonObject search(const QJsonObject &more)
    {
        QJsonObject body{{QStringLiteral("locationId"), location()}, {QStringLiteral("pageLimit"), 100}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body[it.key()] = it.value();
        return call("POST", "/contacts/search", body).json();
    }
    /// A contact who takes texts, has a mobile and answers.
    QString somebody(const QString &phone = QStringLiteral("+12015550133"))
    {
        const RawAnswer made = call("POST", "/contacts/",
                                    {{QStringLiteral("locationId"), location()},
                                     {QStringLiteral("firstName"), QStringLiteral("Ada")},
                                     {QStringLiteral("phone"), phone}});
        return made.json()[u"contact"][u"id"].toString();
    }
    RawAnswer text(const QString &contact, const QString &words)
    {
        return call("POST", "/conversations/messages",
                    {{QStringLiteral("type"), QStringLiteral("SMS")},
                     {QStringLiteral("contactId"), contact},
                     {QStringLiteral("message"), words}});
    }
    int applied(const QString &path = QStringLiteral("/conversations/messages"))
    {
        int count = 0;
        for (const Ledger::Entry &e : m_server->ledger().entries())
            count += e.path == path && e.applied;
        return count;
    }

private Q_SLOTS:
    void init()
    {
        m_limits = false;
        Options options;
        options.quiet = true;
        start(options);
    }

    void tellsTokensApart()
    {
        const auto with = [&](const QByteArray &token, const QByteArray &version) {
            return once(m_server->port(), "GET", "/locations/" + location().toLatin1(), {},
                        (token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "\r\n") +
                            (version.isEmpty() ? QByteArray() : "Version: " + version + "\r\n"));
        };
        const auto words = [](const RawAnswer &a) { return a.json()[u"message"].toString(); };
        QCOMPARE(with(m_token, "2021-07-28").status, 200);
        QCOMPARE(words(with(m_token, "")), QStringLiteral("version header was not found."));
        QCOMPARE(words(with(m_token, "2020-01-01")), QStringLiteral("version header is invalid"));
        QCOMPARE(words(with("pit-00000000", "v3")), QStringLiteral("Invalid Private Integration token"));
        QCOMPARE(words(with("eyJ.x.y", "v3")), QStringLiteral("Invalid JWT"));
        QCOMPARE(with("", "v3").status, 401);
        QVERIFY(!with("", "v3").json()[u"traceId"].toString().isEmpty());
    }

    void keepsScopesAndLocations()
    {
        const auto token = [&](const QJsonObject &body) {
            return control("POST", "token", body).json()[u"token"].toString().toLatin1();
        };
        m_token = token({{QStringLiteral("scopes"), QStringLiteral("contacts.readonly")}});
        QCOMPARE(search({})[u"total"].toInt(), 240);
        QCOMPARE(call("GET", "/conversations/search?" + inLocation()).json()[u"message"].toString(),
                 QStringLiteral("The token is not authorized for this scope."));
        m_token = token({{QStringLiteral("locationId"), m_server->world().locationId(1)}});
        QCOMPARE(call("GET", "/locations/" + location().toLatin1()).status, 403);
        m_token = token({{QStringLiteral("unsupported"), QJsonArray{QStringLiteral("/users*")}}});
        QVERIFY(call("GET", "/users/?" + inLocation()).json()[u"message"].toString().contains(u"IAM"));
        m_token = token({{QStringLiteral("company"), true}, {QStringLiteral("kind"), QStringLiteral("oauth")}});
        QVERIFY(
            call("GET", "/conversations/search?" + inLocation()).json()[u"message"].toString().contains(u"user type"));
        QCOMPARE(control("POST", "revoke", {{QStringLiteral("token"), QString::fromLatin1(m_token)}}).status, 200);
        QCOMPARE(call("GET", "/locations/search").json()[u"message"].toString(),
                 QStringLiteral("Invalid token: access token is invalid"));
    }

    void pagesThroughEveryContactOnce()
    {
        for (const QString &field : {QStringLiteral("dateUpdated"), QStringLiteral("dateAdded"),
                                     QStringLiteral("firstNameLowerCase"), QStringLiteral("email")}) {
            for (const QString &direction : {QStringLiteral("asc"), QStringLiteral("desc")}) {
                QSet<QString> seen;
                QJsonObject more{
                    {QStringLiteral("pageLimit"), 37},
                    {QStringLiteral("sort"), QJsonArray{QJsonObject{{QStringLiteral("field"), field},
                                                                    {QStringLiteral("direction"), direction}}}}};
                while (true) {
                    const QJsonArray page = search(more)[u"contacts"].toArray();
                    if (page.isEmpty())
                        break;
                    for (const auto &item : page) {
                        QVERIFY(!seen.contains(item[u"id"].toString()));
                        seen.insert(item[u"id"].toString());
                    }
                    more[QStringLiteral("searchAfter")] = page.last()[u"searchAfter"];
                }
                QCOMPARE(seen.size(), 240);
            }
        }
    }

    void filtersContacts()
    {
        const auto by = [&](const QString &field, const QString &op, const QJsonValue &value) {
            return search({{QStringLiteral("filters"), QJsonArray{QJsonObject{{QStringLiteral("field"), field},
                                                                              {QStringLiteral("operator"), op},
                                                                              {QStringLiteral("value"), value}}}}});
        };
        const QString id = somebody(QStringLiteral("+12015550134"));
        QCOMPARE(
            by(QStringLiteral("phone"), QStringLiteral("eq"), QStringLiteral("+12015550134"))[u"contacts"][0][u"id"]
                .toString(),
            id);
        QVERIFY(by(QStringLiteral("tags"), QStringLiteral("contains"), QStringLiteral("VIP"))[u"total"].toInt() > 0);
        const QString since = isoDate(m_server->world().now() - 60'000);
        QCOMPARE(by(QStringLiteral("dateUpdated"), QStringLiteral("range"),
                    QJsonObject{{QStringLiteral("gte"), since}})[u"total"]
                     .toInt(),
                 1);
        QCOMPARE(search({{QStringLiteral("query"), QStringLiteral("2015550134")}})[u"total"].toInt(), 1);
        QCOMPARE(search({{QStringLiteral("pageLimit"), 501}})[u"statusCode"].toInt(), 422);
        QCOMPARE(by(QStringLiteral("shoeSize"), QStringLiteral("eq"), 42)[u"statusCode"].toInt(), 422);
        QVERIFY(call("POST", "/contacts/search", {{QStringLiteral("locationId"), location()}})
                    .json()[u"message"]
                    .isArray());
    }

    void refusesDuplicatesAndChangesContacts()
    {
        const QString id = somebody();
        const RawAnswer again = call(
            "POST", "/contacts/",
            {{QStringLiteral("locationId"), location()}, {QStringLiteral("phone"), QStringLiteral("+12015550133")}});
        QCOMPARE(again.status, 400);
        QCOMPARE(again.json()[u"meta"][u"contactId"].toString(), id);
        QCOMPARE(again.json()[u"meta"][u"matchingField"].toString(), QStringLiteral("phone"));
        const QByteArray path = "/contacts/" + id.toLatin1();
        QCOMPARE(call("GET", "/contacts/search/duplicate?number=%2B12015550133&" + inLocation())
                     .json()[u"contact"][u"id"]
                     .toString(),
                 id);
        const QJsonObject upsert = call("POST", "/contacts/upsert",
                                        {{QStringLiteral("locationId"), location()},
                                         {QStringLiteral("phone"), QStringLiteral("+12015550133")},
                                         {QStringLiteral("city"), QStringLiteral("Tampa")}})
                                       .json();
        QCOMPARE(upsert[u"new"].toBool(true), false);
        QCOMPARE(upsert[u"contact"][u"city"].toString(), QStringLiteral("Tampa"));
        QCOMPARE(
            call("POST", path + "/tags", {{QStringLiteral("tags"), QJsonArray{QStringLiteral("Brand New")}}}).status,
            201);
        QCOMPARE(call("GET", path).json()[u"contact"][u"tags"].toArray(), QJsonArray{QStringLiteral("brand new")});
        QCOMPARE(
            call("DELETE", path + "/tags", {{QStringLiteral("tags"), QJsonArray{QStringLiteral("BRAND NEW")}}}).status,
            200);
        QCOMPARE(call("GET", path).json()[u"contact"][u"tags"].toArray(), QJsonArray());
        QCOMPARE(call("PUT", path, {{QStringLiteral("locationId"), location()}}).status, 422);
        QCOMPARE(call("DELETE", path).json()[u"succeded"].toBool(), true);
        QCOMPARE(call("GET", path).status, 400);
        QCOMPARE(search({})[u"total"].toInt(), 240);
    }

    void deliversATextAndShowsItEverywhere()
    {
        const QString contact = somebody();
        const RawAnswer sent = text(contact, QStringLiteral("Héllo 👋"));
        QVERIFY(sent.status == 200 || sent.status == 201);
        QVERIFY(!sent.json().contains(u"status"));
        const QByteArray message = sent.json()[u"messageId"].toString().toLatin1(),
                         talk = sent.json()[u"conversationId"].toString().toLatin1();
        const auto state = [&] {
            return call("GET", "/conversations/messages/" + message).json()[u"message"][u"status"].toString();
        };
        QTRY_VERIFY(state() == u"delivered" || state() == u"undelivered");
        const QJsonObject page = call("GET", "/conversations/" + talk + "/messages").json()[u"messages"].toObject();
        QCOMPARE(page[u"messages"].toArray().size(), 1);
        QCOMPARE(page[u"messages"][0][u"body"].toString(), QStringLiteral("Héllo 👋"));
        const QJsonObject feed =
            call("GET", "/conversations/messages/export?limit=10&sortBy=updatedAt&" + inLocation()).json();
        QCOMPARE(feed[u"messages"][0][u"id"].toString().toLatin1(), message);
        const QJsonObject list = call("GET", "/conversations/search?limit=1&" + inLocation()).json();
        QCOMPARE(list[u"conversations"][0][u"lastMessageBody"].toString(), QStringLiteral("Héllo 👋"));
        QCOMPARE(applied(), 1);
    }

    void readsTheWholeFeedOnce()
    {
        for (const QByteArray &order : {QByteArray("asc"), QByteArray("desc")}) {
            QSet<QString> seen;
            QByteArray cursor;
            qint64 total = -1;
            do {
                const QJsonObject page = call("GET", "/conversations/messages/export?limit=50&sortOrder=" + order +
                                                         "&cursor=" + cursor + "&" + inLocation())
                                             .json();
                total = page[u"total"].toInteger();
                const QJsonArray messages = page[u"messages"].toArray();
                for (const auto &m : messages) {
                    QVERIFY(m[u"messageType"].toString() != u"TYPE_EMAIL");
                    QVERIFY(!seen.contains(m[u"id"].toString()));
                    seen.insert(m[u"id"].toString());
                }
                cursor = page[u"nextCursor"].toString().toLatin1();
            } while (!cursor.isEmpty());
            QCOMPARE(seen.size(), total);
            QVERIFY(total > 200);
        }
        const QJsonObject mails =
            call("GET", "/conversations/messages/export?limit=10&channel=Email&" + inLocation()).json();
        QVERIFY(mails[u"total"].toInt() > 10);
        const QJsonObject mail = mails[u"messages"][0].toObject();
        QVERIFY(!mail.contains(u"body"));
        const QByteArray id = mail[u"meta"][u"email"][u"messageIds"][0].toString().toLatin1();
        const RawAnswer whole = once(m_server->port(), "GET", "/conversations/messages/email/" + id, {},
                                     "Authorization: Bearer " + m_token + "\r\n");
        QVERIFY(whole.json()[u"body"].toString().contains(u"</"));
    }

    void refusesSendsThatMustNotLeave()
    {
        const QString contact = somebody();
        QCOMPARE(call("POST", "/conversations/messages", {{QStringLiteral("type"), QStringLiteral("Pigeon")}}).status,
                 422);
        QCOMPARE(text(contact, QString()).status, 400);
        QCOMPARE(text(contact, QString(1601, u'x')).status, 400);
        QCOMPARE(control("POST", "optout", {{QStringLiteral("contactId"), contact}}).status, 200);
        const RawAnswer blocked = text(contact, QStringLiteral("Hi"));
        QCOMPARE(blocked.status, 400);
        QCOMPARE(blocked.json()[u"canonicalCode"].toString(), QStringLiteral("CONVERSATIONS_MSG_UNSUBSCRIBED_SMS"));
        QCOMPARE(call("GET", "/contacts/" + contact.toLatin1())
                     .json()[u"contact"][u"dndSettings"][u"SMS"][u"status"]
                     .toString(),
                 QStringLiteral("permanent"));
        QCOMPARE(control("POST", "inbound",
                         {{QStringLiteral("contactId"), contact}, {QStringLiteral("text"), QStringLiteral("START")}})
                     .status,
                 200);
        QVERIFY(text(contact, QStringLiteral("Hi again")).status / 100 == 2);
        const QString landline = somebody(QStringLiteral("+12015550199"));
        const QByteArray message = text(landline, QStringLiteral("Hello?")).json()[u"messageId"].toString().toLatin1();
        QTRY_COMPARE(call("GET", "/conversations/messages/" + message).json()[u"message"][u"status"].toString(),
                     QStringLiteral("failed"));
    }

    void schedulesAndCancels()
    {
        const QString contact = somebody();
        const qint64 due = m_server->world().now() / 1000 + 3600;
        const QByteArray id = call("POST", "/conversations/messages",
                                   {{QStringLiteral("type"), QStringLiteral("SMS")},
                                    {QStringLiteral("contactId"), contact},
                                    {QStringLiteral("message"), QStringLiteral("Later")},
                                    {QStringLiteral("scheduledTimestamp"), due}})
                                  .json()[u"messageId"]
                                  .toString()
                                  .toLatin1();
        QCOMPARE(call("GET", "/conversations/messages/" + id).json()[u"message"][u"status"].toString(),
                 QStringLiteral("scheduled"));
        QCOMPARE(call("DELETE", "/conversations/messages/" + id + "/schedule").json()[u"status"].toInt(), 200);
        QCOMPARE(call("GET", "/conversations/messages/" + id).status, 404);
    }

    void peopleWriteBack()
    {
        m_server->people().setQuiet(false);
        // Each contact has a manner of its own; among thirty, some answer and at least one wants no texts any more.
        QStringList talks;
        for (int i = 0; i < 30; ++i)
            talks.append(
                text(somebody(QStringLiteral("+12015550%1").arg(140 + i)), QStringLiteral("Shall we meet on Friday?"))
                    .json()[u"conversationId"]
                    .toString());
        const auto answered = [&] {
            int count = 0;
            for (const QString &talk : std::as_const(talks)) {
                const auto index = m_server->world().conversation(talk);
                const auto &messages = m_server->world().conversations[*index].messages;
                count += std::any_of(messages.begin(), messages.end(),
                                     [&](Index i) { return m_server->world().messages[i].inbound; });
            }
            return count;
        };
        QTRY_VERIFY_WITH_TIMEOUT(answered() > 10, 10'000);
    }

    void limitsAndSaysSo()
    {
        m_limits = true;
        Options options;
        options.quiet = true;
        options.dialect = Dialect::Spec;
        start(options);
        RawAnswer last;
        for (int i = 0; i < 101; ++i)
            last = call("GET", "/locations/" + location().toLatin1());
        QCOMPARE(last.status, 429);
        QCOMPARE(last.header("x-ratelimit-max"), QByteArray("100"));
        QCOMPARE(last.header("x-ratelimit-remaining"), QByteArray("0"));
        options.dialect = Dialect::Seed;
        options.rate = Rate::Seed;
        start(options);
        QCOMPARE(call("GET", "/locations/" + location().toLatin1()).header("x-rate-limit-remaining"), QByteArray("99"));
        start({});
        QCOMPARE(control("POST", "storm", {{QStringLiteral("seconds"), 30}, {QStringLiteral("retryAfter"), 7}}).status,
                 200);
        const RawAnswer stormy = call("GET", "/locations/" + location().toLatin1());
        QCOMPARE(stormy.status, 429);
        QCOMPARE(stormy.header("retry-after"), QByteArray("7"));
        QCOMPARE(control("DELETE", "faults").status, 200);
        QCOMPARE(call("GET", "/locations/" + location().toLatin1()).status, 200);
    }

    void faults_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("status"); // 0: no whole answer
        QTest::addColumn<bool>("applied");
        QTest::newRow("close-before") << QStringLiteral("close-before") << 0 << false;
        QTest::newRow("close-after") << QStringLiteral("close-after") << 0 << true;
        QTest::newRow("reset") << QStringLiteral("reset") << 0 << false;
        QTest::newRow("no-answer") << QStringLiteral("no-answer") << 0 << true;
        QTest::newRow("cut-body") << QStringLiteral("cut-body") << 0 << true;
        QTest::newRow("late-effect") << QStringLiteral("late-effect") << 0 << true;
        QTest::newRow("html-200") << QStringLiteral("html-200") << 200 << false;
        QTest::newRow("redirect") << QStringLiteral("redirect") << 302 << false;
        QTest::newRow("status") << QStringLiteral("status") << 503 << false;
        QTest::newRow("delay") << QStringLiteral("delay") << 201 << true;
        QTest::newRow("trickle") << QStringLiteral("trickle") << 201 << true;
        QTest::newRow("garbage") << QStringLiteral("garbage") << 200 << false;
        QTest::newRow("huge") << QStringLiteral("huge") << 200 << false;
        QTest::newRow("wrong-type") << QStringLiteral("wrong-type") << 201 << true;
        QTest::newRow("rewrite") << QStringLiteral("rewrite") << 201 << true;
    }
    void faults()
    {
        QFETCH(QString, kind);
        QFETCH(int, status);
        QFETCH(bool, applied);
        const QString contact = somebody();
        QCOMPARE(control("POST", "faults",
                         {{QStringLiteral("match"), QStringLiteral("POST /conversations/messages")},
                          {QStringLiteral("kind"), kind},
                          {QStringLiteral("status"), kind == u"status" ? 503 : 302},
                          {QStringLiteral("ms"), kind == u"trickle" ? 1 : 50},
                          {QStringLiteral("bytes"), 1'000'000}, {QStringLiteral("chunk"), 20}})
                     .status,
                 200);
        const QByteArray body = QJsonDocument(QJsonObject{{QStringLiteral("type"), QStringLiteral("SMS")},
                                                          {QStringLiteral("contactId"), contact},
                                                          {QStringLiteral("message"), QStringLiteral("Hi")}})
                                    .toJson();
        const RawAnswer answer = once(m_server->port(), "POST", "/conversations/messages", body, headers(),
                                      kind == u"no-answer" ? 300 : 5000);
        QCOMPARE(answer.status, status);
        QTRY_COMPARE(this->applied(), applied ? 1 : 0);
        QCOMPARE(m_server->ledger().entries().back().fault, kind);
        QVERIFY(text(contact, QStringLiteral("The next one is fine")).status / 100 == 2);
        QCOMPARE(this->applied(), applied ? 2 : 1);
    }

    void lagsBehindWhenAsked()
    {
        QCOMPARE(
            control("POST", "faults", {{QStringLiteral("kind"), QStringLiteral("lag")}, {QStringLiteral("ms"), 400}})
                .status,
            200);
        const QString id = somebody();
        QCOMPARE(search({})[u"total"].toInt(), 240);
        QCOMPARE(call("GET", "/contacts/" + id.toLatin1()).status, 200);
        QTRY_COMPARE(search({})[u"total"].toInt(), 241);
    }

    void buttonsOfTheControlPanelNeedNoName()
    {
        for (const char *name : {"inbound", "email", "colleague", "optout"}) {
            const RawAnswer answer = control("POST", name);
            QVERIFY2(answer.json().contains(u"messageId"), name);
        }
        QCOMPARE(control("POST", "inbound", {{QStringLiteral("contactId"), QStringLiteral("nobody")}}).status, 404);
    }

    void keepsTheControlPanelForThisComputer()
    {
        const QByteArray own = "127.0.0.1:" + QByteArray::number(m_server->port());
        const auto ask = [&](const QByteArray &lines) {
            RawClient client(m_server->port());
            client.send("GET /__practice/state HTTP/1.1\r\n" + lines + "\r\n");
            return client.next().status;
        };
        QCOMPARE(ask("Host: " + own + "\r\n"), 200);
        QCOMPARE(ask("Host: " + own + "\r\nOrigin: http://" + own + "\r\n"), 200); // its own page
        QCOMPARE(ask("Host: " + own + "\r\nOrigin: https://evil.example\r\n"), 403);
        QCOMPARE(ask("Host: " + own + "\r\nOrigin: null\r\n"), 403);
        QCOMPARE(ask("Host: rebound.example\r\n"), 403);
        QVERIFY(once(m_server->port(), "GET", "/__practice/").body.contains("<button") ||
                once(m_server->port(), "GET", "/__practice/").body.contains("button"));
    }
};

QTEST_GUILESS_MAIN(TestPracticeApi)
#include "tst_practice_api.moc"
