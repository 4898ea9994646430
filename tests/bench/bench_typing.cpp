// SPDX-License-Identifier: GPL-3.0-or-later
// From a key to its letter on the screen while contacts are synced in: bench_typing URL LOCATION DIR   (token in OUTRIGGER_TOKEN)
// Prints: p99 MS, max MS, keys N, and the same of the floor: a plain QPlainTextEdit with nothing synced.
// Keys come from another thread, so that a key which finds the GUI thread busy waits for it as a person's would.
#include "benchdata.h"
#include "core/profile.h"
#include "gui/composer.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "gui/style.h"
#include "models/desk.h"
#include "paintwatch.h"
#include "sync/engine.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <vector>

using namespace outrigger;

namespace {

constexpr int between = 45; // ms between two keys: faster than anybody types

/// Types into a field and measures each key from the moment it was pressed to the end of the paint that shows it.
class Typist : public QObject
{
public:
    explicit Typist(QPlainTextEdit *field) : m_field(field)
    {
        m_clock.start();
        field->viewport()->installEventFilter(this);
        QObject::connect(field, &QPlainTextEdit::textChanged, this, [this] { m_changed = true; });
    }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && std::exchange(m_changed, false))
            QMetaObject::invokeMethod(this, [this] { painted(); }, Qt::QueuedConnection);
        return false;
    }
    /// Until `ended`; at least `least` keys.
    std::vector<double> type(const std::function<bool()> &ended, int least)
    {
        m_each.clear();
        std::atomic<bool> go = true;
        const auto keyboard = std::unique_ptr<QThread>(QThread::create([this, &go] {
            static const QString words = QStringLiteral("thursday at half past two works well for me thanks ");
            for (int n = 0; go; ++n) {
                if (!m_waiting.exchange(true)) {
                    const QChar letter = words.at(n % words.size());
                    m_pressed = m_clock.nsecsElapsed();
                    const int key = letter == u' ' ? Qt::Key_Space : Qt::Key_A + letter.unicode() - 'a';
                    QCoreApplication::postEvent(m_field, new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier, QString(letter)));
                    QCoreApplication::postEvent(m_field, new QKeyEvent(QEvent::KeyRelease, key, Qt::NoModifier, QString(letter)));
                }
                QThread::msleep(between);
            }
        }));
        keyboard->start();
        bench::waitUntil([&] {
            if (m_field->document()->characterCount() > 300)
                m_field->clear();
            return ended() && static_cast<int>(m_each.size()) >= least;
        }, 120'000);
        go = false;
        keyboard->wait();
        return m_each;
    }

private:
    void painted()
    {
        if (m_waiting)
            m_each.push_back(static_cast<double>(m_clock.nsecsElapsed() - m_pressed) / 1e6);
        m_waiting = false;
    }
    QPlainTextEdit *m_field;
    QElapsedTimer m_clock;
    std::atomic<qint64> m_pressed = 0;
    std::atomic<bool> m_waiting = false;
    bool m_changed = false;
    std::vector<double> m_each;
};

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return -1;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

std::vector<double> floorKeys(int least)
{
    QPlainTextEdit field;
    field.resize(600, 90);
    field.show();
    Typist typist(&field);
    return typist.type([] { return true; }, least);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    gui::Style::install(&app);
    if (argc < 4)
        return 2;
    auto profile = Profile::open(QString::fromLocal8Bit(argv[3]), true);
    if (!profile || !profile->lock())
        return bench::gaveUp(__LINE__);
    sync::EngineOptions options;
    options.server = QUrl(QString::fromLocal8Bit(argv[1]));
    options.sessionToken = qEnvironmentVariable("OUTRIGGER_TOKEN");
    options.sessionLocation = LocationId(QString::fromLocal8Bit(argv[2]));
    options.pull = false;
    sync::Engine engine(*profile, options);
    if (!bench::await(engine.start()))
        return bench::gaveUp(__LINE__);
    models::Desk desk(&engine);
    gui::Settings settings(profile->settingsFile());
    QWidget window;
    gui::Actions actions(&window);
    gui::Composer composer(&desk, &settings, &actions, &window);
    window.resize(760, 300);
    composer.resize(760, 260);
    composer.setContact(bench::contact(7));
    window.show();
    auto *field = qobject_cast<QPlainTextEdit *>(composer.textField());
    if (!field)
        return bench::gaveUp(__LINE__);
    Typist typist(field);
    typist.type([] { return true; }, 20); // the first keys open the dictionary
    auto syncing = engine.syncNow({QStringLiteral("contacts")}, false);
    const auto ours = typist.type([&] { return syncing.done(); }, 60);
    if (!syncing.done() || !syncing.take())
        return bench::gaveUp(__LINE__);
    const auto theirs = floorKeys(static_cast<int>(ours.size()));
    std::printf("p99 %.2f max %.2f keys %zu floor_p99 %.2f floor_max %.2f\n", percentile(ours, 0.99), percentile(ours, 1), ours.size(),
                percentile(theirs, 0.99), percentile(theirs, 1));
    bench::await(engine.stop());
    return 0;
}
