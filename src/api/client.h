// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/limiter.h"
#include "api/op.h"
#include "core/clock.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QUrl>

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
};

/// What the network looks like, as far as requests have shown.
enum class NetworkState { Unknown, Online, Slow, Offline, Portal, Limited, SignInNeeded };

struct ClientOptions {
    QUrl server{QStringLiteral("https://services.leadconnectorhq.com")};
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds idleTimeout{30'000};
    std::chrono::milliseconds totalTimeout{60'000};
    qint64 bodyLimit = 8 * 1024 * 1024;
    QByteArray userAgent;
};

/// How one call went, beside its decoded answer.
struct CallInfo {
    QDateTime serverDate;   ///< of the Date header, invalid when there was none
    QString traceId;
    int http = 0;
    qint64 bytes = 0;
};

/// The only owner of a QNetworkAccessManager. token -> limiter -> request -> classify -> decode.
/// Bodies of all calls but GET go through a one-shot device, so that Qt cannot send them a second time by itself.
/// Redirects are never followed; plain http is refused except for loopback; 401 about the token renews once.
/// Lives on the GUI thread; bodies above 32 KiB are parsed and decoded in a pool.
class Client : public QObject
{
    Q_OBJECT
public:
    Client(ClientOptions options, TokenSource *tokens, Limiter *limiter, const Clock &clock = Clock::system(),
           QObject *parent = nullptr);
    ~Client() override;

    /// Sends one operation (a struct with Reply, op, params; see op.h). Destroying the task aborts the request.
    template <class Operation>
    Task<Result<typename Operation::Reply>> send(Operation operation, Priority priority);

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
    const ClientOptions &options() const;

Q_SIGNALS:
    void networkStateChanged(outrigger::api::NetworkState state);
    /// For the diagnostics ring buffer: operation name, status, duration; nothing secret.
    void callFinished(const QString &operation, int http, qint64 milliseconds, const QString &traceId);

private:
    struct Wire;
    std::unique_ptr<Wire> d;
    template <class Reply>
    using Decoder = std::function<Result<Reply>(const QJsonValue &)>;
    struct Request; ///< defined in client.cpp's private header
    friend struct ClientAccess;
};

} // namespace outrigger::api
