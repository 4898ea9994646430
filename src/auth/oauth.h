// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

/// The parts of the browser flow that are plain text work.
namespace outrigger::auth::oauth {

/// 256 bits from the system's random source, base64url without padding: for `state` and the PKCE verifier.
QString randomWord();
/// S256 of RFC 7636.
QString challenge(const QString &verifier);

/// What the application asks for.
QStringList wantedScopes();

struct AuthorizeParts {
    QUrl consent;          ///< the whole install link may be given: query items that are not ours stay (version_id)
    QString clientId;
    QString redirectUri;
    QStringList scopes;
    QString state;
    QString verifier;
};
/// The address for the browser. Everything but unreserved characters is percent-encoded, blanks between scopes too.
QUrl authorizeAddress(const AuthorizeParts &parts);
/// Only https, or http to this machine.
bool safeAddress(const QUrl &address);

/// What the browser came back with.
struct Returned {
    QString code;
    QString state;   ///< empty: HighLevel left it out
    QString error;   ///< "access_denied" and the like
    bool isEmpty() const { return code.isEmpty() && error.isEmpty(); }
};
/// From a query as it stood in the request line, still encoded. Of parameters that come twice nothing is taken.
Returned fromQuery(const QString &encodedQuery);
/// From what a person pasted: the whole address, its query, or the bare code.
Returned fromPasted(const QString &text);

/// The location a JWT speaks of; empty for a private integration token or anything unreadable. Not verified: a hint only.
QString locationInToken(const QString &token);

} // namespace outrigger::auth::oauth
