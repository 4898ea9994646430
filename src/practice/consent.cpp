// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ops.h"

#include <QUrl>
#include <QUrlQuery>

/// The page on which a person picks a location and allows the app in.
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

Reply page(int status, const QString &title, const QString &content)
{
    const QString html =
        QStringLiteral(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%1</title>"
            "<style>body{font:16px/1.5 sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1b2733}"
            "label{display:block;padding:.6rem .8rem;border:1px solid #c8d1da;border-radius:8px;margin:.4rem 0}"
            "button{font:inherit;padding:.6rem 1.2rem;border-radius:8px;border:1px solid "
            "#0b6e6e;background:#0b6e6e;color:#fff}"
            "button.plain{background:#fff;color:#0b6e6e}small{color:#5a6875}</style><h1>%1</h1>%2"
            "<p><small>Practice account: nothing leaves this computer.</small></p></html>")
            .arg(title, content);
    Reply reply{status, html.toUtf8(), "text/html; charset=utf-8", {}};
    reply.headers = {{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"},
                     {"X-Frame-Options", "DENY"},
                     {"Referrer-Policy", "no-referrer"},
                     {"Cache-Control", "no-store"}};
    return reply;
}

/// Only addresses of a program on this computer, or https.
bool mayReturnTo(const QUrl &url)
{
    const bool loopback =
        url.scheme() == u"http" && (url.host() == u"127.0.0.1" || url.host() == u"localhost" || url.host() == u"::1");
    return url.isValid() && (loopback || url.scheme() == u"https");
}

std::optional<Reply> problem(const Call &call, const Form &form)
{
    if (valueOf(form, "response_type") != u"code")
        return page(400, QStringLiteral("This link is incomplete"),
                    QStringLiteral("<p>response_type must be code.</p>"));
    const QString client = valueOf(form, "client_id");
    if (!call.tokens.clients.contains(client))
        return page(404, QStringLiteral("No integration found"),
                    QStringLiteral("<p>No integration found with the ID %1.</p>").arg(client.toHtmlEscaped()));
    if (!mayReturnTo(QUrl(valueOf(form, "redirect_uri"))))
        return page(400, QStringLiteral("This address is not registered"),
                    QStringLiteral("<p>redirect_uri must be an https address or one on this computer.</p>"));
    const QStringList known = Tokens::allScopes();
    const QStringList scopes = valueOf(form, "scope").split(u' ', Qt::SkipEmptyParts);
    for (const QString &scope : scopes) {
        if (!known.contains(scope))
            return page(400, QStringLiteral("Unknown permission"),
                        QStringLiteral("<p>The app asks for %1, which does not exist.</p>").arg(scope.toHtmlEscaped()));
    }
    const QString method = valueOf(form, "code_challenge_method");
    if (!valueOf(form, "code_challenge").isEmpty() && method != u"S256")
        return page(400, QStringLiteral("This link is incomplete"),
                    QStringLiteral("<p>code_challenge_method must be S256.</p>"));
    return std::nullopt;
}

QString hidden(const Form &form)
{
    QString inputs;
    for (const char *name :
         {"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"}) {
        const QString value = valueOf(form, name);
        if (!value.isEmpty())
            inputs += QStringLiteral("<input type=\"hidden\" name=\"%1\" value=\"%2\">")
                          .arg(QLatin1String(name), value.toHtmlEscaped());
    }
    return inputs;
}

Reply redirect(const Form &form, const QString &name, const QString &value)
{
    // Built by hand: QUrlQuery leaves "+" alone, and the state must come back exactly as it was.
    QByteArray url = QUrl(valueOf(form, "redirect_uri")).toEncoded();
    url += (url.contains('?') ? "&" : "?") + name.toLatin1() + '=' + QUrl::toPercentEncoding(value);
    const QString state = valueOf(form, "state");
    if (!state.isEmpty())
        url += "&state=" + QUrl::toPercentEncoding(state);
    Reply reply{302, {}, "text/plain", {}};
    reply.headers = {{"Location", url}, {"Cache-Control", "no-store"}};
    return reply;
}

} // namespace

Reply getConsent(Call &call)
{
    const Form &form = call.request.query;
    if (const auto wrong = problem(call, form))
        return *wrong;
    QString choices;
    for (size_t i = 0; i < call.world.locations.size(); ++i) {
        const LocationData &l = call.world.locations[i];
        choices +=
            QStringLiteral("<label><input type=\"radio\" name=\"location\" value=\"%1\"%2> <b>%3</b><br><small>%4, "
                           "%5</small></label>")
                .arg(call.world.locationId(static_cast<quint16>(i)), i == 0 ? QStringLiteral(" checked") : QString(),
                     l.name.toHtmlEscaped(), l.city.toHtmlEscaped(), l.state.toHtmlEscaped());
    }
    const QStringList scopes = valueOf(form, "scope").split(u' ', Qt::SkipEmptyParts);
    return page(
        200, QStringLiteral("Choose a location"),
        QStringLiteral(
            "<form method=\"post\"><p>Outrigger wants to work with one location. It asks for %1 permissions:</p>"
            "<p><small>%2</small></p>%3%4<p><button name=\"answer\" value=\"allow\">Proceed</button> "
            "<button class=\"plain\" name=\"answer\" value=\"deny\">Cancel</button></p></form>")
            .arg(QString::number(scopes.size()), scopes.join(u", ").toHtmlEscaped(), choices, hidden(form)));
}

Reply postConsent(Call &call)
{
    const Form form = http::parseForm(call.request.body);
    if (const auto wrong = problem(call, form))
        return *wrong;
    if (valueOf(form, "answer") != u"allow")
        return redirect(form, QStringLiteral("error"), QStringLiteral("access_denied"));
    const auto location = call.world.location(valueOf(form, "location"));
    if (!location)
        return page(400, QStringLiteral("Choose a location"), QStringLiteral("<p>Go back and pick one.</p>"));
    Grant grant;
    grant.clientId = valueOf(form, "client_id");
    grant.redirectUri = valueOf(form, "redirect_uri");
    grant.locationId = valueOf(form, "location");
    grant.companyId = call.world.companyId();
    grant.challenge = valueOf(form, "code_challenge");
    grant.scopes = valueOf(form, "scope").split(u' ', Qt::SkipEmptyParts);
    if (grant.scopes.isEmpty())
        grant.scopes = Tokens::allScopes();
    grant.expires = call.world.now() + 600'000;
    call.applied = true;
    return redirect(form, QStringLiteral("code"), call.tokens.makeCode(std::move(grant)));
}

} // namespace outrigger::practice
