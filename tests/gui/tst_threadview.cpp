// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bubble.h"
#include "gui/style.h"
#include "gui/threadview.h"
#include "unit/models/modeldata.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QMenu>
#include <QScrollBar>

using namespace outrigger;
using namespace outrigger::gui;
using namespace Qt::StringLiterals;
using models::ThreadModel;

/// The conversation view over a real model and cache, in a real (offscreen) window.
class TestThreadView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void opensAtTheNewest();
    void olderRowsDoNotMoveWhatIsRead();
    void staysAtTheEndWhenOneArrives();
    void resizingKeepsThePlace();
    void keysMoveAndAct();
    void buttonsAndLinksSignal();
    void menuHoldsEveryAct();
    void screenReadersSeeRows();
    void hostileTextIsHarmless();
    void directionsAreEachTheirOwn();
    void fiftyThousandMessagesOpenAtOnce();
    void pictures();

private:
    ModelBench m_bench;
    QVector<Message> plain(int count, int from = 0);
};

/// A view in a window, with its model open.
struct Shown {
    ThreadModel model;
    ThreadView view;
    explicit Shown(ModelBench &bench, const QString &talk = u"t0"_s, int unread = 0, QSize size = {700, 600}) : model(bench.cache.get())
    {
        view.resize(size);
        view.setModel(&model);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        open(bench, talk, unread);
    }
    void open(ModelBench &bench, const QString &talk, int unread)
    {
        QSignalSpy opened(&model, &ThreadModel::opened);
        model.open(bench.talkKey(talk), QTimeZone::utc(), unread, u"Sarah"_s);
        QVERIFY(opened.wait());
        view.grab();
    }
    int rowOf(const QString &body) const
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row).data(Qt::DisplayRole).toString() == body)
                return row;
        }
        return -1;
    }
    QRect rectOf(const QString &body) const { return view.visualRect(model.index(rowOf(body))); }
};

QVector<Message> TestThreadView::plain(int count, int from)
{
    QVector<Message> list;
    for (int i = from; i < from + count; ++i)
        list << storedata::message(u"m%1"_s.arg(i), u"t0"_s, u"c0"_s, i, u"text %1 "_s.arg(i) + QString(u"and more "_s).repeated(i % 11),
                                   i % 3 ? Direction::Inbound : Direction::Outbound);
    return list;
}

void TestThreadView::initTestCase()
{
    Style::install(qApp);
    m_bench.open();
    m_bench.people(3);
    m_bench.put(plain(400));
}

void TestThreadView::opensAtTheNewest()
{
    Shown shown(m_bench);
    QVERIFY(shown.view.atBottom());
    const QModelIndex last = shown.model.index(shown.model.rowCount() - 1);
    QVERIFY(shown.view.viewport()->rect().contains(shown.view.visualRect(last)));
    QCOMPARE(shown.view.indexAt(shown.view.visualRect(last).center()), last);
    // With unread messages the line is in view, and the newest need not be.
    shown.open(m_bench, u"t0"_s, 20);
    const QRect line = shown.rectOf(u"Unread messages"_s);
    QVERIFY(shown.view.viewport()->rect().intersects(line));
    QVERIFY(!shown.view.atBottom());
    shown.view.showNewest();
    QVERIFY(shown.view.atBottom());
}

void TestThreadView::olderRowsDoNotMoveWhatIsRead()
{
    Shown shown(m_bench);
    QSignalSpy older(&shown.model, &ThreadModel::olderLoaded);
    auto *bar = shown.view.verticalScrollBar();
    for (int page = 0; page < 4; ++page) {
        const auto before = older.count();
        bar->setValue(px(60)); // near the top: the view asks by itself
        const QModelIndex seen = shown.view.indexAt(QPoint(10, 200));
        QVERIFY(seen.isValid());
        const QPersistentModelIndex kept = seen;
        const int y = shown.view.visualRect(seen).y();
        QTRY_VERIFY(older.count() > before);
        shown.view.grab();
        QCOMPARE(shown.view.visualRect(kept).y(), y);
    }
    QVERIFY(shown.model.rowCount() > 200);
}

