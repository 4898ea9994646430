// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ops.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace outrigger::practice
{

namespace
{

using Form = QList<QPair<QString, QString>>;

QString valueOf(const Form &form, const char *name)
{
    for (const auto &[key, value] : form) {
        if (key == QLatin1String(name))
            return value;
    }
    return {};
}

Reply oauthError(const Call &call, int status, const QString &error, const QString &words)
{
    JsonOut out;
    out.object()
        .field("error", error)
        .field("error_description", words)
        .field("message", words)
        .field("statusCode", status);
    out.field("traceId", call.trace).end();
    return done(out, status);
}

QJsonObject answerFor(Call &call, const Token &wanted, const QString &userType)
{
    const qint64 now = call.world.now();
    const QString access = call.tokens.makeAccess(wanted, now, call.tokens.accessLife);
    const QString refresh = call.tokens.makeRefresh(wanted, userType);
    QJsonObject answer{{QStringLiteral("access_token"), access},
                       {QStringLiteral("token_type"), QStringLiteral("Bearer")},
                       {QStringLiteral("expires_in"), call.tokens.accessLife / 1000},
                       {QStringLiteral("refresh_token"), refresh},
                       {QStringLiteral("scope"), wanted.scopes.join(u' ')}};
    if (call.spec()) {
        answer[QStringLiteral("userType")] = userType;
        answer[QStringLiteral("companyId")] = wanted.companyId;
        answer[QStringLiteral("userId")] = wanted.userId;
        answer[QStringLiteral("refreshTokenId")] = call.trace.left(24);
        answer[QStringLiteral("isBulkInstallation")] = false;
    }
    if (!wanted.locationId.isEmpty())
        answer[QStringLiteral("locationId")] = wanted.locationId;
    return answer;
}

Reply give(Call &call, const QJsonObject &answer)
{
    call.applied = true;
    call.world.onChange();
    return {200, QJsonDocument(answer).toJson(QJsonDocument::Compact)};
}

Reply withCode(Call &call, const Form &form, const QString &clientId)
{
    const auto grant = call.tokens.codes.find(valueOf(form, "code"));
    if (grant == call.tokens.codes.end() || grant->used || grant->clientId != clientId ||
        grant->expires < call.world.now())
        return oauthError(call, 400, QStringLiteral("invalid_grant"),
                          QStringLiteral("Invalid grant: authorization code is invalid"));
    const QString redirect = valueOf(form, "redirect_uri");
    if (!redirect.isEmpty() && redirect != grant->redirectUri)
        return oauthError(call, 400, QStringLiteral("invalid_grant"),
                          QStringLiteral("Invalid grant: redirect_uri does not match"));
    if (!grant->challenge.isEmpty()) {
        const QByteArray hash =
            QCryptographicHash::hash(valueOf(form, "code_verifier").toLatin1(), QCryptographicHash::Sha256)
                .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        if (QString::fromLatin1(hash) != grant->challenge)
            return oauthError(call, 400, QStringLiteral("invalid_grant"),
                              QStringLiteral("Invalid grant: code_verifier does not match"));
    }
    grant->used = true;
    Token token;
    token.clientId = clientId;
    token.companyId = grant->companyId;
    token.userId = call.world.userId(0);
    token.scopes = grant->scopes;
    const bool company = valueOf(form, "user_type") == u"Company";
    if (!company)
        token.locationId = grant->locationId;
    return give(call, answerFor(call, token, company ? QStringLiteral("Company") : QStringLiteral("Location")));
}

Reply withRefresh(Call &call, const Form &form, const QString &clientId)
{
    const auto refresh = call.tokens.refreshes.find(valueOf(form, "refresh_token"));
    const bool known =
        refresh != call.tokens.refreshes.end() && !refresh->revoked && refresh->access.clientId == clientId;
    if (known && refresh->used && call.world.now() - refresh->usedAt <= call.tokens.grace)
        return {200, QJsonDocument(refresh->answer).toJson(QJsonDocument::Compact)}; // the same pair again
    if (!known || refresh->used)
        return oauthError(call, 400, QStringLiteral("invalid_grant"),
                          QStringLiteral("Invalid grant: refresh token is invalid"));
    const Token token = refresh->access;
    const QString userType = refresh->userType;
    const QString text = refresh.key();
    const QJsonObject answer = answerFor(call, token, userType); // may rehash: the iterator is not used any more
    Refresh &old = call.tokens.refreshes[text];
    old.used = true;
    old.usedAt = call.world.now();
    old.answer = answer;
    ++call.tokens.rotations;
    return give(call, answer);
}

} // namespace

Reply postToken(Call &call)
{
    const Form form = http::parseForm(call.request.body);
    const QString grant = valueOf(form, "grant_type"), clientId = valueOf(form, "client_id");
    QStringList problems;
    if (!call.request.header("content-type").toLower().startsWith("application/x-www-form-urlencoded"))
        problems.append(QStringLiteral("content type must be application/x-www-form-urlencoded"));
    if (grant != u"authorization_code" && grant != u"refresh_token" && grant != u"client_credentials")
        problems.append(QStringLiteral("grant_type must be a valid enum value"));
    if (clientId.isEmpty())
        problems.append(QStringLiteral("client_id must be a string"));
    if (valueOf(form, "client_secret").isEmpty())
        problems.append(QStringLiteral("client_secret must be a string"));
    if (grant == u"authorization_code" && valueOf(form, "code").isEmpty())
        problems.append(QStringLiteral("code must be a string"));
    if (grant == u"refresh_token" && valueOf(form, "refresh_token").isEmpty())
        problems.append(QStringLiteral("refresh_token must be a string"));
    const QString userType = valueOf(form, "user_type");
    if (!userType.isEmpty() && userType != u"Location" && userType != u"Company")
        problems.append(QStringLiteral("user_type must be a valid enum value"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    const auto client = call.tokens.clients.constFind(clientId);
    if (client == call.tokens.clients.constEnd() || client->secret != valueOf(form, "client_secret"))
        return oauthError(call, 401, QStringLiteral("UnAuthorized!"), QStringLiteral("Invalid client credentials!"));
    if (grant == u"client_credentials")
        return oauthError(call, 400, QStringLiteral("unauthorized_client"),
                          QStringLiteral("This grant type is not allowed for this client"));
    return grant == u"refresh_token" ? withRefresh(call, form, clientId) : withCode(call, form, clientId);
}

} // namespace outrigger::practice
