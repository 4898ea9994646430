// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outboxmodel.h"
#include "unit/sync/outboxbench.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace outrigger;
using namespace Qt::StringLiterals;
using models::OutboxModel;
using test::OutboxBench;

/// What waits, over the real outbox, ledger and cache; the far side is pretended.
class TestOutboxList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatWaitsAndForgetsWhatIsThrough();
    void aNewTextIsOneItem();
    void actsFollowTheState_data();
    void actsFollowTheState();
};

void TestOutboxList::showsWhatWaitsAndForgetsWhatIsThrough()
{
    OutboxBench bench;
    bench.times.undo = std::chrono::seconds(30);
    bench.begin();
    OutboxModel model(bench.outbox.get(), bench.cache.get());
    QAbstractItemModelTester tester(&model);
    model.setAccount(bench.account.id);
    const RecordId id = bench.text(u"Thursday 2:30\nor 4?"_s, u"contact-1"_s, true);
    QTRY_COMPARE(model.rowCount(), 1);
    const QModelIndex what = model.index(0, OutboxModel::What);
    QCOMPARE(what.data().toString(), u"Text: Thursday 2:30 or 4?"_s);
    QCOMPARE(what.data(OutboxModel::RecordIdRole).value<RecordId>(), id);
    QCOMPARE(what.data(OutboxModel::StateRole).toInt(), int(MessageState::Held));
    QVERIFY(what.data(OutboxModel::ActsRole).toInt() & OutboxModel::Undo);
    const QString said = what.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.contains(u"sending in") && said.contains(u"undo available") && said.endsWith(u'.'), qPrintable(said));
    QVERIFY(test::await(bench.outbox->cancel(id)).has_value());
    QTRY_COMPARE(model.rowCount(), 0);
    model.setFinishedToo(true);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, OutboxModel::State).data().toString(), u"cancelled"_s);
    // Another account's records are not shown.
    bench.textFrom(bench.other, u"from elsewhere"_s, u"contact-2"_s, true);
    model.setFinishedToo(false);
    QTRY_COMPARE(model.rowCount(), 0);
}

void TestOutboxList::aNewTextIsOneItem()
{
    OutboxBench bench;
    bench.times.undo = std::chrono::seconds(30);
    bench.begin();
    OutboxModel model(bench.outbox.get(), bench.cache.get());
    QAbstractItemModelTester tester(&model);
    model.setAccount(bench.account.id);
    bench.newText(u"Hello"_s, u"+14075551234"_s, true);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, OutboxModel::What).data().toString(), u"Text: Hello"_s);
    QTRY_VERIFY(model.index(0, OutboxModel::To).data().toString().contains(u"555"));
    // Loading anew gives the same one item.
    model.setAccount(std::nullopt);
    QVERIFY(!QTest::qWaitFor([&model] { return model.rowCount() != 1; }, 200));
    QCOMPARE(model.rowCount(), 1);
}

void TestOutboxList::actsFollowTheState_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("hold");
    QTest::addColumn<int>("acts");
    const auto row = [](const char *name, OutboxState state, HoldReason hold, OutboxModel::Acts acts) {
        QTest::newRow(name) << int(state) << int(hold) << int(acts);
    };
    row("held for undo", OutboxState::Held, HoldReason::Undo, OutboxModel::Acts(OutboxModel::Undo) | OutboxModel::SendNow);
    row("held to ask", OutboxState::Held, HoldReason::Ask, OutboxModel::Acts(OutboxModel::SendNow) | OutboxModel::Cancel);
    row("waits for its contact", OutboxState::Held, HoldReason::Parent, OutboxModel::Cancel);
    row("queued", OutboxState::Queued, HoldReason::None, OutboxModel::Acts(OutboxModel::Cancel) | OutboxModel::Retry);
    row("under way", OutboxState::Attempting, HoldReason::None, OutboxModel::NoAct);
    row("settling", OutboxState::Settling, HoldReason::None, OutboxModel::NoAct);
    row("uncertain", OutboxState::Uncertain, HoldReason::None, OutboxModel::Resolve);
    row("rejected", OutboxState::Rejected, HoldReason::None, OutboxModel::Retry);
    row("through", OutboxState::Confirmed, HoldReason::None, OutboxModel::NoAct);
}

void TestOutboxList::actsFollowTheState()
{
    QFETCH(int, state);
    QFETCH(int, hold);
    QFETCH(int, acts);
    OutboxRecord record;
    record.state = OutboxState(state);
    record.hold = HoldReason(hold);
    QCOMPARE(int(OutboxModel::actsOf(record)), acts);
}

QTEST_GUILESS_MAIN(TestOutboxList)
#include "tst_outboxlist.moc"