void TestThreadView::staysAtTheEndWhenOneArrives()
{
    m_bench.put(QVector<Message>{storedata::message(u"z0"_s, u"t1"_s, u"c1"_s, 1, u"hello"_s)});
    Shown shown(m_bench, u"t1"_s);
    QSignalSpy seen(&shown.view, &ThreadView::readingSeen);
    for (int i = 0; i < 30; ++i)
        m_bench.put(QVector<Message>{storedata::message(u"z%1"_s.arg(i + 1), u"t1"_s, u"c1"_s, 10 + 10 * i, u"line %1"_s.arg(i))});
    QTRY_VERIFY(shown.rowOf(u"line 29"_s) > 0);
    QTRY_VERIFY(shown.view.viewport()->rect().contains(shown.rectOf(u"line 29"_s)));
    // Somebody who reads further up is left there.
    shown.view.verticalScrollBar()->setValue(0);
    const int y = shown.rectOf(u"line 3"_s).y();
    m_bench.put(QVector<Message>{storedata::message(u"z99"_s, u"t1"_s, u"c1"_s, 900, u"late"_s)});
    QTRY_VERIFY(shown.rowOf(u"late"_s) > 0);
    shown.view.grab();
    QCOMPARE(shown.rectOf(u"line 3"_s).y(), y);
    QVERIFY(!shown.view.atBottom());
}

void TestThreadView::resizingKeepsThePlace()
{
    Shown shown(m_bench);
    auto *bar = shown.view.verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    const QPersistentModelIndex first = shown.view.indexAt(QPoint(10, 120));
    const int y = shown.view.visualRect(first).y();
    shown.view.resize(380, 600);
    shown.view.grab();
    QVERIFY2(std::abs(shown.view.visualRect(first).y() - y) < 130, "the row that was read has left its place");
    shown.view.showNewest();
    shown.view.resize(900, 500);
    shown.view.grab();
    QVERIFY(shown.view.atBottom());
}

