// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "domain/textfind.h"
#include "gui/threadsearch.h"
#include "gui/threadview.h"
#include "models/threadmodel.h"

#include <QLabel>
#include <QLineEdit>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Words, days and people in a conversation of thousands of messages, by keys alone, in the real window.
class TestThreadSearch : public QObject
{
    Q_OBJECT
    static constexpr int many = 3'000;
    std::unique_ptr<WindowRun> m_run;
    ConversationId m_talk;
    QDateTime m_first;

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QVERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    gui::ThreadView *view() const { return m_run->inbox()->thread()->view(); }
    QString current() const
    {
        return view()->currentIndex().data(models::ThreadModel::RowRole).value<MessageRow>().message.body;
    }
    bool inView() const { return view()->viewport()->rect().contains(view()->visualRect(view()->currentIndex()).center()); }
    QString count() const { return m_run->find<QLabel>("thread.search.count")->text(); }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
        QTRY_VERIFY(m_run->inbox()->thread()->row().has_value());
        const auto row = *m_run->inbox()->thread()->row();
        m_talk = row.id;
        // What years of texting leave, older than what the server has.
        m_first = row.lastDate.addYears(-2);
        QVector<Message> list;
        for (int i = 0; i < many; ++i) {
            Message m;
            m.id = MessageId(u"long%1"_s.arg(i));
            m.location = m_run->app->engine()->account()->location;
            m.conversationId = row.id;
            m.contactId = row.contactId;
            m.channel = Channel::Sms;
            m.typeWord = u"TYPE_SMS"_s;
            m.direction = i % 2 ? Direction::Outbound : Direction::Inbound;
            m.status = u"delivered"_s;
            m.source = i % 2 ? u"workflow"_s : QString();
            m.body = i % 1000 == 10 ? u"Meet at the Café number %1"_s.arg(i) : u"words %1"_s.arg(i);
            m.dateAdded = m.dateUpdated = m_first.addSecs(i * 7200LL);
            list << m;
        }
        const auto put = test::await(m_run->app->engine()->cache().putMessages(m_run->app->engine()->account()->location, list, {}));
        QVERIFY2(put.has_value(), put ? "" : qPrintable(put.error().message));
    }
    void cleanupTestCase() { m_run.reset(); }

    void ctrlFInTheThreadFindsWhatIsThousandsOfMessagesUp()
    {
        view()->setFocus();
        press(Qt::Key_F, Qt::ControlModifier);
        auto *field = m_run->find<QLineEdit>("thread.search.text");
        QTRY_COMPARE(QApplication::focusWidget(), field);
        QTest::keyClicks(field, u"cafe number"_s);
        QTRY_VERIFY2(count().startsWith(u"1 of 3"_s), qPrintable(count()));
        QTRY_COMPARE(current(), u"Meet at the Café number 2010"_s); // the newest first
        QTRY_VERIFY(inView());
        press(Qt::Key_Return);
        QTRY_COMPARE(current(), u"Meet at the Café number 1010"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE(current(), u"Meet at the Café number 10"_s);
        QTRY_VERIFY(inView());
        QVERIFY(count().startsWith(u"3 of 3"_s));
        // It stands among its neighbours, above and below.
        const int row = view()->currentIndex().row();
        const auto body = [&](int at) { return view()->model()->index(at, 0).data(Qt::DisplayRole).toString(); };
        QVERIFY2(body(row + 1).startsWith(u"words 11"_s) || body(row + 2).startsWith(u"words 11"_s), qPrintable(body(row + 1)));
        QVERIFY(row > 0);
        press(Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(current(), u"Meet at the Café number 1010"_s);
        field->clear();
        QTest::keyClicks(field, u"zeppelin"_s);
        QTRY_VERIFY2(count().startsWith(u"Not found"_s), qPrintable(count()));
        QVERIFY(m_run->find<QWidget>("thread.search.further")->isVisible()); // older ones may be in HighLevel
        press(Qt::Key_Escape);
        QTRY_VERIFY(!m_run->find<QWidget>("thread.search")->isVisible());
        QTRY_COMPARE(QApplication::focusWidget(), view());
    }
    void aTypedDayIsGoneTo()
    {
        view()->setFocus();
        press(Qt::Key_G, Qt::ControlModifier);
        auto *field = m_run->find<QLineEdit>("thread.day.text");
        QTRY_COMPARE(QApplication::focusWidget(), field);
        const QDate day = m_first.toLocalTime().date().addDays(30);
        QTest::keyClicks(field, u"next moon"_s);
        QVERIFY(!m_run->find<QWidget>("thread.day.go")->isEnabled());
        field->clear();
        QTest::keyClicks(field, day.toString(Qt::ISODate));
        QVERIFY2(m_run->find<QLabel>("thread.day.meant")->text().contains(QString::number(day.year())), "the day is said in full");
        press(Qt::Key_Return);
        QTRY_VERIFY(!m_run->find<QWidget>("thread.search")->isVisible());
        QTRY_COMPARE(view()->currentIndex().data(models::ThreadModel::RowRole).value<MessageRow>().message.dateAdded.toLocalTime().date(), day);
        QTRY_VERIFY(inView());
        QCOMPARE(QApplication::focusWidget(), view());
    }
    void ctrlUpPassesOverMachines()
    {
        const auto at = [&] { return view()->currentIndex().data(models::ThreadModel::RowRole).value<MessageRow>().message; };
        view()->setFocus();
        const auto from = at();
        press(Qt::Key_Up, Qt::ControlModifier);
        QTRY_VERIFY(at().dateAdded < from.dateAdded);
        QVERIFY(!isAutomated(at()));
        const auto first = at();
        press(Qt::Key_Up, Qt::ControlModifier);
        QTRY_VERIFY(at().dateAdded < first.dateAdded);
        QVERIFY(!isAutomated(at()));
    }
    void anotherConversationShutsIt()
    {
        view()->setFocus();
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(m_run->find<QWidget>("thread.search")->isVisible());
        m_run->list()->setFocus();
        const auto before = m_run->inbox()->thread()->contactId();
        press(Qt::Key_J);
        if (m_run->inbox()->list()->currentRow() && m_run->inbox()->list()->currentRow()->contactId == before)
            press(Qt::Key_K);
        QTRY_VERIFY(m_run->inbox()->thread()->contactId() != before);
        QTRY_VERIFY(!m_run->find<QWidget>("thread.search")->isVisible());
    }
};

QTEST_MAIN(TestThreadSearch)
#include "tst_threadsearch.moc"
