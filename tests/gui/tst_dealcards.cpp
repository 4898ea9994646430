// SPDX-License-Identifier: GPL-3.0-or-later
#include "boardrun.h"

#include "gui/dealbar.h"
#include "gui/toast.h"
#include "gui/work.h"
#include "models/desk.h"
#include "store/connection.h"
#include "store/database.h"

#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// What a card shows is the person's choice; what is asked before a deal is lost; and nothing lies over the bar.
class TestDealCards : public QObject
{
    Q_OBJECT
    std::unique_ptr<BoardRun> m_run;

    models::BoardModel *model() const { return m_run->model(); }
    int height() const { return m_run->list(0)->visualRect(model()->column(0)->index(0, 0)).height(); }
    QString said() const { return model()->column(0)->index(0, 0).data(Qt::AccessibleTextRole).toString(); }
    /// Opens the menu of the cards and answers one of its entries.
    QAction *entry(const QString &name) const
    {
        m_run->find<QToolButton>("pipeline.cards")->click();
        auto *menu = m_run->find<QMenu>("pipeline.cards.menu");
        return menu ? menu->findChild<QAction *>(u"pipeline.cards."_s + name) : nullptr;
    }
    bool tick(const QString &name, bool on) const
    {
        QAction *action = entry(name);
        if (!action)
            return false;
        action->setChecked(on);
        auto *menu = m_run->find<QMenu>("pipeline.cards.menu");
        menu->close();
        return QTest::qWaitFor([this] { return !m_run->find<QMenu>("pipeline.cards.menu"); }, 5'000);
    }
    /// As before the first look: nobody has read the reasons.
    bool forgetReasons() const
    {
        const auto gone = await(m_run->engine()->cache().writer().run<bool>([](store::Connection &connection) -> Result<bool> {
            if (const auto done = connection.exec(u"DELETE FROM reference WHERE part='lostReasons'"_s); !done)
                return fail(done.error());
            return true;
        }));
        store::ReferenceData none;
        return gone && await(m_run->engine()->cache().putReference(m_run->engine()->account()->location, none)); // says that something changed
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<BoardRun>();
        if (!QFile::exists(m_run->options.practiceProgram))
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->openBoard());
    }
    void cleanup()
    {
        m_run->closeDialogs();
        model()->clearTicks();
        m_run->engine()->setWorkOffline(false);
    }
    void cleanupTestCase() { m_run.reset(); }

    /// First of all: nothing but Ctrl+3 has been pressed, and the cards came after it.
    void theKeysHaveACardToBeginWith()
    {
        QVERIFY(m_run->activate());
        QTRY_VERIFY(qobject_cast<gui::DealList *>(QApplication::focusWidget()));
        auto *list = static_cast<gui::DealList *>(QApplication::focusWidget());
        QTRY_VERIFY(list->currentIndex().isValid());
        QTest::keyClick(list, Qt::Key_X);
        QCOMPARE(model()->ticked().size(), 1);
    }

    void theCardsShowWhatWasChosenForThisPipeline()
    {
        QVERIFY(m_run->toCard(0));
        const int before = height();
        const DealRow *row = model()->row(model()->column(0)->keyAt(0));
        QVERIFY(row && !row->deal.source.isEmpty());
        QVERIFY(!said().contains(u"Source: "_s));
        QVERIFY(tick(u"source"_s, true));
        QTRY_VERIFY(height() > before);
        QVERIFY(said().contains(u"Source: "_s + row->deal.source));
        const int one = height();
        QVERIFY(tick(u"added"_s, true));
        QTRY_COMPARE(height() - one, one - before);
        QVERIFY(tick(u"owner"_s, false));
        QVERIFY(!entry(u"owner"_s)->isChecked());
        m_run->find<QMenu>("pipeline.cards.menu")->close();
        QVERIFY(!m_run->board()->grab().isNull()); // painted once
        // The other pipeline has its own.
        const PipelineId first = model()->pipeline().id;
        m_run->page()->run(gui::Command::PipelineSwitch);
        const auto pipelines = await(m_run->engine()->cache().reference(m_run->engine()->account()->location))->pipelines;
        QVERIFY(pipelines && pipelines->size() > 1);
        const auto other = std::find_if(pipelines->begin(), pipelines->end(), [&first](const Pipeline &each) { return !(each.id == first); });
        QVERIFY(m_run->choose("pipeline.choice", other->name));
        QTRY_VERIFY(model()->pipeline().id == other->id);
        QVERIFY(!entry(u"source"_s)->isChecked());
        m_run->find<QMenu>("pipeline.cards.menu")->close();
        m_run->page()->run(gui::Command::PipelineSwitch);
        QVERIFY(m_run->choose("pipeline.choice", std::find_if(pipelines->begin(), pipelines->end(), [&first](const Pipeline &each) { return each.id == first; })->name));
        QTRY_VERIFY(model()->pipeline().id == first && model()->column(0)->rowCount() > 0);
        QVERIFY(m_run->toCard(0));
        QTRY_VERIFY(height() > one);
        QVERIFY(tick(u"source"_s, false) && tick(u"added"_s, false) && tick(u"owner"_s, true));
        QTRY_COMPARE(height(), before);
    }

