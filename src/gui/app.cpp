// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app.h"

#include "auth/signin.h"
#include "core/log.h"
#include "gui/window.h"
#include "gui/practicecontrol.h"
#include "gui/practicehost.h"
#include "gui/settings.h"
#include "store/glance.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QProcess>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr auto firstPicturePatience = std::chrono::milliseconds(500);

/// What the desktop has to start to get this profile again.
DesktopEntries entriesOf(const AppOptions &options, const Profile &profile)
{
    QStringList arguments;
    QStringList key;
    if (options.practice) {
        arguments.append(u"--practice"_s);
        key.append(u"practice"_s);
    }
    if (!options.profile.isEmpty()) {
        arguments << u"--profile"_s << profile.root();
        key.append(profile.id());
    }
    return {QCoreApplication::applicationFilePath(), arguments, key.join(u'-')};
}
} // namespace

App::App(AppOptions options, Profile profile) : App(options, profile, lookEarly(options, profile))
{
}

App::App(AppOptions options, Profile profile, std::unique_ptr<store::EarlyGlance> early)
    : m_options(std::move(options)), m_profile(std::move(profile)),
      m_settings(std::make_unique<Settings>(m_profile.settingsFile())), m_entries(entriesOf(m_options, m_profile)),
      m_undoSeconds(m_settings->undoSeconds()), m_glance(std::move(early)),
      m_links(m_options.uri.isEmpty() ? QStringList() : QStringList(m_options.uri))
{
}

std::unique_ptr<store::EarlyGlance> App::lookEarly(const AppOptions &options, const Profile &profile, const std::shared_future<void> &after)
{
    const LastPlace last = lastPlace(Settings(profile.settingsFile()), options);
    InboxQuery query;
    query.location = last.location;
    query.me = last.me;
    query.now = QDateTime::currentDateTimeUtc();
    return std::make_unique<store::EarlyGlance>(profile.cacheFile(), query, after);
}

App::~App()
{
    m_running.cancel();
    m_naming.cancel();
    m_ends.cancel();
    m_window.reset();
    m_engine.reset();
}

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(App::tr("The desktop companion for HighLevel."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"profile"_s, App::tr("Everything of this run lives under this folder."), u"folder"_s},
        {u"server"_s, App::tr("API base. Plain http is accepted for this computer only."), u"url"_s},
        {u"authorize-url"_s, App::tr("Consent page of a white-label agency."), u"url"_s},
        {u"practice"_s, App::tr("Work with a practice account: nothing leaves this computer.")},
        {u"offline"_s, App::tr("Start without touching the network.")},
        {u"open"_s, App::tr("Open a tel:, sms: or outrigger: link. Links never send."), u"uri"_s},
        {u"hidden"_s, App::tr("Start without a window: Outrigger waits in the tray, or for a second start.")},
        {u"log-level"_s, App::tr("error, warning, info or debug."), u"level"_s},
    });
    parser.addPositionalArgument(u"uri"_s, App::tr("The same as --open."), u"[uri]"_s);
}

bool acceptable(const QUrl &url)
{
    const bool loopback = url.host() == "127.0.0.1"_L1 || url.host() == "::1"_L1 || url.host() == "localhost"_L1;
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && loopback));
}

} // namespace

QString App::helpText()
{
    QCommandLineParser parser;
    addOptions(parser);
    return parser.helpText();
}

