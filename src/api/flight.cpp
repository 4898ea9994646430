// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/flight.h"

#include "api/oneshotbody.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <QNetworkAccessManager>

#include <algorithm>

namespace outrigger::api {

Flight::Flight(QNetworkAccessManager *manager, const QNetworkRequest &request, const QByteArray &verb, QByteArray body,
               const FlightLimits &limits, Resolver<Received> resolve)
    : m_limits(limits), m_resolve(std::move(resolve))
{
    if (verb == "GET") {
        m_reply = manager->get(request);
    } else {
        QNetworkRequest upload(request);
        upload.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        upload.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
        m_received.hasBody = true;
        auto *device = new OneShotBody(std::move(body));
        m_body = device;
        m_reply = manager->sendCustomRequest(upload, verb, device);
        device->setParent(m_reply);
    }
    m_reply->setReadBufferSize(1024 * 1024);
    watch();
}

Flight::~Flight()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    if (m_reply->isRunning())
        m_reply->abort();
    m_reply->deleteLater();
}

void Flight::watch()
{
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        m_received.requestSent = true;
        m_connect.stop();
        progressed();
    });
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] {
        if (!m_received.requestSent && !m_connect.isActive())
            m_connect.start(m_limits.connect);
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Flight::headersArrived);
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this] { progressed(); });
    connect(m_reply, &QNetworkReply::readyRead, this, &Flight::collect);
    connect(m_reply, &QNetworkReply::finished, this, &Flight::finished);
    const auto deadline = [this](QTimer &timer, Cut reason) {
        timer.setSingleShot(true);
        connect(&timer, &QTimer::timeout, this, [this, reason] { cut(reason); });
    };
    deadline(m_connect, Cut::Connect);
    deadline(m_idle, Cut::Idle);
    deadline(m_total, Cut::Total);
    if (m_limits.connectNow)
        m_connect.start(m_limits.connect);
    m_idle.start(m_limits.idle);
    m_total.start(m_limits.total);
    if (m_reply->isFinished())
        finished();
}

void Flight::progressed()
{
    if (!m_over)
        m_idle.start(m_limits.idle);
}

void Flight::headersArrived()
{
    m_connect.stop();
    progressed();
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (length > m_limits.body)
        cut(Cut::TooBig);
    else if (length > 0)
        m_received.body.reserve(static_cast<qsizetype>(length));
}

void Flight::collect()
{
    progressed();
    m_received.body += m_reply->readAll();
    if (m_received.body.size() > m_limits.body)
        cut(Cut::TooBig);
}

void Flight::cut(Cut reason)
{
    if (m_over)
        return;
    m_received.cut = reason;
    // What the transport has taken is judged before abort() makes Qt forget its device.
    m_received.bodyTouched = m_received.bodyTouched || !m_body || m_body->touched();
    if (m_reply)
        m_reply->abort(); // emits finished() at once
    else
        finished();
}

void Flight::abandon()
{
    m_over = true;
    m_connect.stop();
    m_idle.stop();
    m_total.stop();
    if (m_reply)
        m_reply->disconnect(this);
    QCoreApplication::removePostedEvents(this); // a result on its way would wake a task of a client that is gone
}

void Flight::finished()
{
    if (m_over)
        return;
    m_over = true;
    m_connect.stop();
    m_idle.stop();
    m_total.stop();
    if (m_reply) {
        if (m_received.cut == Cut::None)
            m_received.body += m_reply->readAll();
        m_received.bodyTouched = m_received.bodyTouched || (m_received.hasBody && (!m_body || m_body->touched()));
        m_received.http = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        m_received.error = m_reply->error();
        m_received.contentType = m_reply->header(QNetworkRequest::ContentTypeHeader).toString().toLatin1().toLower();
        m_received.headers = m_reply->rawHeaderPairs();
        if (m_received.body.size() > m_limits.body && m_received.cut == Cut::None)
            m_received.cut = Cut::TooBig;
    } else if (m_received.cut == Cut::None) {
        m_received.cut = Cut::NetworkChange;
    }
    // Queued: whoever waits may destroy this object, the client, or the manager.
    QMetaObject::invokeMethod(
        this,
        [this] {
            const auto resolve = m_resolve;
            auto result = std::move(m_received);
            resolve(std::move(result));
        },
        Qt::QueuedConnection);
}

} // namespace outrigger::api
