// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/practicecontrol.h"

#include <QJsonDocument>
#include <QMenu>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

PracticeControl::PracticeControl(const QUrl &server, QObject *parent) : QObject(parent), m_server(server)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setProxy(QNetworkProxy::NoProxy);
}

void PracticeControl::fill(QMenu *menu, const std::function<ContactId()> &contact)
{
    const auto who = [contact] {
        QJsonObject body;
        const ContactId id = contact();
        if (!id.isEmpty() && !id.isLocal())
            body.insert(u"contactId"_s, id.value);
        return body;
    };
    const auto add = [this, menu](const QString &name, const QString &id, const QString &path, const std::function<QJsonObject()> &body,
                                  const QString &done) {
        auto *action = menu->addAction(name, this, [this, path, body, done] { post(path, body(), done); });
        action->setObjectName("practice."_L1 + id);
    };
    add(tr("A text comes in now"), u"inbound"_s, u"inbound"_s, who, tr("A text is on its way to you."));
    add(tr("An e-mail comes in now"), u"email"_s, u"email"_s, who, tr("An e-mail is on its way to you."));
    add(tr("The lead opts out"), u"optout"_s, u"optout"_s, who, tr("The lead texts STOP."));
    add(tr("A colleague writes"), u"colleague"_s, u"colleague"_s, [] { return QJsonObject(); }, tr("A colleague has written to a lead."));
    menu->addSeparator();
    const QJsonObject sends{{u"method"_s, u"POST"_s}, {u"path"_s, u"/conversations/messages"_s}};
    add(tr("The next text fails"), u"fail"_s, u"faults"_s,
        [sends] {
            return QJsonObject{{u"match"_s, sends},
                               {u"kind"_s, u"status"_s},
                               {u"status"_s, 400},
                               {u"body"_s, QJsonObject{{u"statusCode"_s, 400}, {u"message"_s, u"The number cannot receive texts"_s}}}};
        },
        tr("The next text will be refused."));
    add(tr("The next answer is lost"), u"lost"_s, u"faults"_s,
        [sends] { return QJsonObject{{u"match"_s, sends}, {u"kind"_s, u"close-after"_s}}; },
        tr("The next text arrives, but its answer gets lost."));
    add(tr("Rate limit for ten seconds"), u"storm"_s, u"storm"_s,
        [] { return QJsonObject{{u"seconds"_s, 10}, {u"retryAfter"_s, 10}}; }, tr("Every request is refused for ten seconds."));
    add(tr("Slow network"), u"slow"_s, u"slow"_s, [] { return QJsonObject{{u"ms"_s, 3000}}; }, tr("Every answer takes three seconds longer."));
    add(tr("Normal network"), u"normal"_s, u"slow"_s, [] { return QJsonObject{{u"ms"_s, 0}}; }, tr("Answers come at once again."));
    add(tr("Nobody writes back"), u"quiet"_s, u"quiet"_s, [] { return QJsonObject{{u"quiet"_s, true}}; }, tr("Nobody writes back now."));
    add(tr("People write back"), u"talk"_s, u"quiet"_s, [] { return QJsonObject{{u"quiet"_s, false}}; }, tr("People write back again."));
}

void PracticeControl::post(const QString &path, const QJsonObject &body, const QString &done)
{
    QUrl url = m_server;
    if (url.host() != "127.0.0.1"_L1)
        return;
    url.setPath("/__practice/"_L1 + path);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setTransferTimeout(5000);
    auto *reply = m_network.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact));
    connect(reply, &QNetworkReply::finished, this, [this, reply, done] {
        reply->deleteLater();
        Q_EMIT said(reply->error() == QNetworkReply::NoError ? done : tr("The practice account did not take that."));
    });
}

} // namespace outrigger::gui
