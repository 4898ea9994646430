// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/classify.h"

#include "api/words.h"
#include "core/json.h"

#include <QJsonDocument>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

constexpr qsizetype errorBodyCap = 256 * 1024;
constexpr qsizetype messageCap = 500;

Error make(ErrorKind kind, const QString &message, Sent sent, int http = 0)
{
    Error error;
    error.kind = kind;
    error.message = message;
    error.sent = sent;
    error.http = http;
    return error;
}

/// Proof that nothing has left needs both: Qt has not written the request, and no byte of the body was handed to it.
Sent sentBy(const Received &r)
{
    if (r.cut != Cut::None)
        return !r.hasBody || r.bodyTouched || r.requestSent ? Sent::Unknown : Sent::No;
    return r.requestSent || r.bodyTouched ? Sent::Unknown : Sent::No;
}

Error fromCut(const Received &r)
{
    const Sent sent = r.http > 0 ? Sent::Yes : sentBy(r);
    switch (r.cut) {
    case Cut::Connect:
        return make(ErrorKind::Offline,
                    Words::tr("No connection to HighLevel could be made in time. Check the network."), sent);
    case Cut::TooBig: {
        auto error = make(ErrorKind::BadReply, Words::tr("The answer was larger than allowed and was not read."),
                          Sent::Yes, r.http);
        error.code = u"too_big"_s;
        return error;
    }
    case Cut::NetworkChange: {
        auto error =
            make(ErrorKind::Timeout, Words::tr("The network changed while the request was on its way."), sent, r.http);
        error.code = u"network_changed"_s;
        return error;
    }
    case Cut::Idle:
    case Cut::Total:
    case Cut::None:
        break;
    }
    return make(ErrorKind::Timeout, Words::tr("HighLevel did not answer in time."), sent, r.http);
}

Error fromTransport(const Received &r)
{
    const Sent sent = sentBy(r);
    switch (r.error) {
    case QNetworkReply::SslHandshakeFailedError:
        return make(ErrorKind::Tls,
                    Words::tr("The server could not prove that it is HighLevel (certificate). Nothing was sent. "
                              "Check the clock of this computer, then the network or proxy."),
                    sent);
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
        return make(ErrorKind::Offline, Words::tr("No connection to HighLevel could be made. Check the network."),
                    sent);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError: {
        auto error = make(ErrorKind::Offline,
                          Words::tr("The network's proxy refused the connection. Check the proxy settings."), sent);
        error.code = u"proxy"_s;
        return error;
    }
    case QNetworkReply::TimeoutError:
        return make(sent == Sent::No ? ErrorKind::Offline : ErrorKind::Timeout,
                    Words::tr("HighLevel did not answer in time."), sent);
    default:
        break;
    }
    if (sent == Sent::No)
        return make(ErrorKind::Offline, Words::tr("The connection to HighLevel was closed before anything was sent."),
                    sent);
    return make(ErrorKind::BadReply, Words::tr("The connection broke before HighLevel's answer was complete."), sent);
}

/// "message" is a string, a list, or an object with one; v3 puts an object under "error".
QString messageFrom(const QJsonValue &value)
{
    if (value.isArray())
        return json::texts(value).join("; "_L1);
    if (value.isObject())
        return messageFrom(json::first(value.toObject(), {u"message", u"details", u"msg"}));
    return json::text(value);
}

QString messageOf(const QJsonObject &body)
{
    for (const auto key : {u"message", u"error_description", u"error", u"errors", u"msg", u"detail"}) {
        const QString text = messageFrom(body.value(QStringView(key))).trimmed();
        if (!text.isEmpty())
            return text.left(messageCap);
    }
    return {};
}

