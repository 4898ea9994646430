// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a conversation and going back in it: bench_thread CACHE_FILE ROUNDS
// Prints: open MS, switch MS (read ahead), floor MS, older MS for each round. The floor reads the same rows with the SQLite C API and paints
// their texts into a picture of the same size.
#include "benchdata.h"
#include "paintwatch.h"
#include "gui/style.h"
#include "gui/threadview.h"
#include "models/threadahead.h"
#include "models/threadmodel.h"

#include <QApplication>
#include <QPainter>
#include <QTimeZone>

#include <sqlite3.h>

using namespace outrigger;

namespace {

double floorMs(const char *file, qint64 conversationKey)
{
    QElapsedTimer timer;
    sqlite3 *db = nullptr;
    if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
        return -1;
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(db, "SELECT body FROM messages WHERE conversation=? ORDER BY date DESC LIMIT 60", -1, &statement, nullptr);
    timer.start();
    QStringList texts;
    sqlite3_bind_int64(statement, 1, conversationKey);
    while (sqlite3_step(statement) == SQLITE_ROW)
        texts.append(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, 0))));
    QImage picture(760, 760, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&picture);
    picture.fill(Qt::white);
    for (int i = 0; i < texts.size(); ++i)
        painter.drawText(QRect(8, (i % 14) * 54, 500, 48), Qt::TextWordWrap, texts.at(i));
    painter.end();
    const double result = bench::milliseconds(timer);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return texts.isEmpty() ? -1 : result;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 3)
        return 2;
    store::Cache cache(QString::fromLocal8Bit(argv[1]));
    if (!bench::await(cache.open()))
        return bench::gaveUp(__LINE__);
    const auto row = bench::await(cache.conversation(bench::location, bench::conversation(0).id));
    const auto other = bench::await(cache.conversation(bench::location, bench::conversation(1).id));
    if (!row || !*row || !other || !*other)
        return bench::gaveUp(__LINE__);

    models::ThreadModel model(&cache);
    gui::ThreadView view;
    view.setModel(&model);
    view.resize(760, 760);
    view.show();
    bool opened = false;
    int older = -1;
    QObject::connect(&model, &models::ThreadModel::olderLoaded, &app, [&](int rows) { older = rows; });
    bench::PaintWatch watch(view.viewport());
    int before = 0; // a paint before the rows came does not count
    QObject::connect(&model, &models::ThreadModel::opened, &app, [&] {
        opened = true;
        before = watch.count;
    });

    for (int round = 0; round < std::atoi(argv[2]); ++round) {
        opened = false;
        model.open((**other).key, QTimeZone::utc(), 0, QStringLiteral("Other"));
        if (!bench::waitUntil([&] { return opened; }))
            return bench::gaveUp(__LINE__);
        opened = false;
        watch.count = 0;
        QElapsedTimer timer;
        timer.start();
        model.open((**row).key, QTimeZone::utc(), 0, QStringLiteral("Sarah"));
        if (!bench::waitUntil([&] { return opened && watch.count > before; }))
            return bench::gaveUp(__LINE__);
        const double openMs = bench::milliseconds(timer);
        // The same conversation once more, after the other one, with its newest page read ahead.
        opened = false;
        model.open((**other).key, QTimeZone::utc(), 0, QStringLiteral("Other"));
        if (!bench::waitUntil([&] { return opened; }))
            return bench::gaveUp(__LINE__);
        models::ThreadAhead ahead(&cache);
        ahead.want({**row});
        if (!bench::waitUntil([&] { return ahead.page((**row).key).has_value(); }))
            return bench::gaveUp(__LINE__);
        opened = false;
        watch.count = 0;
        timer.restart();
        model.open((**row).key, QTimeZone::utc(), 0, QStringLiteral("Sarah"), *ahead.page((**row).key));
        if (!bench::waitUntil([&] { return opened && watch.count > 0; }))
            return bench::gaveUp(__LINE__);
        const double switchMs = bench::milliseconds(timer);
        older = -1;
        timer.restart();
        model.loadOlder();
        if (!bench::waitUntil([&] { return older >= 0; }))
            return bench::gaveUp(__LINE__);
        view.viewport()->repaint();
        const double olderMs = bench::milliseconds(timer);
        std::printf("open %.3f switch %.3f floor %.3f older %.3f\n", openMs, switchMs, floorMs(argv[1], (**row).key), olderMs);
    }
    return 0;
}
