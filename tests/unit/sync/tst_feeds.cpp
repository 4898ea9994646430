// SPDX-License-Identifier: GPL-3.0-or-later
#include "scriptedlocation.h"
#include "support/waitfor.h"
#include "sync/engine.h"
#include "sync/surroundings.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace outrigger;
using outrigger::test::await;
using outrigger::test::Fault;
using outrigger::test::ScriptedLocation;
using outrigger::test::Shape;

/// The invariants of sync, with a server that misbehaves in every way a list can.
class TestFeeds : public QObject
{
    Q_OBJECT

    static inline const LocationId location{u"LOC"_s};

    std::unique_ptr<QTemporaryDir> m_folder;

    std::unique_ptr<sync::Engine> engineOn(const ScriptedLocation &server, bool pull = false)
    {
        auto profile = Profile::open(m_folder->path());
        if (!profile || !profile->lock())
            qFatal("no profile");
        sync::EngineOptions options;
        options.pull = pull;
        options.server = server.server.url();
        options.sessionToken = u"test-token"_s;
        options.sessionLocation = location;
        auto engine = std::make_unique<sync::Engine>(*profile, options);
        const Status started = await(engine->start());
        if (!started)
            qFatal("%s", qPrintable(started.error().message));
        return engine;
    }
    static qint64 contactCount(sync::Engine &engine) { return await(engine.cache().totals(location))->contacts; }
    static sync::AreaStatus area(const sync::Engine &engine, const QString &name)
    {
        const auto status = engine.status();
        for (const auto &area : status.areas) {
            if (area.area == name)
                return area;
        }
        return {};
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void pullsEveryContactOnceAndTwiceChangesNothing()
    {
        ScriptedLocation server(1'234);
        const auto engine = engineOn(server);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, false)));
        QCOMPARE(contactCount(*engine), 1'234);
        QVERIFY(area(*engine, u"contacts"_s).firstSyncDone);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, true)));
        QVERIFY(await(engine->syncNow({u"contacts"_s}, true)));
        QCOMPARE(contactCount(*engine), 1'234);
        const auto found = await(engine->cache().contact(location, ContactId(u"contact000777"_s)));
        QVERIFY(found && *found);
        QCOMPARE((*found)->firstName, u"First777"_s);
    }
    void takesChangesSinceTheWatermark()
    {
        ScriptedLocation server(700);
        const auto engine = engineOn(server);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, false)));
        server.contacts[3].insert(u"firstName"_s, u"Changed"_s);
        server.contacts[3].insert(u"dateUpdated"_s,
                                  QDateTime::fromMSecsSinceEpoch(ScriptedLocation::epoch() + 3'600'000, Qt::UTC).toString(Qt::ISODateWithMs));
        server.contactSearches.clear();
        QVERIFY(await(engine->syncNow({u"contacts"_s}, false)));
        const auto found = await(engine->cache().contact(location, ContactId(u"contact000003"_s)));
        QVERIFY(found && *found);
        QCOMPARE((*found)->firstName, u"Changed"_s);
        // The pull asks for changes only, from five minutes before the newest known one.
        QVERIFY(!server.contactSearches.isEmpty());
        const QJsonObject first = server.contactSearches.constFirst();
        QVERIFY(!first.value(u"filters"_s).toArray().isEmpty());
    }
    void fallsBackToTheOldListCall()
    {
        ScriptedLocation server(350);
        server.bend = [](const QString &path, const QJsonObject &, const QUrlQuery &) -> std::optional<Fault> {
            if (path == "/contacts/search"_L1)
                return ScriptedLocation::refusal(422, u"property sort should not exist"_s);
            return std::nullopt;
        };
        const auto engine = engineOn(server);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, false)));
        QCOMPARE(contactCount(*engine), 350);
    }
    void findsDeletedContactsByAFullSweep()
    {
        ScriptedLocation server(1'200);
        const auto engine = engineOn(server);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, false)));
        server.contacts.remove(600, 3);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, true)));
        QCOMPARE(contactCount(*engine), 1'197);
        const auto gone = await(engine->cache().contact(location, ContactId(u"contact000601"_s)));
        QVERIFY(gone && !*gone);
    }
    void asksBeforeRemovingMany()
    {
        ScriptedLocation server(1'200);
        const auto engine = engineOn(server);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, false)));
        server.contacts.remove(100, 80);
        QSignalSpy problems(engine.get(), &sync::Engine::problem);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, true)));
        QCOMPARE(contactCount(*engine), 1'200);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(area(*engine, u"contacts"_s).missing, 80);
        QVERIFY(await(engine->confirmRemovals(u"contacts"_s)));
        QCOMPARE(contactCount(*engine), 1'120);
        QCOMPARE(area(*engine, u"contacts"_s).missing, 0);
    }
    void badAnswersRemoveNothing_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("empty pages") << 0;
        QTest::newRow("an empty page in the middle") << 1;
        QTest::newRow("HTML") << 2;
        QTest::newRow("half a page") << 3;
        QTest::newRow("a total of nothing") << 4;
        QTest::newRow("not JSON") << 5;
        QTest::newRow("500") << 6;
    }
    void badAnswersRemoveNothing()
    {
        QFETCH(int, kind);
        ScriptedLocation server(1'300);
        const auto engine = engineOn(server);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, false)));
        server.bend = [kind](const QString &path, const QJsonObject &body, const QUrlQuery &) -> std::optional<Fault> {
            if (path != "/contacts/search"_L1)
                return std::nullopt;
            const bool later = !body.value("searchAfter"_L1).toArray().isEmpty();
            switch (kind) {
            case 0:
                return ScriptedLocation::json({{u"contacts"_s, QJsonArray{}}, {u"total"_s, 1'300}});
            case 1:
                return later ? std::optional(ScriptedLocation::json({{u"contacts"_s, QJsonArray{}}, {u"total"_s, 1'300}})) : std::nullopt;
            case 2: {
                Fault page;
                page.contentType = "text/html";
                page.body = "<html>Sign in to this network</html>";
                return page;
            }
            case 3: {
                Fault page;
                page.shape = Shape::HalfBody;
                page.body = QByteArray(4'000, ' ');
                return later ? std::optional(page) : std::nullopt;
            }
            case 4:
                return ScriptedLocation::json({{u"contacts"_s, QJsonArray{}}, {u"total"_s, 0}});
            case 5: {
                Fault page;
                page.body = "{\"contacts\":[{\"id\":";
                return page;
            }
            default:
                return ScriptedLocation::refusal(500, u"Internal error"_s);
            }
        };
        const Status pulled = await(engine->syncNow({u"contacts"_s}, true), 60'000);
        if (kind != 4) // an empty list is a valid answer; it only may not remove everything unasked
            QVERIFY(!pulled);
        QCOMPARE(contactCount(*engine), 1'300);
        server.bend = {};
        QVERIFY(await(engine->syncNow({u"contacts"_s}, true), 60'000));
        QCOMPARE(contactCount(*engine), 1'300);
        QCOMPARE(area(*engine, u"contacts"_s).missing, 0);
    }
    void aListThatGoesInCirclesEnds()
    {
        ScriptedLocation server(1'300);
        server.bend = [&server](const QString &path, const QJsonObject &body, const QUrlQuery &) -> std::optional<Fault> {
            if (path != "/contacts/search"_L1 || body.value("searchAfter"_L1).toArray().isEmpty())
                return std::nullopt;
            QJsonArray page;
            for (int i = 0; i < 500; ++i)
                page.append(server.contacts.at(i));
            return ScriptedLocation::json({{u"contacts"_s, page}, {u"total"_s, 1'300}});
        };
        const auto engine = engineOn(server);
        const Status pulled = await(engine->syncNow({u"contacts"_s}, false));
        QVERIFY(!pulled);
        QCOMPARE(pulled.error().code, u"stuck"_s);
        QVERIFY(!area(*engine, u"contacts"_s).error.isEmpty());
    }
    void aCursorThatDoesNotMoveEndsTheSweep()
    {
        ScriptedLocation server(0);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (int i = 0; i < 30; ++i)
            server.messages.append(ScriptedLocation::message(u"message%1"_s.arg(i), 1, now.addSecs(-i - 600), u"Hello"_s));
        server.bend = [&server](const QString &path, const QJsonObject &, const QUrlQuery &query) -> std::optional<Fault> {
            if (path != "/conversations/messages/export"_L1 || query.queryItemValue(u"channel"_s) == "Email"_L1)
                return std::nullopt;
            QJsonArray page;
            for (const QJsonObject &message : std::as_const(server.messages))
                page.append(message);
            return ScriptedLocation::json({{u"messages"_s, page}, {u"nextCursor"_s, u"same"_s}, {u"total"_s, 30}});
        };
        const auto engine = engineOn(server);
        const Status pulled = await(engine->syncNow({u"messages"_s}, false));
        QVERIFY(!pulled);
        QCOMPARE(pulled.error().code, u"stuck"_s);
        QVERIFY2(server.asked.value(u"/conversations/messages/export"_s) < 12, "the sweep went on and on");
        QVERIFY(await(engine->cache().totals(location))->messages >= 30);
    }
    void goesOnWhereItStopped()
    {
        ScriptedLocation server(2'200);
        int pages = 0;
        server.bend = [&pages](const QString &path, const QJsonObject &body, const QUrlQuery &) -> std::optional<Fault> {
            if (path != "/contacts/search"_L1 || body.value("searchAfter"_L1).toArray().isEmpty() || ++pages < 3)
                return std::nullopt;
            Fault hang;
            hang.shape = Shape::NeverAnswer;
            return hang;
        };
        qint64 kept = 0;
        {
            auto engine = engineOn(server);
            auto pull = engine->syncNow({u"contacts"_s}, false);
            QTRY_VERIFY(pages >= 3);
            // What comes while a page is written waits for the next one, so with a slow disk only the first is there.
            QTRY_VERIFY_WITH_TIMEOUT(contactCount(*engine) >= 500, 30'000);
            pull.cancel();
        } // gone in the middle, without a word
        server.bend = {};
        server.contactSearches.clear();
        {
            const auto engine = engineOn(server);
            kept = contactCount(*engine);
            QVERIFY(kept >= 500 && kept < 2'200);
            QVERIFY(await(engine->syncNow({u"contacts"_s}, false)));
            QCOMPARE(contactCount(*engine), 2'200);
        }
        for (const QJsonObject &search : std::as_const(server.contactSearches))
            QVERIFY2(!search.value(u"searchAfter"_s).toArray().isEmpty() || search.value(u"pageLimit"_s).toInt() == 1, "it began again");
    }
    void aMissingPermissionSwitchesOneAreaOff()
    {
        ScriptedLocation server(20);
        server.bend = [](const QString &path, const QJsonObject &, const QUrlQuery &) -> std::optional<Fault> {
            if (path == "/users/"_L1)
                return ScriptedLocation::refusal(401, u"The token is not authorized for this scope."_s);
            return std::nullopt;
        };
        const auto engine = engineOn(server);
        const Status pulled = await(engine->syncNow({}, false));
        QVERIFY(!pulled);
        QCOMPARE(int(pulled.error().kind), int(ErrorKind::ScopeMissing));
        QVERIFY(!area(*engine, u"users"_s).error.isEmpty());
        QCOMPARE(contactCount(*engine), 20);
        QVERIFY(area(*engine, u"contacts"_s).error.isEmpty());
        QVERIFY(engine->status().connection != sync::Connection::SignInNeeded);
    }
    void aLimitOnlyPauses()
    {
        ScriptedLocation server(600);
        int refused = 0;
        server.bend = [&refused](const QString &path, const QJsonObject &, const QUrlQuery &) -> std::optional<Fault> {
            if (path != "/contacts/search"_L1 || refused > 0)
                return std::nullopt;
            ++refused;
            Fault limit = ScriptedLocation::refusal(429, u"Too many requests"_s);
            limit.headers.append(std::pair<QByteArray, QByteArray>("Retry-After", "1"));
            return limit;
        };
        const auto engine = engineOn(server);
        QVERIFY(await(engine->syncNow({u"contacts"_s}, false), 30'000));
        QCOMPARE(refused, 1);
        QCOMPARE(contactCount(*engine), 600);
    }
    void conversationsWithOneDateAreAllThere()
    {
        ScriptedLocation server(0);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        for (int i = 0; i < 250; ++i)
            server.conversations.append(ScriptedLocation::conversation(i, now - (i / 3) * 1'000));
        const auto engine = engineOn(server);
        QVERIFY(await(engine->syncNow({u"conversations"_s}, false)));
        QCOMPARE(await(engine->cache().totals(location))->conversations, 250);
    }
    void theHeartbeatBringsWhatIsNew()
    {
        ScriptedLocation server(5);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        server.conversations.append(ScriptedLocation::conversation(1, now.addSecs(-60).toMSecsSinceEpoch()));
        server.messages.append(ScriptedLocation::message(u"old"_s, 1, now.addSecs(-60), u"Hello"_s));
        const auto engine = engineOn(server, true);
        QTRY_VERIFY_WITH_TIMEOUT(area(*engine, u"messages"_s).firstSyncDone, 20'000);
        server.messages.prepend(ScriptedLocation::message(u"new"_s, 1, now, u"Are you there?"_s));
        server.conversations[0] = ScriptedLocation::conversation(1, now.toMSecsSinceEpoch());
        QTRY_COMPARE_WITH_TIMEOUT(await(engine->cache().totals(location))->messages, 2, 20'000);
    }
    void wakingUpShowsInTheClocks()
    {
        FakeClock clock;
        sync::Surroundings surroundings(clock);
        QSignalSpy woke(&surroundings, &sync::Surroundings::wokeUp);
        clock.advance(10s);
        surroundings.look();
        QCOMPARE(woke.size(), 0);
        clock.setWall(clock.now().addSecs(8 * 3600));
        surroundings.look();
        QCOMPARE(woke.size(), 1);
        clock.setWall(clock.now().addSecs(-3600)); // set back by a person: nobody slept
        surroundings.look();
        QCOMPARE(woke.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestFeeds)
#include "tst_feeds.moc"
