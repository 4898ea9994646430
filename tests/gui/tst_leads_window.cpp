// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/contactspage.h"
#include "gui/fieldvalue.h"
#include "gui/leadpanel.h"
#include "gui/widgets.h"
#include "models/contactsmodel.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Leads in the real window, by keys: fields, new contacts, the table and its conditions.
class TestLeadsWindow : public QObject
{
    Q_OBJECT
    std::unique_ptr<WindowRun> m_run;

    gui::LeadPanel *panel() const { return m_run->inbox()->findChild<gui::LeadPanel *>(); }
    template <class W>
    W *inPanel(const QString &name) const
    {
        const auto all = panel()->findChildren<W *>(name);
        for (auto *one : all) {
            if (one->isVisibleTo(panel()))
                return one;
        }
        return nullptr;
    }
    ContactId lead() const { return m_run->inbox()->thread()->contactId(); }
    QString path() const { return u"/contacts/"_s + lead().value; }
    /// Opens the editor of a field by keys and gives its line.
    QLineEdit *edit(const QString &field)
    {
        if (!inPanel<gui::FieldValue>(u"lead.fact."_s + field))
            inPanel<QPushButton>(u"lead.person.more"_s)->click();
        auto *value = inPanel<gui::FieldValue>(u"lead.fact."_s + field);
        if (!value)
            return nullptr;
        value->setFocus();
        QTest::keyClick(value, Qt::Key_F2);
        return inPanel<QLineEdit>(u"lead.edit."_s + field);
    }
    QTableView *table() const { return m_run->find<QTableView>("contacts.table"); }
    void goToContacts()
    {
        m_run->window()->actions()->action(gui::Command::GoContacts)->trigger();
        QTRY_VERIFY(table() && table()->isVisible() && table()->model()->rowCount() > 10);
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        m_run->window()->resize(1440, 900);
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
        QTRY_VERIFY(inPanel<QPushButton>(u"lead.person.more"_s));
    }
    void cleanup() { m_run.reset(); }

    void aFieldIsChangedWhereItStands()
    {
        auto *line = edit(u"city"_s);
        QVERIFY(line && line->hasFocus());
        line->selectAll();
        QTest::keyClicks(line, u"Reno"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"PUT"_s, path(), u"Reno"_s), 1, 15'000);
        QTRY_VERIFY(inPanel<gui::FieldValue>(u"lead.fact.city"_s) && inPanel<gui::FieldValue>(u"lead.fact.city"_s)->text() == u"Reno"_s);
        QTRY_VERIFY(inPanel<gui::FieldValue>(u"lead.fact.city"_s)->hasFocus()); // on with the keys
    }

    void escapeTakesItBack()
    {
        auto *line = edit(u"city"_s);
        QVERIFY(line);
        QTest::keyClicks(line, u"Nowhere"_s);
        QTest::keyClick(line, Qt::Key_Escape);
        QTRY_VERIFY(!inPanel<QLineEdit>(u"lead.edit.city"_s));
        QCOMPARE(m_run->taken(u"PUT"_s, path(), u"Nowhere"_s), 0);
        QVERIFY(inPanel<gui::FieldValue>(u"lead.fact.city"_s)->hasFocus());
    }

    void whatCannotBeTakenIsSaidAndStays()
    {
        auto *line = edit(u"email"_s);
        QVERIFY(line);
        line->setText(u"not an address"_s);
        QTest::keyClick(line, Qt::Key_Return);
        auto *problem = inPanel<gui::Label>(u"lead.edit.email.problem"_s);
        QVERIFY(problem && problem->text().contains(u"e-mail"_s));
        QCOMPARE(line->text(), u"not an address"_s);
    }

