// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/palette.h"
#include "gui/threadview.h"
#include "models/threadmodel.h"
#include "store/cache.h"
#include "sync/engine.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using models::PaletteModel;

/// Ctrl+K in the real window: people, messages and commands by the keyboard alone.
class TestPalette : public QObject
{
    Q_OBJECT
    std::unique_ptr<WindowRun> m_run;

    QLineEdit *input() const { return m_run->find<QLineEdit>("palette.input"); }
    QListView *results() const { return m_run->find<QListView>("palette.results"); }
    PaletteModel *model() const { return m_run->window()->findChild<PaletteModel *>(); }
    void opens()
    {
        QTest::keyClick(m_run->window(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(input() && input()->hasFocus());
        QTRY_VERIFY(!model()->isSearching());
    }
    bool types(const QString &words)
    {
        input()->clear();
        QTest::keyClicks(input(), words);
        return QTest::qWaitFor([&] { return model()->text() == words && !model()->isSearching(); }, 10'000);
    }
    int rowOf(PaletteModel::Kind kind, const QString &title) const
    {
        for (int row = 0; row < model()->rowCount(); ++row) {
            if (model()->row(row).kind == kind && (title.isEmpty() || model()->row(row).title == title))
                return row;
        }
        return -1;
    }
    ConversationRow talk(int row) const
    {
        const QModelIndex index = m_run->list()->model()->index(row, 0);
        m_run->list()->scrollTo(index);
        return QTest::qWaitFor([&] { return index.data(models::InboxModel::RowRole).isValid(); }, 5'000)
            ? index.data(models::InboxModel::RowRole).value<ConversationRow>() : ConversationRow();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->waitForRows());
        m_run->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        m_run->list()->setFocus();
        // The whole first sync, so that there is something to find.
        QTRY_VERIFY_WITH_TIMEOUT(m_run->list()->model()->rowCount() >= 15, 30'000);
        const auto synced = [this](const char *name) {
            const auto areas = m_run->app->engine()->status().areas;
            return std::any_of(areas.begin(), areas.end(), [name](const auto &one) { return one.area == QLatin1String(name) && one.firstSyncDone; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(synced("contacts") && synced("messages"), 60'000);
    }
    void cleanupTestCase() { m_run.reset(); }

    void escapeGoesBackToWhereThePersonWas()
    {
        m_run->list()->setFocus();
        opens();
        new QAbstractItemModelTester(model(), QAbstractItemModelTester::FailureReportingMode::Fatal, model());
        QVERIFY(model()->rowCount() > 10); // what can be done, before anything is typed
        QTest::keyClick(input(), Qt::Key_Escape);
        QTRY_VERIFY(m_run->list()->hasFocus());
        QVERIFY(!input()->isVisible());
    }
    void aPieceOfANameFindsThePerson()
    {
        ConversationRow row;
        for (int i = 0; i < 10 && row.name.size() < 6; ++i)
            row = talk(i);
        const QString piece = row.name.mid(1, 4); // not its beginning
        opens();
        QVERIFY(types(piece));
        const int found = rowOf(PaletteModel::Kind::Person, row.name);
        QVERIFY2(found > 0, qPrintable(piece));
        QVERIFY(results()->model()->index(found, 0).data(Qt::AccessibleTextRole).toString().contains(u", person"_s));
        QCOMPARE(model()->row(0).kind, PaletteModel::Kind::Group);
        QVERIFY(!results()->model()->index(0, 0).flags().testFlag(Qt::ItemIsSelectable));
        while (results()->currentIndex().row() != found)
            QTest::keyClick(input(), Qt::Key_Down);
        QTest::keyClick(input(), Qt::Key_Return);
        QTRY_COMPARE(m_run->inbox()->thread()->contactId(), row.contactId);
        QVERIFY(!input()->isVisible());
    }
    void theLastFourDigitsFindThePerson()
    {
        QString phone;
        for (int i = 0; i < 10 && phone.isEmpty(); ++i) {
            const auto contact = test::await(m_run->app->engine()->cache().contact(m_run->app->engine()->account()->location, talk(i).contactId));
            QVERIFY(contact && *contact);
            phone = (*contact)->phone;
        }
        opens();
        QVERIFY(types(phone.right(4)));
        const int found = rowOf(PaletteModel::Kind::Person, {});
        QVERIFY(found > 0);
        QVERIFY(model()->row(found).detail.contains(phone));
    }
    void wordsOfAMessageLeadToIt()
    {
        const auto *thread = m_run->inbox()->thread();
        m_run->list()->setCurrentIndex(m_run->list()->model()->index(0, 0));
        auto *view = thread->findChild<gui::ThreadView *>(u"thread.messages"_s);
        QTRY_VERIFY(view->model()->rowCount() > 3);
        MessageRow wanted;
        for (int row = 0; row < view->model()->rowCount() && wanted.key == 0; ++row) {
            const auto message = view->model()->index(row, 0).data(models::ThreadModel::RowRole).value<MessageRow>();
            if (message.message.body.size() > 25 && !message.message.body.contains(u'\n'))
                wanted = message;
        }
        QVERIFY(wanted.key != 0);
        const QString words = wanted.message.body.left(18).trimmed();
        const ContactId contact = thread->contactId();
        m_run->list()->setCurrentIndex(m_run->list()->model()->index(3, 0));
        QTRY_VERIFY(thread->contactId() != contact);
        opens();
        QVERIFY(types(words));
        int found = -1;
        for (int row = 0; row < model()->rowCount(); ++row) {
            if (model()->row(row).message == wanted.key)
                found = row;
        }
        QVERIFY2(found > 0, qPrintable(words));
        while (results()->currentIndex().row() != found)
            QTest::keyClick(input(), Qt::Key_Down);
        QTest::keyClick(input(), Qt::Key_Return);
        QTRY_COMPARE(thread->contactId(), contact);
        QTRY_COMPARE_WITH_TIMEOUT(view->currentKey(), wanted.key, 10'000);
    }
    void aCommandIsFoundByItsWordsAndShowsItsKey()
    {
        opens();
        QVERIFY(types(u"set"_s));
        const int found = rowOf(PaletteModel::Kind::Do, u"Settings"_s);
        QVERIFY(found > 0);
        QCOMPARE(model()->row(found).right, u"Ctrl+,"_s);
        QVERIFY(types(u">cont"_s));
        QCOMPARE(rowOf(PaletteModel::Kind::Person, {}), -1);
        const int contacts = rowOf(PaletteModel::Kind::Do, u"Contacts"_s);
        QVERIFY(contacts > 0);
        while (results()->currentIndex().row() != contacts)
            QTest::keyClick(input(), Qt::Key_Down);
        QTest::keyClick(input(), Qt::Key_Return);
        QTRY_VERIFY(m_run->find<QWidget>("contacts.table") && m_run->find<QWidget>("contacts.table")->isVisible());
    }
    void enterBeforeTheRowsAreThereTakesTheFirstOfTheseWords()
    {
        const ConversationRow row = talk(1);
        opens();
        input()->setText(row.name);
        QTest::keyClick(input(), Qt::Key_Return); // at once
        QTRY_COMPARE(m_run->inbox()->thread()->contactId(), row.contactId);
    }
    void whatIsNowhereIsSaidWithANextStep_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("nonsense") << u"qqzzxxw"_s;
        QTest::newRow("marks of a search language") << u"\"(*^ NEARQQ"_s;
        QTest::newRow("a pattern's own letters") << u"%_\\%"_s;
        QTest::newRow("very long") << QString(400, u'q');
    }
    void whatIsNowhereIsSaidWithANextStep()
    {
        QFETCH(QString, words);
        opens();
        input()->setText(words);
        QTRY_VERIFY(!model()->isSearching() && model()->text() == words);
        QTRY_VERIFY(m_run->find<QLabel>("palette.empty")->isVisible());
        QTest::keyClick(input(), Qt::Key_Return); // takes nothing
        QVERIFY(input()->isVisible());
        QTest::keyClick(input(), Qt::Key_Escape);
    }
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
