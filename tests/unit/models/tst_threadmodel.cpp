// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/models/modeldata.h"

using namespace outrigger;
using namespace Qt::StringLiterals;
using models::ThreadModel;

/// The open conversation over a real cache.
class TestThreadModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newestPageThenOlder();
    void groupsAndDayBreaks();
    void unreadLineStays();
    void appendsWithoutReset();
    void stateChangesAreOneDataChanged();
    void aRemovedMessageGoes();
    void asksTheServerOnce();
    void switchingEmptiesTheOld();
    void aMessageFarUpIsReached();
    void olderRowsJoinTheGroupAndTheDay();

private:
    static QVector<Message> many(int count, int firstMinute = 0);
    static int messages(const ThreadModel &model);
    static QString bodyAt(const ThreadModel &model, int row);
    static qint64 openThread(ModelBench &bench, ThreadModel &model, int unread = 0);
};

QVector<Message> TestThreadModel::many(int count, int firstMinute)
{
    QVector<Message> list;
    for (int i = 0; i < count; ++i)
        list << storedata::message(u"m%1"_s.arg(firstMinute + i), u"t0"_s, u"c0"_s, firstMinute + i,
                                   u"text %1"_s.arg(firstMinute + i), i % 3 ? Direction::Inbound : Direction::Outbound);
    return list;
}

int TestThreadModel::messages(const ThreadModel &model)
{
    int count = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        count += model.index(row).data(ThreadModel::KindRole).toInt() == int(ThreadModel::RowKind::Message);
    return count;
}

QString TestThreadModel::bodyAt(const ThreadModel &model, int row)
{
    return model.index(row).data(ThreadModel::RowRole).value<MessageRow>().message.body;
}

qint64 TestThreadModel::openThread(ModelBench &bench, ThreadModel &model, int unread)
{
    const qint64 key = bench.talkKey(u"t0"_s);
    QSignalSpy opened(&model, &ThreadModel::opened);
    model.open(key, QTimeZone::utc(), unread, u"Sarah"_s);
    if (!opened.wait())
        qWarning("The thread did not open.");
    return key;
}

void TestThreadModel::newestPageThenOlder()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    bench.put(many(175));
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    QVERIFY(openThread(bench, model) > 0);
    QCOMPARE(messages(model), 60);
    QCOMPARE(bodyAt(model, model.rowCount() - 1), u"text 174"_s);
    const QPersistentModelIndex kept = model.index(model.rowCount() - 60);
    QCOMPARE(kept.data(ThreadModel::RowRole).value<MessageRow>().message.body, u"text 115"_s);
    QSignalSpy older(&model, &ThreadModel::olderLoaded);
    model.loadOlder();
    model.loadOlder(); // while one is under way, nothing
    QTRY_COMPARE(older.count(), 1);
    QCOMPARE(older.first().first().toInt(), 50);
    QCOMPARE(messages(model), 110);
    QCOMPARE(kept.data(ThreadModel::RowRole).value<MessageRow>().message.body, u"text 115"_s);
    QVERIFY(!model.atStart());
    model.loadOlder();
    QTRY_COMPARE(messages(model), 160);
    model.loadOlder();
    QTRY_COMPARE(messages(model), 175);
    for (int row = 1; row < model.rowCount(); ++row) { // in order, each once
        QCOMPARE(model.rowOfKey(model.index(row).data(ThreadModel::KeyRole).toLongLong()), row);
    }
}