    void undoPutsTheOldValueBack()
    {
        const QString before = inPanel<gui::FieldValue>(u"lead.fact.email"_s) ? inPanel<gui::FieldValue>(u"lead.fact.email"_s)->text() : QString();
        auto *line = edit(u"email"_s);
        QVERIFY(line);
        line->setText(u"other@example.com"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"PUT"_s, path(), u"other@example.com"_s), 1, 15'000);
        m_run->window()->actions()->action(gui::Command::Undo)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"PUT"_s, path(), before), 1, 15'000);
    }

    void aConflictShowsBothAndOneIsChosen()
    {
        auto *engine = m_run->app->engine();
        engine->setWorkOffline(true);
        auto *line = edit(u"city"_s);
        QVERIFY(line);
        line->setText(u"Mine"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(inPanel<gui::FieldValue>(u"lead.fact.city"_s)->text(), u"Mine"_s);
        // A colleague has been faster: that is what the reading before the change finds.
        m_run->control("POST", u"faults"_s,
                       {{u"match"_s, QString(u"GET "_s + path())}, {u"kind"_s, u"status"_s}, {u"status"_s, 200}, {u"count"_s, 1},
                        {u"body"_s, QJsonObject{{u"contact"_s, QJsonObject{{u"id"_s, lead().value}, {u"city"_s, u"Theirs"_s}}}}}});
        engine->setWorkOffline(false);
        QTRY_VERIFY_WITH_TIMEOUT(inPanel<QPushButton>(u"lead.conflict.mine"_s), 20'000);
        QCOMPARE(m_run->taken(u"PUT"_s, path(), u"Mine"_s), 0);
        inPanel<QPushButton>(u"lead.conflict.mine"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"PUT"_s, path(), u"Mine"_s), 1, 20'000);
        QTRY_VERIFY(!inPanel<QPushButton>(u"lead.conflict.mine"_s));
    }

    void deletingSaysWhatGoesAndCanBeLeft()
    {
        inPanel<QPushButton>(u"lead.delete"_s)->click();
        QTRY_VERIFY(inPanel<gui::Label>(u"lead.delete.words"_s));
        QVERIFY(inPanel<gui::Label>(u"lead.delete.words"_s)->text().contains(u"message"_s));
        QTRY_VERIFY(inPanel<QPushButton>(u"lead.delete.keep"_s)->hasFocus()); // Enter keeps
        QTest::keyClick(inPanel<QPushButton>(u"lead.delete.keep"_s), Qt::Key_Space);
        QTRY_VERIFY(!inPanel<QPushButton>(u"lead.delete.yes"_s));
        QCOMPARE(m_run->taken(u"DELETE"_s, path(), QString()), 0);
        inPanel<QPushButton>(u"lead.delete"_s)->click();
        QTRY_VERIFY(inPanel<QPushButton>(u"lead.delete.yes"_s));
        inPanel<QPushButton>(u"lead.delete.yes"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"DELETE"_s, path(), QString()), 1, 20'000); // 6 x 1.5 s later
    }

    void aNewContactWhoIsHereAlreadyIsOpenedInstead()
    {
        const QString number = m_run->inbox()->thread()->composer()->contact().phone;
        const QString name = m_run->inbox()->thread()->composer()->contact().displayName();
        m_run->window()->actions()->action(gui::Command::NewContact)->trigger();
        auto *line = m_run->find<QLineEdit>("newContact.phone");
        QVERIFY(line);
        line->setText(number);
        QTRY_VERIFY(m_run->find<gui::Label>("newContact.said")->text().contains(name));
        QVERIFY(!m_run->find<QPushButton>("newContact.add")->isEnabled());
        QVERIFY(m_run->find<QPushButton>("newContact.open")->isVisible());
        line->setText(u"(407) 555-0144"_s);
        QTest::keyClicks(m_run->find<QLineEdit>("newContact.first"), u"Nova"_s);
        QTRY_VERIFY(m_run->find<QPushButton>("newContact.add")->isEnabled());
        m_run->find<QPushButton>("newContact.add")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, u"/contacts/"_s, u"+14075550144"_s), 1, 15'000);
        QTRY_VERIFY(m_run->inbox()->thread()->composer()->contact().firstName == u"Nova"_s);
    }

    void aNewContactWhoIsHereAlreadyIsUpdatedWithWhatIsTyped()
    {
        const Contact there = m_run->inbox()->thread()->composer()->contact();
        m_run->window()->actions()->action(gui::Command::NewContact)->trigger();
        auto *line = m_run->find<QLineEdit>("newContact.phone");
        QVERIFY(line);
        line->setText(there.phone);
        auto *update = m_run->find<QPushButton>("newContact.update");
        auto *said = m_run->find<gui::Label>("newContact.said");
        QTRY_VERIFY(said->text().contains(there.displayName()));
        QVERIFY(!update->isVisible()); // nothing to write yet
        m_run->find<QLineEdit>("newContact.company")->setText(u"Zephyr Roofs"_s);
        m_run->find<QLineEdit>("newContact.tags")->setText(u"slate"_s);
        QTRY_VERIFY(update->isVisible());
        QVERIFY2(said->text().contains(u"Zephyr Roofs"_s) && said->text().contains(u"slate"_s), qPrintable(said->text()));
        QVERIFY(!m_run->find<QPushButton>("newContact.add")->isEnabled()); // never a second one
        update->setFocus();
        QTest::keyClick(update, Qt::Key_Space);
        QTRY_VERIFY(!m_run->find<QLineEdit>("newContact.phone"));
        const QString path = u"/contacts/"_s + there.id.value;
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"PUT"_s, path, u"Zephyr Roofs"_s), 1, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, path + u"/tags"_s, u"slate"_s), 1, 20'000);
        QCOMPARE(m_run->taken(u"PUT"_s, path, u"firstName"_s), 0); // what was left empty stays
        const auto asThere = [&] { return await(m_run->app->engine()->refreshContact(there.id)).value_or(Contact()); };
        QCOMPARE(asThere().companyName, u"Zephyr Roofs"_s);
        QVERIFY(asThere().tags.contains(u"slate"_s));
        QCOMPARE(asThere().displayName(), there.displayName());
        // One step back takes both away.
        m_run->window()->actions()->action(gui::Command::Undo)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(asThere().companyName == there.companyName && !asThere().tags.contains(u"slate"_s), 20'000);
    }

    void allCampaignsAreStoppedFromTheMenuOfTheConversation()
    {
        const ContactId lead = m_run->inbox()->thread()->contactId();
        auto *button = m_run->find<QToolButton>("thread.menu");
        QTRY_VERIFY(button && button->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(m_run->window()->findChild<models::Desk *>()->reference().campaigns, 20'000); // what there is comes with the first sync
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QAction *stop = nullptr;
        for (QAction *action : menu->actions()) {
            if (action->text() == u"Stop all campaigns"_s)
                stop = action;
        }
        QVERIFY(stop);
        stop->trigger();
        menu->close();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"DELETE"_s, u"/contacts/%1/campaigns/removeAll"_s.arg(lead.value), QString()), 1, 20'000);
    }

    void aTeammateHasACardForPointerAndKeys()
    {
        const auto users = m_run->window()->findChild<models::Desk *>()->reference().users;
        QVERIFY(!users.isEmpty());
        const Contact lead = m_run->inbox()->thread()->composer()->contact();
        AssignChange change;
        change.contactId = lead.id;
        change.to = users.last().id;
        change.from = lead.assignedTo;
        QVERIFY(await(m_run->app->engine()->outbox().submitAssign(*m_run->app->engine()->account(), change, {})));
        const auto owner = [this] { return inPanel<QWidget>(u"lead.fact.assignedTo"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(owner() && owner()->accessibleDescription().contains(users.last().email), 20'000); // for a screen reader
        const auto card = [this] { return m_run->find<QWidget>("team.card"); };
        QVERIFY(await(m_run->app->engine()->outbox().waitUntilSettled({}, std::chrono::seconds(20))));
        QVERIFY(!card());
        const auto comes = [&](const std::function<void()> &how) { // the panel may be made anew under it once
            for (int i = 0; i < 3; ++i) {
                how();
                if (QTest::qWaitFor([&] { return card() && card()->isVisible(); }, 3'000))
                    return true;
            }
            return false;
        };
        QVERIFY(comes([&] {
            owner()->clearFocus();
            owner()->setFocus(Qt::TabFocusReason);
        }));
        QStringList words;
        for (const QLabel *label : card()->findChildren<QLabel *>())
            words.append(label->text());
        QVERIFY2(words.contains(users.last().email), qPrintable(words.join(u" | "_s)));
        QTest::keyClick(m_run->window(), Qt::Key_Escape);
        QTRY_VERIFY(!card());
        QVERIFY(m_run->inbox()->isVisible());
        QVERIFY(comes([&] {
            QEnterEvent enter(QPointF(2, 2), QPointF(2, 2), QPointF(2, 2));
            QApplication::sendEvent(owner(), &enter);
        }));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(owner(), &leave);
        QTRY_VERIFY_WITH_TIMEOUT(!card(), 5'000);
    }

    void conditionsAreWrittenByKeysAndKept()
    {
        goToContacts();
        const int all = table()->model()->rowCount();
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F);
        auto *value = m_run->find<QLineEdit>("contacts.condition.0.0.value");
        QTRY_VERIFY((value = m_run->find<QLineEdit>("contacts.condition.0.0.value")) && value->hasFocus());
        QTest::keyClicks(value, u"no such tag at all"_s);
        QTRY_COMPARE(table()->model()->rowCount(), 0);
        QVERIFY(m_run->find<QWidget>("contacts.empty")->isVisible());
        auto *how = m_run->find<QComboBox>("contacts.condition.0.0.op");
        how->setCurrentIndex(1); // is not
        Q_EMIT how->activated(1);
        QTRY_COMPARE(table()->model()->rowCount(), all);
        QTest::keyClicks(m_run->find<QLineEdit>("contacts.lists.name"), u"Everybody"_s);
        QTest::keyClick(m_run->find<QLineEdit>("contacts.lists.name"), Qt::Key_Return);
        QTRY_VERIFY(m_run->find<QPushButton>("contacts.lists.remove")->isVisible());
        const auto buttons = m_run->find<QWidget>("contacts.lists")->findChildren<QToolButton *>();
        QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](auto *button) { return button->text().startsWith(u"Everybody"_s); }));
    }

    void ticksOrderAndColumns()
    {
        goToContacts();
        auto *page = m_run->find<gui::ContactsPage>("contacts.page");
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(0, 0));
        table()->selectionModel()->clearSelection();
        QTest::keyClick(table(), Qt::Key_X);
        QTest::keyClick(table(), Qt::Key_X);
        QCOMPARE(page->tickedKeys().size(), 2);
        const auto ticked = page->tickedKeys();
        // The ticks are of contacts, not of rows.
        table()->sortByColumn(models::ContactsModel::Name, Qt::DescendingOrder);
        QTRY_VERIFY(table()->model()->index(0, 0).data().toString() > table()->model()->index(5, 0).data().toString());
        QTRY_VERIFY(page->tickedKeys().contains(ticked.first()));
        QCOMPARE(page->tickedKeys().size(), 2);
        QVERIFY(table()->isColumnHidden(models::ContactsModel::City));
        page->run(gui::Command::ContactColumns);
        auto *menu = m_run->find<QMenu>("contacts.columns.menu");
        QVERIFY(menu);
        menu->findChild<QAction *>(u"contacts.column.city"_s)->trigger();
        QVERIFY(!table()->isColumnHidden(models::ContactsModel::City));
        m_run->close();
        QVERIFY(m_run->open());
        goToContacts();
        QVERIFY(!table()->isColumnHidden(models::ContactsModel::City)); // kept
        QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    }

    void theKeysHaveARowToBeginWith()
    {
        auto *page = m_run->find<gui::ContactsPage>("contacts.page");
        QTest::keyClick(m_run->window(), Qt::Key_5, Qt::ControlModifier);
        QTRY_VERIFY(table() && table()->isVisible() && table()->model()->rowCount() > 10);
        page = m_run->find<gui::ContactsPage>("contacts.page");
        QTRY_VERIFY(table()->hasFocus());
        QVERIFY(table()->currentIndex().isValid());
        QVERIFY(page->tickedKeys().isEmpty()); // nobody is ticked unasked
        QTest::keyClick(table(), Qt::Key_X);
        QTest::keyClick(table(), Qt::Key_X);
        QCOMPARE(page->tickedKeys().size(), 2);
        // The arrows walk on without letting go of them, and so does J.
        QTest::keyClick(table(), Qt::Key_Down);
        QTest::keyClick(table(), Qt::Key_J);
        QTest::keyClick(table(), Qt::Key_X);
        QCOMPARE(page->tickedKeys().size(), 3);
        QTest::keyClick(table(), Qt::Key_Up);
        QTest::keyClick(table(), Qt::Key_X); // takes the tick off again
        QCOMPARE(page->tickedKeys().size(), 2);
        // Without ticks an arrow marks the row it comes to; X then ticks that one.
        table()->selectionModel()->clearSelection();
        QTest::keyClick(table(), Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(table(), Qt::Key_Down);
        QTest::keyClick(table(), Qt::Key_X);
        QTest::keyClick(table(), Qt::Key_X);
        QCOMPARE(page->tickedKeys().size(), 2);
    }

    void enterOpensTheLead()
    {
        goToContacts();
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(3, 0));
        QTRY_VERIFY(!m_run->find<gui::ContactsPage>("contacts.page")->currentContact().isEmpty());
        const ContactId wanted = m_run->find<gui::ContactsPage>("contacts.page")->currentContact();
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_COMPARE(lead(), wanted);
    }
};

QTEST_MAIN(TestLeadsWindow)
#include "tst_leads_window.moc"
