// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profile.h"
#include "gui/desktopentries.h"
#include "core/task.h"
#include "sync/engine.h"

#include <QObject>
#include <QUrl>

#include <future>
#include <memory>

namespace outrigger::store {
class EarlyGlance;
}

namespace outrigger::gui {

class MainWindow;
class PracticeControl;
class PracticeHost;
class Settings;
struct LastPlace;

/// What the command line asked for.
struct AppOptions {
    QString profile;
    QUrl server;
    QUrl authorizeUrl;
    bool practice = false;
    bool offline = false;
    bool hidden = false; ///< no window until one is asked for
    QString uri;
    QString logLevel;
    QString token;         ///< OUTRIGGER_TOKEN
    LocationId location;   ///< OUTRIGGER_LOCATION
    QString practiceProgram; ///< empty: the one beside this program
    QStringList practiceArguments; ///< more for the practice server; tests make it small and quiet
    std::chrono::milliseconds undo{-1}; ///< negative: the person's setting
    QStringList problems; ///< what is wrong with the arguments, a sentence each
};

/// The program: makes the objects, joins them, shows the window before anything that can wait. The only place that
/// knows all layers.
class App : public QObject
{
    Q_OBJECT
public:
    App(AppOptions options, Profile profile);
    /// early: what lookEarly() began for the same options and profile.
    App(AppOptions options, Profile profile, std::unique_ptr<store::EarlyGlance> early);
    ~App() override;

    /// Options from arguments and environment.
    static AppOptions parse(const QStringList &arguments);
    static QString helpText();
    /// Begins to read what the window will show first. Needs no QApplication: the display is connected to meanwhile.
    /// after: when to begin, if that is not now; two threads beside the main one cost it more than they save.
    static std::unique_ptr<store::EarlyGlance> lookEarly(const AppOptions &options, const Profile &profile,
                                                         const std::shared_future<void> &after = {});

    void start();
    void openUri(const QString &uri);
    /// Drafts written, engine ended, practice server ended; then `finished`.
    void quit();
    MainWindow *window() const { return m_window.get(); }
    sync::Engine *engine() const { return m_engine.get(); }
    QUrl practiceServer() const { return m_practiceServer; }

Q_SIGNALS:
    void engineMade(outrigger::sync::Engine *engine); ///< after the first picture, before it starts
    void ready();    ///< the engine has started, or has said why it cannot
    void finished();

private:
    static Task<void> run(App *self);
    static Task<void> untilPainted(MainWindow *window);
    static Task<void> end(App *self);
    static Task<void> nameMe(App *self);
    void makeEngine();
    void applySettings();
    /// The place of the last run, when this run is about the same account.
    static LastPlace lastPlace(const Settings &settings, const AppOptions &options);
    void showPractice();

    AppOptions m_options;
    Profile m_profile;
    std::unique_ptr<Settings> m_settings;
    DesktopEntries m_entries;
    int m_undoSeconds; ///< as the outbox has them
    std::unique_ptr<store::EarlyGlance> m_glance; ///< reads while the window is made
    std::unique_ptr<PracticeHost> m_practice;
    std::unique_ptr<PracticeControl> m_control;
    QUrl m_practiceServer;
    std::unique_ptr<sync::Engine> m_engine;
    std::unique_ptr<MainWindow> m_window;
    QStringList m_links; ///< wait for the start
    bool m_started = false;
    bool m_ending = false;
    Task<void> m_running;
    Task<void> m_ends;
    Task<void> m_naming;
};

} // namespace outrigger::gui