QString codeOf(const QJsonObject &body)
{
    const QJsonValue inner = body.value("error"_L1);
    const QString canonical = json::text(json::first(body, {u"canonicalCode"}));
    if (!canonical.isEmpty())
        return canonical.left(100);
    if (inner.isObject())
        return json::text(inner.toObject().value("code"_L1)).left(100);
    const QString code = json::text(json::first(body, {u"code"}));
    return (code.isEmpty() ? json::text(inner) : code).left(100);
}

bool isApiError(const QJsonObject &body)
{
    return !json::first(body, {u"message", u"error", u"errors", u"statusCode", u"canonicalCode", u"msg"}).isUndefined();
}

/// 401 speaks about four different things, and only one of them is the token.
ErrorKind kindOf401(const QString &message)
{
    const QString text = message.toLower();
    if (text.contains("version header"_L1))
        return ErrorKind::VersionRefused;
    // "Auth channel OAUTH is not supported": this kind of sign-in may never do this (highlevel-api-docs, issue 142).
    if (text.contains("access to this location"_L1) || text.contains("auth channel"_L1))
        return ErrorKind::Forbidden;
    for (const auto sign :
         {"scope"_L1, "iam service"_L1, "not yet supported"_L1, "user type"_L1, "not supported by"_L1}) {
        if (text.contains(sign))
            return ErrorKind::ScopeMissing;
    }
    return ErrorKind::TokenRefused;
}

ErrorKind kindOf(int http, const QString &message)
{
    switch (http) {
    case 401:
        return kindOf401(message);
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        // The router's own 404 says nothing about the thing asked for: the path or version is not known.
        return message.startsWith("Cannot "_L1) ? ErrorKind::VersionRefused : ErrorKind::NotFound;
    case 429:
        return ErrorKind::RateLimited;
    case 408:
    case 409:
        return ErrorKind::Server;
    default:
        return http >= 500 ? ErrorKind::Server : ErrorKind::Invalid;
    }
}

QString sentenceFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::TokenRefused:
        return Words::tr("HighLevel does not accept the token any more. Sign in again.");
    case ErrorKind::ScopeMissing:
        return Words::tr("The token does not allow this. Add the permission in HighLevel, then sign in again.");
    case ErrorKind::VersionRefused:
        return Words::tr("HighLevel does not know this request in this version. Please report it.");
    case ErrorKind::Forbidden:
        return Words::tr("HighLevel does not allow this for this account.");
    case ErrorKind::NotFound:
        return Words::tr("HighLevel does not have this any more.");
    case ErrorKind::RateLimited:
        return Words::tr("HighLevel asks to wait: too many requests. It goes on by itself.");
    case ErrorKind::Server:
        return Words::tr("HighLevel has a problem at the moment.");
    default:
        return Words::tr("HighLevel refused the request.");
    }
}

Error fromStatus(const Received &r, const QDateTime &now)
{
    QJsonObject body;
    if (r.body.size() <= errorBodyCap)
        body = QJsonDocument::fromJson(r.body).object();
    const bool api = isApiError(body);
    if (!api && r.http >= 400 && r.http < 500 && r.http != 429 && r.http != 408 && looksLikeHtml(r))
        return make(ErrorKind::Portal,
                    Words::tr("Something between this computer and HighLevel answered instead of it."), Sent::Unknown,
                    r.http);
    const QString said = messageOf(body);
    const ErrorKind kind = kindOf(r.http, said);
    Error error = make(kind, said, Sent::Yes, r.http);
    // Refusals that are about what was asked are told in HighLevel's words; the others in ours.
    if (said.isEmpty() || kind == ErrorKind::Server || kind == ErrorKind::RateLimited ||
        kind == ErrorKind::TokenRefused || kind == ErrorKind::VersionRefused)
        error.message = sentenceFor(kind);
    error.code = codeOf(body);
    error.traceId = traceIdOf(r);
    error.detail = body;
    error.jsonError = api;
    if (kind == ErrorKind::RateLimited)
        error.retryAfter = retryAfter(headerOf(r, "retry-after"), now);
    return error;
}

} // namespace