void TestThreadModel::aMessageFarUpIsReached()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    bench.put(many(4'000));
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    const qint64 talk = openThread(bench, model);
    const auto hits = test::await(bench.cache->findInThread(talk, u"text 123"_s)); // and 1230 to 1239
    QVERIFY(hits && hits->keys.size() == 11);
    const qint64 wanted = hits->keys.first();
    QCOMPARE(model.rowOfKey(wanted), -1);
    const QPersistentModelIndex kept = model.index(model.rowCount() - 1);
    QSignalSpy reached(&model, &ThreadModel::reached);
    model.reach(wanted);
    QTRY_COMPARE(reached.count(), 1);
    QCOMPARE(bodyAt(model, model.rowOfKey(wanted)), u"text 123"_s);
    QCOMPARE(bodyAt(model, kept.row()), u"text 3999"_s);
    QCOMPARE(messages(model), 4'000 - 123 + 20);
    model.reach(hits->keys.last()); // it is here by now
    QCOMPARE(reached.count(), 2);
    int number = 123 - 20;
    for (int row = 0; row < model.rowCount(); ++row) { // in order, none missing
        if (model.index(row).data(ThreadModel::KindRole).toInt() == int(ThreadModel::RowKind::Message))
            QCOMPARE(bodyAt(model, row), u"text %1"_s.arg(number++));
    }
    QSignalSpy older(&model, &ThreadModel::olderLoaded); // and going on upwards works
    model.loadOlder();
    QTRY_COMPARE(older.count(), 1);
    QCOMPARE(messages(model), 4'000 - 123 + 20 + 50);
}

/// However the pages are cut, the rows are those of one page.
void TestThreadModel::olderRowsJoinTheGroupAndTheDay()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    QVector<Message> list;
    for (int i = 0; i < 130; ++i)
        list << storedata::message(u"m%1"_s.arg(i), u"t0"_s, u"c0"_s, i * 3 + (i / 9) * 300, u"text %1"_s.arg(i), (i / 4) % 2 ? Direction::Inbound : Direction::Outbound);
    bench.put(list);
    ThreadModel inPages(bench.cache.get());
    QAbstractItemModelTester tester(&inPages);
    openThread(bench, inPages);
    for (int page = 0; page < 3; ++page) {
        QSignalSpy older(&inPages, &ThreadModel::olderLoaded);
        inPages.loadOlder();
        if (page < 2)
            QTRY_COMPARE(older.count(), 1);
    }
    QTRY_COMPARE(messages(inPages), 130);
    QDate day;
    for (int row = 0; row < inPages.rowCount(); ++row) {
        const auto kind = inPages.index(row).data(ThreadModel::KindRole).toInt();
        if (kind == int(ThreadModel::RowKind::DayBreak)) {
            const QDate next = QDate::fromJulianDay(-inPages.index(row).data(ThreadModel::KeyRole).toLongLong());
            QVERIFY(next > day); // each day once
            day = next;
            continue;
        }
        const auto message = inPages.index(row).data(ThreadModel::RowRole).value<MessageRow>().message;
        QCOMPARE(message.dateAdded.date(), day);
        const auto above = row > 0 ? inPages.index(row - 1).data(ThreadModel::RowRole) : QVariant();
        const bool together = above.isValid() && above.value<MessageRow>().message.direction == message.direction
            && above.value<MessageRow>().message.dateAdded.secsTo(message.dateAdded) < 300;
        QCOMPARE(inPages.index(row).data(ThreadModel::GroupRole).toBool(), together);
        if (above.isValid())
            QCOMPARE(inPages.index(row - 1).data(ThreadModel::LastOfGroupRole).toBool(), !together);
    }
}

void TestThreadModel::groupsAndDayBreaks()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    const int day = 24 * 60;
    bench.put(QVector<Message>{storedata::message(u"a"_s, u"t0"_s, u"c0"_s, 0, u"one"_s),
                               storedata::message(u"b"_s, u"t0"_s, u"c0"_s, 2, u"two"_s),
                               storedata::message(u"c"_s, u"t0"_s, u"c0"_s, 9, u"three"_s),
                               storedata::message(u"d"_s, u"t0"_s, u"c0"_s, 10, u"four"_s, Direction::Outbound),
                               storedata::message(u"e"_s, u"t0"_s, u"c0"_s, 3 * day, u"five"_s)});
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    openThread(bench, model);
    // day, one, two, three, four, day, five
    QCOMPARE(model.rowCount(), 7);
    QCOMPARE(model.index(0).data(ThreadModel::KindRole).toInt(), int(ThreadModel::RowKind::DayBreak));
    QCOMPARE(model.index(5).data(ThreadModel::KindRole).toInt(), int(ThreadModel::RowKind::DayBreak));
    QVERIFY(model.index(0).data(ThreadModel::KeyRole).toLongLong() < 0);
    QCOMPARE(model.index(1).data(ThreadModel::GroupRole).toBool(), false);
    QCOMPARE(model.index(1).data(ThreadModel::LastOfGroupRole).toBool(), false);
    QCOMPARE(model.index(2).data(ThreadModel::GroupRole).toBool(), true);
    QCOMPARE(model.index(2).data(ThreadModel::LastOfGroupRole).toBool(), true);
    QCOMPARE(model.index(3).data(ThreadModel::GroupRole).toBool(), false); // seven minutes later
    QCOMPARE(model.index(4).data(ThreadModel::GroupRole).toBool(), false); // the other side
    const QString said = model.index(4).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.startsWith(u"You, SMS, ") && said.endsWith(u": four. Delivered."), qPrintable(said));
    QVERIFY(model.index(1).data(Qt::AccessibleTextRole).toString().startsWith(u"Sarah, SMS, "));
}

