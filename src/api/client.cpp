// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"

#include "api/classify.h"
#include "api/flight.h"
#include "api/health.h"
#include "api/network.h"
#include "api/ops_account.h"
#include "core/giveway.h"
#include "core/log.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QSet>
#include <QSslConfiguration>
#include <QThreadPool>

#include <algorithm>
#include <deque>
#include <utility>

using namespace std::chrono_literals;

namespace outrigger::api {

namespace {

constexpr std::size_t ringSize = 200;
constexpr qint64 fileLimit = 96LL * 1024 * 1024; // an hour and a half of telephone sound
constexpr std::chrono::milliseconds fileTimeout = std::chrono::minutes(10);
constexpr qsizetype connectionsPerHost = 6; // Qt's limit for HTTP/1.1

/// Keeps nothing: a cookie of the edge must not tie requests together.
class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

class SystemProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override { return systemProxyForQuery(query); }
};

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

bool isAcceptable(const QUrl &server)
{
    if (!server.isValid() || server.host().isEmpty() || !server.userInfo().isEmpty() || server.hasQuery() ||
        server.hasFragment())
        return false;
    return server.scheme() == QLatin1String("https") ||
           (server.scheme() == QLatin1String("http") && isLoopback(server));
}

QByteArray verbWord(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return "GET";
    case Verb::Post:
        return "POST";
    case Verb::Put:
        return "PUT";
    case Verb::Delete:
        return "DELETE";
    }
    return "GET";
}

Error refused(ErrorKind kind, const QString &message)
{
    Error error;
    error.kind = kind;
    error.message = message;
    error.sent = Sent::No;
    return error;
}

