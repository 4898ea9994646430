// SPDX-License-Identifier: GPL-3.0-or-later
// From Enter to durable and to the painted bubble: bench_compose PROFILE_DIR ROUNDS
// Prints for each round: durable MS, painted MS, floor MS. The floor commits a row of the same size with the SQLite C
// API, WAL and synchronous FULL, and appends a line of the same size to a file with fdatasync, on the same disk.
#include "benchdata.h"
#include "core/profile.h"
#include "core/ulid.h"
#include "gui/style.h"
#include "gui/threadview.h"
#include "models/threadmodel.h"
#include "paintwatch.h"
#include "store/ledger.h"
#include "sync/outbox.h"

#include <QApplication>
#include <QTimeZone>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

using namespace outrigger;

namespace {

class DurableFloor
{
public:
    explicit DurableFloor(const QString &dir)
    {
        sqlite3_open((dir + QStringLiteral("/floor.sqlite")).toLocal8Bit().constData(), &m_db);
        sqlite3_exec(m_db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS r(id INTEGER PRIMARY KEY, t TEXT)",
                     nullptr, nullptr, nullptr);
        sqlite3_prepare_v2(m_db, "INSERT INTO r(t) VALUES(?)", -1, &m_insert, nullptr);
        m_file = ::open((dir + QStringLiteral("/floor.journal")).toLocal8Bit().constData(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    }
    ~DurableFloor()
    {
        sqlite3_finalize(m_insert);
        sqlite3_close(m_db);
        ::close(m_file);
    }
    double once()
    {
        const QByteArray text(900, 'x');
        QElapsedTimer timer;
        timer.start();
        sqlite3_bind_text(m_insert, 1, text.constData(), static_cast<int>(text.size()), SQLITE_STATIC);
        sqlite3_step(m_insert);
        sqlite3_reset(m_insert);
        if (::write(m_file, text.constData(), static_cast<size_t>(text.size())) < 0 || ::fdatasync(m_file) != 0)
            return -1;
        return bench::milliseconds(timer);
    }

private:
    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_insert = nullptr;
    int m_file = -1;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 3)
        return 2;
    auto profile = Profile::open(QString::fromLocal8Bit(argv[1]));
    if (!profile)
        return bench::gaveUp(__LINE__);
    store::Cache cache(profile->cacheFile());
    store::Ledger ledger(profile->outboxFile(), profile->journalFile());
    if (!bench::await(cache.open()) || !bench::await(ledger.open()))
        return bench::gaveUp(__LINE__);
    sync::Outbox outbox(&ledger, &cache);
    if (!bench::await(outbox.start(false)))
        return bench::gaveUp(__LINE__);
    const auto accounts = bench::await(ledger.accounts());
    const auto row = bench::await(cache.conversation(bench::location, bench::conversation(0).id));
    if (!accounts || accounts->isEmpty() || !row || !*row)
        return bench::gaveUp(__LINE__);

    models::ThreadModel model(&cache);
    gui::ThreadView view;
    view.setModel(&model);
    view.resize(760, 760);
    view.show();
    model.open((**row).key, QTimeZone::utc(), 0, QStringLiteral("Sarah"));
    bool opened = false;
    QObject::connect(&model, &models::ThreadModel::opened, &app, [&] { opened = true; });
    if (!bench::waitUntil([&] { return opened; }))
        return bench::gaveUp(__LINE__);
    bench::PaintWatch watch(view.viewport());
    DurableFloor floor(profile->root());

    for (int round = 0; round < std::atoi(argv[2]); ++round) {
        MessageDraft draft;
        draft.contactId = (**row).contactId;
        draft.conversationId = (**row).id;
        draft.body = QStringLiteral("Thursday at half past two works well for me, round %1").arg(round);
        int rowsBefore = model.rowCount();
        int paints = -1;
        QElapsedTimer timer;
        timer.start();
        auto submit = outbox.submitMessage(accounts->first(), draft, {});
        double durable = -1;
        double painted = -1;
        if (!bench::waitUntil([&] {
                if (submit.done() && durable < 0)
                    durable = bench::milliseconds(timer);
                if (model.rowCount() > rowsBefore && paints < 0)
                    paints = watch.count;
                if (paints >= 0 && watch.count > paints && painted < 0)
                    painted = bench::milliseconds(timer);
                return durable >= 0 && painted >= 0;
            }))
            return bench::gaveUp(__LINE__);
        const auto record = submit.take();
        std::printf("durable %.3f painted %.3f floor %.3f\n", durable, painted, floor.once());
        if (!record || !bench::await(outbox.cancel(*record)) || !bench::waitUntil([&] { return model.rowCount() == rowsBefore; }))
            return bench::gaveUp(__LINE__);
    }
    return 0;
}
