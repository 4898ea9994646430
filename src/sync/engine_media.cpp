// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine.h"

#include "api/mediaclient.h"
#include "sync/engine_p.h"

#include <QCoreApplication>
#include <QHostAddress>

using namespace Qt::StringLiterals;

// Files that messages name.
namespace outrigger::sync {

namespace {

bool isLoopback(const QUrl &url)
{
    return QHostAddress(url.host()).isLoopback();
}

} // namespace

Task<Result<QByteArray>> Engine::media(QString address)
{
    if (const QString key = outgoingKey(address); !key.isEmpty()) {
        auto reading = d->files->read(key);
        co_return co_await reading;
    }
    if (status().connection == Connection::WorkingOffline)
        co_return fail(ErrorKind::Offline, QCoreApplication::translate("Engine", "You work offline: the file is fetched when you go online."));
    if (!d->media)
        d->media = std::make_unique<api::MediaClient>();
    const auto current = account();
    d->media->setLoopbackAllowed(current && isLoopback(d->options.server.isEmpty() ? current->server : d->options.server));
    const QUrl url(address, QUrl::StrictMode);
    d->media->allowHost(url.host());
    auto fetching = d->media->fetch(url);
    co_return co_await fetching;
}

} // namespace outrigger::sync
