// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/enginerun.h"

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

/// Followers, custom fields, the way of a deal, sums and tables: from the outbox to the practice account and back.
class TestDealFields : public QObject, private test::EngineRun
{
    Q_OBJECT

    Pipeline m_sales;
    CustomFieldId m_commission;
    UserId m_marcus, m_priya;
    DealRow m_deal;

    practice::Opportunity &onServer() { return world().opportunities[*world().opportunity(m_deal.deal.id.value)]; }
    DealRow row()
    {
        const auto found = await(m_engine->cache().deal(location(), m_deal.deal.id));
        return found && *found ? **found : DealRow();
    }
    RecordId submit(DealChange change)
    {
        change.id = m_deal.deal.id;
        const auto record = await(m_engine->outbox().submitDealChange(*m_engine->account(), change, {}));
        return record ? *record : RecordId();
    }
    RecordId follow(const QStringList &add, const QStringList &remove)
    {
        const auto record = await(m_engine->outbox().submitFollow(*m_engine->account(), {m_deal.deal.id, m_deal.deal.name, add, remove}, {}));
        return record ? *record : RecordId();
    }
    DealChange commission(const QJsonValue &to, const QJsonValue &from)
    {
        DealChange change;
        change.fields.insert(m_commission.value, to);
        change.fieldsFrom.insert(m_commission.value, from);
        return change;
    }
    QJsonValue commissionIn(const Opportunity &deal) const
    {
        for (const CustomValue &field : deal.customFields) {
            if (field.id == m_commission)
                return field.value;
        }
        return QJsonValue::Undefined;
    }
    int requests(const QByteArray &verb, const QString &end) const
    {
        return EngineRun::requests(verb, [&](const QString &path) { return path.endsWith(end); });
    }
    void pull() { QVERIFY(await(m_engine->refreshDeal(m_deal.deal.id))); }
    /// HighLevel's dates have whole milliseconds, and what is not newer is not news.
    void byColleague(const std::function<void(practice::Opportunity &)> &change)
    {
        const auto index = *world().opportunity(m_deal.deal.id.value);
        change(world().opportunities[index]);
        world().opportunityChanged(index);
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(serve({200, 150, 10, 0}));
        QVERIFY(open() && sync());
        const auto data = await(m_engine->cache().reference(location()));
        QVERIFY(data && data->pipelines && data->pipelines->size() == 2);
        m_sales = data->pipelines->first();
        for (const CustomField &field : data->customFields) {
            if (field.model == "opportunity"_L1 && field.name == "Commission"_L1)
                m_commission = field.id;
        }
        QVERIFY(!m_commission.isEmpty());
        for (const User &user : data->users) {
            if (user.name.startsWith(u"Marcus"_s))
                m_marcus = user.id;
            if (user.name.startsWith(u"Priya"_s))
                m_priya = user.id;
        }
        QVERIFY(!m_marcus.isEmpty() && !m_priya.isEmpty());
        BoardQuery query;
        query.location = location();
        query.pipeline = m_sales.id;
        const auto board = await(m_engine->cache().board(query));
        QVERIFY(board && !board->columns.isEmpty());
        m_deal = await(m_engine->cache().dealRows({board->columns.first().keys.first()}))->first();
    }
    void cleanup() { close(); }

