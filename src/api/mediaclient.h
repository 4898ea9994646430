// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"

#include <QByteArray>
#include <QObject>
#include <QSet>
#include <QUrl>

#include <chrono>
#include <memory>

class QNetworkAccessManager;

namespace outrigger::api {

/// Fetches files that messages name, apart from the client of the API: no token, no cookies, nothing kept on the disk.
/// Only https, only hosts that have been named with allowHost(), also after a redirect; plain http and loopback for the
/// practice account alone. Lives on the GUI thread; its tasks must be gone before it.
class MediaClient : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 bodyLimit = 10 * 1024 * 1024; ///< HighLevel itself takes 5 MB

    explicit MediaClient(QObject *parent = nullptr);
    ~MediaClient() override;
    /// A host that has been seen in a message.
    void allowHost(const QString &host) { m_hosts.insert(host.toLower()); }
    void setLoopbackAllowed(bool allowed) { m_loopback = allowed; }
    /// Whether this address may be fetched at all; a sentence otherwise.
    Status mayFetch(const QUrl &url) const;
    /// The bytes. Errors: Usage "address"; NotFound; Offline; Timeout; Server; Usage "large"; Invalid.
    Task<Result<QByteArray>> fetch(QUrl url);

private:
    struct Hop {
        QByteArray body;
        QUrl next; ///< not empty: a redirect
    };
    Task<Result<Hop>> once(QUrl url);
    std::unique_ptr<QNetworkAccessManager> m_manager;
    QSet<QString> m_hosts;
    bool m_loopback = false;
};

} // namespace outrigger::api
