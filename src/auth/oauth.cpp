// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/oauth.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QUrlQuery>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::auth::oauth {

namespace {

constexpr auto base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QString decoded(QString value)
{
    // A browser writes a blank as plus; QUrlQuery leaves it.
    return QUrl::fromPercentEncoding(value.replace(u'+', u"%20"_s).toLatin1());
}

} // namespace

QString randomWord()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof(words))).toBase64(base64));
}

QString challenge(const QString &verifier)
{
    return QString::fromLatin1(QCryptographicHash::hash(verifier.toLatin1(), QCryptographicHash::Sha256).toBase64(base64));
}

QStringList wantedScopes()
{
    return {u"contacts.readonly"_s, u"contacts.write"_s, u"opportunities.readonly"_s, u"opportunities.write"_s,
            u"conversations.readonly"_s, u"conversations.write"_s, u"conversations/message.readonly"_s,
            u"conversations/message.write"_s, u"conversations/livechat.write"_s, u"calendars.readonly"_s, u"calendars/events.readonly"_s,
            u"calendars/events.write"_s, u"users.readonly"_s, u"locations.readonly"_s, u"locations/tags.readonly"_s,
            u"locations/customFields.readonly"_s, u"locations/templates.readonly"_s, u"locations/tasks.readonly"_s,
            u"workflows.readonly"_s, u"phonenumbers.read"_s};
}

QUrl authorizeAddress(const AuthorizeParts &parts)
{
    const std::initializer_list<std::pair<QString, QString>> ours{
        {u"response_type"_s, u"code"_s},
        {u"client_id"_s, parts.clientId},
        {u"redirect_uri"_s, parts.redirectUri},
        {u"scope"_s, parts.scopes.join(u' ')},
        {u"state"_s, parts.state},
        {u"code_challenge"_s, challenge(parts.verifier)},
        {u"code_challenge_method"_s, u"S256"_s},
        {u"loginWindowOpenMode"_s, u"self"_s},
    };
    QUrlQuery kept(parts.consent);
    for (const auto &[key, value] : ours)
        kept.removeAllQueryItems(key);
    QString query = kept.query(QUrl::FullyEncoded);
    for (const auto &[key, value] : ours) {
        if (!query.isEmpty())
            query += u'&';
        query += key + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value));
    }
    QUrl address = parts.consent;
    address.setFragment(QString());
    address.setQuery(query, QUrl::StrictMode);
    return address;
}

bool safeAddress(const QUrl &address)
{
    if (!address.isValid() || address.host().isEmpty() || !address.userInfo().isEmpty())
        return false;
    if (address.scheme() == u"https"_s)
        return true;
    return address.scheme() == u"http"_s
        && (address.host() == u"localhost"_s || QHostAddress(address.host()).isLoopback());
}

Returned fromQuery(const QString &encodedQuery)
{
    const QUrlQuery query(encodedQuery);
    const auto once = [&query](const QString &key) {
        const QStringList values = query.allQueryItemValues(key, QUrl::FullyEncoded);
        return values.size() == 1 && values.first().size() <= 4096 ? decoded(values.first()) : QString();
    };
    return {once(u"code"_s), once(u"state"_s), once(u"error"_s)};
}

Returned fromPasted(const QString &text)
{
    const QString trimmed = text.trimmed();
    const QUrl address(trimmed, QUrl::StrictMode);
    if (!address.scheme().isEmpty() && !address.host().isEmpty())
        return fromQuery(address.query(QUrl::FullyEncoded));
    if (trimmed.contains(u'=') && (trimmed.contains("code="_L1) || trimmed.contains("error="_L1)))
        return fromQuery(trimmed.mid(trimmed.indexOf(u'?') + 1));
    const bool word = !trimmed.isEmpty() && trimmed.size() <= 4096
        && std::all_of(trimmed.begin(), trimmed.end(), [](QChar c) {
               return c.unicode() < 128 && (c.isLetterOrNumber() || QStringView(u"-._~+/=%").contains(c));
           });
    return word ? Returned{trimmed, {}, {}} : Returned{};
}

QString locationInToken(const QString &token)
{
    const QStringList parts = token.split(u'.');
    if (parts.size() != 3 || token.size() > 16 * 1024)
        return {};
    const auto payload = QJsonDocument::fromJson(QByteArray::fromBase64(parts.at(1).toLatin1(), base64)).object();
    if (payload.value(u"authClass"_s).toString() == u"Location"_s)
        return payload.value(u"authClassId"_s).toString();
    if (payload.value(u"primaryAuthClassId"_s).isString())
        return payload.value(u"primaryAuthClassId"_s).toString();
    return payload.value(u"locationId"_s).toString();
}

} // namespace outrigger::auth::oauth
