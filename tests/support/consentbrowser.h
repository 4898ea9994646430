// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

#include <memory>

namespace outrigger::test {

/// A person in a browser: opens the practice server's consent page, picks a location, is sent back to the program.
class ConsentBrowser
{
public:
    struct Page {
        int status = 0;
        QByteArray location;
        QByteArray body;
    };
    Page visit(const QUrl &address, const QByteArray &form = {}, const QByteArray &type = "application/x-www-form-urlencoded")
    {
        QNetworkRequest request(address);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        request.setHeader(QNetworkRequest::ContentTypeHeader, type);
        const std::unique_ptr<QNetworkReply> reply(form.isEmpty() ? m_network.get(request) : m_network.post(request, form));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20'000))
            return {};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->rawHeader("Location"), reply->readAll()};
    }
    /// The address that the consent page sends the browser to. Not visited yet; invalid when there was no such page.
    QUrl answer(const QUrl &address, const QString &location, bool allow = true)
    {
        const auto shown = visit(address);
        if (shown.status != 200 || !shown.body.contains("Choose a location")) {
            qWarning("no consent page: %s", shown.body.constData());
            return {};
        }
        const QByteArray form = address.query(QUrl::FullyEncoded).toLatin1() + "&location=" + location.toLatin1()
            + "&answer=" + (allow ? "allow" : "deny");
        const auto back = visit(address, form);
        if (back.status != 302)
            qWarning("no way back: %s", back.body.constData());
        return QUrl::fromEncoded(back.location);
    }
    /// Goes the whole way; gives the page that the person ends on.
    QByteArray consent(const QUrl &address, const QString &location, bool allow = true)
    {
        return visit(answer(address, location, allow)).body;
    }
    static QUrl withoutState(QUrl address)
    {
        QUrlQuery query(address);
        query.removeAllQueryItems(QStringLiteral("state"));
        address.setQuery(query);
        return address;
    }

private:
    QNetworkAccessManager m_network;
};

} // namespace outrigger::test