QByteArray headerOf(const Received &received, const char *name)
{
    for (const auto &[key, value] : received.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QDateTime httpDate(const QByteArray &text)
{
    if (text.size() > 40)
        return {};
    QString plain = QString::fromLatin1(text).trimmed();
    if (!plain.endsWith(" GMT"_L1))
        return {};
    plain.chop(4);
    plain = plain.mid(plain.indexOf(u',') + 1).trimmed(); // a wrong weekday is no reason to lose the date
    const auto local = QLocale::c().toDateTime(plain, u"dd MMM yyyy HH:mm:ss"_s);
    if (!local.isValid())
        return {};
    return QDateTime(local.date(), local.time(), QTimeZone::utc());
}

std::optional<std::chrono::milliseconds> retryAfter(const QByteArray &text, const QDateTime &now)
{
    bool ok = false;
    const double seconds = text.trimmed().toDouble(&ok);
    if (ok) {
        if (!(seconds >= 0))
            return std::nullopt;
        return std::chrono::milliseconds(static_cast<qint64>(std::min(seconds, 1e6) * 1000));
    }
    const QDateTime date = httpDate(text);
    if (!date.isValid() || date < now)
        return std::nullopt;
    return std::chrono::milliseconds(now.msecsTo(date));
}

QString traceIdOf(const Received &received)
{
    // A short search instead of parsing: large answers are parsed elsewhere, and only once.
    static constexpr QByteArrayView key("\"traceId\":\"");
    const QByteArrayView body(received.body);
    const auto look = [](QByteArrayView part) -> QString {
        const auto at = part.indexOf(key);
        if (at < 0)
            return {};
        const auto from = at + key.size();
        const auto to = part.indexOf('"', from);
        if (to < 0 || to - from > 100)
            return {};
        const auto id = part.sliced(from, to - from);
        const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        });
        return plain ? QString::fromLatin1(id.data(), id.size()) : QString();
    };
    const QString atEnd = look(body.size() > 2048 ? body.last(2048) : body);
    if (!atEnd.isEmpty() || body.size() <= 2048)
        return atEnd;
    return look(body.first(2048));
}

bool looksLikeHtml(const Received &received)
{
    if (received.contentType.startsWith("text/html") || received.contentType.startsWith("application/xhtml"))
        return true;
    for (const char c : received.body) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        return c == '<';
    }
    return false;
}

std::optional<Error> classify(const Received &received, const QDateTime &now)
{
    if (received.cut != Cut::None)
        return fromCut(received);
    // Qt may report success without a status line (HTTP/2 streams that end early): only a status is an answer.
    if (received.http <= 0) {
        if (received.error == QNetworkReply::NoError)
            return make(ErrorKind::BadReply, Words::tr("The connection ended without an answer from HighLevel."),
                        Sent::Unknown);
        return fromTransport(received);
    }
    if (received.http == 407)
        return make(ErrorKind::Offline,
                    Words::tr("The network's proxy asks for a password. Set it in the system's proxy settings."),
                    Sent::Unknown, received.http);
    if (received.http >= 400)
        return fromStatus(received, now);
    if (received.http < 200 || received.http >= 300)
        return make(ErrorKind::Portal,
                    Words::tr("Something between this computer and HighLevel redirects requests. Open a web "
                              "page and sign in to the network."),
                    Sent::Unknown, received.http);
    // A 2xx whose body was cut, or could not be unpacked.
    if (received.error != QNetworkReply::NoError)
        return make(ErrorKind::BadReply, Words::tr("The connection broke before HighLevel's answer was complete."),
                    Sent::Yes, received.http);
    if (looksLikeHtml(received))
        return make(ErrorKind::Portal,
                    Words::tr("A web page came instead of HighLevel's answer. Open a browser and sign in to "
                              "the network."),
                    Sent::Unknown, received.http);
    return std::nullopt;
}

} // namespace outrigger::api
