// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/accountline.h"

#include "sync/apicourier.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

using api::NetworkState;
using auth::SessionState;

namespace {

constexpr auto clockTolerance = 2min;
constexpr auto longestLookAround = 15s;

bool isDown(NetworkState state)
{
    return state == NetworkState::Offline || state == NetworkState::Portal;
}

/// A token of this run leaves no trace on the disk.
Task<Status> keepNothing(Account)
{
    co_return Status{};
}

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Engine)
};

} // namespace

AccountLine::AccountLine(Account account, Parts parts, const EngineOptions &options, QObject *parent)
    : QObject(parent), m_parts(parts), m_options(options), m_offline(options.offline)
{
    auth::Session::Commit commit = [this](Account changed) { return keepSignIn(this, std::move(changed)); };
    if (account.kind == SignInKind::Session)
        commit = [](Account changed) { return keepNothing(std::move(changed)); };
    m_session = std::make_unique<auth::Session>(account, parts.vault, std::move(commit), *parts.clock);
    m_limiter = std::make_unique<api::Limiter>(*parts.clock);
    api::ClientOptions clientOptions;
    if (!account.server.isEmpty())
        clientOptions.server = account.server;
    if (!options.server.isEmpty())
        clientOptions.server = options.server;
    clientOptions.versions = options.versions;
    m_client = std::make_unique<api::Client>(clientOptions, m_session.get(), m_limiter.get(), *parts.clock);
    m_source = std::make_unique<Source>(m_client.get(), account.location);
    m_courier = std::make_unique<ApiCourier>(account, m_client.get(), m_session.get(), m_limiter.get());
    m_threads = std::make_unique<Threads>(
        FeedContext{m_source.get(), parts.cache, parts.outbox, parts.clock, account.location});

    connect(m_session.get(), &auth::Session::stateChanged, this, &AccountLine::onSessionState);
    connect(m_client.get(), &api::Client::networkStateChanged, this, &AccountLine::onNetworkState);
    connect(m_limiter.get(), &api::Limiter::pausedChanged, this, &AccountLine::statusChanged);
    m_probeTimer.setSingleShot(true);
    connect(&m_probeTimer, &QTimer::timeout, this, [this] { m_tasks.start(probe(this)); });
}

AccountLine::~AccountLine()
{
    m_parts.outbox->setCourier(account().id, nullptr);
    m_tasks.cancel();
    m_feeds.reset();
}

void AccountLine::start(bool feeds)
{
    if (feeds && !m_feeds) {
        m_feeds = std::make_unique<Feeds>(
            FeedContext{m_source.get(), m_parts.cache, m_parts.outbox, m_parts.clock, account().location});
        connect(m_feeds.get(), &Feeds::areasChanged, this, &AccountLine::statusChanged);
        connect(m_feeds.get(), &Feeds::problem, this, &AccountLine::problem);
        connect(m_feeds.get(), &Feeds::locationRead, this,
                [this](const Location &location) {
                    m_courier->setTwinsAllowed(location.allowDuplicateContact);
                    Q_EMIT locationRead(account().id, location);
                });
        if (m_options.pull)
            m_feeds->start();
    }
    m_tasks.start(begin(this));
    m_parts.outbox->setCourier(account().id, m_courier.get());
    updateAllowed();
}

Task<Status> AccountLine::keepSignIn(AccountLine *self, Account changed)
{
    auto write = self->m_parts.ledger->changeAccount(changed.id, [changed](Account &row) { takeSignIn(row, changed); });
    const auto written = co_await write;
    if (!written)
        co_return fail(written.error());
    Q_EMIT self->signInChanged(changed);
    co_return Status{};
}

Task<void> AccountLine::begin(AccountLine *self)
{
    auto load = self->m_parts.cache->reference(self->account().location);
    const auto known = co_await load;
    if (known && known->location)
        self->m_courier->setTwinsAllowed(known->location->allowDuplicateContact);
    auto session = self->m_session->start();
    co_await session; // the state says the rest
    self->updateAllowed();
}

Threads *AccountLine::threads() const
{
    return m_feeds ? &m_feeds->threads() : m_threads.get();
}

void AccountLine::setOffline(bool offline)
{
    m_offline = offline;
    updateAllowed();
}

void AccountLine::onSessionState()
{
    updateAllowed();
    Q_EMIT statusChanged();
}

void AccountLine::updateAllowed()
{
    const auto state = m_session->state();
    const bool signedIn = state == SessionState::Ready || state == SessionState::Refreshing;
    if (m_feeds)
        m_feeds->setAllowed(signedIn && !m_offline);
}

void AccountLine::onNetworkState(NetworkState state)
{
    if (isDown(state)) {
        m_wasDown = true;
        probeLater();
    } else if (m_wasDown && (state == NetworkState::Online || state == NetworkState::Slow)) {
        m_wasDown = false;
        m_probes = 0;
        m_probeTimer.stop();
        if (m_feeds)
            m_feeds->hurry();
        Q_EMIT backOnline();
    }
    Q_EMIT statusChanged();
}

