// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/enginerun.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

/// Deals, from the outbox and the feed to the practice account and back.
class TestDeals : public QObject, private test::EngineRun
{
    Q_OBJECT

    Pipeline m_sales;
    DealRow m_deal;

    practice::Opportunity &onServer(const OpportunityId &id) { return world().opportunities[*world().opportunity(id.value)]; }
    QString stageOnServer() { return world().stageId(onServer(m_deal.deal.id).pipeline, onServer(m_deal.deal.id).stage); }
    std::optional<DealRow> row(const OpportunityId &id)
    {
        const auto found = await(m_engine->cache().deal(location(), id));
        return found ? *found : std::nullopt;
    }
    QString stageHere() { return row(m_deal.deal.id)->deal.stage.value; }
    Board board(BoardQuery query = {})
    {
        query.location = location();
        if (query.pipeline.isEmpty())
            query.pipeline = m_sales.id;
        const auto found = await(m_engine->cache().board(query));
        return found ? *found : Board();
    }
    DealChange to(int stage)
    {
        DealChange change;
        const DealRow now = *row(m_deal.deal.id);
        change.id = now.deal.id;
        change.shownName = now.deal.name;
        change.pipeline = m_sales.id;
        change.stage = m_sales.stages.at(stage).id;
        change.stageFrom = now.deal.stage;
        return change;
    }
    RecordId change(const DealChange &change)
    {
        const auto record = await(m_engine->outbox().submitDealChange(*m_engine->account(), change, {}));
        return record ? *record : RecordId();
    }
    int writes(const QByteArray &verb = "PUT") const
    {
        return requests(verb, [](const QString &path) { return path.startsWith(u"/opportunities/"_s) && !path.endsWith(u"/search"_s); });
    }
    DealMark mark() { return row(m_deal.deal.id)->mark; }
    int stageNumber(int step) const
    {
        for (int i = 0; i < m_sales.stages.size(); ++i) {
            if (m_sales.stages.at(i).id == m_deal.deal.stage)
                return int((i + step) % m_sales.stages.size());
        }
        return 0;
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(serve({60, 150, 10, 0}));
        QVERIFY(open() && sync());
        const auto data = await(m_engine->cache().reference(location()));
        QVERIFY(data && data->pipelines && data->pipelines->size() == 2);
        QVERIFY(data->lostReasons && !data->lostReasons->isEmpty());
        m_sales = data->pipelines->first();
        const Board all = board();
        QVERIFY(!all.columns.isEmpty());
        m_deal = await(m_engine->cache().dealRows({all.columns.first().keys.first()}))->first();
    }
    void cleanup() { close(); }

    void theColumnsAndSumsAreThoseOfTheServer()
    {
        QHash<QString, QPair<int, qint64>> expected;
        for (const practice::Opportunity &deal : world().opportunities) {
            if (deal.location != 0 || deal.pipeline != 0 || deal.status != practice::DealStatus::Open)
                continue;
            auto &sum = expected[world().stageId(0, deal.stage)];
            ++sum.first;
            sum.second += qint64(deal.value * 100);
        }
        const Board all = board();
        QCOMPARE(all.columns.size(), expected.size());
        for (const BoardColumn &column : all.columns) {
            QCOMPARE(int(column.keys.size()), expected[column.stage.value].first);
            QCOMPARE(column.cents, expected[column.stage.value].second);
        }
        QCOMPARE(m_sales.stages.first().name, u"New lead"_s);
    }

    void aFilterSaysHowManyItHides()
    {
        BoardQuery query;
        query.text = m_deal.deal.name;
        const Board some = board(query);
        qint64 shown = 0, all = 0;
        for (const BoardColumn &column : some.columns)
            shown += column.keys.size();
        const Board whole = board();
        for (const BoardColumn &column : whole.columns)
            all += column.keys.size();
        QVERIFY(shown >= 1);
        QCOMPARE(shown + some.hidden, all);
    }

    void aMoveIsShownAtOnceAndThenTrue()
    {
        fault({{u"match"_s, u"PUT /opportunities/*"_s}, {u"kind"_s, u"delay"_s}, {u"ms"_s, 300}});
        const DealChange move = to(stageNumber(1));
        const auto id = change(move);
        QCOMPARE(stageHere(), move.stage->value);
        QVERIFY(mark() == DealMark::Waiting || mark() == DealMark::UnderWay);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(stageOnServer(), move.stage->value);
        QCOMPARE(mark(), DealMark::None);
        QCOMPARE(stageHere(), move.stage->value);
        QCOMPARE(writes(), 1);
    }