void TestThreadView::keysMoveAndAct()
{
    Shown shown(m_bench);
    shown.view.setFocus();
    QTest::keyClick(&shown.view, Qt::Key_End);
    const QModelIndex last = shown.view.currentIndex();
    QCOMPARE(last.row(), shown.model.rowCount() - 1);
    QTest::keyClick(&shown.view, Qt::Key_Up);
    QTest::keyClick(&shown.view, Qt::Key_Up);
    QCOMPARE(shown.view.currentIndex().row(), last.row() - 2);
    QSignalSpy details(&shown.view, &ThreadView::detailsRequested);
    QTest::keyClick(&shown.view, Qt::Key_Return);
    QCOMPARE(details.count(), 1);
    QCOMPARE(details.first().first().toLongLong(), shown.view.currentKey());
    QTest::keyClick(&shown.view, Qt::Key_C);
    const auto message = shown.view.currentIndex().data(ThreadModel::RowRole).value<MessageRow>().message;
    QCOMPARE(QApplication::clipboard()->text(), message.body);
    QTest::keyClick(&shown.view, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(shown.view.currentIndex().data(ThreadModel::RowRole).value<MessageRow>().message.direction, Direction::Inbound);
    const int row = shown.view.currentIndex().row();
    QTest::keyClick(&shown.view, Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(&shown.view, Qt::Key_Up, Qt::ShiftModifier);
    QVERIFY(shown.view.selectedText().contains(u"\n\n"));
    QVERIFY(shown.view.currentIndex().row() < row);
    const int value = shown.view.verticalScrollBar()->value();
    QTest::keyClick(&shown.view, Qt::Key_PageUp);
    QVERIFY(shown.view.verticalScrollBar()->value() < value);
    QSignalSpy quote(&shown.view, &ThreadView::quoteRequested);
    QTest::keyClick(&shown.view, Qt::Key_Q);
    QCOMPARE(quote.count(), 1);
}

/// A record of ours in the given state, shown as a bubble in the conversation of c2.
static RecordId project(ModelBench &bench, const QString &body, OutboxState state, HoldReason hold = HoldReason::None)
{
    auto record = storedata::textRecord(u"c2"_s, body, 2000, state);
    record.hold = hold;
    record.dueAt = QDateTime::currentDateTimeUtc().addSecs(30);
    record.createdAt = QDateTime::currentDateTimeUtc();
    if (state == OutboxState::Rejected)
        record.reason = u"The number cannot receive texts."_s;
    const auto done = test::await(bench.cache->project(record));
    if (!done)
        qWarning("%s", qPrintable(done.error().message));
    return record.id;
}

static QPoint hitPoint(Shown &shown, const QString &body, HitKind kind)
{
    const QModelIndex index = shown.model.index(shown.rowOf(body));
    BubbleContent content;
    content.row = index.data(ThreadModel::RowRole).value<MessageRow>();
    content.time = index.data(ThreadModel::TimeRole).toString();
    content.group = index.data(ThreadModel::GroupRole).toBool();
    content.last = index.data(ThreadModel::LastOfGroupRole).toBool();
    const Bubble bubble(content, shown.view.viewport()->width(), false);
    for (const BubbleHit &hit : bubble.hits()) {
        if (hit.kind == kind)
            return hit.rect.center().toPoint() + shown.view.visualRect(index).topLeft();
    }
    return {};
}

void TestThreadView::buttonsAndLinksSignal()
{
    const RecordId held = project(m_bench, u"held one"_s, OutboxState::Held, HoldReason::Undo);
    const RecordId failed = project(m_bench, u"failed one"_s, OutboxState::Rejected);
    const RecordId unsure = project(m_bench, u"unsure one"_s, OutboxState::Uncertain);
    m_bench.put(QVector<Message>{storedata::message(u"l0"_s, u"t2"_s, u"c2"_s, 1, u"see https://example.com/a?b=c. Or javascript:alert(1)"_s)});
    Shown shown(m_bench, u"t2"_s);
    QSignalSpy undo(&shown.view, &ThreadView::undoRequested);
    QSignalSpy retry(&shown.view, &ThreadView::retryRequested);
    QSignalSpy resolve(&shown.view, &ThreadView::resolveRequested);
    QSignalSpy link(&shown.view, &ThreadView::linkActivated);
    const auto click = [&shown](const QString &body, HitKind kind) {
        const QPoint at = hitPoint(shown, body, kind);
        QVERIFY2(!at.isNull(), qPrintable(body));
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, at);
    };
    click(u"held one"_s, HitKind::Undo);
    QCOMPARE(undo.count(), 1);
    QCOMPARE(undo.first().first().value<RecordId>(), held);
    click(u"failed one"_s, HitKind::Retry);
    QCOMPARE(retry.count(), 1);
    QCOMPARE(retry.first().first().value<RecordId>(), failed);
    click(u"unsure one"_s, HitKind::Resolve);
    QCOMPARE(resolve.first().first().value<RecordId>(), unsure);
    click(u"see https://example.com/a?b=c. Or javascript:alert(1)"_s, HitKind::Link);
    QCOMPARE(link.count(), 1);
    QCOMPARE(link.first().first().toUrl(), QUrl(u"https://example.com/a?b=c"_s));
    // The same with the keyboard.
    shown.view.setCurrentIndex(shown.model.index(shown.rowOf(u"failed one"_s)));
    QTest::keyClick(&shown.view, Qt::Key_Y);
    QCOMPARE(retry.count(), 2);
    shown.view.setCurrentIndex(shown.model.index(shown.rowOf(u"held one"_s)));
    QTest::keyClick(&shown.view, Qt::Key_Delete);
    QCOMPARE(undo.count(), 2);
}

void TestThreadView::menuHoldsEveryAct()
{
    const RecordId held = project(m_bench, u"held for the menu"_s, OutboxState::Held, HoldReason::Ask);
    Shown shown(m_bench, u"t2"_s);
    shown.view.setFocus();
    shown.view.setCurrentIndex(shown.model.index(shown.rowOf(u"held for the menu"_s)));
    QSignalSpy release(&shown.view, &ThreadView::releaseRequested);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(shown.view.viewport(), &event);
    auto *menu = shown.view.findChild<QMenu *>();
    QVERIFY(menu);
    QStringList names;
    for (QAction *action : menu->actions()) {
        names << action->text();
        if (action->text() == u"Send now")
            action->trigger();
    }
    for (const QString &name : {u"Send now"_s, u"Cancel"_s, u"Copy"_s, u"Quote"_s, u"Details"_s})
        QVERIFY2(names.contains(name), qPrintable(names.join(u'|')));
    QCOMPARE(release.count(), 1);
    QCOMPARE(release.first().first().value<RecordId>(), held);
    menu->close();
}

void TestThreadView::screenReadersSeeRows()
{
    Shown shown(m_bench);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&shown.view);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->text(QAccessible::Name), u"Messages"_s);
    QCOMPARE(list->childCount(), shown.model.rowCount());
    QVERIFY(list->tableInterface());
    const int last = shown.model.rowCount() - 1;
    QAccessibleInterface *row = list->tableInterface()->cellAt(last, 0);
    QVERIFY(row);
    QCOMPARE(row, list->child(last)); // made once
    QCOMPARE(row->role(), QAccessible::ListItem);
    QCOMPARE(row->parent(), list);
    QCOMPARE(list->indexOfChild(row), last);
    QCOMPARE(row->text(QAccessible::Name), shown.model.index(last).data(Qt::AccessibleTextRole).toString());
    QVERIFY(row->text(QAccessible::Name).contains(u"text 399"));
    QVERIFY(!row->state().offscreen);
    QVERIFY(list->child(0)->state().offscreen);
    QCOMPARE(list->childAt(row->rect().center().x(), row->rect().center().y()), row);
    // The row keeps its identity when older ones come in above.
    QSignalSpy older(&shown.model, &ThreadModel::olderLoaded);
    shown.model.loadOlder();
    QTRY_VERIFY(older.count() > 0);
    QCOMPARE(list->indexOfChild(row), shown.model.rowCount() - 1);
    QSignalSpy details(&shown.view, &ThreadView::detailsRequested);
    row->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(details.count(), 1);
    QCOMPARE(shown.view.currentIndex().row(), shown.model.rowCount() - 1);
    QTRY_COMPARE(list->focusChild(), row);
    QVERIFY(list->tableInterface()->selectRow(shown.model.rowCount() - 1));
    QVERIFY(row->state().selected);
}