/// A header must not carry a line end; a token that has one is damaged.
bool isHeaderSafe(const QString &token)
{
    return !token.isEmpty() &&
           std::all_of(token.begin(), token.end(), [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
}

/// Gives the ticket back when the answer is there, or when the task that waited for it is destroyed.
class Ticket
{
public:
    Ticket(Limiter *limiter, quint64 number) : m_limiter(limiter), m_number(number) {}
    ~Ticket() { give(); }
    Ticket(const Ticket &) = delete;
    Ticket &operator=(const Ticket &) = delete;
    void give()
    {
        if (m_limiter && m_number != 0)
            m_limiter->left(std::exchange(m_number, 0));
    }

private:
    QPointer<Limiter> m_limiter;
    quint64 m_number;
};

} // namespace

struct Client::Wire {
    Wire(Client *owner, ClientOptions o, TokenSource *t, Limiter *l, const Clock &c)
        : q(owner), options(std::move(o)), tokens(t), limiter(l), clock(c), health(c),
          manager(makeNetwork(owner))
    {
    }

    QNetworkRequest request(const Request &from, const QString &token) const;
    FlightLimits limits(const Request &from) const;
    /// Registers a flight while it lives.
    struct InFlight;
    void finished(const Request &request, const Received &received, const Error *error, std::chrono::milliseconds took);
    void announce();

    Client *q;
    ClientOptions options;
    TokenSource *tokens;
    QPointer<Limiter> limiter;
    const Clock &clock;
    Health health;
    NetworkState announced = NetworkState::Unknown;
    QNetworkAccessManager *manager;
    QSslConfiguration tls;
    // Shared with the flights' guards, which may outlive this object by a moment.
    std::shared_ptr<QSet<Flight *>> flights = std::make_shared<QSet<Flight *>>();
    std::deque<CallRecord> ring;
    QThreadPool pool;
};

struct Client::Wire::InFlight {
    InFlight(std::shared_ptr<QSet<Flight *>> s, Flight *f) : set(std::move(s)), flight(f) { set->insert(flight); }
    ~InFlight() { set->remove(flight); }
    InFlight(const InFlight &) = delete;
    InFlight &operator=(const InFlight &) = delete;
    std::shared_ptr<QSet<Flight *>> set;
    Flight *flight;
};

Client::Client(ClientOptions options, TokenSource *tokens, Limiter *limiter, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Wire>(this, std::move(options), tokens, limiter, clock))
{
    if (d->options.userAgent.isEmpty())
        d->options.userAgent = QByteArrayLiteral("Outrigger/" OUTRIGGER_VERSION);
    d->manager->setCookieJar(new NoCookies(d->manager));
    d->manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    d->manager->setAutoDeleteReplies(false);
    if (isLoopback(d->options.server))
        d->manager->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    else
        d->manager->setProxyFactory(new SystemProxies);
    d->tls = QSslConfiguration::defaultConfiguration();
    d->tls.setProtocol(QSsl::TlsV1_2OrLater);
    d->tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!d->options.extraAuthorities.isEmpty())
        d->tls.addCaCertificates(d->options.extraAuthorities);
    d->pool.setMaxThreadCount(2);
    d->pool.setExpiryTimeout(30'000);
    if (limiter) {
        connect(limiter, &Limiter::pausedChanged, this, [this] {
            d->health.limited(d->limiter && d->limiter->pausedUntil().isValid());
            d->announce();
        });
    }
}

Client::~Client()
{
    d->pool.clear();
    d->pool.waitForDone();
    // Replies die with their manager while the flights' owners may still hold them.
    const auto flights = *d->flights;
    for (Flight *flight : flights)
        flight->abandon();
}

QNetworkRequest Client::Wire::request(const Request &from, const QString &token) const
{
    QByteArray address = options.server.toEncoded(QUrl::StripTrailingSlash | QUrl::FullyEncoded);
    while (address.endsWith('/'))
        address.chop(1);
    address += from.path;
    if (!from.query.isEmpty())
        address += '?' + from.query;
    QNetworkRequest request(QUrl::fromEncoded(address, QUrl::StrictMode));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    request.setSslConfiguration(tls);
    request.setDecompressedSafetyCheckThreshold(from.raw ? std::max(options.bodyLimit, fileLimit) : options.bodyLimit);
    request.setRawHeader("Accept", from.raw ? "*/*" : "application/json");
    request.setRawHeader("User-Agent", options.userAgent);
    if (!from.contentType.isEmpty())
        request.setRawHeader("Content-Type", from.contentType);
    const QByteArray version = from.op->version ? QByteArray(from.op->version) : options.versions.of(from.op->api);
    if (!version.isEmpty())
        request.setRawHeader("Version", version);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
    return request;
}

FlightLimits Client::Wire::limits(const Request &from) const
{
    FlightLimits limits;
    limits.connect = options.connectTimeout;
    limits.idle = options.idleTimeout;
    limits.total = from.contentType.startsWith("multipart/") ? options.uploadTimeout : options.totalTimeout;
    limits.body = options.bodyLimit;
    if (from.raw) { // a file: half an hour of talk
        limits.body = std::max(options.bodyLimit, fileLimit);
        limits.total = std::max(options.totalTimeout, fileTimeout);
    }
    limits.connectNow = flights->size() < connectionsPerHost;
    return limits;
}

void Client::Wire::finished(const Request &from, const Received &received, const Error *error,
                            std::chrono::milliseconds took)
{
    if (received.http > 0) {
        const auto date = httpDate(headerOf(received, "date"));
        const bool portal = error && error->kind == ErrorKind::Portal; // its clock is not HighLevel's
        if (date.isValid() && !portal)
            health.sawServerDate(date);
        if (limiter && !portal)
            limiter->learn(received.headers);
    }
    if (limiter && error && error->kind == ErrorKind::RateLimited)
        limiter->tooMany(error->retryAfter);
    health.finished(from.op->verb, error, took);
    const QString name = QString::fromLatin1(from.op->name);
    const QString trace = error ? error->traceId : traceIdOf(received);
    ring.push_back({name, clock.now(), received.http, took.count(), received.body.size(), trace});
    if (ring.size() > ringSize)
        ring.pop_front();
    qCDebug(logApi).noquote() << name << received.http << took.count() << "ms" << received.body.size() << "bytes"
                              << (error ? "failed" : "ok") << trace;
    announce();
    Q_EMIT q->callFinished(name, received.http, took.count(), trace);
}

void Client::Wire::announce()
{
    const NetworkState state = health.state();
    if (std::exchange(announced, state) != state)
        Q_EMIT q->networkStateChanged(state);
}

Task<Result<Answer>> Client::exchange(Request request, Priority priority)
{
    const bool withToken = request.op->credential == Credential::Token;
    if (!isAcceptable(d->options.server))
        co_return fail(refused(ErrorKind::Usage, tr("The server's address must begin with https://. Plain http is only "
                                                    "for a server on this computer.")));
    for (int round = 0;; ++round) {
        TokenSource::Token token;
        if (withToken) {
            if (!d->tokens)
                co_return fail(refused(ErrorKind::SignInNeeded, tr("Sign in first.")));
            auto asking = d->tokens->token();
            auto got = co_await asking;
            if (!got) {
                got.error().sent = Sent::No;
                co_return fail(got.error());
            }
            if (!isHeaderSafe(got->value))
                co_return fail(refused(ErrorKind::SignInNeeded, tr("The stored token is damaged. Sign in again.")));
            token = *got;
        }
        quint64 number = 0;
        if (d->limiter) {
            auto admission = d->limiter->admit(priority);
            number = co_await admission;
        }
        Ticket ticket(d->limiter, number);
        // Asked last: the wait may have been long, and the answer may use up the breaker's one try.
        if (auto no = d->health.refusal(request.op->verb, priority, request.op->credential))
            co_return fail(*no);

        const auto began = d->clock.steady();
        Deferred<Received> landed;
        Flight flight(d->manager, d->request(request, token.value), verbWord(request.op->verb), request.body,
                      d->limits(request), landed.resolver());
        Wire::InFlight registered(d->flights, &flight);
        Received received = co_await landed;
        ticket.give();
        // Qt leaves a half-made connection open and would hand the next request to it.
        if (received.cut == Cut::Connect)
            d->manager->clearConnectionCache();

        auto error = classify(received, d->clock.now());
        d->finished(request, received, error ? &*error : nullptr, d->clock.steady() - began);
        if (!error) {
            if (withToken) {
                d->health.signInNeeded(false);
                d->tokens->confirmToken(token.generation);
            }
            d->announce();
            Answer answer;
            answer.info = {httpDate(headerOf(received, "date")), traceIdOf(received), received.http,
                           received.body.size()};
            answer.body = std::move(received.body);
            co_return answer;
        }
        // Only the API's own JSON proves that a 401 has had no effect; without it nothing is repeated.
        if (error->kind != ErrorKind::TokenRefused || !error->jsonError || !withToken)
            co_return fail(*error);
        if (round > 0) {
            d->health.signInNeeded(true);
            d->announce();
            co_return fail(*error);
        }
        auto renewal = d->tokens->renew(token.generation);
        auto renewed = co_await renewal;
        if (!renewed) {
            Error why = renewed.error();
            why.sent = Sent::No;
            why.http = error->http;
            why.traceId = error->traceId;
            why.jsonError = true;
            const bool dead = why.kind == ErrorKind::SignInNeeded || why.kind == ErrorKind::TokenRefused;
            if (dead) {
                d->health.signInNeeded(true);
                d->announce();
            }
            co_return fail(why);
        }
    }
}

void Client::inPool(std::function<void()> work)
{
    d->pool.start([work = std::move(work)] {
        giveWay();
        work();
    });
}

void Client::backHere(std::function<void()> work)
{
    // The pool is drained before the client dies, so `this` is alive here; an event that is still queued then dies
    // with the client.
    QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
}

Error Client::spoilt(Error error, const CallInfo &info, const Op &op)
{
    error.http = info.http;
    error.traceId = info.traceId;
    error.sent = Sent::Yes;
    if (error.kind != ErrorKind::BadReply)
        return error; // it could be read: it refuses
    qCWarning(logApi).noquote() << op.name << info.http << "answer cannot be read," << info.bytes << "bytes"
                                << info.traceId << error.message;
    return error;
}

Task<Result<Answer>> Client::call(Request request, Priority priority)
{
    return exchange(std::move(request), priority);
}

Task<Status> Client::probe(LocationId location, Priority priority)
{
    GetLocation ask{.location = location};
    auto call = send(std::move(ask), priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return Status{};
}

NetworkState Client::networkState() const
{
    return d->health.state();
}

bool Client::freshlyProven(std::chrono::milliseconds age) const
{
    return d->health.freshlyProven(age);
}

void Client::networkChanged()
{
    d->health.networkChanged();
    const auto flights = *d->flights;
    for (Flight *flight : flights) {
        if (d->flights->contains(flight))
            flight->cut(Cut::NetworkChange);
    }
    d->manager->clearConnectionCache();
    d->announce();
}

std::chrono::milliseconds Client::serverSkew() const
{
    return d->health.skew();
}

QDateTime Client::serverNow() const
{
    return d->clock.now().addMSecs(d->health.skew().count());
}

bool Client::knowsServerTime() const
{
    return d->health.knowsServerTime();
}

QDateTime Client::blockedUntil() const
{
    return d->health.blockedUntil();
}

const ClientOptions &Client::options() const
{
    return d->options;
}

QVector<CallRecord> Client::recentCalls() const
{
    return {d->ring.begin(), d->ring.end()};
}

} // namespace outrigger::api
