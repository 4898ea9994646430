// SPDX-License-Identifier: GPL-3.0-or-later
#include "boardrun.h"

#include "gui/dealcharts.h"
#include "gui/dealpanel.h"
#include "gui/dealtable.h"
#include "gui/keymap.h"
#include "models/dealtablemodel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableWidget>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using models::DealTableModel;

/// The deals of a pipeline as a list and as charts: the same deals, the same filters, the same keys.
class TestDealList : public QObject
{
    Q_OBJECT
    std::unique_ptr<BoardRun> m_run;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    sync::Engine *engine() const { return m_run->engine(); }
    gui::PipelinePage *page() const { return m_run->page(); }
    gui::BoardView *board() const { return m_run->board(); }
    models::BoardModel *model() const { return m_run->model(); }
    gui::DealTable *table() const { return m_run->find<gui::DealTable>("pipeline.table"); }
    DealTableModel *rows() const { return page()->findChild<DealTableModel *>(); }
    QString cell(int row, int column) const { return rows()->index(row, column).data(Qt::DisplayRole).toString(); }
    DealRow stored(qint64 key) const { return m_run->stored(key); }
    void view(const char *name) { m_run->find<QToolButton>(name)->click(); }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<BoardRun>();
        if (!QFile::exists(m_run->options.practiceProgram))
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->openBoard());
        view("pipeline.view.list");
        QVERIFY(table() && table()->isVisible());
        m_tester = std::make_unique<QAbstractItemModelTester>(rows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void init()
    {
        if (!m_run || !m_run->app)
            QSKIP("The practice server is not built.");
        if (!table()->isVisible())
            view("pipeline.view.list");
        QTRY_COMPARE(rows()->rowCount(), model()->total().deals);
    }
    void cleanup()
    {
        m_run->closeDialogs();
        m_run->find<QLineEdit>("pipeline.filter")->clear();
    }
    void cleanupTestCase()
    {
        m_tester.reset();
        m_run.reset();
    }

    void theListHoldsTheBoardsDealsInTheOrderOfTheStages()
    {
        QTRY_VERIFY(!cell(0, DealTableModel::Stage).isEmpty());
        QCOMPARE(cell(0, DealTableModel::Stage), u"New lead"_s);
        QVERIFY(rows()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"New lead"_s));
        table()->sortByColumn(DealTableModel::Value, Qt::DescendingOrder);
        QTRY_VERIFY(rows()->row(rows()->keyAt(0)) && rows()->row(rows()->keyAt(1)) && rows()->query().by == DealField::Value);
        QTRY_VERIFY(rows()->row(rows()->keyAt(0))->deal.value >= rows()->row(rows()->keyAt(1))->deal.value);
        table()->sortByColumn(DealTableModel::Stage, Qt::AscendingOrder);
        QTRY_COMPARE(cell(0, DealTableModel::Stage), u"New lead"_s);
    }

    void theSameFiltersHold()
    {
        QTRY_VERIFY(rows()->row(rows()->keyAt(0)));
        const QString name = rows()->row(rows()->keyAt(0))->deal.name;
        const int before = rows()->rowCount();
        m_run->find<QLineEdit>("pipeline.filter")->setText(name);
        QTRY_VERIFY(rows()->rowCount() > 0 && rows()->rowCount() < before);
        m_run->find<QLineEdit>("pipeline.filter")->setText(u"nobody has this name"_s);
        QTRY_VERIFY(m_run->find<QWidget>("pipeline.empty")->isVisible());
        m_run->find<QLineEdit>("pipeline.filter")->clear();
        QTRY_COMPARE(rows()->rowCount(), before);
        QVERIFY(table()->isVisible());
    }

    void theKeysMoveAndOpenAsOnTheBoard()
    {
        table()->setFocus();
        table()->setCurrentIndex(rows()->index(0, 0));
        QTRY_VERIFY(rows()->row(rows()->keyAt(0)));
        const qint64 key = rows()->keyAt(0);
        const StageId next = model()->column(1)->stage();
        QTest::keyClick(table(), Qt::Key_Right, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(stored(key).mark == DealMark::None && stored(key).base.stage == next, 15'000);
        table()->goTo(key);
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_VERIFY(m_run->find<gui::DealPanel>("deal.page") && m_run->find<gui::DealPanel>("deal.page")->isVisible());
        QCOMPARE(m_run->find<gui::DealPanel>("deal.page")->row().key, key);
        m_run->find<QToolButton>("deal.page.close")->click();
        QTest::keyClick(m_run->window(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(stored(key).base.stage == model()->column(0)->stage(), 15'000);
    }

    void severalRowsAreMovedTogether()
    {
        table()->sortByColumn(DealTableModel::Stage, Qt::AscendingOrder);
        QTRY_COMPARE(cell(0, DealTableModel::Stage), u"New lead"_s);
        table()->selectionModel()->select(QItemSelection(rows()->index(0, 0), rows()->index(2, 0)), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        const QVector<qint64> keys = table()->tickedKeys();
        QCOMPARE(keys.size(), 3);
        QTRY_VERIFY(m_run->find<QWidget>("pipeline.bar")->isVisible());
        page()->run(gui::Command::DealMove);
        gui::Chooser *chooser = nullptr;
        QTRY_VERIFY((chooser = m_run->find<gui::Chooser>("pipeline.stages")));
        Q_EMIT chooser->chosen(model()->column(4)->stage().value);
        chooser->close();
        for (const qint64 key : keys)
            QTRY_VERIFY_WITH_TIMEOUT(stored(key).mark == DealMark::None && stored(key).base.stage == model()->column(4)->stage(), 15'000);
    }

    void columnsAreChosenAndKept()
    {
        QVERIFY(table()->isColumnHidden(DealTableModel::Source));
        table()->showColumnMenu();
        auto *menu = table()->findChild<QMenu *>(u"pipeline.columns.menu"_s);
        QVERIFY(menu);
        menu->findChild<QAction *>(u"pipeline.columns.source"_s)->setChecked(true);
        menu->close();
        QVERIFY(!table()->isColumnHidden(DealTableModel::Source));
        QVERIFY(table()->shownColumns().contains(DealTableModel::Source));
    }

    void whatIsShownIsExportedWithItsNames()
    {
        page()->run(gui::Command::DealExport);
        QFileDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_run->find<QFileDialog>("pipeline.export.file")));
        const QString path = m_run->profile.filePath(u"deals.csv"_s);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QCOMPARE(text.count(u"\r\n"_s), rows()->rowCount() + 1);
        QVERIFY(text.section(u"\r\n"_s, 0, 0).contains(u"stage"_s));
        QVERIFY(text.contains(u"New lead"_s));
    }

    void theChartsCanBeReadAsTables()
    {
        view("pipeline.view.charts");
        auto *charts = m_run->find<gui::DealCharts>("pipeline.charts");
        QVERIFY(charts->isVisible());
        auto *stages = m_run->find<QTableWidget>("pipeline.charts.stages");
        QTRY_COMPARE(stages->rowCount(), 7); // six, and all together
        for (int row = 0; row < 6; ++row)
            QCOMPARE(stages->item(row, 1)->text(), QLocale().toString(model()->sum(row).deals));
        QCOMPARE(stages->item(6, 1)->text(), QLocale().toString(model()->total().deals));
        QVERIFY(stages->item(0, 0)->data(Qt::AccessibleTextRole).toString().startsWith(u"New lead, "_s));
        auto *funnel = m_run->find<gui::BarChart>("pipeline.charts.funnel");
        QVERIFY(funnel->accessibleDescription().contains(u"New lead: "_s));
        auto *months = m_run->find<QTableWidget>("pipeline.charts.won");
        QCOMPARE(months->rowCount(), 7); // six months and what is expected
        QVERIFY(!months->item(6, 2)->text().isEmpty());
        QVERIFY(!charts->grab().isNull());
        QVERIFY(m_run->find<QLabel>("pipeline.charts.summary")->text().contains(u"won"_s));
        page()->run(gui::Command::BoardNextView); // and round to the board
        QVERIFY(board()->isVisible());
    }
};

QTEST_MAIN(TestDealList)
#include "tst_deallist.moc"
