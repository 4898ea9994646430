// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"

#include <QByteArray>
#include <QList>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <utility>

namespace outrigger::api {

class OneShotBody;

/// Why we ended a request ourselves.
enum class Cut { None, Connect, Idle, Total, TooBig, NetworkChange };

/// Everything that is known of a request when it is over.
struct Received {
    int http = 0; ///< 0: no valid status line has come
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    Cut cut = Cut::None;
    bool requestSent = false; ///< Qt says that the request has been written
    bool bodyTouched = false; ///< body bytes were handed to the transport
    bool hasBody = false;
    QByteArray contentType;
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
};

struct FlightLimits {
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds idle{30'000};
    std::chrono::milliseconds total{60'000};
    qint64 body = 8 * 1024 * 1024;
    bool connectNow = true; ///< false when the request may have to wait for a free connection first
};

/// One request on the wire, with our own deadlines. Destroying it aborts the request. The result is delivered from the
/// event loop, never from inside Qt's network code.
class Flight final : public QObject
{
    Q_OBJECT
public:
    Flight(QNetworkAccessManager *manager, const QNetworkRequest &request, const QByteArray &verb, QByteArray body,
           const FlightLimits &limits, Resolver<Received> resolve);
    ~Flight() override;

    void cut(Cut reason);
    /// Its manager is going away: nothing will be delivered any more.
    void abandon();

private:
    void watch();
    void progressed();
    void collect();
    void headersArrived();
    void finished();

    FlightLimits m_limits;
    Resolver<Received> m_resolve;
    QPointer<QNetworkReply> m_reply;
    QPointer<OneShotBody> m_body;
    QTimer m_connect;
    QTimer m_idle;
    QTimer m_total;
    Received m_received;
    bool m_over = false;
};

} // namespace outrigger::api