    void aToastStandsAboveTheBar()
    {
        QVERIFY(m_run->toCard(0));
        QTest::keyClick(m_run->list(0), Qt::Key_X);
        QTest::keyClick(m_run->list(0), Qt::Key_X);
        auto *bar = m_run->find<gui::DealBar>("pipeline.bar");
        QTRY_VERIFY(bar->isVisible());
        auto *toast = m_run->find<gui::Toast>("toast");
        toast->showMessage(u"Something happened"_s, u"Undo"_s, [] {});
        const auto place = [&](QWidget *widget) { return QRect(widget->mapTo(m_run->window(), QPoint()), widget->size()); };
        QVERIFY(!place(toast).intersects(place(bar)));
        model()->clearTicks();
        QTRY_VERIFY(!bar->isVisible());
        QTRY_VERIFY(place(toast).bottom() > place(m_run->page()).bottom() - 100); // back where it belongs
        QTest::keyClick(m_run->list(0), Qt::Key_X);
        QTRY_VERIFY(bar->isVisible());
        QTRY_VERIFY(!place(toast).intersects(place(bar)));
        toast->dismiss();
    }

    void aLostDealIsAskedWhyBeforeTheReasonsHaveBeenRead()
    {
        const auto known = [this] {
            const auto data = await(m_run->engine()->cache().reference(m_run->engine()->account()->location));
            return data && data->lostReasons && !data->lostReasons->isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(known(), 20'000);
        m_run->engine()->setWorkOffline(true);
        QVERIFY(forgetReasons());
        QTRY_VERIFY(!known());
        QVERIFY(m_run->toCard(0));
        const qint64 key = model()->column(0)->keyAt(0);
        const auto *desk = m_run->window()->findChild<models::Desk *>();
        QVERIFY(desk);
        QTRY_VERIFY(!desk->reference().lostReasons); // the window has noticed
        QTest::keyClick(m_run->list(0), Qt::Key_L);
        gui::Chooser *chooser = nullptr;
        QTRY_VERIFY((chooser = m_run->find<gui::Chooser>("pipeline.lost")));
        QVERIFY(chooser->findChild<QLabel *>(u"pipeline.lost.hint"_s)->isVisible());
        auto *list = chooser->findChild<QListWidget *>();
        QCOMPARE(list->count(), 1); // without a reason
        QCOMPARE(m_run->stored(key).deal.status, DealStatus::Open);
        m_run->engine()->setWorkOffline(false);
        QVERIFY(await(m_run->engine()->syncNow({u"lostReasons"_s}, true)));
        QTRY_VERIFY(list->count() > 1);
        QTRY_VERIFY(!chooser->findChild<QLabel *>(u"pipeline.lost.hint"_s)->isVisible());
        const QString reason = list->item(0)->data(Qt::UserRole).toString();
        QVERIFY(m_run->choose("pipeline.lost", list->item(0)->text()));
        QTRY_VERIFY_WITH_TIMEOUT(m_run->stored(key).base.status == DealStatus::Lost && m_run->stored(key).deal.lostReason == reason, 15'000);
    }
};

QTEST_MAIN(TestDealCards)
#include "tst_dealcards.moc"
