// SPDX-License-Identifier: GPL-3.0-or-later
#include "boardrun.h"

#include "gui/dealdialog.h"
#include "gui/dealpanel.h"
#include "gui/fieldvalue.h"
#include "gui/work.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// One deal beside the board: everything that is known of it, and everything changed where it stands.
class TestDealPage : public QObject
{
    Q_OBJECT
    std::unique_ptr<BoardRun> m_run;
    qint64 m_key = 0;

    sync::Engine *engine() const { return m_run->engine(); }
    gui::PipelinePage *page() const { return m_run->page(); }
    gui::BoardView *board() const { return m_run->board(); }
    models::BoardModel *model() const { return m_run->model(); }
    gui::DealPanel *panel() const { return m_run->find<gui::DealPanel>("deal.page"); }
    /// The one that is shown: what was there before is deleted a moment later.
    gui::FieldValue *fact(const QString &field) const
    {
        const auto found = panel()->findChildren<gui::FieldValue *>("deal.page.fact."_L1 + field);
        return found.isEmpty() ? nullptr : found.last();
    }
    void undo() { QVERIFY(m_run->undo()); }
    QPushButton *button(const char *name) const { return panel()->findChild<QPushButton *>(QString::fromLatin1(name)); }
    DealRow stored() const { return m_run->stored(m_key); }
    bool settled() const { return stored().mark == DealMark::None; }
    QString fieldId(const QString &name) const
    {
        const auto data = test::await(engine()->cache().reference(engine()->account()->location));
        for (const CustomField &field : data->customFields) {
            if (field.name == name)
                return field.id.value;
        }
        return {};
    }
    QJsonValue custom(const Opportunity &deal, const QString &id) const
    {
        for (const CustomValue &field : deal.customFields) {
            if (field.id.value == id)
                return field.value;
        }
        return {};
    }
    /// Opens the first card of this column with Enter.
    void open(int column)
    {
        m_run->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QTRY_VERIFY(model()->column(column)->rowCount() > 0);
        auto *list = board()->column(column)->list();
        board()->focusColumn(column);
        list->setCurrentIndex(model()->column(column)->index(0, 0));
        m_key = model()->column(column)->keyAt(0);
        QTRY_VERIFY(model()->row(m_key));
        QTest::keyClick(list, Qt::Key_Return);
        QVERIFY(panel() && panel()->isVisible());
        QCOMPARE(panel()->row().key, m_key);
    }
    void choose(const char *name, const QString &words) { QVERIFY(m_run->choose(name, words)); }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<BoardRun>();
        if (!QFile::exists(m_run->options.practiceProgram))
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->openBoard(120, 120, 900, {1900, 1000}));
    }
    void init()
    {
        if (!m_run || !m_run->app)
            QSKIP("The practice server is not built.");
        engine()->setWorkOffline(false);
    }
    void cleanup()
    {
        m_run->closeDialogs();
        if (panel() && panel()->isVisible())
            panel()->findChild<QToolButton *>(u"deal.page.close"_s)->click();
    }
    void cleanupTestCase() { m_run.reset(); }

    void enterOpensItBesideTheBoardAndEscapeLeadsBack()
    {
        open(0);
        QTRY_COMPARE(panel()->findChild<QLabel *>(u"deal.page.name"_s)->text(), stored().deal.name);
        QVERIFY(panel()->findChild<QLabel *>(u"deal.page.under"_s)->text().contains(u"New lead"_s));
        QVERIFY(board()->isVisible());
        QVERIFY(panel()->isAncestorOf(QApplication::focusWidget()));
        QVERIFY(!fact(u"value"_s)->accessibleName().isEmpty());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!panel()->isVisible());
        QCOMPARE(board()->currentKey(), m_key);
        QVERIFY(board()->isAncestorOf(QApplication::focusWidget()));
    }

    void valueAndNameAreChangedWhereTheyStandAndUndone()
    {
        open(0);
        const auto before = stored().deal;
        fact(u"value"_s)->setFocus();
        QTest::keyClick(fact(u"value"_s), Qt::Key_Return);
        auto *line = panel()->findChild<QLineEdit *>(u"deal.page.edit.value"_s);
        QVERIFY(line);
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(line, u"98,765"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(settled() && stored().base.value == 98'765.0, 15'000);
        QTRY_VERIFY(fact(u"value"_s)->text().contains(u"98,765"_s));
        undo();
        if (before.value)
            QTRY_VERIFY_WITH_TIMEOUT(settled() && stored().base.value == before.value, 15'000);
        QTRY_VERIFY(fact(u"name"_s));
        Q_EMIT fact(u"name"_s)->activated();
        line = panel()->findChild<QLineEdit *>(u"deal.page.edit.name"_s);
        line->setText(u"  The lake   house "_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(settled() && stored().base.name == u"The lake house"_s, 15'000);
    }

    void whatIsNoAmountIsSaidAndNothingLeaves()
    {
        open(1);
        const int before = m_run->taken(u"PUT"_s, u"/opportunities/"_s + stored().deal.id.value, {});
        Q_EMIT fact(u"value"_s)->activated();
        auto *line = panel()->findChild<QLineEdit *>(u"deal.page.edit.value"_s);
        line->setText(u"a lot"_s);
        QTest::keyClick(line, Qt::Key_Return);
        auto *problem = panel()->findChild<QLabel *>(u"deal.page.edit.value.problem"_s);
        QVERIFY(problem && problem->isVisible());
        QVERIFY(line->isVisible());
        QTest::keyClick(line, Qt::Key_Escape);
        QVERIFY(panel()->isVisible()); // the first Escape is the field's
        QTRY_VERIFY(fact(u"value"_s) && fact(u"value"_s)->isVisible());
        QCOMPARE(m_run->taken(u"PUT"_s, u"/opportunities/"_s + stored().deal.id.value, {}), before);
    }

    void aFieldOfTheLocationHasTheEditorOfItsType()
    {
        open(1);
        const QString id = fieldId(u"Financing"_s);
        QVERIFY(!id.isEmpty());
        panel()->edit("field."_L1 + id);
        auto *box = panel()->findChild<QComboBox *>("deal.page.edit.field."_L1 + id);
        QVERIFY(box);
        const QString other = custom(stored().deal, id).toString() == u"Cash"_s ? u"Mortgage"_s : u"Cash"_s;
        box->setCurrentIndex(box->findData(other));
        Q_EMIT box->activated(box->currentIndex());
        QTRY_VERIFY_WITH_TIMEOUT(settled() && custom(stored().base, id).toString() == other, 15'000);
        QVERIFY(m_run->taken(u"PUT"_s, u"/opportunities/"_s + stored().deal.id.value, other) == 1);
        QTRY_COMPARE(fact("field."_L1 + id)->text(), other);
        // A date is checked where it is typed.
        const QString close = fieldId(u"Expected close"_s);
        panel()->edit("field."_L1 + close);
        auto *line = panel()->findChild<QLineEdit *>("deal.page.edit.field."_L1 + close);
        QVERIFY(line);
        line->setText(u"2027-01-31"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(settled() && custom(stored().base, close).toString() == u"2027-01-31"_s, 15'000);
    }

    void followersComeAndGoByTheirOwnOperationsAndWithUndo()
    {
        open(2);
        const QString path = u"/opportunities/"_s + stored().deal.id.value + u"/followers"_s;
        Q_EMIT fact(u"followers"_s)->activated();
        choose("deal.followers", u"marcus"_s);
        QTRY_VERIFY(fact(u"followers"_s)->text().contains(u"Marcus"_s));
        QTRY_VERIFY_WITH_TIMEOUT(settled() && stored().base.followers.size() == 1, 15'000);
        QCOMPARE(m_run->taken(u"POST"_s, path, {}), 1);
        undo();
        QTRY_VERIFY_WITH_TIMEOUT(settled() && stored().base.followers.isEmpty(), 15'000);
        QCOMPARE(m_run->taken(u"DELETE"_s, path, {}), 1);
    }

    void offlineAChangeShowsAndWaits()
    {
        open(2);
        engine()->setWorkOffline(true);
        Q_EMIT fact(u"assignedTo"_s)->activated();
        auto *box = panel()->findChild<QComboBox *>(u"deal.page.edit.assignedTo"_s);
        QVERIFY(box);
        const int other = box->currentIndex() == 1 ? 2 : 1;
        const QString name = box->itemText(other), id = box->itemData(other).toString();
        box->setCurrentIndex(other);
        Q_EMIT box->activated(other);
        QTRY_COMPARE(fact(u"assignedTo"_s)->text(), name);
        QCOMPARE(stored().mark, DealMark::Waiting);
        QTRY_VERIFY(panel()->findChild<QLabel *>(u"deal.page.under"_s)->text().contains(u"waiting"_s));
        engine()->setWorkOffline(false);
        QTRY_VERIFY_WITH_TIMEOUT(settled() && stored().base.assignedTo.value == id, 15'000);
    }

    void theHistoryTellsWhatThisComputerHasSeenAndSaysSo()
    {
        open(1);
        auto *steps = panel()->findChild<QWidget *>(u"deal.page.steps"_s);
        const auto words = [&] {
            QStringList all;
            const auto labels = steps->findChildren<QLabel *>();
            for (QLabel *label : labels)
                all.append(label->text());
            return all.join(u'\n');
        };
        QVERIFY(words().contains(u"HighLevel keeps no history"_s));
        Q_EMIT fact(u"stage"_s)->activated();
        choose("pipeline.stages", u"offer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"Contacted to Offer made, from here"_s), 15'000);
        QTRY_COMPARE(fact(u"stage"_s)->text(), u"Offer made"_s);
    }

    void theLeadsTasksAndLastWordsAreThere()
    {
        // A deal whose lead has a conversation.
        bool found = false;
        for (int column = 0; column < 4 && !found; ++column) {
            const auto rows = test::await(engine()->cache().dealRows(model()->column(column)->keys()));
            for (const DealRow &row : *rows) {
                const auto talk = test::await(engine()->cache().conversationFor(engine()->account()->location, row.deal.contactId));
                if (!found && talk && *talk && (*talk)->lastDate.isValid()) {
                    found = true;
                    page()->openDeal(row.deal.id);
                    m_key = row.key;
                }
            }
        }
        QVERIFY(found);
        QTRY_VERIFY(panel() && panel()->isVisible() && panel()->row().key == m_key);
        auto *entry = panel()->findChild<QLineEdit *>(u"deal.page.tasks.entry"_s);
        QTRY_VERIFY(entry->isVisible());
        entry->setText(u"call about the survey tomorrow 10am"_s);
        QTest::keyClick(entry, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!test::await(engine()->cache().tasksOf(engine()->account()->location, stored().deal.contactId))->isEmpty(), 15'000);
        auto *latest = panel()->findChild<QWidget *>(u"deal.page.latest"_s);
        QTRY_VERIFY(latest->findChildren<QLabel *>().size() >= 3);
        QVERIFY(button("deal.page.conversation")->isEnabled());
    }

    void aConflictIsDecidedOnTheDealItself()
    {
        open(0);
        const OpportunityId id = stored().deal.id;
        engine()->setWorkOffline(true);
        Q_EMIT fact(u"stage"_s)->activated();
        choose("pipeline.stages", u"viewing"_s);
        QTRY_COMPARE(stored().mark, DealMark::Waiting);
        m_run->control("POST", u"deal"_s, {{u"opportunityId"_s, id.value}, {u"stageId"_s, model()->column(3)->stage().value}});
        engine()->setWorkOffline(false);
        auto *notice = panel()->findChild<QWidget *>(u"deal.page.notice"_s);
        QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible(), 15'000);
        button("deal.page.mine")->click();
        QTRY_VERIFY_WITH_TIMEOUT(settled() && stored().base.stage == model()->column(2)->stage(), 15'000);
        QTRY_VERIFY(!notice->isVisible());
    }

    void deletingSaysWhatGoesAndKeepsOnEnter()
    {
        open(3);
        const QString id = stored().deal.id.value;
        button("deal.page.delete")->click();
        QTRY_VERIFY(panel()->findChild<QWidget *>(u"deal.page.delete.sure"_s)->isVisible());
        QCOMPARE(QApplication::focusWidget(), button("deal.page.delete.keep"));
        button("deal.page.delete.keep")->click();
        QVERIFY(!panel()->findChild<QWidget *>(u"deal.page.delete.sure"_s)->isVisible());
        button("deal.page.delete")->click();
        button("deal.page.delete.yes")->click();
        QTRY_VERIFY(!panel()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(stored().key == 0, 20'000);
        QCOMPARE(m_run->taken(u"DELETE"_s, u"/opportunities/"_s + id, {}), 1);
    }

    void aNewDealIsMadeFromTheLeadsPanel()
    {
        QTest::keyClick(m_run->window(), Qt::Key_1, Qt::ControlModifier);
        QVERIFY(m_run->openOneThatMayBeTexted());
        const ContactId who = m_run->inbox()->thread()->contactId();
        QPushButton *add = nullptr;
        QTRY_VERIFY((add = m_run->find<QPushButton>("lead.deals.add")) && add->isVisible());
        add->click();
        gui::DealDialog *sheet = nullptr;
        QTRY_VERIFY((sheet = m_run->find<gui::DealDialog>("deal.new")));
        auto *line = sheet->findChild<QComboBox *>(u"deal.new.pipeline"_s);
        // The pipeline in which this lead has none yet.
        const auto has = test::await(engine()->cache().dealsOf(engine()->account()->location, who));
        const bool sales = std::any_of(has->cbegin(), has->cend(), [&](const DealRow &row) { return row.deal.pipeline.value == line->itemData(0).toString(); });
        line->setCurrentIndex(sales ? 1 : 0);
        QVERIFY(sheet->findChild<QComboBox *>(u"deal.new.stage"_s)->count() > 2);
        QVERIFY(!sheet->findChild<QLineEdit *>(u"deal.new.name"_s)->text().isEmpty());
        sheet->findChild<QPushButton *>(u"deal.new.keep"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(test::await(engine()->cache().dealsOf(engine()->account()->location, who))->size() == has->size() + 1, 15'000);
        m_run->window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QTest::keyClick(m_run->window(), Qt::Key_3, Qt::ControlModifier);
        QTRY_VERIFY(board()->isVisible());
    }

    void withoutThePermissionTheBoardIsReadOnlyAndSaysWhy()
    {
        open(0);
        m_run->control("POST", u"faults"_s, {{u"match"_s, u"PUT /opportunities/*"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 401},
                                             {u"body"_s, QJsonObject{{u"statusCode"_s, 401}, {u"message"_s, u"The token is not authorized for this scope."_s}}}});
        Q_EMIT fact(u"assignedTo"_s)->activated();
        auto *box = panel()->findChild<QComboBox *>(u"deal.page.edit.assignedTo"_s);
        const int other = box->currentIndex() == 1 ? 2 : 1;
        box->setCurrentIndex(other);
        Q_EMIT box->activated(other);
        auto *lock = m_run->find<QToolButton>("pipeline.lock");
        QTRY_VERIFY_WITH_TIMEOUT(lock->isVisible(), 15'000);
        QVERIFY(lock->toolTip().contains(u"opportunities.write"_s));
        QVERIFY(!m_run->find<QPushButton>("pipeline.add")->isEnabled());
        QTRY_VERIFY(!fact(u"value"_s)); // a plain label: nothing to change
        QVERIFY(!button("deal.page.won")->isEnabled());
        // Tried again with a sign-in that has it, the lock goes.
        button("deal.page.mine")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!lock->isVisible(), 15'000);
        QTRY_VERIFY(fact(u"value"_s));
    }
};

QTEST_MAIN(TestDealPage)
#include "tst_dealpage.moc"
