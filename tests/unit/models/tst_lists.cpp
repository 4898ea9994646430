// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contactsmodel.h"
#include "models/inboxcounts.h"
#include "unit/models/modeldata.h"

using namespace outrigger;
using namespace Qt::StringLiterals;
using models::ContactsModel;
using models::InboxModel;

/// The long lists over a real cache, watched by Qt's model tester all the time.
class TestLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void loadsRowsWhenAsked();
    void selectionFollowsItsKey();
    void rowsThatGoShrinkTheList();
    void aChangedRowIsShownAnew();
    void latestQueryWins();
    void anUnknownRowSaysLoading();
    void contactsFilterAndSort();
    void countsFollowTheCache();
};

static ConversationRow rowAt(const InboxModel &model, int row)
{
    return model.index(row, 0).data(InboxModel::RowRole).value<ConversationRow>();
}

void TestLists::loadsRowsWhenAsked()
{
    ModelBench bench;
    bench.open();
    bench.people(300);
    InboxModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    QVERIFY(model.isLoading());
    model.setQuery(bench.all());
    QTRY_COMPARE(model.rowCount(), 300);
    QVERIFY(!model.isLoading());
    QTRY_VERIFY(model.index(0, 0).data(InboxModel::RowRole).isValid());
    QCOMPARE(rowAt(model, 0).name, u"First299 Last299"_s); // newest first
    QTRY_COMPARE(rowAt(model, 299).name, u"First0 Last0"_s);
    QCOMPARE(model.rowOfKey(model.keyAt(17)), 17);
    QCOMPARE(model.rowOfKey(-5), -1);
    const QString said = model.index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.startsWith(u"First299 Last299, SMS, "), qPrintable(said));
    QVERIFY2(said.endsWith(u"last of t299. Tags: lead."), qPrintable(said));
}

void TestLists::selectionFollowsItsKey()
{
    ModelBench bench;
    bench.open();
    bench.people(20);
    InboxModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    model.setQuery(bench.all());
    QTRY_COMPARE(model.rowCount(), 20);
    const QPersistentModelIndex chosen = model.index(4, 0);
    const qint64 key = model.keyAt(4);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    // An old conversation gets a new message and comes to the top; everything above the chosen one moves down.
    bench.put(QVector<Conversation>{storedata::talk(u"t0"_s, u"c0"_s, 500)});
    QTRY_COMPARE(rowAt(model, 0).id, ConversationId(u"t0"_s));
    QTRY_COMPARE(chosen.row(), 5);
    QCOMPARE(model.keyAt(chosen.row()), key);
    QCOMPARE(resets.count(), 0);
}

void TestLists::rowsThatGoShrinkTheList()
{
    ModelBench bench;
    bench.open();
    bench.people(10);
    InboxModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    model.setQuery(bench.all());
    QTRY_COMPARE(model.rowCount(), 10);
    const QPersistentModelIndex last = model.index(9, 0);
    const QPersistentModelIndex first = model.index(0, 0);
    auto query = bench.all();
    query.text = u"First9"_s;
    model.setQuery(query);
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(!last.isValid());
    QCOMPARE(first.row(), 0);
    model.setQuery(bench.all());
    QTRY_COMPARE(model.rowCount(), 10);
}

void TestLists::aChangedRowIsShownAnew()
{
    ModelBench bench;
    bench.open();
    bench.people(3);
    InboxModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    model.setQuery(bench.all());
    QTRY_COMPARE(model.rowCount(), 3);
    QTRY_VERIFY(model.index(2, 0).data(InboxModel::RowRole).isValid());
    const int row = model.rowOfKey(bench.talkKey(u"t0"_s));
    auto talk = storedata::talk(u"t0"_s, u"c0"_s, 0, Direction::Inbound, 3);
    talk.dateUpdated = storedata::at(50);
    bench.put(QVector<Conversation>{talk});
    QTRY_COMPARE(rowAt(model, row).unread, 3);
    QVERIFY(model.index(row, 0).data(Qt::AccessibleTextRole).toString().contains(u"unread"));
    // A renamed contact: the row carries the contact's name.
    auto contact = storedata::contact(u"c0"_s, u"Sarah"_s, u"Jones"_s);
    contact.dateUpdated = storedata::at(60);
    bench.put(QVector<Contact>{contact});
    QTRY_COMPARE(rowAt(model, row).name, u"Sarah Jones"_s);
}

void TestLists::latestQueryWins()
{
    ModelBench bench;
    bench.open();
    bench.people(50);
    InboxModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    for (const QString &text : {u"F"_s, u"Fi"_s, u"First4"_s, u"First49"_s}) {
        auto query = bench.all();
        query.text = text;
        model.setQuery(query);
    }
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(rowAt(model, 0).name, u"First49 Last49"_s);
}

void TestLists::anUnknownRowSaysLoading()
{
    ModelBench bench;
    bench.open();
    bench.people(5);
    InboxModel model(bench.cache.get());
    model.setQuery(bench.all());
    QTRY_COMPARE(model.rowCount(), 5);
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"Loading"_s);
    QVERIFY(!model.index(0, 0).data(InboxModel::RowRole).isValid());
}

void TestLists::contactsFilterAndSort()
{
    ModelBench bench;
    bench.open();
    QVector<Contact> contacts;
    for (int i = 0; i < 200; ++i)
        contacts << storedata::contact(u"c%1"_s.arg(i), u"First%1"_s.arg(i, 3, 10, QLatin1Char('0')), u"Last"_s);
    contacts << storedata::contact(u"zoe"_s, u"Zoë"_s, u"Zander"_s, u"+14075551234"_s);
    bench.put(contacts);
    ContactsModel model(bench.cache.get());
    QAbstractItemModelTester tester(&model);
    model.setLocation(storedata::home, u"US"_s, QTimeZone::utc());
    QTRY_COMPARE(model.rowCount(), 201);
    QCOMPARE(model.columnCount(), int(ContactsModel::ColumnCount));
    const QModelIndex last = model.index(200, ContactsModel::Name);
    QTRY_COMPARE(last.data().toString(), u"Zoë Zander"_s);
    QCOMPARE(last.siblingAtColumn(ContactsModel::Phone).data().toString(), u"(407) 555-1234"_s);
    QVERIFY(last.data(Qt::AccessibleTextRole).toString().contains(u"(407) 555-1234"));
    QCOMPARE(last.data(ContactsModel::InitialsRole).toString(), u"ZZ"_s);
    model.setText(u"zander"_s);
    QTRY_COMPARE(model.rowCount(), 1);
    model.setText({});
    QTRY_COMPARE(model.rowCount(), 201);
    model.sort(ContactsModel::Added, Qt::DescendingOrder);
    QTRY_COMPARE(model.rowCount(), 201);
}

void TestLists::countsFollowTheCache()
{
    ModelBench bench;
    bench.open();
    bench.people(3);
    models::InboxCounts counts(bench.cache.get());
    counts.setQuery(bench.all());
    QTRY_COMPARE(counts.of(Split::All), 3);
    QCOMPARE(counts.unread(), 0);
    auto talk = storedata::talk(u"t1"_s, u"c1"_s, 90, Direction::Inbound, 2);
    bench.put(QVector<Conversation>{talk});
    QTRY_COMPARE(counts.unread(), 1);
}

QTEST_GUILESS_MAIN(TestLists)
#include "tst_lists.moc"