void TestThreadView::hostileTextIsHarmless()
{
    QString zalgo = u"Z"_s;
    for (int i = 0; i < 3000; ++i)
        zalgo += QChar(0x0300 + i % 100);
    const QString huge = QString(1'000'000, u'x');
    m_bench.people(5);
    m_bench.put(QVector<Message>{
        storedata::message(u"h1"_s, u"t3"_s, u"c3"_s, 1, huge), storedata::message(u"h2"_s, u"t3"_s, u"c3"_s, 20, zalgo),
        storedata::message(u"h3"_s, u"t3"_s, u"c3"_s, 40, u"<b>bold</b><img src=x>"_s),
        storedata::message(u"h4"_s, u"t3"_s, u"c3"_s, 60, QString(50'000, u'\n') + u"end"_s),
        storedata::message(u"h5"_s, u"t3"_s, u"c3"_s, 80, u"a\u202Egnp.exe\u202C \u0007\u0000b"_s)});
    Shown shown(m_bench, u"t3"_s);
    shown.view.grab();
    for (int row = 0; row < shown.model.rowCount(); ++row)
        QVERIFY(shown.view.visualRect(shown.model.index(row)).height() < px(24) * 66 + px(80));
    QVERIFY(!presentable(u"a\u202Egnp.exe"_s, 100).contains(QChar(0x202E)));
    bool cut = false;
    QCOMPARE(presentable(huge, 4000, &cut).size(), 4000);
    QVERIFY(cut);
    QVERIFY(presentable(zalgo, 4000).size() < 20);
    // The whole can be asked for, and is still bounded.
    QElapsedTimer timer;
    timer.start();
    const int row = shown.rowOf(huge);
    shown.view.scrollTo(shown.model.index(row), QAbstractItemView::PositionAtBottom);
    const QPoint at = hitPoint(shown, huge, HitKind::ShowAll);
    QVERIFY(!at.isNull());
    QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, at);
    shown.view.grab();
    QVERIFY(shown.view.visualRect(shown.model.index(row)).height() > px(5000));
    QVERIFY2(timer.elapsed() < 10'000, "a long text must not freeze the window");
}

void TestThreadView::directionsAreEachTheirOwn()
{
    const QFont font = Style::instance()->font(TextRole::Body);
    const QString hebrew = QString::fromUtf8("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D +972 52-555-1234");
    TextBox box(u"hello\n"_s + hebrew, font, 500, 0);
    QVERIFY(box.lastLineRightToLeft());
    box.setWidth(500);
    // Left-to-right starts at the left, right-to-left ends at the right.
    QVERIFY(box.rectsOf(0, 1).first().left() < 5);
    double right = 0;
    for (const QRectF &rect : box.rectsOf(6, int(hebrew.size())))
        right = std::max(right, rect.right());
    QVERIFY(right > 495);
    // Positions survive the isolates around the number.
    const auto last = box.rectsOf(6 + int(hebrew.size()) - 1, 1);
    QCOMPARE(last.size(), 1);
    QVERIFY(last.first().width() > 1);
    QCOMPARE(linksIn(u"a www.example.com, b@example.com (https://x.org/y) javascript:alert(1) file:///etc/passwd"_s).size(), 3);
}

void TestThreadView::fiftyThousandMessagesOpenAtOnce()
{
    QVector<Message> messages;
    for (int i = 0; i < 50'000; ++i) {
        messages << storedata::message(u"big%1"_s.arg(i), u"t4"_s, u"c4"_s, i * 7, u"message %1 "_s.arg(i) + QString(u"lorem ipsum dolor "_s).repeated(i % 9),
                                       i % 2 ? Direction::Inbound : Direction::Outbound);
        if (messages.size() == 5000) {
            m_bench.put(messages);
            messages.clear();
        }
    }
    Shown shown(m_bench, u"t0"_s, 0, {900, 900});
    const qint64 key = m_bench.talkKey(u"t4"_s);
    // From the click to the painted page, with the reader thread between. The figure that counts is measured by the
    // bench in a release build; here only that nothing grows with the length of the conversation.
    QElapsedTimer timer;
    timer.start();
    QSignalSpy reset(&shown.model, &QAbstractItemModel::modelReset);
    shown.model.open(key, QTimeZone::utc(), 0, u"Sarah"_s);
    QVERIFY(reset.wait());
    shown.view.viewport()->repaint();
    const qint64 opened = timer.elapsed();
    QSignalSpy inserted(&shown.model, &QAbstractItemModel::rowsInserted);
    timer.restart();
    shown.model.loadOlder();
    QVERIFY(inserted.wait());
    shown.view.viewport()->repaint();
    const qint64 older = timer.elapsed();
    qInfo("opened in %lld ms, older page in %lld ms", opened, older);
    QVERIFY(opened < 1000);
    QVERIFY(older < 1000);
    QVERIFY(shown.model.rowCount() < 400);
}

/// With OUTRIGGER_PICTURES=DIR the view is painted into files, to be looked at.
void TestThreadView::pictures()
{
    const QString folder = qEnvironmentVariable("OUTRIGGER_PICTURES");
    if (folder.isEmpty())
        QSKIP("Set OUTRIGGER_PICTURES to a folder to have pictures made.");
    for (const auto choice : {SchemeChoice::Light, SchemeChoice::Dark, SchemeChoice::HighContrast}) {
        Style::instance()->setChoice(choice);
        for (const QString &talk : {u"t0"_s, u"t2"_s}) {
            Shown shown(m_bench, talk);
            QVERIFY(shown.view.grab().save(folder + u"/thread-%1-%2.png"_s.arg(int(choice)).arg(talk)));
        }
    }
    Style::instance()->setChoice(SchemeChoice::Light);
}

QTEST_MAIN(TestThreadView)
#include "tst_threadview.moc"
