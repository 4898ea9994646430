// SPDX-License-Identifier: GPL-3.0-or-later
// 10,000 open deals in one pipeline, and a second pipeline of 2,000: bench_board DIR ROUNDS
// Prints for each round, in ms: painted (asked for the board, all cards in view are there and painted), switch (to the
// other pipeline), drop (let go, painted in its new column), drag_p99 (a step of the pointer with a card, painted),
// refresh (10,000 deals written again that have not changed), floor (the keys and values of that many rows, read with
// SQLite alone), floor_paint (the board painted once more, nothing else).
//   bench_board DIR fill DEALS   makes a cache with so many deals, in a process of its own
//   bench_board DIR memory       shows that board, goes to the end of every column, and prints rss: MB of the process
#include "benchdata.h"
#include "gui/boardview.h"
#include "gui/dealcolumn.h"
#include "gui/keymap.h"
#include "gui/style.h"
#include "models/boardmodel.h"
#include "paintwatch.h"
#include "store/cache.h"

#include <QApplication>
#include <QDir>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <sqlite3.h>
#include <vector>

using namespace outrigger;

namespace {

constexpr int deals = 10'000;
constexpr int others = 2'000;

Pipeline pipeline(const QString &id, int stages)
{
    Pipeline p{PipelineId(id), id, {}};
    for (int i = 0; i < stages; ++i)
        p.stages.append({StageId(QStringLiteral("%1-%2").arg(id).arg(i)), QStringLiteral("Stage %1").arg(i + 1), 15.0 * i, {}});
    return p;
}

QVector<Opportunity> make(const Pipeline &of, int count)
{
    QVector<Opportunity> all;
    for (int i = 0; i < count; ++i) {
        Opportunity d;
        d.id = OpportunityId(QStringLiteral("%1-deal-%2").arg(of.id.value).arg(i));
        d.name = QStringLiteral("Deal number %1 of somebody").arg(i);
        d.contactName = QStringLiteral("Somebody %1").arg(i);
        d.value = 100.0 * (i % 300);
        d.pipeline = of.id;
        d.stage = of.stages.at(i % int(of.stages.size())).id;
        d.tags = {QStringLiteral("buyer"), QStringLiteral("hot lead")};
        d.createdAt = d.stageSince = d.updatedAt = bench::moment(i + 60);
        all.append(d);
    }
    return all;
}

double readAlone(const QString &file)
{
    QElapsedTimer timer;
    timer.start();
    sqlite3 *db = nullptr;
    sqlite3_open_v2(file.toUtf8().constData(), &db, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(db, "SELECT key, stage, value FROM opportunities WHERE pipeline='sales' AND status=0 ORDER BY moved_at DESC", -1, &statement, nullptr);
    qint64 sum = 0;
    while (sqlite3_step(statement) == SQLITE_ROW)
        sum += sqlite3_column_int64(statement, 2);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return sum > 0 ? bench::milliseconds(timer) : 0;
}

bool cardsAreThere(const models::BoardModel &board, const gui::BoardView &view)
{
    if (board.isLoading() || view.columnCount() == 0)
        return false;
    for (int i = 0; i < view.columnCount(); ++i) {
        auto *list = view.column(i)->list();
        const auto *column = board.column(i);
        const QModelIndex last = list->indexAt({20, list->viewport()->height() - 2});
        const int rows = last.isValid() ? last.row() + 1 : std::min(8, column->rowCount());
        for (int row = 0; row < rows; ++row) {
            if (!board.row(column->keyAt(row)))
                return false;
        }
    }
    return true;
}

Pipeline sales() { return pipeline(QStringLiteral("sales"), 6); }

int fill(store::Cache &cache, int count)
{
    return bench::await(cache.putDeals(bench::location, make(sales(), count), {})) ? 0 : bench::gaveUp(__LINE__);
}

/// As somebody who looks at every card once.
int showMemory(store::Cache &cache)
{
    QWidget window;
    gui::Actions actions(&window);
    window.resize(1440, 900);
    models::BoardModel board(&cache);
    gui::BoardView view(&board, &actions, &window);
    view.setGeometry(window.rect());
    window.show();
    BoardQuery query;
    query.location = bench::location;
    board.show(sales(), query);
    if (!bench::waitUntil([&] { return !board.isLoading() && cardsAreThere(board, view); }))
        return bench::gaveUp(__LINE__);
    window.repaint();
    for (int i = 0; i < view.columnCount(); ++i) {
        auto *list = view.column(i)->list();
        auto *bar = list->verticalScrollBar();
        for (int at = bar->minimum(); at < bar->maximum(); at += list->viewport()->height()) {
            bar->setValue(at);
            list->repaint();
            const QModelIndex top = list->indexAt({20, 2});
            if (top.isValid() && !bench::waitUntil([&] { return board.row(board.column(i)->keyAt(top.row())) != nullptr; }))
                return bench::gaveUp(__LINE__);
        }
    }
    std::printf("rss %.3f deals %d\n", double(bench::memory("VmRSS")) / 1024.0, board.total().deals);
    return 0;
}

int measure(store::Cache &cache, const QString &file, int rounds)
{
    const Pipeline hiring = pipeline(QStringLiteral("hiring"), 5);
    const auto all = make(sales(), deals);
    if (!bench::await(cache.putDeals(bench::location, all, {})) || !bench::await(cache.putDeals(bench::location, make(hiring, others), {})))
        return bench::gaveUp(__LINE__);
    QWidget window;
    gui::Actions actions(&window);
    window.resize(1440, 900);
    for (int round = 0; round < rounds; ++round) {
        models::BoardModel board(&cache);
        gui::BoardView view(&board, &actions, &window);
        view.setGeometry(window.rect());
        window.show();
        view.show();
        BoardQuery query;
        query.location = bench::location;
        const auto shownFully = [&](const Pipeline &which) {
            QElapsedTimer timer;
            timer.start();
            board.show(which, query);
            if (!bench::waitUntil([&] { return cardsAreThere(board, view); }))
                return -1.0;
            window.repaint();
            return bench::milliseconds(timer);
        };
        const double painted = shownFully(sales());
        const double switched = shownFully(hiring);
        if (painted < 0 || switched < 0 || shownFully(sales()) < 0)
            return bench::gaveUp(__LINE__);
        QElapsedTimer timer;
        timer.start();
        window.repaint();
        const double floorPaint = bench::milliseconds(timer);
        // The pointer takes the first card and goes across the board.
        auto *list = view.column(0)->list();
        const qint64 key = board.column(0)->keyAt(0);
        QPoint at = list->visualRect(board.column(0)->index(0, 0)).center();
        const auto send = [&](QEvent::Type type, const QPoint &where, Qt::MouseButton button, Qt::MouseButtons held) {
            QMouseEvent event(type, where, list->viewport()->mapToGlobal(where), button, held, Qt::NoModifier);
            QApplication::sendEvent(list->viewport(), &event);
        };
        send(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
        std::vector<double> frames;
        for (int step = 0; step < 200; ++step) {
            at += QPoint(step < 100 ? 5 : -3, step % 3);
            timer.start();
            send(QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton);
            QCoreApplication::processEvents();
            frames.push_back(bench::milliseconds(timer));
        }
        send(QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
        std::sort(frames.begin(), frames.end());
        const StageId target = sales().stages.at(2).id;
        timer.start();
        board.moveAhead(key, target);
        window.repaint();
        const double drop = bench::milliseconds(timer);
        board.settle(key);
        timer.start();
        if (!bench::await(cache.putDeals(bench::location, all, {})))
            return bench::gaveUp(__LINE__);
        const double refresh = bench::milliseconds(timer);
        std::printf("painted %.3f switch %.3f drop %.3f drag_p99 %.3f refresh %.3f floor %.3f floor_paint %.3f\n", painted, switched, drop,
                    frames.at(frames.size() * 99 / 100), refresh, readAlone(file), floorPaint);
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 3)
        return 2;
    QDir().mkpath(QString::fromLocal8Bit(argv[1]));
    const QString file = QString::fromLocal8Bit(argv[1]) + QStringLiteral("/cache.sqlite");
    store::Cache cache(file);
    if (!bench::await(cache.open()))
        return bench::gaveUp(__LINE__);
    if (const QByteArray what = argv[2]; what == "fill")
        return argc > 3 ? fill(cache, std::atoi(argv[3])) : 2;
    else if (what == "memory")
        return showMemory(cache);
    return measure(cache, file, std::atoi(argv[2]));
}