AppOptions App::parse(const QStringList &arguments)
{
    AppOptions options;
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        options.problems.append(parser.errorText());
    const auto address = [&](const QString &option, const char *variable) {
        const QString text = parser.isSet(option) ? parser.value(option) : qEnvironmentVariable(variable);
        const QUrl url(text, QUrl::StrictMode);
        if (!text.isEmpty() && !acceptable(url))
            options.problems.append(tr("--%1 needs an https address (plain http only for this computer).").arg(option));
        return url;
    };
    options.profile = parser.value(u"profile"_s);
    options.server = address(u"server"_s, "OUTRIGGER_SERVER");
    options.authorizeUrl = address(u"authorize-url"_s, "OUTRIGGER_AUTHORIZE_URL");
    options.practice = parser.isSet(u"practice"_s);
    options.offline = parser.isSet(u"offline"_s);
    options.hidden = parser.isSet(u"hidden"_s);
    options.logLevel = parser.value(u"log-level"_s);
    options.token = qEnvironmentVariable("OUTRIGGER_TOKEN");
    options.location = LocationId(qEnvironmentVariable("OUTRIGGER_LOCATION"));
    QStringList links = parser.values(u"open"_s) + parser.positionalArguments();
    if (links.size() > 1)
        options.problems.append(tr("Only one link can be opened at a time."));
    options.uri = links.value(0);
    return options;
}

void App::start()
{
    if (m_options.practice) {
        if (m_options.practiceProgram.isEmpty())
            m_options.practiceProgram = PracticeHost::programBeside(QCoreApplication::applicationFilePath());
        m_practice = std::make_unique<PracticeHost>(m_options.practiceProgram, m_profile.path(u"practice.json"_s), m_options.practiceArguments);
        connect(m_practice.get(), &PracticeHost::died, this, [this] {
            if (m_window && !m_ending)
                m_window->showProblem(tr("The practice account has ended by itself."), tr("Start Outrigger again."));
        });
    } else {
        makeEngine();
    }
    m_running = run(this);
}

void App::makeEngine()
{
    sync::EngineOptions options;
    options.offline = m_options.offline;
    options.server = m_options.server;
    options.authorizeUrl = m_options.authorizeUrl;
    options.sessionToken = m_options.token;
    options.sessionLocation = m_options.location;
    options.outbox.undo = m_options.undo.count() >= 0 ? m_options.undo : std::chrono::seconds(m_undoSeconds);
    m_engine = std::make_unique<sync::Engine>(m_profile, options);
    m_window = std::make_unique<MainWindow>(m_engine.get(), m_settings.get(), m_options.practice);
    m_window->setDesktopEntries(&m_entries);
    connect(m_settings.get(), &Settings::changed, this, &App::applySettings);
    // The rows of the last place are painted before the account, the network and the keychain are asked for anything.
    const LastPlace last = lastPlace(*m_settings, m_options);
    const auto glance = m_glance ? m_glance->take() : std::nullopt;
    m_glance.reset();
    if (glance && glance->query.location == last.location)
        m_window->showGlance(*glance, last.timezone);
    if (!last.location.isEmpty()) {
        connect(m_engine.get(), &sync::Engine::cacheReady, this,
                [this, last] { m_window->showPlace(last.location, last.me, last.timezone); });
    }
    connect(m_window.get(), &MainWindow::quitRequested, this, &App::quit);
    connect(m_window.get(), &MainWindow::practiceWanted, this, &App::showPractice);
    if (m_options.hidden)
        m_window->startHidden();
    else
        m_window->show();
}

/// The window follows the settings by itself; the outbox knows nothing of them.
void App::applySettings()
{
    const int seconds = m_settings->undoSeconds();
    if (std::exchange(m_undoSeconds, seconds) != seconds)
        m_engine->outbox().setUndo(std::chrono::seconds(seconds));
}

/// The first picture comes before the engine: databases, keychain and TLS would cost it a third of its time. A window
/// that is not shown (minimised, another desktop) does not hold the engine up.
Task<void> App::untilPainted(MainWindow *window)
{
    Deferred<bool> painted;
    const auto resolve = painted.resolver();
    QTimer patience;
    patience.setSingleShot(true);
    connect(window, &MainWindow::firstPainted, &patience, [resolve] { resolve(true); });
    connect(&patience, &QTimer::timeout, &patience, [resolve] { resolve(false); });
    patience.start(firstPicturePatience);
    co_await painted;
}

