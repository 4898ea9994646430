// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/mediaclient.h"

#include "api/network.h"
#include "api/words.h"
#include "core/await.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QNetworkRequest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::api {

namespace {

constexpr int redirects = 3;
constexpr auto patience = std::chrono::milliseconds(60s);

/// Takes and gives nothing.
class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

tl::unexpected<Error> refuse(ErrorKind kind, const QString &code, const QString &sentence)
{
    Error error;
    error.kind = kind;
    error.code = code;
    error.message = sentence;
    return fail(std::move(error));
}

/// An address inside this computer or the network around it.
bool isInside(const QString &host)
{
    QHostAddress address;
    if (!address.setAddress(host))
        return host == u"localhost"_s || host.endsWith(u".localhost"_s) || host.endsWith(u".local"_s) || !host.contains(u'.');
    for (const char *range : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "0.0.0.0/8", "fc00::/7"}) {
        if (address.isInSubnet(QHostAddress::parseSubnet(QLatin1String(range))))
            return true;
    }
    return address.isLoopback() || address.isLinkLocal() || address.isSiteLocal() || address.isMulticast()
        || address.isNull() || address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6);
}

/// Aborts and frees the reply when the task goes.
struct Reply {
    QNetworkReply *reply;
    explicit Reply(QNetworkReply *given) : reply(given) {}
    Reply(const Reply &) = delete;
    Reply &operator=(const Reply &) = delete;
    ~Reply()
    {
        reply->disconnect();
        reply->abort();
        reply->deleteLater();
    }
};

} // namespace

MediaClient::MediaClient(QObject *parent) : QObject(parent) {}
MediaClient::~MediaClient() = default;

Status MediaClient::mayFetch(const QUrl &url) const
{
    const QString host = url.host().toLower();
    const QHostAddress address(host);
    const bool practice = m_loopback && address.isLoopback() && (url.scheme() == u"http"_s || url.scheme() == u"https"_s);
    if (!url.isValid() || host.isEmpty() || !url.userInfo().isEmpty() || (!practice && (url.scheme() != u"https"_s || isInside(host))))
        return refuse(ErrorKind::Usage, u"address"_s, Words::tr("This file lies at an address that Outrigger does not open by itself."));
    if (!m_hosts.contains(host))
        return refuse(ErrorKind::Usage, u"address"_s, Words::tr("This file lies with somebody whom no message has named."));
    return {};
}

Task<Result<QByteArray>> MediaClient::fetch(QUrl url)
{
    for (int hop = 0; hop <= redirects; ++hop) {
        if (const Status may = mayFetch(url); !may)
            co_return fail(may.error());
        auto going = once(url);
        auto answer = co_await going;
        if (!answer)
            co_return fail(answer.error());
        if (answer->next.isEmpty())
            co_return std::move(answer->body);
        url = answer->next;
    }
    co_return refuse(ErrorKind::Server, u"redirects"_s, Words::tr("The file could not be found: its address leads in circles."));
}

Task<Result<MediaClient::Hop>> MediaClient::once(QUrl url)
{
    if (!m_manager) { // the first use pays for TLS, not the start
        m_manager.reset(makeNetwork(nullptr));
        m_manager->setCookieJar(new NoCookies(m_manager.get()));
        m_manager->setAutoDeleteReplies(false);
    }
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setMaximumRedirectsAllowed(0);
    request.setTransferTimeout(int(patience.count()));
    const Reply held(m_manager->get(request));
    QNetworkReply *reply = held.reply;
    auto body = std::make_shared<QByteArray>();
    auto large = std::make_shared<bool>(false);
    // Read as it comes: what is too large is not taken in first.
    connect(reply, &QNetworkReply::readyRead, this, [reply, body, large] {
        *body += reply->read(bodyLimit + 1 - body->size());
        if (body->size() > bodyLimit) {
            *large = true;
            reply->abort();
        }
    });
    OnSignal finished(reply, &QNetworkReply::finished);
    co_await finished;
    if (*large)
        co_return refuse(ErrorKind::Usage, u"large"_s, Words::tr("This file is larger than 10 MB. It can be opened in the browser."));
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 300 && status < 400) {
        const QUrl next = url.resolved(reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
        co_return Hop{{}, next};
    }
    if (status == 404 || status == 410 || status == 403)
        co_return refuse(ErrorKind::NotFound, u"gone"_s, Words::tr("This file is not there any more. Ask for it again."));
    if (reply->error() != QNetworkReply::NoError || status != 200)
        co_return refuse(status == 0 ? ErrorKind::Offline : ErrorKind::Server, u"network"_s,
                         Words::tr("This file could not be fetched. Check the connection and try again."));
    *body += reply->read(bodyLimit + 1 - body->size());
    co_return Hop{std::move(*body), {}};
}

} // namespace outrigger::api