    void aFollowerShowsAtOnceAndIsAddedByItsOwnOperation()
    {
        m_engine->setWorkOffline(true);
        const RecordId record = follow({m_marcus.value}, {});
        QVERIFY(!record.isEmpty());
        QTRY_COMPARE(row().deal.followers, QStringList{m_marcus.value});
        QVERIFY(row().base.followers.isEmpty());
        QCOMPARE(row().mark, DealMark::Waiting);
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(onServer().followers, QStringList{m_marcus.value}, 15'000);
        QTRY_COMPARE(row().mark, DealMark::None);
        QCOMPARE(row().deal.followers, QStringList{m_marcus.value}); // what was laid over is what is
        QCOMPARE(requests("POST", u"/followers"_s), 1);
        QCOMPARE(requests("DELETE", u"/followers"_s), 0);
        follow({}, {m_marcus.value});
        QTRY_VERIFY_WITH_TIMEOUT(onServer().followers.isEmpty(), 15'000);
        QCOMPARE(requests("DELETE", u"/followers"_s), 1);
        QTRY_VERIFY(row().deal.followers.isEmpty() && row().mark == DealMark::None);
    }

    void takingTheOnlyFollowerOffIsShownBeforeItLeaves()
    {
        byColleague([&](practice::Opportunity &deal) { deal.followers = {m_priya.value}; });
        pull();
        QCOMPARE(row().deal.followers, QStringList{m_priya.value});
        m_engine->setWorkOffline(true);
        follow({}, {m_priya.value});
        QTRY_VERIFY(row().deal.followers.isEmpty());
        QCOMPARE(row().base.followers, QStringList{m_priya.value});
    }

    void whatWaitsForTheSameDealIsOneNetChangeAndOthersFollowersStay()
    {
        m_engine->setWorkOffline(true);
        follow({m_marcus.value}, {});
        const RecordId last = follow({}, {m_marcus.value});
        byColleague([&](practice::Opportunity &deal) { deal.followers = {m_priya.value}; });
        m_engine->setWorkOffline(false);
        QTRY_VERIFY_WITH_TIMEOUT(state(last) == u"accepted"_s || state(last) == u"confirmed"_s, 15'000);
        QCOMPARE(requests("POST", u"/followers"_s) + requests("DELETE", u"/followers"_s), 0); // nothing to do any more
        QCOMPARE(onServer().followers, QStringList{m_priya.value});
    }

    void aCustomFieldGoesThereAndCanBeCleared()
    {
        submit(commission(1250.5, QJsonValue::Null));
        QTRY_COMPARE(commissionIn(row().deal), QJsonValue(1250.5));
        QTRY_COMPARE_WITH_TIMEOUT(row().mark, DealMark::None, 15'000);
        QTRY_COMPARE(commissionIn(row().base), QJsonValue(1250.5));
        pull();
        QCOMPARE(commissionIn(row().base), QJsonValue(1250.5)); // HighLevel says so, too
        submit(commission(QString(), 1250.5));
        QTRY_VERIFY_WITH_TIMEOUT(row().mark == DealMark::None && commissionIn(row().base).toString().isEmpty() && !commissionIn(row().base).isDouble(), 15'000);
    }

    void aFieldThatAColleagueFilledInMeanwhileIsAConflict()
    {
        m_engine->setWorkOffline(true);
        const RecordId record = submit(commission(100, QJsonValue::Null));
        byColleague([&](practice::Opportunity &deal) {
            deal.customFields = QJsonArray{QJsonObject{{u"id"_s, m_commission.value}, {u"fieldValue"_s, 900}}};
        });
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(state(record), u"rejected"_s, 15'000);
        QTRY_COMPARE(row().mark, DealMark::Conflict);
        QTRY_COMPARE(commissionIn(row().deal), QJsonValue(900)); // theirs is shown
        QVERIFY(await(m_engine->outbox().retry(record))); // mine
        QTRY_COMPARE_WITH_TIMEOUT(row().mark, DealMark::None, 15'000);
        pull();
        QCOMPARE(commissionIn(row().deal), QJsonValue(100));
    }

    void anotherFieldOfAColleagueIsNoConflictAndStays()
    {
        m_engine->setWorkOffline(true);
        submit(commission(100, QJsonValue::Null));
        byColleague([&](practice::Opportunity &deal) { deal.name = u"Renamed there"_s; });
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(row().mark, DealMark::None, 15'000);
        pull();
        QCOMPARE(row().deal.name, u"Renamed there"_s);
        QCOMPARE(commissionIn(row().deal), QJsonValue(100));
    }

    void theWayOfADealTellsOurStepsAndThoseThatWereSeen()
    {
        const auto steps = [&] { return *await(m_engine->cache().dealSteps(location(), m_deal.deal.id)); };
        QVERIFY(steps().isEmpty());
        DealChange change;
        change.pipeline = m_sales.id;
        change.stage = m_sales.stages.at(3).id;
        change.stageFrom = m_deal.deal.stage;
        submit(change);
        QTRY_COMPARE_WITH_TIMEOUT(steps().size(), 1, 15'000);
        QVERIFY(steps().first().ours);
        QCOMPARE(steps().first().stageFrom, m_deal.deal.stage);
        QCOMPARE(steps().first().stage, m_sales.stages.at(3).id);
        pull(); // the same again from HighLevel is no step
        QCOMPARE(steps().size(), 1);
        world().moveOpportunity(*world().opportunity(m_deal.deal.id.value), 0, 4);
        world().setDealStatus(*world().opportunity(m_deal.deal.id.value), practice::DealStatus::Won);
        m_server->world().opportunityChanged(*world().opportunity(m_deal.deal.id.value));
        QTRY_VERIFY_WITH_TIMEOUT((pull(), steps().size() == 2), 15'000);
        QVERIFY(!steps().first().ours);
        QCOMPARE(steps().first().stage, m_sales.stages.at(4).id);
        QCOMPARE(steps().first().status, DealStatus::Won);
        QVERIFY(await(m_engine->cache().removeDeals(location(), {m_deal.deal.id})));
        QVERIFY(steps().isEmpty());
    }

    void theSumsAreThoseOfTheServer()
    {
        BoardQuery query;
        query.location = location();
        query.pipeline = m_sales.id;
        const auto figures = await(m_engine->cache().dealFigures(query));
        QVERIFY(figures);
        QHash<QString, QPair<int, qint64>> open;
        int won = 0, lost = 0, abandoned = 0, wonInMonths = 0;
        qint64 wonCents = 0;
        for (const practice::Opportunity &deal : world().opportunities) {
            if (deal.location != 0 || deal.pipeline != 0 || deal.deleted)
                continue;
            if (deal.status == practice::DealStatus::Open) {
                auto &sum = open[world().stageId(0, deal.stage)];
                ++sum.first;
                sum.second += qint64(deal.value * 100);
            }
            won += deal.status == practice::DealStatus::Won;
            lost += deal.status == practice::DealStatus::Lost;
            abandoned += deal.status == practice::DealStatus::Abandoned;
            if (deal.status == practice::DealStatus::Won)
                wonCents += qint64(deal.value * 100);
        }
        QVERIFY(won > 0 && lost > 0);
        QCOMPARE(figures->open.size(), open.size());
        for (const auto &sum : figures->open) {
            QCOMPARE(sum.deals, open[sum.stage.value].first);
            QCOMPARE(sum.cents, open[sum.stage.value].second);
        }
        QCOMPARE(figures->wonDeals, won);
        QCOMPARE(figures->wonCents, wonCents);
        QCOMPARE(figures->lostDeals, lost);
        QCOMPARE(figures->abandonedDeals, abandoned);
        for (const auto &month : figures->won) {
            QCOMPARE(month.month.day(), 1);
            wonInMonths += month.deals;
        }
        QCOMPARE(wonInMonths, won);
        query.owner = UserId(u"nobody that there is"_s);
        QVERIFY(await(m_engine->cache().dealFigures(query))->open.isEmpty());
    }

    void aTableHoldsTheBoardsDealsInTheOrderThatIsAsked()
    {
        DealListQuery query;
        query.where.location = location();
        query.where.pipeline = m_sales.id;
        query.where.status = std::nullopt;
        for (const Stage &stage : m_sales.stages)
            query.stages.append(stage.id);
        const auto board = await(m_engine->cache().board(query.where));
        qsizetype all = 0;
        for (const BoardColumn &column : board->columns)
            all += column.keys.size();
        const auto rowsBy = [&](DealField by, bool descending) {
            query.by = by;
            query.descending = descending;
            const auto spine = await(m_engine->cache().dealList(query));
            return spine ? *await(m_engine->cache().dealRows(spine->keys)) : QVector<DealRow>();
        };
        for (int field = 0; field <= int(DealField::Updated); ++field) {
            QCOMPARE(rowsBy(DealField(field), false).size(), all);
            QCOMPARE(rowsBy(DealField(field), true).size(), all);
        }
        const auto byValue = rowsBy(DealField::Value, true);
        QVERIFY(std::is_sorted(byValue.cbegin(), byValue.cend(), [](const DealRow &a, const DealRow &b) { return a.deal.value.value_or(-1) > b.deal.value.value_or(-1); }));
        const auto place = [&](const DealRow &one) {
            return std::find_if(m_sales.stages.cbegin(), m_sales.stages.cend(), [&](const Stage &stage) { return stage.id == one.deal.stage; }) - m_sales.stages.cbegin();
        };
        const auto byStage = rowsBy(DealField::Stage, false);
        QVERIFY(std::is_sorted(byStage.cbegin(), byStage.cend(), [&](const DealRow &a, const DealRow &b) { return place(a) < place(b); }));
        query.where.text = byStage.first().deal.name;
        const auto some = rowsBy(DealField::Name, false);
        QVERIFY(!some.isEmpty() && some.size() < all);
    }

    void anUpsertMakesTheDealOnceAndChangesItThen()
    {
        ContactId who; // somebody without a deal
        const auto contacts = await(m_engine->cache().contactSpine(location(), {}, store::ContactSort::Name));
        for (const qint64 key : contacts->keys) {
            const ContactId one = await(m_engine->cache().contactRows({key}))->first().contact.id;
            if (who.isEmpty() && await(m_engine->cache().dealsOf(location(), one))->isEmpty())
                who = one;
        }
        QVERIFY(!who.isEmpty());
        const auto deals = [&] {
            int count = 0;
            double value = 0;
            for (const practice::Opportunity &deal : world().opportunities) {
                if (!deal.deleted && world().mint.id(practice::Kind::Contact, deal.contact) == who.value) {
                    ++count;
                    value = deal.value;
                }
            }
            return qMakePair(count, value);
        };
        DealDraft draft;
        draft.contactId = who;
        draft.pipeline = m_sales.id;
        draft.stage = m_sales.stages.at(1).id;
        draft.name = u"From a list"_s;
        draft.value = 500;
        const auto first = await(m_engine->outbox().submitDealUpsert(*m_engine->account(), draft, {}));
        QVERIFY(first);
        QTRY_COMPARE_WITH_TIMEOUT(deals(), qMakePair(1, 500.0), 15'000);
        draft.value = 700;
        QVERIFY(await(m_engine->outbox().submitDealUpsert(*m_engine->account(), draft, {})));
        QTRY_COMPARE_WITH_TIMEOUT(deals(), qMakePair(1, 700.0), 15'000);
        QCOMPARE(requests("POST", u"/upsert"_s), 2);
    }
};

QTEST_MAIN(TestDealFields)
#include "tst_dealfields.moc"