    void movesOfOneDealThatWaitBecomeOne()
    {
        m_engine->setWorkOffline(true);
        change(to(stageNumber(1)));
        change(to(stageNumber(2)));
        const auto last = change(to(stageNumber(3)));
        QCOMPARE(stageHere(), m_sales.stages.at(stageNumber(3)).id.value);
        QCOMPARE(await(m_engine->outbox().list({}, false))->size(), 1);
        QCOMPARE(mark(), DealMark::Waiting);
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(state(last), u"confirmed"_s, 20'000);
        QCOMPARE(stageOnServer(), m_sales.stages.at(stageNumber(3)).id.value);
        QCOMPARE(writes(), 1);
    }

    void thereAndBackSendsNothing()
    {
        m_engine->setWorkOffline(true);
        change(to(stageNumber(1)));
        const auto back = change(to(stageNumber(0)));
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(state(back), u"confirmed"_s, 20'000);
        QCOMPARE(writes(), 0);
        QCOMPARE(stageHere(), m_deal.deal.stage.value);
    }

    void whatHighLevelRefusesGoesBackWithTheReason()
    {
        const int wanted = stageNumber(1);
        world().pipelines[0].stages[size_t(wanted)].deleted = true; // somebody edits the pipeline meanwhile
        const auto id = change(to(wanted));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QCOMPARE(record(id).reasonCode, u"stage_gone"_s);
        QCOMPARE(stageHere(), m_deal.deal.stage.value);
        QCOMPARE(mark(), DealMark::Refused);
        QVERIFY(row(m_deal.deal.id)->reason.contains(u"not in the pipeline"_s));
        QVERIFY(await(m_engine->outbox().cancel(id)));
        QCOMPARE(mark(), DealMark::None);
    }

    void whatHighLevelFindsWrongGoesBackWithItsWords()
    {
        fault({{u"match"_s, u"PUT /opportunities/*"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 422}, {u"count"_s, 1},
               {u"body"_s, QJsonObject{{u"statusCode"_s, 422}, {u"message"_s, QJsonArray{u"monetaryValue must be a number"_s}}}}});
        DealChange wrong = to(stageNumber(1));
        wrong.value = 5;
        wrong.valueFrom = m_deal.deal.value;
        const auto id = change(wrong);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QCOMPARE(record(id).reasonCode, u"invalid"_s);
        QVERIFY2(row(m_deal.deal.id)->reason.contains(u"monetaryValue"_s), qPrintable(row(m_deal.deal.id)->reason));
        QCOMPARE(stageHere(), m_deal.deal.stage.value);
        QCOMPARE(row(m_deal.deal.id)->deal.value, m_deal.deal.value);
    }

    void aStageThatIsGoneKeepsItsCardsOnTheBoard()
    {
        const StageId gone = m_deal.deal.stage;
        world().pipelines[0].stages[size_t(stageNumber(0))].deleted = true;
        QVERIFY(await(m_engine->syncNow({u"pipelines"_s}, false)));
        const auto data = await(m_engine->cache().reference(location()));
        QVERIFY(!data->pipelines->first().stage(gone));
        const Board all = board();
        const auto column = std::find_if(all.columns.begin(), all.columns.end(), [&gone](const BoardColumn &one) { return one.stage == gone; });
        QVERIFY(column != all.columns.end());
        QVERIFY(column->keys.contains(m_deal.key));
    }

    void aDealOnTwoPagesIsOneCard()
    {
        const auto cards = [this] {
            int count = 0;
            for (const BoardColumn &column : board().columns)
                count += int(column.keys.size());
            return count;
        };
        const int before = cards();
        Opportunity moved = m_deal.deal; // it moved while the pages were read
        moved.stage = m_sales.stages.at(stageNumber(1)).id;
        QVERIFY(await(m_engine->cache().putDeals(location(), {m_deal.deal, moved}, {})));
        QCOMPARE(cards(), before);
        QCOMPARE(stageHere(), moved.stage.value);
    }

    void theSameDealMadeTwiceIsTwoCardsThatMoveApart()
    {
        const auto index = world().addOpportunity(onServer(m_deal.deal.id));
        const OpportunityId twin(world().mint.id(practice::Kind::Opportunity, index));
        QVERIFY(twin != m_deal.deal.id);
        QVERIFY(await(m_engine->syncNow({u"opportunities"_s}, false)));
        QVERIFY(row(twin));
        QCOMPARE(row(twin)->deal.name, m_deal.deal.name);
        const auto id = change(to(stageNumber(1)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(stageOnServer(), m_sales.stages.at(stageNumber(1)).id.value);
        QCOMPARE(world().stageId(onServer(twin).pipeline, onServer(twin).stage), m_deal.deal.stage.value);
        QCOMPARE(row(twin)->deal.stage, m_deal.deal.stage);
    }

    void missingPermissionGoesBackWithTheReason()
    {
        fault({{u"match"_s, u"PUT /opportunities/*"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 403}, {u"count"_s, 1}});
        const auto id = change(to(stageNumber(1)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QCOMPARE(record(id).reasonCode, u"forbidden"_s);
        QCOMPARE(stageHere(), m_deal.deal.stage.value);
    }

    void aColleagueWhoWasFasterIsAConflict_data()
    {
        QTest::addColumn<bool>("mine");
        QTest::newRow("keep theirs") << false;
        QTest::newRow("use mine") << true;
    }
    void aColleagueWhoWasFasterIsAConflict()
    {
        QFETCH(bool, mine);
        m_engine->setWorkOffline(true);
        const DealChange move = to(stageNumber(1));
        const auto id = change(move);
        const auto theirs = quint16(stageNumber(3));
        world().moveOpportunity(*world().opportunity(m_deal.deal.id.value), 0, theirs);
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QCOMPARE(writes(), 0);
        QCOMPARE(record(id).reasonCode, u"changed_elsewhere"_s);
        QCOMPARE(mark(), DealMark::Conflict);
        QCOMPARE(stageHere(), world().stageId(0, theirs)); // the server's, without another pull
        if (!mine) {
            QVERIFY(await(m_engine->outbox().cancel(id)));
            QCOMPARE(mark(), DealMark::None);
            QCOMPARE(stageOnServer(), world().stageId(0, theirs));
            return;
        }
        const auto again = await(m_engine->outbox().retry(id));
        QVERIFY(again);
        QTRY_COMPARE_WITH_TIMEOUT(state(again->id), u"confirmed"_s, 20'000);
        QCOMPARE(stageOnServer(), move.stage->value);
        QCOMPARE(stageHere(), move.stage->value);
        QCOMPARE(mark(), DealMark::None);
    }

    void aLostAnswerIsReadBackAndNotSentTwice()
    {
        fault({{u"match"_s, u"PUT /opportunities/*"_s}, {u"kind"_s, u"close-after"_s}, {u"count"_s, 1}});
        const auto id = change(to(stageNumber(1)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 30'000);
        QCOMPARE(writes(), 1);
        QCOMPARE(stageOnServer(), m_sales.stages.at(stageNumber(1)).id.value);
    }

    void wonAndValueGoTogether()
    {
        DealChange both = to(stageNumber(0));
        both.stage.reset();
        both.value = 4321.5;
        both.valueFrom = m_deal.deal.value;
        both.status = DealStatus::Won;
        both.statusFrom = DealStatus::Open;
        const auto id = change(both);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(onServer(m_deal.deal.id).value, 4321.5);
        QCOMPARE(int(onServer(m_deal.deal.id).status), int(practice::DealStatus::Won));
        QCOMPARE(row(m_deal.deal.id)->deal.status, DealStatus::Won);
    }

    void aNewDealIsThereBeforeHighLevelKnowsIt()
    {
        ContactId nobodys; // without a deal in Sales
        for (practice::Index i = 0; i < world().contacts.size() && nobodys.isEmpty(); ++i) {
            const bool has = std::any_of(world().opportunities.begin(), world().opportunities.end(),
                                         [&](const practice::Opportunity &deal) { return deal.contact == i && deal.pipeline == 0; });
            if (!has && world().contacts[i].location == 0)
                nobodys = ContactId(world().mint.id(practice::Kind::Contact, i));
        }
        QVERIFY(!nobodys.isEmpty());
        const qsizetype before = await(m_engine->cache().dealsOf(location(), nobodys))->size();
        fault({{u"match"_s, u"POST /opportunities"_s}, {u"kind"_s, u"close-after"_s}, {u"count"_s, 1}});
        DealDraft draft;
        draft.contactId = nobodys;
        draft.pipeline = m_sales.id;
        draft.stage = m_sales.stages.at(1).id;
        draft.name = u"A new deal"_s;
        draft.value = 900;
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        const auto id = await(m_engine->outbox().submitDeal(*m_engine->account(), draft, options));
        QVERIFY(id);
        const OpportunityId local = OpportunityId::local(id->value);
        QVERIFY(row(local));
        QCOMPARE(row(local)->deal.name, u"A new deal"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(*id), u"confirmed"_s, 30'000);
        QVERIFY(row(local)); // by its alias
        QVERIFY(!row(local)->deal.id.isLocal());
        QCOMPARE(await(m_engine->cache().dealsOf(location(), nobodys))->size(), before + 1);
        QCOMPARE(writes("POST"), 1);
        QVERIFY(sync({u"opportunities"_s}));
        QCOMPARE(await(m_engine->cache().dealsOf(location(), nobodys))->size(), before + 1);
    }

    void aDeletedDealGoesAtOnceAndComesBackWhenItIsTakenBack()
    {
        m_engine->setWorkOffline(true);
        const auto id = await(m_engine->outbox().submitDealDelete(*m_engine->account(), m_deal.deal.id, m_deal.deal.name, {}));
        QVERIFY(id);
        QVERIFY(!board().columns.first().keys.contains(m_deal.key));
        QVERIFY(await(m_engine->outbox().cancel(*id)));
        QVERIFY(board().columns.first().keys.contains(m_deal.key));
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        const auto again = await(m_engine->outbox().submitDealDelete(*m_engine->account(), m_deal.deal.id, m_deal.deal.name, options));
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(state(*again), u"confirmed"_s, 20'000);
        QVERIFY(!world().opportunity(m_deal.deal.id.value));
        QVERIFY(!row(m_deal.deal.id));
    }

    void aPullBringsMovesAndEndsAndWritesNothingElse()
    {
        const auto moved = quint16(stageNumber(2));
        world().moveOpportunity(*world().opportunity(m_deal.deal.id.value), 0, moved);
        const Board before = board();
        const DealRow other = await(m_engine->cache().dealRows({before.columns.last().keys.last()}))->first();
        onServer(other.deal.id).deleted = true;
        int told = 0;
        connect(&m_engine->cache().notices(), &store::Notices::changed, this, [&](const store::ChangeSet &change) {
            if (change.table == store::Table::Opportunities)
                told += int(change.inserted.size() + change.updated.size() + change.removed.size()) + (change.everything ? 1'000 : 0);
        });
        QVERIFY(sync({u"opportunities"_s}));
        m_engine->cache().notices().flush();
        QCOMPARE(told, 2);
        QCOMPARE(stageHere(), world().stageId(0, moved));
        QVERIFY(!row(other.deal.id));
        world().setDealStatus(*world().opportunity(m_deal.deal.id.value), practice::DealStatus::Lost, 1);
        QVERIFY(sync({u"opportunities"_s}));
        QCOMPARE(row(m_deal.deal.id)->deal.status, DealStatus::Lost);
    }

    void theOtherSearchIsTriedWhenOneIsShut()
    {
        fault({{u"match"_s, u"GET /opportunities/search"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 403}, {u"count"_s, 100}});
        world().moveOpportunity(*world().opportunity(m_deal.deal.id.value), 0, quint16(stageNumber(2)));
        QVERIFY(await(m_engine->syncNow({u"opportunities"_s}, true)));
        QCOMPARE(stageHere(), world().stageId(0, quint16(stageNumber(2))));
    }

    void moneyIsReadAsPeopleWriteIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::newRow("plain") << u"1200"_s << 1200.0;
        QTest::newRow("group") << u"12,500"_s << 12500.0;
        QTest::newRow("cents") << u"12,500.75"_s << 12500.75;
        QTest::newRow("european") << u"9.500,50"_s << 9500.5;
        QTest::newRow("sign") << u"$ 80.5"_s << 80.5;
        QTest::newRow("word") << u"twelve"_s << -1.0;
        QTest::newRow("minus") << u"-5"_s << -1.0;
        QTest::newRow("nothing") << u" "_s << -1.0;
        QTest::newRow("too much") << u"9999999999999999"_s << -1.0;
    }
    void moneyIsReadAsPeopleWriteIt()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        QCOMPARE(readMoney(text).value_or(-1), value);
    }
};

QTEST_GUILESS_MAIN(TestDeals)
#include "tst_deals.moc"
