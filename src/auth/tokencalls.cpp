// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/tokencalls.h"

#include "core/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::auth {

namespace {

api::ClientOptions tokenOptions(QUrl server)
{
    api::ClientOptions options;
    options.server = std::move(server);
    options.connectTimeout = 8s;
    options.idleTimeout = 9s;
    options.totalTimeout = 9s;
    options.bodyLimit = 256 * 1024;
    return options;
}

/// Words of an error body wherever they are: message (text or list), error (text or object), error_description.
QString wordsOf(const QJsonObject &body)
{
    QStringList words;
    for (const auto *key : {"message", "error", "error_description", "canonicalCode", "code", "details"}) {
        const QJsonValue value = body.value(QLatin1String(key));
        if (value.isObject())
            words += wordsOf(value.toObject());
        else
            words += json::texts(value);
    }
    return words.join(u' ').toLower();
}

bool answerWasLost(const Error &error)
{
    return error.sent != Sent::No
        && (error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Offline || error.kind == ErrorKind::BadReply
            || error.kind == ErrorKind::Server);
}

} // namespace

TokenCalls::TokenCalls(QUrl server, const Clock &clock) : m_client(tokenOptions(std::move(server)), nullptr, nullptr, clock)
{
}

TokenCalls::~TokenCalls() = default;

Task<Result<api::TokenAnswer>> TokenCalls::refresh(QString clientId, QString clientSecret, QString refreshToken)
{
    constexpr int tries = 3;
    for (int turn = 1;; ++turn) {
        api::GetAccessToken form;
        form.clientId = clientId;
        form.clientSecret = clientSecret;
        form.grantType = u"refresh_token"_s;
        form.refreshToken = refreshToken;
        auto call = m_client.send(std::move(form), api::Priority::Click);
        auto answer = co_await call;
        if (answer || turn == tries || !answerWasLost(answer.error()))
            co_return answer;
    }
}

Task<Result<api::TokenAnswer>> TokenCalls::exchange(QString clientId, QString clientSecret, QString code,
                                                    QString redirectUri, QString verifier)
{
    api::GetAccessToken form;
    form.clientId = clientId;
    form.clientSecret = clientSecret;
    form.grantType = u"authorization_code"_s;
    form.code = code;
    form.redirectUri = redirectUri;
    form.codeVerifier = verifier;
    auto call = m_client.send(std::move(form), api::Priority::Click);
    co_return co_await call;
}

bool TokenCalls::refusesGrant(const Error &error)
{
    if (!error.jsonError || (error.http != 400 && error.http != 401))
        return false;
    const QString words = wordsOf(error.detail);
    if (words.contains("not active"_L1))
        return false;
    static const std::initializer_list<QLatin1String> refusals{
        "invalid_grant"_L1,        "invalid grant"_L1, "invalid_client"_L1, "invalid client"_L1, "unauthorized_client"_L1,
        "refresh token"_L1,        "refresh_token"_L1, "refreshtoken"_L1,   "invalid token"_L1,  "invalid jwt"_L1,
        "token is invalid"_L1,     "revoked"_L1,       "token expired"_L1,  "expired token"_L1,  "token has expired"_L1,
        "client credentials"_L1,   "already used"_L1,  "client secret"_L1,  "client_secret"_L1,  "authorization code"_L1};
    return std::any_of(refusals.begin(), refusals.end(), [&](QLatin1String refusal) { return words.contains(refusal); });
}

} // namespace outrigger::auth
