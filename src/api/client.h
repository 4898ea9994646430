// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/limiter.h"
#include "api/op.h"
#include "api/versions.h"
#include "api/wire.h"
#include "core/await.h"
#include "core/clock.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QSslCertificate>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <type_traits>

class QNetworkAccessManager;

namespace outrigger::api {

/// Gives and renews the token. auth::Session is the real one.
class TokenSource
{
public:
    virtual ~TokenSource() = default;
    struct Token {
        QString value;
        qint64 generation = 0;
    };
    virtual Task<Result<Token>> token() = 0;
    /// After a 401 that speaks about the token of `generation`: one refresh per generation. Error when sign-in is
    /// needed, or when this kind of token cannot be refreshed.
    virtual Task<Result<Token>> renew(qint64 generation) = 0;
    /// A call with the token of `generation` has succeeded.
    virtual void confirmToken(qint64 generation) { Q_UNUSED(generation) }
};

/// What the network looks like, as far as requests have shown.
enum class NetworkState { Unknown, Online, Slow, Offline, Portal, Limited, SignInNeeded };

struct ClientOptions {
    QUrl server{QStringLiteral("https://services.leadconnectorhq.com")};
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds idleTimeout{30'000};
    std::chrono::milliseconds totalTimeout{60'000};
    std::chrono::milliseconds uploadTimeout{600'000}; ///< instead of the total one, for a call that carries files
    qint64 bodyLimit = 8 * 1024 * 1024;
    QByteArray userAgent;                    ///< empty: "Outrigger/<version>"
    VersionTable versions;                   ///< what the settings file overrides
    QList<QSslCertificate> extraAuthorities; ///< trusted beside the system's; empty in the product, for tests
};

/// One call of the diagnostics ring: nothing secret.
struct CallRecord {
    QString operation;
    QDateTime at;
    int http = 0;
    qint64 milliseconds = 0;
    qint64 bytes = 0;
    QString traceId;
};

/// The only owner of a QNetworkAccessManager. token -> limiter -> request -> classify -> decode.
/// Bodies of all calls but GET go through a one-shot device, so that Qt cannot send them a second time by itself.
/// Redirects are never followed; plain http is refused except for loopback; 401 about the token renews once.
/// Lives on the GUI thread; bodies above 32 KiB are parsed and decoded in a pool.
/// `tokens` may be null for calls that carry no token, `limiter` may be null for none; both must outlive the client,
/// and tasks of the client must be gone before it.
class Client : public QObject
{
    Q_OBJECT
public:
    Client(ClientOptions options, TokenSource *tokens, Limiter *limiter, const Clock &clock = Clock::system(),
           QObject *parent = nullptr);
    ~Client() override;

    /// Sends one operation (a struct with Reply, op, params; see op.h). Destroying the task aborts the request.
    /// Error::sent tells what may have left: No is proof that nothing did.
    template <class Operation>
    Task<Result<typename Operation::Reply>> send(Operation operation, Priority priority);

    /// Sends a request that was not made from an operation struct (rawcall.h) and answers with the bytes as they came:
    /// the same token, budget, deadlines, one-shot body and error classes.
    Task<Result<Answer>> call(Request request, Priority priority);

    /// Cheap GET that proves network, token and location: get-location. Counts for the pre-flight gate.
    Task<Status> probe(LocationId location, Priority priority);

    NetworkState networkState() const;
    /// A GET succeeded within `age`, on this network, with no wake-up since.
    bool freshlyProven(std::chrono::milliseconds age) const;
    /// Sleep, wake, interface or proxy change: aborts what is in flight (outcome unknown), clears connections.
    void networkChanged();
    /// local clock + this = server clock; median of the last five Date headers.
    std::chrono::milliseconds serverSkew() const;
    QDateTime serverNow() const;
    /// Whether an answer has told the server's time since the start and since our clock was last set; serverNow() is a
    /// guess until then.
    bool knowsServerTime() const;
    /// Nothing but clicks and probes leaves before this; invalid while the breaker is closed.
    QDateTime blockedUntil() const;
    const ClientOptions &options() const;
    /// The last 200 calls, oldest first.
    QVector<CallRecord> recentCalls() const;

Q_SIGNALS:
    void networkStateChanged(outrigger::api::NetworkState state);
    /// For the diagnostics ring buffer: operation name, status, duration; nothing secret.
    void callFinished(const QString &operation, int http, qint64 milliseconds, const QString &traceId);

private:
    struct Wire;
    /// Above this many bytes an answer is parsed and decoded in the pool.
    static constexpr qsizetype decodeHere = 32 * 1024;

    /// Everything of a call that does not depend on the operation's type. A success is a 2xx that is not HTML.
    Task<Result<Answer>> exchange(Request request, Priority priority);
    /// Runs `work` in the pool; it hands its result back through backHere().
    void inPool(std::function<void()> work);
    /// Runs `work` on the client's thread, from any thread; not at all when the client is gone.
    void backHere(std::function<void()> work);
    /// Completes a decoder's error with what the exchange knows, and counts it.
    Error spoilt(Error error, const CallInfo &info, const Op &op);

    template <class Operation>
    void decodeInPool(QByteArray body, Resolver<Result<typename Operation::Reply>> resolve)
    {
        inPool([this, body = std::move(body), resolve = std::move(resolve)] {
            auto shared = std::make_shared<Result<typename Operation::Reply>>(wire::decode<Operation>(body));
            backHere([shared = std::move(shared), resolve] { resolve(std::move(*shared)); });
        });
    }

    std::unique_ptr<Wire> d;
};

template <class Operation>
Task<Result<typename Operation::Reply>> Client::send(Operation operation, Priority priority)
{
    using Reply = typename Operation::Reply;
    auto request = wire::encode(operation);
    if (!request)
        co_return fail(std::move(request.error()));
    auto call = exchange(std::move(*request), priority);
    auto answer = co_await call;
    if (!answer)
        co_return fail(std::move(answer.error()));
    const CallInfo info = answer->info;
    if (answer->body.size() <= decodeHere) {
        auto decoded = wire::decode<Operation>(answer->body);
        if (!decoded)
            co_return fail(spoilt(std::move(decoded.error()), info, Operation::op));
        co_return decoded;
    }
    Deferred<Result<Reply>> later;
    decodeInPool<Operation>(std::move(answer->body), later.resolver());
    auto decoded = co_await later;
    if (!decoded)
        co_return fail(spoilt(std::move(decoded.error()), info, Operation::op));
    co_return decoded;
}

} // namespace outrigger::api
