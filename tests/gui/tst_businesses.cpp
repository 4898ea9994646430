// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "domain/catalogue.h"
#include "gui/toast.h"
#include "gui/undolist.h"
#include "gui/work.h"
#include "models/callnow.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// The companies of a location: read, made, changed, taken back and deleted, and each looked up on the server.
class TestBusinesses : public QObject
{
    Q_OBJECT
    std::unique_ptr<WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    sync::Engine *engine() const { return m_run->app->engine(); }
    /// As HighLevel has it now.
    QJsonObject onServer(const QString &id) const
    {
        const auto answer = await(models::callNow(engine(), u"get-business"_s, {{u"businessId"_s, id}}));
        return answer ? answer->value("business"_L1).toObject() : QJsonObject();
    }
    QListWidgetItem *item(const QString &name) const
    {
        const auto found = find<QListWidget>("businesses.list")->findItems(name, Qt::MatchExactly);
        return found.isEmpty() ? nullptr : found.first();
    }
    QString idOf(const QString &name) const { return item(name) ? item(name)->data(Qt::UserRole).toString() : QString(); }
    void type(const char *field, const QString &words)
    {
        auto *line = find<QLineEdit>(field);
        QVERIFY(line && line->isEnabled());
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, words);
    }
    void make(const QString &name)
    {
        find<QPushButton>("businesses.new")->click();
        type("businesses.field.name", name);
        type("businesses.field.city", u"Tampa"_s);
        QTest::keyClick(find<QLineEdit>("businesses.field.city"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(item(name), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>("businesses.field.city")->isEnabled(), 20'000);
        QTRY_COMPARE(find<QLineEdit>("businesses.field.city")->text(), u"Tampa"_s);
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        m_run->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QTest::keyClick(m_run->window(), Qt::Key_5, Qt::ControlModifier);
        auto *table = find<QTableView>("contacts.table");
        QTRY_VERIFY_WITH_TIMEOUT(table && table->model()->rowCount() > 20, 30'000);
        const auto known = [this] { return m_run->window()->findChild<models::Desk *>()->reference().businesses.has_value(); };
        QTRY_VERIFY_WITH_TIMEOUT(known(), 30'000);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_B);
        QTRY_VERIFY(find<QWidget>("businesses.page") && find<QWidget>("businesses.page")->isVisible());
    }
    void cleanup() { m_run.reset(); }

    void theKeyLeadsThereAndBack()
    {
        auto *list = find<QListWidget>("businesses.list");
        QCOMPARE(list->count(), int(m_run->window()->findChild<models::Desk *>()->reference().businesses->size()));
        QVERIFY(list->count() > 0);
        QCOMPARE(QApplication::focusWidget(), list);
        QTRY_COMPARE_WITH_TIMEOUT(find<QLineEdit>("businesses.field.name")->text(), list->item(0)->text(), 20'000);
        QTest::keyClick(list, Qt::Key_B);
        QCOMPARE(QApplication::focusWidget(), find<QTableView>("contacts.table"));
        QVERIFY(find<QLineEdit>("contacts.filter")->isEnabled());
    }

    void aNewOneIsMadeChangedAndTakenBack()
    {
        make(u"Harbour Roofs"_s);
        const QString id = idOf(u"Harbour Roofs"_s);
        QCOMPARE(onServer(id)["city"_L1].toString(), u"Tampa"_s);
        type("businesses.field.phone", u"+18135550142"_s);
        find<QPushButton>("businesses.keep")->click();
        QTRY_COMPARE_WITH_TIMEOUT(onServer(id)["phone"_L1].toString(), u"+18135550142"_s, 20'000);
        QCOMPARE(onServer(id)["city"_L1].toString(), u"Tampa"_s); // only what was changed travels
        QTRY_COMPARE(m_run->window()->toast()->message(), u"The business is changed."_s);
        m_run->window()->work()->undoList().undo();
        QTRY_COMPARE_WITH_TIMEOUT(onServer(id)["phone"_L1].toString(), QString(), 20'000);
    }

    void itsPeopleAreShownAndLeadToTheirConversations()
    {
        make(u"Harbour Roofs"_s);
        const QString id = idOf(u"Harbour Roofs"_s);
        const auto spine = await(engine()->cache().contactSpine(engine()->account()->location, {}, store::ContactSort::Name));
        const Contact contact = await(engine()->cache().contactRows({spine->keys.first()}))->first().contact;
        QVERIFY(await(models::callNow(engine(), u"bulk-business-update"_s, {{u"ids"_s, QJsonArray{contact.id.value}}, {u"businessId"_s, id}})));
        find<QListWidget>("businesses.list")->setCurrentRow(-1);
        find<QPushButton>("businesses.new")->click();
        find<QListWidget>("businesses.list")->setCurrentItem(item(u"Harbour Roofs"_s));
        auto *people = find<QListWidget>("businesses.people");
        QTRY_COMPARE_WITH_TIMEOUT(people->count(), 1, 20'000);
        QCOMPARE(people->item(0)->data(Qt::UserRole).toString(), contact.id.value);
        Q_EMIT people->itemActivated(people->item(0));
        QTRY_COMPARE(m_run->inbox()->thread()->contactId(), contact.id);
    }

    void itIsDeletedOnlyWhenItsNameWasTyped()
    {
        make(u"Harbour Roofs"_s);
        const QString id = idOf(u"Harbour Roofs"_s);
        find<QPushButton>("businesses.delete")->click();
        auto *yes = find<QPushButton>("businesses.sure.yes");
        QVERIFY(find<QWidget>("businesses.sure")->isVisible() && !yes->isEnabled());
        type("businesses.sure.name", u"Harbour"_s);
        QVERIFY(!yes->isEnabled());
        type("businesses.sure.name", u"Harbour Roofs"_s);
        QVERIFY(yes->isEnabled());
        QVERIFY(!onServer(id).isEmpty());
        yes->click();
        QTRY_VERIFY_WITH_TIMEOUT(!item(u"Harbour Roofs"_s), 20'000);
        QVERIFY(onServer(id).isEmpty());
    }

    void withoutANetworkNothingIsWrittenAndTheReasonIsSaid()
    {
        engine()->setWorkOffline(true);
        find<QPushButton>("businesses.new")->click();
        type("businesses.field.name", u"Nobody's"_s);
        find<QPushButton>("businesses.keep")->click();
        auto *state = find<QLabel>("businesses.state");
        QTRY_VERIFY2(state->text().contains(u"offline"_s), qPrintable(state->text()));
        QCOMPARE(find<QLineEdit>("businesses.field.name")->text(), u"Nobody's"_s); // what was typed is kept
        QVERIFY(!item(u"Nobody's"_s));
    }
};

QTEST_MAIN(TestBusinesses)
#include "tst_businesses.moc"