void TestThreadModel::unreadLineStays()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    bench.put(many(9)); // out in in out in in out in in
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    openThread(bench, model, 2);
    const auto line = [&model] {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row).data(ThreadModel::KindRole).toInt() == int(ThreadModel::RowKind::UnreadLine))
                return row;
        }
        return -1;
    };
    QVERIFY(line() > 0);
    QCOMPARE(bodyAt(model, line() + 1), u"text 7"_s);
    bench.put(QVector<Message>{storedata::message(u"new"_s, u"t0"_s, u"c0"_s, 100, u"one more"_s)});
    QTRY_COMPARE(bodyAt(model, model.rowCount() - 1), u"one more"_s);
    QCOMPARE(bodyAt(model, line() + 1), u"text 7"_s);
}

void TestThreadModel::appendsWithoutReset()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    bench.put(many(30));
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    openThread(bench, model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy spoken(&model, &ThreadModel::inboundArrived);
    const int before = model.rowCount();
    bench.put(QVector<Message>{storedata::message(u"x1"_s, u"t0"_s, u"c0"_s, 40, u"When works best?"_s)});
    QTRY_COMPARE(model.rowCount(), before + 1);
    QCOMPARE(resets.count(), 0);
    QCOMPARE(removed.count(), 0);
    QTRY_COMPARE(spoken.count(), 1);
    QVERIFY(spoken.first().first().toString().startsWith(u"Sarah, SMS, "));
    QVERIFY(spoken.first().first().toString().endsWith(u": When works best?"));
    // Our own is not announced.
    bench.put(QVector<Message>{storedata::message(u"x2"_s, u"t0"_s, u"c0"_s, 41, u"Thursday?"_s, Direction::Outbound)});
    QTRY_COMPARE(model.rowCount(), before + 2);
    QCOMPARE(spoken.count(), 1);
}

void TestThreadModel::stateChangesAreOneDataChanged()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    bench.put(QVector<Message>{
        storedata::message(u"a"_s, u"t0"_s, u"c0"_s, 1, u"one"_s, Direction::Outbound, u"sent"_s),
        storedata::message(u"b"_s, u"t0"_s, u"c0"_s, 20, u"two"_s, Direction::Outbound, u"sent"_s)});
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    openThread(bench, model);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const int version = model.index(1).data(ThreadModel::VersionRole).toInt();
    bench.put(QVector<Message>{storedata::message(u"a"_s, u"t0"_s, u"c0"_s, 1, u"one"_s, Direction::Outbound, u"delivered"_s)});
    QTRY_COMPARE(model.index(1).data(ThreadModel::RowRole).value<MessageRow>().state, MessageState::Delivered);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 1);
    QCOMPARE(inserted.count(), 0);
    QVERIFY(model.index(1).data(ThreadModel::VersionRole).toInt() > version);
}

void TestThreadModel::aRemovedMessageGoes()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    bench.put(many(100));
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    openThread(bench, model);
    model.loadOlder();
    QTRY_COMPARE(messages(model), 100);
    QVERIFY(test::await(bench.cache->removeMessage(storedata::home, MessageId(u"m99"_s))).has_value()); // on the newest page
    QTRY_COMPARE(messages(model), 99);
    QVERIFY(test::await(bench.cache->removeMessage(storedata::home, MessageId(u"m3"_s))).has_value()); // far above it
    QTRY_COMPARE(messages(model), 98);
}

void TestThreadModel::asksTheServerOnce()
{
    ModelBench bench;
    bench.open();
    bench.people(1);
    bench.put(many(5, 100));
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    openThread(bench, model);
    QSignalSpy needs(&model, &ThreadModel::needsServer);
    model.loadOlder();
    model.loadOlder();
    QCOMPARE(needs.count(), 1);
    bench.put(many(5, 10)); // the server had five
    QTRY_COMPARE(messages(model), 10);
    QSignalSpy older(&model, &ThreadModel::olderLoaded);
    model.retryOlder();
    QTRY_COMPARE(older.count(), 1);
    QCOMPARE(messages(model), 10);
    QVERIFY(model.atStart()); // it answered, and there was nothing more
    model.loadOlder();
    QCOMPARE(needs.count(), 1);
}

void TestThreadModel::switchingEmptiesTheOld()
{
    ModelBench bench;
    bench.open();
    bench.people(2);
    bench.put(many(10));
    ThreadModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    openThread(bench, model);
    QVERIFY(model.rowCount() > 0);
    QSignalSpy opened(&model, &ThreadModel::opened);
    model.open(bench.talkKey(u"t1"_s), QTimeZone::utc(), 0, u"Other"_s);
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(model.rowCount(), 0);
    model.open(0, QTimeZone::utc(), 0, {});
    QCOMPARE(model.conversationKey(), 0);
    QVERIFY(!model.isLoading());
}

QTEST_GUILESS_MAIN(TestThreadModel)
#include "tst_threadmodel.moc"