/// Somebody has to notice that the network is back, feeds or no feeds: 1, 2, 4 ... 30 s.
void AccountLine::probeLater()
{
    if (m_probeTimer.isActive() || m_offline)
        return;
    const auto wait = std::min<std::chrono::milliseconds>(1s * (1 << std::min(m_probes, 5)), 30s);
    ++m_probes;
    m_probeTimer.start(wait);
}

Task<void> AccountLine::probe(AccountLine *self)
{
    if (self->m_offline)
        co_return;
    auto call = self->m_client->probe(self->account().location, api::Priority::Visible);
    co_await call;
    if (isDown(self->m_client->networkState()))
        self->probeLater();
}

Task<Status> AccountLine::reach()
{
    if (!isDown(m_client->networkState()))
        co_return Status{};
    auto call = m_client->probe(account().location, api::Priority::Click);
    const Status answered = co_await call;
    // An answer of any kind shows that the network is there; what it says of the token is the feeds' to hear.
    if (!answered && isDown(m_client->networkState()))
        co_return answered;
    co_return Status{};
}

Task<void> AccountLine::reconnect(bool connectionsAreStale)
{
    if (connectionsAreStale)
        m_client->networkChanged();
    auto fetch = m_session->token();
    const auto token = co_await fetch;
    if (!token)
        co_return;
    Q_EMIT m_courier->lookNow();
    // What was written to us meanwhile has to be here before anything leaves.
    auto load = m_parts.outbox->list(account().id, false);
    const auto records = co_await load;
    if (!records)
        co_return;
    QSet<QString> contacts;
    for (const OutboxRecord &record : std::as_const(*records)) {
        const ContactId contact = record.contactId();
        const bool waits = record.state == OutboxState::Queued || record.state == OutboxState::Held;
        if (record.kind == OutboxKind::SendMessage && waits && !contact.isLocal() && contacts.size() < 20)
            contacts.insert(contact.value);
    }
    const auto begun = m_parts.clock->steady();
    for (const QString &contact : std::as_const(contacts)) {
        if (m_parts.clock->steady() - begun > longestLookAround)
            break; // on a slow network waiting longer does more harm than a text that crosses another one
        auto refresh = threads()->refresh(ConversationId(), ContactId(contact));
        const Status refreshed = co_await refresh;
        if (!refreshed && refreshed.error().kind == ErrorKind::Offline)
            co_return;
    }
    if (m_feeds)
        m_feeds->hurry();
}

void AccountLine::describe(EngineStatus &status) const
{
    const auto skew = m_client->serverSkew();
    if (skew > clockTolerance || skew < -clockTolerance)
        status.clockOff = skew;
    const auto session = m_session->state();
    if (m_offline) {
        status.connection = Connection::WorkingOffline;
        status.detail = Words::tr("Working offline. Nothing leaves this computer until you switch it off.");
        return;
    }
    if (session == SessionState::WaitingForKeyring) {
        status.connection = Connection::WaitingForKeyring;
        status.detail = m_session->detail();
        return;
    }
    if (session == SessionState::NeedsSignIn) {
        status.connection = Connection::SignInNeeded;
        status.detail = m_session->detail();
        return;
    }
    if (const QDateTime paused = m_limiter->pausedUntil(); paused.isValid() && paused > m_parts.clock->now()) {
        status.connection = Connection::Limited;
        status.resumesAt = paused;
        status.detail = Words::tr("HighLevel's request limit is used up. Everything goes on by itself.");
        return;
    }
    if (m_probeTimer.isActive())
        status.resumesAt = m_parts.clock->now().addMSecs(m_probeTimer.remainingTime());
    switch (m_client->networkState()) {
    case NetworkState::Online:
        status.connection = Connection::Live;
        break;
    case NetworkState::Slow:
        status.connection = Connection::Slow;
        status.detail = Words::tr("HighLevel answers slowly or with errors. It is asked less often until that ends.");
        break;
    case NetworkState::Offline:
        status.connection = Connection::Offline;
        status.detail = Words::tr("No connection to HighLevel. What you write waits here and leaves when it is back.");
        break;
    case NetworkState::Portal:
        status.connection = Connection::Portal;
        status.detail = Words::tr("A network sign-in page answers instead of HighLevel. Open a browser and sign in to this network.");
        break;
    case NetworkState::Limited:
        status.connection = Connection::Limited;
        break;
    case NetworkState::SignInNeeded:
        status.connection = Connection::SignInNeeded;
        status.detail = Words::tr("HighLevel no longer accepts the sign-in. Sign in again; what waits here stays.");
        break;
    case NetworkState::Unknown:
        status.connection = Connection::Starting;
        break;
    }
}

} // namespace outrigger::sync
