// SPDX-License-Identifier: GPL-3.0-or-later
// The longest time that the GUI thread does not answer while contacts are synced in and somebody scrolls:
// bench_gap URL LOCATION DIR   (token in OUTRIGGER_TOKEN)
// Prints: p99 MS, max MS, gaps N, and the same of the floor: the same table scrolled for as long with nothing synced.
// busy MS is the longest time that the thread itself computed between two beats: the rest of a gap is other programs,
// which a machine with more cores than work would not have in the way.
#include "benchdata.h"
#include "core/profile.h"
#include "gui/celldelegate.h"
#include "gui/style.h"
#include "models/contactsmodel.h"
#include "paintwatch.h"
#include "store/cache.h"
#include "sync/engine.h"

#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>
#include <QTimeZone>

#include <algorithm>
#include <ctime>
#include <vector>

using namespace outrigger;

namespace {

/// Beats as often as the loop allows; the time between two beats beyond the interval is time the thread was busy.
class Heartbeat : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double gap = bench::milliseconds(m_since) - 1.0;
            m_since.restart();
            gaps.push_back(std::max(0.0, gap));
            const double cpu = threadTime();
            busiest = std::max(busiest, cpu - m_cpu);
            m_cpu = cpu;
        });
    }
    void start()
    {
        gaps.clear();
        busiest = 0;
        m_cpu = threadTime();
        m_since.start();
        m_timer.start();
    }
    void stop() { m_timer.stop(); }
    double percentile(double share)
    {
        if (gaps.empty())
            return -1;
        std::sort(gaps.begin(), gaps.end());
        return gaps[std::min(gaps.size() - 1, static_cast<std::size_t>(share * static_cast<double>(gaps.size())))];
    }
    std::vector<double> gaps;
    double busiest = 0;

private:
    static double threadTime()
    {
        timespec now = {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }
    double m_cpu = 0;
    QTimer m_timer;
    QElapsedTimer m_since;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 4)
        return 2;
    auto profile = Profile::open(QString::fromLocal8Bit(argv[3]));
    if (!profile || !profile->lock())
        return bench::gaveUp(__LINE__);
    const LocationId location(QString::fromLocal8Bit(argv[2]));
    sync::EngineOptions options;
    options.server = QUrl(QString::fromLocal8Bit(argv[1]));
    options.sessionToken = qEnvironmentVariable("OUTRIGGER_TOKEN");
    options.sessionLocation = location;
    options.pull = false;
    sync::Engine engine(*profile, options);
    if (!bench::await(engine.start()))
        return bench::gaveUp(__LINE__);

    models::ContactsModel model(&engine.cache());
    model.setLocation(location, QStringLiteral("US"), QTimeZone::utc());
    QTableView view;
    view.setModel(&model);
    view.setItemDelegate(new gui::CellDelegate(&view)); // as on the contacts page
    view.verticalHeader()->hide();
    view.setWordWrap(false);
    view.resize(1100, 760);
    view.show();
    QTimer scroller;
    scroller.setTimerType(Qt::PreciseTimer);
    scroller.setInterval(16);
    int direction = 1;
    QObject::connect(&scroller, &QTimer::timeout, &view, [&] {
        auto *bar = view.verticalScrollBar();
        if (bar->value() >= bar->maximum())
            direction = -1;
        if (bar->value() <= bar->minimum())
            direction = 1;
        bar->setValue(bar->value() + 3 * direction);
    });
    if (!bench::await(engine.syncNow({QStringLiteral("users")}, false)))
        return bench::gaveUp(__LINE__);

    Heartbeat heart;
    scroller.start();
    QElapsedTimer timer;
    timer.start();
    heart.start();
    const auto done = bench::await(engine.syncNow({QStringLiteral("contacts")}, false));
    heart.stop();
    const qint64 took = timer.elapsed();
    if (!done)
        return bench::gaveUp(__LINE__);
    const double p99 = heart.percentile(0.99);
    const double longest = heart.percentile(1.0);
    const auto beats = heart.gaps.size();
    const double busiest = heart.busiest;
    if (!bench::waitUntil([&] { return model.rowCount() > 1000; }))
        return bench::gaveUp(__LINE__);
    timer.restart();
    heart.start();
    bench::waitUntil([&] { return timer.elapsed() > took; }, static_cast<int>(took) + 1000);
    heart.stop();
    std::printf("p99 %.2f max %.2f busy %.2f beats %zu floor_p99 %.2f floor_max %.2f rows %d took %lld\n", p99, longest, busiest, beats,
                heart.percentile(0.99), heart.percentile(1.0), model.rowCount(), static_cast<long long>(took));
    bench::await(engine.stop());
    return 0;
}