LastPlace App::lastPlace(const Settings &settings, const AppOptions &options)
{
    const LastPlace last = settings.lastPlace();
    return options.location.isEmpty() || options.location == last.location ? last : LastPlace{};
}

Task<void> App::run(App *self)
{
    if (self->m_practice) {
        auto starting = self->m_practice->start();
        const auto place = co_await starting;
        if (place) {
            self->m_options.server = place->server;
            self->m_options.token = place->token;
            self->m_options.location = place->location;
            self->m_practiceServer = place->server;
        }
        self->makeEngine();
        if (place) {
            self->m_control = std::make_unique<PracticeControl>(place->server);
            self->m_window->setPracticeControl(self->m_control.get());
        } else {
            self->m_window->showProblem(place.error().message, {});
        }
    }
    auto painting = untilPainted(self->m_window.get());
    co_await painting;
    Q_EMIT self->engineMade(self->m_engine.get());
    auto starting = self->m_engine->start();
    const Status started = co_await starting;
    self->m_started = true;
    if (!started) {
        self->m_window->showProblem(started.error().message, started.error().kind == ErrorKind::StorageFull
                                                                 ? tr("Free some space on the disk and start again.")
                                                                 : tr("Start Outrigger again, or choose another profile."));
        if (self->m_options.hidden)
            self->m_window->comeForward(); // nobody would know
    } else if (self->m_practice) {
        self->m_naming = nameMe(self);
    }
    Q_EMIT self->ready();
    const QStringList links = std::exchange(self->m_links, {});
    for (const QString &link : links)
        self->openUri(link);
}

/// The practice account has no sign-in page, so the person is the one that fits best, or the first of its users.
Task<void> App::nameMe(App *self)
{
    auto account = self->m_engine->account();
    if (!account)
        co_return;
    const LastPlace last = self->m_settings->lastPlace();
    Account named = *account;
    named.practice = true;
    named.name = tr("Practice account");
    if (last.location == named.location && !last.me.isEmpty()) {
        named.me = last.me;
        named.timezone = last.timezone;
        named.locationName = last.locationName;
    } else {
        auth::SignIn signIn(self->m_options.server, &self->m_engine->vault(), self->m_engine->options().versions);
        auto checking = signIn.check(self->m_options.token, named.location);
        const auto report = co_await checking;
        if (!report)
            co_return;
        named.me = report->guess;
        if (named.me.isEmpty() && !report->users.isEmpty())
            named.me = report->users.first().id;
        named.timezone = report->location.timezone;
        named.country = report->location.country;
        named.locationName = report->location.name;
    }
    auto updating = self->m_engine->updateAccount(named);
    co_await updating;
}

void App::openUri(const QString &uri)
{
    if (!m_started || !m_window) {
        m_links.append(uri); // an empty one, too: somebody wants to see the window
        return;
    }
    m_window->openUri(uri);
}

/// The practice account has a profile of its own, so it is a start of its own.
void App::showPractice()
{
    QStringList arguments{u"--practice"_s};
    if (!m_options.profile.isEmpty())
        arguments << u"--profile"_s << m_options.profile + u"/practice"_s;
    if (QProcess::startDetached(QCoreApplication::applicationFilePath(), arguments))
        quit();
    else
        m_window->showProblem(tr("The practice account could not be started."), tr("Start Outrigger with --practice."));
}

void App::quit()
{
    if (m_ending)
        return;
    m_ending = true;
    m_ends = end(this);
}

Task<void> App::end(App *self)
{
    if (self->m_window)
        self->m_window->hide();
    if (self->m_engine) {
        auto stopping = self->m_engine->stop();
        co_await stopping;
    }
    if (self->m_practice) {
        auto stopping = self->m_practice->stop();
        co_await stopping;
    }
    QMetaObject::invokeMethod(self, &App::finished, Qt::QueuedConnection);
}

} // namespace outrigger::gui
